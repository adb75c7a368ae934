"""The page of a claim that one comment says again and again: it shows some of the places, and takes no longer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from rejoinder.api.showing.claim_page import MOST_PLACES
from rejoinder.load import load
from rejoinder.settings import Settings
from tests.api.test_pages import claim_id, client_of
from tests.timing import assert_in_proportion

MANY = 600


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder: Path = tmp_path_factory.mktemp("often")
    words = {"few": "Cats are liquid. ", "many": "Dogs are solid. ", "most": "Fish are wet. "}
    often = {"few": MOST_PLACES, "many": MANY // 10, "most": MANY}
    lines = [{"id": name, "thread": name, "text": words[name] * often[name]} for name in words]
    (folder / "t.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    load(folder / "s", [str(folder / "t.jsonl")], Settings(), report=print)
    yield from client_of(folder / "s")


def page(client: FlaskClient, words: str) -> str:
    answer = client.get(f"/claims/{claim_id(client, words)}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    ("words", "told"),
    [("Cats are liquid", None), ("Fish are wet", f"It is said in {MANY - MOST_PLACES} more places of the thread")],
)
def test_so_many_places_are_shown_and_the_others_counted(client: FlaskClient, words: str, told: str | None) -> None:
    shown = page(client, words)
    assert shown.count('<figure class="context">') == MOST_PLACES
    assert told in shown if told else "more place" not in shown


def test_the_page_takes_time_in_proportion(client: FlaskClient) -> None:
    words = {MANY // 10: "Dogs are solid", MANY: "Fish are wet"}
    assert_in_proportion(words.__getitem__, lambda sought: page(client, sought), small=MANY // 10)

"""What a person judged to be right says so wherever it stands: by whom and why, instead of how it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from rejoinder.cli import main
from rejoinder.records import Judgement, Kind, ThreadKey, Verdict
from tests import garden
from tests.test_pages import claim_id, client_of

HEDGE = ThreadKey("beds.example", "hedge/2024")
BEANS, NEST = "Beans like some shade anyway.", "the nest is empty."
SIGNED = Judgement(HEDGE, "d4", Kind.UNDERMINE, Verdict.RIGHT, BEANS, by="Ana", note='it <b>does</b> "object"')
BARE = Judgement(HEDGE, "c3", Kind.COUNTER, Verdict.RIGHT, NEST)
TOLD = 'judged by Ana: it <b>does</b> "object"'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return garden.store(tmp_path_factory.mktemp("judged") / "s", garden.judged(SIGNED, BARE))


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[FlaskClient]:
    yield from client_of(folder)


def plain(html: str) -> str:
    """The words of a page, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


@pytest.mark.parametrize(
    ("path", "signed", "bare"),
    [
        ("/", True, True),
        ("/unanswered", True, True),
        ("/threads/beds.example/hedge%2F2024", True, True),
        ("/claims/HEDGE", True, True),
        ("/claims/BEANS", True, False),
        ("/claims/NEST", False, True),
        ("/embed/claims/HEDGE", True, True),
    ],
)
def test_pages_say_who_judged_and_why(client: FlaskClient, path: str, signed: bool, bare: bool) -> None:
    for name, words in (("HEDGE", "hedge"), ("BEANS", "anyway"), ("NEST", "nest is empty")):
        path = path.replace(name, claim_id(client, words)) if name in path else path
    found = plain(client.get(path).text)
    assert ('judged by Ana: “it <b>does</b> "object"”' in found) is signed
    assert (re.search("judged by a person(?!:)", found) is not None) is bare
    assert not re.search("100% sure|, human", found)


def test_an_explanation_says_it_once(client: FlaskClient) -> None:
    text = plain(client.get(f"/claims/{claim_id(client, 'anyway')}/explanation").text)
    assert f"Because: {TOLD}" in text
    assert 'It was judged by Ana: “it <b>does</b> "object"”' in text
    assert "100%: taken at the word of whoever judged it" in text


def test_data_names_the_judgement_its_judge_and_why(client: FlaskClient) -> None:
    (row,) = (one for one in client.get("/unanswered?format=json").get_json()["rows"] if one["text"] == BEANS)
    around = client.get(f"/claims/{claim_id(client, 'anyway')}?format=json").get_json()["nodes"]
    (node,) = (one for one in around if one["kind"] == "Undermine")
    for one in (row, node):
        assert str(one["judgement"]).endswith(f"/judgement/{SIGNED.name}")
        assert (one["judge"], one["because"]) == ("Ana", SIGNED.note)


@pytest.mark.parametrize("command", [["unanswered"], ["show", BEANS]])
def test_a_terminal_says_it_too(folder: Path, runner: CliRunner, command: list[str]) -> None:
    printed = " ".join(runner.invoke(main, [*command, "--store", str(folder)]).stdout.split())
    assert TOLD in printed
    assert "100% sure" not in printed

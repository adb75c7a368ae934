"""What a person judged to be right says so wherever it stands: by whom and why, instead of how it was found."""

from __future__ import annotations

import json
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
from tests.api.test_pages import claim_id, client_of

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


def test_data_names_the_judgement_who_made_it_and_why(client: FlaskClient) -> None:
    (row,) = (one for one in client.get("/unanswered?format=json").get_json()["rows"] if one["text"] == BEANS)
    around = client.get(f"/claims/{claim_id(client, 'anyway')}?format=json").get_json()["nodes"]
    (node,) = (one for one in around if one["kind"] == "Undermine")
    for one in (row, node):
        assert str(one["judgement"]).endswith(f"/judgement/{SIGNED.name}")
        assert (one["cue"], one["because"]) == ("judged by Ana", SIGNED.note)
    assert node["judge"] == "Ana"


@pytest.mark.parametrize("command", [["unanswered"], ["show", BEANS]])
def test_a_terminal_says_it_too(folder: Path, runner: CliRunner, command: list[str]) -> None:
    printed = " ".join(runner.invoke(main, [*command, "--store", str(folder)]).stdout.split())
    assert TOLD in printed
    assert "100% sure" not in printed


def test_the_list_of_judgements_reads_and_leads_on(client: FlaskClient) -> None:
    html = client.get("/judgements").text
    text = plain(html)
    assert 'right judged by Ana: “it <b>does</b> "object"” Beans like some shade anyway. said by uli' in text
    assert "Objection to a premise" in text
    assert "rests on it now" not in text
    for link in re.findall(r'<p class="words"><a href="([^"]+)"', html):
        assert client.get(link, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    ("query", "comments"),
    [
        ("", ["c3", "d4"]),
        ("thread=hedge/2024&verdict=right", ["c3", "d4"]),
        ("verdict=wrong", []),
    ],
)
def test_the_list_and_the_file_hold_what_fits(client: FlaskClient, query: str, comments: list[str]) -> None:
    rows = client.get(f"/judgements?{query}&format=json").get_json()["rows"]
    file = client.get(f"/judgements?{query}&format=judgements")
    assert [row["comment"] for row in rows] == comments
    assert [json.loads(line)["comment"] for line in file.text.splitlines()] == comments
    assert file.headers["Content-Disposition"] == 'attachment; filename="judgements.jsonl"'
    assert client.get(f"/judgements?{query}").status_code == 200


def test_the_file_is_what_the_command_line_writes(client: FlaskClient, folder: Path, runner: CliRunner) -> None:
    written = runner.invoke(main, ["export", "--store", str(folder), "--to", "judgements"]).stdout
    assert client.get("/judgements?format=judgements").text == written


def test_what_is_wrong_and_what_is_not_carried_out_is_told(tmp_path: Path) -> None:
    wrong = Judgement(HEDGE, "d4", Kind.MOVE, Verdict.WRONG, None, "a1")
    astray = Judgement(HEDGE, "b2", Kind.SUPPORT, Verdict.RIGHT, "no such words", "a1", "nor these")
    for client in client_of(garden.store(tmp_path / "s", garden.judged(wrong, astray))):
        text = plain(client.get("/judgements").text)
        assert "wrong judged by a person The whole comment to the whole of what ines said said by uli" in text
        assert "to what ines said: nor these" in text
        assert text.count("no move in the map rests on it now") == 1


@pytest.mark.parametrize("path", ["/", "/unanswered", "/judgements"])
def test_the_foot_leads_to_the_list_where_anything_was_judged(client: FlaskClient, tmp_path: Path, path: str) -> None:
    assert '<a href="/judgements">Judgements</a>' in client.get(path).text
    for other in client_of(garden.store(tmp_path / "s", garden.garden())):
        assert '<a href="/judgements">' not in other.get(path).text

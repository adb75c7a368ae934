"""Quotations from other threads where people see them: views, command line, pages and data, whatever they hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from rejoinder.cli import main
from rejoinder.graph.maps.quoters import quoters_of_claim
from rejoinder.graph.maps.reader import Reader
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.graph.triples.terms import RJ, TYPE, rj
from tests.api.test_pages import client_of
from tests.garden import HOSTILE, SCRIPT_LINK
from tests.graph.test_origins import BELLS, loaded, quoting, said

TITLE = "Who mends the tower"
LINK = "https://parish.example/t/tower#a"
QUOTED = f"{BELLS[:-1]}!"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = said("tower", "a", BELLS, created="2024-05-01T08:00:00Z", thread_title=TITLE, url=LINK)
    return loaded(tmp_path_factory.mktemp("bells") / "store", [source, quoting(QUOTED)])


@pytest.fixture(scope="module")
def claim(folder: Path) -> str:
    """The id of the claim whose words are quoted."""
    return claim_of(open_current(folder), QUOTED)


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[FlaskClient]:
    yield from client_of(folder)


def claim_of(snapshot: Snapshot, text: str) -> str:
    (quad,) = snapshot.store.quads_for_pattern(None, ox.NamedNode(RJ + "text"), ox.Literal(text))
    return quad.subject.value.rsplit("/", 1)[-1]  # type: ignore[union-attr]


def run(folder: Path, *words: str) -> str:
    result = CliRunner().invoke(main, [words[0], "--store", str(folder), *words[1:]], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_view_of_quotations_says_where_they_are_from(folder: Path) -> None:
    (row,) = json.loads(run(folder, "views", "quotations", "--format", "json"))["rows"]
    assert (row["quoted"], row["comment"], row["origin"]) == (QUOTED, "q", "a")
    assert (row["originAuthor"], row["originTitle"], row["originLink"]) == ("author of a", TITLE, LINK)
    assert (row["originConfidence"], row["originCue"]) == (0.95, "13 words in a row")


def test_a_quotation_that_is_from_nowhere_has_one_row(tmp_path: Path) -> None:
    folder = loaded(tmp_path / "store", [quoting(BELLS), said("tower", "a", "Good ale."), said("mill", "m", "Flour.")])
    (row,) = json.loads(run(folder, "views", "quotations", "--format", "json"))["rows"]
    assert (row["origin"], row["originAuthor"], row["originThread"]) == (None, None, None)


@pytest.mark.parametrize("command", ["show", "explain"])
def test_the_command_line_tells_who_said_it(folder: Path, claim: str, command: str) -> None:
    told = " ".join(run(folder, command, claim).split())
    assert f"author of a · {TITLE} · comment a · 2024-05-01T08:00:00Z · {LINK}" in told
    assert "because: 13 words in a row" in told


def test_an_objection_to_quoted_words_is_shown_against_who_said_them(folder: Path) -> None:
    objection = claim_of(open_current(folder), "I doubt that very much.")
    assert f"author of a, elsewhere: “{QUOTED}”" in " ".join(run(folder, "show", objection).split())


@pytest.mark.parametrize("path", ["/claims/{}", "/claims/{}/explanation", "/embed/claims/{}", "/threads/parish/inn"])
def test_pages_lead_to_who_said_it(client: FlaskClient, claim: str, path: str) -> None:
    page = client.get(path.format(claim)).get_data(as_text=True)
    assert "author of a" in page
    assert TITLE in page
    assert f'href="{LINK}"' in page
    assert "13 words in a row" in page
    assert "/comment/parish/tower/a" in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/claims/{objection}", "to what author of a elsewhere said"),
        ("/claims/{claim}", "author of a elsewhere"),
        ("/claims/{objection}/neighbourhood", f"{QUOTED[:20]}"),
        ("/unanswered?confidence=0", "against author of a elsewhere"),
        ("/claims?q=bells", "author of a elsewhere"),
    ],
)
def test_whose_words_they_are_is_known_wherever_their_author_is_named(
    folder: Path, client: FlaskClient, claim: str, path: str, words: str
) -> None:
    objection = claim_of(open_current(folder), "I doubt that very much.")
    page = client.get(path.format(claim=claim, objection=objection)).get_data(as_text=True)
    assert words in " ".join(re.sub("<[^>]*>", " ", page).split())


def test_the_map_names_who_said_what_is_quoted(folder: Path, client: FlaskClient) -> None:
    objection = claim_of(open_current(folder), "I doubt that very much.")
    assert "author of a" in client.get(f"/claims/{objection}?format=svg").get_data(as_text=True)


def test_a_claim_says_who_quotes_it(folder: Path, client: FlaskClient) -> None:
    first = claim_of(open_current(folder), BELLS)
    page = client.get(f"/claims/{first}").get_data(as_text=True)
    quoted = page.partition('id="quoted"')[2].partition("</section>")[0]
    assert quoted.count("<li>") == 1
    assert re.search(r'href="/comment/parish/inn/q\?highlight=\d+-\d+', quoted)
    assert "95% sure: 13 words in a row" in " ".join(re.sub("<[^>]*>", " ", quoted).split())
    assert 'id="quoted"' not in client.get(f"/claims/{claim_of(open_current(folder), QUOTED)}").get_data(as_text=True)


def test_a_claim_names_quotations_of_its_own_thread_first_and_each_comment_once(example_store: Path) -> None:
    snapshot = open_current(example_store)
    claims = {quad.subject.value for quad in snapshot.store.quads_for_pattern(None, TYPE, rj("Claim"))}  # type: ignore[union-attr]
    found = {claim: quoters_of_claim(snapshot, claim) for claim in claims}
    assert any(quoter.quotation and quoter.place.author for quoters in found.values() for quoter in quoters)
    assert any(quoter.quotation is None for quoters in found.values() for quoter in quoters)
    for claim, some in found.items():
        own = Reader(snapshot).node(claim, 0, {}).places[0].thread
        assert [quoter.place.thread != own for quoter in some] == sorted(quoter.place.thread != own for quoter in some)
        assert len({quoter.place.comment for quoter in some}) == len(some)
    traced = {quad.subject.value for quad in snapshot.store.quads_for_pattern(None, rj("origin"), None)}  # type: ignore[union-attr]
    told = {quoter.quotation or quoter.place.comment for quoters in found.values() for quoter in quoters}
    assert told & traced


def test_the_json_of_a_claim_holds_the_place(client: FlaskClient, claim: str) -> None:
    centre = client.get(f"/claims/{claim}?format=json").get_json()["nodes"][0]
    found = centre["quoted_from"]
    assert (found["place"]["id"], found["place"]["exact"]) == ("a", BELLS)
    assert (found["place"]["author"], found["confidence"]) == ("author of a", 0.95)


def test_the_json_ld_of_a_claim_holds_the_quotation_with_its_origin(client: FlaskClient, claim: str) -> None:
    body = client.get(f"/claims/{claim}?format=jsonld").get_json()
    (quotation,) = (one for one in body["@graph"] if "origin" in one)
    assert quotation["originCue"] == "13 words in a row"
    (span,) = (one for one in body["@graph"] if one["id"] == quotation["origin"])
    assert span["exact"] == BELLS


def test_a_quotation_has_json_ld_where_nobody_claims_its_words(client: FlaskClient, claim: str) -> None:
    centre = client.get(f"/claims/{claim}?format=json").get_json()["nodes"][0]
    name = centre["quoted_from"]["quotation"].rsplit("/", 1)[1]
    response = client.get(f"/claims/{name}?format=jsonld")
    assert response.status_code == 200
    assert BELLS in {one.get("exact") for one in response.get_json()["@graph"]}


def test_the_page_of_a_dump_says_who_said_each_paragraph(example_store: Path) -> None:
    with contextmanager(client_of)(example_store) as client:
        page = client.get("/threads/text/library-fees").get_data(as_text=True)
    (line,) = (line for line in page.splitlines() if "/z6hk2" in line)
    assert "<blockquote>" in line
    assert "Words of" in line
    assert "ruthless_ruth" in line
    assert 'href="https://forum.example/t/late-fees#z6hk2"' in line
    assert "/comment/forum.example/late-fees/z6hk2" in line
    assert "14 words in a row" in line


def test_nothing_that_is_quoted_becomes_markup(tmp_path: Path) -> None:
    words = f"{BELLS} {HOSTILE}"
    source = said(HOSTILE, HOSTILE, words, thread_title=HOSTILE, url=SCRIPT_LINK) | {"author": HOSTILE}
    folder = loaded(tmp_path / "store", [source, quoting(words)])
    snapshot = open_current(folder)
    (origin,) = snapshot.store.quads_for_pattern(None, ox.NamedNode(RJ + "origin"), None)
    claims = snapshot.store.quads_for_pattern(None, ox.NamedNode(RJ + "statedIn"), None)
    names = {quad.subject.value.rsplit("/", 1)[-1] for quad in claims}  # type: ignore[union-attr]
    paths = [path.format(name) for name in names for path in ("/claims/{}", "/claims/{}/explanation")]
    with contextmanager(client_of)(folder) as client:
        pages = [client.get(path).get_data(as_text=True) for path in [*paths, "/threads/parish/inn"]]
    assert any("Quoted from" in page for page in pages)
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert SCRIPT_LINK not in page
    assert origin.object.value.startswith("https://rejoinder.example/comment/")  # type: ignore[union-attr]

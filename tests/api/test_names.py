"""Where the base of a store is the server, each IRI in it leads people to a page, programs to RDF about the thing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from rejoinder.api.requests.negotiation import HTML
from rejoinder.graph.sparql.answers import TRIPLES
from rejoinder.graph.stores.publish import open_current
from rejoinder.graph.triples.terms import TYPE
from rejoinder.load import load
from rejoinder.settings import Settings
from tests.api.test_pages import client_of

GOLDEN = Path(__file__).parents[1] / "golden"
BASE = "http://localhost/"
RDFLIB = "application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5, */*;q=0.1"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
JUDGED = {
    "site": "beach.example",
    "thread": "towels",
    "comment": "b",
    "judgement": "right",
    "kind": "Objection",
    "target": "a",
}
SAID = [
    {"site": "beach.example", "thread": "towels", "id": "a", "author": "Ann/é", "text": "Towels reserve a chair."},
    {"site": "beach.example", "thread": "towels", "id": "b", "parent": "a", "author": "Bo", "text": "They do not."},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose base is the server: a thread with a judgement, and an AIF graph."""
    folder = tmp_path_factory.mktemp("names")
    lines = "".join(f"{json.dumps(one)}\n" for one in (*SAID, JUDGED))
    (folder / "beach.jsonl").write_text(lines, encoding="utf-8")
    files = [str(folder / "beach.jsonl"), str(GOLDEN / "aif.json")]
    load(folder / "s", files, replace(Settings(), base=BASE), report=lambda problem: None)
    return folder / "s"


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[FlaskClient]:
    yield from client_of(folder)


@pytest.fixture(scope="module")
def held(folder: Path) -> ox.Store:
    return open_current(folder).store


def things(held: ox.Store) -> dict[str, list[str]]:
    """The IRIs of what the store speaks of, without fragments, by their kinds."""
    found: dict[str, list[str]] = {}
    named = (quad.subject for quad in held.quads_for_pattern(None, None, None))
    for iri in sorted({one.value.partition("#")[0] for one in named if isinstance(one, ox.NamedNode)}):
        found.setdefault(iri.removeprefix(BASE).partition("/")[0], []).append(iri)
    return found


def triples(body: bytes, media_type: str | None) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(body, format=TRIPLES[media_type or ""])}


KINDS = ("claim", "move", "thread", "comment", "author", "extraction", "judgement", "aif")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("accept", [*TRIPLES, RDFLIB])
def test_a_program_gets_what_is_said_of_a_thing(client: FlaskClient, held: ox.Store, kind: str, accept: str) -> None:
    iris = things(held)[kind]
    assert iris
    for iri in iris[:3]:
        answer = client.get(iri, headers={"Accept": accept}, follow_redirects=True)
        assert (answer.status_code, answer.mimetype) == (200, "application/rdf+xml" if accept == RDFLIB else accept)
        mine = {quad.triple for quad in held.quads_for_pattern(ox.NamedNode(iri), None, None)}
        assert mine <= triples(answer.data, answer.mimetype), iri


@pytest.mark.parametrize("kind", KINDS)
def test_a_browser_gets_a_page(client: FlaskClient, held: ox.Store, kind: str) -> None:
    for iri in things(held)[kind][:3]:
        answer = client.get(iri, headers={"Accept": BROWSER}, follow_redirects=True)
        assert (answer.status_code, answer.mimetype) == (200, HTML[0])
        assert client.get(iri).status_code == 303


def test_nothing_is_left_without_a_name_that_leads_somewhere(held: ox.Store) -> None:
    assert set(things(held)) == set(KINDS)


@pytest.mark.parametrize("kind", ["graph", "derived", "curation"])
def test_the_graph_of_a_thread_leads_to_the_thread(client: FlaskClient, held: ox.Store, kind: str) -> None:
    iri = f"{BASE}{kind}/beach.example/towels"
    page = client.get(iri)
    assert (page.status_code, page.headers["Location"]) == (303, "/threads/beach.example/towels")
    answer = client.get(f"{iri}?format=nquads", follow_redirects=True)
    quads = set(held.quads_for_pattern(None, None, None, ox.NamedNode(iri)))
    assert quads
    assert quads <= set(ox.parse(answer.data, format=ox.RdfFormat.N_QUADS))
    answer = client.get(iri, headers={"Accept": "application/rdf+xml"}, follow_redirects=True)
    assert triples(answer.data, answer.mimetype) == {quad.triple for quad in quads}


@pytest.mark.parametrize("name", ["shared", "origins"])
def test_the_graph_of_all_threads_is_given_as_it_is(client: FlaskClient, held: ox.Store, name: str) -> None:
    answer = client.get(f"/{name}", headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert (answer.status_code, answer.mimetype) == (200, "text/turtle")
    wanted = {quad.triple for quad in held.quads_for_pattern(None, None, None, ox.NamedNode(BASE + name))}
    assert triples(answer.data, "text/turtle") == wanted


@pytest.mark.parametrize(
    "path",
    [
        "/extraction/none",
        "/judgement/none",
        "/aif/none",
        "/aif/a/b/c",
        "/aif/" + "a/" * 200,
        "/graph/none",
        "/graph/a/b",
        "/derived/a/b",
        "/curation/a/b",
        "/author/a/b",
    ],
)
@pytest.mark.parametrize("accept", ["text/turtle", BROWSER])
def test_a_name_of_nothing_is_404(client: FlaskClient, path: str, accept: str) -> None:
    assert client.get(path, headers={"Accept": accept}).status_code == 404


def test_a_format_that_is_named_wins_over_the_header(client: FlaskClient, held: ox.Store) -> None:
    iri = things(held)["claim"][0]
    answer = client.get(f"{iri}?format=json", headers={"Accept": "application/rdf+xml"}, follow_redirects=True)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")


def test_what_no_answer_comes_in_is_told_by_the_page(client: FlaskClient, held: ox.Store) -> None:
    answer = client.get(things(held)["author"][0], headers={"Accept": "image/png"}, follow_redirects=True)
    assert answer.status_code == 406
    assert re.search("this answers in text/html, application/json", answer.get_json(force=True)["detail"])


VOID = "http://rdfs.org/ns/void#"


@pytest.mark.parametrize("path", ["/.well-known/void", "/sparql"])
def test_the_data_set_says_what_it_is_made_of(client: FlaskClient, held: ox.Store, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True)
    said: dict[str, set[object]] = {}
    for triple in triples(answer.data, answer.mimetype):
        if triple.subject == ox.NamedNode(f"{BASE}sparql#dataset"):
            said.setdefault(triple.predicate.value, set()).add(triple.object)
    assert said[f"{VOID}sparqlEndpoint"] == {ox.NamedNode(f"{BASE}sparql")}
    assert said[f"{VOID}uriSpace"] == {ox.Literal(BASE)}
    quads = list(held.quads_for_pattern(None, None, None))
    terms = {quad.predicate.value for quad in quads} | {quad.object.value for quad in quads if quad.predicate == TYPE}  # type: ignore[union-attr]
    spaces = {re.sub("[^#/]*$", "", term) for term in terms}
    assert said[f"{VOID}vocabulary"] >= {ox.NamedNode(space) for space in spaces if "rdf-syntax" not in space}
    assert len(spaces) > 6


def test_a_browser_is_led_from_there_to_the_form(client: FlaskClient) -> None:
    answer = client.get("/.well-known/void", headers={"Accept": BROWSER})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sparql")


def test_the_data_set_of_no_store_is_described_too(tmp_path: Path) -> None:
    for client in client_of(tmp_path):
        answer = client.get("/sparql", headers={"Accept": "application/n-triples"})
        assert answer.status_code == 200
        assert (f"{VOID}sparqlEndpoint" in answer.text, f"{VOID}uriSpace" in answer.text) == (True, False)

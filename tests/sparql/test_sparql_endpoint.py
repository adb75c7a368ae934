"""`/sparql` and `/healthz`: ways of asking, negotiation, errors, caching, limits, pages, clients, new snapshots."""

from __future__ import annotations

import io
import json
import re
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pandas
import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper
from werkzeug.exceptions import NotAcceptable, TooManyRequests

from rejoinder.api.app import create_app
from rejoinder.api.requests.negotiation import choose, prefers_html
from rejoinder.api.service.budget import Budget
from rejoinder.api.service.snapshots import Service
from rejoinder.graph.sparql import workers
from rejoinder.graph.stores.publish import publish
from rejoinder.settings import Settings
from tests.live import Server, serving, store_of
from tests.patience import eventually
from tests.sparql.test_workers import hogged

SETTINGS = replace(Settings(), workers=1, result_rows=50)
RESULTS = "application/sparql-results+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
HOSTILE = '"><script>alert(1)</script>'
ALL = "SELECT * { ?s ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"


def rota() -> Iterator[ox.Quad]:
    """A hundred watering turns in two graphs, and some text that would like to be markup."""
    turn, rota_of = ox.NamedNode("https://allotment.example/turn"), "https://allotment.example/rota/"
    for number in range(100):
        graph = ox.NamedNode(f"{rota_of}{number % 2}")
        yield ox.Quad(ox.NamedNode(f"https://allotment.example/week/{number}"), turn, ox.Literal(number), graph)
    for value in (ox.Literal(HOSTILE), ox.NamedNode("javascript:alert(1)"), ox.NamedNode("data:text/html,x")):
        yield ox.Quad(ox.NamedNode("https://allotment.example/x"), ox.NamedNode("urn:text"), value)


def stop(app: Flask) -> None:
    service = app.extensions["rejoinder"]
    assert isinstance(service, Service)
    service.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rota")
    store_of(path, rota())
    return path


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[FlaskClient]:
    app = create_app(folder, SETTINGS)
    yield app.test_client()
    stop(app)


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serving(folder, replace(SETTINGS, result_rows=10_000)) as running:
        yield running


FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
WAYS = {
    "get": ("GET", "?query=ASK%20%7B%7D", None, ""),
    "get with a slash": ("GET", "/?query=ASK%20%7B%7D", None, ""),
    "form": ("POST", "", FORM, "query=ASK+%7B%7D"),
    "form with charset": ("POST", "", f"{FORM}; charset=UTF-8", "query=ASK+%7B%7D"),
    "direct": ("POST", "", DIRECT, "ASK {}"),
    "direct with charset": ("POST", "", f"{DIRECT}; charset=utf-8", "ASK {}"),
    "unknown and repeated parameters": (
        "GET",
        "?query=ASK%7B%7D&format=x&format=y&output=z&results=&results=1",
        None,
        "",
    ),
    "dataset": (
        "GET",
        "?query=ASK%7B%7D&default-graph-uri=urn:a&default-graph-uri=urn:b&named-graph-uri=urn:c",
        None,
        "",
    ),
    "lower limits": ("GET", "?query=ASK%7B%7D&limit-rows=5&timeout=2.5", None, ""),
    "limits above ours": ("GET", "?query=ASK%7B%7D&limit-rows=1e12&timeout=1e12", None, ""),
}
REFUSED = {
    "no query in a form": ("POST", "", FORM, "q=1", 400),
    "empty query": ("GET", "?query=", None, "", 400),
    "two queries": ("GET", "?query=ASK%7B%7D&query=ASK%7B%7D", None, "", 400),
    "a query in the URL and one in the body": ("POST", "?query=ASK%7B%7D", DIRECT, "ASK {}", 400),
    "syntax": ("GET", "?query=ASK%20%7B", None, "", 400),
    "service": ("GET", f"?query={quote('ASK { SERVICE <http://x/> {} }')}", None, "", 400),
    "update by get": ("GET", "?update=CLEAR%20ALL", None, "", 400),
    "update in a form": ("POST", "", FORM, "update=CLEAR%20ALL", 403),
    "update direct": ("POST", "", "application/sparql-update", "CLEAR ALL", 403),
    "update as a query": ("POST", "", DIRECT, "CLEAR ALL", 400),
    "query and update": ("POST", "", FORM, "query=ASK%7B%7D&update=CLEAR%20ALL", 403),
    "unknown body": ("POST", "", "text/plain", "ASK {}", 415),
    "no content type": ("POST", "", None, "ASK {}", 415),
    "utf-16": ("POST", "", f"{DIRECT}; charset=UTF-16", "ASK {}", 415),
    "bytes that are not utf-8": ("POST", "", DIRECT, b"\xff\xfe", 400),
    "parameters that are not utf-8": ("GET", "?query=%FF%FE", None, "", 400),
    "too many parameters": ("GET", "?query=ASK%7B%7D" + "&a=1" * 2000, None, "", 400),
    "no media type": ("GET", "?query=ASK%7B%7D&accept=csv", None, "", 400),
    "bad graph": ("GET", "?query=ASK%7B%7D&default-graph-uri=a%20b", None, "", 400),
    "bad limit": ("GET", "?query=ASK%7B%7D&limit-rows=many", None, "", 400),
    "no rows": ("GET", "?query=ASK%7B%7D&limit-rows=0", None, "", 400),
    "no time": ("GET", "?query=ASK%7B%7D&timeout=-1", None, "", 400),
    "time without end": ("GET", "?query=ASK%7B%7D&timeout=1e999", None, "", 400),
    "not a time": ("GET", "?query=ASK%7B%7D&timeout=nan", None, "", 400),
    "too long": ("POST", "", DIRECT, "ASK {} #" + "a" * 300_000, 400),
    "far too long": ("POST", "", DIRECT, "ASK {} #" + "a" * 2_000_000, 413),
    "put": ("PUT", "?query=ASK%7B%7D", None, "", 405),
    "delete": ("DELETE", "?query=ASK%7B%7D", None, "", 405),
    "nothing there": ("GET", "/other", None, "", 404),
}


@pytest.mark.parametrize(("method", "tail", "kind", "body"), WAYS.values(), ids=WAYS)
def test_every_way_of_asking(client: FlaskClient, method: str, tail: str, kind: str | None, body: str) -> None:
    answer = client.open(f"/sparql{tail}", method=method, data=body, content_type=kind)
    assert (answer.status_code, answer.mimetype) == (200, RESULTS)
    assert answer.get_json(force=True)["boolean"] is True


@pytest.mark.parametrize("kind", [DIRECT, FORM])
def test_a_query_that_is_not_even_read_is_told_how_long_it_may_be(client: FlaskClient, kind: str) -> None:
    answer = client.post("/sparql", data="ASK {} #" + "a" * 1_000_000, content_type=kind)
    expected = "the request has 1000008 bytes; this server accepts queries of 250000"
    assert (answer.status_code, answer.get_json()["detail"]) == (413, expected)


def test_a_query_that_is_sent_as_if_it_were_a_form_is_told_how_to_send_it(client: FlaskClient) -> None:
    answer = client.post("/sparql", data="ASK {}", content_type=FORM)  # what `curl --data-binary` says by itself
    expected = "expected one query, got 0; one that is no form is sent as application/sparql-query"
    assert (answer.status_code, answer.get_json()["detail"]) == (400, expected)


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("value", ["a b", "relative", ""])
def test_a_graph_that_is_no_iri_is_told_by_its_parameter(client: FlaskClient, name: str, value: str) -> None:
    answer = client.get("/sparql", query_string={"query": "ASK {}", name: value})
    expected = f"{name}: expected a whole IRI, such as https://example.org/graph, got {value!r}"
    assert (answer.status_code, answer.get_json()["detail"]) == (400, expected)


@pytest.mark.parametrize(("method", "tail", "kind", "body", "status"), REFUSED.values(), ids=REFUSED)
def test_bad_requests_are_problem_documents_that_any_origin_may_read(
    client: FlaskClient, method: str, tail: str, kind: str | None, body: str | bytes, status: int
) -> None:
    answer = client.open(f"/sparql{tail}", method=method, data=body, content_type=kind)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert set(answer.get_json()) == {"type", "title", "status", "detail"}
    assert "#_" not in answer.get_json()["type"], "a private class is no type"
    assert answer.get_json()["status"] == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert ("Allow" in answer.headers) == (status == 405)


@pytest.mark.parametrize(
    ("method", "accept", "says"),
    [
        ("PUT", "*/*", "PUT is not answered here, only GET, HEAD, OPTIONS, POST"),
        ("GET", RESULTS, "without a query (query=...) this answers in text/turtle, "),
    ],
)
def test_what_a_request_lacks_is_said(client: FlaskClient, method: str, accept: str, says: str) -> None:
    answer = client.open("/sparql", method=method, headers={"Accept": accept})
    assert answer.get_json()["detail"].startswith(says)


def test_preflight_and_head(client: FlaskClient) -> None:
    preflight = client.options("/sparql", headers={"Origin": "https://other.example"})
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in preflight.headers
    head = client.head("/sparql?query=ASK%7B%7D")
    assert (head.status_code, head.data) == (200, b"")


def test_datasets_by_parameter_win_over_everything(client: FlaskClient) -> None:
    def count(tail: str, query: str = "SELECT (COUNT(*) AS ?n) { ?s <https://allotment.example/turn> ?o }") -> int:
        answer = client.get(f"/sparql?query={quote(query)}{tail}")
        return int(answer.get_json(force=True)["results"]["bindings"][0]["n"]["value"])

    one = "https://allotment.example/rota/0"
    assert count("") == 100
    assert count(f"&default-graph-uri={one}") == 50
    assert count(f"&named-graph-uri={one}") == 0
    assert count("", f"SELECT (COUNT(*) AS ?n) FROM <{one}> {{ ?s ?p ?o }}") == 50


OFFERED = ["text/turtle", "text/csv", "application/json", "text/html"]
NEGOTIATION = {
    "": "text/turtle",
    ";;;": "text/turtle",
    "nonsense, ;q=1": "text/turtle",
    "*/*": "text/turtle",
    "text/*": "text/turtle",
    "application/*": "application/json",
    "text/csv": "text/csv",
    "TEXT/CSV ; q=1.0": "text/csv",
    "text/csv;q=0.1, application/json;q=0.9": "application/json",
    "text/turtle;q=0, */*": "text/csv",
    "*/*, text/csv": "text/csv",
    "*/*;q=0.9, text/csv;q=0.1": "text/turtle",
    "image/png, */*;q=0.1": "text/turtle",
    BROWSER: "text/html",
    "application/json,text/html;q=0.2": "application/json",
}


@pytest.mark.parametrize(("accept", "chosen"), NEGOTIATION.items())
def test_negotiation(accept: str, chosen: str) -> None:
    assert choose(accept, OFFERED) == chosen


@pytest.mark.parametrize("accept", ["image/png", "text/turtle;q=0", "*/*;q=0"])
def test_nothing_acceptable(accept: str) -> None:
    with pytest.raises(NotAcceptable):
        choose(accept, OFFERED[:1])


@pytest.mark.parametrize(
    ("accept", "html"),
    [(BROWSER, True), ("text/html", True), ("*/*", False), ("", False), ("text/html;q=0.2,text/csv", False)],
)
def test_who_gets_html(accept: str, html: bool) -> None:
    assert prefers_html(accept) is html


TYPES = {
    ("SELECT * {}", "application/json"): "application/json",
    ("SELECT * {}", "application/xml"): "application/xml",
    ("SELECT * {}", "text/csv"): "text/csv",
    ("ASK {}", "text/tab-separated-values"): "text/tab-separated-values",
    ("CONSTRUCT {} {}", "*/*"): "text/turtle",
    ("DESCRIBE <urn:x>", "application/ld+json;q=0.9,text/plain;q=0.3"): "application/ld+json",
    ("CONSTRUCT {} {}", "application/trig"): "application/trig",
    ("SELECT * {}", BROWSER): "text/html",
}


@pytest.mark.parametrize(("asked", "media_type"), TYPES.items())
def test_content_types(client: FlaskClient, asked: tuple[str, str], media_type: str) -> None:
    answer = client.get(f"/sparql?query={quote(asked[0])}", headers={"Accept": asked[1]})
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert "Accept" in answer.headers["Vary"]


def test_accept_parameter_stands_in_for_the_header(client: FlaskClient) -> None:
    answer = client.get(f"/sparql?query={quote(ALL)}&accept=text/csv", headers={"Accept": BROWSER})
    assert answer.mimetype == "text/csv"
    assert client.get(f"/sparql?query={quote(ALL)}&accept=image/png").status_code == 406


def test_service_description_names_the_public_address(folder: Path) -> None:
    app = create_app(folder, replace(SETTINGS, public_url="https://maps.allotment.example/"))
    for accept, kind in {"text/turtle": ox.RdfFormat.TURTLE, "application/rdf+xml": ox.RdfFormat.RDF_XML}.items():
        answer = app.test_client().get("/sparql", headers={"Accept": accept})
        found = {
            quad.object for quad in ox.parse(answer.data, format=kind) if quad.predicate.value.endswith("#endpoint")
        }
        assert found == {ox.NamedNode("https://maps.allotment.example/sparql")}
    stop(app)


def test_an_answer_is_not_sent_twice(client: FlaskClient) -> None:
    first = client.get(f"/sparql?query={quote(ALL)}")
    tag = first.headers["ETag"]
    assert client.get(f"/sparql?query={quote(ALL)}", headers={"If-None-Match": tag}).status_code == 304
    for tail in ("&accept=text/csv", "&limit-rows=3", "&default-graph-uri=urn:x"):
        other = client.get(f"/sparql?query={quote(ALL)}{tail}", headers={"If-None-Match": tag})
        assert other.status_code == 200
        assert other.headers["ETag"] != tag


@pytest.mark.parametrize("call", ["NOW()", "rand ()", "UUID( )", "STRUUID()", "BNODE()", "Bnode # one\n('x')"])
@pytest.mark.parametrize("accept", ["application/json", BROWSER])
def test_what_comes_out_anew_each_time_is_not_kept(client: FlaskClient, call: str, accept: str) -> None:
    path = f"/sparql?query={quote(f'SELECT ({call} AS ?n) {{}}')}"
    first = client.get(path, headers={"Accept": accept})
    assert (first.status_code, first.headers.get("ETag")) == (200, None)
    assert first.headers["Cache-Control"] == "no-store"
    assert client.get(path, headers={"Accept": accept, "If-None-Match": "*"}).status_code == 200


@pytest.mark.parametrize("query", [ALL, "ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }"], ids=["rows", "truth", "triples"])
def test_a_page_of_results_is_not_sent_twice_and_says_what_it_left_out(client: FlaskClient, query: str) -> None:
    page, data = (client.get(f"/sparql?query={quote(query)}", headers={"Accept": to}) for to in (BROWSER, "*/*"))
    again = client.get(
        f"/sparql?query={quote(query)}", headers={"Accept": BROWSER, "If-None-Match": page.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    assert page.headers["ETag"] != data.headers["ETag"]
    assert page.headers.get("X-Rejoinder-Truncated") == data.headers.get("X-Rejoinder-Truncated")


def test_a_posted_query_is_answered_whatever_its_client_holds(client: FlaskClient) -> None:
    sent = {"Content-Type": "application/sparql-query", "If-None-Match": "*"}
    assert client.post("/sparql", data="ASK {}", headers=sent).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/sparql", "/sparql?query=ASK%7B%7D", "/sparql?query=ASK", "/healthz", "/nowhere", "/claims?page=0", "/claim/x"],
)
@pytest.mark.parametrize("accept", [BROWSER, "application/json", "text/nothing"])
def test_no_answer_is_kept_unchecked(client: FlaskClient, path: str, accept: str) -> None:
    assert client.get(path, headers={"Accept": accept}).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("tail", "rows", "cut"), [("", 50, True), ("&limit-rows=7", 7, True), ("&limit-rows=1000", 50, True)]
)
def test_cut_answers_say_so(client: FlaskClient, tail: str, rows: int, cut: bool) -> None:
    answer = client.get(f"/sparql?query={quote(ALL)}{tail}")
    assert len(answer.get_json(force=True)["results"]["bindings"]) == rows
    assert answer.get_json(force=True)["head"].get("truncated", False) is cut
    assert (answer.headers.get("X-Rejoinder-Truncated") == "true") is cut


@pytest.mark.parametrize(
    ("accept", "name"), [("text/csv", "answer-cut.csv"), ("text/tab-separated-values", "answer-cut.tsv")]
)
def test_cut_answers_that_cannot_say_so_are_named_so(client: FlaskClient, accept: str, name: str) -> None:
    path, headers = f"/sparql?query={quote(ALL)}", {"Accept": accept}
    assert client.get(path, headers=headers).headers["Content-Disposition"] == f"inline; filename={name}"
    assert "Content-Disposition" not in client.get(f"{path}%20LIMIT%205", headers=headers).headers
    assert "answer-cut.csv" in client.get("/sparql", headers={"Accept": "text/html"}).text


def test_whole_answers_are_not_flagged(client: FlaskClient) -> None:
    answer = client.get(f"/sparql?query={quote(ALL + ' LIMIT 50')}")
    assert "truncated" not in answer.get_json(force=True)["head"]
    assert "X-Rejoinder-Truncated" not in answer.headers


def test_a_clients_own_deadline(client: FlaskClient) -> None:
    answer = client.get(f"/sparql?query={quote(SLOW)}&timeout=0.3")
    assert (answer.status_code, answer.mimetype) == (504, "application/problem+json")


@pytest.mark.parametrize("path", ["/sparql", "/sparql?query=ASK%7B%7D", "/sparql?query=ASK", "/healthz", "/nowhere"])
def test_security_headers_stand_on_everything(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Referrer-Policy" in headers
    assert "Set-Cookie" not in headers


def test_budget_of_query_seconds() -> None:
    now = [100.0]
    budget = Budget(seconds=10, refill=2, clock=lambda: now[0])
    budget.check("a")
    budget.spend("a", 30)
    with pytest.raises(TooManyRequests) as caught:
        budget.check("a")
    assert caught.value.retry_after == 10
    budget.check("b")
    now[0] += 10.5
    budget.check("a")
    now[0] += 1000
    assert budget.seconds_left("a") == 10


def test_a_client_above_its_budget_gets_429_and_when_to_come_back(folder: Path) -> None:
    app = create_app(folder, SETTINGS)
    app.extensions["rejoinder"].budget.spend("127.0.0.1", 1000)
    answer = app.test_client().get("/sparql?query=ASK%7B%7D")
    assert (answer.status_code, answer.mimetype) == (429, "application/problem+json")
    assert int(answer.headers["Retry-After"]) > 0
    stop(app)


def test_a_client_pays_for_its_query_but_not_for_waiting(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WAIT_SECONDS", 0.3)
    app = create_app(folder, SETTINGS)
    service = app.extensions["rejoinder"]
    service.budget.refill = 0
    with hogged(service.pool, SLOW):
        assert app.test_client().get("/sparql?query=ASK%7B%7D").status_code == 503
    assert service.budget.seconds_left("127.0.0.1") == SETTINGS.client_seconds
    service.budget.clock, start = (lambda: 0.0), time.monotonic()
    assert app.test_client().get(f"/sparql?query={quote(SLOW)}&timeout=0.3").status_code == 504
    spent, waited = SETTINGS.client_seconds - service.budget.seconds_left("127.0.0.1"), time.monotonic() - start
    assert 0.8 <= round(spent, 6) <= waited + workers.RESTART_SECONDS
    stop(app)


@pytest.mark.parametrize(
    ("media_type", "form"), [("text/turtle", ox.RdfFormat.TURTLE), ("application/trig", ox.RdfFormat.TRIG)]
)
def test_graphs_come_with_the_short_names_of_the_documentation(
    client: FlaskClient, media_type: str, form: ox.RdfFormat
) -> None:
    query = "PREFIX rj: <https://w3id.org/rejoinder/ns#> CONSTRUCT { <urn:a> rj:text 'so' } {}"
    answer = client.get(f"/sparql?query={quote(query)}", headers={"Accept": media_type})
    assert '<urn:a> rj:text "so"' in answer.text
    triples = {(str(one.subject), str(one.predicate)) for one in ox.parse(answer.data, format=form)}
    assert triples == {("<urn:a>", "<https://w3id.org/rejoinder/ns#text>")}


@pytest.mark.parametrize(
    "query",
    [
        ALL,
        "ASK {}",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        f"# {HOSTILE}",
        f"SELECT * {{ {HOSTILE}",
        f"SELECT ('{HOSTILE}' AS ?x) {{}}",
    ],
    ids=["rows", "truth", "triples", "comment", "error", "literal"],
)
def test_pages_hold_no_markup_of_others(client: FlaskClient, query: str) -> None:
    page = client.get(f"/sparql?query={quote(query)}", headers={"Accept": BROWSER})
    assert page.mimetype == "text/html"
    assert "<script>alert" not in page.text
    for scheme in ("javascript:", "data:"):
        assert f'href="{scheme}' not in page.text


def test_pages_keep_the_query_and_show_the_answer(client: FlaskClient) -> None:
    page = client.get(f"/sparql?query={quote(ALL + ' ORDER BY ?o')}", headers={"Accept": BROWSER}).text
    assert "ORDER BY ?o</textarea>" in page
    assert re.search(
        r'<table>.*<th scope="col">o</th>.*<td><a class="iri-short" href="https://allotment.example/x".*</table>',
        page,
        re.DOTALL,
    )
    assert "cut" in page


@pytest.mark.parametrize("accept", [RESULTS, "text/turtle", "*/*", BROWSER])
@pytest.mark.parametrize("name", ["qurey", "Query", "querry"])
def test_a_query_under_a_misspelt_name_is_told_so(client: FlaskClient, name: str, accept: str) -> None:
    response = client.get(f"/sparql?{name}=ASK+{{}}&format=json", headers={"Accept": accept})
    assert response.status_code == 400
    assert f"{name}: there is no such parameter here; did you mean query?" in response.text


@pytest.mark.parametrize(
    ("query", "kind", "said"),
    [
        (ALL, "text/turtle", "SELECT gives a table, as application/sparql-results+json, "),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv", "CONSTRUCT gives a graph, as text/turtle, "),
        ("SELECT * { ?s ?p }", "text/csv", "expected an object"),
        ("SELECT * { ?s ?p }", "text/html", "expected an object"),
        (" ", "text/html", "the query is empty"),
    ],
)
def test_a_query_that_is_refused_stays_in_the_form(client: FlaskClient, query: str, kind: str, said: str) -> None:
    page = client.get(f"/sparql?query={quote(query)}&accept={quote(kind)}", headers={"Accept": BROWSER})
    assert page.status_code in (400, 406)
    assert f"{query}</textarea>" in page.text
    assert said in page.text
    data = client.get(f"/sparql?query={quote(query)}&accept={quote(kind)}", headers={"Accept": "*/*"})
    assert (data.status_code, said in data.text) == (page.status_code, True)


def test_a_triple_in_a_row_is_shown(client: FlaskClient) -> None:
    query = "SELECT (<<( <urn:a> <urn:b> <<( <urn:c> <urn:d> '<i>' )>> )>> AS ?x) {}"
    page = client.get(f"/sparql?query={quote(query)}", headers={"Accept": BROWSER})
    assert page.status_code == 200
    assert re.search(r"&lt;&lt;\(.*urn:a.*urn:b.*&lt;&lt;\(.*urn:c.*&lt;i&gt;.*\)&gt;&gt; \)&gt;&gt;", page.text)


@pytest.mark.parametrize("host", ["x" * 300, "a b", "a<b", "[::1", "a:b:c"])
def test_a_host_that_is_none_is_an_error_for_browsers_too(client: FlaskClient, host: str) -> None:
    for accept in (BROWSER, "text/turtle"):
        answer = client.get("/sparql", headers={"Host": host, "Accept": accept})
        assert answer.status_code < 500


def test_errors_are_pages_for_browsers(client: FlaskClient) -> None:
    page = client.get("/sparql?query=SELECT", headers={"Accept": BROWSER})
    assert (page.status_code, page.mimetype) == (400, "text/html")
    assert "line 1, column 7" in page.text
    page = client.get("/sparql?query=ASK%7B%7D&query=", headers={"Accept": BROWSER})
    assert (page.status_code, page.mimetype) == (400, "text/html")


def test_an_empty_folder_is_a_503_until_the_first_publish(tmp_path: Path) -> None:
    app = create_app(tmp_path / "later", SETTINGS)
    client = app.test_client()
    assert client.get("/healthz").status_code == 503
    answer = client.get("/sparql?query=ASK%7B%7D")
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert "load" in answer.get_json()["detail"]
    for accept in (BROWSER, "*/*"):
        answer = client.get("/sparql?query=ASK%7B%7D", headers={"Accept": accept})
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    store_of(tmp_path / "later", rota())
    health = client.get("/healthz")
    assert health.status_code == 200
    assert health.get_json()["store"] is True
    assert health.get_json()["workers"] == 2
    assert health.get_json()["free_bytes"] > 0
    assert client.get("/sparql?query=ASK%7B%7D").status_code == 200
    stop(app)


def test_pages_need_no_workers_and_workers_are_started_once_they_can_be(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(folder, SETTINGS)
    client = app.test_client()
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/nowhere/python")
        assert client.get("/threads").status_code == 200
        answer = client.get("/sparql?query=ASK%7B%7D")
        assert (answer.status_code, "no query worker could be started" in answer.text) == (503, True)
        assert client.get("/healthz").status_code == 503
    assert [client.get("/sparql?query=ASK%7B%7D").status_code for _ in range(3)][-1] == 200
    stop(app)


def test_publishing_under_load_fails_no_request(tmp_path: Path) -> None:
    store = store_of(tmp_path / "store", rota())
    statuses: list[int] = []
    done = threading.Event()

    def load(endpoint: str) -> None:
        with httpx.Client(timeout=60) as client:
            while not done.is_set():
                statuses.append(client.get(endpoint, params={"query": f"{ALL} LIMIT 3"}).status_code)

    with serving(tmp_path / "store", replace(SETTINGS, workers=2, client_seconds=10_000)) as server:
        threads = [threading.Thread(target=load, args=(server.endpoint,), daemon=True) for _ in range(8)]
        for thread in threads:
            thread.start()
        try:
            for number in range(10):
                store.add(ox.Quad(ox.NamedNode(f"urn:{number}"), ox.NamedNode("urn:p"), ox.Literal(number)))
                name = publish(store, tmp_path / "store")
                done.wait(0.3)
            assert eventually(lambda: server.client.get(f"{server.url}/healthz").json()["snapshot"] == name)
        finally:
            done.set()
            for thread in threads:
                thread.join()
    assert set(statuses) == {200}


def converted(wrapper: SPARQLWrapper) -> Any:
    return wrapper.queryAndConvert()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(server: Server, method: str) -> None:
    wrapper = SPARQLWrapper(server.endpoint)
    wrapper.setMethod(method)
    wrapper.setQuery(ALL)
    wrapper.setReturnFormat(JSON)
    assert len(converted(wrapper)["results"]["bindings"]) == 103
    wrapper.setReturnFormat(XML)
    assert "<sparql" in converted(wrapper).toxml()
    wrapper.setReturnFormat(CSV)
    assert converted(wrapper).count(b"\r\n") == 104
    wrapper.setQuery("CONSTRUCT WHERE { ?s ?p ?o }")
    wrapper.setReturnFormat(TURTLE)
    assert b"allotment.example" in converted(wrapper)


def test_pandas(server: Server) -> None:
    query = "SELECT ?week ?turn { ?week <https://allotment.example/turn> ?turn } ORDER BY ?turn"
    table = pandas.read_csv(f"{server.endpoint}?query={quote(query)}&accept=text/csv")
    assert list(table.columns) == ["week", "turn"]
    assert list(table["turn"]) == list(range(100))
    text = httpx.post(server.endpoint, data={"query": query}, headers={"Accept": "text/csv"}).text
    assert len(pandas.read_csv(io.StringIO(text))) == 100


def test_curl_without_accept(server: Server) -> None:
    request = httpx.Request("GET", f"{server.endpoint}?query=ASK%7B%7D")
    with httpx.Client() as client:
        answer = client.send(request)
    assert json.loads(answer.text)["boolean"] is True

"""Pages and their data: every route in every format, hostile text, bad parameters, an empty store, long chains."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from flask import template_rendered
from flask.testing import FlaskClient
from markdown_it import MarkdownIt
from werkzeug.test import TestResponse

from rejoinder.api.app import create_app
from rejoinder.api.routes.threads import MOST_SEGMENTS
from rejoinder.api.service.snapshots import LOOK_SECONDS, Service, served_snapshot
from rejoinder.errors import StoreError
from rejoinder.graph.maps.lettering import FONT_SIZE, MOST_LINES, fold_text, text_width
from rejoinder.graph.queries.views import VIEWS
from rejoinder.graph.queries.written import as_csv
from rejoinder.graph.sparql import workers
from rejoinder.graph.stores.publish import current_id
from rejoinder.load import load
from rejoinder.records import Comment, Thread, ThreadKey
from rejoinder.settings import Settings
from tests import garden
from tests.maps import discussion_of, lines_of

ROOT = Path(__file__).parents[2]
THREAD = "/threads/beds.example/hedge%2F2024"
TYPES = {
    "html": "text/html",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "turtle": "text/turtle",
    "csv": "text/csv",
    "svg": "image/svg+xml",
    "atom": "application/atom+xml",
    "markdown": "text/markdown",
    "sparql": "application/sparql-query",
}
BOTH = ["Beans like some shade anyway.", "the nest is empty."]
VOID = {"meta", "link", "input", "base", "img", "br", "hr"}
AROUND = ("json", "jsonld", "turtle", "svg")

# path, formats beside HTML, words that the page shows
ROUTES = {
    "/": ((), "Most pressing"),
    "/threads": (("json", "csv"), "The source declares 5 comments, 4 are loaded"),
    THREAD: (("json", "jsonld", "turtle"), "Hedge by the beans"),
    "/claims": (("json", "csv"), "Let us cut the hedge."),
    "/claims/CUT": (AROUND, "But wrens nest in it until July."),
    "/claims/CUT/explanation": (("json",), "found by a rule about wording (but)"),
    "/claims/CUT/neighbourhood?depth=4": (AROUND, "The same as a table"),
    "/unanswered": (("json", "csv", "atom", "markdown"), "Beans like some shade anyway."),
    "/embed/claims/CUT": ((), "Objections"),
    "/judgements": (("json", "csv"), "Nothing was judged"),
    "/views": (("json",), "unanswered"),
    "/views/claims": (("sparql",), "Claims, those with the most open objections first"),
    "/sparql": ((), "Ask the whole graph"),
}
CASES = [(path, to) for path, (formats, _) in ROUTES.items() for to in ("html", *formats)]
PAGES = list(ROUTES)


def client_of(folder: Path, settings: Settings | None = None) -> Iterator[FlaskClient]:
    """A client of the pages; they ask no query worker, so one is enough unless the settings say else, and no spare."""
    app = create_app(folder, settings or Settings(workers=1))
    service = app.extensions["rejoinder"]
    assert isinstance(service, Service)
    with pytest.MonkeyPatch.context() as patch, suppress(StoreError):
        patch.setattr(workers, "SPARE_WORKERS", 0)
        assert service.pool.workers
    yield app.test_client()
    service.close()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    yield from client_of(garden.store(tmp_path_factory.mktemp("garden") / "s", garden.garden()))


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    yield from client_of(garden.store(tmp_path_factory.mktemp("hostile") / "s", garden.hostile()))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    yield from client_of(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="module")
def example_client(example_store: Path) -> Iterator[FlaskClient]:
    yield from client_of(example_store)


def claim_id(client: FlaskClient, words: str) -> str:
    rows = client.get("/claims", query_string={"q": words, "format": "json"}).get_json()["rows"]
    return str(rows[0]["claim"]).rsplit("/", 1)[1]


def get(client: FlaskClient, path: str, to: str = "html", **headers: str) -> TestResponse:
    """The path with CUT replaced by the id of the claim about the hedge, in a format."""
    address = path.replace("CUT", claim_id(client, "hedge")) if "CUT" in path else path
    if path == "/sparql":
        return client.get(address, headers={"Accept": TYPES[to], **headers})
    return client.get(f"{address}{'&' if '?' in address else '?'}format={to}", headers=headers)


@pytest.mark.parametrize(("path", "to"), CASES, ids=lambda one: one)
def test_each_route_answers_in_each_of_its_formats(client: FlaskClient, path: str, to: str) -> None:
    response = get(client, path, to)
    assert response.status_code == 200, response.text
    assert response.mimetype == TYPES[to]
    assert response.text.strip()
    PARSERS[to](response.text)


@pytest.mark.parametrize("path", PAGES)
def test_each_page_shows_what_it_is_for(client: FlaskClient, path: str) -> None:
    assert ROUTES[path][1] in get(client, path).text


@pytest.mark.parametrize(
    ("path", "to"), [case for case in CASES if case[0] not in {"/", "/sparql"}], ids=lambda one: one
)
def test_the_accept_header_chooses_too(client: FlaskClient, path: str, to: str) -> None:
    address = path.replace("CUT", claim_id(client, "hedge"))
    response = client.get(address, headers={"Accept": TYPES[to]})
    assert (response.status_code, response.mimetype) == (200, TYPES[to]) or path.startswith("/embed")
    assert "Accept" in response.vary


@pytest.mark.parametrize("path", ["/claims", "/unanswered", THREAD, "/claims/CUT"])
def test_an_accept_header_that_rules_all_out_is_406(client: FlaskClient, path: str) -> None:
    address = path.replace("CUT", claim_id(client, "hedge"))
    assert client.get(address, headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/sparql"])
def test_an_etag_names_the_snapshot_and_the_format(client: FlaskClient, path: str) -> None:
    first = get(client, path)
    tag = first.headers["ETag"]
    assert client.get("/healthz").get_json()["snapshot"] in tag
    assert first.headers["Cache-Control"] == "no-cache"
    again = get(client, path, **{"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    formats = ROUTES[path][0]
    assert all(get(client, path, to).headers["ETag"] != tag for to in formats)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/claims/{'0' * 32}?format=json", 404),
        (f"/claims/{'0' * 32}/explanation?format=json", 404),
        ("/threads/beds.example/none?format=json", 404),
        ("/unanswered?level=U9&format=json", 400),
        ("/unanswered?since=gestern&format=json", 400),
        ("/unanswered?thread=none&format=json", 404),
        ("/claims?format=json", 200),
        ("/unanswered?format=json&level=U1", 200),
        ("/views?format=json", 200),
        ("/embed/claims/00000000", 404),
        ("/oembed?url=http://localhost/claims/00000000", 404),
    ],
)
def test_a_tag_of_one_address_fits_no_other(client: FlaskClient, path: str, status: int) -> None:
    held = [client.get(one).headers["ETag"] for one in ("/unanswered?format=json", "/unanswered", "/")]
    held.append(get(client, "/embed/claims/CUT").headers["ETag"])
    response = client.get(path, headers={"If-None-Match": ", ".join(held)})
    assert (response.status_code, response.headers.get("ETag") in held) == (status, False)


def test_a_tag_fits_its_address_whatever_the_order_of_its_parameters(client: FlaskClient) -> None:
    tag = client.get("/unanswered?format=json&level=U1").headers["ETag"]
    again = client.get("/unanswered?level=U1&format=json", headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_a_file_that_a_client_holds_is_not_made_again(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    budget = client.application.extensions["rejoinder"].budget
    monkeypatch.setattr(budget, "refill", 0)  # so that nothing comes back meanwhile
    tag = get(client, THREAD, "aif").headers["ETag"]
    seconds_left = budget.seconds_left("127.0.0.1")
    assert get(client, THREAD, "aif", **{"If-None-Match": tag}).status_code == 304
    assert budget.seconds_left("127.0.0.1") == seconds_left
    assert get(client, THREAD, "aif", **{"If-None-Match": '"another"'}).status_code == 200
    assert budget.seconds_left("127.0.0.1") < seconds_left


@pytest.mark.parametrize("path", ["/", "/embed/claims/CUT", "/claims/CUT", "/unanswered"])
def test_a_page_that_a_client_holds_is_not_made_again(client: FlaskClient, path: str) -> None:
    made: list[str] = []

    def note(_: object, *, template: object, **__: object) -> None:
        made.append(str(template))

    tag = get(client, path).headers["ETag"]
    with template_rendered.connected_to(note, client.application):
        assert get(client, path, **{"If-None-Match": tag}).status_code == 304
        assert made == []
        get(client, path)
    assert made


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("/unanswered?format=json", {"objection_threshold": 0.85}),
        ("/unanswered?format=csv", {"answer_threshold": 0.75}),
        ("/claims?format=json", {"result_rows": 2}),
        ("/claims", {"page_rows": 2}),
        ("/sparql?query=ASK%7B%7D", {"result_rows": 2}),
    ],
)
def test_a_copy_made_under_other_settings_is_not_good_any_more(
    tmp_path: Path, path: str, changed: dict[str, float]
) -> None:
    folder = garden.store(tmp_path / "s", garden.garden())
    tags = []
    for settings in (Settings(), replace(Settings(), **changed), Settings()):  # type: ignore[arg-type]
        for client in client_of(folder, settings):
            tags.append(client.get(path).headers["ETag"])
    assert tags[0] == tags[2] != tags[1]


@pytest.mark.parametrize("path", ["/claims/CUT", "/claims"])
def test_a_copy_of_another_host_is_another_copy(client: FlaskClient, path: str) -> None:
    tags = {get(client, path, Host=host).headers["ETag"] for host in ("one.example", "two.example", "one.example:81")}
    assert len(tags) == 3


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_request_for_another_state_is_refused_without_the_page(client: FlaskClient, accept: str) -> None:
    response = client.get("/claims", headers={"If-Match": '"other"', "Accept": accept})
    assert response.status_code == 412
    assert "If-Match" in response.text
    assert "Let us cut the hedge." not in response.text


def test_one_response_is_made_of_one_snapshot(tmp_path: Path) -> None:
    folder = garden.store(tmp_path / "s", garden.garden())
    for client in client_of(folder):
        service = client.application.extensions["rejoinder"]
        with client.application.test_request_context("/claims"):
            first = served_snapshot()
            garden.store(folder, garden.chain(3))
            time.sleep(LOOK_SECONDS)
            assert service.snapshot().id == current_id(folder) != first.id
            assert served_snapshot() is first
        assert client.get("/claims?format=json").get_json()["snapshot"] == current_id(folder)


NEAR = {
    "/claims?q=hegde": ["Let us cut the hedge."],
    "/claims?q=cutting+hedges&thread=THREAD": ["Let us cut the hedge."],
    "/claims?q=zzzz": [],
    "/claims?q=hegde&author=uli": [],
    "/claims?q=hedge": [],
    "/claims?thread=THREAD&page=9": [],
}


@pytest.mark.parametrize(("path", "texts"), NEAR.items())
def test_claims_near_to_words_that_none_holds_are_shown_apart(client: FlaskClient, path: str, texts: list[str]) -> None:
    page = get(client, path.replace("THREAD", THREAD.rpartition("/threads/")[2])).text
    found = page.partition("Similar claims</h2>")[2].partition("</section>")[0]
    assert re.findall(r'<p class="words"><a href="/claims/\w+"><bdi[^>]*>([^<]*)<', found) == texts


def test_csv_is_what_the_command_line_writes(client: FlaskClient, attacked: FlaskClient) -> None:
    for one in (client, attacked):
        for path in ("/threads", "/claims", "/unanswered"):
            rows = one.get(f"{path}?format=json").get_json()["rows"]
            assert one.get(f"{path}?format=csv").text == as_csv(list(rows[0]), rows)


def test_the_neighbourhood_is_nodes_and_edges_with_its_snapshot(client: FlaskClient) -> None:
    found = get(client, "/claims/CUT", "json").get_json()
    assert {"centre", "depth", "nodes", "edges", "truncated", "snapshot"} <= found.keys()
    known = {node["iri"] for node in found["nodes"]}
    assert {edge["start"] for edge in found["edges"]} | {edge["end"] for edge in found["edges"]} <= known
    assert {node["kind"] for node in found["nodes"]} == {"Claim", "Support", "Rebuttal", "Counter", "Undermine"}
    assert get(client, "/claims/CUT?depth=0", "json").get_json()["nodes"][0]["hidden"] == 2
    assert get(client, "/claims/CUT?limit=3", "json").get_json()["truncated"]


def test_unanswered_rows_have_the_documented_keys(client: FlaskClient) -> None:
    found = get(client, "/unanswered", "json").get_json()
    documented = re.search(r"A row has the keys (.*?);", (ROOT / "docs/http.md").read_text(encoding="utf-8"))
    assert documented
    assert list(found["rows"][0]) == re.findall(r"`(\w+)`", documented[1])
    assert found["truncated"] is False
    table = list(csv.DictReader(io.StringIO(get(client, "/unanswered", "csv").text)))
    assert [row["text"] for row in table] == [row["text"] for row in found["rows"]] == BOTH


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("level=U1", BOTH),
        ("level=U4", BOTH),
        ("level=U5", []),
        ("confidence=0.95", []),
        ("author=uli", ["Beans like some shade anyway."]),
        ("author=https://rejoinder.example/author/beds.example/nobody", []),
        ("owed=ines", ["Beans like some shade anyway."]),
        ("owed=tom", ["the nest is empty."]),
        ("thread=beds.example/hedge%252F2024", BOTH),
        ("thread=beds.example/hedge/2024", BOTH),
        ("thread=hedge/20", BOTH),
        ("thread=BEANS%20hedge", BOTH),
        ("page=2", []),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_the_worklist_filters(client: FlaskClient, query: str, texts: list[str]) -> None:
    assert [row["text"] for row in get(client, f"/unanswered?{query}", "json").get_json()["rows"]] == texts


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=HEDGE", 1),
        ("q=nest", 3),
        ("author=ines", 4),
        ("q=zebra", 0),
        ("author=ines&q=beans", 1),
        ("q=nest+wrens", 1),
        ("q=july,+WRENS", 1),
        ("q=nest+zebra", 0),
        ('q="wrens+nest"', 1),
        ("q=“wrens+nest”", 1),
        ('q="nest+wrens"', 0),
    ],
)
def test_claims_are_found(client: FlaskClient, query: str, count: int) -> None:
    assert len(get(client, f"/claims?{query}", "json").get_json()["rows"]) == count


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("author=INE", "author: nobody here is called 'INE'; near: ines"),
        ("owed=uly", "owed: nobody here is called 'uly'; near: uli"),
        ("author=zebra", "author: nobody here is called 'zebra'"),
    ],
)
@pytest.mark.parametrize("to", ["html", "csv"])
def test_a_name_that_nobody_bears_is_told_so(client: FlaskClient, query: str, said: str, to: str) -> None:
    response = get(client, f"/unanswered?{query}", to)
    assert (response.status_code, response.get_json()["detail"]) == (404, said)


@pytest.mark.parametrize("sought", ["don't", "don’t", "DON’T mind", '"slugs don\'t"'])
@pytest.mark.parametrize("said", ["Slugs don't mind the cold.", "Slugs don’t mind the cold."])
def test_either_apostrophe_finds_both(tmp_path: Path, sought: str, said: str) -> None:
    lines = [{"id": str(number), "thread": "t", "text": text} for number, text in enumerate((said, "Snails do."))]
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    load(tmp_path / "s", [str(tmp_path / "t.jsonl")], Settings(), report=print)
    for client in client_of(tmp_path / "s"):
        rows = client.get("/claims", query_string={"q": sought, "format": "json"}).get_json()["rows"]
        assert [row["text"] for row in rows] == [said]


def test_a_name_of_several_threads_lists_them_and_one_of_a_single_thread_is_chosen_in_the_form(tmp_path: Path) -> None:
    for client in client_of(garden.store(tmp_path / "s", garden.garden(), garden.deserted())):
        several = client.get("/claims?thread=beds.example&format=json")
        assert (several.status_code, several.get_json()["detail"]) == (
            400,
            "thread: 2 threads are named 'beds.example'; give the SITE/ID of one: "
            "beds.example/gate (The gate); beds.example/hedge/2024 (Hedge by the beans)",
        )
        for path in ("/claims", "/unanswered"):
            page = client.get(f"{path}?thread=the+gate").text
            assert re.findall(r'<option value="([^"]*)" selected>', page)[-1].endswith("/thread/beds.example/gate")


@pytest.mark.parametrize(
    ("query", "choices"),
    [
        (
            "/unanswered?level=U4&owed=ines&page=2",
            {
                "beds.example/ines": "?level=U4&owed=https%3A%2F%2Frejoinder.example%2Fauthor%2Fbeds.example%2Fines",
                "pond.example/ines": "?level=U4&owed=https%3A%2F%2Frejoinder.example%2Fauthor%2Fpond.example%2Fines",
            },
        ),
        (
            "/claims?q=july&thread=beds.example",
            {
                "The gate (beds.example/gate)": "?q=july&thread=beds.example%2Fgate",
                "Hedge by the beans (beds.example/hedge/2024)": "?q=july&thread=beds.example%2Fhedge%2F2024",
            },
        ),
    ],
    ids=["an author", "a thread"],
)
def test_the_page_about_a_name_that_several_bear_leads_to_each(
    tmp_path: Path, query: str, choices: dict[str, str]
) -> None:
    for client in client_of(garden.store(tmp_path / "s", garden.garden(), garden.deserted(), garden.pond())):
        page = client.get(query, headers={"Accept": "text/html"})
        links = re.findall(r'<li><a href="([^"]*)"><bdi dir="auto">([^<]*)</bdi>', page.text)
        assert page.status_code == 400
        assert {name: unescape(address) for address, name in links} == choices
        assert {client.get(query.split("?")[0] + address).status_code for address in choices.values()} == {200}


@pytest.mark.parametrize(
    ("path", "query", "threads"),
    [
        ("/unanswered", "level=U4&owed=ines&thread=hedge/2024", ["hedge%2F2024"]),
        ("/unanswered", "level=U4&author=uli&thread=gate", ["gate"]),
        ("/claims", "author=ines&thread=ponds", ["ponds"]),
        ("/claims", "author=ines&thread=hedge/2024", ["hedge%2F2024"]),
    ],
)
def test_beside_a_thread_a_name_means_the_one_of_its_site(
    tmp_path: Path, path: str, query: str, threads: list[str]
) -> None:
    for client in client_of(garden.store(tmp_path / "s", garden.garden(), garden.deserted(), garden.pond())):
        rows = client.get(f"{path}?{query}&format=json").get_json()["rows"]
        assert sorted({row["thread"].rsplit("/", 1)[1] for row in rows}) == threads


def test_what_waits_for_a_person_is_that_of_the_thread_that_is_asked_for(tmp_path: Path) -> None:
    for client in client_of(garden.store(tmp_path / "s", garden.garden(), garden.deserted())):
        found = []
        for thread in ("", "hedge/2024", "gate"):
            page = client.get("/claims", query_string={"author": "uli", "thread": thread}).text
            (link,) = re.findall(r'href="([^"]*[?]author=[^"]*)">(\d+) objections?</a> of theirs', page)
            rows = client.get(f"{unescape(link[0])}&format=json").get_json()["rows"]
            found.append((int(link[1]), len(rows)))
        assert found == [(2, 2), (1, 1), (1, 1)]


def test_the_page_about_a_name_that_many_threads_bear_says_how_many_more_there_are(tmp_path: Path) -> None:
    discussion, argument = garden.garden()
    others = [replace(discussion.thread, key=replace(discussion.thread.key, id=f"hedge/{one}")) for one in range(7)]
    threads = [
        (replace(discussion, thread=other, comments=()), replace(argument, claims=(), moves=())) for other in others
    ]
    for client in client_of(garden.store(tmp_path / "s", *threads)):
        page = client.get("/claims?thread=hedge", headers={"Accept": "text/html"}).text
        assert (page.count("Hedge by the beans ("), "and 2 more" in page) == (5, True)


def test_a_listing_that_is_cut_says_so_and_where_it_goes_on(client: FlaskClient) -> None:
    response = get(client, "/claims?rows=4", "json")
    assert response.get_json()["truncated"] is True
    assert response.headers["X-Rejoinder-Truncated"] == "true"
    onward = re.search(r"<(.*)>", response.headers["Link"])
    assert onward
    rest = client.get(f"/claims{onward[1]}").get_json()
    assert (len(rest["rows"]), rest["truncated"]) == (2, False)


@pytest.mark.parametrize("to", ["html", "json", "csv"])
@pytest.mark.parametrize(("path", "rows"), [("/claims", 4), ("/unanswered", 1)])
def test_every_format_of_a_cut_listing_says_where_it_goes_on(
    client: FlaskClient, path: str, rows: int, to: str
) -> None:
    response = get(client, f"{path}?rows={rows}", to)
    assert response.headers["X-Rejoinder-Truncated"] == "true"
    assert response.headers["Link"].endswith('page=2>; rel="next"')
    assert {"Link", "X-Rejoinder-Truncated"} <= set(response.headers["Access-Control-Expose-Headers"].split(", "))
    last = get(client, f"{path}?rows={rows}&page=2", to)
    assert not {"X-Rejoinder-Truncated", "Link"} & {*last.headers.keys()}


def test_the_query_shown_runs_on_the_endpoint(client: FlaskClient) -> None:
    for path in ("/unanswered", "/claims/CUT", "/claims", "/threads", THREAD, "/views"):
        queries = Seen.of(get(client, path).text).queries
        assert queries
        for query in queries:
            response = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"})
            assert response.status_code == 200, f"{path}: {response.text}"
            assert path == "/views" or response.text.count("\n") > 1, path


def test_the_thread_marks_overlapping_claims_and_nests_comments(client: FlaskClient) -> None:
    text = get(client, THREAD).text
    assert re.search(r'<mark class="[^"]*twice"><a href="/claims/\w+">the nest</a></mark>', text)
    assert re.search(r'class="comment d2" id="c-c3"', text)
    assert "in reply to" in text


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/claim/CUT", "/claims/CUT"),
        ("/thread/beds.example/hedge%2F2024", THREAD),
        ("/comment/beds.example/hedge%2F2024/b2", f"{THREAD}#c-b2"),
        ("/author/beds.example/ines", "/claims?author=https%3A%2F%2Frejoinder.example%2Fauthor%2Fbeds.example%2Fines"),
    ],
)
def test_names_lead_to_pages(client: FlaskClient, path: str, location: str) -> None:
    cut = claim_id(client, "hedge")
    response = client.get(path.replace("CUT", cut))
    assert (response.status_code, response.headers["Location"]) == (303, location.replace("CUT", cut))
    assert client.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize("to", ["json", "turtle"])
def test_a_name_keeps_the_format_that_is_asked_for(client: FlaskClient, to: str) -> None:
    for path in (f"/claim/{claim_id(client, 'hedge')}", THREAD.replace("threads", "thread")):
        response = client.get(f"{path}?format={to}", follow_redirects=True)
        assert (response.status_code, response.mimetype) == (200, TYPES[to])


def test_a_move_has_a_page(client: FlaskClient) -> None:
    found = get(client, "/claims/CUT", "json").get_json()
    name = next(node["iri"] for node in found["nodes"] if node["kind"] == "Rebuttal").rsplit("/", 1)[1]
    response = client.get(f"/move/{name}", follow_redirects=True)
    assert response.status_code == 200
    assert "the nest is empty." in response.text
    crumbs = response.text.partition('class="crumbs"')[2].partition("</ol>")[0]
    assert "Let us cut the hedge." in crumbs


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/claims/00000000000000000000000000000000", 404),
        ("/claims/x", 404),
        ("/claims/%3C%22%3E", 404),
        ("/claims/..%2F..", 404),
        ("/embed/claims/00000000", 404),
        ("/threads/beds.example/none", 404),
        ("/threads/x", 404),
        ("/threads/%22%3E%3C/%3E", 404),
        ("/claim/none", 404),
        ("/move/none", 404),
        ("/thread/a/b", 404),
        ("/threads/" + "a/" * 4000 + "a", 404),
        ("/thread/" + "a/" * 4000 + "a", 404),
        ("/author/" + "a/" * 4000 + "a", 404),
        ("/comment/a/b/c", 404),
        ("/comment/" + "a/" * 200, 404),
        ("/author/a/b", 404),
        ("/views/none", 404),
        ("/claims?page=0", 400),
        ("/claims?page=x", 400),
        ("/claims?rows=0", 400),
        ("/claims?rows=99999999999", 400),
        ("/claims?thread=%3E%20%3C", 404),
        ("/claims?thread=nowhere/1", 404),
        ("/claims?thread=urn:nowhere", 404),
        ("/unanswered?thread=https://rejoinder.example/thread/a/b", 404),
        ("/unanswered?format=csv&thread=beds.example/ridge", 404),
        ("/claims?thread=https://x/%3E", 404),
        ("/claims?format=xml", 400),
        ("/claims?q=" + "x" * 201, 400),
        ("/claims/CUT?depth=7", 400),
        ("/claims/CUT?depth=-1", 400),
        ("/claims/CUT?depth=1e1", 400),
        ("/claims/CUT?depth=%D9%A1", 400),
        ("/claims/CUT?limit=0", 400),
        ("/claims/CUT?limit=1001", 400),
        ("/claims/CUT/neighbourhood?depth=7", 400),
        ("/unanswered?level=U6", 400),
        ("/unanswered?confidence=2", 400),
        ("/unanswered?confidence=nan", 400),
        ("/unanswered?format=svg", 400),
        ("/embed/claims/CUT?theme=blue", 400),
        ("/embed/claims/CUT?depth=9", 400),
        (f"{THREAD}?page=0", 400),
    ],
)
def test_what_is_wrong_is_refused_as_a_problem(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path.replace("CUT", claim_id(client, "hedge")), headers={"Accept": "application/json"})
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    assert response.get_json()["status"] == status


@pytest.mark.parametrize(
    ("path", "said", "near"),
    [
        ("/claims.json", "; did you mean /claims?format=json?", "/claims?format=json"),
        ("/unanswered.csv", "; did you mean /unanswered?format=csv?", "/unanswered?format=csv"),
        ("/unaswered", "; did you mean /unanswered?", "/unanswered"),
        ("/Claims", "; did you mean /claims?", "/claims"),
        ("/static/none.css", "", ""),
        (
            "/api/v1",
            ". There are /claims, /healthz, /judgements, /metrics, /ns, /oembed, "
            "/openapi.json, /shapes, /sparql, /threads, /unanswered, /views",
            "",
        ),
    ],
)
def test_a_path_that_is_none_is_told_what_is_near(client: FlaskClient, path: str, said: str, near: str) -> None:
    """Programs are told all paths there are; people are led on, and see none of those for programs."""
    assert client.get(path).get_json()["detail"] == f"there is no {path} here{said}"
    page = client.get(path, headers={"Accept": "text/html"})
    main = page.text.partition("<main")[2].partition("</main>")[0]
    assert (page.status_code, "<h1>There is no such page</h1>" in main) == (404, True)
    assert f"There is no {path} here." in main
    assert (f'Did you mean <a href="{near}">' in main) is bool(near)
    assert 'role="search"' in main
    assert "/metrics" not in main


def test_the_page_of_one_query_shows_its_text(client: FlaskClient) -> None:
    alone, together = (client.get(path).text for path in ("/views/claims", "/views"))
    assert '<details class="query" open>' in alone
    assert 'href="?format=sparql">SPARQL</a>' in alone
    assert '<details class="query" open>' not in together


VIEWS_THERE = f"There are {', '.join(VIEWS)}"


@pytest.mark.parametrize(
    ("path", "said", "there"),
    [
        ("/views/ownd", f"no view 'ownd'; did you mean owed? {VIEWS_THERE}", "No view 'ownd'; did you mean owed?"),
        ("/views/nosuch", f"no view 'nosuch'. {VIEWS_THERE}", "No view 'nosuch'."),
        (
            "/claims?format=jsn",
            "format: expected one of html, json, csv, got 'jsn'; did you mean json?",
            "“jsn” does not fit the parameter “format”. It takes one of html, json, csv. Did you mean json?",
        ),
        (
            "/claims?rows=x",
            "rows: expected a whole number from 1 to 10000, got 'x'",
            "“x” does not fit here. This takes a whole number from 1 to 10000.",
        ),
        (
            "/claims?rows=%22%27%5C",
            "rows: expected a whole number from 1 to 10000, got '\"\\'\\\\'",
            "“\"'\\” does not fit here. This takes a whole number from 1 to 10000.",
        ),
    ],
)
def test_a_wrong_name_is_told_what_is_near_and_a_parameter_keeps_its_own(
    client: FlaskClient, path: str, said: str, there: str
) -> None:
    assert client.get(path).get_json()["detail"] == said
    page = unescape(client.get(path, headers={"Accept": "text/html"}).text)
    assert there in page


def test_a_wrong_level_is_told_the_levels_in_their_order(client: FlaskClient) -> None:
    detail = client.get("/unanswered?level=U9", headers={"Accept": "application/json"}).get_json()["detail"]
    assert detail == "level: expected one of U1, U2, U3, U4, U5, got 'U9'"


@pytest.mark.parametrize("path", ["/threads/", "/comment/"])
def test_a_path_of_thousands_of_segments_costs_next_to_nothing(client: FlaskClient, path: str) -> None:
    start = time.process_time()
    assert client.get(path + "a/" * 8000 + "a").status_code == 404
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 404)])
def test_an_id_may_have_as_many_slashes_as_documented(tmp_path: Path, more: int, status: int) -> None:
    key = ThreadKey("paths.example", "/".join("x" * (MOST_SEGMENTS - 1 + more)))
    folder = garden.store(
        tmp_path / "s", garden.written(Thread(key, "Paths"), [Comment(key, "a", "A path.", None, "ann")], [], [])
    )
    for client in client_of(folder):
        assert client.get(f"/threads/{key.site}/{key.id.replace('/', '%2F')}").status_code == status
    assert f"{MOST_SEGMENTS} segments" in (ROOT / "docs/http.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["a\nb", "\na", "a\n", "\n", "a\r\nb", "a//b", "/a", "a/", "..", "%0A", "?", "#", "a b"]
)
def test_whatever_an_id_holds_it_has_a_page(tmp_path: Path, name: str) -> None:
    key = ThreadKey("odd.example", name)
    folder = garden.store(
        tmp_path / "s", garden.written(Thread(key, "Odd"), [Comment(key, name, "A path.", None, name + "!")], [], [])
    )
    for client in client_of(folder):
        (row,) = client.get("/threads?format=json").get_json()["rows"]
        path = row["thread"].removeprefix("https://rejoinder.example/thread/")
        for iri in (f"/thread/{path}", f"/comment/{path}/{path.partition('/')[2]}"):
            response = client.get(iri)
            assert (response.status_code, response.headers.get("Location", "")[:9]) == (303, "/threads/"), iri
            assert "A path." in client.get(response.headers["Location"].partition("#")[0]).text
        assert client.get(f"/author/{path}!").status_code == 303


@pytest.mark.parametrize("path", ["/claims/x", "/unanswered?level=%22%3E%3Cscript%3E", "/threads/%3Cscript%3E"])
def test_a_browser_gets_an_error_page(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.mimetype == "text/html"
    Seen.of(response.text)


@pytest.mark.parametrize(
    ("path", "heading", "said"),
    [
        ("/claims/00000000", "This claim is not here", "no claim &#39;00000000&#39;, and no move"),
        ("/claims/x", "This claim is not here", "or at least the first 8 of them"),
        ("/threads/beds.example/none", "This thread is not here", "No thread is loaded under this name."),
        ("/threads/hedge", "This thread is not here", f'<a href="{THREAD}">'),
        ("/comment/a/b/c", "This comment is not here", "It may have gone from what is loaded"),
        ("/unanswered?level=U9", "A value in the address does not fit", "“U9” does not fit here."),
        ("/claims?format=pdf", "A value in the address does not fit", "Put it right in the address"),
        ("/claims?thread=zzz", "This is not here", "No thread &#39;zzz&#39; is loaded"),
        ("/oembed?url=x&format=yaml", "This cannot be answered", "Begin at the start page."),
    ],
)
def test_an_error_page_says_what_happened_and_where_to_go_on(
    client: FlaskClient, path: str, heading: str, said: str
) -> None:
    page = client.get(path, headers={"Accept": "text/html"}).text
    main = page.partition("<main")[2].partition("</main>")[0]
    assert f"<h1>{heading}</h1>" in main
    assert said in main
    assert 'href="/">To the start page' in main
    assert 'href="/threads">All threads' in main
    assert not re.search("Bad parameter|Not found|Not Found", main)


def test_a_form_that_is_sent_to_a_page_is_told_to_open_it(client: FlaskClient) -> None:
    page = client.post("/claims", headers={"Accept": "text/html"})
    assert page.status_code == 405
    assert "This address is only for reading" in page.text


@pytest.mark.parametrize("path", ["/threads", "/claims", "/unanswered", "/claims/00000000", "/views"])
def test_an_empty_store_is_503_everywhere_but_at_home(empty: FlaskClient, path: str) -> None:
    assert empty.get(path).status_code == 503
    assert empty.get(path, headers={"Accept": "text/html"}).mimetype == "text/html"


def test_an_empty_store_says_how_to_load_one(empty: FlaskClient) -> None:
    response = empty.get("/", headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert "rejoinder load" in response.text


BADGE = r'badge--(?:open|between|settled)( badge--faint)?"'
SURE = r"(\d+)% sure"


def test_what_is_too_unsure_to_be_counted_has_a_faint_badge(example_client: FlaskClient) -> None:
    """On each claim's page the status right before "41% sure" is faint, and that before "66% sure" is not."""
    seen = set()
    for path in sorted(set(re.findall(r"/claims/[0-9a-f]{32}", get(example_client, "/claims").text))):
        for card in get(example_client, path).text.split('<p class="card-head">')[1:]:
            badge, sure = re.search(BADGE, card.partition("</p>")[0]), re.search(SURE, card)
            if badge and sure:
                assert bool(badge[1]) is (int(sure[1]) < 50), path
                seen.add(bool(badge[1]))
    assert seen == {True, False}


class Seen(HTMLParser):
    """Reads a page and refuses whatever could run: inline script, handlers, styles, links that are no plain ones."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.queries: list[str] = []
        self.isolated = ""

    @classmethod
    def of(cls, text: str) -> Seen:
        seen = cls()
        seen.feed(text)
        assert not seen.stack, f"not closed: {seen.stack}"
        return seen

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.stack.append(tag)
        assert not [name for name in given if name.startswith("on") or name in {"style", "srcdoc"}], attrs
        assert tag not in {"img", "object", "style", "iframe"}, tag
        for name in ("href", "src", "action"):
            if name in given:
                assert re.match(r"(/(?!/)|\?|#|https?://)", given[name]), attrs
        if tag == "script":
            assert given["src"].startswith("/static/"), attrs
        if tag == "input" and given.get("name") == "query":
            self.queries.append(given["value"])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.stack.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        assert self.stack[-1:] != ["script"] or not data.strip(), data
        if "\u202e" in data:
            assert {"bdi", "textarea", "pre"} & set(self.stack), f"not isolated in {self.stack}: {data[:80]}"


def nothing(text: str) -> None:
    """Any text is a good one."""


def turtle(text: str) -> None:
    assert list(ox.parse(text, format=ox.RdfFormat.TURTLE))


def table(text: str) -> None:
    rows = list(csv.reader(io.StringIO(text)))
    assert len({len(row) for row in rows}) == 1


def drawing(text: str) -> None:
    root = ElementTree.fromstring(text)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "defs", "marker", "path", "rect", "a", "g", "title", "text"}
    assert root.find("{*}rect[@fill='#ffffff']") is not None, "it must be readable on a dark page, too"
    links = [element.get("href", "") for element in root.iter() if element.tag.endswith("}a")]
    assert links
    assert all(link.startswith("http://localhost/") for link in links)


def listed(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(text)
    assert {one.type for one in tokens if one.nesting == 1} <= {"paragraph_open", "bullet_list_open", "list_item_open"}
    inside = [child for token in tokens for child in token.children or ()]
    assert {one.type for one in inside if one.nesting >= 0} <= {"text", "strong_open", "link_open", "hardbreak"} | {
        "text_special",
        "softbreak",
    }
    links = [str(one.attrs["href"]) for one in inside if one.type == "link_open"]
    assert all(link.startswith(("http://", "https://")) for link in links)


PARSERS: dict[str, Callable[[str], object]] = {
    "html": Seen.of,
    "json": json.loads,
    "jsonld": json.loads,
    "turtle": turtle,
    "csv": table,
    "svg": drawing,
    "atom": ElementTree.fromstring,
    "markdown": listed,
    "sparql": nothing,
}


@pytest.mark.parametrize(("path", "to"), CASES, ids=lambda one: one)
def test_hostile_text_stays_text(attacked: FlaskClient, path: str, to: str) -> None:
    rows = attacked.get("/claims?format=json").get_json()["rows"]
    thread = rows[0]["thread"].removeprefix("https://rejoinder.example/thread/")
    for row in rows:
        address = path.replace("CUT", row["claim"].rsplit("/", 1)[1]).replace(THREAD, f"/threads/{thread}")
        response = get(attacked, address, to)
        assert response.status_code == 200, response.text
        PARSERS[to](response.text)


@pytest.mark.parametrize("path", ["/claims", "/unanswered", "/threads", "/views"])
@pytest.mark.parametrize("name", ["q", "thread", "author", "owed", "level", "page", "format", "next"])
def test_hostile_parameters_stay_text(client: FlaskClient, path: str, name: str) -> None:
    response = client.get(path, query_string={name: garden.HOSTILE}, headers={"Accept": "text/html"})
    assert response.status_code in {200, 400, 404}
    Seen.of(response.text)


def test_hostile_ids_lead_to_their_page(attacked: FlaskClient) -> None:
    place = attacked.get("/claims?format=json").get_json()["rows"][0]
    around = attacked.get(f"/claims/{place['claim'].rsplit('/', 1)[1]}?format=json").get_json()
    comment = around["nodes"][0]["places"][0]["comment"].removeprefix("https://rejoinder.example")
    response = attacked.get(comment)
    assert response.status_code == 303
    assert attacked.get(response.headers["Location"].partition("#")[0]).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_no_page_may_run_or_load_what_is_not_ours(client: FlaskClient, path: str) -> None:
    policy = get(client, path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert policy.endswith("form-action 'self'" if path.startswith("/embed") else "frame-ancestors 'none'")


def test_the_embed_of_an_objection_says_what_it_is_against(client: FlaskClient) -> None:
    objection, post = (client.get(f"/embed/claims/{claim_id(client, words)}").text for words in ("wrens", "hedge"))
    header = objection.partition("<header")[2].partition("</header>")[0]
    assert "said:</span>" in header
    assert f'href="/claims/{claim_id(client, "hedge")}"' in header
    assert "Let us cut the hedge." in header
    assert "said:</span>" not in post


def test_the_embed_of_a_claim_that_is_gone_says_so_to_readers(client: FlaskClient) -> None:
    response = client.get("/embed/claims/00000000", headers={"Accept": "text/html"})
    assert (response.status_code, "This claim is not here" in response.text) == (404, True)
    assert "move" not in re.sub("<[^>]*>", "", response.text)
    assert "at least the first 8" in client.get("/embed/claims/abc", headers={"Accept": "text/html"}).text
    assert json.loads(client.get("/embed/claims/00000000").text)["detail"] == "no claim '00000000', and no move"


def test_who_may_frame_an_embed_is_a_setting(tmp_path: Path) -> None:
    folder = garden.store(tmp_path / "s", garden.garden())
    for client in client_of(folder, Settings(frame_ancestors="https://news.example")):
        policy = get(client, "/embed/claims/CUT").headers["Content-Security-Policy"]
        assert policy.endswith("frame-ancestors https://news.example")


def test_a_chain_of_5000_replies_is_a_page(tmp_path: Path) -> None:
    folder = garden.store(tmp_path / "s", garden.chain(5000))
    for client in client_of(folder):
        text = client.get("/threads/deep.example/chain?page=25").text
        Seen.of(text)
        assert "Reply n04999." in text
        assert "level 5000" in text
        response = client.get("/comment/deep.example/chain/n04321")
        assert response.headers["Location"] == "/threads/deep.example/chain?page=22#c-n04321"
        assert len(client.get("/threads/deep.example/chain?format=json").get_json()["comments"]) == 5000


@pytest.mark.parametrize(
    "text", ["W" * 400, "word " * 200, "漢字" * 200, "i" * 900, "", "🫖" * 90, "\u202e" * 50 + "x"]
)
def test_words_of_a_map_stay_within_their_box(text: str) -> None:
    lines = fold_text(text, 208)
    assert len(lines) <= MOST_LINES
    assert all(text_width(line, FONT_SIZE) <= 208 for line in lines)


def test_every_route_is_documented_and_every_documented_route_exists(tmp_path: Path) -> None:
    headings = re.findall(
        r"^### `([A-Z, ]+) (/\S*)`$", (ROOT / "docs/http.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    documented = {(method, re.sub("<.*?>", "<>", path)) for methods, path in headings for method in methods.split(", ")}
    rules = create_app(tmp_path, Settings()).url_map.iter_rules()
    existing = {
        (method, re.sub("<.*?>", "<>", rule.rule))
        for rule in rules
        for method in (rule.methods or set()) & {"GET", "POST"}
    }
    assert documented == existing


def test_a_name_borne_on_two_sites_leads_to_the_right_one(tmp_path: Path) -> None:
    lines = [
        {
            "id": "1",
            "thread": "t",
            "thread_title": "Storage",
            "site": site,
            "author": "ines",
            "text": f"Beans should be kept {how}, because frost kills them.",
        }
        for site, how in (("beds.example", "warm"), ("pots.example", "cool"))
    ]
    source = tmp_path / "two.jsonl"
    source.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    load(tmp_path / "store", [str(source)], Settings(), report=print)
    for client in client_of(tmp_path / "store"):
        links = re.findall(r'class="who" href="([^"]+)"', client.get("/claims").text)
        found = [re.findall(r"Beans should be kept \w+", client.get(link).text)[0] for link in links]
        assert sorted(found) == ["Beans should be kept cool", "Beans should be kept warm"]


@pytest.mark.parametrize(
    ("path", "says", "leads"),
    [
        ("/claims?q=zzzz", "none here holds “ zzzz ” in exactly these words", "/claims"),
        (
            "/unanswered?author=tom",
            "none that is at least half sure is unanswered in this sense",
            "/unanswered",
        ),
    ],
)
def test_a_list_that_is_empty_says_what_that_means_and_where_to_go_on(
    client: FlaskClient, path: str, says: str, leads: str
) -> None:
    (told,) = re.findall(r'<(?:li|p) class="none">.*?</(?:li|p)>', client.get(path).text, re.DOTALL)
    assert says in " ".join(re.sub("<[^>]*>", " ", told).split())
    assert f'href="{leads}"' in told


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/unanswered", "Unanswered objections"),
        ("/unanswered?level=U4&page=2", "Unanswered objections, U4 standing, page 2"),
        ("/unanswered?owed=https://rejoinder.example/author/beds.example/ines", "Unanswered objections, owed by ines"),
        (
            "/unanswered?level=U1&author=uli&thread=hedge&since=2020-01-01",
            "Unanswered objections, U1 silent, by uli, in Hedge by the beans, since 2020-01-01",
        ),
        ("/claims?author=ines", "Claims by ines"),
        ("/claims?q=nest&author=ines&thread=hedge", "nest: claims, by ines, in Hedge by the beans"),
        ("/claims?page=3", "Claims, page 3"),
        ("/claims?q=nest%20wrens&page=2", "nest wrens: claims, page 2"),
        ("/threads?page=2", "Threads, page 2"),
        (f"{THREAD}?page=2", "Hedge by the beans, page 2"),
    ],
)
def test_titles_tell_pages_apart(client: FlaskClient, path: str, title: str) -> None:
    assert f"<title>{title} - Rejoinder</title>" in client.get(path).text


@pytest.mark.parametrize(
    ("path", "field", "summary"),
    [
        ("/unanswered?owed=https://rejoinder.example/author/beds.example/ines", "owed", "owed by ines"),
        ("/unanswered?author=ines", "author", "by ines"),
        ("/claims?author=https://rejoinder.example/author/beds.example/ines", "author", "by ines"),
    ],
)
def test_a_person_is_named_where_the_address_has_their_iri(
    client: FlaskClient, path: str, field: str, summary: str
) -> None:
    page = client.get(path).text
    assert f'<input name="{field}" value="ines"' in page
    assert f"<summary>Filters: {summary}</summary>" in re.sub("</?bdi[^>]*>", "", page)
    assert client.get(path.partition("=")[0] + "=ines&format=json").json == client.get(f"{path}&format=json").json


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "2 objections in 2 comments, each at least half sure."),
        ("?owed=ines", "1 objection in 1 comment, owed by ines, each at least half sure."),
        (
            "?author=uli&thread=hedge",
            "1 objection in 1 comment, by uli, in Hedge by the beans, each at least half sure.",
        ),
    ],
)
def test_a_narrowed_worklist_says_whose_it_is(client: FlaskClient, query: str, told: str) -> None:
    assert told in " ".join(re.sub(r"<[^>]*>", "", client.get(f"/unanswered{query}").text).split())


def test_large_numbers_of_open_objections_are_written_like_all_others(tmp_path: Path) -> None:
    many = " / ".join(f"o{number} a{number} Rebuttal root" for number in range(1001))
    for client in client_of(garden.store(tmp_path / "s", discussion_of(lines_of(many)))):
        for path in ("/", "/threads", "/claims", f"/claims/{claim_id(client, 'root')}?depth=1&limit=9"):
            main = client.get(path).text.partition("<main")[2]
            assert re.findall(r">(1,?001) (?:are )?unaddressed", main).count("1,001") >= 1, path
            assert "1001 unaddressed" not in main


def test_a_list_of_one_thread_names_it_once(client: FlaskClient) -> None:
    every, one = (
        re.findall(r'in <a href="[^"]*">(.*?)</a>', client.get(f"/unanswered{of}").text) for of in ("", "?thread=hedge")
    )
    assert "Hedge by the beans" in "".join(every)
    assert set(one) == {"the thread"}


def test_a_long_title_is_cut_where_it_only_says_where_something_stands(tmp_path: Path) -> None:
    discussion, argument_map = discussion_of(lines_of("o bob Rebuttal root"))
    long = "A title that goes on " * 15
    named = replace(discussion, thread=replace(discussion.thread, title=long.strip()))
    for client in client_of(garden.store(tmp_path / "s", (named, argument_map))):
        claim = f"/claims/{claim_id(client, 'root')}"
        for path in ("/unanswered", "/claims", claim):
            main = client.get(path).text.partition("<main")[2]
            assert f">{long[:75].rstrip()}" in main
            assert not re.search(rf">{long[:150]}[^<]*</bdi></a>", main)
        for path in ("/", "/threads", "/threads/test/t"):
            assert long.strip() in client.get(path).text


def test_a_list_of_claims_of_one_thread_does_not_name_it_with_each(client: FlaskClient) -> None:
    pages = [client.get(f"/claims{of}").text for of in ("", "?thread=hedge")]
    every, one = (page.partition('class="rows"')[2] for page in pages)
    assert ("Hedge by the beans" in every, "Hedge by the beans" in one) == (True, False)
    assert 'In <a href="/threads/beds.example/hedge%2F2024"><bdi dir="auto">Hedge by the beans</bdi></a>.' in pages[1]


def test_whoever_shares_a_name_is_asked_for_by_iri(tmp_path: Path) -> None:
    threads = [discussion_of(lines_of("o bob Rebuttal root"), key=ThreadKey(site, "t")) for site in ("a", "b")]
    for client in client_of(garden.store(tmp_path / "s", *threads)):
        page = client.get("/unanswered?author=https://rejoinder.example/author/b/bob").text
        assert '<input name="author" value="https://rejoinder.example/author/b/bob"' in page
        assert "<title>Unanswered objections, by bob - Rejoinder</title>" in page
        within = client.get("/unanswered?thread=b/t&author=https://rejoinder.example/author/b/bob").text
        assert '<input name="author" value="bob"' in within


@pytest.mark.parametrize(("path", "heading"), [("/", "h3"), ("/unanswered", "h2")])
def test_each_comment_of_the_worklist_has_a_heading(client: FlaskClient, path: str, heading: str) -> None:
    page = re.sub("</?bdi[^>]*>", "", client.get(path).text)
    assert f'<{heading} class="hidden">1 objection by uli: “Beans like some shade anyway.”</{heading}>' in page


@pytest.mark.parametrize("path", ["/unanswered", "/claims", "/claims/CUT", "/threads", "/views", "/healthz"])
def test_a_slash_at_the_end_changes_nothing(client: FlaskClient, path: str) -> None:
    path = path.replace("CUT", claim_id(client, "hedge"))
    for to in ("html", "json"):
        bare, slashed = client.get(f"{path}?format={to}"), client.get(f"{path}/?format={to}")
        assert slashed.status_code == 200
        assert without_room(slashed.text) == without_room(bare.text)


def without_room(health: str) -> str:
    """The answer without the room on the disk, which changes from one request to the next."""
    return re.sub(r'"free_bytes":\s*\d+', "", health)


def test_a_time_of_day_stands_with_its_zone(client: FlaskClient) -> None:
    assert re.search(r"<bdi dir=\"auto\">\d+ \w+ \d{4}, \d\d:\d\d UTC</bdi></time>", client.get(THREAD).text)


def test_breadcrumbs_say_nothing_twice(tmp_path: Path) -> None:
    """The thread is called by the first words of its post, so the claim they make is no step of its own."""
    said = [
        {"id": "1", "thread": "t", "author": "ann", "text": "The bell is too loud."},
        {
            "id": "2",
            "thread": "t",
            "parent": "1",
            "author": "bob",
            "text": "I disagree, the bell is not too loud at all.",
        },
    ]
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, said)), encoding="utf-8")
    load(tmp_path / "s", [str(tmp_path / "t.jsonl")], Settings(), report=print)
    for client in client_of(tmp_path / "s"):
        (row,) = client.get("/claims?q=not+too+loud&format=json").get_json()["rows"]
        page = client.get("/claims/" + row["claim"].rsplit("/", 1)[-1]).text
        assert "The bell is too loud." in page.partition("<h2")[2], "it is aimed at that claim"
        crumbs = page.partition('class="crumbs"')[2].partition("</ol>")[0]
        assert re.findall(r"<bdi[^>]*>(.*?)</bdi>", crumbs) == ["The bell is too loud."]


def test_the_claims_of_a_person_say_what_waits_for_them(tmp_path: Path) -> None:
    for client in client_of(garden.store(tmp_path / "s", garden.garden())):
        found = [
            " ".join(re.sub(r"<[^>]*>", "", client.get(f"/claims?author={name}").text).split())
            for name in ("ines", "tom")
        ]
        assert (
            "ines: 1 objection to what they said waits for an answer; 1 objection of theirs is unaddressed." in found[0]
        )
        assert "no objection to what they said waits" not in found[1]
        assert "none of theirs is unaddressed" in found[1]
        assert "4 claims." in found[0]
        assert "<strong>2 objections</strong> in 2 comments" in client.get("/unanswered").text
        assert "in answer to" in client.get("/unanswered").text


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("ines", "ines: 1 objection to what they said waits for an answer; 1 objection of theirs is unaddressed."),
        ("INES", "ines: 1 objection to what they said waits"),
        ("in", "ines: 1 objection to what they said waits"),
        ("inez", "ines: 1 objection to what they said waits"),
        ("uli", "People uli on beds.example uli on shed.example"),
    ],
)
def test_whoever_searches_for_a_name_finds_its_bearer(tmp_path: Path, words: str, people: str) -> None:
    key = ThreadKey("shed.example", "roof")
    shed = garden.written(Thread(key, "Roof"), [Comment(key, "s1", "The roof of the shed leaks.", None, "uli")], [], [])
    for client in client_of(garden.store(tmp_path / "s", garden.garden(), shed)):
        page = client.get("/claims", query_string={"q": words}).text
        assert people in " ".join(re.sub(r"<[^>]*>", "", page).split())
        (link, *_) = re.findall(r'class="who" href="([^"]*)"', page.partition('id="people"')[2])
        assert "<h1>Claims of " in client.get(unescape(link)).text


@pytest.mark.parametrize("words", ["wrens", "hedge", "i", "zzqqy", '"cut the"', "%", "\u0000"])
def test_words_that_are_no_name_find_nobody(client: FlaskClient, words: str) -> None:
    assert 'id="people"' not in client.get("/claims", query_string={"q": words}).text


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        (
            "o bob Rebuttal root / p cy Rebuttal root / a ann Counter p",
            "Of 3 objections here, 2 are unaddressed: nothing",
        ),
        ("o bob Rebuttal root", "Of 1 objection here, 1 is unaddressed: nothing answers it, as far as is loaded."),
        ("o bob Rebuttal root / a ann Concession o", "who answers. 1 objection was found here, none unaddressed."),
        ("o bob Rebuttal root .4", "who answers. Search in claims"),
    ],
)
def test_the_first_page_answers_its_question(tmp_path: Path, lines: str, answer: str) -> None:
    for client in client_of(garden.store(tmp_path / "s", discussion_of(lines_of(lines)))):
        page = " ".join(re.sub(r"<[^>]*>", "", client.get("/").text.partition("</h1>")[2]).split())
        assert answer in page


def test_beside_a_thread_each_open_objection_has_its_target_and_how_sure_it_is(client: FlaskClient) -> None:
    side = client.get(THREAD).text.partition("<aside")[2]
    listed = re.findall(r'<span class="key against">(.*?)</span>', side, re.DOTALL)
    assert listed
    assert all(re.match(r"\d+% sure, (against|in answer to) \S", one) for one in listed)

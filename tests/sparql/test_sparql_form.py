"""The SPARQL form in a browser: how long a query runs, stopping it here and on the server, answers as files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from rejoinder.api.showing.iris import short_iri
from rejoinder.graph.queries.views import VIEWS
from rejoinder.settings import Settings
from tests import garden
from tests.api.test_browser import browser, page, pytestmark, window
from tests.live import Server, serving

__all__ = ["browser", "page", "pytestmark", "window"]

BASE = "https://rejoinder.example/"
SLOW = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'?a{one} ?b{one} ?c{one} .' for one in range(6))} }}"
QUICK = "SELECT ?text { ?claim <https://w3id.org/rejoinder/ns#text> ?text } ORDER BY ?text LIMIT 3"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with one worker, so that a query that runs on keeps all others waiting."""
    folder = garden.store(tmp_path_factory.mktemp("form") / "s", garden.garden())
    settings = replace(Settings(), workers=1, query_seconds=300, client_seconds=3000, result_rows=3)
    with serving(folder, settings) as running:
        yield running


def run(page: Page, query: str, kind: str = "HTML") -> None:
    page.get_by_label("Query").fill(query)
    page.get_by_label("Answer as").select_option(label=kind)
    page.get_by_role("button", name="Run").click()


def test_a_query_says_how_long_it_runs_and_can_be_stopped(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/sparql")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    run(page, SLOW)
    expect(page.get_by_role("status")).to_have_text("Running.")
    expect(page.locator(".seconds")).to_have_text(re.compile(r"[1-9]\d* s of at most 300 s"))
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("status")).to_have_text("Stopped.")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    assert page.evaluate("document.activeElement.textContent") == "Run"
    run(page, QUICK)  # the only worker is free again: else this would be told that all are busy
    expect(page.get_by_role("status").first).to_have_text("Answered.")
    expect(page.locator("#answer caption")).to_have_text("3 rows")


def test_a_client_that_goes_away_frees_the_worker(server: Server) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(server.endpoint, params={"query": SLOW}, timeout=1)
    assert server.ask(QUICK).status_code == 200


def test_an_answer_has_an_address_that_leads_back_to_it(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/sparql")
    page.get_by_label("Query").fill(QUICK)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer td").first).to_have_text("Beans like some shade anyway.")
    page.reload()
    expect(page.locator("#answer td").first).to_have_text("Beans like some shade anyway.")
    page.go_back()
    expect(page.locator("#answer td")).to_have_count(0)


@pytest.mark.parametrize(("kind", "name", "begins"), [("CSV", "answer.csv", "text\r\n"), ("JSON", "answer.json", "{")])
def test_an_answer_for_programs_is_a_file(server: Server, page: Page, kind: str, name: str, begins: str) -> None:
    page.goto(f"{server.url}/sparql")
    with page.expect_download() as download:
        run(page, QUICK, kind)
    assert download.value.suggested_filename == name
    assert Path(download.value.path()).read_bytes().decode().startswith(begins)
    expect(page.get_by_role("status")).to_have_text("The answer is a file.")


def test_a_file_that_was_cut_is_named_so(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/sparql")
    with page.expect_download() as download:
        run(page, "SELECT * { ?s ?p ?o }", "CSV")
    assert download.value.suggested_filename == "answer-cut.csv"
    expect(page.get_by_role("status")).to_have_text("The answer is a file. It was cut: more rows exist.")


@pytest.mark.parametrize("kind", ["HTML", "CSV"])
def test_a_mistake_is_told_below_the_form(server: Server, browser: Browser, kind: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()  # the console of a browser calls every 400 an error
        page.goto(f"{server.url}/sparql")
        run(page, "SELECT * { ?s ?p }", kind)
        expect(page.get_by_role("alert")).to_contain_text("expected an object")
        expect(page.get_by_role("status")).to_have_text("Not answered.")
        expect(page.get_by_label("Query")).to_have_value("SELECT * { ?s ?p }")


@pytest.mark.parametrize("kind", ["HTML", "CSV"])
def test_on_a_phone_the_mark_is_on_what_is_wrong(server: Server, browser: Browser, kind: str) -> None:
    query = "SELECT ?objection WHERE { ?objection <https://w3id.org/rejoinder/ns#status> ?status LIMIT 3"
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{server.url}/sparql")
        run(page, query, kind)
        expect(page.locator("#answer mark")).to_have_text("LIMIT")
        assert "^" not in page.get_by_role("alert").inner_text()
        box = page.locator("#answer mark").bounding_box()
        assert box is not None
        assert 0 < box["x"] < box["x"] + box["width"] < 390


def test_on_a_phone_long_words_are_not_squeezed_beside_an_iri(server: Server, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{server.url}/sparql")
        words = "words that are long enough to be read as a text and not as a name of something"
        run(page, f"SELECT (<https://a.example/{'x' * 60}> AS ?iri) ('{words}' AS ?text) ('yes' AS ?short) {{}}")
        cell = page.locator("#answer td.prose")
        expect(cell).to_have_text(words)
        box = cell.bounding_box()
        assert box is not None
        assert box["width"] >= 0.7 * 390
        expect(page.locator("#answer td.prose")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") == 390


COPIED = """() => {
  const [row, chosen] = [document.querySelector("#answer tbody tr"), getSelection()];
  chosen.selectAllChildren(row);
  return chosen.toString().split("\\t");
}"""


def test_iris_are_short_on_the_page_and_whole_for_whoever_copies_them(server: Server, page: Page) -> None:
    """What is copied out of a table is SPARQL as it stands, and finds the same row again."""
    page.goto(f"{server.url}/sparql")
    asked = "?move a rj:Rebuttal ; rj:evidence/rj:inComment ?place ; rj:status ?status"
    run(page, f"PREFIX rj: <https://w3id.org/rejoinder/ns#> SELECT ?move ?place (rj:Rebuttal AS ?kind) {{ {asked} }}")
    links = page.locator("#answer tbody tr").first.locator("a.iri-short")
    expect(links).to_have_count(3)
    texts = [one.strip() for one in links.locator(".shown").all_inner_texts()]
    assert re.fullmatch(r"move/[0-9a-f]{12}", texts[0])
    assert texts[1].startswith("comment/")
    expect(links.nth(2).locator(".shown")).to_have_attribute("data-prefix", "rj:")
    assert texts[2] == "Rebuttal"
    copied = [one.strip() for one in page.evaluate(COPIED)]
    for number, one in enumerate(copied):
        expect(links.nth(number)).to_have_attribute("title", one.strip("<>"))
    move, place, kind = copied
    run(
        page,
        f"PREFIX rj: <https://w3id.org/rejoinder/ns#> ASK {{ {move} a {kind} ; rj:evidence/rj:inComment {place} }}",
    )
    expect(page.locator("#answer .words")).to_have_text("true")


@pytest.mark.parametrize(
    ("iri", "shown"),
    [
        ("https://w3id.org/rejoinder/ns#U2", "rj:U2"),
        ("http://rdfs.org/sioc/ns#name", "sioc:name"),
        ("https://w3id.org/rejoinder/ns#", "w3id.org/rejoinder/ns#"),
        ("https://w3id.org/rejoinder/ns#a/b", "w3id.org/rejoinder/ns#a/b"),
        (f"{BASE}claim/{'0a' * 16}", f"claim/{'0a' * 6}…"),
        (f"{BASE}author/beds.example/tom", "author/beds.example/tom"),
        (BASE, "rejoinder.example/"),
        (f"https://a.example/{'x' * 60}/the-end", "the-end"),
        (f"https://a.example/{'x' * 60}/", "x" * 40 + "…"),
        (f"urn:x:{'y' * 50}", f"urn:x:{'y' * 34}…"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("https://", "https://"),
    ],
)
def test_how_an_iri_is_shortened(iri: str, shown: str) -> None:
    one = short_iri(iri, BASE)
    assert one.before + one.shown + one.after == iri
    assert f"{one.prefix}{one.shown}{'…' if one.after else ''}" == shown


def test_each_query_to_begin_with_runs_and_can_be_changed(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/sparql")
    links = page.locator("section:has(#named) dt a")
    expect(links).to_have_text(list(VIEWS))
    for address in links.evaluate_all("(all) => all.map((one) => one.href)"):
        response = page.goto(address)
        assert response is not None
        assert response.status == 200
        expect(page.locator("#answer caption")).to_be_visible()
        expect(page.get_by_label("Query")).to_have_value(re.compile(r"^# .+\n.*SELECT", re.DOTALL))
        expect(page.locator("#named")).to_have_count(0)


def test_an_answer_takes_the_place_of_the_queries_to_begin_with(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/sparql")
    expect(page.get_by_role("heading", name="Queries to begin with")).to_be_visible()
    run(page, QUICK)
    expect(page.locator("#answer caption")).to_have_text("3 rows")
    expect(page.get_by_role("heading", name="Queries to begin with")).to_have_count(0)


@pytest.mark.parametrize("query", [QUICK, "SELECT * WHERE { ?s ?p"])
def test_what_comes_of_a_short_query_is_in_sight(server: Server, browser: Browser, query: str) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{server.url}/sparql?query={quote(query)}")
        expect(page.locator("#answer :is(td, .place)").first).to_be_in_viewport()


def test_the_form_works_without_scripts(server: Server, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{server.url}/sparql")
        run(page, QUICK)
        assert page.locator("#answer caption").inner_text() == "3 rows"
        assert page.get_by_role("button", name="Stop").is_hidden()

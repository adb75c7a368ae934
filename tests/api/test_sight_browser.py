"""What readers see, press and hear of the pages, in a real browser: links, targets, narrow screens, forced colours."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from rejoinder.settings import Settings
from tests import garden
from tests.api.test_browser import PAGES, address, browser, page, pytestmark, window
from tests.live import Server, serving

__all__ = ["browser", "page", "pytestmark", "window"]

LOOKS = [one for one in PAGES if "svg" not in one]
SMALL = """() => [...document.querySelectorAll(".card-foot a, .card-head a, .crumbs a, .ways-down a, .judge-open")]
  .map((one) => one.getBoundingClientRect()).filter((box) => box.height && box.height < 24).length"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("sight") / "s"
    with serving(garden.store(folder, garden.garden(), garden.hostile(), garden.pond()), Settings()) as running:
        yield running


def test_an_objection_says_how_it_stands_and_of_what_the_program_is_sure(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/unanswered")
    first = page.locator(".points > li").first
    expect(first.locator(".card-head")).to_contain_text("no reply at all")
    expect(first.locator(".card-foot")).to_contain_text("90% sure it objects, by a rule")


@pytest.mark.parametrize("path", ["/unanswered", "/claims", "/claims/CLAIM"])
def test_words_and_names_that_lead_somewhere_are_underlined(server: Server, page: Page, path: str) -> None:
    page.goto(address(server, path))
    links = page.locator("main :is(.words a, a.who)")
    expect(links.first).to_be_visible()
    lines = links.evaluate_all(
        """(all) => all.map((one) => getComputedStyle(one)).map((style) => [style.textDecorationLine,
             style.textDecorationColor])"""
    )
    assert {line for line, _ in lines} == {"underline"}
    assert not [colour for _, colour in lines if colour in ("transparent", "rgba(0, 0, 0, 0)")]


@pytest.mark.parametrize("width", [320, 1280])
def test_a_time_is_not_parted_at_the_end_of_a_line(server: Server, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{server.url}/unanswered")
    times = page.locator(".card-meta time")
    expect(times.first).to_be_visible()
    assert max(times.evaluate_all("(all) => all.map((one) => one.clientHeight)")) < 30


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/", "/unanswered", "/claims/CLAIM", "/threads/beds.example/hedge%2F2024"])
def test_what_is_pressed_below_and_above_words_is_high_enough(
    server: Server, page: Page, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address(server, path))
    assert page.evaluate(SMALL) == 0


def test_the_main_links_stand_in_one_line_on_a_phone(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(server.url)
    tops = page.locator("nav[aria-label=Main] a").evaluate_all("(all) => all.map((one) => one.offsetTop)")
    assert len(set(tops)) == 1


def test_below_a_claim_map_embed_and_data_are_a_press_away_on_a_phone(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address(server, "/claims/CLAIM"))
    page.get_by_role("link", name="Map ↓").click()
    expect(page.get_by_role("heading", name="Map")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 640})
    expect(page.locator(".ways-down")).to_be_hidden()


@pytest.mark.parametrize("width", [768, 1280])
def test_a_map_begins_where_what_is_objected_to_its_claim_can_be_seen(server: Server, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address(server, "/claims/CLAIM", "But wrens nest in it until July."))
    frame, centre = page.locator(".map-frame").bounding_box(), page.locator(".box--centre").bounding_box()
    assert frame
    assert centre
    objections = [one.bounding_box() for one in page.locator(".box--objection").all()]
    behind = [
        objection["x"] + objection["width"]
        for objection in objections
        if objection and objection["x"] > centre["x"] + centre["width"]
    ]
    assert behind
    assert min(behind) <= frame["x"] + frame["width"]


def test_the_table_of_a_map_says_once_what_the_map_shows_once_and_fits_a_phone(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address(server, "/claims/CLAIM/neighbourhood?depth=6"))
    page.get_by_text("The same as a table of").click()
    expect(page.locator("tbody tr")).to_have_count(page.locator(".map .box").count())
    frame = page.locator(".table-frame")
    assert frame.evaluate("(one) => one.scrollWidth - one.clientWidth") <= 0


def test_a_table_of_addresses_can_be_read_on_a_phone(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{server.url}/sparql?query=SELECT%20*%20WHERE%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%2030")
    cells = page.locator("td:has(a)")
    expect(cells.first).to_be_visible()
    assert min(cells.evaluate_all("(all) => all.map((one) => one.clientWidth)")) >= 180
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_where_colours_are_forced_the_page_one_is_on_is_still_marked(server: Server, browser: Browser) -> None:
    with browser.new_context(forced_colors="active", color_scheme="dark") as context:
        page = context.new_page()
        page.goto(f"{server.url}/claims")
        lines = page.locator("nav[aria-label=Main] a").evaluate_all(
            "(all) => all.map((one) => [one.textContent, getComputedStyle(one).borderBottomColor])"
        )
        ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert [name for name, colour in lines if colour != ground] == ["Claims"]


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
CUT = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const style = getComputedStyle(one);
  return [style.overflowX, style.overflowY].includes("hidden") && !one.closest(".hidden, svg")
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).length"""


@pytest.mark.parametrize("path", LOOKS)
def test_wider_letters_and_lines_cut_nothing_off(server: Server, browser: Browser, path: str) -> None:
    with browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 800}) as context:
        page = context.new_page()
        page.goto(address(server, path))
        page.add_style_tag(content=SPACED)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(CUT) == 0


UNFIT = "does not fit here. This takes"
WRONG = {
    "/unanswered?confidence=7&level=U4": (
        "Least confidence",
        "“7” does not fit here. This takes a number from 0 to 1.",
    ),
    "/unanswered?owed=nobody&level=U4": ("Owed by", "Nobody here is called 'nobody'."),
    "/claims?thread=no+such&q=hedge": ("Thread", "No thread 'no such' is loaded; /threads lists those that are."),
    "/claims/CLAIM/neighbourhood?depth=9": (
        "Steps away",
        "“9” does not fit here. This takes a whole number from 0 to 6.",
    ),
}


@pytest.mark.parametrize(("path", "said"), WRONG.items(), ids=WRONG)
def test_a_value_that_is_refused_is_told_beside_its_field(
    server: Server, browser: Browser, path: str, said: tuple[str, str]
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address(server, path))
        field = page.get_by_label(said[0])
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(said[1])


def test_a_value_is_put_right_where_it_was_refused_and_all_others_stay(server: Server, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{server.url}/unanswered?confidence=7&level=U4&page=2")
        page.get_by_label("Least confidence").fill("0.3")
        page.get_by_role("button", name="Show").click()
        expect(page).to_have_url(f"{server.url}/unanswered?confidence=0.3&level=U4")
        expect(page.get_by_label("Level")).to_have_value("U4")
        page.go_back()
        page.get_by_role("link", name="Go on without it →").click()
        expect(page).to_have_url(f"{server.url}/unanswered?level=U4")


def test_a_name_that_nobody_bears_leads_to_those_near_to_it(server: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{server.url}/claims?author=uly&q=beans")
        page.get_by_role("link", name="uli").click()
        expect(page.get_by_label("Author")).to_have_value("uli")
        expect(page.get_by_label("Words")).to_have_value("beans")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_query_that_is_refused_is_tied_to_what_is_wrong_with_it(
    server: Server, browser: Browser, scripts: bool
) -> None:
    with browser.new_context(java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(f"{server.url}/sparql")
        query = page.get_by_label("Query")
        query.fill("SELECT * WHERE { ?s ?p")
        page.get_by_role("button", name="Run").click()
        expect(query).to_have_attribute("aria-invalid", "true")
        expect(query).to_have_accessible_description(re.compile("^line 1, column 23: expected an object"))
        query.fill("ASK {}")
        page.get_by_role("button", name="Run").click()
        expect(page.locator("#answer .words")).to_have_text("true")
        expect(query).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("path", ["/unanswered", "/claims/CLAIM", "/views/unanswered"])
def test_a_query_is_copied_as_it_stands(server: Server, browser: Browser, path: str) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(address(server, path))
        query = page.locator(".query")
        if not query.locator("pre").is_visible():
            query.locator("summary").click()
        query.get_by_role("button", name="Copy the query").click()
        expect(query.get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == query.locator("pre").text_content()


def test_each_page_of_an_empty_store_says_how_to_fill_it(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("empty")
    with serving(folder, Settings(), "rejoinder judge --store here") as running, browser.new_context() as context:
        page = context.new_page()
        for path in ("/", "/unanswered", "/claims", "/threads", "/judgements"):
            page.goto(f"{running.url}{path}")
            expect(page.get_by_role("heading", name="Nothing is loaded yet")).to_be_visible()
            expect(page.get_by_label("Command")).to_have_text("rejoinder load --store here FILE...")


def test_whoever_comes_to_a_comment_is_not_carried_past_all_others(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/threads/beds.example/hedge%2F2024#c-d4")
    expect(page.locator("#c-d4")).to_be_in_viewport()
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"

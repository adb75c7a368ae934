"""Pages and embeds in a real browser: policy, width, keyboard, maps, and a frame on somebody else's page."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect, sync_playwright

from rejoinder.graph.maps.drawing import WIDTH
from rejoinder.settings import Settings
from tests import garden
from tests.live import Server, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs Chromium on the PATH (Debian: apt-get install chromium)"
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000  # milliseconds, for what takes some on a machine that has nothing else to do
PAGES = (
    "/",
    "/unanswered",
    "/claims",
    "/claims/CLAIM",
    "/claims/CLAIM/explanation",
    "/claims/CLAIM/neighbourhood?depth=6",
    "/threads",
    "/claims?rows=1&page=3",
    "/threads/evil.example/THREAD",
    "/threads/beds.example/hedge%2F2024",
    "/threads/pond.example/ponds",
    "/views",
    "/sparql",
    "/embed/claims/CLAIM",
    "/claims/CLAIM?format=svg",
)

QUOTING = ("blockquote", "> p", "pre")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("browser") / "s"
    with serving(garden.store(folder, garden.garden(), garden.hostile(), garden.pond()), Settings()) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """What pages share that keep nothing; one of them stays open, and with it the process that draws them all."""
    context = browser.new_context()
    context.new_page()
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A page that fails its test on any complaint."""
    with watched(window) as opened:
        yield opened


@contextmanager
def watched(context: BrowserContext) -> Iterator[Page]:
    """A page without any error in the console: broken scripts, refused styles, missing files."""
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda one: complaints.append(one.text) if one.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    yield opened
    opened.close()
    assert not complaints


def claims(server: Server, words: str) -> str:
    rows = server.client.get(f"{server.url}/claims", params={"q": words, "format": "json"}).json()["rows"]
    return str(rows[0]["claim"]).rsplit("/", 1)[1]


def address(server: Server, path: str, words: str = "hedge") -> str:
    threads = server.client.get(f"{server.url}/threads?format=json").json()["rows"]
    evil = next(row["thread"] for row in threads if "evil" in row["thread"]).rsplit("/", 1)[1]
    return server.url + path.replace("CLAIM", claims(server, words)).replace("THREAD", evil)


@pytest.mark.parametrize("words", ["hedge", "script"])
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_fits_its_window_and_nothing_is_refused(
    server: Server, page: Page, path: str, width: int, words: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address(server, path, words))
    if "svg" not in path:
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize("path", [path for path in PAGES if "svg" not in path])
def test_every_control_has_a_name_headings_are_in_order_and_ids_are_unique(
    server: Server, page: Page, path: str
) -> None:
    page.goto(address(server, path))
    nameless = page.evaluate(
        """[...document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a")].filter(
             (one) => !(one.labels?.length || one.ariaLabel || one.textContent.trim())).map((one) => one.outerHTML)"""
    )
    assert nameless == []
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map((one) => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))
    assert page.locator("main").count() == 1


def test_the_keyboard_reaches_the_content_and_shows_where_it_is(server: Server, page: Page) -> None:
    page.goto(address(server, "/claims/CLAIM"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """(() => { const here = document.activeElement, style = getComputedStyle(here);
                 return [here.closest("svg") ? "map" : here.tagName.toLowerCase(), style.outlineStyle,
                         getComputedStyle(here.querySelector(".box") ?? here).strokeWidth]; })()"""
        )
        reached.add(found[0])
        assert found[1] != "none" or found[2] == "3.5px", found
        if {"a", "map", "textarea", "summary"} <= reached:
            return
    raise AssertionError(f"reached only {reached}")


@pytest.mark.parametrize("words", ["hedge", "script"])
@pytest.mark.parametrize("path", ["/claims/CLAIM", "/claims/CLAIM/explanation"])
def test_why_a_move_is_there_unfolds_without_scripts(server: Server, browser: Browser, path: str, words: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(address(server, path, words))
    folded = page.locator("details.why").first
    assert not folded.locator("dl").is_visible()
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(folded.locator("dl")).to_be_visible()
    assert "Found by a rule about wording" in folded.inner_text()
    assert page.locator("body").bounding_box()["width"] <= 320  # type: ignore[index]
    assert folded.locator("dl").bounding_box()["width"] <= 320  # type: ignore[index]
    context.close()


def test_hostile_words_do_not_turn_those_of_the_page_around(server: Server, page: Page) -> None:
    page.goto(address(server, "/claims/CLAIM", "script"))
    links = page.locator("a", has_text="in the thread")
    assert links.count() >= 2
    whole = 0
    for ends in links.evaluate_all(
        """(all) => all.map((one) => [0, one.firstChild.length - 1].map((at) => { const range = new Range();
             range.setStart(one.firstChild, at); range.setEnd(one.firstChild, at + 1);
             const box = range.getBoundingClientRect(); return [box.top, box.left]; }))"""
    ):
        whole += ends[0][0] == ends[1][0]
        assert ends[0] < ends[1]
    assert whole, "on one line, where the other way round would show"


@pytest.mark.parametrize("words", ["hedge", "script"])
def test_words_of_a_map_stay_inside_their_boxes(server: Server, page: Page, words: str) -> None:
    page.goto(address(server, "/claims/CLAIM/neighbourhood?depth=6", words))
    widths = page.evaluate(
        "[...document.querySelectorAll('.map svg text')].map((one) => [one.getComputedTextLength(), one.textContent])"
    )
    assert widths
    assert [width for width in widths if width[0] > WIDTH - 2 * 11] == []
    boxes = page.evaluate(
        """[...document.querySelectorAll(".map .box")].map((one) => { const at = one.getBoundingClientRect();
             return [at.left, at.top, at.right, at.bottom]; })"""
    )
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def test_words_stand_on_the_page_as_they_were_marked(server: Server, page: Page) -> None:
    page.goto(address(server, "/threads/pond.example/ponds"))
    quoted, paragraph, code = (page.locator(f"#c-q2 .said {name}").inner_text() for name in QUOTING)
    assert (quoted, paragraph, code) == ("Ponds freeze\nin March.", "They do not.", "if 3 > 2:\n    <b>thaw</b>()")
    marks = page.locator("#c-q2 mark").all_inner_texts()
    assert [mark.rstrip() for mark in marks] == ["Ponds freeze", "in March.", "They do not."]
    assert page.locator("#c-q2 figcaption").evaluate("(one) => one.getClientRects()[0].height") < 30
    bars = page.locator("#c-q2 blockquote").first.evaluate("(one) => getComputedStyle(one).borderLeftWidth")
    assert bars == "3px"


def test_words_from_right_to_left_begin_on_the_right_and_code_on_the_left(server: Server, page: Page) -> None:
    page.goto(address(server, "/threads/pond.example/ponds"))
    arabic, code = page.locator("#c-r3 .said > p"), page.locator("#c-r3 pre code")
    for said, side in ((arabic, "right"), (code, "left")):
        box, words = said.evaluate(
            """(one) => { const range = new Range(); range.selectNodeContents(one.querySelector("bdi"));
                 return [one, range].map((each) => each.getBoundingClientRect()); }"""
        )
        assert abs(box[side] - words[side]) < 2


@pytest.mark.parametrize("path", ["/", "/threads/pond.example/ponds", "/unanswered", "/claims"])
def test_words_of_explanation_keep_away_from_the_rule_below_them(server: Server, page: Page, path: str) -> None:
    page.goto(address(server, path))
    gaps = page.evaluate(
        """[...document.querySelectorAll(".key, .lede, .legend")].filter((one) => one.nextElementSibling).map((one) =>
             one.nextElementSibling.getBoundingClientRect().top - one.getBoundingClientRect().bottom)"""
    )
    assert gaps
    assert min(gaps) >= 8


@pytest.mark.parametrize(("path", "first"), [("/unanswered", ".card"), ("/claims", ".rows"), ("/judgements", ".rows")])
def test_filters_are_folded_on_a_phone_without_scripts(server: Server, browser: Browser, path: str, first: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(server.url + path)
    thread, summary = page.get_by_label("Thread"), page.locator(".fold > summary")
    box = page.locator(first).first.bounding_box()
    assert box
    assert box["y"] < 640
    expect(thread).to_be_hidden()
    summary.press("Enter")
    thread.select_option(index=1)
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**?*thread=http*")
    expect(thread).to_be_hidden()
    chosen = thread.evaluate("(one) => one.selectedOptions[0].textContent")
    expect(summary).to_have_text(f"Filters: {chosen}")
    page.set_viewport_size({"width": 1280, "height": 640})
    expect(thread).to_be_visible()
    assert page.get_by_label("Thread").get_by_role("option").count() > 1  # a screen reader has it, too
    expect(summary).to_be_hidden()
    context.close()


def test_what_is_open_stays_in_sight_along_a_thread(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"{server.url}/threads/pond.example/ponds")
    page.evaluate("window.scrollTo(0, document.querySelector('.beside').offsetTop + 300)")
    box = page.locator(".in-sight").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 100
    assert box["height"] <= 500


def test_paper_shows_no_controls(server: Server, page: Page) -> None:
    page.goto(address(server, "/claims/CLAIM"))
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in ("nav[aria-label=Main]", "summary", "button", "textarea", "#embed"):
        for one in page.locator(hidden).all():
            expect(one).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator("h1")).to_be_visible()


CUT_ON_THE_LEFT = """[...document.querySelectorAll(".map-frame")].flatMap((frame) => {
  const edge = frame.getBoundingClientRect().left;
  return [...frame.querySelectorAll(".box")].map((one) => one.getBoundingClientRect())
    .filter((box) => box.left < edge - 0.5 && box.right > edge + 0.5).map((box) => box.right - edge);
})"""


@pytest.mark.parametrize("width", [320, 375, 480, 700, 900, 1024, 1280, 1700])
@pytest.mark.parametrize(
    ("path", "words"), [("/claims/CLAIM", "wrens"), ("/claims/CLAIM/neighbourhood?depth=4", "the nest is empty")]
)
def test_no_box_of_a_map_is_cut_where_its_lines_begin(
    server: Server, page: Page, width: int, path: str, words: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address(server, path, words))
    assert page.locator(".box").count() > 2
    centre, frame = page.locator(".box--centre").bounding_box(), page.locator(".map-frame").bounding_box()
    assert centre
    assert frame
    for zoom in ("Zoom in", "Zoom out", "Zoom out"):
        assert page.evaluate(CUT_ON_THE_LEFT) == []
        assert frame["x"] <= centre["x"]
        assert centre["x"] + centre["width"] <= frame["x"] + frame["width"]
        page.get_by_label(zoom).click()


def test_a_map_link_opens_its_claim(server: Server, page: Page) -> None:
    page.goto(address(server, "/claims/CLAIM"))
    page.locator(".map a", has_text="wrens").first.click()
    expect(page.locator("h1")).to_contain_text("But wrens nest in it until July.")


def test_pages_work_without_scripts(server: Server, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(server, "/claims/CLAIM"))
    assert page.locator(".map .box").count() >= 3
    assert page.locator(".copy button").count() == 0
    page.goto(address(server, "/"))
    page.get_by_role("searchbox").fill("wrens")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="But wrens nest in it until July.")).to_have_count(1)
    context.close()


# As a notebook has them that runs in the browser: what it frames has to say that it may be framed there.
ISOLATED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Content-Security-Policy": "default-src 'none'; script-src http:; frame-src http:; img-src data:",
}


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address of another server that serves it."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Keep the test's output clean."""

        def end_headers(self) -> None:
            for name, value in ISOLATED.items() if "isolated" in self.path else ():
                self.send_header(name, value)
            super().end_headers()

    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=site.serve_forever)
    thread.start()
    yield tmp_path, f"http://localhost:{site.server_port}"
    site.shutdown()
    site.server_close()
    thread.join()


def host(server: Server, folder: Path, body: str) -> None:
    head = '<meta charset="utf-8"><link rel="icon" href="data:,">'
    text = f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
    filled = text.replace("ROOT", server.url).replace("CLAIM", claims(server, "hedge"))
    (folder / "index.html").write_text(filled, encoding="utf-8")


FRAME = "document.querySelector('rejoinder-claim')?.shadowRoot.querySelector('iframe')"
ELEMENT = (
    '<script type="module" src="ROOT/static/embed.js"></script>'
    '<rejoinder-claim src="ROOT/claims/CLAIM" depth="2" theme="dark"></rejoinder-claim>'
)


def settled(page: Page) -> Frame:
    """The frame of the element on a page, once it is as high as its content."""
    page.wait_for_function(f"{FRAME}?.height > 260")
    frame = page.frames[1]
    frame.wait_for_load_state()
    needed = frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    page.wait_for_function(f"{FRAME}.clientHeight === {needed}")
    return frame


def test_an_element_on_another_site_takes_the_height_of_its_content(
    server: Server, page: Page, elsewhere: tuple[Path, str]
) -> None:
    folder, url = elsewhere
    host(server, folder, ELEMENT)
    page.goto(url)
    frame = settled(page)
    assert "/embed/claims/" in frame.url
    wide = page.evaluate(f"{FRAME}.clientHeight")
    assert frame.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.set_viewport_size({"width": 320, "height": 700})
    page.wait_for_function(f"{FRAME}.clientHeight > {wide}")


@pytest.mark.parametrize("src", ["ROOT/claims/CLAIM/", "ROOT/claim/CLAIM", "ROOT/embed/claims/CLAIM"])
def test_an_element_knows_a_claim_by_each_of_its_addresses(
    server: Server, page: Page, elsewhere: tuple[Path, str], src: str
) -> None:
    folder, url = elsewhere
    host(server, folder, ELEMENT.replace("ROOT/claims/CLAIM", src))
    page.goto(url)
    page.locator("rejoinder-claim iframe").wait_for()
    assert page.frame_locator("iframe").locator("h1").inner_text() == "Let us cut the hedge."


def test_an_element_listens_to_nobody_else(server: Server, page: Page, elsewhere: tuple[Path, str]) -> None:
    folder, url = elsewhere
    host(server, folder, ELEMENT)
    (folder / "other.html").write_text(
        "<script>parent.postMessage({type: 'rejoinder:height', height: 9}, '*')</script>", encoding="utf-8"
    )
    page.goto(url)
    settled(page)
    before = page.evaluate(f"{FRAME}.height")
    page.evaluate(
        """new Promise((done) => {
             window.addEventListener("message", () => done());
             document.body.append(Object.assign(document.createElement("iframe"), {src: "/other.html"})); })"""
    )
    page.evaluate("window.postMessage({type: 'rejoinder:height', height: 9}, '*')")
    page.wait_for_timeout(100)
    assert page.evaluate(f"{FRAME}.height") == before


@pytest.mark.parametrize("src", ["javascript:alert(1)", "data:text/html,x/claims/12345678", "ROOT/sparql", ""])
def test_an_element_shows_nothing_but_claims(server: Server, page: Page, elsewhere: tuple[Path, str], src: str) -> None:
    folder, url = elsewhere
    host(server, folder, ELEMENT.replace("ROOT/claims/CLAIM", src).replace("></rej", ">the hedge</rej"))
    page.goto(url)
    page.wait_for_function("!!customElements.get('rejoinder-claim')")
    assert page.locator("iframe").count() == 0
    assert page.locator("rejoinder-claim").inner_text() == "the hedge"


def test_what_a_page_has_put_within_an_element_stays_its_own(
    server: Server, page: Page, elsewhere: tuple[Path, str]
) -> None:
    """A framework that wrote it changes, takes out and puts back the nodes that it knows."""
    folder, url = elsewhere
    host(server, folder, ELEMENT.replace("></rej", "><a href='/'>the hedge</a></rej"))
    page.goto(url)
    frame = page.locator("rejoinder-claim iframe")
    frame.wait_for()
    assert frame.get_attribute("title") == "the hedge"
    assert page.locator("rejoinder-claim").evaluate("(one) => one.innerHTML") == '<a href="/">the hedge</a>'
    assert not page.get_by_role("link", name="the hedge").is_visible()
    page.evaluate(
        """(() => { const element = document.querySelector("rejoinder-claim"), link = element.querySelector("a");
             element.removeChild(link); element.append(link); element.setAttribute("src", "/gone"); })()"""
    )
    expect(page.locator("iframe")).to_have_count(0)
    expect(page.get_by_role("link", name="the hedge")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("words", ["hedge", "script", "wrens"])
def test_the_frame_to_copy_has_a_name_no_border_and_little_empty_room(
    server: Server, page: Page, elsewhere: tuple[Path, str], words: str, width: int
) -> None:
    folder, url = elsewhere
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address(server, "/claims/CLAIM", words))
    host(server, folder, page.locator("#embed-frame").input_value())
    page.goto(url)
    frame = page.locator("iframe")
    assert words in str(frame.get_attribute("title"))
    assert str(frame.get_attribute("title")).endswith("and what was said to it")
    assert frame.evaluate("(one) => getComputedStyle(one).borderWidth") == "0px"
    page.frames[1].wait_for_selector("h1")
    needed = page.frames[1].evaluate("document.body.getBoundingClientRect().height")
    assert needed / 4 < frame.evaluate("(one) => one.clientHeight") < needed + 200
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.frames[1].evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("sandbox", ["", ' sandbox="allow-scripts"'], ids=["as it is", "as blogs confine it"])
def test_the_frame_that_oembed_gives_shows_the_claim(
    server: Server, page: Page, elsewhere: tuple[Path, str], sandbox: str
) -> None:
    folder, url = elsewhere
    claim = f"{server.url}/claims/{claims(server, 'hedge')}"
    said = server.client.get(f"{server.url}/oembed", params={"url": claim, "maxwidth": 300}).json()
    host(server, folder, said["html"].replace("<iframe", f"<iframe{sandbox}"))
    page.goto(url)
    assert page.frame_locator("iframe").locator("h1").inner_text() == "Let us cut the hedge."
    assert page.locator("iframe").bounding_box() == {"x": 8, "y": 8, "width": 300, "height": said["height"]}


def test_an_embed_fits_the_narrowest_column(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 150, "height": 800})
    for words in ("hedge", "wrens", "script"):
        page.goto(address(server, "/embed/claims/CLAIM", words))
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_page_that_takes_in_nothing_unasked_may_embed(
    server: Server, page: Page, elsewhere: tuple[Path, str]
) -> None:
    folder, url = elsewhere
    host(server, folder, ELEMENT + ELEMENT.partition("</script>")[2])
    (folder / "index.html").rename(folder / "isolated.html")
    page.goto(f"{url}/isolated.html")
    assert page.evaluate("crossOriginIsolated")
    expect(page.locator("rejoinder-claim iframe")).to_have_count(2)
    for frame in page.locator("rejoinder-claim iframe").all():
        expect(frame).not_to_have_attribute("height", "240")
    assert [one.locator("h1").inner_text() for one in page.frames[1:]] == ["Let us cut the hedge."] * 2


def test_an_element_without_scripts_is_a_link(server: Server, browser: Browser, elsewhere: tuple[Path, str]) -> None:
    folder, url = elsewhere
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(server, "/claims/CLAIM"))
    host(server, folder, page.locator("#embed-script").input_value())
    page.goto(url)
    page.get_by_role("link", name="“Let us cut the hedge.”").click()
    assert page.locator("h1").inner_text() == "Let us cut the hedge."
    context.close()


def test_the_lines_to_copy_work_on_another_site(server: Server, page: Page, elsewhere: tuple[Path, str]) -> None:
    folder, url = elsewhere
    page.goto(address(server, "/claims/CLAIM"))
    lines = [page.locator(name).input_value() for name in ("#embed-frame", "#embed-script")]
    assert page.locator(".copy button").count() == 2
    host(server, folder, "".join(lines))
    page.goto(url)
    page.wait_for_function(f"{FRAME} && document.querySelector('iframe')")
    for frame in page.frames[1:]:
        frame.wait_for_selector("h1")
        assert "Let us cut the hedge." in frame.locator("h1").inner_text()


def test_the_lines_to_copy_work_in_a_file_on_a_disk(server: Server, page: Page, tmp_path: Path) -> None:
    page.goto(address(server, "/claims/CLAIM"))
    host(server, tmp_path, "".join(page.locator(name).input_value() for name in ("#embed-frame", "#embed-script")))
    page.goto((tmp_path / "index.html").as_uri())
    page.wait_for_function(f"{FRAME} && document.querySelector('iframe')")
    page.wait_for_function(f"{FRAME}.height > 260")
    for frame in page.frames[1:]:
        frame.wait_for_selector("h1")
        assert "Let us cut the hedge." in frame.locator("h1").inner_text()


def test_a_claim_that_is_gone_is_told_in_little(server: Server, browser: Browser, elsewhere: tuple[Path, str]) -> None:
    folder, url = elsewhere
    host(server, folder, ELEMENT.replace("CLAIM", "00000000"))
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    page.wait_for_function(f"{FRAME}?.clientHeight < 200")
    frame = page.frames[1]
    assert frame.locator("h1").inner_text() == "This claim is not here"
    assert frame.locator("nav").count() == 0
    assert {link.get_attribute("href") for link in frame.locator("a").all()} == {"/"}
    assert frame.locator("base").get_attribute("target") == "_blank"
    assert frame.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    assert frame.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    context.close()


def test_a_page_that_is_no_embed_is_not_framed(server: Server, browser: Browser, elsewhere: tuple[Path, str]) -> None:
    folder, url = elsewhere
    host(server, folder, '<iframe src="ROOT/claims/CLAIM"></iframe>')
    context = browser.new_context()
    page = context.new_page()
    with page.expect_console_message(lambda one: "frame-ancestors" in one.text):
        page.goto(url)
    context.close()

"""Judging in a real browser: what is kept, what the file holds, what is taken back, and what a browser may refuse."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from rejoinder.load import load
from rejoinder.records import Judgement, Kind, ThreadKey, Verdict
from rejoinder.settings import Settings
from tests import garden
from tests.api.test_browser import address, browser, claims, pytestmark, watched
from tests.conftest import EXAMPLES
from tests.live import Server, serving

__all__ = ["browser", "pytestmark"]

HEDGE = {"site": "beds.example", "thread": "hedge/2024"}
BEANS = {**HEDGE, "comment": "d4", "words": "Beans like some shade anyway."}
AIM = {"target": "a1", "target_words": "It shades the beans."}
RIGHT = {**BEANS, "judgement": "right", "kind": "Undermine", **AIM}
WRONG = {**BEANS, "judgement": "wrong", "kind": "Objection"}
FIELDS = ["site", "thread", "comment", "words", "judgement", "kind", "target", "target_words", "by", "note"]
KEPT = "rejoinder-judgements:/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("judging") / "s"
    with serving(garden.store(folder, garden.garden(), garden.hostile()), Settings()) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test on any complaint, in a browser that has kept nothing."""
    with browser.new_context() as context, watched(context) as opened:
        yield opened


def entry(page: Page, words: str) -> Locator:
    """The first part of a list that shows a move in these words."""
    return page.locator("main li", has=page.locator("xpath=./p[@class='words']", has_text=words)).first


def judge(page: Page, words: str, saying: str) -> None:
    """Press a button of the move in these words, opening its controls where they are closed."""
    here = entry(page, words)
    if not here.locator(".judge").is_visible():
        here.locator(".judge-open").click()
    here.get_by_role("button", name=saying, exact=True).click()


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Judgements")


def downloaded(page: Page) -> list[dict[str, str]]:
    """The lines of the file that the bar gives."""
    with page.expect_download() as waiting:
        bar(page).get_by_role("button", name="Download").click()
    assert waiting.value.suggested_filename == "judgements.jsonl"
    lines = Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert lines == sorted(lines)
    assert all(list(one) == [name for name in FIELDS if name in one] for one in found)
    return found


def test_a_judgement_shows_at_once_is_kept_and_becomes_a_line(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/unanswered")
    expect(bar(page)).to_have_count(0)
    judge(page, "Beans", "It objects")
    here = entry(page, "Beans")
    expect(here.get_by_role("button", name="It objects", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(here.locator(".judge-open")).to_contain_text("Judged: it objects")
    expect(bar(page)).to_contain_text("1 judgement kept in this browser.")
    expect(bar(page)).to_contain_text("rejoinder judge --store STORE judgements.jsonl")
    page.reload()
    expect(entry(page, "Beans").locator(".judge-open")).to_contain_text("Judged: it objects")
    assert downloaded(page) == [RIGHT]


def test_whoever_asked_why_judges_there(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/unanswered")
    entry(page, "Beans").get_by_role("link", name="Why?").click()
    header = page.locator("header.claim")
    expect(header).to_contain_text("90% sure")
    header.get_by_role("button", name="Judge").click()
    header.get_by_role("button", name="It does not object", exact=True).click()
    expect(header.locator(".judge-open")).to_contain_text("Judged: it does not object")
    assert downloaded(page) == [WRONG]
    page.goto(f"{server.url}/claims/{claims(server, 'shades')}/explanation")
    expect(entry(page, "Beans").locator(".judge-open")).to_contain_text("Judged: it does not object")


def test_a_judgement_takes_the_place_of_its_contrary_and_a_second_press_takes_it_back(
    server: Server, page: Page
) -> None:
    page.goto(f"{server.url}/unanswered")
    judge(page, "Beans", "It objects")
    judge(page, "Beans", "It does not object")
    assert downloaded(page) == [WRONG]
    judge(page, "Beans", "It does not object")
    expect(bar(page)).to_have_count(0)
    expect(entry(page, "Beans").locator(".judge-open")).to_contain_text("Judge")
    assert entry(page, "Beans").locator("[aria-pressed=true]").count() == 0


def test_an_objection_was_answered_by_a_later_comment(server: Server, page: Page) -> None:
    page.goto(address(server, "/claims/CLAIM"))
    judge(page, "But wrens", "It was answered …")
    by, how = entry(page, "But wrens").locator("form").first.locator("select").all()
    expect(by.locator("option")).to_have_text(
        ["", "ines: They left last week; the nest is empty.", "uli: Beans like some shade anyway."]
    )
    assert by.locator("optgroup").evaluate_all("(all) => all.map((one) => one.label)") == [
        "Replies to it",
        "Other later comments",
    ]
    assert how.locator("option").all_inner_texts() == ["explains", "argues against it", "grants it", "dismisses it"]
    by.select_option("c3")
    how.select_option(label="grants it")
    entry(page, "But wrens").get_by_role("button", name="Keep").click()
    expect(entry(page, "But wrens").locator(".judge-open")).to_contain_text("Judged: it was answered")
    aim = {"target": "b2", "target_words": "But wrens nest in it until July."}
    assert downloaded(page) == [{**HEDGE, "comment": "c3", "judgement": "right", "kind": "Concession", **aim}]
    entry(page, "But wrens").get_by_role("button", name="Take back").click()
    expect(bar(page)).to_have_count(0)


def test_an_objection_says_the_same_as_another_of_its_thread(server: Server, page: Page) -> None:
    page.goto(address(server, "/claims/CLAIM"))
    judge(page, "But wrens", "It says the same as …")
    here, there = entry(page, "But wrens"), entry(page, "the nest is empty.")
    other = here.get_by_label("As")
    expect(other.locator("option")).to_have_text(
        ["", "ines, silent: the nest is empty.", "uli, silent: Beans like some shade anyway."]
    )
    assert other.locator("optgroup").evaluate_all("(all) => all.map((one) => one.label)") == [
        "Most alike",
        "Other objections",
    ]
    other.select_option(label="uli, silent: Beans like some shade anyway.")
    here.get_by_role("button", name="Keep").click()
    judge(page, "But wrens", "It says the same as …")
    expect(other.locator("option")).to_have_text(["", "ines, silent: the nest is empty."])
    other.select_option(index=1)
    here.get_by_role("button", name="Keep").click()
    expect(here.locator(".judge-open")).to_contain_text("Judged: it says the same as another")
    expect(there.locator(".judge-open")).to_contain_text("Judged: it says the same as another")
    wrens = {"comment": "b2", "words": "But wrens nest in it until July.", "judgement": "right", "kind": "Similarity"}
    nest = {"target": "c3", "target_words": "the nest is empty."}
    beans = {"target": "d4", "target_words": BEANS["words"]}
    assert downloaded(page) == [{**HEDGE, **wrens, **nest}, {**HEDGE, **wrens, **beans}]
    there.locator(".judge-open").click()
    expect(there.get_by_text("It says the same as “But wrens nest in it until July.” in comment b2.")).to_be_visible()
    there.get_by_role("button", name="Take back").click()
    assert downloaded(page) == [{**HEDGE, **wrens, **beans}]


def test_a_move_is_judged_where_its_words_stand_in_the_thread(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/threads/beds.example/hedge%2F2024")
    here = page.locator(".comment", has_text="Beans like some shade anyway.").locator(".moves li").first
    here.locator(".judge-open").click()
    here.get_by_role("button", name="It objects", exact=True).click()
    assert downloaded(page) == [RIGHT]


def test_the_bar_says_what_is_loaded_and_forgets_that(tmp_path: Path, page: Page) -> None:
    key = ThreadKey(HEDGE["site"], HEDGE["thread"])
    loaded = Judgement(key, "d4", Kind.UNDERMINE, Verdict.RIGHT, BEANS["words"], AIM["target"], AIM["target_words"])
    folder = garden.store(tmp_path / "s", garden.garden())
    other = {**HEDGE, "comment": "a1", "words": "It shades the beans.", "judgement": "wrong", "kind": "Support"}
    with serving(folder, Settings()) as running:
        page.goto(f"{running.url}/unanswered")
        page.evaluate("([name, text]) => localStorage.setItem(name, text)", [KEPT, json.dumps([other, RIGHT])])
        page.reload()
        expect(bar(page)).to_contain_text("2 judgements kept in this browser.")
        garden.store(folder, garden.judged(loaded))
        page.wait_for_timeout(600)  # until the server looks for what is new
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(bar(page)).to_contain_text("1 of 2 judgements kept in this browser is loaded.")
        bar(page).get_by_role("button", name="Forget those").click()
        expect(bar(page)).to_contain_text("1 judgement kept in this browser.")
        assert downloaded(page) == [other]
        page.evaluate("([name, text]) => localStorage.setItem(name, text)", [KEPT, json.dumps([RIGHT])])
        page.reload()
        expect(bar(page)).to_contain_text("The judgement kept in this browser is loaded.")
        expect(bar(page).get_by_role("button", name="Download")).to_be_hidden()
        bar(page).get_by_role("button", name="Forget them").click()
        expect(bar(page)).to_have_count(0)


def test_what_is_judged_goes_through_a_terminal_and_the_worklist_shrinks(tmp_path: Path, page: Page) -> None:
    folder = tmp_path / "it's here"
    load(folder, [str(EXAMPLES / "library-fees.jsonl")], Settings(), report=print)
    told = shlex.join([str(Path(sys.executable).with_name("rejoinder")), "judge", "--store", str(folder)])
    with serving(folder, Settings(), told) as running:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{running.url}/unanswered")
        expect(page.locator(".points > li").first).to_be_visible()
        before = page.locator(".points > li").count()
        first = page.locator(".points > li").first
        words = first.locator(".words").inner_text()
        first.locator(".judge-open").click()
        first.get_by_role("button", name="It does not object").click()
        bar(page).get_by_role("button", name="Copy the command").click()
        expect(bar(page).get_by_role("button", name="Copied")).to_be_visible()
        command = page.evaluate("navigator.clipboard.readText()")
        done = subprocess.run(["sh"], input=command, capture_output=True, text=True, check=True, cwd=tmp_path)
        assert "1 judgement read; " in done.stdout
        page.wait_for_timeout(600)  # until the server looks for what is new
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(bar(page)).to_contain_text("The judgement kept in this browser is loaded.")
        bar(page).get_by_role("button", name="Show the page as it is now").click()
        expect(page.locator(".words", has_text=words)).to_have_count(0)
        expect(page.locator(".points > li")).to_have_count(before - 1)
        expect(bar(page)).to_contain_text("The judgement kept in this browser is loaded.")
        page.goto("about:blank")


def test_every_move_of_a_claim_with_words_is_judged_as_what_it_is(server: Server, page: Page) -> None:
    page.goto(address(server, "/claims/CLAIM"))
    judge(page, "It shades the beans.", "It is no reason")
    judge(page, "the nest is empty.", "It objects")
    counter = {**HEDGE, "comment": "c3", "words": "the nest is empty.", "judgement": "right", "kind": "Counter"}
    assert downloaded(page) == [
        {**HEDGE, "comment": "a1", "words": "It shades the beans.", "judgement": "wrong", "kind": "Support"},
        {**counter, "target": "b2", "target_words": "But wrens nest in it until July."},
    ]


def test_a_name_and_notes_stand_in_the_file(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/unanswered")
    judge(page, "Beans", "It does not object")
    entry(page, "Beans").get_by_label("Note").fill('she "agrees"\u2028\\')
    bar(page).get_by_role("button", name="See them").click()
    bar(page).get_by_label("Your name").fill("Ana")
    assert downloaded(page) == [{**WRONG, "by": "Ana", "note": 'she "agrees"\u2028\\'}]
    page.reload()
    assert bar(page).get_by_label("Your name").input_value() == "Ana"
    entry(page, "Beans").locator(".judge-open").click()
    assert entry(page, "Beans").get_by_label("Note").input_value() == 'she "agrees"\u2028\\'


def test_what_is_kept_can_be_seen_taken_back_one_by_one_and_forgotten(server: Server, page: Page) -> None:
    page.goto(address(server, "/claims/CLAIM"))
    for words in ("It shades the beans.", "the nest is empty.", "But wrens"):
        judge(page, words, "It is a reason" if "shades" in words else "It objects")
    bar(page).get_by_role("button", name="See them").click()
    expect(bar(page).locator("li")).to_have_count(3)
    bar(page).get_by_role("button", name="Take back").nth(1).click()
    expect(bar(page).locator("li")).to_have_count(2)
    assert page.evaluate("document.activeElement.textContent") == "See them"
    bar(page).get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("#c-a1$"))
    page.go_back()
    bar(page).get_by_role("button", name="Forget them").click()
    expect(bar(page)).to_contain_text("2 judgements")
    bar(page).get_by_role("button", name="Forget them: sure?").click()
    expect(bar(page)).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def test_all_of_it_goes_by_the_keyboard(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/unanswered")
    entry(page, "Beans").locator(".judge-open").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.textContent") == "It does not object"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert downloaded(page) == [WRONG]


def test_two_tabs_keep_what_either_judges(server: Server, page: Page) -> None:
    page.goto(address(server, "/claims/CLAIM"))
    other = page.context.new_page()
    other.goto(f"{server.url}/unanswered")
    judge(page, "the nest is empty.", "It objects")
    expect(bar(other)).to_contain_text("1 judgement")
    judge(other, "Beans", "It objects")
    expect(bar(page)).to_contain_text("2 judgements")
    assert [one["comment"] for one in downloaded(page)] == ["c3", "d4"]


@pytest.mark.parametrize(
    "text",
    ["{", "null", "7", '{"length": 3}', '[null, 7, "x", {}, {"site": 1}]', json.dumps([{**RIGHT, "judgement": "odd"}])],
)
def test_what_others_have_left_there_breaks_nothing(server: Server, page: Page, text: str) -> None:
    page.goto(f"{server.url}/unanswered")
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [KEPT, text])
    page.reload()
    expect(bar(page)).to_have_count(0)
    judge(page, "Beans", "It objects")
    assert downloaded(page) == [RIGHT]


def test_fields_that_no_judgement_has_do_not_get_into_the_file(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/unanswered")
    text = json.dumps([{**RIGHT, "note": 3, "time": "now"}]).replace('"time"', '"__proto__"')
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [KEPT, text])
    page.reload()
    assert downloaded(page) == [RIGHT]


@pytest.mark.parametrize(
    "refusal",
    [
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
    ],
)
def test_where_nothing_may_be_kept_the_page_says_so_and_still_gives_the_file(
    server: Server, page: Page, refusal: str
) -> None:
    page.add_init_script(refusal)
    page.goto(f"{server.url}/unanswered")
    judge(page, "Beans", "It objects")
    judge(page, "Beans", "It does not object")
    expect(bar(page)).to_contain_text("download them before you leave")
    assert downloaded(page) == [WRONG]


def test_hostile_words_and_ids_stay_text(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/unanswered")
    judge(page, "onerror", "It does not object")
    judge(page, "onerror", "It was answered …")
    expect(page.get_by_text("Nothing that came later is loaded.")).to_be_visible()
    bar(page).get_by_role("button", name="See them").click()
    (line,) = downloaded(page)
    # a control character that cannot be stored is replaced when it is loaded, bidirectional ones are kept
    assert line["words"].startswith('Two "><script>alert(1)</script>')
    assert line["thread"] == garden.HOSTILE
    assert page.locator(".judge img, .judge-bar img, .judge script, .judge-bar script").count() == 0
    bar(page).get_by_role("link").click()
    expect(page).to_have_url(re.compile("#c-r$"))


def test_a_thread_that_cannot_be_read_is_told_and_asked_again(server: Server, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.url}/unanswered")
    page.route("**/threads/**", lambda route: route.abort())
    judge(page, "Beans", "It was answered …")
    expect(entry(page, "Beans")).to_contain_text("could not be read")
    page.unroute("**/threads/**")
    judge(page, "Beans", "It was answered …")
    judge(page, "Beans", "It was answered …")
    expect(entry(page, "Beans")).to_contain_text("Nothing that came later is loaded.")
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_with_everything_open_the_page_fits_its_window(server: Server, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", "/unanswered", "/claims/CLAIM", "/threads/beds.example/hedge%2F2024"):
        page.goto(address(server, path))
        page.evaluate("localStorage.clear()")
        page.reload()
        for opener in page.locator(".judge-open").all():
            opener.click()
        for pressed in page.get_by_role("button", name="It does not object", exact=True).all():
            pressed.click()
        for name in ("It was answered …", "It says the same as …"):
            for pressed in page.get_by_role("button", name=name, exact=True).all():
                pressed.click()
        bar(page).get_by_role("button", name="See them").click()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
        assert len(ids) == len(set(ids))
        names = "[...document.querySelectorAll('[aria-controls]')].map((one) => one.getAttribute('aria-controls'))"
        assert set(page.evaluate(names)) <= set(ids)
        small = """[...document.querySelectorAll(".judge button, .judge-bar button")]
                     .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 24).length"""
        assert page.evaluate(small) == 0


def test_paper_shows_no_judging(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/unanswered")
    judge(page, "Beans", "It objects")
    page.emulate_media(media="print")
    for one in page.locator(".judge, .judge-open, .judge-bar, button").all():
        expect(one).to_be_hidden()


def test_without_scripts_there_is_nothing_to_judge_with(server: Server, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in ("/", "/unanswered", "/claims/CLAIM"):
        page.goto(address(server, path))
        assert page.locator(".judge").count() > 0
        assert not any(one.is_visible() for one in page.locator(".judge").all())
        assert page.locator(".judge-open, .judge-bar").count() == 0
    context.close()


def test_an_embed_has_nothing_to_judge_with(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/unanswered")
    judge(page, "Beans", "It objects")
    page.goto(f"{server.url}/embed/claims/{claims(server, 'hedge')}")
    assert page.locator("button, [class^=judge]").count() == 0

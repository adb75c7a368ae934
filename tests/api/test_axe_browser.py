"""Every page under axe-core, light and dark, narrow and wide, with all that can be opened open; skipped without it.

`npm ci` in tests/axe brings it. It is third-party code of half a megabyte, so it is not committed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from rejoinder.settings import Settings
from tests import garden
from tests.api.test_browser import PAGES, address, browser
from tests.api.test_browser import pytestmark as needs_a_browser
from tests.live import Server, serving

__all__ = ["browser"]

AXE = Path(__file__).parents[1] / "axe/node_modules/axe-core/axe.min.js"
pytestmark = [
    needs_a_browser,
    pytest.mark.skipif(not AXE.is_file(), reason="needs axe-core: install Node, then run `npm ci` in tests/axe"),
]
MORE = (
    "/unanswered?level=U4",
    "/unanswered?since=2099-01-01",
    "/unanswered?levle=U4",
    "/unanswered?confidence=7",
    "/claims?q=zzzqqq",
    "/claims?author=uly",
    "/claims/00000000",
    "/embed/claims/00000000",
    "/judgements",
    "/sparql?query=SELECT%20*%20WHERE%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%2020",
    "/sparql?query=SELECT%20*%20WHERE%20%7B%20%3Fs%20%3Fp",
    "/sparql?query=ASK%20%7B%7D",
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPEN = """() => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  for (const one of document.querySelectorAll(".judge-open[aria-expanded=false]")) one.click();
  for (const one of document.querySelectorAll(".judge-choices [aria-pressed]:first-child")) one.click();
}"""
# How each rule is broken, and by what; what axe cannot tell is left to those who look.
COMPLAINTS = """async (runOnly) => (await axe.run({ resultTypes: ["violations"], runOnly }))
  .violations.flatMap((rule) => rule.nodes.map((node) => [rule.id, node.html, node.failureSummary]))"""
ALL, COLOURS = {"type": "tag", "values": TAGS}, {"type": "rule", "values": ["color-contrast"]}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("axe") / "s"
    with serving(garden.store(folder, garden.garden(), garden.hostile(), garden.pond()), Settings()) as running:
        yield running


@pytest.mark.parametrize("path", [*(one for one in PAGES if "svg" not in one), *MORE])
def test_axe_has_nothing_to_complain_of(server: Server, browser: Browser, path: str) -> None:
    with browser.new_context(bypass_csp=True, color_scheme="light", viewport={"width": 320, "height": 800}) as context:
        page = context.new_page()
        page.goto(address(server, path))
        page.add_script_tag(path=AXE)
        assert complaints(page, ALL) == []
        page.evaluate(OPEN)
        page.set_viewport_size({"width": 1280, "height": 800})
        assert complaints(page, ALL) == []
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        assert complaints(page, COLOURS) == []


def complaints(page: Page, rules: Mapping[str, object]) -> list[list[str]]:
    found: list[list[str]] = page.evaluate(COMPLAINTS, rules)
    return found

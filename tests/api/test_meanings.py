"""Each kind, status, label and level on a page leads to what it means, at the foot of the same page."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from tests.api.test_browser import address, browser, server
from tests.api.test_browser import pytestmark as needs_a_browser
from tests.api.test_pages import claim_id, client
from tests.live import Server

__all__ = ["browser", "client", "server"]

THREAD = "/threads/beds.example/hedge%2F2024"
PAGES = {
    "/": {"status", "level"},
    "/unanswered": {"status", "level"},
    "/unanswered?level=U4": {"status", "level"},
    "/claims": {"label"},
    THREAD: {"kind", "status", "level"},
    "/claims/CUT": {"kind", "status", "label"},
    "/claims/CUT/neighbourhood": {"label", "status"},
    "/claims/CUT/explanation": {"kind", "status", "label"},
    "/embed/claims/CUT": {"kind", "status", "label"},
}


@pytest.mark.parametrize(("path", "groups"), PAGES.items(), ids=PAGES)
def test_each_word_leads_to_its_meaning(client: FlaskClient, path: str, groups: set[str]) -> None:
    page = client.get(path.replace("CUT", claim_id(client, "hedge")), headers={"Accept": "text/html"}).text
    leading = set(re.findall(r'href="#((?:kind|status|label|level)-[^"]+)"', page))
    there = re.findall(r'<div id="((?:kind|status|label|level)-[^"]+)"><dt>', page)
    assert {one.partition("-")[0] for one in leading} == groups
    assert leading <= set(there)
    assert len(there) == len(set(there))
    assert {one for one in there if not one.startswith("level")} == {
        one for one in leading if not one.startswith("level")
    }
    assert page.count("<dt>move</dt>") == 1


def test_a_page_without_such_words_explains_none(client: FlaskClient) -> None:
    for path in ("/sparql", "/views", "/nothing"):
        assert 'class="glossary"' not in client.get(path, headers={"Accept": "text/html"}).text


@needs_a_browser
@pytest.mark.parametrize("path", ["/", "/claims/CLAIM", "/embed/claims/CLAIM"])
def test_a_meaning_opens_by_the_keyboard_without_scripts(server: Server, browser: Browser, path: str) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700}) as context:
        page = context.new_page()
        page.goto(address(server, path))
        badge = page.locator("a.badge").first
        meaning = page.locator(f"[id='{(badge.get_attribute('href') or '')[1:]}']")
        expect(meaning).to_be_hidden()
        badge.press("Enter")
        expect(meaning).to_be_in_viewport()
        assert len(context.pages) == 1

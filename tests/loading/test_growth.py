"""Steps of loading that a search for what never comes had made slow: their time grows in proportion."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rejoinder.loaders.bodies import from_markdown
from rejoinder.loaders.bodies.consoles import has_console
from rejoinder.loaders.jsonl.lines import is_too_deep
from rejoinder.loaders.sites.chatlog import without_edited_mark
from rejoinder.loaders.sites.forummagnum_markdown import comments_page, lines_before_comments
from rejoinder.loaders.sites.wiki_api import body_without_signature
from rejoinder.records import ThreadKey
from tests.timing import assert_in_proportion


def each_key(text: str) -> list[ThreadKey]:
    page = comments_page(text.split("\n"))
    return [page.key for _ in page.parts]


SIGNED = " Ann 10:00, 6 January 2025 (UTC)"
# What is done, with what, and what grows in it.
STEPS: dict[str, tuple[Callable[[str], object], str, str, str]] = {
    "a string that never closes": (is_too_deep, "[" * 101, '"\\', ""),
    "dashes before a signature": (lambda text: body_without_signature(text, "Ann"), "a", "-", "b" + SIGNED),
    "spaces before a mark": (without_edited_mark, "a", " ", "b"),
    "a page of blank lines": (lambda text: lines_before_comments(text.split("\n")), "a", "\n", "b"),
    "a line of spaces": (lambda text: lines_before_comments(text.split("\n")), "Comments\n", " ", "b"),
    "comments of a page": (each_key, "", "### Comment by Ann\n", ""),
    "brackets of which one closes": (from_markdown, "", "[", "](b)"),
    "carets below a complaint": (has_console, "a.c:1:1: error: b\n", "^", "b"),
}


@pytest.mark.parametrize(("act", "above", "unit", "below"), STEPS.values(), ids=STEPS)
def test_time_grows_in_proportion(act: Callable[[str], object], above: str, unit: str, below: str) -> None:
    assert_in_proportion(lambda size: f"{above}{unit * (size // len(unit))}{below}", act, small=20_000)

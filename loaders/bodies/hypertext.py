"""Bodies in HTML, however broken."""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborHTMLParser

from rejoinder.loaders.bodies.body import STANDARD, Body, Dialect, Quoted, bare_links, plain_body
from rejoinder.loaders.bodies.elements import enter_node, leave_node, tags, walk
from rejoinder.loaders.bodies.quick import HAS_HTML, plain_html
from rejoinder.loaders.bodies.writing import Writing

MOST_READ = 131_072  # characters of markup whose form is read; of the rest only the words are kept
NESTED = 256  # open tags that may stand in each other; the parser is quadratic in this
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*>")
# Tags that end by themselves when the next begins, or that hold nothing.
UNPAIRED = tags("area base br col dd dt embed hr img input li link meta option p source td th tr track wbr")


def from_html(markup: str, dialect: Dialect = STANDARD) -> Body:
    """A body in HTML, however broken; of markup past 128 kB the tags are dropped unread."""
    if len(markup) <= MOST_READ and HAS_HTML.search(markup) is None:
        return plain_body(plain_html(markup))
    return parsed_html(markup, dialect, "")


def parsed_html(markup: str, dialect: Dialect, rest: str) -> Body:
    """The body of any HTML, and plain text after it."""
    head, tail = divide_markup(markup)
    writing = Writing(dialect.base)
    for node, entering in walk(LexborHTMLParser(without_deep_tags(head)), dialect):
        (enter_node if entering else leave_node)(node, writing, dialect)
    writing.paragraph()
    writing.verbatim(html.unescape(TAG.sub(" ", tail)) + rest)
    text = writing.finished_text()
    links = sorted(writing.links)
    quotes = tuple(Quoted(start, end, origin) for start, end, origin in sorted(writing.quotes))
    return Body(text, tuple(sorted([*links, *bare_links(text, links)])), quotes)


def divide_markup(markup: str) -> tuple[str, str]:
    """The part whose form is read, up to a line's end where there is one, and the rest."""
    if len(markup) <= MOST_READ:
        return markup, ""
    at = markup.rfind("\n", 0, MOST_READ) + 1 or MOST_READ
    return markup[:at], markup[at:]


def without_deep_tags(markup: str) -> str:
    """The markup without the tags that would nest too deep; their words stay."""
    if markup.count("<") <= NESTED:
        return markup
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in UNPAIRED:
            return tag[0]
        depth = max(0, depth + (-1 if tag[1] else 1))
        return tag[0] if depth <= NESTED else " "

    return TAG.sub(kept, markup)

"""Texts of Hacker News: HTML with paragraphs, links and code, quoted with `>` as in mail."""

from __future__ import annotations

import re

from rejoinder.loaders.bodies import Body, Dialect, from_html
from rejoinder.records import Link

SITE = "news.ycombinator.com"
ITEM_URL = "https://news.ycombinator.com/item?id="
DIALECT = Dialect(base="https://news.ycombinator.com/")
GONE_TEXTS = frozenset({"[deleted]", "[flagged]", "[dead]", "[removed]"})
# Marks of quotation where a paragraph or line begins; the site shows them as they are.
QUOTATION_MARKS = re.compile(r"(^|<p>|\n)\s?((?:&gt;[ ]?){1,20}+)")
HTML_MARK = re.compile(r"<(?:p|i|a|pre|code)[\s>]|&(?:#x?[0-9a-fA-F]+|gt|lt|amp|quot);")
WEB_ADDRESS = re.compile(r"https?://[^\s/]")


def from_hackernews(markup: str) -> Body:
    """The body of a comment or story; empty where the site wrote a word for what was taken away.

    >>> from_hackernews("&gt;It rises.<p>It doesn&#x27;t.").text
    "> It rises.\\n\\nIt doesn't."
    """
    if markup.strip() in GONE_TEXTS:
        return Body("")
    return from_html(QUOTATION_MARKS.sub(space_marks, markup), DIALECT)


def space_marks(match: re.Match[str]) -> str:
    """The marks with a space after each; a line that begins so stays one."""
    return ("<br>" if match[1] == "\n" else match[1]) + "&gt; " * match[2].count("&gt;")


def story_title_body(title: str | None, url: str | None) -> Body:
    """The title as the words of a story that has no others; all of it leads to the story's URL."""
    if not title or not url or WEB_ADDRESS.match(url) is None:
        return Body(title or "")
    return Body(title, (Link(0, len(title), url),))


def one_line_title(title: str | None) -> str | None:
    """A title on one line."""
    return " ".join((title or "").split()) or None

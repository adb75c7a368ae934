"""Bodies in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt

from rejoinder.loaders.bodies.body import STANDARD, Body, Dialect, joined, plain
from rejoinder.loaders.bodies.brackets import closing
from rejoinder.loaders.bodies.consoles import has_console, with_fences
from rejoinder.loaders.bodies.hypertext import READ, divided, parsed_html
from rejoinder.loaders.bodies.quick import ACROSS, MARKED, blocks, unmarked

MARKS = 8  # of quotation and of items that a line may begin with; each is a further way through the lines below it
LEVELS = 40  # that the parser follows; it forgets the words of what nests deeper

MARK = r"[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))"
DEEP = re.compile(rf"^((?:{MARK}){{{MARKS}}})(?:{MARK})+", re.MULTILINE)


def from_markdown(markup: str, dialect: Dialect = STANDARD, *, literal: bool = False) -> Body:
    """A body in CommonMark with tables; a line break in the source stays one, and `~~` stays where words are struck.

    Where it is `literal`, a tag is no tag but what somebody wrote. What a program has printed is code, fenced or not.
    """
    if len(markup) <= READ and has_console(markup):
        markup = with_fences(markup)
    if len(markup) <= READ:
        lines = markup.replace("\r\n", "\n")
        if MARKED.search(lines) is None:
            return plain(unmarked(lines))
        if ACROSS.search(lines) is None:
            return joined(block_bodies(lines, dialect, literal))
    return parsed_markdown(markup, dialect, literal)


def block_bodies(markup: str, dialect: Dialect, literal: bool) -> Iterator[Body]:
    """The bodies of blocks that stand alone; those that have to be parsed are parsed together where they touch."""
    for parsed, several in groupby(blocks(markup), key=lambda one: one[1] is None):
        pairs = list(several)
        if parsed:
            yield parsed_markdown("\n\n".join(block for block, _ in pairs), dialect, literal)
        else:
            yield plain("\n\n".join(words for _, words in pairs if words))


def parsed_markdown(markup: str, dialect: Dialect, literal: bool) -> Body:
    """The body of any Markdown."""
    head, rest = divided(markup)
    return parsed_html(markdown(literal).render(DEEP.sub(r"\1", head)), dialect, rest)


@cache
def markdown(literal: bool) -> MarkdownIt:
    """The parser, made once; its rule for words that are struck out is quadratic, and left out."""
    options = {"breaks": True, "html": not literal, "maxNesting": LEVELS}
    return closing(MarkdownIt("commonmark", options).enable("table"))

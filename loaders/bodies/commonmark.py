"""Bodies in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt

from rejoinder.loaders.bodies.body import STANDARD, Body, Dialect, join_bodies, plain_body
from rejoinder.loaders.bodies.brackets import with_bounded_brackets
from rejoinder.loaders.bodies.consoles import has_console, with_fences
from rejoinder.loaders.bodies.hypertext import MOST_READ, divide_markup, parsed_html
from rejoinder.loaders.bodies.quick import HAS_MARKDOWN, HAS_SPANNING_MARKDOWN, plain_blocks, plain_markdown

MARKS = 8  # of quotation and of items that a line may begin with; each is a further way through the lines below it
LEVELS = 40  # that the parser follows; it forgets the words of what nests deeper

MARK = r"[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))"
DEEP = re.compile(rf"^((?:{MARK}){{{MARKS}}})(?:{MARK})+", re.MULTILINE)


def from_markdown(markup: str, dialect: Dialect = STANDARD, *, literal: bool = False) -> Body:
    """A body in CommonMark with tables; a line break in the source stays one, and `~~` stays where words are struck.

    Where it is `literal`, a tag is no tag but what somebody wrote. What a program has printed is code, fenced or not.
    """
    if len(markup) <= MOST_READ and has_console(markup):
        markup = with_fences(markup)
    if len(markup) <= MOST_READ:
        lines = markup.replace("\r\n", "\n")
        if HAS_MARKDOWN.search(lines) is None:
            return plain_body(plain_markdown(lines))
        if HAS_SPANNING_MARKDOWN.search(lines) is None:
            return join_bodies(block_bodies(lines, dialect, literal))
    return parsed_markdown(markup, dialect, literal)


def block_bodies(markup: str, dialect: Dialect, literal: bool) -> Iterator[Body]:
    """The bodies of blocks that stand alone; those that have to be parsed are parsed together where they touch."""
    for parsed, several in groupby(plain_blocks(markup), key=lambda pair: pair[1] is None):
        pairs = list(several)
        if parsed:
            yield parsed_markdown("\n\n".join(block for block, _ in pairs), dialect, literal)
        else:
            yield plain_body("\n\n".join(words for _, words in pairs if words))


def parsed_markdown(markup: str, dialect: Dialect, literal: bool) -> Body:
    """The body of any Markdown."""
    head, rest = divide_markup(markup)
    return parsed_html(markdown_parser(literal).render(DEEP.sub(r"\1", head)), dialect, rest)


@cache
def markdown_parser(literal: bool) -> MarkdownIt:
    """The parser, made once; its rule for words that are struck out is quadratic, and left out."""
    options = {"breaks": True, "html": not literal, "maxNesting": LEVELS}
    return with_bounded_brackets(MarkdownIt("commonmark", options).enable("table"))

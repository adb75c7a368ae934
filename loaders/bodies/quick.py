"""Markup that says no more than its words, read without a parser, and exactly as the parser would have given it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from rejoinder.loaders.bodies.writing import SPACE

# What could mean something in Markdown: within a line, or where a line begins. Without it there is no need to parse.
HAS_MARKDOWN = re.compile(
    r"[\\`*\[|\0]|<[A-Za-z/!?]|&[A-Za-z#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|[^\S \n]"
    r"|^(?:[-+=#~>]| +[^ \n]|\d{1,9}[.)])",
    re.MULTILINE,
)
# What could reach across a blank line: lists, indentation, fences, tags, definitions. Without it blocks stand alone.
HAS_SPANNING_MARKDOWN = re.compile(
    r"```|~~~|\]:|<[A-Za-z/!?]|[^\S \n]|\0|^(?: {4}| *(?:[-+*]|\d{1,9}[.)])(?: |$))", re.MULTILINE
)
# What could mean something in HTML beyond where a paragraph begins and the characters that must be written so.
HAS_HTML = re.compile(r"<(?!p>)|&(?!(?:amp|lt|gt|quot|#x27|#x2F|#39);)|\0")
QUOTED = re.compile(r"^> ?", re.MULTILINE)
BLANK = re.compile(r"\n(?: *\n)+")
SPACES = re.compile(r" {2,}")
BLANK_LINES = re.compile(r"\n{3,}")


def plain_markdown(markup: str) -> str:
    """Markdown without any mark, as its words.

    >>> plain_markdown("Two  spaces. \\n\\n \\nTwo blank lines. ")
    'Two spaces.\\n\\nTwo blank lines.'
    """
    lines = SPACES.sub(" ", markup).replace(" \n", "\n")
    return BLANK_LINES.sub("\n\n", lines).strip(" \n")


def plain_html(markup: str) -> str:
    """HTML with no tag but the one that begins a paragraph, as its words.

    >>> plain_html("It&#x27;s one.<p>And\\ntwo.")
    "It's one.\\n\\nAnd two."
    """
    paragraphs = (SPACE.sub(" ", html.unescape(paragraph)).strip(" ") for paragraph in markup.split("<p>"))
    return "\n\n".join(filter(None, paragraphs))


def plain_blocks(markup: str) -> Iterator[tuple[str, str | None]]:
    """The blocks between blank lines, each with its words, or None where it must be parsed.

    >>> list(plain_blocks("> So it was.\\n\\nWas it *really*?"))
    [('> So it was.', '> So it was.'), ('Was it *really*?', None)]
    """
    for block in BLANK.split(markup):
        yield block, plain_markdown(block) if HAS_MARKDOWN.search(block) is None else plain_quotation(block)


def plain_quotation(block: str) -> str | None:
    """Quoted lines without any other mark, as their words; None where the block is something else."""
    inner, marks = QUOTED.subn("", block)
    if marks != block.count("\n") + 1 or "\n\n" in inner or HAS_MARKDOWN.search(inner) is not None:
        return None
    words = plain_markdown(inner)
    return "> " + words.replace("\n", "\n> ") if words else None

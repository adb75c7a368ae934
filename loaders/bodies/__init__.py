"""Bodies in HTML or Markdown as plain text, with the links and attributed quotations at exact offsets of that text.

What plain text can show of the form stays, in the way people write it: a quoted line begins with `> ` (as often as it
is quoted), an item of a list with `- ` or its number, code stands between lines of three backticks, code within a line
between single ones, or double ones where it holds single ones, and words that are struck out between `~~`. Everything
else (emphasis, headings, colours) goes, and only the words stay.
"""

from rejoinder.loaders.bodies.body import (
    STANDARD,
    Attributes,
    Body,
    Dialect,
    Quoted,
    as_quotation,
    bare_links,
    join_bodies,
    plain_body,
)
from rejoinder.loaders.bodies.commonmark import from_markdown, markdown_parser, parsed_markdown
from rejoinder.loaders.bodies.hypertext import MOST_READ, from_html, parsed_html

__all__ = [
    "MOST_READ",
    "STANDARD",
    "Attributes",
    "Body",
    "Dialect",
    "Quoted",
    "as_quotation",
    "bare_links",
    "from_html",
    "from_markdown",
    "join_bodies",
    "markdown_parser",
    "parsed_html",
    "parsed_markdown",
    "plain_body",
]

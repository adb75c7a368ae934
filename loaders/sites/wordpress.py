"""The HTML of WordPress as its editors write it: line breaks count, as in a letter, and short codes stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

SHORT_CODE = re.compile(r"\[/?(?:caption|gallery|embed|audio|video|playlist)\b[^\[\]]{0,2000}\]")
PRE_BLOCK = re.compile(r"(<pre\b[^<>]*>.*?(?:</pre>|\Z))", re.DOTALL | re.IGNORECASE)
BLOCK_MARK = "<!-- wp:"  # what the newer editor writes, in which line breaks mean nothing
BLOCK_TAG = (
    r"</?(?:ul|ol|li|dl|dt|dd|blockquote|div|h[1-6]|hr|table|t[rdh]|thead|tbody|figure|p|pre|section)\b[^<>]{0,2000}>"
)
BLOCK_AT_START = re.compile(rf"\s*{BLOCK_TAG}", re.IGNORECASE)
BREAK_AT_END = re.compile(rf"{BLOCK_TAG}\s*\Z|<br\s*/?>\s*\Z", re.IGNORECASE)


def with_line_breaks(markup: str) -> str:
    """The markup with its line breaks as HTML, as WordPress itself shows it; short codes are taken out.

    They count within paragraphs that are marked up, too, but not where the newer editor has written blocks.

    >>> with_line_breaks("Sow in March.\\nWater it.\\n\\nWait.")
    'Sow in March.<br>Water it.<p>Wait.'
    """
    clean = SHORT_CODE.sub("", markup)
    if BLOCK_MARK in clean:
        return clean
    return "".join(
        part if PRE_BLOCK.match(part) else "".join(lines_with_breaks(part)) for part in PRE_BLOCK.split(clean)
    )


def lines_with_breaks(markup: str) -> Iterator[str]:
    """The lines of the markup, and between them the breaks that they mean."""
    before, due = "", ""
    for line in markup.splitlines():
        if not line.strip():
            due = "<p>" if before else ""
            continue
        if (
            before
            and not due
            and not BREAK_AT_END.search(before, max(0, len(before) - 2100))
            and not BLOCK_AT_START.match(line)
        ):
            due = "<br>"
        yield due or ("\n" if before else "")
        yield line
        before, due = line, ""

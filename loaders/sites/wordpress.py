"""The HTML of WordPress as its editors write it: line breaks count, as in a letter, and short codes stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

SHORT_CODE = re.compile(r"\[/?(?:caption|gallery|embed|audio|video|playlist)\b[^\[\]]{0,2000}\]")
CODE = re.compile(r"(<pre\b[^<>]*>.*?(?:</pre>|\Z))", re.DOTALL | re.IGNORECASE)
BLOCKS = "<!-- wp:"  # what the newer editor writes, in which line breaks mean nothing
BLOCK = (
    r"</?(?:ul|ol|li|dl|dt|dd|blockquote|div|h[1-6]|hr|table|t[rdh]|thead|tbody|figure|p|pre|section)\b[^<>]{0,2000}>"
)
BEGINS = re.compile(rf"\s*{BLOCK}", re.IGNORECASE)
ENDS = re.compile(rf"{BLOCK}\s*\Z|<br\s*/?>\s*\Z", re.IGNORECASE)


def paragraphs(markup: str) -> str:
    """The markup with its line breaks as HTML, as WordPress itself shows it; short codes are taken out.

    They count within paragraphs that are marked up, too, but not where the newer editor has written blocks.

    >>> paragraphs("Sow in March.\\nWater it.\\n\\nWait.")
    'Sow in March.<br>Water it.<p>Wait.'
    """
    clean = SHORT_CODE.sub("", markup)
    if BLOCKS in clean:
        return clean
    return "".join(part if CODE.match(part) else "".join(broken(part)) for part in CODE.split(clean))


def broken(markup: str) -> Iterator[str]:
    """The lines of the markup, and between them the breaks that they mean."""
    before, due = "", ""
    for line in markup.splitlines():
        if not line.strip():
            due = "<p>" if before else ""
            continue
        if before and not due and not ENDS.search(before, max(0, len(before) - 2100)) and not BEGINS.match(line):
            due = "<br>"
        yield due or ("\n" if before else "")
        yield line
        before, due = line, ""

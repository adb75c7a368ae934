"""Words that their writer has struck out, as people write it: `~~like this~~`."""

from __future__ import annotations

import re
from collections.abc import Iterator

MARK = re.compile(r"(?<!~)~~(?!~)")


def struck(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch that is struck out, with its marks; it ends within its paragraph.

    >>> list(struck("~~No.~~ Yes, ~~all of it~~ a part."))
    [(0, 7), (13, 26)]
    """
    opened: int | None = None
    for mark in MARK.finditer(text):
        if opened is not None and "\n\n" in text[opened : mark.start()]:
            opened = None
        if opened is None:
            opened = mark.start() if text[mark.end() : mark.end() + 1].strip() else None
        elif text[mark.start() - 1].strip():
            yield opened, mark.end()
            opened = None

"""Values as words on one line, for a terminal and for Markdown."""

from __future__ import annotations

import unicodedata

from rejoinder.graph.maps.lettering import visible_text
from rejoinder.graph.maps.wording import UNKNOWN_AUTHOR, short_decimal
from rejoinder.graph.queries.views import Cell

LONGEST_SHORT = 160  # characters of what is only pointed at


def clean_line(value: Cell) -> str:
    """A value on one line, without the control characters that could drive a terminal; one that shows nothing is named.

    >>> clean_line("a\\n\\x1b[31mb"), clean_line(0.5), clean_line(0.4998), clean_line(None)
    ('a [31mb', '0.5', '0.4998', '')
    """
    text = "" if value is None else short_decimal(value) if isinstance(value, float) else visible_text(str(value))
    return " ".join(
        "".join(char for char in text if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf"}).split()
    )


def short_line(text: str) -> str:
    """The beginning of words that are only pointed at, on one line."""
    line = clean_line(text)
    return line if len(line) <= LONGEST_SHORT else line[: LONGEST_SHORT - 1].rsplit(" ", 1)[0] + "…"


def author_line(author: Cell) -> str:
    """An author by name, on one line."""
    return clean_line(author) or UNKNOWN_AUTHOR

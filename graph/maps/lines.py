"""Values as words on one line, for a terminal and for Markdown."""

from __future__ import annotations

import unicodedata

from rejoinder.graph.maps.lettering import visible
from rejoinder.graph.maps.wording import NOBODY, decimal
from rejoinder.graph.queries.views import Cell

LONGEST = 160  # characters of what is only pointed at


def clean(value: Cell) -> str:
    """A value on one line, without the control characters that could drive a terminal; one that shows nothing is named.

    >>> clean("a\\n\\x1b[31mb"), clean(0.5), clean(0.4998), clean(None)
    ('a [31mb', '0.5', '0.4998', '')
    """
    text = "" if value is None else decimal(value) if isinstance(value, float) else visible(str(value))
    return " ".join(
        "".join(one for one in text if one.isspace() or unicodedata.category(one) not in {"Cc", "Cf"}).split()
    )


def short(text: str) -> str:
    """The beginning of words that are only pointed at, on one line."""
    line = clean(text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def who(author: Cell) -> str:
    """An author by name, on one line."""
    return clean(author) or NOBODY

"""What names are made of: digests, and text and order as identity sees them."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def digest(*parts: str) -> str:
    """32 hexadecimal digits of SHA-256 over the parts, each ended by a NUL so that no two lists of parts collide.

    >>> digest("a", "b") == digest("ab")
    False
    """
    return hashlib.sha256("\0".join((*parts, "")).encode("utf-8")).hexdigest()[:32]


def natural_key(name: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts numbers within names by their value.

    >>> sorted(["n10", "9", "n9", "10"], key=natural_key)
    ['9', '10', 'n9', 'n10']
    """
    parts = re.split(r"([0-9]+)", name)
    return tuple((len(part.lstrip("0")) + 1, part) if place % 2 else (0, part) for place, part in enumerate(parts))


def identity_text(text: str) -> str:
    """Text as identity sees it: NFKC, case folded, white space collapsed.

    >>> identity_text("  No,\\n THANKS ")
    'no, thanks'
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(plain.casefold().split())


MARKS = re.compile(r"(?<=\n)[ \t]{0,3}(?:(?:>|&gt;)[ \t]?)+")


def without_quote_marks(text: str) -> str:
    """Text with blanks for the marks of quotation before all lines but the first; the rest stands where it stood.

    >>> without_quote_marks("So it\\n> > was.")
    'So it\\n    was.'
    """
    return MARKS.sub(lambda match: " " * len(match[0]), text) if "\n" in text else text


def occurrence_of(words: str, text: str, start: int) -> int | None:
    """Which of the places where words stand in a text begins at `start`, from 2 on; None for the first.

    >>> occurrence_of("No.", "No. Yes. No.", 9), occurrence_of("No.", "No. Yes. No.", 0)
    (2, None)
    """
    before, at = 0, text.find(words)
    while words and 0 <= at < start:
        before, at = before + 1, text.find(words, at + 1)
    return before + 1 if before else None

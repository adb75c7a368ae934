"""Text in a drawing: cleaned, measured in pixels, and folded into lines that fit."""

from __future__ import annotations

import re
import unicodedata

FONT_SIZE = 13  # pixels of the words of a box; its head is smaller
MOST_LINES = 4
MOST_NAMED = 3  # characters named of a text that shows none

# Letters and signs that have no ink: fillers of Hangul, the blank of Braille, vowels of Khmer, selectors of Mongolian.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")

# Direction marks would reach beyond their text, and XML 1.0 has no place for most control characters.
_UNDRAWABLE = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)

# Advance widths of the widest of the usual system fonts (DejaVu Sans), in thousandths of an em: text set in any other
# is narrower than what is measured here.
_NARROW = {
    **dict.fromkeys("ijlI|'", 295),
    **dict.fromkeys("ft.,:;!/\\ ·", 392),
    **dict.fromkeys('r()[]-`"', 460),
    **dict.fromkeys("csvxyzk*?_", 592),
    **dict.fromkeys("mwMW%@…—", 1000),
    **dict.fromkeys("+<>=~^#&", 838),
}


def visible_text(text: str | None) -> str:
    """The text; of one that shows nothing, as a name of zero-width spaces does, which characters it is made of.

    >>> visible_text("Ann\u200b"), visible_text("\u200b\u3164"), visible_text(" "), visible_text(None)
    ('Ann\u200b', '(U+200B U+3164)', ' ', '')
    """
    raw = text or ""
    if not raw.strip() or any(map(_shows, raw)):
        return raw
    names = [f"U+{ord(char):04X}" for char in raw if not char.isspace()]
    return f"({' '.join(names[:MOST_NAMED])}{' …' if len(names) > MOST_NAMED else ''})"


def _shows(char: str) -> bool:
    blank = char.isspace() or char in _BLANK or "\ufe00" <= char <= "\ufe0f" or "\U000e0000" <= char <= "\U000e0fff"
    return not blank and unicodedata.category(char) not in {"Cc", "Cf"}


def flat_text(text: str | None) -> str:
    """Text on one line, without direction marks and control characters, for places that no element can isolate.

    >>> flat_text("one\\n two\\u202e\\x00")
    'one two'
    """
    return " ".join(_UNDRAWABLE.sub("", text or "").split())


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """The most pixels that text takes on one line.

    >>> text_width("lili") < text_width("mmmm")
    True
    """
    return sum(_advance(char) for char in text) * size / 1000


def fold_text(text: str, room: float, *, size: float = FONT_SIZE, most: int = MOST_LINES) -> tuple[str, ...]:
    """Text in lines that fit `room` pixels, cut with an ellipsis after `most` of them.

    >>> fold_text("a rather long sentence", 80, most=2)
    ('a rather', 'long…')
    """
    lines: list[str] = []
    rest = flat_text(text)[:1000]
    while rest and len(lines) < most:
        cut = _fitting_length(rest, room, size)
        last = len(lines) == most - 1 and cut < len(rest)
        if last:
            cut = _fitting_length(rest, room - text_width("…", size), size)
        lines.append(rest[:cut].rstrip() + ("…" if last else ""))
        rest = rest[cut:].lstrip()
    return tuple(lines)


def _advance(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    if char in _NARROW:
        return _NARROW[char]
    if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0xFFFF:
        return 1300 if ord(char) > 0xFFFF else 1050
    if not char.isascii():
        return 900
    return 790 if char.isupper() else 640


def _fitting_length(text: str, room: float, size: float) -> int:
    """How many characters fit, ending at a word where one ends; at least one."""
    used, fits = 0.0, 0
    for char in text:
        used += _advance(char) * size / 1000
        if used > room:
            break
        fits += 1
    if fits == len(text):
        return fits
    word = text.rfind(" ", 0, fits + 1)
    return word if word > 0 else max(fits, 1)

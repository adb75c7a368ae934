"""A comment's text cut into pieces at the borders of the claims in it, overlapping ones included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim (IRI and text) at the characters start..end of a comment; `objections` and how many of them are open."""

    start: int
    end: int
    claim: str
    text: str
    objections: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text and the claims it belongs to, the innermost first."""

    text: str
    marks: tuple[Mark, ...]

    @property
    def look(self) -> str:
        """How it is marked: "open" or "disputed" where that holds of any of its claims, "twice" where they overlap."""
        looks = ["open"] if any(one.open for one in self.marks) else []
        looks += ["disputed"] if any(one.objections for one in self.marks) else []
        return " ".join(looks + (["twice"] if len(self.marks) > 1 else []))


def pieces(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """The whole text in order; joined, the pieces are the text.

    >>> a, b = Mark(0, 5, "a", "one t"), Mark(4, 7, "b", "two")
    >>> [(one.text, [mark.claim for mark in one.marks]) for one in pieces("one two three", [a, b])]
    [('one ', ['a']), ('t', ['b', 'a']), ('wo', ['b']), (' three', [])]
    """
    borders = sorted({0, len(text), *(min(at, len(text)) for mark in marks for at in (mark.start, mark.end))})
    starting = sorted(marks, key=lambda mark: mark.start, reverse=True)
    here: list[Mark] = []
    found = []
    for start, end in pairwise(borders):
        here = [mark for mark in here if mark.end > start]
        while starting and starting[-1].start <= start:
            here.append(starting.pop())
        inside = sorted(
            (mark for mark in here if mark.end > start), key=lambda mark: (mark.end - mark.start, mark.claim)
        )
        found.append(Piece(text[start:end], tuple(inside)))
    return tuple(found)

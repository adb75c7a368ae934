"""A comment's text cut into pieces at the borders of the claims and links in it, overlapping ones included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

NO_RANGE = (0, 0)


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
class Link:
    """Words at the characters start..end of a comment that lead to an address."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text from `start` on, the claims it belongs to, the innermost first, and where a link in it leads.

    It is `sought` where a link led to these very words; the first of them has the `anchor` of that link.
    """

    start: int
    text: str
    marks: tuple[Mark, ...]
    address: str = ""
    sought: bool = False
    anchor: str = ""

    @property
    def leads(self) -> str:
        """The claim (IRI) to which these words lead: the innermost; nowhere where there are no words, or a link."""
        return self.marks[0].claim if self.marks and not self.address and self.text.strip() else ""

    @property
    def look(self) -> str:
        """How it is marked: "open" or "disputed" where that holds of any of its claims, "twice" where they overlap."""
        looks = ["open"] if any(mark.open for mark in self.marks) else []
        looks += ["disputed"] if any(mark.objections for mark in self.marks) else []
        return " ".join(looks + (["twice"] if len(self.marks) > 1 else []))


def cut_in_pieces(
    text: str,
    marks: Sequence[Mark],
    links: Sequence[Link] = (),
    cuts: Iterable[int] = (),
    sought: tuple[int, int] = NO_RANGE,
) -> tuple[Piece, ...]:
    """The whole text in order; joined, the pieces are the text. It is cut at `cuts` and around what is `sought` too.

    >>> a, b = Mark(0, 5, "a", "one t"), Mark(4, 7, "b", "two")
    >>> [(one.text, [mark.claim for mark in one.marks]) for one in cut_in_pieces("one two three", [a, b])]
    [('one ', ['a']), ('t', ['b', 'a']), ('wo', ['b']), (' three', [])]
    """
    ends = (at for group in (marks, links) for span in group for at in (span.start, span.end))
    borders = sorted({0, len(text), *(min(at, len(text)) for at in (*ends, *cuts, *sought))})
    starting = sorted(marks, key=lambda mark: mark.start, reverse=True)
    leading = sorted(links, key=lambda link: link.start, reverse=True)
    open_marks: list[Mark] = []
    link: Link | None = None
    pieces = []
    for start, end in pairwise(borders):
        open_marks = [mark for mark in open_marks if mark.end > start]
        while starting and starting[-1].start <= start:
            open_marks.append(starting.pop())
        while leading and leading[-1].start <= start:
            link = leading.pop()
        inside = sorted(
            (mark for mark in open_marks if mark.end > start), key=lambda mark: (mark.end - mark.start, mark.claim)
        )
        address = link.address if link and link.end > start else ""
        pieces.append(Piece(start, text[start:end], tuple(inside), address, sought[0] <= start < sought[1]))
    return tuple(pieces)

"""Places in a thread's comments, and what stands at them: found again by any place that meets theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rejoinder.records import Span

CELL = 256  # code points of a comment that are searched together
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Place:
    """All of a comment, or the words of it that are meant."""

    comment: str
    span: Span | None = None

    def meets(self, other: Place) -> bool:
        """True if at least half of the shorter of the two passages is in both.

        >>> old, new = Place("c", Span("c", 0, 8, "So it is")), Place("c", Span("c", 3, 11, "it is said"))
        >>> old.meets(new), old.meets(Place("c")), old.meets(Place("d"))
        (True, True, False)
        """
        if self.comment != other.comment:
            return False
        span, two = self.span, other.span
        return span is None or two is None or 2 * span.common(two) >= min(span.end - span.start, two.end - two.start)

    def cells(self) -> Iterable[int]:
        """The numbers of the parts of the comment that the words stand in."""
        return () if self.span is None else range(self.span.start // CELL, (self.span.end - 1) // CELL + 1)


class PlaceIndex(Generic[Thing]):
    """Things and the places where they stand."""

    def __init__(self) -> None:
        self.things: list[tuple[Place, Thing]] = []
        self.numbers_by_comment: dict[str, list[int]] = {}
        self.numbers_by_cell: dict[tuple[str, int | None], list[int]] = {}

    def add(self, place: Place, thing: Thing) -> None:
        """Puts a thing at a place."""
        number = len(self.things)
        self.things.append((place, thing))
        self.numbers_by_comment.setdefault(place.comment, []).append(number)
        for cell in place.cells() or (None,):
            self.numbers_by_cell.setdefault((place.comment, cell), []).append(number)

    def things_at(self, place: Place) -> list[tuple[Place, Thing]]:
        """What stands at places that meet this one, in the order in which it was put there, with its place."""
        near: Iterable[int] = self.numbers_by_comment.get(place.comment, ())
        if place.span is not None:
            near = sorted(
                {
                    number
                    for cell in (None, *place.cells())
                    for number in self.numbers_by_cell.get((place.comment, cell), ())
                }
            )
        return [self.things[index] for index in near if place.meets(self.things[index][0])]

"""Chooses which claim of the other comment a point is about: what it quotes, else shared words, else the first.

A first sentence that only tells of its writer is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rejoinder.loaders.extract.acts import tells_of_self
from rejoinder.loaders.extract.claims import Point
from rejoinder.loaders.extract.meaning import Meaning
from rejoinder.loaders.extract.quotes import Quote
from rejoinder.loaders.extract.reading import Reading
from rejoinder.loaders.extract.situation import Reply
from rejoinder.loaders.extract.words import overlap
from rejoinder.records import Comment, Span

LEAST_OVERLAP = 0.08
LEAST_CLOSE = 0.15  # of shared words and likeness together
COMPARED = 200  # claims of one comment that a point is compared with
RIVALS = 2  # claims not chosen that an explanation names


@dataclass(frozen=True, slots=True)
class Other:
    """The comment replied to, as it can be aimed at: its claims, or where it has none, what else it says."""

    reading: Reading
    candidates: tuple[Point, ...]
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The claim that a point is about (None: the whole comment), how much they share (0..1) and the rule that chose.

    `rivals` are the next best claims with their shares.
    """

    comment: Comment
    chosen: Point | None
    share: float
    how: str
    rivals: tuple[tuple[str, float], ...] = ()

    @property
    def span(self) -> Span | None:
        """Where the chosen claim stands."""
        return None if self.chosen is None else self.chosen.span


def target_of(number: int, reply: Reply, others: Sequence[Other], weight: Mapping[str, float]) -> Choice:
    """What a point, by its number, is about; `others` are the comment replied to and those above it that it quotes.

    A quotation before the point or within it tells; else it is about the comment replied to.
    """
    point = reply.points[number]
    quoted = governing(point, reply.quotes)
    other = others[0]
    if quoted is not None:
        other = next((one for one in others if one.reading.comment.id == quoted.comment), other)
    return choose(point, quoted, other, weight)


def governing(point: Point, quotes: tuple[Quote, ...]) -> Span | None:
    """The words elsewhere that the point reacts to: those it quotes itself, else the last quoted line above it."""
    found = None
    for quote in quotes:
        if quote.source.start >= point.span.end:
            break
        if quote.marked or quote.source.start >= point.span.start:
            found = quote.target
    return found


def choose(point: Point, quoted: Span | None, other: Other, weight: Mapping[str, float]) -> Choice:
    """The claim of the other comment that the point is about."""
    candidates, comment = other.candidates[:COMPARED], other.reading.comment
    if not candidates:
        return Choice(comment, None, 0.0, "comment")
    within = () if quoted is None else tuple(one for one in candidates if touches(one.span, quoted))
    if within:
        best, share, rivals = most_alike(point, within, weight, other.meaning)
        return Choice(comment, best, max(share, LEAST_OVERLAP), "quote", rivals)
    best, close, rivals = most_alike(point, candidates, weight, other.meaning)
    share = overlap(point.stems, best.stems, weight)
    if close >= (LEAST_OVERLAP if other.meaning is None else LEAST_CLOSE):
        return Choice(comment, best, share, "shared words" if share >= LEAST_OVERLAP else "likeness", rivals)
    first = next((one for one in candidates if not tells_of_self(one.first)), candidates[0])
    return Choice(comment, first, share, "first claim", rivals)


def most_alike(
    point: Point, candidates: Sequence[Point], weight: Mapping[str, float], meaning: Meaning | None
) -> tuple[Point, float, tuple[tuple[str, float], ...]]:
    """The candidate with the largest overlap, the earliest of equals; and the next ones."""
    shares = closeness(point, candidates, weight, meaning)
    order = sorted(range(len(shares)), key=lambda number: (-shares[number], number))
    next_best = [number for number in order[1 : RIVALS + 1] if shares[number]]
    rivals = tuple((candidates[number].span.exact, shares[number]) for number in next_best)
    return candidates[order[0]], shares[order[0]], rivals


def closeness(
    point: Point, candidates: Sequence[Point], weight: Mapping[str, float], meaning: Meaning | None
) -> list[float]:
    """How close each candidate is, 0..1: the words they share; if their meaning is known, as much by that."""
    shared = [overlap(point.stems, one.stems, weight) for one in candidates]
    if meaning is None:
        return shared
    alike = meaning.likeness(point.span.exact, [one.span.exact for one in candidates])
    return [(share + like) / 2 for share, like in zip(shared, alike, strict=True)]


def touches(one: Span, other: Span) -> bool:
    """True if the two share characters of one comment."""
    return one.comment == other.comment and min(one.end, other.end) > max(one.start, other.start)

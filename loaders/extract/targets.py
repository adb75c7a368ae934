"""Chooses which claim of the other comment a point is about: what it quotes, else shared words, else the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rejoinder.loaders.extract.claims import Point
from rejoinder.loaders.extract.words import overlap
from rejoinder.records import Span

LEAST_OVERLAP = 0.08
COMPARED = 200  # claims of one comment that a point is compared with


def choose(
    point: Point, quoted: Span | None, candidates: Sequence[Point], weight: Mapping[str, float]
) -> tuple[Point | None, float, str]:
    """The candidate that the point is about, how much they share (0..1), and the rule that chose it."""
    candidates = candidates[:COMPARED]
    if not candidates:
        return None, 0.0, "comment"
    if quoted is not None:
        within = [one for one in candidates if touches(one.span, quoted)]
        if within:
            best, share = most_alike(point, within, weight)
            return best, max(share, LEAST_OVERLAP), "quote"
    best, share = most_alike(point, candidates, weight)
    if share >= LEAST_OVERLAP:
        return best, share, "shared words"
    return candidates[0], share, "first claim"


def most_alike(point: Point, candidates: Sequence[Point], weight: Mapping[str, float]) -> tuple[Point, float]:
    """The candidate with the largest overlap, the earliest of equals."""
    shares = [overlap(point.stems, one.stems, weight) for one in candidates]
    best = max(range(len(shares)), key=lambda number: (shares[number], -number))
    return candidates[best], shares[best]


def touches(one: Span, other: Span) -> bool:
    """True if the two share characters of one comment."""
    return one.comment == other.comment and min(one.end, other.end) > max(one.start, other.start)

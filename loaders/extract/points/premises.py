"""What a point shows of being a reason for the point before it: its words, its place, and how it goes on from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rejoinder.loaders.extract.points import features
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.text.blocks import Shape

BEFORE = (
    "words obliging", "words i", "words hedging", "words not", "words absolute", "words causing", "cue agree",
    "cue disagree", "asks",
)  # fmt: skip
WORDS = 12  # words of a passage that count as one in its length
LATE = 4  # points before it


def features_of_premise(
    number: int, points: Sequence[Point], opening: bool, weight: Mapping[str, float]
) -> dict[str, float]:
    """The features of a point, by its number (from 1 on), that may be a reason for the one before it.

    `opening` tells that the comment replies to nobody.
    """
    point, before = points[number], points[number - 1]
    values = {**point.features, **features.pair_features(point.sentences, before.sentences, weight)}
    earlier = before.features
    values |= {f"before {name}": earlier[name] for name in BEFORE if name in earlier}
    values["length"] = min(3.0, len(point.words) / WORDS)
    values["before length"] = min(3.0, len(before.words) / WORDS)
    flags = {
        "begins a paragraph": point.first_sentence.block != before.first_sentence.block,
        "after a quotation": point.place == 0,
        "item": point.first_sentence.shape == Shape.ITEM,
        "second": number == 1,
        "late": number >= LATE,
        "last": number == len(points) - 1,
        "opening post": opening,
    }
    return values | {name: 1.0 for name, holds in flags.items() if holds}

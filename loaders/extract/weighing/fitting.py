"""Which claim of a comment fits best what a reply says where the two share no telling words, by a small model.

The model learned it from the labelled corpus: people go on about what the point before was about, they keep the order
of what they reply to, and they take up requests and long sentences rather than thanks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from rejoinder.loaders.extract.model.linear import YES, Model
from rejoinder.loaders.extract.points.acts import tells_of_self
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.text.blocks import Shape

FITTING_ACTS = ("agree", "thanks", "request", "contrast", "undermine")
FITTING_KINDS = ("i", "would", "obliging", "arguing", "absolute", "negative")


def claim_features(
    candidates: Sequence[Point], shares: Sequence[float], progress: float, before: int | None
) -> Iterator[dict[str, float]]:
    """What each claim shows of whether a point is about it, by itself and by its place."""
    for point, by_place in zip(candidates, place_features(shares, progress, before), strict=True):
        yield features_by_itself(point) | by_place


def place_features(shares: Sequence[float], progress: float, before: int | None) -> Iterator[dict[str, float]]:
    """What each claim shows by its place.

    `shares` says how close each is by words (0..1), `progress` where the point stands in its reply (0..1), and `before`
    is the number of the claim that the point before is about.
    """
    last = max(1, len(shares) - 1)
    for number, share in enumerate(shares):
        features = {"place": number / last, "order": -abs(number / last - progress), "share": share}
        if number == 0:
            features["first"] = 1.0
        if before is not None:
            features |= distance_features(number - before)
        yield features


def distance_features(steps: int) -> dict[str, float]:
    """Where a claim stands, so many claims after the one that the point before is about."""
    if steps == 0:
        return {"as the one before": 1.0}
    if steps == 1:
        return {"next to the one before": 1.0}
    return {"above the one before": 1.0} if steps < 0 else {}


def features_by_itself(point: Point) -> dict[str, float]:
    """What the claim shows by itself."""
    first = point.first_sentence
    features = {"length": math.log(1 + len(point.words)) / 3}
    features |= {f"cue {act}": 1.0 for act in FITTING_ACTS if act in first.acts}
    features |= {f"words {kind}": 1.0 for kind in FITTING_KINDS if kind in first.kinds}
    flags = {"claims": point.claims, "asks": first.asks, "of its writer": tells_of_self(first)}
    flags["item"] = first.shape == Shape.ITEM
    return features | {name: 1.0 for name, holds in flags.items() if holds}


class Fitting:
    """The model at work on the replies to a comment: what a claim shows by itself is weighed once."""

    def __init__(self, model: Model) -> None:
        self.model, self.place = model, model.labels.index(YES)
        self.known: dict[int, float] = {}

    def best_fit(
        self, candidates: Sequence[Point], shares: Sequence[float], progress: float, before: int | None
    ) -> int:
        """The number of the claim that fits best, the first of equals; for the arguments see `place_features`."""
        scores = [
            self.claim_score(point) + self.feature_score(by_place)
            for point, by_place in zip(candidates, place_features(shares, progress, before), strict=True)
        ]
        return scores.index(max(scores))

    def claim_score(self, point: Point) -> float:
        """What speaks for the claim by itself."""
        if id(point) not in self.known:  # the points of a thread live as long as this
            self.known[id(point)] = self.feature_score(features_by_itself(point))
        return self.known[id(point)]

    def feature_score(self, features: Mapping[str, float]) -> float:
        """What the features speak for."""
        return self.model.scores(features)[self.place]

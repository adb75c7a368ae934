"""What an extractor noted down about a move, as it is read: features, alternatives, and how the target was chosen."""

from __future__ import annotations

import math
from dataclasses import dataclass

LARGEST_LOG_ODDS = 500  # log odds that are still said as a ratio


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that spoke for (above 0) or against (below 0) the choice, with what it adds to its log odds."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Rest:
    """How many features are not listed, and what they add together."""

    count: int
    weight: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """Something that the words could do, its probability (0..1), and whether it is what was chosen."""

    kind: str
    probability: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something said that the move could have been aimed at; how close it is, 0..1, and why it was not chosen."""

    text: str
    share: float | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """How the target was chosen, how close it is, and what was not chosen.

    `words` are those that both share, `of` is among how many claims it was chosen, and `text` are the words that were
    chosen where the move is aimed at something that stands near them.
    """

    by: str | None
    share: float | None
    others: tuple[Candidate, ...]
    words: tuple[str, ...] = ()
    of: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Features, the weightiest first, what is not listed of them, and where their model starts: log odds, together."""

    features: tuple[Feature, ...] = ()
    rest: Rest | None = None
    start: float | None = None

    @property
    def weighed(self) -> tuple[Feature, ...]:
        """All that sums up to the total: the features, the others in one, and where the model starts."""
        features = list(self.features)
        if self.rest is not None:
            features.append(
                Feature(f"{self.rest.count} other feature{'' if self.rest.count == 1 else 's'}", self.rest.weight)
            )
        if self.start is not None:
            features.append(Feature("the start, before anything is looked at", self.start))
        return tuple(features)

    @property
    def total(self) -> float | None:
        """Their sum; None where it is not said in full, or is too large to be said as a ratio."""
        total = sum(feature.weight for feature in self.weighed)
        return round(total, 2) if self.start is not None and abs(total) <= LARGEST_LOG_ODDS else None


@dataclass(frozen=True, slots=True)
class Reasons(Sum):
    """What an extractor noted down about a move; `unread` says what of it could not be read, and why.

    The features, what is not listed of them and where the model starts sum up to the log odds between the two of
    `between`; those of `shown` to the log odds that such a move is right. Alternatives and candidates come with the
    likeliest first.
    """

    alternatives: tuple[Alternative, ...] = ()
    aim: Aim | None = None
    rule: str | None = None
    unread: tuple[str, ...] = ()
    between: tuple[str, str] | None = None
    shown: Sum | None = None

    @property
    def times(self) -> float | None:
        """How many times as likely the first of `between` is as the second; None where that is not said."""
        return None if self.between is None or self.total is None else math.exp(self.total)

"""A linear model with readable weights: how likely each label is for some features, and which features say so."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

BIAS = "(always)"


@dataclass(frozen=True)
class Model:
    """Log-odds weights of each feature for each label; the first label may have none, and is then the zero point."""

    labels: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, features: Mapping[str, float]) -> list[float]:
        """The log odds of each label, up to a constant; features without a weight say nothing."""
        totals = list(self.weights.get(BIAS, (0.0,) * len(self.labels)))
        for name, value in features.items():
            row = self.weights.get(name)
            if row is not None:
                for place, weight in enumerate(row):
                    totals[place] += weight * value
        return totals

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """How likely each label is; they sum to 1."""
        scores = self.scores(features)
        most = max(scores)
        powers = [math.exp(one - most) for one in scores]
        total = sum(powers)
        return {label: power / total for label, power in zip(self.labels, powers, strict=True)}

    def reasons(self, features: Mapping[str, float], label: str, other: str) -> dict[str, float]:
        """What each feature adds to the log odds of one label against another, the largest first."""
        one, two = self.labels.index(label), self.labels.index(other)
        found = {
            name: (row[one] - row[two]) * value
            for name, value in features.items()
            if (row := self.weights.get(name)) is not None
        }
        return dict(sorted(found.items(), key=lambda item: (-abs(item[1]), item[0])))


@cache
def model(name: str) -> Model:
    """The shipped model of that name; KeyError where there is none."""
    text = resources.files(__package__).joinpath("weights.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)[name]
    return Model(tuple(table["labels"]), {feature: tuple(row) for feature, row in table["weights"].items()})

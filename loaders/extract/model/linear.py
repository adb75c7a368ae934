"""A linear model with readable weights: how likely each label is for some features, and which features say so."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any

from rejoinder.loaders.extract.text.caching import once

BIAS = "(always)"
NO, YES = "no", "yes"  # the labels of a model that tells one thing


@dataclass(frozen=True)
class Model:
    """Log-odds weights of each feature for each label; the first label may have none, and is then the zero point."""

    labels: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]

    @once
    def weights_of_second(self) -> Mapping[str, float] | None:
        """The weights of the second of two labels, where the first is the zero point; None for any other model."""
        if len(self.labels) > 2 or any(row[0] for row in self.weights.values()):
            return None
        return {name: row[1] for name, row in self.weights.items()}

    @once
    def weight_differences(self) -> WeightDifferences:
        """The weights of one label less those of another."""
        return WeightDifferences(self)

    def scores(self, features: Mapping[str, float]) -> list[float]:
        """The log odds of each label, up to a constant; features without a weight say nothing."""
        return (
            self._scores(features)
            if self.weights_of_second is None
            else [0.0, weighted_sum(self.weights_of_second, features)]
        )

    def _scores(self, features: Mapping[str, float]) -> list[float]:
        """The same where no label is the zero point."""
        weights, totals = self.weights, list[float]()
        terms = [(row, value) for name, value in features.items() if (row := weights.get(name)) is not None]
        for place, total in enumerate(weights.get(BIAS, (0.0,) * len(self.labels))):
            for row, value in terms:
                total += row[place] * value
            totals.append(total)
        return totals

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """How likely each label is; they sum to 1."""
        scores = self.scores(features)
        most = max(scores)
        powers = [math.exp(score - most) for score in scores]
        total = sum(powers)
        return {label: power / total for label, power in zip(self.labels, powers, strict=True)}

    def log_odds_at_start(self, label: str, other: str) -> float:
        """The log odds of one label against another before any feature is looked at."""
        return self.weight_differences[label, other].get(BIAS, 0.0)

    def reasons(self, features: Mapping[str, float], label: str, other: str) -> dict[str, float]:
        """What each feature adds to the log odds of one label against another, the largest first."""
        weights = self.weight_differences[label, other]
        ranked = [
            (-abs(added := weights[name] * value), name, added) for name, value in features.items() if name in weights
        ]
        return {name: added for _, name, added in sorted(ranked)}


class WeightDifferences(dict[tuple[str, str], dict[str, float]]):
    """The weights of one label less those of another, for the pairs that are asked for."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model

    def __missing__(self, pair: tuple[str, str]) -> dict[str, float]:
        one, two = map(self.model.labels.index, pair)
        differences = self[pair] = {name: row[one] - row[two] for name, row in self.model.weights.items()}
        return differences


def weighted_sum(column: Mapping[str, float], features: Mapping[str, float]) -> float:
    """The sum of the features by the weights of one label, in their order."""
    total = column.get(BIAS, 0.0)
    for name, value in features.items():
        if name in column:
            total += column[name] * value
    return total


def feature_difference(features: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """The features of one less those of the other."""
    return {name: features.get(name, 0.0) - other.get(name, 0.0) for name in sorted(features.keys() | other.keys())}


@dataclass(frozen=True)
class Weighing:
    """Some features as a model weighs them."""

    model: Model
    features: Mapping[str, float]

    @once
    def probabilities(self) -> dict[str, float]:
        """How likely each label is."""
        return self.model.probabilities(self.features)

    @property
    def likeliest(self) -> str:
        """The label that is likelier than all others."""
        return max(sorted(self.probabilities), key=lambda label: self.probabilities[label])

    def likeliest_other(self, label: str) -> str:
        """The likeliest other label."""
        return max(
            (probability for probability in self.probabilities if probability != label),
            key=self.probabilities.__getitem__,
        )


@dataclass(frozen=True)
class Models:
    """The models of extraction: what a point does in a conversation, or between bare propositions; how it attacks;
    which claim fits as what it is about; whom a comment of a flat page answers; what a whole reply does; whether a
    point is a reason for the one before it; whether a paragraph of a dump is somebody else's, and what it does if it is
    not; and how often moves that attack, that attack what is not loaded, or that support were right where they showed
    this.
    """

    reply: Model
    proposition: Model
    objects: Model
    agrees: Model
    asks: Model
    kinds: Model
    fits: Model
    addressee: Model
    premise: Model
    quoted: Model
    reaction: Model
    sure_attack: Model
    sure_unseen: Model
    sure_support: Model


def models_from_toml(text: str) -> Models:
    """The models that a TOML text holds; see benchmarks/train_weights.py, which writes it."""
    table = tomllib.loads(text)
    return Models(**{field.name: model_from_table(table[field.name]) for field in fields(Models)})


def model_from_table(table: Mapping[str, Any]) -> Model:
    """One model."""
    return Model(tuple(table["labels"]), {feature: tuple(row) for feature, row in table["weights"].items()})


@cache
def shipped_models() -> Models:
    """The models of `weights.toml`."""
    return models_from_toml(resources.files(__package__).joinpath("weights.toml").read_text(encoding="utf-8"))

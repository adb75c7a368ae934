"""Fits one model to examples, rounds its weights, and writes models as TOML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from rejoinder.loaders.extract.model.linear import BIAS, Model, Models, models_from_toml

# How many of the attacking and agreeing replies attack: the corpus has more of the rare kinds than life has.
ATTACKING = {
    "opinion": 0.65, "talk": 0.65, "issue": 0.6, "list": 0.6, "casual": 0.6, "essay": 0.6,
    "chat": 0.5, "draft": 0.4, "help": 0.35, "review": 0.25, "debate": 0.2, "map": 0.4,
}  # fmt: skip
# Inverse of the penalty on large weights.
STRENGTH = {
    "reply": 0.05,
    "proposition": 0.1,
    "kinds": 0.1,
    "fits": 0.2,
    "addressee": 1.0,
    "premise": 0.1,
    "objects": 0.1,
    "agrees": 0.1,
    "asks": 0.1,
    "quoted": 0.1,
    "reaction": 0.05,
    "sure_attack": 0.2,
    "sure_unseen": 0.2,
    "sure_support": 0.1,
}
DIGITS = 2  # of a weight behind the point
Fitted: TypeAlias = tuple[list[str], dict[str, list[float]]]
Table: TypeAlias = dict[str, Fitted]


@dataclass(frozen=True)
class Example:
    """Features, the group of the label, and the register and split of the thread."""

    features: Mapping[str, float]
    group: str
    label: str
    register: str
    split: str


def grouped_example(features: Mapping[str, float], group: str) -> Example:
    """An example of a model for which registers count alike."""
    return Example(features, group, "", "", "")


def fit_labels(examples: Sequence[Example], strength: float) -> Fitted:
    """The labels, and the rounded weights of each feature for each of them; examples count by their importance."""
    return weighted(examples, importance(examples), strength)


def importance(examples: Sequence[Example]) -> list[float]:
    """What each example counts, so that attacks have the share that they have in such places."""
    counts = Counter((example.register, sign(example)) for example in examples)
    return [weight_of(example, counts) for example in examples]


def weight_of(example: Example, counts: Mapping[tuple[str, str], int]) -> float:
    """What one example counts."""
    side, share = sign(example), ATTACKING.get(example.register)
    if not side or share is None:
        return 1.0
    total = counts[example.register, "attack"] + counts[example.register, "agree"]
    return (share if side == "attack" else 1 - share) * total / counts[example.register, side]


def sign(example: Example) -> str:
    """Attack, agree (support or answer), or nothing."""
    return {"attack": "attack", "support": "agree", "answer": "agree"}.get(example.group, "")


def weighted(examples: Sequence[Example], counts: Sequence[float], strength: float, *, start: bool = True) -> Fitted:
    """The same, each example counting as much as is said; without a `start` nothing is likelier from the beginning."""
    table = DictVectorizer()
    rows = table.fit_transform([example.features for example in examples])
    model = LogisticRegression(C=strength, max_iter=10_000, tol=1e-8, fit_intercept=start)
    with threadpool_limits(1):  # the sums are so short that threads would mostly wait for each other
        model.fit(rows, [example.group for example in examples], sample_weight=counts)
    labels = [str(label) for label in model.classes_]
    columns = [*model.coef_.T.tolist()]
    bias = model.intercept_.tolist()
    if len(labels) == 2:  # one row for two labels: the first is the zero point
        columns, bias = [[0.0, *column] for column in columns], [0.0, *bias]
    by_feature = dict(zip([BIAS, *table.feature_names_], [bias, *columns], strict=True))
    rounded = {name: [round(weight, DIGITS) + 0.0 for weight in row] for name, row in by_feature.items()}
    return labels, {name: row for name, row in rounded.items() if any(row)}


def model_of(model: Fitted) -> Model:
    """The fitted model as extraction uses it."""
    labels, weights = model
    return Model(tuple(labels), {name: tuple(row) for name, row in weights.items()})


def models(table: Table) -> Models:
    """The models as extraction reads them from their file, with their weights rounded."""
    return models_from_toml(table_as_toml(table))


def table_as_toml(table: Table) -> str:
    """The models as TOML, one feature a line."""
    lines = [
        "# Weights of the models that extraction uses: log odds of each label for each feature (see features.py).",
        "# Made by `python -m benchmarks.train` from loaders/extract/corpus; do not edit.",
    ]
    for name, (labels, weights) in table.items():
        lines += [
            "",
            f"[{name}]",
            "labels = [" + ", ".join(f'"{label}"' for label in labels) + "]",
            "",
            f"[{name}.weights]",
        ]
        lines += [
            f'"{feature}" = [{", ".join(f"{weight:.{DIGITS}f}" for weight in row)}]'
            for feature, row in sorted(weights.items())
        ]
    return "\n".join(lines) + "\n"

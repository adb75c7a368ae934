"""Whether a sentence claims something, by its vector: a logistic regression, fitted on the project's own corpus."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from rejoinder.loaders.embeddings.model import SCALE
from rejoinder.loaders.embeddings.vectors import Vectors
from rejoinder.loaders.extract.labelled import LabelledThread, threads_to_learn
from rejoinder.loaders.extract.points.acts import is_claim
from rejoinder.loaders.extract.text.reading import read_comment
from rejoinder.records import Comment, ThreadKey, digest

Weights: TypeAlias = NDArray[np.float64]
METHOD = "1"  # counts up when what is fitted changes, so that weights kept in a cache are fitted anew
NO_CLAIM = frozenset({"aside", "question", "request"})
PENALTY = 2.0  # on the squared weights of the vector's numbers; from 1 to 3 little changes
CONSTANT_PENALTY = 0.001  # on that of the constant, so that there is always one best solution
ROUNDS = 30
CLAIM_FROM = 0.75  # probability of a claim; nine of ten passages are claims, and the tenth is to be found too
PLACES = 4


@dataclass(frozen=True, slots=True)
class Example:
    """A passage that the rules take for a claim, and whether it is one."""

    text: str
    claims: bool


@dataclass(frozen=True)
class ClaimJudge:
    """Tells which sentences that the rules take for claims are some; `weights` are of the vector and a constant."""

    vectors: Vectors
    weights: Weights

    def is_claim(self, text: str) -> bool:
        """True if the vector makes a claim likely enough."""
        return bool(_probabilities(regression_rows(self.vectors, [text]) @ self.weights)[0] >= CLAIM_FROM)


def fitted_judge(vectors: Vectors, cache: Path | None) -> ClaimJudge:
    """The judge for this model, fitted on the corpus's train threads unless its weights are in the cache already."""
    name = f"claims-{_key(vectors)}.json"
    cached_weights = None if cache is None else _read(cache / name, vectors.model.size + 1)
    if cached_weights is not None:
        return ClaimJudge(vectors, cached_weights)
    examples = [example for thread in threads_to_learn() if thread.split == "train" for example in examples_of(thread)]
    vectors.learn(example.text for example in examples)
    rows = regression_rows(vectors, [example.text for example in examples])
    weights = fit_weights(rows, np.array([example.claims for example in examples], dtype=np.float64))
    if cache is not None:
        _write(cache / name, weights)
    return ClaimJudge(vectors, weights)


def examples_of(thread: LabelledThread) -> list[Example]:
    """The thread's passages that the rules take for claims; not what asks, which is settled by other rules."""
    examples = []
    for comment in thread.comments:
        for segment in comment.segments:
            read = read_comment(Comment(ThreadKey("corpus", thread.name), comment.id, segment.exact)).sentences
            if segment.label != "quote" and read and is_claim(read[0]) and not any(sentence.asks for sentence in read):
                examples.append(Example(segment.exact, segment.label not in NO_CLAIM))
    return examples


def fit_weights(rows: NDArray[np.float64], claims: NDArray[np.float64]) -> Weights:
    """Weights of a logistic regression with a squared penalty, by Newton's method, to PLACES places.

    Rounding leaves out the last digits, in which processors differ. All zero for no examples.
    """
    weights = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], PENALTY)
    penalty[-1] = CONSTANT_PENALTY
    for _ in range(ROUNDS):
        likely = _probabilities(rows @ weights)
        slope = rows.T @ (likely - claims) + penalty * weights
        curve = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-9:
            break
    return np.round(weights, PLACES)


def _probabilities(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log odds as probabilities."""
    probabilities: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -50, 50)))
    return probabilities


def regression_rows(vectors: Vectors, texts: Sequence[str]) -> NDArray[np.float64]:
    """What the regression sees of each text: the vector and a 1."""
    return np.hstack([vectors.rows(texts) / SCALE, np.ones((len(texts), 1))])


def _key(vectors: Vectors) -> str:
    """What the weights depend on: the method, the model with its settings, the rules and the corpus."""
    rules = resources.files("rejoinder.loaders.extract")
    files = [entry for folder in (rules, rules / "corpus") for entry in folder.iterdir() if entry.is_file()]
    contents = [file.read_bytes().hex() for file in sorted(files, key=lambda path: path.name)]
    return digest(METHOD, json.dumps(vectors.model.parameters, sort_keys=True), *contents)


def _read(path: Path, size: int) -> Weights | None:
    """The weights kept in a file; None if it is not there or is not what it should be, and they are fitted again."""
    try:
        weights = np.array(json.loads(path.read_bytes()), dtype=np.float64)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return weights if weights.shape == (size,) and bool(np.isfinite(weights).all()) else None


def _write(path: Path, weights: Weights) -> None:
    """Keeps the weights; a folder that cannot be written only means that they are fitted again next time."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(json.dumps(weights.tolist()), encoding="ascii")
        unfinished.replace(path)
    except OSError:
        return

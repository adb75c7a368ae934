"""The extractor that also looks at sentence embeddings: they help the rules, and near-duplicate claims are added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from rejoinder.loaders.embeddings.claiming import fitted_judge
from rejoinder.loaders.embeddings.similar import similarities
from rejoinder.loaders.embeddings.vectors import Vectors
from rejoinder.loaders.extract import Extractor, Rules
from rejoinder.loaders.extract.moves.ledger import sorted_by_id
from rejoinder.records import ArgumentMap, Discussion, Extraction


class EmbeddedMeaning:
    """What the vectors say about the words, as the rules ask for it: a `Meaning`."""

    def __init__(self, vectors: Vectors, cache: Path | None) -> None:
        self.vectors = vectors
        self._judge = fitted_judge(vectors, cache)

    def learn(self, texts: Iterable[str]) -> None:
        """Makes the vectors of a thread's sentences."""
        self.vectors.learn(texts)

    def likeness(self, text: str, others: Sequence[str]) -> Sequence[float]:
        """How alike a passage is to each of the others, 0..1."""
        return self.vectors.likeness(text, others)

    def claims(self, text: str) -> bool:
        """True if a sentence that the rules take for a claim is one."""
        return self._judge.is_claim(text)


class EmbeddingExtractor:
    """Another extractor's map, with its near-duplicate claims proposed as similar."""

    def __init__(self, inner: Extractor, vectors: Vectors, least: float) -> None:
        self.inner, self.vectors, self.least = inner, vectors, least

    @property
    def extraction(self) -> Extraction:
        """The other extractor's, with the digests of the model among the parameters."""
        inner = self.inner.extraction
        parameters = {
            **json.loads(inner.parameters),
            "embeddings": {**self.vectors.model.parameters, "similar": self.least},
        }
        return replace(inner, parameters=json.dumps(parameters, sort_keys=True))

    def map(self, discussion: Discussion) -> ArgumentMap:
        """The thread's claims and moves, and which of its claims are alike."""
        argument_map = self.inner.map(discussion)
        alike = similarities(discussion, argument_map.claims, self.vectors, self.least)
        return replace(argument_map, extraction=self.extraction, moves=sorted_by_id([*argument_map.moves, *alike]))


def rules_with_meaning(vectors: Vectors, cache: Path | None) -> Rules:
    """The rules, with embeddings to ask."""
    return Rules(EmbeddedMeaning(vectors, cache))

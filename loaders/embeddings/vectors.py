"""The vectors of the texts of a load, each made once, and how alike texts are by them."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from rejoinder.loaders.embeddings.model import SCALE, EmbeddingModel, Vector

Rows: TypeAlias = NDArray[np.int16]
MOST_KEPT = 100_000  # texts whose vectors are kept: 77 MB at 384 numbers a text, besides the texts
AT_ONCE = 8  # texts at most that are worked on side by side


class Vectors:
    """Vectors by text. What a text's vector is depends on that text alone, so forgetting one changes nothing."""

    def __init__(self, model: EmbeddingModel, kept: int = MOST_KEPT) -> None:
        self.model, self.kept = model, kept
        self._known: OrderedDict[str, Vector] = OrderedDict()

    def learn(self, texts: Iterable[str]) -> None:
        """Makes the vectors of many texts, on as many processors as there are."""
        new = [passage for passage in dict.fromkeys(texts) if passage not in self._known]
        with ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1)) as pool:
            for text, vector in zip(new, pool.map(self.model.vector, new), strict=True):
                self._keep(text, vector)

    def vector_of(self, text: str) -> Vector:
        """The vector of a text."""
        vector = self._known.get(text)
        if vector is None:
            vector = self.model.vector(text)
            self._keep(text, vector)
        return vector

    def rows(self, texts: Sequence[str]) -> Rows:
        """The vectors as rows."""
        matrix = np.zeros((len(texts), self.model.size), dtype=np.int16)
        for number, text in enumerate(texts):
            matrix[number] = self.vector_of(text)
        return matrix

    def likeness(self, text: str, others: Sequence[str]) -> list[float]:
        """How alike the text is to each of the others: the cosine to three places, 0 where it is below."""
        shares = cosines(self.rows(others), self.rows([text]))[:, 0]
        return [max(0.0, float(share)) for share in shares]

    def _keep(self, text: str, vector: Vector) -> None:
        self._known[text] = vector
        if len(self._known) > self.kept:
            self._known.popitem(last=False)


def cosines(rows: Rows, others: Rows) -> NDArray[np.float64]:
    """The cosine of each row with each of the others, to three places; the sums before that are exact."""
    products: NDArray[np.float64] = rows.astype(np.float64) @ others.astype(np.float64).T
    products /= SCALE**2
    return np.clip(np.round(products, 3, out=products), -1.0, 1.0, out=products)

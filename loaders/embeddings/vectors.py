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
        new = [one for one in dict.fromkeys(texts) if one not in self._known]
        with ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1)) as pool:
            for text, made in zip(new, pool.map(self.model.vector, new), strict=True):
                self._keep(text, made)

    def vector_of(self, text: str) -> Vector:
        """The vector of a text."""
        found = self._known.get(text)
        if found is None:
            found = self.model.vector(text)
            self._keep(text, found)
        return found

    def rows(self, texts: Sequence[str]) -> Rows:
        """The vectors as rows."""
        found = np.zeros((len(texts), self.model.size), dtype=np.int16)
        for number, text in enumerate(texts):
            found[number] = self.vector_of(text)
        return found

    def likeness(self, one: str, others: Sequence[str]) -> list[float]:
        """How alike the text is to each of the others: the cosine to three places, 0 where it is below."""
        found = cosines(self.rows(others), self.rows([one]))[:, 0]
        return [max(0.0, float(share)) for share in found]

    def _keep(self, text: str, made: Vector) -> None:
        self._known[text] = made
        if len(self._known) > self.kept:
            self._known.popitem(last=False)


def cosines(rows: Rows, others: Rows) -> NDArray[np.float64]:
    """The cosine of each row with each of the others, to three places; the sums before that are exact."""
    found: NDArray[np.float64] = rows.astype(np.float64) @ others.astype(np.float64).T
    found /= SCALE**2
    return np.clip(np.round(found, 3, out=found), -1.0, 1.0, out=found)

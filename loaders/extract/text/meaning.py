"""What an extractor may ask about words beyond the words themselves, where something is there that knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol


class Meaning(Protocol):
    """Tells how alike passages are and whether they claim something; the same for the same passages."""

    def learn(self, texts: Iterable[str]) -> None:
        """Is told the sentences of a thread before it is asked about any of them."""

    def likeness(self, text: str, others: Sequence[str]) -> Sequence[float]:
        """How alike a passage is to each of the others, 0..1."""

    def claims(self, text: str) -> bool:
        """True if a sentence that the rules take for a claim is one."""

"""A text as it is searched for quoted words: whatever the lines it was wrapped in, and without marks of quotation."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from rejoinder.records import without_quote_marks

WORD = re.compile(r"\S+")


class Collapsed:
    """The words of a text with one space between them, and where each of them stands in the text.

    >>> Collapsed("So it was,\\n> so it\\n> is.").find("it was, so it is")
    (3, 23)
    """

    def __init__(self, text: str) -> None:
        placed_words = [(match[0], match.start()) for match in WORD.finditer(without_quote_marks(text))]
        self.text = " ".join(word for word, _ in placed_words)
        self.places = [place for _, place in placed_words]
        self.starts = (
            list(accumulate((len(word) + 1 for word, _ in placed_words[:-1]), initial=0)) if placed_words else []
        )

    def find(self, words: str) -> tuple[int, int] | None:
        """Start and end in the text of words that stand there in any lines, None where they do not."""
        phrase = " ".join(without_quote_marks(words).split())
        at = self.text.find(phrase) if phrase else -1
        return None if at < 0 else (self.place(at), self.place(at + len(phrase) - 1) + 1)

    def place(self, at: int) -> int:
        """Where a character of a word stands in the text."""
        number = bisect_right(self.starts, at) - 1
        return self.places[number] + at - self.starts[number]

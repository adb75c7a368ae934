"""Splits a sentence that grants a point and then turns against it: two clauses that do different things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rejoinder.loaders.extract.cues import matches
from rejoinder.loaders.extract.words import words

TURN = re.compile(r"[,;:–—-]?\s+(?=(?:but|however|yet|though|although|except that|that said)\b)", re.IGNORECASE)
SEMICOLON = re.compile(r";\s+(?=\w)")
GRANTS = frozenset({"agree", "concede", "thanks", "done"})
LEAST_TURN = 3  # words of the clause that turns
LEAST_CLAUSE = 5  # words on both sides of a semicolon
TURNS = 8  # places of one sentence that are tried


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each clause of the sentence text[start:end] that stands for itself; else of the sentence."""
    begin = start
    for number, match in enumerate(TURN.finditer(text, start, end)):
        if number < TURNS and turns(text[begin : match.start()], text[match.end() : end]):
            yield begin, match.start()
            begin = match.end()
            break
    yield begin, end


def turns(before: str, after: str) -> bool:
    """True if what stands before grants something, and enough stands after to turn against it."""
    if len(words(after)) < LEAST_TURN:
        return False
    return any(cue.act in GRANTS for cue in matches(words(before)))

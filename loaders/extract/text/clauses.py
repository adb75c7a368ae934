"""Splits a sentence that grants a point and then turns against it: two clauses that do different things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rejoinder.loaders.extract.text.cues import cues_in
from rejoinder.loaders.extract.text.words import words

TURN = re.compile(  # of one white space first, which is found five times as fast as one of several beginnings
    r"\s(?:(?=(?:but|however|yet|though|although|except that|that said)\b)"
    r"|(?<=[,;:–—-]\s)(?=(?:still|nevertheless|nonetheless|even so)\b)|(?P<semicolon>(?<=;\s)))",
    re.IGNORECASE,
)
MARKS = " \t\n\r\xa0,;:–—-"  # what stands between two clauses
GRANTS = frozenset({"agree", "concede", "withdraw", "thanks", "done"})
TURNING = frozenset(["but", "however", "still", "yet", "nevertheless", "nonetheless", "though", "although", "except"])
LEAST_TURN = 3  # words of the clause that turns
TURNS = 8  # places of one sentence that are tried


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each clause of the sentence text[start:end] that stands for itself; else of the sentence."""
    begin = start
    for number, match in enumerate(TURN.finditer(text, start, end)):
        before = text[start : match.start()].rstrip(MARKS) if number < TURNS else ""
        if before and turns_from_grant(before, text[match.end() : end], marked=match.lastgroup is not None):
            yield start, start + len(before)
            begin = match.end()
            break
    yield begin, end


def turns_from_grant(before: str, after: str, *, marked: bool) -> bool:
    """True if what stands before grants something, and enough stands after to turn against it.

    What is only marked off by a semicolon turns if a word in it does: "I agree on the gate; the wall still leans."
    """
    tokens = words(after)
    turning = not TURNING.isdisjoint(tokens) or tokens[:2] == ("even", "so")
    if len(tokens) < LEAST_TURN or (marked and not turning):
        return False
    return any(cue.act in GRANTS for cue in cues_in(words(before)))

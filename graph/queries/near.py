"""Which texts come near to words that none of them holds: by the words that they do hold, or that are spelt alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from heapq import nlargest
from math import log

WORD = re.compile(r"\w[\w']*")
ALIKE = 0.75  # of 1, from which on two spellings count as one
FAR = 0.4  # of the score of the best, up to which a text is no longer near


def plain(text: str) -> str:
    """Text in lower case on one line, with the apostrophes of a keyboard.

    >>> plain("It Isn’t\\n so")
    "it isn't so"
    """
    return " ".join(text.lower().replace("’", "'").split())


def nearest(texts: Sequence[str], wanted: str, *, most: int) -> list[int]:
    """The numbers of the texts that hold most of these words, or words spelt like them; the rarer a word, the more.

    >>> nearest(["the bell rings", "the tower stands", "nobody came"], "the bells", most=2)
    [0]
    """
    held = [set(WORD.findall(plain(text))) for text in texts]
    known = sorted(set().union(*held))
    meant = [{word, *get_close_matches(word, known, 3, ALIKE)} for word in WORD.findall(plain(wanted))]
    scores = [0.0] * len(texts)
    for spellings in meant:
        holding = [number for number, words in enumerate(held) if words & spellings]
        for number in holding:
            scores[number] += log(len(texts) / len(holding))
    best = nlargest(most, range(len(texts)), key=lambda number: (scores[number], -number))
    return [number for number in best if scores[number] > scores[best[0]] * FAR]

"""Which names and texts come near to words that none of them holds: by their words, or by how they are spelt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from heapq import nlargest
from math import log

from rejoinder.errors import near_hint

WORD = re.compile(r"\w[\w']*")
LEAST_ALIKE = 0.75  # of 1, from which on two spellings count as one
FAR_SHARE = 0.4  # of the score of the best, up to which a text is no longer near


def plain_form(text: str) -> str:
    """Text in lower case and NFC on one line, with the apostrophes of a keyboard.

    >>> plain_form("It Isn’t\\n so")
    "it isn't so"
    """
    lower = text.lower()
    composed = lower if lower.isascii() else unicodedata.normalize("NFC", lower)
    return " ".join(composed.replace("’", "'").split())


def nearest_name(name: str, known_names: Iterable[str]) -> str:
    """Of the names that are known, the one that is spelt most like this one; "" where none is near.

    >>> nearest_name("Claim", ["claims", "moves"]), nearest_name("zebra", ["claims", "moves"])
    ('claims', '')
    """
    spelt = {known_name.lower(): known_name for known_name in known_names}
    return "".join(spelt[spelling] for spelling in get_close_matches(name.lower(), spelt, 1))


def did_you_mean(name: str, known_names: Iterable[str]) -> str:
    """What to add where a name is none of those that are known.

    >>> did_you_mean("Claim", ["claims", "moves"]), did_you_mean("zebra", ["claims", "moves"])
    ('; did you mean claims?', '')
    """
    return near_hint(nearest_name(name, known_names))


def nearest_texts(texts: Sequence[str], query: str, *, most: int) -> list[int]:
    """The numbers of the texts that hold most of these words, or words spelt like them; the rarer a word, the more.

    >>> nearest_texts(["the bell rings", "the tower stands", "nobody came"], "the bells", most=2)
    [0]
    """
    word_sets = [set(WORD.findall(plain_form(text))) for text in texts]
    lexicon = sorted(set().union(*word_sets))
    variants = [{word, *get_close_matches(word, lexicon, 3, LEAST_ALIKE)} for word in WORD.findall(plain_form(query))]
    scores = [0.0] * len(texts)
    for spellings in variants:
        holding = [number for number, words in enumerate(word_sets) if words & spellings]
        for number in holding:
            scores[number] += log(len(texts) / len(holding))
    best = nlargest(most, range(len(texts)), key=lambda number: (scores[number], -number))
    return [number for number in best if scores[number] > scores[best[0]] * FAR_SHARE]

"""Finds the words that a model quotes where they stand in a comment: only space and quotation marks may differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache

Place = tuple[int, int]

LOOKED_AT = 200  # places of the same words that are looked at for one that fits
LONGEST = 10_000  # characters of a claim
DOUBLE, SINGLE = "“”„‟«»″", "‘’‚‛′`"
STRAIGHT = str.maketrans(DOUBLE + SINGLE, '"' * len(DOUBLE) + "'" * len(SINGLE))


class Fault(StrEnum):
    """Why something that a model said is left out; each completes the sentence "n left out: ..."."""

    WORDS = "words that do not stand in the comment"
    QUOTED = "words that the comment only quotes"
    LENGTH = "no words, or too many"
    KIND = "a kind that is not offered"
    TARGET = "a target that is not offered"
    CONFIDENCE = "a confidence that is not a number"
    RULE = "a move that contradicts another"


class Rejected(Exception):
    """Something that a model said is left out; nothing else is."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def locate_words(words: str, text: str, avoid: Sequence[Place] = ()) -> Place:
    """Start and end of the words in the text, outside the places to avoid; raises Rejected.

    Of several places the first is taken where no word is cut through. Nothing is fuzzy: only white space and the
    form of quotation marks may differ, and marks around the whole.

    >>> locate_words("the 'old' mill", "By the\\n‘old’ mill.")
    (3, 17)
    """
    phrase = words.strip()
    if not any(map(str.isalnum, phrase)) or len(phrase) > LONGEST:
        raise Rejected(Fault.LENGTH)
    places = [*exact_places(phrase, text)] or [*places_but_for_marks(phrase, text)]
    free = [place for place in places if not any(place[0] < end and start < place[1] for start, end in avoid)]
    if not free:
        raise Rejected(Fault.QUOTED if places else Fault.WORDS)
    return next((place for place in free if cuts_no_word(text, place)), free[0])


def exact_places(phrase: str, text: str) -> Iterator[Place]:
    """Where the words stand, character by character."""
    at = text.find(phrase)
    for _ in range(LOOKED_AT):
        if at < 0:
            return
        yield at, at + len(phrase)
        at = text.find(phrase, at + len(phrase))


def places_but_for_marks(phrase: str, text: str) -> Iterator[Place]:
    """Where they stand but for white space and the form of quotation marks, or without such marks around them."""
    plain, offsets = with_plain_marks(text)
    same = with_plain_marks(phrase)[0]
    places = [*exact_places(same, plain)] or [*exact_places(same.strip("\"' "), plain)]
    for start, end in places:
        yield offsets[start], offsets[end - 1] + 1


@lru_cache(maxsize=4)  # all words of an answer are looked up in one text
def with_plain_marks(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with straight quotation marks and single spaces, and for each character its offset before.

    >>> with_plain_marks("a\\n\\n “b”")
    ('a "b"', (0, 1, 4, 5, 6))
    """
    offsets = tuple(at for at, char in enumerate(text) if not (char.isspace() and at and text[at - 1].isspace()))
    plain = "".join(" " if text[at].isspace() else text[at] for at in offsets)
    return plain.translate(STRAIGHT), offsets


def cuts_no_word(text: str, place: Place) -> bool:
    """True where the place cuts through no word."""
    start, end = place
    opens = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    closes = end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())
    return opens and closes

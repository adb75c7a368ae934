"""What a paragraph of a dump looks like by itself: its words, how it opens and ends, whether it reacts."""

from __future__ import annotations

import math

from rejoinder.loaders.extract.dumps import openers, signs
from rejoinder.loaders.extract.dumps.roles import role_by_looks
from rejoinder.loaders.extract.points import acts, features
from rejoinder.loaders.extract.points.leaning import likelihood_of_support
from rejoinder.loaders.extract.text.blocks import Shape
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.text.sentences import END_MARKS

TITLE_SHARE = 0.6  # share of words with a capital from which a paragraph is written as a title
TITLE_LEAST = 3  # words


def paragraph_features(reading: Reading) -> dict[str, float]:
    """Its features; of a paragraph without words hardly any."""
    values = features.passage_features(reading.sentences)
    values["length"] = math.log(1 + len(reading.words)) / 3
    if reading.sentences:
        values["leans"] = 2 * likelihood_of_support(reading.sentences) - 1
    values |= {name: 1.0 for name, holds in paragraph_flags(reading).items() if holds}
    role = role_by_looks(reading)
    return values if role is None else values | {f"looks like: {role}": 1.0}


def paragraph_flags(reading: Reading) -> dict[str, bool]:
    """What holds of it or does not."""
    text = reading.comment.text.strip()
    last = reading.sentences[-1] if reading.sentences else None
    return {
        "item": bool(reading.blocks) and reading.blocks[0].shape == Shape.ITEM,
        "no end mark": text[-1:] not in END_MARKS,
        "starts small": text[:1].islower(),
        "in brackets": text[:1] == "(",
        "one sentence": len(reading.sentences) == 1,
        "ends asking": last is not None and last.asks,
        "reacts": signs.reacts(reading),
        "answers": openers.ANSWERS_QUESTION.match(text) is not None,
        "points back": signs.refers_back(reading),
        "opens as others": openers.OPENS_AS_OTHERS.match(text) is not None,
        "introduces": signs.introduces(reading),
        "of its writer": signs.speaks_of_self(reading),
        "to somebody": any(acts.addresses_reader(sentence) for sentence in reading.sentences),
        "clarifies": "clarify" in reading.acts,
        "title case": is_title_case(text),
    }


def is_title_case(text: str) -> bool:
    """True if most of its words begin with a capital.

    >>> is_title_case("What I Learned on a Night Ferry"), is_title_case("What I learned on a night ferry")
    (True, False)
    """
    words = [word for word in text.split() if word[0].isalpha()]
    return len(words) >= TITLE_LEAST and sum(word[0].isupper() for word in words) > TITLE_SHARE * len(words)

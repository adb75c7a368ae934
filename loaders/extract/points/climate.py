"""How a thread talks: how long its comments are, and how often their sentences argue, deny, thank, laugh or tell."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from statistics import median
from types import MappingProxyType

from rejoinder.loaders.extract.points import acts, asides
from rejoinder.loaders.extract.text.reading import Reading

ARGUING = frozenset({"arguing", "evidence", "obliging", "contrasting"})  # kinds of words
# How often a sentence of a thread has or does each, and a reply thanks or laughs: the mean of composed threads, and
# their standard deviation. How often they ask, or say "you" or "would", is left out: that tells the registers of the
# labelled corpus apart, but not which objections of other threads are right.
USUAL: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "i": (0.279, 0.129),
        "we": (0.092, 0.066),
        "not": (0.162, 0.074),
        "negative": (0.098, 0.073),
        "positive": (0.106, 0.054),
        "arguing": (0.021, 0.035),
        "hedging": (0.033, 0.031),
        "obliging": (0.020, 0.020),
        "contrasting": (0.050, 0.031),
        "evidence": (0.063, 0.074),
        "absolute": (0.175, 0.062),
        "exclaims": (0.016, 0.022),
        "tells": (0.186, 0.090),
        "thanks": (0.056, 0.133),
        "laughs": (0.003, 0.011),
    }
)
FEW = 5  # replies in which half of what is unusual may be chance
MOST = 3.0  # deviations from the usual, from which more make no difference
SOFTLY = 5  # what deviations are divided by: a model takes small numbers for less telling
BESIDE = ("thanks", "laughs")  # what a reply does


def climate_features(readings: Sequence[Reading]) -> dict[str, float]:
    """What the replies of a thread show together, as features, in any order; all comments where none is known to reply.

    Those without words do not count; a thread without any has no features.
    """
    replies = replies_with_words(readings)
    sentences = [sentence for reply in replies for sentence in reply.sentences]
    if not sentences:
        return {}
    features = {
        "thread length": math.log(1 + median(len(reply.words) for reply in replies)) / 3,
        "thread sentences": math.log(1 + len(sentences) / len(replies)),
        "thread argues": sum(not ARGUING.isdisjoint(sentence.kinds) for sentence in sentences) / len(sentences),
    }
    sure = len(replies) / (len(replies) + FEW)
    return features | {
        f"thread {name}": sure * deviations(name, rate) / SOFTLY for name, rate in rates_in_replies(replies).items()
    }


def deviations(name: str, rate: float) -> float:
    """How many deviations a rate lies above the usual, within bounds."""
    mean, spread = USUAL[name]
    return max(-MOST, min(MOST, (rate - mean) / spread))


def replies_with_words(readings: Sequence[Reading]) -> list[Reading]:
    """The replies that have words; all comments that do where none is known to reply."""
    worded = [reading for reading in readings if reading.words]
    return [reading for reading in worded if reading.comment.parent is not None] or worded


def rates_in_replies(replies: Sequence[Reading]) -> dict[str, float]:
    """How often a sentence has words of a kind, exclaims or tells of its writer; a reply thanks or laughs."""
    sentences = [sentence for reply in replies for sentence in reply.sentences]
    counts = Counter(chain.from_iterable([sentence.kinds for sentence in sentences]))
    counts["exclaims"] = sum([sentence.exact.endswith("!") for sentence in sentences])
    counts["tells"] = sum(map(acts.tells_of_self, sentences))
    rates = {name: counts[name] / len(sentences) for name in USUAL if name not in BESIDE}
    counts_beside = Counter(name for reply in replies for name in thanks_and_laughs(reply))
    return rates | {name: counts_beside[name] / len(replies) for name in BESIDE}


def thanks_and_laughs(reading: Reading) -> Iterator[str]:
    """Whether a reply thanks or praises, and laughs; a sentence that does is an aside."""
    sentences = [sentence for sentence in reading.sentences if asides.is_aside(sentence)]
    if any(asides.is_thanks(sentence) or asides.is_praise(sentence) for sentence in sentences):
        yield "thanks"
    if any(asides.laughs(sentence) for sentence in sentences):
        yield "laughs"

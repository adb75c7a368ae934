"""How far a passage leans towards agreement: a weighted sum of its cues, set by hand."""

from __future__ import annotations

import math

from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.points.purposes import is_question
from rejoinder.loaders.extract.text.reading import Sentence

# What each act adds to the log odds of support; "first" weighs what stands in the first sentence.
WEIGHTS = {
    "agree": 1.6,
    "concede": 0.9,
    "done": 1.9,
    "thanks": 0.8,
    "disagree": -1.6,
    "no": -1.6,
    "wrong": -1.0,
    "undermine": -0.7,
    "undercut": -0.8,
    "dismiss": -0.8,
    "rhetorical": -0.9,
    "contrast": -0.5,
    "absolute": -0.15,
    "positive": 0.35,
    "negative": -0.35,
    "example": 0.3,
    "reason": 0.15,
    "follow": 0.2,
    "same": 0.4,
    "hedge": 0.1,
}
WEIGHED = frozenset(WEIGHTS)
START = -0.55
NEGATION = -0.4
SECOND = -0.3
QUESTION = -0.5
MOST = 2.0  # what any one act adds at most, so that length does not decide


def likelihood_of_support(sentences: tuple[Sentence, ...]) -> float:
    """How likely these sentences support what they reply to, 0..1."""
    if not sentences:
        return 0.5
    total = START
    counts: dict[str, float] = {}
    for number, sentence in enumerate(sentences):
        for act in sentence.acts & WEIGHED:
            counts[act] = counts.get(act, 0.0) + (1.0 if number == 0 else 0.5)
    for act in sorted(counts):
        total += WEIGHTS[act] * min(MOST, counts[act])
    size = max(1.0, len(sentences) / 2)
    total += NEGATION * min(3.0, sum([sentence.kinds.get("not", 0) for sentence in sentences]) / size)
    total += SECOND * min(2.0, sum([sentence.kinds.get("you", 0) for sentence in sentences]) / size)
    total += QUESTION * min(2.0, sum(map(is_question, sentences)) / size)
    return 1 / (1 + math.exp(-total))


def point_supports(point: Point) -> float:
    """How likely the point by itself supports."""
    return likelihood_of_support(point.sentences)

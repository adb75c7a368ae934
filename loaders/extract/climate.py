"""How a thread talks: how long its comments are, and how many of their sentences hold words of argument."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from rejoinder.loaders.extract.reading import Reading

ARGUING = frozenset({"arguing", "evidence", "obliging", "contrasting"})  # kinds of words


def climate(readings: Sequence[Reading]) -> dict[str, float]:
    """What the replies of a thread show together, as features, in any order; all comments where none is known to reply.

    Those without words do not count; a thread without any has no features.
    """
    spoken = [one for one in readings if one.said]
    replies = [one for one in spoken if one.comment.parent is not None] or spoken
    sentences = [sentence for one in replies for sentence in one.sentences]
    if not sentences:
        return {}
    return {
        "thread length": math.log(1 + median(len(one.said) for one in replies)) / 3,
        "thread sentences": math.log(1 + len(sentences) / len(replies)),
        "thread argues": sum(not ARGUING.isdisjoint(one.kinds) for one in sentences) / len(sentences),
    }

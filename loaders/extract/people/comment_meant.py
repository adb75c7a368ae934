"""Which of somebody's comments is meant where only the person is named: the latest, or one that the words take up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.text.words import content_stems, weighted_overlap, words

RECENT = 10  # comments of one person that are compared
TELLING = 2  # words at least that tell a comment from others of its author
ALIKE = 0.2  # overlap from which words are said to take up a comment
CLEARLY = 2.0  # times as much as with the latest comment
# Everybody says them of anything, however seldom a short thread does.
EVERYDAY_WORDS = """
ago bad best better big child children come day days end fact family families find five four friend friends give good
great help hour hours house idea job kid kids life live long lot man men minute minutes money month months mother father
mom dad new nice number old parent parents part place problem question read reason second seconds six small start stop
talk tell three time times today tomorrow try two week weeks wife husband woman women word words work world worse wrong
year years yesterday zero hundred thousand million
"""
EVERYDAY = content_stems(words(EVERYDAY_WORDS))


def comment_meant(said: frozenset[str], comments: Sequence[Reading], weight: Mapping[str, float]) -> int:
    """The place among somebody's comments, latest first, of the one that was meant by what was `said` to them (stems).

    An earlier one must share several words that are not everybody's, weighed as the thread uses them, and clearly more
    than the latest does.
    """
    telling = said - EVERYDAY
    shares = [weighted_overlap(telling, comment.stems - EVERYDAY, weight) for comment in comments]
    best = max(range(len(shares)), key=lambda place: (shares[place], -place))
    enough = len(telling & comments[best].stems) >= TELLING and shares[best] >= max(ALIKE, CLEARLY * shares[0])
    return best if enough else 0

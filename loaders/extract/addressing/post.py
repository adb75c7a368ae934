"""The opening post of a thread in which several comments name no parent: the first of them, where it stands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from statistics import mean, median

from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.text.words import weighted_overlap
from rejoinder.records import Comment

LONGER_FACTOR = 1.3  # times as long as others usually are is what opens a thread
MOST_TOPS = 50  # comments beside it that show whether they are about it


def without_addressee_if_flat(comments: Sequence[Comment]) -> Sequence[Comment]:
    """The comments of a thread; where none of several names a parent, their source does not say who answers whom."""
    if len(comments) < 2 or any(comment.parent is not None or comment.position is not None for comment in comments):
        return comments
    return [replace(comment, addressed=False) if comment.addressed else comment for comment in comments]


def opening_post(
    order: Sequence[Comment], readings: Mapping[str, Reading], weight: Mapping[str, float]
) -> Comment | None:
    """The post that comments without a parent stand below, where the thread has one; in linear time.

    That is the first of them, if nobody is said to answer it, it is longer than the others usually are, and these share
    more words with it than with each other. So an export looks that gives a parent to answers to comments alone.
    """
    tops = list(islice((comment for comment in order if comment.parent is None), MOST_TOPS + 1))
    if len(tops) < 2 or any(comment.parent == tops[0].id for comment in order):
        return None
    first, *others = (readings[top.id] for top in tops)
    if len(tops[0].text) < LONGER_FACTOR * median(len(reading.comment.text) for reading in others):
        return None
    to_first = mean(weighted_overlap(reading.stems, first.stems, weight) for reading in others)
    to_neighbour = [weighted_overlap(reading.stems, other.stems, weight) for reading, other in pairwise(others)]
    return tops[0] if to_first > (mean(to_neighbour) if to_neighbour else 0.0) else None

"""Heads that announce a list of objections: "I have three problems with this:", and the items below them."""

from __future__ import annotations

from collections.abc import Sequence

from rejoinder.loaders.extract.points.acts import negations
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.text.blocks import Shape
from rejoinder.loaders.extract.text.reading import Sentence

TROUBLE_WORDS = """
issue issues problem problems concern concerns objection objections worry worries doubt doubts flaw flaws drawback
drawbacks downside downsides disadvantage disadvantages wrong against complaint complaints criticism criticisms gripe
gripes quibble quibbles reservation reservations nit nits nitpicks weakness weaknesses limitation limitations
shortcoming shortcomings cons
"""
TROUBLE = frozenset(TROUBLE_WORDS.split())
COUNTING_WORDS = """
two three four five six seven several some few couple number many following main major
"""
COUNTING = frozenset(COUNTING_WORDS.split())
HAVING = frozenset(["have", "had", "has", "see", "are", "remain", "my", "with", "i've", "there's"])
# How referees head their lists: "Major points", "Minor comments".
SORTING = frozenset(["major", "minor", "main", "specific", "detailed", "further", "other"])
REMARKS = frozenset(["points", "comments", "remarks", "issues", "concerns", "weaknesses"])
HEAD_WORDS = 15  # words of a head at most
TITLE_WORDS = 3  # words at most of one that is no sentence


def announces_objections(sentence: Sentence) -> bool:
    """True for a head that says that what stands below it speaks against something.

    It is brief, denies nothing ("No problems:"), and ends in a colon, counts them ("I have three concerns."), or is a
    title ("Weaknesses", "Minor points").
    """
    if len(sentence.words) > (HEAD_WORDS if not TROUBLE.isdisjoint(sentence.words) else TITLE_WORDS):
        return False
    if negations(sentence.words) or sentence.asks:
        return False
    ending = sentence.exact.rstrip("*_ ")[-1:]
    if len(sentence.words) <= TITLE_WORDS and ending not in ".!" and is_title(sentence.words):
        return True
    return not TROUBLE.isdisjoint(sentence.words) and (ending == ":" or counts_objections(sentence.words))


def is_title(words: tuple[str, ...]) -> bool:
    """True for "Weaknesses" alone, and for what ends in "minor points" and the like."""
    if len(words) == 1:
        return words[0] in TROUBLE
    return len(words) > 1 and words[-2] in SORTING and words[-1] in REMARKS


def counts_objections(words: tuple[str, ...]) -> bool:
    """True for "I have three concerns and a question", "There are a few problems with this"."""
    return not COUNTING.isdisjoint(words) and not HAVING.isdisjoint(words)


def heads_and_items(points: Sequence[Point]) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the heads that announce a list right below them, and of the points that begin its items."""
    heads, items = set[int](), set[int]()
    head, block = None, -1
    for number, point in enumerate(points):
        first = point.first_sentence
        if first.shape != Shape.ITEM:
            head = number if announces_objections(point.sentences[-1]) else None
        elif head is not None and first.block != block:
            heads.add(head)
            items.add(number)
        block = first.block
    return frozenset(heads), frozenset(items)

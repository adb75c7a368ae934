"""Heads that announce a list of objections: "I have three problems with this:", and the items below them."""

from __future__ import annotations

from collections.abc import Sequence

from rejoinder.loaders.extract.acts import negations
from rejoinder.loaders.extract.blocks import Shape
from rejoinder.loaders.extract.claims import Point
from rejoinder.loaders.extract.reading import Sentence

TROUBLE_WORDS = """
issue issues problem problems concern concerns objection objections worry worries doubt doubts flaw flaws drawback
drawbacks downside downsides disadvantage disadvantages wrong against complaint complaints criticism criticisms gripe
gripes quibble quibbles reservation reservations nit nits nitpicks
"""
TROUBLE = frozenset(TROUBLE_WORDS.split())
HEAD_WORDS = 15  # words of a head at most


def announces(one: Sentence) -> bool:
    """True for a head that says that what stands below it speaks against something.

    It ends in a colon, denies nothing ("No problems:") and is brief.
    """
    if not one.exact.rstrip("*_ ").endswith(":") or len(one.said) > HEAD_WORDS:
        return False
    return not TROUBLE.isdisjoint(one.said) and not negations(one.said)


def under_heads(points: Sequence[Point]) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the heads that announce a list right below them, and of the points that begin its items."""
    heads, items = set[int](), set[int]()
    head, block = None, -1
    for number, point in enumerate(points):
        first = point.first
        if first.shape != Shape.ITEM:
            head = number if announces(point.sentences[-1]) else None
        elif head is not None and first.block != block:
            heads.add(head)
            items.add(number)
        block = first.block
    return frozenset(heads), frozenset(items)

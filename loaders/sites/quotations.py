"""What a post of a forum quotes of other posts, by its markup, as moves that the platform records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rejoinder.loaders.bodies import Quoted
from rejoinder.records import Comment, Kind, PlatformMove, Record

QUOTED_WORDS = re.compile(r"[^\s>](?:.*[^\s>])?", re.DOTALL)  # without white space and marks of quotation around them


def quotation_moves(comment: Comment, quotes: Iterable[Quoted]) -> list[Record]:
    """A move for each passage that is quoted from another post of the thread; `origin` is `thread:post`, or `:post`."""
    moves: list[Record] = []
    outermost_first = sorted(quotes, key=lambda quoted: (quoted.start, -quoted.end))
    for quote in sorted(split_quotations(outermost_first), key=lambda quoted: quoted.start):
        topic, _, number = quote.origin.partition(":")
        passage = QUOTED_WORDS.search(comment.text, quote.start, quote.end)
        if passage and topic in ("", comment.thread.id) and number.isdecimal() and number != comment.id:
            name, (start, end) = f"{comment.id}:quote:{len(moves) + 1}", passage.span()
            moves.append(PlatformMove(comment.thread, name, Kind.QUOTATION, number, "quote", comment.id, start, end))
    return moves


def split_quotations(quotes: Sequence[Quoted]) -> Iterator[Quoted]:
    """The quotations without those within them, which are of other origin.

    >>> [(one.start, one.end) for one in split_quotations((Quoted(0, 9, "a"), Quoted(2, 5, "b")))]
    [(0, 2), (5, 9), (2, 5)]
    """
    for number, outer in enumerate(quotes):
        at = outer.start
        for place in range(number + 1, len(quotes)):  # no slice: it would copy all that follow, for each
            inner = quotes[place]
            if inner.start >= outer.end:
                break
            if inner.start >= at:
                yield Quoted(at, inner.start, outer.origin)
                at = inner.end
        yield Quoted(at, outer.end, outer.origin)

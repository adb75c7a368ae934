"""Extraction from threads whose replies are known: every comment after the one it replies to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rejoinder.loaders.extract.acts import is_aside
from rejoinder.loaders.extract.claims import Point, points
from rejoinder.loaders.extract.moves import Ledger
from rejoinder.loaders.extract.platform import named_quotations, platform_moves
from rejoinder.loaders.extract.quotes import ANCESTORS, Quote, Sayings, quotes
from rejoinder.loaders.extract.reading import Reading, read_comment
from rejoinder.loaders.extract.replies import Other, Reply, reply_moves
from rejoinder.loaders.extract.support import support_moves
from rejoinder.loaders.extract.unseen import unseen_moves
from rejoinder.loaders.extract.words import weights
from rejoinder.records import Comment, Discussion, Method


def thread_moves(discussion: Discussion, ledger: Ledger) -> None:
    """Adds the claims and moves of a thread with replies; comments are read parents first."""
    readings = {one.id: read_comment(one) for one in discussion.comments}
    weight = weights(sentence.stems for one in readings.values() for sentence in one.sentences)
    sayings = Sayings(readings[one.id] for one in parents_first(discussion.comments))
    seen: dict[str, Other] = {}
    named = named_quotations(discussion, readings)
    for comment in parents_first(discussion.comments):
        above = ancestors(comment, readings)
        reading = readings[comment.id]
        quoted = quotes(reading, above, sayings, weight, named.get(comment.id, ()))
        own = points(reading, [one.source.end for one in quoted if one.marked])
        for one in quoted:
            note_quotation(one, comment.author, ledger)
        for point in own:
            if point.claims:
                ledger.claim(point.span, comment.author)
        if above and differs(comment, above[0].comment):
            others = aims(above[0], quoted, seen)
            reply_moves(Reply(reading, own, quoted, by_starter(comment, above)), others, weight, ledger)
        elif comment.parent is not None and not above:
            unseen_moves(reading, own, quoted, seen, ledger)
        support_moves(reading, own, ledger)
        seen[comment.id] = as_other(reading, own)
    platform_moves(discussion, seen, ledger)


def parents_first(comments: Sequence[Comment]) -> list[Comment]:
    """The comments such that each stands after its parent, otherwise in their own order; without recursion."""
    children: dict[str | None, list[Comment]] = {}
    ids = {one.id for one in comments}
    for one in comments:
        children.setdefault(one.parent if one.parent in ids else None, []).append(one)
    found, waiting = [], list(reversed(children.get(None, [])))
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting.extend(reversed(children.get(one.id, [])))
    return found


def ancestors(comment: Comment, readings: Mapping[str, Reading]) -> list[Reading]:
    """The comments above this one, nearest first, as far up as quotations are searched."""
    found: list[Reading] = []
    here = comment.parent
    while here is not None and here in readings and len(found) < ANCESTORS:
        found.append(readings[here])
        here = readings[here].comment.parent
    return found


def differs(one: Comment, other: Comment) -> bool:
    """True unless both are known to be by one author, who then goes on rather than replies."""
    return one.author is None or one.author != other.author


def by_starter(comment: Comment, above: Sequence[Reading]) -> bool:
    """True if the author wrote the topmost comment above."""
    return comment.author is not None and comment.author == above[-1].comment.author


def aims(parent: Reading, quoted: tuple[Quote, ...], seen: Mapping[str, Other]) -> list[Other]:
    """The comment replied to, then those that are quoted."""
    names = [parent.comment.id, *(one.comment for one in quoted if one.comment is not None)]
    return [seen[name] for name in dict.fromkeys(names) if name in seen]


def as_other(reading: Reading, own: tuple[Point, ...]) -> Other:
    """The comment as replies can aim at it."""
    claims = tuple(one for one in own if one.claims)
    return Other(reading, claims or tuple(one for one in own if not is_aside(one.first)))


def note_quotation(quote: Quote, author: str | None, ledger: Ledger) -> None:
    """Adds the Quotation, surer where it is word for word."""
    ledger.quotation(
        quote.source,
        quote.target,
        author,
        confidence=0.95 if quote.exactly else 0.7 if quote.comment else 0.6,
        method=Method.STRUCTURAL if quote.exactly else Method.RULE,
        cue="quoted line" if quote.marked else "quotation marks",
        place=quote.place,
    )

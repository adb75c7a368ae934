"""A comment as the replies that it makes: one to the comment above, or one to each that it is addressed to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rejoinder.loaders.extract.addressing.addressees import Addressee
from rejoinder.loaders.extract.model.sureness import sureness_by_rule
from rejoinder.loaders.extract.moves.explanations import addressee_explanation
from rejoinder.loaders.extract.moves.ledger import Grounds, Ledger
from rejoinder.loaders.extract.points.quotes import Quote
from rejoinder.loaders.extract.text.blocks import ANALYSED
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.weighing.situation import Reply
from rejoinder.loaders.extract.weighing.targets import TargetComment
from rejoinder.records import Comment, CommentRef, Kind, Method


def replies_by_addressee(
    reply: Reply,
    addressees: Sequence[Addressee],
    others: Sequence[TargetComment],
    target_by_id: Mapping[str, TargetComment],
) -> Iterator[tuple[Reply, Sequence[TargetComment]]]:
    """Each reply that the comment makes, and what it can be about; the first begins where the comment does.

    Where the source itself says that this is whom it answers, that is not in doubt.
    """
    aimed = {addressee.start: addressee for addressee in reversed(addressees) if addressee.is_aimed_at}
    if not aimed:
        yield reply, others
        return
    starts = sorted(aimed)
    for start, end in pairwise([0, *starts[1:], ANALYSED]):
        target = aimed[max(start, starts[0])]
        quoted = tuple(quote for quote in reply.quotes if start <= quote.source.start < end)
        yield (
            replace(
                reply,
                reading=part_of_reading(reply.reading, start, end),
                points=tuple(point for point in reply.points if start <= point.span.start < end),
                quotes=quoted,
                parent=target_by_id[target.comment].reading,
                addressee=None if target.comment == reply.reading.comment.parent else target,
            ),
            comments_aimed_at(target.comment, quoted, target_by_id),
        )


def part_of_reading(reading: Reading, start: int, end: int) -> Reading:
    """The reading of the sentences from start to end alone."""
    return replace(
        reading, sentences=tuple(sentence for sentence in reading.sentences if start <= sentence.start < end)
    )


def comments_aimed_at(
    comment: str, quoted: Sequence[Quote], target_by_id: Mapping[str, TargetComment]
) -> list[TargetComment]:
    """The comment replied to, then those that are quoted."""
    names = [comment, *(quote.comment for quote in quoted if quote.comment is not None)]
    return [target_by_id[name] for name in dict.fromkeys(names) if name in target_by_id]


def note_addressees(comment: Comment, addressees: Sequence[Addressee], ledger: Ledger) -> None:
    """Adds a plain Reply to each comment that is addressed, but the parent; what is said there are other moves."""
    for addressee in distinct_beside_parent(addressees, comment.parent):
        ledger.move(
            Kind.REPLY,
            addressee.words,
            CommentRef(addressee.comment),
            addressee.comment,
            Grounds(
                evidence=addressee.words,
                author=comment.author,
                confidence=addressee.remaining_sureness(sureness_by_rule(1.0)).value
                if addressee.odds is None
                else addressee.odds.probability,
                method=Method.RULE if addressee.odds is None else Method.MODEL,
                cue=addressee.cue,
                explanation=None
                if addressee.odds is None
                else addressee_explanation(addressee.odds, likeliest=addressee.is_aimed_at),
            ),
        )


def distinct_beside_parent(addressees: Sequence[Addressee], parent: str | None) -> Iterator[Addressee]:
    """The first to each comment but the parent."""
    done = {parent}
    for addressee in addressees:
        if addressee.comment not in done:
            done.add(addressee.comment)
            yield addressee

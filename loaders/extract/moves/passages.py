"""Replies to several objections: what answers one of a passage answers the passage, and paragraphs answer in order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rejoinder.loaders.extract.moves.consenting import add_clarification
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.reply_points import (
    GRANTING_ACTS,
    ReplyPoint,
    agreement_phrase,
    opens_with_agreement,
    owes_answer,
)
from rejoinder.loaders.extract.moves.settling import grants_partly
from rejoinder.loaders.extract.weighing.situation import Reply
from rejoinder.loaders.extract.weighing.targets import POINTED_AT, touches, words_reacted_to
from rejoinder.loaders.extract.weighing.verdicts import Deed
from rejoinder.records import ChosenBy, MoveRef

CLOSE_SHARE = 0.25  # share of words from which a point is about one sentence alone
LEAST_PARAGRAPHS = 3  # paragraphs at least of a reply that goes through as many of the comment above
CURT_WORDS = 3  # words of what grants and says no more
BRIEF_POINTS = 5  # points of a reply that answers a passage as a whole
FEW_OBJECTIONS = 3  # objections of a comment that a brief reply of any kind answers somehow


def names_paragraph(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """True if the point names the topic of one of several paragraphs that object."""
    if reply_point.choice.chosen_by != ChosenBy.TOPIC:
        return False
    return (
        len(
            {
                paragraph_number(other, reply_point, ledger)
                for other in ledger.objections_in(reply_point.choice.comment.id)
            }
        )
        > 1
    )


def is_answered(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """True if the reply answers the objection that the point is about."""
    return reply_point.objection is not None and reply_point.objection.id in ledger.target_moves_by_comment.get(
        reply_point.sentence.comment, ()
    )


def answer_passages(reply_points: Sequence[ReplyPoint], ledger: Ledger) -> None:
    """Adds unsure Clarifications of the other objections of the paragraphs in which a brief reply answers one.

    Whoever answers does so, but not who is about the one sentence: by quoting or numbering it, by many words that both
    share, or by granting it by name. Who quotes several objections at once, and answers one,
    answers all, and who names the number of a paragraph, or its topic where others object, too, answers all of it.
    """
    for point in reply_points:
        if point.choice.chosen_by == ChosenBy.QUOTE:
            clarify_all(point, aimed_at_quoted(point, ledger), ledger)
        elif point.choice.chosen_by == ChosenBy.NUMBER or names_paragraph(point, ledger):
            clarify_all(point, aimed_at_paragraph(point, ledger), ledger)
    for point in reply_points if len(reply_points) <= BRIEF_POINTS else ():
        if (
            point.choice.chosen_by not in POINTED_AT
            and point.choice.share <= CLOSE_SHARE
            and not grants_by_name(point, ledger)
        ):
            clarify_all(point, aimed_at_paragraph(point, ledger), ledger)


def add_vague_answers(reply_points: Sequence[ReplyPoint], done: Sequence[Deed], ledger: Ledger) -> None:
    """Adds unsure Clarifications of what a brief comment objects to, where a brief reply says something else than that
    it agrees, or asks.

    Such a reply answers somehow, whoever makes it: of those objections in labelled threads that got one, and no other,
    one of three was open by the labels. To call it silence would accuse somebody falsely.
    """
    if not reply_points or len(reply_points) > BRIEF_POINTS or has_guessed_parent(reply_points[0].reply):
        return
    raised = ledger.objections_in(reply_points[0].choice.comment.id)
    if (
        not 0 < len(raised) <= FEW_OBJECTIONS
        or set(done) <= {Deed.ASK}
        or ledger.target_moves_by_comment.get(reply_points[0].sentence.comment)
    ):
        return  # it answers a question, or one of these
    if any(agrees_plainly(point) for point in reply_points):
        return
    closest = max(reply_points, key=lambda point: point.choice.share)
    for objection in raised:
        if not ledger.is_move_by(objection, closest.author):
            add_clarification(replace(closest, objection=objection), ledger)


def has_guessed_parent(reply: Reply) -> bool:
    """True if what it answers is not loaded, or only likely what it answers."""
    return reply.unseen or (reply.addressee is not None and reply.addressee.odds is not None)


def agrees_plainly(reply_point: ReplyPoint) -> bool:
    """True if clear words of the point agree."""
    return (
        opens_with_agreement(reply_point.sentence)
        or agreement_phrase(reply_point.sentence, reply_point.reply.by_starter) is not None
    )


def clarify_all(reply_point: ReplyPoint, others: Iterable[ReplyPoint], ledger: Ledger) -> None:
    """Adds unsure Clarifications of the other objections, where the point answers one."""
    if is_answered(reply_point, ledger):
        for other in others:
            if not is_answered(other, ledger):
                add_clarification(other, ledger)


def grants_by_name(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """True if the point grants something, and says what, or turns against the rest: more than "Fair point."."""
    if GRANTING_ACTS.isdisjoint(reply_point.sentence.acts):
        return False
    return len(reply_point.sentence.words) > CURT_WORDS or grants_partly(reply_point, ledger)


def aimed_at_quoted(reply_point: ReplyPoint, ledger: Ledger) -> Iterator[ReplyPoint]:
    """The point, as about each other objection in what it quotes."""
    quoted = words_reacted_to(reply_point.point, reply_point.reply.quotes)
    for other in ledger.objections_in(reply_point.choice.comment.id) if quoted is not None else ():
        evidence = ledger.moves[other.id].evidence[0]
        if quoted is not None and other != reply_point.objection and touches(evidence, quoted):
            yield replace(reply_point, objection=other)


def aimed_at_paragraph(reply_point: ReplyPoint, ledger: Ledger) -> Iterator[ReplyPoint]:
    """The point, as about each other objection in the paragraph of the one that it is about."""
    mine = None if reply_point.objection is None else paragraph_number(reply_point.objection, reply_point, ledger)
    for other in ledger.objections_in(reply_point.choice.comment.id):
        if other != reply_point.objection and paragraph_number(other, reply_point, ledger) == mine:
            yield replace(reply_point, objection=other)


def paragraph_number(objection: MoveRef, reply_point: ReplyPoint, ledger: Ledger) -> int:
    """The number of the block that an objection of the comment replied to begins in."""
    start = ledger.moves[objection.id].evidence[0].start
    return bisect_right(reply_point.reply.parent.blocks, start, key=lambda block: block.start)


def answer_in_order(reply_points: Sequence[ReplyPoint], ledger: Ledger) -> None:
    """Adds unsure Clarifications where a reply has as many paragraphs as object above: it goes through them in order.

    Not where it quotes or numbers, or a point shares many words with an objection of another paragraph than its own.
    """
    ours = [list(points) for _, points in groupby(reply_points, lambda point: point.sentence.block)]
    if len(ours) < LEAST_PARAGRAPHS or any(point.choice.chosen_by in POINTED_AT for point in reply_points):
        return
    above, of = ledger.objections_in(reply_points[0].choice.comment.id), reply_points[0]
    theirs = {
        block: list(move_refs)
        for block, move_refs in groupby(above, lambda move_ref: paragraph_number(move_ref, of, ledger))
    }
    if len(theirs) != len(ours):
        return
    pairs = list(zip(ours, theirs.items(), strict=True))
    if any(is_about_other_paragraph(point, block, ledger) for points, (block, _) in pairs for point in points):
        return
    for points, (_, objections) in pairs:
        for objection in objections:
            aimed_point = replace(points[0], objection=objection)
            if (
                owes_answer(aimed_point, ledger)
                and not aimed_point.sentence.asks
                and not is_answered(aimed_point, ledger)
            ):
                add_clarification(aimed_point, ledger)


def is_about_other_paragraph(reply_point: ReplyPoint, block: int, ledger: Ledger) -> bool:
    """True if a point shares many words with an objection of another paragraph than this."""
    return (
        reply_point.objection is not None
        and reply_point.choice.share > CLOSE_SHARE
        and paragraph_number(reply_point.objection, reply_point, ledger) != block
    )

"""Replies to several objections: what answers one of a passage answers the passage, and paragraphs answer in order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rejoinder.loaders.extract.moves.consenting import add_clarification
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.said import (
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


def names_paragraph(one: ReplyPoint, ledger: Ledger) -> bool:
    """True if the point names the topic of one of several paragraphs that object."""
    if one.choice.how != ChosenBy.TOPIC:
        return False
    return len({paragraph_number(other, one, ledger) for other in ledger.objections_in(one.choice.comment.id)}) > 1


def is_answered(one: ReplyPoint, ledger: Ledger) -> bool:
    """True if the reply answers the objection that the point is about."""
    return one.objection is not None and one.objection.id in ledger.aims.get(one.first.comment, ())


def answer_passages(made: Sequence[ReplyPoint], ledger: Ledger) -> None:
    """Adds unsure Clarifications of the other objections of the paragraphs in which a brief reply answers one.

    Whoever answers does so, but not who is about the one sentence: by quoting or numbering it, by many words that both
    share, or by granting it by name. Who quotes several objections at once, and answers one,
    answers all, and who names the number of a paragraph, or its topic where others object, too, answers all of it.
    """
    for one in made:
        if one.choice.how == ChosenBy.QUOTE:
            clarify_all(one, aimed_at_quoted(one, ledger), ledger)
        elif one.choice.how == ChosenBy.NUMBER or names_paragraph(one, ledger):
            clarify_all(one, aimed_at_paragraph(one, ledger), ledger)
    for one in made if len(made) <= BRIEF_POINTS else ():
        if one.choice.how not in POINTED_AT and one.choice.share <= CLOSE_SHARE and not grants_by_name(one, ledger):
            clarify_all(one, aimed_at_paragraph(one, ledger), ledger)


def add_vague_answers(made: Sequence[ReplyPoint], done: Sequence[Deed], ledger: Ledger) -> None:
    """Adds unsure Clarifications of what a brief comment objects to, where a brief reply says something else than that
    it agrees, or asks.

    Such a reply answers somehow, whoever makes it: of those objections in labelled threads that got one, and no other,
    one of three was open by the labels. To call it silence would accuse somebody falsely.
    """
    if not made or len(made) > BRIEF_POINTS or has_guessed_parent(made[0].reply):
        return
    raised = ledger.objections_in(made[0].choice.comment.id)
    if not 0 < len(raised) <= FEW_OBJECTIONS or set(done) <= {Deed.ASK} or ledger.aims.get(made[0].first.comment):
        return  # it answers a question, or one of these
    if any(agrees_plainly(one) for one in made):
        return
    closest = max(made, key=lambda one: one.choice.share)
    for objection in raised:
        if not ledger.by(objection, closest.author):
            add_clarification(replace(closest, objection=objection), ledger)


def has_guessed_parent(reply: Reply) -> bool:
    """True if what it answers is not loaded, or only likely what it answers."""
    return reply.unseen or (reply.addressee is not None and reply.addressee.odds is not None)


def agrees_plainly(one: ReplyPoint) -> bool:
    """True if clear words of the point agree."""
    return opens_with_agreement(one.first) or agreement_phrase(one.first, one.reply.by_starter) is not None


def clarify_all(one: ReplyPoint, others: Iterable[ReplyPoint], ledger: Ledger) -> None:
    """Adds unsure Clarifications of the other objections, where the point answers one."""
    if is_answered(one, ledger):
        for other in others:
            if not is_answered(other, ledger):
                add_clarification(other, ledger)


def grants_by_name(one: ReplyPoint, ledger: Ledger) -> bool:
    """True if the point grants something, and says what, or turns against the rest: more than "Fair point."."""
    if GRANTING_ACTS.isdisjoint(one.first.acts):
        return False
    return len(one.first.said) > CURT_WORDS or grants_partly(one, ledger)


def aimed_at_quoted(one: ReplyPoint, ledger: Ledger) -> Iterator[ReplyPoint]:
    """The point, as about each other objection in what it quotes."""
    quoted = words_reacted_to(one.point, one.reply.quotes)
    for other in ledger.objections_in(one.choice.comment.id) if quoted is not None else ():
        evidence = ledger.moves[other.id].evidence[0]
        if quoted is not None and other != one.objection and touches(evidence, quoted):
            yield replace(one, objection=other)


def aimed_at_paragraph(one: ReplyPoint, ledger: Ledger) -> Iterator[ReplyPoint]:
    """The point, as about each other objection in the paragraph of the one that it is about."""
    mine = None if one.objection is None else paragraph_number(one.objection, one, ledger)
    for other in ledger.objections_in(one.choice.comment.id):
        if other != one.objection and paragraph_number(other, one, ledger) == mine:
            yield replace(one, objection=other)


def paragraph_number(objection: MoveRef, one: ReplyPoint, ledger: Ledger) -> int:
    """The number of the block that an objection of the comment replied to begins in."""
    start = ledger.moves[objection.id].evidence[0].start
    return bisect_right(one.reply.parent.blocks, start, key=lambda block: block.start)


def answer_in_order(made: Sequence[ReplyPoint], ledger: Ledger) -> None:
    """Adds unsure Clarifications where a reply has as many paragraphs as object above: it goes through them in order.

    Not where it quotes or numbers, or a point shares many words with an objection of another paragraph than its own.
    """
    ours = [list(points) for _, points in groupby(made, lambda one: one.first.block)]
    if len(ours) < LEAST_PARAGRAPHS or any(one.choice.how in POINTED_AT for one in made):
        return
    above, of = ledger.objections_in(made[0].choice.comment.id), made[0]
    theirs = {block: list(each) for block, each in groupby(above, lambda one: paragraph_number(one, of, ledger))}
    if len(theirs) != len(ours):
        return
    pairs = list(zip(ours, theirs.items(), strict=True))
    if any(is_about_other_paragraph(one, block, ledger) for points, (block, _) in pairs for one in points):
        return
    for points, (_, objections) in pairs:
        for objection in objections:
            one = replace(points[0], objection=objection)
            if owes_answer(one, ledger) and not one.first.asks and not is_answered(one, ledger):
                add_clarification(one, ledger)


def is_about_other_paragraph(one: ReplyPoint, block: int, ledger: Ledger) -> bool:
    """True if a point shares many words with an objection of another paragraph than this."""
    return (
        one.objection is not None
        and one.choice.share > CLOSE_SHARE
        and paragraph_number(one.objection, one, ledger) != block
    )

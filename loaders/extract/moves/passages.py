"""Replies to several objections: what answers one of a passage answers the passage, and paragraphs answer in order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rejoinder.loaders.extract.moves.consenting import clarify
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.said import GRANTING, Said, agreeing, owes, says_so
from rejoinder.loaders.extract.moves.settling import partly
from rejoinder.loaders.extract.weighing.situation import Reply
from rejoinder.loaders.extract.weighing.targets import POINTED, governing, touches
from rejoinder.loaders.extract.weighing.verdicts import Deed
from rejoinder.records import ChosenBy, MoveRef

CLOSE = 0.25  # share of words from which a point is about one sentence alone
IN_ORDER = 3  # paragraphs at least of a reply that goes through as many of the comment above
CURT = 3  # words of what grants and says no more
BRIEF = 5  # points of a reply that answers a passage as a whole
FEW = 3  # objections of a comment that a brief reply of any kind answers somehow


def names_paragraph(one: Said, ledger: Ledger) -> bool:
    """True if the point names the topic of one of several paragraphs that object."""
    if one.choice.how != ChosenBy.TOPIC:
        return False
    return len({paragraph(other, one, ledger) for other in ledger.objections_in(one.choice.comment.id)}) > 1


def answered(one: Said, ledger: Ledger) -> bool:
    """True if the reply answers the objection that the point is about."""
    return one.objection is not None and one.objection.id in ledger.aims.get(one.first.comment, ())


def answer_passages(made: Sequence[Said], ledger: Ledger) -> None:
    """Adds unsure Clarifications of the other objections of the paragraphs in which a brief reply answers one.

    Whoever answers does so, but not who is about the one sentence: by quoting or numbering it, by many words that both
    share, or by granting it by name. Who quotes several objections at once, and answers one,
    answers all, and who names the number of a paragraph, or its topic where others object, too, answers all of it.
    """
    for one in made:
        if one.choice.how == ChosenBy.QUOTE:
            answer_all(one, quoted_beside(one, ledger), ledger)
        elif one.choice.how == ChosenBy.NUMBER or names_paragraph(one, ledger):
            answer_all(one, beside(one, ledger), ledger)
    for one in made if len(made) <= BRIEF else ():
        if one.choice.how not in POINTED and one.choice.share <= CLOSE and not grants_by_name(one, ledger):
            answer_all(one, beside(one, ledger), ledger)


def answer_somehow(made: Sequence[Said], done: Sequence[Deed], ledger: Ledger) -> None:
    """Adds unsure Clarifications of what a brief comment objects to, where a brief reply says something else than that
    it agrees, or asks.

    Such a reply answers somehow, whoever makes it: of those objections in labelled threads that got one, and no other,
    one of three was open by the labels. To call it silence would accuse somebody falsely.
    """
    if not made or len(made) > BRIEF or is_guessed(made[0].reply):
        return
    raised = ledger.objections_in(made[0].choice.comment.id)
    if not 0 < len(raised) <= FEW or set(done) <= {Deed.ASK} or ledger.aims.get(made[0].first.comment):
        return  # it answers a question, or one of these
    if any(speaks_plainly(one) for one in made):
        return
    closest = max(made, key=lambda one: one.choice.share)
    for objection in raised:
        if not ledger.by(objection, closest.author):
            clarify(replace(closest, objection=objection), ledger)


def is_guessed(reply: Reply) -> bool:
    """True if what it answers is not loaded, or only likely what it answers."""
    return reply.unseen or (reply.addressee is not None and reply.addressee.likely is not None)


def speaks_plainly(one: Said) -> bool:
    """True if clear words of the point agree."""
    return says_so(one.first) or agreeing(one.first, one.reply.by_starter) is not None


def answer_all(one: Said, others: Iterable[Said], ledger: Ledger) -> None:
    """Adds unsure Clarifications of the other objections, where the point answers one."""
    if answered(one, ledger):
        for other in others:
            if not answered(other, ledger):
                clarify(other, ledger)


def grants_by_name(one: Said, ledger: Ledger) -> bool:
    """True if the point grants something, and says what, or turns against the rest: more than "Fair point."."""
    if GRANTING.isdisjoint(one.first.acts):
        return False
    return len(one.first.said) > CURT or partly(one, ledger)


def quoted_beside(one: Said, ledger: Ledger) -> Iterator[Said]:
    """The point, as about each other objection in what it quotes."""
    quoted = governing(one.point, one.reply.quotes)
    for other in ledger.objections_in(one.choice.comment.id) if quoted is not None else ():
        evidence = ledger.moves[other.id].evidence[0]
        if quoted is not None and other != one.objection and touches(evidence, quoted):
            yield replace(one, objection=other)


def beside(one: Said, ledger: Ledger) -> Iterator[Said]:
    """The point, as about each other objection in the paragraph of the one that it is about."""
    mine = None if one.objection is None else paragraph(one.objection, one, ledger)
    for other in ledger.objections_in(one.choice.comment.id):
        if other != one.objection and paragraph(other, one, ledger) == mine:
            yield replace(one, objection=other)


def paragraph(objection: MoveRef, one: Said, ledger: Ledger) -> int:
    """The number of the block that an objection of the comment replied to begins in."""
    start = ledger.moves[objection.id].evidence[0].start
    return bisect_right(one.reply.parent.blocks, start, key=lambda block: block.start)


def answer_in_order(made: Sequence[Said], ledger: Ledger) -> None:
    """Adds unsure Clarifications where a reply has as many paragraphs as object above: it goes through them in order.

    Not where it quotes or numbers, or a point shares many words with an objection of another paragraph than its own.
    """
    ours = [list(points) for _, points in groupby(made, lambda one: one.first.block)]
    if len(ours) < IN_ORDER or any(one.choice.how in POINTED for one in made):
        return
    above, of = ledger.objections_in(made[0].choice.comment.id), made[0]
    theirs = {block: list(each) for block, each in groupby(above, lambda one: paragraph(one, of, ledger))}
    if len(theirs) != len(ours):
        return
    pairs = list(zip(ours, theirs.items(), strict=True))
    if any(elsewhere(one, block, ledger) for points, (block, _) in pairs for one in points):
        return
    for points, (_, objections) in pairs:
        for objection in objections:
            one = replace(points[0], objection=objection)
            if owes(one, ledger) and not one.first.asks and not answered(one, ledger):
                clarify(one, ledger)


def elsewhere(one: Said, block: int, ledger: Ledger) -> bool:
    """True if a point shares many words with an objection of another paragraph than this."""
    return one.objection is not None and one.choice.share > CLOSE and paragraph(one.objection, one, ledger) != block

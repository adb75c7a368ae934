"""Brief replies to a passage that objects in several sentences: what answers one of them answers the passage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rejoinder.loaders.extract.consenting import clarify
from rejoinder.loaders.extract.moves import Ledger
from rejoinder.loaders.extract.said import GRANTING, Said, owes
from rejoinder.loaders.extract.targets import POINTED, governing, touches
from rejoinder.records import ChosenBy, MoveRef

CLOSE = 0.25  # share of words from which a point is about one sentence alone
BRIEF = 5  # points of a reply that answers a passage as a whole


def answered(one: Said, ledger: Ledger) -> bool:
    """True if the reply answers the objection that the point is about."""
    return one.objection is not None and one.objection.id in ledger.aims.get(one.first.comment, ())


def answer_passages(made: Sequence[Said], ledger: Ledger) -> None:
    """Adds unsure Clarifications of the other objections of the paragraphs in which a brief reply answers one.

    Only whom they are addressed to answers so, and not who is about the one sentence: by quoting or numbering it, by
    many words that both share, or by granting it. Who quotes several objections at once, and answers one, answers all.
    """
    answer_quoted(made, ledger)
    able = [one for one in made if one.choice.share <= CLOSE and GRANTING.isdisjoint(one.first.acts)]
    able = [one for one in able if one.choice.how not in POINTED]
    for one in able if len(made) <= BRIEF else ():
        if not (owes(one, ledger) and answered(one, ledger)):
            continue
        for other in beside(one, ledger):
            if not answered(other, ledger):
                clarify(other, ledger)


def answer_quoted(made: Sequence[Said], ledger: Ledger) -> None:
    """Adds unsure Clarifications of the other objections in a quotation of which one is answered."""
    for one in made:
        if one.choice.how == ChosenBy.QUOTE and owes(one, ledger) and answered(one, ledger):
            for other in quoted_beside(one, ledger):
                if not answered(other, ledger):
                    clarify(other, ledger)


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

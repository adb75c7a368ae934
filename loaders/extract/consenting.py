"""The agreement of a reply: concessions, supports, answers and clarifications, with or without words that say so."""

from __future__ import annotations

import math

from rejoinder.loaders.extract import acts
from rejoinder.loaders.extract.making import UNSAID, UNSURE, add
from rejoinder.loaders.extract.moves import Ledger
from rejoinder.loaders.extract.said import Said, owes
from rejoinder.records import Kind, Method

GIVING_IN = frozenset(
    (
        "fair enough",
        "point taken",
        "i stand corrected",
        "i was wrong",
        "my mistake",
        "i concede",
        "fair point",
        "sorry",
        "good point",
        "i see your point",
        "changed my mind",
        "changed my view",
        "i admit",
        "agreed",
        "granted",
        "i apologize",
        "my bad",
        "i missed",
        "i had not considered",
        "i hadn't considered",
    )
)
UNSPOKEN = "no objection"  # the cue of agreement that no word shows
REPLIED = 0.35  # confidence that a reply of the addressee answers, of which nothing else is known
OPENING = 2  # points of a reply that begin it
CONCEDING_WORDS = 45


def agree(one: Said, cue: str, ledger: Ledger) -> bool:
    """Adds a Concession by whom the objection is addressed to, or to a comment whose objection is not loaded.

    Anybody else who agrees supports: a bystander's "fair enough" answers nothing.
    """
    sure = math.sqrt(one.whole.agrees * one.verdict.agreeing)
    if one.objection is not None:
        return add(Kind.CONCESSION if owes(one, ledger) else Kind.SUPPORT, one, sure, Method.RULE, cue, ledger)
    opens = one.point in one.reply.points[:OPENING] and len(one.reply.reading.said) <= CONCEDING_WORDS
    if cue in GIVING_IN or (opens and acts.addresses(one.first) and "contrast" not in one.first.acts):
        return add(Kind.CONCESSION, one, sure, Method.RULE, cue, ledger, whole=True)
    return add(Kind.SUPPORT, one, sure, Method.RULE, cue, ledger)


def willing(one: Said, ledger: Ledger) -> bool:
    """Adds an Answer to who only asked, a Clarification, else an unsure consent, if it opens a passage."""
    cue = one.first.cue("clarify", "answer")
    if cue is not None and one.objection is not None:
        return add(Kind.CLARIFICATION, one, one.verdict.agreeing, Method.RULE, cue.phrase, ledger)
    if one.point.place > 0:
        return False
    if ledger.question_of(one.choice.comment.id) is not None:
        return add(Kind.ANSWER, one, max(0.55, one.verdict.agreeing), Method.STRUCTURAL, "reply to a question", ledger)
    return consent(one, ledger)


def consent(one: Said, ledger: Ledger) -> bool:
    """Adds an unsure Support, or Concession by the addressee, of what agrees without saying so."""
    kind = Kind.CONCESSION if owes(one, ledger) else Kind.SUPPORT
    sure = UNSAID * math.sqrt(one.whole.agrees * one.verdict.agreeing)
    return add(kind, one, sure, Method.MODEL, UNSPOKEN, ledger, most=UNSURE)


def clarify(one: Said, ledger: Ledger) -> bool:
    """Adds an unsure Clarification by whom an objection was addressed to."""
    return add(Kind.CLARIFICATION, one, REPLIED, Method.STRUCTURAL, "reply by the addressee", ledger, most=REPLIED)

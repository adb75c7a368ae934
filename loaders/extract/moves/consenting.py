"""The agreement of a reply: concessions, supports, answers and clarifications, with or without words that say so."""

from __future__ import annotations

from rejoinder.loaders.extract.model.sureness import StepKind, sureness_by_rule
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.making import REPLY_SURE, UNSURE_AT_MOST, UpperBound, add_point_move
from rejoinder.loaders.extract.moves.said import ReplyPoint, opening_confidence, owes_answer
from rejoinder.loaders.extract.moves.settling import conceded_points, grants_partly
from rejoinder.loaders.extract.points import acts
from rejoinder.loaders.extract.weighing.verdicts import Deed
from rejoinder.records import Kind, Method

GIVING_IN_PHRASES = frozenset(
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
        "you got me there",
        "you've got me there",
        "that's me convinced",
        "consider me convinced",
        "i'm convinced",
        "i hadn't thought of",
        "i had not thought of",
        "i see the point",
        "delta",
        "δ",
        "∆",
        "here's a delta",
        "have a delta",
        "get a delta",
        "deserves a delta",
        "touché",
        "fair cop",
        "guilty as charged",
        "mea culpa",
        "my apologies",
        "you win",
        "conceded",
        "i'll concede",
        "i'll grant you",
        "i'll grant that",
        "i'll give you that",
        "you convinced me",
        "you've convinced me",
        "you have convinced me",
        "you've changed my mind",
        "you have changed my mind",
        "you changed my mind",
        "you've changed my view",
        "you have changed my view",
        "you changed my view",
        "touche",
    )
)
UNSPOKEN_CUE = "no objection"  # the cue of agreement that no word shows
OPENING_POINTS = 2  # points of a reply that begin it
CONCEDING_WORDS = 45


def add_agreement(one: ReplyPoint, cue: str, ledger: Ledger) -> bool:
    """Adds a Concession by whom the objection is addressed to, or to a comment whose objection is not loaded.

    Anybody else who agrees supports: a bystander's "fair enough" answers nothing.
    """
    if one.objection is not None and not owes_answer(one, ledger):
        return add_point_move(Kind.SUPPORT, one, Method.RULE, cue, ledger, least=agreement_confidence(one))
    if one.objection is not None:
        most = UpperBound(StepKind.PARTLY, UNSURE_AT_MOST) if grants_partly(one, ledger) else None
        return all(add_concession(each, cue, ledger, most) for each in conceded_points(one, ledger))
    opens = one.point in one.reply.points[:OPENING_POINTS] and len(one.reply.reading.said) <= CONCEDING_WORDS
    to_other_side = acts.addresses_reader(one.first) and "contrast" not in one.first.acts and "agree" not in cue
    gives_in = cue in GIVING_IN_PHRASES or "withdraw" in one.first.acts
    if gives_in or (opens and to_other_side):
        return add_point_move(
            Kind.CONCESSION, one, Method.RULE, cue, ledger, whole=True, least=agreement_confidence(one)
        )
    return add_point_move(Kind.SUPPORT, one, Method.RULE, cue, ledger, least=agreement_confidence(one))


def add_concession(one: ReplyPoint, cue: str, ledger: Ledger, most: UpperBound | None = None) -> bool:
    """Adds a Concession of an objection."""
    return add_point_move(Kind.CONCESSION, one, Method.RULE, cue, ledger, least=agreement_confidence(one), most=most)


def agreement_confidence(one: ReplyPoint) -> float:
    """How sure the agreement of a sentence is that says hardly more, 0 if it does."""
    return opening_confidence(one.first, "agree", "concede", "withdraw", "done")


def add_willing_reply(one: ReplyPoint, ledger: Ledger) -> bool:
    """Adds an Answer to who only asked, a Clarification, else an unsure consent, if it opens a passage."""
    cue = one.first.cue("clarify", "answer")
    if cue is not None and one.objection is not None:
        return add_point_move(Kind.CLARIFICATION, one, Method.RULE, cue.phrase, ledger)
    if one.point.place > 0:
        return False
    if ledger.question_of(one.choice.comment.id) is not None:
        return add_point_move(Kind.ANSWER, one, Method.STRUCTURAL, "reply to a question", ledger)
    return add_unspoken_agreement(one, ledger)


def add_unspoken_agreement(one: ReplyPoint, ledger: Ledger) -> bool:
    """Adds an unsure Support, or Concession by the addressee, of what agrees without saying so.

    With what is not loaded nobody agrees without a word: next to all that is said of it would.
    """
    if one.reply.unseen:
        return False
    answers = one.verdict.deed == Deed.ANSWER
    kind = Kind.SUPPORT if not owes_answer(one, ledger) else Kind.CLARIFICATION if answers else Kind.CONCESSION
    return add_point_move(
        kind, one, Method.MODEL, UNSPOKEN_CUE, ledger, most=UpperBound(StepKind.UNSPOKEN, UNSURE_AT_MOST)
    )


def add_clarification(one: ReplyPoint, ledger: Ledger) -> bool:
    """Adds an unsure Clarification of an objection."""
    cue = "reply by the addressee" if owes_answer(one, ledger) else "reply by somebody else"
    return add_point_move(Kind.CLARIFICATION, one, Method.STRUCTURAL, cue, ledger, sure=sureness_by_rule(REPLY_SURE))

"""The agreement of a reply: concessions, supports, answers and clarifications, with or without words that say so."""

from __future__ import annotations

from rejoinder.loaders.extract.model.sureness import StepKind, sureness_by_rule
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.making import REPLY_SURE, UNSURE_AT_MOST, UpperBound, add_point_move
from rejoinder.loaders.extract.moves.reply_points import ReplyPoint, opening_confidence, owes_answer
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


def add_agreement(reply_point: ReplyPoint, cue: str, ledger: Ledger) -> bool:
    """Adds a Concession by whom the objection is addressed to, or to a comment whose objection is not loaded.

    Anybody else who agrees supports: a bystander's "fair enough" answers nothing.
    """
    sure = agreement_confidence(reply_point)
    if reply_point.objection is not None and not owes_answer(reply_point, ledger):
        return add_point_move(Kind.SUPPORT, reply_point, Method.RULE, cue, ledger, least=sure)
    if reply_point.objection is not None:
        most = UpperBound(StepKind.PARTLY, UNSURE_AT_MOST) if grants_partly(reply_point, ledger) else None
        return all(add_concession(conceded, cue, ledger, most) for conceded in conceded_points(reply_point, ledger))
    sentence, reply = reply_point.sentence, reply_point.reply
    opens = reply_point.point in reply.points[:OPENING_POINTS] and len(reply.reading.words) <= CONCEDING_WORDS
    to_other_side = acts.addresses_reader(sentence) and "contrast" not in sentence.acts and "agree" not in cue
    gives_in = cue in GIVING_IN_PHRASES or "withdraw" in sentence.acts
    if gives_in or (opens and to_other_side):
        return add_point_move(Kind.CONCESSION, reply_point, Method.RULE, cue, ledger, at_comment=True, least=sure)
    return add_point_move(Kind.SUPPORT, reply_point, Method.RULE, cue, ledger, least=sure)


def add_concession(reply_point: ReplyPoint, cue: str, ledger: Ledger, most: UpperBound | None = None) -> bool:
    """Adds a Concession of an objection."""
    return add_point_move(
        Kind.CONCESSION, reply_point, Method.RULE, cue, ledger, least=agreement_confidence(reply_point), most=most
    )


def agreement_confidence(reply_point: ReplyPoint) -> float:
    """How sure the agreement of a sentence is that says hardly more, 0 if it does."""
    return opening_confidence(reply_point.sentence, "agree", "concede", "withdraw", "done")


def add_willing_reply(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """Adds an Answer to who only asked, a Clarification, else an unsure consent, if it opens a passage."""
    cue = reply_point.sentence.cue("clarify", "answer")
    if cue is not None and reply_point.objection is not None:
        return add_point_move(Kind.CLARIFICATION, reply_point, Method.RULE, cue.phrase, ledger)
    if reply_point.point.place > 0:
        return False
    if ledger.question_of(reply_point.choice.comment.id) is not None:
        return add_point_move(Kind.ANSWER, reply_point, Method.STRUCTURAL, "reply to a question", ledger)
    return add_unspoken_agreement(reply_point, ledger)


def add_unspoken_agreement(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """Adds an unsure Support, or Concession by the addressee, of what agrees without saying so.

    With what is not loaded nobody agrees without a word: next to all that is said of it would.
    """
    if reply_point.reply.unseen:
        return False
    answers = reply_point.verdict.deed == Deed.ANSWER
    kind = Kind.SUPPORT if not owes_answer(reply_point, ledger) else Kind.CLARIFICATION if answers else Kind.CONCESSION
    return add_point_move(
        kind, reply_point, Method.MODEL, UNSPOKEN_CUE, ledger, most=UpperBound(StepKind.UNSPOKEN, UNSURE_AT_MOST)
    )


def add_clarification(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """Adds an unsure Clarification of an objection."""
    cue = "reply by the addressee" if owes_answer(reply_point, ledger) else "reply by somebody else"
    return add_point_move(
        Kind.CLARIFICATION, reply_point, Method.STRUCTURAL, cue, ledger, sure=sureness_by_rule(REPLY_SURE)
    )

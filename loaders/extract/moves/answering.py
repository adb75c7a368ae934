"""Answers to questions: whether a point replies to one, and whether a yes or no to it takes sides."""

from __future__ import annotations

from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.making import add_point_move
from rejoinder.loaders.extract.moves.reply_points import ReplyPoint, says_no
from rejoinder.loaders.extract.moves.settling import next_point
from rejoinder.loaders.extract.points import purposes
from rejoinder.loaders.extract.points.features import OPENERS
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.weighing.targets import POINTED_AT, VAGUELY_CHOSEN
from rejoinder.loaders.extract.weighing.verdicts import Deed
from rejoinder.records import ChosenBy, Kind, Method

ANSWER_CUE = "reply to a question"
# Acts of who is about more than it.
ACTS_BESIDE_ANSWERS = frozenset({"agree", "concede", "withdraw", "done", "disagree", "wrong"})


def refuses_proposal(reply_point: ReplyPoint) -> bool:
    """True if the point says no to a question that proposes something."""
    chosen = reply_point.choice.chosen
    if chosen is None or not chosen.first_sentence.asks or not is_proposal(chosen.first_sentence.words):
        return False
    return says_no(reply_point.sentence)


def answers_question(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """True if the point replies to a question that wants to know something, and does not rather object to it."""
    if names_question(reply_point, ledger):
        return answers_named_question(reply_point)
    if reply_point.objection is not None or not is_about_question(reply_point, ledger):
        return False
    if opens_with_yes_or_no(reply_point, "yes") or opens_with_yes_or_no(reply_point, "no"):
        return True
    among_replies = not reply_point.reply.to_starter or ledger.question_of(reply_point.choice.comment.id) is not None
    return among_replies and reply_point.verdict.deed != Deed.ATTACK


def names_question(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """True if the point quotes or numbers a question that wants to know something, and objects to nothing itself.

    What stands beside that question may well object; an answer to the question says nothing of it.
    """
    pointed = reply_point.choice.chosen_by in POINTED_AT and reply_point.choice.span not in ledger.objections
    return pointed and reply_point.choice.chosen is not None and wants_to_know(reply_point.choice.chosen.first_sentence)


def answers_named_question(reply_point: ReplyPoint) -> bool:
    """True if the point answers the question that it quotes or numbers, rather than to agree or object beside it."""
    if reply_point.choice.chosen_by == ChosenBy.ASKED:
        return True
    if reply_point.point.place == 0 and (opens_with_yes_or_no(reply_point, "yes") or says_no(reply_point.sentence)):
        return True
    if not ACTS_BESIDE_ANSWERS.isdisjoint(reply_point.sentence.acts):
        return False
    if reply_point.verdict.deed == Deed.ANSWER:
        return True
    first = reply_point.point.place == 0 and not reply_point.reply.to_starter
    return first and (reply_point.verdict.deed != Deed.ATTACK or is_last_of_passage(reply_point))


def is_last_of_passage(reply_point: ReplyPoint) -> bool:
    """True if nothing more follows below the quotation."""
    after = next_point(reply_point)
    return after is None or after.place == 0


def is_about_question(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """True if what the point is about is a question, or its comment does nothing but ask."""
    chosen = reply_point.choice.chosen
    if chosen is not None and purposes.is_question(chosen.first_sentence):
        return wants_to_know(chosen.first_sentence)
    return ledger.question_of(reply_point.choice.comment.id) is not None


def wants_to_know(first: Sentence) -> bool:
    """True for a question that neither objects nor proposes nor requests anything."""
    return purposes.is_question(first) and not is_proposal(first.words) and "request" not in first.acts


def is_proposal(words: tuple[str, ...]) -> bool:
    """True for a question that proposes something, so that yes is for it and no against it: "Should we ...?"."""
    return words[:1] in (("should",), ("shall",), ("shouldn't",)) or words[:2] in (("why", "not"), ("how", "about"))


def opens_with_yes_or_no(reply_point: ReplyPoint, word: str) -> bool:
    """True if the point opens with such a word, "yes" or "no"."""
    return reply_point.sentence.words[:1] != () and reply_point.sentence.words[0] in OPENERS[word]


def add_answer(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """Adds an Answer, by the first point of a passage or by one that takes up the question's words."""
    if reply_point.point.place > 0 and reply_point.choice.chosen_by in VAGUELY_CHOSEN:
        return False
    return add_point_move(Kind.ANSWER, reply_point, Method.STRUCTURAL, ANSWER_CUE, ledger)

"""Answers to questions: whether a point replies to one, and whether a yes or no to it takes sides."""

from __future__ import annotations

from rejoinder.loaders.extract import acts
from rejoinder.loaders.extract.features import OPENERS
from rejoinder.loaders.extract.making import add
from rejoinder.loaders.extract.moves import Ledger
from rejoinder.loaders.extract.said import Said, says_no
from rejoinder.loaders.extract.targets import VAGUE
from rejoinder.loaders.extract.verdicts import Deed
from rejoinder.records import Kind, Method

CUE = "reply to a question"


def refuses(one: Said) -> bool:
    """True if the point says no to a question that proposes something."""
    chosen = one.choice.chosen
    if chosen is None or not chosen.first.asks or not proposes(chosen.first.said):
        return False
    return says_no(one.first)


def answers(one: Said, ledger: Ledger) -> bool:
    """True if the point replies to a question that wants to know something, and does not rather object to it."""
    if one.objection is not None or not asked(one, ledger):
        return False
    if opens_with(one, "yes") or opens_with(one, "no"):
        return True
    among_replies = not one.reply.to_starter or ledger.question_of(one.choice.comment.id) is not None
    return among_replies and one.verdict.deed != Deed.ATTACK


def asked(one: Said, ledger: Ledger) -> bool:
    """True if what the point is about is a question, or its comment does nothing but ask."""
    chosen = one.choice.chosen
    if chosen is not None and acts.is_question(chosen.first):
        return not proposes(chosen.first.said) and "request" not in chosen.first.acts
    return ledger.question_of(one.choice.comment.id) is not None


def proposes(said: tuple[str, ...]) -> bool:
    """True for a question that proposes something, so that yes is for it and no against it: "Should we ...?"."""
    return said[:1] in (("should",), ("shall",), ("shouldn't",)) or said[:2] in (("why", "not"), ("how", "about"))


def opens_with(one: Said, word: str) -> bool:
    """True if the point opens with such a word, "yes" or "no"."""
    return one.first.said[:1] != () and one.first.said[0] in OPENERS[word]


def answer(one: Said, ledger: Ledger) -> bool:
    """Adds an Answer, by the first point of a passage or by one that takes up the question's words."""
    if one.point.place > 0 and one.choice.how in VAGUE:
        return False
    return add(Kind.ANSWER, one, Method.STRUCTURAL, CUE, ledger)

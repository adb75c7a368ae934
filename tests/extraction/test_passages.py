"""Brief replies to several sentences: what answers one of a paragraph answers it all, but not other paragraphs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rejoinder.loaders.extract import Rules
from rejoinder.loaders.extract.model.linear import shipped_models
from rejoinder.loaders.extract.moves.passages import BRIEF_POINTS
from rejoinder.records import Kind, MoveRef, with_wider_kinds
from tests.extraction.test_extract import made, thread
from tests.plain_models import plain_models

# What shares no words is about the first claim, as long as a model says.
RULES = Rules(models=replace(shipped_models(), fits=plain_models().fits))
PLAN = "The market should move to the square."
FLOODS = "The square floods every March after the thaw."
NARROW = "There is no way through for the fire engine when the stalls stand in rows."
NO = "We asked the brigade and the keeper of the weir, and neither sees a problem with it."
SAME = "The square has not flooded since the weir was built."
LONG = " ".join([NO, *["Marta keeps the ledger of the weir, and it says so for each year since then."] * BRIEF_POINTS])


def answered(doubts: str, reply: str, authors: str = "ABA") -> list[str]:
    """The sentences of the second comment that the third answers."""
    argument_map = RULES.map(thread(PLAN, doubts, reply, authors=authors))
    objections = {
        move.id: move.evidence[0].exact
        for move in made(argument_map, "1")
        if Kind.OBJECTION in with_wider_kinds(move.kind)
    }
    assert [*objections.values()] == [said for said in (FLOODS, NARROW) if said in doubts]
    aims = {move.target.id for move in made(argument_map, "2") if isinstance(move.target, MoveRef)}
    return [objections[aim] for aim in sorted(aims, key=lambda aim: list(objections).index(aim))]


CASES = {
    "a paragraph": (f"{FLOODS} {NARROW}", NO, "ABA", [FLOODS, NARROW]),
    "one of two paragraphs": (f"{FLOODS}\n\n{NARROW}", NO, "ABA", [FLOODS]),
    "one that is quoted": (f"{FLOODS} {NARROW}", f"> {FLOODS}\n\nNot since the weir was built.", "ABA", [FLOODS]),
    "the number of both": (
        f"1. {FLOODS} {NARROW}\n2. Cheap?",
        "1. Not since the weir was built.",
        "ABA",
        [FLOODS, NARROW],
    ),
    "at length": (f"{FLOODS} {NARROW}", LONG, "ABA", [FLOODS]),
    "one that is granted": (f"{FLOODS} {NARROW}", "Good point about the fire engine.", "ABA", [NARROW]),
    "one that is granted without a name": (
        f"{FLOODS} {NARROW}",
        "Fair point. We asked nobody.",
        "ABA",
        [FLOODS, NARROW],
    ),
    "one that it shares its words with": (f"{FLOODS} {NARROW}", SAME, "ABA", [FLOODS]),
    "by somebody else": (f"{FLOODS} {NARROW}", "That is wrong, Marta asked them.", "ABC", [FLOODS, NARROW]),
}


@pytest.mark.parametrize(("doubts", "reply", "authors", "sentences"), CASES.values(), ids=CASES)
def test_what_a_brief_reply_answers(doubts: str, reply: str, authors: str, sentences: list[str]) -> None:
    assert answered(doubts, reply, authors) == sentences


def test_the_rest_of_a_passage_is_clarified_and_unsure() -> None:
    moves = made(RULES.map(thread(PLAN, f"{FLOODS} {NARROW}", NO)), "2")
    assert Kind.CLARIFICATION in {move.kind for move in moves}
    assert all(move.confidence < 0.5 for move in moves if move.kind == Kind.CLARIFICATION)


SOMEHOW = {
    "somebody tells something": ("We measured it last summer with my brother.", "ABC", {NARROW}),
    "somebody agrees in plain words": ("Exactly, I saw it get stuck there.", "ABC", set()),
    "somebody asks": ("How wide is it?", "ABC", set()),
    "somebody thanks": ("Thanks for telling.", "ABC", set()),
    "its own writer": ("We measured it last summer with my brother.", "ABB", set()),
}


@pytest.mark.parametrize(("reply", "authors", "sentences"), SOMEHOW.values(), ids=SOMEHOW)
def test_a_brief_reply_of_any_kind_answers_somehow(reply: str, authors: str, sentences: set[str]) -> None:
    assert set(answered(NARROW, reply, authors)) == sentences


def test_who_only_likely_answers_a_comment_does_not_answer_somehow() -> None:
    said = thread(PLAN, NARROW, "We measured it last summer with my brother.", authors="ABC").comments
    page = (said[0], *(replace(comment, parent=said[0].id, addressed=False) for comment in said[1:]))
    last = [move for move in RULES.map(replace(thread(PLAN), comments=page)).moves if move.comment == said[2].id]
    assert {(move.kind, move.target_comment) for move in last} == {(Kind.REPLY, "1"), (Kind.SUPPORT, "1")}


BAKERS = "The bakers would lose the customers of the morning."
THREE = f"{FLOODS}\n\n{BAKERS}\n\n{NARROW}"
WEIR = "That was before the weir, and the drains are new."
SEVEN = "I asked seven of them last week, and all would come along. Two want to open an hour earlier."
PACED = "We paced it out with the brigade, who need four metres and get five."
ORDER = {
    "in order": (THREE, f"{WEIR}\n\n{SEVEN}\n\n{PACED}", "ABA", {FLOODS, BAKERS, NARROW}),
    "by somebody else": (THREE, f"{WEIR}\n\n{SEVEN}\n\n{PACED}", "ABC", {FLOODS}),
    "a question among it": (THREE, f"{WEIR}\n\nWho told you so?\n\n{PACED}", "ABA", {FLOODS, NARROW}),
    "fewer paragraphs": (THREE, f"{WEIR}\n\n{PACED}", "ABA", {FLOODS}),
    "out of order": (
        THREE,
        f"The fire engine has turned between the stalls in rows, and that twice.\n\n{SEVEN}\n\n{PACED}",
        "ABA",
        set(),
    ),
}


@pytest.mark.parametrize(("doubts", "reply", "authors", "sentences"), ORDER.values(), ids=ORDER)
def test_a_reply_of_as_many_paragraphs_answers_them_in_order(
    doubts: str, reply: str, authors: str, sentences: set[str]
) -> None:
    argument_map = RULES.map(thread(PLAN, doubts, reply, authors=authors))
    objections = {
        move.id: move.evidence[0].exact
        for move in made(argument_map, "1")
        if Kind.OBJECTION in with_wider_kinds(move.kind)
    }
    assert len(objections) == 3
    moves = [move for move in made(argument_map, "2") if move.kind != Kind.QUESTION]
    answers = [(move.evidence[0].start, move.target.id) for move in moves if isinstance(move.target, MoveRef)]
    by_place = {(reply[:start].count("\n\n"), objections[aim]) for start, aim in answers}
    assert {said for place, said in by_place if said == [FLOODS, BAKERS, NARROW][place]} == sentences

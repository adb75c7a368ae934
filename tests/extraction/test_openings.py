"""What a reply says first: a plain denial stands whatever follows, a question meant as one objects to nothing."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract import extract
from rejoinder.records import Kind, with_wider_kinds
from tests.extraction.test_extract import made, thread

STREET = (
    "We should close the high street to cars on Saturdays. Shops would gain from more people walking, "
    "and the bus could still use the side road."
)
LISTED = 0.5

DENIALS = [
    "I disagree. The bus is slow in winter.",
    "I'm against it. The bus is slow in winter.",
    "I oppose this. My mother cannot walk that far.",
    "Nope. The side road floods.",
    "Strong no from me. Deliveries come on Saturdays.",
    "No. The side road is too narrow for the bus.",
    "Thanks for writing this up. I don't agree. Shops gain nothing from people who carry no bags.",
    "Absolutely not. My shop lives from Saturday parking.",
    "Sorry, I can't support this. Where would the market vans go?",
    "I have doubts. The last trial changed nothing.",
    "Please don't. The side road is all we have left.",
]
QUESTIONS = [
    "What would the right hours have been? Genuinely asking.",
    "Has anyone asked the bus company?",
    "Which side road do you mean?",
    "How long would the trial last? I couldn't find it in the plan.",
    "Do we know how many shops were asked?",
    "Just curious, who counted the shoppers?",
    "Off topic, but who looks after the flower tubs?",
]


@pytest.mark.parametrize("reply", DENIALS)
def test_a_plain_denial_objects_whatever_follows(reply: str) -> None:
    moves = made(extract(thread(STREET, reply)), "1")
    assert any(Kind.OBJECTION in with_wider_kinds(move.kind) and move.confidence >= LISTED for move in moves)


@pytest.mark.parametrize("reply", QUESTIONS)
def test_a_question_that_is_meant_as_one_only_asks(reply: str) -> None:
    moves = made(extract(thread(STREET, reply)), "1")
    assert [move.kind for move in moves] == [Kind.QUESTION]
    assert moves[0].confidence >= LISTED


def test_a_question_after_a_fact_only_asks_among_objections_too() -> None:
    reply = "Where does the figure for the shops come from? No shop I know of would gain. My cousin sells shoes there."
    moves = made(extract(thread(STREET, reply)), "1")
    assert [move.kind for move in moves if move.evidence[0].start == 0] == [Kind.QUESTION]
    assert any(Kind.OBJECTION in with_wider_kinds(move.kind) for move in moves)


@pytest.mark.parametrize("reply", ["Isn't the side road closed until May?", "And what about people who cannot walk?"])
def test_a_question_that_objects_still_does(reply: str) -> None:
    moves = made(extract(thread(STREET, reply)), "1")
    assert any(Kind.OBJECTION in with_wider_kinds(move.kind) for move in moves)


def test_yes_please_agrees_whatever_follows() -> None:
    moves = made(extract(thread(STREET, "Yes please. I would come more often.")), "1")
    assert any(move.kind == Kind.SUPPORT and move.confidence >= LISTED for move in moves)

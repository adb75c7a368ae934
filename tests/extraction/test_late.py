"""Apologies for a late answer answer nothing by themselves; what stands beside them may."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract import extract
from rejoinder.records import Kind
from tests.extraction.test_extract import made, thread

PLAN = "The choir should rehearse in the chapel."
DOUBT = "The chapel has no heating."
NOTHING = [
    "Sorry for the late reply.",
    "Sorry for the late reply!",
    "So sorry for being late to this thread.",
    "Sorry for the delay! I was on holiday.",
    "Apologies for the slow response, will get back to you tomorrow.",
    "Sorry for not answering sooner, I only just saw this.",
    "I apologize for the long wait.",
    "Sorry it took so long.",
    "I'll get back to you on this next week.",
]
ANSWERS = {
    "Sorry, my mistake, I meant the school.": Kind.CONCESSION,
    "Sorry, the heating never crossed my mind.": Kind.CONCESSION,
    "Sorry for the late reply, you're right.": Kind.CONCESSION,
    "Sorry for the late reply. You're right.": Kind.CONCESSION,
    "Sorry for the delay. No, it got a stove in March.": Kind.COUNTER,
}


@pytest.mark.parametrize("reply", NOTHING)
def test_an_apology_for_a_late_answer_answers_nothing(reply: str) -> None:
    assert made(extract(thread(PLAN, DOUBT, reply)), "2") == []


@pytest.mark.parametrize(("reply", "kind"), ANSWERS.items(), ids=ANSWERS)
def test_what_is_said_beside_it_answers(reply: str, kind: Kind) -> None:
    assert [move.kind for move in made(extract(thread(PLAN, DOUBT, reply)), "2")] == [kind]


def test_an_answer_in_the_same_sentence_concedes_nothing() -> None:
    (move,) = made(extract(thread(PLAN, DOUBT, "Sorry for the late reply, it got a stove in March.")), "2")
    assert move.kind != Kind.CONCESSION or move.confidence < 0.5

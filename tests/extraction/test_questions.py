"""Questions: what asks, with a mark or without one, of which form; and how sure a question can be to object."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.points.purposes import is_rhetorical
from rejoinder.loaders.extract.text.questions import question_form
from rejoinder.loaders.extract.text.reading import Sentence, read_comment
from rejoinder.loaders.extract.weighing.situation import features_of
from rejoinder.records import Comment, Kind, ThreadKey, with_wider_kinds
from tests.extraction.test_extract import made, thread
from tests.extraction.test_features import FIRST, replying

PLAN = "We want to move the flea market to the quay. The hall is too small for it."


def sentence(text: str) -> Sentence:
    (one,) = read_comment(Comment(ThreadKey("local", "t"), "c", text)).sentences
    return one


@pytest.mark.parametrize(
    "text",
    [
        "Is the quay lit?",
        "The quay is lit?!",
        "“Is the quay lit?”",
        "do you still rent tables",
        "and did anybody count the stalls",
        "how's the roof",
        "what are you selling there 😄",
        "what on earth would a tuba cost",
        "is there a tap",
    ],
)
def test_what_asks(text: str) -> None:
    assert sentence(text).asks


@pytest.mark.parametrize(
    "text",
    [
        "Is the quay lit, we wondered.",
        "do the stalls first",
        "should you need a table, ring me",
        "what's more, the quay is wet",
        "what a lovely quay",
        "when it rains we are under the arches",
        "is it lit!",
        "do you know, I never asked myself that before I stood there with my nine boxes of plates in the rain",
        '"do you rent tables" and all that',
    ],
)
def test_what_does_not_ask(text: str) -> None:
    assert not sentence(text).asks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who carries the tables?", "who"),
        ("And whose idea was it?", "who"),
        ("How long is the quay?", "how"),
        ("Why the quay?", "how"),
        ("What would it cost?", "what"),
        ("Where would the vans stand?", "where"),
        ("Which of the two quays is it?", "where"),
        ("Would the hall not do?", "yes or no"),
        ("Oh, is it free?", "yes or no"),
        ("Forty tables?", "statement"),
        ("The harbour master agreed to that?", "statement"),
    ],
)
def test_the_form_of_a_question(text: str, expected: str) -> None:
    assert question_form(sentence(text).words) == expected
    assert features_of(0, replying(FIRST, text), None, {}).get(f"asks {expected}") == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "How long is the quay? I have only been there by boat.",
        "Where would the vans stand? The lane is narrow.",
        "Which of the two quays? My aunt lives at the other one.",
        "Would you let people sell from boats? I row there most Sundays.",
    ],
)
def test_a_question_of_no_form_that_objects_is_no_sure_objection(text: str) -> None:
    found = [move for move in made(extract(thread(PLAN, text)), "1") if "?" in move.evidence[0].exact]
    assert found
    assert all(move.confidence < 0.5 for move in found if Kind.OBJECTION in with_wider_kinds(move.kind))


@pytest.mark.parametrize(
    "text",
    [
        "How can the hall be too small if half of it stood empty last year?",
        "Do you really think that people carry a wardrobe to the quay?",
        "You do know that the quay floods in March?",
        "Then how come the hall was half empty last year?",
    ],
)
def test_a_question_whose_form_objects_is_a_sure_one(text: str) -> None:
    found = made(extract(thread(PLAN, text)), "1")
    assert any(Kind.OBJECTION in with_wider_kinds(move.kind) and move.confidence >= 0.5 for move in found)


@pytest.mark.parametrize(
    "text",
    [
        "Clarifying question: which of the two quays do you mean?",
        "Stupid question, but who rents out the tables?",
        "Which quay is it, if you don't mind saying?",
        "Any news on the tables?",
        "And the tables?",
        "Nice. And the tables?",
        "I may be misreading the plan: is the quay lit at night?",
    ],
)
def test_a_question_that_says_so_only_asks(text: str) -> None:
    found = made(extract(thread(PLAN, text)), "1")
    assert {move.kind for move in found} == {Kind.QUESTION}


def test_a_question_without_a_mark_can_object() -> None:
    assert is_rhetorical(sentence("do you really think people walk that far"))

"""Objectors who say that an answer satisfies them take their objection back; nobody else does it for them."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.moves.satisfaction import is_satisfied
from rejoinder.records import Kind, MoveRef
from tests.extraction.test_extract import made, only, thread

PLAN = "The school should keep hens in the yard."
DOUBT = "Hens will bring rats into the yard."
ANSWER = "The feed stands in a steel bin that rats cannot open."
SAID = [
    ("That answers it, thanks.", True),
    ("OK, that settles it for me.", True),
    ("Thanks, that answers my question!", True),
    ("OK, with that explained I'm fine with it.", True),
    ("Great, I'm happy with that now.", True),
    ("Thanks, my concern is resolved.", True),
    ("No further questions.", True),
    ("Got it, I'm satisfied.", True),
    ("That doesn't answer it.", False),
    ("That answers one of my questions.", False),
    ("That mostly answers it.", False),
    ("That answers it, but the smell stays.", False),
    ("If that answers it, fine.", False),
    ("Does that answer it?", False),
    ("With that said, I'm against hens.", False),
    ("I'm fine, thanks.", False),
    ("“That answers it” is what she said.", False),
    ("Thanks for the answer, I'll have a look.", False),
]


@pytest.mark.parametrize(("text", "satisfied"), SAID)
def test_which_words_are_satisfied(text: str, satisfied: bool) -> None:
    assert is_satisfied(only(text)) == satisfied


THREADS = {
    "below the answer": ([PLAN, DOUBT, ANSWER, "That answers it, thanks."], "ABAB", True),
    "below a third party's answer": ([PLAN, DOUBT, ANSWER, "That answers it, thanks."], "ABCB", True),
    "after a question": (
        [PLAN, DOUBT, ANSWER, "Who fills the bin?", "The caretaker, at noon.", "OK, that settles it."],
        "ABABAB",
        True,
    ),
    "not by somebody else": ([PLAN, DOUBT, ANSWER, "That answers it, thanks."], "ABAC", False),
    "not by whom it was addressed to": ([PLAN, DOUBT, "That answers it, thanks."], "ABA", False),
    "not what is still doubted": ([PLAN, DOUBT, ANSWER, "That doesn't answer it."], "ABAB", False),
}


@pytest.mark.parametrize(("texts", "authors", "gone"), THREADS.values(), ids=THREADS)
def test_who_is_satisfied_takes_their_objection_back(texts: list[str], authors: str, gone: bool) -> None:
    argument_map = extract(thread(*texts, authors=authors))
    (objection,) = made(argument_map, "1")
    back = [move for move in argument_map.moves if move.author == "B" and move.target == MoveRef(objection.id)]
    assert [move.kind for move in back if move.confidence >= 0.5] == [Kind.CONCESSION] * gone

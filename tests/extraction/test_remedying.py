"""Reports on a list of objections, item by item: what is done is conceded, what is left open stays open."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.moves.remedying import done_numbers, leaves_open
from rejoinder.records import Kind, MoveRef
from tests.extraction.test_extract import made, only, thread

POST = "The new timetable for the ferry is up."
SIGNS, CASH, RAMP = "The signs are only in Danish.", "The kiosk takes no cash.", "There is no ramp for prams."
NUMBERED = f"Some problems with it:\n\n1. {SIGNS}\n2. {CASH}\n3. {RAMP}"
BULLETS = f"Some problems with it:\n\n- {SIGNS}\n- {CASH}\n- {RAMP}"
REPORTS = {
    "two of three": (NUMBERED, "Done for 1 and 3, still thinking about 2.", [SIGNS, RAMP]),
    "numbers first": (NUMBERED, "1 and 2 are fixed, 3 has to wait.", [SIGNS, CASH]),
    "a verb and its numbers": (NUMBERED, "Fixed #1, #3.", [SIGNS, RAMP]),
    "promises": (NUMBERED, "Will do 2 and 3.", [CASH, RAMP]),
    "of bullets": (BULLETS, "Fixed 1 and 2.", [SIGNS, CASH]),
    "a list": (NUMBERED, "1. Fixed in 3f2a9c1.\n2. Still thinking about this one.\n3. Added one.", [SIGNS, RAMP]),
    "under labels": (BULLETS, "- signs: added\n- cash: not yet\n- ramp: will do", [SIGNS, RAMP]),
    "one label": (NUMBERED, "kiosk: fixed", [CASH]),
    "what is left open": (NUMBERED, "Still thinking about 2.", []),
    "alone": (SIGNS, "Added a page on that.", [SIGNS]),
    "left open alone": (SIGNS, "Still undecided.", []),
}


def conceded(doubts: str, reply: str) -> list[str]:
    """What the second comment says that the third answers, which is all by Concessions that count."""
    argument_map = extract(thread(POST, doubts, reply))
    objections = {move.id: move.evidence[0].exact for move in made(argument_map, "1")}
    answers = [move for move in made(argument_map, "2") if isinstance(move.target, MoveRef)]
    assert {answer.kind for answer in answers} <= {Kind.CONCESSION}
    return sorted(objections[answer.target.id] for answer in answers if isinstance(answer.target, MoveRef))


@pytest.mark.parametrize(("doubts", "reply", "done"), REPORTS.values(), ids=REPORTS)
def test_what_is_reported_done_is_conceded_and_no_more(doubts: str, reply: str, done: list[str]) -> None:
    assert conceded(doubts, reply) == sorted(done)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Done for 1 and 3, still thinking about 2.", ["1", "3"]),
        ("Fixed 1, 2 and 4.", ["1", "2", "4"]),
        ("Fixed 1 but not 2.", ["1"]),
        ("2 is not fixed.", []),
        ("3 still has to be fixed.", []),
        ("Fixed in version 2.1.", []),
        ("We have 3 cats.", []),
    ],
)
def test_which_numbers_are_done(text: str, numbers: list[str]) -> None:
    assert list(done_numbers(text)) == numbers


@pytest.mark.parametrize(
    ("text", "asked", "open_"),
    [
        ("Still thinking about 2.", False, True),
        ("I'm still looking into that.", False, True),
        ("ramp: not yet", False, True),
        ("Not yet.", False, True),
        ("Not yet.", True, False),
        ("It is still not working.", False, False),
        ("Everybody has to wait at the ramp.", False, False),
        ("Are you still thinking about it?", False, False),
        ("Still thinking about 2, fixed 1.", False, False),
    ],
)
def test_what_leaves_open(text: str, asked: bool, open_: bool) -> None:
    assert leaves_open(only(text), asked) == open_

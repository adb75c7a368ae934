"""Plain contradictions: words that say with stress what was denied, or deny with stress what was said."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.moves.contradicting import contradicts
from rejoinder.loaders.extract.moves.making import REPLY_SURE
from rejoinder.records import Kind, MoveRef
from tests.extraction.test_extract import made, only, thread

CASES = [
    ("Bees *are* livestock.", "Bees are not livestock.", True),
    ("Bees _are_ livestock.", "Bees aren't livestock, they are vermin.", True),
    ("The lift DOES stop at the cellar.", "The lift does not stop at the cellar.", True),
    ("The lift does stop there.", "The lift doesn't stop at the cellar.", True),
    ("People do swim there.", "Nobody swims in the weir.", True),
    ("We did ask her.", "You haven't asked the widow.", True),
    ("Actually it can.", "It can't climb the hill.", True),
    ("But there is!", "There isn't any bread left.", True),
    ("It does *not* sink.", "The boat leaks.", False),  # no telling word in common
    ("The boat does *not* leak.", "The boat leaks.", True),
    ("The boat does NOT leak.", "The boat leaks.", True),
    ("The boat does not leak.", "The boat leaks.", False),  # without stress a model decides
    ("The boat *is* old.", "The boat is old.", False),
    ("Bees are livestock.", "Bees are not livestock.", False),
    ("BEES ARE LIVESTOCK.", "Bees are not livestock.", False),
    ("The boat *is* old.", "The boat is old, not leaky.", False),
    ("It does sink.", "It doesn't float.", False),
    ("I do see that it doesn't.", "It doesn't float.", False),
    ("Yes, it is.", "It is not livestock.", False),  # or is that so?
    ("Four of us row every week.", "Nobody here can steer a boat.", True),
    ("At least 30 people signed.", "No one wants the jetty.", True),
    ("Most of us can't either.", "Nobody here can steer a boat.", False),
    ("Four of us row every week.", "The boat is not livestock.", False),
    ("Does it float?", "It doesn't float.", False),
    ("It is.", "It can't climb the hill.", False),
]


@pytest.mark.parametrize(("said", "other", "against"), CASES, ids=[f"{case[0]} / {case[1]}" for case in CASES])
def test_what_contradicts(said: str, other: str, against: bool) -> None:
    assert contradicts(only(said), only(other)) == against


@pytest.mark.parametrize("reply", ["People do swim there, all of July.", "Actually we do.", "We *do* swim there."])
def test_a_plain_contradiction_counters_whatever_a_model_says(reply: str) -> None:
    argument_map = extract(thread("The weir should get a jetty.", "We don't swim in the weir. It is cold.", reply))
    objection = next(move for move in made(argument_map, "1") if move.evidence[0].exact.startswith("We"))
    sure = [move for move in made(argument_map, "2") if move.target == MoveRef(objection.id) and move.confidence >= 0.5]
    assert [move.kind for move in sure] == [Kind.COUNTER]


BYSTANDERS = {
    "facts": ("The jetty has no lamp.", "It has had one since May, the club paid for it.", True),
    "a denial": ("The planks last only two winters.", "That's not true, the mill guarantees eight years.", True),
    "a count": ("Nobody here can steer a boat.", "Four of us row every week.", True),
    "agreement": ("The planks last only two winters.", "Agreed, ours rotted last year.", False),
    "something else": ("The planks last only two winters.", "Following this, we vote on it, too.", False),
}


@pytest.mark.parametrize(("doubt", "reply", "counters"), BYSTANDERS.values(), ids=BYSTANDERS)
def test_a_bystander_who_contradicts_an_objection_counters_it(doubt: str, reply: str, counters: bool) -> None:
    argument_map = extract(thread("The weir should get a jetty.", doubt, reply, authors="ABC"))
    (objection,) = made(argument_map, "1")
    answers = [
        move for move in made(argument_map, "2") if move.target == MoveRef(objection.id) and move.confidence >= 0.3
    ]
    sure = [answer.kind for answer in answers if (answer.kind, answer.confidence) != (Kind.CLARIFICATION, REPLY_SURE)]
    assert sure == [Kind.COUNTER] * counters

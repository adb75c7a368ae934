"""Bare stances at the head of a comment: votes for the proposal, against it, and for neither side."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract import extract
from rejoinder.records import Kind, with_wider_kinds
from tests.extraction.test_extract import made, thread

PROPOSAL = "The meadow behind the mill should become a campsite."


def sides(text: str) -> set[Kind]:
    """Whether the reply to a proposal objects or supports."""
    kinds = {kind for move in made(extract(thread(PROPOSAL, text)), "1") for kind in with_wider_kinds(move.kind)}
    return kinds & {Kind.SUPPORT, Kind.OBJECTION}


@pytest.mark.parametrize(
    "text",
    [
        "Support",
        "**Support**",
        "Support.",
        "Strong support, long overdue.",
        "Support – the mill stands empty.",
        "Support as proposer.",
        "Keep per nom",
        "Per nom.",
        "Aye!",
        "+1",
    ],
)
def test_votes_for_the_proposal(text: str) -> None:
    assert sides(text) == {Kind.SUPPORT}


@pytest.mark.parametrize(
    "text",
    [
        "Oppose",
        "**Oppose**",
        "Strong oppose – the meadow floods in May.",
        "Oppose: campers would scare the storks.",
        "Oppose per Marta",
        "> The meadow behind the mill should become a campsite.\n\nOppose.",
        "Opposed.",
        "-1",
    ],
)
def test_votes_against_the_proposal(text: str) -> None:
    assert sides(text) == {Kind.OBJECTION}
    (move,) = (
        one for one in made(extract(thread(PROPOSAL, text)), "1") if Kind.OBJECTION in with_wider_kinds(one.kind)
    )
    assert move.confidence >= 0.5


@pytest.mark.parametrize("text", ["Neutral", "Neutral.", "Abstain", "**Comment**: see the minutes of May.", "Comment"])
def test_votes_for_neither_side(text: str) -> None:
    assert sides(text) == set()


def test_a_vote_without_a_reason_is_less_sure() -> None:
    bare, reasoned = (
        made(extract(thread(PROPOSAL, text)), "1")[0].confidence
        for text in ("Oppose", "Strong oppose – the meadow floods in May.")
    )
    assert bare < reasoned


@pytest.mark.parametrize(
    "text",
    [
        "Support for the mill is thin.",
        "Oppose it who dares.",
        "Keep the storks in mind.",
        "The mill is old. Oppose. That is what they did.",
    ],
)
def test_what_only_begins_like_a_vote_is_none(text: str) -> None:
    found = {move.cue for move in made(extract(thread(PROPOSAL, text)), "1")}
    assert found.isdisjoint({"support", "oppose", "keep per nom"})

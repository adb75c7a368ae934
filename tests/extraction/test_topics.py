"""The topic that a point names before it speaks of it, and what it is about then."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.points.topics import topic_stems
from rejoinder.loaders.extract.text.reading import read_comment
from rejoinder.records import Comment, MoveRef, ThreadKey
from tests.extraction.test_extract import made, thread

POST = "We propose to light the towpath all night with solar lamps."
REVIEW = "The batteries will not last through December. The lamps will drive the bats away."


def named(text: str) -> set[str]:
    (sentence,) = read_comment(Comment(ThreadKey("local", "t"), "c", text)).sentences
    return {*topic_stems(sentence)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Batteries: we have ordered larger ones.", {"batter"}),
        ("**Solar lamps:** they stay.", {"solar", "lamp"}),
        ("On the bats, we asked a warden.", {"bat"}),
        ("As for the bats, we asked a warden.", {"bat"}),
        ("Regarding the batteries – they are larger now.", {"batter"}),
        ("Re bats: we asked a warden.", {"bat"}),
        ("About the bats: we asked a warden.", {"bat"}),
        ("We asked a warden.", set()),
        ("On it, we asked a warden.", set()),
        ("The one thing that nobody on the towpath ever says aloud: it is dark.", set()),
        ("Batteries:", set()),
    ],
)
def test_the_topic_of_a_sentence(text: str, expected: set[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("reply", "about"),
    [
        ("Batteries: those on order are twice as large.", "The batteries will not last through December."),
        ("On the bats, we asked a warden in May.", "The lamps will drive the bats away."),
    ],
)
def test_who_names_the_topic_of_an_objection_answers_that_one(reply: str, about: str) -> None:
    argument_map = extract(thread(POST, REVIEW, reply, authors="ABA"))
    words = {move.id: move.evidence[0].exact for move in argument_map.moves}
    targets = {words[move.target.id] for move in made(argument_map, "2") if isinstance(move.target, MoveRef)}
    assert targets == {about}
    assert all('"by":"topic"' in (move.explanation or "").replace(" ", "") for move in made(argument_map, "2"))


def test_the_topic_of_a_paragraph_is_all_of_it() -> None:
    above = (
        "The batteries will not last through December. Nobody will change them.\n\nThe lamps will drive the bats away."
    )
    argument_map = extract(thread(POST, above, "Batteries: those on order are twice as large.", authors="ABA"))
    words = {move.id: move.evidence[0].exact for move in argument_map.moves}
    targets = {words[move.target.id] for move in made(argument_map, "2") if isinstance(move.target, MoveRef)}
    assert targets == {"The batteries will not last through December.", "Nobody will change them."}


def test_a_topic_that_most_sentences_share_names_none_of_them() -> None:
    above = "The lamps are ugly. The lamps are dear. The lamps are loud."
    argument_map = extract(thread(POST, above, "On the lamps, I have no view of my own.", authors="ABA"))
    said = made(argument_map, "2")
    assert said
    assert all('"topic"' not in (move.explanation or "") for move in said)


def test_a_head_without_the_topic_in_the_comment_above_names_nothing() -> None:
    argument_map = extract(
        thread(POST, REVIEW, "Note: no, the batteries have lasted through two winters.", authors="ABA")
    )
    said = made(argument_map, "2")
    assert said
    assert all('"topic"' not in (move.explanation or "") for move in said)

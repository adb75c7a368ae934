"""The cue table where it could mislead: the same words as a cue and as something else, and what people often say."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract.moves.move_sureness import style_features
from rejoinder.loaders.extract.points.asides import is_interjection, is_thanks
from tests.extraction.test_questions import sentence

# The act that people mean by it, and what they often say.
SAID = {
    "agree": [
        "You're quite right about the valve.", "That's correct.", "Excellent point about the valve.",
        "Precisely.", "Makes perfect sense to me.", "Tuesday is fine by me.", "Bang on.", "Retired baker, can confirm.",
    ],
    "concede": [
        "Very well, the old one stays.", "I hadn't realised that it leaks.", "Didn't know about the leak.",
        "I mixed them up.", "Thanks for spotting the typo.", "Oops, wrong table.",
    ],
    "done": ["Added, with a date.", "I'll add a date.", "Reworded the sign.", "In it goes."],
    "disagree": ["Counterpoint: ours is dry.", "I'm not so sure about that.", "Speak for yourself."],
    "wrong": ["It's not that simple.", "Those sums don't add up.", "That can't be right.", "The trouble is the rope."],
    "undermine": ["You're ignoring the rain.", "This overlooks the rain.", "Those years are cherry-picked."],
    "dismiss": ["The price is not the point.", "That is a red herring."],
    "thanks": ["Congrats on the boat!", "Can't wait for Sunday.", "That made my day."],
}  # fmt: skip
# Words of a cue that mean something else here.
ELSE = [
    ("wrong", "Nothing went wrong on Sunday."),
    ("wrong", "What could possibly go wrong on a raft."),
    ("no", "Oh no, the raft!"),
    ("rhetorical", "Don't forget the rope."),
    ("rhetorical", "Can't wait for Sunday."),
    ("rhetorical", "Didn't know about the leak."),
]
STILL = [
    ("wrong", "You went there, and the sign is wrong."),
    ("no", "Oh, well, no."),
    ("rhetorical", "Don't ropes rot?"),
    ("rhetorical", "Can't we wait for Sunday?"),
]


@pytest.mark.parametrize(("act", "text"), [(act, text) for act, texts in SAID.items() for text in texts])
def test_what_people_often_say(act: str, text: str) -> None:
    assert act in sentence(text).acts


@pytest.mark.parametrize(("act", "text"), ELSE)
def test_the_same_words_can_mean_something_else(act: str, text: str) -> None:
    assert act not in sentence(text).acts


@pytest.mark.parametrize(("act", "text"), STILL)
def test_beside_it_they_still_mean_what_they_say(act: str, text: str) -> None:
    assert act in sentence(text).acts


@pytest.mark.parametrize(("text", "expected"), [("Oh no!", True), ("oh NO", True), ("No!", False), ("Oh.", True)])
def test_dismay_is_an_interjection(text: str, expected: bool) -> None:
    assert is_interjection(sentence(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Great post on goats.", True), ("Great post, you're ignoring the goats.", False), ("Great post, but no.", False)],
)
def test_praise_with_blame_is_no_thanks(text: str, expected: bool) -> None:
    assert is_thanks(sentence(text)) is expected


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("The raft, the rope, the oar: all gone.", {"commas": 2 / 3, "colon": 1.0}),
        ("lol the raft", {"commas": 0.0, "no end mark": 1.0, "starts small": 1.0}),
        ("4 rafts sank", {"commas": 0.0, "no end mark": 1.0}),
        ("You sank it (twice)", {"commas": 0.0, "opens you": 1.0}),
        ("Well, you sank it.", {"commas": 1 / 3, "opens well": 1.0, "opens you": 0.7}),
    ],
)
def test_how_a_sentence_is_written(text: str, shows: dict[str, float]) -> None:
    assert style_features(sentence(text)) == pytest.approx(shows)

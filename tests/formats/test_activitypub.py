"""Outboxes of the fediverse: what was posted there, in conversations, and what else stands among it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.loaders.formats import activitypub
from rejoinder.records import ThreadKey
from tests.reading import Reading, known_as, reading_of, written
from tests.timing import assert_in_proportion

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
KIM = "https://pond.example/users/kim"


def at(name: str) -> str:
    return f"{KIM}/statuses/{name}"


def post(number: str, answers: str | None = None, **more: Any) -> dict[str, Any]:
    note = {
        "id": at(number),
        "type": "Note",
        "inReplyTo": None if answers is None else at(answers),
        "attributedTo": KIM,
        "published": "2024-02-01T08:00:00Z",
        "to": [PUBLIC],
        "content": f"<p>Words of {number}.</p>",
        **more,
    }
    return {"id": f"{at(number)}/activity", "type": "Create", "actor": KIM, "object": note}


def outbox(folder: Path, *items: object, **more: object) -> Reading:
    return reading_of(folder, {"type": "OrderedCollection", "orderedItems": items, **more}, "outbox.json")


THREADS: dict[str, tuple[list[dict[str, Any]], dict[str, list[str]]]] = {
    "a post": ([post("1")], {at("1"): [at("1")]}),
    "answers to oneself": ([post("1"), post("2", "1"), post("3", "2")], {at("1"): [at("1"), at("2"), at("3")]}),
    "answers first": ([post("2", "1"), post("1")], {at("1"): [at("2"), at("1")]}),
    "an answer to somebody": ([post("2", "9")], {at("9"): [at("2")]}),
    "answers within a conversation": (
        [post("2", "8", conversation="c"), post("3", "9", conversation="c"), post("4", "3", conversation="c")],
        {"c": [at("2"), at("3"), at("4")]},
    ),
    "answers within one's own": (
        [post("1", conversation="c"), post("3", "9", conversation="c"), post("5", conversation="d")],
        {at("1"): [at("1"), at("3")], at("5"): [at("5")]},
    ),
    "by context": ([post("2", "8", context="c"), post("3", "9", context="c")], {"c": [at("2"), at("3")]}),
    "a conversation that is none": ([post("2", "8", conversation=7)], {at("8"): [at("2")]}),
    "a circle": ([post("1", "2"), post("2", "1")], {at("1"): [at("1"), at("2")]}),
}


@pytest.mark.parametrize(("items", "threads"), THREADS.values(), ids=THREADS)
def test_posts_of_a_conversation_are_one_thread(
    tmp_path: Path, items: list[dict[str, Any]], threads: dict[str, list[str]]
) -> None:
    reading, found = outbox(tmp_path, *items), dict[str, list[str]]()
    for comment in reading.comments:
        found.setdefault(comment.thread.id, []).append(comment.id)
        assert comment.thread.site == "pond.example"
    assert (found, reading.problems) == (threads, [])
    assert [one.key.id for one in reading.threads] == list(threads)


WORDS: dict[str, tuple[dict[str, Any], str]] = {
    "content": ({}, "Words of 1."),
    "a warning": ({"summary": "boats & <oars>"}, "boats & <oars>\n\nWords of 1."),
    "by language": ({"content": None, "contentMap": {"en": "<p>Row!</p>", "de": "<p>Rudert!</p>"}}, "Row!"),
    "of an article": ({"type": "Article", "name": "Boats"}, "Words of 1."),
}


@pytest.mark.parametrize(("more", "text"), WORDS.values(), ids=WORDS)
def test_the_words_of_a_post(tmp_path: Path, more: dict[str, Any], text: str) -> None:
    comment = outbox(tmp_path, post("1", **more)).only()
    assert (comment.text, comment.author, comment.created) == (text, "kim", "2024-02-01T08:00:00Z")


ABOUT: dict[str, tuple[dict[str, Any], tuple[object, ...]]] = {
    "an address to read it at": ({"url": "https://pond.example/@kim/1"}, ("kim", None, "https://pond.example/@kim/1")),
    "several": ({"url": [{"href": "https://pond.example/1"}]}, ("kim", None, at("1"))),
    "what it answers as an object": ({"inReplyTo": {"id": at("9")}}, ("kim", at("9"), at("1"))),
    "what it answers by its old name": ({"inReplyToAtomUri": at("9")}, ("kim", at("9"), at("1"))),
    "its writer in the activity alone": ({"attributedTo": None}, ("kim", None, at("1"))),
    "its writer by a page": ({"attributedTo": "https://pond.example/@kim"}, ("kim", None, at("1"))),
}


@pytest.mark.parametrize(("more", "about"), ABOUT.values(), ids=ABOUT)
def test_what_is_told_of_a_post(
    tmp_path: Path, more: dict[str, Any], about: tuple[str | None, str | None, str]
) -> None:
    comment = outbox(tmp_path, post("1", **more)).only()
    assert (comment.author, comment.parent, comment.url) == about


def test_what_is_no_post_is_left_out_and_counted(tmp_path: Path) -> None:
    boost = {"id": at("2"), "type": "Announce", "actor": KIM, "object": at("9")}
    direct = post("3", to=["https://lake.example/users/bo"], cc=[])
    followers = post("4", to=[f"{KIM}/followers"], cc=[])
    update = {"type": "Update", "actor": KIM, "object": {"id": KIM}}
    reading = outbox(tmp_path, post("1"), boost, boost, direct, followers, update, post("5", content="<p></p>"))
    assert [comment.id for comment in reading.comments] == [at("1"), at("4")]
    assert reading.messages == [
        "left out boosts: 2, the first on this line",
        "left out direct messages: 1, the first on this line",
        "left out activities other than posts: 1, the first on this line",
        "left out posts without words: 1, the first on this line",
    ]


def test_what_is_wrong_is_lost_alone(tmp_path: Path) -> None:
    wrong = [7, None, {"type": "Create", "object": at("9")}, post("2", id=None), {}]
    reading = outbox(tmp_path, *wrong, post("1"))
    assert [comment.id for comment in reading.comments] == [at("1")]
    assert reading.messages == [
        "expected an activity (an object), got 7",
        "expected an activity (an object), got None",
        f'expected "object" to be a post (an object), got {at("9")[:39]!r}...'.replace("'...", "..."),
        'expected "id" to be a string, but there is none',
        "left out activities other than posts: 1, the first on this line",
    ]


@pytest.mark.parametrize(
    ("content", "known"),
    [
        ({"orderedItems": [post("1")], "type": "OrderedCollection"}, True),
        ({"orderedItems": [at("1")], "type": "OrderedCollection", "id": "likes.json"}, False),
        ({"orderedItems": [{"type": "Note", "id": "1"}]}, False),
    ],
)
def test_an_outbox_is_known(tmp_path: Path, content: object, known: bool) -> None:
    path = written(tmp_path, content, "any.json")
    assert activitypub.recognises(path, path.read_text(encoding="utf-8")) is known
    assert not known or known_as(path) == "activitypub"


def test_a_post_without_any_address_is_in_no_host(tmp_path: Path) -> None:
    comment = outbox(tmp_path, post("1", id="one", attributedTo="kim")).only()
    assert (comment.thread, comment.author) == (ThreadKey("fediverse", "one"), "kim")


def test_a_long_chain_costs_time_in_proportion(tmp_path: Path) -> None:
    def made(size: int) -> Path:
        items = [post(str(number), str(number + 1)) for number in range(size)]
        return written(tmp_path, {"orderedItems": items}, f"{size}.json")

    assert_in_proportion(made, Reading, small=1000)

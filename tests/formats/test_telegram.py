"""Telegram's export: one chat or all of them, words in parts, forwarded messages, and what is no message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.records import Link, ThreadKey
from tests.reading import Reading, known_as, written

SAID: dict[str, Any] = {"id": 1, "type": "message", "date": "2026-04-01T18:02:10", "from": "Ruth", "from_id": "user11"}
URL = "https://allotment.example/rules"


def chat(*messages: object, name: str = "Lane", key: int = 7) -> dict[str, Any]:
    return {"name": name, "type": "private_group", "id": key, "messages": list(messages)}


PARTS: dict[str, tuple[object, str, tuple[Link, ...]]] = {
    "a string": ("It leaks.", "It leaks.", ()),
    "parts": (["It ", {"type": "bold", "text": "leaks"}, "."], "It leaks.", ()),
    "a link": ([{"type": "text_link", "text": "Rules", "href": URL}, "!"], "Rules!", (Link(0, 5, URL),)),
    "a bare link": ([{"type": "link", "text": URL}], URL, (Link(0, len(URL), URL),)),
    "no link": ([{"type": "text_link", "text": "Rules", "href": "tg://x"}], "Rules", ()),
    "a quotation": ([{"type": "blockquote", "text": "It is\ndry."}, "No."], "> It is\n> dry.\n\nNo.", ()),
    "what is no part": (["No.", 7, {"type": "bold"}], "No.", ()),
}


@pytest.mark.parametrize(("text", "words", "links"), PARTS.values(), ids=PARTS)
def test_words_in_parts_are_joined(tmp_path: Path, text: object, words: str, links: tuple[Link, ...]) -> None:
    comment = Reading(written(tmp_path, chat({**SAID, "text": text}), "result.json")).only()
    assert (comment.text, comment.links) == (words, links)


def test_all_chats_of_an_account_are_a_thread_each(tmp_path: Path) -> None:
    said = {**SAID, "text": "It leaks."}
    account = {"about": "An export.", "chats": {"about": "Chats.", "list": [chat(said), chat(said, key=8)]}}
    reading = Reading(written(tmp_path, account, "result.json"))
    assert [one.key for one in reading.threads] == [ThreadKey("telegram", "7"), ThreadKey("telegram", "8")]
    assert [comment.thread.id for comment in reading.comments] == ["7", "8"]


def test_forwarded_words_are_theirs_who_wrote_them(tmp_path: Path) -> None:
    said = {**SAID, "text": "It leaks.", "forwarded_from": "Ida"}
    assert Reading(written(tmp_path, chat(said), "result.json")).only().author == "Ida"


REPLIES: dict[str, tuple[dict[str, Any], str | None]] = {
    "none": ({}, None),
    "to a message": ({"reply_to_message_id": 1}, "1"),
    "to one that is not there": ({"reply_to_message_id": 9}, "9"),
    "here": ({"reply_to_message_id": 1, "reply_to_peer_id": "channel7"}, "1"),
    "in another chat": ({"reply_to_message_id": 1, "reply_to_peer_id": "channel77"}, None),
    "in a topic": ({"reply_to_message_id": 2}, None),
}


@pytest.mark.parametrize(("changes", "parent"), REPLIES.values(), ids=REPLIES)
def test_only_a_reply_to_a_message_says_whom_it_answers(
    tmp_path: Path, changes: dict[str, Any], parent: str | None
) -> None:
    topic = {**SAID, "id": 2, "type": "service", "action": "topic_created", "title": "Sheds", "text": ""}
    messages = [{**SAID, "text": "It leaks."}, topic, {**SAID, "id": 3, "text": "No.", **changes}]
    reading = Reading(written(tmp_path, chat(*messages), "result.json"))
    assert [(comment.parent, comment.addressed) for comment in reading.comments] == [
        (None, False),
        (parent, parent is not None),
    ]
    assert reading.problems == []


def test_a_chat_whose_name_is_none_loses_its_title(tmp_path: Path) -> None:
    whole = {**chat({**SAID, "text": "It leaks."}), "name": ["Lane"]}
    reading = Reading(written(tmp_path, whole, "result.json"))
    assert [one.title for one in reading.threads] == [None]
    assert len(reading.comments) == 1
    assert reading.messages == ["expected \"name\" to be a string, got ['Lane']"]


def test_messages_of_no_chat_are_none(tmp_path: Path) -> None:
    whole = chat({**SAID, "text": "It leaks."})
    assert known_as(written(tmp_path, whole, "result.json")) == "telegram"
    assert known_as(written(tmp_path, {"messages": whole["messages"]}, "other.json")) == "table"


def test_what_is_no_message_is_told(tmp_path: Path) -> None:
    reading = Reading(written(tmp_path, chat({**SAID, "text": "It leaks."}, 7, {**SAID, "id": 2}), "result.json"))
    assert len(reading.comments) == 1
    assert reading.messages == [
        "expected a message (an object), got 7",
        "left out messages without words: 1, the first on this line",
    ]

"""Discord as DiscordChatExporter writes it: replies, forwarded words, quotations, and what is no message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.records import ThreadKey
from tests.reading import known_as, reading_of, written

SAID: dict[str, Any] = {
    "id": "1",
    "type": "Default",
    "timestamp": "2026-04-01T18:02:10+00:00",
    "content": "It leaks.",
    "author": {"id": "11", "name": "ruth_", "nickname": "Ruth"},
}


def channel(*messages: object, **changes: object) -> dict[str, Any]:
    whole = {"guild": {"id": "9", "name": "Lane"}, "channel": {"id": "7", "type": "GuildTextChat", "name": "roof"}}
    return {**whole, "messages": list(messages), **changes}


REPLIES: dict[str, tuple[dict[str, Any], str | None]] = {
    "none": ({}, None),
    "to a message": ({"type": "Reply", "reference": {"messageId": "1", "channelId": "7"}}, "1"),
    "to one that is not there": ({"type": "Reply", "reference": {"messageId": "5", "channelId": "7"}}, "5"),
    "in another channel": ({"type": "Reply", "reference": {"messageId": "1", "channelId": "8"}}, None),
    "to one that is gone": ({"type": "Reply", "reference": {"messageId": None, "channelId": "7"}}, None),
    "with numbers for types": ({"type": 19, "reference": {"messageId": "1"}}, "1"),
}


@pytest.mark.parametrize(("changes", "parent"), REPLIES.values(), ids=REPLIES)
def test_only_a_reply_in_the_channel_says_whom_it_answers(
    tmp_path: Path, changes: dict[str, Any], parent: str | None
) -> None:
    reading = reading_of(tmp_path, channel(SAID, {**SAID, "id": "2", **changes}))
    assert [(comment.parent, comment.addressed) for comment in reading.comments] == [
        (None, False),
        (parent, parent is not None),
    ]
    assert [(one.key, one.title) for one in reading.threads] == [(ThreadKey("discord", "7"), "Lane #roof")]


BODIES: dict[str, tuple[str, str]] = {
    "a quoted line": ("> It is dry.\nNo.", "> It is dry.\n\nNo."),
    "two quoted lines": ("> It is\n> dry.\nNo.", "> It is\n> dry.\n\nNo."),
    "all that follows": ("He says:\n>>> It is\ndry.", "He says:\n\n> It is\n> dry."),
    "no quotation": ("3 >>> 2, and\na > b", "3 >>> 2, and\na > b"),
    "marks": ("It is **so** ~~dry~~ <b>wet</b>.", "It is so ~~dry~~ <b>wet</b>."),
}


@pytest.mark.parametrize(("content", "text"), BODIES.values(), ids=BODIES)
def test_markdown_is_that_of_discord(tmp_path: Path, content: str, text: str) -> None:
    assert reading_of(tmp_path, channel({**SAID, "content": content})).only().text == text


def test_what_is_no_message_with_words_is_told(tmp_path: Path) -> None:
    joined = {**SAID, "id": "2", "type": "GuildMemberJoin", "content": "Joined the server."}
    reading = reading_of(tmp_path, channel(SAID, joined, 7, {**SAID, "id": "3", "content": ""}))
    assert [comment.id for comment in reading.comments] == ["1"]
    assert reading.messages == [
        "expected a message (an object), got 7",
        "left out messages without words: 1, the first on this line",
    ]


def test_a_channel_without_an_id_is_an_error(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, channel(SAID, channel={"id": None, "type": "GuildTextChat"}))
    assert [problem.lost for problem in reading.problems] == [True]


def test_only_messages_of_a_guild_and_a_channel_are_known(tmp_path: Path) -> None:
    assert known_as(written(tmp_path, channel(SAID), "a.json")) == "discord"
    assert known_as(written(tmp_path, {"messages": [{"id": 1, "text": "No.", "author": "Ruth"}]}, "b.json")) == "table"

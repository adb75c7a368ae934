"""Slack: threads, channels, names of people, marked-up words, and the other files of an export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.records import Link, State, ThreadKey
from tests.reading import Reading, known_as, reading_of, written

SAID: dict[str, Any] = {"type": "message", "user": "U1", "ts": "1777881600.000100", "text": "It leaks."}
BELOW: dict[str, Any] = {**SAID, "user": "U2", "ts": "1777881700.000200", "thread_ts": SAID["ts"], "text": "No."}
TOP: dict[str, Any] = {**SAID, "thread_ts": SAID["ts"], "reply_count": 1}
USERS = [{"id": "U1", "team_id": "T", "name": "ruth", "profile": {"display_name": "", "real_name": "Ruth Roe"}}]


def export(folder: Path, *messages: object) -> Path:
    """An unpacked export with one channel of one day."""
    (folder / "roof").mkdir()
    written(folder, USERS, "users.json")
    written(folder, [{"id": "C1", "name": "roof", "creator": "U1", "members": ["U1"]}], "channels.json")
    written(folder / "roof", list(messages), "2026-05-04.json")
    return folder


def test_an_export_is_read_with_the_names_of_its_people(tmp_path: Path) -> None:
    reading = Reading(export(tmp_path, TOP, BELOW, {**SAID, "ts": "1777881900.0", "text": "<@U1>, <!here> come."}))
    top, below, alone = reading.comments
    assert (top.author, below.author) == ("Ruth Roe", "U2")
    assert (top.parent, top.addressed, below.parent, below.addressed) == (None, True, top.id, False)
    assert top.thread == below.thread == ThreadKey("slack", f"roof/{top.id}")
    assert (alone.thread, alone.text, alone.addressed) == (ThreadKey("slack", "roof"), "@Ruth Roe, @here come.", False)
    assert [(one.title, one.declared_comments) for one in reading.threads] == [(None, 2), ("#roof", None)]
    assert [problem.note for problem in reading.problems] == [True]


ANSWERS: dict[str, object] = {
    "an answer of the API": {"ok": True, "messages": [TOP, BELOW], "has_more": False},
    "slackdump": {"name": "roof", "channel_id": "C1", "messages": [{**TOP, "slackdump_thread_replies": [BELOW]}]},
    "a day": [TOP, BELOW],
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_messages_are_found_wherever_they_stand(tmp_path: Path, answer: object) -> None:
    reading = reading_of(tmp_path, answer)
    assert reading.parents == {SAID["ts"]: None, BELOW["ts"]: SAID["ts"]}
    assert known_as(tmp_path / "export.json") == "slack"


URL = "https://roof.example/a?b=1&c=2"
TEXTS: dict[str, tuple[str, str, tuple[Link, ...]]] = {
    "a link with a label": ("<https://roof.example/a?b=1&amp;c=2|See>!", "See!", (Link(0, 3, URL),)),
    "a bare link": ("<https://roof.example/a?b=1&amp;c=2>", URL, (Link(0, len(URL), URL),)),
    "quoted lines": ("&gt; It is\n&gt;dry.\nNo.", "> It is\n> dry.\nNo.", ()),
    "a channel": ("In <#C1|roof>.", "In roof.", ()),
    "a group": ("<!subteam^S1|@menders> &amp; co.", "@menders & co.", ()),
    "emphasis": (
        "*No*, _it_ ~was~ <https://roof.example/a_b_c|*dry*>.",
        "No, it ~~was~~ *dry*.",
        (Link(15, 20, "https://roof.example/a_b_c"),),
    ),
    "no emphasis": ("snake_case, 2 * 3 * 4, ~5 to ~6, `*x*`", "snake_case, 2 * 3 * 4, ~5 to ~6, `*x*`", ()),
    "signs": ("1 &lt; 2", "1 < 2", ()),
}


@pytest.mark.parametrize(("text", "words", "links"), TEXTS.values(), ids=TEXTS)
def test_marked_up_words_are_plain(tmp_path: Path, text: str, words: str, links: tuple[Link, ...]) -> None:
    comment = reading_of(tmp_path, [{**SAID, "text": text}]).only()
    assert (comment.text, comment.links) == (words, links)


def test_a_message_that_is_gone_is_deleted_and_what_is_none_is_told(tmp_path: Path) -> None:
    gone = {**TOP, "subtype": "tombstone", "text": "This message was deleted."}
    joined = {**SAID, "subtype": "channel_join", "text": "<@U1> has joined the channel"}
    reading = reading_of(tmp_path, [gone, joined, 7, {**SAID, "text": ""}, {**SAID, "ts": None}])
    assert [(comment.text, comment.states, comment.author) for comment in reading.comments] == [
        ("", (State.DELETED,), None)
    ]
    assert reading.messages == [
        "expected a message (an object), got 7",
        'expected "id" to be a string, but there is none',
        "left out messages without words: 1, the first on this line",
    ]


def test_a_list_of_people_is_no_channel(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, USERS, "users.json")
    assert reading.found == []
    assert reading.messages == ["there are no comments in this file"]


@pytest.mark.parametrize("in_folder", [True, False])
def test_a_key_that_stands_twice_in_the_list_of_people_is_told_once(tmp_path: Path, in_folder: bool) -> None:
    users = written(tmp_path, '[{"id": "U1", "name": "bo",\n"name": "ana"}]', "users.json")
    for day in ("1", "2"):
        (tmp_path / "roof").mkdir(exist_ok=True)
        written(tmp_path / "roof", [{**SAID, "ts": f"1700000000.00000{day}"}], f"2024-05-0{day}.json")
    reading = Reading(*([tmp_path] if in_folder else sorted((tmp_path / "roof").iterdir())))
    assert {comment.author for comment in reading.comments} == {"ana"}
    (problem,) = [one for one in reading.problems if not one.note]
    assert (problem.file, problem.line, problem.message) == (
        str(users),
        2,
        'expected the key "name" once in an object, got it before with another value; only that is left out',
    )


def test_records_of_another_kind_are_none_of_slack(tmp_path: Path) -> None:
    records = [{"id": 1, "ts": "1", "type": "comment", "text": "No.", "author": "Ana"}]
    assert known_as(written(tmp_path, records, "a.json")) == "table"

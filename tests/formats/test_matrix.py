"""Matrix: answers, threads, edits and redactions among the events of a room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.records import State, ThreadKey
from tests.reading import Reading, known_as, reading_of, written
from tests.timing import assert_in_proportion


def event(name: str, body: str, related: object = None, **content: object) -> dict[str, Any]:
    held = {"msgtype": "m.text", "body": body, **({"m.relates_to": related} if related else {}), **content}
    about = {"event_id": name, "sender": "@ana:roof.example", "origin_server_ts": 1777881600000, "room_id": "!roof"}
    return {"type": "m.room.message", "content": held, **about}


def answering(name: str) -> dict[str, Any]:
    return {"m.in_reply_to": {"event_id": name}}


THREAD = {"rel_type": "m.thread", "event_id": "$1"}
RELATED: dict[str, tuple[object, str | None, bool]] = {
    "to nothing": (None, None, False),
    "to a message": (answering("$1"), "$1", True),
    "in a thread": ({**THREAD, "is_falling_back": True, **answering("$2")}, "$1", False),
    "in a thread, to a message": ({**THREAD, **answering("$2")}, "$2", True),
    "to what is a number": ({"m.in_reply_to": 7}, "7", True),
}


@pytest.mark.parametrize(("related", "parent", "addressed"), RELATED.values(), ids=RELATED)
def test_an_event_says_what_it_answers(tmp_path: Path, related: object, parent: str | None, addressed: bool) -> None:
    comment = reading_of(tmp_path, {"chunk": [event("$3", "No.", related)]}).only()
    assert (comment.thread, comment.parent, comment.addressed) == (ThreadKey("matrix", "!roof"), parent, addressed)


HTML = {"format": "org.matrix.custom.html"}
BODIES: dict[str, tuple[dict[str, Any], str]] = {
    "plain": (event("$2", "> It leaks.\nNo."), "> It leaks.\nNo."),
    "with what old clients quote": (event("$2", "> <@bo:x> It leaks.\n> A lot.\n\nNo.", answering("$1")), "No."),
    "HTML": (
        event("$2", "x", **HTML, formatted_body="<mx-reply><blockquote>It leaks.</blockquote></mx-reply><b>No</b>."),
        "No.",
    ),
}


@pytest.mark.parametrize(("said", "text"), BODIES.values(), ids=BODIES)
def test_words_are_those_of_the_writer(tmp_path: Path, said: dict[str, Any], text: str) -> None:
    assert reading_of(tmp_path, {"messages": [said], "room_name": "Roof"}).only().text == text


def test_the_latest_version_counts_and_what_was_redacted_is_deleted(tmp_path: Path) -> None:
    newer = {"m.new_content": {"msgtype": "m.text", "body": "No!"}}
    edit = event("$2", "* No!", {"rel_type": "m.replace", "event_id": "$1"}, **newer)
    gone = {**event("$3", ""), "content": {}, "unsigned": {"redacted_because": {"type": "m.room.redaction"}}}
    reading = reading_of(tmp_path, {"messages": [event("$1", "No."), edit, gone]})
    assert [(comment.id, comment.text, comment.states) for comment in reading.comments] == [
        ("$1", "No!", ()),
        ("$3", "", (State.DELETED,)),
    ]
    assert reading.problems == []


def edited(body: str, at: object, sender: str = "@ana:roof.example") -> dict[str, Any]:
    newer = {"m.new_content": {"msgtype": "m.text", "body": body}}
    edit = event(f"${body}", f"* {body}", {"rel_type": "m.replace", "event_id": "$1"}, **newer)
    return {**edit, "origin_server_ts": at, "sender": sender}


EDITS: dict[str, list[dict[str, Any]]] = {
    "in their order": [edited("No?", 1), edited("No!", 2)],
    "the latest first, as the API lists them backwards": [edited("No!", 2), edited("No?", 1)],
    "one by somebody else": [edited("No!", 2), edited("Yes.", 3, "@bo:roof.example")],
    "one without a date": [edited("No!", 2), edited("No?", [])],
}


@pytest.mark.parametrize("edits", EDITS.values(), ids=EDITS)
def test_the_latest_version_by_its_writer_counts(tmp_path: Path, edits: list[dict[str, Any]]) -> None:
    assert reading_of(tmp_path, {"messages": [event("$1", "No."), *edits]}).only().text == "No!"


READ = "read the latest versions of messages that are not here themselves: 1, the first on this line"
ORPHANS: dict[str, tuple[list[dict[str, Any]], list[tuple[str, str]], list[str]]] = {
    "one": ([edited("No!", 1)], [("$1", "No!")], [READ]),
    "several": ([edited("No!", 2), edited("No?", 1)], [("$1", "No!")], [READ]),
    "below the message": ([event("$1", "No."), edited("No!", 1)], [("$1", "No!")], []),
    "of a message by somebody else": ([event("$1", "No."), edited("Yes.", 1, "@bo:x.example")], [("$1", "No.")], []),
    "of a redacted message": ([{**event("$1", ""), "content": {}}, edited("No!", 1)], [("$1", "")], []),
    "that is none": ([{**edited("No!", 1), "type": "m.room.topic"}], [], []),
    "of an edit": (
        [event("$1", "No."), edited("No!", 1), event("$3", "x", {"rel_type": "m.replace", "event_id": "$No!"})],
        [("$1", "No!")],
        [],
    ),
    "of a picture": (
        [event("$2", "x", {"rel_type": "m.replace", "event_id": "$1"}, **{"m.new_content": {"msgtype": "m.image"}})],
        [],
        ["left out pictures, files and the like: 1, the first on this line"],
    ),
}


@pytest.mark.parametrize(("events", "told", "messages"), ORPHANS.values(), ids=ORPHANS)
def test_an_edit_stands_for_a_message_that_is_not_here(
    tmp_path: Path, events: list[dict[str, Any]], told: list[tuple[str, str]], messages: list[str]
) -> None:
    reading = reading_of(tmp_path, {"chunk": [event("$0", "Mind the roof."), *events]})
    assert [(comment.id, comment.text) for comment in reading.comments] == [("$0", "Mind the roof."), *told]
    assert reading.messages == messages


def test_an_edit_that_stands_alone_tells_what_the_message_answers_and_says_when_it_was_sent(tmp_path: Path) -> None:
    newer = {"m.new_content": {"msgtype": "m.text", "body": "No!", "m.relates_to": answering("$7")}}
    edit = event("$2", "* No!", {"rel_type": "m.replace", "event_id": "$1"}, **newer)
    (comment,) = reading_of(tmp_path, {"chunk": [edit]}).comments
    assert (comment.id, comment.parent, comment.created) == ("$1", "$7", "2026-05-04T08:00:00Z")


def test_an_edit_of_nothing_is_told(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, {"chunk": [event("$2", "No!", {"rel_type": "m.replace"})]})
    assert (reading.comments, [problem.lost for problem in reading.problems]) == ([], [True])
    assert reading.messages == ['expected "id" to be a string, but there is none']


def test_what_is_no_message_with_words_is_left_out(tmp_path: Path) -> None:
    joined = {**event("$2", ""), "type": "m.room.member", "content": {"membership": "join"}}
    picture = event("$3", "leak.jpg", msgtype="m.image")
    secret = {**event("$4", ""), "type": "m.room.encrypted", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    reading = reading_of(tmp_path, {"messages": [event("$1", "No."), joined, picture, secret, 7]})
    assert [comment.id for comment in reading.comments] == ["$1"]
    assert [problem.lost for problem in reading.problems] == [True, False, False]
    assert reading.messages[2] == "left out messages that are encrypted: 1, the first on this line"
    assert known_as(tmp_path / "export.json") == "matrix"


def test_quotations_that_do_not_end_take_time_in_proportion(tmp_path: Path) -> None:
    def made(size: int) -> Path:
        said = event("$2", "x", **HTML, formatted_body="<mx-reply>" * size + "No.")
        return written(tmp_path, {"messages": [said]}, f"{size}.json")

    assert_in_proportion(made, Reading, small=500)

"""GitLab: notes and discussions of its REST interface, with what they are on, or without."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.records import State, ThreadKey
from tests.reading import known_as, reading_of

HOST = "https://code.example"


def person(name: str = "bo") -> dict[str, Any]:
    return {"id": 2, "username": name, "web_url": f"{HOST}/{name}"}


def note(number: object = 7, body: object = "It leaks.", **more: Any) -> dict[str, Any]:
    place = {"noteable_type": "Issue", "noteable_id": 80, "noteable_iid": 3, "project_id": 5, "system": False}
    return {"id": number, "body": body, "author": person(), "created_at": "2026-05-01T09:00:00.000Z", **place, **more}


ISSUE = {
    "id": 80,
    "iid": 3,
    "project_id": 5,
    "title": "Leaks",
    "description": "",
    "author": person("ann"),
    "user_notes_count": 1,
    "web_url": f"{HOST}/g/p/-/issues/3",
}
KEY = ThreadKey("code.example", "5/issues/3")
ANSWERS: dict[str, tuple[Any, dict[str, str | None]]] = {
    "notes": ([note(7), note(8)], {"7": "opening", "8": "opening"}),
    "discussions": ([{"id": "d", "notes": [note(7), note(8)]}], {"7": "opening", "8": "7"}),
    "a discussion": ({"id": "d", "notes": [note(7), note(8), note(9)]}, {"7": "opening", "8": "7", "9": "7"}),
    "an issue": (ISSUE, {"opening": None}),
    "an issue with its notes": ([ISSUE, note(7)], {"opening": None, "7": "opening"}),
}


@pytest.mark.parametrize(("answer", "parents"), ANSWERS.values(), ids=ANSWERS)
def test_all_answers_are_recognised_and_of_one_thread(
    tmp_path: Path, answer: Any, parents: dict[str, str | None]
) -> None:
    reading = reading_of(tmp_path, answer)
    assert known_as(tmp_path / "export.json") == "gitlab"
    assert (reading.parents, {comment.thread for comment in reading.comments}) == (parents, {KEY})
    assert {comment.id for comment in reading.comments if not comment.addressed} == {
        name for name, parent in parents.items() if parent == "opening"
    }
    assert reading.problems == []


def test_an_issue_without_words_says_its_title_and_gives_its_notes_their_addresses(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [ISSUE, note(7)])
    assert [(comment.text, comment.author, comment.url) for comment in reading.comments] == [
        ("Leaks", "ann", f"{HOST}/g/p/-/issues/3"),
        ("It leaks.", "bo", f"{HOST}/g/p/-/issues/3#note_7"),
    ]
    assert [(one.title, one.declared_comments) for one in reading.threads] == [("Leaks", 2)]


def test_a_merge_request_is_another_thread_than_the_issue_of_its_number(tmp_path: Path) -> None:
    request = {**ISSUE, "web_url": f"{HOST}/g/p/-/merge_requests/3", "source_branch": "dry"}
    reading = reading_of(tmp_path, [request, note(noteable_type="MergeRequest", resolved=True)])
    assert {comment.thread.id for comment in reading.comments} == {"5/merge_requests/3"}
    assert reading.by_id["7"].states == (State.RESOLVED,)


def test_what_the_system_notes_is_left_out_and_an_account_that_is_gone_is_nobody(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [note(7, system=True), note(8, author=person("ghost")), note(9, author=None)])
    assert {comment.id: comment.author for comment in reading.comments} == {"8": None, "9": None}
    assert {comment.thread for comment in reading.comments} == {KEY}
    assert reading.messages == ["left out system notes: 1, the first on this line"]


@pytest.mark.parametrize("wrong", [note(None), note(body=5), note(body=" "), note(project_id=None), 5], ids=repr)
def test_what_is_no_note_is_lost_alone(tmp_path: Path, wrong: Any) -> None:
    reading = reading_of(tmp_path, {"id": "d", "notes": [note(7), wrong, note(8)]})
    assert list(reading.by_id) == ["7", "8"]
    assert [problem.lost for problem in reading.problems] == [True]

"""Lobsters: a story opens its thread, comments answer it or one another, and older exports name users otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.records import State, ThreadKey
from tests.reading import Reading, written

STORY: dict[str, Any] = {"short_id": "abc", "title": "Sheds", "submitter_user": "mia", "created_at": "2026-05-02"}
SAID: dict[str, Any] = {
    "short_id": "c1",
    "comment": "<p>It leaks.</p>",
    "commenting_user": "tom",
    "parent_comment": None,
}


def read(folder: Path, story: dict[str, Any], *comments: object) -> Reading:
    return Reading(written(folder, {**story, "comments": list(comments)}, "abc.json"))


COMMENTS: dict[str, tuple[dict[str, Any], tuple[str | None, str | None, str]]] = {
    "below the story": ({}, ("s/abc", "tom", "It leaks.")),
    "below a comment": ({"parent_comment": "c0"}, ("c0", "tom", "It leaks.")),
    "a user as an object": ({"commenting_user": {"username": "ida"}}, ("s/abc", "ida", "It leaks.")),
}


@pytest.mark.parametrize(("changes", "expected"), COMMENTS.values(), ids=COMMENTS)
def test_a_comment_is_below_what_it_answers(tmp_path: Path, changes: dict[str, Any], expected: tuple[str, ...]) -> None:
    comment = read(tmp_path, STORY, {**SAID, **changes}).by_id["c1"]
    assert (comment.parent, comment.author, comment.text.strip()) == expected


@pytest.mark.parametrize("state", ["is_deleted", "is_moderated"])
def test_what_was_taken_away_is_deleted(tmp_path: Path, state: str) -> None:
    assert read(tmp_path, STORY, {**SAID, state: True}).by_id["c1"].states == (State.DELETED,)


def test_a_story_of_a_link_says_its_title(tmp_path: Path) -> None:
    comment = read(tmp_path, {**STORY, "url": "https://sheds.example/"}).only()
    assert (comment.id, comment.text, [link.url for link in comment.links]) == (
        "s/abc",
        "Sheds",
        ["https://sheds.example/"],
    )


def test_another_site_that_runs_it_keeps_its_host(tmp_path: Path) -> None:
    comment = read(tmp_path, {**STORY, "short_id_url": "https://club.example/s/abc"}).only()
    assert comment.thread == ThreadKey("club.example", "abc")


def test_what_is_no_comment_is_told(tmp_path: Path) -> None:
    assert read(tmp_path, STORY, 7).messages == ["expected a comment (an object), got 7"]

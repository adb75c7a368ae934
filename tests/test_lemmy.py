"""Lemmy: comments below one another by their paths, posts as what they answer, accounts of other servers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.records import State, ThreadKey
from tests.reading import Reading, written

HOST = "https://lemmy.example"


def view(path: str = "0.11", *, local: bool = True, **changes: Any) -> dict[str, Any]:
    name = int(path.rpartition(".")[2])
    comment = {"id": name, "post_id": 5, "content": "It leaks.", "path": path, "published": "2026-05-02T09:00:00Z"}
    whole = {**comment, "ap_id": f"{HOST}/comment/{name}", "local": local, **changes}
    return {"comment": whole, "creator": {"name": "bo", "actor_id": "https://other.example/u/bo"}, "counts": {}}


def post(**changes: Any) -> dict[str, Any]:
    about = {"id": 5, "name": "Sheds", "creator_id": 3, "ap_id": f"{HOST}/post/5", "local": True, **changes}
    return {"post": about, "creator": {"name": "ann", "actor_id": f"{HOST}/u/ann"}, "counts": {"comments": 2}}


PATHS = {"0.11": "post-5", "0.11.12": "11", "0.11.12.13": "12"}


@pytest.mark.parametrize(("path", "parent"), PATHS.items(), ids=PATHS)
def test_the_path_names_the_parent(tmp_path: Path, path: str, parent: str) -> None:
    one = Reading(written(tmp_path, {"comments": [view(path)]}, "comments.json")).only()
    assert (one.thread, one.parent, one.author) == (ThreadKey("lemmy.example", "5"), parent, "bo@other.example")


POSTS: dict[str, tuple[dict[str, Any], str]] = {
    "with words": ({"body": "It *leaks*."}, "It leaks."),
    "of a title alone": ({}, "Sheds"),
}


@pytest.mark.parametrize(("changes", "text"), POSTS.values(), ids=POSTS)
def test_a_post_opens_its_thread(tmp_path: Path, changes: dict[str, Any], text: str) -> None:
    reading = Reading(written(tmp_path, {"post_view": post(**changes)}, "post.json"))
    assert [(one.title, one.declared_comments) for one in reading.threads] == [("Sheds", 3)]
    assert [(one.id, one.text, one.author) for one in reading.comments] == [("post-5", text, "ann")]


@pytest.mark.parametrize("state", ["deleted", "removed"])
def test_what_was_taken_away_is_deleted(tmp_path: Path, state: str) -> None:
    one = Reading(written(tmp_path, {"comments": [view(content="", **{state: True})]}, "comments.json")).only()
    assert one.states == (State.DELETED,)


def test_without_a_comment_of_the_server_its_name_is_unknown(tmp_path: Path) -> None:
    one = Reading(written(tmp_path, {"comments": [view(local=False)]}, "comments.json")).only()
    assert (one.thread.site, one.author) == ("lemmy", "bo")


def test_what_is_no_comment_is_told(tmp_path: Path) -> None:
    reading = Reading(written(tmp_path, {"comments": [view(), {**view(), "comment": 7}]}, "comments.json"))
    assert len(reading.comments) == 1
    assert len(reading.messages) == 1

"""Lemmy: comments below one another by their paths, posts as what they answer, accounts of other servers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.records import State, ThreadKey
from tests.reading import Reading, written

HOST = "https://lemmy.example"


def about(**changes: Any) -> dict[str, Any]:
    return {"id": 5, "name": "Sheds", "creator_id": 3, "ap_id": f"{HOST}/post/5", "local": True, **changes}


def person(name: str = "bo", host: str = "other.example") -> dict[str, Any]:
    return {"name": name, "actor_id": f"https://{host}/u/{name}"}


def view(path: str = "0.11", /, **changes: Any) -> dict[str, Any]:
    name = int(path.rpartition(".")[2])
    comment = {"id": name, "post_id": 5, "content": "It leaks.", "path": path, "published": "2026-05-02T09:00:00Z"}
    whole = {**comment, "ap_id": f"{HOST}/comment/{name}", "local": True, **changes}
    return {"comment": whole, "creator": person(), "post": about(), "counts": {}}


def post(**changes: Any) -> dict[str, Any]:
    return {"post": about(**changes), "creator": person("ann", "lemmy.example"), "counts": {"comments": 2}}


PATHS = {"0.11": "post-5", "0.11.12": "11", "0.11.12.13": "12"}


@pytest.mark.parametrize(("path", "parent"), PATHS.items(), ids=PATHS)
def test_the_path_names_the_parent(tmp_path: Path, path: str, parent: str) -> None:
    comment = Reading(written(tmp_path, {"comments": [view(path)]}, "comments.json")).only()
    assert (comment.thread, comment.parent, comment.author) == (
        ThreadKey("lemmy.example", "5"),
        parent,
        "bo@other.example",
    )


POSTS: dict[str, tuple[dict[str, Any], str]] = {
    "with words": ({"body": "It *leaks*."}, "It leaks."),
    "of a title alone": ({}, "Sheds"),
}


@pytest.mark.parametrize(("changes", "text"), POSTS.values(), ids=POSTS)
def test_a_post_opens_its_thread(tmp_path: Path, changes: dict[str, Any], text: str) -> None:
    reading = Reading(written(tmp_path, {"post_view": post(**changes)}, "post.json"))
    assert [(one.title, one.declared_comments) for one in reading.threads] == [("Sheds", 3)]
    assert [(comment.id, comment.text, comment.author) for comment in reading.comments] == [("post-5", text, "ann")]


@pytest.mark.parametrize("state", ["deleted", "removed"])
def test_what_was_taken_away_is_deleted(tmp_path: Path, state: str) -> None:
    comment = Reading(written(tmp_path, {"comments": [view(content="", **{state: True})]}, "comments.json")).only()
    assert comment.states == (State.DELETED,)


ELSEWHERE = {"local": False, "ap_id": "https://other.example/post/77"}


@pytest.mark.parametrize("where", [{}, ELSEWHERE], ids=["of the server", "of another"])
def test_a_post_and_its_comments_are_one_thread_whoever_wrote_them(tmp_path: Path, where: dict[str, Any]) -> None:
    comments = [
        {**view(), "post": about(**where)},
        {**view("0.12", local=False), "post": about(**where), "creator": person("ann", "lemmy.example")},
    ]
    files = [written(tmp_path, {"post_view": post(**where)}, "post.json")]
    files += [written(tmp_path, {"comments": [comment]}, f"{at}.json") for at, comment in enumerate(comments)]
    reading = Reading(*files)
    assert {comment.thread for comment in reading.comments} == {reading.threads[0].key}
    names = ["ann", "bo@other.example"] if not where else ["ann@lemmy.example", "bo"]
    assert [comment.author for comment in reading.comments] == [names[0], names[1], names[0]]


def test_without_the_post_the_server_is_unknown(tmp_path: Path) -> None:
    alone = {name: part for name, part in view().items() if name != "post"}
    comment = Reading(written(tmp_path, {"comments": [alone]}, "comments.json")).only()
    assert (comment.thread.site, comment.author) == ("lemmy", "bo")


def test_what_is_no_comment_is_told(tmp_path: Path) -> None:
    reading = Reading(written(tmp_path, {"comments": [view(), {**view(), "comment": 7}]}, "comments.json"))
    assert len(reading.comments) == 1
    assert len(reading.messages) == 1


def test_a_comment_and_a_post_of_nobody_are_kept(tmp_path: Path) -> None:
    nobody = {"creator": None}
    reading = Reading(written(tmp_path, {"posts": [post() | nobody], "comments": [view() | nobody]}, "comments.json"))
    assert [(comment.id, comment.author) for comment in reading.comments] == [("post-5", None), ("11", None)]


def test_what_lemmy_calls_otherwise_since_1_0_is_read(tmp_path: Path) -> None:
    when, bo = "2026-05-02T09:00:00Z", {"name": "bo", "ap_id": "https://other.example/u/bo"}
    comment = {key: value for key, value in view()["comment"].items() if key != "published"}
    whole = view() | {"comment": comment | {"published_at": when, "child_count": 0}, "creator": bo}
    opening = post(published_at=when, comments=1) | {"creator": bo, "counts": None}
    reading = Reading(written(tmp_path, {"items": [opening, whole], "next_page": None}, "items.json"))
    assert [(one.id, one.author, one.created) for one in reading.comments] == [
        ("post-5", "bo@other.example", when),
        ("11", "bo@other.example", when),
    ]
    assert (reading.threads[0].declared_comments, reading.comments[1].declared_replies) == (2, 0)

"""Comments on changes in Gerrit: what guards them, whom they answer, when they were written, and what is settled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.loaders.formats import gerrit
from rejoinder.records import State, ThreadKey
from tests.reading import Reading, known_as, reading_of, written
from tests.timing import assert_in_proportion


def said(name: str, answers: object = None, day: int = 1, unresolved: object = True, **more: Any) -> dict[str, Any]:
    return {
        "author": {"_account_id": 7, "name": "Gesa Brandt"},
        "patch_set": 1,
        "id": name,
        **({} if answers is None else {"in_reply_to": answers}),
        "updated": f"2024-05-{day:02} 08:00:00.000000000",
        "message": f"Words of {name}.",
        "unresolved": unresolved,
        **more,
    }


def on_files(folder: Path, **files: list[Any]) -> Reading:
    return reading_of(folder, files, "4711.json")


WRITTEN: dict[str, tuple[str, bool]] = {
    "guarded": (')]}\'\n{"a.c": [COMMENT]}', True),
    "guarded, without a line end": (')]}\'{"a.c": [COMMENT]}', True),
    "bare": ('{"a.c": [COMMENT]}', True),
    "below a folder": ('{"src/oven.v2/a.c": [COMMENT]}', True),
    "a list of messages": ("[COMMENT]", False),
    "messages of something else": ('{"messages": [{"id": 1, "message": "No.", "updated": "now"}]}', False),
}


@pytest.mark.parametrize(("content", "known"), WRITTEN.values(), ids=WRITTEN)
def test_comments_are_known_with_their_guard_and_without(tmp_path: Path, content: str, known: bool) -> None:
    comment = '\n{"id": "a", "message": "No.", "updated": "2024-05-01 08:00:00.000000000", "patch_set": 2}'
    path = written(tmp_path, content.replace("COMMENT", comment), "4711.json")
    head = path.read_text(encoding="utf-8").removeprefix(")]}'")
    assert gerrit.recognises(path, head) is known
    if known:
        one = Reading(path).only()
        assert (one.thread, one.id, one.text) == (ThreadKey("gerrit", "4711"), "a", "No.")
        assert Reading(path).lines == [content.partition("[")[0].count("\n") + 2]
    if known and not content.startswith(")"):
        assert known_as(path) == "gerrit"


AUTHORS = {
    "a name": ({"_account_id": 7, "name": "Gesa", "username": "gb"}, "Gesa"),
    "a name to sign in with": ({"_account_id": 7, "username": "gb"}, "gb"),
    "an address": ({"email": "gb@bakery.example"}, "gb@bakery.example"),
    "a number": ({"_account_id": 7}, None),
    "nobody": (None, None),
}


@pytest.mark.parametrize(("author", "name"), AUTHORS.values(), ids=AUTHORS)
def test_who_wrote_a_comment(tmp_path: Path, author: object, name: str | None) -> None:
    assert on_files(tmp_path, a=[said("1", author=author)]).only().author == name


def test_comments_on_all_files_are_one_thread(tmp_path: Path) -> None:
    reading = on_files(tmp_path, a=[said("1"), said("2", "1")], b=[said("3")], c=[])
    assert reading.parents == {"1": None, "2": "1", "3": None}
    assert {comment.created for comment in reading.comments} == {"2024-05-01T08:00:00Z"}
    assert len({comment.thread for comment in reading.comments}) == 1


SETTLED: dict[str, tuple[list[dict[str, Any]], set[str]]] = {
    "left open": ([said("1"), said("2", "1", 2)], set()),
    "settled by the latest": ([said("1"), said("2", "1", 2), said("3", "2", 3, False)], {"1", "2", "3"}),
    "settled by the latest, whatever their order": ([said("2", "1", 2, False), said("1")], {"1", "2"}),
    "opened again": ([said("1"), said("2", "1", 2, False), said("3", "2", 3)], set()),
    "never a matter": ([said("1", unresolved=False)], set()),
    "answers to what is not here": ([said("2", "1", 2), said("3", "1", 3, False)], {"2", "3"}),
    "a circle": ([said("1", "2"), said("2", "1", 2, False)], {"1", "2"}),
    "it is not told": ([said("1", unresolved=None), said("2", "1", 2, None)], set()),
}


@pytest.mark.parametrize(("comments", "settled"), SETTLED.values(), ids=SETTLED)
def test_what_is_settled_is_resolved(tmp_path: Path, comments: list[dict[str, Any]], settled: set[str]) -> None:
    reading = on_files(tmp_path, a=comments)
    assert {comment.id for comment in reading.comments if comment.states == (State.RESOLVED,)} == settled


def test_what_is_wrong_is_lost_alone(tmp_path: Path) -> None:
    wrong = [7, said("", day=2), {**said("2"), "message": None}, {**said("3"), "id": []}]
    reading = on_files(tmp_path, a=[*wrong, said("1", [7], updated=[])])
    assert [(comment.id, comment.parent, comment.created) for comment in reading.comments] == [("1", None, None)]
    assert [problem.lost for problem in reading.problems] == [True] * 6


def test_two_changes_of_one_name_are_told_apart(tmp_path: Path) -> None:
    paths = [tmp_path / name / "comments.json" for name in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        written(path.parent, {"a.c": [said("1")]}, path.name)
    reading = Reading(*paths)
    assert len(reading.comments) == 1
    assert "another file of this load is named the same" in reading.messages[0]


def test_a_long_chain_costs_time_in_proportion(tmp_path: Path) -> None:
    def made(size: int) -> Path:
        return written(tmp_path, {"a": [said(str(n), str(n + 1)) for n in range(size)]}, f"{size}.json")

    assert_in_proportion(made, Reading, small=1000)

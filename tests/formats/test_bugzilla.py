"""Bugzilla: the answers of its REST interface, and whom a comment answers and quotes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.records import ThreadKey
from tests.reading import Reading, known_as, reading_of, written


def comment(count: int = 1, text: object = "It leaks.", **more: Any) -> dict[str, Any]:
    told = {"id": 900 + count, "bug_id": 35, "count": count, "text": text, "creator": "bo", "tags": []}
    return {**told, "creation_time": "2026-05-01T09:00:00Z", **more}


def on_bug(*comments: Any) -> dict[str, Any]:
    return {"bugs": {"35": {"comments": list(comments)}}, "comments": {}}


BUG = {"id": 35, "summary": "Leaks", "product": "Roof"}
OLD = {"id": 7, "bug_id": 35, "author": "ann", "time": "2009-05-01T09:00:00Z", "text": "It leaks."}
ANSWERS: dict[str, tuple[Any, dict[str, str | None], list[str | None]]] = {
    "comments on a bug": (on_bug(comment(0), comment(1)), {"0": None, "1": "0"}, [None]),
    "some comments": ({"bugs": {}, "comments": {"901": comment(1)}}, {"1": "0"}, [None]),
    "bugs with their comments": ({"bugs": [{**BUG, "comments": [comment(0)]}]}, {"0": None}, ["Leaks"]),
    "older ones without numbers": (on_bug(OLD, {**OLD, "id": 8}), {"0": None, "1": "0"}, [None]),
}


@pytest.mark.parametrize(("answer", "parents", "titles"), ANSWERS.values(), ids=ANSWERS)
def test_all_answers_are_recognised_and_of_one_thread(
    tmp_path: Path, answer: Any, parents: dict[str, str | None], titles: list[str | None]
) -> None:
    reading = reading_of(tmp_path, answer)
    assert known_as(tmp_path / "export.json") == "bugzilla"
    assert (reading.parents, {one.thread for one in reading.comments}) == (parents, {ThreadKey("bugzilla", "35")})
    assert [one.title for one in reading.threads] == titles
    assert reading.problems == []


ANSWERED: dict[str, tuple[str, str, str, bool]] = {
    "with a name": (
        "(In reply to Bo (:bo) (away) from comment #3)\n> It leaks.\n\nNo.",
        "> It leaks.\n\nNo.",
        "3",
        True,
    ),
    "without a name": ("(In reply to comment #3)\n> It leaks.\nNo.", "> It leaks.\nNo.", "3", True),
    "on the same line": ("(In reply to comment #3) No.", "No.", "3", True),
    "further down": (
        "Thanks.\n\n(In reply to comment #3)\n> It leaks.\n\nNo.",
        "Thanks.\n\n> It leaks.\n\nNo.",
        "3",
        True,
    ),
    "two at once": (
        "(In reply to comment #3)\n> It leaks.\n\nNo.\n(In reply to comment #4)\n> Wet.\n\nDry.",
        "> It leaks.\n\nNo.\n\n> Wet.\n\nDry.",
        "3",
        True,
    ),
    "what is quoted answered another": (
        "(In reply to comment #3)\n> (In reply to Bo from comment #2)\n> > Dry.\n> Wet.\n\nNo.",
        "> > Dry.\n> Wet.\n\nNo.",
        "3",
        True,
    ),
    "itself": ("(In reply to comment #5)\n> It leaks.\n\nNo.", "> It leaks.\n\nNo.", "0", False),
    "in the words": ("See (In reply to comment #3)", "See (In reply to comment #3)", "0", False),
}


@pytest.mark.parametrize(("text", "read", "parent", "addressed"), ANSWERED.values(), ids=ANSWERED)
def test_the_line_that_names_a_comment_makes_it_the_parent(
    tmp_path: Path, text: str, read: str, parent: str, addressed: bool
) -> None:
    one = reading_of(tmp_path, on_bug(comment(5, text))).only()
    assert (one.text, one.parent, one.addressed) == (read, parent, addressed)


@pytest.mark.parametrize("markdown", [True, False])
def test_what_is_quoted_below_such_a_line_is_from_that_comment(tmp_path: Path, markdown: bool) -> None:
    parts = ["(In reply to comment #3)", "> It leaks.", ">", "> > Dry.", "", "> Wet.", "", "No.", "", "> Old.", ""]
    text = "\n".join([*parts, "(In reply to Bo from comment #4)", "> Cold."])
    reading = reading_of(tmp_path, on_bug(comment(5, text, is_markdown=markdown)))
    assert reading.quoted == [("5", "3", "It leaks."), ("5", "3", "Wet."), ("5", "4", "Cold.")]


BODIES: dict[str, tuple[dict[str, Any], str]] = {
    "plain": ({"text": "a *b* <i>\r\nc"}, "a *b* <i>\nc"),
    "Markdown": ({"text": "a *b*", "is_markdown": True}, "a b"),
    "an attachment": ({"text": "Created attachment 7\nthe roof\n\nIt leaks."}, "the roof\n\nIt leaks."),
    "on an attachment": ({"text": "Comment on attachment 7\nthe roof\n\nNo."}, "the roof\n\nNo."),
    "a duplicate": ({"text": "Same.\n\n*** This bug has been marked as a duplicate of bug 4 ***"}, "Same."),
}


@pytest.mark.parametrize(("told", "text"), BODIES.values(), ids=BODIES)
def test_lines_that_bugzilla_adds_are_left_out(tmp_path: Path, told: dict[str, Any], text: str) -> None:
    assert reading_of(tmp_path, on_bug(comment(1, **told))).only().text == text


def test_a_folder_named_after_the_site_names_it(tmp_path: Path) -> None:
    folder = tmp_path / "bugs.trees.example"
    folder.mkdir()
    bugs = written(folder, {"bugs": [BUG]}, "bug.json")
    reading = Reading(bugs, written(folder, on_bug(comment(2)), "comments.json"))
    assert known_as(bugs) == "bugzilla"
    assert [(one.key.site, one.title) for one in reading.threads] == [
        ("bugs.trees.example", "Leaks"),
        ("bugs.trees.example", None),
    ]
    assert [one.url for one in reading.comments] == ["https://bugs.trees.example/show_bug.cgi?id=35#c2"]


def test_what_has_no_words_and_spam_are_left_out_and_what_is_no_comment_is_lost_alone(tmp_path: Path) -> None:
    told = [
        comment(1, ""),
        comment(2, tags=["spam"]),
        comment(3, None),
        7,
        comment(4),
        comment(True),
        comment(6, tags=4),
    ]
    reading = reading_of(tmp_path, on_bug(*told))
    assert list(reading.parents) == ["4", "6"]
    assert reading.messages == [
        'expected "text" to be a string, but there is none',
        "expected a comment (an object), got 7",
        'expected "count" to be a string, got True',
        "left out comments without words, and spam: 2, the first on this line",
        'expected "tags" to be a string or a list of strings, got 4; only that is left out',
    ]


def test_a_description_without_words_says_the_summary(tmp_path: Path) -> None:
    assert reading_of(tmp_path, {"bugs": [{**BUG, "comments": [comment(0, "")]}]}).only().text == "Leaks"


def test_an_answer_without_bugs_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, {"bugs": [], "comments": {}}, "empty.json")
    assert Reading(path, format="bugzilla").messages == ['expected "bugs" of Bugzilla with "comments", got none']

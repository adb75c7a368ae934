"""OpenReview: notes of both versions of its API, and what of a review is prose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.records import State, ThreadKey
from tests.reading import known_as, reading_of

PLACE = "Sedge.org/2026/Workshop/Submission4"


def note(name: str = "n1", content: object = None, **more: Any) -> dict[str, Any]:
    content = {"comment": {"value": "It leaks."}} if content is None else content
    return {"id": name, "forum": "s1", "replyto": "s1", "signatures": [f"{PLACE}/Authors"], "content": content, **more}


PAPER = note("s1", {"title": {"value": "Reeds"}, "abstract": {"value": "They clean."}}, replyto=None)
OLD = note("n1", {"title": "Thin tests", "review": "It leaks."}, signatures=["Sedge.org/2019/Paper4/AnonReviewer2"])
ANSWERS: dict[str, tuple[Any, dict[str, str | None]]] = {
    "an answer": ({"notes": [PAPER, note()], "count": 2}, {"s1": None, "n1": "s1"}),
    "a list": ([PAPER, note(), note("n2", replyto="n1")], {"s1": None, "n1": "s1", "n2": "n1"}),
    "a note": (PAPER, {"s1": None}),
    "the older version": ({"notes": [OLD]}, {"n1": "s1"}),
    "a submission with its replies": (
        {"notes": [{**PAPER, "details": {"replyCount": 1, "replies": [note()]}}]},
        {"s1": None, "n1": "s1"},
    ),
    "its direct replies": ([{**PAPER, "details": {"directReplies": [note()]}}], {"s1": None, "n1": "s1"}),
}


@pytest.mark.parametrize(("answer", "parents"), ANSWERS.values(), ids=ANSWERS)
def test_all_answers_are_recognised_and_of_one_thread(
    tmp_path: Path, answer: Any, parents: dict[str, str | None]
) -> None:
    reading = reading_of(tmp_path, answer)
    assert known_as(tmp_path / "export.json") == "openreview"
    assert (reading.parents, {comment.thread for comment in reading.comments}) == (
        parents,
        {ThreadKey("openreview.net", "s1")},
    )
    assert reading.problems == []


LONG = "We would have liked to see more than two winters."
FORMS: dict[str, tuple[dict[str, Any], str]] = {
    "one field has no heading": ({"comment": "It leaks."}, "It leaks."),
    "the order is fixed": (
        {"weaknesses": "Old.", "strengths": "New.", "summary": "Sand."},
        "Summary:\n\nSand.\n\nStrengths:\n\nNew.\n\nWeaknesses:\n\nOld.",
    ),
    "other fields with a sentence come after": (
        {"more_to_say": LONG, "comment": "It leaks."},
        f"Comment:\n\nIt leaks.\n\nMore to say:\n\n{LONG}",
    ),
    "scores and short choices are left out": (
        {
            "rating": "3: reject, for the tests are thin and old",
            "limitations": "2",
            "presentation": "3 good",
            "review": "No.",
        },
        "No.",
    ),
    "assurances are left out": ({"code_of_conduct": f"I agree. {LONG}", "review": "No."}, "No."),
    "a title of its own comes first": ({"title": "Thin tests", "review": "No."}, "Thin tests\n\nNo."),
    "a title that only names the kind does not": (
        {"title": "Official Review of Paper4 by Ann", "review": "No."},
        "No.",
    ),
    "a title alone is the words": ({"title": "Withdrawal"}, "Withdrawal"),
    "other names of venues": (
        {"Summary Of The Review": "No.", "Main Review": "Yes."},
        "Main Review:\n\nYes.\n\nSummary Of The Review:\n\nNo.",
    ),
}


@pytest.mark.parametrize(("form", "text"), FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("wrapped", [True, False], ids=["version 2", "version 1"])
def test_the_prose_of_a_form_is_its_text(tmp_path: Path, form: dict[str, Any], text: str, wrapped: bool) -> None:
    content = {name: {"value": value} for name, value in form.items()} if wrapped else form
    assert reading_of(tmp_path, [note(content=content)]).only().text == text


SIGNED: dict[str, tuple[object, str | None]] = {
    "a reviewer": ([f"{PLACE}/Reviewer_x1Yz"], f"Reviewer x1Yz of {PLACE}"),
    "a profile": (["~Ann_Maria_Berg1"], "Ann Maria Berg"),
    "another of that name": (["~Ann_Berg3"], "Ann Berg 3"),
    "nobody": ([], None),
}


@pytest.mark.parametrize(("signatures", "author"), SIGNED.values(), ids=SIGNED)
def test_who_signed_is_told_from_others_of_the_same_role(
    tmp_path: Path, signatures: object, author: str | None
) -> None:
    assert reading_of(tmp_path, [note(signatures=signatures)]).only().author == author


def test_a_deleted_note_is_kept_without_words_and_the_submission_declares_its_size(tmp_path: Path) -> None:
    paper = {**PAPER, "details": {"replyCount": 4}}
    reading = reading_of(tmp_path, {"notes": [paper, note("n1", {}, ddate=1768471200000)]})
    assert reading.by_id["n1"].states == (State.DELETED,)
    assert [(one.title, one.declared_comments, one.url) for one in reading.threads] == [
        ("Reeds", 5, "https://openreview.net/forum?id=s1")
    ]


def test_a_note_that_is_none_is_lost_alone_and_a_wrong_parent_loses_nothing(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path, {"notes": [note("n1", "text"), 7, note("n2", replyto=["s1"]), note("n3", {"rating": "4"})]}
    )
    assert (reading.parents, [comment.addressed for comment in reading.comments]) == ({"n2": "s1"}, [False])
    assert reading.messages == [
        "expected \"content\" to be an object with the fields of the note, got 'text'",
        "expected a note (an object), got 7",
        "expected \"content\" to be an object with a field of prose, such as a comment, got ['rating']",
        "expected \"replyto\" to be the id of a comment, got ['s1']; only that is left out",
    ]


def test_an_answer_without_notes_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.json").write_text('{"notes": [], "forum": "s1", "id": 1, "signatures": []}', encoding="utf-8")
    reading = reading_of(tmp_path, {"notes": [], "id": "", "forum": "", "signatures": [], "content": 7}, "empty.json")
    assert reading.messages == ['expected notes of OpenReview, an object with "notes" that hold some; got none']

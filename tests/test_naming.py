"""A thread whose source gives it no title is called by the first words of the post that opens it."""

from __future__ import annotations

import pytest

from rejoinder.loaders.naming import opening_title
from rejoinder.records import Comment, Discussion, Record, Thread
from tests.test_merge import KEY, merged


def comment(name: str, text: str, created: str | None = None, parent: str | None = None) -> Comment:
    return Comment(KEY, name, text, created=created, parent=parent)


CASES: dict[str, tuple[list[Comment], str | None]] = {
    "the one without a parent": (
        [comment("1", "It is.", parent="2"), comment("2", "The shed leaks.")],
        "The shed leaks.",
    ),
    "the earliest": ([comment("1", "b", "2026-03-02"), comment("2", "a", "2026-03-01")], "a"),
    "one with a date before one without": ([comment("1", "b"), comment("2", "a", "2026-03-01")], "a"),
    "ids as numbers": ([comment("10", "b"), comment("9", "a")], "a"),
    "no quotation": ([comment("1", "> It is dry.\n\nIt leaks.\nMuch.")], "It leaks."),
    "at most 80 characters": ([comment("1", "leak " * 40)], "leak " * 15 + "leak…"),
    "none is loaded": ([comment("1", "It is.", parent="0")], None),
    "deleted": ([comment("1", ""), comment("2", "It is.", parent="1")], None),
    "nothing": ([], None),
}


@pytest.mark.parametrize(("comments", "title"), CASES.values(), ids=CASES)
def test_the_title_is_what_opens_the_thread(comments: list[Comment], title: str | None) -> None:
    assert opening_title(comments) == title


OPENING, LATER = comment("1", "The shed leaks.", "2026-03-01"), comment("10", "So does the barn.", "2026-03-04")
REWORDED = comment("1", "The shed is dry.", "2026-03-01")
LOADS: dict[str, tuple[list[list[Record]], str]] = {
    "the opening post alone": ([[OPENING]], "The shed leaks."),
    "the opening post last": ([[LATER], [OPENING]], "The shed leaks."),
    "the opening post reworded": ([[OPENING, LATER], [REWORDED]], "The shed is dry."),
    "a title that comes later": ([[OPENING], [Thread(KEY, "Sheds"), LATER]], "Sheds"),
    "a title that came before": ([[Thread(KEY, "Sheds"), LATER], [OPENING]], "Sheds"),
}


@pytest.mark.parametrize(("loads", "title"), LOADS.values(), ids=LOADS)
def test_the_title_does_not_depend_on_the_order_of_loads(loads: list[list[Record]], title: str) -> None:
    held: Discussion | None = None
    for records in loads:
        ((held,), _) = merged(records, held)
    assert held is not None
    assert held.thread.title == title

"""A thread whose source gives it no title is called by the first words of the post that opens it."""

from __future__ import annotations

import pytest

from rejoinder.loaders.gathering.naming import opening_title, opening_words
from rejoinder.records import Comment, Discussion, Record, Thread
from tests.loading.test_merge import KEY, merged
from tests.timing import assert_in_proportion


def comment(
    name: str, text: str, created: str | None = None, parent: str | None = None, at: int | None = None
) -> Comment:
    return Comment(KEY, name, text, created=created, parent=parent, position=at)


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
    "the first by position": ([comment("1", "b", "2026-03-02", at=2), comment("2", "a", at=1)], "a"),
    "nothing": ([], None),
}


@pytest.mark.parametrize(("comments", "title"), CASES.values(), ids=CASES)
def test_the_title_is_what_opens_the_thread(comments: list[Comment], title: str | None) -> None:
    assert opening_title(comments) == title


WORDS: dict[str, str | None] = {
    "[deleted]": None,
    "[ Removed by Reddit ]": None,
    "[Deleted] scenes leak.": "[Deleted] scenes leak.",
    "---\n***\n* * *\nIt leaks.": "It leaks.",
    "```\nx = 1\n```\nIt leaks.": "It leaks.",
    "```\nx = 1": None,
    "  > No.\n&gt; No.\nIt leaks.": "It leaks.",
    "@tom\n@tom @ida\n@tom it leaks.": "@tom it leaks.",
    "\u200b\n\ufeff \u200d": None,
    "\u200bIt leaks.": "It leaks.",
    "### Proposal: mend it": "Proposal: mend it",
    "- It leaks.": "It leaks.",
    "#shed leaks": "#shed leaks",
    "**Why** does `rm -r` *not* work?": "Why does rm -r not work?",
    "f*** off, 5 * 3 is snake_case or __init__": "f*** off, 5 * 3 is snake_case or __init__",
    "?!": None,
    "雨漏りします。": "雨漏りします。",
}


@pytest.mark.parametrize(("text", "title"), WORDS.items(), ids=WORDS)
def test_a_title_is_a_line_of_prose_without_marks(text: str, title: str | None) -> None:
    assert opening_words(text) == title


@pytest.mark.parametrize("unit", ["*a ", "`", "_a ", "@a ", "@a@", "@a\n", "\u200b", "> \n", "```\n", "[", "# "])
def test_a_title_is_found_in_linear_time(unit: str) -> None:
    assert_in_proportion(lambda size: unit * (size // len(unit)), opening_words, small=4_000, floor=0.1)


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
    discussion: Discussion | None = None
    for records in loads:
        ((discussion,), _) = merged(records, discussion)
    assert discussion is not None
    assert discussion.thread.title == title

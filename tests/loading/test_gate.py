"""Records without the ids that name them are refused, whoever made them; extraction ends whatever the parents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rejoinder.errors import Problem
from rejoinder.load import load
from rejoinder.loaders.extract import extract
from rejoinder.loaders.gathering.gate import admit_record
from rejoinder.records import (
    AifGraph,
    AifNode,
    Comment,
    Discussion,
    Found,
    Kind,
    Link,
    PlatformMove,
    Record,
    StatedClaim,
    StatedMove,
    Thread,
    ThreadKey,
)
from rejoinder.settings import Settings

KEY = ThreadKey("local", "t")
COMMENT = Comment(KEY, "1", "The pump in the yard is dry.")
MOVE = StatedMove(KEY, "m", Kind.SUPPORT, ("a",), "b", "1")


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (replace(COMMENT, id=""), "a comment whose id is not blank; it begins 'The pump in the yard is dry.'"),
        (replace(COMMENT, id=" \n"), "a comment whose id is not blank"),
        (replace(COMMENT, thread=ThreadKey("local", "")), "a comment whose thread id is not blank"),
        (replace(COMMENT, thread=ThreadKey("", "t")), "a comment whose site is not blank"),
        (Thread(ThreadKey("local", " ")), "a thread whose thread id is not blank"),
        (StatedClaim(KEY, "", "1", 0, 2), "a stated claim whose name is not blank"),
        (StatedClaim(KEY, "c", "", 0, 2), "a stated claim whose comment is not blank"),
        (replace(MOVE, name=""), "a stated move whose name is not blank"),
        (PlatformMove(KEY, "p", Kind.ANSWER, "", "accepted"), "a move that the site records whose target is not blank"),
    ],
)
def test_a_record_with_a_blank_id_is_a_problem(record: Record, said: str) -> None:
    problem = admit_record(Found(record, "in.json", 3))
    assert isinstance(problem, Problem)
    assert (problem.file, problem.line, problem.lost) == ("in.json", 3, True)
    assert said in problem.message


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (
            replace(COMMENT, text="a" * 16_000_001),
            "whose text has at most 16,000,000 bytes, got 16,000,001",
        ),
        (
            replace(COMMENT, links=(Link(0, 3, "https://a.example/" + "a" * 16_000_000),)),
            "whose link has at most",
        ),
        (replace(COMMENT, id="a" * 10_001), "a comment whose id has at most 10,000 characters, got 10,001"),
        (replace(COMMENT, author="a" * 10_001), "a comment whose author has at most"),
        (Thread(ThreadKey("local", "a" * 10_001)), "a thread whose thread id has at most"),
        (AifGraph(KEY, (AifNode("1", "I", "ä" * 8_000_001),), ()), "an AIF graph whose node has at most"),
    ],
)
def test_a_record_that_no_store_could_hold_is_a_problem(record: Record, said: str) -> None:
    problem = admit_record(Found(record, "in.json", 3))
    assert isinstance(problem, Problem)
    assert (problem.file, problem.line, problem.lost) == ("in.json", 3, True)
    assert said in problem.message


def test_the_longest_comment_is_stored_and_a_longer_one_loses_no_other(tmp_path: Path) -> None:
    lines = [
        f'{{"id": "{len(text)}", "thread": "t", "text": "{text}"}}\n'
        for text in ("𝔞" * 4_000_000, "a" * 16_000_001, "b")
    ]
    file = tmp_path / "in.jsonl"
    file.write_text("".join(lines), encoding="utf-8")
    problems: list[Problem] = []
    tally = load(tmp_path / "s", [str(file)], Settings(), report=problems.append)
    assert (tally.comments, [problem.line for problem in problems]) == (2, [2])


@pytest.mark.parametrize("record", [COMMENT, MOVE, Thread(KEY), replace(COMMENT, parent="0")])
def test_a_record_with_its_ids_stays_as_it_is(record: Record) -> None:
    found = Found(record, "in.json", 3)
    assert admit_record(found) is found


def test_a_blank_parent_is_none() -> None:
    assert admit_record(Found(replace(COMMENT, parent=" "), "in.json", 3)) == Found(COMMENT, "in.json", 3)


@pytest.mark.parametrize(
    ("record", "clean"),
    [
        (replace(COMMENT, id="1\ud800"), replace(COMMENT, id="1\ufffd")),
        (replace(COMMENT, author="\udfffAna\0"), replace(COMMENT, author="\ufffdAna\ufffd")),
        (replace(COMMENT, thread=ThreadKey("a\ud800", "t")), replace(COMMENT, thread=ThreadKey("a\ufffd", "t"))),
        (Thread(KEY, title="\ud800"), Thread(KEY, title="\ufffd")),
        (replace(MOVE, target="\ud800"), replace(MOVE, target="\ufffd")),
    ],
    ids=["id", "author", "site", "title", "target"],
)
def test_what_no_store_takes_is_replaced(record: Record, clean: Record) -> None:
    assert admit_record(Found(record, "in.json", 3)) == Found(clean, "in.json", 3)


LOOPS = {
    "a blank id below nothing": [("", None, False), ("2", "", False)],
    "a comment below itself": [("1", "1", True)],
    "a comment below itself, as far as is known": [("1", "1", False), ("2", "1", False)],
    "two below each other": [("1", "2", True), ("2", "1", True), ("3", "2", False)],
}


@pytest.mark.parametrize("comments", LOOPS.values(), ids=LOOPS)
def test_extraction_ends_whatever_the_parents(comments: list[tuple[str, str | None, bool]]) -> None:
    made = [
        replace(COMMENT, id=name, parent=parent, author=name, addressed=addressed)
        for name, parent, addressed in comments
    ]
    assert extract(Discussion(Thread(KEY), tuple(made))).extraction.name == "rejoinder-rules"

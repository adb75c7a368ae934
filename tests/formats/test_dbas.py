"""D-BAS in: the tables of a dump as threads, claims and moves, and what becomes of what does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.formats import dbas
from rejoinder.records import Comment, State, StatedClaim, StatedMove, Thread, ThreadKey
from tests.thread_maps import loaded, records

COLUMNS = {
    "issues": "uid, title, slug, info, date",
    "statements": "uid, is_startpoint, issue_uid, is_disabled",
    "textversions": 'uid, statement_uid, content, author_uid, "timestamp", is_disabled',
    "premises": "uid, premisesgroup_uid, statement_uid, is_negated, issue_uid, is_disabled",
    "arguments": "uid, premisesgroup_uid, conclusion_uid, argument_uid, is_supportive, issue_uid, is_disabled",
    "users": "uid, nickname, public_nickname",
}
ROWS: dict[str, list[str]] = {
    "issues": ["9|Shade|shade|Where is shade?|2020-05-01 08:00:00"],
    "statements": ["1|t|9|f", "2|f|9|f", "3|f|9|f", "4|f|9|f"],
    "textversions": [f"{uid}|{uid}|{words}|5|2020-05-01 08:00:00.5|f" for uid, words in enumerate("abcd", 1)],
    "premises": ["1|1|2|f|9|f", "2|2|3|f|9|f", "3|2|4|f|9|f"],
    "arguments": ["1|1|1|\\N|t|9|f"],
    "users": ["5|lou|Louise", "6|anonymous|anonymous"],
}


def dump(changes: Mapping[str, list[str]]) -> str:
    tables = ROWS | dict(changes)
    parts = ["SET client_encoding = 'UTF8';\n"]
    for table, rows in tables.items():
        lines = "".join(row.replace("|", "\t") + "\n" for row in rows)
        parts.append(f"COPY public.{table} ({COLUMNS[table]}) FROM stdin;\n{lines}\\.\n\n")
    return "\n".join(parts)


def stated(folder: Path, changes: Mapping[str, list[str]]) -> list[Any]:
    return records(loaded(dbas, folder / "dump.sql", dump(changes)))


MOVES = {
    "a support": (["1|1|1|\\N|t|9|f"], [("argument 1", "Support", ("2",), "1")]),
    "linked premises": (["1|2|1|\\N|t|9|f"], [("argument 1", "Support", ("3", "4"), "1")]),
    "an attack": (["1|1|1|\\N|f|9|f"], [("argument 1", "Rebuttal", ("2",), "1")]),
    "linked premises of an attack": (
        ["1|2|1|\\N|f|9|f"],
        [("argument 1", "Rebuttal", ("3",), "1"), ("argument 1 premise 2", "Rebuttal", ("4",), "1")],
    ),
    "an undercut": (
        ["1|1|1|\\N|t|9|f", "2|2|\\N|1|f|9|f"],
        [
            ("argument 1", "Support", ("2",), "1"),
            ("argument 2", "Undercut", ("3",), "argument 1"),
            ("argument 2 premise 2", "Undercut", ("4",), "argument 1"),
        ],
    ),
    "a disabled argument": (["1|1|1|\\N|t|9|t"], []),
    "an undercut of a disabled argument": (["1|1|1|\\N|t|9|t", "2|2|\\N|1|f|9|f"], []),
}


@pytest.mark.parametrize(("arguments", "expected"), MOVES.values(), ids=list(MOVES))
def test_arguments_become_moves(arguments: list[str], expected: list[object], tmp_path: Path) -> None:
    made = stated(tmp_path, {"arguments": arguments})
    assert [(one.name, one.kind, one.sources, one.target) for one in made if isinstance(one, StatedMove)] == expected


def test_an_issue_is_a_thread_and_its_statements_comments(tmp_path: Path) -> None:
    made = stated(tmp_path, {"statements": ["1|t|9|f", "2|f|9|f", "3|f|9|t"]})
    key = ThreadKey("dbas", "shade")
    assert made[0] == Thread(key, "Shade")
    comments = [one for one in made if isinstance(one, Comment)]
    assert [(comment.id, comment.text, comment.parent, comment.states) for comment in comments] == [
        ("issue 9", "Where is shade?", None, ()),
        ("1", "a", "issue 9", ()),
        ("2", "b", "1", ()),
        ("3", "c", None, (State.DELETED,)),
    ]
    written = ("Louise", "2020-05-01T08:00:00.5Z")
    assert [(comment.author, comment.created) for comment in comments] == [
        (None, "2020-05-01T08:00:00Z"),
        *[written] * 3,
    ]
    assert [one.name for one in made if isinstance(one, StatedClaim)] == ["1", "2"]


VERSIONS = {
    "the last version": (["1|1|a|5|x|f", "2|1|b|6|y|f"], "b", "Louise"),
    "the last that is not disabled": (["1|1|a|5|x|f", "2|1|b|6|y|t"], "a", "Louise"),
    "nobody in particular": (["1|1|a|6|x|f"], "a", None),
    "escapes of COPY": (["1|1|a\\tb\\\\c\\nd\\x41\\102|5|x|f"], "a\tb\\c\ndAB", "Louise"),
}


@pytest.mark.parametrize(("versions", "text", "author"), VERSIONS.values(), ids=list(VERSIONS))
def test_words_and_author_of_a_statement(versions: list[str], text: str, author: str | None, tmp_path: Path) -> None:
    made = stated(tmp_path, {"textversions": versions, "statements": ["1|f|9|f"], "arguments": []})
    comment = next(one for one in made if isinstance(one, Comment) and one.id == "1")
    assert (comment.text, comment.author, comment.created) == (text, author, "x")


def test_a_row_of_another_length_is_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    found = loaded(dbas, tmp_path / "dump.sql", dump({"users": ["5|lou|Louise", "7|x"]}))
    problems = [str(one) for one in found if isinstance(one, Problem)]
    assert problems == [
        f"{tmp_path}/dump.sql:{problems[0].split(':')[1]}: error: expected 3 values for the table users, got 2"
    ]


def test_a_dump_without_issues_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="expected COPY lines of the tables issues"):
        loaded(dbas, tmp_path / "dump.sql", "SELECT 1;\n")

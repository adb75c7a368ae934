"""A thread that comes in several files, several loads or several versions is one thread: the union, the latest wins."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rejoinder.errors import Problem
from rejoinder.graph.exports.whole_store import dump_store
from rejoinder.graph.stores.publish import open_current
from rejoinder.load import load
from rejoinder.loaders.mapping import FieldMap
from rejoinder.settings import Settings
from tests.formats.test_golden import SOURCES, files_of, format_of, map_of
from tests.reading import written

FIRST = {format_of(source): source for source in reversed(SOURCES)}
FOLDERS = [source for source in SOURCES if source.is_dir()]


def quads(folder: Path, *loads: list[str], by: FieldMap | None = None) -> list[bytes]:
    """What a new store holds after the loads, in each of which nothing is lost."""
    problems: list[Problem] = []
    for files in loads:
        load(folder, files, Settings(), report=problems.append, by=by)
    assert not [str(problem) for problem in problems if problem.lost]
    return sorted(b"".join(dump_store(open_current(folder).store, "nquads")).splitlines())


@pytest.mark.parametrize("source", FIRST.values(), ids=FIRST)
def test_the_same_file_again_changes_nothing(tmp_path: Path, source: Path) -> None:
    files, by = files_of(source), map_of(source)
    once = quads(tmp_path / "once", files, by=by)
    assert quads(tmp_path / "again", files + files, files, by=by) == once


@pytest.mark.parametrize("source", FOLDERS, ids=lambda one: one.name)
def test_files_of_a_thread_may_come_one_by_one_and_in_any_order(tmp_path: Path, source: Path) -> None:
    files = files_of(source)
    together = quads(tmp_path / "together", files)
    assert quads(tmp_path / "forwards", *([file] for file in files)) == together
    assert quads(tmp_path / "backwards", *([file] for file in reversed(files))) == together


def line(name: str, parent: str | None, author: str, text: str) -> str:
    return json.dumps({"thread": "t", "id": name, "parent": parent, "author": author, "text": text})


FIRST_PAGE = [
    line("1", None, "ana", "The pump should be sold. It leaks every day."),
    line("2", "1", "bo", "No, it does not leak."),
]
SECOND_PAGE = [
    line("3", "2", "ana", "You are wrong, the yard is wet each morning."),
    line("4", "1", "cy", "I agree, it leaks."),
]
EDITED = [line("2", "1", "bo", "I agree, it leaks and we should sell it.")]


def page(folder: Path, name: str, *parts: list[str]) -> str:
    return str(written(folder, "\n".join(one for part in parts for one in part), name))


def test_pages_of_a_thread_in_any_order_and_overlap_are_the_whole(tmp_path: Path) -> None:
    whole = page(tmp_path, "whole.jsonl", FIRST_PAGE, SECOND_PAGE)
    first, second = page(tmp_path, "1.jsonl", FIRST_PAGE), page(tmp_path, "2.jsonl", FIRST_PAGE[1:], SECOND_PAGE)
    expected = quads(tmp_path / "whole", [whole])
    ways = [[[first, second]], [[second, first]], [[first], [second]], [[second], [first]], [[whole], [first]]]
    for number, loads in enumerate(ways):
        assert quads(tmp_path / str(number), *loads) == expected


def test_a_later_version_wins_and_leaves_nothing_of_the_one_before(tmp_path: Path) -> None:
    whole, edited = page(tmp_path, "whole.jsonl", FIRST_PAGE, SECOND_PAGE), page(tmp_path, "new.jsonl", EDITED)
    expected = quads(tmp_path / "expected", [page(tmp_path, "all.jsonl", FIRST_PAGE[:1], EDITED, SECOND_PAGE)])
    assert quads(tmp_path / "later", [whole], [edited]) == expected
    problems: list[Problem] = []
    load(tmp_path / "both", [whole, edited], Settings(), report=problems.append)
    assert ["also stands, with other content" in problem.message for problem in problems if problem.lost] == [True]
    assert quads(tmp_path / "both", [edited]) == expected

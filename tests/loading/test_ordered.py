"""What a load says of its files comes in the order of their lines, whenever it is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders import read
from rejoinder.loaders.gathering import ordered
from rejoinder.loaders.gathering.merge import merge
from rejoinder.loaders.gathering.ordered import problems_in_order
from tests.reading import reading_of

LETTER = "From kim Mon Mar  4 09:00:00 2013\nFrom: kim@pond.example\nMessage-ID: <{}@pond>\n\n{}\n\n"


def item(**fields: object) -> dict[str, object]:
    return {"id": "a", "thread": "t", "text": "It leaks.", **fields}


FILES = {
    "list.mbox": LETTER.format(1, "Newts.") * 2 + LETTER.format(2, "") + LETTER.format(3, "Fr\0ogs."),
    "notes.jsonl": "\n".join(
        json.dumps(one)
        for one in (item(parent=[1]), item(id="b", text="It \0 leaks."), item(id="c", text=7), item(id="d", author=[1]))
    ),
    "posts.xml": "<disqus><post id='1'>\n<message>a\x01</message></post>\n<post>\n</nothing>",
    "shed.csv": 'id,author,text\n1,Mia,"It leaks.\n2,Tom,No.\n3,Ida,So?,more\n4,Ole,\n5,Ann,A\0b\n',
}


@pytest.mark.parametrize(("name", "content"), FILES.items(), ids=FILES)
def test_what_is_said_of_a_file_is_in_the_order_of_its_lines(tmp_path: Path, name: str, content: str) -> None:
    lines = [problem.line for problem in reading_of(tmp_path, content, name).problems if problem.line]
    assert len(lines) > 1
    assert lines == sorted(lines)


def test_what_is_said_of_threads_is_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    several = [item(id=one, thread=thread, text=f"{one} {n}") for n in "xy" for thread in "vu" for one in "ba"]
    for name in ("2.jsonl", "1.jsonl"):
        (tmp_path / name).write_text("\n".join(map(json.dumps, several)), encoding="utf-8")
    said = list(merge(read([tmp_path / "2.jsonl", tmp_path / "1.jsonl"]), lambda _: None))
    places = [(one.file, one.line) for one in said if isinstance(one, Problem) and "other content" in one.message]
    assert len(places) == 12
    assert places == sorted(places)


def test_before_an_error_that_ends_a_file_comes_what_was_said_of_it() -> None:
    def found() -> Iterator[int | Problem]:
        yield Problem("a", 7, "", lost=True)
        yield 1
        yield Problem("a", 3, "", lost=False)
        raise LoadError("a", 9, "it ends")

    problems = problems_in_order(found())
    assert next(problems) == 1
    assert [next(problems), next(problems)] == [Problem("a", 3, "", lost=False), Problem("a", 7, "", lost=True)]
    with pytest.raises(LoadError, match="it ends"):
        next(problems)


def test_of_very_many_problems_so_many_at_a_time_are_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordered, "MOST_HELD", 3)
    problems = problems_in_order(Problem("a", line, "", lost=True) for line in (5, 4, 3, 2, 1))
    assert [problem.line for problem in problems] == [3, 4, 5, 1, 2]

"""The annotated discussions beside the repository load through field maps; they are for measuring and stay there."""

from __future__ import annotations

from pathlib import Path

import pytest

from rejoinder.errors import Problem
from rejoinder.graph.stores.publish import open_current
from rejoinder.load import load
from rejoinder.loaders.mapping.maps import field_map
from rejoinder.settings import Settings

FOLDED = "records=comments[],site='debate',thread=$.doc,thread_title=$.title,id=id,author=author,text=text"
FLAT = "site='talk',thread=thread,id=id,parent=parent_id,author=author,text=text"


@pytest.mark.parametrize(
    ("name", "fields", "threads", "comments"),
    [("cmv_threads", FOLDED, 87, 345), ("wikitactics", FLAT, 147, 2636)],
)
def test_the_threads_of_a_corpus_load(
    shared: Path, tmp_path: Path, name: str, fields: str, threads: int, comments: int
) -> None:
    problems: list[Problem] = []
    source = shared / "data" / "corpora" / f"{name}.jsonl"
    tally = load(tmp_path / "store", [str(source)], Settings(), report=problems.append, by=field_map(fields))
    assert (tally.threads, tally.comments, [problem for problem in problems if problem.lost]) == (threads, comments, [])
    assert all(problem.message.startswith("nothing reads") for problem in problems)
    assert len(open_current(tmp_path / "store").store) > 10 * comments

"""Parents that are named otherwise than by the id of a comment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from rejoinder.errors import Problem
from tests.loading.test_parents import merged
from tests.reading import written

POST = {"id": "c7", "thread": "t", "text": "The ferry should sail at night.", "url": "https://ferry.example/t/lamps/c7"}
OTHERWISE = {
    "in capitals": "C7",
    "with blanks": " c7 ",
    "as Reddit names a comment": "t1_c7",
    "as Reddit names a post, in capitals": "T3_C7",
    "by its address": "https://ferry.example/t/lamps/c7",
    "by its address, another way": "http://www.ferry.example/t/lamps/c7/",
    "by an address that ends in its id": "https://ferry.example/item?id=c7",
    "by the place on a page": "https://ferry.example/lamps#c7",
}


def thread(*comments: dict[str, object]) -> str:
    return "\n".join(json.dumps({"thread": "t", "text": "It cannot sail.", **comment}) for comment in comments)


def lamps(folder: Path, *comments: Mapping[str, object]) -> tuple[dict[str, str | None], list[Problem]]:
    """The parents of the comments of a thread, and what is told."""
    lines = [json.dumps({"thread": "t", "text": "It cannot sail.", **comment}) for comment in comments]
    found, problems = merged([str(written(folder, "\n".join(lines), "lamps.jsonl"))])
    return {comment.id: comment.parent for comment in found}, problems


@pytest.mark.parametrize("parent", OTHERWISE.values(), ids=OTHERWISE)
def test_a_parent_that_is_named_otherwise_is_recognised(parent: str, tmp_path: Path) -> None:
    parents, (problem,) = lamps(tmp_path, POST, {"id": "c8", "parent": parent})
    assert parents == {"c7": None, "c8": "c7"}
    assert (problem.line, problem.note) == (2, True)
    assert problem.message.endswith(f"the first is {parent!r}, read as 'c7'")


NOT_RECOGNISED: dict[str, list[dict[str, object]]] = {
    "two in question": [{"id": "ab"}, {"id": "Ab"}, {"id": "c", "parent": "AB"}],
    "an address that ends in another word": [{"id": "ab"}, {"id": "c", "parent": "https://ferry.example/ab/next"}],
    "the thread": [{"id": "T"}, {"id": "c", "parent": "t"}],
}


@pytest.mark.parametrize("comments", NOT_RECOGNISED.values(), ids=NOT_RECOGNISED)
def test_a_parent_that_may_be_another_is_left_as_it_is(comments: list[dict[str, object]], tmp_path: Path) -> None:
    parents, (problem,) = lamps(tmp_path, *comments)
    assert parents["c"] == comments[-1]["parent"]
    assert (problem.lost, problem.note) == (False, False)


def test_a_comment_that_names_its_own_address_stands_without_parent(tmp_path: Path) -> None:
    parents, _ = lamps(tmp_path, {**POST, "parent": POST["url"]})
    assert parents == {"c7": None}

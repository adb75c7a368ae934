"""A claim that is stated in several places is listed with the first of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rejoinder.graph.queries.views import find_view, read_query, view_rows
from rejoinder.graph.stores.publish import open_current
from rejoinder.load import load
from rejoinder.settings import Settings

FIRST = {
    "the earliest, whatever its number": ([("9", "2025-03-02T10:00:00Z"), ("10", "2025-03-01T10:00:00Z")], "10"),
    "the earliest, though its id comes later": ([("10", "2025-03-02T10:00:00Z"), ("9", "2025-03-01T10:00:00Z")], "9"),
    "the smallest number at the same time": ([("10", "2025-03-01T10:00:00Z"), ("9", "2025-03-01T10:00:00Z")], "9"),
    "the smallest number without times": ([("c-10", None), ("c-9", None)], "c-9"),
    "one with a time before one without": ([("9", None), ("10", "2025-03-01T10:00:00Z")], "10"),
    "one with a time before one with words": ([("9", "on Sunday last"), ("10", "2025-03-01T10:00:00Z")], "10"),
    "ids without numbers": ([("b", None), ("a", None)], "a"),
}


@pytest.mark.parametrize(("said", "first"), FIRST.values(), ids=FIRST)
def test_a_claim_is_shown_where_it_is_stated_for_the_first_time(
    tmp_path: Path, said: list[tuple[str, str | None]], first: str
) -> None:
    lines: list[dict[str, object]] = []
    for name, when in said:
        lines.append({"id": name, "thread": "t", "author": "mia", "text": "The shed leaks.", "created": when})
        lines.append({"claim": f"k{name}", "thread": "t", "comment": name, "start": 0, "end": 15})
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    load(tmp_path / "s", [str(file)], Settings(), report=lambda problem: None)
    (row,) = view_rows(open_current(tmp_path / "s").store, find_view("claims"), {}).rows
    assert (row["comment"], row["created"]) == (first, dict(said)[first])


def test_of_one_comment_the_first_place_counts(tmp_path: Path) -> None:
    text = "The shed leaks. " * 8
    places = [16 * at for at in range(7, 0, -1)]
    lines: list[dict[str, object]] = [{"id": "1", "thread": "t", "author": "mia", "text": text}]
    lines += [{"claim": f"k{at}", "thread": "t", "comment": "1", "start": at, "end": at + 15} for at in places]
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    load(tmp_path / "s", [str(file)], Settings(), report=lambda problem: None)
    query = read_query("claims").text.replace("SELECT ?claim ?text", "SELECT ?first ?claim ?text", 1)
    (row,) = view_rows(open_current(tmp_path / "s").store, replace(find_view("claims"), text=query), {}).rows
    assert str(row["first"]).endswith("#char=16,31")

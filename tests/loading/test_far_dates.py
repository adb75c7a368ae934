"""Comments that are dated years after all others of their file are told once, as a note."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.reading import Reading, written

USUAL = [f"2024-03-{day:02d}T10:00:00Z" for day in range(1, 20)]
DATES: dict[str, tuple[list[str], list[int]]] = {
    "one of 2099": ([*USUAL[:9], "2099-01-01T00:00:00Z", *USUAL[9:]], [10]),
    "one of 2035": ([*USUAL, "2035-01-01T00:00:00Z"], [20]),
    "two, in years of their own": ([*USUAL, "2099-01-01T00:00:00Z", "2060-01-01T00:00:00Z"], [20]),
    "ten years and no more": ([*USUAL, "2034-01-01T00:00:00Z"], []),
    "before all others": (["1970-01-01T00:00:00Z", *USUAL], []),
    "one before and one after": (["1970-01-01T00:00:00Z", *USUAL, "2099-01-01T00:00:00Z"], [21]),
    "as many as the others": ([*USUAL, *(f"2099-{one[5:]}" for one in USUAL)], []),
    "words": ([*USUAL, "2099 perhaps"], []),
    "too few to tell": ([*USUAL[:8], "2099-01-01T00:00:00Z"], []),
    "none": ([], []),
}


@pytest.mark.parametrize(("dates", "lines"), DATES.values(), ids=DATES)
def test_a_date_years_after_all_others_is_told(tmp_path: Path, dates: list[str], lines: list[int]) -> None:
    comments = [
        {"id": str(at), "thread": "t", "text": "It leaks.", "created": when} for at, when in enumerate(dates or [None])
    ]
    reading = Reading(written(tmp_path, "\n".join(map(json.dumps, comments)), "shed.jsonl"))
    notes = [problem for problem in reading.problems if "years after all others" in problem.message]
    assert [note.line for note in notes] == lines
    assert all(note.note and not note.lost for note in notes)
    assert len(reading.comments) == len(comments)

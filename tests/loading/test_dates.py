"""Dates as people write them: each is read in one way, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rejoinder.loaders.mapping.maps import field_map
from rejoinder.loaders.mapping.watch import ORDER_ADVICE
from rejoinder.loaders.values.dates import LONGEST, as_iso
from tests.reading import Reading, written
from tests.timing import assert_in_proportion

READ = {
    "01.09.2026": "2026-09-01",
    "1. 9. 2026": "2026-09-01",
    "1.9.26 14:05": "2026-09-01T14:05:00",
    "13/9/2026": "2026-09-13",
    "9/13/26, 2:05 PM": "2026-09-13T14:05:00",
    "9/13/2026 12:00:30 am": "2026-09-13T00:00:30",
    "2026/9/1 14:05": "2026-09-01T14:05:00",
    "2026-09-01 14:05": "2026-09-01T14:05:00",
    "2026-09-01 14:05 UTC": "2026-09-01T14:05:00Z",
    "2026-09-01 14:05:06.25 +0200": "2026-09-01T14:05:06.250000+02:00",
    "2026-09-01T14:05-0530": "2026-09-01T14:05:00-05:30",
    "Sep 1, 2026": "2026-09-01",
    "September 1st, 2026 at 2:05 p.m.": "2026-09-01T14:05:00",
    "Tuesday, 1 Sept 2026 14:05": "2026-09-01T14:05:00",
    "Tue, 01 Sep 2026 14:05:06 GMT": "2026-09-01T14:05:06Z",
    "1-May-2026": "2026-05-01",
    "2026-09-01 14:05:06+02": "2026-09-01T14:05:06+02:00",
    "2026-09-01 14:05 -3:30": "2026-09-01T14:05:00-03:30",
    "2026-09-01T14:05:06 GMT+0545": "2026-09-01T14:05:06+05:45",
    "Tue, 01 Sep 2026 14:05:06 +0530 (IST)": "2026-09-01T14:05:06+05:30",
    "2026-09-01 14:05 \u221203:30": "2026-09-01T14:05:00-03:30",
    "2026-09-01 14:05 -0030": "2026-09-01T14:05:00-00:30",
    "2026-09-01 14:05 -0000": "2026-09-01T14:05:00Z",
    "2026-09-01 14:05 +0575": None,
    "2026-09-01 14:05 +053045": None,
    "1/9/98": None,
    "1/9/26 14:05": None,
    "26-09-01": None,
    "26/09/01 14:05": None,
    "13/9/26": None,
    "26-09-31": None,
    "13/9/98": "1998-09-13",
    "98-09-01": "1998-09-01",
    "31/31/2026": None,
    "31/2/2026": None,
    "13/13/2026": None,
    "1.13.2026": None,
    "1.9.2026 25:00": None,
    "1.9.2026 14:00 pm": None,
    "2026-09-01 14:05 +99:00": None,
    "1/9.2026": None,
    "1 Sepal 2026": None,
    "20260901": None,
    "20260901T140506Z": "2026-09-01T14:05:06Z",
    "20260901T140506,5+0200": "2026-09-01T14:05:06.500000+02:00",
    "20260901T1405": "2026-09-01T14:05:00",
    "20260901T140560Z": None,
    "20260931T140506Z": None,
    "20260901T14Z": None,
    "2026-09-01T14:05:06,5Z": "2026-09-01T14:05:06.500000Z",
    "yesterday": None,
    "": None,
}


@pytest.mark.parametrize(("text", "iso"), READ.items(), ids=READ)
def test_a_date_is_read_in_one_way_or_not_at_all(text: str, iso: str | None) -> None:
    assert as_iso(text) == iso


COLUMNS: dict[str, tuple[list[str], str, list[str], bool]] = {
    "one above 12 is the day": (
        ["1/9/26 14:05", "13/9/26 8:00"],
        "",
        ["2026-09-01T14:05:00", "2026-09-13T08:00:00"],
        False,
    ),
    "one above 12 is second": (["1/9/26", "1/13/26"], "", ["2026-01-09", "2026-01-13"], False),
    "nothing tells": (["1/9/26", "2/9/26"], "", ["1/9/26", "2/9/26"], True),
    "two that differ": (["13/9/2026", "9/13/26", "1/9/26"], "", ["2026-09-13", "2026-09-13", "1/9/26"], True),
    "one that does not exist": (["3/4/2026", "31/31/2026"], "", ["3/4/2026", "31/31/2026"], True),
    "the year first, or the day": (["26-09-01", "26-09-15"], "", ["26-09-01", "26-09-15"], True),
    "the year first, the map tells": (["26-09-01", "26-9-15"], ",dates=ymd", ["2026-09-01", "2026-09-15"], False),
    "a year that is no day": (["98-09-01", "26-09-15"], "", ["1998-09-01", "2026-09-15"], False),
    "space around": ([f"13/9/2026{' ' * LONGEST}", "1/9/26"], "", ["2026-09-13", "2026-09-01"], False),
    "points tell nothing of strokes": (["13.9.26", "1/9/26"], "", ["2026-09-13", "1/9/26"], True),
    "the map tells": (["1/9/26", "2/9/26"], ",dates=mdy", ["2026-01-09", "2026-02-09"], False),
    "points need no telling": (["1.9.26", "2.9.26"], "", ["2026-09-01", "2026-09-02"], False),
    "milliseconds": (["1788271500000"], "", ["2026-09-01T14:05:00Z"], False),
}


@pytest.mark.parametrize(("texts", "more", "dates", "asked"), COLUMNS.values(), ids=COLUMNS)
def test_a_whole_column_tells_what_comes_first(
    tmp_path: Path, texts: list[str], more: str, dates: list[str], asked: bool
) -> None:
    rows = "".join(f"{number},Mia,{text},It leaks.\n" for number, text in enumerate(texts))
    path = written(tmp_path, f"id,author,date,text\n{rows}", "shed.csv")
    reading = Reading(path, by=field_map(f"id=id,author=author,created=date,text=text{more}"))
    assert [comment.created for comment in reading.comments] == dates
    assert [ORDER_ADVICE in message for message in reading.messages] == [True] * asked


LINES: dict[str, str | None] = {  # of our own JSONL: what is read, and None where a warning says that it stays text
    "2025-01-02T10:00:00Z": "2025-01-02T10:00:00Z",
    "2025-01-02T10:00:00.123456789+05:30": "2025-01-02T10:00:00.123456789+05:30",
    "2025-01-02T10:00:00.1234567890Z": "2025-01-02T10:00:00.123456Z",
    "2025-01-02": "2025-01-02",
    "2025-01-02T10:00Z": "2025-01-02T10:00:00Z",
    "2025-01-02T10:00:00+0100": "2025-01-02T10:00:00+01:00",
    "2025-01-02 10:00:00": "2025-01-02T10:00:00",
    "2025-01-02T10:00:00,5Z": "2025-01-02T10:00:00.500000Z",
    "20250102T100000Z": "2025-01-02T10:00:00Z",
    "Thu, 02 Jan 2025 10:00:00 +0100": "2025-01-02T10:00:00+01:00",
    "2025-02-30T10:00:00Z": None,
    "1/2/2025": None,
    "in spring": None,
}


@pytest.mark.parametrize(("text", "iso"), LINES.items(), ids=LINES)
def test_dates_of_our_own_jsonl_are_read_as_those_of_tables(tmp_path: Path, text: str, iso: str | None) -> None:
    line = {"id": "a", "thread": "t", "text": "It leaks.", "created": text}
    reading = Reading(written(tmp_path, json.dumps(line) + "\n", "shed.jsonl"))
    assert [comment.created for comment in reading.comments] == [iso or text]
    assert bool(reading.problems) == (iso is None)


def test_dates_that_stay_text_are_told_once_a_file(tmp_path: Path) -> None:
    lines = [{"id": str(at), "thread": "t", "text": "It leaks.", "created": f"day {at}"} for at in range(3)]
    reading = Reading(written(tmp_path, "\n".join(map(json.dumps, lines)), "shed.jsonl"))
    (problem,) = reading.problems
    assert (problem.line, problem.lost, problem.note) == (1, False, False)
    wanted = "expected \"created\" to be a date, such as 2024-03-01T10:00:00Z, got 'day 0'"
    assert problem.message == f"{wanted}; kept as text, here and 2 more times"


def test_dates_are_read_in_linear_time(tmp_path: Path) -> None:
    def made(size: int) -> Path:
        rows = "".join(f"{number},Mia,1/9/26 14:05,It leaks.\n" for number in range(size))
        return written(tmp_path, f"id,author,date,text\n{rows}", f"{size}.csv")

    assert_in_proportion(made, Reading, small=2_000, floor=0.1)
    assert as_iso("1" * LONGEST * 2) is None

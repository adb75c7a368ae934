"""The benchmarks of speed print what they say."""

from __future__ import annotations

import re

import pytest

from benchmarks import speed
from benchmarks.stages import REST, STAGES
from tests.benchmark_runs import cells, run


def test_jobs_prints_how_many_times_as_fast_a_load_is() -> None:
    done = run("jobs", "--comments", "40", "--rounds", "1", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^\| --jobs 2 \| +[\d.]+ \| +[\d,]+ \| +[\d.]+ \| +\d+ \|$", done.stdout, re.MULTILINE)


def test_speed_prints_comments_a_second_stages_and_multiples() -> None:
    done = run("speed", "--comments", "40", "--rounds", "1")
    assert done.returncode == 0, done.stderr
    assert cells(done.stdout, "comments ") == ["40", "40"]
    short, long = (float(cell) for cell in cells(done.stdout, "characters a comment"))
    assert 100 < short < 160 < 250 < long
    for work in speed.WORKS:
        assert all(float(cell.replace(",", "")) > 0 for cell in cells(done.stdout, f"{work}: comments/s"))
    stages = [cells(done.stdout, stage) for stage in (*STAGES, REST)]
    whole = [float(cell) for cell in cells(done.stdout, "all")]
    assert [sum(map(float, column)) for column in zip(*stages, strict=True)] == pytest.approx(whole, abs=0.01)
    assert [cells(done.stdout, one)[1] for one in ("one comment", "one thread")] == ["1.0", "1.0"]

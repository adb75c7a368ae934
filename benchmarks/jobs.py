"""How much sooner a load is done when other processes work for it, and the memory that all of them take together.

    python -m benchmarks.jobs                          20,000 short comments drawn from the labelled corpus
    python -m benchmarks.jobs --comments 2000 --jobs 2

The command is run as a user runs it, into a new store each time, with one process and with several in turn; of each the
fastest round counts. The time is that of a clock on the wall, so what else the machine does is in it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.speed import LONG, SHORT, random_comments
from benchmarks.tables import table
from rejoinder.load_workers import fitting_workers

LOOK_SECONDS = 0.2  # between two looks at the memory


@dataclass(frozen=True)
class Run:
    """One load: its seconds, the most memory in MB that its processes held together, and what it printed."""

    seconds: float
    memory: float
    output: str


def memory(root: int) -> float:
    """MB that a process and all that it started hold; pages that they share count for each."""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    size_by_pid, below = {}, defaultdict(list)
    for pid, parent, size in (map(int, line.split()) for line in listing.splitlines()):
        size_by_pid[pid] = size
        below[parent].append(pid)
    waiting, total = [root], 0
    while waiting:
        process = waiting.pop()
        total += size_by_pid.get(process, 0)
        waiting += below[process]
    return total / 1024


def run(file: Path, store: Path, jobs: int) -> Run:
    """Loads the file into a new store."""
    command = [sys.executable, "-m", "rejoinder", "load", "--store", str(store), "--jobs", str(jobs), str(file)]
    start, most = time.perf_counter(), 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while True:
            try:
                output, _ = process.communicate(timeout=LOOK_SECONDS)
                return Run(time.perf_counter() - start, most, output)
            except subprocess.TimeoutExpired:
                most = max(most, memory(process.pid))


def rounds(file: Path, folder: Path, jobs: Sequence[int], times: int) -> dict[int, list[Run]]:
    """Some runs with each number of processes, in turn."""
    runs_by_jobs: dict[int, list[Run]] = {job: [] for job in jobs}
    for number in range(times):
        for count in jobs:
            runs_by_jobs[count].append(run(file, folder / f"{number}-{count}", count))
    return runs_by_jobs


def rows(runs_by_jobs: dict[int, list[Run]], comments: int) -> Iterator[list[str]]:
    """The fastest run of each number of processes, beside one that has no help."""
    alone = min(load.seconds for load in runs_by_jobs[1])
    for jobs, runs in runs_by_jobs.items():
        seconds = min(load.seconds for load in runs)
        most = max(load.memory for load in runs)
        times = alone / seconds
        yield [f"--jobs {jobs}", f"{seconds:.2f}", f"{comments / seconds:,.0f}", f"{times:.2f}", f"{most:.0f}"]


@click.command()
@click.option("--comments", default=20_000, show_default=True, help="Comments to draw.")
@click.option("--long", is_flag=True, help="Draw long ones.")
@click.option(
    "--jobs", type=click.IntRange(2), multiple=True, help="Processes to try beside one.  [default: as a load]"
)
@click.option("--rounds", "times", default=3, show_default=True, help="Rounds, of which the fastest counts.")
def main(comments: int, long: bool, jobs: tuple[int, ...], times: int) -> None:
    """Print the seconds of a load with one process and with several, and the memory that it takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "comments.jsonl"
        lines = random_comments(comments, LONG if long else SHORT)
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        runs_by_jobs = rounds(file, folder, [1, *(jobs or [max(fitting_workers(), 2)])], times)
    assert len({load.output for runs in runs_by_jobs.values() for load in runs}) == 1, "not all runs say the same"
    click.echo(table(["a load", "seconds", "comments/s", "times as fast", "MB"], rows(runs_by_jobs, comments)))


if __name__ == "__main__":
    main()

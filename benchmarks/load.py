"""Comments a second of `rejoinder load`, end to end and by stage, beside two peers that go through the same comments.

    python benchmarks/load.py                      6,000 comments in threads of twenty
    python benchmarks/load.py --comments 100000
    taskset -c 0 python benchmarks/load.py         on one core (Linux)
    python benchmarks/load.py --file dump.jsonl    comments of your own, in any format that is recognised

The peers: splitting the comments into sentences by a regular expression, and nothing else; and Oxigraph's own bulk
loader, given the finished quads as N-Quads. Each run has a process of its own, three times in turn with the others, and
the fastest counts. The time is the processor's, in all threads, so that what else a machine does changes little; what
RocksDB does in the background counts for the stage that runs meanwhile, and waiting for a disk is not in it.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox

from rejoinder import load as pipeline
from rejoinder.graph import export, intake
from rejoinder.graph.origins import Origins
from rejoinder.graph.publish import open_current
from rejoinder.graph.stores.embedded import Writer
from rejoinder.records import Comment, Found
from rejoinder.settings import Settings

sys.path.append(str(Path(__file__).parent.parent))
from tests.memory import peak

ROUNDS = 3
THREAD = 20  # comments a thread
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
OPENERS = ["I doubt that.", "No, that is not so.", "Agreed.", "Why would that be?", "True, but", "Because", "Perhaps"]
THINGS = ["hedge", "compost", "slugs", "beans", "gate", "paths", "benches", "tools", "shed", "pond", "fence", "seeds"]
ACTS = ["need", "cost", "block", "help", "spoil", "save", "want", "hide", "feed", "outlast"]

# Where the clock runs in a load: the stage, and the function of it as its caller knows it. The time of a stage inside
# another counts for the inner one alone.
STAGES: dict[str, tuple[Any, str]] = {
    "reading": (pipeline.loaders, "read"),
    "merging": (pipeline, "merge"),
    "extracting": (pipeline, "extract"),
    "building": (pipeline, "build"),
    "checking": (intake, "_checked"),
    "deriving": (intake, "derive"),
    "writing": (Writer, "replace"),
    "tracing quotations": (Origins, "renew"),
    "publishing": (pipeline, "publish"),
}
REST = "the rest"


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = dict.fromkeys([*STAGES, REST], 0.0)
        self.running = [REST]
        self.since = time.process_time()

    def turn(self) -> None:
        """Books the time since the last turn to the innermost stage that runs."""
        now = time.process_time()
        self.seconds[self.running[-1]] += now - self.since
        self.since = now

    @contextmanager
    def within(self, stage: str) -> Iterator[None]:
        """A stage, from here to the end of the block."""
        self.turn()
        self.running.append(stage)
        try:
            yield
        finally:
            self.turn()
            self.running.pop()

    def around(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function with the clock running; of an iterator also each step."""

        def timed(*given: Any, **named: Any) -> Any:
            with self.within(stage):
                found = work(*given, **named)
            return self.steps(stage, found) if isinstance(found, Iterator) else found

        return timed

    def steps(self, stage: str, found: Iterator[Any]) -> Iterator[Any]:
        """The same values, each waited for with the clock running."""
        end = object()
        while True:
            with self.within(stage):
                one = next(found, end)
            if one is end:
                return
            yield one


def text(chance: random.Random, before: str) -> str:
    """A few short sentences about a garden; one in five quotes the comment before."""
    said = [f"{chance.choice(THINGS)} {chance.choice(ACTS)} the {chance.choice(THINGS)}" for _ in range(4)]
    words = f"{chance.choice(OPENERS)} the {said[0]} and {said[1]}. {said[2].capitalize()}, so {said[3]}."
    return f"> {before}\n\n{words}" if chance.random() < 0.2 else words


def comments(number: int) -> Iterator[dict[str, object]]:
    """The lines of the file, the same in every run."""
    chance, before = random.Random(4), ""
    for one in range(number):
        place = one % THREAD
        words = text(chance, before)
        before = SENTENCE_END.split(words)[-1]
        yield {
            "id": f"c{one}",
            "thread": f"t{one // THREAD}",
            "parent": f"c{one - 1 - chance.randrange(min(4, place))}" if place else None,
            "author": f"gardener{chance.randrange(900)}",
            "created": f"2024-06-{1 + place:02}T08:00:00Z",
            "text": words,
        }


def whole_load(file: Path, folder: Path) -> dict[str, float]:
    """Seconds of each stage of `rejoinder load`."""
    clock = Clock()
    for stage, (owner, name) in STAGES.items():
        setattr(owner, name, clock.around(stage, getattr(owner, name)))
    pipeline.load(folder / "store", [str(file)], Settings(), report=lambda _: None)
    clock.turn()
    return clock.seconds


def sentences(file: Path, folder: Path) -> None:
    """Cuts each comment after every full stop, question mark or exclamation mark."""
    for line in (folder / "texts.jsonl").open(encoding="utf-8"):
        SENTENCE_END.split(json.loads(line))


def bulk(file: Path, folder: Path) -> None:
    """Puts the quads that a load made of the file into a new store."""
    store = ox.Store(str(folder / "bulk"))
    store.bulk_load(path=str(folder / "quads.nq"), format=ox.RdfFormat.N_QUADS)
    store.flush()


RUNS: dict[str, tuple[str, Callable[[Path, Path], dict[str, float] | None]]] = {
    "load": ("rejoinder load", whole_load),
    "sentences": ("peer: sentences by a regular expression", sentences),
    "bulk": ("peer: Oxigraph's bulk loader, N-Quads", bulk),
}


def once(name: str, file: Path, folder: Path) -> dict[str, float]:
    """One run in this process: seconds under "whole" and of stages, if it has any, and the peak of memory in MB."""
    start = time.process_time()
    stages = RUNS[name][1](file, folder) or {}
    return {"whole": time.process_time() - start, **stages, "peak": peak() / 1024}


def measured(file: Path, folder: Path) -> dict[str, dict[str, float]]:
    """The fastest of three runs of each sort; they take turns, each in a process of its own."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in RUNS}
    for _ in range(ROUNDS):
        for name, found in runs.items():
            for old in ("store", "bulk"):
                shutil.rmtree(folder / old, ignore_errors=True)
            words = [sys.executable, __file__, "--run", name, str(file), str(folder)]
            found.append(json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout))
    return {name: min(found, key=lambda one: one["whole"]) for name, found in runs.items()}


def prepared(file: Path, folder: Path) -> tuple[int, int]:
    """Writes what the peers read, from a load of the file; returns how many comments and quads there are."""
    found = (one.record for one in pipeline.loaders.read([str(file)]) if isinstance(one, Found))
    texts = [one.text for one in found if isinstance(one, Comment)]
    (folder / "texts.jsonl").write_text("".join(json.dumps(one) + "\n" for one in texts), encoding="utf-8")
    pipeline.load(folder / "store", [str(file)], Settings(), report=lambda _: None)
    quads = 0
    with (folder / "quads.nq").open("wb") as out:
        for part in export.dump(open_current(folder / "store").store, "nquads"):
            out.write(part)
            quads += part.count(b"\n")
    return len(texts), quads


def table(file: Path, folder: Path) -> None:
    """Prints the table."""
    count, quads = prepared(file, folder)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{count:,} comments, {quads:,} quads, cores allowed: {cores}\n")
    print(f"{'':42}{'CPU s':>9}{'comments/s':>13}{'of the load':>13}{'peak MB':>9}")
    runs = measured(file, folder)
    whole = runs["load"]["whole"]
    for name, run in runs.items():
        row(RUNS[name][0], run["whole"], count, whole, f"{run['peak']:.0f}")
        for stage in (*STAGES, REST):
            if stage in run:
                row(f"    {stage}", run[stage], count, whole, "")


def row(title: str, seconds: float, count: int, whole: float, memory: str) -> None:
    """Prints one row."""
    print(f"{title:42}{seconds:9.2f}{count / seconds:13,.0f}{seconds / whole:13.2f}{memory:>9}")


@click.command()
@click.option("--comments", "number", default=6_000, show_default=True, help="Comments in the file that is made.")
@click.option("--file", type=click.Path(exists=True, path_type=Path), help="Load this file instead.")
@click.option("--run", nargs=3, type=str, hidden=True)
def main(number: int, file: Path | None, run: tuple[str, str, str] | None) -> None:
    """Print a table: seconds and comments a second of a load, of its stages and of two peers."""
    if run:
        print(json.dumps(once(run[0], Path(run[1]), Path(run[2]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        if file is None:
            file = Path(folder) / "garden.jsonl"
            file.write_text("".join(json.dumps(one) + "\n" for one in comments(number)), encoding="utf-8")
        table(file, Path(folder))


if __name__ == "__main__":
    main()

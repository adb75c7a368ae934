"""How fast comments become a map, on one core: beside plain sentence splitting, and beside the store's bulk loader.

    python -m benchmarks.speed                  threads drawn from the labelled corpus, of short and of long comments
    python -m benchmarks.speed --corpora DIR    the ChangeMyView threads too

Four things go through the same comments in one process: a regular expression that splits sentences; the extractor
alone; a whole `rejoinder load` into a new store, from the file to the published map; and Oxigraph's own bulk loader,
given the finished quads. The fastest of some rounds counts. The time is the processor's, in all threads, so that what
else a machine does changes little; what the store does in the background counts for the stage that runs meanwhile, and
waiting for a disk is not in it.
"""

from __future__ import annotations

import json
import os
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import click
import pyoxigraph as ox

from benchmarks.jsonl import objects
from benchmarks.stages import timed
from benchmarks.tables import table
from rejoinder.graph.exports.whole_store import dump_store
from rejoinder.graph.stores.publish import open_current
from rejoinder.load import load
from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.labelled import threads_to_learn
from rejoinder.records import Comment, Discussion, Thread, ThreadKey
from rejoinder.settings import Settings
from rejoinder.work import rarely_collected

SENTENCE = re.compile(r"(?<=[.!?])\s+")
THREAD = 20  # comments in a thread that is made
# Segments in a comment that is made, as often as they stand.
SHORT, LONG = (
    (1, 1, 2, 2, 3),
    (1, 2, 3, 4, 5, 6, 7, 8),
)
COPIES = 8  # how often the annotated threads are loaded, under names of their own: a few are over too soon
LENGTHS = (1, 2, 4, 8)
ONE_COMMENT = 40  # segments in the shortest long comment
ONE_THREAD = 100  # comments in the shortest long thread
WORKS = ("split into sentences", "extract", "load", "store the finished quads")
Line = dict[str, str | None]


@dataclass(frozen=True)
class Speed:
    """Comments, with their mean characters and quads; the seconds of each work, and of each stage of a load."""

    comments: int
    characters: float
    quads: float
    works: Mapping[str, float]
    stages: Mapping[str, float]


@cache
def segments() -> tuple[str, ...]:
    """The words of all segments of the labelled corpus."""
    return tuple(
        segment.exact for thread in threads_to_learn() for comment in thread.comments for segment in comment.segments
    )


def random_comments(comments: int, sizes: Sequence[int] = LONG, thread: int = THREAD) -> Iterator[Line]:
    """Comments of so many segments, drawn at random, in threads; the same in every run."""
    chance, sentences = random.Random(5), segments()
    for number in range(comments):
        place = number % thread
        yield {
            "id": f"c{number}",
            "thread": f"t{number // thread}",
            "parent": f"c{number - chance.randint(1, min(5, place))}" if place else None,
            "author": f"reader{chance.randrange(6)}",
            "text": " ".join(chance.choices(sentences, k=chance.choice(sizes))),
        }


def annotated(file: Path, copies: int) -> Iterator[Line]:
    """The comments of annotated threads, each a reply to the one before, several times under other names."""
    docs = list(objects(file))
    for copy in range(copies):
        for doc in docs:
            parent, thread = None, f"{copy} {doc['doc']}"
            for comment in doc["comments"]:
                name = f"{thread} {comment['id']}"
                yield {
                    "id": name,
                    "thread": thread,
                    "parent": parent,
                    "author": comment["author"],
                    "text": comment["text"],
                }
                parent = name


def discussions(lines: Sequence[Line]) -> list[Discussion]:
    """The threads of these comments."""
    by_thread: dict[str, list[Comment]] = {}
    for line in lines:
        name = line["thread"] or ""
        comment = Comment(
            ThreadKey("speed", name), line["id"] or "", line["text"] or "", line["parent"], line["author"]
        )
        by_thread.setdefault(name, []).append(comment)
    return [Discussion(Thread(ThreadKey("speed", name)), tuple(comments)) for name, comments in by_thread.items()]


def fastest(work: Callable[[], object], rounds: int) -> float:
    """Seconds of processor time of the fastest of some rounds, which look for cycles as rarely as a load does."""
    seconds = []
    with rarely_collected():
        for _ in range(rounds):
            start = time.process_time()
            work()
            seconds.append(time.process_time() - start)
    return min(seconds)


def time_load(file: Path, store: Path) -> Mapping[str, float]:
    """Loads the file into a new store; the seconds of each stage."""
    with timed() as clock:
        load(store, [str(file)], Settings(), report=lambda _: None)
    return clock.seconds


def store_quads(quads: bytes, folder: Path) -> None:
    """Puts finished quads into a new store by its bulk loader."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        store = ox.Store(place)
        store.bulk_load(quads, format=ox.RdfFormat.N_QUADS)
        store.flush()
        del store


def speed(lines: Sequence[Line], rounds: int) -> Speed:
    """How fast each work goes through the comments."""
    texts, threads = [line["text"] or "" for line in lines], discussions(lines)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "comments.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        loads = [time_load(file, folder / f"store{number}") for number in range(rounds)]
        stages = min(loads, key=lambda timing: sum(timing.values()))
        quads = b"".join(dump_store(open_current(folder / "store0").store, "nquads"))
        seconds = (
            fastest(lambda: [SENTENCE.split(text) for text in texts], rounds),
            fastest(lambda: [extract(thread) for thread in threads], rounds),
            sum(stages.values()),
            fastest(lambda: store_quads(quads, folder), rounds),
        )
    works = dict(zip(WORKS, seconds, strict=True))
    count = len(texts)
    return Speed(count, sum(map(len, texts)) / count, quads.count(b"\n") / count, works, stages)


def work_rows(samples: Sequence[Speed]) -> Iterator[list[str]]:
    """What the comments are, and comments a second of each work."""
    yield ["comments", *(f"{sample.comments:,}" for sample in samples)]
    yield ["characters a comment", *(f"{sample.characters:.0f}" for sample in samples)]
    yield ["quads a comment", *(f"{sample.quads:.0f}" for sample in samples)]
    for work in WORKS:
        yield [f"{work}: comments/s", *(f"{sample.comments / sample.works[work]:,.0f}" for sample in samples)]


def stage_rows(samples: Sequence[Speed]) -> Iterator[list[str]]:
    """Milliseconds a comment of each stage of a load."""
    for stage in samples[0].stages:
        yield [stage, *(f"{1000 * sample.stages[stage] / sample.comments:.3f}" for sample in samples)]
    yield ["all", *(f"{1000 * sample.works['load'] / sample.comments:.3f}" for sample in samples)]


def lines_by_length(title: str, make: Callable[[int], Discussion], rounds: int) -> list[str]:
    """The time of extraction for each length, in multiples of the shortest: if it is linear, these are the lengths."""
    durations = [fastest(partial(extract, make(times)), rounds) for times in LENGTHS]
    return [title, f"{durations[0] * 1000:.0f} ms", *(f"{duration / durations[0]:.1f}" for duration in durations)]


def long_comment(times: int) -> Discussion:
    """A short post and one long reply to it."""
    chance, key, sentences = random.Random(6), ThreadKey("speed", "long"), segments()
    texts = (" ".join(sentences[:3]), " ".join(chance.choices(sentences, k=ONE_COMMENT * times)))
    return Discussion(
        Thread(key),
        (Comment(key, "a", texts[0], author="one"), Comment(key, "b", texts[1], parent="a", author="other")),
    )


def long_thread(times: int) -> Discussion:
    """One thread of many comments."""
    return discussions(list(random_comments(ONE_THREAD * times, thread=ONE_THREAD * times)))[0]


def on_one_core() -> str:
    """Keeps this process to one core where the system can; says whether it could."""
    with suppress(AttributeError, OSError):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        return "on one core"
    return "on all cores: this system cannot keep a process to one"


@click.command()
@click.option("--corpora", type=click.Path(path_type=Path), help="Folder of the annotated corpora.")
@click.option("--comments", default=6000, show_default=True, help="Comments to draw.")
@click.option("--rounds", default=3, show_default=True, help="Rounds, of which the fastest counts.")
def main(corpora: Path | None, comments: int, rounds: int) -> None:
    """Print comments a second of each work; times of a load's stages; and times of ever longer comments and threads."""
    where = on_one_core()
    inputs = {
        "short comments": list(random_comments(comments, SHORT)),
        "long comments": list(random_comments(comments, LONG)),
    }
    file = corpora / "cmv_threads.jsonl" if corpora else None
    if file is not None and file.is_file():
        inputs[f"ChangeMyView threads, {COPIES} times"] = list(annotated(file, COPIES))
    samples = [speed(lines, rounds) for lines in inputs.values()]
    click.echo(table([where, *inputs], work_rows(samples)))
    click.echo("\n" + table(["stages of a load: ms a comment", *inputs], stage_rows(samples)))
    lengths = [f"x{times}" for times in LENGTHS]
    grown = [lines_by_length("one comment", long_comment, rounds), lines_by_length("one thread", long_thread, rounds)]
    click.echo("\n" + table(["time of extraction by length", "shortest", *lengths], grown))


if __name__ == "__main__":
    main()

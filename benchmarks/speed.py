"""How fast moves are found, on one core: comments a second beside plain sentence splitting, and whether time is linear.

    python -m benchmarks.speed                      threads drawn from the labelled corpus
    python -m benchmarks.speed --corpora DIR        the ChangeMyView threads too

Three things go through the same comments in one process: a regular expression that splits sentences, the extractor
alone, and a whole load into a new store, from the file to the published map. The fastest of some rounds counts. The
time is the processor's, so that what else a machine does changes little; waiting for a disk is not in it.
"""

from __future__ import annotations

import json
import os
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import click

from benchmarks.jsonl import objects
from benchmarks.tables import table
from rejoinder.load import load
from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.labelled import corpus
from rejoinder.records import Comment, Discussion, Thread, ThreadKey
from rejoinder.settings import Settings

SENTENCE = re.compile(r"(?<=[.!?])\s+")
THREAD = 20  # comments in a thread that is made
MOST_SEGMENTS = 8  # segments of the corpus in a comment that is made
COPIES = 8  # how often the annotated threads are loaded, under names of their own: a few are over too soon
LENGTHS = (1, 2, 4, 8)
ONE_COMMENT = 40  # segments in the shortest long comment
ONE_THREAD = 100  # comments in the shortest long thread
Line = dict[str, str | None]


def segments() -> list[str]:
    """The words of all segments of the labelled corpus."""
    return [one.exact for thread in corpus() for comment in thread.comments for one in comment.segments]


def drawn(comments: int, thread: int = THREAD) -> Iterator[Line]:
    """Comments of one to eight segments, drawn at random, in threads; the same in every run."""
    chance, said = random.Random(5), segments()
    for number in range(comments):
        place = number % thread
        yield {
            "id": f"c{number}",
            "thread": f"t{number // thread}",
            "parent": f"c{number - chance.randint(1, min(5, place))}" if place else None,
            "author": f"reader{chance.randrange(6)}",
            "text": " ".join(chance.choices(said, k=chance.randint(1, MOST_SEGMENTS))),
        }


def annotated(file: Path, copies: int) -> Iterator[Line]:
    """The comments of annotated threads, each a reply to the one before, several times under other names."""
    docs = list(objects(file))
    for copy in range(copies):
        for doc in docs:
            parent, thread = None, f"{copy} {doc['doc']}"
            for one in doc["comments"]:
                name = f"{thread} {one['id']}"
                yield {"id": name, "thread": thread, "parent": parent, "author": one["author"], "text": one["text"]}
                parent = name


def discussions(lines: Sequence[Line]) -> list[Discussion]:
    """The threads of these comments."""
    found: dict[str, list[Comment]] = {}
    for one in lines:
        name = one["thread"] or ""
        comment = Comment(ThreadKey("speed", name), one["id"] or "", one["text"] or "", one["parent"], one["author"])
        found.setdefault(name, []).append(comment)
    return [Discussion(Thread(ThreadKey("speed", name)), tuple(comments)) for name, comments in found.items()]


def fastest(work: Callable[[], object], rounds: int) -> float:
    """Seconds of processor time of the fastest of some rounds."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def loaded(lines: Sequence[Line]) -> None:
    """Loads the comments from a file into a new store."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "comments.jsonl"
        file.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
        load(Path(folder) / "store", [str(file)], Settings(), report=lambda _: None)


def row(title: str, lines: Sequence[Line], rounds: int) -> list[str]:
    """Comments a second of the three, and how many times as long as splitting sentences the other two take."""
    texts, threads = [one["text"] or "" for one in lines], discussions(lines)
    split = fastest(lambda: [SENTENCE.split(one) for one in texts], rounds)
    alone = fastest(lambda: [extract(one) for one in threads], rounds)
    whole = fastest(lambda: loaded(lines), rounds)
    each = sum(map(len, texts)) / len(texts)
    speeds = [f"{len(texts) / seconds:,.0f}" for seconds in (split, alone, whole)]
    return [title, f"{len(texts):,}", f"{each:.0f}", *speeds, f"{alone / split:.0f}", f"{whole / split:.0f}"]


def longer(title: str, make: Callable[[int], Discussion], rounds: int) -> list[str]:
    """The time of extraction for each length, in multiples of the shortest: if it is linear, these are the lengths."""
    found = [fastest(partial(extract, make(times)), rounds) for times in LENGTHS]
    return [title, f"{found[0] * 1000:.0f} ms", *(f"{one / found[0]:.1f}" for one in found)]


def long_comment(times: int) -> Discussion:
    """A short post and one long reply to it."""
    chance, key, said = random.Random(6), ThreadKey("speed", "long"), segments()
    texts = (" ".join(said[:3]), " ".join(chance.choices(said, k=ONE_COMMENT * times)))
    return Discussion(
        Thread(key),
        (Comment(key, "a", texts[0], author="one"), Comment(key, "b", texts[1], parent="a", author="other")),
    )


def long_thread(times: int) -> Discussion:
    """One thread of many comments."""
    return discussions(list(drawn(ONE_THREAD * times, ONE_THREAD * times)))[0]


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
    """Print comments a second of splitting, extracting and loading; then times of ever longer comments and threads."""
    where = on_one_core()
    found = [row("drawn from the labelled corpus", list(drawn(comments)), rounds)]
    file = corpora / "cmv_threads.jsonl" if corpora else None
    if file is not None and file.is_file():
        found.append(row(f"ChangeMyView threads, {COPIES} times", list(annotated(file, COPIES)), rounds))
    head = ["comments/s " + where, "comments", "characters", "split", "extract", "load", "extract/split", "load/split"]
    click.echo(table(head, found))
    lengths = [f"x{times}" for times in LENGTHS]
    grown = [longer("one comment", long_comment, rounds), longer("one thread", long_thread, rounds)]
    click.echo("\n" + table(["time of extraction by length", "shortest", *lengths], grown))


if __name__ == "__main__":
    main()

"""Checks the labelled corpus: its lines, its targets, its counts, and sentences that are too much alike.

python -m benchmarks.corpus             the whole corpus
python -m benchmarks.corpus FILE...     some threads of it
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import click

from rejoinder.errors import LoadError
from rejoinder.loaders.extract.labelled import SPLITS, LabelledThread, read_thread
from rejoinder.loaders.extract.labelled import labelled_threads as all_threads
from rejoinder.loaders.extract.text.words import words

RUN = 5  # neighbouring words; a sentence shares a run of them with few others
ALIKE = 0.5  # share of the shorter one's runs from which two segments are near-duplicates
LEAST = 4  # runs of a segment that is long enough to compare


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """All runs of five neighbouring words."""
    tokens = words(text)
    return frozenset(tokens[at : at + RUN] for at in range(len(tokens) - RUN + 1))


def near_duplicates(threads: Iterable[LabelledThread]) -> Iterator[tuple[str, str, str, str]]:
    """Pairs of segments (places and words) that share at least half of their runs of five words; quotes excepted."""
    by_place = {place: (text, text_runs) for place, text in said_in(threads) if len(text_runs := runs(text)) >= LEAST}
    holders: dict[tuple[str, ...], list[str]] = {}
    for place, (_, text_runs) in by_place.items():
        for run in text_runs:
            holders.setdefault(run, []).append(place)
    pairs = sorted({pair for places in holders.values() for pair in combinations(sorted(places), 2)})
    for first, other in pairs:
        (text, mine), (other_text, theirs) = by_place[first], by_place[other]
        if len(mine & theirs) >= ALIKE * min(len(mine), len(theirs)):
            yield first, text, other, other_text


def said_in(threads: Iterable[LabelledThread]) -> Iterator[tuple[str, str]]:
    """The places and words of all segments but quotes."""
    for thread in threads:
        for comment in thread.comments:
            for number, segment in enumerate(comment.segments, 1):
                if segment.label != "quote":
                    yield f"{thread.name} {comment.id}.{number}", segment.exact


def counts(threads: Iterable[LabelledThread]) -> Counter[tuple[str, str]]:
    """How many segments have each label, by split."""
    return Counter(
        (thread.split, segment.label)
        for thread in threads
        for comment in thread.comments
        for segment in comment.segments
    )


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(files: tuple[Path, ...]) -> None:
    """Check the corpus, or these files of it; exit 1 where something is wrong."""
    wrong = False
    threads: list[LabelledThread] = []
    for file in files:
        try:
            threads.append(read_thread(file))
        except LoadError as error:
            wrong = True
            click.echo(str(error), err=True)
    threads = threads if files else list(all_threads())
    for place, text, other, other_text in near_duplicates(threads):
        wrong = True
        click.echo(f"too much alike:\n  {place}: {text}\n  {other}: {other_text}", err=True)
    table = counts(threads)
    labels = sorted({label for _, label in table})
    for label in labels:
        click.echo(f"{label:15}" + "".join(f"{table[split, label]:6}" for split in SPLITS))
    click.echo(
        f"{len(threads)} threads, {sum(len(thread.comments) for thread in threads)} comments, {table.total()} segments"
    )
    sys.exit(wrong)


if __name__ == "__main__":
    main()

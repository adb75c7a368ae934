"""Tells lines that were wrapped at a width, as in mail, from lines that end because their writer ended them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

NARROWEST = 40  # columns; where every line is shorter, lines end because they are over, as in verse and addresses
WIDEST = 100  # columns; a longer line was not wrapped, and neither were those beside it
NEARLY = 0.85  # of the width: a line into which the next word would not have fitted, were that all, is as good as full
ENOUGH_FULL = 0.75  # of the lines of a paragraph but the last
ENOUGH_WITHIN = 0.5  # of the full lines, that break off in the middle of a sentence
ENOUGH_LOWER = 0.4  # of the full lines, that go on below without a capital
FEWEST = 2  # full lines that tell a width
LONGEST_WORD = 40  # characters that a word counts at most, for an address tells no width

RULE = re.compile(r"--|[-=_*~#+ ]{3,}")  # also the line above a signature
SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]*_]*$")


class Row(NamedTuple):
    """A line: its number, how often it is quoted, the column it ends in, its words, and whether it begins an item."""

    number: int
    depth: int
    width: int
    words: str
    item: bool


Run = list[Row]  # lines that follow each other and may be one paragraph


def soft_breaks(rows: Sequence[Row]) -> frozenset[int]:
    """The numbers of the lines in which the line above goes on, where that was wrapped.

    There are no rows for blank lines and for those that are too wide.
    Paragraphs of three lines and more tell their width themselves; for those that do not, that of the others counts, or
    what all of them tell together.
    """
    runs = list(runs_of(rows))
    breaks: list[tuple[Row, Row]] = []
    for depth in sorted({run[0].depth for run in runs}):
        breaks += breaks_in([run for run in runs if run[0].depth == depth])
    return frozenset(below.number for _, below in breaks)


def breaks_in(runs: Sequence[Run]) -> Iterator[tuple[Row, Row]]:
    """The lines of runs that are quoted equally often which were wrapped, each with the one in which it goes on."""
    sure, rest = list[Run](), list[Run]()
    for run in runs:
        (sure if is_wrapped([run]) else rest).append(run)
    width = width_of(sure) or (width_of(rest) if is_wrapped(rest) else inf)
    for rows in sure:
        yield from lines_ending_full([rows], NEARLY * width_of([rows]))
    yield from lines_ending_full(rest, NEARLY * width)


def runs_of(rows: Iterable[Row]) -> Iterator[Run]:
    """The runs of two and more lines quoted equally often; an item begins one, what is no prose is in none."""
    run: Run = []
    for row in rows:
        prose = is_prose(row.words)
        if run and not (prose and not row.item and (run[-1].number + 1, run[-1].depth) == (row.number, row.depth)):
            yield from [run] if len(run) > 1 else []
            run = []
        if prose:
            run.append(row)
    yield from [run] if len(run) > 1 else []


def is_prose(words: str) -> bool:
    """False for a line in columns, for one that rules off what follows, and for code."""
    if "   " in words or "\t" in words or words.count("|") > 1:
        return False
    return not words.endswith(("{", "}", ");")) and RULE.fullmatch(words) is None


def width_of(runs: Iterable[Run]) -> int:
    """The last column of the longest line that could have been broken, 0 where there is none."""
    return max((row.width for run in runs for row in run if " " in row.words), default=0)


def is_wrapped(runs: Sequence[Run]) -> bool:
    """True if nearly all lines that have one below them are full, and break off in the middle of a sentence."""
    width, ends = width_of(runs), sum(len(run) - 1 for run in runs)
    if width < NARROWEST:
        return False
    full_pairs = list(lines_ending_full(runs, NEARLY * width))
    within = sum(SENTENCE_END.search(above.words) is None for above, _ in full_pairs)
    lower = sum(below.words[0].isalpha() and not below.words[0].isupper() for _, below in full_pairs)
    least = max(FEWEST, ENOUGH_FULL * ends)
    return (
        len(full_pairs) >= least
        and within >= ENOUGH_WITHIN * len(full_pairs)
        and lower >= ENOUGH_LOWER * len(full_pairs)
    )


def lines_ending_full(runs: Iterable[Run], width: float) -> Iterator[tuple[Row, Row]]:
    """Each line that ended because the first word of the one below would not have fitted, were it so wide; and that."""
    for run in runs:
        for above, below in pairwise(run):
            word = min(len(below.words.split(None, 1)[0]), LONGEST_WORD)
            if above.width + 1 + word > width and 2 * above.width > width:
                yield above, below

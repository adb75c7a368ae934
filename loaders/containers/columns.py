"""CSV and TSV: each row as a dict by the names of the first line, with the line where it begins."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.scrub import Scrubber
from rejoinder.loaders.source import LINE_BYTES, Source

DELIMITERS = ",;\t|"
TOLD = re.compile(r'"?sep=([,;\t|])"?\s*', re.IGNORECASE)  # the line that some spreadsheets put first


class Lines:
    """The decoded lines of a file with their ends, for the csv module; what is no line is kept for later."""

    def __init__(self, source: Source, scrubber: Scrubber) -> None:
        self.lines, self.scrubber = source.lines(), scrubber
        self.number = 0
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterator[str]:
        for one in self.lines:
            if isinstance(one, Problem):
                self.problems.append(one)
                continue
            self.number = one[0]
            yield self.scrubber.decoded(one[1], one[0]).replace("\r", " ") + "\n"


def rows(source: Source, scrubber: Scrubber) -> Iterator[tuple[int, dict[str, str]] | Problem]:
    """The rows after the first, which names the columns; commas, semicolons, tabs or bars part them.

    A line `sep=;` above tells what parts them.
    A row with more fields than there are columns is a Problem; one with fewer lacks the last. A field holds at most
    64 MB. Raises LoadError if the first line names no columns.
    """
    csv.field_size_limit(LINE_BYTES)  # the module's own, for the whole process; its default of 128 kB is too small
    lines = Lines(source, scrubber)
    first = next(iter(lines), "")
    told = TOLD.fullmatch(first)
    first = next(iter(lines), "") if told else first
    parts = told[1] if told else delimiter(first)
    names = [name.strip() for name in next(csv.reader([first], delimiter=parts), [])]
    if not any(names):
        raise LoadError(source.name, 1, "expected a first line that names the columns")
    reader = csv.reader(iter(lines), delimiter=parts)
    while True:
        start = lines.number + 1
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield Problem(source.name, start, f"expected a row of CSV: {error}", lost=True)
            continue
        if len(row) > len(names):
            yield Problem(source.name, start, f"expected {len(names)} fields, got {len(row)}", lost=True)
        elif any(row):
            yield start, dict(zip(names, row, strict=False))
        yield from lines.problems
        lines.problems.clear()
    yield from lines.problems


def delimiter(line: str) -> str:
    """What parts the columns of a first line: whichever stands there most often outside quotes.

    >>> delimiter('id;"a, b, c";text')
    ';'
    """
    bare = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=bare.count)

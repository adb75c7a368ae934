"""CSV and TSV: each row as a dict by the names of the first line, with the line where it begins."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.scrub import READ_AS_WESTERN, WESTERN, Scrubber
from rejoinder.loaders.source import LINE_BYTES, Source
from rejoinder.loaders.western import is_western

DELIMITERS = ",;\t|"
TOLD = re.compile(r'"?sep=([,;\t|])"?\s*', re.IGNORECASE)  # the line that some spreadsheets put first
ENDLESS = f"expected fields of at most {LINE_BYTES} bytes, the rest is lost; is a quotation mark here never closed?"
RULE = re.compile(r"[\s:|+-]*")  # a cell of the line that Markdown and psql draw below the names of the columns
ROW = "#"  # as a map calls the line where a row begins, unless a column is named so
SHOWN = 40  # characters of a field that an error shows
OPEN = (
    "expected a quotation mark that opens a field to be closed, and one within words doubled; a field runs to line {}"
)


class Lines:
    """The decoded lines of a file with their ends, for the csv module; what is no line is kept until it is taken.

    `quotes` counts the quotation marks since it was last set to nothing.
    """

    def __init__(self, source: Source, scrubber: Scrubber) -> None:
        self.lines, self.scrubber = source.lines(), scrubber
        self.western = is_western(source)
        self.number = self.quotes = 0
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterator[str]:
        for one in self.lines:
            if isinstance(one, Problem):
                self.problems.append(one)
                continue
            self.number, raw = one
            self.quotes += raw.count(b'"')
            text = raw.decode(WESTERN, "replace") if self.western else self.scrubber.decoded(raw, self.number)
            yield text.replace("\r", " ") + "\n"

    def taken(self) -> list[Problem]:
        """What was no line since this was last asked."""
        found, self.problems = self.problems, []
        return found

    def is_open(self, row: list[str], start: int) -> bool:
        """True if a row that begins at that line has taken more lines because a quotation mark is missing."""
        return bool(row) and self.quotes % 2 == 1 and (self.number > start or row[-1].endswith("\n"))


def rows(source: Source, scrubber: Scrubber) -> Iterator[tuple[int, dict[str, str]] | Problem]:
    """The rows after the first, which names the columns; commas, semicolons, tabs or bars part them.

    A line `sep=;` above tells what parts them. A row with more fields than there are columns is a Problem, unless they
    are blank; one with fewer lacks the last. A field holds at most 64 MB. Raises LoadError if the first line names no
    columns.
    """
    csv.field_size_limit(LINE_BYTES)  # the module's own, for the whole process; its default of 128 kB is too small
    lines = Lines(source, scrubber)
    if lines.western:
        yield Problem(source.name, 0, READ_AS_WESTERN, lost=False)
    reader, names, padded = opened(source, lines)
    is_top = True  # only the names stand above
    for one in parsed(source, lines, reader, padded):
        if isinstance(one, Problem):
            yield one
            continue
        start, row = one[0], shortened(one[1], len(names))
        if len(row) > len(names):
            yield Problem(source.name, start, too_many(row, names), lost=True)
        elif any(map(str.strip, row)):
            if not (is_top and is_rule(row)):
                yield start, dict(zip(names, row, strict=False))
            is_top = False
        yield from lines.taken()
    yield from lines.taken()


def parsed(
    source: Source, lines: Lines, reader: Iterator[list[str]], padded: bool
) -> Iterator[tuple[int, list[str]] | Problem]:
    """The rows with the lines where they begin; a Problem where a quotation mark is missing, or a field has no end."""
    start, row = 1, list[str]()
    while True:
        if lines.is_open(row, start):
            yield Problem(source.name, start, OPEN.format(lines.number), lost=True)
        start, lines.quotes = lines.number + 1, 0
        try:
            row = [one.strip() for one in next(reader)] if padded else next(reader)
        except StopIteration:
            return
        except csv.Error:  # a field that is too large
            yield Problem(source.name, start, ENDLESS, lost=True)
            return
        yield start, row


def shortened(row: list[str], most: int) -> list[str]:
    """The row, without the fields beyond so many where all of those are blank."""
    return row if any(map(str.strip, row[most:])) else row[:most]


def is_rule(row: list[str]) -> bool:
    """True for the line that is drawn below the names of the columns.

    >>> is_rule([":---", " - "]), is_rule(["----+----"]), is_rule(["--", "no"]), is_rule([":", ""])
    (True, True, False, False)
    """
    return all(map(RULE.fullmatch, row)) and any("-" in one for one in row)


def opened(source: Source, lines: Lines) -> tuple[Iterator[list[str]], list[str], bool]:
    """The rows below the first that is not blank, what that calls the columns, and whether spaces pad all it holds."""
    every = iter(lines)
    first = next((one for one in every if one.strip()), "")
    told = TOLD.fullmatch(first)
    first = next(every, "") if told else first
    parts = told[1] if told else delimiter(first)
    padded = is_padded(first, parts)
    reader = csv.reader(chain([first], every), delimiter=parts, skipinitialspace=padded)
    names = next(reader, [])
    if not any(map(str.strip, names)):
        raise LoadError(source.name, 1, "expected a first line that names the columns")
    return reader, distinct(names), padded


def is_padded(first: str, parts: str) -> bool:
    """True if a space stands behind whatever parts the columns of the first line.

    >>> is_padded("id, text, by\\n", ","), is_padded("id, text,by\\n", ","), is_padded("| id | text |\\n", "|")
    (True, False, True)
    """
    behind = [one for one in first.rstrip("\r\n").split(parts)[1:] if one]
    return bool(behind) and all(one.startswith(" ") for one in behind)


def distinct(names: list[str]) -> list[str]:
    """The names of the columns, each once: one without is called by its number, one that comes again is counted.

    >>> distinct(["id", " text ", "", "text"])
    ['id', 'text', 'column 3', 'text (2)']
    """
    found, met = list[str](), Counter[str]()
    for number, name in enumerate(map(str.strip, names), 1):
        met[name] += 1
        found.append(f"column {number}" if not name else name if met[name] == 1 else f"{name} ({met[name]})")
    return found


def too_many(row: list[str], names: list[str]) -> str:
    """The message for a row with more fields than there are columns."""
    more = row[len(names)].strip()[:SHOWN]
    why = "words with what parts the columns must stand in quotes"
    return f"expected {len(names)} fields, got {len(row)}, the first too many is {more!r}; {why}"


def delimiter(line: str) -> str:
    """What parts the columns of a first line: whichever stands there most often outside quotes.

    >>> delimiter('id;"a, b, c";text')
    ';'
    """
    bare = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def columns_of(head: str) -> tuple[list[str], list[list[str]]]:
    """The columns that the beginning of a file names, and its rows so far; none where that is no CSV."""
    lines = [f"{line}\n" for line in head.strip("\r\n").split("\n")]
    told = TOLD.fullmatch(lines[0]) if lines else None
    lines = lines[1:] if told else lines
    if not lines or (not told and delimiter(lines[0]) not in lines[0]):
        return [], []
    parts = told[1] if told else delimiter(lines[0])
    reader = csv.reader(lines, delimiter=parts, skipinitialspace=is_padded(lines[0], parts))
    found = list[list[str]]()
    with suppress(csv.Error):
        found.extend(reader)
    return (distinct(found[0]), [row for row in found[1:] if any(row)]) if found else ([], [])


def text_head(source: Source) -> str:
    """The beginning of a file as text, decoded as `rows` would."""
    head = source.head()
    return head.decode(WESTERN if not head.isascii() and is_western(source) else "utf-8", errors="replace")

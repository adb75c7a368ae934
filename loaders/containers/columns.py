"""CSV and TSV: each row as a dict by the names of the first line, with the line where it begins."""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.unclosed import IdKind, Layout, without_blank_end
from rejoinder.loaders.opening.source import LINE_BYTES, Source
from rejoinder.loaders.opening.western import is_western
from rejoinder.loaders.values.scrub import READ_AS_WESTERN_NOTE, WESTERN_CODEC, Scrubber

DELIMITERS = ",;\t|"
DELIMITER_NOTE = re.compile(r'"?sep=([,;\t|])"?\s*', re.IGNORECASE)  # the line that some spreadsheets put first
ENDLESS_FIELD = (
    f"expected fields of at most {LINE_BYTES} bytes, this one is lost; is a quotation mark here never closed?"
)
RULE = re.compile(r"[\s:|+-]*")  # a cell of the line that Markdown and psql draw below the names of the columns
ROW_KEY = "#"  # as a map calls the line where a row begins, unless a column is named so
SHOWN = 40  # characters of a field that an error shows
LEFT_OUT_ABOVE = "left out what stands above the names of the columns, such as a title: {!r}"
UNCLOSED_MARK = (
    "expected a quotation mark that opens a field to be closed, and one within words doubled; the row ends with {}"
)
MOST_TITLE_LINES = 10  # lines at most above the one that names the columns: a title, a date, blank ones
COLUMN_NAME = re.compile(r"[^\W\d_][^\n]{0,39}|#")  # what a column may be called below a title
# Times that a file may be read ahead for missing quotation marks before each line counts as a row.
MOST_LINES_AGAIN = 16


class CsvLines:
    """The decoded lines of a file with their ends, for the csv module; what is no line is kept until it is taken.

    `row_lines` are those that were given since it was last emptied, with their numbers; they can be given back.
    """

    def __init__(self, source: Source, scrubber: Scrubber) -> None:
        self.lines, self.scrubber = source.lines(), scrubber
        self.western = is_western(source)
        self.number = self.read = self.reread = 0
        self.row_lines: list[tuple[int, str]] = []
        self.returned_lines: deque[tuple[int, str]] = deque()
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        numbered_line = self.returned_lines.popleft() if self.returned_lines else self.next_file_line()
        self.number = numbered_line[0]
        self.row_lines.append(numbered_line)
        return numbered_line[1]

    def next_file_line(self) -> tuple[int, str]:
        """The next line of the file; raises StopIteration at its end."""
        while isinstance(item := next(self.lines), Problem):
            self.problems.append(item)
        number, raw = item
        raw = raw if raw.strip(b"\0") else b""  # with which some programs fill what is left of a file
        text = raw.decode(WESTERN_CODEC, "replace") if self.western else self.scrubber.decode_line(raw, number)
        self.read += len(text) + 1
        return number, text.replace("\r", " ") + "\n"

    def give_back(self, place: int) -> None:
        """Gives back the lines that are held from that place on."""
        lines = self.row_lines[place:]
        del self.row_lines[place:]
        self.returned_lines.extendleft(reversed(lines))
        self.reread += sum(len(line) for _, line in lines)
        self.number = self.row_lines[-1][0] if self.row_lines else 0

    def take_problems(self) -> list[Problem]:
        """What was no line since this was last asked."""
        problems, self.problems = self.problems, []
        return problems


def csv_rows(source: Source, scrubber: Scrubber) -> Iterator[tuple[int, dict[str, str]] | Problem]:
    """The rows after the first, which names the columns; commas, semicolons, tabs or bars part them.

    A line `sep=;` above tells what parts them. A row with more fields than there are columns is a Problem, unless they
    are blank; one with fewer lacks the last. A field holds at most 64 MB. Raises LoadError if the first line names no
    columns.
    """
    csv.field_size_limit(LINE_BYTES)  # the module's own, for the whole process; its default of 128 kB is too small
    lines = CsvLines(source, scrubber)
    if lines.western:
        yield Problem(source.name, 0, READ_AS_WESTERN_NOTE, lost=False)
    names, layout, titles = open_table(source, lines)
    if titles:
        line, title = titles[0]
        yield Problem(source.name, line, LEFT_OUT_ABOVE.format(title.strip()[:SHOWN]), lost=False, note=True)
    is_top = True  # only the names stand above
    for item in parse_rows(source, lines, layout):
        if isinstance(item, Problem):
            yield item
            continue
        start, row = item[0], without_blank_end(item[1], len(names))
        if len(row) > len(names):
            yield Problem(source.name, start, too_many_fields(row, names), lost=True)
        elif any(map(str.strip, row)):
            if not (is_top and is_rule(row)):
                yield start, dict(zip(names, row, strict=False))
            is_top = False
        yield from lines.take_problems()
    yield from lines.take_problems()


def parse_rows(source: Source, lines: CsvLines, layout: Layout) -> Iterator[tuple[int, list[str]] | Problem]:
    """The rows with the lines where they begin; a Problem where a quotation mark is missing, or a field has no end."""
    reader = csv.reader(lines, delimiter=layout.delimiter, skipinitialspace=layout.padded)
    while True:
        lines.row_lines.clear()
        row: list[str] | None = None
        with suppress(csv.Error):  # a field that is too large
            try:
                row = next(reader) if lines.reread <= MOST_LINES_AGAIN * lines.read else layout.fields(next(lines))
            except StopIteration:
                return
        start = lines.row_lines[0][0]
        row = layout.repaired([line for _, line in lines.row_lines]) or row
        if row is None or may_be_unclosed(row, lines.row_lines, layout):
            row, message = mend_row(row, lines, layout)
            if message:
                yield Problem(source.name, start, message, lost=row is None)
        if row is not None:
            yield start, [cell.strip() for cell in row] if layout.padded else row


def may_be_unclosed(row: list[str], lines: Sequence[tuple[int, str]], layout: Layout) -> bool:
    """True if a row may have taken lines because a quotation mark is missing."""
    several = len(lines) > 1 or (bool(row) and row[-1].endswith("\n"))
    return several and not layout.is_whole([line for _, line in lines])


def mend_row(row: list[str] | None, lines: CsvLines, layout: Layout) -> tuple[list[str] | None, str]:
    """The row up to where another begins, from which on lines are read again, and what is to be said of it.

    Where no other begins in it, what follows belongs to it, too, if a mark is missing. Of one that is too large (None)
    nothing is left.
    """
    (_, first), *others = lines.row_lines
    like = layout.kind_in(first)  # once: the line may be long, and many follow it
    place = next((n for n, (_, line) in enumerate(others, 1) if layout.is_row_start(line, like)), None)
    if place is not None:
        lines.give_back(place)
    elif row is not None and sum(line.count('"') for _, line in lines.row_lines) % 2 == 0:
        return row, ""
    elif not take_more_lines(lines, layout, like):
        return None, ENDLESS_FIELD
    return layout.cut_row([line for _, line in lines.row_lines]), UNCLOSED_MARK.format(f"line {lines.number}")


def take_more_lines(lines: CsvLines, layout: Layout, like: IdKind) -> bool:
    """Takes more lines, up to one that begins a row; False if they are too many, so that some are not held."""
    size = sum(len(line) for _, line in lines.row_lines)
    for line in lines:
        if layout.is_row_start(line, like):
            lines.give_back(len(lines.row_lines) - 1)
            break
        size += len(line)
        if size > LINE_BYTES:
            lines.row_lines.pop()
    return size <= LINE_BYTES


def is_rule(row: list[str]) -> bool:
    """True for the line that is drawn below the names of the columns.

    >>> is_rule([":---", " - "]), is_rule(["----+----"]), is_rule(["--", "no"]), is_rule([":", ""])
    (True, True, False, False)
    """
    return all(map(RULE.fullmatch, row)) and any("-" in cell for cell in row)


def open_table(source: Source, lines: CsvLines) -> tuple[list[str], Layout, list[tuple[int, str]]]:
    """What the columns are called, how the rows below are laid out, and the lines of a title above."""
    first = next((text for text in lines if text.strip()), "")
    match = DELIMITER_NOTE.fullmatch(first)
    if first and not match:
        lines.give_back(len(lines.row_lines) - 1)
    before = len(lines.row_lines)
    top = [line for line, _ in zip(lines, range(MOST_TITLE_LINES + 2), strict=False)]
    place = lines_above_names(top, match[1] if match else None)
    first = top[place] if top else ""
    titles = [numbered for numbered in lines.row_lines[before : before + place] if numbered[1].strip()]
    delimiter = match[1] if match else delimiter_of_line(first)
    padded = is_padded(first, delimiter)
    lines.give_back(before + place)
    names = list[str]()
    with suppress(csv.Error):  # a name that is too large
        names = next(csv.reader(lines, delimiter=delimiter, skipinitialspace=padded), [])
    if not any(map(str.strip, names)):
        raise LoadError(source.name, 1, "expected a first line that names the columns")
    return distinct_names(names), Layout(delimiter, padded, len(names)), titles


def lines_above_names(lines: Sequence[str], delimiter: str | None = None) -> int:
    """How many of the first lines stand above the one that names the columns: a title and blank lines, else none.

    >>> (lines_above_names(["Comments, May\\n", "\\n", "id,by,text\\n", "1,Mia,It leaks.\\n"]),
    ...  lines_above_names(["id,text\\n", "1,2,3\\n"]))
    (2, 0)
    """
    for place, line in enumerate(lines[:MOST_TITLE_LINES]):
        by = delimiter or delimiter_of_line(line)
        width = len(cells_of_line(line, by))
        if place and width > 2 and all(map(COLUMN_NAME.fullmatch, cells_of_line(line, by))):
            titled = all(len(cells_of_line(title, by)) < 2 or is_padded(title, by) for title in lines[:place])
            return place if titled and width_of_row(lines[place + 1 :], by) == width else 0
    return 0


def width_of_row(lines: Sequence[str], delimiter: str) -> int:
    """How many fields the first row in these lines has, none where there is no row or it cannot be read."""
    try:
        return len(next(csv.reader(lines, delimiter=delimiter), ()))
    except csv.Error:
        return 0


def cells_of_line(line: str, delimiter: str) -> list[str]:
    """What stands in a line that is not blank, without white space around it."""
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), ()) if cell.strip()]
    except csv.Error:
        return []


def is_padded(first: str, delimiter: str) -> bool:
    """True if a space stands behind whatever parts the columns of the first line.

    >>> is_padded("id, text, by\\n", ","), is_padded("id, text,by\\n", ","), is_padded("| id | text |\\n", "|")
    (True, False, True)
    """
    behind = [cell for cell in first.rstrip("\r\n").split(delimiter)[1:] if cell]
    return bool(behind) and all(cell.startswith(" ") for cell in behind)


def distinct_names(names: list[str]) -> list[str]:
    """The names of the columns, each once: one without is called by its number, one that comes again is counted.

    >>> distinct_names(["id", " text ", "", "text"])
    ['id', 'text', 'column 3', 'text (2)']
    """
    distinct, met = list[str](), Counter[str]()
    for number, name in enumerate(map(str.strip, names), 1):
        met[name] += 1
        distinct.append(f"column {number}" if not name else name if met[name] == 1 else f"{name} ({met[name]})")
    return distinct


def too_many_fields(row: list[str], names: list[str]) -> str:
    """The message for a row with more fields than there are columns."""
    more = row[len(names)].strip()[:SHOWN]
    why = "words with what parts the columns must stand in quotes"
    return f"expected {len(names)} fields, got {len(row)}, the first too many is {more!r}; {why}"


def delimiter_of_line(line: str) -> str:
    """What parts the columns of a first line: whichever stands there most often outside quotes.

    >>> delimiter_of_line('id;"a, b, c";text')
    ';'
    """
    bare = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def columns_of(head: str) -> tuple[list[str], list[list[str]]]:
    """The columns that the beginning of a file names, and its rows so far; none where that is no CSV."""
    lines = [line.removesuffix("\r").replace("\r", " ") + "\n" for line in head.strip("\r\n").split("\n")]
    match = DELIMITER_NOTE.fullmatch(lines[0]) if lines else None
    lines = lines[1:] if match else lines
    lines = lines[lines_above_names(lines, match[1] if match else None) :]
    if not lines or (not match and delimiter_of_line(lines[0]) not in lines[0]):
        return [], []
    delimiter = match[1] if match else delimiter_of_line(lines[0])
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=is_padded(lines[0], delimiter))
    rows = list[list[str]]()
    with suppress(csv.Error):
        rows.extend(reader)
    return (distinct_names(rows[0]), [row for row in rows[1:] if any(row)]) if rows else ([], [])


def csv_head(source: Source) -> str:
    """The beginning of a file as text, decoded as `csv_rows` does."""
    head = source.head()
    return head.decode(WESTERN_CODEC if not head.isascii() and is_western(source) else "utf-8", errors="replace")

"""Rows of CSV in which a quotation mark is missing: where such a row ends, so that it swallows none of the others."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

# What ids of one table have in common: whether they are numbers, whether spaces stand in them.
IdKind = tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a table are laid out: what parts the columns, whether spaces pad them, how many there are."""

    delimiter: str
    padded: bool
    width: int

    def fields(self, *lines: str) -> list[str]:
        """The first row in these lines, however its quotation marks stand."""
        return next(csv.reader(lines, delimiter=self.delimiter, skipinitialspace=self.padded), [])

    def is_whole(self, lines: Sequence[str]) -> bool:
        """True if all quotation marks of a row are closed, and those within words doubled."""
        try:
            next(csv.reader(lines, delimiter=self.delimiter, skipinitialspace=self.padded, strict=True))
        except csv.Error:
            return False
        return True

    def repaired(self, lines: Sequence[str]) -> list[str] | None:
        """The row where quotation marks within words stand behind a backslash, or as they are; None for any other.

        >>> two = Layout(",", False, 2)
        >>> two.repaired(['1,"Say \\\\"no\\\\", twice"\\n']), two.repaired(['1,"Say "no" twice"\\n'])
        (['1', 'Say "no", twice'], ['1', 'Say "no" twice'])
        """
        if not any('"' in line for line in lines) or self.is_whole(lines):
            return None
        rows = (self.escaped(lines), self.undoubled(lines[0]) if len(lines) == 1 else None)
        return next((row for row in rows if row is not None and len(row) == self.width), None)

    def escaped(self, lines: Sequence[str]) -> list[str] | None:
        """The row if a backslash stands before each quotation mark within words."""
        try:
            return next(
                csv.reader(lines, delimiter=self.delimiter, skipinitialspace=self.padded, strict=True, escapechar="\\"),
                None,
            )
        except csv.Error:
            return None

    def undoubled(self, line: str) -> list[str] | None:
        """The row if a quotation mark closes a field only where that ends, and all others belong to the words."""
        parts = re.escape(self.delimiter)
        field = re.compile(
            rf' *"((?:[^"]++|"(?! *(?:{parts}|$)))*+)" *(?:{parts}|$)|(?! *")([^{parts}]*+)(?:{parts}|$)'
        )
        cells, at, line = list[str](), 0, line.rstrip("\r\n")
        while at <= len(line) and len(cells) <= self.width and (match := field.match(line, at)):
            cells.append(match[2] if match[1] is None else match[1].replace('""', '"'))
            at = match.end() + (match.end() == len(line) and not match[0].endswith(self.delimiter))
        return cells if at > len(line) else None

    def is_row_start(self, line: str, like: IdKind) -> bool:
        """True if a line reads as a row of its own, with an id of that kind.

        >>> table = Layout(",", False, 3)
        >>> like = table.kind_in('1,Mia,"It leaks.')
        >>> [table.is_row_start(line, like) for line in ("2,Tom,No.\\n", "well, no, never\\n", "so it does\\n")]
        [True, False, False]
        """
        row = without_blank_end(self.fields(line), self.width)
        is_open = 1 < len(row) < self.width and row[-1].endswith("\n")
        return (is_open or 1 < len(row) == self.width) and id_kind(row[0]) == like

    def kind_in(self, line: str) -> IdKind:
        """The kind of the first field of a line, also where that is the one that is not closed."""
        return id_kind(next(iter(self.fields(line)), "").split(self.delimiter)[0])

    def cut_row(self, lines: Sequence[str]) -> list[str]:
        """The row of these lines, in the first of which a field is opened and not closed.

        The field ends where the columns come out even, else with the lines.

        >>> table = Layout(",", False, 3)
        >>> table.cut_row(['1,"It leaks.,Mia\\n']), table.cut_row(['1,Mia,"No, it\\n', 'leaks."\\n'])
        (['1', 'It leaks.', 'Mia'], ['1', 'Mia', 'No, it\\nleaks.'])
        """
        *before, rest = self.fields(lines[0])
        rest = "".join([rest, *lines[1:]]).removesuffix("\n").removesuffix('"')
        split = rest.split(self.delimiter)
        return [*before, *(split if len(before) + len(split) == self.width else [rest])]


def without_blank_end(row: list[str], most: int) -> list[str]:
    """The row, without the fields beyond so many where all of those are blank."""
    return row if any(map(str.strip, row[most:])) else row[:most]


def id_kind(name: str) -> IdKind:
    """The kind of an id.

    >>> id_kind("7") == id_kind(" 12 "), id_kind("7") == id_kind("k7"), id_kind("k7") == id_kind("It leaks")
    (True, False, False)
    """
    short = name.strip()
    return short.isdecimal(), " " in short

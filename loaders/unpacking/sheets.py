"""Workbooks of spreadsheet programs (.xlsx): the first sheet with rows as a table of text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from posixpath import normpath
from xml.etree.ElementTree import Element

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.xml import elements, local_tag
from rejoinder.loaders.opening.source import HEAD_BYTES, Source
from rejoinder.loaders.unpacking.archives import Room, folder_for, safe_parts
from rejoinder.loaders.unpacking.zipped import names_in, unzip

BOOK, FACTS, TEXTS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml"
MARK = b"xl/w"
COLUMNS = 1_000  # that are read; a sheet may have 16,384
ENOUGH_ROWS = 2  # rows of a sheet that holds something: the names of its columns, and one more
DAYS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])  # formats of dates that have no text
PLAIN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')  # what in the text of a format is no placeholder
DATED = re.compile(r"[ymdhs]", re.IGNORECASE)
DAY_ZERO = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
CELL = re.compile(r"([A-Z]{1,3})\d+")


def sheet_in(source: Source, spool: str, room: Room) -> Source | None:
    """The sheet of a workbook as CSV, under the workbook's name, with a note of those left out; None for no workbook.

    What is unpacked and written is taken from the room: a text that many cells share is written out for each. Raises
    LoadError where the workbook is broken, encrypted or a bomb; OSError where it cannot be read.
    """
    with source.path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.startswith(b"PK\x03\x04") or MARK not in head:
        return None
    if (names := names_in(source.path)) and BOOK not in names:  # a workbook lies within an archive
        return None
    folder = folder_for(source.name, spool, room)
    unzip(source, folder)
    book = Workbook(source.name, folder.folder)
    filled = [
        sheet
        for sheet in book.sheets()
        if len(list(zip(range(ENOUGH_ROWS), book.rows(sheet), strict=False))) == ENOUGH_ROWS
    ]
    if not filled:
        raise LoadError(source.name, 0, "expected a workbook with rows in one of its sheets, got none")
    path = folder.folder / "sheet.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row in book.rows(filled[0]):
            folder.grow(sum(map(len, row)), filled[0].inside)
            writer.writerow(row)
    source.progress(source.path.stat().st_size)
    return Source(path, source.name, notes=tuple(unread_sheets_note(source.name, filled)))


def unread_sheets_note(name: str, filled: list[Sheet]) -> Iterator[Problem]:
    """A note of the sheets that are not read."""
    if len(filled) > 1:
        others = ", ".join(repr(sheet.name) for sheet in filled[1:])
        message = f"read the sheet {filled[0].name!r}; left out {others}: save each as a file of its own to load it"
        yield Problem(name, 0, message, lost=False, note=True)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: what it is called, and which file in the workbook holds it."""

    name: str
    inside: str


@dataclass
class Workbook:
    """A workbook that was unpacked into a folder."""

    name: str
    folder: Path
    texts: list[str] = field(init=False)
    dates: frozenset[int] = field(init=False)
    from_1904: bool = field(init=False)

    def __post_init__(self) -> None:
        self.texts = [string_words(part) for part in self.parts(TEXTS, "si")]
        self.dates = self.date_styles()
        self.from_1904 = any(part.get("date1904") in ("1", "true") for part in self.parts(BOOK, "workbookPr"))

    def parts(self, inside: str, tag: str) -> Iterator[Element]:
        """The elements of that local name in a file of the workbook; none where it is not there."""
        path = self.folder.joinpath(*safe_parts(normpath(inside)))
        if not path.is_file():
            return
        for element in elements(Source(path, f"{self.name}/{inside}"), lambda name, _: local_tag(name) == tag):
            if isinstance(element, Problem):
                raise LoadError(self.name, 0, f"expected a complete workbook; in {inside}: {element.message}")
            yield element.element

    def sheets(self) -> list[Sheet]:
        """The sheets that are shown, in their order."""
        targets = {part.get("Id"): str(part.get("Target")) for part in self.parts(FACTS, "Relationship")}
        visible = []
        for element in self.parts(BOOK, "sheet"):
            target = targets.get(next((value for key, value in element.items() if local_tag(key) == "id"), None))
            if target and element.get("state", "visible") == "visible":
                visible.append(Sheet(str(element.get("name")), target if target.startswith("/") else f"xl/{target}"))
        return visible

    def date_styles(self) -> frozenset[int]:
        """The styles of cells that show a number as a date."""
        formats = {
            whole_number(part.get("numFmtId")): part.get("formatCode") or "" for part in self.parts(STYLES, "numFmt")
        }
        days = DAYS | {name for name, code in formats.items() if DATED.search(PLAIN.sub("", code))}
        styles = [whole_number(style.get("numFmtId")) for listed in self.parts(STYLES, "cellXfs") for style in listed]
        return frozenset(number for number, name in enumerate(styles) if name in days)

    def rows(self, sheet: Sheet) -> Iterator[list[str]]:
        """The cells of each row that has any, as text."""
        for row in self.parts(sheet.inside, "row"):
            cells: list[str] = []
            for element in row:
                match = CELL.fullmatch(element.get("r") or "")
                at = column_number(match[1]) if match else len(cells)
                if local_tag(element.tag) == "c" and at < COLUMNS:
                    cells += [""] * (at + 1 - len(cells))
                    cells[at] = self.text(element)
            if any(cells):
                yield cells

    def text(self, cell: Element) -> str:
        """What a cell shows, dates in ISO 8601."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return string_words(cell)
        value = next((element.text or "" for element in cell if local_tag(element.tag) == "v"), "")
        if kind == "s":
            at = whole_number(value)
            return self.texts[at] if at < len(self.texts) else ""
        if kind == "b":
            return "true" if value == "1" else "false"
        if kind == "e":
            return ""
        return self.number(value, whole_number(cell.get("s")) in self.dates) if kind == "n" else value

    def number(self, value: str, is_date: bool) -> str:
        """A number as it is written, a whole one without a point; a date where it is one."""
        try:
            number = float(value)
            if not is_date:
                return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value
            moment = DAY_ZERO[self.from_1904] + timedelta(seconds=round(number * 86_400))
        except (ValueError, OverflowError):
            return value
        return moment.date().isoformat() if number.is_integer() else moment.isoformat()


def string_words(element: Element) -> str:
    """The text of a string, in one piece or several, without how it is read out."""
    parts = list[str]()
    for child in element:
        if local_tag(child.tag) == "t":
            parts.append(child.text or "")
        elif local_tag(child.tag) in ("r", "is"):
            parts.append(string_words(child))
    return "".join(parts)


def whole_number(text: str | None) -> int:
    """A number that counts something; nothing where it is none.

    >>> whole_number("14"), whole_number("x"), whole_number(None)
    (14, 0, 0)
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def column_number(letters: str) -> int:
    """The place of a column by its letters.

    >>> column_number("A"), column_number("Z"), column_number("AA")
    (0, 25, 26)
    """
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - 64
    return place - 1

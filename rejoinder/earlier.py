"""An earlier list of open objections, read from the file that `rejoinder unanswered` or a server wrote of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from rejoinder.errors import LoadError
from rejoinder.graph.queries.views import Row

IRI_COLUMNS = ("claim", "objection", "thread")  # columns that hold IRIs; the first of them is needed
HOW_TO_MAKE = "as in a list that `rejoinder unanswered --format csv` or json writes"


def read_earlier(file: Path) -> dict[str, Row]:
    """The rows of an earlier list, CSV or JSON, by the IRI of their claim; of each claim the first.

    A spreadsheet may have saved the CSV anew, with semicolons or tabs, its columns in another order or some left out.
    Raises LoadError with the line and what was expected.
    """
    text = _text(file)
    is_json = text.lstrip()[:1] in ("{", "[")
    row_by_claim = dict[str, Row]()
    for line, row in _objects(file, text) if is_json else _lines(file, text):
        row_by_claim.setdefault(str(_checked_row(file, line, row)["claim"]), row)
    return row_by_claim


def _text(file: Path) -> str:
    raw = file.read_bytes()
    try:
        return raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise LoadError(str(file), raw[: error.start].count(b"\n") + 1, f"expected UTF-8 text, {HOW_TO_MAKE}") from None


def _objects(file: Path, text: str) -> Iterator[tuple[int, Row]]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LoadError(str(file), getattr(error, "lineno", 1), f"expected JSON, {HOW_TO_MAKE}") from None
    rows = document.get("rows") if isinstance(document, dict) else document
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LoadError(str(file), 1, f'expected objects in "rows", {HOW_TO_MAKE}')
    if isinstance(document, dict) and document.get("truncated"):
        raise LoadError(
            str(file), 1, "expected a complete list, got one that was cut short: what it left out would look new"
        )
    yield from ((1, row) for row in rows)


def _lines(file: Path, text: str) -> Iterator[tuple[int, Row]]:
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    try:
        if "claim" not in (reader.fieldnames or ()):
            raise LoadError(str(file), 1, f"expected a column named claim, {HOW_TO_MAKE}")
        for row in reader:
            yield reader.line_num, {str(name): value or None for name, value in row.items() if name is not None}
    except csv.Error as error:
        raise LoadError(str(file), reader.line_num + 1, f"expected CSV, {HOW_TO_MAKE}; {error}") from None


def _checked_row(file: Path, line: int, row: Row) -> Row:
    """The row, whose names are IRIs as far as they are there."""
    for name in IRI_COLUMNS:
        value = row.get(name)
        if (value is not None or name == IRI_COLUMNS[0]) and not _is_iri(value):
            raise LoadError(str(file), line, f"expected an IRI as {name}, {HOW_TO_MAKE}, got {str(value or '')[:40]!r}")
    return row


def _is_iri(value: object) -> bool:
    try:
        return bool(ox.NamedNode(str(value)))
    except ValueError:
        return False

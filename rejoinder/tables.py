"""Rows for people, spreadsheets and programs: a text table, CSV, or one JSON object."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Mapping, Sequence

from rejoinder.graph.maps.lines import clean_line
from rejoinder.graph.queries.views import Row
from rejoinder.graph.queries.written import as_csv, as_json

NARROWEST = 10  # cells of a column below which a table is no table any more


def render_rows(
    columns: Sequence[str],
    rows: Sequence[Row],
    to: str,
    *,
    truncated: bool = False,
    beside: Mapping[str, object] | None = None,
) -> str:
    """Rows as `table`, `json` (`{"rows": [...], "truncated": false}`) or `csv`, ending in a line end.

    JSON has what stands `beside` the rows as members of its own.
    """
    if to == "json":
        return as_json({"rows": [dict(row) for row in rows], "truncated": truncated, **(beside or {})})
    if to == "csv":
        return as_csv(columns, rows)
    return as_table(columns, rows) + (f"(only the first {len(rows)} rows)\n" if truncated else "")


def as_table(columns: Sequence[str], rows: Sequence[Row], width: int | None = None) -> str:
    """Aligned columns that together fit the terminal (or `width` cells); long values are cut with an ellipsis.

    Where that would leave next to nothing of them, each row is a paragraph with a line for each column.

    >>> print(as_table(["a", "b"], [{"a": 1, "b": "two"}, {"a": None, "b": "x"}], 40), end="")
    a  b
    1  two
       x
    """
    cells = [[clean_line(row[name]) for name in columns] for row in rows]
    room = (width or shutil.get_terminal_size((120, 40)).columns) - 2 * (len(columns) - 1)
    if room < NARROWEST * len(columns) and sum(_natural_widths([list(columns), *cells])) > room:
        return _paragraphs(columns, cells)
    widths = _widths([list(columns), *cells], room)
    lines = (
        "  ".join(_fit_text(text, size) for text, size in zip(line, widths, strict=True))
        for line in [list(columns), *cells]
    )
    return "".join(line.rstrip() + "\n" for line in lines)


def count_words(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count_words(1, "thread"), count_words(0, "thread")
    ('1 thread', '0 threads')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def wrap_text(text: str, *, first: str = "", rest: str = "") -> str:
    """Text folded to the terminal, with these indents."""
    room = min(100, shutil.get_terminal_size((100, 40)).columns)
    return textwrap.fill(clean_line(text), room, initial_indent=first, subsequent_indent=rest, break_long_words=False)


def _paragraphs(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """Rows with a line for each value that is there, folded beside its name; an empty line between rows."""
    side = max(map(len, columns)) + 2
    return "\n".join(
        "".join(
            wrap_text(text, first=name.ljust(side), rest=" " * side) + "\n"
            for name, text in zip(columns, line, strict=True)
            if text
        )
        for line in cells
    )


def _natural_widths(lines: Sequence[Sequence[str]]) -> list[int]:
    return [max(len(text) for text in column) for column in zip(*lines, strict=True)]


def _widths(lines: Sequence[Sequence[str]], room: int) -> list[int]:
    """The widest columns give way until all fit."""
    widths = _natural_widths(lines)
    while sum(widths) > room and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    return widths


def _fit_text(text: str, size: int) -> str:
    return text.ljust(size) if len(text) <= size else text[: size - 1] + "…"

"""Tables as Markdown that also reads well in a terminal, and their place in a page of the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table whose columns stand under each other; all but the first are set to the right.

    >>> print(table(["", "n"], [["trams", "12"]]))
    |       |  n |
    |:------|---:|
    | trams | 12 |
    """
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    rule = [":" + "-" * (widths[0] + 1), *("-" * (width + 1) + ":" for width in widths[1:])]
    drawn = [" | ".join(cells(line, widths)) for line in lines]
    drawn = [f"| {row} |" for row in drawn]
    return "\n".join([drawn[0], f"|{'|'.join(rule)}|", *drawn[1:]])


def cells(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    """The cells of a line, each as wide as its column."""
    rest = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
    return [line[0].ljust(widths[0]), *rest]


def share(value: float | None) -> str:
    """A share of one with two digits; nothing for None.

    >>> share(0.456), share(1.0), share(None)
    ('.46', '1.00', '')
    """
    return "" if value is None else f"{value:.2f}".removeprefix("0")


def text_between_markers(text: str, name: str) -> str:
    """What stands between the two markers of that name in a page; ValueError where they are not there once."""
    matches = marked(name).findall(text)
    if len(matches) != 1:
        raise ValueError(
            f"expected the markers <!-- {name} --> and <!-- /{name} --> once, found them {len(matches)} times"
        )
    return str(matches[0]).strip("\n")


def put(path: Path, name: str, new: str) -> None:
    """Writes the text between the two markers of that name in a page; ValueError where they are not there once."""
    text = path.read_text(encoding="utf-8")
    text_between_markers(text, name)
    section = f"<!-- {name} -->\n{new}\n<!-- /{name} -->"
    path.write_text(marked(name).sub(lambda _: section, text), encoding="utf-8")


def marked(name: str) -> re.Pattern[str]:
    """Finds the two markers and what is between them."""
    return re.compile(f"<!-- {re.escape(name)} -->(.*?)<!-- /{re.escape(name)} -->", re.DOTALL)

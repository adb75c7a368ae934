"""SPARQL results as CSV; Oxigraph's own writer leaves IRIs unquoted, and those of our spans hold a comma."""

from __future__ import annotations

import csv
import io
from typing import IO

import pyoxigraph as ox


def write_csv(solutions: ox.QuerySolutions, out: IO[bytes]) -> None:
    """Rows as SPARQL 1.1 CSV (W3C, 2013): a header of variable names, values bare, fields quoted as RFC 4180 says."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(variable.value for variable in solutions.variables)
    for row in solutions:
        writer.writerow("" if term is None else _bare_text(term) for term in row)
        if text.tell() > 1 << 16:
            _drain(text, out)
    _drain(text, out)


def _bare_text(term: object) -> str:
    """A term without its brackets, quotes or type; a blank node keeps its `_:`."""
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else str(getattr(term, "value", term))


def _drain(text: io.StringIO, out: IO[bytes]) -> None:
    out.write(text.getvalue().encode())
    text.seek(0)
    text.truncate()

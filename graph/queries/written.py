"""Rows as CSV and documents as JSON, byte for byte the same from the command line and over HTTP."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from rejoinder.graph.queries.views import Row


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """RFC 4180, with a header; an absent value is an empty field."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([row[name] for name in columns] for row in rows)
    return out.getvalue()


def as_json(document: object) -> str:
    """JSON that people can read, ending in a line end."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

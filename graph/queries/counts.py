"""How many rows the views of claims, threads and judgements have over all their pages."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from rejoinder.graph.queries.views import Value, read_query, view_rows


def count_rows(store: ox.Store, name: str, values: Mapping[str, Value]) -> int:
    """The rows of a view without its bounds: `values` are its parameters but for rows and offset."""
    (row,) = view_rows(store, read_query(f"{name}_counted"), values).rows
    return int(row["many"] or 0)

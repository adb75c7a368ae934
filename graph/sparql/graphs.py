"""Answers that are graphs, written with the short names of the documentation in the formats that have such."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

import pyoxigraph as ox

from rejoinder.graph.triples.terms import PREFIXES

_SHORT = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)


def write_graph(triples: Iterable[ox.Triple], out: IO[bytes], form: ox.RdfFormat) -> None:
    """Triples in their order; Turtle and TriG begin with prefixes."""
    ox.serialize(triples, out, format=form, prefixes=PREFIXES if form in _SHORT else None)

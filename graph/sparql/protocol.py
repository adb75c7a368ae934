"""The operation `query` of the SPARQL 1.1 Protocol: what a client asks for, and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LESS_ADVICE = "ask for less, as of one thread, or where the store is: `rejoinder query` has no such limit"


@dataclass(frozen=True, slots=True)
class Query:
    """A query that the guard has passed, the dataset it sees, and how much of an answer is wanted: rows and seconds.

    The dataset is what these graphs make, each list with the other; where both are None, the one that the query itself
    names. With `union`, a query that names none sees all graphs as its default graph.
    """

    text: str
    rows: int
    seconds: float
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None
    union: bool = False
    base_iri: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A serialised answer: its bytes, its rows or triples, whether more were there, and the snapshot it is true of."""

    body: bytes
    truncated: bool
    rows: int
    snapshot: str

"""What the engine answers to a query, cut at so many rows and bytes, in the media type that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

import pyoxigraph as ox

from rejoinder.errors import QueryError, QueryRefused, QueryTooLarge, StoreError
from rejoinder.graph.sparql.graphs import write_graph
from rejoinder.graph.sparql.mistakes import explain_refusal
from rejoinder.graph.sparql.protocol import LESS_ADVICE, Query
from rejoinder.graph.sparql.results import write_csv
from rejoinder.graph.stores.damage import comes_from_engine

SOLUTIONS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
}


class _EnoughRows(Exception):
    """More rows than were asked for have been written."""


class _Sink:
    """A binary file in memory that stops its writer at `rows` lines or `limit` bytes."""

    def __init__(self, limit: int, rows: int | None = None) -> None:
        self.limit, self.rows = limit, rows
        self.parts: list[bytes] = []
        self.size = self.lines = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > self.limit:
            raise QueryTooLarge(f"the answer has more than {self.limit} bytes; ask for less, or use LIMIT and OFFSET")
        self.parts.append(data)
        if self.rows is not None:
            self.lines += data.count(b"\n")
            if self.lines > self.rows:
                raise _EnoughRows
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


def write_solutions(solutions: ox.QuerySolutions, media_type: str, rows: int, limit: int) -> tuple[bytes, int, bool]:
    """At most `rows` rows as `media_type`, their number, and whether more were there.

    Rows are counted in TSV: a line is a row, whatever the text in it. Oxigraph reads its own TSV back without loss.
    """
    sink = _Sink(limit, rows + 1)  # the first line names the variables
    truncated = False
    try:
        solutions.serialize(sink, ox.QueryResultsFormat.TSV)  # type: ignore[arg-type]
    except _EnoughRows:
        truncated = True
    tsv = b"".join(sink.parts)
    if truncated:
        tsv = b"\n".join([*tsv.split(b"\n", rows + 1)[: rows + 1], b""])
    count = rows if truncated else sink.lines - 1
    if media_type == "text/tab-separated-values":
        return tsv, count, truncated
    kept = ox.parse_query_results(tsv, format=ox.QueryResultsFormat.TSV)
    assert isinstance(kept, ox.QuerySolutions)
    if media_type == "text/csv":
        return _serialise(lambda out: write_csv(kept, out), limit), count, truncated
    body = _serialise(lambda out: kept.serialize(out, SOLUTIONS[media_type]), limit)
    return (flag_truncated(body) if truncated and media_type.endswith("json") else body), count, truncated


def flag_truncated(body: bytes) -> bytes:
    """SPARQL JSON results with `"truncated": true` as first member of `head`, where clients skip what they do not know.

    >>> flag_truncated(b'{"head":{"vars":["x"]},"results":{"bindings":[]}}')
    b'{"head":{"truncated":true,"vars":["x"]},"results":{"bindings":[]}}'
    """
    return body.replace(b'{"head":{', b'{"head":{"truncated":true,', 1)


def write_triples(triples: ox.QueryTriples, media_type: str, rows: int, limit: int) -> tuple[bytes, int, bool]:
    """At most `rows` triples as `media_type`, their number, and whether more were there."""
    kept = list(islice(triples, rows + 1))
    truncated = len(kept) > rows
    del kept[rows:]
    body = _serialise(lambda out: write_graph(kept, out, TRIPLES[media_type]), limit)
    return body, len(kept), truncated


def _serialise(write: Callable[[Any], object], limit: int) -> bytes:
    sink = _Sink(limit)
    write(sink)
    return b"".join(sink.parts)


def answer_query(store: ox.Store, query: Query, media_type: str, limit: int) -> tuple[bytes, int, bool]:
    """At most `limit` bytes of the answer, its rows, and whether more were there.

    Raises QueryError, QueryRefused, QueryTooLarge or StoreError.
    """
    try:
        answer = _run(store, query)
        if isinstance(answer, ox.QueryBoolean):
            return answer.serialize(format=SOLUTIONS[media_type]) or b"", 1, False
        write: Any = write_solutions if isinstance(answer, ox.QuerySolutions) else write_triples
        part: tuple[bytes, int, bool] = write(answer, media_type, query.rows, limit)
        return part
    except SyntaxError as error:
        raise QueryError(explain_refusal(query.text, str(error))) from None
    except PermissionError:
        raise QueryRefused("the query would reach outside this server") from None
    except OSError as error:
        raise StoreError(str(error)) from None
    except MemoryError:
        raise QueryTooLarge(f"the query needed more memory than this server gives it; {LESS_ADVICE}") from None
    except (ValueError, RuntimeError) as error:
        raise (StoreError if comes_from_engine(error) else QueryError)(str(error)) from None


def _run(store: ox.Store, query: Query) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    default, named = query.default_graphs, query.named_graphs
    return store.query(
        query.text,
        base_iri=query.base_iri,
        use_default_graph_as_union=query.union,
        default_graph=None if default is None else [ox.NamedNode(iri) for iri in default],
        named_graphs=None if named is None else [ox.NamedNode(iri) for iri in named],
    )

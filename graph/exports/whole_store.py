"""The whole store in the formats of RDF, or the judgements of all its threads; always in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

import pyoxigraph as ox

from rejoinder.errors import BadParameter
from rejoinder.graph.exports import judgements
from rejoinder.graph.triples import read
from rejoinder.graph.triples.terms import PREFIXES, rj
from rejoinder.records import Judgement, ThreadKey

STORE_FORMATS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def dump_store(store: ox.Store, to: str) -> Iterator[bytes]:
    """The whole store in one of STORE_FORMATS, sorted graph by graph; Turtle has no graphs, so it is their union.

    Or the judgements of all threads. Raises BadParameter for another format. N-Quads come a graph at a time, so memory
    holds the largest one.
    """
    if to == judgements.NAME:
        return iter(
            ["".join(map(judgements.judgement_line, judgements.sort_judgements(stored_judgements(store)))).encode()]
        )
    if to not in STORE_FORMATS:
        formats = ", ".join((*STORE_FORMATS, judgements.NAME))
        raise BadParameter(f"{to}: expected a thread (--thread), or one of {formats}, which hold the whole store")
    if to == "nquads":
        return ("".join(f"{quad} .\n" for quad in graph).encode() for graph in _graphs(store))
    quads = (quad for graph in _graphs(store) for quad in graph)
    if to == "jsonld":
        return iter([ox.serialize(quads, format=STORE_FORMATS[to], prefixes=PREFIXES) or b""])
    return iter([ox.serialize((quad.triple for quad in quads), format=STORE_FORMATS[to], prefixes=PREFIXES) or b""])


def stored_judgements(store: ox.Store) -> Iterator[Judgement]:
    """The judgements of every thread; of a thread's site and id the IRI of each comment that is judged knows."""
    for quad in store.quads_for_pattern(None, rj("judgedComment"), None, None):
        *_, site, thread, _ = quad.object.value.split("/")  # type: ignore[union-attr]
        about = store.quads_for_pattern(quad.subject, None, None, None)
        yield from read.judgements_among(about, ThreadKey(unquote(site), unquote(thread)))


def _graphs(store: ox.Store) -> Iterator[list[ox.Quad]]:
    for name in sorted(store.named_graphs(), key=str):
        yield sorted(store.quads_for_pattern(None, None, None, name), key=str)

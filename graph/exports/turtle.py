"""All that the store holds of a thread as Turtle, without the division into graphs."""

from __future__ import annotations

import pyoxigraph as ox

from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.triples.terms import PREFIXES

NAME = "turtle"
SUMMARY = "RDF 1.1 Turtle: all that the store holds of the thread, in one graph"
MEDIA_TYPE = "text/turtle"
EXTENSION = "ttl"


def write(thread_map: ThreadMap, options: Options) -> str:
    """Every triple, sorted by subject."""
    triples = [quad.triple for quad in sorted(thread_map.quads, key=str)]
    return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()

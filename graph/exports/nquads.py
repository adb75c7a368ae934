"""All that the store holds of a thread as N-Quads."""

from __future__ import annotations

from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options

NAME = "nquads"
SUMMARY = "RDF 1.1 N-Quads: all that the store holds of the thread, graph by graph"
MEDIA_TYPE = "application/n-quads"
EXTENSION = "nq"


def write(thread_map: ThreadMap, options: Options) -> str:
    """Every quad on a line, sorted within its graph, the graphs sorted by name."""
    lines = sorted((str(quad.graph_name), str(quad)) for quad in thread_map.quads)
    return "".join(f"{line} .\n" for _, line in lines)

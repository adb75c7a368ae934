"""AIF in JSON as AIFdb gives it out: nodes, edges and locutions of an argument map, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.aif.arguments import records_of_graph, thread_of
from rejoinder.loaders.aif.json import AifJsonReader
from rejoinder.loaders.containers.documents import json_document
from rejoinder.loaders.containers.peek import LINES_PATH, json_paths
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found

NAME = "aif"
SUMMARY = "Argument Interchange Format, JSON as AIFdb and arguebuf write it"
READS = Reads(
    recognised='an object with "nodes" that have a `nodeID` and a `type`, or "edges" that have a `fromID` and a `toID`',
    id="`nodeID` of the L-node, or of an I-node whose words stand in no locution; the thread is the file",
    parent="the L-node that a TA-node leads from",
    author="`participants` over `locutions`, or the name before the words",
    created="`start` of the locution, or else `timestamp` of the node",
    body="`text`",
    moves="RA (Support), CA (Rebuttal, or Undercut of a step), MA (Similarity, or Answer to a question)",
    ignored="`descriptorfulfillments`; all else of the graph is kept for an export",
)


def recognises(path: Path, head: str) -> bool:
    """True if the lists of AIF stand at the top of one JSON object."""
    paths = json_paths(head)
    nodes, edges = {"nodes[].nodeID", "nodes[].type"}, {"edges[].fromID", "edges[].toID"}
    return (nodes <= paths or edges <= paths) and LINES_PATH not in paths


def load(source: Source) -> Iterator[Found | Problem]:
    """The file's graph, and what it says; what cannot be read of it is a Problem, and only that is lost."""
    document, scrubber = json_document(source), Scrubber()
    if not isinstance(document.value, dict):
        raise LoadError(source.name, 1, f"expected an object, got {type(document.value).__name__}")
    thread = thread_of(source, scrubber)
    reader = AifJsonReader(document, scrubber)
    graph = reader.graph(thread.key, document.value)
    yield from reader.problems
    yield from records_of_graph(graph, thread, source, reader.lines)
    yield from scrubber.problems(source.name)

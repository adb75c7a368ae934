"""xAIF: AIF in JSON with its participants, the layout of OVA and the text that was analysed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.aif.arguments import records_of_graph, thread_of
from rejoinder.loaders.aif.json import AifJsonReader
from rejoinder.loaders.containers.documents import json_document
from rejoinder.loaders.containers.peek import LINES_PATH, json_paths
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found

NAME = "xaif"
SUMMARY = "extended AIF, JSON as OVA and the tools of AMF write it"
READS = Reads(
    recognised='an object with "AIF" that holds "nodes", "edges" or "locutions" of AIF',
    id="`nodeID` of the L-node, or of an I-node whose words stand in no locution; the thread is the file",
    parent="the L-node that a TA-node leads from",
    author="`participants` over `locutions`, or the name before the words",
    created="`start` of the locution, or else `timestamp` of the node, in `AIF` or in `OVA`",
    body="`text`",
    moves="RA (Support), CA (Rebuttal, or Undercut of a step), MA (Similarity, or Answer to a question)",
    ignored="the layout (`x`, `y`, `visible`), the analyst's name, `dialog`, `descriptorfulfillments`",
)

AIF_PATHS = {"AIF.nodes[].nodeID", "AIF.edges[].fromID", "AIF.locutions[].personID", "AIF.schemefulfillments[].nodeID"}


def recognises(path: Path, head: str) -> bool:
    """True if one JSON object holds the lists of AIF under "AIF"."""
    paths = json_paths(head)
    return bool(AIF_PATHS & paths or ({"AIF", "OVA.nodes[].nodeID"} <= paths)) and LINES_PATH not in paths


def load(source: Source) -> Iterator[Found | Problem]:
    """The file's graph, and what it says; what cannot be read of it is a Problem, and only that is lost."""
    document, scrubber = json_document(source), Scrubber()
    values = document.value if isinstance(document.value, dict) else {}
    aif = values.get("AIF")
    if not isinstance(aif, dict):
        raise LoadError(source.name, 1, 'expected an object that holds an object "AIF"')
    layout: dict[str, Any] = next((values[name] for name in ("OVA", "ova") if isinstance(values.get(name), dict)), {})
    reader = AifJsonReader(document, scrubber)
    thread = thread_of(source, scrubber, layout_url(reader.text(layout.get("url"))))
    graph = reader.graph(thread.key, aif, text=analysed_text(values, reader), layout=layout)
    yield from reader.problems
    yield from records_of_graph(graph, thread, source, reader.lines)
    yield from scrubber.problems(source.name)


def analysed_text(values: Mapping[str, Any], reader: AifJsonReader) -> str | None:
    """The text that was analysed, as it is: with its spans; it stands bare or under "txt"."""
    text = values.get("text")
    return reader.text(text.get("txt") if isinstance(text, dict) else text)


def layout_url(value: str | None) -> str | None:
    """Where the analysed text stands, if OVA knows: it writes "local" and the like, too."""
    return value if value and value.startswith(("http://", "https://")) else None

"""SADFace: an argument map in JSON whose nodes are atoms (claims) and schemes (steps), without locutions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
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
from rejoinder.records import Found, ThreadKey

NAME = "sadface"
SUMMARY = "SADFace, the Simple Argument Description Format of Open Argumentation"
READS = Reads(
    recognised='"edges" with a `source_id` and a `target_id`, beside "nodes" that have an `id` and a `type`',
    id="`id` of the atom; the thread is `metadata.core.id`",
    body="`text`",
    moves="schemes: attack and conflict (Rebuttal, or Undercut of a step), rephrase (Similarity), others (Support)",
    ignored="`sources` and `metadata` of a node, `resources`, the analyst",
)

SITE = "sadface"
SCHEMES = {"attack": "CA", "conflict": "CA", "rephrase": "MA", "preference": "PA"}
NODE_PATHS = {"nodes[].id", "nodes[].type", "nodes[].text"}


def recognises(path: Path, head: str) -> bool:
    """True for one JSON object with SADFace's edges, or as much of its nodes and metadata as the head shows."""
    paths = json_paths(head)
    edges = {"edges[].source_id", "edges[].target_id"} <= paths
    described = paths >= NODE_PATHS and ('"atom"' in head or "metadata.core" in paths) and "nodes[].nodeID" not in paths
    return (edges or described) and LINES_PATH not in paths


def load(source: Source) -> Iterator[Found | Problem]:
    """The file's map as a graph of AIF, and what it says; what cannot be read of it is a Problem."""
    document, scrubber = json_document(source), Scrubber()
    if not isinstance(document.value, dict):
        raise LoadError(source.name, 1, f"expected an object, got {type(document.value).__name__}")
    reader = AifJsonReader(document, scrubber)
    thread, core = thread_of(source, scrubber), core_metadata(document.value)
    name, title = reader.text(core.get("id")), reader.text(core.get("title"))
    key = ThreadKey(SITE, name) if name and name.strip() else replace(thread.key, site=SITE)
    thread = replace(thread, key=key, title=title or thread.title)
    graph = reader.graph(thread.key, as_aif(document.value))
    yield from reader.problems
    yield from records_of_graph(graph, thread, source, reader.lines)
    yield from scrubber.problems(source.name)


def core_metadata(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the file says of itself; older files have it beside the nodes."""
    metadata = values.get("metadata")
    core = metadata.get("core") if isinstance(metadata, dict) else None
    return core if isinstance(core, dict) else dict(values)


def as_aif(values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The lists of nodes and edges with the keys of AIF; what is no object stays as it is."""
    nodes, edges = values.get("nodes"), values.get("edges")
    return {
        "nodes": [aif_node(node) if isinstance(node, dict) else node for node in nodes]
        if isinstance(nodes, list)
        else [],
        "edges": [aif_edge(edge) if isinstance(edge, dict) else edge for edge in edges]
        if isinstance(edges, list)
        else [],
    }


def aif_node(node: Mapping[str, Any]) -> dict[str, Any]:
    """An atom as an I-node, a scheme as the scheme node of its name."""
    if node.get("type") != "scheme":
        return {"nodeID": node.get("id"), "type": "I", "text": node.get("text")}
    name = str(node.get("name") or "support")
    return {"nodeID": node.get("id"), "type": SCHEMES.get(name.casefold(), "RA"), "text": name, "scheme": name}


def aif_edge(edge: Mapping[str, Any]) -> dict[str, Any]:
    """An edge with the keys of AIF."""
    return {"edgeID": edge.get("id"), "fromID": edge.get("source_id"), "toID": edge.get("target_id")}

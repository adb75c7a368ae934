"""A thread as GraphML: claims, moves and what they are aimed at as nodes, with typed attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from rejoinder.graph.exports.ends import End, Ends
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.records import Move

NAME = "graphml"
SUMMARY = "GraphML for Gephi, Cytoscape, yEd and networkx: claims and moves as nodes, sources and targets as edges"
MEDIA_TYPE = "application/graphml+xml"
EXTENSION = "graphml"

STRING, DOUBLE = "string", "double"
NODE = {
    "kind": STRING,
    "text": STRING,
    "author": STRING,
    "confidence": DOUBLE,
    "method": STRING,
    "cue": STRING,
    "label": STRING,
    "strength": DOUBLE,
    "status": STRING,
    "comment": STRING,
    "created": STRING,
    "url": STRING,
    "iri": STRING,
}
EDGE = {"relation": STRING}

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, section 2.2
Values = dict[str, str | float]


@dataclass(frozen=True, slots=True)
class _Node:
    iri: str
    values: Values


def write(thread_map: ThreadMap, options: Options) -> str:
    """A directed graph: each source leads to its move, each move to its target (http://graphml.graphdrawing.org)."""
    ends = Ends(thread_map)
    nodes = {node.iri: node for node in _nodes(thread_map, ends)}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *(_key("node", name, kind) for name, kind in NODE.items()),
        *(_key("edge", name, kind) for name, kind in EDGE.items()),
        f'<graph id={_attribute(thread_map.title)} edgedefault="directed">',
    ]
    numbers = {iri: f"n{number}" for number, iri in enumerate(nodes)}
    lines += [_element("node", f'id="{numbers[node.iri]}"', node.values) for node in nodes.values()]
    for start, end, relation in _edges(thread_map, ends):
        lines.append(
            _element("edge", f'source="{numbers[start]}" target="{numbers[end]}"', {"relation": relation}, "edge-")
        )
    return "\n".join([*lines, "</graph>", "</graphml>"]) + "\n"


def _nodes(thread_map: ThreadMap, ends: Ends) -> Iterator[_Node]:
    """Claims, moves, then what else a move comes from or is aimed at."""
    yield from (_node(ends.claim_end(claim), thread_map) for claim in ends.claims())
    moves = ends.moves()
    yield from (_move(ends.move_end(move), move, thread_map) for move in moves)
    node_iris = {thread_map.names.claim(claim.id) for claim in thread_map.argument.claims}
    node_iris |= {thread_map.names.move(move.id) for move in moves}
    others = (ends.end_of(end) for move in moves for end in (*move.sources, move.target))
    yield from (_node(end, thread_map) for end in others if end.iri not in node_iris)


def _edges(thread_map: ThreadMap, ends: Ends) -> Iterator[tuple[str, str, str]]:
    for move in ends.moves():
        iri = thread_map.names.move(move.id)
        yield from ((thread_map.names.end(thread_map.key, end), iri, "source") for end in move.sources)
        yield iri, thread_map.names.end(thread_map.key, move.target), "target"


def _node(end: End, thread_map: ThreadMap) -> _Node:
    values: Values = {"kind": end.kind, "text": end.text, "author": end.author}
    if end.kind == "Claim" and end.id in thread_map.strengths:
        values["strength"] = thread_map.strengths[end.id]
    values |= {"label": thread_map.labels.get(end.id, "") if end.kind == "Claim" else ""}
    values |= {"comment": end.comment.id if end.comment else "", "created": end.created, "url": end.url}
    return _Node(end.iri, values | {"iri": end.iri})


def _move(end: End, move: Move, thread_map: ThreadMap) -> _Node:
    node = _node(end, thread_map)
    values: Values = {"confidence": move.confidence, "method": str(move.method), "cue": move.cue}
    values |= {"label": thread_map.labels.get(move.id, ""), "status": thread_map.statuses.get(move.id, "")}
    return _Node(node.iri, node.values | values)


def _key(of: str, name: str, kind: str) -> str:
    prefix = "edge-" if of == "edge" else ""
    return f'<key id="{prefix}{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>'


def _element(tag: str, attributes: str, values: Values, prefix: str = "") -> str:
    """An element with a data child for each value that is not empty."""
    data = "".join(f'<data key="{prefix}{name}">{_text(value)}</data>' for name, value in values.items() if value != "")
    return f"<{tag} {attributes}>{data}</{tag}>"


def _text(value: str | float) -> str:
    return escape(_UNWRITABLE.sub("\ufffd", str(value)), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return quoteattr(_UNWRITABLE.sub("\ufffd", text))

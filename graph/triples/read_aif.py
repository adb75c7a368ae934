"""The AIF graph that a thread came with, read back from its triples: the inverse of aif_layer.py."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from rejoinder.graph.triples.aif_layer import (
    CLASSES,
    CREATED,
    END,
    FIRST_NAME,
    IDENTIFIER,
    LAST_NAME,
    SOURCE,
    START,
    TEXT,
)
from rejoinder.graph.triples.nodes import Node, id_of, text
from rejoinder.graph.triples.terms import IS_A, RJ, XSD, Names
from rejoinder.records import AifEdge, AifGraph, AifLocution, AifNode, AifPerson, ThreadKey, make_aif_graph

INTEGER = ox.NamedNode(XSD + "integer")
TYPES = {node: name for name, node in CLASSES.items()}


def aif_graph(nodes: Mapping[str, Node], key: ThreadKey, names: Names) -> AifGraph | None:
    """The AIF graph among the nodes of a thread's graph, None where there is none."""
    parts: dict[str, list[Node]] = {}
    for node in nodes.values():
        for kind in node.get(IS_A, ()):
            parts.setdefault(kind.value.removeprefix(RJ), []).append(node)
    if "AifNode" not in parts:
        return None
    described = [node for kind in ("AifNode", "AifEdge", "AifParticipant") for node in parts.get(kind, ())]
    return make_aif_graph(
        key,
        [_read_node(node) for node in parts["AifNode"]],
        [_read_edge(node) for node in parts.get("AifEdge", ())],
        [_read_locution(node) for node in parts.get("AifLocution", ())],
        [_read_person(node) for node in parts.get("AifParticipant", ())],
        numbers=all(_is_number(node) for node in described),
        text=text(nodes.get(names.thread(key), {}), RJ + "analysedText"),
    )


def _read_node(node: Node) -> AifNode:
    known = [TYPES[kind.value] for kind in node[IS_A] if kind.value in TYPES]
    return AifNode(
        text(node, IDENTIFIER) or "",
        known[0] if known else text(node, RJ + "nodeType") or "",
        text(node, TEXT) or "",
        text(node, CREATED),
        text(node, RJ + "scheme"),
        text(node, RJ + "schemeId"),
    )


def _read_edge(node: Node) -> AifEdge:
    ends = id_of(node, RJ + "edgeFrom") or "", id_of(node, RJ + "edgeTo") or ""
    return AifEdge(text(node, IDENTIFIER) or "", *ends, text(node, RJ + "formEdge"))


def _read_locution(node: Node) -> AifLocution:
    times = text(node, CREATED), text(node, START), text(node, END)
    return AifLocution(id_of(node, RJ + "utters") or "", id_of(node, RJ + "utteredBy"), *times, text(node, SOURCE))


def _read_person(node: Node) -> AifPerson:
    return AifPerson(text(node, IDENTIFIER) or "", text(node, FIRST_NAME) or "", text(node, LAST_NAME) or "")


def _is_number(node: Node) -> bool:
    return any(isinstance(one, ox.Literal) and one.datatype == INTEGER for one in node.get(IDENTIFIER, ()))

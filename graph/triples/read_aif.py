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
from rejoinder.graph.triples.nodes import Node, id_value, text_value
from rejoinder.graph.triples.terms import IS_A, RJ, XSD, Names
from rejoinder.records import AifEdge, AifGraph, AifLocution, AifNode, AifPerson, ThreadKey, make_aif_graph

INTEGER = ox.NamedNode(XSD + "integer")
TYPES = {node: name for name, node in CLASSES.items()}


def read_aif_graph(nodes: Mapping[str, Node], key: ThreadKey, names: Names) -> AifGraph | None:
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
        text=text_value(nodes.get(names.thread(key), {}), RJ + "analysedText"),
    )


def _read_node(node: Node) -> AifNode:
    types = [TYPES[kind.value] for kind in node[IS_A] if kind.value in TYPES]
    return AifNode(
        text_value(node, IDENTIFIER) or "",
        types[0] if types else text_value(node, RJ + "nodeType") or "",
        text_value(node, TEXT) or "",
        text_value(node, CREATED),
        text_value(node, RJ + "scheme"),
        text_value(node, RJ + "schemeId"),
    )


def _read_edge(node: Node) -> AifEdge:
    ends = id_value(node, RJ + "edgeFrom") or "", id_value(node, RJ + "edgeTo") or ""
    return AifEdge(text_value(node, IDENTIFIER) or "", *ends, text_value(node, RJ + "formEdge"))


def _read_locution(node: Node) -> AifLocution:
    times = text_value(node, CREATED), text_value(node, START), text_value(node, END)
    return AifLocution(
        id_value(node, RJ + "utters") or "", id_value(node, RJ + "utteredBy"), *times, text_value(node, SOURCE)
    )


def _read_person(node: Node) -> AifPerson:
    return AifPerson(
        text_value(node, IDENTIFIER) or "", text_value(node, FIRST_NAME) or "", text_value(node, LAST_NAME) or ""
    )


def _is_number(node: Node) -> bool:
    return any(isinstance(value, ox.Literal) and value.datatype == INTEGER for value in node.get(IDENTIFIER, ()))

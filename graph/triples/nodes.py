"""The nodes of a graph as plain dicts: of every subject its values, by the IRI of the property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

import pyoxigraph as ox

from rejoinder.graph.triples.terms import IS_A, RJ

Node = Mapping[str, list[ox.NamedNode | ox.Literal]]


def nodes_by_iri(quads: Iterable[ox.Quad]) -> dict[str, Node]:
    """The nodes by their IRIs, the values of each property in the order of the quads; our graphs have no blank ones."""
    nodes: dict[str, Node] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        nodes[quad.subject.value][quad.predicate.value].append(quad.object)  # type: ignore[union-attr, arg-type]
    return nodes


def is_a(node: Node, name: str) -> bool:
    """Whether a node is of this class of the ontology."""
    return any(class_iri.value == RJ + name for class_iri in node.get(IS_A, ()))


def text_value(node: Node, predicate: str) -> str | None:
    """The value of a property that has at most one."""
    values = node.get(predicate)
    return values[0].value if values else None


def integer_value(node: Node, predicate: str) -> int | None:
    """The value of a property that has at most one integer."""
    value = text_value(node, predicate)
    return None if value is None else int(value)


def id_value(node: Node, predicate: str) -> str | None:
    """The id of what a property that has at most one value leads to."""
    iri = text_value(node, predicate)
    return None if iri is None else last_segment(iri)


def last_segment(iri: str) -> str:
    """The id at the end of an IRI of ours."""
    return unquote(iri.rsplit("/", 1)[-1])

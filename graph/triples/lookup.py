"""What a store holds in one place: whether anything fits there, and what stands at the other end of a property."""

from __future__ import annotations

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def holds_quad(store: ox.Store, subject: Term | None, predicate: ox.NamedNode | None, target: Term | None) -> bool:
    """Whether any quad fits, in whichever graph; None fits all."""
    quads = store.quads_for_pattern(subject, predicate, target)  # type: ignore[arg-type]
    return next(iter(quads), None) is not None


def value(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> str | None:
    """The characters of a literal or the IRI of a node; None where the property has no value."""
    quads = store.quads_for_pattern(subject, predicate, None)
    return next((quad.object.value for quad in quads), None)  # type: ignore[union-attr]


def node(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> ox.NamedNode | None:
    """The node that a property names; None where it names none."""
    quads = store.quads_for_pattern(subject, predicate, None)
    return next((quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)), None)


def values(store: ox.Store, subject: str, predicate: str) -> list[str]:
    """All values of a property of a resource, by their IRIs, sorted: the characters of literals, the IRIs of nodes."""
    quads = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
    return sorted(quad.object.value for quad in quads)  # type: ignore[union-attr]


def subjects(store: ox.Store, predicate: str, target: ox.NamedNode | ox.Literal) -> list[str]:
    """The IRIs of all that have this value of a property, sorted."""
    quads = store.quads_for_pattern(None, ox.NamedNode(predicate), target)
    return sorted(quad.subject.value for quad in quads)  # type: ignore[union-attr]

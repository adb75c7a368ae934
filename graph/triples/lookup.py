"""What a store holds in one place: whether anything fits there, and the value of a property that has at most one."""

from __future__ import annotations

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def holds(store: ox.Store, subject: Term | None, predicate: ox.NamedNode | None, found: Term | None) -> bool:
    """Whether any quad fits, in whichever graph; None fits all."""
    quads = store.quads_for_pattern(subject, predicate, found)  # type: ignore[arg-type]
    return next(iter(quads), None) is not None


def value(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> str | None:
    """The characters of a literal or the IRI of a node; None where the property has no value."""
    quads = store.quads_for_pattern(subject, predicate, None)
    return next((quad.object.value for quad in quads), None)  # type: ignore[union-attr]


def node(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> ox.NamedNode | None:
    """The node that a property names; None where it names none."""
    quads = store.quads_for_pattern(subject, predicate, None)
    return next((quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)), None)

"""Constraints on single values, each as an expression that is true exactly where a value breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from rdflib import SH, XSD, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from rejoinder.graph.shapes.notation import NotCompiled, iri, term

WELL_FORMED = {
    XSD.string: "true",
    XSD.integer: "isNumeric({0})",
    XSD.decimal: "isNumeric({0})",
    XSD.dateTime: "BOUND({0}) && <http://www.w3.org/2001/XMLSchema#dateTime>(STR({0})) = {0}",
    XSD.date: "BOUND({0}) && <http://www.w3.org/2001/XMLSchema#date>(STR({0})) = {0}",
}


class Shapes(Protocol):
    """The graph of shapes, and a way to compile those that a constraint names."""

    graph: Graph

    def broken(self, shape: Node, node: str) -> str:
        """True where `node` breaks an anonymous shape inside another."""


Condition: TypeAlias = Callable[[Shapes, str, Node], str]


def wrong_class(_: Shapes, value: str, argument: Node) -> str:
    """Broken unless the value has the class; superclasses are written out in the data."""
    return f"NOT EXISTS {{ {value} a {iri(argument)} }}"


def wrong_datatype(_: Shapes, value: str, argument: Node) -> str:
    """Broken unless the value is a well-formed literal of the datatype."""
    if argument not in WELL_FORMED:
        raise NotCompiled(f"no test of well-formed literals is known for {argument}")
    return (
        f"!COALESCE(DATATYPE({value}) = {iri(argument)} && {WELL_FORMED[URIRef(str(argument))].format(value)}, false)"
    )


def wrong_kind(_: Shapes, value: str, argument: Node) -> str:
    """Broken unless the value is an IRI."""
    if argument != SH.IRI:
        raise NotCompiled(f"sh:nodeKind {argument}")
    return f"!isIRI({value})"


def not_listed(shapes: Shapes, value: str, argument: Node) -> str:
    """Broken unless the value is one of a list."""
    same = " || ".join(f"sameTerm({value}, {term(one)})" for one in Collection(shapes.graph, argument))
    return f"!({same})"


def compared(sign: str) -> Condition:
    """Broken unless the value compares so with a number."""
    return lambda _, value, argument: f"!COALESCE({value} {sign} {term(argument)}, false)"


def length(sign: str) -> Condition:
    """Broken unless the length of the value compares so."""
    return lambda _, value, argument: f"!COALESCE(STRLEN(STR({value})) {sign} {term(argument)}, false)"


def none_fits(shapes: Shapes, value: str, argument: Node) -> str:
    """Broken where every member of sh:or is."""
    return "(" + " && ".join(shapes.broken(one, value) for one in Collection(shapes.graph, argument)) + ")"


CONDITIONS: dict[Node, Condition] = {
    SH["class"]: wrong_class,
    SH.datatype: wrong_datatype,
    SH["in"]: not_listed,
    SH.maxInclusive: compared("<="),
    SH.maxLength: length("<="),
    SH.minInclusive: compared(">="),
    SH.minLength: length(">="),
    SH.nodeKind: wrong_kind,
    SH["or"]: none_fits,
}

"""Constraints on single values, each as an expression that is true exactly where a value breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from rdflib import SH, XSD, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from rejoinder.graph.shapes.notation import NotCompiled, iri_notation, term_notation

WELL_FORMED = {
    XSD.string: "true",
    XSD.integer: "isNumeric({0})",
    XSD.decimal: "isNumeric({0})",
    XSD.dateTime: "BOUND({0}) && <http://www.w3.org/2001/XMLSchema#dateTime>(STR({0})) = {0}",
    XSD.date: "BOUND({0}) && <http://www.w3.org/2001/XMLSchema#date>(STR({0})) = {0}",
}


class ShapeCompiler(Protocol):
    """The graph of shapes, and a way to compile those that a constraint names."""

    graph: Graph

    def breaks_shape(self, shape: Node, node: str) -> str:
        """True where `node` breaks an anonymous shape inside another."""


Condition: TypeAlias = Callable[[ShapeCompiler, str, Node], str]


def wrong_class(_: ShapeCompiler, value: str, argument: Node) -> str:
    """Broken unless the value has the class; superclasses are written out in the data."""
    return f"NOT EXISTS {{ {value} a {iri_notation(argument)} }}"


def wrong_datatype(_: ShapeCompiler, value: str, argument: Node) -> str:
    """Broken unless the value is a well-formed literal of the datatype."""
    if argument not in WELL_FORMED:
        raise NotCompiled(f"no test of well-formed literals is known for {argument}")
    well_formed = WELL_FORMED[URIRef(str(argument))].format(value)
    return f"!COALESCE(DATATYPE({value}) = {iri_notation(argument)} && {well_formed}, false)"


def wrong_kind(_: ShapeCompiler, value: str, argument: Node) -> str:
    """Broken unless the value is an IRI."""
    if argument != SH.IRI:
        raise NotCompiled(f"sh:nodeKind {argument}")
    return f"!isIRI({value})"


def not_listed(shapes: ShapeCompiler, value: str, argument: Node) -> str:
    """Broken unless the value is one of a list."""
    same = " || ".join(f"sameTerm({value}, {term_notation(member)})" for member in Collection(shapes.graph, argument))
    return f"!({same})"


def compares_with(sign: str) -> Condition:
    """Broken unless the value compares so with a number."""
    return lambda _, value, argument: f"!COALESCE({value} {sign} {term_notation(argument)}, false)"


def length_compares_with(sign: str) -> Condition:
    """Broken unless the length of the value compares so."""
    return lambda _, value, argument: f"!COALESCE(STRLEN(STR({value})) {sign} {term_notation(argument)}, false)"


def fits_no_member(shapes: ShapeCompiler, value: str, argument: Node) -> str:
    """Broken where every member of sh:or is."""
    return "(" + " && ".join(shapes.breaks_shape(member, value) for member in Collection(shapes.graph, argument)) + ")"


CONDITIONS: dict[Node, Condition] = {
    SH["class"]: wrong_class,
    SH.datatype: wrong_datatype,
    SH["in"]: not_listed,
    SH.maxInclusive: compares_with("<="),
    SH.maxLength: length_compares_with("<="),
    SH.minInclusive: compares_with(">="),
    SH.minLength: length_compares_with(">="),
    SH.nodeKind: wrong_kind,
    SH["or"]: fits_no_member,
}

"""Every SHACL shape as whole-store SPARQL: the same results as pySHACL, fast enough to check each load.

A shape is compiled to one query for each of its source shapes (itself, and the property shapes inside it). What cannot
be compiled exactly is refused by name, and `check.py` leaves it to pySHACL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from rdflib import RDF, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from rejoinder.graph.shapes.conditions import CONDITIONS
from rejoinder.graph.shapes.joins import JOIN_SCREENS
from rejoinder.graph.shapes.notation import NotCompiled, iri_notation, term_notation
from rejoinder.graph.shapes.screens import SILENT_TERMS, Screen, make_screen
from rejoinder.graph.shapes.selects import declared_prefixes, expand_prefixes, free_group_start, match_circle
from rejoinder.ontology import RJ

# What asks nothing of single values, and what is asked elsewhere.
PASSED_OVER_TERMS = SILENT_TERMS | {RJ.afterDerive, SH.sparql, SH.hasValue}


@dataclass(frozen=True, slots=True)
class Check:
    """One query whose rows (`this`, `value`) are what one source shape finds wrong."""

    shape: str
    severity: str
    message: str
    after_derive: bool
    query: str
    circle: str | None = None
    """The IRI of a predicate: of the rows, only those count whose `value` leads back to `this` along it."""
    screen: Screen | None = None
    """Tells facts in which there surely are no rows."""


def compile_shapes(graph: Graph) -> tuple[tuple[Check, ...], tuple[tuple[str, str], ...]]:
    """The checks of a graph of shapes, and the names of the shapes that have none with the reason; both sorted."""
    checks: list[Check] = []
    refused: list[tuple[str, str]] = []
    for shape in named_shapes(graph):
        try:
            checks.extend(Compiler(graph, shape).checks())
        except NotCompiled as reason:
            refused.append((short_name(shape), str(reason)))
    return tuple(checks), tuple(refused)


def named_shapes(graph: Graph) -> tuple[URIRef, ...]:
    """The IRIs of all shapes that have a target class, sorted."""
    return tuple(sorted({subject for subject in graph.subjects(SH.targetClass) if isinstance(subject, URIRef)}))


def short_name(shape: URIRef) -> str:
    """The rule's number out of the shape's IRI.

    >>> short_name(URIRef("https://w3id.org/rejoinder/ns#C07-SpanComment"))
    'C07'
    """
    return re.split(r"[#/]", shape)[-1].split("-")[0]


def message_of(graph: Graph, source: Node, shape: URIRef) -> str:
    """The message of a source shape, or else of the named shape it belongs to."""
    return str(graph.value(source, SH.message) or graph.value(shape, SH.message) or short_name(shape))


class Compiler:
    """Compiles one named shape; every expression it makes is true exactly where a node breaks the shape."""

    def __init__(self, graph: Graph, shape: URIRef) -> None:
        self.graph, self.shape = graph, shape
        self.fresh_variables = map("?v{}".format, count(1))

    def checks(self) -> Iterator[Check]:
        """One check for the shape itself and one for each property shape inside it."""
        sources = [self.shape, *sorted(self.graph.objects(self.shape, SH.property), key=self.message)]
        targets = sorted(self.graph.objects(self.shape, SH.targetClass), key=str)
        for source in sources:
            groups = [group for target in targets for group in self.groups(source, iri_notation(target))]
            if groups:
                query = f"SELECT DISTINCT ?this ?value WHERE {{ {' UNION '.join(groups)} }}"
                yield self.check(source, query)

    def check(self, source: Node, query: str) -> Check:
        """The check of one source shape."""
        severity = self.graph.value(source, SH.severity) or SH.Violation
        after = bool(self.graph.value(self.shape, RJ.afterDerive))
        name, circle = short_name(self.shape), self.circle(source)
        screen = JOIN_SCREENS.get(name) if source == self.shape and self.selects(source) else None
        screen = screen or make_screen(self.graph, self.shape, source)
        return Check(name, short_name(URIRef(str(severity))), self.message(source), after, query, circle, screen)

    def circle(self, source: Node) -> str | None:
        """The predicate of a shape that forbids circles, and nothing else."""
        predicates = [match[1][1:-1] for match in map(match_circle, self.selects(source)) if match]
        if predicates and len(self.selects(source)) > 1:
            raise NotCompiled("a search for circles beside another sh:select")
        return predicates[0] if predicates else None

    def message(self, source: Node) -> str:
        """What a result of this source shape says."""
        return message_of(self.graph, source, self.shape)

    def groups(self, source: Node, target: str) -> Iterator[str]:
        """Group graph patterns whose solutions are the results of a source shape for one target class."""
        focus = f"?this a {target} ."
        path = self.graph.value(source, SH.path)
        conditions = " || ".join(self.conditions(source, "?value", "?this" if path else "?value"))
        if path is None:
            if conditions:
                yield f"{{ {focus} BIND (?this AS ?value) FILTER ({conditions}) }}"
            yield from (self.free_select(select, target) for select in self.selects(source))
            return
        if conditions:
            yield f"{{ {focus} ?this {self.path(path)} ?value . FILTER ({conditions}) }}"
        yield from (f"{{ {focus} {count_pattern} }}" for count_pattern in self.count_patterns(source, self.path(path)))

    def breaks_shape(self, shape: Node, node: str) -> str:
        """True where `node` breaks an anonymous shape inside another."""
        path = self.graph.value(shape, SH.path)
        if path is None:
            parts = list(self.conditions(shape, node, node))
            parts += [self.breaks_shape(inner, node) for inner in self.graph.objects(shape, SH.property)]
        else:
            value = next(self.fresh_variables)
            conditions = " || ".join(self.conditions(shape, value, node))
            parts = [f"EXISTS {{ {node} {self.path(path)} {value} . FILTER ({conditions}) }}"] if conditions else []
            parts += self.counts(shape, node, self.path(path))
        if not parts or self.graph.value(shape, SH.sparql):
            raise NotCompiled("a shape inside sh:or that has no constraint known here")
        return "(" + " || ".join(parts) + ")"

    def conditions(self, shape: Node, value: str, focus: str) -> Iterator[str]:
        """For each constraint on single values, an expression that is true where `value` breaks it."""
        for predicate, argument in sorted(self.graph.predicate_objects(shape), key=str):
            if predicate in CONDITIONS:
                yield CONDITIONS[predicate](self, value, argument)
            elif predicate == SH.disjoint:
                yield f"EXISTS {{ {focus} {iri_notation(argument)} {value} }}"
            elif predicate not in PASSED_OVER_TERMS:
                raise NotCompiled(f"no query is known for {predicate}")

    def counts(self, shape: Node, node: str, path: str) -> list[str]:
        """For each constraint on how many or which values there are, an expression that is true where it is broken."""
        expressions = []
        if self.asks_for_count(shape, SH.minCount):
            expressions.append(f"NOT EXISTS {{ {node} {path} {next(self.fresh_variables)} }}")
        if self.asks_for_count(shape, SH.maxCount):
            first, two = next(self.fresh_variables), next(self.fresh_variables)
            expressions.append(f"EXISTS {{ {node} {path} {first}, {two} . FILTER (!sameTerm({first}, {two})) }}")
        expressions += [
            f"NOT EXISTS {{ {node} {path} {term_notation(term)} }}" for term in self.graph.objects(shape, SH.hasValue)
        ]
        return expressions

    def count_patterns(self, shape: Node, path: str) -> Iterator[str]:
        """The same as patterns that leave ?this only where it is broken.

        They look at all focus nodes at once, which takes a third of the time of asking for each.
        """
        value = next(self.fresh_variables)
        if self.asks_for_count(shape, SH.minCount):
            yield f"MINUS {{ ?this {path} {value} }}"
        if self.asks_for_count(shape, SH.maxCount):
            several = f"GROUP BY ?this HAVING (COUNT(DISTINCT {value}) > 1)"
            yield f"{{ SELECT ?this WHERE {{ ?this {path} {value} }} {several} }}"
        for term in self.graph.objects(shape, SH.hasValue):
            yield f"FILTER (NOT EXISTS {{ ?this {path} {term_notation(term)} }})"

    def asks_for_count(self, shape: Node, count: URIRef) -> bool:
        """Whether a shape says how many values there must be, at least or at most; only 1 is known here."""
        numbers = {int(str(literal)) for literal in self.graph.objects(shape, count)}
        if numbers - {1}:
            raise NotCompiled(f"sh:{count.fragment} other than 1")
        return bool(numbers)

    def path(self, path: Node) -> str:
        """A SHACL property path in SPARQL's notation."""
        if isinstance(path, URIRef):
            return iri_notation(path)
        inverse = self.graph.value(path, SH.inversePath)
        if inverse is not None:
            return f"^({self.path(inverse)})"
        either = self.graph.value(path, SH.alternativePath)
        if either is not None:
            return "(" + "|".join(map(self.path, Collection(self.graph, either))) + ")"
        if self.graph.value(path, RDF.first) is not None:
            return "(" + "/".join(map(self.path, Collection(self.graph, path))) + ")"
        raise NotCompiled("a property path with * + or ?")

    def selects(self, source: Node) -> list[str]:
        """The texts of the shape's SPARQL constraints, prefixes written out, sorted."""
        return sorted(
            expand_prefixes(str(select), declared_prefixes(self.graph, constraint))
            for constraint in self.graph.objects(source, SH.sparql)
            for select in self.graph.objects(constraint, SH.select)
        )

    def free_select(self, select: str, target: str) -> str:
        """A sh:select as a group in which $this is any instance of the target class."""
        match = match_circle(select)
        if match:
            return f"{{ ?this a {target} ; {match[1]} ?value }}"
        start = free_group_start(select)
        return f"{{ {select[:start]} $this a {target} . {select[start:]} }}"

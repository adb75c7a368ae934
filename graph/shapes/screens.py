"""Which source shapes surely find nothing, told by sets of terms: a query is needed only where that leaves a doubt.

What a load checks was built a moment before, so nearly always nothing is wrong with it. That all values of a property
have its class is seen by comparing two sets; a query looks at every value by itself, which takes ten times as long.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from rdflib import RDF, SH, XSD, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from rejoinder.graph.triples.ntriples import Term, Triple, iri
from rejoinder.graph.triples.terms import IS_A

# Literals that are surely well-formed: shorter than any that an engine could not hold.
STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
INTEGER = re.compile(r'"(-?[0-9]{1,15})"\^\^<http://www\.w3\.org/2001/XMLSchema#integer>')
DECIMAL = re.compile(r'"(-?[0-9]{1,9}(?:\.[0-9]{1,9})?)"\^\^<http://www\.w3\.org/2001/XMLSchema#decimal>')
WELL_FORMED = {XSD.string: STRING, XSD.integer: INTEGER, XSD.decimal: DECIMAL}
IS_EMPTY_STRING = re.compile('""').match
# What says nothing of single values.
SILENT_TERMS = {
    RDF.type,
    SH.description,
    SH.maxCount,
    SH.message,
    SH.minCount,
    SH.name,
    SH.path,
    SH.property,
    SH.severity,
    SH.targetClass,
}


class Facts:
    """Triples by predicate, and the sets that can be made of them."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.pairs: dict[str, list[tuple[Term, Term]]] = defaultdict(list)
        self.classes: dict[Term, set[Term]] = defaultdict(set)
        self.subjects, self.values = TermSets(self.pairs, 0), TermSets(self.pairs, 1)
        self.add(triples)

    def add(self, triples: Iterable[Triple]) -> None:
        """More of them, such as follow from the others."""
        pairs, classes = self.pairs, self.classes
        for subject, predicate, value in triples:
            pairs[predicate].append((subject, value))
            if predicate == IS_A:
                classes[value].add(subject)
        self.subjects.clear()
        self.values.clear()


class TermSets(dict[str, set[Term]]):
    """The subjects, or the values, of each predicate that is asked for."""

    def __init__(self, pairs: Mapping[str, list[tuple[Term, Term]]], side: int) -> None:
        super().__init__()
        self.pairs, self.side = pairs, side

    def __missing__(self, predicate: str) -> set[Term]:
        terms = self[predicate] = {pair[self.side] for pair in self.pairs.get(predicate, ())}
        return terms


Screen: TypeAlias = Callable[[Facts], bool]


def make_screen(graph: Graph, shape: Node, source: Node) -> Screen | None:
    """A function that is true only of facts in which this source shape finds nothing; None where none is known."""
    path = graph.value(source, SH.path)
    if path is None:
        return screen_of_alternatives(graph, shape, source)
    values = [(prop, argument) for prop, argument in graph.predicate_objects(source) if prop not in SILENT_TERMS]
    value_tests = [VALUE_TESTS[prop](graph, argument) if prop in VALUE_TESTS else None for prop, argument in values]
    targets = [iri(str(target_class)) for target_class in graph.objects(shape, SH.targetClass)]
    if not isinstance(path, URIRef) or None in value_tests:
        return screen_without_values(graph, source, path, targets)
    tests = [all_values_pass(str(path), value_test, targets) for value_test in value_tests if value_test is not None]
    if graph.value(source, SH.minCount):
        tests += [each_has_value(target, str(path)) for target in targets]
    if graph.value(source, SH.maxCount):
        tests.append(none_has_two_values(str(path)))
    return lambda facts: all(test(facts) for test in tests)


def screen_without_values(graph: Graph, source: Node, path: Node, targets: Sequence[Term]) -> Screen | None:
    """For what is asked of values in ways that are not known here: no instance of the classes has a value."""
    either = graph.value(path, SH.alternativePath)
    paths = [path] if either is None else list(Collection(graph, either))
    predicates = {predicate for predicate, _ in graph.predicate_objects(source)}
    if {SH.minCount, SH.hasValue, SH.sparql} & predicates or not all(isinstance(member, URIRef) for member in paths):
        return None
    return lambda facts: not any(values_of(targets, str(member), facts) for member in paths)


def screen_of_alternatives(graph: Graph, shape: Node, source: Node) -> Screen | None:
    """For a node that must be one of several things: all nodes are surely the same one of them."""
    predicates = {predicate for predicate, _ in graph.predicate_objects(source)} - SILENT_TERMS
    members = list(graph.objects(source, SH["or"]))
    if predicates != {SH["or"]} or len(members) != 1:
        return None
    screens = [inner for choice in Collection(graph, members[0]) if (inner := make_screen(graph, shape, choice))]
    return lambda facts: any(screen(facts) for screen in screens)


def each_has_value(target: Term, path: str) -> Screen:
    """Each instance of the class has a value."""
    return lambda facts: facts.classes[target] <= facts.subjects[path]


def none_has_two_values(path: str) -> Screen:
    """No subject has two values."""
    return lambda facts: len(facts.pairs[path]) == len(facts.subjects[path])


ValueTest: TypeAlias = Callable[[set[Term], Facts], bool]


def all_values_pass(path: str, test: ValueTest, targets: Sequence[Term]) -> Screen:
    """All values of the property pass, of whatever subject, or at least all values of instances of the classes."""
    return lambda facts: test(facts.values[path], facts) or test(values_of(targets, path, facts), facts)


def values_of(targets: Iterable[Term], path: str, facts: Facts) -> set[Term]:
    """The values of a property of the instances of some classes."""
    instances = set[Term]().union(*(facts.classes[target] for target in targets))
    return {value for subject, value in facts.pairs[path] if subject in instances}


def one_of_classes(classes: Iterable[Node]) -> ValueTest:
    """Each is an instance of one of the classes."""
    terms = [iri(str(class_node)) for class_node in classes]
    return lambda values, facts: not values.difference(*(facts.classes[class_term] for class_term in terms))


def one_of_alternatives(graph: Graph, members: Node) -> ValueTest | None:
    """The same where members of sh:or ask for a class and nothing else; each that asks otherwise is passed over."""
    constraints = [list(graph.predicate_objects(member)) for member in Collection(graph, members)]
    classes = [pairs[0][1] for pairs in constraints if len(pairs) == 1 and pairs[0][0] == SH["class"]]
    return one_of_classes(classes) if classes else None


def has_datatype(_: Graph, datatype: Node) -> ValueTest | None:
    """Each is surely a well-formed literal of the datatype."""
    pattern = WELL_FORMED.get(URIRef(str(datatype)))
    return None if pattern is None else lambda values, _: all(map(pattern.fullmatch, values))


def number_compares(holds: Callable[[float, float], bool]) -> Callable[[Graph, Node], ValueTest]:
    """Each is a number that compares so with the limit."""

    def made(_: Graph, limit: Node) -> ValueTest:
        return lambda values, _: all(holds(number_of_term(value), float(str(limit))) for value in values)

    return made


def number_of_term(term: Term) -> float:
    """The number that a term is; one that is none compares with nothing."""
    match = INTEGER.fullmatch(term) or DECIMAL.fullmatch(term)
    return float(match[1]) if match else float("nan")


# Of a limit of length the escaped characters are counted: no fewer than there are, and none where there are none.
VALUE_TESTS: dict[Node, Callable[[Graph, Node], ValueTest | None]] = {
    SH["class"]: lambda _, class_node: one_of_classes([class_node]),
    SH["or"]: one_of_alternatives,
    SH["in"]: lambda graph, items: lambda values, _: values <= {iri(str(item)) for item in Collection(graph, items)},
    SH.nodeKind: lambda _, kind: (lambda values, _: all(term[0] == "<" for term in values)) if kind == SH.IRI else None,
    SH.datatype: has_datatype,
    SH.minInclusive: number_compares(lambda number, limit: number >= limit),
    SH.maxInclusive: number_compares(lambda number, limit: number <= limit),
    SH.minLength: lambda _, limit: (
        (lambda values, _: not any(map(IS_EMPTY_STRING, values))) if int(str(limit)) == 1 else None
    ),
    SH.maxLength: lambda _, limit: lambda values, _: all(len(term) - 2 <= int(str(limit)) for term in values),
}

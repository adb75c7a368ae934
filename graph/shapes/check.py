"""Checking a graph against the shapes, with the compiled queries or with pySHACL, which must agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.query import Result as Found
from rdflib.term import Node

from rejoinder.errors import BadParameter
from rejoinder.graph.shapes.compiled import Result, graph_of, result_order, uncompiled_shapes, violations
from rejoinder.graph.shapes.compiler import message_of, named_shapes, short_name
from rejoinder.ontology import RJ, shapes

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query


def check_store(store: ox.Store, *, engine: str = "compiled", derived: bool = True) -> tuple[Result, ...]:
    """What the shapes find in the union of a store's graphs, sorted; raises BadParameter for an engine not in ENGINES.

    `compiled` answers in time that grows with the store; `pyshacl` is the standard's word for small ones. Without
    `derived`, the shapes that need the derived graph are left out.
    """
    if engine not in ENGINES:
        raise BadParameter(f"engine: expected one of {', '.join(ENGINES)}, got {engine!r}")
    return ENGINES[engine](store, derived)


def conforms(results: Iterable[Result]) -> bool:
    """True without a Violation; warnings and infos are listed, but do not fail a graph."""
    return all(result.severity != "Violation" for result in results)


def compiled_results(store: ox.Store, derived: bool) -> tuple[Result, ...]:
    """The compiled queries' results, and pySHACL's for the shapes that could not be compiled."""
    uncompiled = frozenset(name for name, _ in uncompiled_shapes())
    results = set(violations(store, derived=derived))
    if uncompiled:
        results.update(pyshacl_results(store, derived, only=uncompiled))
    return tuple(sorted(results, key=result_order))


def pyshacl_results(store: ox.Store, derived: bool, only: frozenset[str] | None = None) -> tuple[Result, ...]:
    """The results of pySHACL on a copy of the store in rdflib's memory; `only` names the shapes to run (C01 ...)."""
    report = validate_with_pyshacl(union_graph(store), shapes_to_run(derived, only))
    results = {read_result(store, report, subject) for subject in report.subjects(RDF.type, SH.ValidationResult)}
    return tuple(sorted(results, key=result_order))


def shapes_to_run(derived: bool, only: frozenset[str] | None) -> list[URIRef]:
    """The shapes to run."""
    return [
        named_shape
        for named_shape in named_shapes(shapes())
        if (derived or not shapes().value(named_shape, RJ.afterDerive))
        and (only is None or short_name(named_shape) in only)
    ]


def validate_with_pyshacl(data: Graph, chosen: list[URIRef]) -> Graph:
    """pySHACL's report; nothing is inferred, imported or fetched; data and shapes stay as they are.

    The shapes are copied, for pySHACL adds triples to those it is given.
    """
    import pyshacl  # here, for it takes a third of the time in which the command line starts, and few commands ask it

    _, report, _ = pyshacl.validate(
        data,
        shacl_graph=Graph() + shapes(),
        inference="none",
        inplace=True,
        advanced=False,
        do_owl_imports=False,
        use_shapes=[str(iri) for iri in chosen],
    )
    if not isinstance(report, Graph):
        raise BadParameter(f"the shapes cannot be read: {report}")
    return report


class CachingGraph(Graph):
    """A graph that parses a query only once: pySHACL asks the same few at every node, and mostly parses them."""

    def query(self, query_object: str | Query, *arguments: Any, **options: Any) -> Found:
        """What rdflib's own gives."""
        return super().query(
            parse_query(query_object) if isinstance(query_object, str) else query_object, *arguments, **options
        )


@lru_cache(maxsize=256)
def parse_query(query: str) -> Query:
    """The query, which declares its prefixes itself, ready to be asked again and again."""
    from rdflib.plugins.sparql import prepareQuery  # here, as pySHACL is

    return prepareQuery(query)


def union_graph(store: ox.Store) -> Graph:
    """All quads of a store as one rdflib graph, literals exactly as they are stored."""
    graph = CachingGraph()
    for quad in store:
        graph.add((as_rdflib(quad.subject), as_rdflib(quad.predicate), as_rdflib(quad.object)))
    return graph


def as_rdflib(term: object) -> Node:
    """A term of pyoxigraph as one of rdflib."""
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal(language=str()):
            return Literal(term.value, lang=term.language)
        case ox.Literal():
            return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise TypeError(f"no rdflib term for {term!r}")


def read_result(store: ox.Store, report: Graph, node: Node) -> Result:
    """One entry of pySHACL's report."""
    focus, value = report.value(node, SH.focusNode), report.value(node, SH.value)
    source = report.value(node, SH.sourceShape)
    severity = report.value(node, SH.resultSeverity)
    owner = owning_shape(source)
    place = graph_of(store, ox.BlankNode(focus) if isinstance(focus, BNode) else ox.NamedNode(str(focus)))
    return Result(
        shape=short_name(owner),
        severity=short_name(URIRef(str(severity))),
        focus=term_as_shown(focus),
        value=None if value is None else term_as_shown(value),
        graph=place,
        message=message_of(shapes(), source or owner, owner),
    )


def owning_shape(source: Node | None) -> URIRef:
    """The named shape that a source shape is or stands in."""
    owner = source if isinstance(source, URIRef) else shapes().value(None, SH.property, source)
    if not isinstance(owner, URIRef):
        raise BadParameter(f"a result of pySHACL belongs to no named shape: {source}")
    return owner


def term_as_shown(term: Node | None) -> str:
    """A term as a result shows it."""
    return f"_:{term}" if isinstance(term, BNode) else str(term)


ENGINES: Mapping[str, Callable[[ox.Store, bool], tuple[Result, ...]]] = MappingProxyType(
    {"compiled": compiled_results, "pyshacl": pyshacl_results}
)

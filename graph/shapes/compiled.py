"""The check against the shapes by their compiled queries: the same results as pySHACL, fast enough for each load."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

import pyoxigraph as ox
from rdflib import RDF

from rejoinder.graph.shapes.circles import pairs_on_circles
from rejoinder.graph.shapes.compiler import Check, compile_shapes
from rejoinder.graph.shapes.screens import Facts
from rejoinder.ontology import shapes


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One thing wrong: the shape's short name (C01), the focus node, the value at fault, and the focus node's graph."""

    shape: str
    severity: str
    focus: str
    value: str | None
    graph: str | None
    message: str


def violations(store: ox.Store, *, derived: bool) -> tuple[Result, ...]:
    """All results, of every severity, over the union of the store's graphs, sorted.

    Without `derived`, the shapes that need the derived graph are left out.
    """
    return run_checks(store, (check for check in compiled_checks() if derived or not check.after_derive))


def run_checks(store: ox.Store, checks: Iterable[Check]) -> tuple[Result, ...]:
    """The results of some checks, sorted."""
    return tuple(sorted({result for check in checks for result in run_check(store, check)}, key=result_order))


def doubtful_checks(facts: Facts, *, derived: bool) -> tuple[Check, ...]:
    """The checks for violations that may find something in a graph of these facts.

    Those that need the derived graph, of facts with what follows from them, or all others.
    """
    checks = (check for check in compiled_checks() if check.severity == "Violation" and check.after_derive == derived)
    return tuple(check for check in checks if check.screen is None or not check.screen(facts))


def result_order(result: Result) -> tuple[str, str, bool, str, str]:
    """The order in which results are listed: by shape, focus and value, and then by message."""
    return result.shape, result.focus, result.value is not None, result.value or "", result.message


def run_check(store: ox.Store, check: Check) -> Iterator[Result]:
    """What one check finds in a store."""
    answer = store.query(check.query, use_default_graph_as_union=True)
    pairs = [(row["this"], row["value"]) for row in cast(ox.QuerySolutions, answer)]
    for focus, value in pairs_on_circles(store, check.circle, pairs) if check.circle else pairs:
        place = graph_of(store, focus)
        yield Result(
            check.shape,
            check.severity,
            term_text(focus),
            None if value is None else term_text(value),
            place,
            check.message,
        )


def graph_of(store: ox.Store, focus: object) -> str | None:
    """The IRI of the named graph in which a node is given its types; None where that is the default graph."""
    if not isinstance(focus, (ox.NamedNode, ox.BlankNode)):
        return None
    quads = store.quads_for_pattern(focus, ox.NamedNode(str(RDF.type)), None, None)
    names = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    return min(names, default=None)


def term_text(term: object) -> str:
    """A term as a result shows it: an IRI or a literal's characters as they are, a blank node as `_:name`."""
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    return str(getattr(term, "value", term))


@cache
def compiled_checks() -> tuple[Check, ...]:
    """Every check of the shapes file that can be compiled, in the order of the shapes' names."""
    return compile_shapes(shapes())[0]


@cache
def uncompiled_shapes() -> tuple[tuple[str, str], ...]:
    """Shapes of the shapes file that are left to pySHACL, each with the reason."""
    return compile_shapes(shapes())[1]


def iris_of_checks(checks: Iterable[Check]) -> frozenset[str]:
    """All IRIs that the checks name; a quad of any other predicate bears on none of them, so they can do without it.

    That of rdf:type is among them: queries write it as `a`.
    """
    return frozenset({str(RDF.type)}).union(*map(iris_in_query, (check.query for check in checks)))


@cache
def iris_in_query(query: str) -> frozenset[str]:
    """All IRIs in a query."""
    return frozenset(re.findall(r"<([^<>\s]+)>", query))

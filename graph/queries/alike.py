"""Objections that an entry of the worklist stands for: what is said again, and what else the same words object to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from rejoinder.graph.queries.views import Cell, Row, Value
from rejoinder.graph.triples.lookup import subjects, values
from rejoinder.graph.triples.predicates import CONTENT, CREATOR, SIOC_NAME
from rejoinder.graph.triples.terms import IS_A, RJ, rj

NARROW_KINDS = ("Counter", "Rebuttal", "Undermine", "Undercut")  # kinds of objections, the narrowest first
SETTLED_STATUSES = frozenset({"conceded", "dismissed", "withdrawn", "awaiting-objector"})  # what level U5 leaves out


@dataclass(frozen=True, slots=True)
class Repetitions:
    """What a list says beside an objection: how often it is said again, and what else its words object to.

    The rows of `other_rows` have `objection`, `kind`, `target`, `targetText` and `targetAuthor`, the surest first.
    """

    said_again: int
    other_rows: tuple[Row, ...]


def find_repetitions(store: ox.Store, objection: str, parameters: Mapping[str, Value]) -> Repetitions:
    """The objections that one stands for in a list of the view `unanswered` with these `parameters`."""
    repeating = subjects(store, RJ + "repeats", ox.NamedNode(objection))
    repeated = _values(store, objection, "repeats")
    words = _words(store, objection)
    same = [other for other in {*repeating, *repeated} if _words(store, other) == words]
    open_ones = sorted((-_confidence(store, other), other) for other in same if _is_open(store, other, parameters))
    reworded = sum(_words(store, other) != words for other in repeating)
    return Repetitions(reworded, tuple(_row(store, other) for _, other in open_ones))


def objection_kind(store: ox.Store, objection: str) -> str:
    """The narrowest class of an objection."""
    types = values(store, objection, IS_A)
    return next((kind for kind in NARROW_KINDS if RJ + kind in types), "Objection")


def _words(store: ox.Store, objection: str) -> list[list[str]]:
    return [_values(store, objection, name) for name in ("raisedIn", "source", "evidence")]


def _is_open(store: ox.Store, objection: str, parameters: Mapping[str, Value]) -> bool:
    """True if it is unanswered at the level that is asked for."""
    level = parameters.get("level", rj("U2"))
    settled = "before" in parameters and not SETTLED_STATUSES.isdisjoint(_values(store, objection, "status"))
    return any(rj(value[-2:]) == level for value in _values(store, objection, "unansweredAt")) and not settled


def _confidence(store: ox.Store, objection: str) -> float:
    return max(map(float, _values(store, objection, "confidence")), default=0.0)


def _row(store: ox.Store, objection: str) -> dict[str, Cell]:
    target = _values(store, objection, "target")[0]
    return {
        "objection": objection,
        "kind": objection_kind(store, objection),
        "target": target,
        "targetText": next(_texts(store, target), None),
        "targetAuthor": next(_names(store, objection, target), None),
    }


def _texts(store: ox.Store, target: str) -> Iterator[str]:
    """The words of a claim, span or comment; of a move those of the first claim that it starts from."""
    for predicate in (RJ + "text", RJ + "exact", CONTENT):
        yield from values(store, target, predicate)
    for source in _values(store, target, "source"):
        yield from _values(store, source, "text")


def _names(store: ox.Store, objection: str, target: str) -> Iterator[str]:
    """Who owes an answer, else who wrote the comment that is objected to."""
    for author in (*_values(store, objection, "owedBy"), *values(store, target, CREATOR)):
        yield from values(store, author, SIOC_NAME)


def _values(store: ox.Store, iri: str, name: str) -> list[str]:
    return values(store, iri, RJ + name)

"""Objections that an entry of the worklist stands for: what is said again, and what else the same words object to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from rejoinder.graph.queries.views import Cell, Row, Value
from rejoinder.graph.triples.predicates import CONTENT, CREATOR, SIOC_NAME
from rejoinder.graph.triples.terms import RJ, TYPE, rj

NARROW = ("Counter", "Rebuttal", "Undermine", "Undercut")  # kinds of objections, the narrowest first
SETTLED = frozenset({"conceded", "dismissed", "withdrawn", "awaiting-objector"})  # what level U5 leaves out


@dataclass(frozen=True, slots=True)
class Alike:
    """What a list says beside an objection: how often it is said again, and what else its words object to.

    The rows of `also` have `objection`, `kind`, `target`, `targetText` and `targetAuthor`, the surest first.
    """

    said_again: int
    also: tuple[Row, ...]


def alike(store: ox.Store, objection: str, values: Mapping[str, Value]) -> Alike:
    """The objections that one stands for in a list of these `values` of the view `unanswered`."""
    repeating, repeated = _subjects(store, "repeats", objection), _values(store, objection, "repeats")
    words = _words(store, objection)
    same = [one for one in {*repeating, *repeated} if _words(store, one) == words]
    open_ones = sorted((-_confidence(store, one), one) for one in same if _is_open(store, one, values))
    again = sum(_words(store, one) != words for one in repeating)
    return Alike(again, tuple(_row(store, one) for _, one in open_ones))


def objection_kind(store: ox.Store, objection: ox.NamedNode) -> str:
    """The narrowest class of an objection."""
    types = {quad.object.value for quad in store.quads_for_pattern(objection, TYPE, None)}  # type: ignore[union-attr]
    return next((kind for kind in NARROW if RJ + kind in types), "Objection")


def _words(store: ox.Store, objection: str) -> list[list[str]]:
    return [_values(store, objection, name) for name in ("raisedIn", "source", "evidence")]


def _is_open(store: ox.Store, objection: str, values: Mapping[str, Value]) -> bool:
    """True if it is unanswered at the level that is asked for."""
    level = values.get("level", rj("U2"))
    settled = "before" in values and not SETTLED.isdisjoint(_values(store, objection, "status"))
    return any(rj(one[-2:]) == level for one in _values(store, objection, "unansweredAt")) and not settled


def _confidence(store: ox.Store, objection: str) -> float:
    return max(map(float, _values(store, objection, "confidence")), default=0.0)


def _row(store: ox.Store, objection: str) -> dict[str, Cell]:
    target = _values(store, objection, "target")[0]
    return {
        "objection": objection,
        "kind": objection_kind(store, ox.NamedNode(objection)),
        "target": target,
        "targetText": next(_texts(store, target), None),
        "targetAuthor": next(_names(store, objection, target), None),
    }


def _texts(store: ox.Store, target: str) -> Iterator[str]:
    """The words of a claim, span or comment; of a move those of the first claim that it starts from."""
    for predicate in (RJ + "text", RJ + "exact", CONTENT):
        yield from _of(store, target, predicate)
    for source in _values(store, target, "source"):
        yield from _values(store, source, "text")


def _names(store: ox.Store, objection: str, target: str) -> Iterator[str]:
    """Who owes an answer, else who wrote the comment that is objected to."""
    for author in (*_values(store, objection, "owedBy"), *_of(store, target, CREATOR)):
        yield from _of(store, author, SIOC_NAME)


def _values(store: ox.Store, iri: str, name: str) -> list[str]:
    return _of(store, iri, RJ + name)


def _of(store: ox.Store, iri: str, predicate: str) -> list[str]:
    quads = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None)
    return sorted(quad.object.value for quad in quads)  # type: ignore[union-attr]


def _subjects(store: ox.Store, name: str, iri: str) -> list[str]:
    quads = store.quads_for_pattern(None, rj(name), ox.NamedNode(iri))
    return sorted(quad.subject.value for quad in quads)  # type: ignore[union-attr]

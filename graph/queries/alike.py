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

    The rows of `also` have `objection`, `kind`, `target`, `targetText` and `targetAuthor`, the surest first.
    """

    said_again: int
    also: tuple[Row, ...]


def find_repetitions(store: ox.Store, objection: str, asked: Mapping[str, Value]) -> Repetitions:
    """The objections that one stands for in a list that is `asked` with these values of the view `unanswered`."""
    repeating = subjects(store, RJ + "repeats", ox.NamedNode(objection))
    repeated = _values(store, objection, "repeats")
    words = _words(store, objection)
    same = [one for one in {*repeating, *repeated} if _words(store, one) == words]
    open_ones = sorted((-_confidence(store, one), one) for one in same if _is_open(store, one, asked))
    again = sum(_words(store, one) != words for one in repeating)
    return Repetitions(again, tuple(_row(store, one) for _, one in open_ones))


def objection_kind(store: ox.Store, objection: str) -> str:
    """The narrowest class of an objection."""
    types = values(store, objection, IS_A)
    return next((kind for kind in NARROW_KINDS if RJ + kind in types), "Objection")


def _words(store: ox.Store, objection: str) -> list[list[str]]:
    return [_values(store, objection, name) for name in ("raisedIn", "source", "evidence")]


def _is_open(store: ox.Store, objection: str, asked: Mapping[str, Value]) -> bool:
    """True if it is unanswered at the level that is asked for."""
    level = asked.get("level", rj("U2"))
    settled = "before" in asked and not SETTLED_STATUSES.isdisjoint(_values(store, objection, "status"))
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

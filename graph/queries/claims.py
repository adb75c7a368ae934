"""Which claim or move a name means: an IRI, an id, or the beginning of one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from rejoinder.errors import Missing, NotFound
from rejoinder.graph.queries.values import parse_iri
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.lookup import holds_quad
from rejoinder.graph.triples.terms import TYPE, rj

KINDS = {"claim": "Claim", "move": "Move"}  # what stands before an id in an IRI, and the class of what it names
BEGINNING = re.compile(r"[0-9a-f]{8,31}")  # of an id, which has 32 digits
MOST_LISTED = 10  # of the claims and moves that the beginning of an id may mean


@dataclass(frozen=True, slots=True)
class ClaimIds:
    """The ids of all claims and moves of a snapshot in order, each with its kind behind it: `<id>/claim`."""

    base: str
    ordered_ids: tuple[str, ...]

    @classmethod
    def of_snapshot(cls, snapshot: Snapshot) -> ClaimIds:
        """Goes through all claims and moves: whoever looks up many beginnings keeps what this gives."""
        return cls(snapshot.base, tuple(sorted(_ids_with_kinds(snapshot))))

    def iris_beginning(self, name: str) -> list[str]:
        """The IRIs of the claims, and then of the moves, whose ids begin with these hexadecimal digits."""
        first, end = (bisect_left(self.ordered_ids, bound) for bound in (name, f"{name}g"))
        pairs = (entry.split("/") for entry in self.ordered_ids[first:end])
        return sorted(f"{self.base}{kind}/{id_}" for id_, kind in pairs)


def claim_iri(snapshot: Snapshot, name: str, ids: Callable[[], ClaimIds] | None = None) -> str:
    """The IRI of the claim or move that `name` means: an IRI, an id, or the beginning of an id (8 digits or more).

    Only for a beginning are the `ids` of the snapshot asked for, and made where nobody gives them.
    Raises NotFound where none or several match, and lists the several.
    """
    if "/" in name:
        return parse_iri("claim", name).value
    candidates = [f"{snapshot.base}{kind}/{name}" for kind in KINDS] if name.isalnum() else []
    matches = [iri for iri in candidates if holds_quad(snapshot.store, ox.NamedNode(iri), TYPE, None)]
    if not matches and BEGINNING.fullmatch(name):
        matches = (ids() if ids else ClaimIds.of_snapshot(snapshot)).iris_beginning(name)
    if not matches:
        raise NotFound(f"no claim {name!r}, and no move", missing=Missing.CLAIM)
    if len(matches) > 1:
        several = f"{len(matches)} claims and moves begin with {name!r}: {_list_words(snapshot.base, matches)}"
        raise NotFound(several, missing=Missing.ONE_CLAIM)
    return matches[0]


def _list_words(base: str, iris: list[str]) -> str:
    names = [iri.removeprefix(base).replace("/", " ") for iri in iris[:MOST_LISTED]]
    return ", ".join(names) + (f" and {len(iris) - MOST_LISTED} more" if len(iris) > MOST_LISTED else "")


def _ids_with_kinds(snapshot: Snapshot) -> Iterator[str]:
    for kind, class_ in KINDS.items():
        start = f"{snapshot.base}{kind}/"
        quads = snapshot.store.quads_for_pattern(None, TYPE, rj(class_))
        for iri in {quad.subject.value for quad in quads}:  # type: ignore[union-attr]
            if iri.startswith(start):
                yield f"{iri.removeprefix(start)}/{kind}"

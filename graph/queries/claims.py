"""Which claim or move a name means: an IRI, an id, or the beginning of one."""

from __future__ import annotations

import pyoxigraph as ox

from rejoinder.errors import NotFound
from rejoinder.graph.queries.values import iri_of
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.lookup import holds
from rejoinder.graph.triples.terms import TYPE, rj

LISTED = 10  # of the claims and moves that the beginning of an id may mean


def claim_iri(snapshot: Snapshot, name: str) -> str:
    """The IRI of the claim or move that `name` means: an IRI, an id, or the beginning of an id (8 digits or more).

    Raises NotFound where none or several match, and lists the several.
    """
    if "/" in name:
        return iri_of("claim", name).value
    found = [f"{snapshot.base}{kind}/{name}" for kind in ("claim", "move")] if name.isalnum() else []
    known = [iri for iri in found if holds(snapshot.store, ox.NamedNode(iri), TYPE, None)]
    if found and not known and len(name) >= 8:
        known = _beginning(snapshot, name)
    if not known:
        raise NotFound(f"no claim {name!r}, and no move")
    if len(known) > 1:
        raise NotFound(f"{len(known)} claims and moves begin with {name!r}: {_listed(snapshot.base, known)}")
    return known[0]


def _listed(base: str, found: list[str]) -> str:
    named = [iri.removeprefix(base).replace("/", " ") for iri in found[:LISTED]]
    return ", ".join(named) + (f" and {len(found) - LISTED} more" if len(found) > LISTED else "")


def _beginning(snapshot: Snapshot, name: str) -> list[str]:
    starts = tuple(f"{snapshot.base}{kind}/{name}" for kind in ("claim", "move"))
    found = {
        quad.subject.value  # type: ignore[union-attr]
        for class_ in ("Claim", "Move")
        for quad in snapshot.store.quads_for_pattern(None, TYPE, rj(class_))
    }
    return sorted(iri for iri in found if iri.startswith(starts))

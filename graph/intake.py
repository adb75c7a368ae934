"""Batches of built threads into the store: checked, derived, and written in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from rejoinder.graph import check
from rejoinder.graph.build import Built
from rejoinder.graph.derive import derive
from rejoinder.graph.stores.embedded import Writer
from rejoinder.graph.terms import Names
from rejoinder.records import ThreadKey
from rejoinder.settings import Settings

BATCH_QUADS = 50_000  # a batch is closed above this: enough to make the shapes' queries worth it, small enough to hold


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: how many quads changed, and the threads refused with the shapes they break."""

    changed: int
    refused: tuple[tuple[ThreadKey, check.Result], ...]


def take(writer: Writer, batch: Sequence[Built], names: Names, settings: Settings) -> Taken:
    """Check a batch, derive what follows, and write all threads that conform, all or nothing.

    A thread that breaks a shape is left as it was in the store; the others of the batch go on.
    """
    draft = ox.Store()
    draft.extend(quad for built in batch for quad in (*built.thread, *built.shared))
    refused = _refused(draft, batch, names)
    good = [built for built in batch if built.key not in {key for key, _ in refused}]
    for built in good:
        draft.extend(derive(_graph(draft, names.graph(built.key)), built.key, names, settings))
    graphs = [name for built in good for name in (names.graph(built.key), names.derived(built.key))]
    quads = {quad for name in graphs for quad in _graph(draft, name)}
    shared = _graph(draft, names.shared()) if good else set()
    return Taken(writer.replace(graphs, quads, shared), refused)


def _refused(draft: ox.Store, batch: Sequence[Built], names: Names) -> tuple[tuple[ThreadKey, check.Result], ...]:
    keys = {names.graph(built.key).value: built.key for built in batch}
    broken = [one for one in check.violations(draft, derived=False) if one.severity == "Violation"]
    # What is wrong in the shared graph is wrong for every thread of the batch.
    return tuple((key, one) for one in broken for key in ([keys[one.graph]] if one.graph in keys else keys.values()))


def _graph(store: ox.Store, name: ox.NamedNode) -> set[ox.Quad]:
    return set(store.quads_for_pattern(None, None, None, name))

"""Batches of built threads into the store: checked, derived, and written in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from rejoinder.graph import check
from rejoinder.graph.build import Built
from rejoinder.graph.derive import derive
from rejoinder.graph.stores.embedded import Writer
from rejoinder.graph.terms import Names
from rejoinder.records import ThreadKey
from rejoinder.settings import Settings

Refused: TypeAlias = tuple[tuple[ThreadKey, check.Result], ...]

# A batch is closed above this: RocksDB merges what was written after every few batches, so large ones take less time;
# they take more memory.
BATCH_QUADS = 65_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: how many quads changed, and the threads refused with the shapes they break."""

    changed: int
    refused: Refused


def take(writer: Writer, batch: Sequence[Built], names: Names, settings: Settings) -> Taken:
    """Check a batch, derive what follows, and write all threads that conform, all or nothing.

    A thread that breaks a shape is left as it was in the store; the others of the batch go on.
    """
    good, follows, refused = _checked(batch, names, settings)
    graphs = [name for built in good for name in (names.graph(built.key), names.derived(built.key))]
    quads = [quad for built in good for part in (built.thread, follows[built.key]) for quad in part]
    needed = {quad for built in good for quad in built.shared}
    return Taken(writer.replace(graphs, quads, needed, names.shared()), refused)


def _checked(
    batch: Sequence[Built], names: Names, settings: Settings
) -> tuple[list[Built], dict[ThreadKey, tuple[ox.Quad, ...]], Refused]:
    """The threads that conform, what follows from each, and those that do not conform."""
    draft = ox.Store()
    draft.extend(quad for built in batch for quad in (*built.thread, *built.shared))
    refused = _refused(draft, batch, names, derived=False)
    good = _without(batch, refused)
    follows = {built.key: derive(built.thread, built.key, names, settings) for built in good}
    checked = check.named()
    draft.extend(quad for found in follows.values() for quad in found if quad.predicate.value in checked)
    refused += _refused(draft, good, names, derived=True)
    return _without(good, refused), follows, refused


def _without(batch: Sequence[Built], refused: Refused) -> list[Built]:
    bad = {key for key, _ in refused}
    return [built for built in batch if built.key not in bad]


def _refused(draft: ox.Store, batch: Sequence[Built], names: Names, *, derived: bool) -> Refused:
    keys = {name.value: built.key for built in batch for name in (names.graph(built.key), names.derived(built.key))}
    broken = check.violations(draft, derived=derived, stored=not derived, severity="Violation")
    # What is wrong in the shared graph is wrong for every thread of the batch.
    everyone = list(dict.fromkeys(keys.values()))
    return tuple((key, one) for one in broken for key in ([keys[one.graph]] if one.graph in keys else everyone))

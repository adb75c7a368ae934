"""Batches of built threads into the store: checked, derived, and written in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import pyoxigraph as ox

from rejoinder.graph.derived.derive import derive
from rejoinder.graph.shapes.compiled import Result, compiled_checks, doubtful_checks, iris_of_checks, run_checks
from rejoinder.graph.shapes.compiler import Check
from rejoinder.graph.shapes.screens import Facts
from rejoinder.graph.stores.embedded import Writer
from rejoinder.graph.triples import ntriples
from rejoinder.graph.triples.build import BuiltThread
from rejoinder.graph.triples.ntriples import Triple
from rejoinder.graph.triples.terms import IS_A, Names
from rejoinder.records import ThreadKey
from rejoinder.settings import Settings

RefusedThreads: TypeAlias = tuple[tuple[ThreadKey, Result], ...]

# A batch is closed above this: RocksDB merges what was written after every few batches, so large ones take less time;
# they take more memory.
BATCH_QUADS = 130_000


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What became of a batch: how many quads changed, and the threads refused with the shapes they break."""

    changed_quads: int
    refused: RefusedThreads


def take_batch(writer: Writer, batch: Sequence[BuiltThread], names: Names, settings: Settings) -> BatchOutcome:
    """Check a batch, derive what follows, and write all threads that conform, all or nothing.

    A thread that breaks a shape is left as it was in the store; the others of the batch go on.
    """
    good, follows, refused = _check_batch(batch, names, settings)
    graphs = {names.graph(built.key): built.thread for built in good}
    graphs |= {names.derived(built.key): follows[built.key] for built in good}
    graphs |= {names.curation(built.key): built.curation for built in good}
    return BatchOutcome(writer.replace(graphs, _shared_triples(good)), refused)


def _check_batch(
    batch: Sequence[BuiltThread], names: Names, settings: Settings
) -> tuple[list[BuiltThread], dict[ThreadKey, tuple[Triple, ...]], RefusedThreads]:
    """The threads that conform, what follows from each, and those that do not conform."""
    facts = _facts(batch)
    graphs: dict[str, Iterable[Triple]] = {names.graph(built.key): built.thread for built in batch}
    graphs |= {names.curation(built.key): built.curation for built in batch if built.curation}
    graphs[names.shared()] = _shared_triples(batch)
    refused = _refused_threads(_results(doubtful_checks(facts, derived=False), graphs), batch, names)
    good = _conforming_threads(batch, refused)
    for key, _ in refused:  # of what does not follow from them nothing else is to blame
        for name in (names.graph(key), names.curation(key)):
            graphs.pop(name, None)
    if refused:
        facts = _facts(good)
    follows = {built.key: _derived_triples(built, settings) for built in good}
    iris = iris_of_checks(compiled_checks())  # a fifth of what follows
    facts.add(triple for triples in follows.values() for triple in triples if triple[1] in iris)
    graphs |= {names.derived(key): triples for key, triples in follows.items()}
    refused += _refused_threads(_results(doubtful_checks(facts, derived=True), graphs), good, names)
    return _conforming_threads(good, refused), follows, refused


def _derived_triples(built: BuiltThread, settings: Settings) -> tuple[Triple, ...]:
    return derive(built.thread, settings) if built.derived is None else built.derived


def _facts(batch: Sequence[BuiltThread]) -> Facts:
    return Facts(chain(_shared_triples(batch), *(part for built in batch for part in (built.thread, built.curation))))


def _shared_triples(batch: Sequence[BuiltThread]) -> Iterable[Triple]:
    """What the threads need of the shared graph, once."""
    return dict.fromkeys(triple for built in batch for triple in built.shared)


def _results(checks: Sequence[Check], graphs: Mapping[str, Iterable[Triple]]) -> tuple[Result, ...]:
    """What the checks find in the graphs, of which only what they look at is read.

    That is the properties that they name, and of the classes those.
    """
    if not checks:
        return ()
    draft, iris = ox.Store(), iris_of_checks(checks)
    for name, triples in graphs.items():
        looked_at = (
            triple for triple in triples if triple[1] in iris and (triple[1] != IS_A or triple[2][1:-1] in iris)
        )
        draft.load(ntriples.lines(looked_at, name), format=ox.RdfFormat.N_QUADS, lenient=True)
    return run_checks(draft, checks)


def _conforming_threads(batch: Sequence[BuiltThread], refused: RefusedThreads) -> list[BuiltThread]:
    bad = {key for key, _ in refused}
    return [built for built in batch if built.key not in bad]


def _refused_threads(broken: Iterable[Result], batch: Sequence[BuiltThread], names: Names) -> RefusedThreads:
    parts = (names.graph, names.derived, names.curation)
    keys = {part(built.key): built.key for built in batch for part in parts}
    # What is wrong in the shared graph is wrong for every thread of the batch.
    everyone = list(dict.fromkeys(keys.values()))
    return tuple(
        (key, result) for result in broken for key in ([keys[result.graph]] if result.graph in keys else everyone)
    )

"""The writable Oxigraph store in a folder: one writer at a time, each batch of whole threads in one transaction."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path

import pyoxigraph as ox

from rejoinder.errors import StoreError
from rejoinder.graph.stores import unfinished
from rejoinder.graph.stores.content import SCHEME, as_content, content_of
from rejoinder.graph.stores.damage import comes_from_store, damage_error
from rejoinder.graph.stores.place import refuse_strange
from rejoinder.graph.triples import ntriples
from rejoinder.graph.triples.ntriples import Triple
from rejoinder.graph.triples.terms import Names

# Oxigraph's bulk loader is five times as fast as a transaction, and takes up to a million quads in one atomic step; but
# it holds a kilobyte for each of them, and a transaction two. So many together are written in steps of about a batch.
BULK_SIZES = range(10_000, 900_000)
WHOLE, STEP = 260_000, 130_000
TRIPLES_TOGETHER = 10_000  # triples that are made quads at once
FREE_BYTES = 256_000_000  # below this a RocksDB write may end half-way and need the whole log's room again to reopen


class Writer:
    """The one writer of the store in `folder`; a context manager, since the lock is held until `close`.

    Raises StoreError where another process writes, the store was made under another base, or the disk is full, and
    where a store would write over what somebody else has in the folder.
    """

    def __init__(self, folder: Path, base: str) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            refuse_strange(folder)
            self.store = ox.Store(str(folder / "store"))  # from here on the lock is ours
            self.folder, self.shared_graph = folder, Names(base).shared()
            keep_base(folder, base)
            # Whoever is killed leaves no total, and the next writer counts anew.
            self._total = 0 if next(iter(self.store), None) is None else read_total(folder)
            forget_total(folder)
            self.clear_unfinished()
        except (OSError, RuntimeError) as error:
            raise explain_engine_error(folder, error) from error

    @property
    def total(self) -> int:
        """The sum of the store's content; the whole store is read for it where the last writer did not close it."""
        if self._total is None:
            self._total = content_of(self.store)
        return self._total

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the lock back, and keep the total for the next writer."""
        if self._total is not None:
            with suppress(OSError):  # without it the next writer reads the whole store, and that is all
                keep_total(self.folder, self._total)
        del self.store

    def quads_of_graph(self, name: ox.NamedNode) -> set[ox.Quad]:
        """The quads of one named graph as they are stored."""
        return set(self.store.quads_for_pattern(None, None, None, name))

    def quads_about(self, node: ox.NamedNode) -> set[ox.Quad]:
        """The quads of the shared graph about a node."""
        return set(self.store.quads_for_pattern(node, None, None, ox.NamedNode(self.shared_graph)))

    def replace(self, graphs: Mapping[str, Collection[Triple]], shared: Iterable[Triple]) -> int:
        """Make each of the graphs, by their IRIs, hold exactly its triples, and add `shared` to the shared graph.

        All or nothing, and no triple may be there twice. Returns how many quads changed. What the shared graph says of
        nodes that nothing names any more goes. Literals must be in the form that Oxigraph stores (triples/ntriples.py
        makes them so): others never equal what is read back. Whoever is stopped between the steps of a large write
        leaves a note, by which the next writer takes all of it back.
        """
        old = set[ox.Quad]().union(*(self.quads_of_graph(ox.NamedNode(name)) for name in graphs))
        missing = {quad for quad in ntriples.quads(shared, self.shared_graph) if quad not in self.store}
        if not old:
            return self._fill(graphs, missing)
        new = {quad for name, triples in graphs.items() for quad in ntriples.quads(triples, name)}
        gone, added = old - new, new - old | missing
        return self._write(gone | self._orphans(gone, new), [added], len(added))

    def _fill(self, graphs: Mapping[str, Collection[Triple]], shared: Collection[ox.Quad]) -> int:
        """Puts triples, each once, into graphs that hold nothing; many of them in steps, which count as one."""
        size = sum(map(len, graphs.values()))
        # Each part is made, counted and stored before the next: a batch is more than a processor keeps near.
        parts = (
            part for name, triples in graphs.items() for part in ntriples.quad_parts(triples, name, TRIPLES_TOGETHER)
        )
        if size <= WHOLE:
            return self._write(set(), chain(parts, [shared]), size + len(shared))
        unfinished.begin(self.folder, graphs)
        changed = 0
        while step := _next_parts(parts, STEP):
            changed += self._write(set(), step, sum(map(len, step)))
        changed += self._write(set(), [shared], len(shared))
        unfinished.end(self.folder)
        return changed

    def clear_unfinished(self) -> None:
        """Empty graphs of which some steps were written, and not all."""
        names = unfinished.unfinished_graphs(self.folder)
        for name in names:
            graph = ox.NamedNode(name)
            while part := set(islice(self.store.quads_for_pattern(None, None, None, graph), TRIPLES_TOGETHER)):
                self._write(part | self._orphans(part, ()), (), 0)
            self.store.remove_graph(graph)
        if names:
            unfinished.end(self.folder)

    def change(self, gone: Collection[ox.Quad], new: Collection[ox.Quad]) -> int:
        """Take away quads that are there and add some that are not, all or nothing; returns how many they are."""
        if gone or new:
            self._write(gone, [new], len(new))
        return len(gone) + len(new)

    def _orphans(self, gone: set[ox.Quad], quads: Iterable[ox.Quad]) -> set[ox.Quad]:
        """The quads in the shared graph about nodes that only quads in `gone` name."""
        orphans, common = set[ox.Quad](), ox.NamedNode(self.shared_graph)
        if not gone:
            return orphans
        for node in {quad.object for quad in gone} - {quad.object for quad in quads}:
            if isinstance(node, ox.NamedNode):
                about = set(self.store.quads_for_pattern(node, None, None, common))
                if about and all(quad in gone for quad in self.store.quads_for_pattern(None, None, node)):
                    orphans |= about
        return orphans

    def _write(self, gone: Collection[ox.Quad], new: Iterable[Collection[ox.Quad]], size: int) -> int:
        """Takes quads out and puts parts of about that size together in, in one step; returns how many that were."""
        if not gone and not size:
            return 0
        if shutil.disk_usage(self.folder).free < FREE_BYTES:
            raise StoreError(
                f"{self.folder}: less than {FREE_BYTES // 1_000_000} MB of disk are free; nothing was written"
            )
        total, self._total = self._total, None  # nobody knows what is there when a write fails
        counted = CountedQuads(new)
        try:
            if gone:
                self.store.update(f"DELETE DATA {{ {data_body(gone)} }} ; INSERT DATA {{ {data_body(counted)} }}")
            elif size in BULK_SIZES:
                self.store.bulk_extend(counted)
            else:
                self.store.extend(counted)
            self.store.flush()
        except (OSError, RuntimeError) as error:
            raise explain_engine_error(self.folder, error) from error
        self._total = None if total is None else as_content(total + counted.content - content_of(gone))
        return counted.quads + len(gone)


def _next_parts(parts: Iterator[Collection[ox.Quad]], size: int) -> list[Collection[ox.Quad]]:
    """The next of the parts, as long as they are no more quads together."""
    batch: list[Collection[ox.Quad]] = []
    while sum(map(len, batch)) < size and (part := next(parts, None)) is not None:
        batch.append(part)
    return batch


class CountedQuads:
    """The quads of some parts one after another; knows, once they are through, how many they were and their content."""

    def __init__(self, parts: Iterable[Collection[ox.Quad]]) -> None:
        self.parts, self.quads, self.content = parts, 0, 0

    def __iter__(self) -> Iterator[ox.Quad]:
        return chain.from_iterable(map(self._count, self.parts))

    def _count(self, part: Collection[ox.Quad]) -> Collection[ox.Quad]:
        self.quads += len(part)
        self.content += content_of(part)
        return part


def data_body(quads: Iterable[ox.Quad]) -> str:
    """Quads as the body of an INSERT DATA or DELETE DATA.

    >>> q = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal('a"b'), ox.NamedNode("urn:g"))
    >>> data_body([q])
    'GRAPH <urn:g> { <urn:s> <urn:p> "a\\\\"b" }'
    """
    return "\n".join(f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}" for q in quads)


def base_of_store(folder: Path) -> str | None:
    """The base IRI of the store in a folder, or None where there is none yet.

    Raises StoreError for no IRI, and for one with a #, as earlier versions took it: the IRIs of spans have fragments of
    their own.
    """
    try:
        base = (folder / "base").read_text(encoding="utf-8").strip()
        base_iri = ox.NamedNode(base).value if base else None
    except FileNotFoundError:
        return None
    except ValueError:  # also of bytes that are no UTF-8
        raise damage_error(folder, "the file base names no IRI") from None
    except OSError as error:
        raise damage_error(folder, error) from error
    if base_iri and "#" in base_iri:
        why = f"{folder} was made with base {base_iri}, under which its spans have IRIs with two #"
        raise StoreError(f"{why}: load your files into another folder, under a base that ends in / and has no #")
    return base_iri


def keep_base(folder: Path, base: str) -> None:
    """Write the base IRI of a new store; raise StoreError where an old one has another."""
    stored_base = base_of_store(folder)
    if stored_base is None:
        draft = folder / "base.draft"
        draft.write_text(base + "\n", encoding="utf-8")
        draft.replace(folder / "base")
    elif stored_base != base:
        raise StoreError(f"{folder} was made with base {stored_base}, not {base}: use that base, or another folder")


def read_total(folder: Path) -> int | None:
    """The content's sum as the last writer left it; None where it was stopped before it could, or summed otherwise."""
    try:
        scheme, total = (folder / "total").read_text(encoding="utf-8").split()
        return as_content(int(total, 16)) if scheme == SCHEME else None
    except (FileNotFoundError, ValueError):
        return None


def keep_total(folder: Path, total: int) -> None:
    """Write the content's sum beside the store."""
    draft = folder / "total.draft"
    draft.write_text(f"{SCHEME} {total:x}\n", encoding="utf-8")
    draft.replace(folder / "total")


def forget_total(folder: Path) -> None:
    """Remove the sum, for good even if the power fails, before anything is written that it would not count."""
    (folder / "total").unlink(missing_ok=True)
    unfinished.sync_folder(folder)


def explain_engine_error(folder: Path, error: Exception) -> StoreError:
    """Oxigraph's complaint as an error that says what to do."""
    if "lock" in str(error).lower():
        return StoreError(f"{folder} is being written by another load: wait for it to end, then run this again")
    return damage_error(folder, error) if comes_from_store(folder, error) else StoreError(f"{folder}: {error}")

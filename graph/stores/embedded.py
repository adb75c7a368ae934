"""The writable Oxigraph store in a folder: one writer at a time, each batch of whole threads in one transaction."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

import pyoxigraph as ox

from rejoinder.errors import StoreError

# Oxigraph's bulk loader is five times as fast as a transaction, and takes up to a million quads in one atomic step.
BULK = range(10_000, 900_000)
FREE_BYTES = 256_000_000  # below this a RocksDB write may end half-way and need the whole log's room again to reopen


class Writer:
    """The one writer of the store in `folder`; a context manager, since the lock is held until `close`.

    Raises StoreError where another process writes, the store was made under another base, or the disk is full.
    """

    def __init__(self, folder: Path, base: str) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.store = ox.Store(str(folder / "store"))  # from here on the lock is ours
            self.folder = folder
            keep_base(folder, base)
        except OSError as error:
            raise StoreError(explain(folder, error)) from error

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the lock back."""
        del self.store

    def graph(self, name: ox.NamedNode) -> set[ox.Quad]:
        """The quads of one named graph as they are stored."""
        return set(self.store.quads_for_pattern(None, None, None, name))

    def replace(
        self, graphs: Iterable[ox.NamedNode], quads: set[ox.Quad], shared: set[ox.Quad], common: ox.NamedNode
    ) -> int:
        """Make each of `graphs` hold exactly its share of `quads`, add `shared` to `common`, all or nothing.

        Returns how many quads changed. What `common` says of nodes that nothing names any more goes. `quads` must have
        been through a store already: Oxigraph rewrites some literals, and only stored forms compare.
        """
        old = set[ox.Quad]().union(*(self.graph(name) for name in graphs))
        gone = old - quads
        new = (quads - old) | {quad for quad in shared if quad not in self.store}
        gone |= self._orphans(gone, quads, common)
        if gone or new:
            self._write(gone, new)
        return len(gone) + len(new)

    def _orphans(self, gone: set[ox.Quad], kept: set[ox.Quad], common: ox.NamedNode) -> set[ox.Quad]:
        """The quads in `common` about nodes that only quads in `gone` name."""
        found: set[ox.Quad] = set()
        for node in {quad.object for quad in gone} - {quad.object for quad in kept}:
            if isinstance(node, ox.NamedNode):
                about = set(self.store.quads_for_pattern(node, None, None, common))
                if about and all(quad in gone for quad in self.store.quads_for_pattern(None, None, node)):
                    found |= about
        return found

    def _write(self, gone: set[ox.Quad], new: set[ox.Quad]) -> None:
        if shutil.disk_usage(self.folder).free < FREE_BYTES:
            raise StoreError(
                f"{self.folder}: less than {FREE_BYTES // 1_000_000} MB of disk are free; nothing was written"
            )
        try:
            if gone:
                self.store.update(f"DELETE DATA {{ {data(gone)} }} ; INSERT DATA {{ {data(new)} }}")
            elif len(new) in BULK:
                self.store.bulk_extend(new)
            else:
                self.store.extend(new)
            self.store.flush()
        except OSError as error:
            raise StoreError(explain(self.folder, error)) from error


def data(quads: Iterable[ox.Quad]) -> str:
    """Quads as the body of an INSERT DATA or DELETE DATA.

    >>> q = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal('a"b'), ox.NamedNode("urn:g"))
    >>> data([q])
    'GRAPH <urn:g> { <urn:s> <urn:p> "a\\\\"b" }'
    """
    return "\n".join(f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}" for q in quads)


def known_base(folder: Path) -> str | None:
    """The base IRI of the store in a folder, or None where there is none yet."""
    try:
        return (folder / "base").read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(explain(folder, error)) from error


def keep_base(folder: Path, base: str) -> None:
    """Write the base IRI of a new store; raise StoreError where an old one has another."""
    known = known_base(folder)
    if known is None:
        draft = folder / "base.draft"
        draft.write_text(base + "\n", encoding="utf-8")
        draft.replace(folder / "base")
    elif known != base:
        raise StoreError(f"{folder} was made with base {known}, not {base}: use that base, or another folder")


def explain(folder: Path, error: OSError) -> str:
    """Oxigraph's complaint in words that say what to do."""
    if "lock" in str(error).lower():
        return f"{folder} is being written by another load: wait for it to end, then run this again"
    return f"{folder}: {error}"

"""Snapshots: immutable copies of the store that readers open while the writer goes on."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from rejoinder.errors import StoreError
from rejoinder.graph.stores import content
from rejoinder.graph.stores.damage import damage_error, remove_path
from rejoinder.graph.stores.embedded import base_of_store
from rejoinder.graph.triples import lookup
from rejoinder.graph.triples.terms import TYPE, rj

NAME = re.compile(r"[0-9a-f]{1,64}")
TRIES = 5
GRACE_SECONDS = 30.0  # as long as a server's worker may take to start and open what was current when it was asked to


@dataclass(frozen=True)
class Snapshot:
    """One published state of a store, open for reading; `id` is made of its content, so it serves as an ETag."""

    id: str
    path: Path
    base: str
    store: ox.Store

    @property
    def is_empty(self) -> bool:
        """True if it holds no comment, as where all that was to be loaded was refused."""
        return not lookup.holds_quad(self.store, None, TYPE, rj("Comment"))

    def value(self, subject: ox.NamedNode, predicate: str) -> str | None:
        """The value of a property that has at most one."""
        return lookup.value(self.store, subject, ox.NamedNode(predicate))

    def has_thread(self, iri: ox.NamedNode) -> bool:
        """True if a thread of this IRI is loaded."""
        return lookup.holds_quad(self.store, iri, TYPE, rj("Thread"))


def publish(store: ox.Store, folder: Path, total: int | None = None) -> str:
    """Make the store's present state the current snapshot of `folder`; return its id.

    The id names the content, whatever came before it: `total` is the content's sum where it is known (`Writer.total`);
    else the whole store is read for it.
    The backup is hard-linked, so it costs little time and little room. Readers never see a half-made snapshot: the
    folder gets its name when it is whole, and `current` is replaced in one step. What a damage has left there is made
    anew.
    """
    name, before = (
        content.content_name(content.content_of(store) if total is None else total),
        _current_id_if_any(folder),
    )
    path = folder / "snapshots" / name
    if not _can_open(path):
        draft = path.with_name(f"{name}.draft")
        for old in (path, draft):
            remove_path(old)
        draft.parent.mkdir(exist_ok=True)
        store.backup(str(draft))
        draft.rename(path)
    if name != before:
        _switch(folder, name)
        _remove_old(folder, name, before)
    return name


def current_id(folder: Path) -> str | None:
    """The id of the current snapshot, or None where nothing was published yet; raises StoreError for no id."""
    try:
        name = (folder / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise damage_error(folder, error) from error
    if not NAME.fullmatch(name):
        raise damage_error(folder, f"the file current names no snapshot: {name[:40]!r}")
    return name


def open_current(folder: Path) -> Snapshot:
    """Open the current snapshot for reading; raises StoreError where there is none, or it cannot be read.

    A publish may remove the snapshot between our reading its name and opening it: then the name is read again.
    """
    failed: Exception | None = None
    for _ in range(TRIES):
        name = current_id(folder)
        if name is None:
            raise StoreError(f"nothing is loaded in {folder}: run `rejoinder load --store {folder} FILE...` first")
        path = folder / "snapshots" / name
        try:
            return Snapshot(name, path, _base_iri(folder), ox.Store.read_only(str(path)))
        except (OSError, RuntimeError) as error:
            failed = error
    assert failed is not None
    raise damage_error(folder, failed) from failed


def _base_iri(folder: Path) -> str:
    base = base_of_store(folder)
    if base is None:
        raise damage_error(folder, "the file base names no IRI")
    return base


def _current_id_if_any(folder: Path) -> str | None:
    with suppress(StoreError):
        return current_id(folder)
    return None


def _can_open(path: Path) -> bool:
    with suppress(OSError, RuntimeError):
        ox.Store.read_only(str(path))
        return True
    return False


def _switch(folder: Path, name: str) -> None:
    draft = folder / "current.draft"
    for path in (draft, folder / "current"):
        if path.is_dir():
            remove_path(path)
    with draft.open("w", encoding="utf-8") as out:
        out.write(name + "\n")
        out.flush()
        os.fsync(out.fileno())
    draft.replace(folder / "current")


def _remove_old(folder: Path, name: str, before: str | None) -> None:
    """Remove all snapshots but the current one and those that were current a moment ago, which readers may be opening.

    A folder's time says when it ceased to be current.
    """
    now = time.time()
    for path in (folder / "snapshots").iterdir():
        with suppress(OSError):
            if path.name == before:
                os.utime(path, (now, now))
            elif path.name != name and (path.suffix or abs(now - path.stat().st_mtime) > GRACE_SECONDS):
                remove_path(path)

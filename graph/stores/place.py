"""Whether a folder is a store, or may become one without anything of somebody else's being written over."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from rejoinder.errors import StoreError

ENGINE_FILES = ("CURRENT", "LOCK", "LOG")  # files that RocksDB makes before all others
STORE_FILES = (
    *("store", "snapshots", "marks*"),
    *(f"{name}{end}" for name in ("base", "current", "total", "unfinished") for end in ("", ".draft")),
)


def is_store(folder: Path) -> bool:
    """True if a store was made in the folder, or was begun, however damaged it is."""
    with suppress(OSError, ValueError):
        ox.NamedNode((folder / "base").read_text(encoding="utf-8").strip())
        return True
    return any((folder / "store" / name).exists() for name in ENGINE_FILES)


def refuse_strange(folder: Path) -> None:
    """Raises StoreError where a folder is no store, and what a store would write over stands in it."""
    if not is_store(folder):
        strange = sorted(path.name for name in STORE_FILES for path in folder.glob(name) if not _is_blank(path))
        if strange:
            raise StoreError(
                f"{folder} is not a store of Rejoinder, and loading would overwrite {', '.join(strange)} in it: "
                "name a new folder for the store"
            )


def _is_blank(path: Path) -> bool:
    """True for an empty folder or file, as a crash leaves them."""
    return next(path.iterdir(), None) is None if path.is_dir() else path.stat().st_size == 0

"""What is said of a store that cannot be read or written: its folder, why, and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

from rejoinder.errors import StoreError
from rejoinder.graph.stores.place import is_store

ENGINE_COMPLAINTS = ("Corruption", "IO error")  # with which RocksDB's complaints begin


def comes_from_store(folder: Path, error: Exception) -> bool:
    """True if an error comes of the files of the store in `folder`, or of the engine that reads them."""
    if isinstance(error, OSError) and error.filename is not None:
        return str(error.filename).startswith(str(folder))
    return comes_from_engine(error)


def comes_from_engine(error: Exception) -> bool:
    """True if the engine met files that are not as it wrote them; of a bad query it complains otherwise."""
    return isinstance(error, OSError | RuntimeError) and any(words in str(error) for words in ENGINE_COMPLAINTS)


def damage_error(folder: Path, error: Exception | str) -> StoreError:
    """The error to raise where the store in `folder` cannot be read, or a part of it is not what it should be."""
    if isinstance(error, PermissionError):
        return StoreError(
            f"{folder}: permission denied for {_file_named(error)}: give this user the right to read and write it"
        )
    if "too recent version" in str(error):
        return StoreError(f"{folder} was written by a newer version: use that one, or load anew into another folder")
    why = f"{error.strerror}: {_file_named(error)}" if isinstance(error, OSError) and error.filename else str(error)
    if not is_store(folder):
        return StoreError(f"{folder}: no store can be made there ({' '.join(why.split())}): name another folder")
    advice = "load your files again, and if that fails remove the folder first"
    return StoreError(f"{folder} is damaged ({' '.join(why.split())}): {advice}")


def remove_path(path: Path) -> None:
    """Remove a file, or a folder with all in it, if it is there; raises OSError where that cannot be done."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _file_named(error: OSError) -> str:
    return str(error.filename or error)

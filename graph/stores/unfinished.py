"""The note of graphs that are being written in several steps: whoever opens the store next takes back what is begun."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from rejoinder.graph.stores.damage import damage_error

NAME = "unfinished"


def begin(folder: Path, graphs: Iterable[str]) -> None:
    """Note, for good even if the power fails, that these graphs are to come; they hold nothing yet."""
    draft = folder / f"{NAME}.draft"
    with draft.open("w", encoding="utf-8") as out:
        json.dump(list(graphs), out)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(folder / NAME)
    sync_folder(folder)


def unfinished_graphs(folder: Path) -> list[str]:
    """The graphs of which a part may be there; none where all that was begun was finished; raises StoreError."""
    try:
        graphs: list[str] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return graphs
    except FileNotFoundError:
        return []
    except ValueError:
        raise damage_error(folder, f"the file {NAME} names no graphs") from None


def end(folder: Path) -> None:
    """Note that they are whole, or gone."""
    (folder / NAME).unlink(missing_ok=True)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Let what was named, renamed or removed in a folder outlast a failure of power."""
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)

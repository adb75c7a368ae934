"""Files as records, whatever their formats."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from rejoinder.errors import Problem
from rejoinder.loaders.mapping import FieldMap
from rejoinder.loaders.opening.source import no_progress
from rejoinder.loaders.reader import LoadReader
from rejoinder.records import Found


def read(
    paths: Iterable[Path | str],
    *,
    format: str | None = None,  # noqa: A002 - the command line's own word
    by: FieldMap | None = None,
    progress: Callable[[int], None] = no_progress,
    strict: bool = False,
) -> Iterator[Found | Problem]:
    """The records of all files in order; "-" is standard input, a folder or archive stands for all files in it. All
    are read by the field map, if there is one.

    Never raises for a file: one that is missing, empty, unreadable or of no known format is a Problem, as is a text
    dump named as an earlier one, or one that a loader fails at (unless it is `strict`); the rest is read. Below a
    folder, what no format recognises is left out, and a note says so. `progress` is called with the number of bytes of
    the files consumed since its last call.
    """
    with tempfile.TemporaryDirectory(prefix="rejoinder-") as spool:
        reader = LoadReader(spool, format, by, progress, strict)
        for path in paths:
            yield from reader.read_path(str(path))
        yield from reader.read_mail()

"""Progress of a long load, on standard error: rate and remaining time, shown only to a person who waits."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from tqdm import tqdm

from rejoinder.loaders.folders import Folder
from rejoinder.loaders.opening.source import STDIN

PATIENCE = 1.0  # seconds before a bar is shown


class LoadSteps:
    """What a load tells while it works; a context manager around the whole of it. This one keeps it to itself."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Ends, whatever happened."""

    def bytes(self, count: int) -> None:
        """So many bytes more were read."""

    def count_found(self) -> None:
        """One comment more was found."""

    def extracted(self, comments: int) -> None:
        """So many comments more were gone through."""

    def count_asked(self, tokens: int) -> None:
        """A model has read one comment more; so many tokens are spent by now."""


class Bars(LoadSteps):
    """Two bars, one after the other: bytes read, then comments gone through."""

    def __init__(self, files: Sequence[str]) -> None:
        total = sum(_size(file) for file in files)
        self.reading = tqdm(
            total=total or None, unit="B", unit_scale=True, desc="reading", file=sys.stderr, delay=PATIENCE, leave=False
        )
        self.extracting: tqdm[Any] | None = None
        self.records = 0
        self.read = 0

    def __exit__(self, *_: object) -> None:
        self.reading.close()
        if self.extracting is not None:
            self.extracting.close()

    def bytes(self, count: int) -> None:
        """Moves the first bar."""
        self.reading.update(count)

    def count_found(self) -> None:
        """Counts towards the length of the second bar."""
        self.records += 1

    def extracted(self, comments: int) -> None:
        """Moves the second bar; the first is over then."""
        if self.extracting is None:
            self.reading.close()
            self.extracting = tqdm(
                total=self.records, unit=" comments", desc="extracting", file=sys.stderr, delay=PATIENCE, leave=False
            )
        self.extracting.update(comments)

    def count_asked(self, tokens: int) -> None:
        """Shows beside the second bar, which moves by whole threads, how far the model has come."""
        self.read += 1
        if self.extracting is not None:
            self.extracting.set_postfix_str(f"{self.read} read, {tokens} tokens")


def make_bars(files: Sequence[str]) -> LoadSteps:
    """Bars where standard error is a terminal, silence elsewhere."""
    return Bars(files) if sys.stderr.isatty() else LoadSteps()


def _size(file: str) -> int:
    path = Path(file)
    if file != STDIN and path.is_dir():
        return sum(_size(str(path)) for _, path in Folder(file).files())
    try:
        return path.stat().st_size if file != STDIN else 0
    except OSError:
        return 0

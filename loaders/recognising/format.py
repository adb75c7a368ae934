"""What a module in `loaders/formats/` offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rejoinder.errors import Problem
from rejoinder.loaders.opening.source import Source
from rejoinder.records import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """What a loader reads, in the words of its format: a row of the table in docs/formats.md.

    A field is empty where the format has no such thing, or where it is not read; `ignored` names what is there and
    is not read. `moves` are reactions, quotations with their origin, accepted answers, or the argument itself;
    `states` are deletions, retractions and resolutions; `counts` how many comments or replies are declared.
    """

    recognised: str
    id: str
    parent: str = ""
    author: str = ""
    created: str = ""
    body: str
    link: str = ""
    counts: str = ""
    states: str = ""
    moves: str = ""
    ignored: str = ""


class Format(Protocol):
    """A format: its name (that of its module), a line about it, what it reads, and the two functions."""

    NAME: str
    SUMMARY: str
    READS: Reads

    def recognises(self, path: Path, head: str) -> bool:
        """True if a file that begins like this (its first 64 kB, decompressed) is of this format."""

    def load(self, source: Source) -> Iterator[Found | Problem]:
        """The file's records in order, and what could not be read; raises LoadError if nothing can be read of it."""

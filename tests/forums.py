"""Reads a file of a forum that a test writes, and sums up what came out."""

from __future__ import annotations

import json
from pathlib import Path

from rejoinder import loaders
from rejoinder.errors import Problem
from rejoinder.records import Comment, Found, PlatformMove, Record, Thread


class Reading:
    """The records and problems of one or more files."""

    def __init__(self, *files: Path | str, format: str | None = None) -> None:  # noqa: A002
        found = list(loaders.read(files, format=format))
        self.lines = [one.line for one in found if isinstance(one, Found) and isinstance(one.record, Comment)]
        self.records: list[Record] = [one.record for one in found if isinstance(one, Found)]
        self.problems = [one for one in found if isinstance(one, Problem)]
        self.threads = [one for one in self.records if isinstance(one, Thread)]
        self.comments = {one.id: one for one in self.records if isinstance(one, Comment)}
        self.moves = [one for one in self.records if isinstance(one, PlatformMove)]

    @property
    def parents(self) -> dict[str, str | None]:
        """The parent of each comment."""
        return {name: one.parent for name, one in self.comments.items()}

    @property
    def quoted(self) -> list[tuple[str | None, str, str]]:
        """Each quotation: where, from where, and the words."""
        return [
            (one.comment, one.target, self.comments[one.comment].text[one.start : one.end])
            for one in self.moves
            if one.comment is not None and one.start is not None
        ]


def reading_of(folder: Path, value: object, name: str = "export.json") -> Reading:
    """What a file with this JSON, or this text, gives."""
    file = folder / name
    file.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return Reading(file)

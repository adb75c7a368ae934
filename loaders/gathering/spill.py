"""Where records wait, in bounded memory, until all files are read."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import fields
from operator import attrgetter

from rejoinder.loaders.gathering.temporary import TemporaryDatabase
from rejoinder.records import (
    AifGraph,
    Comment,
    Found,
    Judgement,
    PlatformMove,
    Record,
    StatedClaim,
    StatedMove,
    Thread,
    ThreadKey,
)

BATCH = 1_000
SCHEMA = """
CREATE TABLE threads (key INTEGER PRIMARY KEY, site TEXT, id TEXT, UNIQUE (site, id));
CREATE TABLE records (
  key INTEGER, type INTEGER, name TEXT, seq INTEGER, file INTEGER, line INTEGER, content BLOB
);
"""
INDEX = "CREATE INDEX by_thread ON records (key, type, name, seq)"
TYPES = (Thread, Comment, StatedClaim, StatedMove, PlatformMove, AifGraph, Judgement)
# All that a record says but for its thread, which is its first field.
RECORD_VALUES = {kind: attrgetter(*(field.name for field in fields(kind)[1:])) for kind in TYPES}
Row = tuple[int, int, str, int, int, int, bytes]


class Spill(TemporaryDatabase):
    """Takes records in load order and gives them back by thread, each kind sorted by name and then by load order."""

    SCHEMA = SCHEMA

    def __init__(self) -> None:
        super().__init__()
        self.files: list[str] = []
        self.batch: list[Row] = []
        self.count = 0
        self.last: tuple[ThreadKey, int] | None = None

    def add(self, entry: Found) -> None:
        """Takes one record."""
        record, kind = entry.record, type(entry.record)
        key, pickled = self._key(record.thread), pickle.dumps(RECORD_VALUES[kind](record), pickle.HIGHEST_PROTOCOL)
        self.count += 1
        place = self._file(entry.file), entry.line
        self.batch.append((key, TYPES.index(kind), record_name(record), self.count, *place, pickled))
        if len(self.batch) >= BATCH:
            self._flush()

    def threads(self) -> Iterator[ThreadKey]:
        """The keys of all threads, sorted; call it once, when all records are in."""
        self._flush()
        self.database.execute(INDEX)
        for site, name in self.database.execute("SELECT site, id FROM threads ORDER BY site, id"):
            yield ThreadKey(site, name)

    def records_of_thread(self, key: ThreadKey, kind: type[Record]) -> Iterator[Found]:
        """The records of a thread of one kind, by id or name if they have any; equal ones in load order."""
        rows = self.database.execute(
            "SELECT file, line, content FROM records WHERE key = ? AND type = ? ORDER BY name, seq",
            (self._key(key), TYPES.index(kind)),
        )
        for file, line, pickled in rows:
            yield Found(kind(key, *pickle.loads(pickled)), self.files[file], line)

    def _key(self, key: ThreadKey) -> int:
        if self.last is None or self.last[0] != key:
            where = (key.site, key.id)
            self.database.execute("INSERT OR IGNORE INTO threads (site, id) VALUES (?, ?)", where)
            row = self.database.execute("SELECT key FROM threads WHERE site = ? AND id = ?", where).fetchone()
            self.last = (key, int(row[0]))
        return self.last[1]

    def _file(self, name: str) -> int:
        if not self.files or self.files[-1] != name:
            self.files.append(name)
        return len(self.files) - 1

    def _flush(self) -> None:
        self.database.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)", self.batch)
        self.batch.clear()


def record_name(record: Record) -> str:
    """What tells a record from others of its kind in its thread; nothing for those of which the latest counts."""
    match record:
        case Comment():
            return record.id
        case StatedClaim() | StatedMove() | PlatformMove():
            return record.name
        case _:
            return ""

"""Where records wait, in bounded memory, until all files are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple

from rejoinder.loaders.gathering.temporary import Temporary
from rejoinder.records import (
    AifEdge,
    AifGraph,
    AifLocution,
    AifNode,
    AifPerson,
    Comment,
    Found,
    Judgement,
    Kind,
    Link,
    PlatformMove,
    Record,
    State,
    StatedClaim,
    StatedMove,
    Thread,
    ThreadKey,
    Verdict,
)

BATCH = 1_000
SCHEMA = """
CREATE TABLE threads (key INTEGER PRIMARY KEY, site TEXT, id TEXT, UNIQUE (site, id));
CREATE TABLE records (
  key INTEGER, type INTEGER, name TEXT, seq INTEGER, file INTEGER, line INTEGER, text TEXT, rest TEXT
);
"""
INDEX = "CREATE INDEX by_thread ON records (key, type, name, seq)"
THREAD, COMMENT, CLAIM, MOVE, PLATFORM, AIF, JUDGEMENT = range(7)
Row = tuple[int, int, str, int, int, int, str, str]


class Spill(Temporary):
    """Takes records in load order and gives them back by thread, each kind sorted by name and then by load order."""

    SCHEMA = SCHEMA

    def __init__(self) -> None:
        super().__init__()
        self.files: list[str] = []
        self.batch: list[Row] = []
        self.count = 0
        self.last: tuple[ThreadKey, int] | None = None

    def add(self, found: Found) -> None:
        """Takes one record."""
        record = found.record
        key = self._key(record.thread)
        kind, name, text, rest = packed(record)
        self.count += 1
        self.batch.append((key, kind, name, self.count, self._file(found.file), found.line, text, rest))
        if len(self.batch) >= BATCH:
            self._flush()

    def threads(self) -> Iterator[ThreadKey]:
        """The keys of all threads, sorted; call it once, when all records are in."""
        self._flush()
        self.database.execute(INDEX)
        for site, name in self.database.execute("SELECT site, id FROM threads ORDER BY site, id"):
            yield ThreadKey(site, name)

    def descriptions(self, key: ThreadKey) -> list[Thread]:
        """What was said of the thread, in load order."""
        return [Thread(key, *json.loads(row[3])) for row in self._rows(key, THREAD)]

    def comments(self, key: ThreadKey) -> Iterator[Found]:
        """The thread's comments by id, equal ids in load order."""
        for name, place, text, rest in self._rows(key, COMMENT):
            yield Found(unpacked_comment(key, name, text, rest), self.files[place[0]], place[1])

    def claims(self, key: ThreadKey) -> Iterator[Found]:
        """The thread's stated claims by name, equal names in load order."""
        for name, place, _, rest in self._rows(key, CLAIM):
            yield Found(StatedClaim(key, name, *json.loads(rest)), self.files[place[0]], place[1])

    def moves(self, key: ThreadKey) -> Iterator[Found]:
        """The thread's stated moves by name, equal names in load order."""
        for name, place, _, rest in self._rows(key, MOVE):
            kind, sources, target, comment, confidence = json.loads(rest)
            move = StatedMove(key, name, Kind(kind), tuple(sources), target, comment, confidence)
            yield Found(move, self.files[place[0]], place[1])

    def platform(self, key: ThreadKey) -> Iterator[Found]:
        """The thread's platform moves by name, equal names in load order."""
        for name, place, _, rest in self._rows(key, PLATFORM):
            kind, *fields = json.loads(rest)
            yield Found(PlatformMove(key, name, Kind(kind), *fields), self.files[place[0]], place[1])

    def judgements(self, key: ThreadKey) -> Iterator[Found]:
        """The thread's judgements in load order."""
        for _, place, _, rest in self._rows(key, JUDGEMENT):
            comment, kind, verdict, *fields = json.loads(rest)
            judgement = Judgement(key, comment, Kind(kind), Verdict(verdict), *fields)
            yield Found(judgement, self.files[place[0]], place[1])

    def aif(self, key: ThreadKey) -> Iterator[Found]:
        """The thread's AIF graphs, in load order."""
        for _, place, text, rest in self._rows(key, AIF):
            yield Found(unpacked_aif(key, text, rest), self.files[place[0]], place[1])

    def _rows(self, key: ThreadKey, kind: int) -> Iterator[tuple[str, tuple[int, int], str, str]]:
        rows = self.database.execute(
            "SELECT name, file, line, text, rest FROM records WHERE key = ? AND type = ? ORDER BY name, seq",
            (self._key(key), kind),
        )
        for name, file, line, text, rest in rows:
            yield name, (file, line), text, rest

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
        self.database.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self.batch)
        self.batch.clear()


def packed(record: Record) -> tuple[int, str, str, str]:
    """Kind, name, text and the other fields of a record, as a row holds them."""
    match record:
        case Thread():
            return THREAD, "", "", json.dumps([record.title, record.url, record.declared_comments])
        case Comment():
            return COMMENT, record.id, record.text, json.dumps(rest_of_comment(record))
        case StatedClaim():
            return CLAIM, record.name, "", json.dumps([record.comment, record.start, record.end])
        case StatedMove():
            rest = [record.kind, record.sources, record.target, record.comment, record.confidence]
            return MOVE, record.name, "", json.dumps(rest)
        case PlatformMove():
            return PLATFORM, record.name, "", json.dumps(rest_of_platform(record))
        case Judgement():
            return JUDGEMENT, "", "", json.dumps(rest_of_judgement(record))
        case AifGraph():
            return AIF, "", record.text or "", json.dumps(rest_of_aif(record))


def rest_of_comment(one: Comment) -> list[object]:
    """The fields of a comment but for its id and text."""
    links = [(link.start, link.end, link.url) for link in one.links]
    told = [one.parent, one.author, one.created, one.url, one.declared_replies]
    return [*told, one.states, one.position, links, one.addressed, one.to]


def rest_of_platform(one: PlatformMove) -> list[object]:
    """The fields of a move that a site knows but for its name."""
    return [one.kind, one.target, one.cue, one.comment, one.start, one.end, one.author, one.exact]


def rest_of_judgement(one: Judgement) -> list[object]:
    """The fields of a judgement."""
    what = [one.comment, one.kind, one.verdict, one.words, one.target, one.target_words]
    return [*what, one.by, one.note, one.occurrence, one.target_occurrence]


def rest_of_aif(one: AifGraph) -> list[object]:
    """The parts of a graph but for its text, and whether it has one."""
    parts = (one.nodes, one.edges, one.locutions, one.persons)
    return [*([astuple(each) for each in part] for part in parts), one.numbers, one.text is not None]


def unpacked_comment(key: ThreadKey, name: str, text: str, rest: str) -> Comment:
    """The comment that `packed` put into a row."""
    parent, author, created, url, replies, states, position, links, addressed, to = json.loads(rest)
    known, places = tuple(State(one) for one in states), tuple(Link(*one) for one in links)
    return Comment(key, name, text, parent, author, created, url, replies, known, position, places, addressed, to)


def unpacked_aif(key: ThreadKey, text: str, rest: str) -> AifGraph:
    """The AIF graph that `packed` put into a row."""
    nodes, edges, locutions, persons, numbers, has_text = json.loads(rest)
    return AifGraph(
        key,
        tuple(AifNode(*one) for one in nodes),
        tuple(AifEdge(*one) for one in edges),
        tuple(AifLocution(*one) for one in locutions),
        tuple(AifPerson(*one) for one in persons),
        numbers,
        text if has_text else None,
    )

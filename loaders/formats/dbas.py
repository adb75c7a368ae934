"""D-BAS: the PostgreSQL dump of a dialog-based argumentation system, with its issues, statements and arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.gathering.stated_checks import LONGEST_CLAIM
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Kind, State, StatedClaim, StatedMove, Thread, ThreadKey

NAME = "dbas"
SUMMARY = "D-BAS: a plain PostgreSQL dump (pg_dump) of its database"
READS = Reads(
    recognised="an SQL dump with the column `premisesgroup_uid`",
    id="`statements.uid`; an issue's own text is `issue` and its number; the thread is `issues.slug`",
    parent="the conclusion that a statement is first a premise for; the issue for a position",
    author="`users.public_nickname` of the first text version, but for the anonymous user",
    created="`textversions.timestamp`, in UTC",
    body="`textversions.content`, the last that is not disabled",
    states="`statements.is_disabled`",
    moves="`arguments`: supports with linked premises, rebuttals, undercuts of other arguments",
    ignored="clicks, reviews, references, users' data; negated premises count as they are worded",
)

SITE = "dbas"
TABLES = {"arguments", "issues", "premises", "statements", "textversions", "users"}
COPY_LINE = re.compile(r'COPY (?:public\.)?"?(?P<table>\w+)"? \((?P<columns>[^()]*)\) FROM stdin;')
ESCAPE = re.compile(r"\\(?:([bfnrtv\\])|x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|(.))")
ESCAPE_CHARACTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}
ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its values by column, None for NULL."""

    values: dict[str, str | None]
    line: int

    def __getitem__(self, column: str) -> str:
        return self.values.get(column) or ""

    def true(self, column: str) -> bool:
        """True for a boolean that is set."""
        return self[column] in ("t", "true", "1")


@dataclass(slots=True)
class Database:
    """The tables that are read, each by uid, and what is looked up in them."""

    tables: dict[str, dict[str, Row]] = field(default_factory=lambda: {name: {} for name in TABLES})
    problems: list[Problem] = field(default_factory=list)
    versions: dict[str, list[Row]] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    def index(self) -> None:
        """Notes the wordings of each statement, the premises of each group, and what a premise first argues for."""
        for row in self.tables["textversions"].values():
            self.versions.setdefault(row["statement_uid"], []).append(row)
        for row in self.tables["premises"].values():
            if not row.true("is_disabled") and row["statement_uid"] in self.tables["statements"]:
                self.groups.setdefault(row["premisesgroup_uid"], []).append(row["statement_uid"])
        for row in self.arguments():
            about = row["conclusion_uid"] or next(iter(self.premises(row["argument_uid"])), "")
            for premise in self.groups.get(row["premisesgroup_uid"], []):
                self.parents.setdefault(premise, about)

    def arguments(self) -> list[Row]:
        """The arguments that are not disabled and have premises."""
        rows = self.tables["arguments"].values()
        return [row for row in rows if not row.true("is_disabled") and self.groups.get(row["premisesgroup_uid"])]

    def premises(self, argument: str) -> list[str]:
        """The statements that an argument starts from."""
        row = self.tables["arguments"].get(argument)
        return self.groups.get(row["premisesgroup_uid"], []) if row else []

    def author(self, user: str) -> str | None:
        """What a user is called in public."""
        row = self.tables["users"].get(user)
        name = (row["public_nickname"] or row["nickname"]).strip() if row else ""
        return name if name and name != ANONYMOUS else None


def recognises(path: Path, head: str) -> bool:
    """True for an SQL dump with the misspelt column that only D-BAS has."""
    return "premisesgroup_uid" in head and ("CREATE TABLE" in head or COPY_LINE.search(head) is not None)


def load(source: Source) -> Iterator[Found | Problem]:
    """A thread an issue, a comment and a claim a statement, a move an argument; raises LoadError without issues."""
    scrubber = Scrubber()
    base = read_dump(source, scrubber)
    yield from base.problems
    if not base.tables["issues"]:
        raise LoadError(source.name, 1, "expected COPY lines of the tables issues, statements and arguments, got none")
    base.index()
    keys = dict[str, ThreadKey]()
    for uid, row in base.tables["issues"].items():
        key = keys[uid] = ThreadKey(SITE, row["slug"] or uid)
        yield Found(Thread(key, row["title"].strip() or None), source.name, row.line)
        if row["info"].strip():
            about = Comment(key, f"issue {uid}", row["info"].strip(), created=utc_timestamp(row["date"]))
            yield Found(about, source.name, row.line)
    for records_of in (statement_records, argument_moves):
        yield from (Found(record, source.name, line) for record, line in records_of(base, keys))
    yield from scrubber.problems(source.name)


def read_dump(source: Source, scrubber: Scrubber) -> Database:
    """The rows of the tables that matter here; the others are passed over."""
    base, table, columns = Database(), "", list[str]()
    for raw_line in source.lines():
        if isinstance(raw_line, Problem):
            base.problems.append(raw_line)
            continue
        number, raw = raw_line
        line = scrubber.line(raw, number)
        begin = COPY_LINE.match(line) if not table else None
        if begin is not None:
            table, columns = begin["table"], [name.strip().strip('"') for name in begin["columns"].split(",")]
        elif line == "\\.":
            table = ""
        elif table in TABLES:
            values = [None if part == "\\N" else ESCAPE.sub(escaped_character, part) for part in line.split("\t")]
            if len(values) == len(columns):
                row = Row(dict(zip(columns, values, strict=True)), number)
                base.tables[table][row["uid"]] = row
            else:
                message = f"expected {len(columns)} values for the table {table}, got {len(values)}"
                base.problems.append(Problem(source.name, number, message, lost=True))
    return base


def escaped_character(match: re.Match[str]) -> str:
    """The character that an escape of the COPY format stands for (PostgreSQL manual, COPY, text format)."""
    if match[1]:
        return ESCAPE_CHARACTERS[match[1]]
    code = int(match[2], 16) if match[2] else int(match[3], 8) if match[3] else None
    return match[4] if code is None else chr(code) if 32 <= code < 127 else "\ufffd"


def utc_timestamp(text: str) -> str | None:
    """A timestamp, which D-BAS keeps in UTC without saying so.

    >>> utc_timestamp("2017-08-19 11:25:09.22")
    '2017-08-19T11:25:09.22Z'
    """
    plain = re.fullmatch(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)", text)
    return f"{plain[1]}T{plain[2]}Z" if plain else text or None


def statement_records(base: Database, keys: dict[str, ThreadKey]) -> Iterator[tuple[Comment | StatedClaim, int]]:
    """A comment a statement, and a claim where it is not disabled."""
    for uid, row in base.tables["statements"].items():
        key, versions = keys.get(row["issue_uid"]), base.versions.get(uid, [])
        worded = [version for version in versions if not version.true("is_disabled")] or versions
        text = worded[-1]["content"].strip() if worded else ""
        disabled = row.true("is_disabled")
        if key is None or not (text or disabled):
            continue
        parent = base.parents.get(uid) or (f"issue {row['issue_uid']}" if row.true("is_startpoint") else None)
        yield (
            Comment(
                key,
                uid,
                text,
                parent=parent,
                author=base.author(versions[0]["author_uid"]) if versions else None,
                created=utc_timestamp(versions[0]["timestamp"]) if versions else None,
                states=(State.DELETED,) if disabled else (),
            ),
            row.line,
        )
        if not disabled:
            yield StatedClaim(key, uid, uid, 0, min(len(text), LONGEST_CLAIM)), row.line


def argument_moves(base: Database, keys: dict[str, ThreadKey]) -> Iterator[tuple[StatedMove, int]]:
    """A move an argument; linked premises against something are a rebuttal each, for only supports are linked."""
    live = {row["uid"] for row in base.arguments()}
    for row in base.arguments():
        key, premises = keys.get(row["issue_uid"]), base.groups[row["premisesgroup_uid"]]
        target = row["conclusion_uid"] or f"argument {row['argument_uid']}"
        if key is None or (not row["conclusion_uid"] and row["argument_uid"] not in live):
            continue
        if row.true("is_supportive"):
            parts, kind = [tuple(premises)], Kind.SUPPORT
        else:
            parts, kind = (
                [(premise,) for premise in premises],
                Kind.REBUTTAL if row["conclusion_uid"] else Kind.UNDERCUT,
            )
        for place, sources in enumerate(parts, start=1):
            name = f"argument {row['uid']}" if place == 1 else f"argument {row['uid']} premise {place}"
            yield StatedMove(key, name, kind, sources, target, sources[0]), row.line

"""A mailbox file (mbox) or a single mail, message by message, and which messages answer which, in bounded memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rejoinder.errors import Problem
from rejoinder.loaders.containers.mail import Header, Message
from rejoinder.loaders.gathering.temporary import TemporaryDatabase
from rejoinder.loaders.opening.source import Source, no_progress
from rejoinder.loaders.sites.digests import is_digest_header, mails_within, topic_id
from rejoinder.loaders.sites.subjects import is_reply_subject
from rejoinder.records import digest

LONGEST_SEPARATOR = 500  # bytes of a line that may part messages
SEPARATOR = re.compile(rb"From .*\d{1,2}:\d\d.*\b(?:19|20)\d\d\b")
LINE_AFTER_SEPARATOR = re.compile(rb"[!-9;-~]+[ \t]*:|>From ")
ESCAPED_FROM = re.compile(rb">+From ")
REFERENCE = re.compile(r"<([^<>\s]{1,998})>")
MOST_REFERENCES = 1_000
SCHEMA = """
CREATE TABLE answers (id TEXT PRIMARY KEY, parent TEXT, met INTEGER, root TEXT) WITHOUT ROWID;
CREATE TABLE digested (place INTEGER PRIMARY KEY, id TEXT UNIQUE, above TEXT, topic TEXT, answers INTEGER);
CREATE INDEX topics ON digested (topic, answers, place);
CREATE TABLE seen (id TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID;
CREATE TABLE titled (root TEXT PRIMARY KEY) WITHOUT ROWID;
"""


@dataclass(slots=True)
class Letter:
    """A message, its `From ` line and where that stands; its id is its own, or made of its header.

    Of one that stands in a digest, `digest` is the header of that, and `topic` what its thread is called where nothing
    but its subject tells which that is.
    """

    line: int
    separator: bytes
    message: Message = field(default_factory=lambda: Message(is_digest_header))
    id: str = ""
    digest: Header | None = None
    topic: str = ""

    @property
    def header(self) -> Header:
        """The message's own header."""
        return self.message.header


def letters_in(source: Source, *, bodies: bool = True) -> Iterator[Letter | Problem]:
    """The messages in the order of the file, those within digests in their place; without `bodies` only headers.

    A `From ` line begins a message if it names a time and a year and a field follows. One `>` is taken from lines
    `>From `, unless they stand in a quotation. A file that begins otherwise is one message, as it stands.
    """
    return (mailbox_letters if source.head().lstrip().startswith(b"From ") else single_letter)(source, bodies)


def mailbox_letters(source: Source, bodies: bool) -> Iterator[Letter | Problem]:
    """The messages of a mailbox."""
    letter: Letter | None = None
    waiting: tuple[int, bytes] | None = None
    before, unnamed = b"", Counter[str]()
    for line in source.lines():
        if isinstance(line, Problem):
            yield line
            continue
        number, raw = line
        if waiting is not None and LINE_AFTER_SEPARATOR.match(raw):
            yield from finished_letters(letter, unnamed)
            letter, waiting = Letter(*waiting), None
        elif waiting is not None:
            add_line(letter, waiting[1], bodies)
            waiting = None
        if raw.startswith(b"From ") and len(raw) <= LONGEST_SEPARATOR and SEPARATOR.match(raw):
            waiting = (number, raw)
        else:
            add_line(letter, raw[1:] if ESCAPED_FROM.match(raw) and not before.startswith(b">") else raw, bodies)
        before = raw
    yield from finished_letters(letter, unnamed)


def single_letter(source: Source, bodies: bool) -> Iterator[Letter | Problem]:
    """The one message that a file is."""
    letter: Letter | None = None
    for line in source.lines():
        if isinstance(line, Problem):
            yield line
        elif letter is not None or line[1].strip():
            letter = letter or Letter(line[0], b"")
            add_line(letter, line[1], bodies)
    yield from finished_letters(letter, Counter())


def add_line(letter: Letter | None, line: bytes, bodies: bool) -> None:
    """Adds a line to the message, if there is one and the line is wanted."""
    if letter is not None and (bodies or letter.message.gathers or letter.message.open is letter.header):
        letter.message.add(line)


def finished_letters(letter: Letter | None, unnamed: Counter[str]) -> Iterator[Letter]:
    """The message, or in its place those within it, if it is a digest."""
    if letter is None:
        return
    mails = mails_within(letter.message)
    if not mails:
        yield with_id(letter, unnamed)
    for above, message in mails:
        inner = Letter(letter.line + above + bool(letter.separator), b"", message, digest=letter.header)
        named = (
            message.header.raw_field("message-id") and letter.message.within
        )  # a digest in plain text has no `References`
        inner.topic = "" if named or ancestor_ids(message.header) else topic_id(message.header, letter.header)
        yield with_id(inner, unnamed)


def with_id(letter: Letter, unnamed: Counter[str]) -> Letter:
    """The message with its id."""
    own = message_ids(letter.header.raw_field("message-id"))
    if own:
        letter.id = own[0]
        return letter
    parts = [letter.header.raw_field(name) for name in ("from", "date", "subject")]
    letter_id = digest("letter", letter.separator.decode("utf-8", "replace"), *parts)[:12]
    unnamed[letter_id] += 1
    letter.id = f"{letter_id}.{unnamed[letter_id]}"
    return letter


def message_ids(value: str) -> list[str]:
    """The ids in a field without their brackets; where there are no brackets, the words that look like ids.

    >>> message_ids("<a@x> <b@x>"), message_ids("a@x"), message_ids("your letter of May")
    (['a@x', 'b@x'], ['a@x'], [])
    """
    ids = REFERENCE.findall(value)
    return (ids or [word.strip("<>,;") for word in value.split() if "@" in word.strip("<>,;@")])[-MOST_REFERENCES:]


def ancestor_ids(header: Header) -> list[str]:
    """The ids of the messages above, the first first and the parent last (RFC 5322, 3.6.4)."""
    above = list(dict.fromkeys(message_ids(header.raw_field("references"))))
    parents = message_ids(header.raw_field("in-reply-to"))
    # In old mail the field is a sentence that names the writer's address, too.
    parent = next((name for name in reversed(parents) if name in above), parents[-1] if parents else None)
    if parent is None:
        return above
    return [*(name for name in above if name != parent), parent]


class ReplyIndex(TemporaryDatabase):
    """Which message answers which."""

    SCHEMA = SCHEMA

    def read(self, source: Source) -> None:
        """Notes all messages of a file; raises OSError if it cannot be read."""
        for item in letters_in(replace(source, progress=no_progress), bodies=False):
            if isinstance(item, Letter):
                above = [name for name in ancestor_ids(item.header) if name != item.id]
                self.note(item.id, above) if item.digest is None else self.keep(item, above)

    def keep(self, letter: Letter, above: list[str]) -> None:
        """A message within a digest, to be noted when all others are known."""
        row = (letter.id, " ".join(above), letter.topic, is_reply_subject(letter.header.words("subject")))
        self.database.execute("INSERT OR IGNORE INTO digested VALUES (NULL, ?, ?, ?, ?)", row)

    def settle(self) -> None:
        """Notes the messages within digests that do not stand outside them, too."""
        for name, above in self.database.execute("SELECT id, above FROM digested ORDER BY place").fetchall():
            if self.is_known(name):
                self.database.execute("DELETE FROM digested WHERE id = ?", (name,))
            else:
                self.note(name, above.split())

    def is_digested(self, name: str) -> bool:
        """True for a message that stands in a digest and nowhere else."""
        return self.database.execute("SELECT 1 FROM digested WHERE id = ?", (name,)).fetchone() is not None

    def opener(self, topic: str) -> str | None:
        """The first message in a digest about a topic that answers none."""
        query = "SELECT id FROM digested WHERE topic = ? AND answers = 0 ORDER BY place LIMIT 1"
        row = self.database.execute(query, (topic,)).fetchone()
        return None if row is None else str(row[0])

    def thread_begun(self, name: str) -> str:
        """What the thread of a message that answers none is called: as that, or for what its digest tells of it."""
        row = self.database.execute("SELECT topic FROM digested WHERE id = ?", (name,)).fetchone()
        return (row and str(row[0])) or name

    def note(self, name: str, above: list[str]) -> None:
        """A message, and the messages above it, of which each answers the one before."""
        parent = above[-1] if above else None
        self.database.execute(
            "INSERT INTO answers VALUES (?, ?, 1, NULL) ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, "
            "met = 1 WHERE met = 0",
            (name, parent),
        )
        links = [(ancestor, above[place - 1] if place else None) for place, ancestor in enumerate(above)]
        self.database.executemany(
            "INSERT INTO answers VALUES (?, ?, 0, NULL) ON CONFLICT (id) DO UPDATE SET parent = excluded.parent "
            "WHERE met = 0 AND parent IS NULL",
            links,
        )

    def is_known(self, name: str) -> bool:
        """True if a message of that id is in the file."""
        row = self.database.execute("SELECT met FROM answers WHERE id = ?", (name,)).fetchone()
        return row is not None and bool(row[0])

    def root(self, name: str) -> str:
        """The message that the thread began with, in the file or not; of a circle the smallest id."""
        path: dict[str, None] = {}
        at, root = name, None
        while root is None:
            path[at] = None
            row = self.database.execute("SELECT parent, root FROM answers WHERE id = ?", (at,)).fetchone()
            parent, root = row if row is not None else (None, None)
            if root is not None:
                break
            if parent is None:
                root = self.thread_begun(at)
            elif parent in path:
                circle = list(path)
                root = min(circle[circle.index(parent) :])
            else:
                at = str(parent)
        self.database.executemany("UPDATE answers SET root = ? WHERE id = ?", [(root, member) for member in path])
        return str(root)

    def earlier_digest(self, name: str, text: str) -> str | None:
        """The digest of the text of an earlier message of that id; None, and noted, if this is the first."""
        done = self.database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (name, text))
        if done.rowcount:
            return None
        return str(self.database.execute("SELECT text FROM seen WHERE id = ?", (name,)).fetchone()[0])

    def untitled(self, root: str) -> bool:
        """True the first time that it is asked for a thread."""
        return bool(self.database.execute("INSERT OR IGNORE INTO titled VALUES (?)", (root,)).rowcount)

"""What every record must be, whichever loader made it: named by ids that are not blank, and such as stores take."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, replace

from rejoinder.errors import Problem
from rejoinder.loaders.values.scrub import REPLACEMENT, UNWELCOME_CHARACTERS
from rejoinder.records import (
    AifGraph,
    Comment,
    Found,
    Judgement,
    PlatformMove,
    Record,
    State,
    StatedClaim,
    StatedMove,
    Thread,
    ThreadKey,
)

RECORD_NOUNS = {
    Thread: "a thread",
    Comment: "a comment",
    StatedClaim: "a stated claim",
    StatedMove: "a stated move",
    PlatformMove: "a move that the site records",
    Judgement: "a judgement",
    AifGraph: "an AIF graph",
}
MOST_BYTES = 16_000_000  # of a text as the store takes it in: what is written escaped takes two
MOST_OF_A_NAME = 10_000  # characters of an id or a person's name, of which names in the store are made
LONGEST_PLACEHOLDER = 40  # characters
GONE_WORDS = frozenset(
    {"[deleted]", "[removed]", "[ removed by reddit ]", "[deleted by user]", "[unavailable]", "[flagged]", "[dead]"}
)
NAME_FIELDS = frozenset({"id", "name", "parent", "author", "comment", "target", "to", "by"})
PEOPLE_FIELDS = frozenset({"author", "to", "by"})  # names of people, who are one person in whichever form of Unicode
STRING_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in RECORD_NOUNS}


def admit_record(entry: Found) -> Found | Problem:
    """The record, a blank parent taken for none, what no store takes for U+FFFD, and names of people in NFC.

    A Problem where an id is blank, or where it is too long to be stored.
    """
    blank = next((label for label, name in ids_of(entry) if not name.strip()), None)
    if blank is not None:
        message = f"expected {RECORD_NOUNS[type(entry.record)]} whose {blank} is not blank{beginning_of_comment(entry)}"
        return Problem(entry.file, entry.line, message, lost=True)
    for part, size, most, unit in field_lengths(entry.record):
        if size > most:
            message = (
                f"expected {RECORD_NOUNS[type(entry.record)]} whose {part} has at most {most:,} {unit}, got {size:,}"
            )
            return Problem(entry.file, entry.line, message, lost=True)
    record = clean_record(entry.record)
    if isinstance(record, Comment):
        record = without_placeholders(record)
    return entry if record is entry.record else replace(entry, record=record)


def without_placeholders(comment: Comment) -> Comment:
    """The comment without a blank parent, and without the words that stand in place of a name or text that is gone.

    A dump has no such words, for its paragraphs are kept as they are.
    """
    if comment.parent is not None and not comment.parent.strip():
        comment = replace(comment, parent=None)
    if comment.author is not None and is_gone(comment.author):
        comment = replace(comment, author=None)
    if comment.position is None and is_gone(comment.text):
        states = tuple(sorted({*comment.states, State.DELETED}))
        comment = replace(comment, text="", links=(), states=states)
    return comment


def is_gone(words: str) -> bool:
    """True for what stands in place of a name or a text.

    >>> is_gone("[removed]"), is_gone("[Deleted by user] "), is_gone("It was deleted.")
    (True, True, False)
    """
    return words[:1] in "[ " and len(words) < LONGEST_PLACEHOLDER and words.strip().casefold() in GONE_WORDS


def field_lengths(record: Record) -> Iterator[tuple[str, int, int, str]]:
    """What a record says, how long that is, how long it may be, and in what; nothing that is longer could be stored."""
    key = record.thread
    names = [("site", key.site), ("thread id", key.id)]
    field_values = [(name, getattr(record, name)) for name in STRING_FIELDS[type(record)]]
    names += [pair for pair in field_values if pair[0] in NAME_FIELDS and isinstance(pair[1], str)]
    yield from ((label, len(name), MOST_OF_A_NAME, "characters") for label, name in names)
    texts = [pair for pair in field_values if pair[0] not in NAME_FIELDS and isinstance(pair[1], str)]
    texts += [("link", link.url) for link in record.links] if isinstance(record, Comment) else []
    texts += [("node", node.text) for node in record.nodes] if isinstance(record, AifGraph) else []
    yield from ((label, written_size(text), MOST_BYTES, "bytes") for label, text in texts)


def written_size(text: str) -> int:
    """How many bytes a text takes, escapes and all; of one that is surely short enough, no more than its length."""
    if len(text) <= MOST_BYTES // 4:
        return len(text)
    return len(text.encode("utf-8", "surrogatepass")) + sum(map(text.count, '\\"\n\r'))


def clean_record(record: Record) -> Record:
    """The record without the characters that a loader should have replaced, and with names of people in NFC.

    Itself where all is so. Ids stay as the source has them, and texts, whose offsets count code points.
    """
    changes: dict[str, object] = {}
    for name in STRING_FIELDS[type(record)]:
        value = getattr(record, name)
        if isinstance(value, str) and UNWELCOME_CHARACTERS.search(value):
            changes[name] = UNWELCOME_CHARACTERS.sub(REPLACEMENT, value)
        elif isinstance(value, ThreadKey) and UNWELCOME_CHARACTERS.search(value.site + value.id):
            changes[name] = ThreadKey(
                UNWELCOME_CHARACTERS.sub(REPLACEMENT, value.site), UNWELCOME_CHARACTERS.sub(REPLACEMENT, value.id)
            )
        if name in PEOPLE_FIELDS and isinstance(value, str) and not unicodedata.is_normalized("NFC", value):
            changes[name] = unicodedata.normalize("NFC", str(changes.get(name, value)))
    return replace(record, **changes) if changes else record  # type: ignore[arg-type]  # a text for a text


def ids_of(entry: Found) -> Iterator[tuple[str, str]]:
    """The ids without which the record cannot be kept, each with what it is."""
    record = entry.record
    key = record.thread
    yield "site", key.site
    yield "thread id", key.id
    match record:
        case Comment():
            yield "id", record.id
        case StatedClaim() | StatedMove():
            yield "name", record.name
            yield "comment", record.comment
        case PlatformMove():
            yield "name", record.name
            yield "target", record.target
        case Judgement():
            yield "comment", record.comment


def beginning_of_comment(entry: Found) -> str:
    """How a comment begins, to find it by."""
    words = entry.record.text.split(maxsplit=8)[:8] if isinstance(entry.record, Comment) else []
    return f"; it begins {' '.join(words)[:60]!r}" if words else ""

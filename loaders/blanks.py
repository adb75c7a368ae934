"""What every record must have, whichever loader made it: ids that are not blank, for a blank one names everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rejoinder.errors import Problem
from rejoinder.records import AifGraph, Comment, Found, PlatformMove, StatedClaim, StatedMove, Thread

WHAT = {
    Thread: "a thread",
    Comment: "a comment",
    StatedClaim: "a stated claim",
    StatedMove: "a stated move",
    PlatformMove: "a move that the site records",
    AifGraph: "an AIF graph",
}


def named(found: Found) -> Found | Problem:
    """The record, a blank parent taken for none; a Problem where an id that it needs is blank."""
    blank = next((what for what, name in ids_of(found) if not name.strip()), None)
    if blank is not None:
        message = f"expected {WHAT[type(found.record)]} whose {blank} is not blank{beginning(found)}"
        return Problem(found.file, found.line, message, lost=True)
    record = found.record
    if isinstance(record, Comment) and record.parent is not None and not record.parent.strip():
        return replace(found, record=replace(record, parent=None))
    return found


def ids_of(found: Found) -> Iterator[tuple[str, str]]:
    """The ids without which the record cannot be kept, each with what it is."""
    record = found.record
    key = record.key if isinstance(record, Thread) else record.thread
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


def beginning(found: Found) -> str:
    """How a comment begins, to find it by."""
    words = found.record.text.split(maxsplit=8)[:8] if isinstance(found.record, Comment) else []
    return f"; it begins {' '.join(words)[:60]!r}" if words else ""

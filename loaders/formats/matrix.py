"""Rooms of Matrix as Element exports them (JSON), or as the API of a server lists their events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Body, from_html, plain
from rejoinder.loaders.containers.documents import Document, json_documents
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.fields import FieldError, Fields
from rejoinder.loaders.format import Reads
from rejoinder.loaders.mapping import FieldMap, comment_of, pick
from rejoinder.loaders.scrub import Scrubber
from rejoinder.loaders.sites.skipped import Skipped
from rejoinder.loaders.source import Source
from rejoinder.records import Comment, Found, Thread, ThreadKey

NAME = "matrix"
SUMMARY = "Matrix: a room as Element exports it (JSON), or as the API of a server lists its events"
READS = Reads(
    recognised="events with `event_id`, `sender` and `origin_server_ts` in `messages` or `chunk`",
    id="`event_id`; the thread is `room_id`",
    parent="`event_id` of `m.in_reply_to`; in a thread without one its root, and the words are asked",
    author="`sender`",
    created="`origin_server_ts`",
    body="`formatted_body` (HTML) without the quotation of what is answered, else `body`; the latest of its versions",
    states="deleted where it was redacted",
    ignored="who joined and what the room was called; pictures and files, reactions, polls; encrypted messages",
)

SITE = "matrix"
MAP = FieldMap(id="event_id", text="body", parent="above", author="sender", created="origin_server_ts", deleted="gone")
WORDED = frozenset({"m.text", "m.notice", "m.emote"})
ANSWERED = re.compile(r"\A\s*<mx-reply>.*?</mx-reply>", re.DOTALL)  # sought once, where it must stand
FALLBACK = re.compile(r"\A(?:> .*\n)+\n?")
RELATES = "m.relates_to"
PLACES = ("messages[].", "chunk[].")
Json = dict[str, Any]
Edits = Mapping[tuple[str, str], Json]


def recognises(path: Path, head: str) -> bool:
    """True for the events of a room."""
    paths = json_paths(head)
    return any({f"{at}{one}" for one in ("event_id", "sender", "origin_server_ts")} <= paths for at in PLACES)


def load(source: Source) -> Iterator[Found | Problem]:
    """The room as a thread, and its messages in their order."""
    scrubber, skipped, told = Scrubber(), Skipped(), set[str]()
    for document in json_documents(source):
        events = events_in(document)
        edits = edits_in(events)
        for one in events:
            line = document.line(one.get("event_id") if isinstance(one, dict) else one)
            try:
                comment = message(one, edits, line, scrubber, skipped)
            except FieldError as error:
                yield Problem(source.name, line, str(error), lost=True)
                continue
            if comment is None:
                continue
            if comment.thread.id not in told:
                told.add(comment.thread.id)
                yield Found(Thread(comment.thread, title_of(document, scrubber)), source.name, line)
            yield Found(comment, source.name, line)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def title_of(document: Document, scrubber: Scrubber) -> str | None:
    """What the room is called."""
    name = pick(document.value, "room_name")
    return scrubber.text(name, 1) if isinstance(name, str) and name.strip() else None


def events_in(document: Document) -> list[Any]:
    """The events, whatever they are."""
    value = document.value if isinstance(document.value, dict) else {}
    several = value.get("messages") if isinstance(value.get("messages"), list) else value.get("chunk")
    return several if isinstance(several, list) else []


def content_of(event: Any) -> Json:
    """What an event holds: of an edit, what the message is to hold now."""
    content = event.get("content") if isinstance(event, dict) else None
    content = content if isinstance(content, dict) else {}
    edited = content.get("m.new_content")
    return edited if isinstance(edited, dict) else content


def relation(event: Any) -> Json:
    """How an event relates to another."""
    content = event.get("content") if isinstance(event, dict) else None
    found = content.get(RELATES) if isinstance(content, dict) else None
    return found if isinstance(found, dict) else {}


def pick_relation(event: Any, name: str) -> object:
    """A part of how an event relates to another."""
    return relation(event).get(name)


def edits_in(events: Sequence[Any]) -> Edits:
    """What messages are to hold now, by their ids and writers, for nobody else may edit them: the latest versions.

    The API lists events backwards, too, so the latest is told by the dates.
    """
    edits = sorted((one for one in events if is_edit(one)), key=sent)
    return {(str(pick_relation(one, "event_id")), str(one.get("sender"))): content_of(one) for one in edits}


def sent(event: Json) -> float:
    """When an event was sent, in milliseconds since 1970; 0 where that is not told."""
    told = event.get("origin_server_ts")
    return told if isinstance(told, int | float) else 0


def is_edit(event: Any) -> bool:
    """True for a newer version of a message."""
    return pick_relation(event, "rel_type") == "m.replace"


def message(one: Any, edits: Edits, line: int, scrubber: Scrubber, skipped: Skipped) -> Comment | None:
    """The message, None for what is none or has no words; raises FieldError."""
    if not isinstance(one, dict):
        raise FieldError(f"expected an event (an object), got {one!r:.40}")
    if one.get("type") == "m.room.encrypted":
        skipped.note("messages that are encrypted", line)
    if one.get("type") != "m.room.message" or is_edit(one):
        return None
    content = edits.get((str(one.get("event_id")), str(one.get("sender"))), content_of(one))
    gone = not content or pick(one, "unsigned.redacted_because") is not None
    if not gone and str(content.get("msgtype")) not in WORDED:
        skipped.note("pictures, files and the like", line)
        return None
    room = one.get("room_id")
    key = ThreadKey(SITE, scrubber.text(room, line) if isinstance(room, str) and room.strip() else SITE)
    parent, addressed = above(one, line, scrubber)
    whole = {**one, "above": parent, "gone": gone}
    body = Body("") if gone else body_of(content, parent, line, scrubber)
    comment = comment_of(whole, MAP, line=line, scrubber=scrubber, home=key, body=body)
    return replace(comment, addressed=addressed)


def above(one: Json, line: int, scrubber: Scrubber) -> tuple[str | None, bool]:
    """The event that a message answers or stands below, and whether it is known that it answers that."""
    related = relation(one)
    told = related.get("m.in_reply_to")
    told = told.get("event_id") if isinstance(told, dict) else told
    fields = Fields({"m.in_reply_to": told, "event_id": related.get("event_id")}, line, scrubber)
    answered = fields.above("m.in_reply_to")
    if related.get("rel_type") == "m.thread" and (related.get("is_falling_back") is True or not answered):
        return fields.above("event_id"), False
    return answered, answered is not None


def body_of(content: Json, parent: str | None, line: int, scrubber: Scrubber) -> Body:
    """The words without the quotation that old clients put above an answer."""
    markup, words = content.get("formatted_body"), content.get("body")
    if isinstance(markup, str) and content.get("format") == "org.matrix.custom.html":
        return from_html(ANSWERED.sub("", scrubber.text(markup, line)))
    text = scrubber.text(words, line) if isinstance(words, str) else ""
    return plain(FALLBACK.sub("", text) if parent else text)

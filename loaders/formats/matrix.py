"""Rooms of Matrix as Element exports them (JSON), or as the API of a server lists their events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Body, from_html, plain_body
from rejoinder.loaders.containers.documents import Document, json_documents
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import FieldMap, comment_of, pick
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.fields import FieldError, Fields, value_as_shown
from rejoinder.loaders.values.lenient import lenient_string
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Thread, ThreadKey

NAME = "matrix"
SUMMARY = "Matrix: a room as Element exports it (JSON), or as the API of a server lists its events"
READS = Reads(
    recognised="events with `event_id`, `sender` and `origin_server_ts` in `messages` or `chunk`",
    id="`event_id`; the thread is `room_id`",
    parent="`event_id` of `m.in_reply_to`; in a thread without one its root, and the words are asked",
    author="`sender`",
    created="`origin_server_ts`; of a message of which only edits are here, that of the latest",
    body="`formatted_body` (HTML) without the quotation of what is answered, else `body`; the latest of its versions, "
    "also where the first is not here",
    states="deleted where it was redacted",
    ignored="who joined and what the room was called; pictures and files, reactions, polls; encrypted messages",
)

SITE = "matrix"
MAP = FieldMap(id="event_id", text="body", parent="above", author="sender", created="origin_server_ts", deleted="gone")
WORDED_TYPES = frozenset({"m.text", "m.notice", "m.emote"})
REPLY_FALLBACK_HTML = re.compile(r"\A\s*<mx-reply>.*?</mx-reply>", re.DOTALL)  # sought once, where it must stand
REPLY_FALLBACK_TEXT = re.compile(r"\A(?:> .*\n)+\n?")
RELATION_KEY = "m.relates_to"
EVENT_PREFIXES = ("messages[].", "chunk[].")
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for the events of a room."""
    paths = json_paths(head)
    return any({f"{at}{key}" for key in ("event_id", "sender", "origin_server_ts")} <= paths for at in EVENT_PREFIXES)


def load(source: Source) -> Iterator[Found | Problem]:
    """The room as a thread, and its messages in their order."""
    scrubber, skipped, seen_ids = Scrubber(), SkipLog(), set[str]()
    for document in json_documents(source):
        events = events_in(document)
        versions = message_versions(events)
        for event in events:
            line = document.line(event.get("event_id") if isinstance(event, dict) else event)
            try:
                comment = event_comment(event, versions, line, scrubber, skipped)
            except FieldError as error:
                yield Problem(source.name, line, str(error), lost=True)
                continue
            if comment is None:
                continue
            if comment.thread.id not in seen_ids:
                seen_ids.add(comment.thread.id)
                yield Found(Thread(comment.thread, room_title(document, scrubber)), source.name, line)
            yield Found(comment, source.name, line)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def room_title(document: Document, scrubber: Scrubber) -> str | None:
    """What the room is called."""
    name = lenient_string(pick(document.value, "room_name"))
    return scrubber.text(name, 1) if name else None


def events_in(document: Document) -> list[Any]:
    """The events, whatever they are."""
    value = document.value if isinstance(document.value, dict) else {}
    several = value.get("messages") if isinstance(value.get("messages"), list) else value.get("chunk")
    return several if isinstance(several, list) else []


def event_content(event: Any) -> Json:
    """What an event holds: of an edit, what the message is to hold now."""
    content = event.get("content") if isinstance(event, dict) else None
    content = content if isinstance(content, dict) else {}
    edited = content.get("m.new_content")
    return edited if isinstance(edited, dict) else content


def event_relation(event: Any) -> Json:
    """How an event relates to another."""
    content = event.get("content") if isinstance(event, dict) else None
    relation = content.get(RELATION_KEY) if isinstance(content, dict) else None
    return relation if isinstance(relation, dict) else {}


def relation_part(event: Any, name: str) -> object:
    """A part of how an event relates to another."""
    return event_relation(event).get(name)


@dataclass(frozen=True, slots=True)
class MessageVersions:
    """The ids of a room's messages, and the latest edit of each by its id and writer, for nobody else may edit it."""

    message_ids: frozenset[str]
    latest: Mapping[tuple[str, str], Json]

    def latest_version(self, message: Json) -> Json | None:
        """The message as it reads now; of an edit, the message if that is not here and this is the latest of it."""
        if not is_edit(message):
            newer = self.latest.get((str(message.get("event_id")), str(message.get("sender"))))
            return (
                message
                if newer is None
                else {**message, "content": {**event_content(newer), RELATION_KEY: event_relation(message)}}
            )
        stands = self.latest.get(edit_target(message)) is message and edit_target(message)[0] not in self.message_ids
        return (
            {**message, "event_id": relation_part(message, "event_id"), "content": event_content(message)}
            if stands
            else None
        )


def message_versions(events: Sequence[Any]) -> MessageVersions:
    """The versions of a room's messages; the API lists events backwards, too, so the latest is told by the dates."""
    messages = [event for event in events if isinstance(event, dict) and event.get("type") == "m.room.message"]
    edits = sorted(filter(is_edit, messages), key=sent_time)
    return MessageVersions(
        frozenset(str(message.get("event_id")) for message in messages), {edit_target(edit): edit for edit in edits}
    )


def sent_time(event: Json) -> float:
    """When an event was sent, in milliseconds since 1970; 0 where that is not told."""
    sent = event.get("origin_server_ts")
    return sent if isinstance(sent, int | float) else 0


def is_edit(event: Any) -> bool:
    """True for a newer version of a message."""
    is_message = isinstance(event, dict) and event.get("type") == "m.room.message"
    return is_message and relation_part(event, "rel_type") == "m.replace"


def edit_target(event: Json) -> tuple[str, str]:
    """The id of the message that an edit is of, and who edits it."""
    return str(relation_part(event, "event_id")), str(event.get("sender"))


def event_comment(
    event: Any, versions: MessageVersions, line: int, scrubber: Scrubber, skipped: SkipLog
) -> Comment | None:
    """The message, None for what is none or has no words; raises FieldError."""
    if not isinstance(event, dict):
        raise FieldError(f"expected an event (an object), got {value_as_shown(event):.40}")
    if event.get("type") == "m.room.encrypted":
        skipped.note("messages that are encrypted", line)
    message = versions.latest_version(event) if event.get("type") == "m.room.message" else None
    if message is None:
        return None
    content = event_content(message)
    gone = not event_content(event) or pick(message, "unsigned.redacted_because") is not None
    if not gone and str(content.get("msgtype")) not in WORDED_TYPES:
        skipped.note("pictures, files and the like", line)
        return None
    comment = message_comment(message, Body("") if gone else None, line, scrubber)
    if is_edit(event):
        skipped.note("the latest versions of messages that are not here themselves", line, done="read")
    return comment


def message_comment(message: Json, body: Body | None, line: int, scrubber: Scrubber) -> Comment:
    """The comment of a message; an empty `body` where it is gone, None to read its words; raises FieldError."""
    key = ThreadKey(SITE, scrubber.text(lenient_string(message.get("room_id")) or SITE, line))
    parent, addressed = parent_event(message, line, scrubber)
    record = {**message, "above": parent, "gone": body is not None}
    body = message_body(event_content(message), parent, line, scrubber) if body is None else body
    return replace(comment_of(record, MAP, line=line, scrubber=scrubber, home=key, body=body), addressed=addressed)


def parent_event(message: Json, line: int, scrubber: Scrubber) -> tuple[str | None, bool]:
    """The event that a message answers or stands below, and whether it is known that it answers that."""
    related = event_relation(message)
    replied_to = related.get("m.in_reply_to")
    replied_to = replied_to.get("event_id") if isinstance(replied_to, dict) else replied_to
    fields = Fields({"m.in_reply_to": replied_to, "event_id": related.get("event_id")}, line, scrubber)
    answered = fields.parent_id("m.in_reply_to")
    if related.get("rel_type") == "m.thread" and (related.get("is_falling_back") is True or not answered):
        return fields.parent_id("event_id"), False
    return answered, answered is not None


def message_body(content: Json, parent: str | None, line: int, scrubber: Scrubber) -> Body:
    """The words without the quotation that old clients put above an answer."""
    markup, words = content.get("formatted_body"), content.get("body")
    if isinstance(markup, str) and content.get("format") == "org.matrix.custom.html":
        return from_html(REPLY_FALLBACK_HTML.sub("", scrubber.text(markup, line)))
    text = scrubber.text(words, line) if isinstance(words, str) else ""
    return plain_body(REPLY_FALLBACK_TEXT.sub("", text) if parent else text)

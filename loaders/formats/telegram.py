"""What Telegram Desktop exports as JSON: result.json of one chat, or of all of an account's.

The names of the fields are those of https://core.telegram.org/import-export.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Body, as_quotation, bare_links
from rejoinder.loaders.containers.documents import Document, json_documents, objects_in
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import FieldMap, comment_of
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.fields import FieldError, Fields
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Link, Thread, ThreadKey

NAME = "telegram"
SUMMARY = "Telegram Desktop's JSON export (result.json) of a chat, a group, a channel, or of all of them"
READS = Reads(
    recognised="`messages` that have a `type` and a `date` or `from`, beside a chat's `type` or below `chats.list`",
    id="`id`; the thread is the `id` of the chat",
    parent="`reply_to_message_id`, unless that is in another chat or a service message, such as one that begins a "
    "topic; without it the words are asked",
    author="`forwarded_from`, else `from`, else `from_id`",
    created="`date_unixtime`, else `date`, which names no zone",
    body="`text` with its links; block quotations as such",
    ignored="service messages, messages without words, pictures and files, polls, reactions",
)

SITE = "telegram"
MAP = FieldMap(
    id="id",
    text="text",
    parent="reply_to_message_id",
    author="forwarded_from|from|from_id",
    created="date_unixtime|date",
)
MESSAGE_PREFIXES = ("messages[].", "chats.list[].messages[].", "left_chats.list[].messages[].")
PEER_KIND = re.compile("^[a-z]+")
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for messages of a chat, alone or among the account's chats."""
    paths = json_paths(head)
    if "messages[].type" in paths and "type" not in paths:
        return False
    return any(
        {place + "type", place + "date"} <= paths and tells_sender_or_time(place, paths) for place in MESSAGE_PREFIXES
    )


def tells_sender_or_time(place: str, paths: frozenset[str]) -> bool:
    """True where messages say who wrote them, or when in seconds."""
    return bool({place + "from", place + "from_id", place + "actor", place + "date_unixtime"} & paths)


def load(source: Source) -> Iterator[Found | Problem]:
    """Each chat as a thread, and its messages in their order."""
    scrubber, skipped = Scrubber(), SkipLog()
    for document in json_documents(source):
        for chat in chats_in(document.value):
            yield from chat_records(document, chat, scrubber, skipped)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def chats_in(value: Any) -> Iterator[Json]:
    """The chats of an export."""
    if not isinstance(value, dict):
        return
    if isinstance(value.get("messages"), list):
        yield value
    for name in ("chats", "left_chats"):
        section = value.get(name)
        several = section.get("list") if isinstance(section, dict) else None
        yield from (chat for chat in several or () if isinstance(chat, dict) and isinstance(chat.get("messages"), list))


def chat_records(document: Document, chat: Json, scrubber: Scrubber, skipped: SkipLog) -> Iterator[Found | Problem]:
    """The thread of a chat, and its messages; one that is none is a Problem."""
    first = document.line(chat.get("id"))
    about = Fields({**chat, "id": str(chat.get("id") or "")}, first, scrubber)
    try:
        home = ThreadKey(SITE, about.required("id"))
    except FieldError as error:
        yield Problem(document.name, first, str(error), lost=True)
        return
    yield from chat_thread(about, home, document.name)
    service = {
        str(message.get("id"))
        for message in chat["messages"]
        if isinstance(message, dict) and message.get("type") == "service"
    }
    read = partial(message_comments, home=home, service=service, scrubber=scrubber, skipped=skipped)
    yield from read_items(objects_in(document, chat["messages"], "id", "a message"), read, document.name)


def chat_thread(about: Fields, home: ThreadKey, file: str) -> Iterator[Found | Problem]:
    """The thread of a chat; a name that is none is a Problem, and all that is lost."""
    name = None
    try:
        name = about.optional("name")
    except FieldError as error:
        yield Problem(file, about.line, str(error), lost=True)
    yield Found(Thread(home, name), file, about.line)


def message_comments(
    message: Json, line: int, *, home: ThreadKey, service: Collection[str], scrubber: Scrubber, skipped: SkipLog
) -> Iterator[Comment]:
    """The message; nothing for one of the service and where there are no words; raises FieldError."""
    if message.get("type") == "service":
        return
    body = message_body(message.get("text"), line, scrubber)
    if not body.text.strip():
        skipped.note("messages without words", line)
        return
    record = message if replies_within_chat(message, home.id, service) else {**message, MAP.parent: None}
    comment = comment_of(record, MAP, line=line, scrubber=scrubber, home=home, body=body)
    yield replace(comment, addressed=comment.parent is not None)


def replies_within_chat(message: Json, chat: str, service: Collection[str]) -> bool:
    """True unless what it replies to is in another chat, or what the service said, such as that a topic begins."""
    peer = message.get("reply_to_peer_id")
    is_here = peer is None or PEER_KIND.sub("", str(peer)) == chat
    return is_here and str(message.get(MAP.parent)) not in service


def message_body(text: Any, line: int, scrubber: Scrubber) -> Body:
    """The words: a string, or a list of strings and of what is marked up."""
    words, links = "", list[Link]()
    for part in text if isinstance(text, list) else [text]:
        marked = part if isinstance(part, dict) else {"text": part}
        raw = marked.get("text")
        if not isinstance(raw, str) or not raw:
            continue
        clean = scrubber.text(raw, line)
        if marked.get("type") == "blockquote":
            words = f"{words.rstrip()}\n\n" if words.strip() else ""
            clean = as_quotation(clean.strip().splitlines()) + "\n\n"
        target = marked.get("href")
        if marked.get("type") == "text_link" and isinstance(target, str) and target.startswith("http"):
            links.append(Link(len(words), len(words) + len(clean), scrubber.text(target, line)))
        words += clean
    return Body(words, tuple(sorted([*links, *bare_links(words, links)])))

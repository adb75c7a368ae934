"""Channels of Slack: the days of an export of a workspace, answers of its API, or what slackdump writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.containers.documents import json_documents, objects_in
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import FieldMap, comment_of, pick
from rejoinder.loaders.opening.source import STDIN, Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.sites.slack import names_by_user_id, slack_body
from rejoinder.loaders.values.fields import Fields
from rejoinder.loaders.values.lenient import count_with_opening, first_string
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found, Record, Thread, ThreadKey

NAME = "slack"
SUMMARY = "Slack: the days of a channel in an unpacked export, answers of its API, or what slackdump writes (JSON)"
READS = Reads(
    recognised="messages with `ts` and `text`, in a list or in `messages`; the other files of an export by their names",
    id="`ts`; the thread is the channel, which is the file's folder, with `thread_ts` where a message was answered so",
    parent="`thread_ts`, below which it stands, and the words are asked whom it answers",
    author="the name in users.json beside the channel's folder, else in `user_profile`, else `username` or `user`",
    created="`ts`",
    body="`text` with its links, mentions, quoted lines and code, without the marks of emphasis",
    counts="`reply_count`, and the message that was answered",
    states="deleted where only a `tombstone` is left",
    ignored="who joined, left and renamed; messages without words; files, blocks, reactions, earlier versions",
)

SITE = "slack"
MAP = FieldMap(id="ts", text="text", parent="above", author="by", created="ts", deleted="gone")
MESSAGE_TYPE = re.compile(r'"type"\s*:\s*"message"')
COMPANION_FILES = frozenset({"users.json", "channels.json", "groups.json", "dms.json", "mpims.json"})
USERS_FILE = "users.json"
GONE_SUBTYPE = "tombstone"
WORDED_SUBTYPES = frozenset(
    {"", "bot_message", "file_comment", "file_share", "me_message", "thread_broadcast", GONE_SUBTYPE}
)
NAME_PATHS = ("user_profile.display_name", "user_profile.real_name", "username", "user", "bot_id")
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for messages, and for what an export holds beside the folders of its channels."""
    paths = json_paths(head)
    if path.name in COMPANION_FILES and "[].id" in paths and bool({"[].team_id", "[].members", "[].creator"} & paths):
        return True
    has_messages = any({prefix + "ts", prefix + "text", prefix + "type"} <= paths for prefix in ("[].", "messages[]."))
    return has_messages and MESSAGE_TYPE.search(head) is not None


def load(source: Source) -> Iterator[Found | Problem]:
    """The messages in their order, each thread before the first of it."""
    scrubber, skipped = Scrubber(), SkipLog()
    for document in json_documents(source):
        channel = channel_name(source, document.value)
        people = names_in_messages(document.value) | names_beside(source)
        messages = objects_in(document, messages_in(document.value), "ts", "a message")
        read = partial(message_records, channel=channel, people=people, scrubber=scrubber, skipped=skipped)
        yield from read_items(messages, read, source.name)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def messages_in(value: Any) -> Iterator[Any]:
    """The messages of a day, an answer or a dump, and after each those that slackdump puts into it."""
    several = value.get("messages") if isinstance(value, dict) else value
    for message in several if isinstance(several, list) else ():
        if isinstance(message, dict) and "ts" not in message:
            continue  # of a list of people or channels
        yield message
        below = message.get("slackdump_thread_replies") if isinstance(message, dict) else None
        yield from below if isinstance(below, list) else ()


def channel_name(source: Source, value: Any) -> str:
    """The name of the channel: what the file says, else its folder."""
    names = (value.get("name"), value.get("channel_id"), value.get("channel")) if isinstance(value, dict) else ()
    return first_string(names) or (SITE if source.name == STDIN else source.path.resolve().parent.name or SITE)


def names_beside(source: Source) -> dict[str, str]:
    """The names of people in the export that a file belongs to."""
    if source.name == STDIN:
        return {}
    path = source.path.resolve().parent.parent / USERS_FILE
    people, problems = names_by_user_id(path, source.name_beside("..", USERS_FILE))
    source.tell(problems)
    return dict(people)


def names_in_messages(value: Any) -> dict[str, str]:
    """The names of people that the messages themselves tell."""
    return {
        message["user"]: name
        for message in messages_in(value)
        if isinstance(message, dict) and isinstance(message.get("user"), str) and (name := profile_name(message))
    }


def profile_name(message: Json) -> str | None:
    """Who wrote a message, by its own telling."""
    return first_string(pick(message, path) for path in NAME_PATHS)


def message_records(
    message: Json, line: int, *, channel: str, people: Mapping[str, str], scrubber: Scrubber, skipped: SkipLog
) -> Iterator[Record]:
    """The message, and its thread where it begins one; nothing of what Slack itself says; raises FieldError."""
    if message.get("type") != "message" or str(message.get("subtype") or "") not in WORDED_SUBTYPES:
        return
    words = message_text(message)
    if words is None:
        skipped.note("messages without words", line)
        return
    top = Fields(message, line, scrubber).parent_id("thread_ts")
    is_reply, gone = top is not None and top != message.get("ts"), message.get("subtype") == GONE_SUBTYPE
    key = ThreadKey(SITE, scrubber.text(f"{channel}/{top}" if top else channel, line))
    if not is_reply:
        yield message_thread(message, key, channel)
    author = None if gone else people.get(str(message.get("user")), profile_name(message))
    record = {**message, "above": top if is_reply else None, "by": author, "gone": gone}
    body = slack_body(scrubber.text(words, line), people)
    comment = comment_of(record, MAP, line=line, scrubber=scrubber, home=key, body=body)
    yield replace(comment, addressed=top is not None and not is_reply)


def message_text(message: Json) -> str | None:
    """The text of a message, empty if it is gone; None where it has no words."""
    text = "" if message.get("subtype") == GONE_SUBTYPE else message.get("text")
    return text if isinstance(text, str) and (text.strip() or message.get("subtype") == GONE_SUBTYPE) else None


def message_thread(message: Json, key: ThreadKey, channel: str) -> Thread:
    """The thread that a message begins, with its size, or the channel that it stands in."""
    if "thread_ts" not in message:
        return Thread(key, f"#{channel}")
    return Thread(key, declared_comments=count_with_opening(message.get("reply_count")))

"""Channels and threads of Discord, in the JSON that DiscordChatExporter writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import as_quotation, from_markdown
from rejoinder.loaders.containers.documents import json_documents, objects_in
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import FieldMap, comment_of, pick
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.fields import FieldError, Fields
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Thread, ThreadKey

NAME = "discord"
SUMMARY = "Discord: a channel or thread as DiscordChatExporter writes it (JSON)"
READS = Reads(
    recognised="`messages` with a `content` and a `timestamp` beside `guild` and `channel`",
    id="`id`; the thread is the `id` of the channel",
    parent="`messageId` of `reference`, of a reply within the channel; without it the words are asked",
    author="`nickname` of `author`, else `name`",
    created="`timestamp`",
    body="`content`, Markdown as Discord has it",
    link="made of the ids of guild, channel and message",
    ignored="who joined, pinned and called; messages without words; embeds, stickers, reactions, `timestampEdited`",
)

SITE = "discord"
MAP = FieldMap(
    id="id", text="content", parent="above", author="author.nickname|author.name", created="timestamp", link="link"
)
WORDED_TYPES = frozenset({"Default", "Reply", "0", "19"})
QUOTE_ALL = ">>> "  # a mark of quotation for all that follows
QUOTED_LINE = re.compile(r"^(> .*\n)(?!>|\s*$)", re.MULTILINE)
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for messages of a channel in a guild; direct messages are in one, too, there."""
    return {"guild.id", "channel.id"} <= json_paths(head) and "channel.type" in json_paths(head)


def load(source: Source) -> Iterator[Found | Problem]:
    """The channel as a thread, and its messages in their order."""
    scrubber, skipped = Scrubber(), SkipLog()
    for document in json_documents(source):
        export = document.value if isinstance(document.value, dict) else {}
        try:
            thread = channel_thread(export, document.line(pick(export, "channel.id")), scrubber)
        except FieldError as error:
            yield Problem(source.name, 1, str(error), lost=True)
            continue
        yield Found(thread, source.name, 1)
        messages = export.get("messages")
        several = objects_in(document, messages if isinstance(messages, list) else (), "id", "a message")
        read = partial(
            message_comments, guild=pick(export, "guild.id"), home=thread.key, scrubber=scrubber, skipped=skipped
        )
        yield from read_items(several, read, source.name)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def channel_thread(export: Json, line: int, scrubber: Scrubber) -> Thread:
    """The thread that a channel is, called by its guild, too; raises FieldError if it has no id."""
    channel = Fields({"channel.id": pick(export, "channel.id"), "name": pick(export, "channel.name")}, line, scrubber)
    guild = Fields({"name": pick(export, "guild.name")}, line, scrubber).optional("name")
    name = channel.optional("name")
    title = f"{guild} #{name}" if guild and name else name
    return Thread(ThreadKey(SITE, channel.required("channel.id")), title)


def message_comments(
    message: Json, line: int, *, guild: object, home: ThreadKey, scrubber: Scrubber, skipped: SkipLog
) -> Iterator[Comment]:
    """The message; nothing for what Discord itself says and where there are no words; raises FieldError."""
    if str(message.get("type", "Default")) not in WORDED_TYPES:
        return
    words = message.get("content")
    if not isinstance(words, str) or not words.strip():
        skipped.note("messages without words", line)
        return
    raw_reference = message.get("reference")
    reference = raw_reference if isinstance(raw_reference, dict) else {"messageId": raw_reference}
    is_here = reference.get("channelId") in (None, home.id)
    place = f"https://discord.com/channels/{guild}/{home.id}/{message.get('id')}"
    record = {**message, "link": place, "above": reference.get("messageId") if is_here else None}
    body = from_markdown(with_parted_quotations(scrubber.text(words, line)), literal=True)
    comment = comment_of(record, MAP, line=line, scrubber=scrubber, home=home, body=body)
    yield replace(comment, addressed=comment.parent is not None)


def with_parted_quotations(text: str) -> str:
    """The Markdown with a blank line behind what is quoted: here only lines with a mark are, or all behind `>>>`.

    >>> with_parted_quotations("> It leaks.\\nNo."), with_parted_quotations("See:\\n>>> It leaks.\\nA lot.")
    ('> It leaks.\\n\\nNo.', 'See:\\n\\n> It leaks.\\n> A lot.')
    """
    before, mark, rest = text.partition(QUOTE_ALL)
    if mark and (not before or before.endswith("\n")):
        last = as_quotation(rest.split("\n"))
        return f"{with_parted_quotations(before.rstrip())}\n\n{last}" if before.strip() else last
    return QUOTED_LINE.sub(r"\1\n", text)

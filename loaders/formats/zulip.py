"""Messages of Zulip as its API answers (/api/v1/messages): the topics of channels, and who quoted whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Body, as_quotation, from_html, from_markdown
from rejoinder.loaders.containers.documents import json_documents, objects_in
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import FieldMap, comment_of
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found, Record, Thread, ThreadKey

NAME = "zulip"
SUMMARY = "Zulip: messages of channels as its API answers (/api/v1/messages)"
READS = Reads(
    recognised="`messages` with a `sender_full_name` and a `subject`",
    id="`id`; the thread is the channel and the topic (`display_recipient` and `subject`)",
    parent="the message that the words quote first; without it the words are asked",
    author="`sender_full_name`",
    created="`timestamp`",
    body="`content`, HTML, or Markdown where `content_type` says so, without the line that names who is quoted",
    link="made of the server, the channel and the topic, where hidden addresses of mail or quotations name the server, "
    "which is the site then",
    ignored="direct messages, reactions, flags, earlier versions",
)

SITE = "zulip"  # where nothing tells the server
MASKED_ADDRESS = re.compile(r"user\d{1,15}@([\w.-]{1,200})")  # what stands for an address of mail that the server hides
MESSAGE_LINK = re.compile(r"https?://([\w.-]{1,200}(?::\d{1,5})?)/#narrow/[^\s\"'<>()]*/near/\d")
MAP = FieldMap(id="id", text="content", parent="above", author="sender_full_name", created="timestamp", link="place")
# Who is quoted, by a link to the message, right above a quotation: as HTML or as it was typed.
TYPED_REFERENCE = re.compile(r"\[said\]\([^()\s]*/near/(\d{1,15})\)")
HTML_REFERENCE = re.compile(r"""<a\s[^<>]*href=["'][^"'<>]*/near/(\d{1,15})[^"'<>]*["'][^<>]*>\s*said\s*</a>""")
HTML_QUOTE_HEAD = re.compile(
    r"<p>\s*<span [^<>]*user-mention[^<>]*>[^<>]*</span>\s*<a [^<>]*/near/\d[^<>]*>\s*said\s*</a>:\s*</p>"
)
TYPED_QUOTE_HEAD = re.compile(r"^@_?\*\*[^*\n]{1,100}\*\*\s*\[said\]\([^()\s]*\):[ ]*\n", re.MULTILINE)
TYPED_QUOTE = re.compile(r"^(`{3,}|~{3,})quote\n(.{0,10000}?)\n\1[ ]*$", re.MULTILINE | re.DOTALL)
MENTION = re.compile(r"@_?\*\*([^*|\n]{1,100})(?:\|\d+)?\*\*")
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for messages that say who sent them, on what."""
    return {"messages[].sender_full_name", "messages[].subject", "messages[].content"} <= json_paths(head)


def load(source: Source) -> Iterator[Found | Problem]:
    """The messages in their order, each topic before its first."""
    scrubber, skipped, thread_keys = Scrubber(), SkipLog(), set[ThreadKey]()
    for document in json_documents(source):
        told_of = document.value.get("messages") if isinstance(document.value, dict) else None
        messages = told_of if isinstance(told_of, list) else []
        read = partial(
            message_records, host=server_host(messages), scrubber=scrubber, skipped=skipped, thread_keys=thread_keys
        )
        yield from read_items(objects_in(document, messages, "id", "a message"), read, source.name)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def server_host(messages: Sequence[Any]) -> str | None:
    """The host of the server: of the addresses that it gives out in place of hidden ones, else of most quotations.

    >>> server_host([{"sender_email": "user5@z.example"}]), server_host([{"sender_email": "ann@mail.example"}])
    ('z.example', None)
    """
    objects = [message for message in messages if isinstance(message, dict)]
    masked = (MASKED_ADDRESS.fullmatch(str(item.get("sender_email"))) for item in objects)
    linked = (MESSAGE_LINK.search(str(item.get("content"))) for item in objects)
    hosts = [Counter(match[1].lower() for match in matches if match) for matches in (masked, linked)]
    return next((host for counter in hosts for host, _ in counter.most_common(1)), None)


def message_url(message: Json, host: str | None) -> str | None:
    """Where a message stands on its server, None where that is not known.

    >>> message_url({"id": 7, "stream_id": 9, "display_recipient": "the roof", "subject": "a/b"}, "z.example")
    'https://z.example/#narrow/channel/9-the-roof/topic/a.2Fb/near/7'
    """
    number, stream = message.get("id"), message.get("stream_id")
    if host is None or not isinstance(number, int) or not isinstance(stream, int):
        return None
    channel, topic = (hash_encoded(str(message[name])) for name in ("display_recipient", "subject"))
    return f"https://{host}/#narrow/channel/{stream}-{channel.replace('.20', '-')}/topic/{topic}/near/{number}"


def hash_encoded(text: str) -> str:
    """Text as it stands in the addresses of Zulip."""
    return quote(text, safe="-_!~*'()", errors="replace").replace(".", "%2E").replace("%", ".")


def message_records(
    message: Json, line: int, *, host: str | None, scrubber: Scrubber, skipped: SkipLog, thread_keys: set[ThreadKey]
) -> Iterator[Record]:
    """The message, and its topic if not in `thread_keys`; nothing for one not of a channel; raises FieldError."""
    channel, topic = message.get("display_recipient"), message.get("subject")
    if not isinstance(channel, str) or not isinstance(topic, str):
        skipped.note("direct messages", line)
        return
    words = message.get("content")
    markup = scrubber.text(words, line) if isinstance(words, str) else ""
    key = ThreadKey(host or SITE, scrubber.text(f"{channel}/{topic}", line))
    record = {**message, "above": quoted_message_id(markup), "place": message_url(message, host)}
    comment = comment_of(record, MAP, line=line, scrubber=scrubber, home=key, body=message_body(markup, message))
    if comment.thread not in thread_keys:
        thread_keys.add(comment.thread)
        title, url = comment.thread.id.replace("/", " > ", 1), (comment.url or "").partition("/near/")[0]
        yield Thread(comment.thread, title, url or None)
    yield replace(comment, addressed=comment.parent is not None)


def quoted_message_id(markup: str) -> str | None:
    """The message that the words quote first.

    >>> quoted_message_id("@_**Ann|5** [said](https://z.example/#narrow/near/12):"), quoted_message_id("Ann said:")
    ('12', None)
    """
    match = HTML_REFERENCE.search(markup) or TYPED_REFERENCE.search(markup)
    return match[1] if match else None


def message_body(markup: str, message: Json) -> Body:
    """The words: HTML as the API gives them, or as they were typed."""
    if message.get("content_type", "text/html") == "text/html":
        return from_html(HTML_QUOTE_HEAD.sub("", markup))
    markup = TYPED_QUOTE_HEAD.sub("", markup)
    typed = TYPED_QUOTE.sub(lambda match: as_quotation(match[2].split("\n")) + "\n", markup)
    return from_markdown(MENTION.sub(r"@\1", typed), literal=True)

"""Messages of Zulip as its API answers (/api/v1/messages): the topics of channels, and who quoted whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Body, from_html, from_markdown
from rejoinder.loaders.containers.documents import json_documents
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.fields import FieldError
from rejoinder.loaders.format import Reads
from rejoinder.loaders.mapping import FieldMap, comment_of
from rejoinder.loaders.scrub import Scrubber
from rejoinder.loaders.sites.skipped import Skipped
from rejoinder.loaders.source import Source
from rejoinder.records import Comment, Found, Thread, ThreadKey

NAME = "zulip"
SUMMARY = "Zulip: messages of channels as its API answers (/api/v1/messages)"
READS = Reads(
    recognised="`messages` with a `sender_full_name` and a `subject`",
    id="`id`; the thread is the channel and the topic (`display_recipient` and `subject`)",
    parent="the message that the words quote first; without it the words are asked",
    author="`sender_full_name`",
    created="`timestamp`",
    body="`content`, HTML, or Markdown where `content_type` says so, without the line that names who is quoted",
    ignored="direct messages, reactions, flags, earlier versions",
)

SITE = "zulip"  # no message names its server
MAP = FieldMap(id="id", text="content", parent="above", author="sender_full_name", created="timestamp")
# Who is quoted, by a link to the message, right above a quotation: as HTML or as it was typed.
SAID = re.compile(r"\[said\]\([^()\s]*/near/(\d{1,15})\)")
NEAR = re.compile(r"""<a\s[^<>]*href=["'][^"'<>]*/near/(\d{1,15})[^"'<>]*["'][^<>]*>\s*said\s*</a>""")
SHOWN = re.compile(
    r"<p>\s*<span [^<>]*user-mention[^<>]*>[^<>]*</span>\s*<a [^<>]*/near/\d[^<>]*>\s*said\s*</a>:\s*</p>"
)
NAMED = re.compile(r"^@_?\*\*[^*\n]{1,100}\*\*\s*\[said\]\([^()\s]*\):[ ]*\n", re.MULTILINE)
TYPED = re.compile(r"^(`{3,}|~{3,})quote\n(.{0,10000}?)\n\1[ ]*$", re.MULTILINE | re.DOTALL)
MENTIONED = re.compile(r"@_?\*\*([^*|\n]{1,100})(?:\|\d+)?\*\*")
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for messages that say who sent them, on what."""
    return {"messages[].sender_full_name", "messages[].subject", "messages[].content"} <= json_paths(head)


def load(source: Source) -> Iterator[Found | Problem]:
    """The messages in their order, each topic before its first."""
    scrubber, skipped, told = Scrubber(), Skipped(), set[ThreadKey]()
    for document in json_documents(source):
        messages = document.value.get("messages") if isinstance(document.value, dict) else None
        for one in messages if isinstance(messages, list) else ():
            line = document.line(one.get("id") if isinstance(one, dict) else one)
            try:
                comment = message(one, line, scrubber, skipped)
            except FieldError as error:
                yield Problem(source.name, line, str(error), lost=True)
                continue
            if comment is None:
                continue
            if comment.thread not in told:
                told.add(comment.thread)
                yield Found(Thread(comment.thread, comment.thread.id.replace("/", " > ", 1)), source.name, line)
            yield Found(comment, source.name, line)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def message(one: Any, line: int, scrubber: Scrubber, skipped: Skipped) -> Comment | None:
    """The message, None for one that is not of a channel; raises FieldError."""
    if not isinstance(one, dict):
        raise FieldError(f"expected a message (an object), got {one!r:.40}")
    channel, topic = one.get("display_recipient"), one.get("subject")
    if not isinstance(channel, str) or not isinstance(topic, str):
        skipped.note("direct messages", line)
        return None
    words = one.get("content")
    markup = scrubber.text(words, line) if isinstance(words, str) else ""
    key = ThreadKey(SITE, scrubber.text(f"{channel}/{topic}", line))
    whole = {**one, "above": quoted(markup)}
    comment = comment_of(whole, MAP, line=line, scrubber=scrubber, home=key, body=body_of(markup, one))
    return replace(comment, addressed=comment.parent is not None)


def quoted(markup: str) -> str | None:
    """The message that the words quote first.

    >>> quoted("@_**Ann|5** [said](https://z.example/#narrow/near/12):"), quoted("Ann said:")
    ('12', None)
    """
    match = NEAR.search(markup) or SAID.search(markup)
    return match[1] if match else None


def body_of(markup: str, one: Json) -> Body:
    """The words: HTML as the API gives them, or as they were typed."""
    if one.get("content_type", "text/html") == "text/html":
        return from_html(SHOWN.sub("", markup))
    markup = NAMED.sub("", markup)
    typed = TYPED.sub(lambda match: "\n".join(f"> {line}".rstrip() for line in match[2].split("\n")) + "\n", markup)
    return from_markdown(MENTIONED.sub(r"@\1", typed), literal=True)

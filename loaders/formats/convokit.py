"""A corpus of ConvoKit: utterances.jsonl (or .json), and the files beside it that describe it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import plain_body
from rejoinder.loaders.containers.documents import json_document, json_lines
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import pick
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.convokit import (
    NO_INFO,
    ConversationInfos,
    corpus_name,
    file_beside_utterances,
    is_companion_file,
)
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.fields import Fields, iso_of_seconds, unexpected_error, value_as_shown
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, State, Thread, ThreadKey

NAME = "convokit"
SUMMARY = "ConvoKit corpus: utterances, with conversations.json beside them"
READS = Reads(
    recognised="objects with `speaker` and `conversation_id` (once `user` and `root`); the other files by their names",
    id="`id`, within the corpus, which is named by its folder",
    parent="`reply_to` or `reply-to`; without it the words are asked, but of the utterance that the conversation is "
    "named after",
    author="`speaker`, once `user`",
    created="`timestamp`, seconds since 1970 where it can be",
    body="`text`, plain; of an opening without words the title",
    link="`meta.permalink`",
    counts="`num_comments` of a conversation",
    states="`[deleted]` and `[removed]` as text",
    ignored="vectors, other `meta`, utterances without words; speakers.json, corpus.json, index.json",
)

GONE_TEXTS = frozenset({"[deleted]", "[removed]"})
REDDIT_URL = "https://www.reddit.com"
EARLIEST_DATE = 100_000_000  # smaller numbers count the seconds or turns of a conversation, not since 1970
ENTITY = re.compile(r"&(gt|lt|quot|#39|#x27|nbsp|amp);")
ENTITY_CHARACTERS = {"gt": ">", "lt": "<", "quot": '"', "#39": "'", "#x27": "'", "nbsp": " ", "amp": "&"}


def recognises(path: Path, head: str) -> bool:
    """True for utterances, and for what belongs to them: by its name, where utterances are in its folder."""
    paths = json_paths(head)
    for prefix in ("", "[]."):
        home = {prefix + "conversation_id", prefix + "root"} & paths
        writer = {prefix + "speaker", prefix + "user"} & paths
        reply = {prefix + "reply_to", prefix + "reply-to"} & paths
        if home and writer and reply and {prefix + "text", prefix + "id"} <= paths:
            return True
    return is_companion_file(path, paths)


def load(source: Source) -> Iterator[Found | Problem]:
    """The conversations and their utterances; nothing of a file that only describes them."""
    if not is_companion_file(Path(source.name), json_paths(source.head().decode("utf-8", "replace"))):
        yield from CorpusReader(source).records()


class CorpusReader:
    """The utterances of one corpus."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.site = corpus_name(source)
        self.scrubber, self.skipped = Scrubber(), SkipLog()
        described = file_beside_utterances(source, "conversations.json")
        self.titles = ConversationInfos(described)
        source.tell(described.problems_met if described else ())

    def records(self) -> Iterator[Found | Problem]:
        """Each utterance, and before the first of a conversation what is known of that."""
        yield from read_items(utterances_in(self.source, self.scrubber), self.utterance, self.source.name)
        yield from self.skipped.problems(self.source.name)
        yield from self.scrubber.problems(self.source.name)

    def utterance(self, values: dict[str, Any], line: int) -> Iterator[Thread | Comment]:
        """The utterance as a comment; raises FieldError if it is none."""
        fields = Fields(with_current_names(values), line, self.scrubber)
        home = fields.required("conversation_id")
        key = ThreadKey(self.site, home)
        conversation_info = self.titles.info_of(home)
        parent = fields.parent_id("reply_to")
        body = plain_body(ENTITY.sub(lambda match: ENTITY_CHARACTERS[match[1]], fields.optional("text") or ""))
        gone = body.text.strip() in GONE_TEXTS
        if not body.text.strip() and parent is None and conversation_info.title:
            body = plain_body(self.scrubber.text(conversation_info.title, line))
        if conversation_info != NO_INFO and (parent is None or fields.optional("id") == home):
            yield Thread(
                key,
                conversation_info.title and self.scrubber.text(conversation_info.title, line),
                None,
                conversation_info.comments,
            )
        if not body.text.strip():
            self.skipped.note("utterances without words", line)
            return
        speaker, name = fields.side_text("speaker"), fields.required("id")
        yield Comment(
            key,
            name,
            "" if gone else body.text,
            parent=parent,
            author=None if speaker in GONE_TEXTS else speaker,
            created=fields.aside(partial(utterance_date, fields), "timestamp"),
            url=utterance_permalink(values),
            states=(State.DELETED,) if gone else (),
            links=() if gone else body.links,
            addressed=parent is not None or name == home,
        )


def utterances_in(source: Source, scrubber: Scrubber) -> Iterator[tuple[int, dict[str, Any]] | Problem]:
    """Line and object of each utterance: a line each, or all in one list."""
    if not source.head().lstrip().startswith(b"["):
        yield from json_lines(source, scrubber)
        return
    document = json_document(source)
    if not isinstance(document.value, list):
        raise LoadError(source.name, 1, "expected a list of utterances")
    for utterance in document.value:
        line = document.line(utterance.get("id") if isinstance(utterance, dict) else utterance)
        if isinstance(utterance, dict):
            yield line, utterance
        else:
            yield Problem(source.name, line, f"expected an utterance, got {value_as_shown(utterance):.40}", lost=True)


def with_current_names(values: dict[str, Any]) -> dict[str, object]:
    """The fields under the names of today, with numbers as the strings that they are ids by."""
    current: dict[str, object] = dict(values)
    for name, old in (("speaker", "user"), ("conversation_id", "root"), ("reply_to", "reply-to")):
        current[name] = values[name] if values.get(name) is not None else values.get(old)
    for name in ("id", "speaker", "conversation_id", "reply_to"):
        value = current.get(name)
        current[name] = str(value) if type(value) is int else value
    return current


def utterance_date(fields: Fields, name: str) -> str | None:
    """The date; what counts from the beginning of the conversation, and null in words, is none."""
    value = fields.values.get(name)
    if isinstance(value, str):
        text = fields.optional(name)
        number = text.removesuffix(".0") if text else ""
        if not (number.isascii() and number.isdigit() and len(number) < 12):
            return None if text in (None, "None", "nan", "NaT") else text
        value = int(number)
    if value is None or isinstance(value, bool):
        return None
    if not isinstance(value, int | float):
        raise unexpected_error(name, "a date or seconds since 1970", value)
    return iso_of_seconds(value, name) if value >= EARLIEST_DATE else None


def utterance_permalink(values: dict[str, Any]) -> str | None:
    """The address that the utterance came from, where its `meta` tells it."""
    link = pick(values, "meta.permalink")
    if not isinstance(link, str):
        return None
    if link.startswith("/r/"):
        return REDDIT_URL + link
    return link if link.startswith(("https://", "http://")) else None

"""The folder of a ConvoKit corpus: its name, its other files, and the titles of its conversations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from rejoinder.errors import LoadError
from rejoinder.loaders.containers.arrays import object_members
from rejoinder.loaders.containers.repeated import REPEATED_KEY, REPEATED_KEY_NOTE
from rejoinder.loaders.mapping import pick
from rejoinder.loaders.opening.source import STDIN, Source
from rejoinder.loaders.values.lenient import count_with_opening, first_string
from rejoinder.loaders.values.scrub import Scrubber

SITE = "convokit"
COMPANION_FILES = frozenset({"conversations.json", "speakers.json", "users.json", "corpus.json", "index.json"})
INDEX_KEYS = frozenset({"utterances-index", "overall-index"})
TITLE_KEYS = ("title", "op-title", "page_title", "thread_title", "discussion_title")


class ConversationInfo(NamedTuple):
    """What a corpus tells of a conversation: its title, and how many utterances it had."""

    title: str | None
    comments: int | None


NO_INFO = ConversationInfo(None, None)


class ConversationInfos:
    """What conversations.json tells of each conversation; only titles and counts are kept of it."""

    def __init__(self, file: Source | None) -> None:
        self.known: dict[str, ConversationInfo] = {}
        if file is None:
            return
        scrubber = Scrubber()
        try:
            for line, name, values in object_members(file, scrubber):
                info = conversation_info(values)
                if info != self.known.get(name, info):
                    scrubber.left_out(
                        line, REPEATED_KEY_NOTE.format(json.dumps(name, ensure_ascii=False)), REPEATED_KEY
                    )
                if info != NO_INFO:
                    self.known[name] = info
            file.tell(scrubber.left_out_problems(file.name))
        except LoadError:
            return  # titles are an extra; loading that file itself says what is wrong with it

    def info_of(self, conversation: str) -> ConversationInfo:
        """What is known of the conversation."""
        return self.known.get(conversation, NO_INFO)


def conversation_info(values: object) -> ConversationInfo:
    """Title and count out of the description of a conversation, which once was its `meta` alone."""
    if not isinstance(values, dict):
        return NO_INFO
    meta = values["meta"] if isinstance(values.get("meta"), dict) else values
    titles = (meta.get(name) for name in TITLE_KEYS)
    title = first_string(titles)
    return ConversationInfo(title.strip() if title else None, count_with_opening(pick(meta, "num_comments")))


def corpus_name(source: Source) -> str:
    """The name of the folder that the corpus is."""
    return SITE if source.name == STDIN else source.path.resolve().parent.name or SITE


def file_beside_utterances(source: Source, name: str) -> Source | None:
    """Another file of the corpus, None if it is not there."""
    path = source.path.resolve().with_name(name)
    return Source(path, source.name_beside(name)) if source.name != STDIN and path.is_file() else None


def is_companion_file(path: Path, paths: frozenset[str]) -> bool:
    """True for a file that describes the utterances beside it."""
    if path.name == "index.json" and INDEX_KEYS & paths:
        return True
    return path.name in COMPANION_FILES and any(
        (path.parent / f"utterances{end}").is_file() for end in (".jsonl", ".json")
    )

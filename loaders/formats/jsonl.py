"""Rejoinder's own interchange format: a comment, a stated claim or move, or a judgement a line, each a JSON object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rejoinder.errors import Problem
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.containers.repeated import Decoder
from rejoinder.loaders.jsonl.argued import claim_of, judgement_of, move_of, platform_of
from rejoinder.loaders.jsonl.comments import comment_of, described_thread
from rejoinder.loaders.jsonl.homes import Homes
from rejoinder.loaders.jsonl.lines import MARKS, parse_line
from rejoinder.loaders.mapping.misnamed import Misnamed
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.fields import Fields
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import (
    Comment,
    Found,
    Judgement,
    PlatformMove,
    Record,
    StatedClaim,
    StatedMove,
    Thread,
)

NAME = "jsonl"
SUMMARY = "Rejoinder's own JSONL: comments, the claims and moves stated in them, and judgements, one a line"
READS = Reads(
    recognised="most lines are objects, one of which names its `thread`, or a `claim`, `move`, `platform` move or "
    "`judgement`",
    id="`id`, within `thread` of `site`",
    parent="`parent`; with `addressed` false it only stands below that, and `to` may name whom it speaks to",
    author="`author`",
    created="`created`",
    body="`text`, plain; `links`",
    link="`url`",
    counts="`replies`, `thread_comments`",
    states="`state`",
    moves="lines with `claim`, `move` or `platform`; what a `judgement` says of others",
    ignored="other keys; one that says what an absent one of ours would, such as `reply_to`, is a warning, "
    "in a judgement an error",
)

OUR_KEY = re.compile(r'"(?:thread|claim|move|platform|judgement)"\s*:\s*(?:["\d\-]|null)')
FIELD_PATHS = (
    "id site thread parent addressed to author created text links url replies thread_title thread_url thread_comments "
    "state claim move platform kind source target comment start end confidence cue exact "
    "judgement words occurrence target_words target_occurrence by note "
    "links[].start links[].end links[].url"
)
OUR_PATHS = frozenset(FIELD_PATHS.split())
LONG_HEAD = 60_000  # code points of a head that may end within a line


def recognises(path: Path, head: str) -> bool:
    """True if most lines open an object, no list stands around them, and some line is one of ours.

    Where the first line is so long that the head ends within it, it shows only how it begins, as a line of any format
    may: so all fields that show must be ours.
    """
    lines = [line for line in map(str.strip, head.splitlines()) if line]
    if len(lines) == 1 and len(head) >= LONG_HEAD and lines[0].startswith("{") and has_only_our_fields(lines[0]):
        return True
    if head.lstrip().startswith("["):
        return False
    objects = [line for line in lines if line.startswith("{") and len(line) > 1]
    return 2 * len(objects) > len(lines) and any(map(is_our_object, objects))


def has_only_our_fields(line: str) -> bool:
    """True if the line begins an object that has fields, and all of them are ours."""
    return frozenset() < json_paths(line) <= OUR_PATHS


def is_our_object(line: str) -> bool:
    """True if the object on the line is a comment with its thread, or a claim, move, platform move or judgement."""
    if OUR_KEY.search(line) is None:
        return False
    keys = json_paths(line)
    return {"thread", "text"} <= keys or not keys.isdisjoint(MARKS)


def load(source: Source) -> Iterator[Found | Problem]:
    """The file's records line by line; a line that is not as expected is a Problem, and only that line is lost.

    Where what is wrong is a part that a comment can do without, such as its date, that part alone is lost.
    """
    reading = _Reading(source)
    yield from read_items(source.lines(), reading.records, source.name)
    yield from reading.misnamed.problems(source.name)
    yield from reading.scrubber.problems(source.name)


class _Reading:
    """One file while it is read: what later lines and the end of the file have to know of the lines above."""

    def __init__(self, source: Source) -> None:
        self.scrubber, self.decoder = Scrubber(), Decoder()
        self.homes, self.misnamed = Homes(source), Misnamed(OUR_PATHS)
        self.described: Thread | None = None  # the thread as it was described last

    def records(self, raw: bytes, line: int) -> Iterator[Record]:
        """What the line holds, its thread first where it is described anew; raises FieldError."""
        fields = parse_line(raw, line, self.scrubber, self.decoder)
        if fields is None:
            return
        record = line_record(fields, self.homes)
        if isinstance(record, Comment):
            yield from self._thread(fields, record)
            self.homes.note(record)
            self.misnamed.see(fields.values, line)
        yield record

    def _thread(self, fields: Fields, comment: Comment) -> Iterator[Thread]:
        thread = described_thread(fields, comment.thread)
        if thread is not None and thread != self.described:
            self.described = thread
            yield thread


def line_record(fields: Fields, homes: Homes) -> Comment | StatedClaim | StatedMove | PlatformMove | Judgement:
    """The record that the line holds; raises FieldError naming the field and what was expected."""
    if "judgement" in fields:
        return judgement_of(fields, homes)
    if "platform" in fields:
        return platform_of(fields, homes)
    if "move" in fields:
        return move_of(fields, homes)
    if "claim" in fields:
        return claim_of(fields, homes)
    return comment_of(fields)

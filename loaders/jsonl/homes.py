"""The thread of a claim, move or judgement: the one that it names, else that of the comment which it is about."""

from __future__ import annotations

from collections.abc import Iterator

from rejoinder.errors import Problem
from rejoinder.loaders.containers.repeated import Decoder
from rejoinder.loaders.jsonl.comments import comment_of, thread_key
from rejoinder.loaders.jsonl.lines import MARKS, parse_line
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.values.fields import FieldError, Fields
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, ThreadKey


def home_of(fields: Fields, homes: Homes, comment: str) -> ThreadKey:
    """The thread of a claim or move: its own, or that of its comment."""
    if "thread" in fields:
        return thread_key(fields)
    return homes.thread_of(comment, fields.line)


class Homes:
    """Which thread each comment of this file belongs to.

    Nothing is remembered until a line leaves its thread out; then the lines above are read again. Few files need it.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.threads: dict[str, ThreadKey] | None = None

    def note(self, comment: Comment) -> None:
        """Remembers a comment, if anybody has asked yet."""
        if self.threads is not None:
            self.threads[comment.id] = comment.thread

    def thread_of(self, comment: str, line: int) -> ThreadKey:
        """The thread of the latest comment of that id before this line; raises FieldError if there is none."""
        if self.threads is None:
            self.threads = dict(comments_before(self.source, line))
        if comment not in self.threads:
            raise FieldError(f'expected "thread", or a line above with the comment {comment!r}')
        return self.threads[comment]


def comments_before(source: Source, line: int) -> Iterator[tuple[str, ThreadKey]]:
    """Id and thread of each comment that stands above the line."""
    scrubber, decoder = Scrubber(), Decoder()
    for raw_line in Source(source.path).lines():
        if isinstance(raw_line, Problem):
            continue
        if raw_line[0] >= line:
            return
        try:
            fields = parse_line(raw_line[1], raw_line[0], scrubber, decoder)
            if fields is not None and not any(mark in fields for mark in MARKS):
                comment = comment_of(fields)
                yield comment.id, comment.thread
        except FieldError:
            continue

"""Bugzilla: the comments on bugs as its REST interface gives them (/rest/bug/ID/comment), and the bugs themselves.

An answer does not say where it is from, so the site is named by the folder that its file lies in, where that is a host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import Body
from rejoinder.loaders.containers.documents import Document, json_documents, objects_in
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import as_scalar
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.bugzilla import bug_comment_body, parent_number
from rejoinder.loaders.sites.quotations import quotation_moves
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.fields import Fields
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Record, Thread, ThreadKey

NAME = "bugzilla"
SUMMARY = "Bugzilla: the comments on a bug (/rest/bug/ID/comment), and bugs, as its REST interface gives them"
READS = Reads(
    recognised="`comments` with a `creator` in the `bugs` of an answer, or by their numbers with a `bug_id`; or bugs "
    "with a `summary` and a `product`",
    id="`count`, the number that people call a comment by; the thread is the bug's `id`, and the site the name of the "
    "folder, where that is a host such as `bugs.gentoo.org`",
    parent="the first comment named as in `(In reply to Bo from comment #4)`; without such a line the description, "
    "number 0, and the words are asked",
    author="`creator`, once `author`",
    created="`creation_time`, else `time`",
    body="`text`, plain, or Markdown where `is_markdown` says so, without the lines that Bugzilla adds (whom it "
    "answers, which attachment it came with, duplicates); of a description without words the bug's `summary`",
    link="made of the site, the bug and the number",
    moves="what is quoted below such a line, from the comment that it names",
    ignored="comments without words, and those tagged as spam; attachments, other tags, the history of the bug; bugs "
    "loaded without comments, which only tell a title",
)

SITE = "bugzilla"  # where no folder tells another
BUG_HOST = re.compile(r"(?=[\w.-]*bug)[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}", re.IGNORECASE)
COMMENT_PATH = re.compile(
    r"(?:bugs\.\d+\.comments\[\]|bugs\[\]\.comments\[\])\.(?:creator|author)|comments\.\d+\.bug_id"
)
DESCRIPTION_NUMBER = "0"
SPAM_TAGS = frozenset({"spam", "abusive-reviewed"})
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for comments on bugs, and for bugs."""
    paths = json_paths(head)
    return {"bugs[].summary", "bugs[].product", "bugs[].id"} <= paths or any(map(COMMENT_PATH.fullmatch, paths))


def load(source: Source) -> Iterator[Found | Problem]:
    """The bugs and their comments in the order of the file; raises LoadError where there are none."""
    tracker = Tracker(folder_host(source.path.resolve().parent.name))
    empty = True
    for document in json_documents(source):
        for result in tracker.answer_records(document):
            empty = False
            yield result
    yield from tracker.skipped.problems(source.name)
    yield from tracker.scrubber.problems(source.name)
    if empty and not tracker.skipped.seen:
        raise LoadError(source.name, 1, 'expected "bugs" of Bugzilla with "comments", got none')


def folder_host(folder: str) -> str | None:
    """The host that a folder is named after.

    >>> folder_host("bugs.gentoo.org"), folder_host("bugs"), folder_host("v1.old")
    ('bugs.gentoo.org', None, None)
    """
    return folder.lower() if BUG_HOST.fullmatch(folder) else None


@dataclass(slots=True)
class Tracker:
    """What the answers in a file are of, and the bugs that were told as threads."""

    host: str | None
    scrubber: Scrubber = field(default_factory=Scrubber)
    skipped: SkipLog = field(default_factory=SkipLog)
    seen_threads: set[ThreadKey] = field(default_factory=set)

    def answer_records(self, document: Document) -> Iterator[Found | Problem]:
        """What an answer holds: bugs by their number or in a list, and comments by theirs."""
        answer = document.value if isinstance(document.value, dict) else {}
        bugs, comments = answer.get("bugs"), answer.get("comments")
        several = bugs if isinstance(bugs, list) else []
        if isinstance(bugs, dict):
            several = [{"id": name, **values} if isinstance(values, dict) else values for name, values in bugs.items()]
        for placed in objects_in(document, several, "id", "a bug"):
            if isinstance(placed, Problem):
                yield placed
            else:
                yield from self.bug(*placed, document)
        if isinstance(comments, dict):
            yield from self.comments(list(comments.values()), {}, document)

    def bug(self, line: int, bug: Json, document: Document) -> Iterator[Found | Problem]:
        """The thread of a bug that is described, and the comments on it."""
        comments = bug.get("comments")
        if "summary" in bug:
            yield from read_items([(line, bug)], self.bug_thread, document.name)
        yield from self.comments(comments if isinstance(comments, list) else [], bug, document)

    def comments(self, several: list[Any], bug: Json, document: Document) -> Iterator[Found | Problem]:
        """The comments on a bug, or some that name theirs; one without a number has that of its place, or its id."""
        numbered = [
            {"count": place if bug else comment.get("id"), "bug_id": bug.get("id"), **comment}
            if isinstance(comment, dict)
            else comment
            for place, comment in enumerate(several)
        ]

        def read(comment: Json, line: int) -> Iterator[Record]:
            names = {name: as_scalar(comment.get(name)) for name in ("count", "bug_id")}
            return self.records(Fields({**comment, **names}, line, self.scrubber), bug)

        yield from read_items(objects_in(document, numbered, "id", "a comment"), read, document.name)

    def bug_thread(self, bug: Json, line: int) -> Iterator[Record]:
        """The thread of a bug; raises FieldError."""
        fields = Fields({**bug, "id": as_scalar(bug.get("id"))}, line, self.scrubber)
        key = ThreadKey(self.host or SITE, fields.required("id"))
        self.seen_threads.add(key)
        yield Thread(key, fields.side_text("summary"), self.address(key))

    def records(self, fields: Fields, bug: Json) -> Iterator[Record]:
        """The comment with what it quotes, and before the first on a bug its thread; raises FieldError."""
        key, name = ThreadKey(self.host or SITE, fields.required("bug_id")), fields.required("count")
        text, body = self.words(fields, bug if name == DESCRIPTION_NUMBER else {})
        if not body.text.strip() or SPAM_TAGS & set(fields.aside(fields.names, "tags") or ()):
            self.skipped.note("comments without words, and spam", fields.line)
            return
        if key not in self.seen_threads:
            self.seen_threads.add(key)
            yield Thread(key, None, self.address(key))
        above = parent_number(text)
        answers = above is not None and above != name and name != DESCRIPTION_NUMBER
        comment = Comment(
            key,
            name,
            body.text,
            parent=None if name == DESCRIPTION_NUMBER else above if answers else DESCRIPTION_NUMBER,
            author=fields.side_text("creator") or fields.side_text("author"),
            created=fields.iso_moment("creation_time") or fields.iso_moment("time"),
            url=f"{self.address(key)}#c{name}" if self.host else None,
            links=body.links,
            addressed=answers or name == DESCRIPTION_NUMBER,
        )
        yield comment
        yield from quotation_moves(comment, body.quotes)

    def words(self, fields: Fields, bug: Json) -> tuple[str, Body]:
        """The text of a comment as it was written, and as it is read; of a description without words the summary."""
        text = fields.text("text")
        body = bug_comment_body(text, markdown=fields.values.get("is_markdown") is True)
        about = bug.get("summary")
        if not body.text.strip() and isinstance(about, str):
            body = Body(self.scrubber.text(about, fields.line))
        return text, body

    def address(self, key: ThreadKey) -> str | None:
        """The page of a bug, where it is known which site it is on."""
        return f"https://{self.host}/show_bug.cgi?id={quote(key.id, safe='')}" if self.host else None

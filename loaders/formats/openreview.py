"""OpenReview: the notes of a forum as both versions of its API give them: a submission, reviews, answers, decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import Body, from_markdown
from rejoinder.loaders.containers.documents import json_documents, objects_in
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.review_forms import content_value, review_body
from rejoinder.loaders.values.fields import Fields, unexpected_error
from rejoinder.loaders.values.lenient import lenient_string
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Record, State, Thread, ThreadKey

NAME = "openreview"
SUMMARY = (
    "OpenReview: the notes of a forum (submission, reviews, comments, decisions), as both versions of its API give them"
)
READS = Reads(
    recognised="`forum`, `signatures` and `content` of notes, alone, in a list or in `notes`",
    id="`id`; the thread is `forum`, which is the `id` of the submission",
    parent="`replyto`; where a reply has none, the submission, and the words are asked",
    author="the first of `signatures`, with the paper or venue that it belongs to; a profile by its name",
    created="`cdate`, else `tcdate`",
    body="`abstract` of a submission, else its `title`; of others the fields of `content` that are prose, Markdown, "
    "each below its name where there are several: `summary`, `review`, `strengths`, `weaknesses`, `questions`, "
    "`rebuttal`, `metareview`, `decision`, `comment` and what else holds a sentence; before them a `title`, unless it "
    "only says what kind of note it is",
    link="made of `forum` and `id`",
    counts="`details.replyCount` and the submission",
    states="deleted where there is a `ddate`",
    ignored="scores (`rating`, `confidence`, `soundness` ...), keywords, files, confirmations, edits, tags",
)

SITE = "openreview.net"
FORUM_URL = "https://openreview.net/forum?id="
PROFILE_NAME = re.compile(r"~(.+?)_?(\d+)")
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for notes."""
    paths = json_paths(head)
    names = ("id", "forum", "signatures", "content")
    return any({at + name for name in names} <= paths for at in ("", "[].", "notes[]."))


def load(source: Source) -> Iterator[Found | Problem]:
    """The notes in their order, and the thread of each submission before it; raises LoadError where there are none."""
    scrubber, empty = Scrubber(), True
    for document in json_documents(source):
        for note in notes_in(document.value):
            empty = False
            read = partial(note_records, scrubber=scrubber)
            yield from read_items(objects_in(document, [note], "id", "a note"), read, source.name)
    yield from scrubber.problems(source.name)
    if empty:
        raise LoadError(source.name, 1, 'expected notes of OpenReview, an object with "notes" that hold some; got none')


def notes_in(value: Any) -> Iterator[Any]:
    """The notes of an answer, and the replies that one may hold."""
    several = value.get("notes", value) if isinstance(value, dict) else value
    for note in several if isinstance(several, list) else [several] if several else []:
        yield note
        details = note.get("details") if isinstance(note, dict) else None
        reply_lists = (details.get("replies"), details.get("directReplies")) if isinstance(details, dict) else ()
        for replies in reply_lists:
            yield from replies if isinstance(replies, list) else ()


def note_records(note: Json, line: int, *, scrubber: Scrubber) -> Iterator[Record]:
    """The comment that a note is, after the thread if it is the submission; raises FieldError."""
    fields = Fields(note, line, scrubber)
    name, forum = fields.required("id"), fields.required("forum")
    key = ThreadKey(SITE, forum)
    if name == forum:
        yield submission_thread(fields, key)
    body = note_body(fields, name == forum)
    above = None if name == forum else fields.parent_id("replyto")
    yield Comment(
        key,
        name,
        body.text,
        parent=None if name == forum else above or forum,
        author=signature_name(fields),
        created=fields.iso_moment("cdate") or fields.iso_moment("tcdate"),
        url=f"{FORUM_URL}{quote(forum, safe='')}&noteId={quote(name, safe='')}",
        states=(State.DELETED,) if "ddate" in fields else (),
        links=body.links,
        addressed=name == forum or above is not None,
    )


def submission_thread(fields: Fields, key: ThreadKey) -> Thread:
    """The thread of a submission, with as many comments as it is said to have."""
    content, details = fields.values.get("content"), fields.values.get("details")
    about = Fields(
        {"title": content_value(content, "title")} if isinstance(content, dict) else {}, fields.line, fields.scrubber
    )
    counts = Fields(details if isinstance(details, dict) else {}, fields.line, fields.scrubber)
    count = counts.declared_count("replyCount")
    return Thread(
        key, about.side_text("title"), f"{FORUM_URL}{quote(key.id, safe='')}", None if count is None else count + 1
    )


def note_body(fields: Fields, is_submission: bool) -> Body:
    """What a note says; raises FieldError where that is nothing, unless it was deleted."""
    content = fields.values.get("content")
    if not isinstance(content, dict):
        raise unexpected_error("content", "an object with the fields of the note", content)
    abstract = lenient_string(content_value(content, "abstract"))
    if is_submission and abstract:
        return from_markdown(fields.scrubber.text(abstract, fields.line))
    body = review_body(content, fields.line, fields.scrubber)
    if not body.text.strip() and "ddate" not in fields:
        raise unexpected_error("content", "an object with a field of prose, such as a comment", sorted(content))
    return body


def signature_name(fields: Fields) -> str | None:
    """Who signed, with the paper that makes a reviewer one of others of that name.

    >>> signature_name(Fields({"signatures": ["A.org/2026/Paper4/Reviewer_x1Yz"]}, 1, Scrubber()))
    'Reviewer x1Yz of A.org/2026/Paper4'
    >>> signature_name(Fields({"signatures": ["~Ann_Berg1"]}, 1, Scrubber()))
    'Ann Berg'
    """
    signatures = fields.aside(fields.names, "signatures") or ()
    if not signatures:
        return None
    place, _, role = signatures[0].rpartition("/")
    profile = PROFILE_NAME.fullmatch(role)
    if profile is not None:
        return profile[1].replace("_", " ") + (f" {profile[2]}" if profile[2] != "1" else "")
    return role.replace("_", " ") + (f" of {place}" if place else "")

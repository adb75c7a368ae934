"""The comments on a change in Gerrit, as its API lists them: by the file that they are on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.containers.documents import json_documents, objects_in
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.formats import text
from rejoinder.loaders.mapping import FieldMap, comment_of
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.roots import Roots
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, ThreadKey

NAME = "gerrit"
SUMMARY = "Gerrit API: the comments on a change (/changes/NUMBER/comments), with or without )]}' above"
READS = Reads(
    recognised="lists of objects with `id`, `message` and `updated`, and a `patch_set`, `unresolved` or `_account_id`",
    id="`id`; the thread is the file",
    parent="`in_reply_to`",
    author="`author.name`, else its `display_name`, `username` or `email`",
    created="`updated`, in UTC",
    body="`message`, plain",
    states="resolved where the latest of several that answer one another has `unresolved` false",
    ignored="the file, line and patch set that a comment is on; drafts, votes and the messages of the change, which "
    "`/detail` gives",
)

SITE = "gerrit"
MAP = FieldMap(
    id="id",
    text="message",
    parent="in_reply_to",
    author="author.name|author.display_name|author.username|author.email",
    created="updated",
    resolved="settled",
)
COMMENT_MARKS = ("patch_set", "unresolved", "author._account_id")
GERRIT_DATE = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{0,5}[1-9])?)[.\d]*")  # in nanoseconds, in UTC
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for lists of comments, whatever files they are on."""
    paths = json_paths(head)
    places = [
        place.removesuffix("message") for place in paths if place.endswith("[].message") and not place.startswith("[]")
    ]
    return any(
        {f"{at}id", f"{at}updated"} <= paths and any(at + comment_mark in paths for comment_mark in COMMENT_MARKS)
        for at in places
    )


def load(source: Source) -> Iterator[Found | Problem]:
    """The comments in the order of the file, all in one thread."""
    scrubber = Scrubber()
    home = ThreadKey(SITE, text.file_thread(source, scrubber).key.id)
    for document in json_documents(source):
        lists = comment_lists(document.value)
        comments = (comment for several in lists for comment in objects_in(document, several, "id", "a comment"))
        read = partial(gerrit_comments, settled=settled_ids(lists), home=home, scrubber=scrubber)
        yield from read_items(comments, read, source.name)
    yield from scrubber.problems(source.name)


def comment_lists(value: Any) -> list[list[Any]]:
    """The lists of comments, one a file of the change."""
    return [comments for comments in value.values() if isinstance(comments, list)] if isinstance(value, dict) else []


def gerrit_comments(
    comment: Json, line: int, *, settled: frozenset[str], home: ThreadKey, scrubber: Scrubber
) -> list[Comment]:
    """The comment; raises FieldError."""
    record = {**comment, "updated": gerrit_date(comment.get("updated")), "settled": str(comment.get("id")) in settled}
    return [comment_of(record, MAP, line=line, scrubber=scrubber, home=home)]


def gerrit_date(value: object) -> object:
    """A date as Gerrit writes it in ISO 8601, anything else as it is.

    >>> gerrit_date("2024-05-01 08:00:00.120000000"), gerrit_date("yesterday")
    ('2024-05-01T08:00:00.12Z', 'yesterday')
    """
    match = GERRIT_DATE.fullmatch(value) if isinstance(value, str) else None
    return f"{match[1]}T{match[2]}Z" if match else value


def settled_ids(lists: Sequence[Sequence[Any]]) -> frozenset[str]:
    """The ids of the comments that answer one another and whose latest says that nothing is left to do."""
    comments = {
        comment["id"]: comment
        for group in lists
        for comment in group
        if isinstance(comment, dict) and is_id(comment.get("id"))
    }
    parents = {name: comment.get("in_reply_to") for name, comment in comments.items()}
    roots = Roots({name: parent if is_id(parent) else None for name, parent in parents.items()})
    chains = defaultdict[str, list[str]](list)
    for name in sorted(comments, key=lambda name: str(comments[name].get("updated"))):
        chains[roots.root_of(name)].append(name)
    settled = (chain for chain in chains.values() if len(chain) > 1 and comments[chain[-1]].get("unresolved") is False)
    return frozenset(name for names in settled for name in names)


def is_id(value: object) -> bool:
    """True for what can name a comment."""
    return isinstance(value, str) and bool(value.strip())

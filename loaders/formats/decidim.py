"""Comments of a Decidim platform as its participatory spaces export them: JSON, or CSV that calls columns by paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.containers.columns import columns_of, csv_rows
from rejoinder.loaders.containers.documents import json_documents, objects_in
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import FieldMap, comment_of
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.dates import as_iso
from rejoinder.loaders.values.fields import FieldError, value_as_shown
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found, Record, Thread, ThreadKey

NAME = "decidim"
SUMMARY = "Decidim: the comments on proposals, meetings and debates, as it exports them (JSON or CSV)"
READS = Reads(
    recognised="`commentable_type` and `root_commentable_url`",
    id="`id`; the thread is `root_commentable_url`, the proposal or whatever else is discussed",
    parent="`commentable_id` where `commentable_type` is a comment; else what is discussed, which is not loaded",
    author="`name` of `author`",
    created="`created_at`",
    body="`body`, plain",
    ignored="`alignment`, which says for or against what is discussed and not why; `depth`, `locale`, groups of users",
)

SITE = "decidim"  # where no address tells another
NEEDED_KEYS = frozenset({"commentable_type", "root_commentable_url", "body"})
MAP = FieldMap(id="id", text="body", parent="above", author="author.name|author/name", created="when")


def recognises(path: Path, head: str) -> bool:
    """True for comments that say what they are on."""
    if not head.lstrip().startswith(("{", "[")):
        return set(columns_of(head)[0]) >= NEEDED_KEYS
    return {f"[].{needed_key}" for needed_key in NEEDED_KEYS} <= json_paths(head)


def load(source: Source) -> Iterator[Found | Problem]:
    """The comments in their order, and what they are on before the first on it."""
    scrubber = Scrubber()
    read = partial(comment_records, scrubber=scrubber, thread_keys=set())
    yield from read_items(comments_in(source, scrubber), read, source.name)
    yield from scrubber.problems(source.name)


def comments_in(source: Source, scrubber: Scrubber) -> Iterator[tuple[int, Mapping[str, Any]] | Problem]:
    """The line and the values of each comment."""
    if not source.head().lstrip().startswith((b"{", b"[")):
        yield from csv_rows(source, scrubber)
        return
    for document in json_documents(source):
        several = document.value if isinstance(document.value, list) else [document.value]
        yield from objects_in(document, several, "id", "a comment")


def comment_records(
    values: Mapping[str, Any], line: int, scrubber: Scrubber, thread_keys: set[ThreadKey]
) -> Iterator[Record]:
    """The comment in a record, and what it is on where that is not one of `thread_keys`; raises FieldError."""
    url = values.get("root_commentable_url")
    if not isinstance(url, str) or not host_of(url):
        raise FieldError(f'expected "root_commentable_url" to be an address, got {value_as_shown(url):.40}')
    home = ThreadKey(host_of(url) or SITE, scrubber.text(url.partition("://")[2].partition("/")[2] or url, line))
    is_reply = str(values.get("commentable_type")).endswith("Comment")
    when = values.get("created_at")
    record = {
        **values,
        "above": values.get("commentable_id") if is_reply else None,
        "when": (as_iso(when) or when) if isinstance(when, str) else when,
    }
    comment = comment_of(record, MAP, line=line, scrubber=scrubber, home=home, parent=home.id)
    if home not in thread_keys:
        thread_keys.add(home)
        yield Thread(home, None, url)
    yield comment

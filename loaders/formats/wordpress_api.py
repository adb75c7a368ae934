"""Comments on a WordPress blog as its REST API lists them (/wp-json/wp/v2/comments?post=...)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.containers.documents import json_documents, objects_in
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import FieldMap, comment_of
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found, Record, Thread, ThreadKey

NAME = "wordpress_api"
SUMMARY = "WordPress: the comments on a post as the REST API lists them (/wp-json/wp/v2/comments?post=ID)"
READS = Reads(
    recognised="objects with `post`, `parent` and `author_name`",
    id="`id`; the thread is the post's, on the host of `link`",
    parent="`parent`; where that is 0, the post itself, which is not loaded, and the words are asked",
    author="`author_name`",
    created="`date_gmt`, else `date` without a zone",
    body="`content.rendered`, HTML",
    link="`link`",
    ignored="pingbacks and trackbacks, comments that are not approved, avatars",
)

SITE = "wordpress"  # where no address tells another
MAP = FieldMap(
    id="id",
    text="content.rendered",
    parent="parent",
    author="author_name",
    created="when",
    link="link",
    thread="post",
    markup="html",
    top="0",
)
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for comments, one or a list of them."""
    paths = json_paths(head)
    names = ("post", "parent", "author_name", "content.rendered")
    return any({at + name for name in names} <= paths for at in ("", "[]."))


def load(source: Source) -> Iterator[Found | Problem]:
    """The comments in their order, and their posts before the first on each."""
    scrubber, skipped = Scrubber(), SkipLog()
    read = partial(comment_records, scrubber=scrubber, skipped=skipped, thread_keys=set())
    for document in json_documents(source):
        several = document.value if isinstance(document.value, list) else [document.value]
        yield from read_items(objects_in(document, several, "id", "a comment"), read, source.name)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def comment_records(
    values: Json, line: int, scrubber: Scrubber, skipped: SkipLog, thread_keys: set[ThreadKey]
) -> Iterator[Record]:
    """The comment in a record, and its post if not in `thread_keys`; nothing for what is none; raises FieldError."""
    if is_left_out(values):
        skipped.note("pingbacks, and comments that are not approved", line)
        return
    gmt = values.get("date_gmt")
    record = {**values, "when": f"{gmt}Z" if isinstance(gmt, str) and gmt else values.get("date")}
    home = ThreadKey(host_of(values.get("link")) or SITE, "")
    comment = comment_of(record, MAP, line=line, scrubber=scrubber, home=home)
    if comment.thread not in thread_keys and comment.url:
        yield Thread(comment.thread, None, comment.url.partition("#")[0])
    thread_keys.add(comment.thread)
    yield comment if comment.parent else replace(comment, parent=f"post-{comment.thread.id}", addressed=False)


def is_left_out(values: Json) -> bool:
    """True for what is no comment of a reader, or was not let through."""
    return values.get("type", "comment") not in ("comment", "") or values.get("status", "approved") != "approved"

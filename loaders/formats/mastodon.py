"""Statuses of Mastodon and of servers that speak like it: a status, its context, or a list of statuses."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Body, from_html
from rejoinder.loaders.containers.documents import Document, json_documents
from rejoinder.loaders.containers.objects import objects_along
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import FieldMap, comment_of, pick
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.roots import Roots
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.fields import FieldError
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.lenient import lenient_string
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Thread, ThreadKey

NAME = "mastodon"
SUMMARY = "Mastodon API: statuses, and the context around one"
READS = Reads(
    recognised="`ancestors` and `descendants`, or statuses with `in_reply_to_id` and `account`",
    id="`id`",
    parent="`in_reply_to_id`",
    author="`account.acct`",
    created="`created_at`",
    body="`content`, HTML, after `spoiler_text`",
    link="`url`, else `uri`",
    counts="`replies_count`; their sum where the whole thread was given",
    ignored="boosts, statuses without words, pictures, polls, favourites, earlier versions (`edited_at`)",
)

SITE = "mastodon"  # where no status tells which server gave it
MAP = FieldMap(
    id="id",
    text="content",
    parent="in_reply_to_id",
    author="account.acct",
    created="created_at",
    link="url|uri",
    replies="replies_count",
    markup="html",
)
STATUS_PREFIXES = ("", "[].", "ancestors[].", "descendants[].", "status.", "statuses[].")


def recognises(path: Path, head: str) -> bool:
    """True for a context, and for statuses."""
    paths = json_paths(head)
    if {"ancestors", "descendants"} <= paths:
        return True
    return any({place + "in_reply_to_id", place + "account"} <= paths for place in STATUS_PREFIXES)


def load(source: Source) -> Iterator[Found | Problem]:
    """The statuses in the order of the file; those that answer one another are one thread."""
    scrubber, skipped = Scrubber(), SkipLog()
    documents = list(json_documents(source))
    statuses = [(document, item) for document in documents for item in statuses_in(document.value)]
    site = server_host([item for _, item in statuses])
    comment_lines: list[tuple[Comment, int]] = []
    for document, status in statuses:
        line = document.line(status.get("id"))
        try:
            comment = status_comment(document, status, ThreadKey(site, ""), line, scrubber, skipped)
        except FieldError as error:
            yield Problem(source.name, line, str(error), lost=True)
            continue
        if comment is not None:
            comment_lines.append((comment, line))
    yield from comments_in_threads(comment_lines, missing_focus(documents), source.name)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def statuses_in(value: Any) -> Iterator[dict[str, Any]]:
    """All statuses of a document."""
    keys = ("ancestors", "status", "statuses", "context", "descendants")
    return objects_along(value, keys, lambda item: "account" in item and "id" in item)


def status_comment(
    document: Document, status: dict[str, Any], home: ThreadKey, line: int, scrubber: Scrubber, skipped: SkipLog
) -> Comment | None:
    """The status as a comment, None for a boost and where there are no words; raises FieldError."""
    if status.get("reblog"):
        skipped.note("boosts", line)
        return None
    body = status_body(status, line, scrubber)
    if not body.text.strip():
        skipped.note("statuses without words", line)
        return None
    return comment_of(status, MAP, line=line, scrubber=scrubber, home=home, body=body)


def status_body(status: dict[str, Any], line: int, scrubber: Scrubber) -> Body:
    """The warning, if there is one, and the words; names and hashtags are no links."""
    content, warning = status.get("content"), lenient_string(status.get("spoiler_text"))
    markup = content if isinstance(content, str) else ""
    if warning:
        markup = f"<p>{html.escape(warning)}</p>{markup}"
    body = from_html(scrubber.text(markup, line))
    return Body(body.text, tuple(link for link in body.links if body.text[link.start] not in "@#"))


def server_host(statuses: list[dict[str, Any]]) -> str:
    """The host that gave the statuses: that of the first account whose name does without one."""
    for status in statuses:
        name, url = pick(status, "account.acct"), pick(status, "account.url|url")
        if isinstance(name, str) and "@" not in name and (host := host_of(url)):
            return host
    return SITE


def missing_focus(documents: list[Document]) -> dict[str, str]:
    """For each context without its status: the status that its descendants answer, and what that answers."""
    parent_by_id = {}
    for document in documents:
        value = document.value
        if isinstance(value, dict) and isinstance(value.get("ancestors"), list) and value["ancestors"]:
            last, below = value["ancestors"][-1], value.get("descendants")
            names = {pick(status, "id") for status in statuses_in(below)}
            parents = (pick(status, "in_reply_to_id") for status in statuses_in(below))
            middle = next((parent for parent in parents if parent is not None and parent not in names), None)
            if isinstance(last, dict) and middle is not None and middle != last.get("id"):
                parent_by_id[str(middle)] = str(last.get("id"))
    return parent_by_id


def comments_in_threads(
    comment_lines: list[tuple[Comment, int]], parent_by_id: dict[str, str], file: str
) -> Iterator[Found]:
    """The comments, each in the thread of the status it goes back to, and the threads."""
    roots = Roots({**parent_by_id, **{comment.id: comment.parent for comment, _ in comment_lines}})
    comments_by_root: dict[str, list[Comment]] = {}
    for comment, _ in comment_lines:
        comments_by_root.setdefault(roots.root_of(comment.id), []).append(comment)
    seen_roots = set()
    for comment, line in comment_lines:
        root = roots.root_of(comment.id)
        if root not in seen_roots:
            seen_roots.add(root)
            yield Found(status_thread(ThreadKey(comment.thread.site, root), comments_by_root[root]), file, line)
        yield Found(replace(comment, thread=ThreadKey(comment.thread.site, root)), file, line)


def status_thread(key: ThreadKey, comments: list[Comment]) -> Thread:
    """The thread; where the status that opens it is there, the replies that each status counts are its size."""
    first = next((comment for comment in comments if comment.id == key.id), None)
    if first is None:
        return Thread(key)
    declared = 1 + sum(comment.declared_replies or 0 for comment in comments)
    return Thread(key, None, first.url, declared)

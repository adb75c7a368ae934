"""Jira: issues with their comments, and pages of the comments on one, as both of its REST interfaces give them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import Body, from_html
from rejoinder.loaders.bodies.jira import as_html
from rejoinder.loaders.containers.documents import Document, json_documents, objects_in
from rejoinder.loaders.containers.finding import read_item, read_items
from rejoinder.loaders.containers.objects import all_objects
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import as_scalar
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.dates import as_iso
from rejoinder.loaders.values.fields import Fields, unexpected_error
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Record, Thread, ThreadKey

NAME = "jira"
SUMMARY = "Jira: issues with their comments, or the comments on one, as its REST interface gives them (2 and 3)"
READS = Reads(
    recognised="issues with a `key` and `fields`, alone or in `issues`; or `comments` whose `self` leads to an issue",
    id="`id` of the comment, `opening` of the issue; the thread is the issue's `id`, the site the host of `self`",
    parent="`parentId`; without it the issue, and the words are asked",
    author="`displayName` of `author` and `reporter`, else `name`",
    created="`created`",
    body="`body` and `description`, wiki markup or a document object; of an issue without words its `summary`; who is "
    "called by account (`[~ann]`) is named where the file knows them",
    link="made of the host, the `key` of the issue and `id`",
    counts="`total` of `comment`, and the issue",
    ignored="comments without words, pictures, all of tables but their words, work logs, the issue's history, "
    "`renderedFields`",
)

SITE = "jira"  # where no address tells another
OPENING = "opening"
ISSUE_API_URL = re.compile(r"(.*)/rest/api/[\w.]+/issue/([^/]+)")
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for issues, alone, in a list or in an answer, and for comments that name theirs by its address."""
    paths = json_paths(head)
    from_api = "/rest/api/" in head
    for at in ("", "[].", "issues[]."):
        if {at + "key", at + "fields"} <= paths and (from_api or at + "fields.summary" in paths):
            return True
    return from_api and {"comments[].self", "comments[].author", "comments[].body"} <= paths


def load(source: Source) -> Iterator[Found | Problem]:
    """The issues in their order, each before its comments; raises LoadError where there are none."""
    scrubber, skipped, empty = Scrubber(), SkipLog(), True
    for document in json_documents(source):
        export = JiraReader(names_by_account(document.value), scrubber, skipped)
        for result in export.document_records(document):
            empty = False
            yield result
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)
    if empty and not skipped.seen:
        raise LoadError(source.name, 1, "expected issues of Jira, or comments on one, got none")


def names_by_account(value: Any) -> dict[str, str]:
    """The names of all people whom a document knows, by the accounts that they are called by."""
    name_by_account: dict[str, str] = {}
    for person in all_objects(value):
        name = person.get("displayName")
        if isinstance(name, str) and name.strip():
            accounts = (person.get(kind) for kind in ("accountId", "name", "key"))
            name_by_account.update((account, name) for account in accounts if isinstance(account, str))
    return name_by_account


@dataclass(slots=True)
class JiraReader:
    """What a document knows besides its issues, and those that were told as threads."""

    people: dict[str, str]
    scrubber: Scrubber
    skipped: SkipLog
    seen_threads: set[ThreadKey] = field(default_factory=set)

    def document_records(self, document: Document) -> Iterator[Found | Problem]:
        """The issues or the comments of a document."""
        value = document.value
        if isinstance(value, dict) and isinstance(value.get("comments"), list) and "fields" not in value:
            yield from self.read(document, value["comments"], {})
            return
        several = value.get("issues", [value]) if isinstance(value, dict) else value
        for placed in objects_in(document, several if isinstance(several, list) else [], "key", "an issue"):
            if isinstance(placed, Problem):
                yield placed
            elif placed[1]:
                yield from self.issue(*placed, document)

    def issue(self, line: int, issue: Json, document: Document) -> Iterator[Found | Problem]:
        """An issue as the opening of its thread, and the comments on it."""
        yield from read_item(self.opening(issue, line), line, document.name)
        fields = issue.get("fields")
        comments = fields.get("comment") if isinstance(fields, dict) else None
        several = comments.get("comments") if isinstance(comments, dict) else comments
        yield from self.read(document, several if isinstance(several, list) else [], issue)

    def read(self, document: Document, comments: list[Any], issue: Json) -> Iterator[Found | Problem]:
        """The comments on an issue, or those that name theirs."""

        def records(comment: Json, line: int) -> Iterator[Record]:
            return self.comment(comment, line, issue)

        yield from read_items(objects_in(document, comments, "id", "a comment"), records, document.name)

    def opening(self, issue: Json, line: int) -> Iterator[Record]:
        """The thread of an issue, and what it says; raises FieldError."""
        values = issue.get("fields")
        if not isinstance(values, dict):
            raise unexpected_error("fields", "an object with those of the issue", values)
        fields, key = Fields(values, line, self.scrubber), self.key(issue, line)
        title, comments = fields.side_text("summary"), values.get("comment")
        count = Fields(comments, line, self.scrubber).declared_count("total") if isinstance(comments, dict) else None
        self.seen_threads.add(key)
        yield Thread(key, title, self.page(issue, line), None if count is None else count + 1)
        body = self.body(fields, "description")
        body = body if body.text.strip() else Body(title or "")
        if not body.text.strip():
            raise unexpected_error(
                "summary", "a text with words in it, where there is no description", values.get("summary")
            )
        yield self.comment_of(fields, key, OPENING, body, self.page(issue, line), author="reporter")

    def comment(self, values: Json, line: int, issue: Json) -> Iterator[Record]:
        """A comment, after the thread of its issue where that was not told; raises FieldError."""
        fields = Fields({**values, "id": as_scalar(values.get("id"))}, line, self.scrubber)
        key, name = self.key(issue or {"self": values.get("self")}, line), fields.required("id")
        body = self.body(fields, "body")
        if not body.text.strip():
            self.skipped.note("comments without words", line)
            return
        if key not in self.seen_threads:
            self.seen_threads.add(key)
            yield Thread(key)
        page = self.page(issue, line)
        url = f"{page}?focusedCommentId={quote(name, safe='')}" if page else None
        above = fields.parent_id("parentId")
        comment = self.comment_of(fields, key, name, body, url, author="author")
        yield replace(comment, parent=above or OPENING, addressed=above is not None)

    def key(self, issue: Json, line: int) -> ThreadKey:
        """The thread of an issue: by its number, else by the one in its address, else by its key; raises FieldError."""
        address = issue.get("self")
        place = ISSUE_API_URL.match(address) if isinstance(address, str) else None
        values = {"id": as_scalar(issue.get("id")) or (place and place[2]) or issue.get("key")}
        return ThreadKey(host_of(address) or SITE, Fields(values, line, self.scrubber).required("id"))

    def page(self, issue: Json, line: int) -> str | None:
        """The page of an issue, where its host and key are known."""
        return self.scrubber.text(issue_url(issue) or "", line) or None

    def body(self, fields: Fields, name: str) -> Body:
        """What a field says; raises FieldError where it is neither wiki markup nor a document object."""
        value = fields.values.get(name)
        if value is None:
            return Body("")
        if not isinstance(value, str | dict):
            raise unexpected_error(name, "wiki markup (a string) or a document (an object)", value)
        return from_html(self.scrubber.text(as_html(value, self.people), fields.line))

    def comment_of(
        self, fields: Fields, key: ThreadKey, name: str, body: Body, url: str | None, *, author: str
    ) -> Comment:
        """An issue or comment."""
        person = fields.values.get(author)
        who = Fields(person if isinstance(person, dict) else {}, fields.line, self.scrubber)
        created = fields.iso_moment("created")
        return Comment(
            key,
            name,
            body.text,
            author=who.side_text("displayName") or who.side_text("name"),
            created=as_iso(created or "") or created,
            url=url,
            links=body.links,
        )


def issue_url(issue: Json) -> str | None:
    """The page of an issue.

    >>> issue_url({"key": "ROOF-4", "self": "https://roof.example/jira/rest/api/2/issue/90"})
    'https://roof.example/jira/browse/ROOF-4'
    """
    address, key = issue.get("self"), issue.get("key")
    place = ISSUE_API_URL.match(address) if isinstance(address, str) else None
    return f"{place[1]}/browse/{quote(key, safe='', errors='replace')}" if place and isinstance(key, str) else None

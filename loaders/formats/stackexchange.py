"""Answers of the Stack Exchange API: questions with their answers and comments, or lists of answers or comments."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Body, from_html, from_markdown
from rejoinder.loaders.containers.documents import Document, json_documents
from rejoinder.loaders.containers.finding import read_item
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import pick
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.stackexchange import SITE, accepted_answer, comment_name, comment_url, post_url, site_in
from rejoinder.loaders.values.fields import FieldError, Fields, unexpected_error
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Record, Thread, ThreadKey

NAME = "stackexchange"
SUMMARY = "Stack Exchange API: questions, answers and comments (JSON)"
READS = Reads(
    recognised="`items` with a `question_id`, `answer_id` or `comment_id`, and an `owner`",
    id="`question_id`, `answer_id`; `comment` and `comment_id`",
    parent="the question of an answer, the post that a comment stands below (`question_id`, `post_id`); whom a comment "
    "speaks to: `reply_to_user`",
    author="`owner.display_name`",
    created="`creation_date`",
    body="`body`, HTML, else `body_markdown`",
    link="`link`, or made of the site and the id",
    counts="`answer_count`, `comment_count`",
    moves="`is_accepted`, `accepted_answer_id`",
    ignored="votes, tags, edits; posts asked for without their bodies",
)

QUESTION_PATH = re.compile(r"/(?:questions|q)/(\d+)")
ITEM_MARKS = {
    "question_id": ("answer_count", "is_answered", "answers"),
    "answer_id": ("is_accepted",),
    "comment_id": (),
}


def recognises(path: Path, head: str) -> bool:
    """True if the items, or the values of a list or of lines, are questions, answers or comments of the API."""
    paths = json_paths(head)
    return any(shows_item(paths, prefix) for prefix in ("items[].", "[].", ""))


def shows_item(paths: frozenset[str], prefix: str) -> bool:
    """True if what stands below the prefix is a question, an answer or a comment."""
    if prefix + "comment_id" in paths and {prefix + "post_id", prefix + "owner"} <= paths:
        return True
    for name, marks in ITEM_MARKS.items():
        if prefix + name in paths and any(prefix + mark in paths for mark in marks):
            return prefix + "owner" in paths
    return False


def load(source: Source) -> Iterator[Found | Problem]:
    """All posts and comments in the order of the file, each question with what stands below it."""
    scrubber = Scrubber()
    for document in json_documents(source):
        yield from ApiPage(document, scrubber).records()
    yield from scrubber.problems(source.name)


class ApiPage:
    """One answer of the API."""

    def __init__(self, document: Document, scrubber: Scrubber) -> None:
        self.document, self.scrubber = document, scrubber
        value = document.value
        items = value.get("items", [value]) if isinstance(value, dict) else value
        self.items = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []

    def records(self) -> Iterator[Found | Problem]:
        """The records of all items."""
        for item in self.items:
            site = item_site(item)
            if "answer_id" in item:
                yield from self.answer(item, ThreadKey(site, self.id(item, "question_id")))
            elif "comment_id" in item:
                yield from self.comment(item, ThreadKey(site, self.question_of(item)), self.id(item, "post_id"))
            else:
                yield from self.question(item, ThreadKey(site, self.id(item, "question_id")))

    def question(self, item: dict[str, Any], key: ThreadKey) -> Iterator[Found | Problem]:
        """The thread, the question, its comments and answers."""
        fields = self.fields(item, "question_id")
        yield from read_item(self.opening(fields, key), fields.line, self.document.name)
        for inner_object in inner_objects(item, "comments"):
            yield from self.comment(inner_object, key, key.id)
        chosen = item.get("accepted_answer_id")
        for inner_object in inner_objects(item, "answers"):
            is_accepted = inner_object.get("is_accepted") is True or (
                chosen is not None and inner_object.get("answer_id") == chosen
            )
            yield from self.answer({**inner_object, "is_accepted": is_accepted}, key)

    def answer(self, item: dict[str, Any], key: ThreadKey) -> Iterator[Found | Problem]:
        """The answer, whether it was accepted, and its comments."""
        name, fields = self.id(item, "answer_id"), self.fields(item, "answer_id")
        yield from read_item(self.answering(fields, key, name), fields.line, self.document.name)
        for inner_object in inner_objects(item, "comments"):
            yield from self.comment(inner_object, key, name)

    def comment(self, item: dict[str, Any], key: ThreadKey, post: str) -> Iterator[Found | Problem]:
        """A comment on a post."""
        fields = self.fields(item, "comment_id")
        return read_item(self.remark(fields, key, post), fields.line, self.document.name)

    def fields(self, item: dict[str, Any], name: str) -> Fields:
        """The fields of an item, on the line where its id of that name stands."""
        return Fields(item, self.document.line(item.get(name)), self.scrubber)

    def opening(self, fields: Fields, key: ThreadKey) -> Iterator[Record]:
        """The thread and the question; raises FieldError."""
        title = html.unescape(fields.side_text("title") or "") or None
        url = item_url(fields) or post_url(key.site, key.id)
        replies = (fields.declared_count("answer_count") or 0) + (fields.declared_count("comment_count") or 0)
        yield Thread(key, title, url, declared_size(fields.values))
        yield self.post(fields, key, key.id, url=url, replies=replies)

    def answering(self, fields: Fields, key: ThreadKey, name: str) -> Iterator[Record]:
        """The answer, and that it was accepted; raises FieldError."""
        url = item_url(fields) or post_url(key.site, name, "a")
        yield self.post(fields, key, name, parent=key.id, url=url, replies=fields.declared_count("comment_count"))
        if fields.values.get("is_accepted") is True:
            yield accepted_answer(key, name)

    def remark(self, fields: Fields, key: ThreadKey, post: str) -> Iterator[Record]:
        """The comment on a post; raises FieldError."""
        if not key.id:
            raise FieldError('expected a comment on a question, or "link", which names the question of the answer')
        number = self.id(fields.values, "comment_id")
        url = item_url(fields) or comment_url(key.site, key.id, post, number)
        yield self.post(fields, key, comment_name(number) if number else "", parent=post or None, url=url)

    def post(
        self,
        fields: Fields,
        key: ThreadKey,
        name: str,
        *,
        parent: str | None = None,
        url: str | None,
        replies: int | None = None,
    ) -> Comment:
        """The words of a question, answer or comment; raises FieldError if it has none."""
        if not key.id or not name:
            raise unexpected_error("question_id", "the id of the question, the answer or the comment", None)
        body = post_body(fields)
        return Comment(
            key,
            name,
            body.text,
            parent=parent,
            author=display_name(fields, "owner"),
            created=fields.iso_moment("creation_date"),
            url=url,
            declared_replies=replies,
            links=body.links,
            addressed="comment_id" not in fields.values,
            to=display_name(fields, "reply_to_user"),
        )

    def id(self, item: Mapping[str, Any], name: str) -> str:
        """The id of that name; empty where it is neither a number nor words."""
        value = item.get(name)
        is_valid = isinstance(value, int | str) and not isinstance(value, bool)
        return self.scrubber.text(str(value), 1).strip() if is_valid else ""

    def question_of(self, item: Mapping[str, Any]) -> str:
        """The question below which a comment of a list stands: its post, or what its address names; else empty."""
        if item.get("post_type") == "question" and item.get("post_id") is not None:
            return self.id(item, "post_id")
        match = QUESTION_PATH.search(str(item.get("link") or "")[:2000])
        return match[1] if match else ""


def display_name(fields: Fields, who: str) -> str | None:
    """The display name of the account that the item calls its owner, or the one it replies to."""
    name = pick(fields.values, f"{who}.display_name")
    return fields.scrubber.text(html.unescape(name), fields.line).strip() or None if isinstance(name, str) else None


def post_body(fields: Fields) -> Body:
    """The words; raises FieldError if there are none, as where the API was not asked for them."""
    markup, written = fields.optional("body"), fields.optional("body_markdown")
    body = from_html(markup) if markup else from_markdown(html.unescape(written or ""))
    if not body.text.strip():
        raise FieldError('expected "body" or "body_markdown" with words in it; ask the API with filter=withbody')
    return body


def item_url(fields: Fields) -> str | None:
    """The permalink that the item names."""
    link = fields.side_text("link")
    return link if link and link.startswith(("https://", "http://")) else None


def inner_objects(item: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects of a list within an item."""
    several = item.get(name)
    return [entry for entry in several if isinstance(entry, dict)] if isinstance(several, list) else []


def declared_size(item: Mapping[str, Any]) -> int | None:
    """How many posts and comments the question says there are, itself included; None where it does not say."""
    below = (inner_object.get("comment_count") for inner_object in inner_objects(item, "answers"))
    counts = [item.get("answer_count"), item.get("comment_count"), *below]
    if not all(isinstance(count, int) for count in counts[:2]):
        return None
    return 1 + sum(count for count in counts if isinstance(count, int) and count > 0)


def item_site(item: Mapping[str, Any]) -> str:
    """The site that the item's own address, or that of its owner, names."""
    addresses = (pick(item, "link"), pick(item, "owner.link"))
    return next((site for address in addresses if isinstance(address, str) and (site := site_in(address))), SITE)

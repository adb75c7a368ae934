"""What somebody has posted in the fediverse: outbox.json of an archive of Mastodon, or any outbox of ActivityPub."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Body
from rejoinder.loaders.containers.documents import Document, json_documents
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.formats import mastodon
from rejoinder.loaders.mapping import FieldMap, comment_of, pick
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.roots import Roots
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.fields import FieldError, unexpected_error, value_as_shown
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.lenient import lenient_string
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Thread, ThreadKey

NAME = "activitypub"
SUMMARY = "outbox.json of a Mastodon archive, or the outbox of any account of the fediverse (ActivityPub)"
READS = Reads(
    recognised="`orderedItems` that have a `type` and an `actor`",
    id="`id` of the `object`; the thread is the post that opens it, else `conversation` or `context`, else what is "
    "answered; the site is the host of the `actor`",
    parent="`inReplyTo`, else `inReplyToAtomUri`",
    author="the name at the end of `attributedTo`, else of `actor`",
    created="`published` of the object, else of the activity",
    body="`content`, HTML, else the first of `contentMap`, after `summary`",
    link="`url`, else `id`",
    ignored="boosts (`Announce`), direct messages, posts without words; what others answered, which is not in it; "
    "pictures, polls, tags",
)

SITE = "fediverse"  # where no address names a host
MAP = FieldMap(id="id", text="content", parent="above", author="by", created="published", link="link", markup="html")
PUBLIC_ENDINGS = ("#Public", "as:Public", "Public", "/followers")  # how the addresses of all, or of all followers, end
Json = dict[str, Any]
CommentLine = tuple[Comment, int]


def recognises(path: Path, head: str) -> bool:
    """True for a collection of activities."""
    return {"orderedItems[].type", "orderedItems[].actor"} <= json_paths(head)


def load(source: Source) -> Iterator[Found | Problem]:
    """The posts in the order of the file; those of a conversation are one thread."""
    scrubber, skipped, conversations = Scrubber(), SkipLog(), dict[str, str]()
    read = partial(activity_comments, conversations=conversations, scrubber=scrubber, skipped=skipped)
    comment_lines = list[CommentLine]()
    for document in json_documents(source):
        for result in read_items(activities_in(document), read, source.name):
            if isinstance(result, Found) and isinstance(result.record, Comment):
                comment_lines.append((result.record, result.line))
            else:
                yield result
    yield from comments_in_threads(comment_lines, conversations, source.name)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def activities_in(document: Document) -> Iterator[tuple[int, Any]]:
    """The activities of an outbox, whatever they are, each with its line."""
    items = pick(document.value, "orderedItems") if isinstance(document.value, dict) else None
    for item in items if isinstance(items, list) else ():
        name = pick(item, "object.id|id") if isinstance(item, dict) else item
        yield document.line(name if isinstance(name, str) else "orderedItems"), item


def activity_comments(
    activity: Any, line: int, *, conversations: dict[str, str], scrubber: Scrubber, skipped: SkipLog
) -> Iterator[Comment]:
    """The post that an activity is about, whose conversation is noted; nothing for others; raises FieldError."""
    post = activity_post(activity, line, skipped)
    if post is None:
        return
    status = {"content": post_content(post), "spoiler_text": post.get("summary")}
    body = mastodon.status_body(status, line, scrubber)
    if not body.text.strip():
        skipped.note("posts without words", line)
        return
    comment = post_comment(activity, post, body, line, scrubber)
    conversation = lenient_string(pick(post, "conversation|context"))
    if conversation:
        conversations[comment.id] = scrubber.text(conversation, line)
    yield comment


def activity_post(activity: Any, line: int, skipped: SkipLog) -> Json | None:
    """The post that an activity is about, None for another activity and for a direct message; raises FieldError."""
    if not isinstance(activity, dict):
        raise FieldError(f"expected an activity (an object), got {value_as_shown(activity):.40}")
    kind, post = activity.get("type"), activity.get("object")
    if kind != "Create":
        skipped.note("boosts" if kind == "Announce" else "activities other than posts", line)
        return None
    if not isinstance(post, dict):
        raise unexpected_error("object", "a post (an object)", post)
    if is_direct_message(post):
        skipped.note("direct messages", line)
        return None
    return post


def post_comment(activity: Json, post: Json, body: Body, line: int, scrubber: Scrubber) -> Comment:
    """The comment of a post, on the host of who wrote it; raises FieldError."""
    by = pick({**activity, **post}, "attributedTo|actor")
    home = ThreadKey(host_of(by) or host_of(post.get("id")) or SITE, "")
    return comment_of(flat_post(activity, post, by), MAP, line=line, scrubber=scrubber, home=home, body=body)


def flat_post(activity: Json, post: Json, by: object) -> Json:
    """The post with what its activity says, and names in place of addresses and objects."""
    parent, url = post.get("inReplyTo"), post.get("url")
    parent = parent.get("id", parent) if isinstance(parent, dict) else parent
    return {
        **post,
        "above": pick(post, "inReplyToAtomUri") if parent is None else parent,
        "by": account_name(by),
        "published": pick(post, "published") or activity.get("published"),
        "link": url if isinstance(url, str) else post.get("id"),
    }


def account_name(address: object) -> object:
    """The name of an account, at the end of its address; what is no address stays as it is.

    >>> account_name("https://pond.example/users/kim"), account_name("https://pond.example/@kim/"), account_name(7)
    ('kim', 'kim', 7)
    """
    if not isinstance(address, str):
        return address
    return address.rstrip("/").rpartition("/")[2].removeprefix("@")


def post_content(post: Json) -> object:
    """The words of a post; where it has them only by languages, those of the first."""
    content, languages = post.get("content"), post.get("contentMap")
    by_language = languages if isinstance(languages, dict) else {}
    return next(iter(by_language.values()), None) if content is None else content


def is_direct_message(post: Json) -> bool:
    """True for what was sent to some accounts alone.

    >>> is_direct_message({"to": ["https://lake.example/users/bo"]})
    True
    >>> is_direct_message({"to": "as:Public"})
    False
    >>> is_direct_message({})
    False
    """
    fields = [post.get("to"), post.get("cc")]
    to = [url for field in fields for url in (field if isinstance(field, list) else [field]) if isinstance(url, str)]
    return bool(to) and not any(url.endswith(PUBLIC_ENDINGS) for url in to)


def comments_in_threads(comment_lines: list[CommentLine], conversations: dict[str, str], file: str) -> Iterator[Found]:
    """The comments, each in the thread of what it goes back to, or else of its conversation; threads come before."""
    comments = {comment.id: comment for comment, _ in comment_lines}
    roots, seen_roots = Roots(parents_with_openers(comments, conversations)), set[str]()
    for post, line in comment_lines:
        root = roots.root_of(post.id)
        key = ThreadKey(post.thread.site, root)
        if root not in seen_roots:
            seen_roots.add(root)
            yield Found(Thread(key, None, comments[root].url if root in comments else None), file, line)
        yield Found(replace(post, thread=key), file, line)


def parents_with_openers(comments: dict[str, Comment], conversations: dict[str, str]) -> dict[str, str | None]:
    """What each post answers, and for what is answered and not here, what opens the conversation, or its name."""
    openers = {
        conversations[name]: name for name in comments if comments[name].parent is None and name in conversations
    }
    above: dict[str, str | None] = {name: comment.parent for name, comment in comments.items()}
    for name, post in comments.items():
        if post.parent is not None and post.parent not in comments and name in conversations:
            above[post.parent] = openers.get(conversations[name], conversations[name])
    return above

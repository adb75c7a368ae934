"""Posts and comments of Lemmy as its API gives them: /api/v3/post and /api/v3/comment/list.

The names of the fields are those of PostView and CommentView in lemmy-js-client.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import from_markdown, plain_body
from rejoinder.loaders.containers.documents import json_documents
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.objects import objects_along
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import FieldMap, comment_of, pick, thread_of
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.fields import Fields
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.lenient import count_with_opening, lenient_string
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Record, ThreadKey

NAME = "lemmy"
SUMMARY = "Lemmy API: a post (/post) and lists of comments (/comment/list) or posts"
READS = Reads(
    recognised="a `comment` with a `path` and a `post_id`, or a `post` with a `creator_id` beside `creator`",
    id="`id` of the comment; the post is `post` and its `id`, which is the thread's, on the host of the post's `ap_id`",
    parent="the last but one of `path`; without it the post",
    author="`creator.name`, with its host where that is another than the post's",
    created="`published`, since Lemmy 1.0 `published_at`",
    body="`content` and `body`, Markdown; of a post without words its `name`",
    link="`ap_id`",
    counts="`counts.comments` of the post, and the post itself; `counts.child_count` where it is 0; since "
    "Lemmy 1.0 in the post and the comment themselves",
    states="`deleted` and `removed` are deleted",
    ignored="votes, earlier versions, the community; counts of all that stands below a comment",
)

SITE = "lemmy"  # where nothing tells on which server the post is
COMMENT_MAP = FieldMap(
    id="comment.id",
    thread="comment.post_id",
    text="comment.content",
    parent="parent",
    author="author",
    created="comment.published|comment.published_at",
    link="comment.ap_id",
    deleted="comment.gone",
)
POST_MAP = FieldMap(
    id="opening",
    thread="post.id",
    text="post.body",
    author="author",
    created="post.published|post.published_at",
    link="post.ap_id",
    deleted="post.gone",
    thread_title="post.name",
    thread_url="post.ap_id",
    thread_comments="size",
)
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for views of comments and of posts, alone or in the lists of the API."""
    paths = json_paths(head)
    comments = ("", "comment_view.", "comments[].", "items[].", "[].")
    posts = ("", "post_view.", "posts[].", "items[].", "[].")
    return any({comment + "comment.path", comment + "comment.post_id"} <= paths for comment in comments) or any(
        {post + "post.name", post + "post.creator_id", post + "creator"} <= paths for post in posts
    )


def load(source: Source) -> Iterator[Found | Problem]:
    """The posts and comments in the order of the file."""
    scrubber = Scrubber()
    for document in json_documents(source):
        views = ((document.line(pick(view, "comment.id|post.id")), view) for view in views_in(document.value))
        yield from read_items(views, partial(view_records, scrubber=scrubber), source.name)
    yield from scrubber.problems(source.name)


def views_in(value: Any) -> Iterator[Json]:
    """The views of a document: an object with a comment or a post beside its creator."""
    keys = ("post_view", "posts", "comment_view", "comments", "items")
    return objects_along(value, keys, lambda view: "creator" in view and ("comment" in view or "post" in view))


def view_records(view: Json, line: int, scrubber: Scrubber) -> Iterator[Record]:
    """The comment of a view, or the thread of a post and the post as its opening; raises FieldError."""
    home = ThreadKey(host_of(pick(view, "post.ap_id")) or SITE, "")
    author = author_with_host(view, home.site)
    if "comment" in view:
        yield view_comment({**view, "author": author}, home, line, scrubber)
        return
    post = view["post"] if isinstance(view["post"], dict) else {}
    size = count_with_opening(pick(view, "counts.comments|post.comments"))
    record = {**view, "post": with_state(post), "author": author, "opening": opening_id(post.get("id")), "size": size}
    yield thread_of(record, POST_MAP, line=line, scrubber=scrubber, home=home)
    words, title = lenient_string(post.get("body")), post.get("name")
    body = from_markdown(scrubber.text(words, line)) if words else None
    body = body or plain_body(scrubber.text(title, line) if isinstance(title, str) else "")
    yield comment_of(record, POST_MAP, line=line, scrubber=scrubber, home=home, body=body)


def view_comment(view: Json, home: ThreadKey, line: int, scrubber: Scrubber) -> Comment:
    """The comment below the one that its path names before it, or below the post; raises FieldError."""
    inner = view["comment"] if isinstance(view["comment"], dict) else {}
    path = (Fields(inner, line, scrubber).side_text("path") or "").split(".")
    above = path[-2] if len(path) > 2 else opening_id(inner.get("post_id"))
    record = {**view, "comment": with_state(inner), "parent": above}
    words = inner.get("content")
    body = from_markdown(scrubber.text(words, line)) if isinstance(words, str) else None
    comment = comment_of(record, COMMENT_MAP, line=line, scrubber=scrubber, home=home, body=body)
    count = pick(view, "counts.child_count|comment.child_count")
    return replace(comment, declared_replies=0) if count == 0 else comment


def with_state(part: Json) -> Json:
    """The same, gone where its author or a moderator took it away."""
    return {**part, "gone": part.get("deleted") is True or part.get("removed") is True}


def opening_id(post: object) -> str:
    """The name of a post among the comments of its thread, whose ids are numbers, too."""
    return f"post-{post}"


def author_with_host(view: Json, site: str) -> object:
    """Who wrote it, with the host of the account where that is another than the site's."""
    name, host = pick(view, "creator.name"), host_of(pick(view, "creator.actor_id|creator.ap_id"))
    return f"{name}@{host}" if isinstance(name, str) and host not in (None, site) and site != SITE else name

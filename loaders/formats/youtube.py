"""Comments on YouTube's videos as its Data API gives them: pages of commentThreads.list and of comments.list.

The names of the fields are those of https://developers.google.com/youtube/v3/docs/commentThreads and .../comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Body, from_html, plain_body
from rejoinder.loaders.containers.documents import json_documents
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.mapping import FieldMap, comment_of, pick
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.fields import FieldError
from rejoinder.loaders.values.lenient import lenient_string
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Record, Thread, ThreadKey

NAME = "youtube"
SUMMARY = "YouTube Data API: pages of comment threads (commentThreads.list) and of replies (comments.list)"
READS = Reads(
    recognised="a `kind` such as `youtube#commentThread` or `youtube#commentListResponse`",
    id="`id` of the comment; the thread is `videoId`; of a comment on a channel, which answers none, `channelId`",
    parent="`parentId`, or the thread around it, else the video itself, which is not loaded; a reply that begins with "
    "`@` leaves its words to tell",
    author="`authorDisplayName`",
    created="`publishedAt`",
    body="`textOriginal`, plain, else `textDisplay`, which is HTML where it shows markup",
    link="made of `videoId` and `id`",
    counts="`totalReplyCount`",
    ignored="likes, ratings, earlier versions (`updatedAt`); the video itself, which is not in these answers",
)

SITE = "youtube.com"
COMMENT_KIND = re.compile(r'"kind"\s*:\s*"youtube#comment')
CHANNEL_ID = re.compile(r"UC[\w-]{22}")
NO_VIDEO = (
    'expected "videoId" of the comment, or of its parent before it in this file; put the page that holds the parent '
    "and the page of replies into one file, in this order"
)
MARKUP_SIGN = re.compile(r"<(?:br|a|b|i|s)\b|&(?:#\d+|\w+);")
MAP = FieldMap(
    id="id",
    text="snippet.textOriginal",
    parent="snippet.parentId",
    author="snippet.authorDisplayName",
    created="snippet.publishedAt",
)
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True if something says that it is of this kind."""
    return COMMENT_KIND.search(head) is not None


def load(source: Source) -> Iterator[Found | Problem]:
    """The comments in the order of the file, each in the thread of its video."""
    scrubber = Scrubber()
    read = partial(comment_records, videos={}, seen=set(), scrubber=scrubber)
    for document in json_documents(source):
        comments = ((document.line(pair[0].get("id")), pair) for pair in comments_in(document.value))
        yield from read_items(comments, read, source.name)
    yield from scrubber.problems(source.name)


def comments_in(value: Any) -> Iterator[tuple[Json, Json]]:
    """The comments of a document, each with the comment thread around it, which is empty where there is none."""
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict) and isinstance(node.get("items"), list):
            waiting.append(node["items"])
        elif isinstance(node, dict) and node.get("kind") == "youtube#comment":
            yield node, {}
        elif isinstance(node, dict):
            replies = pick(node, "replies.comments")
            inner = [pick(node, "snippet.topLevelComment"), *(replies if isinstance(replies, list) else ())]
            yield from ((comment, node) for comment in inner if isinstance(comment, dict))


def comment_records(
    placed: tuple[Json, Json], line: int, *, videos: dict[str, str], seen: set[str], scrubber: Scrubber
) -> Iterator[Record]:
    """A comment with what is around it, and its video if that was not `seen`; raises FieldError."""
    comment = api_comment(*placed, videos, line, scrubber)
    if comment.thread.id not in seen:
        seen.add(comment.thread.id)
        yield Thread(comment.thread, url=page_url(comment.thread.id))
    yield comment


def api_comment(item: Json, above: Json, videos: dict[str, str], line: int, scrubber: Scrubber) -> Comment:
    """The comment, in the thread of the video that it, its parent or what is around it names; raises FieldError."""
    name, top = pick(item, "id"), pick(above, "snippet.topLevelComment.id")
    around = str(top) if top is not None and top != name else None
    parent = pick(item, "snippet.parentId") or around
    video = pick(item, "snippet.videoId") or pick(above, "snippet.videoId") or videos.get(str(parent))
    if parent is None:
        video = video or pick(item, "snippet.channelId") or pick(above, "snippet.channelId")
    if not isinstance(video, str) or not video.strip():
        raise FieldError(NO_VIDEO)
    videos[str(name)] = video
    home = ThreadKey(SITE, scrubber.text(video, line))
    body = snippet_body(item, line, scrubber)
    comment = with_video_parent(
        comment_of(item, MAP, line=line, scrubber=scrubber, home=home, parent=around, body=body)
    )
    count = pick(above, "snippet.totalReplyCount") if top == name else None
    size = count if type(count) is int and count >= 0 else None
    return with_addressing(replace(comment, url=comment_url(home.id, comment.id), declared_replies=size))


def snippet_body(item: Json, line: int, scrubber: Scrubber) -> Body:
    """The words as they were written, or else as they are displayed."""
    original, display = lenient_string(pick(item, "snippet.textOriginal")), pick(item, "snippet.textDisplay")
    if original:
        return plain_body(scrubber.text(original, line))
    text = scrubber.text(display, line) if isinstance(display, str) else ""
    return from_html(text) if MARKUP_SIGN.search(text) else plain_body(text)


def with_video_parent(comment: Comment) -> Comment:
    """The comment; one that answers no other is about the video, which is never loaded, on a channel about nothing."""
    home = comment.thread.id
    return comment if comment.parent or CHANNEL_ID.fullmatch(home) else replace(comment, parent=home)


def with_addressing(comment: Comment) -> Comment:
    """The comment; where it names somebody first, the parent is only what it stands below, for replies are flat."""
    below = comment.parent is not None and comment.parent != comment.thread.id
    return replace(comment, addressed=False) if below and comment.text.startswith("@") else comment


def page_url(thread: str) -> str:
    """The page of a video, or of a channel.

    >>> page_url("a&b")
    'https://www.youtube.com/watch?v=a%26b'
    """
    place = "channel/" if CHANNEL_ID.fullmatch(thread) else "watch?v="
    return f"https://www.youtube.com/{place}{quote(thread, safe='')}"


def comment_url(thread: str, comment: str) -> str | None:
    """The comment on its video's page; on a channel's it has no place."""
    return None if CHANNEL_ID.fullmatch(thread) else f"{page_url(thread)}&lc={quote(comment, safe='')}"

"""What yt-dlp writes of a video with --write-comments: an .info.json with the video's title and its comments.

The names of the fields are those in `yt_dlp/extractor/common.py`, where InfoExtractor describes `comments`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import from_html
from rejoinder.loaders.containers.documents import Document, json_documents, objects_in
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.formats import youtube
from rejoinder.loaders.mapping import FieldMap, comment_of
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.fields import FieldError, Fields
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Thread, ThreadKey

NAME = "ytdlp"
SUMMARY = "yt-dlp's .info.json of a video, written with --write-comments"
READS = Reads(
    recognised="`webpage_url` and `extractor`, or `formats` that have a `format_id`, beside `id` and `title`",
    id="`id`, within the video's `id`; on YouTube the same as in its API",
    parent="`parent`; `root` is the video itself, which is not loaded; a reply on YouTube that begins with `@` "
    "leaves its words to tell",
    author="`author`, else `author_id`",
    created="`timestamp`",
    body="`text`, plain, else `html`",
    link="`url`; on YouTube made of both ids",
    ignored="`description`, likes, `comment_count`, which counts what was fetched, and all about the video",
)

SITE = "video"  # where no address tells it
MAP = FieldMap(
    id="id", text="text", parent="parent", author="author|author_id", created="timestamp", link="url", top="root"
)
NO_COMMENTS = 'expected "comments" of the video, which yt-dlp writes with --write-comments (and --write-info-json)'


def recognises(path: Path, head: str) -> bool:
    """True by what stands about the video; its comments may come later than the head ends."""
    paths = json_paths(head)
    return {"id", "title"} <= paths and ({"webpage_url", "extractor"} <= paths or "formats[].format_id" in paths)


def load(source: Source) -> Iterator[Found | Problem]:
    """Each video's thread and its comments; raises LoadError where a video has no list of them."""
    scrubber = Scrubber()
    for document in json_documents(source):
        yield from video_records(document, source.name, scrubber)
    yield from scrubber.problems(source.name)


def video_records(document: Document, file: str, scrubber: Scrubber) -> Iterator[Found | Problem]:
    """The thread of a document, then its comments."""
    comments = document.value.get("comments") if isinstance(document.value, dict) else None
    if not isinstance(comments, list):
        raise LoadError(file, 1, NO_COMMENTS)
    first = document.line(document.value.get("id"))
    try:
        thread = video_thread(Fields(document.value, first, scrubber))
    except FieldError as error:
        raise LoadError(file, first, str(error)) from None
    yield Found(thread, file, first)
    several = objects_in(document, comments, "id", "a comment")
    yield from read_items(several, lambda comment, line: [ytdlp_comment(comment, thread.key, line, scrubber)], file)


def video_thread(about: Fields) -> Thread:
    """The video; its site is the host of its page, without www."""
    page = about.optional("webpage_url")
    site = (host_of(page) or SITE).removeprefix("www.")
    return Thread(ThreadKey(site, about.required("id")), about.optional("title"), page)


def ytdlp_comment(values: Mapping[str, Any], home: ThreadKey, line: int, scrubber: Scrubber) -> Comment:
    """The comment; raises FieldError."""
    markup = values.get("html")
    only_html = isinstance(markup, str) and not values.get("text")
    body = from_html(scrubber.text(markup, line)) if isinstance(markup, str) and only_html else None
    comment = comment_of(values, MAP, line=line, scrubber=scrubber, home=home, body=body)
    if home.site != youtube.SITE:
        return replace(comment, parent=comment.parent or home.id)
    return youtube.with_addressing(
        youtube.with_video_parent(replace(comment, url=youtube.comment_url(home.id, comment.id)))
    )

"""Stories of Lobsters with their comments, as https://lobste.rs/s/<id>.json gives them, and of sites that run it.

The names of the fields are those of `as_json` in the models of Story and Comment of its source.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Body, from_html
from rejoinder.loaders.containers.documents import json_documents, objects_in
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import FieldMap, comment_of, pick, thread_of
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.hackernews import story_title_body
from rejoinder.loaders.values.fields import FieldError
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.lenient import count_with_opening
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found, Record, ThreadKey

NAME = "lobsters"
SUMMARY = "Lobsters: a story with its comments (/s/<id>.json)"
READS = Reads(
    recognised="`short_id` and `submitter_user` of a story, or `comments` with `commenting_user`",
    id="`short_id`, of the story after `s/`; the thread is the story's",
    parent="`parent_comment`; without it the story",
    author="`commenting_user` and `submitter_user`, once their `username`",
    created="`created_at`",
    body="`comment` and `description`, HTML; of a story without words its title, which leads to its `url`",
    link="`short_id_url`",
    counts="`comment_count`, and the story itself",
    states="`is_deleted` and `is_moderated` are deleted",
    ignored="scores, flags, tags, depth, earlier versions",
)

SITE = "lobste.rs"  # where no address tells another
COMMENT_MAP = FieldMap(
    id="short_id",
    text="comment",
    parent="parent_comment",
    author="commenting_user.username|commenting_user",
    created="created_at",
    link="short_id_url|url",
    deleted="gone",
)
STORY_MAP = FieldMap(
    id="opening",
    text="description",
    author="submitter_user.username|submitter_user",
    created="created_at",
    link="short_id_url",
    thread_title="title",
    thread_url="short_id_url|comments_url",
    thread_comments="size",
)
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for stories, alone or in a list."""
    paths = json_paths(head)
    return any(
        {prefix + "short_id", prefix + "submitter_user"} <= paths or prefix + "comments[].commenting_user" in paths
        for prefix in ("", "[].")
    )


def load(source: Source) -> Iterator[Found | Problem]:
    """Each story as a thread that it opens, and its comments."""
    scrubber = Scrubber()
    for document in json_documents(source):
        stories = document.value if isinstance(document.value, list) else [document.value]
        for story in (candidate for candidate in stories if isinstance(candidate, dict)):
            site = host_of(pick(story, "short_id_url|comments_url")) or SITE
            home = ThreadKey(site, scrubber.text(str(story.get("short_id") or ""), 1))
            comments = story.get("comments")
            several = (story, *(comments if isinstance(comments, list) else ()))
            read = partial(story_records, story=story, home=home, scrubber=scrubber)
            yield from read_items(objects_in(document, several, "short_id", "a comment"), read, source.name)
    yield from scrubber.problems(source.name)


def story_records(item: Json, line: int, *, story: Json, home: ThreadKey, scrubber: Scrubber) -> Iterator[Record]:
    """The thread and the opening of a story, or a comment; raises FieldError."""
    if not home.id.strip():
        raise FieldError('expected "short_id" of the story, but there is none')
    opening = f"s/{home.id}"
    if item is not story:
        record = {**item, "gone": item.get("is_deleted") is True or item.get("is_moderated") is True}
        body = html_body(item.get("comment"), line, scrubber)
        yield comment_of(record, COMMENT_MAP, line=line, scrubber=scrubber, home=home, parent=opening, body=body)
        return
    record = {**story, "opening": opening, "size": count_with_opening(story.get("comment_count"))}
    thread = thread_of(record, STORY_MAP, line=line, scrubber=scrubber, home=home)
    yield thread
    body = html_body(story.get("description"), line, scrubber)
    link = story.get("url")
    body = body if body.text.strip() else story_title_body(thread.title, link if isinstance(link, str) else None)
    yield comment_of(record, STORY_MAP, line=line, scrubber=scrubber, home=home, body=body)


def html_body(markup: object, line: int, scrubber: Scrubber) -> Body:
    """The words of HTML; none where there is no string."""
    return from_html(scrubber.text(markup, line)) if isinstance(markup, str) else Body("")

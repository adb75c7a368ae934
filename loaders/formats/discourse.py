"""Discourse topics as its JSON interface gives them: whole, in pages of posts, or as a list of the latest posts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import Attributes, Body, Dialect, from_html, from_markdown
from rejoinder.loaders.bodies.bbcode import as_html
from rejoinder.loaders.containers.documents import Document, json_documents
from rejoinder.loaders.containers.objects import all_objects
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.quotations import quotation_moves
from rejoinder.loaders.values.fields import FieldError, Fields, value_as_shown
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.lenient import lenient_string
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Kind, PlatformMove, Record, State, Thread, ThreadKey

NAME = "discourse"
SUMMARY = "Discourse: the JSON of a topic (/t/<id>.json), of pages of its posts, or of the latest posts"
READS = Reads(
    recognised="`post_stream`, or posts with `post_number` and `cooked` or `raw`",
    id="`post_number`, by which replies, quotations and links go, within `topic_id`",
    parent="`reply_to_post_number`; without it, it stands below the opening post",
    author="`username`",
    created="`created_at`",
    body="`cooked`, else `raw` (Markdown with BBCode)",
    link="/t/<slug>/<topic>/<number>, where a link or avatar in the file names the host",
    counts="`posts_count` and the length of `stream`; `reply_count`",
    states="`deleted_at`, `user_deleted` and `hidden` are deleted",
    moves="quotations of posts of the topic; `accepted_answer`",
    ignored="small actions (`post_type` 3), posts of pictures or polls alone, likes and other counts, link previews, "
    "what a mail repeated below its words",
)

SITE = "discourse"  # where nothing names the host
SMALL_ACTION = 3
AVATAR = re.compile(r"/user_avatar/([\w.-]+\.[\w-]+)/")
LETTER_AVATAR = re.compile(r"https?://([\w.-]+)/letter_avatar(?:_proxy)?/")
SMALL_ACTIONS = "small actions, such as the closing of a topic"
WORDLESS_POSTS = "posts without words"
SILENT_CLASSES = frozenset(["quote-controls", "onebox-body", "onebox-metadata", "lightbox-wrapper", "poll", "title"])
SILENT_CLASSES |= {"elided"}  # what a mail repeated below its words, folded away
Values = dict[str, object]
Value = TypeVar("Value", str, int)


@dataclass(slots=True)
class Topic:
    """What the file says of a topic, and its posts with the documents that they stand in."""

    id: str
    values: Values = field(default_factory=dict)
    posts: list[tuple[Values, Document]] = field(default_factory=list)
    host: str | None = None


def recognises(path: Path, head: str) -> bool:
    """True if there is a stream of posts, what is said of a topic only, or a post with its number and words."""
    paths = json_paths(head)
    keys = {place.rpartition(".")[2] for place in paths if place.rpartition(".")[0] + ".post_number" in paths}
    keys |= {"post_number"} & paths and {place for place in paths if "." not in place}
    topic = any(place.rpartition(".")[2] == "post_stream" for place in paths)
    return topic or bool({"cooked", "raw"} & keys) or {"posts_count", "highest_post_number"} <= paths


def load(source: Source) -> Iterator[Found | Problem]:
    """Each topic and its posts in the order of the file; raises LoadError where there are no posts."""
    topics = topics_in(json_documents(source))
    if not any(topic.posts for topic in topics):
        raise LoadError(source.name, 1, "expected posts with `post_number` and `cooked` or `raw`, got none")
    yield from topic_records(topics, source, Scrubber())


def topic_records(topics: Iterable[Topic], source: Source, scrubber: Scrubber) -> Iterator[Found | Problem]:
    """Each topic and its posts, and what was left out."""
    left_out: dict[str, list[int]] = {SMALL_ACTIONS: [], WORDLESS_POSTS: []}
    for topic in topics:
        yield from thread_and_posts(topic, source.name, scrubber, left_out)
    for kind, lines in left_out.items():
        if lines:
            yield Problem(
                source.name, lines[0], f"left out {kind} ({len(lines)}); the first is on this line", lost=False
            )
    yield from scrubber.problems(source.name)


def thread_and_posts(
    topic: Topic, file: str, scrubber: Scrubber, left_out: dict[str, list[int]]
) -> Iterator[Found | Problem]:
    """The thread and what each post gives; notes the lines of posts that are left out."""
    key = ThreadKey(topic.host or SITE, scrubber.text(topic.id, 1))
    thread: Thread | None = None
    for values, document in topic.posts:
        fields = Fields(values, document.line(values.get("created_at") or values.get("id")), scrubber)
        try:
            if thread is None:
                odd: list[str] = []
                thread = topic_thread(topic, fields, key, odd)
                yield Found(thread, file, fields.line)
                yield from (Problem(file, fields.line, message, lost=True) for message in odd)
            records = post_records(fields, topic, key)
        except FieldError as error:
            yield Problem(file, fields.line, str(error), lost=True)
            continue
        if not records:
            left_out[SMALL_ACTIONS if is_small_action(values) else WORDLESS_POSTS].append(fields.line)
        yield from (Found(record, file, fields.line) for record in records)


def topics_in(documents: Iterable[Document]) -> list[Topic]:
    """The topics of a file, each with its host: its own, else the only one that the file names."""
    topics: dict[str, Topic] = {}
    for document in documents:
        current: Topic | None = None
        for values in all_objects(document.value):
            if isinstance(values.get("post_stream"), dict):
                current = topics.setdefault(id_string(values.get("id")), Topic(id_string(values.get("id"))))
                current.values = {**current.values, **values}
            elif "post_number" in values and ("cooked" in values or "raw" in values):
                own = id_string(values.get("topic_id")) or (current.id if current else "")
                topics.setdefault(own, Topic(own)).posts.append((values, document))
    for topic in topics.values():
        topic.host = next(topic_hosts(topic), None)
    hosts = {topic.host for topic in topics.values() if topic.host}
    for topic in topics.values():
        topic.host = topic.host or (next(iter(hosts)) if len(hosts) == 1 else None)
    return list(topics.values())


def id_string(value: object) -> str:
    """A number as the string that names it."""
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""


def topic_hosts(topic: Topic) -> Iterator[str]:
    """The hosts of links that the platform marks as its own, then those of avatars."""
    posts = [values for values, _ in topic.posts]
    details = topic.values.get("details")
    links = [*object_list(details, "links"), *(link for values in posts for link in object_list(values, "link_counts"))]
    for link in links:
        if link.get("internal") is True and (host := host_of(link.get("url"))):
            yield host
    for values in posts:
        avatar = AVATAR.search(str(values.get("avatar_template")))
        letter = LETTER_AVATAR.search(str(values.get("cooked")))
        if avatar:
            yield avatar[1]
        if letter and "cdn" not in letter[1]:
            yield letter[1]


def object_list(values: object, name: str) -> list[Values]:
    """The objects in a list."""
    several = values.get(name) if isinstance(values, dict) else None
    return [item for item in several if isinstance(item, dict)] if isinstance(several, list) else []


def topic_thread(topic: Topic, first: Fields, key: ThreadKey, odd: list[str]) -> Thread:
    """The topic, without what is not of its type, which is noted as `odd`; its posts do not suffer for it."""
    about = Fields(topic.values, first.line, first.scrubber)
    title = read_or_note(about.optional, "title", odd) or read_or_note(first.optional, "topic_title", odd)
    slug = read_or_note(about.optional, "slug", odd) or read_or_note(first.optional, "topic_slug", odd)
    return Thread(
        key, title, topic_url(slug, key), declared_posts(topic, read_or_note(about.count, "posts_count", odd))
    )


def read_or_note(read: Callable[[str], Value | None], name: str, odd: list[str]) -> Value | None:
    """The field of this name, None where it is not of its type, which is noted."""
    try:
        return read(name)
    except FieldError as error:
        odd.append(str(error))
        return None


def declared_posts(topic: Topic, count: int | None) -> int | None:
    """How many posts there are: as counted, or as listed in the stream, whichever is more, without small actions."""
    small = sum(is_small_action(values) for values, _ in topic.posts)
    inner = topic.values.get("post_stream")
    stream = inner.get("stream") if isinstance(inner, dict) else None
    listed_ids = len(stream) if isinstance(stream, list) else None
    if count is not None and listed_ids is not None and count < listed_ids:
        return max(count, listed_ids - small)  # the count leaves small actions out already
    most = max((size for size in (count, listed_ids) if size is not None), default=None)
    return None if most is None else max(0, most - small)


def topic_url(slug: str | None, key: ThreadKey, number: str | None = None) -> str | None:
    """The address of a topic or post, where the host is known."""
    path = "/".join(part for part in ("t", slug, key.id, number) if part)
    return None if key.site == SITE else f"https://{key.site}/{path}"


def is_small_action(values: Values) -> bool:
    """True for the note that a topic was closed, moved and the like."""
    return values.get("post_type") == SMALL_ACTION


def post_records(fields: Fields, topic: Topic, key: ThreadKey) -> list[Record]:
    """The comment that a post is, and what the platform records of it; nothing where it is left out."""
    if is_small_action(fields.values):
        return []
    number = post_number(fields, key)
    gone = any(fields.values.get(name) for name in ("deleted_at", "user_deleted", "hidden"))
    emptied = any(fields.values.get(name) is True for name in ("user_deleted", "cooked_hidden"))
    body = Body("") if emptied else post_body(fields, key)
    if not body.text.strip() and not gone:
        return []
    comment = Comment(
        key,
        str(number),
        body.text,
        parent=post_parent(number, fields),
        author=fields.side_text("username"),
        created=fields.iso_moment("created_at"),
        url=topic_url(fields.side_text("topic_slug") or lenient_string(topic.values.get("slug")), key, str(number)),
        declared_replies=fields.declared_count("reply_count"),
        states=(State.DELETED,) if gone else (),
        links=body.links,
        addressed=number == 1 or fields.parent_id("reply_to_post_number") not in (None, "0"),
    )
    moves = quotation_moves(comment, body.quotes)
    if body.text.strip() and number > 1 and is_accepted_answer(number, fields, topic):
        moves.append(PlatformMove(key, f"{number}:accepted", Kind.ANSWER, "1", "accepted answer", str(number)))
    return [comment, *moves]


def post_number(fields: Fields, key: ThreadKey) -> int:
    """The number of a post in its topic, from 1; raises FieldError where either is not told."""
    if not key.id:
        raise FieldError('expected "topic_id" or a topic with "id" around the post, but there is none')
    number = fields.count("post_number")
    if not number:
        raise FieldError(f'expected "post_number" from 1, got {value_as_shown(fields.values.get("post_number")):.40}')
    return number


def post_parent(number: int, fields: Fields) -> str | None:
    """The post replied to; the opening post, where none is named."""
    if number == 1:
        return None
    above = fields.parent_id("reply_to_post_number")
    return above if above not in (None, "0", str(number)) else "1"


def is_accepted_answer(number: int, fields: Fields, topic: Topic) -> bool:
    """True for the post that solves the topic, by what the post says or the topic."""
    accepted = topic.values.get("accepted_answer")
    several = [accepted] if isinstance(accepted, dict) else object_list(topic.values, "accepted_answers")
    stated = [answer.get("post_number") for answer in several] + [topic.values.get("accepted_answer_post_number")]
    return fields.values.get("accepted_answer") is True or number in stated


def post_body(fields: Fields, key: ThreadKey) -> Body:
    """The words of a post as it is shown, else as it was typed."""
    dialect = Dialect(quoted_post, is_silent, None if key.site == SITE else f"https://{key.site}/")
    cooked = fields.optional("cooked")
    return from_html(cooked, dialect) if cooked else from_markdown(as_html(fields.optional("raw") or ""), dialect)


def quoted_post(tag: str, attributes: Attributes) -> str | None:
    """The topic and number of the post that a box quotes; the preview of a link is a box, too, but quotes no post."""
    quoted = tag == "aside" and "quote" in (attributes.get("class") or "").split() and attributes.get("data-post")
    return f"{attributes.get('data-topic') or ''}:{attributes['data-post']}" if quoted else None


def is_silent(tag: str, attributes: Attributes) -> bool:
    """True for the head of a quotation, the preview of a link, a poll, and the box around a picture."""
    return tag in {"div", "article", "details"} and bool(
        SILENT_CLASSES.intersection((attributes.get("class") or "").split())
    )

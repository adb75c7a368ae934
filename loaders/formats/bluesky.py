"""Posts of Bluesky as its API gives them: a thread, or a list of posts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Body, as_quotation, bare_links, join_bodies
from rejoinder.loaders.containers.documents import Document, json_documents
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import pick
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.atproto import facet_links, post_permalink, posts_in, quoted_post_uri
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.fields import Fields, unexpected_error
from rejoinder.loaders.values.lenient import lenient_string
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Kind, PlatformMove, Thread, ThreadKey

NAME = "bluesky"
SUMMARY = "Bluesky API: a thread (getPostThread) or posts (getPosts, searchPosts, feeds)"
READS = Reads(
    recognised="`record` and `uri` of posts below `thread`, `posts` or `feed`, and `at://` addresses",
    id="`uri`",
    parent="`record.reply.parent.uri`",
    author="`author.handle`, else `author.did`",
    created="`record.createdAt`",
    body="`record.text`, else what pictures are said to show; a quoted post of the thread before it, as a quotation",
    link="made of the handle and the end of `uri`; links in the text by `facets`",
    counts="`replyCount`; their sum where the whole thread was given",
    moves="quoted posts (`embed`) of the same thread",
    ignored="posts without words, reposts, likes; posts not found or blocked, but for their being counted",
)

SITE = "bsky.app"
INVALID_HANDLE = "handle.invalid"


def recognises(path: Path, head: str) -> bool:
    """True for posts of the API, which name their record and stand under `at://`."""
    if "at://" not in head:
        return False
    paths = json_paths(head)
    return any(
        place.endswith("record")
        and place.removesuffix("record") + "uri" in paths
        and is_post_place(place.removesuffix("record"))
        for place in paths
    )


def is_post_place(place: str) -> bool:
    """True for where the API puts posts."""
    return place in ("", "[].", "posts[].") or (place.endswith("post.") and place.startswith(("thread", "feed", "[]")))


def load(source: Source) -> Iterator[Found | Problem]:
    """The posts in the order of the file, each in the thread of its root."""
    scrubber, skipped = Scrubber(), SkipLog()
    for document in json_documents(source):
        posts = list(posts_in(document.value))
        yield from PostDocument(document, posts, scrubber, skipped).records()
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


class PostDocument:
    """The posts of one document."""

    def __init__(self, document: Document, posts: list[dict[str, Any]], scrubber: Scrubber, skipped: SkipLog) -> None:
        self.document, self.scrubber, self.skipped, self.all = document, scrubber, skipped, posts
        self.posts = {post["uri"]: post for post in posts if isinstance(post.get("uri"), str)}
        self.seen_uris: set[str] = set()
        self.sizes: dict[str, int] = {}
        for uri, post in self.posts.items():
            count = post.get("replyCount")
            root = root_uri(post) or uri
            self.sizes[root] = self.sizes.get(root, 1) + (count if type(count) is int and count > 0 else 0)

    def records(self) -> Iterator[Found | Problem]:
        """Each post, the quotation in it, and its thread where it opens one; of one that stands twice both."""
        return read_items(((self.line(post), post) for post in self.all), self.post, self.document.name)

    def line(self, post: dict[str, Any]) -> int:
        """Where a post stands, by whatever it has of its own; its address alone tells only where it first stands."""
        own = (post.get("uri"), post.get("cid"), pick(post, "record.text"), "record")
        texts = [value for value in own if isinstance(value, str)]
        repeated = len(texts) > 1 and texts[0] in self.seen_uris
        self.seen_uris.add(texts[0])
        return self.document.line(texts[-2] if repeated else texts[0])

    def post(self, post: dict[str, Any], line: int) -> Iterator[Thread | Comment | PlatformMove]:
        """The post as a comment; raises FieldError if it is none."""
        record = post["record"]
        if not isinstance(record, dict):
            raise unexpected_error("record", "an object", record)
        fields = Fields({**post, **record, "uri": post.get("uri")}, line, self.scrubber)
        key = ThreadKey(SITE, self.scrubber.text(root_uri(post) or fields.required("uri"), line))
        own = self.body(fields)
        if own.text.strip():
            yield from self.post_records(post, fields, key, own)
        elif self.posts.get(post["uri"]) is post:
            self.skipped.note("posts without words", line)

    def post_records(
        self, post: dict[str, Any], fields: Fields, key: ThreadKey, own: Body
    ) -> Iterator[Thread | Comment | PlatformMove]:
        """The post with its words, and what it quotes, after the thread that it opens; raises FieldError."""
        uri, origin = fields.required("uri"), quoted_post_uri(post)
        body, marked = self.with_quotation(own, origin, key, fields.line)
        comment = self.comment(post, fields, key, body)
        if comment.id == key.id:
            yield Thread(key, None, comment.url, self.sizes.get(uri))
        yield comment
        if marked and origin:
            yield PlatformMove(key, f"{uri}:quote", Kind.QUOTATION, origin, "quoted post", uri, 0, marked)

    def comment(self, post: dict[str, Any], fields: Fields, key: ThreadKey, body: Body) -> Comment:
        """The post as a comment with this body; raises FieldError."""
        uri, author = fields.required("uri"), author_handle(post)
        return Comment(
            key,
            self.scrubber.text(uri, fields.line),
            body.text,
            parent=self.parent_uri(post, fields.line),
            author=None if author is None else self.scrubber.text(author, fields.line) or None,
            created=fields.iso_moment("createdAt"),
            url=post_permalink(uri, author),
            declared_replies=fields.declared_count("replyCount"),
            links=body.links,
        )

    def parent_uri(self, post: dict[str, Any], line: int) -> str | None:
        """The post that this one answers; what cannot be one is told."""
        place = "record.reply.parent.uri"
        reply = pick(post, "record.reply")
        parent = pick(post, place) if isinstance(reply, dict) else reply
        return Fields({place: parent}, line, self.scrubber).parent_id(place)

    def body(self, fields: Fields) -> Body:
        """The words with their links; of a post of pictures alone, what they are said to show."""
        words = fields.values.get("text")
        raw = lenient_string(words) or "\n".join(picture_descriptions(fields.values.get("embed")))
        text = self.scrubber.text(raw, fields.line)
        links = list(facet_links(raw, fields.values.get("facets"))) if raw is words else []
        return Body(text, tuple(sorted([*links, *bare_links(text, links)])))

    def with_quotation(self, own: Body, origin: str | None, key: ThreadKey, line: int) -> tuple[Body, int]:
        """The body with the quoted post before it, if that is of the same thread, and how long the quotation is."""
        other = self.posts.get(origin or "")
        if other is None or (root_uri(other) or origin) != key.id:
            return own, 0
        words = self.scrubber.text(str(pick(other, "record.text") or ""), line)
        marked = as_quotation(words.strip().splitlines())
        return join_bodies([Body(marked), own]), len(marked)


def author_handle(post: dict[str, Any]) -> str | None:
    """The handle of whoever wrote a post; the DID where that handle is no longer valid."""
    handle = pick(post, "author.handle")
    author = handle if handle != INVALID_HANDLE else pick(post, "author.did")
    return author if isinstance(author, str) else None


def root_uri(post: dict[str, Any]) -> str | None:
    """The post that opens the thread, None where it is this one."""
    return lenient_string(pick(post, "record.reply.root.uri")) or lenient_string(pick(post, "record.reply.parent.uri"))


def picture_descriptions(embed: object) -> Iterator[str]:
    """What the pictures of a post are said to show."""
    images = (pick(embed, "images") or pick(embed, "media.images")) if isinstance(embed, dict) else None
    for image in images if isinstance(images, list) else ():
        if words := lenient_string(image.get("alt")) if isinstance(image, dict) else None:
            yield words.strip()

"""The shapes of the AT protocol that Bluesky's API gives posts in: addresses, links by bytes, quoted posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from rejoinder.loaders.containers.objects import objects_along
from rejoinder.loaders.mapping import pick
from rejoinder.records import Link

LINK_FACET = "app.bsky.richtext.facet#link"
KEYS_WITH_POSTS = ("parent", "post", "reply", "root", "value", "thread", "replies", "posts", "feed")
CONTINUATION_BYTES = bytes(range(0x80, 0xC0))  # bytes of UTF-8 that go on with a character


def posts_in(value: Any) -> Iterator[dict[str, Any]]:
    """All posts of a document, whatever they hold, those above first."""
    return objects_along(value, KEYS_WITH_POSTS, lambda item: "record" in item)


def post_permalink(uri: str, author: str | None) -> str | None:
    """Where people read the post, None where the address is none.

    >>> post_permalink("at://did:plc:abc/app.bsky.feed.post/3k", "ann.example")
    'https://bsky.app/profile/ann.example/post/3k'
    """
    parts = uri.removeprefix("at://").split("/")
    if len(parts) != 3 or not all(parts):
        return None
    return f"https://bsky.app/profile/{author or parts[0]}/post/{parts[2]}"


def quoted_post_uri(post: dict[str, Any]) -> str | None:
    """The address of the post that is quoted in this one, None if there is none."""
    for path in ("record.embed.record.record.uri", "record.embed.record.uri", "embed.record.record.uri"):
        uri = pick(post, path)
        if isinstance(uri, str) and "/app.bsky.feed.post/" in uri:
            return uri
    return None


def facet_links(text: str, facets: object) -> Iterator[Link]:
    """The links of a post, whose places are given in bytes of UTF-8, in code points."""
    marked = [
        facet_target for facet in (facets if isinstance(facets, list) else ()) for facet_target in facet_targets(facet)
    ]
    places = code_point_offsets(text, {place for start, end, _ in marked for place in (start, end)})
    reached = 0
    for start, end, url in sorted(marked):
        if start in places and end in places and reached <= places[start] < places[end]:
            reached = places[end]
            yield Link(places[start], reached, url)


def facet_targets(facet: object) -> Iterator[tuple[int, int, str]]:
    """First byte, the byte after the last, and address of each link of a facet."""
    if not isinstance(facet, dict):
        return
    start, end = pick(facet, "index.byteStart"), pick(facet, "index.byteEnd")
    features = facet.get("features")
    for feature in features if isinstance(features, list) else ():
        url = feature.get("uri") if isinstance(feature, dict) and feature.get("$type") == LINK_FACET else None
        web = isinstance(url, str) and url.startswith(("https://", "http://"))
        if web and type(start) is int and type(end) is int and 0 <= start < end:
            yield start, end, str(url)


def code_point_offsets(text: str, places: Iterable[int]) -> dict[int, int]:
    """The code point that begins at each place in bytes; places within a character or outside are left out.

    >>> code_point_offsets("été", {0, 1, 2, 5, 9})
    {0: 0, 2: 1, 5: 3}
    """
    raw = text.encode("utf-8", "surrogatepass")
    offset_by_place, count = {}, 0
    for before, place in pairwise([0, *sorted(place for place in places if 0 <= place <= len(raw))]):
        count += len(raw[before:place].translate(None, CONTINUATION_BYTES))
        if place == len(raw) or raw[place] not in CONTINUATION_BYTES:
            offset_by_place[place] = count
    return offset_by_place

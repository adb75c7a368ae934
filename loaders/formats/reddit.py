"""What Reddit's API answers: listings of a post with its comments, of a person's comments, and `morechildren`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.documents import json_documents
from rejoinder.loaders.containers.finding import read_item
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.reddit import (
    bare_id,
    listed_thread,
    own_id,
    post_and_thread,
    reddit_comment,
    reddit_fields,
)
from rejoinder.loaders.values.fields import Fields
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found, Record

Thing = Mapping[str, Any]

NAME = "reddit"
SUMMARY = "Reddit API: a thread's .json, listings of comments or posts, morechildren"
READS = Reads(
    recognised="`Listing` objects, or things with `kind` and `data`, alone, in a list, in `data` or in "
    "`json.data.things`",
    id="`id`, that is `name` without `t1_` or `t3_`; the thread is the post's id, the site `reddit`",
    parent="`parent_id` without `t1_`; with `t3_` it is the post, which is loaded as the first comment",
    author="`author`, but for `[deleted]`",
    created="`created_utc`",
    body="`body` or `selftext` in Reddit's Markdown, else `body_html`; of a post without text its `title`, with its "
    "`url` as a link",
    link="`permalink`",
    counts="`num_comments` and the post itself; replies that a `more` stands for",
    states="deleted where the text is `[deleted]`, `[removed]` or none; a notice where moderators pinned a comment "
    "(`distinguished` and `stickied`), or speak together (`-ModTeam`)",
    ignored="votes, awards, flairs, `edited`, polls, pictures, the text of a post that is crossposted",
)

LISTING_PREFIXES = ("", "[].", "[][].")
THING_KEYS = ("link_id", "parent_id", "subreddit", "permalink")


def recognises(path: Path, head: str) -> bool:
    """True for a Listing with children, or things that have a Reddit thing's fields."""
    paths = json_paths(head)
    listing = any(f"{at}data.children" in paths and shows_kind(paths, at) for at in LISTING_PREFIXES)
    thing = any(
        f"{at}kind" in paths and any(f"{at}data.{name}" in paths for name in THING_KEYS)
        for at in (*LISTING_PREFIXES, "json.data.things[].", "data[].")
    )
    return listing or thing or "json.data.things" in paths


def shows_kind(paths: frozenset[str], at: str) -> bool:
    """True if the Listing there, or what it holds, says of which kind it is; a head that is cut may hold only one."""
    child = f"{at}data.children[]."
    return (
        f"{at}kind" in paths
        or f"{child}kind" in paths
        or any(f"{child}data.{thing_key}" in paths for thing_key in THING_KEYS)
    )


def load(source: Source) -> Iterator[Found | Problem]:
    """The thread and comments of each answer in the file; raises LoadError if it holds no thing at all."""
    scrubber, nothing = Scrubber(), True
    for document in json_documents(source):
        things = list(things_in_order(document.value))
        hidden = hidden_replies(things)
        for thing in things:
            nothing = False
            if thing["kind"] != "more":  # a stub says nothing itself
                fields = reddit_fields(thing["data"], document.line(thing["data"].get("id")), scrubber)
                yield from read_item(thing_records(thing["kind"] == "t3", fields, hidden), fields.line, document.name)
    if nothing:
        raise LoadError(source.name, 1, "expected a Listing with children, or things with kind and data")
    yield from scrubber.problems(source.name)


def things_in_order(value: object) -> Iterator[Thing]:
    """All things, those in `replies` too, in the order in which their ids stand in the document.

    By a stack of its own: replies nest deeper than Python calls.
    """
    waiting: list[tuple[object, bool]] = [(value, False)]
    while waiting:
        node, expanded = waiting.pop()
        if isinstance(node, list):
            waiting.extend((child, False) for child in reversed(node))
        elif isinstance(node, dict) and (expanded or is_thing(node)):
            if expanded or id_before_replies(node["data"]):
                yield node
            if not expanded:
                later = [] if id_before_replies(node["data"]) else [(node, True)]
                waiting.extend([*later, (node["data"].get("replies"), False)])
        elif isinstance(node, dict):
            waiting.append((listing_children(node), False))


def is_thing(value: dict[str, object]) -> bool:
    """True for a comment, a post or a stub."""
    return isinstance(value.get("data"), dict) and value.get("kind") in ("t1", "t3", "more")


def id_before_replies(data: dict[str, object]) -> bool:
    """True if the thing's id stands before its replies."""
    return next((name == "id" for name in data if name in {"id", "replies"}), True)


def listing_children(value: dict[str, object]) -> object:
    """What a Listing or an answer of `morechildren` holds."""
    inner = value.get("json", value)
    data = inner.get("data") if isinstance(inner, dict) else None
    if not isinstance(data, dict):
        return data if isinstance(data, list) else None  # a tree of Arctic Shift
    return data.get("things", data.get("children"))


def hidden_replies(things: list[Thing]) -> dict[str, int]:
    """How many replies each comment has that some `more` stands for: those that are there and those that are not."""
    present, more = Counter[str](), Counter[str]()
    for thing in things:
        parent = bare_id(thing["data"].get("parent_id"))
        if parent is None:
            continue
        if thing["kind"] == "more":
            children = thing["data"].get("children")
            more[parent] += max(1, len(children) if isinstance(children, list) else 0)
        else:
            present[parent] += 1
    return {name: count + present[name] for name, count in more.items()}


def thing_records(is_post: bool, fields: Fields, hidden: dict[str, int]) -> Iterator[Record]:
    """The post with its thread, or the comment with what it says of its thread; raises FieldError."""
    replies = hidden.get(own_id(fields))
    if is_post:
        yield from post_and_thread(fields, replies)
        return
    thread, comment = listed_thread(fields), reddit_comment(fields, replies)
    yield from (comment,) if thread is None else (thread, comment)

"""Reddit as collectors have it: dumps of a comment or post a line, lists of them, what their search answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.containers.arrays import array_elements
from rejoinder.loaders.containers.documents import json_lines
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.reddit import post_and_thread, reddit_comment, reddit_fields
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found, Record

NAME = "reddit_dump"
SUMMARY = (
    "Reddit's monthly dumps: comments (RC) or posts (RS), one JSON object a line; also lists, and answers of Pushshift"
)
READS = Reads(
    recognised="objects with `link_id` and `body`, or with `subreddit`, `title` and `num_comments`, one a line, in a "
    "list, or in `data`",
    id="`id`; the thread is `link_id` without `t3_`, the site `reddit`",
    parent="`parent_id` without `t1_`, a number as base 36; none or with `t3_` it is the post",
    author="`author`, but for `[deleted]`",
    created="`created_utc`, a number or a string",
    body="`body` or `selftext` in Reddit's Markdown; of a post without text its title, with its `url`",
    link="`permalink`, or made of `subreddit`, post and comment",
    counts="`num_comments` of a post, and the post itself",
    states="deleted where the text is `[deleted]`, `[removed]` or none; a notice where moderators pinned a comment "
    "(`distinguished` and `stickied`), or speak together (`-ModTeam`)",
    ignored="votes, awards, flairs, `retrieved_on`, `edited`, pictures, the text of a post that is crossposted",
)


def recognises(path: Path, head: str) -> bool:
    """True for comments or posts of Reddit without a `kind`: one a line, in a list, or in `data`."""
    first = head.lstrip().partition("\n")[0].rstrip()
    paths = json_paths(head)
    lines = first.startswith("{") and len(first) > 1 and are_reddit_objects(paths, "")
    return lines or are_reddit_objects(paths, "[].") or are_reddit_objects(paths, "data[].")


def are_reddit_objects(paths: frozenset[str], at: str) -> bool:
    """True if the objects there are comments or posts."""
    comments = {"link_id", "body"}, {"link_id", "parent_id", "subreddit"}
    posts = {"subreddit", "title", "num_comments"}, {"subreddit", "title", "selftext"}
    return f"{at}kind" not in paths and any({at + name for name in names} <= paths for names in (*comments, *posts))


def load(source: Source) -> Iterator[Found | Problem]:
    """The records one by one, in constant memory; one that is not as expected is a Problem."""
    scrubber = Scrubber()
    yield from read_items(
        dump_objects(source, scrubber), lambda data, line: dump_records(data, line, scrubber), source.name
    )
    yield from scrubber.problems(source.name)


def dump_objects(source: Source, scrubber: Scrubber) -> Iterator[tuple[int, dict[str, Any]] | Problem]:
    """The objects, each with its line: one a line, or the elements of a list."""
    head = source.head().decode("utf-8", "replace")
    listed = head.lstrip().startswith("[")
    if not listed and not are_reddit_objects(json_paths(head), "data[]."):
        yield from json_lines(source, scrubber)
        return
    for line, item in array_elements(source, [] if listed else ["data"], scrubber):
        is_object = isinstance(item, dict)
        yield (
            (line, item)
            if is_object
            else Problem(source.name, line, "expected a comment or post as an object", lost=True)
        )


def dump_records(data: Mapping[str, object], line: int, scrubber: Scrubber) -> tuple[Record, ...]:
    """The post with its thread, or the comment, which alone answers something."""
    fields = reddit_fields(data, line, scrubber)
    if "title" in data and "link_id" not in data and "parent_id" not in data:
        return post_and_thread(fields)
    return (reddit_comment(fields),)

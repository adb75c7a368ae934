"""The monthly dumps of Reddit: a comment or a post a line, as old and new collectors have written them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rejoinder.errors import Problem
from rejoinder.loaders.containers.documents import json_lines
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.fields import FieldError
from rejoinder.loaders.format import Reads
from rejoinder.loaders.scrub import Scrubber
from rejoinder.loaders.sites.reddit import comment_of, fields_of, post_of
from rejoinder.loaders.source import Source
from rejoinder.records import Found, Record

NAME = "reddit_dump"
SUMMARY = "Reddit's monthly dumps: comments (RC) or posts (RS), one JSON object a line"
READS = Reads(
    recognised="lines of objects with `link_id` and `body`, or with `subreddit`, `title` and `num_comments`",
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
    """True if the first line opens an object, and the objects are comments or posts of Reddit without a `kind`."""
    first = head.lstrip().partition("\n")[0].rstrip()
    if not first.startswith("{") or len(first) < 2:
        return False
    paths = json_paths(head)
    comments = {"link_id", "body"} <= paths or {"link_id", "parent_id", "subreddit"} <= paths
    posts = {"subreddit", "title", "num_comments"} <= paths or {"subreddit", "title", "selftext"} <= paths
    return (comments or posts) and "kind" not in paths


def load(source: Source) -> Iterator[Found | Problem]:
    """The dump's records line by line, in constant memory; a line that is not as expected is a Problem."""
    scrubber = Scrubber()
    for one in json_lines(source, scrubber):
        if isinstance(one, Problem):
            yield one
            continue
        line, data = one
        try:
            records = records_of(data, line, scrubber)
        except FieldError as error:
            yield Problem(source.name, line, str(error), lost=True)
            continue
        for record in records:
            yield Found(record, source.name, line)
    yield from scrubber.problems(source.name)


def records_of(data: Mapping[str, object], line: int, scrubber: Scrubber) -> tuple[Record, ...]:
    """The post with its thread, or the comment, which alone answers something."""
    fields = fields_of(data, line, scrubber)
    if "title" in data and "link_id" not in data and "parent_id" not in data:
        return post_of(fields)
    return (comment_of(fields),)

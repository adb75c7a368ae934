"""Whatever stands where a parent is to be named, its comment is kept in each format, and what is wrong is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rejoinder.errors import Problem
from rejoinder.loaders import read
from rejoinder.loaders.gathering.merge import merge
from rejoinder.records import Comment, Discussion
from tests.formats.test_golden import FOLDER, files_of, format_of

# Where each source names parents: the last keys that lead there.
NAMED = {
    "activitypub.json": "inReplyTo",
    "bluesky.json": "parent.uri",
    "comment_scraper.json": "parent_id",
    "convokit": "reply-to",
    "decidim.json": "commentable_id",
    "discord.json": "reference.messageId",
    "discourse.json": "reply_to_post_number",
    "forummagnum.json": "parentCommentId",
    "github-discussion.json": "replyTo",
    "hackernews.jsonl": "parent",
    "hackernews_algolia.json": "parent_id",
    "hypothesis.json": "references",
    "jsonl-thread.jsonl": "parent",
    "lemmy.json": "comment.path",
    "lobsters.json": "parent_comment",
    "mastodon.json": "in_reply_to_id",
    "matrix.json": "m.in_reply_to.event_id",
    "reddit.json": "parent_id",
    "reddit_dump.jsonl": "parent_id",
    "slack-days": "thread_ts",
    "telegram.json": "reply_to_message_id",
    "wordpress_api.json": "parent",
    "youtube.json": "snippet.parentId",
    "ytdlp.info.json": "parent",
}
ABSENT: list[Any] = ["", "  ", None]
UNKNOWN: list[Any] = ["nowhere", 70_001, 10**30, "https://else.example/c/nowhere"]
NONE: list[Any] = [1.5, True, {"a": 1}, [[7]]]


def documents(text: str) -> Iterator[Any]:
    """The JSON values of a file, one after the other."""
    text, decoder = text.lstrip("\ufeff"), json.JSONDecoder()
    while text := text.lstrip():
        value, end = decoder.raw_decode(text)
        text = text[end:]
        yield value


def with_parents(value: Any, way: str, parent: Any, here: str = "") -> Any:
    """The value with another parent wherever one is named."""
    if isinstance(value, list):
        return [with_parents(one, way, parent, here) for one in value]
    if not isinstance(value, dict):
        return value
    made = {}
    for key, one in value.items():
        there = f"{here}.{key}"
        named = there.endswith(f".{way}") and one is not None
        made[key] = parent if named else with_parents(one, way, parent, there)
    return made


def changed(source: str, folder: Path, parent: Any) -> list[str]:
    """Copies of the files of a golden source in which all comments name that parent."""
    names = []
    for name in files_of(FOLDER / source):
        path = folder / source / Path(name).name if (FOLDER / source).is_dir() else folder / source
        path.parent.mkdir(exist_ok=True)
        several = documents(Path(name).read_text(encoding="utf-8"))
        made = [json.dumps(with_parents(one, NAMED[source], parent)) for one in several]
        path.write_text("\n".join(made), encoding="utf-8")
        names.append(str(path))
    return names


def merged(files: list[str], known_as: str | None = None) -> tuple[list[Comment], list[Problem]]:
    """The comments that are kept, and what is told."""
    everything = list(merge(read(files, format=known_as), lambda _: None))
    comments = [comment for one in everything if isinstance(one, Discussion) for comment in one.comments]
    return comments, [one for one in everything if isinstance(one, Problem)]


def ids(comments: list[Comment]) -> list[str]:
    return sorted(comment.id for comment in comments)


@pytest.mark.parametrize("parent", [*ABSENT, *UNKNOWN, *NONE], ids=repr)
@pytest.mark.parametrize("source", NAMED)
def test_a_wrong_parent_loses_no_comment(source: str, parent: Any, tmp_path: Path) -> None:
    before, _ = merged(files_of(FOLDER / source), format_of(FOLDER / source))
    after, problems = merged(changed(source, tmp_path, parent), format_of(FOLDER / source))
    assert ids(after) == ids(before)
    if parent in NONE:
        assert [problem for problem in problems if problem.lost and problem.line]


WRITTEN = {
    "a post of Disqus without its parent's id": ("disqus.xml", r"<parent dsq:id=\"\d+\"", "<parent"),
    "a post of Disqus below one that is not there": ("disqus.xml", r"<parent dsq:id=\"\d+\"", '<parent dsq:id="999"'),
    "a blog's comment below words": ("wxr.xml", r"(<wp:comment_parent>)[1-9]\d*", r"\1none"),
    "an answer of Stack Exchange to nothing": (
        "stackexchange_xml-gardening.stackexchange.com",
        r" ParentId=\"\d+\"",
        "",
    ),
    "a row of Decidim below words": ("decidim-table.csv", r"301,Decidim::Comments", "none,Decidim::Comments"),
}


@pytest.mark.parametrize(("source", "there", "instead"), WRITTEN.values(), ids=WRITTEN)
def test_a_wrong_parent_loses_nothing_of_xml_and_csv(source: str, there: str, instead: str, tmp_path: Path) -> None:
    names = []
    for name in files_of(FOLDER / source):
        path = tmp_path / source / Path(name).name
        path.parent.mkdir(exist_ok=True)
        path.write_text(re.sub(there, instead, Path(name).read_text(encoding="utf-8")), encoding="utf-8")
        names.append(str(path))
    before, _ = merged(files_of(FOLDER / source), format_of(FOLDER / source))
    after, problems = merged(names, format_of(FOLDER / source))
    assert ids(after) == ids(before)
    assert [problem for problem in problems if problem.line]

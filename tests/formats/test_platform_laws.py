"""Whatever stands in a field of a platform's export: the load goes on, and what it yields is well-formed."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders import LOADERS
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.values.scrub import UNWELCOME_CHARACTERS
from rejoinder.records import Comment

GOLDEN = Path(__file__).parents[1] / "golden"
SOURCES = {
    "reddit.json": "reddit",
    "reddit-morechildren.json": "reddit",
    "reddit_dump.jsonl": "reddit_dump",
    "hackernews.jsonl": "hackernews",
    "hackernews_algolia.json": "hackernews_algolia",
    "hackernews_algolia-search.json": "hackernews_algolia",
    "comment_scraper.json": "comment_scraper",
    "github-review.json": "github",
    "github-discussion.json": "github",
    "github-issue/issue.json": "github",
}
WORDS = ["", " ", "x", "t1_", "nul\x00 \ud800", "9" * 30, "http://[", "https://github.com/a/b/issues/1"]
NUMBERS = [None, True, -1, 7, 10**30, 1.5, float("nan"), 1e300]
HOLDERS = [[], [1], [None], [{}], {}, {"id": 1}, {"nodes": [None, 1, {}]}, {"data": None}]
ODD = st.sampled_from([*WORDS, *NUMBERS, *HOLDERS])


def places(value: object) -> list[tuple[Any, Any]]:
    """Each object or list in a value, with each of its keys."""
    found, waiting = [], [value]
    while waiting:
        one = waiting.pop()
        inside = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
        for key, inner in inside:
            found.append((one, key))
            waiting.append(inner)
    return found


def is_well_formed(comment: Comment) -> bool:
    words = (
        comment.id,
        comment.text,
        comment.parent or "-",
        comment.author or "-",
        comment.url or "-",
        comment.thread.id,
        comment.thread.site,
    )
    return (
        all(isinstance(word, str) and UNWELCOME_CHARACTERS.search(word) is None for word in words)
        and all(each.strip() for each in (comment.id, comment.thread.id, comment.parent or "-"))
        and bool(comment.text.strip() or comment.states)
        and all(0 <= link.start < link.end <= len(comment.text) for link in comment.links)
        and 0 <= (comment.declared_replies or 0) < 2**63
    )


@pytest.mark.parametrize("name", SOURCES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10**6), ODD), min_size=1, max_size=3))
def test_odd_values_lose_no_more_than_what_they_stand_in(
    name: str, tmp_path: Path, changes: list[tuple[int, object]]
) -> None:
    text = (GOLDEN / name).read_text(encoding="utf-8")
    values = [json.loads(line) for line in text.splitlines()] if name.endswith("l") else [json.loads(text)]
    for number, value in changes:
        spots = places(values)[len(values) :] or [(values, 0)]
        within, key = spots[number % len(spots)]
        within[key] = copy.deepcopy(value)
    path = tmp_path / "odd.json"
    path.write_text("\n".join(map(json.dumps, values)), encoding="utf-8")
    try:
        found = list(LOADERS[SOURCES[name]].load(Source(path)))
    except LoadError:
        return
    records = [one.record for one in found if not isinstance(one, Problem)]
    assert all(is_well_formed(record) for record in records if isinstance(record, Comment))

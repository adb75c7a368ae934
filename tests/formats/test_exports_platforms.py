"""Real exports of Reddit, Hacker News and GitHub, number by number (data beside the repository)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from rejoinder.graph.stores.publish import open_current
from rejoinder.load import load
from rejoinder.loaders import read
from rejoinder.records import Comment, Found, State, Thread
from rejoinder.settings import Settings

ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
COVERAGE = """
PREFIX rj: <https://w3id.org/rejoinder/ns#> PREFIX sioc: <http://rdfs.org/sioc/ns#>
SELECT ?coverage (COUNT(?comment) AS ?count) {
  ?thread a rj:Thread ; rj:coverage ?coverage . ?comment sioc:has_container ?thread ; a rj:Comment
} GROUP BY ?thread ?coverage ORDER BY ?coverage ?count
"""


@dataclass(frozen=True)
class Numbers:
    """What one file holds: parents that are `absent`, `unsigned` comments, counts `declared` by threads or comments."""

    comments: int
    roots: int
    absent: int
    authors: int
    unsigned: int
    deleted: int
    declared: tuple[int | None, ...]
    counted: int


FILES = {
    "reddit/thread_listing.json": Numbers(477, 1, 0, 388, 16, 7, (544,), 18),
    "reddit/morechildren_things.json": Numbers(57, 0, 22, 43, 0, 0, (), 0),
    "hackernews/firebase-items.ndjson": Numbers(3, 2, 1, 3, 0, 0, (72, 17), 3),
    "hackernews/comment-scraper-synthetic.json": Numbers(4, 2, 0, 0, 4, 0, (4, 1), 0),
    "github/github_issue_1": Numbers(1, 1, 0, 1, 0, 0, (None,), 1),
    "github/github_issue_comments_1": Numbers(1, 0, 1, 1, 0, 0, (None,), 0),
    "github/github_issue_comments_2": Numbers(1, 0, 1, 1, 0, 0, (None,), 0),
    "github/github_request_pull_request_1_comments": Numbers(2, 0, 2, 1, 0, 0, (None,), 0),
}


def numbers(path: Path) -> Numbers:
    found = list(read([path]))
    records = [one.record for one in found if isinstance(one, Found)]
    assert len(records) == len(found), "a problem"
    comments = [record for record in records if isinstance(record, Comment)]
    names = {comment.id for comment in comments}
    assert len(names) == len(comments)
    return Numbers(
        comments=len(comments),
        roots=sum(comment.parent is None for comment in comments),
        absent=sum(comment.parent is not None and comment.parent not in names for comment in comments),
        authors=len({comment.author for comment in comments} - {None}),
        unsigned=sum(comment.author is None for comment in comments),
        deleted=sum(State.DELETED in comment.states for comment in comments),
        declared=tuple(record.declared_comments for record in records if isinstance(record, Thread)),
        counted=sum(comment.declared_replies is not None for comment in comments),
    )


@pytest.mark.parametrize("name", FILES)
def test_an_export_holds_what_it_holds(shared: Path, name: str) -> None:
    assert numbers(shared / "data" / "exports" / name) == FILES[name]


@pytest.mark.parametrize("name", FILES)
def test_dates_are_iso_and_texts_are_clean(shared: Path, name: str) -> None:
    for one in read([shared / "data" / "exports" / name]):
        if isinstance(one, Found) and isinstance(one.record, Comment):
            assert ISO.fullmatch(one.record.created or "")
            assert re.match(r"https://(?:www\.reddit\.com|news\.ycombinator\.com|github\.com)/", one.record.url or "")
            assert one.record.text.strip() or one.record.states
            assert not re.search(r"&(?:gt|lt|amp|nbsp|#\w+);|</?(?:p|i|a|div)\b|\]\(|\*\*", one.record.text)


@pytest.mark.parametrize(
    ("folder", "coverage"),
    [
        ("reddit", [("partial", 534)]),
        ("hackernews", [("complete", 1), ("partial", 1), ("partial", 1), ("partial", 1), ("partial", 3)]),
        ("github", [("partial", 1), ("unknown", 4)]),
    ],
)
def test_the_coverage_of_a_whole_load_says_what_is_missing(
    shared: Path, tmp_path: Path, folder: str, coverage: list[tuple[str, int]]
) -> None:
    files = sorted(str(path) for path in (shared / "data" / "exports" / folder).iterdir())
    lost: list[str] = []
    load(
        tmp_path / "store",
        files,
        Settings(),
        report=lambda problem: lost.append(str(problem)) if problem.lost else None,
    )
    rows = open_current(tmp_path / "store").store.query(COVERAGE, use_default_graph_as_union=True)
    found = [(row["coverage"].value.rpartition("#")[2], int(row["count"].value)) for row in rows]  # type: ignore[union-attr]
    assert (found, lost) == (coverage, [])


def test_the_stubs_of_a_listing_are_found_where_they_stand(shared: Path) -> None:
    path = shared / "data" / "exports" / "reddit" / "thread_listing.json"
    comments = [one.record for one in read([path]) if isinstance(one, Found) and isinstance(one.record, Comment)]
    there = {comment.id: 0 for comment in comments}
    for one in comments:
        if one.parent is not None:
            there[one.parent] += 1
    missing = {
        comment.id: comment.declared_replies - there[comment.id]
        for comment in comments
        if comment.declared_replies is not None
    }
    assert (len(missing), sum(missing.values()), missing["3hahrw"]) == (18, 30, 9)

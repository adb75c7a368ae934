"""Real answers of ForumMagnum and Discourse: how many comments, parents, authors, dates and quotations come out."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from rejoinder.errors import Problem
from rejoinder.graph.stores.publish import open_current
from rejoinder.load import load
from rejoinder.settings import Settings
from tests.reading import Reading

ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
COVERAGE = "SELECT ?coverage { ?thread <https://w3id.org/rejoinder/ns#coverage> ?coverage }"

EXPORTS = [
    pytest.param(
        "forummagnum/post.shape.json",
        ("www.lesswrong.com", "27hrcyr3eqPFyNR8d", 3),
        {"comments": 1, "parents": 0, "authors": 1, "links": 0, "quotations": 0},
        "partial",
        id="a post whose comments are not in the file",
    ),
    pytest.param(
        "discourse/discourse_posts.json",
        ("talk.manageiq.org", "1448", 4),
        {"comments": 4, "parents": 3, "authors": 4, "links": 4, "quotations": 0},
        "complete",
        id="a whole topic",
    ),
    pytest.param(
        "discourse/discourse_topic_1148.json",
        ("discourse.mozilla-community.org", "1148", 22),
        {"comments": 20, "parents": 19, "authors": 10, "links": 13, "quotations": 6},
        "partial",
        id="a topic cut off after 20 posts",
    ),
]


@pytest.mark.parametrize(("name", "thread", "counts", "coverage"), EXPORTS)
def test_an_export_gives_just_this(
    name: str, thread: tuple[str, str, int], counts: dict[str, int], coverage: str, shared: Path
) -> None:
    found = Reading(shared / "data" / "exports" / name)
    comments = found.comments
    assert not found.problems
    assert [(one.key.site, one.key.id, one.declared_comments) for one in found.threads] == [thread]
    assert {
        "comments": len(comments),
        "parents": sum(comment.parent is not None for comment in comments),
        "authors": len({comment.author for comment in comments}),
        "links": sum(len(comment.links) for comment in comments),
        "quotations": len(found.moves),
    } == counts
    assert all(comment.created and ISO.fullmatch(comment.created) for comment in comments)
    assert all(comment.url and comment.url.startswith(f"https://{thread[0]}/") for comment in comments)
    assert {comment.parent for comment in comments} - {None} <= set(found.by_id)


@pytest.mark.parametrize(("name", "thread", "counts", "coverage"), EXPORTS)
def test_a_load_says_how_much_of_the_thread_is_there(
    name: str, thread: tuple[str, str, int], counts: dict[str, int], coverage: str, shared: Path, tmp_path: Path
) -> None:
    problems: list[Problem] = []
    load(tmp_path / "store", [str(shared / "data" / "exports" / name)], Settings(), report=problems.append)
    rows = open_current(tmp_path / "store").store.query(COVERAGE, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    assert [str(row["coverage"]).strip("<>").rpartition("#")[2] for row in rows] == [coverage]
    assert problems == []


def test_quotations_of_a_topic_stand_letter_by_letter_where_they_are_from(shared: Path) -> None:
    found = Reading(shared / "data" / "exports" / "discourse" / "discourse_topic_1148.json")
    assert [(where, origin, len(words)) for where, origin, words in found.quoted] == [
        ("4", "3", 45),
        ("4", "3", 61),
        ("8", "7", 27),
        ("12", "11", 80),
        ("18", "14", 68),
        ("19", "18", 271),
    ]
    assert all(words in found.by_id[origin].text for _, origin, words in found.quoted)


def test_no_markup_is_left_in_the_words(shared: Path) -> None:
    for name in ("discourse_posts.json", "discourse_topic_1148.json"):
        for comment in Reading(shared / "data" / "exports" / "discourse" / name).comments:
            assert not re.search(r"</?[a-z]+[ >]|&[a-z]+;|quote-controls|\n{3}|[ \t]\n", comment.text), comment.id


def test_the_schema_of_comments_holds_no_comments(shared: Path) -> None:
    found = Reading(shared / "data" / "exports" / "forummagnum" / "Comment.gql")
    assert (found.records, [problem.lost for problem in found.problems]) == ([], [True])
    assert "this is the schema of comments and holds no comments" in found.problems[0].message

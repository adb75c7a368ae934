"""Comments that sites list plainly: those of WordPress by its REST API, and those of Decidim."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.records import ThreadKey
from tests.reading import known_as, reading_of, written

POSTED: dict[str, Any] = {
    "id": 2,
    "post": 7,
    "parent": 0,
    "author_name": "Ana",
    "date": "2026-03-01T10:00:00",
    "date_gmt": "2026-03-01T09:00:00",
    "content": {"rendered": "<p>It <b>is</b> dry.</p>"},
    "link": "https://well.example/dry/#comment-2",
}
SAID: dict[str, Any] = {
    "id": 2,
    "created_at": "2026-03-01T09:00:00Z",
    "body": "It is dry.",
    "author": {"id": 1, "name": "Ana"},
    "commentable_id": 7,
    "commentable_type": "Decidim::Debates::Debate",
    "root_commentable_url": "https://well.example/debates/7",
}
ON_COMMENT = "Decidim::Comments::Comment"


def test_comments_of_a_blog_are_on_its_post_or_on_a_comment(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [POSTED, {**POSTED, "id": 3, "parent": 2, "link": None, "date_gmt": ""}])
    first, second = reading.comments
    assert (first.thread, second.thread) == (ThreadKey("well.example", "7"), ThreadKey("wordpress", "7"))
    assert (first.parent, second.parent, first.text) == ("post-7", "2", "It is dry.")
    assert (first.addressed, second.addressed) == (False, True)
    assert (first.created, second.created) == ("2026-03-01T09:00:00Z", "2026-03-01T10:00:00")
    assert [one.url for one in reading.threads] == ["https://well.example/dry/"]


def test_what_is_no_comment_of_a_reader_is_left_out(tmp_path: Path) -> None:
    others = [{**POSTED, "type": "pingback"}, {**POSTED, "status": "hold"}, 7, {**POSTED, "content": {"rendered": ""}}]
    reading = reading_of(tmp_path, [POSTED, *others])
    assert len(reading.comments) == 1
    assert [problem.lost for problem in reading.problems] == [True, True, False]


def test_a_comment_of_a_platform_is_on_a_comment_where_it_says_so(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [SAID, {**SAID, "id": 3, "commentable_id": 2, "commentable_type": ON_COMMENT}])
    assert reading.parents == {"2": "debates/7", "3": "2"}
    assert {comment.thread for comment in reading.comments} == {ThreadKey("well.example", "debates/7")}
    assert [one.url for one in reading.threads] == ["https://well.example/debates/7"]


@pytest.mark.parametrize(
    "odd", [7, {**SAID, "root_commentable_url": None}, {**SAID, "body": ""}], ids=["a number", "no address", "no words"]
)
def test_a_comment_of_a_platform_that_is_none_is_lost_alone(tmp_path: Path, odd: object) -> None:
    reading = reading_of(tmp_path, [odd, SAID])
    assert (list(reading.by_id), [problem.lost for problem in reading.problems]) == (["2"], [True])


def test_both_are_known_by_what_only_they_have(tmp_path: Path) -> None:
    assert known_as(written(tmp_path, [POSTED], "a.json")) == "wordpress_api"
    assert known_as(written(tmp_path, POSTED, "b.json")) == "wordpress_api"
    assert known_as(written(tmp_path, [SAID], "c.json")) == "decidim"
    table = "id;body;author/name;commentable_type;root_commentable_url\n"
    assert (
        known_as(written(tmp_path, table + "2;It is dry.;Ana;Decidim::Debates::Debate;https://a.example/7\n", "d.csv"))
        == "decidim"
    )

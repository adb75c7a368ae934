"""Hacker News: flat items, nested items, search hits and the Comment Scraper's export become threads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rejoinder.errors import Problem
from rejoinder.loaders import LOADERS, read
from rejoinder.loaders.gathering.merge import merge
from rejoinder.loaders.sites.hackernews import from_hackernews
from rejoinder.records import Comment, Discussion, Found, Link, State, Thread
from tests.reading import Reading, known_as, written

SITE = "news.ycombinator.com"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        pytest.param("It&#x27;s one.<p>And two.", "It's one.\n\nAnd two.", id="paragraphs"),
        pytest.param("&gt;So it was.<p>Was it?", "> So it was.\n\nWas it?", id="quote-without-space"),
        pytest.param("&gt; &gt;Older<p>&gt; <i>newer</i>", "> > Older\n\n> newer", id="quote-in-quote"),
        pytest.param("&gt; one\n&gt; two", "> one\n> two", id="quoted-lines"),
        pytest.param("if a &gt; b", "if a > b", id="greater-than-is-no-quote"),
        pytest.param("<pre><code>a  =  b\n</code></pre>", "```\na  =  b\n```", id="code"),
        pytest.param("<i>so</i> loud", "so loud", id="emphasis"),
        pytest.param("[flagged]", "", id="flagged"),
    ],
)
def test_the_html_of_the_site_is_read(markup: str, text: str) -> None:
    assert from_hackernews(markup).text == text


def test_a_link_that_is_shown_cut_short_keeps_its_address() -> None:
    address = "https:&#x2F;&#x2F;tea.example&#x2F;a"
    body = from_hackernews(f'See <a href="{address}-long-name" rel="nofollow">{address}...</a>')
    assert body.links == (Link(4, 28, "https://tea.example/a-long-name"),)


def loaded(folder: Path, content: object, name: str) -> tuple[list[Comment], list[Thread], list[Problem]]:
    path = written(folder, content if isinstance(content, str) else json.dumps(content, indent=1), "in.json")
    assert name == known_as(path)
    found = Reading(path)
    return found.comments, found.threads, found.problems


def item(name: int, parent: int, *children: dict[str, Any]) -> dict[str, Any]:
    dated = {"created_at": "2024-03-01T10:00:00Z", "author": f"a{name}"}
    return {"id": name, **dated, "text": f"It is {name}.", "parent_id": parent, "children": list(children)}


def hit(name: int, parent: int, **fields: Any) -> dict[str, Any]:
    words = {"comment_text": f"It is {name}.", "author": f"a{name}", "_tags": ["comment"]}
    return {"objectID": str(name), "parent_id": parent, **words, **fields}


def flat(name: int, parent: int) -> dict[str, Any]:
    return {"id": name, "parent": parent, "by": f"a{name}", "text": f"It is {name}.", "time": 1, "type": "comment"}


@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
@pytest.mark.parametrize(
    ("items", "parents"),
    [
        pytest.param([item(1, 2, item(2, 1))], {"1": None, "2": "1"}, id="an item below its reply"),
        pytest.param([item(1, 1, item(2, 1))], {"1": None, "2": "1"}, id="an item below itself"),
        pytest.param([item(2, 3, item(3, 2, item(4, 3)))], {"2": None, "3": "2", "4": "3"}, id="a long branch"),
        pytest.param([hit(1, 2), hit(2, 1), hit(3, 2)], {"1": None, "2": "1", "3": "2"}, id="hits"),
        pytest.param([hit(1, 2, story_id=9), hit(2, 1, story_id=9)], {"1": None, "2": "1"}, id="hits of a story"),
        pytest.param(
            [flat(3, 2), flat(2, 1), flat(1, 3), flat(4, 3)], {"1": None, "2": "1", "3": "2", "4": "3"}, id="flat"
        ),
        pytest.param([flat(5, 5), flat(6, 5)], {"5": None, "6": "5"}, id="a flat item below itself"),
    ],
)
def test_a_circle_is_one_thread_and_is_cut_at_its_smallest_id(
    tmp_path: Path, items: list[dict[str, Any]], parents: dict[str, str | None], backwards: bool
) -> None:
    several = items[::-1] if backwards else items
    path = written(tmp_path, {"hits": several} if "objectID" in items[0] else several, "in.json")
    made = list(merge(read([path]), lambda _: None))
    (thread,) = (one for one in made if isinstance(one, Discussion))
    assert {comment.id: comment.parent for comment in thread.comments} == parents
    assert ["without a cycle" in one.message for one in made if isinstance(one, Problem) and one.lost] == [True]


STORY = {
    "id": 10,
    "type": "story",
    "by": "ada",
    "time": 1709287200,
    "title": "Tea at altitude",
    "descendants": 2,
    "kids": [11],
}
ANSWER = {"id": 11, "type": "comment", "by": "bob", "time": 1709287300, "parent": 10, "text": "It boils early."}
DEEPER = {"id": 12, "type": "comment", "by": "ada", "time": 1709287400, "parent": 11, "text": "By four degrees."}
WITHIN = {name: value for name, value in ANSWER.items() if name != "parent"} | {"kids": [DEEPER]}
WHOLE = STORY | {"kids": [WITHIN, None]}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param([STORY, ANSWER, DEEPER], id="list"),
        pytest.param([STORY, None, ANSWER, DEEPER], id="list-with-null"),
        pytest.param("\n".join(map(json.dumps, (STORY, ANSWER, DEEPER))), id="lines"),
        pytest.param("\n".join(json.dumps(one, indent=2) for one in (STORY, ANSWER, DEEPER)), id="one-after-the-other"),
        pytest.param("\n".join(map(json.dumps, (DEEPER, ANSWER, STORY))), id="replies-first"),
        pytest.param({"10": STORY, "11": ANSWER, "12": DEEPER, "13": None}, id="by-id"),
        pytest.param({"v0": {"item": {"10": STORY, "11": ANSWER, "12": DEEPER}}}, id="by-id-as-the-site-keeps-them"),
        pytest.param({"item": {"10": WHOLE}}, id="by-id-with-kids-as-items"),
        pytest.param(
            "\n".join(json.dumps({str(one["id"]): one}) for one in (STORY, ANSWER, DEEPER)), id="by-id-in-lines"
        ),
        pytest.param(WHOLE, id="kids-as-items"),
        pytest.param([WHOLE], id="kids-as-items-in-a-list"),
        pytest.param(f"{json.dumps(WHOLE)}\n{json.dumps(ANSWER)}", id="kids-as-items-in-lines"),
    ],
)
def test_items_come_in_any_wrapping(tmp_path: Path, content: object) -> None:
    comments, (thread,), problems = loaded(tmp_path, content, "hackernews")
    assert {(comment.id, comment.parent, comment.thread.id, comment.thread.site) for comment in comments} == {
        ("10", None, "10", SITE),
        ("11", "10", "10", SITE),
        ("12", "11", "10", SITE),
    }
    assert (thread.title, thread.declared_comments, problems) == ("Tea at altitude", 3, [])


def test_an_item_that_is_none_among_others_by_id_is_lost_alone_with_its_line(tmp_path: Path) -> None:
    comments, _, problems = loaded(tmp_path, {"10": STORY, "11": "gone", "12": ANSWER}, "hackernews")
    assert [comment.id for comment in comments] == ["10", "11"]
    assert [(problem.line, problem.message, problem.lost) for problem in problems] == [
        (13, "expected an item, got 'gone'", True)
    ]


def test_without_the_story_the_topmost_parent_names_the_thread(tmp_path: Path) -> None:
    comments, threads, _ = loaded(tmp_path, [DEEPER, ANSWER], "hackernews")
    assert {(comment.id, comment.thread.id, comment.parent) for comment in comments} == {
        ("12", "10", "11"),
        ("11", "10", "10"),
    }
    assert threads == []


def test_items_in_a_circle_come_to_an_end(tmp_path: Path) -> None:
    comments, _, _ = loaded(tmp_path, [{**ANSWER, "parent": 12}, {**DEEPER, "parent": 11}], "hackernews")
    assert len(comments) == 2


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param(
            STORY,
            {
                "text": "Tea at altitude",
                "url": "https://news.ycombinator.com/item?id=10",
                "created": "2024-03-01T10:00:00Z",
                "declared_replies": 1,
            },
            id="story",
        ),
        pytest.param(
            {**STORY, "url": "https://tea.example/"}, {"links": (Link(0, 15, "https://tea.example/"),)}, id="link"
        ),
        pytest.param({**STORY, "text": "Why so early?"}, {"text": "Why so early?", "links": ()}, id="ask"),
        pytest.param({**STORY, "type": "job", "title": "Stokers wanted"}, {"text": "Stokers wanted"}, id="job"),
        pytest.param({**STORY, "type": "poll", "parts": [13, 14]}, {"declared_replies": 3}, id="poll"),
        pytest.param(
            {"id": 13, "type": "pollopt", "poll": 10, "by": "ada", "time": 1, "text": "Green"},
            {"parent": "10", "text": "Green"},
            id="option",
        ),
        pytest.param(
            {"id": 11, "type": "comment", "deleted": True, "parent": 10, "time": 1},
            {"text": "", "states": (State.DELETED,), "author": None},
            id="deleted",
        ),
        pytest.param({**ANSWER, "dead": True}, {"text": "It boils early.", "states": (State.DELETED,)}, id="dead"),
        pytest.param(
            {**ANSWER, "dead": True, "text": "[flagged]"}, {"text": "", "states": (State.DELETED,)}, id="flagged"
        ),
        pytest.param(
            {**ANSWER, "id": "11", "parent": "10", "time": "1709287300"},
            {"id": "11", "parent": "10", "created": "2024-03-01T10:01:40Z"},
            id="numbers-in-strings",
        ),
    ],
)
def test_an_item_is_read(tmp_path: Path, item: dict[str, Any], expected: dict[str, Any]) -> None:
    (comment,), _, problems = loaded(tmp_path, [item], "hackernews")
    assert problems == []
    assert {name: getattr(comment, name) for name in expected} == expected


def test_a_broken_item_loses_only_itself(tmp_path: Path) -> None:
    content = "\n".join(
        [json.dumps(STORY), '{"id": 11, "type"', json.dumps({**ANSWER, "id": None}), json.dumps(DEEPER)]
    )
    comments, _, problems = loaded(tmp_path, content, "hackernews")
    assert [comment.id for comment in comments] == ["10", "12"]
    assert [(problem.line, problem.lost) for problem in problems] == [(2, True), (3, True)]


def nested(name: int, parent: int | None, *children: dict[str, Any], **fields: Any) -> dict[str, Any]:
    whole = {"id": name, "created_at": "2024-03-01T10:00:00.000Z", "created_at_i": 1709287200, "author": f"by{name}"}
    whole |= {"type": "comment", "text": f"Said in {name}.", "parent_id": parent, "story_id": 10}
    return {**whole, **fields, "children": list(children)}


def test_a_nested_item_holds_all_of_its_thread(tmp_path: Path) -> None:
    gone = nested(13, 11, text=None, author=None)
    story = nested(10, None, nested(11, 10, nested(12, 11), gone), title="Tea", text=None, url="https://tea.example/")
    comments, (thread,), problems = loaded(tmp_path, story, "hackernews_algolia")
    assert [
        (comment.id, comment.parent, comment.author, comment.text, comment.declared_replies) for comment in comments
    ] == [
        ("10", None, "by10", "Tea", 1),
        ("11", "10", "by11", "Said in 11.", 2),
        ("12", "11", "by12", "Said in 12.", 0),
        ("13", "11", None, "", 0),
    ]
    assert (thread.declared_comments, comments[3].states, problems) == (4, (State.DELETED,), [])


@pytest.mark.parametrize(
    ("item", "thread"),
    [
        pytest.param(nested(11, 10, nested(12, 11)), "10", id="story-is-named"),
        pytest.param(nested(11, 10, nested(12, 11, story_id=None), story_id=None), "10", id="parent-is-named"),
        pytest.param(nested(11, None, nested(12, None, story_id=None), story_id=None), "11", id="nothing-is-named"),
    ],
)
def test_a_comment_without_its_story_belongs_to_the_topmost_known(
    tmp_path: Path, item: dict[str, Any], thread: str
) -> None:
    comments, _, _ = loaded(tmp_path, item, "hackernews_algolia")
    assert [(comment.id, comment.thread.id) for comment in comments] == [("11", thread), ("12", thread)]
    assert comments[1].parent == "11"


HIT = {
    "objectID": "12",
    "author": "ada",
    "created_at": "2024-03-01T10:00:00Z",
    "comment_text": "By <em>four</em> degrees.",
    "story_id": 10,
    "parent_id": 11,
    "story_title": "Tea",
    "_tags": ["comment"],
}


def test_hits_of_a_search_name_their_story(tmp_path: Path) -> None:
    story = {
        "objectID": "20",
        "author": "bob",
        "created_at": "2024-03-01T10:00:00Z",
        "title": "Ask",
        "story_text": "Why?",
        "num_comments": 4,
        "_tags": ["story"],
    }
    comments, threads, _ = loaded(tmp_path, {"hits": [HIT, story], "nbHits": 2}, "hackernews_algolia")
    assert [(comment.id, comment.parent, comment.thread.id, comment.text) for comment in comments] == [
        ("12", "11", "10", "By four degrees."),
        ("20", None, "20", "Why?"),
    ]
    assert [(one.title, one.declared_comments) for one in threads] == [("Tea", None), ("Ask", 5)]


def test_replies_nest_deeper_than_python_calls(tmp_path: Path) -> None:
    inner = "[]"
    for number in range(2000):
        inner = (
            f'[{{"id": {number}, "author": "a", "created_at_i": 1, "created_at": "x", "text": "Deep.",'
            f' "children": {inner}}}]'
        )
    (tmp_path / "deep.json").write_text(inner[1:-1])
    assert (
        sum(
            isinstance(one, Found) and isinstance(one.record, Comment)
            for one in read([tmp_path / "deep.json"], format="hackernews_algolia")
        )
        == 2000
    )


@pytest.mark.parametrize(
    ("meta", "declared"),
    [
        pytest.param({"fetched": 1, "reported_by_source": 3}, 4, id="reported"),
        pytest.param({"fetched": 1, "known_unfetched_at_least": 5, "reported_by_source": 3}, 7, id="more-are-known"),
        pytest.param({"fetched": 1, "stop_reason": "comment_limit", "known_unfetched_at_least": 0}, 3, id="stopped"),
        pytest.param({"fetched": 1, "stop_reason": None, "known_unfetched_at_least": 0}, 2, id="all"),
        pytest.param({}, None, id="nothing-said"),
    ],
)
def test_the_export_says_how_much_is_missing(tmp_path: Path, meta: dict[str, Any], declared: int | None) -> None:
    records = [{"record_type": "post", "source": "hn", "thread_id": "10", "comment_id": None, "body": "Why?"}]
    document = {"threads": [{"meta": {"source": "hn", "thread_id": 10, **meta}, "records": records}]}
    (post,), (thread,), problems = loaded(tmp_path, document, "comment_scraper")
    assert (post.id, post.thread.site, thread.declared_comments, problems) == ("10", SITE, declared, [])


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, {"id": "c1", "parent": "p1", "text": "It is loud."}, id="reddit"),
        pytest.param({"parent_id": None}, {"parent": "p1"}, id="no-parent"),
        pytest.param({"body": "", "comment_state": "removed"}, {"text": "", "states": (State.DELETED,)}, id="removed"),
        pytest.param(
            {"body": "Kept.", "comment_state": "deleted"}, {"text": "Kept.", "states": (State.DELETED,)}, id="kept"
        ),
        pytest.param({"body": "[deleted]"}, {"text": "", "states": (State.DELETED,)}, id="reddit-word"),
        pytest.param({"source": "hn", "body": "It&#x27;s<p>loud"}, {"text": "It's\n\nloud"}, id="html"),
        pytest.param({"source": "hn", "body": "It *is*\nloud"}, {"text": "It *is*\nloud"}, id="plain"),
    ],
)
def test_a_record_of_the_export_is_read(tmp_path: Path, fields: dict[str, Any], expected: dict[str, Any]) -> None:
    record = {
        "source": "reddit",
        "thread_id": "p1",
        "record_type": "comment",
        "comment_id": "t1_c1",
        "parent_id": "t3_p1",
        "body": "It *is* loud.",
    }
    record |= fields
    document = {"threads": [{"meta": {"source": record["source"], "thread_id": "p1"}, "records": [record]}]}
    (comment,), _, problems = loaded(tmp_path, document, "comment_scraper")
    assert problems == []
    assert {name: getattr(comment, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("head", "name"),
    [
        pytest.param(json.dumps(STORY), "hackernews", id="item"),
        pytest.param("\n".join(map(json.dumps, (STORY, ANSWER)))[:-30], "hackernews", id="cut-lines"),
        pytest.param(json.dumps(nested(10, None, nested(11, 10)))[:-30], "hackernews_algolia", id="cut-nested"),
        pytest.param(json.dumps({"hits": [HIT]})[:-5], "hackernews_algolia", id="cut-hits"),
        pytest.param(
            '{"schema_version": 1, "threads": [{"meta": {"source": "hn", "thread_id": "1"',
            "comment_scraper",
            id="cut-export",
        ),
    ],
)
def test_the_formats_are_told_apart(head: str, name: str) -> None:
    assert [loader for loader in LOADERS if LOADERS[loader].recognises(Path("any"), head)] == [name]


@pytest.mark.parametrize(
    "head",
    [
        '{"id": "1", "thread": "t", "text": "The bell."}\n',
        '{"threads": []}',
        '{"hits": {"hits": []}}',
        '[{"type": "story", "points": 3}]',
        '{"type": "comment", "id": 1}',
        "type: story",
        "",
    ],
)
def test_other_files_are_not_taken_for_these(head: str) -> None:
    ours = ("hackernews", "hackernews_algolia", "comment_scraper")
    assert not any(LOADERS[one].recognises(Path("any"), head) for one in ours)

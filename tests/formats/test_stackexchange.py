"""Stack Exchange: the API's questions, answers and comments, and the rows of a data dump."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.loaders.formats import stackexchange
from rejoinder.records import Kind
from tests.reading import Reading, written

OWNER = {"display_name": "Kim &amp; Poe", "link": "https://cooking.stackexchange.com/users/1/kim"}


def question(**fields: Any) -> dict[str, Any]:
    return {"question_id": 7, "owner": OWNER, "is_answered": False, "creation_date": 0, "body": "<p>Why?</p>", **fields}


def answer(**fields: Any) -> dict[str, Any]:
    return {"answer_id": 8, "question_id": 7, "is_accepted": False, "owner": OWNER, "body": "<p>So.</p>", **fields}


def comment(**fields: Any) -> dict[str, Any]:
    return {"comment_id": 8, "post_id": 7, "post_type": "question", "owner": OWNER, "body": "Hm &amp; well", **fields}


def api(folder: Path, *items: dict[str, Any], **fields: Any) -> Reading:
    return Reading(written(folder, {"items": list(items), **fields}, "page.json"))


@pytest.mark.parametrize(
    ("head", "known"),
    [
        ('{"items": [{"owner": {}, "question_id": 7, "is_answered": true', True),
        ('{"has_more": true, "items": [{"answers": [], "owner": {}, "question_id": 7', True),
        ('{"items": [{"owner": {}, "is_accepted": false, "answer_id": 8', True),
        ('{"items": [{"owner": {}, "post_id": 7, "comment_id": 8', True),
        ('[{"owner": {}, "question_id": 7, "answer_count": 1}]', True),
        ('{"owner": {}, "question_id": 7, "answer_count": 1}\n{"owner": {}', True),
        ('{"items": [{"question_id": 7}]}', False),
        ('{"items": [{"owner": {}, "id": 7, "post_id": 1}]}', False),
        ('[{"comment_id": 1, "text": "a"}]', False),
        ("How to recognise a question_id?", False),
    ],
)
def test_an_answer_of_the_api_is_known_by_its_items(head: str, known: bool) -> None:
    assert stackexchange.recognises(Path("any"), head) is known


def test_a_question_with_all_that_stands_below_it(tmp_path: Path) -> None:
    item = question(
        title="Why &#39;boil&#39; it?",
        link="https://cooking.stackexchange.com/questions/7/why",
        answer_count=1,
        comment_count=1,
        comments=[comment()],
        answers=[answer(comment_count=1, is_accepted=True, comments=[comment(comment_id=9, post_id=8)])],
    )
    result = api(tmp_path, item)
    assert [(one.id, one.parent, one.url) for one in result.comments] == [
        ("7", None, "https://cooking.stackexchange.com/questions/7/why"),
        ("comment8", "7", "https://cooking.stackexchange.com/questions/7#comment8_7"),
        ("8", "7", "https://cooking.stackexchange.com/a/8"),
        ("comment9", "8", "https://cooking.stackexchange.com/questions/7#comment9_8"),
    ]
    assert {(one.thread.site, one.thread.id, one.author) for one in result.comments} == {
        ("cooking.stackexchange.com", "7", "Kim & Poe")
    }
    assert [(one.title, one.declared_comments) for one in result.threads] == [("Why 'boil' it?", 4)]
    assert [one.declared_replies for one in result.comments] == [2, None, 1, None]
    assert result.comments[0].created == "1970-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("item", "moves"),
    [
        (question(answers=[answer(is_accepted=True)]), 1),
        (question(answers=[answer()], accepted_answer_id=8), 1),
        (question(answers=[answer(is_accepted=True)], accepted_answer_id=8), 1),
        (question(answers=[answer()], accepted_answer_id=99), 0),
        (question(answers=[answer()]), 0),
        (answer(is_accepted=True), 1),
    ],
)
def test_the_accepted_answer_is_a_move(tmp_path: Path, item: dict[str, Any], moves: int) -> None:
    platform_moves = api(tmp_path, item).moves
    wanted = ("8:accepted", Kind.ANSWER, "7", "accepted answer", "8")
    assert [
        (platform_move.name, platform_move.kind, platform_move.target, platform_move.cue, platform_move.comment)
        for platform_move in platform_moves
    ] == [wanted] * moves


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"body": "<p>It&#39;s <code>x</code></p>"}, "It's `x`"),
        ({"body": None, "body_markdown": "It&#39;s\r\n\r\n&gt; *so*"}, "It's\n\n> so"),
        ({"body": "", "body_markdown": "fallback"}, "fallback"),
    ],
)
def test_bodies(tmp_path: Path, body: dict[str, Any], text: str) -> None:
    assert api(tmp_path, question(**body)).only().text == text


@pytest.mark.parametrize(
    ("owner", "author"),
    [
        ({"display_name": "user77", "user_type": "does_not_exist"}, "user77"),
        ({"user_type": "does_not_exist"}, None),
        ({}, None),
        (None, None),
        ({"display_name": " "}, None),
    ],
)
def test_owners_that_are_gone(tmp_path: Path, owner: object, author: str | None) -> None:
    assert api(tmp_path, question(owner=owner), has_more=False).comments[0].author == author


@pytest.mark.parametrize(
    ("told", "to"),
    [
        ({"display_name": "Mira &amp; Co", "user_id": 3}, "Mira & Co"),
        ({"user_type": "does_not_exist"}, None),
        (7, None),
    ],
)
def test_whom_a_comment_replies_to_is_kept(tmp_path: Path, told: object, to: str | None) -> None:
    result = api(tmp_path, question(comments=[comment(reply_to_user=told)]), has_more=False)
    assert [(one.to, one.addressed) for one in result.comments] == [(None, True), (to, False)]


@pytest.mark.parametrize(
    ("item", "thread", "parent"),
    [
        (answer(), "7", "7"),
        (comment(), "7", "7"),
        (comment(post_type="answer", post_id=8, link="https://superuser.com/questions/7/x#comment8_8"), "7", "8"),
    ],
)
def test_lists_of_answers_and_comments(tmp_path: Path, item: dict[str, Any], thread: str, parent: str) -> None:
    one = api(tmp_path, item).comments[0]
    assert (one.thread.id, one.parent) == (thread, parent)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (question(body=None), "filter=withbody"),
        (question(body="<p> </p>"), "filter=withbody"),
        (answer(question_id=None), "question_id"),
        (comment(post_type="answer", post_id=8), "names the question"),
        (question(body=7), '"body"'),
    ],
)
def test_a_broken_item_is_one_problem(tmp_path: Path, item: dict[str, Any], said: str) -> None:
    result = api(tmp_path, item, question(question_id=70))
    assert [one.id for one in result.comments] == ["70"]
    assert [(problem.lost, said in problem.message) for problem in result.problems] == [(True, True)]


@pytest.mark.parametrize(
    ("item", "said"), [(question(answer_count=-1), "answer_count"), (question(creation_date=1e300), "creation_date")]
)
def test_a_wrong_side_value_is_lost_alone(tmp_path: Path, item: dict[str, Any], said: str) -> None:
    result = api(tmp_path, item, question(question_id=70))
    assert len(result.comments) == 2
    assert [(problem.lost, said in problem.message) for problem in result.problems] == [(True, True)]


def test_several_pages_in_one_file(tmp_path: Path) -> None:
    page = '{"items": [{"question_id": %d, "is_answered": true, "owner": {}, "body": "Why?"}]}\n'
    result = Reading(written(tmp_path, page % 1 + page % 2, "pages.json"))
    assert [(found.line, one.id) for found, one in zip(result.found[1::2], result.comments, strict=True)] == [
        (1, "1"),
        (2, "2"),
    ]

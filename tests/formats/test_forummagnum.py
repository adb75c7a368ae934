"""Answers of the GraphQL interface of LessWrong and its sister forums, in all the shapes that queries give them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from rejoinder.loaders import LOADERS
from rejoinder.loaders.sites.forummagnum_reactions import (
    CREATED,
    DISAGREED,
    OPPOSITE_KINDS,
    REACTION_KINDS,
    SECONDED,
    reaction_kind,
)
from rejoinder.records import Kind, State
from tests.reading import Reading, reading_of

URL = "https://forum.effectivealtruism.org/posts/P1/buses"
POST = {
    "_id": "P1",
    "title": "Buses or trams?",
    "slug": "buses",
    "pageUrl": URL,
    "postedAt": "2024-01-01T00:00:00.000Z",
    "commentCount": 2,
    "user": {"_id": "u1", "displayName": "Ada"},
    "contents": {"html": "<p>Trams are quieter.</p>"},
}
TOP = {
    "_id": "C1",
    "postId": "P1",
    "parentCommentId": None,
    "postedAt": "2024-01-02T00:00:00.000Z",
    "user": {"_id": "u2", "displayName": "Ben", "slug": "ben"},
    "contents": {"html": "<p>Only on new rails.</p>"},
}
BELOW = {**TOP, "_id": "C2", "parentCommentId": "C1", "user": {"displayName": "Ada"}}


def test_a_post_and_its_comments_are_one_thread(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path, {"data": {"post": {"result": POST}, "comments": {"results": [TOP, BELOW], "totalCount": None}}}
    )
    assert [(one.key.site, one.key.id, one.title, one.url, one.declared_comments) for one in reading.threads] == [
        ("forum.effectivealtruism.org", "P1", "Buses or trams?", URL, 3)
    ]
    assert reading.parents == {"P1": None, "C1": "P1", "C2": "C1"}
    assert {comment.thread.site for comment in reading.comments} == {"forum.effectivealtruism.org"}
    assert reading.by_id["C1"].url == "https://forum.effectivealtruism.org/posts/P1?commentId=C1"
    assert not reading.problems


@pytest.mark.parametrize(
    ("value", "parents"),
    [
        pytest.param({"data": {"post": {"result": POST}}}, {"P1": None}, id="a post alone"),
        pytest.param({"data": {"posts": {"results": [POST]}}}, {"P1": None}, id="a list of posts"),
        pytest.param({"data": {"comment": {"result": TOP}}}, {"C1": "P1"}, id="a comment alone"),
        pytest.param({"data": {"comments": {"results": [TOP, BELOW]}}}, {"C1": "P1", "C2": "C1"}, id="comments alone"),
        pytest.param({"results": [TOP]}, {"C1": "P1"}, id="results"),
        pytest.param([TOP, BELOW], {"C1": "P1", "C2": "C1"}, id="a bare list"),
        pytest.param(
            [{"data": {"post": {"result": POST}}}, {"data": {"c": {"results": [TOP]}}}],
            {"P1": None, "C1": "P1"},
            id="a batch of answers, renamed",
        ),
        pytest.param(
            {"data": {"comments": {"results": [{**TOP, "post": POST}]}}},
            {"C1": "P1", "P1": None},
            id="the post within its comment",
        ),
        pytest.param(
            {"data": {"comments": {"results": [{**TOP, "latestChildren": [BELOW]}]}}},
            {"C1": "P1", "C2": "C1"},
            id="children within",
        ),
        pytest.param(
            {
                "data": {
                    "comments": {
                        "results": [{**BELOW, "parentComment": {"_id": "C1", "postId": "P1", "parentCommentId": None}}]
                    }
                }
            },
            {"C2": "C1"},
            id="a parent without words is only mentioned",
        ),
        pytest.param(
            {
                "data": {
                    "comments": {"results": [TOP, {**BELOW, "parentComment": {"_id": "C1", "parentCommentId": None}}]}
                }
            },
            {"C1": "P1", "C2": "C1"},
            id="of two, the one with words",
        ),
        pytest.param(
            {
                "data": {
                    "post": {"result": POST},
                    "comments": {"results": [{k: v for k, v in TOP.items() if k != "postId"}]},
                }
            },
            {"P1": None, "C1": "P1"},
            id="no postId, one post",
        ),
        pytest.param(
            [
                {
                    "_id": "C7",
                    "pageUrl": "https://www.lesswrong.com/posts/P9/x?commentId=C7",
                    "parentCommentId": None,
                    "htmlBody": "<p>Yes.</p>",
                }
            ],
            {"C7": "P9"},
            id="no postId, but a URL",
        ),
        pytest.param(
            [
                {"_id": "C7", "parentCommentId": None, "htmlBody": "Yes."},
                {"_id": "C8", "parentCommentId": "C7", "htmlBody": "No."},
            ],
            {"C7": None, "C8": "C7"},
            id="no post at all: the topmost comment opens the thread",
        ),
        pytest.param([{**TOP, "postId": None, "tagId": "T1"}], {"C1": "T1"}, id="a comment on a tag"),
    ],
)
def test_every_shape_of_answer_is_read(value: Any, parents: dict[str, str | None], tmp_path: Path) -> None:
    reading = reading_of(tmp_path, value)
    assert reading.parents == parents
    assert not reading.problems
    assert len({comment.thread for comment in reading.comments}) == 1


def test_lines_of_json_are_read_one_after_the_other(tmp_path: Path) -> None:
    text = '{"_id": "C1", "postId": "P1", "htmlBody": "One."}\n{"_id": "C2", "postId": "P2", "htmlBody": "Two."}\n'
    reading = reading_of(tmp_path, text, "comments.jsonl")
    assert [comment.thread.id for comment in reading.comments] == ["P1", "P2"]
    assert reading.lines == [1, 2]


def test_several_posts_are_several_threads_on_their_own_hosts(tmp_path: Path) -> None:
    other = {**POST, "_id": "P2", "pageUrl": "https://lesswrong.com/posts/P2/x"}
    reading = reading_of(tmp_path, [POST, other, TOP, {**TOP, "_id": "C9", "postId": "P2"}])
    assert [(one.key.site, one.key.id) for one in reading.threads] == [
        ("forum.effectivealtruism.org", "P1"),
        ("www.lesswrong.com", "P2"),
    ]
    assert reading.by_id["C9"].thread.site == "www.lesswrong.com"


def test_without_any_url_the_site_is_the_software(tmp_path: Path) -> None:
    comment = reading_of(tmp_path, [TOP]).by_id["C1"]
    assert (comment.thread.site, comment.url) == ("forummagnum", None)


@pytest.mark.parametrize(
    ("fields", "author"),
    [
        pytest.param({"user": {"displayName": "Ben", "slug": "ben"}}, "Ben", id="display name"),
        pytest.param({"user": {"slug": "ben"}}, "ben", id="slug"),
        pytest.param({"user": None, "author": "oldben"}, "oldben", id="the old field"),
        pytest.param({"user": None, "userId": "u9"}, "u9", id="only the id"),
        pytest.param({"user": {"displayName": "Ben"}, "hideAuthor": True}, None, id="hidden"),
        pytest.param({"user": {"displayName": "[deleted]"}}, None, id="gone"),
        pytest.param({"user": None}, None, id="nobody"),
    ],
)
def test_the_author_is_who_readers_see(fields: dict[str, object], author: str | None, tmp_path: Path) -> None:
    assert reading_of(tmp_path, [{**TOP, **fields}]).by_id["C1"].author == author


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        pytest.param({"contents": {"html": "<p>One <b>two</b></p>", "markdown": "other"}}, "One two", id="html first"),
        pytest.param({"contents": {"html": "", "markdown": "One **two**"}}, "One two", id="then Markdown"),
        pytest.param({"contents": {"plaintextMainText": "One\ntwo"}}, "One\ntwo", id="then plain text"),
        pytest.param({"contents": None, "htmlBody": "<p>One</p>"}, "One", id="htmlBody"),
        pytest.param({"contents": {"html": "<p>x&lt;y <span>\\(a^2\\)</span></p>"}}, "x<y \\(a^2\\)", id="mathematics"),
        pytest.param(
            {"contents": {"html": "<blockquote><p>Trams are quieter.</p></blockquote><ul><li>No.</li></ul>"}},
            "> Trams are quieter.\n\n- No.",
            id="quotations and lists",
        ),
    ],
)
def test_the_words_come_in_several_forms(fields: dict[str, object], text: str, tmp_path: Path) -> None:
    assert reading_of(tmp_path, [{**TOP, **fields}]).by_id["C1"].text == text


@pytest.mark.parametrize(
    ("fields", "states"),
    [
        pytest.param({"deleted": True, "contents": None}, (State.DELETED,), id="deleted"),
        pytest.param({"spam": True}, (State.DELETED,), id="spam"),
        pytest.param({"rejected": True}, (State.DELETED,), id="rejected"),
        pytest.param({"retracted": True}, (State.RETRACTED,), id="retracted"),
        pytest.param({"deleted": True, "retracted": True}, (State.DELETED, State.RETRACTED), id="both"),
        pytest.param({"deleted": False, "retracted": None}, (), id="neither"),
    ],
)
def test_states(fields: dict[str, object], states: tuple[State, ...], tmp_path: Path) -> None:
    assert reading_of(tmp_path, [{**TOP, **fields}]).by_id["C1"].states == states


@pytest.mark.parametrize(
    ("value", "created"),
    [
        ("2024-01-02T00:00:00.000Z", "2024-01-02T00:00:00.000Z"),
        (1704153600000, "2024-01-02T00:00:00Z"),
        ({"$date": "2024-01-02T00:00:00.000Z"}, "2024-01-02T00:00:00.000Z"),
        (None, None),
    ],
)
def test_dates(value: object, created: str | None, tmp_path: Path) -> None:
    assert reading_of(tmp_path, [{**TOP, "postedAt": value}]).by_id["C1"].created == created


def test_a_draft_is_left_out_and_a_blank_comment_is_lost_alone(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path, [{**TOP, "_id": "D", "draft": True}, {**TOP, "contents": {"html": "<p></p>"}}, BELOW]
    )
    assert list(reading.by_id) == ["C2"]
    assert [(problem.lost, "left out drafts" in problem.message) for problem in reading.problems] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    "name", [lambda text: int(text[1:]), lambda text: {"$oid": text[1:]}], ids=["number", "object"]
)
def test_ids_need_not_be_strings(name: Callable[[str], object], tmp_path: Path) -> None:
    posted, top = {**POST, "_id": name("P1")}, {**TOP, "_id": name("C2"), "postId": name("P1")}
    below = {**BELOW, "_id": name("C3"), "postId": name("P1"), "parentCommentId": name("C2")}
    reading = reading_of(tmp_path, [posted, top, below])
    assert (reading.parents, reading.messages) == ({"1": None, "2": "1", "3": "2"}, [])


def test_a_comment_without_an_id_is_told(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [TOP, {**BELOW, "_id": None}, {**BELOW, "_id": ["C3"]}])
    assert list(reading.by_id) == ["C1"]
    assert [(problem.lost, problem.message) for problem in reading.problems] == [
        (True, 'expected "_id" to be a string, but there is none'),
        (True, "expected \"_id\" to be a string, got ['C3']"),
    ]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        pytest.param({}, False, id="the same"),
        pytest.param({"contents": {"html": "<p>Never.</p>"}}, True, id="other words"),
        pytest.param({"contents": {"html": "<p>Never.</p>"}, "score": 3}, True, id="other words and more"),
        pytest.param({"contents": {"markdown": "Only on new rails."}}, False, id="in another form"),
        pytest.param({"contents": {"html": 7}}, False, id="no words"),
    ],
)
def test_a_comment_that_stands_twice_is_told_where_its_words_differ(
    other: dict[str, Any], told: bool, tmp_path: Path
) -> None:
    reading = reading_of(tmp_path, [TOP, BELOW, {**TOP, **other}])
    assert sorted(reading.by_id) == ["C1", "C2"]
    said = "comment 'C1' also stands, with other words, elsewhere in this file; kept this, which is given more fully"
    assert reading.messages == ([said] if told else [])


def test_a_link_post_says_its_title(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, {"data": {"post": {"result": {**POST, "contents": None}}}})
    assert reading.by_id["P1"].text == "Buses or trams?"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("type Comment {\n  _id: String!\n  postId: String\n}\n", "holds no comments", id="the schema"),
        pytest.param(
            '{"data": {"comments": {"results": [{"_id": "C1", "postId": "P1", "parentCommentId": null}]}}}',
            "ask for `contents",
            id="no words asked for",
        ),
    ],
)
def test_what_holds_no_comments_says_so(text: str, says: str, tmp_path: Path) -> None:
    reading = reading_of(tmp_path, text, "Comment.gql")
    assert [says in problem.message and problem.lost for problem in reading.problems] == [True]


def given(*reacts: tuple[str, Mapping[str, object]]) -> dict[str, object]:
    """The comment with these reactions."""
    found: dict[str, list[Mapping[str, object]]] = {}
    for name, one in reacts:
        found.setdefault(name, []).append(one)
    return {**TOP, "extendedScore": {"approvalVoteCount": 2, "reacts": found}}


def test_a_reaction_is_a_move_by_whom_and_at_which_words(tmp_path: Path) -> None:
    cy = {"userId": "u3", "displayName": "Cy", "reactType": "created"}
    reading = reading_of(
        tmp_path,
        [
            given(
                ("agree", cy),
                ("shakyPremise", {**cy, "quotes": ["new rails", "Only"]}),
                ("laugh", cy),
                ("unheardOf", cy),
            )
        ],
    )
    assert [
        (platform_move.kind, platform_move.author, platform_move.exact, platform_move.comment, platform_move.target)
        for platform_move in reading.moves
    ] == [
        (Kind.SUPPORT, "Cy", None, None, "C1"),
        (Kind.UNDERMINE, "Cy", "new rails", None, "C1"),
        (Kind.UNDERMINE, "Cy", "Only", None, "C1"),
    ]
    assert len({platform_move.name for platform_move in reading.moves}) == 3


def test_who_reacts_is_called_as_their_comments_call_them(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [TOP, {**given(("agree", {"userId": "u2", "reactType": "created"})), "_id": "C5"}])
    assert [platform_move.author for platform_move in reading.moves] == ["Ben"]


@pytest.mark.parametrize(
    "score",
    [
        pytest.param({"agree": 4, "love": 2}, id="counts"),
        pytest.param({"reacts": {"agree": 3}}, id="counts by name"),
        pytest.param({"reacts": {"agree": [None, "u1", {"reactType": "created"}]}}, id="nobody"),
        pytest.param("{not json", id="broken"),
        pytest.param([], id="a list"),
        pytest.param(None, id="nothing"),
    ],
)
def test_reactions_that_name_nobody_are_no_moves(score: object, tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [{**TOP, "extendedScore": score}])
    assert (list(reading.by_id), reading.moves, reading.problems) == (["C1"], [], [])


def test_a_score_may_be_json_in_a_string(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [{**TOP, "extendedScore": '{"reacts": {"crux": [{"userId": "u3"}]}}'}])
    assert [(platform_move.kind, platform_move.author) for platform_move in reading.moves] == [(Kind.MOVE, "u3")]


MAPPED = {
    Kind.UNDERMINE: "shakyPremise",
    Kind.UNDERCUT: "locallyInvalid nonSequitur tooManyAssumptions",
    Kind.REBUTTAL: "disagree verifiedFalse betFalse 1percent 10percent 25percent",
    Kind.SUPPORT: "agree verified betTrue locallyValid hitsTheMark yeswhatimean 75percent 90percent 99percent",
    Kind.DISMISSAL: "strawman miss coveredAlready discussedAlready notPlanningToRespond timecost obtuse offtopic",
    Kind.CONCESSION: "changemind",
    Kind.QUESTION: "elaborate examples prediction taboo additionalQuestions dontUnderstand why roll",
    Kind.MOVE: "seen crux notacrux 40percent 50percent 60percent",
}


def test_the_map_of_reactions() -> None:
    assert {name: kind for kind, names in MAPPED.items() for name in names.split()} == REACTION_KINDS


@pytest.mark.parametrize("name", REACTION_KINDS)
def test_a_second_says_the_same_and_an_anti_reaction_the_opposite(name: str) -> None:
    kind = REACTION_KINDS[name]
    assert reaction_kind(name, CREATED) == reaction_kind(name, SECONDED) == (kind, name)
    assert reaction_kind(name, DISAGREED) == ((OPPOSITE_KINDS[kind], "not " + name) if kind in OPPOSITE_KINDS else None)
    assert reaction_kind(name, "undone") is None


def test_an_answer_to_a_question_post_is_an_answer(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [POST, {**TOP, "answer": True}, {**BELOW, "answer": True}])
    assert [
        (platform_move.kind, platform_move.comment, platform_move.target, platform_move.cue)
        for platform_move in reading.moves
    ] == [(Kind.ANSWER, "C1", "P1", "answer")]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({**TOP, "user": "Ben"}, id="user is a string"),
        pytest.param({**TOP, "extendedScore": {"reacts": {"agree": {"userId": "u1"}}}}, id="reacts no lists"),
        pytest.param({**TOP, "contents": "<p>Only on new rails.</p>"}, id="contents is the words"),
        pytest.param({**TOP, "parentCommentId": ""}, id="blank parent"),
    ],
)
def test_odd_fields_are_read_as_far_as_they_go(value: object, tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [value])
    assert (reading.by_id["C1"].text, reading.parents) == ("Only on new rails.", {"C1": "P1"})


@pytest.mark.parametrize(
    "fields",
    [{"directChildrenCount": -1}, {"directChildrenCount": "two"}, {"postedAt": 1e300}, {"pageUrl": 3}, {"author": 3}],
    ids=repr,
)
def test_a_wrong_side_value_is_lost_alone(fields: dict[str, object], tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [{**TOP, **fields}, BELOW])
    assert list(reading.by_id) == ["C1", "C2"]
    assert [(problem.lost, next(iter(fields)) in problem.message) for problem in reading.problems] == [(True, True)]


@pytest.mark.parametrize("fields", [{"contents": {"html": 7}}, {"contents": {"html": 7}, "pageUrl": 3}], ids=repr)
def test_one_broken_comment_is_lost_alone(fields: dict[str, object], tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [{**TOP, "_id": "bad", **fields}, BELOW])
    assert list(reading.by_id) == ["C2"]
    assert [(problem.lost, problem.file.endswith("export.json")) for problem in reading.problems] == [(True, True)]


def test_replies_may_nest_ten_thousand_deep(tmp_path: Path) -> None:
    several = [
        {"_id": f"C{n}", "parentCommentId": f"C{n - 1}" if n else None, "htmlBody": "So."} for n in range(10_000)
    ]
    reading = reading_of(tmp_path, list(reversed(several)))
    assert {comment.thread.id for comment in reading.comments} == {"C0"}


def test_a_circle_of_replies_ends(tmp_path: Path) -> None:
    several = [{"_id": f"C{n}", "parentCommentId": f"C{(n + 1) % 3}", "htmlBody": "So."} for n in range(3)]
    assert len({comment.thread.id for comment in reading_of(tmp_path, several).comments}) == 1


def test_nested_values_are_walked_without_recursion(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path, '[{"_id": "C1", "postId": "P1", "htmlBody": "So."}, ' + "[" * 4000 + "]" * 4000 + "]"
    )
    assert list(reading.by_id) == ["C1"]


@pytest.mark.parametrize(
    "text",
    [
        '{"id": "c1", "thread": "t1", "text": "The tram is late."}',
        '[{"_id": 5, "name": "a person"}]',
        '{"data": {"user": {"_id": "u1", "displayName": "Ada", "slug": "ada"}}}',
        "type of bread: rye\n",
        '{"post_stream": {"posts": [{"id": 1, "post_number": 1, "cooked": "<p>x</p>"}]}}',
        "",
    ],
)
def test_other_files_are_not_recognised(text: str) -> None:
    assert not LOADERS["forummagnum"].recognises(Path("x"), text)


def test_a_head_that_ends_within_the_first_words_is_recognised() -> None:
    head = '{"data": {"comments": {"results": [{"contents": {"html": "' + "tram " * 20_000
    assert LOADERS["forummagnum"].recognises(Path("x"), head[:65_536])


def test_records_do_not_depend_on_the_file_name(tmp_path: Path) -> None:
    one = reading_of(tmp_path, [POST, TOP], "a.json").records
    assert reading_of(tmp_path, [POST, TOP], "b.json").records == one
    assert Reading(tmp_path / "a.json", format="forummagnum").records == one

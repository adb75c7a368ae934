"""GitHub: issues, pull requests, reviews and discussions out of REST, GraphQL and gh become threads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rejoinder.errors import Problem
from rejoinder.loaders import LOADERS, read
from rejoinder.records import Comment, Kind, PlatformMove, State, Thread
from tests.reading import Reading, known_as, written

API = "https://api.github.com/repos/ada/oven"
WEB = "https://github.com/ada/oven"
ISSUE: dict[str, Any] = {
    "url": f"{API}/issues/7",
    "comments_url": f"{API}/issues/7/comments",
    "html_url": f"{WEB}/issues/7",
    "id": 70,
    "number": 7,
    "title": "It burns",
    "user": {"login": "ada"},
    "comments": 2,
    "created_at": "2024-05-01T08:00:00Z",
    "state": "closed",
    "body": "The left side burns.",
}
REMARK: dict[str, Any] = {
    "id": 1,
    "url": f"{API}/issues/comments/1",
    "html_url": f"{WEB}/issues/7#issuecomment-1",
    "issue_url": f"{API}/issues/7",
    "user": {"login": "bob"},
    "created_at": "2024-05-01T09:00:00Z",
    "body": "Turn the tray.",
}
PULL: dict[str, Any] = {**ISSUE, "html_url": f"{WEB}/pull/7", "pull_request": {"url": f"{API}/pulls/7"}}
LINE: dict[str, Any] = {
    "id": 1,
    "url": f"{API}/pulls/comments/1",
    "html_url": f"{WEB}/pull/7#discussion_r1",
    "pull_request_url": f"{API}/pulls/7",
    "pull_request_review_id": 1,
    "path": "oven.py",
    "line": 3,
    "diff_hunk": "@@ -1 +1 @@\n+heat()",
    "user": {"login": "bob"},
    "created_at": "2024-05-01T09:30:00Z",
    "body": "This burns.",
}
REVIEW: dict[str, Any] = {
    "id": 1,
    "html_url": f"{WEB}/pull/7#pullrequestreview-1",
    "pull_request_url": f"{API}/pulls/7",
    "user": {"login": "cyd"},
    "state": "CHANGES_REQUESTED",
    "submitted_at": "2024-05-01T10:00:00Z",
    "body": "Too hot.",
}


def node(name: int, kind: str, **fields: Any) -> dict[str, Any]:
    """A comment as GraphQL gives it."""
    place = {"issuecomment-": "issues", "discussioncomment-": "discussions"}.get(kind, "pull")
    whole = {"id": f"N{name}", "databaseId": name, "url": f"{WEB}/{place}/7#{kind}{name}", "author": {"login": "bob"}}
    return {**whole, "createdAt": "2024-05-01T09:00:00Z", "body": f"Said in {name}.", **fields}


def connection(*nodes: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    return {"totalCount": len(nodes) if total is None else total, "nodes": list(nodes)}


def graphql(kind: str, place: str, **fields: Any) -> dict[str, Any]:
    first = {"number": 7, "title": "It burns", "url": f"{WEB}/{place}/7", "body": "Left side.", "author": None}
    return {"data": {"repository": {kind: {**first, **fields}}}}


def loaded(
    folder: Path, *documents: object, name: str = "in.json"
) -> tuple[dict[str, Comment], list[Any], list[Problem]]:
    path = written(folder, "\n".join(json.dumps(one, indent=1) for one in documents), name)
    assert known_as(path) == "github"
    found = Reading(path)
    return found.by_id, [record for record in found.records if not isinstance(record, Comment)], found.problems


def parents(comments: dict[str, Comment]) -> dict[str, str | None]:
    return {name: comment.parent for name, comment in comments.items()}


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        pytest.param([[ISSUE]], {"7": None}, id="issues"),
        pytest.param([ISSUE], {"7": None}, id="issue"),
        pytest.param([[REMARK]], {"issuecomment-1": "7"}, id="comments"),
        pytest.param([[REMARK], [{**REMARK, "id": 2}]], {"issuecomment-1": "7", "issuecomment-2": "7"}, id="pages"),
        pytest.param([[[REMARK], [{**REMARK, "id": 2}]]], {"issuecomment-1": "7", "issuecomment-2": "7"}, id="slurped"),
        pytest.param([REMARK, {**REMARK, "id": 2}], {"issuecomment-1": "7", "issuecomment-2": "7"}, id="one-by-one"),
        pytest.param([{"total_count": 1, "items": [ISSUE]}], {"7": None}, id="search"),
        pytest.param(
            [{"action": "created", "issue": ISSUE, "comment": REMARK}], {"7": None, "issuecomment-1": "7"}, id="webhook"
        ),
        pytest.param(
            [[LINE, {**LINE, "id": 2, "in_reply_to_id": 1}]],
            {"discussion_r1": "7", "discussion_r2": "discussion_r1"},
            id="review-comments",
        ),
        pytest.param([[REVIEW, {**REVIEW, "id": 2, "body": ""}]], {"pullrequestreview-1": "7"}, id="reviews"),
        pytest.param(
            [[PULL], [REMARK], [LINE], [REVIEW]],
            {"7": None, "issuecomment-1": "7", "discussion_r1": "7", "pullrequestreview-1": "7"},
            id="same-ids",
        ),
    ],
)
def test_answers_of_rest_are_read(tmp_path: Path, documents: list[object], expected: dict[str, str | None]) -> None:
    comments, _, problems = loaded(tmp_path, *documents)
    assert (parents(comments), problems) == (expected, [])
    assert {(comment.thread.site, comment.thread.id) for comment in comments.values()} == {("github.com", "ada/oven#7")}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param(
            ISSUE,
            {"author": "ada", "created": "2024-05-01T08:00:00Z", "url": f"{WEB}/issues/7", "states": ()},
            id="closed-issue",
        ),
        pytest.param({**ISSUE, "body": None}, {"text": "It burns"}, id="no-body"),
        pytest.param({**ISSUE, "body": "<!-- say what -->\r\n"}, {"text": "It burns"}, id="template-alone"),
        pytest.param({**REMARK, "user": None}, {"author": None}, id="account-gone"),
        pytest.param({**REMARK, "user": {"login": "ghost"}}, {"author": None}, id="ghost"),
        pytest.param(
            {**REMARK, "body": "> It burns\r\n\r\nNot **mine**."}, {"text": "> It burns\n\nNot mine."}, id="markdown"
        ),
        pytest.param(
            {**REMARK, "body": f"No.\r\n\r\n—\r\nReply to this email directly, view it on GitHub\r\n<{WEB}/issues/7>."},
            {"text": "No."},
            id="footer-of-a-mail",
        ),
        pytest.param(
            {
                **REMARK,
                "body": "On Mon, May 6, 2024 at 9:00 AM ada ***@***.***> wrote:\r\n\r\n> It burns.\r\n>\r\n> —\r\n"
                f"> Reply to this email directly, view it on GitHub\r\n> <{WEB}/issues/7>, or unsubscribe\r\n> .\r\n"
                "\r\nMine does not.\r\n\r\n-- \r\nBob",
            },
            {"text": "On Mon, May 6, 2024 at 9:00 AM ada ***@***.***> wrote:\n\n> It burns.\n\nMine does not."},
            id="footer-of-a-mail-that-is-quoted",
        ),
        pytest.param(
            {
                **REMARK,
                "body": "No.\r\n\r\n________________________________\r\nFrom: ada ***@***.***>\r\nSent: Monday, May 6, "
                "2024 9:00 AM\r\nTo: ada/oven ***@***.***>\r\nSubject: Re: [ada/oven] It burns (#7)\r\n\r\nIt burns.",
            },
            {
                "text": "No.\n\n> From: ada ***@***.***>\n> Sent: Monday, May 6, 2024 9:00 AM\n"
                "> To: ada/oven ***@***.***>\n> Subject: Re: [ada/oven] It burns (#7)\n>\n> It burns."
            },
            id="mail-of-outlook",
        ),
        pytest.param({**REMARK, "body": "No.\n\nSent from my iPhone"}, {"text": "No."}, id="telephone"),
        pytest.param({**REMARK, "body": "No.\n\n--\n\nYes."}, {"text": "No.\n\n--\n\nYes."}, id="no-mail"),
        pytest.param(
            {**REMARK, "body": "```sql\n--\nselect 1\n```\nSent from my iPhone"},
            {"text": "```\n--\nselect 1\n```"},
            id="no-signature-in-code",
        ),
        pytest.param({**REMARK, "user": {"login": "lint", "type": "Bot"}}, {"author": "lint[bot]"}, id="program"),
        pytest.param({**REMARK, "user": {"login": "a[bot]", "type": "Bot"}}, {"author": "a[bot]"}, id="named-program"),
        pytest.param({**LINE}, {"text": "This burns.", "created": "2024-05-01T09:30:00Z"}, id="no-hunk"),
        pytest.param({**REVIEW}, {"created": "2024-05-01T10:00:00Z", "author": "cyd"}, id="review"),
        pytest.param(
            {key: REMARK[key] for key in REMARK if key != "html_url"},
            {"id": "issuecomment-1", "url": None},
            id="no-page",
        ),
    ],
)
def test_a_record_of_rest_is_read(tmp_path: Path, record: dict[str, Any], expected: dict[str, Any]) -> None:
    comments, _, problems = loaded(tmp_path, [record])
    (comment,) = comments.values()
    assert problems == []
    assert {name: getattr(comment, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("record", "declared", "replies"),
    [
        pytest.param(ISSUE, 3, 2, id="issue"),
        pytest.param(PULL, None, 2, id="pull-request-among-issues"),
        pytest.param({**PULL, "review_comments": 4}, 7, 2, id="pull-request"),
    ],
)
def test_counts_are_declared_where_they_count_what_is_loaded(
    tmp_path: Path, record: dict[str, Any], declared: int | None, replies: int
) -> None:
    comments, (thread,), _ = loaded(tmp_path, [record])
    assert (thread.declared_comments, comments["7"].declared_replies) == (declared, replies)


def test_another_host_is_another_site(tmp_path: Path) -> None:
    record = json.loads(
        json.dumps(REMARK).replace("api.github.com", "git.example/api/v3").replace("github.com", "git.example")
    )
    comments, _, _ = loaded(tmp_path, [record])
    assert {(comment.thread.site, comment.thread.id) for comment in comments.values()} == {
        ("git.example", "ada/oven#7")
    }


def test_a_broken_comment_is_one_problem(tmp_path: Path) -> None:
    lost = {**REMARK, "id": 2, "html_url": None, "issue_url": f"{API}/issues/x"}
    comments, _, problems = loaded(tmp_path, [REMARK, lost, {**REMARK, "id": 3, "body": 5}, {**REMARK, "id": 4}])
    assert sorted(comments) == ["issuecomment-1", "issuecomment-4"]
    assert [problem.lost for problem in problems] == [True, True]


@pytest.mark.parametrize("part", [{"created_at": 5}, {"user": {"login": 5}}, {"html_url": []}], ids=str)
def test_a_wrong_side_value_is_lost_alone(tmp_path: Path, part: dict[str, Any]) -> None:
    comments, _, problems = loaded(tmp_path, [REMARK, {**REMARK, "id": 2, **part}])
    assert sorted(comments) == ["issuecomment-1", "issuecomment-2"]
    assert [problem.lost for problem in problems] == [True]


@pytest.mark.parametrize("kind", [{"is": "Bot"}, ["Bot"], 5, None], ids=str)
def test_an_account_of_no_kind_is_a_person(tmp_path: Path, kind: object) -> None:
    comments, _, problems = loaded(tmp_path, [{**REMARK, "user": {"login": "eve", "type": kind}}])
    assert ([comment.author for comment in comments.values()], problems) == (["eve"], [])


def review_threads() -> dict[str, Any]:
    settled = connection(node(1, "discussion_r", replyTo=None), node(2, "discussion_r", replyTo={"id": "N1"}))
    unsettled = connection(node(3, "discussion_r"), node(4, "discussion_r"), total=3)
    return connection(
        {"id": "T1", "isResolved": True, "isOutdated": False, "path": "oven.py", "line": 3, "comments": settled},
        {"id": "T2", "isResolved": False, "isOutdated": True, "comments": unsettled},
    )


def test_a_resolved_review_thread_resolves_its_comments(tmp_path: Path) -> None:
    document = graphql("pullRequest", "pull", reviewThreads=review_threads(), comments=connection())
    comments, (thread,), problems = loaded(tmp_path, document)
    assert parents(comments) == {
        "7": None,
        "discussion_r1": "7",
        "discussion_r2": "discussion_r1",
        "discussion_r3": "7",
        "discussion_r4": "discussion_r3",
    }
    assert [name for name, comment in comments.items() if comment.states == (State.RESOLVED,)] == [
        "discussion_r1",
        "discussion_r2",
    ]
    assert {name: comment.declared_replies for name, comment in comments.items()} == {
        "7": 2,
        "discussion_r1": 1,
        "discussion_r2": None,
        "discussion_r3": 2,
        "discussion_r4": None,
    }
    assert (thread.declared_comments, problems) == (3, [])


def test_a_comment_that_its_review_lists_as_well_is_read_once(tmp_path: Path) -> None:
    again = connection(node(1, "discussion_r", replyTo=None))
    review = node(9, "pullrequestreview-", state="COMMENTED", body="", comments=again)
    document = graphql("pullRequest", "pull", reviews=connection(review), reviewThreads=review_threads())
    comments, _, problems = loaded(tmp_path, document)
    assert (comments["discussion_r1"].states, "pullrequestreview-9" in comments) == ((State.RESOLVED,), False)
    assert problems == []


@pytest.mark.parametrize(
    ("fields", "states"),
    [
        ({"isMinimized": True, "minimizedReason": "resolved"}, (State.RESOLVED,)),
        ({"isMinimized": True, "minimizedReason": "OUTDATED"}, (State.RESOLVED,)),
        ({"isMinimized": True, "minimizedReason": "off-topic"}, ()),
        ({"isMinimized": True, "minimizedReason": "spam"}, (State.DELETED,)),
        ({"isMinimized": True, "minimizedReason": "ABUSE"}, (State.DELETED,)),
        ({"isMinimized": False, "minimizedReason": None}, ()),
    ],
    ids=["resolved", "outdated", "off-topic", "spam", "abuse", "shown"],
)
def test_a_minimized_comment_is_what_the_reason_says(
    tmp_path: Path, fields: dict[str, Any], states: tuple[State, ...]
) -> None:
    comments, _, _ = loaded(
        tmp_path, graphql("issue", "issues", comments=connection(node(1, "issuecomment-", **fields)))
    )
    assert comments["issuecomment-1"].states == states


def test_a_discussion_has_replies_and_an_answer(tmp_path: Path) -> None:
    reply = node(2, "discussioncomment-", replyTo={"id": "N1"}, isAnswer=True)
    top = node(1, "discussioncomment-", replyTo=None, isAnswer=False, replies=connection(reply, total=2))
    document = graphql("discussion", "discussions", comments=connection(top, total=5), answer={"id": "N2"})
    comments, (thread, *moves), problems = loaded(tmp_path, document)
    assert parents(comments) == {"7": None, "discussioncomment-1": "7", "discussioncomment-2": "discussioncomment-1"}
    assert {name: comment.declared_replies for name, comment in comments.items()} == {
        "7": 5,
        "discussioncomment-1": 2,
        "discussioncomment-2": None,
    }
    assert isinstance(thread, Thread)
    assert thread.declared_comments == 6
    name, answer = "discussioncomment-2:answer", "discussioncomment-2"
    move = PlatformMove(thread.key, name, Kind.ANSWER, "7", "marked as answer", answer)
    assert (set(moves), problems) == ({move}, [])


def test_without_counted_replies_a_discussion_declares_no_size(tmp_path: Path) -> None:
    top = node(1, "discussioncomment-")
    _, (thread,), _ = loaded(tmp_path, graphql("discussion", "discussions", comments=connection(top)))
    assert thread.declared_comments is None


def test_edges_and_pages_of_graphql_are_read(tmp_path: Path) -> None:
    edges = {"totalCount": 2, "edges": [{"node": node(1, "issuecomment-")}]}
    rest = {"totalCount": 2, "nodes": [node(2, "issuecomment-")]}
    comments, _, problems = loaded(
        tmp_path, graphql("issue", "issues", comments=edges), graphql("issue", "issues", comments=rest)
    )
    assert (sorted(comments), problems) == (["7", "issuecomment-1", "issuecomment-2"], [])


def test_a_repository_names_the_thread_of_an_issue_without_address(tmp_path: Path) -> None:
    issue = {
        "number": 7,
        "title": "It burns",
        "body": f"See {WEB}/issues/3.",
        "comments": {"nodes": [{"id": "N1", "body": "Yes."}]},
    }
    document = {"data": {"repository": {"nameWithOwner": "ada/oven", "issue": issue}}}
    comments, (thread,), _ = loaded(tmp_path, document)
    assert (thread.key.id, thread.url, parents(comments)) == ("ada/oven#7", f"{WEB}/issues/7", {"7": None, "N1": "7"})


def test_an_issue_without_its_words_is_a_thread_alone(tmp_path: Path) -> None:
    document = graphql("issue", "issues", comments=connection(node(1, "issuecomment-")))
    del document["data"]["repository"]["issue"]["body"]
    comments, (thread,), _ = loaded(tmp_path, document)
    assert (sorted(comments), thread.title) == (["issuecomment-1"], "It burns")


def test_what_gh_prints_is_read(tmp_path: Path) -> None:
    remark = {
        "id": "IC_1",
        "author": {"login": "bob"},
        "authorAssociation": "NONE",
        "body": "Turn it.",
        "createdAt": "2024-05-01T09:00:00Z",
        "isMinimized": False,
        "url": f"{WEB}/issues/7#issuecomment-1",
        "viewerDidAuthor": False,
    }
    comments, (thread,), problems = loaded(tmp_path, {"comments": [remark]})
    assert (parents(comments), thread.url, problems) == ({"issuecomment-1": "7"}, f"{WEB}/issues/7", [])
    review = {
        "id": "PRR_1",
        "author": {"login": "cyd"},
        "authorAssociation": "OWNER",
        "body": "Too hot.",
        "submittedAt": "2024-05-01T10:00:00Z",
        "state": "COMMENTED",
    }
    whole = {"number": 7, "title": "It burns", "body": "", "url": f"{WEB}/pull/7", "comments": [], "reviews": [review]}
    comments, (thread,), problems = loaded(tmp_path, whole)
    assert (parents(comments), thread.declared_comments, problems) == ({"7": None, "PRR_1": "7"}, None, [])
    assert comments["PRR_1"].created == "2024-05-01T10:00:00Z"


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(json.dumps([ISSUE])[:-40], id="cut-issue"),
        pytest.param(json.dumps([REMARK])[:-40], id="cut-comment"),
        pytest.param(json.dumps([LINE])[:-40], id="cut-review-comment"),
        pytest.param(json.dumps(graphql("pullRequest", "pull", reviewThreads=review_threads()))[:-9], id="cut-graphql"),
        pytest.param(json.dumps({"data": {"node": {"comments": {"nodes": [node(1, "issuecomment-")]}}}}), id="node"),
    ],
)
def test_github_is_recognised(head: str) -> None:
    assert [loader for loader in LOADERS if LOADERS[loader].recognises(Path("any"), head)] == ["github"]


@pytest.mark.parametrize(
    "head",
    [
        f'{{"id": "1", "thread": "t", "text": "See {WEB}/issues/7."}}\n',
        f'[{{"title": "A list", "url": "{WEB}/issues/7"}}]',
        f"See {WEB}/issues/7 for more.",
        '[{"number": 1, "title": "Chapter", "body": "x", "url": "https://book.example/1"}]',
        '{"data": {"post": {"comments": {"nodes": []}}}}',
        "",
    ],
)
def test_other_files_are_not_taken_for_github(head: str) -> None:
    assert not LOADERS["github"].recognises(Path("any"), head)


def test_a_file_without_issues_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text("[[]]")
    (problem,) = read([tmp_path / "in.json"], format="github")
    assert isinstance(problem, Problem)
    assert problem.message.startswith("expected issues, pull requests")

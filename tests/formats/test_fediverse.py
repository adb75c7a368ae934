"""Bluesky and Mastodon: threads that nest deep, links by bytes, quoted posts, contexts, and what is not loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder import loaders
from rejoinder.errors import Problem
from rejoinder.loaders.formats import bluesky, mastodon
from rejoinder.loaders.gathering.merge import merge
from rejoinder.loaders.sites.atproto import LINK_FACET, code_point_offsets, facet_links
from rejoinder.records import Discussion, Kind, ThreadKey
from tests.reading import Reading, written


def at(name: str) -> str:
    return f"at://did:plc:{name[0]}/app.bsky.feed.post/{name}"


def post(
    name: str, text: str = "", parent: str = "", root: str = "r1", replies: int = 0, **record: Any
) -> dict[str, Any]:
    reply = {"reply": {"parent": {"uri": at(parent)}, "root": {"uri": at(root)}}} if parent else {}
    said = {"createdAt": "2024-01-01T00:00:00Z", "text": text or f"Words of {name}.", **reply, **record}
    who = {"did": f"did:plc:{name[0]}", "handle": f"{name[0]}.example"}
    return {"uri": at(name), "cid": "c", "author": who, "record": said, "replyCount": replies}


def thread(one: dict[str, Any], *replies: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"post": one, "replies": list(replies), **more}


def sky(folder: Path, value: object) -> Reading:
    return Reading(written(folder, value, "sky.json"))


@pytest.mark.parametrize(
    ("value", "names"),
    [
        pytest.param({"thread": thread(post("r1"), thread(post("b1", parent="r1")))}, ["r1", "b1"], id="a thread"),
        pytest.param(
            {
                "thread": thread(
                    post("c1", parent="b1"), parent={"post": post("b1", parent="r1"), "parent": thread(post("r1"))}
                )
            },
            ["r1", "b1", "c1"],
            id="parents above",
        ),
        pytest.param({"posts": [post("r1"), post("b1", parent="r1")]}, ["r1", "b1"], id="posts"),
        pytest.param(
            {"feed": [{"post": post("b1", parent="r1"), "reply": {"root": post("r1")}}]}, ["b1", "r1"], id="feed"
        ),
        pytest.param({"thread": [{"depth": 0, "value": {"post": post("r1")}}]}, ["r1"], id="second version"),
        pytest.param([post("r1")], ["r1"], id="a list"),
        pytest.param({"thread": {"uri": at("r1"), "notFound": True}}, [], id="not found"),
        pytest.param(
            {"thread": thread(post("b1", parent="r1"), {"uri": at("x"), "blocked": True}, parent={"notFound": True})},
            ["b1"],
            id="blocked",
        ),
    ],
)
def test_posts_in_every_place_where_the_api_puts_them(tmp_path: Path, value: object, names: list[str]) -> None:
    import json

    assert bluesky.recognises(Path("any"), json.dumps(value)) is bool(names)
    result = sky(tmp_path, value) if names else Reading()
    assert [comment.id for comment in result.comments] == [at(name) for name in names]
    assert {comment.thread for comment in result.comments} <= {ThreadKey("bsky.app", at("r1"))}
    assert result.problems == []


@pytest.mark.parametrize(
    "head",
    [
        '{"thread": "t1", "id": "1", "text": "at://x"}',
        '{"record": {"uri": "at://x"}}',
        "at://did:plc:x",
        '{"posts": []}',
    ],
)
def test_other_files_are_no_posts(head: str) -> None:
    assert bluesky.recognises(Path("any"), head) is False


def test_a_thread_that_nests_thousands_deep(tmp_path: Path) -> None:
    inner = thread(post("z3000", parent="z2999", root="z0"))
    for number in range(2999, 0, -1):
        inner = thread(post(f"z{number}", parent=f"z{number - 1}", root="z0"), inner)
    import sys

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(50_000)
    try:
        path = written(tmp_path, {"thread": thread(post("z0"), inner)}, "sky.json")
    finally:
        sys.setrecursionlimit(limit)
    assert len(Reading(path).comments) == 3001


def test_counts_decide_whether_all_is_there(tmp_path: Path) -> None:
    result = sky(tmp_path, {"thread": thread(post("r1", replies=2), thread(post("b1", parent="r1", replies=1)))})
    assert [one.declared_comments for one in result.threads] == [4]
    assert [comment.declared_replies for comment in result.comments] == [2, 1]


@pytest.mark.parametrize(
    "record",
    [
        {"embed": {"$type": "app.bsky.embed.record", "record": {"uri": at("b1")}}},
        {"embed": {"$type": "app.bsky.embed.recordWithMedia", "record": {"record": {"uri": at("b1")}}}},
    ],
    ids=["record", "with media"],
)
def test_a_quoted_post_of_the_thread_is_a_quotation(tmp_path: Path, record: dict[str, Any]) -> None:
    facet = {"index": {"byteStart": 4, "byteEnd": 8}, "features": [{"$type": LINK_FACET, "uri": "https://k.example"}]}
    other = post("c1", "See here.", parent="r1", facets=[facet], **record)
    result = sky(tmp_path, {"posts": [post("r1"), post("b1", "One.\n\nTwo.", parent="r1"), other]})
    comment = result.comments[2]
    assert comment.text == "> One.\n>\n> Two.\n\nSee here."
    assert [comment.text[link.start : link.end] for link in comment.links] == ["here"]
    (move,) = result.moves
    assert (move.kind, move.comment, move.target) == (Kind.QUOTATION, at("c1"), at("b1"))
    assert comment.text[move.start : move.end] == "> One.\n>\n> Two."


@pytest.mark.parametrize("uri", [at("x9"), "at://did:plc:b/app.bsky.graph.list/b1", 7, None])
def test_what_is_quoted_from_elsewhere_is_no_move(tmp_path: Path, uri: object) -> None:
    result = sky(tmp_path, {"posts": [post("r1", embed={"record": {"uri": uri}})]})
    assert (result.moves, result.only().text) == ([], "Words of r1.")


def test_pictures_speak_by_their_descriptions_and_what_says_nothing_is_left_out(tmp_path: Path) -> None:
    alt = post("r1", embed={"images": [{"alt": "A newt"}, {"alt": ""}, {"alt": "A toad"}]})
    alt["record"]["text"] = " "
    blank = post("b1", parent="r1")
    blank["record"]["text"] = ""
    result = sky(tmp_path, {"posts": [alt, blank]})
    assert [comment.text for comment in result.comments] == ["A newt\nA toad"]
    assert result.messages == ["left out posts without words: 1, the first on this line"]


NAMELESS: dict[str, tuple[dict[str, Any], int, str]] = {
    "no uri": ({"cid": "q", "record": {"text": "No."}}, 3, 'expected "uri" to be a string, but there is none'),
    "a number": ({"uri": 7, "record": {"text": "No."}}, 3, 'expected "uri" to be a string, got 7'),
    "a blank": ({"uri": "", "record": {"text": "No."}}, 3, "expected \"uri\" to be a string that is not blank, got ''"),
    "no record": ({"uri": at("x1"), "record": [7]}, 3, 'expected "record" to be an object, got [7]'),
}


@pytest.mark.parametrize(("wrong", "line", "message"), NAMELESS.values(), ids=NAMELESS)
def test_a_post_that_is_none_is_told(tmp_path: Path, wrong: dict[str, Any], line: int, message: str) -> None:
    import json

    result = sky(tmp_path, '{"posts": [\n' + json.dumps(post("r1")) + ",\n" + json.dumps(wrong) + "\n]}")
    assert [comment.id for comment in result.comments] == [at("r1")]
    assert [(problem.line, problem.message, problem.lost) for problem in result.problems] == [(line, message, True)]


def test_a_post_that_stands_twice_is_told_where_its_words_differ(tmp_path: Path) -> None:
    import json

    posts = [post("r1"), post("r1"), post("r1", "Other words.")]
    path = written(tmp_path, '{"posts": [\n' + ",\n".join(map(json.dumps, posts)) + "\n]}", "sky.json")
    found = list(merge(loaders.read([path]), lambda _: None))
    assert [[two.text for two in one.comments] for one in found if isinstance(one, Discussion)] == [["Other words."]]
    message = f"comment {at('r1')!r} also stands, with other content, at {path}:2; kept this, the later one"
    assert [(one.line, one.message) for one in found if isinstance(one, Problem)] == [(4, message)]


@pytest.mark.parametrize(
    ("author", "name", "url"),
    [
        ({"did": "did:plc:r", "handle": "r.example"}, "r.example", "https://bsky.app/profile/r.example/post/r1"),
        ({"did": "did:plc:r", "handle": "handle.invalid"}, "did:plc:r", "https://bsky.app/profile/did:plc:r/post/r1"),
        ({}, None, "https://bsky.app/profile/did:plc:r/post/r1"),
    ],
)
def test_who_wrote_a_post(tmp_path: Path, author: dict[str, str], name: str | None, url: str) -> None:
    comment = sky(tmp_path, {"posts": [{**post("r1"), "author": author}]}).only()
    assert (comment.author, comment.url) == (name, url)


def facet(start: object, end: object, uri: object = "https://k.example", kind: str = LINK_FACET) -> dict[str, Any]:
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [{"$type": kind, "uri": uri}]}


@pytest.mark.parametrize(
    ("facets", "words"),
    [
        ([facet(5, 9)], ["tram"]),
        ([facet(0, 4)], ["🚋"]),
        ([facet(1, 4)], []),
        ([facet(5, 99)], []),
        ([facet(9, 5)], []),
        ([facet(-1, 4)], []),
        ([facet("5", 9)], []),
        ([facet(True, 4)], []),
        ([facet(5, 9, "javascript:x")], []),
        ([facet(5, 9, None)], []),
        ([facet(5, 9, kind="app.bsky.richtext.facet#tag")], []),
        ([facet(5, 9), facet(7, 12), facet(10, 15)], ["tram", "été"]),
        ("nonsense", []),
        ([None, {"features": 7}, {"index": [], "features": [1]}], []),
    ],
)
def test_links_are_given_by_bytes(facets: object, words: list[str]) -> None:
    text = "🚋 tram été"
    assert [text[facet_link.start : facet_link.end] for facet_link in facet_links(text, facets)] == words


@given(st.text(), st.sets(st.integers(-2, 40)))
def test_places_in_bytes_become_the_code_points_that_begin_there(text: str, places: set[int]) -> None:
    starts = {len(text[:count].encode("utf-8", "surrogatepass")): count for count in range(len(text) + 1)}
    assert code_point_offsets(text, places) == {place: starts[place] for place in sorted(places) if place in starts}


def status(name: int, answers: int | None = None, content: str = "", acct: str = "kim", **more: Any) -> dict[str, Any]:
    host = acct.partition("@")[2] or "pond.example"
    return {
        "id": str(name),
        "in_reply_to_id": None if answers is None else str(answers),
        "account": {"acct": acct, "url": f"https://{host}/@kim"},
        "content": content or f"<p>Words of {name}.</p>",
        "created_at": "2024-01-01T00:00:00.000Z",
        "url": f"https://{host}/@kim/{name}",
        "replies_count": 0,
        "reblog": None,
        **more,
    }


def toots(folder: Path, value: object) -> Reading:
    return Reading(written(folder, value, "toots.json"))


@pytest.mark.parametrize(
    ("head", "known"),
    [
        ('{"ancestors": [], "descendants": []}', True),
        ('{"ancestors": [{"id": "1", "in_reply_to_id": null, "account": {', True),
        ('[{"id": "1", "in_reply_to_id": "0", "account": {"acct": "a"}', True),
        ('{"id": "1", "in_reply_to_id": "0", "account": {"acct": "a"}', True),
        ('[{"id": "1", "in_reply_to_status_id": "0", "account": {}}]', False),
        ('{"descendants": 3, "id": 8}', False),
        ("[]", False),
    ],
)
def test_statuses_are_known(head: str, known: bool) -> None:
    assert mastodon.recognises(Path("any"), head) is known


@pytest.mark.parametrize(
    ("value", "threads"),
    [
        pytest.param({"ancestors": [], "descendants": [status(2, 1), status(3, 2)]}, {"1": ["2", "3"]}, id="a context"),
        pytest.param(
            {"ancestors": [status(1), status(2, 1)], "descendants": [status(4, 3), status(5, 4)]},
            {"1": ["1", "2", "4", "5"]},
            id="a context around a status that is not there",
        ),
        pytest.param({"ancestors": [status(1)], "descendants": []}, {"1": ["1"]}, id="nobody answered"),
        pytest.param([status(1), status(9), status(2, 1)], {"1": ["1", "2"], "9": ["9"]}, id="a list"),
        pytest.param(status(4, 3), {"3": ["4"]}, id="one status"),
        pytest.param(
            {"status": status(2, 1), "context": {"ancestors": [status(1)], "descendants": [status(3, 2)]}},
            {"1": ["2", "1", "3"]},
            id="both",
        ),
        pytest.param([status(1, 2), status(2, 1)], {"1": ["1", "2"]}, id="a circle"),
    ],
)
def test_statuses_that_answer_one_another_are_one_thread(
    tmp_path: Path, value: object, threads: dict[str, list[str]]
) -> None:
    found: dict[str, list[str]] = {}
    for comment in toots(tmp_path, value).comments:
        found.setdefault(comment.thread.id, []).append(comment.id)
        assert comment.thread.site == "pond.example"
    assert found == threads


def test_a_status_and_its_context_in_one_file_are_one_thread(tmp_path: Path) -> None:
    import json

    both = json.dumps(status(2, 1)) + "\n" + json.dumps({"ancestors": [status(1)], "descendants": [status(3, 2)]})
    assert {comment.thread.id for comment in toots(tmp_path, both).comments} == {"1"}


def test_the_server_is_that_of_the_first_account_without_a_host(tmp_path: Path) -> None:
    result = toots(tmp_path, [status(1, acct="bo@lake.example"), status(2, 1)])
    assert [(comment.thread.site, comment.author) for comment in result.comments] == [
        ("pond.example", "bo@lake.example"),
        ("pond.example", "kim"),
    ]
    assert toots(tmp_path, [status(1, acct="bo@lake.example")]).only().thread.site == "mastodon"


MENTION = '<span class="h-card"><a href="https://p.example/@bo" class="u-url mention">@<span>bo</span></a></span>'
LONG = (
    '<a href="https://p.example/a/b"><span class="invisible">https://</span><span class="ellipsis">p.example/a</span>'
)


@pytest.mark.parametrize(
    ("content", "warning", "text", "links"),
    [
        ("<p>One<br />two</p><p>Three</p>", "", "One\ntwo\n\nThree", []),
        (f"<p>{MENTION} No.</p>", "", "@bo No.", []),
        (LONG + '<span class="invisible">/b</span></a>', "", "https://p.example/a/b", ["https://p.example/a/b"]),
        ('<a href="https://p.example/tags/x" rel="tag">#<span>x</span></a>', "", "#x", []),
        ("<p>Newts</p>", "animals & <more>", "animals & <more>\n\nNewts", []),
    ],
)
def test_the_words_of_a_status(tmp_path: Path, content: str, warning: str, text: str, links: list[str]) -> None:
    comment = toots(tmp_path, [status(1, content=content, spoiler_text=warning)]).only()
    assert (comment.text, [link.url for link in comment.links]) == (text, links)


def test_boosts_and_statuses_without_words_are_left_out_and_counted(tmp_path: Path) -> None:
    result = toots(tmp_path, [status(1), status(2, reblog={"id": "9"}), status(3, content="<p></p>")])
    assert [comment.id for comment in result.comments] == ["1"]
    assert [message.partition(":")[0] for message in result.messages] == [
        "left out boosts",
        "left out statuses without words",
    ]


@pytest.mark.parametrize("wrong", [status(7, created_at=["x"]), status(7, replies_count=-1)])
def test_a_wrong_side_value_is_lost_alone(tmp_path: Path, wrong: dict[str, Any]) -> None:
    result = toots(tmp_path, [wrong, status(1)])
    assert sorted(comment.id for comment in result.comments) == ["1", "7"]
    assert [problem.lost for problem in result.problems] == [True]


def test_a_broken_status_is_one_problem(tmp_path: Path) -> None:
    result = toots(tmp_path, [status(7, id=None), status(1)])
    assert [comment.id for comment in result.comments] == ["1"]
    assert [problem.lost for problem in result.problems] == [True]


def test_a_long_chain_costs_time_in_proportion(tmp_path: Path) -> None:
    result = toots(tmp_path, [status(number, number + 1) for number in range(20_000)])
    assert {comment.thread.id for comment in result.comments} == {"20000"}

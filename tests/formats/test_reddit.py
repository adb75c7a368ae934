"""Reddit: what its Markdown says in plain text, and how listings, stubs and dumps become threads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rejoinder.errors import Problem
from rejoinder.loaders import LOADERS, read
from rejoinder.loaders.bodies.reddit import from_reddit
from rejoinder.records import Comment, Found, Link, State, Thread
from tests.reading import Reading, known_as, written


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        pytest.param("&gt;no space after it\n\nBut why?", "> no space after it\n\nBut why?", id="quote-without-space"),
        pytest.param("&gt;&gt; older\n\n&gt; newer", "> > older\n\n> newer", id="quote-in-quote"),
        pytest.param("&gt;!the butler!&lt; did it", "the butler did it", id="spoiler-is-no-quote"),
        pytest.param("It was &gt;!him &amp; her!&lt;.", "It was him & her.", id="spoiler-in-a-line"),
        pytest.param("&gt;!never closed", "> !never closed", id="open-spoiler-is-a-quote"),
        pytest.param('Ends well [tap](/s "they marry").', "Ends well [tap] they marry.", id="old-spoiler"),
        pytest.param("^I ^am ^a ^bot", "I am a bot", id="raised-words"),
        pytest.param("^(all of this is small) indeed", "all of this is small indeed", id="raised-passage"),
        pytest.param("^^^tiny, x^2, 2^(n+1)", "tiny, x^2, 2^(n+1)", id="powers-stay"),
        pytest.param("so happy ^_^ and ^^", "so happy ^_^ and ^^", id="faces-stay"),
        pytest.param("`a ^b` is xor", "`a ^b` is xor", id="code-stays"),
        pytest.param("One\n\n&amp;#x200B;\n\nTwo&amp;nbsp;three", "One\n\nTwo three", id="unseen-characters"),
        pytest.param("Rye &amp;amp; wheat &lt;3 &lt;b&gt;", "Rye & wheat <3 <b>", id="tags-are-words"),
        pytest.param("first line\nsecond line", "first line\nsecond line", id="line-breaks-stay"),
        pytest.param("a ~~wrong~~ right word", "a ~~wrong~~ right word", id="struck-words-stay"),
        pytest.param("![gif](giphy|abc123)", "gif", id="picture-is-its-name"),
        pytest.param("* one\n* two", "- one\n- two", id="items"),
    ],
)
def test_reddit_markdown_is_read_as_reddit_shows_it(markup: str, text: str) -> None:
    assert from_reddit(markup).text == text


def test_links_keep_their_place_and_paths_lead_to_reddit() -> None:
    body = from_reddit("See [the rules](/r/trams/wiki) or https://trams.example/a?b=1&amp;c=2.")
    assert body.text == "See the rules or https://trams.example/a?b=1&c=2."
    assert body.links == (
        Link(4, 13, "https://www.reddit.com/r/trams/wiki"),
        Link(17, 48, "https://trams.example/a?b=1&c=2"),
    )


def test_text_that_is_not_escaped_is_taken_as_it_stands() -> None:
    assert from_reddit("write &gt; for a quote", escaped=False).text == "write > for a quote"
    assert from_reddit("&gt; for a quote", escaped=False).text == "> for a quote"


@pytest.mark.parametrize("opening", [">!", "^(", "![", "&gt;!", "^"])
def test_openings_without_end_take_linear_time(opening: str) -> None:
    assert len(from_reddit(opening * 20_000).text) >= 20_000


COMMENT = {
    "id": "c01",
    "name": "t1_c01",
    "link_id": "t3_p01",
    "parent_id": "t3_p01",
    "author": "wren",
    "body": "The bell is too loud.",
    "created_utc": 1714557000.0,
    "subreddit": "trams",
    "replies": "",
}
POST = {
    "id": "p01",
    "name": "t3_p01",
    "title": "The bell &amp; the brake",
    "selftext": "Which one first?",
    "author": "moss",
    "created_utc": 1714556000,
    "permalink": "/r/trams/comments/p01/the_bell/",
    "subreddit": "trams",
    "num_comments": 2,
    "is_self": True,
}


def t1(**fields: Any) -> dict[str, Any]:
    return {"kind": "t1", "data": {**COMMENT, **fields}}


def t3(**fields: Any) -> dict[str, Any]:
    return {"kind": "t3", "data": {**POST, **fields}}


def more(parent: str, *children: str) -> dict[str, Any]:
    return {"kind": "more", "data": {"id": "_", "parent_id": parent, "count": len(children), "children": children}}


def listing(*children: object) -> dict[str, Any]:
    return {"kind": "Listing", "data": {"after": None, "children": list(children)}}


def loaded(folder: Path, content: object, name: str = "reddit") -> tuple[list[Comment], list[Thread], list[Problem]]:
    path = written(folder, content if isinstance(content, str) else json.dumps(content, indent=1), "in.json")
    assert name == known_as(path)
    found = Reading(path)
    return found.comments, found.threads, found.problems


@pytest.mark.parametrize(
    ("document", "names"),
    [
        pytest.param([listing(t3()), listing(t1(replies=listing(t1(id="c02"))))], ["p01", "c01", "c02"], id="thread"),
        pytest.param(listing(t1(), t1(id="c02", link_id="t3_p02")), ["c01", "c02"], id="comments-of-a-person"),
        pytest.param(listing(t3(), t3(id="p02")), ["p01", "p02"], id="posts-of-a-club"),
        pytest.param([t1(), t1(id="c02"), more("t1_c02", "c03")], ["c01", "c02"], id="bare-things"),
        pytest.param({"json": {"errors": [], "data": {"things": [t1()]}}}, ["c01"], id="morechildren"),
        pytest.param(t1(), ["c01"], id="one-thing"),
        pytest.param({"data": [t1(replies=listing(t1(id="c02")))]}, ["c01", "c02"], id="tree-of-a-collector"),
        pytest.param(
            json.dumps([listing(t3()), listing()]) + "\n" + json.dumps(listing(t1())), ["p01", "c01"], id="two"
        ),
    ],
)
def test_every_kind_of_answer_is_read(tmp_path: Path, document: object, names: list[str]) -> None:
    comments, _, problems = loaded(tmp_path, document)
    assert ([comment.id for comment in comments], problems) == (names, [])


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"parent_id": "t1_c00"}, {"parent": "c00"}, id="parent-is-a-comment"),
        pytest.param(
            {}, {"parent": "p01", "created": "2024-05-01T09:50:00Z", "author": "wren"}, id="parent-is-the-post"
        ),
        pytest.param({"created_utc": "1714557000"}, {"created": "2024-05-01T09:50:00Z"}, id="date-in-a-string"),
        pytest.param(
            {"permalink": "/r/trams/comments/p01/x/c01/"},
            {"url": "https://www.reddit.com/r/trams/comments/p01/x/c01/"},
            id="permalink",
        ),
        pytest.param({}, {"url": "https://www.reddit.com/r/trams/comments/p01/_/c01/"}, id="permalink-is-made"),
        pytest.param({"subreddit": None}, {"url": "https://www.reddit.com/comments/p01/_/c01/"}, id="no-club"),
        pytest.param(
            {"author": "[deleted]"}, {"author": None, "states": (), "text": "The bell is too loud."}, id="account-gone"
        ),
        pytest.param({"body": "[removed]"}, {"text": "", "states": (State.DELETED,)}, id="removed"),
        pytest.param(
            {"distinguished": "moderator", "stickied": True}, {"states": (State.NOTICE,)}, id="pinned-by-mods"
        ),
        pytest.param(
            {"distinguished": "moderator", "author": "trams-ModTeam"}, {"states": (State.NOTICE,)}, id="by-all-mods"
        ),
        pytest.param({"distinguished": "moderator"}, {"states": ()}, id="a-moderator-argues"),
        pytest.param({"stickied": False, "author": "Tram-ModTeam"}, {"states": ()}, id="a-name-like-that"),
        pytest.param(
            {"distinguished": "moderator", "stickied": True, "body": "[removed]"},
            {"text": "", "states": (State.DELETED,)},
            id="pinned-and-gone",
        ),
        pytest.param({"body": "[ Removed by Reddit ]"}, {"text": "", "states": (State.DELETED,)}, id="by-reddit"),
        pytest.param({"body": None}, {"text": "", "states": (State.DELETED,)}, id="no-body"),
        pytest.param(
            {"body": None, "body_html": "&lt;p&gt;It&amp;#39;s &lt;em&gt;loud&lt;/em&gt;&lt;/p&gt;"},
            {"text": "It's loud"},
            id="rendered-alone",
        ),
        pytest.param(
            {"body": "&gt; is an entity", "body_html": "<p>&gt; is an entity</p>"},
            {"text": "> is an entity"},
            id="raw-json",
        ),
        pytest.param(
            {"link_id": None, "permalink": "/r/trams/comments/p01/x/c01/"}, {"parent": "p01"}, id="thread-in-permalink"
        ),
    ],
)
def test_a_comment_is_read(tmp_path: Path, fields: dict[str, Any], expected: dict[str, Any]) -> None:
    fields = fields if "link_id" not in fields else {**fields, "parent_id": None}
    comments, _, problems = loaded(tmp_path, listing(t1(**fields)))
    assert problems == []
    assert {name: getattr(comments[0], name) for name in expected} == expected


@pytest.mark.parametrize(
    ("fields", "text", "links", "states"),
    [
        pytest.param({}, "Which one first?", (), (), id="text"),
        pytest.param({"selftext": ""}, "The bell & the brake", (), (), id="title-alone"),
        pytest.param(
            {"selftext": "", "is_self": False, "url": "https://a.example/b?c&amp;d"},
            "The bell & the brake",
            (Link(0, 20, "https://a.example/b?c&d"),),
            (),
            id="link-post",
        ),
        pytest.param(
            {"selftext": "", "is_self": False, "url": "/r/other/comments/x/y/"},
            "The bell & the brake",
            (Link(0, 20, "https://www.reddit.com/r/other/comments/x/y/"),),
            (),
            id="crosspost",
        ),
        pytest.param({"selftext": "[deleted]"}, "", (), (State.DELETED,), id="deleted"),
    ],
)
def test_a_post_is_read(
    tmp_path: Path, fields: dict[str, Any], text: str, links: tuple[Link, ...], states: tuple[State, ...]
) -> None:
    (post,), (thread,), problems = loaded(tmp_path, listing(t3(**fields)))
    assert (post.text, post.links, post.states, post.parent, problems) == (text, links, states, None, [])
    assert (thread.title, thread.declared_comments) == ("The bell & the brake", 3)


def test_stubs_declare_the_replies_that_are_not_there(tmp_path: Path) -> None:
    reply = t1(id="c02", parent_id="t1_c01", replies=listing(more("t1_c02")))
    top = t1(replies=listing(reply, more("t1_c01", "c03", "c04")))
    comments, _, _ = loaded(tmp_path, [listing(t3()), listing(top, more("t3_p01", "c05"))])
    assert {comment.id: comment.declared_replies for comment in comments} == {"p01": 2, "c01": 3, "c02": 1}


def test_lines_are_those_of_the_ids_even_where_replies_stand_before_them(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text(
        '[{"kind": "t1", "data": {"link_id": "t3_p",\n"replies": {"kind": "Listing", "data": {"children": [\n'
        '{"kind": "t1", "data": {"link_id": "t3_p", "parent_id": "t1_a", "body": "In.", "id": "b"}}]}},\n'
        '"body": "Out.", "parent_id": "t3_p",\n"id": "a"}}]'
    )
    lines = {one.record.id: one.line for one in read([tmp_path / "in.json"]) if isinstance(one, Found)}  # type: ignore[union-attr]
    assert lines == {"b": 3, "a": 5}


def test_replies_nest_deeper_than_python_calls(tmp_path: Path) -> None:
    inner = '""'
    for number in range(1500):
        inner = (
            f'{{"kind": "Listing", "data": {{"children": [{{"kind": "t1", "data": {{"id": "d{number}",'
            f' "link_id": "t3_p", "parent_id": "t1_d{number + 1}", "body": "Deep.", "replies": {inner}}}}}]}}}}'
        )
    path = tmp_path / "deep.json"
    path.write_text(inner)
    assert len([one for one in read([path], format="reddit") if isinstance(one, Found)]) == 1500


def test_one_broken_comment_is_one_problem(tmp_path: Path) -> None:
    comments, _, problems = loaded(tmp_path, listing(t1(), t1(id="c02", body=5), t1(id="c03")))
    assert [comment.id for comment in comments] == ["c01", "c03"]
    assert [('"body"' in problem.message, problem.lost) for problem in problems] == [(True, True)]


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ({"num_comments": -4}, 'expected "num_comments" to be a whole number from 0'),
        ({"num_comments": "many"}, 'expected "num_comments" to be a whole number from 0'),
        ({"created_utc": True}, 'expected "created_utc" to be a date'),
        ({"created_utc": 9e16}, 'expected "created_utc" to be seconds since 1970'),
        ({"author": 7}, 'expected "author" to be a string, got 7'),
        ({"permalink": []}, 'expected "permalink" to be a string'),
        ({"title": 1984}, 'expected "title" to be a string'),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_a_wrong_side_value_of_a_post_is_lost_alone(tmp_path: Path, part: dict[str, Any], message: str) -> None:
    comments, _, problems = loaded(tmp_path, [listing(t3(**part)), listing(t1())])
    assert [comment.id for comment in comments] == ["p01", "c01"]
    assert [(problem.lost, problem.message.startswith(message)) for problem in problems] == [(True, True)]
    assert problems[0].line > 1


def test_a_document_without_things_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text('{"kind": "Listing", "data": {"children": []}}')
    problems = list(read([tmp_path / "in.json"]))
    assert [
        str(problem) for problem in problems if isinstance(problem, Problem) and "expected a Listing" in problem.message
    ]


LINE = {
    "id": "c01",
    "link_id": "t3_p01",
    "body": "Too loud.",
    "author": "wren",
    "created_utc": 1714557000,
    "subreddit": "trams",
}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"parent_id": "t1_c00"}, {"parent": "c00"}, id="parent"),
        pytest.param({"parent_id": "t3_p01"}, {"parent": "p01"}, id="post"),
        pytest.param({"parent_id": int("c0stop", 36)}, {"parent": "c0stop"}, id="number"),
        pytest.param({"parent_id": None}, {"parent": "p01"}, id="none"),
        pytest.param({}, {"parent": "p01"}, id="absent"),
        pytest.param({"created_utc": "1714557000"}, {"created": "2024-05-01T09:50:00Z"}, id="date-in-a-string"),
        pytest.param({"body": "&gt;so"}, {"text": "> so"}, id="quote"),
        pytest.param({"id": "nul\x00"}, {"id": "nul\ufffd"}, id="scrubbed-id"),
    ],
)
def test_a_line_of_a_dump_is_read(tmp_path: Path, fields: dict[str, Any], expected: dict[str, Any]) -> None:
    (comment,), _, _ = loaded(tmp_path, json.dumps({**LINE, **fields}) + "\n", "reddit_dump")
    assert {name: getattr(comment, name) for name in expected} == expected


@pytest.mark.parametrize("around", ["[{}]", '{{"data": [{}], "metadata": {{}}}}', '{{"error": null, "data": [{}]}}'])
def test_what_collectors_answer_is_read_as_their_dumps_are(tmp_path: Path, around: str) -> None:
    rows = [
        LINE,
        7,
        {**LINE, "id": "c02", "body": "It &lt;3 rings.\n\n[removed]"},
        {**LINE, "id": "c03", "body": "[removed]"},
    ]
    comments, _, problems = loaded(tmp_path, around.format(",\n".join(map(json.dumps, rows))), "reddit_dump")
    assert [(comment.id, comment.thread.site) for comment in comments] == [
        ("c01", "reddit"),
        ("c02", "reddit"),
        ("c03", "reddit"),
    ]
    assert [comment.text for comment in comments][1:] == ["It <3 rings.\n\n[removed]", ""]
    assert [(problem.line, problem.lost) for problem in problems] == [(2, True)]


def test_a_broken_line_of_a_dump_loses_only_itself(tmp_path: Path) -> None:
    lines = [json.dumps(LINE), "{broken", json.dumps({**LINE, "link_id": None}), json.dumps({**LINE, "id": "c02"})]
    comments, _, problems = loaded(tmp_path, "\n".join(lines), "reddit_dump")
    assert [comment.id for comment in comments] == ["c01", "c02"]
    assert [(problem.line, problem.lost) for problem in problems] == [(2, True), (3, True)]


OURS = '{"id": "1", "thread": "t", "text": "The bell.", "parent": null}\n'


@pytest.mark.parametrize(
    ("head", "name"),
    [
        pytest.param(json.dumps([listing(t3()), listing(t1())])[:400], "reddit", id="cut-listing"),
        pytest.param(json.dumps({"data": {"children": [{"data": COMMENT}]}})[:200], "reddit", id="kinds-come-last"),
        pytest.param("\n".join([json.dumps(LINE)] * 3)[:250], "reddit_dump", id="cut-dump"),
        pytest.param(json.dumps({**POST, "permalink": None}), "reddit_dump", id="post-of-a-dump"),
    ],
)
def test_reddit_is_recognised(head: str, name: str) -> None:
    assert [loader for loader in LOADERS if LOADERS[loader].recognises(Path("any"), head)] == [name]


@pytest.mark.parametrize(
    "head",
    [
        OURS,
        '{"kind": "Listing", "data": {}}',
        '[{"kind": "youtube#comment", "snippet": {}}]',
        "A listing of things.",
        "[]",
        "{",
        "",
    ],
)
def test_other_files_are_not_taken_for_reddit(head: str) -> None:
    assert not any(LOADERS[one].recognises(Path("any"), head) for one in ("reddit", "reddit_dump"))


def test_choosing_reddit_for_prose_says_what_was_expected(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("The bell is too loud.")
    (problem,) = read([tmp_path / "in.txt"], format="reddit")
    assert isinstance(problem, Problem)
    assert "expected JSON" in problem.message

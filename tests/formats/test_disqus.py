"""Disqus exports: posts, parents, threads that are missing, spam, and XML that is not as it should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from rejoinder.loaders import choose
from rejoinder.records import State, ThreadKey
from tests.reading import Reading, written

HEAD = '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
THREAD = '<thread dsq:id="2"><forum>pond</forum><link>https://pond.example/a</link><title>Newts</title></thread>'


def post(inside: str = "", *, name: str = "5", message: str = "Newts are back.", thread: str = "2") -> str:
    said = f"<message><![CDATA[{message}]]></message>" if message else "<message/>"
    return f'<post dsq:id="{name}">{said}<thread dsq:id="{thread}"/>{inside}</post>'


def export(folder: Path, *parts: str) -> Reading:
    return Reading(written(folder, HEAD + "\n".join(parts) + "</disqus>", "export.xml"))


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (HEAD, True),
        ("<?xml version='1.0'?>\n<!-- made -- by hand -->\n" + HEAD, True),
        ("<disqus><post>", True),
        ("<d:disqus xmlns:d='http://disqus.com'>", True),
        ("<rss xmlns:dsq='http://disqus.com/disqus-internals'>", False),
        ("<posts><row/>", False),
        ("A word about disqus.", False),
    ],
)
def test_an_export_is_known_by_its_root(head: str, known: bool) -> None:
    from rejoinder.loaders.formats import disqus

    assert disqus.recognises(Path("any"), head) is known
    if known:
        assert choose(Path("any"), head).NAME == "disqus"


def test_a_post_is_a_comment_in_its_thread(tmp_path: Path) -> None:
    inside = (
        "<createdAt>2020-05-01T10:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>"
        '<author><name>Kim</name><username>kimpoe</username></author><parent dsq:id="4"/>'
    )
    result = export(tmp_path, THREAD, post(inside, message='<p>Back, <a href="https://n.example">see</a>.</p>'))
    comment = result.only()
    assert (comment.thread, comment.id, comment.parent) == (ThreadKey("pond.disqus.com", "2"), "5", "4")
    assert (comment.author, comment.created, comment.url) == (
        "Kim",
        "2020-05-01T10:00:00Z",
        "https://pond.example/a#comment-5",
    )
    assert (comment.text, [comment.text[link.start : link.end] for link in comment.links]) == ("Back, see.", ["see"])
    assert [(thread.title, thread.url) for thread in result.threads] == [("Newts", "https://pond.example/a")]


def test_a_post_that_answers_no_other_is_about_the_page_which_is_not_loaded(tmp_path: Path) -> None:
    comment = export(tmp_path, THREAD, post()).only()
    assert comment.parent == comment.thread.id


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("<author><name>Kim</name><isAnonymous>true</isAnonymous></author>", "Kim"),
        ("<author><name/><username>kimpoe</username></author>", "kimpoe"),
        ("<author><name> </name></author>", None),
        ("<author/>", None),
        ("", None),
    ],
)
def test_who_wrote_it(tmp_path: Path, author: str, name: str | None) -> None:
    assert export(tmp_path, THREAD, post(author)).only().author == name


def test_a_deleted_post_stays_without_words(tmp_path: Path) -> None:
    comment = export(tmp_path, THREAD, post("<isDeleted>true</isDeleted>", message="")).only()
    assert (comment.text, comment.states) == ("", (State.DELETED,))


def test_a_mention_is_read_as_it_is_shown_and_a_link_leads_where_it_leads(tmp_path: Path) -> None:
    by_way = "http://disq.us/url?url=https%3A%2F%2Fpond.example%2Fa%3AhJjQWYFzVrVzXbg1bLmYVC7KgrA&amp;cuid=1"
    message = f'<p>@kim_poe:disqus See <a href="{by_way}">this</a>, <a href="http://disq.us/p/1">that</a>.</p>'
    comment = export(tmp_path, THREAD, post(message=message)).only()
    assert comment.text == "@kim_poe See this, that."
    assert [link.url for link in comment.links] == ["https://pond.example/a", "http://disq.us/p/1"]


def test_spam_is_left_out_and_counted(tmp_path: Path) -> None:
    spam = post("<isSpam>true</isSpam>", message="Pills")
    result = export(tmp_path, THREAD, spam, spam, post())
    assert [comment.id for comment in result.comments] == ["5"]
    assert [(problem.line, problem.message, problem.lost) for problem in result.problems] == [
        (2, "left out posts marked as spam: 2, the first on this line", False)
    ]


def test_a_post_of_a_thread_that_is_not_there_stands_under_its_id(tmp_path: Path) -> None:
    category = '<category dsq:id="1"><forum>pond</forum></category>'
    comment = export(tmp_path, category, post(thread="99")).only()
    assert (comment.thread, comment.url) == (ThreadKey("pond.disqus.com", "99"), None)


def test_a_title_that_was_escaped_twice_is_read(tmp_path: Path) -> None:
    titled = THREAD.replace("Newts", "Newts &amp;amp; frogs&amp;#8217; eggs")
    assert export(tmp_path, titled, post()).threads[0].title == "Newts & frogs\u2019 eggs"


def test_a_thread_of_another_forum_keeps_it(tmp_path: Path) -> None:
    other = THREAD.replace('"2"', '"3"').replace("pond", "lake")
    found = export(tmp_path, THREAD, other, post(thread="3"), post(name="6"))
    assert [comment.thread.site for comment in found.comments] == ["lake.disqus.com", "pond.disqus.com"]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (post(message=""), '"message" with words'),
        (post(message="<img src='a.png'>"), '"message" with words'),
        ("<post><message>Hm</message></post>", "the id of the post"),
        ('<post dsq:id="7"><message>Hm</message></post>', "the id of the thread"),
        ('<post dsq:id="7"><message>Hm</message><thread/></post>', "the id of the thread"),
    ],
)
def test_a_broken_post_is_one_problem(tmp_path: Path, broken: str, said: str) -> None:
    result = export(tmp_path, THREAD, broken, post(name="8"))
    assert [comment.id for comment in result.comments] == ["8"]
    assert [(problem.line, problem.lost, said in problem.message) for problem in result.problems] == [(2, True, True)]


def test_what_comes_before_a_break_in_the_xml_is_kept(tmp_path: Path) -> None:
    result = export(tmp_path, THREAD, post(), "<post>&nonsense;")
    assert [comment.id for comment in result.comments] == ["5"]
    assert "well-formed" in result.messages[0]

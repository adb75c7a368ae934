"""Jira: the answers of both of its interfaces, wiki markup and document objects, and its export as XML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.records import ThreadKey
from tests.reading import Reading, known_as, reading_of, written

BASE = "https://tracks.example/jira/rest/api/2"
ANN = {"name": "ann", "accountId": "5b1", "displayName": "Ann Berg"}
BO = {"name": "bo", "accountId": "5b2", "displayName": "Bo"}


def comment(number: object = 5, body: object = "It leaks.", **more: Any) -> dict[str, Any]:
    told = {"id": number, "author": BO, "body": body, "created": "2026-05-01T09:00:00.000+0200"}
    return {**told, "self": f"{BASE}/issue/90/comment/{number}", **more}


def issue(*comments: Any, **more: Any) -> dict[str, Any]:
    fields = {"summary": "Leaks", "description": "The roof leaks.", "reporter": ANN, "created": "2026-05-01T08:00:00Z"}
    told = {"comments": list(comments), "total": len(comments)}
    return {"id": "90", "key": "ROOF-4", "self": f"{BASE}/issue/90", "fields": {**fields, "comment": told, **more}}


ANSWERS: dict[str, tuple[Any, dict[str, str | None]]] = {
    "an issue": (issue(comment(5), comment(6)), {"opening": None, "5": "opening", "6": "opening"}),
    "a search": ({"total": 1, "issues": [issue(comment())]}, {"opening": None, "5": "opening"}),
    "a list": ([issue()], {"opening": None}),
    "comments on an issue": ({"total": 2, "comments": [comment(5), comment(6)]}, {"5": "opening", "6": "opening"}),
    "answers to comments": ({"comments": [comment("5"), comment("6", parentId=5)]}, {"5": "opening", "6": "5"}),
}


@pytest.mark.parametrize(("answer", "parents"), ANSWERS.values(), ids=ANSWERS)
def test_all_answers_are_recognised_and_of_one_thread(
    tmp_path: Path, answer: Any, parents: dict[str, str | None]
) -> None:
    reading = reading_of(tmp_path, answer)
    assert known_as(tmp_path / "export.json") == "jira"
    assert (reading.parents, {one.thread for one in reading.comments}) == (parents, {ThreadKey("tracks.example", "90")})
    assert {one.id for one in reading.comments if not one.addressed} == {
        name for name, parent in parents.items() if parent == "opening"
    }
    assert reading.problems == []


def test_an_issue_tells_its_title_its_size_and_the_addresses_of_its_comments(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, issue(comment(5)))
    page = "https://tracks.example/jira/browse/ROOF-4"
    assert [(one.title, one.url, one.declared_comments) for one in reading.threads] == [("Leaks", page, 2)]
    assert [(one.url, one.author, one.created) for one in reading.comments] == [
        (page, "Ann Berg", "2026-05-01T08:00:00Z"),
        (f"{page}?focusedCommentId=5", "Bo", "2026-05-01T09:00:00+02:00"),
    ]


WIKI = {
    "emphasis": ("*a* _b_ +c+ -d- ??e?? {color:red}f{color} g", "a b c ~~d~~ e f g"),
    "what only looks like it": ("2*3*4, a_b_c, 5-6-7, x -1, wow! really!", "2*3*4, a_b_c, 5-6-7, x -1, wow! really!"),
    "marks within marks": ("*_a_ {{b}}*", "a `b`"),
    "paragraphs and lines": ("a\nb\r\n\r\nc\\\\d", "a\nb\n\nc\nd"),
    "headings and rules": ("h2. A\nb\n----\nc", "A\n\nb\n\nc"),
    "lists": ("# a\n# b\n* c\n** d\n- e", "1. a\n2. b\n- c\n- d\n- e"),
    "quotations": ("bq. a\nb\n{quote}\nc\n\nd\n{quote}\ne", "> a\n\nb\n\n> c\n\n> d\n\ne"),
    "code": (
        "{code:java|title=x}\nint *a*;\n{code}\nb {noformat}*c*{noformat}",
        "```\nint *a*;\n```\n\nb\n\n```\n*c*\n```",
    ),
    "code that is never closed": ("{code}a{code} {code:x} *b*", "```\na\n```\n\n{code:x} b"),
    "links and files": (
        "[a|https://x.example] [https://y.example] [^b.pdf] [c|#d] [e]",
        "a https://y.example b.pdf c [e]",
    ),
    "people": ("[~ann] [~accountid:5b2] [~gone]", "@Ann Berg @Bo @gone"),
    "pictures": ("a !b.png|thumbnail! c", "a c"),
    "tables": ("||a||b||\n|c|*d*|", "a | b\n\nc | d"),
    "escapes and what is HTML": (r"\*a\* <b> & \{c\}", "*a* <b> & {c}"),
}


@pytest.mark.parametrize(("markup", "text"), WIKI.values(), ids=WIKI)
def test_wiki_markup_becomes_plain_text(tmp_path: Path, markup: str, text: str) -> None:
    reading = reading_of(tmp_path, issue(comment(body=markup)))
    assert reading.by_id["5"].text == text


def text(words: str, *marks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": words, "marks": list(marks)}


def node(kind: str, *content: Any, **attributes: Any) -> dict[str, Any]:
    return {"type": kind, "content": list(content), "attrs": attributes}


A, B = node("paragraph", text("a")), node("paragraph", text("<b>"))
LINK = {"type": "link", "attrs": {"href": "https://x.example"}}
NODES = {
    "paragraphs": ([A, B], "a\n\n<b>"),
    "marks": (
        [node("paragraph", text("a", {"type": "strong"}), text("b", {"type": "strike"}), text("c", LINK))],
        "a~~b~~c",
    ),
    "lists": ([node("orderedList", node("listItem", A), node("listItem", B))], "1. a\n2. <b>"),
    "quotations": ([node("blockquote", A, B), A], "> a\n\n> <b>\n\na"),
    "code": ([node("codeBlock", text("a *b*\nc"))], "```\na *b*\nc\n```"),
    "people": ([node("paragraph", node("mention", id="5b1", text="@Ann B."), node("mention", id="5b2"))], "@Ann B.@Bo"),
    "breaks and cards": (
        [node("paragraph", text("a"), node("hardBreak"), node("inlineCard", url="https://x.example"))],
        "a\nhttps://x.example",
    ),
    "panels and folds": ([node("panel", A), node("expand", B, title="More")], "a\n\nMore\n\n<b>"),
    "what nobody knows": ([node("galaxy", A, node("media", id="9"))], "a"),
    "what is no mark": (
        [node("paragraph", text("a", {"type": ["p"]}, {"type": {}}), {**text("b"), "marks": [7]})],
        "ab",
    ),
    "what is no node": ([7, None, A, {"type": ["p"], "content": 7, "attrs": 7}], "a"),
}


@pytest.mark.parametrize(("content", "words"), NODES.values(), ids=NODES)
def test_document_objects_become_plain_text(tmp_path: Path, content: list[Any], words: str) -> None:
    body = {"type": "doc", "version": 1, "content": content}
    assert reading_of(tmp_path, issue(comment(body=body))).by_id["5"].text == words


def test_a_document_that_nests_deep_is_read(tmp_path: Path) -> None:
    deep: dict[str, Any] = A
    for _ in range(300):
        deep = node("panel", deep)
    assert reading_of(tmp_path, issue(comment(body=node("doc", deep, B)))).by_id["5"].text == "a\n\n<b>"


def test_comments_saved_apart_join_their_issue(tmp_path: Path) -> None:
    files = [written(tmp_path, issue(), "a.json"), written(tmp_path, {"comments": [comment(7)]}, "b.json")]
    assert {one.thread for one in Reading(*files).comments} == {ThreadKey("tracks.example", "90")}


def test_an_issue_without_words_says_its_summary_and_what_is_wrong_is_lost_alone(tmp_path: Path) -> None:
    told = [comment(1, ""), comment(2, 7), 7, comment(3, author="ann"), comment(4, parentId=[4])]
    reading = reading_of(tmp_path, {"issues": [issue(*told, description=None), {"key": "X-1", "fields": 7}, 7]})
    assert {one.id: one.text for one in reading.comments} == {"opening": "Leaks", "3": "It leaks.", "4": "It leaks."}
    assert [one.author for one in reading.comments] == ["Ann Berg", None, "Bo"]
    assert reading.messages == [
        'expected "body" to be wiki markup (a string) or a document (an object), got 7',
        "expected a comment (an object), got 7",
        'expected "fields" to be an object with those of the issue, got 7',
        "expected an issue (an object), got 7",
        "left out comments without words: 1, the first on this line",
        'expected "parentId" to be the id of a comment, got [4]; only that is left out',
    ]


def test_an_answer_without_issues_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, {"issues": [], "total": 0}, "empty.json")
    assert Reading(path, format="jira").messages == ["expected issues of Jira, or comments on one, got none"]


XML = """<!-- RSS generated by JIRA (9.4.0) -->
<rss version="0.92"><channel><link>https://tracks.example/jira</link>{}</channel></rss>"""
ITEM = """<item><title>[ROOF-4] Leaks</title><link>https://tracks.example/jira/browse/ROOF-4</link>
<description>{}</description><key id="90">ROOF-4</key><summary>Leaks</summary>
<reporter username="ann">Ann Berg</reporter><created>Fri, 1 May 2026 08:00:00 +0000</created>
<comments>{}</comments></item>"""
SAID = '<comment id="{}" author="{}" created="Fri, 1 May 2026 09:00:00 +0200">{}</comment>'


CALL = '&lt;a href="/p" class="user-hover" rel="bo"&gt;Bo&lt;/a&gt; why?'


def exported(folder: Path, *items: str) -> Reading:
    return reading_of(folder, XML.format("".join(items)), "export.xml")


def test_an_export_as_xml_is_the_same_thread_as_the_issue(tmp_path: Path) -> None:
    comments = SAID.format(5, "bo", "&lt;p&gt;It &lt;b&gt;leaks&lt;/b&gt;.&lt;/p&gt;") + SAID.format(6, "ann", CALL)
    reading = exported(tmp_path, ITEM.format("The roof leaks.", comments))
    assert known_as(tmp_path / "export.xml") == "jira_xml"
    assert {one.thread for one in reading.comments} == {ThreadKey("tracks.example", "90")}
    assert [(one.id, one.parent, one.author, one.text, one.created) for one in reading.comments] == [
        ("opening", None, "Ann Berg", "The roof leaks.", "2026-05-01T08:00:00Z"),
        ("5", "opening", "bo", "It leaks.", "2026-05-01T09:00:00+02:00"),
        ("6", "opening", "Ann Berg", "@Bo why?", "2026-05-01T09:00:00+02:00"),
    ]
    assert reading.comments[1].url == "https://tracks.example/jira/browse/ROOF-4?focusedCommentId=5"


def test_what_is_wrong_in_an_export_as_xml_is_lost_alone(tmp_path: Path) -> None:
    comments = SAID.format("", "bo", "Who?") + SAID.format(5, "bo", "") + SAID.format(6, "", "It leaks.")
    reading = exported(tmp_path, "<item><title>x</title></item>", ITEM.format("", comments), ITEM.format("Wet.", ""))
    assert [(one.id, one.text, one.author) for one in reading.comments] == [
        ("opening", "Leaks", "Ann Berg"),
        ("6", "It leaks.", None),
        ("opening", "Wet.", "Ann Berg"),
    ]
    assert reading.messages == [
        'expected "key" of the issue, but there is none',
        'expected "id" of the comment, but there is none',
        "left out comments without words: 1, the first on this line",
    ]


def test_an_issue_that_says_nothing_in_an_export_as_xml_loses_no_comment(tmp_path: Path) -> None:
    silent = ITEM.replace("Leaks", "").replace("[ROOF-4] ", "")
    reading = exported(tmp_path, silent.format("", SAID.format(5, "bo", "It leaks.") + SAID.format(6, "bo", "No.")))
    assert reading.parents == {"5": "opening", "6": "opening"}
    assert [(problem.message, problem.line) for problem in reading.problems] == [
        ('expected "description" or "summary" with words in it, got none', 5)
    ]

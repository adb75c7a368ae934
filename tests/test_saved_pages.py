"""Pages as browsers save them: what the sites mark up, what is missing there, and what to save instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from rejoinder import loaders
from rejoinder.records import State
from tests.reading import Reading, reading_of

HEAD = "<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>Bees</title></head><body>"


def page(folder: Path, body: str, head: str = HEAD) -> Reading:
    return reading_of(folder, f"{head}{body}</body></html>", "bees.html")


# ------------------------------------------------------------------ Hacker News

ROW = (
    '<tr class="athing comtr" id="{0}"><td><table><tr><td class="ind" {1}></td><td><span class="comhead">'
    '<a class="hnuser" href="user?id=u{0}">u{0}</a> <span class="age" title="2026-05-04T09:00:00"></span>{3}</span>'
    '<div class="comment">{2}</div></td></tr></table></td></tr>'
)


def hacker_news(*rows: str, top: str = "") -> str:
    return f'<table id="hnmain"><tr><td>{top}<table class="comment-tree">{"".join(rows)}</table></td></tr></table>'


def row(name: int, indent: int, text: str = "Bees sleep.", more: str = "") -> str:
    return ROW.format(name, f'indent="{indent}"', f'<div class="commtext c00">{text}</div>', more)


def test_indentation_tells_who_answers_whom_on_hacker_news(tmp_path: Path) -> None:
    title = '<td class="title"><a href="item?id=9">Ask: bees?</a></td>'
    top = f'<table class="fatitem"><tr class="athing" id="9">{title}</tr></table>'
    rows = [row(1, 0), row(2, 1), row(3, 2), row(4, 1), row(5, 0)]
    reading = page(tmp_path, hacker_news(*rows, top=top))
    assert reading.parents == {"9": None, "1": "9", "2": "1", "3": "2", "4": "1", "5": "9"}
    assert reading.by_id["9"].text == "Ask: bees?"
    assert reading.messages == []


def test_pixels_tell_it_on_older_pages(tmp_path: Path) -> None:
    rows = [
        ROW.format(name, "", '<span class="commtext">Bees.</span>', "").replace(
            "></td>", f'><img width="{width}"></td>', 1
        )
        for name, width in ((1, 0), (2, 40), (3, 80))
    ]
    assert page(tmp_path, hacker_news(*rows)).parents == {"1": None, "2": "1", "3": "2"}


def test_the_page_of_a_comment_belongs_to_its_story(tmp_path: Path) -> None:
    links = '<a href="item?id=70">parent</a> <span class="onstory"> | on: <a href="item?id=7">Bees</a></span>'
    top = f'<table class="fatitem">{row(71, 0, more=links).replace(" comtr", "")}</table>'
    reading = page(tmp_path, hacker_news(row(72, 0), top=top))
    assert reading.parents == {"71": "70", "72": "71"}
    assert [(one.key.id, one.title) for one in reading.threads] == [("7", "Bees")]
    assert {one.thread.id for one in reading.comments} == {"7"}


def test_what_is_no_comment_of_a_row_is_left_out_and_what_is_gone_is_deleted(tmp_path: Path) -> None:
    reply = 'Bees sleep.<div class="reply"><p><a href="reply?id=1">reply</a></p></div>'
    rows = [row(1, 0, reply), ROW.format(2, 'indent="1"', "[flagged]", "")]
    reading = page(tmp_path, hacker_news(*rows))
    assert [(one.text, one.states) for one in reading.comments] == [("Bees sleep.", ()), ("", (State.DELETED,))]


def test_a_page_that_goes_on_says_so(tmp_path: Path) -> None:
    rows = hacker_news(row(1, 0)) + '<a class="morelink" href="item?id=9&amp;p=2">More</a>'
    (message,) = page(tmp_path, rows).messages
    assert "the comments go on on a next page" in message


def test_a_list_of_stories_is_no_thread(tmp_path: Path) -> None:
    (problem,) = page(tmp_path, hacker_news('<tr class="athing" id="1"><td>Bees</td></tr>')).problems
    assert problem.lost
    assert "got another page of Hacker News" in problem.message


# ------------------------------------------------------------------ Reddit

SHREDDIT = '<shreddit-comment thingid="t1_{0}" postid="t3_p"><div slot="comment">{1}</div></shreddit-comment>'


def test_words_of_a_reply_are_not_those_of_the_deleted_comment_above_it(tmp_path: Path) -> None:
    below = SHREDDIT.format("b", "Bees sleep.").replace(" postid", ' parentid="t1_a" postid')
    reading = page(tmp_path, f'<shreddit-comment thingid="t1_a" postid="t3_p">{below}</shreddit-comment>')
    assert [(one.id, one.text, one.states) for one in reading.comments] == [
        ("a", "", (State.DELETED,)),
        ("b", "Bees sleep.", ()),
    ]


def test_a_page_of_reddit_without_a_thread_is_an_error(tmp_path: Path) -> None:
    (problem,) = page(tmp_path, "<shreddit-app></shreddit-app>").problems
    assert problem.lost
    assert "open a post, and save that" in problem.message


def test_comments_that_the_page_does_not_show_are_a_warning(tmp_path: Path) -> None:
    where = 'class="thing comment" data-fullname="t1_a" data-permalink="/r/b/comments/p/x/a/"'
    thing = f'<div {where}><div class="entry"><div class="usertext-body">Bees.</div></div></div>'
    reading = page(tmp_path, thing + '<div class="thing morechildren"></div>')
    assert reading.parents == {"a": "p"}
    assert ["with .json at the end" in one for one in reading.messages] == [True]


# ------------------------------------------------------------------ any page


def test_a_page_is_recognised_though_its_styles_come_first(tmp_path: Path) -> None:
    styles = f"<style>{'p > a { color: red } ' * 10_000}</style>"
    assert page(tmp_path, styles + SHREDDIT.format("a", "Bees.")).only().text == "Bees."


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8"])
def test_a_page_is_read_in_its_own_charset(tmp_path: Path, charset: str) -> None:
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>'
    content = (head + SHREDDIT.format("a", "Größer.")).encode(charset)
    assert reading_of(tmp_path, content, "a.html").only().text == "Größer."


def test_a_page_of_a_known_site_is_no_other_format(tmp_path: Path) -> None:
    for name, body in (("hackernews_page", hacker_news(row(1, 0))), ("reddit_page", "<shreddit-app>")):
        path = tmp_path / "a.html"
        assert name == loaders.choose(path, HEAD + body).NAME

"""Pages as browsers save them: what the sites mark up, what is missing there, and what to save instead."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rejoinder import loaders
from rejoinder.errors import Problem
from rejoinder.records import State
from tests.reading import Reading, reading_of
from tests.timing import assert_in_proportion

HEAD = "<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>Bees</title></head><body>"


def page(folder: Path, body: str, head: str = HEAD) -> Reading:
    return reading_of(folder, f"{head}{body}</body></html>", "bees.html")


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
    assert {comment.thread.id for comment in reading.comments} == {"7"}


def test_what_is_no_comment_of_a_row_is_left_out_and_what_is_gone_is_deleted(tmp_path: Path) -> None:
    reply = 'Bees sleep.<div class="reply"><p><a href="reply?id=1">reply</a></p></div>'
    rows = [row(1, 0, reply), ROW.format(2, 'indent="1"', "[flagged]", "")]
    reading = page(tmp_path, hacker_news(*rows))
    assert [(comment.text, comment.states) for comment in reading.comments] == [
        ("Bees sleep.", ()),
        ("", (State.DELETED,)),
    ]


def test_a_page_that_goes_on_says_so(tmp_path: Path) -> None:
    rows = hacker_news(row(1, 0)) + '<a class="morelink" href="item?id=9&amp;p=2">More</a>'
    (message,) = page(tmp_path, rows).messages
    assert "there are more comments on the next page" in message


def test_a_list_of_stories_is_no_thread(tmp_path: Path) -> None:
    (problem,) = page(tmp_path, hacker_news('<tr class="athing" id="1"><td>Bees</td></tr>')).problems
    assert problem.lost
    assert "got another page of Hacker News" in problem.message


SHREDDIT = '<shreddit-comment thingid="t1_{0}" postid="t3_p"><div slot="comment">{1}</div></shreddit-comment>'


def test_words_of_a_reply_are_not_those_of_the_deleted_comment_above_it(tmp_path: Path) -> None:
    below = SHREDDIT.format("b", "Bees sleep.").replace(" postid", ' parentid="t1_a" postid')
    reading = page(tmp_path, f'<shreddit-comment thingid="t1_a" postid="t3_p">{below}</shreddit-comment>')
    assert [(comment.id, comment.text, comment.states) for comment in reading.comments] == [
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
    stubs = "".join(
        f'<div class="thing {one}" data-fullname="t1_b"></div>' for one in ("morechildren", "morerecursion")
    )
    reading = page(tmp_path, thing + stubs)
    assert "b" not in reading.by_id
    assert reading.parents == {"a": "p"}
    assert ["with .json at the end" in message for message in reading.messages] == [True]


INVISION = (
    '<article id="elComment_{0}"><aside class="ipsComment_author"><h3 class="cAuthorPane_author"><strong>u{0}</strong>'
    '</h3></aside><time datetime="2026-05-04T09:00:00Z"></time><div data-role="commentContent">{1}</div></article>'
)
VBULLETIN = (
    '<li class="postbitlegacy postcontainer old" id="post_{0}"><span class="postdate"><span class="date">05-14-2026, '
    '<span class="time">09:00 AM</span></span></span><div class="username_container"><a class="username"><strong>u{0}'
    '</strong></a></div><div id="post_message_{0}"><blockquote class="postcontent restore">{1}</blockquote></div></li>'
)
QUOTES: dict[str, tuple[str, str]] = {
    "Invision": (
        INVISION,
        '<blockquote class="ipsQuote" data-ipsquote-contentcommentid="1"><div class="ipsQuote_citation">u1 said:</div>'
        '<div class="ipsQuote_contents"><p>Bees sleep.</p></div></blockquote><p>No.</p>',
    ),
    "vBulletin": (
        VBULLETIN,
        '<div class="bbcode_container"><div class="bbcode_quote"><div class="quote_container"><div class='
        '"bbcode_postedby">Originally Posted by <strong>u1</strong> <a href="showthread.php?p=1#post1">*</a></div>'
        '<div class="message">Bees sleep.</div></div></div></div>No.',
    ),
}


@pytest.mark.parametrize(("form", "reply"), QUOTES.values(), ids=QUOTES)
def test_a_quotation_is_from_the_post_that_it_leads_to(tmp_path: Path, form: str, reply: str) -> None:
    reading = page(tmp_path, form.format(1, "Bees sleep.") + form.format(2, reply))
    assert [(comment.id, comment.text, comment.author) for comment in reading.comments] == [
        ("1", "Bees sleep.", "u1"),
        ("2", "> Bees sleep.\n\nNo.", "u2"),
    ]
    assert reading.quoted == [("2", "1", "Bees sleep.")]
    assert [(comment.parent, comment.addressed) for comment in reading.comments] == [(None, True), ("1", False)]
    assert all((comment.created or "").startswith("2026-05-") for comment in reading.comments)


def test_a_later_page_of_a_thread_does_not_begin_it(tmp_path: Path) -> None:
    where = '<link rel="canonical" href="https://bees.example/topic/7-bees/page/2/">'
    reading = page(tmp_path, INVISION.format(8, "Bees."), HEAD.replace("<title>", where + "<title>"))
    assert [(comment.thread.id, comment.parent, comment.addressed) for comment in reading.comments] == [
        ("topic/7-bees", None, False)
    ]


def test_a_post_without_words_is_told_and_a_page_without_posts_an_error(tmp_path: Path) -> None:
    reading = page(tmp_path, INVISION.format(1, '<img src="bee.png">') + INVISION.format(2, "Bees."))
    assert [comment.id for comment in reading.comments] == ["2"]
    assert reading.messages == ["left out posts without words: 1, the first on this line"]
    (problem,) = page(tmp_path, "", HEAD.replace("<body>", '<body id="phpbb">')).problems
    assert problem.lost


def test_the_words_of_a_comment_on_a_blog_are_not_those_of_its_reply(tmp_path: Path) -> None:
    inner = '<ul><li class="comment depth-2" id="comment-2"><div class="comment-content">Bees.</div></li></ul>'
    reading = page(tmp_path, f'<ul><li class="comment depth-1" id="comment-1">{inner}</li></ul>')
    assert reading.parents == {"2": "1"}


SAID = '<li class="comment depth-1" id="comment-{0}"><b class="fn">u{0}</b><div class="comment-content">{1}</div></li>'
OWN_WORDS = '<div class="entry-content"><p>Bees sleep.</p></div>'
OTHERS_WORDS = '<div class="entry-content"><p>Wasps sting.</p></div>'


def blog(*comments: str, article: str = "", head: str = "") -> str:
    return f'{head}<main>{article}<div id="comments"><ol>{"".join(comments)}</ol></div></main>'


ARTICLES: dict[str, str] = {
    "a classic theme": f'<article class="post-7 post hentry">{OWN_WORDS}</article>',
    "a block theme": OWN_WORDS.replace("entry-content", "entry-content wp-block-post-content"),
    "marked up for search engines": '<div itemprop="text articleBody"><p>Bees sleep.</p></div>',
    "a theme with names of its own": '<div class="post-content">Bees sleep.</div>',
    "beside other posts": f'<ul class="wp-block-query">{OTHERS_WORDS}</ul><aside>{OTHERS_WORDS}</aside>{OWN_WORDS}',
    "with buttons, lists and forms": '<div class="entry-content"><p>Bees sleep.</p><div class="sharedaddy sd-block">'
    'Share this</div><div id="jp-relatedposts" class="jp-relatedposts">Wasps</div><form>Subscribe</form></div>',
    "around its comments": f'<div class="entry-content"><p>Bees sleep.</p><div id="comments">{SAID.format(8, "Yes.")}'
    "</div></div>",
    "around comments that are marked up": '<div class="entry-content"><p>Bees sleep.</p><div itemscope '
    'itemtype="https://schema.org/Comment">Wasps sting.</div></div>',
    "with a picture in the page": f'<div class="entry-content"><img src="data:{"A" * 140_000}">Bees sleep.</div>',
}


@pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES)
def test_comments_on_a_blog_are_on_its_article(tmp_path: Path, article: str) -> None:
    reading = page(tmp_path, blog(SAID.format(1, "No."), article=article))
    opening = reading.by_id["post-Bees"]
    assert (opening.text, opening.parent, reading.by_id["1"].parent) == ("Bees sleep.", None, "post-Bees")


def test_of_several_articles_that_of_the_page_s_own_number_is_meant(tmp_path: Path) -> None:
    articles = f'<article class="post-6">{OTHERS_WORDS}</article><article id="post-7">{OWN_WORDS}</article>'
    number = '<form id="respond"><input type="hidden" name="comment_post_ID" value="7"></form>'
    for head, body in ((HEAD.replace("<body>", '<body class="single postid-7">'), ""), (HEAD, number)):
        assert (
            page(tmp_path, blog(SAID.format(1, "No."), article=articles) + body, head).comments[0].text == "Bees sleep."
        )


SIGNED: dict[str, tuple[str, str]] = {
    "a classic theme": (
        '<b class="byline">by <i class="author vcard"><a class="url fn n">Ana</a></i></b><time class="updated" '
        'datetime="2026-05-09"></time><time class="entry-date published" datetime="2026-05-04"></time>',
        "",
    ),
    "a block theme": (
        '<div class="wp-block-post-author-name">Ana</div><div class="wp-block-post-date"><time datetime="2026-05-04">'
        "May</time></div>",
        "",
    ),
    "marked up for search engines": (
        '<i itemprop="author"><b itemprop="name">Ana</b></i><meta itemprop="datePublished" content="2026-05-04">',
        "",
    ),
    "in words": ('By <a rel="author">Ana</a> on <i class="post-date">May 4, 2026</i>', ""),
    "the head of the page": (
        "",
        '<meta name="author" content="Ana"><meta property="article:published_time" content="2026-05-04">',
    ),
}


@pytest.mark.parametrize(("around", "head"), SIGNED.values(), ids=SIGNED)
def test_an_article_is_signed_where_themes_sign_it(tmp_path: Path, around: str, head: str) -> None:
    others = (
        '<aside><b class="author vcard"><i class="fn">Bo</i></b><time class="entry-date" datetime="2026-01-01"></aside>'
    )
    article = f"{others}<article>{around}{OWN_WORDS}</article>"
    reading = page(tmp_path, blog(SAID.format(1, "No."), article=article), HEAD.replace("<title>", head + "<title>"))
    assert (reading.comments[0].author, reading.comments[0].created) == ("Ana", "2026-05-04")


@pytest.mark.parametrize(
    "article", ["", '<div class="entry-content"><img src="bee.png"></div>'], ids=["none", "picture"]
)
def test_comments_on_an_article_that_the_page_does_not_hold_have_a_parent_that_is_not_loaded(
    tmp_path: Path, article: str
) -> None:
    reading = page(tmp_path, blog(SAID.format(1, "No."), SAID.format(2, "Why?"), article=article))
    assert reading.parents == {"1": "post-Bees", "2": "post-Bees"}


def test_the_words_of_a_comment_that_is_no_reply_to_another_are_asked(tmp_path: Path) -> None:
    reply = SAID.format(2, "Why?").replace("depth-1", "depth-2")
    one = SAID.format(1, "No.").replace("</li>", f"<ul>{reply}</ul></li>")
    assert [comment.addressed for comment in page(tmp_path, blog(one, article=OWN_WORDS)).comments] == [
        True,
        False,
        True,
    ]


def test_the_line_of_what_was_left_out_is_told_below_an_article_without_a_class(tmp_path: Path) -> None:
    article = '<div itemprop="articleBody">Bees sleep.</div>\n'
    file = tmp_path / "bees.html"
    file.write_text(HEAD + blog(SAID.format(1, ""), article=article) + '\n\n<p class="">End.')
    problems = [one for one in loaders.read([file]) if isinstance(one, Problem)]
    assert [(problem.line, problem.message[:8]) for problem in problems] == [(3, "left out")]


def test_a_comment_without_a_number_does_not_take_that_of_its_reply(tmp_path: Path) -> None:
    reply = SAID.format(2, "Why?").replace("depth-1", "depth-2")
    one = SAID.format(1, "No.").replace(' id="comment-1"', "").replace("</li>", f"<ul>{reply}</ul></li>")
    reading = page(tmp_path, blog(one, article=OWN_WORDS))
    assert [(comment.id, comment.text) for comment in reading.comments[1:]] == [("2", "Why?")]


THEMES: dict[str, str] = {
    "lists": (
        "<li class='comment depth-1' id='li-comment-{0}'><article id='comment-{0}' class='comment-body'>"
        "<footer class='comment-meta'><b class='fn'>u{0}</b><time datetime='2026-05-04T09:00:00Z'></time></footer>"
        "<div class='comment-content'><p>{1}</p><p class='comment-likes'>Liked by 2</p></div></article><ol>{2}"
        "</ol></li>"
    ),
    "lists of before": (
        "<li class='comment depth-1' id='comment-{0}'><div class='comment-body'><div class='comment-author vcard'>"
        "<cite class='fn'>u{0}</cite> says:</div><div class='comment-meta commentmetadata'><a>2026-05-04T09:00:00Z"
        "</a></div><p>{1}</p><div class='reply'><a>Reply</a></div></div><ul>{2}</ul></li>"
    ),
    "boxes": (
        "<div class='comment even depth-1' id='comment-{0}'><div class='comment-author'><cite class='fn'>u{0}"
        "</cite></div><div class='comment-meta'><a>2026-05-04T09:00:00Z</a></div><div class='comment-text'>{1}"
        "</div>{2}</div>"
    ),
    "names of its own for the words": (
        "<li class='comment depth-1' id='li-comment-{0}'><article id='comment-{0}'><header class='ast-comment-meta'>"
        "<b class='fn'>u{0}</b><time datetime='2026-05-04T09:00:00Z'></time></header><section class="
        "'ast-comment-content comment'><p>{1}</p><a class='comment-reply-link'>Reply</a></section></article>"
        "<ol>{2}</ol></li>"
    ),
    "replies in an item after the one of their comment": (
        "<li class='comment depth-1' id='comment-item-{0}'><article id='comment-{0}'><div class='comment-content'>"
        "<div class='comment-author'><b class='fn'>u{0}</b><time datetime='2026-05-04T09:00:00Z'>May</time></div>"
        "<div class='nv-comment-content comment'>{1}</div></div></article></li>\n<li class='children'><ol>{2}</ol></li>"
    ),
    "blocks": (
        "<li id='comment-{0}' class='comment depth-1'><div class='wp-block-comment-author-name'><a>u{0}</a></div>"
        "<div class='wp-block-comment-date'><time datetime='2026-05-04T09:00:00Z'>May</time></div>"
        "<div class='wp-block-comment-content'><p>{1}</p></div><ol>{2}</ol></li>"
    ),
}


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_comments_of_all_themes_are_read(tmp_path: Path, theme: str) -> None:
    one = theme.format(1, "No.", theme.format(2, "Why not?", "").replace("depth-1", "depth-2"))
    reading = page(tmp_path, blog(one, article=OWN_WORDS))
    assert reading.parents == {"post-Bees": None, "1": "post-Bees", "2": "1"}
    assert [(comment.author, comment.text, comment.created) for comment in reading.comments[1:]] == [
        ("u1", "No.", "2026-05-04T09:00:00Z"),
        ("u2", "Why not?", "2026-05-04T09:00:00Z"),
    ]


def test_what_is_no_comment_on_a_blog_or_waits_for_approval_is_left_out_and_told(tmp_path: Path) -> None:
    note = '<em class="comment-awaiting-moderation">Your comment is awaiting moderation.</em>'
    others = (
        '<li class="pingback depth-1" id="comment-2">Pingback: <a>Bees</a></li><li class="trackback depth-1">Bees</li>'
    )
    reading = page(tmp_path, blog(SAID.format(1, "No."), others, SAID.format(3, note + "Yes.")))
    assert list(reading.by_id) == ["1"]
    assert [message.partition(", the first")[0] for message in reading.messages] == [
        "left out pingbacks and trackbacks: 2",
        "left out comments that wait for approval: 1",
    ]


def test_a_reply_that_cannot_be_replied_to_may_answer_the_one_before_it(tmp_path: Path) -> None:
    button = '<a class="comment-reply-link">Reply</a>'
    deepest = "".join(SAID.format(number, "No.").replace("depth-1", "depth-3") for number in (3, 4))
    second = SAID.format(2, "No.").replace("depth-1", "depth-2").replace("</li>", f"{button}<ol>{deepest}</ol></li>")
    one = SAID.format(1, "No.").replace("</li>", f"{button}<ol>{second}</ol></li>")
    reading = page(tmp_path, blog(one))
    assert reading.parents == {"1": "post-Bees", "2": "1", "3": "2", "4": "2"}
    assert [comment.addressed for comment in reading.comments] == [False, True, False, False]


PLACES: dict[str, tuple[str, str]] = {
    "a page of comments": ("https://bees.example/sleep/comment-page-2/", "sleep"),
    "the same without names": ("https://bees.example/?p=7&cpage=2", "?p=7"),
    "a reply to one": ("https://bees.example/sleep/?replytocom=1", "sleep"),
}


@pytest.mark.parametrize(("address", "name"), PLACES.values(), ids=PLACES)
def test_all_pages_of_comments_on_an_article_are_one_thread(tmp_path: Path, address: str, name: str) -> None:
    head = HEAD.replace("<title>", f'<link rel="canonical" href="{address}"><title>')
    more = '<a href="https://bees.example/sleep/comment-page-1/#comments">Older</a>'
    reading = page(tmp_path, blog(SAID.format(1, "No."), article=OWN_WORDS) + more, head)
    assert {comment.thread.id for comment in reading.comments} == {name}
    assert reading.messages == ["there are more comments on other pages of this article; save and load those, too"]


def test_all_pages_of_comments_hold_the_same_article(tmp_path: Path) -> None:
    found = set()
    for address in ("sleep/", "sleep/comment-page-1/#comments", "sleep/comment-page-2/", "sleep/?replytocom=1#respond"):
        head = HEAD.replace("<title>", f'<link rel="canonical" href="https://bees.example/{address}"><title>')
        found.add(page(tmp_path, blog(SAID.format(1, "No."), article=OWN_WORDS), head).comments[0])
    (article,) = found
    assert article.url == "https://bees.example/sleep/"


DISCOURSE = HEAD.replace("<title>", '<meta name="generator" content="Discourse 3.2.0"><title>')
CRAWLED = (
    '<div id="post_{0}" class="topic-body crawler-post"><span class="creator"><span itemprop="name">u{0}</span></span>'
    '<time class="post-time" datetime="2026-05-04T09:00:00Z"></time><div class="post" itemprop="text">{1}</div></div>'
)
STACK = HEAD.replace("<title>", '<link rel="canonical" href="https://bees.stackexchange.com/questions/7/x"><title>')
ANSWER = '<div class="answer" data-answerid="{0}"><div class="js-post-body">{1}</div></div>'


def test_posts_of_a_topic_that_are_shown_without_scripts_are_read(tmp_path: Path) -> None:
    head = DISCOURSE.replace("<title>", '<link rel="canonical" href="https://bees.example/t/bees/7/2"><title>')
    reading = page(tmp_path, CRAWLED.format(1, "Bees?") + CRAWLED.format(2, "Bees."), head)
    assert [(comment.thread.site, comment.thread.id, comment.id, comment.author) for comment in reading.comments] == [
        ("bees.example", "7", "1", "u1"),
        ("bees.example", "7", "2", "u2"),
    ]
    assert [comment.addressed for comment in reading.comments] == [True, False]


@pytest.mark.parametrize("held", ["{", "[1]", '{"topic_7": "{"}', '{"topic_7": "[]"}', '{"topic_7": 7}'])
def test_json_of_a_topic_that_is_broken_leaves_what_is_shown(tmp_path: Path, held: str) -> None:
    data = held.replace('"', "&quot;")
    body = f'<div id="data-preloaded" data-preloaded="{data}"></div>{CRAWLED.format(1, "Bees?")}'
    assert [comment.text for comment in page(tmp_path, body, DISCOURSE).comments] == ["Bees?"]


def test_a_page_of_discourse_without_posts_is_an_error_that_names_the_json(tmp_path: Path) -> None:
    (problem,) = page(tmp_path, "<p>Topics</p>", DISCOURSE).problems
    assert problem.lost
    assert "save /t/ID.json" in problem.message


def test_an_answer_without_words_is_lost_alone(tmp_path: Path) -> None:
    question = '<div id="question" class="question" data-questionid="7"><div class="js-post-body">Bees?</div></div>'
    reading = page(tmp_path, question + ANSWER.format(8, "") + ANSWER.format(9, "Bees."), STACK)
    assert reading.parents == {"7": None, "9": "7"}
    assert {comment.thread.site for comment in reading.comments} == {"bees.stackexchange.com"}
    assert [problem.lost for problem in reading.problems] == [True]


GITHUB = HEAD.replace(
    "<title>",
    '<meta property="og:site_name" content="GitHub"><link rel="canonical" href="https://github.com/b/c/issues/7"><title>',
)
EMBEDDED = '<script type="application/json" data-target="react-app.embeddedData">{0}</script>'


def issue(*comments: dict[str, object], more: bool = False) -> str:
    items = {"edges": [{"node": comment} for comment in comments], "pageInfo": {"hasNextPage": more}}
    held = {"number": 7, "title": "Bees", "body": "Bees?", "frontTimelineItems": items}
    answer = {"result": {"data": {"repository": {"issue": held}}}}
    return EMBEDDED.format(json.dumps({"payload": {"preloadedQueries": [answer, {}, 7]}}))


def test_a_page_of_an_issue_brings_its_comments(tmp_path: Path) -> None:
    said: dict[str, object] = {"__typename": "IssueComment", "id": "c", "author": {"login": "bo"}, "body": "Bees."}
    reading = page(tmp_path, EMBEDDED.format("{") + issue(said, {"__typename": "ClosedEvent"}, more=True), GITHUB)
    assert reading.parents == {"7": None, "c": "7"}
    assert {comment.thread.id for comment in reading.comments} == {"b/c#7"}
    assert ["were folded" in message for message in reading.messages] == [True]


def test_another_page_of_github_says_what_to_save(tmp_path: Path) -> None:
    (problem,) = page(tmp_path, "<p>Bees.</p>", GITHUB).problems
    assert problem.lost
    assert "gh issue view" in problem.message


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


@pytest.mark.parametrize("words", ["Discourse on bees", "GitHub"])
def test_a_page_about_a_site_is_not_one_of_it(tmp_path: Path, words: str) -> None:
    head = HEAD.replace("<title>", f'<meta name="description" content="{words}"><title>')
    assert loaders.choose(tmp_path / "a.html", head).NAME == "schema_org"


ITEM = 'itemscope itemtype="http://schema.org/{0}"'
POSTING, COMMENT = ITEM.format("DiscussionForumPosting"), ITEM.format("Comment")


def said(name: str, *, text: str = "Bees sleep.", below: str = "", more: str = "") -> str:
    return (
        f'<div {COMMENT} id="{name}"><b itemprop="author">u{name}</b><p itemprop="text">{text}</p>{more}{below}</div>'
    )


def posting(*comments: str, text: str = "Do bees sleep?", url: str = "/t/7") -> str:
    head = f'<h1 itemprop="headline">Bees</h1><a itemprop="url" href="{url}">Link</a><i itemprop="author">Ana</i>'
    words = f'<div itemprop="text">{text}</div>' if text else ""
    return f"<div {POSTING}>{head}{words}{''.join(comments)}</div>"


LD = '<script type="application/ld+json">{0}</script>'

NESTED: dict[str, tuple[str, dict[str, str | None]]] = {
    "elements within elements": (
        posting(said("1", below=said("2", below=said("3"))), said("4")),
        {"t/7": None, "1": "t/7", "2": "1", "3": "2", "4": "t/7"},
    ),
    "lists within lists": (
        posting(
            f'<ol><li class="comment depth-1">{said("1")}<ul><li class="comment depth-2">{said("2")}</li></ul></li>'
            f'<li class="comment">{said("3")}</li></ol>'
        ),
        {"t/7": None, "1": "t/7", "2": "1", "3": "t/7"},
    ),
    "parents that are named": (
        posting(said("1", more='<a itemprop="url" href="#1"></a>'))
        + said("2", more=f'<a itemprop="url" href="#2"></a><i itemprop="parentItem" {COMMENT} itemid="#1"></i>'),
        {"t/7": None, "1": "t/7", "2": "1"},
    ),
    "a script that holds more": (
        posting()
        + LD.format(
            '{"@type": "DiscussionForumPosting", "url": "/t/7", "text": "Do bees sleep?", "comment": [{"@type": '
            '"Comment", "@id": "#1", "text": "Yes.", "comment": {"@type": "Comment", "@id": "#2", "text": "No."}}]}'
        ),
        {"t/7": None, "1": "t/7", "2": "1"},
    ),
    "references in a graph": (
        LD.format(
            '{"@graph": [{"@type": "DiscussionForumPosting", "url": "/t/7", "text": "Do bees sleep?", "comment": '
            '[{"@id": "#1"}]}, {"@type": "Comment", "@id": "#1", "text": "Yes."}]}'
        ),
        {"t/7": None, "1": "t/7"},
    ),
}


@pytest.mark.parametrize(("body", "parents"), NESTED.values(), ids=NESTED)
def test_what_stands_in_what_tells_who_answers_whom(tmp_path: Path, body: str, parents: dict[str, str | None]) -> None:
    reading = page(tmp_path, body)
    assert (reading.parents, reading.messages) == (parents, [])


def test_where_nothing_stands_in_anything_words_are_asked(tmp_path: Path) -> None:
    flat = page(tmp_path, posting(said("1"), said("2")))
    assert [(comment.parent, comment.addressed) for comment in flat.comments] == [
        (None, True),
        ("t/7", False),
        ("t/7", False),
    ]
    nested = page(tmp_path, posting(said("1", below=said("2")), said("3")))
    assert [comment.addressed for comment in nested.comments] == [True, True, True, True]


def test_a_posting_in_a_script_is_what_the_comments_in_the_page_are_on(tmp_path: Path) -> None:
    opening = LD.format(
        '{"@type": "DiscussionForumPosting", "@id": "/t/7", "headline": "Bees", "articleBody": "Do bees?"}'
    )
    comment = said("1", more='<meta itemprop="parentItem" itemscope itemid="/t/7">')
    reading = page(tmp_path, opening + comment)
    assert reading.parents == {"t/7": None, "1": "t/7"}
    assert reading.by_id["t/7"].text == "Do bees?"


def test_a_first_comment_by_the_author_of_a_posting_without_words_is_its_words(tmp_path: Path) -> None:
    first = said("1", text="Do bees sleep?").replace("u1", "Ana")
    reading = page(tmp_path, posting(first, said("2"), text=""))
    assert [(comment.id, comment.text, comment.parent) for comment in reading.comments] == [
        ("t/7", "Do bees sleep?", None),
        ("2", "Bees sleep.", "t/7"),
    ]


OTHERS: dict[str, tuple[str, str, str]] = {
    "a comment on an article": ("Article", "Comment", "comment"),
    "an answer": ("Question", "Answer", "suggestedAnswer"),
}


@pytest.mark.parametrize(("kind", "reply", "role"), OTHERS.values(), ids=OTHERS)
def test_what_another_wrote_is_not_the_words_of_a_posting(tmp_path: Path, kind: str, reply: str, role: str) -> None:
    said = {"@type": reply, "@id": "#1", "text": "Bees sleep.", "author": {"name": "Ana"}}
    reading = page(tmp_path, LD.format(json.dumps({"@type": kind, "url": "/t/7", "headline": "Bees", role: [said]})))
    assert [(comment.id, comment.text, comment.author) for comment in reading.comments] == [
        ("t/7", "Bees", None),
        ("1", "Bees sleep.", "Ana"),
    ]


def test_an_article_that_is_marked_up_twice_is_one(tmp_path: Path) -> None:
    kinds = [{"@type": kind, "url": "/bees", "headline": "Bees"} for kind in ("BlogPosting", "Article")]
    kinds[1]["articleBody"] = "Bees sleep."
    said = {"@type": "Comment", "@id": "#1", "text": "No.", "author": {"name": "Ana"}}
    head = '<link rel="canonical" href="https://b.example/bees">'
    reading = page(tmp_path, head + LD.format(json.dumps([*kinds, said])))
    assert [(comment.text, comment.parent) for comment in reading.comments] == [("Bees sleep.", None), ("No.", "bees")]


def test_words_that_a_posting_has_of_its_first_comment_come_with_author_and_date(tmp_path: Path) -> None:
    said = {"@type": "Comment", "text": "Bees sleep.", "author": {"name": "Ana"}, "datePublished": "2026-05-04"}
    work = {"@type": "DiscussionForumPosting", "url": "/t/7", "headline": "Bees", "comment": [said]}
    comment = page(tmp_path, LD.format(json.dumps(work))).only()
    assert (comment.text, comment.author, comment.created) == ("Bees sleep.", "Ana", "2026-05-04")


def test_comments_on_what_is_not_marked_up_are_the_page_s(tmp_path: Path) -> None:
    head = HEAD.replace("<title>", '<link rel="canonical" href="https://bees.example/a/b?c=1"><title>')
    reading = page(tmp_path, said("1") + said("2"), head)
    assert {(comment.thread.site, comment.thread.id, comment.parent) for comment in reading.comments} == {
        ("bees.example", "a/b?c=1", "a/b?c=1")
    }


ARTICLE = ITEM.format("BlogPosting")
MARKED_UP = f'<article {ARTICLE}><a itemprop="url" href="/t/7"></a><i itemprop="author">Ana</i>'
ABOUT = '{"@type": "BlogPosting", "url": "/t/7", "headline": "Bees", "author": {"name": "Ana"}}'
WORKS: dict[str, tuple[str, str, str | None]] = {
    "an article beside them": (
        f'{MARKED_UP}<p itemprop="articleBody">Bees sleep.</p></article>{said("1")}',
        "t/7",
        "Ana",
    ),
    "an article in a script, whose words are in the page": (LD.format(ABOUT) + OWN_WORDS + said("1"), "t/7", "Ana"),
    "an article that is not marked up": (OWN_WORDS + said("1"), "Bees", None),
    "an article beside others": (
        f'{MARKED_UP}{OWN_WORDS}</article>{said("1")}<li {ARTICLE}><a itemprop="url" href="/t/8"></a></li>',
        "t/7",
        "Ana",
    ),
}


@pytest.mark.parametrize(("body", "name", "author"), WORKS.values(), ids=WORKS)
def test_comments_that_do_not_stand_in_an_article_are_on_that_of_the_page(
    tmp_path: Path, body: str, name: str, author: str | None
) -> None:
    head = (
        HEAD
        if name == "Bees"
        else HEAD.replace("<title>", '<link rel="canonical" href="https://bees.example/t/7"><title>')
    )
    reading = page(tmp_path, body, head)
    assert reading.parents == {name: None, "1": name}
    assert (reading.by_id[name].text, reading.by_id[name].author) == ("Bees sleep.", author)


def test_an_article_without_words_has_those_of_the_page(tmp_path: Path) -> None:
    about = json.loads(ABOUT) | {
        "comment": [{"@type": "Comment", "@id": "#1", "text": "No.", "author": {"name": "Ana"}}]
    }
    reading = page(tmp_path, OWN_WORDS + LD.format(json.dumps(about)))
    assert [(comment.id, comment.text, comment.parent) for comment in reading.comments] == [
        ("t/7", "Bees sleep.", None),
        ("1", "No.", "t/7"),
    ]


PARENTS: dict[str, tuple[str, str]] = {
    "the posting": ("/t/7", "t/7"),
    "the posting by another name": ("/t/7#post", "t/7"),
    "a comment of the page": ("#comment-1", "comment-1"),
    "a comment of another page": ("#comment-9", "comment-9"),
}


def test_a_posting_that_is_named_as_its_comments_are_is_the_posting(tmp_path: Path) -> None:
    more = f'<a itemprop="url" href="#post-2"></a><i itemprop="parentItem" {COMMENT} itemid="#post-1"></i>'
    reading = page(tmp_path, posting(said("post-2", more=more), url="https://bees.example/t/7#post-1"))
    assert reading.parents == {"t/7": None, "post-2": "t/7"}


@pytest.mark.parametrize(("named", "parent"), PARENTS.values(), ids=PARENTS)
def test_a_parent_that_is_named_is_a_comment_or_the_posting(tmp_path: Path, named: str, parent: str) -> None:
    first = said("comment-1", more='<a itemprop="url" href="#comment-1"></a>')
    more = f'<a itemprop="url" href="#comment-2"></a><i itemprop="parentItem" {COMMENT} itemid="{named}"></i>'
    reading = page(tmp_path, posting(first, said("comment-2", more=more)))
    assert reading.parents == {"t/7": None, "comment-1": "t/7", "comment-2": parent}


def test_an_article_without_comments_and_a_list_of_questions_by_the_owner_are_no_threads(tmp_path: Path) -> None:
    article = LD.format('{"@type": "NewsArticle", "headline": "Bees", "articleBody": "Bees sleep."}')
    answer = '{"@type": "Question", "name": "Bees?", "acceptedAnswer": {"@type": "Answer", "text": "Yes."}}'
    for body in (article, LD.format(f'{{"@type": "FAQPage", "mainEntity": [{answer}]}}')):
        (problem,) = page(tmp_path, body).problems
        assert problem.lost
        assert problem.message.startswith("expected a page whose comments are marked up, got none; ")


def test_a_script_that_is_broken_or_endless_says_nothing(tmp_path: Path) -> None:
    scripts = LD.format('{"@type": "Comment", "text": "Bees') + LD.format("[" * 100_000)
    assert [comment.text for comment in page(tmp_path, scripts + posting(said("1"))).comments] == [
        "Do bees sleep?",
        "Bees sleep.",
    ]


BODIES: dict[str, tuple[str, str]] = {
    "plain": ("Bees sleep.\\n\\nSome don&#39;t.", "Bees sleep.\n\nSome don't."),
    "marked up": ("<p>Bees sleep.</p><blockquote>All?</blockquote>", "Bees sleep.\n\n> All?"),
    "with a sign": ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
}


@pytest.mark.parametrize(("written", "text"), BODIES.values(), ids=BODIES)
def test_words_in_a_script_are_plain_or_html(tmp_path: Path, written: str, text: str) -> None:
    body = LD.format(f'{{"@type": "DiscussionForumPosting", "url": "/t/7", "text": "{written}"}}')
    assert page(tmp_path, body).only().text == text


INSTEAD: dict[str, tuple[str, str]] = {
    "Lobsters": ("<!-- saved from url=(0020)https://lobste.rs/s/1 -->", ".json at its end"),
    "LessWrong": ('<meta property="og:url" content="https://www.lesswrong.com/posts/x/y">', "/api/post/SLUG/comments"),
    "Stack Exchange": ('<link rel="canonical" href="https://bees.stackexchange.com/q/1">', "api.stackexchange.com"),
    "Discourse": ('<meta name="generator" content="Discourse 3.2">', "/t/ID.json"),
    "GitLab": ('<meta content="GitLab" property="og:site_name">', "/api/v4/projects/ID/issues/NUMBER"),
    "OpenReview": ('<link rel="canonical" href="https://openreview.net/forum?id=x">', "/notes?forum=ID"),
    "Bugzilla": (
        '<link rel="canonical" href="https://bugs.bees.example/show_bug.cgi?id=1">',
        "/rest/bug/NUMBER/comment",
    ),
    "Jira": ('<meta name="application-name" content="JIRA">', "/rest/api/2/issue/KEY"),
    "Blogger": ('<meta name="generator" content="blogger">', "/feeds/comments/default"),
    "a wiki": ('<meta name="generator" content="MediaWiki 1.41">', "?action=raw"),
    "Gerrit": ('<link rel="canonical" href="https://gerrit.bees.example/c/hive/+/7">', "/changes/NUMBER/comments"),
    "Facebook": ('<link rel="canonical" href="https://www.facebook.com/bees">', "your information as JSON"),
    "Disqus": ('<script src="https://bees.disqus.com/embed.js"></script>', "the XML export of Disqus"),
    "anything": ("", "`rejoinder formats`"),
}


@pytest.mark.parametrize(("head", "advice"), INSTEAD.values(), ids=INSTEAD)
def test_a_page_without_comments_says_what_to_save_instead(tmp_path: Path, head: str, advice: str) -> None:
    (problem,) = page(tmp_path, "<p>Bees.</p>", HEAD.replace("<title>", head + "<title>")).problems
    assert problem.lost
    assert advice in problem.message


def test_a_page_without_comments_in_a_folder_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "thread": "t", "text": "Bees sleep."}', encoding="utf-8")
    (tmp_path / "index.html").write_text(f"{HEAD}<p>Bees.</p>", encoding="utf-8")
    reading = Reading(tmp_path)
    assert len(reading.comments) == 1
    assert [problem.note for problem in reading.problems] == [True]


def test_a_page_that_was_saved_as_a_mail_is_read(tmp_path: Path) -> None:
    comment = SHREDDIT.format("a", "Gr=C3=B6=\n=C3=9Fer.").replace('="', '=3D"')
    head = "From: <Saved by Blink>\nSnapshot-Content-Location: https://bees.example/a\nDate: Fri, 1 May 2026"
    kind = 'MIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html";\n\tboundary="cut"'
    part = "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
    style = "--cut\nContent-Type: text/css\n\np\n--cut--\n"
    content = f"{head}\n{kind}\n\n\n--cut\n{part}<html><body>{comment}</body></html>\n{style}"
    for name, raw in (("a.mhtml", content), ("b.mhtml", content.replace("\n", "\r\n"))):
        assert reading_of(tmp_path, raw.encode(), name).only().text == "Größer."
    flat = content.replace(comment, posting(said("1")).replace("=", "=3D"))
    assert {one.thread.site for one in reading_of(tmp_path, flat.encode(), "c.mhtml").comments} == {"bees.example"}


LONG: dict[str, Callable[[int], str]] = {
    "Hacker News": lambda size: hacker_news(*(row(number, number % 9) for number in range(1, size))),
    "Reddit": lambda size: "".join(SHREDDIT.format(f"a{number}", "Bees.") for number in range(size)),
    "schema.org": lambda size: posting(*(said(f"c{number}") for number in range(size))),
    "a blog": lambda size: blog(*(SAID.format(number, "Bees.") for number in range(1, size)), article=OWN_WORDS * size),
    "a forum": lambda size: "".join(INVISION.format(number, "Bees.") for number in range(1, size)),
    "a question": lambda size: (
        '<div id="question" data-questionid="7"></div>'
        + "".join(ANSWER.format(number + 10, "Bees.") for number in range(size))
    ),
}


@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
def test_a_long_page_takes_time_in_proportion(tmp_path: Path, body: Callable[[int], str]) -> None:
    def made(size: int) -> Path:
        path = tmp_path / f"{size}.html"
        path.write_text(f"{HEAD}{body(size)}</body></html>", encoding="utf-8")
        return path

    assert_in_proportion(made, Reading, small=400)


def test_an_escape_of_half_a_character_in_a_script_is_replaced(tmp_path: Path) -> None:
    about = {"author": {"@type": "Person", "name": "A\ud800"}, "datePublished": "\ud800"}
    comment = {"@type": "Comment", "text": "Bees\ud800.", **about}
    work = {"@type": "Article", "articleBody": "On bees.", "comment": [comment]}
    reading = page(tmp_path, LD.format(json.dumps(work)))
    assert [(one.author, one.text) for one in reading.comments] == [(None, "On bees."), ("A\ufffd", "Bees\ufffd.")]
    assert [problem.lost for problem in reading.problems] == [False]


def test_quotations_in_each_other_take_time_in_proportion(tmp_path: Path) -> None:
    def made(size: int) -> Path:
        quote = '<blockquote class="bbCodeBlock--quote" data-source="post: 1">Bees. '
        body = f'<div class="bbWrapper">{quote * size}{"</blockquote>" * size}No.</div>'
        path = tmp_path / f"{size}.html"
        path.write_text(
            f'{HEAD}<article class="message--post" data-content="post-2">{body}</article>', encoding="utf-8"
        )
        return path

    assert_in_proportion(made, Reading, small=90)


OWN = "".join(f'<a href="https://bees.example/t/7?p={one}#elComment_{one}">#{one}</a>' for one in (1, 2))
FOREIGN = '<a href="https://wasps.example/t/9#elComment_1">wasps</a>'
HOSTS: dict[str, tuple[str, str, str]] = {
    "nothing tells it": ("", "", "web"),
    "its canonical address": (
        '<link rel="canonical nofollow" href="https://bees.example/t/7">',
        FOREIGN,
        "bees.example",
    ),
    "an address of it without a host": ('<link rel="canonical" href="/t/7">', "", "web"),
    "its address in an archive": (
        '<link rel="canonical" href="https://web.archive.org/web/20260504090000/https://bees.example/t/7">',
        "",
        "bees.example",
    ),
    "the base of its links": ('<base href="https://bees.example/">', "", "bees.example"),
    "another page of the thread": ('<link rel="next" href="https://bees.example/t/7?page=2">', "", "bees.example"),
    "links to its own parts": ("", OWN + FOREIGN, "bees.example"),
    "a single link": ("", FOREIGN, "web"),
}


@pytest.mark.parametrize(("head", "body", "site"), HOSTS.values(), ids=HOSTS)
def test_the_site_of_a_saved_page_is_its_host_however_it_tells_it(
    tmp_path: Path, head: str, body: str, site: str
) -> None:
    posts = INVISION.format(1, "Bees.") + INVISION.format(2, "Wasps.") + body
    reading = page(tmp_path, posts, HEAD.replace("<title>", f"{head}<title>"))
    assert {one.key.site for one in reading.threads} == {site}


def test_the_site_of_a_page_that_is_marked_up_is_the_host_of_its_posting(tmp_path: Path) -> None:
    reading = page(tmp_path, posting(said("1"), url="https://bees.example/t/7"))
    assert {(comment.thread.site, comment.thread.id) for comment in reading.comments} == {("bees.example", "t/7")}
    assert {one.key.site for one in page(tmp_path, posting(said("1"))).threads} == {"web"}


def test_links_of_a_page_out_of_an_archive_lead_to_the_site(tmp_path: Path) -> None:
    kept = "https://web.archive.org/web/20260504090000/https://bees.example/t/7"
    head = HEAD.replace("<title>", f'<link rel="canonical" href="{kept}"><title>')
    reading = page(tmp_path, posting(said("1"), url=kept), head)
    assert {(comment.thread.site, comment.thread.id) for comment in reading.comments} == {("bees.example", "t/7")}
    assert [one.url for one in reading.threads] == ["https://bees.example/t/7"]

"""Feeds of comments: which entries are comments, on what, and what they answer."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from rejoinder.records import ThreadKey
from tests.reading import Reading, known_as, reading_of
from tests.timing import assert_in_proportion

SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
)
ATOM_SPACES = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" '
    'xmlns:blogger="http://schemas.google.com/blogger/2018"'
)
RDF_SPACES = (
    'xmlns:annotate="http://purl.org/rss/1.0/modules/annotate/" xmlns:thr="http://purl.org/syndication/thread/1.0"'
)
SHED = "https://shed.example"


def rss(*items: str, link: str = f"{SHED}/hedges/", title: str = "Comments on: Hedges") -> str:
    head = f"<title>{title}</title><link>{link}</link>"
    return f'<?xml version="1.0"?>\n<rss version="2.0" {SPACES}><channel>{head}\n{chr(10).join(items)}</channel></rss>'


def item(guid: str, link: str, body: str = "It leaks.", *, author: str = "Ann", more: str = "") -> str:
    words = f"<dc:creator>{author}</dc:creator><description>{escape(body)}</description>"
    return f"<item><guid>{guid}</guid><link>{escape(link)}</link>{words}{more}</item>"


def atom(*entries: str, link: str = f"{SHED}/hedges", title: str = "Hedges") -> str:
    head = f'<title>{title}</title><id>{link}.atom</id><link rel="alternate" href="{link}"/>'
    return f'<?xml version="1.0"?>\n<feed {ATOM_SPACES}>{head}\n{chr(10).join(entries)}</feed>'


def rdf(*items: str, link: str = f"{SHED}/hedges/", title: str = "Comments on: Hedges") -> str:
    """RSS 1.0, in which the items stand beside the channel."""
    spaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    listed = "<items><rdf:Seq><rdf:li/></rdf:Seq></items>"
    head = f'<channel rdf:about="{link}"><title>{title}</title><link>{link}</link>{listed}</channel>'
    return f'<?xml version="1.0"?>\n<rdf:RDF {spaces} {SPACES} {RDF_SPACES}>{head}\n{chr(10).join(items)}</rdf:RDF>'


def about(link: str, body: str = "It leaks.", *, title: str = "Lids", author: str = "Ann", more: str = "") -> str:
    words = f"<dc:creator>{author}</dc:creator><description>{escape(body)}</description>"
    return f'<item rdf:about="{link}"><title>{title}</title><link>{link}</link>{words}{more}</item>'


def entry(name: str, link: str = "", body: str = "It leaks.", *, author: str = "Ann", more: str = "") -> str:
    address = f'<link href="{escape(link)}"/>' if link else ""
    words = f'<author><name>{author}</name></author><content type="html">{escape(body)}</content>'
    return f"<entry><id>{name}</id>{address}{words}{more}</entry>"


def to(ref: str, href: str = "") -> str:
    return f'<thr:in-reply-to ref="{ref}" href="{href}"/>'


def kind(name: str) -> str:
    return f'<category term="http://schemas.google.com/blogger/2008/kind#{name}"/>'


PAGE = f"{SHED}/hedges/"
HOME = ThreadKey("shed.example", "/hedges")
REDDIT = "https://www.reddit.com/r/hedges/comments/ab1/which_hedge"
POND = "https://pond.example/t/algae/8"
COOKS = "https://cooks.example"
FEEDS: dict[str, tuple[str, ThreadKey, dict[str, str | None], set[str]]] = {
    "the comments on a post": (
        rss(item("c1", f"{PAGE}#comment-1"), item("c2", f"{PAGE}#comment-2")),
        HOME,
        {"c1": "/hedges", "c2": "/hedges"},
        set(),
    ),
    "replies that WordPress names in the words": (
        rss(
            item("c1", f"{PAGE}#comment-1"),
            item("c2", f"{PAGE}#comment-2", f'<p>Antwort auf <a href="{PAGE}#comment-1">Ann</a>.</p>\n<p>No.</p>'),
        ),
        HOME,
        {"c1": "/hedges", "c2": "c1"},
        {"c2"},
    ),
    "replies by RFC 4685": (
        atom(
            entry("c1", f"{PAGE}#comment-1", more=to(f"{SHED}/?p=4", PAGE)),
            entry("c2", f"{PAGE}#comment-2", more=to("c1", f"{PAGE}#comment-1")),
            entry("c3", f"{PAGE}#comment-3", more=to(f"{SHED}/?p=4#comment-0", f"{PAGE}#comment-0")),
        ),
        HOME,
        {"c1": "/hedges", "c2": "c1", "c3": f"{SHED}/?p=4#comment-0"},
        {"c2", "c3"},
    ),
    "a post and what goes back to it": (
        atom(entry("c2", more=to("c1")), entry("c1", more=to("p")), entry("p", f"{SHED}/hedges")),
        HOME,
        {"p": None, "c2": "c1", "c1": "p"},
        {"p", "c2"},
    ),
    "Blogger's newer export": (
        atom(
            entry("b.post-1", more="<blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>"),
            entry("b.post-2", more="<blogger:type>COMMENT</blogger:type><blogger:parent>b.post-1</blogger:parent>"),
            entry(
                "b.post-3",
                more="<blogger:type>COMMENT</blogger:type><blogger:parent>b.post-1</blogger:parent>"
                "<blogger:inReplyTo>b.post-2</blogger:inReplyTo>",
            ),
        ),
        ThreadKey("shed.example", "b.post-1"),
        {"b.post-1": None, "b.post-2": "b.post-1", "b.post-3": "b.post-2"},
        {"b.post-1", "b.post-3"},
    ),
    "a thread of Reddit": (
        atom(entry("t3_ab1", f"{REDDIT}/"), entry("t1_x", f"{REDDIT}/x/"), link=f"{REDDIT}/"),
        ThreadKey("www.reddit.com", "/r/hedges/comments/ab1/which_hedge"),
        {"t3_ab1": None, "t1_x": "t3_ab1"},
        {"t3_ab1"},
    ),
    "the latest comments of Reddit": (
        atom(entry("t1_x", f"{REDDIT}/x/"), link="https://www.reddit.com/r/hedges/"),
        ThreadKey("www.reddit.com", "/r/hedges/comments/ab1/which_hedge"),
        {"t1_x": "/r/hedges/comments/ab1/which_hedge"},
        set(),
    ),
    "a topic of Discourse": (
        rss(item("pond.example-post-8-2", f"{POND}/2"), item("pond.example-post-8-1", f"{POND}/1"), link=POND),
        ThreadKey("pond.example", "/t/algae/8"),
        {"pond.example-post-8-1": None, "pond.example-post-8-2": "pond.example-post-8-1"},
        {"pond.example-post-8-1"},
    ),
    "a question of Stack Exchange": (
        atom(
            entry(f"{COOKS}/q/5", f"{COOKS}/questions/5/rye"),
            entry(f"{COOKS}/questions/5/-/6#6", f"{COOKS}/questions/5/-/6#6"),
            link=f"{COOKS}/q/5",
        ),
        ThreadKey("cooks.example", "/questions/5/rye"),
        {f"{COOKS}/q/5": None, f"{COOKS}/questions/5/-/6#6": f"{COOKS}/q/5"},
        {f"{COOKS}/q/5"},
    ),
    "RSS 1.0": (
        rdf(
            about(f"{PAGE}#c2", more=f'<annotate:reference rdf:resource="{PAGE}#c1"/>'),
            about(f"{PAGE}#c1", more=f'<annotate:reference rdf:resource="{PAGE}"/>'),
            about(f"{PAGE}#c3", more=to(f"{PAGE}#c2")),
        ),
        HOME,
        {f"{PAGE}#c1": "/hedges", f"{PAGE}#c2": f"{PAGE}#c1", f"{PAGE}#c3": f"{PAGE}#c2"},
        {f"{PAGE}#c2", f"{PAGE}#c3"},
    ),
    "RSS 1.0 with the post": (
        rdf(about(f"{PAGE}#c1"), about(PAGE, title="Hedges"), link=SHED),
        HOME,
        {PAGE: None, f"{PAGE}#c1": PAGE},
        {PAGE},
    ),
    "a topic of phpBB": (
        atom(entry("p9", f"{SHED}/viewtopic.php?p=9#p9"), link=f"{SHED}/app.php/feed/topic/3"),
        ThreadKey("shed.example", "/app.php/feed/topic/3"),
        {"p9": "/app.php/feed/topic/3"},
        set(),
    ),
}


@pytest.mark.parametrize(("feed", "thread", "parents", "addressed"), FEEDS.values(), ids=FEEDS)
def test_each_feed_is_read_as_the_thread_it_is_of(
    tmp_path: Path, feed: str, thread: ThreadKey, parents: dict[str, str | None], addressed: set[str]
) -> None:
    reading = reading_of(tmp_path, feed, "feed.xml")
    assert known_as(tmp_path / "feed.xml") == "feed"
    assert (reading.parents, {comment.thread for comment in reading.comments}) == (parents, {thread})
    assert {comment.id for comment in reading.comments if comment.addressed} == addressed
    assert [one.key for one in reading.threads] == [thread]
    assert reading.problems == []


def of_one(folder: Path, feed: str) -> Reading:
    return reading_of(folder, feed, "feed.xml")


def test_a_feed_of_a_whole_site_is_a_thread_a_page_titled_by_its_comments(tmp_path: Path) -> None:
    titles = [f"<title>Comment on {what} by Ann</title>" for what in ("Hedges", "Ponds")]
    feed = rss(
        item("c1", f"{SHED}/hedges/#comment-1", more=titles[0]),
        item("c2", f"{SHED}/ponds/#comment-2", more=titles[1]),
        item("c3", f"{SHED}/hedges/?replytocom=1#comment-3", more=titles[0]),
        link=SHED,
        title="Comments for The Shed",
    )
    reading = of_one(tmp_path, feed)
    assert {comment.id: comment.thread.id for comment in reading.comments} == {
        "c1": "/hedges",
        "c2": "/ponds",
        "c3": "/hedges",
    }
    assert [(one.title, one.url) for one in reading.threads] == [
        ("Hedges", f"{SHED}/hedges/"),
        ("Ponds", f"{SHED}/ponds/"),
    ]


BODIES: dict[str, tuple[str, str]] = {
    "text": ("<content>a &lt; b\n\nc</content>", "a < b\n\nc"),
    "html": ('<content type="html">&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;</content>', "a\n\nb"),
    "xhtml": (
        '<content type="xhtml"><div xmlns="urn:x"><p>a &lt; <b>b</b></p><p>c</p></div></content>',
        "a < b\n\nc",
    ),
    "a summary": ('<summary type="html">&lt;i&gt;a&lt;/i&gt;</summary>', "a"),
    "nothing but a title": ('<title type="html">a &amp;amp; &lt;b&gt;b&lt;/b&gt;</title>', "a & b"),
}


@pytest.mark.parametrize(("written", "text"), BODIES.values(), ids=BODIES)
def test_words_are_read_as_their_type_says(tmp_path: Path, written: str, text: str) -> None:
    assert of_one(tmp_path, atom(f"<entry><id>c</id>{to('p')}{written}</entry>")).only().text == text


def test_what_sites_write_around_the_words_is_left_out(tmp_path: Path) -> None:
    around = (
        '<p>Beech, submitted by <a href="b">Bo</a>.</p><!-- SC_ON --> &#32; submitted by &#32; <a href="u"> /u/ann </a>'
    )
    reddit = of_one(
        tmp_path,
        atom(
            entry("t3_ab1", f"{REDDIT}/", around, author="/u/ann"),
            entry("t1_x", f"{REDDIT}/x/", author="/u/bo"),
            link=f"{REDDIT}/",
        ),
    )
    assert [(comment.text, comment.author) for comment in reddit.comments] == [
        ("Beech, submitted by Bo.", "ann"),
        ("It leaks.", "bo"),
    ]
    wrapped = '<p><a href="u">@bo</a> wrote:</p><blockquote><p>Drain it.</p></blockquote><p><a href="t">Read on</a></p>'
    posts = (
        item("pond.example-post-8-2", f"{POND}/2", wrapped, author="@bo Bo Berg"),
        item("pond.example-post-8-1", f"{POND}/1"),
    )
    assert [(comment.text, comment.author) for comment in of_one(tmp_path, rss(*posts, link=POND)).comments][-1] == (
        "Drain it.",
        "bo",
    )


def test_dates_and_authors_of_rss_become_those_of_comments(tmp_path: Path) -> None:
    more = "<pubDate>Tue, 5 May 2026 09:00:00 +0200</pubDate><author>noreply@blogger.com (Bo Berg)</author>"
    comment = of_one(tmp_path, rss(item("c", f"{PAGE}#c1", author="", more=more))).only()
    assert (comment.created, comment.author) == ("2026-05-05T09:00:00+02:00", "Bo Berg")


def test_rss_1_0_is_dated_and_titled_as_others_are(tmp_path: Path) -> None:
    more = "<dc:date>2026-05-05T09:00:00+02:00</dc:date><content:encoded>&lt;p&gt;a&lt;/p&gt;b</content:encoded>"
    image = "<image><title>A picture</title><link>https://elsewhere.example/</link></image>"
    reading = of_one(tmp_path, rdf(image, about(f"{PAGE}#c1", more=more)))
    comment = reading.only()
    assert (comment.created, comment.author, comment.text, comment.url) == (
        "2026-05-05T09:00:00+02:00",
        "Ann",
        "a\n\nb",
        f"{PAGE}#c1",
    )
    assert [(each.title, each.url) for each in reading.threads] == [("Hedges", PAGE)]


def test_a_feed_of_articles_in_rss_1_0_is_an_error(tmp_path: Path) -> None:
    reading = of_one(tmp_path, rdf(about(PAGE), about(f"{SHED}/ponds/"), link=SHED))
    assert "expected a feed of comments, got one of 2 articles without comments" in reading.messages[0]


def test_a_feed_of_articles_is_an_error_that_names_the_feed_of_comments(tmp_path: Path) -> None:
    where = f"<wfw:commentRss>{PAGE}feed/</wfw:commentRss>"
    reading = of_one(tmp_path, rss(item("a", PAGE, more=where), item("b", f"{SHED}/ponds/"), link=SHED))
    assert reading.records == []
    assert reading.messages == [
        "expected a feed of comments, got one of 2 articles without comments; load the feed of the comments on an "
        f"article (of the first it is {PAGE}feed/)"
    ]


def test_what_is_not_published_and_posts_without_comments_are_left_out_and_counted(tmp_path: Path) -> None:
    feed = atom(
        entry("p", PAGE, more=kind("post")),
        entry("q", f"{SHED}/ponds/", more=kind("post")),
        entry("s", more=kind("settings")),
        entry("d", more=kind("post") + "<blogger:status>DRAFT</blogger:status>"),
        entry("c", f"{PAGE}#c1", more=kind("comment")),
        link=SHED,
    )
    reading = of_one(tmp_path, feed)
    assert reading.parents == {"p": None, "c": "p"}
    assert reading.messages == [
        "left out posts without comments: 1, the first on this line",
        "left out drafts, and what is in the bin: 1, the first on this line",
    ]


def test_an_entry_without_a_name_or_words_is_lost_alone_and_one_that_answers_itself_is_kept(tmp_path: Path) -> None:
    feed = atom(
        entry("", body="Nobody's."),
        entry("c", f"{PAGE}#c1", body=""),
        entry("d", f"{PAGE}#c2", more=to("d")),
        entry("e", f"{PAGE}#c3", more=to("f")),
        entry("f", f"{PAGE}#c4", more=to("e")),
    )
    reading = of_one(tmp_path, feed)
    assert [comment.id for comment in reading.comments] == ["d", "e", "f"]
    assert [(problem.line, problem.lost) for problem in reading.problems] == [(3, True), (4, True)]


def test_a_feed_of_articles_in_a_folder_is_left_out(tmp_path: Path) -> None:
    for name, link in (("articles", PAGE), ("comments", f"{PAGE}#c1")):
        (tmp_path / f"{name}.xml").write_text(rss(item("c", link)), encoding="utf-8")
    reading = Reading(tmp_path)
    assert [comment.id for comment in reading.comments] == ["c"]
    assert [(problem.note, "articles.xml" in problem.message) for problem in reading.problems] == [(True, True)]


@pytest.mark.parametrize("unit", ["@", "a@", "(", "a@b (", " "])
def test_an_endless_author_is_read_in_linear_time(tmp_path: Path, unit: str) -> None:
    def made(size: int) -> Path:
        path = tmp_path / f"{size}.xml"
        by = f"<author>.{unit * (size // len(unit))}.</author>"
        path.write_text(f"<rss><channel><item><guid>c</guid>{by}</item></channel></rss>", encoding="utf-8")
        return path

    assert_in_proportion(made, lambda path: Reading(path, format="feed"), small=5_000, floor=0.03)

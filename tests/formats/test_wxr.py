"""WordPress exports: comments below their post, what is not shown, dates, and HTML in which line breaks count."""

from __future__ import annotations

from pathlib import Path

import pytest

from rejoinder.loaders.formats import wxr
from rejoinder.loaders.sites.wordpress import with_line_breaks
from tests.reading import Reading, written
from tests.timing import assert_in_proportion

HEAD = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.{}/"><channel>'
)
POST = "<title>Newts</title><link>https://pond.example/newts/</link><wp:post_id>4</wp:post_id>"


def comment(name: str = "9", said: str = "Newts are back.", **fields: str) -> str:
    inside = "".join(f"<wp:comment_{key}>{value}</wp:comment_{key}>" for key, value in fields.items())
    body = f"<wp:comment_content><![CDATA[{said}]]></wp:comment_content>"
    return f"<wp:comment><wp:comment_id>{name}</wp:comment_id>{body}{inside}</wp:comment>"


def export(folder: Path, *items: str, version: int = 2) -> Reading:
    whole = HEAD.format(version) + "\n".join(f"<item>{item}</item>" for item in items) + "</channel></rss>"
    return Reading(written(folder, whole, "blog.xml"))


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (HEAD.format(0), True),
        (HEAD.format(2), True),
        ('<rss version="2.0" xmlns:wp="http://example.org/export/1.2/">', False),
        ('<rss version="2.0"><channel><title>http://wordpress.org/export/1.2/</title>', False),
        ('<feed xmlns:wp="http://wordpress.org/export/1.2/">', False),
    ],
)
def test_an_export_is_known_by_its_namespace(head: str, known: bool) -> None:
    assert wxr.recognises(Path("any"), head) is known


@pytest.mark.parametrize("version", [0, 1, 2])
def test_a_comment_stands_below_its_post(tmp_path: Path, version: int) -> None:
    post = POST + "<content:encoded><![CDATA[<p>The newts left.</p>]]></content:encoded><dc:creator>kim</dc:creator>"
    item = post + comment("9", parent="0") + comment("10", parent="9", author=" Bo ")
    result = export(tmp_path, item, version=version)
    assert [(one.id, one.parent, one.author) for one in result.comments] == [
        ("post-4", None, "kim"),
        ("9", "post-4", None),
        ("10", "9", "Bo"),
    ]
    assert [(one.key.site, one.key.id, one.title) for one in result.threads] == [("pond.example", "4", "Newts")]
    assert result.comments[2].url == "https://pond.example/newts/#comment-10"


def test_a_comment_on_a_post_without_words_answers_one_that_is_not_loaded(tmp_path: Path) -> None:
    item = POST + "<content:encoded></content:encoded>" + comment("9", parent="0") + comment("10", parent="9")
    result = export(tmp_path, item)
    assert [(one.id, one.parent, one.addressed) for one in result.comments] == [
        ("9", "post-4", False),
        ("10", "9", True),
    ]


def test_names_and_titles_are_kept_as_html_and_read_as_what_they_say(tmp_path: Path) -> None:
    titled = POST.replace("Newts", "<![CDATA[Newts &#8211; why?]]>")
    result = export(tmp_path, titled + comment(author="<![CDATA[Kim &amp; O&#039;Hara]]>"))
    assert (result.threads[0].title, result.comments[0].author) == ("Newts – why?", "Kim & O'Hara")


def test_the_writer_of_a_post_goes_by_the_name_shown(tmp_path: Path) -> None:
    names = "<wp:author_login>kim</wp:author_login><wp:author_display_name>Kim Poe</wp:author_display_name>"
    post = POST + "<dc:creator>kim</dc:creator><content:encoded>Newts!</content:encoded>" + comment(author="Kim Poe")
    whole = HEAD.format(2) + f"<wp:author>{names}</wp:author><item>{post}</item></channel></rss>"
    result = Reading(written(tmp_path, whole, "blog.xml"))
    assert [one.author for one in result.comments] == ["Kim Poe", "Kim Poe"]


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"approved": "0"}, "comments that wait for approval"),
        ({"approved": "hold"}, "comments that wait for approval"),
        ({"approved": "spam"}, "comments marked as spam"),
        ({"approved": "trash"}, "comments in the bin"),
        ({"approved": "1", "type": "pingback"}, "pingbacks and trackbacks"),
        ({"type": "trackback"}, "pingbacks and trackbacks"),
    ],
)
def test_what_readers_do_not_see_as_a_comment_is_left_out_and_counted(
    tmp_path: Path, fields: dict[str, str], what: str
) -> None:
    result = export(tmp_path, POST + comment("8", **fields) + comment("9", approved="1", type="comment"))
    assert [one.id for one in result.comments] == ["9"]
    assert result.messages == [f"left out {what}: 1, the first on this line"]


@pytest.mark.parametrize(
    ("gmt", "here", "created"),
    [
        ("2021-05-01 06:30:00", "2021-05-01 08:30:00", "2021-05-01T06:30:00Z"),
        ("0000-00-00 00:00:00", "2021-05-01 08:30:00", "2021-05-01T08:30:00"),
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00", "0000-00-00 00:00:00"),
        ("", "in May", "in May"),
        ("", "", None),
    ],
)
def test_dates(tmp_path: Path, gmt: str, here: str, created: str | None) -> None:
    assert export(tmp_path, POST + comment(date_gmt=gmt, date=here)).only().created == created


@pytest.mark.parametrize(
    ("item", "site", "thread"),
    [
        (POST, "pond.example", "4"),
        ("<link>https://pond.example/?p=17</link>", "pond.example", "17"),
        ("<link>https://pond.example/old/</link>", "pond.example", "https://pond.example/old/"),
        ("<link>https://[bad/</link>", "wordpress", "https://[bad/"),
        ("", "wordpress", "post"),
    ],
)
def test_which_thread(tmp_path: Path, item: str, site: str, thread: str) -> None:
    one = export(tmp_path, item + comment()).only()
    assert (one.thread.site, one.thread.id) == (site, thread)


def test_a_post_nobody_commented_on_is_no_thread(tmp_path: Path) -> None:
    assert export(tmp_path, POST + "<content:encoded>Newts!</content:encoded>").found == []


@pytest.mark.parametrize("broken", [comment(said=" "), comment(name=""), comment(said="<!-- nothing -->")])
def test_a_broken_comment_is_one_problem(tmp_path: Path, broken: str) -> None:
    result = export(tmp_path, POST + broken + comment("10"))
    assert [one.id for one in result.comments] == ["10"]
    assert [problem.lost for problem in result.problems] == [True]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("One\nTwo\n\nThree", "One\nTwo\n\nThree"),
        ("One\r\nTwo", "One\nTwo"),
        ("<b>One</b>\n<i>Two</i>", "One\nTwo"),
        ("List:\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nEnd", "List:\n\n- a\n- b\n\nEnd"),
        ("<blockquote>One\nTwo</blockquote>\nNo.", "> One\n> Two\n\nNo."),
        ("<p>One\nTwo</p>\n<p>Three</p>", "One\nTwo\n\nThree"),
        ("One\n<p>Two</p>\nThree\nFour\n\nFive", "One\n\nTwo\n\nThree\nFour\n\nFive"),
        ("<!-- wp:paragraph --><p>One\nTwo</p><!-- /wp:paragraph -->", "One Two"),
        ("<pre>a\n\n  b</pre>\nc", "```\na\n\n  b\n```\n\nc"),
        ('[caption id="x"]<img src="a.png" alt="A newt" /> Seen in May[/caption]', "A newt Seen in May"),
        ("[sic] stays", "[sic] stays"),
        ("<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph -->\n\n<!-- wp:paragraph --><p>Two</p>", "One\n\nTwo"),
    ],
)
def test_line_breaks_count(tmp_path: Path, said: str, text: str) -> None:
    assert export(tmp_path, POST + comment(said=said)).only().text == text


@pytest.mark.parametrize("shape", ["\n", "<li>\n", "[caption ", "<pre>", "<p\n", "<br>\n", "</ul>"])
def test_line_breaks_cost_time_in_proportion(shape: str) -> None:
    assert_in_proportion(lambda size: "a" + shape * (size // len(shape)), with_line_breaks, small=100_000)


def test_an_item_of_many_comments_is_read_comment_by_comment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rejoinder.loaders.containers.xml.LARGEST", 20_000)
    result = export(tmp_path, POST + "".join(comment(str(number)) for number in range(500)))
    assert (len(result.comments), result.problems) == (500, [])

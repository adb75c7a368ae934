"""Topics of Discourse: pages of posts, quotations and their origin, what is deleted, hidden, accepted, or no post."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.loaders import LOADERS
from rejoinder.loaders.bodies import from_markdown
from rejoinder.loaders.bodies.bbcode import as_html
from rejoinder.records import Kind, State
from tests.reading import Reading, reading_of

ASIDE = '<aside class="quote" data-post="{}" data-topic="{}"><div class="title"><img alt="" class="avatar">ana:</div>'


def post(number: int, cooked: str = "<p>The tap drips.</p>", **fields: Any) -> dict[str, Any]:
    """A post of topic 9."""
    return {
        "id": 100 + number,
        "username": "ana",
        "name": "Ana A.",
        "created_at": f"2024-01-{number:02}T10:00:00.000Z",
        "cooked": cooked,
        "post_number": number,
        "post_type": 1,
        "reply_to_post_number": None,
        "topic_id": 9,
        "topic_slug": "taps",
        **fields,
    }


def topic(*posts: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The topic with these posts."""
    stream = fields.pop("stream", [one["id"] for one in posts])
    about = {"id": 9, "title": "Taps", "slug": "taps", "posts_count": len(posts)}
    return {"post_stream": {"posts": list(posts), "stream": stream}, **about, **fields}


def aside(number: int, words: str, of: int = 9) -> str:
    """A box that quotes words of a post, as it is shown."""
    return ASIDE.format(number, of) + f"<blockquote><p>{words}</p></blockquote></aside>"


def test_a_topic_is_a_thread(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path,
        topic(post(1), post(2), post(3, reply_to_post_number="2"), post(4, reply_to_post_number=1)),
    )
    assert [(one.key.site, one.key.id, one.title, one.declared_comments) for one in reading.threads] == [
        ("discourse", "9", "Taps", 4)
    ]
    assert reading.parents == {"1": None, "2": "1", "3": "2", "4": "1"}
    assert (reading.by_id["1"].author, reading.by_id["1"].created) == ("ana", "2024-01-01T10:00:00.000Z")
    assert not reading.problems


@pytest.mark.parametrize(
    ("value", "names"),
    [
        pytest.param(topic(post(1), post(2)), ["1", "2"], id="a topic"),
        pytest.param([topic(post(1))], ["1"], id="a list of topics"),
        pytest.param({"latest_posts": [post(2), post(1)]}, ["2", "1"], id="the latest posts"),
        pytest.param([post(1), post(2)], ["1", "2"], id="a list of posts"),
        pytest.param(post(3), ["3"], id="one post"),
        pytest.param({"post_stream": {"posts": [post(7)]}, "id": 9}, ["7"], id="a page without stream"),
        pytest.param({"post_stream": {"posts": [{"post_number": 1, "raw": "Hi"}]}, "id": 9}, ["1"], id="bare posts"),
    ],
)
def test_containers(value: object, names: list[str], tmp_path: Path) -> None:
    reading = reading_of(tmp_path, value)
    assert (list(reading.by_id), reading.problems) == (names, [])
    assert {comment.thread.id for comment in reading.comments} == {"9"}


def test_what_a_mail_repeated_and_the_way_back_from_a_footnote_are_no_words(tmp_path: Path) -> None:
    folded = '<details class="elided"><summary title="Show trimmed content">···</summary><p>It is wrong.</p></details>'
    back = '<ol><li><p>Mostly. <a href="#footnote-ref-1-1" class="footnote-backref">↩︎</a></p></li></ol>'
    kept = "<details><summary>More</summary><p>It leaks.</p></details>"
    reading = reading_of(tmp_path, topic(post(1, f"<p>It drips.</p>{kept}{folded}{back}")))
    assert reading.only().text == "It drips.\n\nMore\n\nIt leaks.\n\n1. Mostly."


def test_topics_one_after_the_other(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [topic(post(1)), topic(post(1, topic_id=8), id=8, title="Sinks")])
    assert [(one.key.id, one.title) for one in reading.threads] == [("9", "Taps"), ("8", "Sinks")]


@pytest.mark.parametrize(
    ("value", "host"),
    [
        pytest.param(
            topic(
                post(1),
                details={
                    "links": [
                        {"url": "https://taps.example/t/x/1", "internal": True},
                        {"url": "https://other.example", "internal": False},
                    ]
                },
            ),
            "taps.example",
            id="an own link",
        ),
        pytest.param(
            topic(post(1, link_counts=[{"url": "https://taps.example/t/x/1", "internal": True}])),
            "taps.example",
            id="a link of a post",
        ),
        pytest.param(
            topic(post(1, avatar_template="/user_avatar/taps.example/ana/{size}/4_2.png")),
            "taps.example",
            id="an avatar",
        ),
        pytest.param(
            topic(post(1, avatar_template="https://cdn.example/flex/user_avatar/taps.example/ana/{size}/4_2.png")),
            "taps.example",
            id="an avatar elsewhere",
        ),
        pytest.param(
            topic(post(1, '<img src="https://taps.example/letter_avatar/ana/48/5.png">Hi')),
            "taps.example",
            id="a letter",
        ),
        pytest.param(
            topic(post(1, '<img src="https://cdn7.example/letter_avatar/ana/48/5.png">Hi')),
            "discourse",
            id="a letter of a cdn",
        ),
        pytest.param(topic(post(1), details={"links": [{"url": "/t/x/1", "internal": True}]}), "discourse", id="none"),
    ],
)
def test_the_host_is_found_where_the_file_names_it(value: object, host: str, tmp_path: Path) -> None:
    comment = reading_of(tmp_path, value).by_id["1"]
    assert comment.thread.site == host
    assert comment.url == (None if host == "discourse" else "https://taps.example/t/taps/9/1")


@pytest.mark.parametrize(
    ("fields", "declared"),
    [
        pytest.param({}, 2, id="whole"),
        pytest.param({"posts_count": 30, "stream": list(range(101, 131))}, 30, id="cut off"),
        pytest.param({"posts_count": 30}, 30, id="a summary: the stream leaves out most"),
        pytest.param({"posts_count": 1, "stream": [101, 102, 103]}, 3, id="a count that lags behind"),
        pytest.param({"posts_count": None, "stream": None}, None, id="neither"),
    ],
)
def test_how_many_posts_there_are(fields: dict[str, Any], declared: int | None, tmp_path: Path) -> None:
    assert reading_of(tmp_path, topic(post(1), post(2), **fields)).threads[0].declared_comments == declared


@pytest.mark.parametrize("count", [2, 3], ids=["not counted", "counted"])
def test_small_actions_are_left_out_of_posts_and_counts(count: int, tmp_path: Path) -> None:
    closed = post(3, "<p>Closed.</p>", post_type=3, action_code="closed.enabled")
    reading = reading_of(tmp_path, topic(post(1), post(2), closed, posts_count=count))
    assert (list(reading.by_id), reading.threads[0].declared_comments) == (["1", "2"], 2)
    assert [(problem.lost, "small actions" in problem.message) for problem in reading.problems] == [(False, True)]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        pytest.param({"user_deleted": True}, "", id="by the author"),
        pytest.param({"deleted_at": "2024-02-01T00:00:00Z"}, "The tap drips.", id="by staff"),
        pytest.param({"hidden": True, "cooked_hidden": True}, "", id="hidden"),
        pytest.param({"hidden": True, "cooked": ""}, "", id="hidden without words"),
    ],
)
def test_what_is_deleted_or_hidden_stays_in_its_place(fields: dict[str, Any], text: str, tmp_path: Path) -> None:
    reading = reading_of(tmp_path, topic(post(1), post(2, **fields), post(3, reply_to_post_number=2)))
    assert (reading.by_id["2"].states, reading.by_id["2"].text) == ((State.DELETED,), text)
    assert reading.parents["3"] == "2"


@pytest.mark.parametrize(
    ("cooked", "text"),
    [
        pytest.param('<p>Nice <img src="/x.png" class="emoji" alt=":tap:"></p>', "Nice :tap:", id="emoji"),
        pytest.param('<p><a class="mention" href="/u/bo">@bo</a> why?</p>', "@bo why?", id="mention"),
        pytest.param("<details><summary>Log</summary><p>drip</p></details>", "Log\n\ndrip", id="details"),
        pytest.param(
            '<div class="poll"><ul><li>Yes</li></ul><div class="poll-info">3 voters</div></div><p>Vote.</p>',
            "Vote.",
            id="poll",
        ),
        pytest.param(
            '<p>See</p><div class="lightbox-wrapper"><a href="//c.example/a.png"><img alt="a"></a></div>',
            "See",
            id="picture",
        ),
        pytest.param(
            '<aside class="onebox"><header class="source"><a href="https://b.example/x">b.example</a></header>'
            '<article class="onebox-body"><h3>Buy</h3></article></aside><p>This.</p>',
            "b.example\n\nThis.",
            id="preview of a link",
        ),
        pytest.param("<blockquote><p>old</p></blockquote><p>new</p>", "> old\n\nnew", id="a plain quotation"),
        pytest.param('<pre><code class="lang-x">a &lt; b\n</code></pre>', "```\na < b\n```", id="code"),
    ],
)
def test_cooked_words(cooked: str, text: str, tmp_path: Path) -> None:
    reading = reading_of(tmp_path, topic(post(1, cooked)))
    assert (reading.by_id["1"].text, reading.moves) == (text, [])


def test_raw_words_are_read_where_there_are_no_cooked_ones(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, topic(post(1, "", raw="It is the *washer*."), post(2, "<p>A</p>", raw="B")))
    assert [comment.text for comment in reading.comments] == ["It is the washer.", "A"]


def test_a_post_of_pictures_alone_is_left_out(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, topic(post(1), post(2, '<p><img src="x.png"></p>')))
    assert (list(reading.by_id), reading.threads[0].declared_comments) == (["1"], 2)
    assert [(problem.lost, "without words" in problem.message) for problem in reading.problems] == [(False, True)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param('[quote="ana, post:1, topic:9"]\nIt drips.\n[/quote]\nNo.', "> It drips.\n\nNo.", id="quotation"),
        pytest.param("[quote=“ana, post:1”]It drips.[/quote] No.", "> It drips.\n\nNo.", id="on one line, curled"),
        pytest.param(
            '[quote="b"]\n[quote="a"]\none\n[/quote]\ntwo\n[/quote]\nthree', "> > one\n\n> two\n\nthree", id="nested"
        ),
        pytest.param("[quote]\nnever closed", "> never closed", id="never closed"),
        pytest.param(
            "[quote]\n[quote]\n[details]\none\n[/quote]\ntwo\n[/quote]\nthree",
            "> > one\n\n> two\n\nthree",
            id="an end across details closes the innermost quotation",
        ),
        pytest.param("[details]\ndrip\n[/detaıls]\nNo.", "drip\n\nNo.", id="an end with a dotless i"),
        pytest.param("closed [/quote] only", "closed [/quote] only", id="never opened"),
        pytest.param("```\n[quote]\n```", "```\n[quote]\n```", id="in fenced code"),
        pytest.param("the tag `[quote]` is", "the tag `[quote]` is", id="in code"),
        pytest.param('[details="Log"]\ndrip\n[/details]', "Log\n\ndrip", id="details"),
        pytest.param("[poll type=regular]\n* yes\n* no\n[/poll]\nVote.", "Vote.", id="poll"),
        pytest.param("[b]Now[/b] [color=#f00]red[/color]", "Now red", id="looks"),
        pytest.param("![tap|690x388](upload://a1.jpeg)\nthere", "there", id="uploaded picture"),
        pytest.param("[url=https://x.example]this[/url]", "this", id="address"),
    ],
)
def test_raw_markup(raw: str, text: str) -> None:
    assert from_markdown(as_html(raw)).text == text


@pytest.mark.parametrize(
    "part", ['[quote="', "[/quote]", "[url=", "[url]", "`[quote]", "![", "![a](", "![](upload://", "!", "[", "[b"]
)
def test_long_markup_without_an_end_stays_as_it_is(part: str) -> None:
    long = part * (200_000 // len(part))
    assert as_html(long) == long


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        pytest.param("![" * 100_000 + "a](upload://a1.jpeg)", "![" * 99_999, id="beginnings of pictures"),
        pytest.param("![](upload://" * 20_000 + ")", "![](upload://" * 19_999, id="addresses of pictures"),
        pytest.param("![a](upload://a1.jpeg)" * 10_000, "", id="pictures"),
        pytest.param("[b]x" * 50_000, "x" * 50_000, id="bold"),
    ],
)
def test_long_markup_is_read_as_short_markup_is(raw: str, html: str) -> None:
    assert as_html(raw) == html


def test_quotations_name_the_post_they_are_from(tmp_path: Path) -> None:
    words = aside(1, "The tap drips.") + "<p>Not now.</p>" + aside(2, "Then call Bo.") + "<p>He is away.</p>"
    reading = reading_of(tmp_path, topic(post(1), post(2, "<p>Then call Bo.</p>"), post(3, words)))
    assert reading.by_id["3"].text == "> The tap drips.\n\nNot now.\n\n> Then call Bo.\n\nHe is away."
    assert reading.quoted == [("3", "1", "The tap drips."), ("3", "2", "Then call Bo.")]
    assert {platform_move.kind for platform_move in reading.moves} == {Kind.QUOTATION}


def test_a_quotation_within_a_quotation_is_from_elsewhere(tmp_path: Path) -> None:
    inner = aside(1, "The tap drips.")
    words = ASIDE.format(2, 9) + f"<blockquote><p>Look:</p>{inner}<p>So call Bo.</p></blockquote></aside><p>No.</p>"
    reading = reading_of(tmp_path, topic(post(1), post(2), post(3, words)))
    assert reading.quoted == [("3", "2", "Look:"), ("3", "1", "The tap drips."), ("3", "2", "So call Bo.")]
    assert len({platform_move.name for platform_move in reading.moves}) == 3


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(aside(4, "x y z", of=8), id="another topic"),
        pytest.param(aside(2, "The tap drips."), id="the post itself"),
        pytest.param('<aside class="quote"><blockquote><p>x</p></blockquote></aside>', id="nobody knows"),
        pytest.param('<aside class="onebox" data-post="1"><p>x</p></aside>', id="no quotation"),
    ],
)
def test_other_boxes_name_no_post_of_the_topic(words: str, tmp_path: Path) -> None:
    assert reading_of(tmp_path, topic(post(1), post(2, words + "<p>Oh.</p>"))).moves == []


def test_what_is_quoted_may_be_on_another_page(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, topic(post(30, aside(2, "Then call Bo.") + "<p>No.</p>", reply_to_post_number=12)))
    assert (reading.parents, reading.quoted) == ({"30": "12"}, [("30", "2", "Then call Bo.")])


@pytest.mark.parametrize(
    ("on_topic", "on_post"),
    [
        pytest.param({"accepted_answer": {"post_number": 2}}, {}, id="the topic says so"),
        pytest.param({"accepted_answers": [{"post_number": 2}]}, {}, id="of several"),
        pytest.param({"accepted_answer_post_number": 2}, {}, id="by its number"),
        pytest.param({}, {"accepted_answer": True}, id="the post says so"),
        pytest.param({"accepted_answer": {"post_number": 2}}, {"accepted_answer": True}, id="both"),
    ],
)
def test_the_accepted_answer(on_topic: dict[str, Any], on_post: dict[str, Any], tmp_path: Path) -> None:
    reading = reading_of(tmp_path, topic(post(1), post(2, **on_post), post(3), **on_topic))
    assert [(platform_move.kind, platform_move.comment, platform_move.target) for platform_move in reading.moves] == [
        (Kind.ANSWER, "2", "1")
    ]


def test_an_accepted_answer_that_is_not_on_the_page_is_no_fault(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, topic(post(1), accepted_answer={"post_number": 50}, posts_count=60))
    assert (reading.moves, reading.problems) == ([], [])


def test_pages_of_a_topic_make_one_thread(tmp_path: Path) -> None:
    avatar = {"avatar_template": "/user_avatar/taps.example/ana/{size}/4.png"}
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    reading_of(tmp_path, topic(post(1, **avatar), post(2, **avatar), posts_count=3), "1.json")
    reading_of(tmp_path, {"post_stream": {"posts": [post(3, reply_to_post_number=2, **avatar)]}, "id": 9}, "2.json")
    found = Reading(first, second)
    assert found.parents == {"1": None, "2": "1", "3": "2"}
    assert len({comment.thread for comment in found.comments}) == 1


@pytest.mark.parametrize(
    "fields",
    [{"created_at": True}, {"username": 5}, {"reply_count": -1}],
    ids=repr,
)
def test_a_wrong_side_value_is_lost_alone(fields: dict[str, Any], tmp_path: Path) -> None:
    reading = reading_of(tmp_path, topic(post(1), {**post(2), **fields}, post(3)))
    assert (list(reading.by_id), [problem.lost for problem in reading.problems]) == (["1", "2", "3"], [True])


@pytest.mark.parametrize("fields", [{"post_number": "two"}, {"post_number": 0}, {"cooked": 5}], ids=repr)
def test_one_broken_post_is_lost_alone(fields: dict[str, Any], tmp_path: Path) -> None:
    reading = reading_of(tmp_path, topic(post(1), {**post(2), **fields}, post(3)))
    assert (list(reading.by_id), [problem.lost for problem in reading.problems]) == (["1", "3"], [True])


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        pytest.param({"title": 7}, 'expected "title" to be a string, got 7', id="title"),
        pytest.param({"title": ["Taps"]}, 'expected "title" to be a string, got [', id="a list for a title"),
        pytest.param({"slug": {}}, 'expected "slug" to be a string, got {}', id="slug"),
        pytest.param({"posts_count": "2"}, 'expected "posts_count" to be a whole number', id="count"),
    ],
)
def test_a_topic_of_odd_types_loses_none_of_its_posts(fields: dict[str, Any], says: str, tmp_path: Path) -> None:
    reading = reading_of(tmp_path, topic(post(1), post(2), **fields))
    assert list(reading.by_id) == ["1", "2"]
    assert [(problem.lost, problem.line, says in problem.message) for problem in reading.problems] == [(True, 1, True)]
    (thread,) = reading.threads
    assert thread.title == (None if "title" in fields else "Taps")
    assert thread.declared_comments == 2


def test_an_odd_title_that_only_a_post_gives_loses_no_post(tmp_path: Path) -> None:
    posts = [post(1, topic_title=7), post(2, topic_title="Taps")]
    reading = reading_of(tmp_path, {"latest_posts": posts})
    assert list(reading.by_id) == ["1", "2"]
    assert [one.title for one in reading.threads] == [None]
    assert len(reading.problems) == 1


def test_a_topic_without_posts_says_so(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, topic())
    assert [(problem.lost, "got none" in problem.message) for problem in reading.problems] == [(True, True)]


def test_a_post_that_answers_itself_answers_the_topic(tmp_path: Path) -> None:
    assert reading_of(tmp_path, topic(post(1), post(2, reply_to_post_number=2))).parents["2"] == "1"


@pytest.mark.parametrize(
    "text",
    [
        '{"id": "c1", "thread": "t1", "text": "No."}',
        '{"posts": [{"id": 1, "title": "x"}]}',
        '{"topic_list": {"topics": [{"id": 1, "posts_count": 4, "highest_post_number": 4}]}}',
        '[{"raw": "x"}]',
        "words",
    ],
)
def test_other_files_are_not_recognised(text: str) -> None:
    assert not LOADERS["discourse"].recognises(Path("x"), text)

"""The Markdown pages of comments that LessWrong and its sister forums serve, whole, cut and of single comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from rejoinder.loaders import LOADERS
from rejoinder.records import Kind, State
from tests.reading import reading_of

HEAD = """# Comments: Should the market move?

Post URL (Markdown): [/api/post/market](/api/post/market)

Post URL (HTML): [/posts/Pm1/market](/posts/Pm1/market)

Showing {shown} of {all} comments (sort=top).

Reaction user names: included.

"""
FOOT = """### Navigation

*   [Front page](https://www.lesswrong.com/api/home)
*   [Markdown API documentation](https://www.lesswrong.com/api/SKILL.md)"""


def part(name: str, body: str, *, by: str = "[Ada](/users/ada)", parent: str = "", reactions: str = "") -> str:
    """A comment as the page lists it; the body is indented as is."""
    fields = [
        "2024-04-01T10:00:00.000Z",
        "Karma: 3",
        "Voting system: namesAttachedReactions",
        "Total votes: 2",
        *(
            [f"Parent comment (Markdown): [/api/post/market/comments/{parent}](/api/post/market/comments/{parent})"]
            * bool(parent)
        ),
        f"HTML permalink: [/posts/Pm1/market/comment/{name}](/posts/Pm1/market/comment/{name})",
        f"Markdown permalink: [/api/post/market/comments/{name}](/api/post/market/comments/{name})",
    ]
    listed = "\n".join(f"*   {field}" for field in fields)
    return f"### Comment by {by}\n\n{listed}\n\n{reactions}{body}\n\n"


def page(*parts: str, declared: int = 2, foot: str = FOOT) -> str:
    """A whole page."""
    return HEAD.format(shown=len(parts), all=declared) + "".join(parts) + foot


def test_a_page_is_a_thread_of_comments(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, page(part("a1", "\tYes."), part("b2", "\t\tNo.", parent="a1")), "page.md")
    assert [(one.key.site, one.key.id, one.title, one.url, one.declared_comments) for one in reading.threads] == [
        ("www.lesswrong.com", "Pm1", "Should the market move?", "https://www.lesswrong.com/posts/Pm1/market", 3)
    ]
    assert reading.parents == {"a1": "Pm1", "b2": "a1"}
    comment = reading.by_id["b2"]
    assert (comment.text, comment.author, comment.created) == ("No.", "Ada", "2024-04-01T10:00:00.000Z")
    assert comment.url == "https://www.lesswrong.com/posts/Pm1/market/comment/b2"
    assert reading.lines == [11, 22]
    assert not reading.problems


def test_without_the_foot_the_host_is_not_known(tmp_path: Path) -> None:
    comment = reading_of(tmp_path, page(part("a1", "\tYes."), foot=""), "page.md").by_id["a1"]
    assert (comment.thread.site, comment.url) == ("forummagnum", None)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("\tOne.\n\t\n\tTwo.", "One.\n\nTwo.", id="paragraphs"),
        pytest.param("\t> A claim.\n\t\n\tNo.", "> A claim.\n\nNo.", id="a quotation"),
        pytest.param("\t### Stalls\n\t\n\t*   one\n\t*   two", "Stalls\n\n- one\n- two", id="a heading and items"),
        pytest.param("\t```\n\tif x:\n\t    y\n\t```", "```\nif x:\n    y\n```", id="code"),
        pytest.param(
            "\t### Comment by [me](/users/me)\n\tnot one", "Comment by me\n\nnot one", id="a heading like ours"
        ),
        pytest.param("Not indented at all.", "Not indented at all.", id="no tabs, as pages once were"),
        pytest.param("\t*   agree: 3 (Bo)", "- agree: 3 (Bo)", id="an item like a reaction"),
    ],
)
def test_bodies(body: str, text: str, tmp_path: Path) -> None:
    assert reading_of(tmp_path, page(part("a1", body)), "page.md").by_id["a1"].text == text


@pytest.mark.parametrize(
    ("by", "author"),
    [
        ("[Ada](/users/ada)", "Ada"),
        (r"[old\_baker \[Bo\]](/users/old-baker)", "old_baker [Bo]"),
        (r"\[Anonymous\]", None),
    ],
)
def test_authors(by: str, author: str | None, tmp_path: Path) -> None:
    assert reading_of(tmp_path, page(part("a1", "\tYes.", by=by)), "page.md").by_id["a1"].author == author


def test_a_comment_without_a_body_is_deleted(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path, page(part("a1", "\t_[No comment body available]_"), part("b2", "\tOh.", parent="a1")), "p.md"
    )
    assert (reading.by_id["a1"].text, reading.by_id["a1"].states) == ("", (State.DELETED,))
    assert reading.parents["b2"] == "a1"


def test_reactions_whose_authors_are_named_are_moves(tmp_path: Path) -> None:
    reactions = (
        "Reactions (whole comment):\n\n*   agree: 2 (Bo, tram\\_fan)\n*   insightful: 1 (Bo)\n"
        "*   disagree: 1 (Bo, Cy, Di)\n"
        "*   why: 4\n\nReactions by quoted text:\n\n"
        '*   "the rent is \\[too\\] high..."\n    \n    *   locallyInvalid: 1 (Cy)\n    *   crux: 1 (Di)\n\n'
    )
    reading = reading_of(
        tmp_path, page(part("a1", "\tMove it, the rent is [too] high there.", reactions=reactions)), "p.md"
    )
    assert [
        (platform_move.kind, platform_move.author, platform_move.exact, platform_move.target)
        for platform_move in reading.moves
    ] == [
        (Kind.SUPPORT, "Bo", None, "a1"),
        (Kind.SUPPORT, "tram_fan", None, "a1"),
        (Kind.UNDERCUT, "Cy", "the rent is [too] high", "a1"),
        (Kind.MOVE, "Di", "the rent is [too] high", "a1"),
    ]
    assert reading.by_id["a1"].text == "Move it, the rent is [too] high there."


POST_PAGE = """# Should the market move?

*   By [Ada](/users/ada), [Bo](/users/bo)
*   2024-03-31T10:00:00.000Z
*   12 points
*   Personal Blog
*   Comments: {all}
*   Post URL (HTML): [https://www.lesswrong.com/posts/Pm1/market](https://www.lesswrong.com/posts/Pm1/market)
*   Post URL (Markdown): [https://www.lesswrong.com/api/post/market](https://www.lesswrong.com/api/post/market)
*   Comments URL (Markdown): [/api/post/market/comments](/api/post/market/comments)

The square is **empty** on Tuesdays.

Comments
--------

is what the sign says.

"""


@pytest.mark.parametrize("heading", ["Comments\n--------\n\n", "## Comments\n\n"])
def test_a_page_of_the_post_begins_with_it(heading: str, tmp_path: Path) -> None:
    text = POST_PAGE.format(all=1) + heading + "Showing 1 of 1 comments (sort=top).\n\n" + part("a1", "\tYes.") + FOOT
    reading = reading_of(tmp_path, text, "post.md")
    assert reading.parents == {"Pm1": None, "a1": "Pm1"}
    post = reading.by_id["Pm1"]
    assert post.text == "The square is empty on Tuesdays.\n\nComments\n\nis what the sign says."
    assert (post.author, post.created) == ("Ada", "2024-03-31T10:00:00.000Z")
    assert reading.threads[0].declared_comments == 2


def test_links_in_the_words_do_not_name_the_post_or_its_host(tmp_path: Path) -> None:
    body = "\tAs [they](https://forum.effectivealtruism.org/posts/Zz9/stalls) say."
    reading = reading_of(tmp_path, page(part("a1", body)), "page.md")
    assert (reading.by_id["a1"].thread.site, reading.by_id["a1"].thread.id) == ("www.lesswrong.com", "Pm1")


def test_an_index_of_comments_has_no_words(tmp_path: Path) -> None:
    text = POST_PAGE.format(all=9) + "Top Comments Index\n------------------\n\n" + part("a1", "") + FOOT
    reading = reading_of(tmp_path, text, "post.md")
    assert list(reading.by_id) == ["Pm1"]
    assert [(problem.lost, "without words" in problem.message) for problem in reading.problems] == [(False, True)]


def test_the_page_of_one_comment(tmp_path: Path) -> None:
    route = "/api/post/market/comments"
    head = f"# Comment on Should the market move?\n\nFull comments page: [{route}]({route})\n\n"
    reading = reading_of(tmp_path, head + part("b2", "\tNo.", parent="a1") + FOOT, "one.md")
    assert (reading.threads[0].title, reading.parents) == ("Should the market move?", {"b2": "a1"})


def test_a_page_without_comments_says_so(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, page(declared=0), "page.md")
    assert [(problem.lost, "without any" in problem.message) for problem in reading.problems] == [(True, True)]


@pytest.mark.parametrize(
    "text",
    [
        "### Comment by [@bo](https://github.example/bo) on 2024-01-01\n\nLooks good.\n",
        "# Comments\n\nI have many comments.\n",
        "The page has a `Markdown permalink: [` line.\n",
    ],
)
def test_other_markdown_is_not_recognised(text: str) -> None:
    assert not LOADERS["forummagnum_page"].recognises(Path("x.md"), text)


def test_a_page_cut_into_pieces_is_recognised_by_its_comments() -> None:
    assert LOADERS["forummagnum_page"].recognises(Path("x.md"), "ing tail of a comment.\n\n" + part("a1", "\tYes."))

"""The data dump of Stack Exchange: Posts.xml and Comments.xml."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from rejoinder.loaders.formats import stackexchange_xml
from rejoinder.records import PlatformMove
from tests.formats.test_stackexchange import answer, api, comment, question
from tests.reading import Reading, written


def rows(root: str, *several: dict[str, str]) -> str:
    lines = (" ".join(f'{name}="{escape(value)}"' for name, value in one.items()) for one in several)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<{root}>\n'
        + "".join(f"<row {line} />\n" for line in lines)
        + f"</{root}>"
    )


ASKED = {
    "Id": "1",
    "PostTypeId": "1",
    "Body": "<p>Why?</p>",
    "Title": "Why?",
    "CreationDate": "2012-03-04T05:06:07.890",
}
GIVEN = {"Id": "2", "PostTypeId": "2", "ParentId": "1", "Body": "<p>So.</p>"}
SAID = {"Id": "5", "PostId": "2", "Text": "Hm.", "CreationDate": "2012-03-04T05:06:07.890"}


def dump(folder: Path, posts: list[dict[str, str]], comments: list[dict[str, str]], *, users: str = "") -> Path:
    home = folder / "cooking.stackexchange.com"
    home.mkdir()
    written(home, rows("posts", *posts), "Posts.xml")
    written(home, rows("comments", *comments), "Comments.xml")
    if users:
        written(home, users, "Users.xml")
    return home


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (rows("posts", ASKED), True),
        (rows("comments", SAID), True),
        (rows("posts", {"Id": "1"}), False),
        (rows("users", {"Id": "1", "DisplayName": "Kim"}), True),
        (rows("users", {"Name": "Kim"}), False),
        (rows("people", {"Id": "1", "PostTypeId": "1"}), False),
        ('<posts><post PostTypeId="1"/></posts>', False),
        ("", False),
    ],
)
def test_the_files_of_a_dump_that_hold_words_are_known(head: str, known: bool) -> None:
    assert stackexchange_xml.recognises(Path("any"), head) is known


def test_posts_and_comments_come_together(tmp_path: Path) -> None:
    asked = ASKED | {"AnswerCount": "1", "CommentCount": "0", "AcceptedAnswerId": "2"}
    home = dump(tmp_path, [asked, GIVEN | {"CommentCount": "1"}], [SAID])
    result = Reading(home / "Comments.xml", home / "Posts.xml")
    assert result.problems == []
    assert [(one.id, one.parent, one.thread.id, one.declared_replies) for one in result.comments] == [
        ("comment5", "2", "1", None),
        ("1", None, "1", 1),
        ("2", "1", "1", 1),
    ]
    assert [one.declared_comments for one in result.threads] == [None, 3]
    assert [(platform_move.comment, platform_move.target) for platform_move in result.moves] == [("2", "1")]
    assert {one.thread.site for one in result.comments} == {"cooking.stackexchange.com"}
    assert result.comments[0].created == "2012-03-04T05:06:07.890Z"


def test_an_accepted_answer_may_stand_before_its_question(tmp_path: Path) -> None:
    home = dump(tmp_path, [GIVEN, ASKED | {"AcceptedAnswerId": "2"}], [SAID])
    assert [type(platform_move) for platform_move in Reading(home / "Posts.xml").moves] == [PlatformMove]


@pytest.mark.parametrize(
    ("fields", "author"),
    [
        ({"OwnerUserId": "3"}, "Kim Poe"),
        ({"OwnerUserId": "4"}, "user4"),
        ({"OwnerUserId": "4", "OwnerDisplayName": "Bo"}, "Bo"),
        ({"OwnerDisplayName": "user99"}, "user99"),
        ({}, None),
    ],
)
def test_names_come_from_the_users_beside(tmp_path: Path, fields: dict[str, str], author: str | None) -> None:
    home = dump(tmp_path, [ASKED | fields], [], users=rows("users", {"Id": "3", "DisplayName": "Kim Poe"}))
    assert Reading(home / "Posts.xml").only().author == author


def test_the_other_files_of_a_dump_say_nothing(tmp_path: Path) -> None:
    result = Reading(written(tmp_path, rows("votes", {"Id": "1", "PostId": "2"}), "Votes.xml"))
    assert (result.found, [problem for problem in result.problems if problem.lost]) == ([], [])


def test_comments_without_posts_beside_them_say_what_is_missing(tmp_path: Path) -> None:
    result = Reading(written(tmp_path, rows("comments", SAID), "Comments.xml"))
    assert result.found == []
    assert "expected Posts.xml in the same folder" in result.messages[0]


def test_what_is_no_question_or_answer_is_left_out_and_counted(tmp_path: Path) -> None:
    home = dump(tmp_path, [ASKED, {"Id": "3", "PostTypeId": "5", "Body": "About."}], [SAID | {"PostId": "3"}])
    assert Reading(home / "Posts.xml", home / "Comments.xml").messages == [
        "left out posts that are neither a question nor an answer: 1, the first on this line",
        "left out comments on posts that are neither a question nor an answer of Posts.xml: 1, the first on this line",
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (GIVEN | {"Body": ""}, '"Body"'),
        (GIVEN | {"Body": "<p></p>"}, '"Body"'),
        (GIVEN | {"Id": " "}, '"Id"'),
    ],
)
def test_a_broken_row_is_one_problem_with_its_line(tmp_path: Path, row: dict[str, str], said: str) -> None:
    home = dump(tmp_path, [row, ASKED], [])
    result = Reading(home / "Posts.xml")
    assert [one.id for one in result.comments] == ["1"]
    assert [(problem.line, problem.lost, said in problem.message) for problem in result.problems] == [(3, True, True)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("use `List<T>` *now*", "use `List<T>` now"),
        ("a < b & c > d, see <T>", "a < b & c > d, see <T>"),
        ("@kim see [this](https://k.example)", "@kim see this"),
    ],
)
def test_a_comment_is_markdown_in_which_tags_are_no_tags(tmp_path: Path, text: str, shown: str) -> None:
    home = dump(tmp_path, [ASKED, GIVEN], [SAID | {"Text": text}])
    assert Reading(home / "Comments.xml").only().text == shown


def test_a_packed_dump_and_one_of_an_unknown_site(tmp_path: Path) -> None:
    import gzip

    home = tmp_path / "some.folder"
    home.mkdir()
    written(home, gzip.compress(rows("posts", ASKED, GIVEN).encode()), "Posts.xml.gz")
    one = Reading(written(home, rows("comments", SAID), "Comments.xml")).only()
    assert (one.thread.site, one.thread.id, one.url) == ("stackexchange", "1", None)


BLANK: list[object] = ["", " ", None, [], {}, True]


@pytest.mark.parametrize("value", BLANK, ids=repr)
def test_what_has_a_blank_id_is_lost_alone(tmp_path: Path, value: object) -> None:
    item = question(comments=[comment(comment_id=value)], answers=[answer(answer_id=value), answer()])
    found = api(tmp_path, item, answer(question_id=value))
    assert list(found.by_id) == ["7", "8"]
    assert len([problem for problem in found.problems if problem.lost]) == 3


def test_ids_hold_only_characters_that_a_store_takes(tmp_path: Path) -> None:
    found = api(tmp_path, question(question_id="7\ud800", answers=[answer(answer_id="\udfff8")]))
    assert found.parents == {"7\ufffd": None, "\ufffd8": "7\ufffd"}
    assert [problem.lost for problem in found.problems] == [False]

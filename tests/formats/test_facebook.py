"""Comments of one person that Facebook and Instagram give to download: their lists, their letters and their names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.loaders.formats import facebook
from rejoinder.records import ThreadKey
from tests.reading import Reading, known_as, reading_of, written
from tests.timing import assert_in_proportion

TIME = 1714550400


def said(words: object, when: object = TIME, **more: object) -> dict[str, Any]:
    comment = {"timestamp": when, "comment": words, "author": "Ida Lund", **more}
    return {"timestamp": when, "data": [{"comment": comment}], "title": "Ida Lund commented on a post."}


def shown(words: object, when: object = TIME, owner: object = "lund") -> dict[str, Any]:
    parts = {"Comment": {"value": words}, "Media Owner": {"value": owner}, "Time": {"timestamp": when}}
    return {"media_list_data": [{"uri": ""}], "string_map_data": parts}


GERMAN = {"Kommentar": {"value": "Nein."}, "Inhaber": {"value": "lund"}, "Zeit": {"timestamp": TIME}}
LISTS: dict[str, tuple[object, ThreadKey]] = {
    "comments": ({"comments_v2": [said("No.")]}, ThreadKey("facebook", "Ida Lund")),
    "comments in groups": ({"group_comments_v2": [said("No.", group="Boats")]}, ThreadKey("facebook", "Boats")),
    "an older download": ({"comments": [said("No.")]}, ThreadKey("facebook", "Ida Lund")),
    "nobody": ({"comments_v2": [said("No.", author=None)]}, ThreadKey("facebook", "comments")),
    "Instagram": ([shown("No.")], ThreadKey("instagram", "lund")),
    "Instagram, of one comment": (shown("No."), ThreadKey("instagram", "lund")),
    "Instagram, of short films": ({"comments_reels_comments": [shown("No.")]}, ThreadKey("instagram", "lund")),
    "Instagram, of nobody": ([shown("No.", owner=" ")], ThreadKey("instagram", "comments")),
    "Instagram in German": ([{"media_list_data": [], "string_map_data": GERMAN}], ThreadKey("instagram", "lund")),
}


@pytest.mark.parametrize(("content", "key"), LISTS.values(), ids=LISTS)
def test_lists_of_comments(tmp_path: Path, content: object, key: ThreadKey) -> None:
    comment = reading_of(tmp_path, content).only()
    assert (comment.thread, comment.id, comment.created, comment.addressed) == (
        key,
        str(TIME),
        "2024-05-01T08:00:00Z",
        False,
    )
    assert known_as(tmp_path / "export.json") == "facebook"


LETTERS = {
    "taken for Latin-1": ("Caf\u00c3\u00a9 \u00f0\u009f\u009a\u008b", "Café 🚋"),
    "as they should be": ("Café 🚋", "Café 🚋"),
    "of Latin-1": ("Café", "Café"),
    "cut off": ("Caf\u00c3", "Caf\u00c3"),
    "with a control character": ("Caf\u00c3\u00a9\x01", "Café\ufffd"),
}


@pytest.mark.parametrize(("words", "text"), LETTERS.values(), ids=LETTERS)
def test_letters_are_put_right(tmp_path: Path, words: str, text: str) -> None:
    reading = reading_of(tmp_path, {"comments_v2": [said(words, author=words, group=words)]})
    (comment,) = reading.comments
    assert (comment.text, comment.author, comment.thread.id) == (text, text, text)
    assert [one.title for one in reading.threads] == [text]


def test_comments_of_one_second_have_names_of_their_own(tmp_path: Path) -> None:
    comments = [said("No."), said("Yes."), said("No."), said("No.", group="Boats"), said("No.", TIME + 1)]
    reading = reading_of(tmp_path, {"comments_v2": comments})
    assert [(comment.thread.id, comment.id) for comment in reading.comments] == [
        ("Ida Lund", f"{TIME}"),
        ("Ida Lund", f"{TIME}-2"),
        ("Ida Lund", f"{TIME}"),
        ("Boats", f"{TIME}"),
        ("Ida Lund", f"{TIME + 1}"),
    ]


def test_what_has_no_words_is_counted_and_what_is_wrong_is_lost_alone(tmp_path: Path) -> None:
    wordless = [
        {"timestamp": TIME, "title": "Ida Lund likes it."},
        said(" "),
        said(7),
        {"timestamp": TIME, "data": [7]},
    ]
    wrong = [said("No.", None), said("No.", "yesterday"), said("No.", True), 7]
    reading = reading_of(tmp_path, {"comments_v2": [*wordless, *wrong, said("No.")]})
    assert [comment.text for comment in reading.comments] == ["No."]
    assert reading.messages == [
        'expected "timestamp" of the comment (seconds since 1970), which is its name, got None',
        "expected \"timestamp\" of the comment (seconds since 1970), which is its name, got 'yesterday'",
        'expected "timestamp" of the comment (seconds since 1970), which is its name, got True',
        "expected a comment (an object), got 7",
        "left out comments without words: 4, the first on this line",
    ]


@pytest.mark.parametrize(
    "head",
    [
        '{"comments": [{"id": 1, "text": "No."}]}',
        '{"likes_media_likes": [{"string_list_data": [{"timestamp": 1}]}]}',
        '{"profile_user": [{"media_map_data": {}, "string_map_data": {"Name": {"value": "Ida"}}}]}',
    ],
)
def test_other_files_are_none(head: str) -> None:
    assert facebook.recognises(Path("any"), head) is False


def test_many_comments_of_one_second_cost_time_in_proportion(tmp_path: Path) -> None:
    def made(size: int) -> Path:
        return written(tmp_path, {"comments_v2": [said(f"No {n}.") for n in range(size)]}, f"{size}.json")

    assert_in_proportion(made, Reading, small=1000)

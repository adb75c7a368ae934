"""YouTube's API and yt-dlp name the same comments alike; what either leaves out, or writes oddly, is told or read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.errors import LoadError
from rejoinder.loaders.formats.youtube import NO_VIDEO
from rejoinder.records import ThreadKey
from tests.formats.test_golden import FOLDER
from tests.reading import Reading, known_as, written

API, INFO = FOLDER / "youtube.json", FOLDER / "ytdlp.info.json"


def reply(name: str, parent: str | None = None, video: str | None = "v1", **snippet: Any) -> dict[str, Any]:
    about = {"parentId": parent, "videoId": video, "textOriginal": "It leaks.", "authorDisplayName": "@mia", **snippet}
    return {"kind": "youtube#comment", "id": name, "snippet": about}


def test_both_give_the_same_comments() -> None:
    api, info = Reading(API), Reading(INFO)
    shared = api.by_id.keys() & info.by_id.keys()
    assert shared == {"UgxTop1", "UgxTop1.r1", "UgxTop1.r2"}
    for name in shared:
        comment, other = api.by_id[name], info.by_id[name]
        assert (
            comment.thread,
            comment.parent,
            comment.author,
            comment.created,
            comment.text,
            comment.url,
            comment.addressed,
        ) == ((other.thread, other.parent, other.author, other.created, other.text, other.url, other.addressed))


def test_what_answers_no_comment_is_about_the_video_which_is_not_loaded() -> None:
    for reading in (Reading(API), Reading(INFO)):
        (thread,) = reading.threads
        assert {comment.parent for comment in reading.comments if comment.id in ("UgxTop1", "UgxTop2")} == {
            thread.key.id
        }


def test_a_reply_by_name_leaves_its_words_to_tell() -> None:
    assert {comment.id: comment.addressed for comment in Reading(API).comments}["UgxTop1.r2"] is False


def test_replies_of_comments_list_are_in_the_video_of_their_parent(tmp_path: Path) -> None:
    pages = [{"items": [reply("a")]}, {"items": [reply("a.b", "a", None), reply("a.c", "gone", None)]}]
    reading = Reading(written(tmp_path, pages, "pages.json"))
    assert [(comment.thread, comment.parent) for comment in reading.comments] == [
        (ThreadKey("youtube.com", "v1"), "v1"),
        (ThreadKey("youtube.com", "v1"), "a"),
    ]
    assert reading.messages == [NO_VIDEO]


CHANNEL = "UCgarden0000000000000000"


def test_a_reply_is_in_no_thread_of_its_channel(tmp_path: Path) -> None:
    opening, lost = reply("a", None, None, channelId=CHANNEL), reply("b.c", "b", None, channelId=CHANNEL)
    thread = {"snippet": {"topLevelComment": opening}, "replies": {"comments": [reply("a.d", None, None)]}}
    reading = Reading(written(tmp_path, {"items": [thread, lost]}, "pages.json"))
    assert [one.url for one in reading.threads] == [f"https://www.youtube.com/channel/{CHANNEL}"]
    assert [(comment.id, comment.thread.id, comment.parent, comment.url) for comment in reading.comments] == [
        ("a", CHANNEL, None, None),
        ("a.d", CHANNEL, "a", None),
    ]
    assert reading.messages == [NO_VIDEO]


def test_ids_are_quoted_in_links(tmp_path: Path) -> None:
    comment = Reading(written(tmp_path, {"items": [reply("a b&c", video="v#1")]}, "page.json")).only()
    assert comment.url == "https://www.youtube.com/watch?v=v%231&lc=a%20b%26c"


def test_only_what_opens_a_thread_has_its_count() -> None:
    assert {comment.id: comment.declared_replies for comment in Reading(API).comments} == {
        "UgxTop1": 3,
        "UgxTop1.r1": None,
        "UgxTop1.r2": None,
        "UgxTop2": 0,
    }


DISPLAYED = {
    "It leaks.<br>Much &amp; often.": "It leaks.\nMuch & often.",
    "5 < 7\nand 7 > 5": "5 < 7\nand 7 > 5",
}


@pytest.mark.parametrize(("display", "text"), DISPLAYED.items())
def test_displayed_words_are_html_or_plain(tmp_path: Path, display: str, text: str) -> None:
    one = reply("a", textOriginal=None, textDisplay=display)
    assert Reading(written(tmp_path, {"items": [one]}, "page.json")).only().text == text


def test_an_info_file_is_known_by_its_formats(tmp_path: Path) -> None:
    about = {"id": "v1", "title": "Pumps", "formats": [{"format_id": "18"}], "comments": []}
    assert known_as(written(tmp_path, about, "v1.info.json")) == "ytdlp"
    with pytest.raises(LoadError):
        known_as(written(tmp_path, {**about, "formats": [{"format": "18"}]}, "v2.info.json"))


def test_an_info_file_without_comments_says_how_to_get_them(tmp_path: Path) -> None:
    about = {"id": "v1", "title": "Pumps", "webpage_url": "https://www.youtube.com/watch?v=v1", "extractor": "youtube"}
    (message,) = Reading(written(tmp_path, about, "v1.info.json")).messages
    assert "--write-comments" in message


def test_another_site_keeps_its_host_and_links(tmp_path: Path) -> None:
    comment = {"id": 7, "html": "It <b>leaks</b>.", "author": "mia", "parent": "root", "url": "https://films.example/7"}
    about = {"id": "v1", "title": "Pumps", "webpage_url": "https://films.example/v1", "extractor": "films"}
    one = Reading(written(tmp_path, {**about, "comments": [comment]}, "v1.info.json")).only()
    assert (one.thread, one.parent, one.url) == (ThreadKey("films.example", "v1"), "v1", "https://films.example/7")
    assert one.text.strip() == "It leaks."

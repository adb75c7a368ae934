"""Google Takeout's comments of YouTube: words plain or in JSON, whole or in pieces, and what they answer."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from rejoinder.loaders.formats import youtube_takeout
from rejoinder.loaders.formats.youtube_takeout import NO_VIDEO
from rejoinder.records import ThreadKey
from tests.reading import Reading, known_as, reading_of, written
from tests.timing import assert_in_proportion

COLUMNS: tuple[str, ...] = ("Comment ID", "Channel ID", "Comment Create Timestamp", "Price", "Parent Comment ID")
COLUMNS += ("Post ID", "Video ID", "Comment Text", "Top-Level Comment ID")
ROW = {"Comment ID": "a", "Channel ID": "UCmia", "Video ID": "v1", "Comment Text": "It leaks."}


def table(*given: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows({**ROW, **one} for one in given)
    return out.getvalue()


def comments(folder: Path, *given: dict[str, str]) -> Reading:
    return reading_of(folder, table(*given), "comments.csv")


URL = "https://kettles.example/lids"
WORDS: dict[str, tuple[str, str, list[str]]] = {
    "plain": ("No, it leaks.", "No, it leaks.", []),
    "one object": ('{"text":"No, it leaks."}', "No, it leaks.", []),
    "several": ('{"text":"\\u003e It leaks."},{"text":"\\n"},{"text":"No."}', "> It leaks.\nNo.", []),
    "several with a space between": ('{"text":"No, "}, {"text":"it leaks."}', "No, it leaks.", []),
    "segments": ('{"takeoutSegments":[{"text":"No, "},{"text":"it leaks."}]}', "No, it leaks.", []),
    "a link": (f'{{"text":"See "}},{{"text":"here","link":{{"linkUrl":"{URL}"}}}}', "See here", [URL]),
    "a bare link": (f'{{"text":"See {URL}."}}', f"See {URL}.", [URL]),
    "a link to nowhere": ('{"text":"See","link":{"linkUrl":"javascript:no"}}', "See", []),
    "a link that is none": ('{"text":"See","link":[7]}', "See", []),
    "JSON of something else": ('{"a": 1}', '{"a": 1}', []),
    "a brace": ("{sighs} It leaks.", "{sighs} It leaks.", []),
    "JSON that breaks off": ('{"text":"It lea', '{"text":"It lea', []),
    "a text that is none": ('{"text":7}', '{"text":7}', []),
    "deep": ("{" + '"a":{' * 3000, "{" + '"a":{' * 3000, []),
}


@pytest.mark.parametrize(("written_so", "text", "links"), WORDS.values(), ids=WORDS)
def test_the_words(tmp_path: Path, written_so: str, text: str, links: list[str]) -> None:
    comment = comments(tmp_path, {"Comment Text": written_so}).only()
    assert (comment.text, [link.url for link in comment.links]) == (text, links)


ABOVE: dict[str, tuple[dict[str, str], str | None, bool]] = {
    "the video": ({}, "v1", True),
    "a comment": ({"Parent Comment ID": "b"}, "b", True),
    "a comment, by the top of its replies": ({"Top-Level Comment ID": "b"}, "b", True),
    "a reply": ({"Parent Comment ID": "b.c", "Top-Level Comment ID": "b"}, "b.c", True),
    "the video, and is itself the top": ({"Top-Level Comment ID": "a"}, "v1", True),
    "somebody by name": ({"Parent Comment ID": "b", "Comment Text": "@bo No."}, "b", False),
}


@pytest.mark.parametrize(("row", "parent", "addressed"), ABOVE.values(), ids=ABOVE)
def test_what_is_answered(tmp_path: Path, row: dict[str, str], parent: str | None, addressed: bool) -> None:
    comment = comments(tmp_path, row).only()
    assert (comment.thread, comment.parent, comment.addressed) == (ThreadKey("youtube.com", "v1"), parent, addressed)


def test_a_post_is_a_thread_too(tmp_path: Path) -> None:
    reading = comments(tmp_path, {"Video ID": "", "Post ID": "p&1"})
    assert [one.url for one in reading.threads] == ["https://www.youtube.com/post/p%261"]
    assert reading.only().url == "https://www.youtube.com/post/p%261?lc=a"


def test_a_row_that_is_no_comment_is_lost_alone(tmp_path: Path) -> None:
    rows = [{"Video ID": ""}, {"Comment ID": ""}, {"Comment Text": ""}, {"Comment Text": '{"text":" "}'}, {}]
    reading = comments(tmp_path, *rows)
    assert [comment.id for comment in reading.comments] == ["a"]
    assert [(problem.line, problem.lost) for problem in reading.problems] == [
        (2, True),
        (3, True),
        (4, True),
        (5, True),
    ]
    assert reading.messages[0] == NO_VIDEO


OLD = "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text\n"
HEADS = [(OLD, True), ("Live Chat ID,Video ID,Live Chat Text\n", False), ("Comment ID,Comment Text\n", False)]


@pytest.mark.parametrize(("head", "known"), HEADS)
def test_its_columns_are_known(head: str, known: bool) -> None:
    assert youtube_takeout.recognises(Path("comments.csv"), head + "a,b,c,d,e,f,g\n") is known


GERMAN = (
    "Kommentar-ID,Kanal-ID,Zeitstempel der Erstellung des Kommentars,Preis,Übergeordnete Kommentar-ID,Beitrags-ID,"
    "Video-ID,Kommentartext,Kommentar-ID der obersten Ebene"
)
JAPANESE = "コメント ID,チャンネル ID,コメントの作成日時,価格,親コメント ID,動画 ID,コメントのテキスト"
ONE, TWO, ME, WHEN = (
    "UgxTopTopTopTopTop4AaABAg",
    "UgxTopTopTopTopTop4AaABAg.9iwJ",
    f"UC{'m' * 22}",
    "2025-03-01T09:00:00.4+00:00",
)
TRANSLATED: dict[str, tuple[str, list[str]]] = {
    "German": (
        GERMAN,
        [f"{ONE},{ME},{WHEN},0,,,vKettle_001,It leaks.,", f"{TWO},{ME},{WHEN},0,{ONE},,vKettle_001,No.,{ONE}"],
    ),
    "Japanese, of some years ago": (
        JAPANESE,
        [f"{ONE},{ME},{WHEN},0,,vKettle_001,It leaks.", f"{TWO},{ME},{WHEN},,{ONE},vKettle_001,No."],
    ),
    "with the top and no post": (
        "a,b,c,d,e,f,g,h",
        [f"{ONE},{ME},{WHEN},0,,vKettle_001,It leaks.,", f"{TWO},{ME},{WHEN},0,{ONE},vKettle_001,No.,{ONE}"],
    ),
    "the id in the fourth column": (
        "a,b,c,d,e,f,g,h,i",
        [f"{ME},{WHEN},0,{ONE},,,vKettle_001,It leaks.,", f"{ME},{WHEN},0,{TWO},{ONE},,vKettle_001,No.,{ONE}"],
    ),
    "English in lower case": (
        "Comment ID,Channel ID,Comment create timestamp,Price,Parent comment ID,Video ID,Comment text",
        [f"{ONE},{ME},{WHEN},0,,vKettle_001,It leaks.", f"{TWO},{ME},{WHEN},,{ONE},vKettle_001,No."],
    ),
}


@pytest.mark.parametrize(("head", "rows"), TRANSLATED.values(), ids=TRANSLATED)
def test_columns_in_another_language_are_known_by_what_they_hold(tmp_path: Path, head: str, rows: list[str]) -> None:
    path = written(tmp_path, "\n".join([head, *rows, ""]), "Kommentare.csv")
    assert known_as(path) == "youtube_takeout"
    reading = Reading(path)
    assert [(comment.id, comment.parent, comment.author, comment.text) for comment in reading.comments] == [
        (ONE, "vKettle_001", ME, "It leaks."),
        (TWO, ONE, ME, "No."),
    ]
    assert {(comment.thread, comment.created) for comment in reading.comments} == {
        (ThreadKey("youtube.com", "vKettle_001"), WHEN)
    }
    assert reading.problems == []


def test_columns_are_known_wherever_the_beginning_of_the_file_ends() -> None:
    rows = [f'{TWO},{ME},{WHEN},0,{ONE},,vKettle_001,"No, it leaks.",{ONE}'] * 2
    whole = "\n".join([GERMAN, *rows])
    assert all(youtube_takeout.recognises(Path("a.csv"), whole[:-cut]) for cut in range(1, len(rows[0])))


@pytest.mark.parametrize(
    "row",
    [
        f"{ONE},{ME},{WHEN},0,,,,It leaks.,",
        f"{ONE},Mia,{WHEN},0,,,vKettle_001,No.,",
        f"{ONE},{ME},May,0,,,vKettle_001,No.,",
    ],
    ids=["on nothing", "a name", "no date"],
)
def test_other_tables_are_not_taken_for_it(row: str) -> None:
    assert not youtube_takeout.recognises(Path("Kommentare.csv"), f"{GERMAN}\n{row}\n")


def test_many_pieces_take_time_in_proportion(tmp_path: Path) -> None:
    def made(size: int) -> Path:
        pieces = ",".join(['{"text":"No ","link":{"linkUrl":"https://a.example"}}'] * size)
        return written(tmp_path, table({"Comment Text": pieces}), f"{size}.csv")

    assert_in_proportion(made, Reading, small=2000)

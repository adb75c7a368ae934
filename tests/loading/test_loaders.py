"""Reading files: what is recognised, what is kept, and what is said about input that is not as expected."""

from __future__ import annotations

import io
import json
import pkgutil
import re
import sys
from pathlib import Path

import pytest

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders import LOADERS, choose, read
from rejoinder.loaders import formats as package
from rejoinder.loaders.formats import text
from rejoinder.loaders.jsonl.lines import is_too_deep
from rejoinder.loaders.opening.converted import FEED
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format_meant import OTHER_NAMES
from rejoinder.loaders.values.scrub import READ_AS_WESTERN_NOTE
from rejoinder.records import Comment, Found, State, StatedClaim, StatedMove, Thread, ThreadKey

HERE = Path(__file__).parents[1] / "sources"
GOOD = '{"id": "good", "thread": "t", "text": "The kettle is on."}'


def written(folder: Path, content: str | bytes, name: str = "in.jsonl") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", errors="surrogatepass"))
    return path


def loaded(*paths: Path | str, **options: str) -> tuple[list[Found], list[Problem]]:
    everything = list(read(paths, **options))  # type: ignore[arg-type]
    problems = [one for one in everything if isinstance(one, Problem) and not one.note]
    return [one for one in everything if isinstance(one, Found)], problems


def comments(found: list[Found]) -> list[Comment]:
    return [one.record for one in found if isinstance(one.record, Comment)]


def test_every_format_has_a_name_and_a_summary() -> None:
    assert [loader.NAME for loader in LOADERS.values()] == list(LOADERS)
    assert all(loader.SUMMARY for loader in LOADERS.values())


def test_every_module_of_the_formats_is_in_the_registry_under_its_name() -> None:
    assert sorted(LOADERS) == sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    assert len(package.FORMATS) == len(LOADERS)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (GOOD, "jsonl"),
        ('{"text": "the thread comes last", "id": "1", "thread": "t"}\n', "jsonl"),
        ('{"claim": "c", "comment": "1", "start": 0, "end": 2}\n', "jsonl"),
        ("The kettle is on.\n", "text"),
        ("[crossposted from the garden list]\nHello there.", "text"),
        ("[1] See the minutes of May.", "text"),
        ("<3 this hedge", "text"),
    ],
)
def test_a_format_is_chosen_by_how_the_file_begins(head: str, name: str) -> None:
    assert name == choose(Path("any"), head).NAME


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ('{"kind": "Listing", "data": {}}', "JSON"),
        ('{\n  "thread": "t"\n}', "JSON"),
        ('{"thread": "t", "comments": [{"id": "1", "text": "The text stands one level down."}]}\n', "JSON"),
        ('[{"a": 1}]', "JSON"),
        ("[1, 2]", "JSON"),
        ("<?xml version='1.0'?><a><b/></a>", "XML"),
        ("<wells><depth>", "XML or HTML"),
        ("\ufffd\x00\x01ab\x02", "binary"),
    ],
)
def test_what_no_format_recognises_is_an_error_that_says_what_was_tried(head: str, kind: str) -> None:
    with pytest.raises(LoadError, match=rf"{kind}.* that no format recognises \(`rejoinder formats` lists them\)"):
        choose(Path("any"), head)


def test_two_formats_that_both_recognise_a_file_are_an_error_that_names_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "recognises", lambda path, head: True)
    with pytest.raises(LoadError, match="looks like jsonl and text; choose one with --format"):
        choose(Path("any"), GOOD)
    assert choose(Path("any"), GOOD, "text").NAME == "text"


def test_a_file_that_two_formats_claim_is_read_once_one_is_chosen(tmp_path: Path) -> None:
    both = {
        "id": "a",
        "thread": "t",
        "text": "Tea.",
        "link_id": "t3_b",
        "parent_id": "t3_b",
        "body": "Tea.",
        "subreddit": "tea",
    }
    path = written(tmp_path, f"{json.dumps(both)}\n" * 2)
    found, problems = loaded(path)
    assert (found, [problem.lost for problem in problems]) == ([], [True])
    assert problems[0].message == "looks like jsonl and reddit_dump; choose one with --format"
    for name in ("jsonl", "reddit_dump"):
        assert comments(loaded(path, format=name)[0])[0].text == "Tea."


MEANT = {
    "csv": "did you mean 'table'?",
    ".XLSX": "did you mean 'table'?",
    "json": "did you mean 'table' or 'jsonl'?",
    "ndjson": "did you mean 'jsonl'?",
    "instagram": "did you mean 'facebook'?",
    "takeout": "did you mean 'youtube_takeout'?",
    "JSONL": "did you mean 'jsonl'?",
    "hn": "did you mean 'hackernews' or 'hackernews_algolia'?",
    "gh": "did you mean 'github'?",
    "txt": "did you mean 'text'?",
    "mail": "did you mean 'mbox'?",
    "reddit-dump": "did you mean 'reddit_dump'?",
    "redit": "did you mean 'reddit'?",
    "zebra": "`rejoinder formats` lists those there are.",
}


@pytest.mark.parametrize("name", MEANT)
def test_an_unknown_format_is_an_error_that_names_the_likely_one(name: str) -> None:
    with pytest.raises(LoadError) as failed:
        choose(Path("any"), GOOD, name)
    assert failed.value.message == f"there is no format {name!r}; {MEANT[name]} Without --format the content tells it"


def test_the_formats_that_names_may_mean_are_there() -> None:
    assert {one for name in OTHER_NAMES.values() for one in name} <= set(LOADERS)
    assert not set(OTHER_NAMES) & set(LOADERS)


def test_a_comment_line_keeps_every_field() -> None:
    found, problems = loaded(HERE / "threads.jsonl")
    thread = found[0].record
    assert isinstance(thread, Thread)
    assert (thread.title, thread.url, thread.declared_comments) == (
        "A tram along the river",
        "https://example.org/trams",
        6,
    )
    first, *_, comment, thanked = comments(found)
    assert (first.author, first.created, first.parent) == ("Ines", "2024-03-01T10:00:00Z", None)
    assert comment.created == "2024-03-01T11:00:00Z", "unix seconds become ISO 8601"
    assert thanked.created == "in spring", "what is no date stays as it is"
    assert [(problem.line, "'in spring'; kept as text" in problem.message) for problem in problems] == [(6, True)]


def test_states_and_counts_are_read(tmp_path: Path) -> None:
    line = {"id": "1", "thread": "t", "site": "club", "text": "", "state": ["deleted", "resolved"], "replies": 2}
    found, problems = loaded(written(tmp_path, json.dumps(line)))
    (comment,) = comments(found)
    assert (comment.states, comment.declared_replies, comment.thread.site) == (
        (State.DELETED, State.RESOLVED),
        2,
        "club",
    )
    assert problems == []


def test_claims_and_moves_inherit_the_thread_of_the_latest_comment_of_that_id(tmp_path: Path) -> None:
    lines = [
        '{"id": "c", "thread": "one", "text": "first"}',
        '{"id": "c", "thread": "two", "site": "s", "text": "second"}',
        '{"claim": "k", "comment": "c", "start": 0, "end": 3}',
        '{"id": "c", "thread": "three", "text": "third"}',
        '{"move": "m", "kind": "Question", "source": "k", "comment": "c"}',
    ]
    found, problems = loaded(written(tmp_path, "\n".join(lines)))
    stated = [one.record.thread for one in found if isinstance(one.record, StatedClaim | StatedMove)]
    assert [(thread_key.site, thread_key.id) for thread_key in stated] == [("s", "two"), ("local", "three")]
    assert problems == []


BOTH = '{"id": "1", "thread": "t", "text": "Hot."}\n{"id": "2", "thread": "t", "parent": "1", "text": "No."}\n'
WRONG = {
    "text is a number": ('{"id": "1", "thread": "t", "text": 5}', 'expected "text" to be a string, got 5'),
    "no text": ('{"id": "1", "thread": "t"}', 'expected "text" to be a string, but there is none'),
    "empty text": ('{"id": "1", "thread": "t", "text": " "}', 'expected "text" that is not empty'),
    "blank id": ('{"id": " ", "thread": "t", "text": "a"}', 'expected "id" to be a string that is not blank'),
    "end beyond 64 bits": ('{"claim": "c", "comment": "good", "start": 0, "end": 9223372036854775808}', '"end" to be'),
    "no JSON": ("kettle", "expected a JSON object, got 'kettle'"),
    "half an object": ('{"id": "1", "thr', "expected the string that begins here to end"),
    "a list": ('["id"]', "expected a JSON object"),
    "too deep": ('{"id": ' + "[" * 200_000 + "]" * 200_000 + "}", "expected JSON nested at most 100 deep"),
    "huge number": (
        '{"id": "1", "thread": "t", "text": "a", "replies": ' + "9" * 9000 + "}",
        "at most 4300 digits",
    ),
    "claim without comment": ('{"claim": "c", "start": 0, "end": 1}', 'expected "comment"'),
    "claim of no comment": ('{"claim": "c", "comment": "x", "start": 0, "end": 1}', 'expected "thread"'),
    "claim backwards": ('{"claim": "c", "comment": "good", "start": 3, "end": 1}', "0 <= start < end, got 3 and 1"),
    "unknown kind": ('{"move": "m", "kind": "Shout", "source": "c", "comment": "good"}', 'expected "kind" out of'),
    "no source": ('{"move": "m", "kind": "Question", "comment": "good"}', 'expected one "source"'),
    "two sources": ('{"move": "m", "kind": "Rebuttal", "source": ["a", "b"], "comment": "good"}', "got 2"),
    "confidence of 2": (
        '{"move": "m", "kind": "Question", "source": "a", "comment": "good", "confidence": 2}',
        '"confidence" to be a number from 0 to 1, got 2',
    ),
}


@pytest.mark.parametrize(("line", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_line_is_lost_alone(tmp_path: Path, line: str, message: str) -> None:
    path = written(tmp_path, f"{GOOD}\n{line}\n{GOOD.replace('good', 'after')}\n")
    found, problems = loaded(path)
    assert [comment.id for comment in comments(found)] == ["good", "after"]
    assert [(problem.file, problem.line, problem.lost) for problem in problems] == [(str(path), 2, True)]
    assert message in problems[0].message


SIDE = {
    "negative replies": ('"replies": -1', '"replies" to be a whole number from 0'),
    "replies beyond 64 bits": (
        '"replies": 9223372036854775808',
        '"replies" to be a whole number from 0 to 9223372036854775807, got 9223372036854775808',
    ),
    "thread_comments beyond 64 bits": (
        '"thread_comments": 18446744073709551616',
        '"thread_comments" to be a whole number from 0 to',
    ),
    "replies is true": ('"replies": true', '"replies" to be a whole number'),
    "unknown state": ('"state": "gone"', "one of deleted, retracted"),
    "year 300000": ('"created": 9e15', "seconds since 1970"),
    "not a date": ('"created": NaN', "seconds since 1970"),
    "created is true": ('"created": true', "a date or seconds"),
    "created is a list": ('"created": []', "a date or seconds"),
    "author is a number": ('"author": 5', 'expected "author" to be a string, got 5'),
    "url is an object": ('"url": {}', 'expected "url" to be a string'),
    "parent is a list": ('"parent": []', 'expected "parent" to be the id of a comment, got []'),
    "addressed is a word": ('"addressed": "no"', 'expected "addressed" to be true or false'),
    "to is a number": ('"to": 5', 'expected "to" to be a string, got 5'),
    "a link beyond the text": ('"links": [{"start": 0, "end": 9, "url": "https://a.example/"}]', "within the text"),
    "title is a number": ('"thread_title": 1984', 'expected "thread_title" to be a string'),
}


@pytest.mark.parametrize(("part", "message"), SIDE.values(), ids=SIDE)
def test_a_wrong_side_value_is_lost_alone(tmp_path: Path, part: str, message: str) -> None:
    line = f'{{"id": "a", "thread": "t", "text": "Hot.", {part}}}'
    found, problems = loaded(written(tmp_path, f"{GOOD}\n{line}\n{GOOD.replace('good', 'after')}\n"))
    assert [comment.id for comment in comments(found)] == ["good", "a", "after"]
    assert comments(found)[1] == Comment(ThreadKey("local", "t"), "a", "Hot.")
    assert [(problem.line, problem.lost) for problem in problems] == [(2, True)]
    assert message in problems[0].message
    assert problems[0].message.endswith("; only that is left out")


ODD_LINES = {
    "byte order marks of files that were joined": (BOTH.replace("\n", "\n\ufeff"), []),
    "numbers for ids": (BOTH.replace('"1"', "1").replace('"2"', "2"), []),
    "a number for the thread": (BOTH.replace('"t"', "7"), []),
    "a control character in a string": (BOTH.replace("Hot.", "Hot\x00."), [1]),
}


@pytest.mark.parametrize(("text", "lines"), ODD_LINES.values(), ids=ODD_LINES)
def test_what_programs_write_a_little_differently_is_read(tmp_path: Path, text: str, lines: list[int]) -> None:
    found, problems = loaded(written(tmp_path, text))
    assert [(comment.id, comment.parent) for comment in comments(found)] == [("1", None), ("2", "1")]
    assert [(problem.line, problem.lost) for problem in problems] == [(line, False) for line in lines]


PLACEHOLDERS = {
    "a text": ({"text": "[removed]"}, Comment(ThreadKey("local", "t"), "a", "", states=(State.DELETED,))),
    "a name": ({"author": "[deleted]"}, Comment(ThreadKey("local", "t"), "a", "Hot.")),
    "words in brackets": ({"text": "[sic]"}, Comment(ThreadKey("local", "t"), "a", "[sic]")),
}


@pytest.mark.parametrize(("part", "comment"), PLACEHOLDERS.values(), ids=PLACEHOLDERS)
def test_what_stands_in_place_of_words_is_none(tmp_path: Path, part: dict[str, str], comment: Comment) -> None:
    line = json.dumps({"id": "a", "thread": "t", "text": "Hot.", **part})
    assert comments(loaded(written(tmp_path, line))[0]) == [comment]


def test_of_wrong_values_of_a_kind_the_first_is_told_and_how_many_there_are(tmp_path: Path) -> None:
    lines = [f'{{"id": "{n}", "thread": "t", "text": "Hot.", "author": {n}, "replies": -1}}' for n in range(4)]
    found, problems = loaded(written(tmp_path, "\n".join(lines)))
    assert len(comments(found)) == 4
    assert [(problem.line, problem.message.partition("; ")[2]) for problem in problems] == [
        (1, "only that is left out, here and 3 more times"),
        (1, "only that is left out, here and 3 more times"),
    ]


@pytest.mark.parametrize("created", ["1709287200", "1709287200000", "1709287200000.0"])
def test_a_date_may_be_seconds_or_milliseconds_since_1970(tmp_path: Path, created: str) -> None:
    found, problems = loaded(written(tmp_path, f'{{"id": "a", "thread": "t", "text": "Hot.", "created": {created}}}\n'))
    assert (comments(found)[0].created, problems) == ("2024-03-01T10:00:00Z", [])


MISNAMED = {
    "a reply": ('"reply_to": "good"', '"reply_to"', '"parent"'),
    "a title": ('"title": "Kilns"', '"title"', '"thread_title"'),
    "a user": ('"user": "Mae"', '"user"', '"author"'),
    "a date": ('"createdAt": "2024-03-01"', '"createdAt"', '"created"'),
}


@pytest.mark.parametrize(("part", "key", "ours"), MISNAMED.values(), ids=MISNAMED)
def test_a_key_that_is_not_read_but_says_what_one_of_ours_would_is_told_once(
    tmp_path: Path, part: str, key: str, ours: str
) -> None:
    lines = [f'{{"id": "{one}", "thread": "t", "text": "Hot.", {part}}}' for one in "ab"]
    found, problems = loaded(written(tmp_path, "\n".join(lines)))
    assert len(comments(found)) == 2
    assert [(problem.line, problem.lost, problem.message) for problem in problems] == [
        (1, False, f"nothing reads {key}; the key for that is {ours}")
    ]


@pytest.mark.parametrize("part", ['"score": 3', '"reply_to": null', '"reply_to": "x", "parent": "good"', '"name": ""'])
def test_other_keys_are_passed_over(tmp_path: Path, part: str) -> None:
    line = f'{{"id": "a", "thread": "t", "text": "Hot.", "author": "Mae", {part}}}'
    assert loaded(written(tmp_path, f"{GOOD}\n{line}\n"))[1] == []


ZIPPED = b"PK\x03\x04" + bytes(26)  # the header of a member, but for its name
FILES: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "expected a readable file"),
    "empty": (b"", "expected comments, got an empty file"),
    "blank": (b" \n\n", "expected comments, got nothing but white space"),
    "gzip": (b"\x1f\x8b\x08\x00abc", "expected more gzip data, the file is cut off"),
    "noise": (bytes(range(256)) * 4, "this is binary"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "save the page itself"),
    "a workbook": (b"PK\x03\x04" + b"\0" * 22 + b"xl/workbook.xml", "expected a zip archive that can be unpacked"),
    "a document": (ZIPPED + b"[Content_Types].xml" + ZIPPED + b"word/document.xml", "plain text (UTF-8)"),
    "an open document": (ZIPPED + b"mimetypeapplication/vnd.oasis.opendocument.text", "word processor"),
    "rich text": (b"{\\rtf1\\ansi We should paint the shed.\\par}", "this is a document of a word processor"),
    "foreign JSON": (b'{"kind": "Listing"}', "this is JSON that no format recognises"),
}


@pytest.mark.parametrize(("content", "message"), FILES.values(), ids=FILES)
def test_a_bad_file_is_reported_and_the_next_one_read(tmp_path: Path, content: bytes | None, message: str) -> None:
    bad = tmp_path / "bad" if content is None else written(tmp_path, content, "bad")
    found, problems = loaded(bad, written(tmp_path, GOOD))
    assert [comment.id for comment in comments(found)] == ["good"]
    assert [(problem.file, problem.lost) for problem in problems] == [(str(bad), True)]
    assert message in problems[0].message


@pytest.mark.parametrize(
    ("name", "message"), [("a.xls", "save its sheet as CSV"), ("a.doc", "save it as plain text"), ("a.MSG", ".eml")]
)
def test_what_older_office_programs_write_is_told_by_its_name(tmp_path: Path, name: str, message: str) -> None:
    (problem,) = loaded(written(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), name))[1]
    assert message in problem.message


@pytest.mark.parametrize("address", ["https://forum.example/t/shed?page=2", "HTTP://forum.example", "file:///none/a"])
def test_an_address_is_told_that_nothing_is_fetched(tmp_path: Path, address: str) -> None:
    found, (problem,) = loaded(address, written(tmp_path, GOOD))
    assert len(comments(found)) == 1
    assert (problem.file, problem.lost) == (address, True)
    assert problem.message.startswith("expected a file, got an address: nothing is fetched")


def test_an_empty_directory_is_reported_and_the_next_file_read(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    found, problems = loaded(empty, written(tmp_path, GOOD))
    assert len(comments(found)) == 1
    assert [str(problem) for problem in problems] == [
        f"{empty}: error: expected a folder with files in it, got an empty one"
    ]


DIRTY = {
    "NUL": ('{"id": "1", "thread": "t", "text": "a\\u0000b"}', 1),
    "lone surrogate escape": ('{"id": "1", "thread": "t", "text": "a\\ud800b"}', 1),
    "pair of surrogates": ('{"id": "1", "thread": "t", "text": "a\\ud83d\\ude00b"}', 0),
    "non-characters": ('{"id": "1", "thread": "t", "text": "a\\ufffe\\uffffb"}', 2),
    "tab and line feed": ('{"id": "1", "thread": "t", "text": "a\\t\\nb"}', 0),
    "in id and author": ('{"id": "1\\u0001", "thread": "t", "author": "x\\u0002", "text": "ab"}', 2),
}


@pytest.mark.parametrize(("line", "count"), DIRTY.values(), ids=DIRTY)
def test_unwelcome_characters_are_replaced_and_counted_once_a_file(tmp_path: Path, line: str, count: int) -> None:
    path = written(tmp_path, f"{GOOD}\n{line}\n")
    found, problems = loaded(path)
    comment = comments(found)[1]
    assert (comment.text + comment.id + (comment.author or "")).count("\ufffd") == count
    assert [(problem.line, problem.lost, f"replaced {count} " in problem.message) for problem in problems] == (
        [(2, False, True)] if count else []
    )


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (
            "It’s shut, don’t “knock”.\nThe café is too.\n".encode("cp1252"),
            ["It’s shut, don’t “knock”.", "The café is too."],
        ),
        (b"It is shut.\n" * 9 + "Don’t.".encode("cp1252"), [*["It is shut."] * 9, "Don’t."]),
        (
            "[12:34] <ann> It’s shut.\n[12:35] <bo> No.\n[12:36] <ann> Café.\n".encode("cp1252"),
            ["It’s shut.", "No.", "Café."],
        ),
    ],
    ids=["a dump", "late in it", "a chat"],
)
def test_prose_in_windows_1252_is_read_and_that_is_said(tmp_path: Path, content: bytes, texts: list[str]) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(content)
    found, problems = loaded(path)
    assert [comment.text for comment in comments(found)] == texts
    assert [problem.message for problem in problems if not problem.note] == [READ_AS_WESTERN_NOTE]


def test_prose_that_is_mostly_utf8_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes("Café.\n".encode() + b"Caf\xe9.\n")
    assert [comment.text for comment in comments(loaded(path)[0])] == ["Café.", "Caf\ufffd."]


OLD_LINES: dict[str, tuple[str, list[str]]] = {
    "text": ("The pond is green.\rIt is not.\r", ["The pond is green.", "It is not."]),
    "a chat": ("[12:34] <ann> So?\r[12:35] <bo> No.\r[12:36] <ann> Oh.\r", ["So?", "No.", "Oh."]),
    "later as on Windows": (f"One.\r{'x' * FEED}\rSo.\r\nIt is wet.", ["One.", "x" * FEED, "So.", "It is wet."]),
}


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize(("content", "texts"), OLD_LINES.values(), ids=OLD_LINES)
def test_lines_may_end_in_carriage_returns_alone(tmp_path: Path, content: str, texts: list[str], codec: str) -> None:
    path = tmp_path / "pond.txt"
    path.write_bytes(content.encode(codec))
    assert [comment.text for comment in comments(loaded(path)[0])] == texts


@pytest.mark.parametrize("size", [FEED, FEED + 1])
def test_a_line_end_that_is_cut_in_two_is_one(tmp_path: Path, size: int) -> None:
    (tmp_path / "a").write_bytes(b"a\r" + b"b" * (size - 3) + b"\r\n" + b"c\r")
    with Source(tmp_path / "a").open() as file:
        assert file.read() == b"a\n" + b"b" * (size - 3) + b"\nc\n"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize("ending", ["jsonl", "txt", "csv"])
def test_utf16_is_read_with_and_without_its_mark(tmp_path: Path, codec: str, ending: str) -> None:
    texts = {"jsonl": GOOD, "txt": "Ferry\nThe café is shut.\n", "csv": "id,text,author\n1,Zoë is out.,Ann\n"}
    plain, other = tmp_path / f"plain.{ending}", tmp_path / f"other.{ending}"
    plain.write_text(texts[ending], encoding="utf-8")
    other.write_bytes(texts[ending].encode(codec))
    assert (
        [comment.text for comment in comments(loaded(other)[0])]
        == [comment.text for comment in comments(loaded(plain)[0])]
        != []
    )


def test_invalid_utf8_is_replaced_and_counted(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.encode() + b'\n{"id": "1", "thread": "t", "text": "caf\xe9 \xff"}\n')
    found, problems = loaded(path)
    assert comments(found)[1].text == "caf\ufffd \ufffd"
    assert [(problem.line, problem.lost) for problem in problems] == [(2, False)]
    assert "replaced 2 characters" in problems[0].message


def test_a_line_over_64_megabytes_is_skipped_without_being_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rejoinder.loaders.opening.source.LINE_BYTES", 1000)
    long = GOOD.replace("kettle", "kettle " * 5000)
    seen: list[int] = []
    path = written(tmp_path, f"{GOOD}\n{long}\n{GOOD.replace('good', 'after')}")
    everything = list(read([path], progress=seen.append))
    problems = [one for one in everything if isinstance(one, Problem)]
    assert [comment.id for comment in comments([one for one in everything if isinstance(one, Found)])] == [
        "good",
        "after",
    ]
    assert [(problem.line, problem.lost) for problem in problems] == [(2, True)]
    assert sum(seen) == path.stat().st_size, "progress tells every byte"


def test_a_comment_of_ten_megabytes_is_kept_whole(tmp_path: Path) -> None:
    words = "rain and wind " * 720_000
    found, problems = loaded(written(tmp_path, json.dumps({"id": "1", "thread": "t", "text": words})))
    assert comments(found)[0].text == words
    assert problems == []


@pytest.mark.parametrize("name", ["a b", 'say "hi"', "<i>", "a/b?c#d", "ä\u202e", "'"])
def test_ids_are_kept_verbatim(tmp_path: Path, name: str) -> None:
    found, problems = loaded(written(tmp_path, json.dumps({"id": name, "thread": name, "text": "x"})))
    assert [(comment.id, comment.thread.id) for comment in comments(found)] == [(name, name)]
    assert problems == []


def test_standard_input_is_read_as_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(GOOD.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    found, problems = loaded("-")
    assert [(one.file, one.line) for one in found] == [("-", 1)]
    assert problems == []


def piped(monkeypatch: pytest.MonkeyPatch, content: str) -> tuple[list[Found], list[Problem]]:
    """What standard input with this content gives."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    return loaded("-")


def test_a_dump_on_standard_input_is_named_by_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    tea, again, soup = (piped(monkeypatch, words)[0] for words in ("One cup.\n", "One cup.\n", "One bowl.\n"))
    (thread,) = [one.record for one in tea if isinstance(one.record, Thread)]
    assert thread.title == "standard input"
    assert re.fullmatch(r"stdin-[0-9a-f]{12}", thread.key.id)
    assert tea == again
    assert comments(tea)[0].thread != comments(soup)[0].thread
    assert comments(tea)[0].author != comments(soup)[0].author


def folders(root: Path, first: str = "notes.txt", second: str = "notes.txt") -> tuple[Path, Path]:
    """Two dumps in folders of their own."""
    paths = root / "may" / first, root / "june" / second
    for path in paths:
        path.parent.mkdir()
        path.write_text(f"The kettle of {path.parent.name} is on.\n", encoding="utf-8")
    return paths


NAMESAKE = "another file of this load is named the same, and both would be one thread; rename one"


@pytest.mark.parametrize("second", ["notes.txt", "notes.md"])
def test_a_second_dump_of_the_same_name_is_reported_and_not_mixed_in(tmp_path: Path, second: str) -> None:
    may, june = folders(tmp_path, second=second)
    found, problems = loaded(may, june, written(tmp_path, "Two cups.\n", "tea.txt"))
    assert [comment.text for comment in comments(found)] == ["The kettle of may is on.", "Two cups."]
    assert [(problem.file, problem.line, problem.lost) for problem in problems] == [(str(june), 0, True)]
    assert problems[0].message == f"{NAMESAKE} (the other is {may})"


def test_a_dump_is_named_by_its_file_alone(tmp_path: Path) -> None:
    may, june = folders(tmp_path, second="plans.txt")
    together, _ = loaded(may, june)
    assert together == [*loaded(may)[0], *loaded(june)[0]]
    assert list(dict.fromkeys(comment.thread.id for comment in comments(together))) == ["notes", "plans"]


def test_one_dump_given_twice_is_no_namesake(tmp_path: Path) -> None:
    path = written(tmp_path, "One cup.\n", "tea.txt")
    found, problems = loaded(path, str(path), f"{tmp_path}/../{tmp_path.name}/tea.txt")
    assert (len(comments(found)), problems) == (3, [])


def test_files_that_name_their_own_threads_may_have_one_name(tmp_path: Path) -> None:
    may, june = folders(tmp_path, "notes.jsonl", "notes.jsonl")
    may.write_text(GOOD, encoding="utf-8")
    june.write_text(GOOD, encoding="utf-8")
    assert loaded(may, june)[1] == []


def test_a_byte_order_mark_and_carriage_returns_are_no_text(tmp_path: Path) -> None:
    found, problems = loaded(written(tmp_path, b"\xef\xbb\xbfOne cup.\r\nTwo cups.\r\n", "tea.txt"))
    assert [comment.text for comment in comments(found)] == ["One cup.", "Two cups."]
    assert problems == []


def test_a_dump_gives_a_comment_a_line_that_keeps_its_id_when_others_change(tmp_path: Path) -> None:
    before, _ = loaded(written(tmp_path, "One cup.\nTwo cups.\nOne cup.\n", "tea.txt"))
    after, _ = loaded(written(tmp_path, "No cup.\nOne cup.\nOne cup.\n", "tea.txt"))
    first, two, again = comments(before)
    assert (first.author, first.thread.site, first.thread.id) == ("author of tea", "text", "tea")
    assert [comment.position for comment in (first, two, again)] == [0, 1, 2]
    assert [comment.id.partition(".")[2] for comment in (first, two, again)] == ["1", "1", "2"]
    assert [comment.id for comment in comments(after)[1:]] == [first.id, again.id]


WRAPPED = """The kettle in the hall has been broken for as long as
anybody on the committee can remember, and nobody has
ever asked who should pay for another one.

A smaller kettle would do for most of our meetings, as
long as somebody fills it twice.
"""


@pytest.mark.parametrize(
    ("content", "count"),
    [(WRAPPED, 2), (WRAPPED.replace("\n\n", "\n"), 5), ("One.\n\nTwo.\n\nThree.\n", 3), ("A:\n- b\n- c\n\nD.\n", 4)],
    ids=["hard-wrapped", "no blank lines", "blank lines between", "a list"],
)
def test_blank_lines_end_paragraphs_only_where_lines_are_wrapped_by_hand(
    tmp_path: Path, content: str, count: int
) -> None:
    found, _ = loaded(written(tmp_path, content, "notes.txt"))
    assert len(comments(found)) == count


def test_deep_brackets_within_a_string_are_text() -> None:
    assert not is_too_deep(json.dumps({"text": "[" * 500}))
    assert is_too_deep("[" * 101)

"""JSON that is broken: the line and column are named, what was expected there, and what stands there instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from rejoinder.errors import Problem
from rejoinder.loaders import NO_COMMENTS, read
from rejoinder.loaders.mapping.maps import field_map
from rejoinder.records import Comment, Found

ONE = '{"id": "a", "thread": "t", "text": "The pump is dry."}'
OTHER = '{"id": "b", "thread": "t", "text": "It is not."}'
BY = "id=id,text=text"

# The content, and the place and message of its only problem; the same whether a map is given or not.
BROKEN: dict[str, tuple[str, str]] = {
    "cut off in a string": (
        f"[\n  {ONE},\n  " + '{"id": "b", "te',
        ":3:15: error: expected the string that begins here",
    ),
    "cut off after a comma": (f"[\n{ONE},\n", ":3:1: error: expected "),
    "cut off in a list": (f"[{ONE}", ":1:56: error: expected "),
    "a comma too many": ('[\n{"id": ["a",\n]}]', ':3:1: error: expected another value after the comma, got "]"'),
    "a comma too many in an object": (
        '[{"id": "a", "text": "x",}]',
        ":1:26: error: expected another key after the comma",
    ),
    "single quotes": ("[{'id': 1, 'text': 'x'}]", ":1:3: error: expected a key in double quotes, got single quotes"),
    "single quotes around a value": ("[{\"id\": 'a'}]", ":1:9: error: expected a string in double quotes, got single"),
    "None of Python": ('[{"id": 1, "by": None}]', ":1:18: error: expected null, which JSON has instead of None"),
    "a comment": (
        f"[{ONE}, // the pump\n{OTHER}]",
        ":1:58: error: expected no comment, which JSON does not allow: remove it",
    ),
    "no quotes": ('[{"id": 1, text: "x"}]', ":1:12: error: expected a key in double quotes, got 'text: "),
    "no comma": ('[{"id": 1 "text": "x"}]', ":1:11: error: expected a comma, or the end of the list or object, got"),
    "no colon": ('[{"id" 1}]', ":1:8: error: expected a colon after the key, got '1}]'"),
    "a lone backslash": ('[{"id": 1, "text": "C:\\d"}]', ":1:23: error: expected an escape such as"),
    "a number of 5000 digits": ('[{"id": ' + "9" * 5000 + "}]", "expected JSON with numbers of at most 4300 digits"),
}


def told(path: Path, written_map: str | None) -> list[str]:
    by = field_map(written_map) if written_map else None
    return [str(one) for one in read([path], by=by) if isinstance(one, Problem) and not one.note]


@pytest.mark.parametrize("map_", [None, BY], ids=["recognised or not", "by a map"])
@pytest.mark.parametrize(("content", "message"), BROKEN.values(), ids=BROKEN)
def test_broken_json_is_told_by_line_and_column(tmp_path: Path, content: str, message: str, map_: str | None) -> None:
    path = tmp_path / "pump.json"
    path.write_text(content, encoding="utf-8")
    (said,) = told(path, map_)
    assert message in said.removeprefix(str(path))
    assert "aif" not in said


def test_a_far_place_is_told_as_exactly(tmp_path: Path) -> None:
    path = tmp_path / "pump.json"
    row = '{"id": "a%d", "text": "' + "The pump is dry. " * 500 + '"}'
    path.write_text("[" + ", ".join(row % n for n in range(200)) + ', {"id": 7 8}]', encoding="utf-8")
    (said,) = told(path, BY)
    column = path.read_text(encoding="utf-8").index("8}]") + 1
    assert said.startswith(f"{path}:1:{column}: error: expected a comma")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "x", "thread": "t", text: 5}', ":2:28: error: expected a key in double quotes, got 'text: 5}'"),
        (f"{ONE[:-1]}, }}", ':2:56: error: expected another key after the comma, got "}": take the comma out'),
        (f"{ONE}{OTHER}", ":2:55: error: expected nothing after the value"),
        ('{"id": "x", "thr', ":2:13: error: expected the string that begins here to end"),
    ],
)
def test_a_bad_line_loses_only_itself(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "pump.jsonl"
    path.write_text(f"\ufeff{ONE}\n{line}\n{OTHER}\n", encoding="utf-8")
    for by in (None, field_map(f"{BY},thread=thread")):
        everything = list(read([path], by=by))
        found = [one.record for one in everything if isinstance(one, Found)]
        assert [one.id for one in found if isinstance(one, Comment)] == ["a", "b"]
        (problem,) = [one for one in everything if isinstance(one, Problem)]
        assert str(problem).startswith(f"{path}{message}")


DENIED = {
    '{"message": "Forbidden", "reason": "private", "error": 403}': "Forbidden",
    '{"message": "Not Found", "documentation_url": "https://pump.example/rest", "status": "404"}': "Not Found",
    '{"errors": ["There is no such topic."], "error_type": "not_found"}': "There is no such topic.",
    '{"error_id": 502, "error_message": "Ask again later", "error_name": "throttle"}': "Ask again later",
    '{"error": {"code": 403, "message": "No quota.", "errors": [{"reason": "quota"}]}}': "No quota.",
    '{"ok": false, "error": "not_in_channel"}': "not_in_channel",
    '{"code": "rest_post_invalid_id", "message": "Invalid post.", "data": {"status": 404}}': "Invalid post.",
    '{"status": 404, "error": "Not Found"}': "Not Found",
    '{"errcode": "M_FORBIDDEN", "error": "You are not here."}': "You are not here.",
    '{"message": "Unknown Channel", "code": 10003}': "Unknown Channel",
    '{"result": "error", "msg": "Wrong key", "code": "UNAUTHORIZED"}': "Wrong key",
    '{"error": "Record not found"}': "Record not found",
}
EMPTY: dict[str, tuple[str, str]] = {
    "an empty list": ("[]", "JSON that is an empty list"),
    "an empty object": ("{}\n", "JSON that is an empty object"),
    "a list of nothing": ("[{}, []]", "JSON that is a list of nothing"),
    "no comments": ('{"title": "Pumps", "comments": []}', 'JSON whose "comments" is an empty list'),
    "no rows": ("name;remark\n", "only a first line, which names the columns name, remark"),
    "no elements": ('<?xml version="1.0"?>\n<remarks/>\n', "XML whose root, remarks, is an empty element"),
    "null, as for an item that is not there": ("null\n", "JSON that is nothing but null"),
    "a number": ("42", "JSON that is nothing but 42"),
    **{
        f"the answer {answer}": (answer, f"what a site answers where it gives nothing: {said!r}")
        for answer, said in DENIED.items()
    },
    "white space": (" \n\t\n", "nothing but white space"),
}


@pytest.mark.parametrize(("content", "what"), EMPTY.values(), ids=EMPTY)
def test_what_holds_nothing_is_called_what_it_is(tmp_path: Path, content: str, what: str) -> None:
    path = tmp_path / "pump.csv"
    path.write_text(content, encoding="utf-8")
    (said,) = told(path, None)
    assert said.endswith(f": error: expected comments, got {what}")


HEARD_ONLY = '{"type": "service", "id": 1, "date": "2026-04-01T18:02:10", "actor": "Ruth", "action": "pin_message"}'
SILENT: dict[str, tuple[str, str]] = {
    "a video": ("v.info.json", '{"id": "v1", "title": "Pumps", "formats": [{"format_id": "18"}], "comments": []}'),
    "a chat": ("result.json", f'{{"name": "Lane", "type": "private_group", "id": 7, "messages": [{HEARD_ONLY}]}}'),
}


@pytest.mark.parametrize(("name", "content"), SILENT.values(), ids=SILENT)
def test_a_file_without_comments_says_so(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert told(path, None) == [f"{path}: warning: {NO_COMMENTS}"]


def test_a_file_that_is_read_as_another_format_than_its_own_says_as_what_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text('[{"kind": "Listing", "data": {"children": [{"kind": "t1", "data": {}}]}}]', encoding="utf-8")
    (said,) = read([path], format="slack")
    assert str(said).endswith(f"{NO_COMMENTS}, read as slack; without --format the content tells the format")

"""Tables with plainly named columns load without a map, whatever a spreadsheet makes of them; others are told one."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from rejoinder.cli import main
from rejoinder.errors import Problem
from rejoinder.loaders import choose, read
from rejoinder.loaders.containers import columns
from rejoinder.loaders.mapping.maps import field_map
from rejoinder.records import Comment, Found
from tests.reading import Reading
from tests.timing import assert_in_proportion

TWO = [("1", None, "Jörg", "The shed “leaks”."), ("2", "1", "Tom", "It does not.")]


def written(folder: Path, content: str | bytes, name: str = "shed.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def loaded(path: Path) -> tuple[list[tuple[str, str | None, str | None, str]], list[Problem]]:
    everything = list(read([path]))
    comments = [one.record for one in everything if isinstance(one, Found) and isinstance(one.record, Comment)]
    rows = [(comment.id, comment.parent, comment.author, comment.text) for comment in comments]
    return rows, [one for one in everything if isinstance(one, Problem)]


def told(path: Path) -> list[str]:
    return [str(problem).removeprefix(str(path)) for problem in loaded(path)[1]]


ROWS = "id;parent;author;text\r\n1;;Jörg;The shed “leaks”.\r\n2;1;Tom;It does not.\r\n"
NOTE = ": note: read as a table by the names of its columns: id=id, text=text, parent=parent, author=author"
WESTERN = ": warning: read as Windows-1252, because it is not UTF-8; where letters come out wrong, save it as UTF-8"

# How a spreadsheet writes the same two comments, and what is said besides the note.
WRITTEN: dict[str, tuple[bytes, list[str]]] = {
    "semicolons": (ROWS.encode(), []),
    "UTF-16": (ROWS.replace(";", "\t").encode("utf-16"), []),
    "UTF-16, big end first": ("\ufeff".encode("utf-16-be") + ROWS.encode("utf-16-be"), []),
    "Windows-1252": (ROWS.encode("cp1252"), [WESTERN]),
    "a byte order mark": (ROWS.encode("utf-8-sig"), []),
    "sep=;": (f"sep=;\r\n{ROWS}".encode(), []),
    "blank lines first": (f"\r\n\r\n{ROWS}".encode(), []),
    "spaces behind commas": (ROWS.replace(";", ", ").encode(), []),
    "a table of Markdown": (
        "".join(f"| {row.replace(';', ' | ')} |\n" for row in ["id;parent;author;text", "---;:--;---;---"]).encode()
        + "".join(f"| {row.replace(';', ' | ')} |\n" for row in ROWS.split("\r\n")[1:3]).encode(),
        [],
    ),
    "as psql prints it": (
        "\n".join([" id | parent | author | text", "----+--------+--------+------"]).encode()
        + "".join(f"\n {row.replace(';', ' | ')}" for row in ROWS.split("\r\n")[1:3]).encode(),
        [],
    ),
    "NULL for no parent": (ROWS.replace("1;;", "1;NULL;").encode(), []),
    "fields too many that are blank": (ROWS.replace("\r\n1;;", ";\r\n1;;").replace("not.", "not.;;;").encode(), []),
    "all in quotes": ("\r\n".join(f'"{row}"'.replace(";", '";"') for row in ROWS.split("\r\n")[:3]).encode(), []),
}


@pytest.mark.parametrize(("content", "said"), WRITTEN.values(), ids=WRITTEN)
def test_a_table_is_read_however_a_spreadsheet_writes_it(tmp_path: Path, content: bytes, said: list[str]) -> None:
    path = written(tmp_path, content)
    assert loaded(path)[0] == TWO
    note, *others = told(path)
    assert note.startswith(NOTE)
    assert others == said


def test_dashes_are_a_rule_only_right_below_the_names(tmp_path: Path) -> None:
    head, *rows = ROWS.split("\r\n")[:3]
    path = written(tmp_path, "\n".join([head, "---;---;---;---", rows[0], "--;1;Ida;--", "-;;-;-", ":;;:;:", rows[1]]))
    found, problems = loaded(path)
    assert found == [TWO[0], ("--", "1", "Ida", "--"), ("-", None, "-", "-"), (":", None, ":", ":"), TWO[1]]
    assert [problem.message for problem in problems if problem.lost] == []


HEADS = {
    "id,parent,author,text": "id=id,parent=parent,author=author,text=text",
    "comment_id,reply_to,username,message,timestamp": "id=comment_id,parent=reply_to,author=username,created=timestamp,"
    "text=message",
    "ID;In reply to;User;Content;URL": "id=ID,parent=In reply to,author=User,text=Content,link=URL",
    "id\tparent_id\tname\tbody\tdate": "id=id,parent=parent_id,author=name,created=date,text=body",
    "comment_ID,comment_post_ID,comment_author,comment_content,comment_parent": "id=comment_ID,thread=comment_post_ID,"
    "parent=comment_parent,author=comment_author,text=comment_content",
    "id,thread,title,user,comment": "id=id,thread=thread,author=user,text=comment,thread_title=title",
    "id,title,user,comment": "id=id,author=user,text=comment",
    "id,in_reply_to,comment": "id=id,parent=in_reply_to,text=comment",
    "id,author,text,text": None,
    "id,comment_id,author,text": None,
    "id,parent,reply_to,text": None,
    "id,author,body,content": None,
    "id,text": None,
    "id,thread,text": "id=id,thread=thread,text=text",
    "author,text": None,
    "id,level,message": None,
}


def test_parents_by_the_full_names_of_reddit_are_found(tmp_path: Path) -> None:
    head = "id,author,body,parent_id,link_id\n"
    rows = "abc,mia,The kettle leaks.,t3_zzz,t3_zzz\nabd,tom,It does not.,t1_abc,t3_zzz\n"
    found, _ = loaded(written(tmp_path, head + rows))
    assert [(name, parent) for name, parent, _, _ in found] == [("abc", "zzz"), ("abd", "abc")]
    whole = rows.replace("abc,mia", "t1_abc,mia").replace("abd,tom", "t1_abd,tom")
    found, _ = loaded(written(tmp_path, head + whole))
    assert [(name, parent) for name, parent, _, _ in found] == [("t1_abc", "t3_zzz"), ("t1_abd", "t1_abc")]


@pytest.mark.parametrize(("head", "map_"), HEADS.items(), ids=HEADS)
def test_columns_are_taken_for_what_they_are_plainly_called(tmp_path: Path, head: str, map_: str | None) -> None:
    parts = next(one for one in ",;\t" if one in head)
    path = written(tmp_path, f"{head}\n{parts.join(str(n) for n in range(1, 2 + head.count(parts)))}\n")
    said = told(path)[0]
    if map_ is None:
        assert ": error: this is CSV that no format recognises" in said
        return
    assert ": note: read as a table" in said
    for entry in map_.split(","):
        assert f" {entry}" in said
    by_map = [one for one in read([path], by=field_map(map_)) if isinstance(one, Found)]
    assert [one.record for one in by_map] == [one.record for one in read([path]) if isinstance(one, Found)]


PARTIAL: dict[str, tuple[str, str, list[tuple[str, str | None, str | None]]]] = {
    "the order of dates": ("id,author,date,text\n1,Mia,1/9/26,It leaks.\n", "dates=dmy", [("1", "Mia", "2026-09-01")]),
    "a column": ("id,author,text,Wann\n1,Mia,It leaks.,2026-09-01\n", "created=Wann", [("1", "Mia", "2026-09-01")]),
    "another column": ("id,author,by,text\n1,Mia,Tom,It leaks.\n", "author=by", [("1", "Tom", None)]),
}


@pytest.mark.parametrize(("content", "map_", "rows"), PARTIAL.values(), ids=PARTIAL)
def test_a_partial_map_is_laid_over_what_the_columns_are_called(
    tmp_path: Path, content: str, map_: str, rows: list[tuple[str, str | None, str | None]]
) -> None:
    everything = list(read([written(tmp_path, content)], by=field_map(map_)))
    comments = [one.record for one in everything if isinstance(one, Found) and isinstance(one.record, Comment)]
    assert [(comment.id, comment.author, comment.created) for comment in comments] == rows
    assert [one.note for one in everything if isinstance(one, Problem)] == [True]


def test_a_partial_map_needs_plain_columns(tmp_path: Path) -> None:
    path = written(tmp_path, "Nr,Wer,Was\n1,Mia,Es regnet durch.\n")
    (problem,) = read([path], by=field_map("dates=dmy"))
    assert isinstance(problem, Problem)
    assert "expected columns named like id, text, and author" in problem.message
    assert problem.proposal == "id=Nr,author=Wer,text=Was"


def test_a_partial_map_can_name_the_thread(tmp_path: Path) -> None:
    paths = []
    for folder in ("may", "june"):
        (tmp_path / folder).mkdir()
        paths.append(written(tmp_path / folder, f"id,author,text,Monat\n1,Mia,It leaks.,{folder}\n"))
    for map_, lost in (("thread=Monat", 0), ("dates=dmy", 1)):
        problems = [one for one in read(paths, by=field_map(map_)) if isinstance(one, Problem)]
        assert ["named the same" in problem.message for problem in problems if problem.lost] == [True] * lost


NUMBERED = {"lines": ("Wer", ["2", "3"]), "a column of that name": ("#", ["Mia", "Tom"])}


@pytest.mark.parametrize(("name", "ids"), NUMBERED.values(), ids=NUMBERED)
def test_rows_without_an_id_are_called_by_their_lines(tmp_path: Path, name: str, ids: list[str]) -> None:
    path = written(tmp_path, f"{name},Was\nMia,It leaks.\nTom,No.\n")
    comments = [one.record for one in read([path], by=field_map("id=#,text=Was")) if isinstance(one, Found)]
    assert [comment.id for comment in comments if isinstance(comment, Comment)] == ids


JSONS: dict[str, tuple[str, bool]] = {
    "a list": ('[{"id": 1, "author": "Mia", "text": "It leaks."}]', True),
    "lines": ('{"id": 1, "user": "Mia", "body": "It leaks."}\n{"id": 2, "user": "Tom", "body": "No."}\n', True),
    "a list in an object": ('{"of": 3, "comments": [{"id": 1, "author": "Mia", "text": "It leaks."}]}', True),
    "a list of our own lines": ('[{"id": "1", "thread": "t", "author": "Mia", "text": "It leaks."}]', True),
    "a list with what notes of OpenReview have, too": (
        '[{"id": 1, "forum": "shed", "signatures": "M.", "author": "Mia", "text": "It leaks."}]',
        True,
    ),
    "comments by their numbers, but of no bug": ('{"comments": {"1": {"author": "Mia", "text": "It leaks."}}}', False),
    "objects within": ('[{"id": 1, "author": {"name": "Mia"}, "text": "It leaks."}]', False),
    "lists of objects within": ('[{"id": 1, "author": "Mia", "text": "a", "replies": [{"id": 2}]}]', False),
    "two lists": ('{"a": [{"id": 1, "author": "Mia", "text": "x"}], "b": [{"id": 2}]}', False),
    "a list in a comment": (
        '{"id": 1, "author": "Mia", "text": "It leaks.", "answers": [{"id": 2, "author": "Tom", "text": "No."}]}',
        False,
    ),
    "one object": ('{"id": 1, "author": "Mia", "text": "It leaks."}', False),
    "a log": ('{"id": 1, "level": "info", "message": "x"}\n{"id": 2, "level": "info", "message": "y"}\n', False),
    "two ids": ('[{"id": 1, "_id": 2, "author": "Mia", "text": "It leaks."}]', False),
}


@pytest.mark.parametrize(("content", "plain"), JSONS.values(), ids=JSONS)
def test_flat_json_is_a_table_and_other_json_is_none(tmp_path: Path, content: str, plain: bool) -> None:
    path = written(tmp_path, content, "shed.json")
    rows, problems = loaded(path)
    assert (bool(rows), [problem.lost for problem in problems]) == (plain, [not plain])


@pytest.mark.parametrize(
    "prose",
    ["Id, author, text: all is lost.\nThat is all.\n", "id\n\nThe shed leaks.\n", "Author: text\nid: 7\n"],
)
def test_prose_is_no_table(prose: str) -> None:
    assert choose(Path("notes.txt"), prose).NAME == "text"


FAULTS: dict[str, tuple[str, list[str], list[str]]] = {
    "a comma outside quotes": (
        "id,author,text\n1,Mia,No, it leaks.\n2,Tom,Yes.\n",
        ["2"],
        [
            ":2: error: expected 3 fields, got 4, the first too many is 'it leaks.'; words with what parts the columns "
            "must stand in quotes"
        ],
    ),
    "a quotation mark that is not closed": (
        'id,author,text\n1,Mia,"It leaks.\n2,Tom,"Yes."\n3,Ida,No.\n',
        ["1", "2", "3"],
        [
            ":2: warning: expected a quotation mark that opens a field to be closed, and one within words doubled; "
            "the row ends with line 2"
        ],
    ),
    "one that is never closed": (
        'id,author,text\n1,Mia,It leaks.\n2,Tom,"Yes.\n3,Ida,No.\n',
        ["1", "2", "3"],
        [
            ":3: warning: expected a quotation mark that opens a field to be closed, and one within words doubled; "
            "the row ends with line 3"
        ],
    ),
    "inches": ('id,author,text\n1,Mia,A 5" pipe.\n2,Tom,No.\n', ["1", "2"], []),
    "parents that are 0": ("id,author,parent,text\n1,Mia,0,It leaks.\n2,Tom,1,No.\n", ["1", "2"], []),
    "no rows": (
        "id,author,text\n",
        [],
        [": error: expected records, got only a first line, which names the columns id, author, text"],
    ),
    "a title above": ("Feedback of May\n\nid,author,text\n1,Mia,It leaks.\n", ["1"], []),
    "a title with a comma above": ("Feedback, May\nid,author,text\n1,Mia,It leaks.\n", ["1"], []),
    "a title in merged cells": ("Feedback of May,,,\n,,,\nid,author,parent,text\n1,Mia,,It leaks.\n", ["1"], []),
    "a title over rows without names": (
        "Feedback of May\n\n1,Mia,It leaks.\n2,Tom,No.\n",
        [],
        [
            ":1: error: this is CSV that no format recognises (`rejoinder formats` lists them); its first line, which "
            "is to name the columns, is 'Feedback of May'; --format text reads lines as comments"
        ],
    ),
    "a title in merged cells over names that are none": (
        "Feedback of May,,,\nNr,Name,2026,Remark\n1,Mia,,It leaks.\n",
        [],
        [
            ":1: error: this is CSV that no format recognises (`rejoinder formats` lists them); its first line names "
            "too few columns: remove the lines above the one that names them, such as a title in merged cells"
        ],
    ),
    "a title above a row with a carriage return within words": (
        "Comments, May\nid,author,text\n1,Mia,It\rleaks.\n2,Tom,No.\n",
        ["1", "2"],
        [],
    ),
    "NUL behind the rows": ("id,author,text\n1,Mia,It leaks.\n" + "\0" * 40, ["1"], []),
    "quotation marks behind backslashes": ('id,author,text\n1,Mia,"Say \\"no\\", twice"\n2,Tom,No.\n', ["1", "2"], []),
    "old line ends": (
        'id,author,text\r1,Mia,It leaks.\r2,Ole,"It is\rdry."\r',
        ["1", "2"],
        [],
    ),
}


@pytest.mark.parametrize(("content", "ids", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_a_table_is_told(tmp_path: Path, content: str, ids: list[str], said: list[str]) -> None:
    path = written(tmp_path, content)
    assert [row[0] for row in loaded(path)[0]] == ids
    assert [one for one in told(path) if ": note:" not in one] == [one.format(path) for one in said]


def test_a_title_above_the_names_is_told_in_a_note(tmp_path: Path) -> None:
    path = written(tmp_path, "\nFeedback of May\n\nid,author,text\n1,Mia,It leaks.\n")
    assert [one for one in told(path) if "above" in one] == [
        ":2: note: left out what stands above the names of the columns, such as a title: 'Feedback of May'"
    ]
    assert [one.line for one in Reading(path).found if isinstance(one.record, Comment)] == [5]


def test_windows_1252_is_told_though_a_nul_stands_in_it(tmp_path: Path) -> None:
    path = written(tmp_path, ROWS.replace("leaks", "le\0aks").encode("cp1252") + b"3;;Ida;" + b"Yes. " * 40)
    assert loaded(path)[0][0] == ("1", None, "Jörg", "The shed “le\ufffdaks”.")


MARKS = {
    'Say "no" to it': '"Say "no" to it"',
    'Say "no", twice': '"Say \\"no\\", twice"',
    '"No" is no': '""No" is no"',
    '5" or "6"': '"5" or "6""',
    "C:\\pond": "C:\\pond",
}


@pytest.mark.parametrize(("text", "field"), MARKS.items(), ids=MARKS.values())
def test_quotation_marks_within_words_stay_however_they_are_written(tmp_path: Path, text: str, field: str) -> None:
    found, problems = loaded(written(tmp_path, f"id,author,text\n1,Mia,{field}\n2,Tom,Yes.\n"))
    assert [row[-1] for row in found] == [text, "Yes."]
    assert [problem for problem in problems if not problem.note] == []


UNCLOSED: dict[str, tuple[str, dict[str, str]]] = {
    "in the last column": ('1,Mia,"No, it leaks.\n2,Tom,Yes.\n', {"1": "No, it leaks.", "2": "Yes."}),
    "in each row": (
        '1,Mia,"No.\n2,Tom,"Yes.\n3,Ida,"So?\n4,Ole,"Ah.\n',
        {"1": "No.", "2": "Yes.", "3": "So?", "4": "Ah."},
    ),
    "in the last row": ('1,Mia,No.\n2,Tom,"Yes.', {"1": "No.", "2": "Yes."}),
    "over lines": ('1,Mia,"It leaks.\nA lot, too.\n2,Tom,Yes.\n', {"1": "It leaks.\nA lot, too.", "2": "Yes."}),
    "before a row over lines": (
        '1,Mia,"No.\n2,Tom,"Yes,\nand no."\n3,Ida,So?\n',
        {"1": "No.", "2": "Yes,\nand no.", "3": "So?"},
    ),
    "words within not doubled": (
        '1,Mia,"Well.\nShe said "no" to me\nand left, sadly, at six."\n2,Tom,Yes.\n',
        {"1": 'Well.\nShe said "no" to me\nand left, sadly, at six.', "2": "Yes."},
    ),
    "whole rows over lines": (
        '1,Mia,"It leaks.\n2, 3, 4."\n5,Tom,"A ""5,5"" pipe\n6,Ida,too."\n',
        {"1": "It leaks.\n2, 3, 4.", "5": 'A "5,5" pipe\n6,Ida,too.'},
    ),
    "inches below lines": ('1,Mia,"It\nleaks."\n2,Tom,A 5" pipe.\n', {"1": "It\nleaks.", "2": 'A 5" pipe.'}),
}


@pytest.mark.parametrize(("content", "texts"), UNCLOSED.values(), ids=UNCLOSED)
def test_a_missing_quotation_mark_loses_no_row(tmp_path: Path, content: str, texts: dict[str, str]) -> None:
    found, problems = loaded(written(tmp_path, f"id,author,text\n{content}"))
    assert {row[0]: row[-1] for row in found} == texts
    assert not [problem for problem in problems if problem.lost]


def test_words_behind_a_missing_quotation_mark_keep_their_columns(tmp_path: Path) -> None:
    reading = Reading(written(tmp_path, 'id,text,author\n1,"It leaks.,Mia\n2,"Yes, it does.",Tom\n'))
    assert [(comment.text, comment.author) for comment in reading.comments] == [
        ("It leaks.", "Mia"),
        ("Yes, it does.", "Tom"),
    ]


def test_two_tables_of_one_name_are_no_one_thread_unless_a_column_names_it(tmp_path: Path) -> None:
    paths = []
    for folder in ("may", "june"):
        (tmp_path / folder).mkdir()
        paths.append(written(tmp_path / folder, f"id,author,text,thread\n1,Mia,It leaks.,{folder}\n"))
    assert not [one for one in read(paths) if isinstance(one, Problem) and one.lost]
    for path in paths:
        written(path.parent, "id,author,text\n1,Mia,It leaks.\n")
    assert ["named the same" in one.message for one in read(paths) if isinstance(one, Problem) and one.lost] == [True]


def test_a_refused_table_is_told_the_command_that_reads_it(tmp_path: Path) -> None:
    path, store = written(tmp_path, "Nr;Wer;Was, bitte?\n1;Mia;Es regnet durch.\n"), tmp_path / "a store"
    first = CliRunner().invoke(main, ["load", "--store", str(store), str(path)])
    (command,) = [line for line in first.stderr.splitlines() if line.startswith("try: ")]
    words = shlex.split(command.removeprefix("try: "))
    assert words[:4] == ["rejoinder", "load", "--store", str(store)]
    second = CliRunner().invoke(main, words[1:])
    assert (first.exit_code, second.exit_code, second.stdout[:19]) == (1, 0, "1 thread, 1 comment")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_progress_counts_each_byte_once(tmp_path: Path, encoding: str) -> None:
    path, counts = written(tmp_path, ROWS.encode(encoding)), list[int]()
    assert list(read([path], progress=counts.append))
    assert sum(counts) == path.stat().st_size


def test_a_field_without_end_ends_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "LINE_BYTES", 1000)
    path = written(tmp_path, 'id,author,text\n1,Mia,It leaks.\n2,Tom,"' + "No.\n" * 1000)
    assert [row[0] for row in loaded(path)[0]] == ["1"]
    (said,) = told(path)[1:]
    assert said.startswith(":3: error: expected fields of at most ")


UGLY: dict[str, Callable[[int], bytes]] = {
    "rows": lambda size: b"id,author,text\n" + b"".join(b"%d,Mia,It leaks.\n" % n for n in range(size // 16)),
    "one cell": lambda size: b'id,author,text\n1,Mia,"' + b"It leaks.\n" * (size // 10) + b'"\n',
    "columns": lambda size: b"id,author,text" + b",x" * (size // 2) + b"\n1,Mia,It leaks.\n",
    "quotes that are not closed": lambda size: b"id,author,text\n" + b'1,5" Mia,"It leaks\n' * (size // 20),
    "quotes that never end": lambda size: b'id,author,text\n1,Mia,"No.\n' + b"It leaks.\n" * (size // 10),
    "a long row that never ends": lambda size: (
        b'id,author,text\n1,Mia,"' + b"x" * (size // 10) + b"\na b,c,d" * (size // 10)
    ),
    "quotes": lambda size: b"id,author,text\n1,Mia," + b'"' * size + b"\n",
    "Windows-1252": lambda size: b"id,author,text\n" + b"1,Mia,It leaks.\n" * (size // 16) + b"2,J\xf6rg,No.\n",
    "UTF-16": lambda size: ("id,author,text\n" + "1,Mia,It leaks.\n" * (size // 32)).encode("utf-16"),
}


def test_a_parent_that_turns_out_to_be_a_comment_is_an_error(tmp_path: Path) -> None:
    rows = "".join(f"{number},0,Mia,{'It leaks again. ' * 9}\n" for number in range(900, 0, -1))
    found, problems = loaded(written(tmp_path, f"id,parent,author,text\n{rows}0,,Tom,The shed leaks.\n"))
    assert len(found) == 901
    (lost,) = [problem for problem in problems if problem.lost]
    assert (lost.line, lost.message.partition(",")[0]) == (902, "this comment's id is 0")


@pytest.mark.parametrize("content", UGLY.values(), ids=UGLY)
def test_a_table_is_read_in_linear_time(tmp_path: Path, content: Callable[[int], bytes]) -> None:
    def made(size: int) -> Path:
        return written(tmp_path, content(size), f"{size}.csv")

    assert_in_proportion(made, lambda path: sum(1 for _ in read([path])), small=30_000, floor=0.03)

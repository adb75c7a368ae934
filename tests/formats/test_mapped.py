"""Field maps: any JSON, CSV or XML of one record a comment; what a wrong map or a wrong record says; first guesses."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.cli import main
from rejoinder.errors import BadParameter, Problem
from rejoinder.loaders import LOADERS, read
from rejoinder.loaders.containers.columns import DELIMITERS
from rejoinder.loaders.containers.keys import xml_records
from rejoinder.loaders.mapping import FieldMap, every_value, path_steps, pick
from rejoinder.loaders.mapping.guess import guess
from rejoinder.loaders.mapping.maps import NAMES, field_map
from rejoinder.records import Comment, Found, State, Thread
from tests.timing import assert_in_proportion

ROOT = Path(__file__).parents[2]
PLAIN = "id=id,parent=re,author=by,text=words"


def written(folder: Path, content: str | bytes, name: str = "shed.dat") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def loaded(path: Path, written_map: str) -> tuple[list[Comment], list[Problem], list[Thread]]:
    everything = list(read([path], by=field_map(written_map)))
    found = [one.record for one in everything if isinstance(one, Found)]
    return (
        [one for one in found if isinstance(one, Comment)],
        [one for one in everything if isinstance(one, Problem) and "nothing reads" not in one.message],
        [one for one in found if isinstance(one, Thread)],
    )


TWO = [("1", None, "Mia", "The shed leaks."), ("2", "1", "Tom", "It does not.")]

ONE = '{"id": 1, "by": "Mia", "words": "The shed leaks."}'
OTHER = '{"id": 2, "re": 1, "by": "Tom", "words": "It does not."}'

# What holds the same two comments, and the map that reads them.
CONTAINERS: dict[str, tuple[str | bytes, str]] = {
    "a list": (f"[{ONE}, {OTHER}]", PLAIN),
    "lines": (f"{ONE}\n\n{OTHER}\n", PLAIN),
    "one line": (f'{ONE[:-1]}, "below": [{OTHER}]}}', "id=id,author=by,text=words,children=below[]"),
    "a list within": (
        '{"page": {"of": 3, "no": [4]}, "data": {"x": [[]], "items": [\n' + f'{ONE},\n{OTHER}\n], "after": {{}}}}}}',
        f"{PLAIN},records=data.items[]",
    ),
    "a list within, without brackets": (f'{{\n"items": [{ONE}, {OTHER}]}}', f"{PLAIN},records=items"),
    "lists in a list": (
        f'{{"pages": [{{"rows": [{{"c": {ONE}}}]}}, {{}}, {{"rows": [{{"c": {OTHER}}}]}}]}}',
        f"{PLAIN},records=pages[].rows[].c",
    ),
    "lines with lists": (f'{{"rows": [{ONE}]}}\n{{"rows": [{OTHER}]}}\n', f"{PLAIN},records=rows[]"),
    "nested replies": (
        '[{"id": 1, "by": {"n": ["?", "Mia"]}, "words": "The shed leaks.", "all": {"r": ['
        '{"id": 2, "by": {"n": ["Tom"]}, "words": "It does not."}]}}]',
        "id=id,author=by.n[-1],text=words,children=all.r[]",
    ),
    "an object with a byte order mark": (
        b"\xef\xbb\xbf\n " + f'{{"rows": [{ONE}, {OTHER}]}}'.encode(),
        f"{PLAIN},records=rows[]",
    ),
    "commas": ("id,re,by,words\n1,,Mia,The shed leaks.\n2,1,Tom,It does not.\n", PLAIN),
    "semicolons": ("id;re;by;words\r\n1;;Mia;The shed leaks.\r\n2;1;Tom;It does not.\r\n", PLAIN),
    "tabs": ("id\tre\tby\twords\n1\t\tMia\tThe shed leaks.\n2\t1\tTom\tIt does not.\n", PLAIN),
    "bars": ("id|re|by|words\n1||Mia|The shed leaks.\n2|1|Tom|It does not.", PLAIN),
    "columns with odd names": (
        '"No., of note",Reply to [no],"who.name",words\n1,,Mia,The shed leaks.\n\n2,1,Tom,It does not.\n',
        "id=No.\\, of note,parent=Reply to [no],author=who.name,text=words",
    ),
    "a byte order mark and columns": (
        b"\xef\xbb\xbfid,re,by,words\n1,,Mia,The shed leaks.\n2,1,Tom,It does not.\n",
        PLAIN,
    ),
    "XML with attributes": (
        '<f><c id="1" by="Mia"><words>The shed leaks.</words></c>'
        '<c id="2" by="Tom" re="1"><words>It does not.</words></c></f>',
        "id=@id,parent=@re,author=@by,text=words,records=c",
    ),
    "XML with names": (
        '<?xml version="1.0"?><x:f xmlns:x="urn:x" xmlns="urn:y">'
        '<x:c><x:id>1</x:id><by n="Mia"/><words lang="en">The <b>shed</b> leaks.</words></x:c>'
        '<x:c><x:id>2</x:id><re to="1"/><by n="Tom"/><words lang="en"><![CDATA[It does not.]]></words></x:c></x:f>',
        "id=id,parent=re.@to,author=by.@n,text=words,records=x:c",
    ),
}


@pytest.mark.parametrize(("content", "map_"), CONTAINERS.values(), ids=CONTAINERS)
def test_two_comments_are_read_from_whatever_holds_them(tmp_path: Path, content: str | bytes, map_: str) -> None:
    comments, problems, _ = loaded(written(tmp_path, content), map_)
    assert [(comment.id, comment.parent, comment.author, comment.text) for comment in comments] == TWO
    assert {(comment.thread.site, comment.thread.id) for comment in comments} == {("local", "shed")}
    assert problems == []


RECORD = {"id": 7, "t": "The shed leaks."}
FIELDS: dict[str, tuple[dict[str, object], str, str, object]] = {
    "thread": ({"in": {"no": 4}}, "thread=in.no", "thread.id", "4"),
    "site": ({}, "site='club.example'", "thread.site", "club.example"),
    "the first of two": ({"nick": None, "name": "Mia"}, "author=nick|name", "author", "Mia"),
    "no author": ({"name": " "}, "author=name", "author", None),
    "ISO date": ({"d": "2024-03-01T10:00:00Z"}, "created=d", "created", "2024-03-01T10:00:00Z"),
    "seconds": ({"d": 1709287200}, "created=d", "created", "2024-03-01T10:00:00Z"),
    "seconds in a string": ({"d": "1709287200"}, "created=d", "created", "2024-03-01T10:00:00Z"),
    "seconds with a fraction": ({"d": "1709287200.5"}, "created=d", "created", "2024-03-01T10:00:00.500000Z"),
    "milliseconds": ({"d": 1709287200000}, "created=d", "created", "2024-03-01T10:00:00Z"),
    "a date in digits": ({"d": "20240301"}, "created=d", "created", "20240301"),
    "replies": ({"n": 3}, "replies=n", "declared_replies", 3),
    "replies in a string": ({"n": " 3 "}, "replies=n", "declared_replies", 3),
    "no replies": ({"n": ""}, "replies=n", "declared_replies", None),
    "link": ({"u": "https://shed.example/7"}, "link=u", "url", "https://shed.example/7"),
    "parent": ({"p": 6}, "parent=p", "parent", "6"),
    "parent 0": ({"p": "0"}, "parent=p,top=0", "parent", None),
    "last of several": ({"p": ["1", "2", "3"]}, "parent=p[-1]", "parent", "3"),
    "none of several": ({"p": []}, "parent=p[-1]", "parent", None),
    "deleted": ({"x": True}, "deleted=x", "states", (State.DELETED,)),
    "not deleted": ({"x": "false"}, "deleted=x", "states", ()),
    "deleted at": ({"x": "2024-03-01"}, "deleted=x", "states", (State.DELETED,)),
    "told by a word": ({"x": "open"}, "resolved=x=shut", "states", ()),
    "told by a word, indeed": ({"x": "shut"}, "resolved='x'=shut|x=shut", "states", ()),
    "two states": (
        {"x": {"y": "shut"}, "z": 1},
        "resolved=x.y=shut,retracted=z",
        "states",
        (State.RESOLVED, State.RETRACTED),
    ),
    "told by true": ({"x": True}, "retracted=x=true", "states", (State.RETRACTED,)),
}


@pytest.mark.parametrize(("values", "entry", "attribute", "value"), FIELDS.values(), ids=FIELDS)
def test_a_field_is_read_as_its_map_says(
    tmp_path: Path, values: dict[str, object], entry: str, attribute: str, value: object
) -> None:
    path = written(tmp_path, json.dumps({**RECORD, **values}))
    comments, problems, _ = loaded(path, f"id=id,text=t,{entry}")
    found: object = comments[0]
    for name in attribute.split("."):
        found = getattr(found, name)
    assert (found, problems) == (value, [])


@pytest.mark.parametrize(
    ("markup", "text", "links"),
    [
        ("plain", "**Rye** &amp; <i>oats</i>, see https://x.example/a", ["https://x.example/a"]),
        ("html", "**Rye** & oats, see https://x.example/a", ["https://x.example/a"]),
        ("markdown", "Rye & oats, see https://x.example/a", ["https://x.example/a"]),
    ],
)
def test_a_text_is_read_in_its_markup(tmp_path: Path, markup: str, text: str, links: list[str]) -> None:
    words = "**Rye** &amp; <i>oats</i>, see https://x.example/a"
    comments, problems, _ = loaded(
        written(tmp_path, json.dumps({"id": 1, "t": words})), f"id=id,text=t,markup={markup}"
    )
    assert comments[0].text.replace("<i>", "<i>") == text
    assert {link.url for link in comments[0].links} <= set(links)
    assert problems == []


def test_what_stands_around_the_records_is_reached_from_the_root(tmp_path: Path) -> None:
    content = '{"posts": [{"id": 1, "t": "The shed leaks."}], "topic": {"id": 9, "title": "The shed", "n": 1}}'
    map_ = "records=posts[],id=id,text=t,thread=$.topic.id,thread_title=$.topic.title,thread_comments=$.topic.n"
    comments, problems, threads = loaded(written(tmp_path, content), map_)
    assert [(one.key.id, one.title, one.declared_comments) for one in threads] == [("9", "The shed", 1)]
    assert (comments[0].thread.id, problems) == ("9", [])


def test_replies_nest_as_deep_as_a_file_can(tmp_path: Path) -> None:
    deep = "".join(f'{{"id": {n}, "t": "no", "below": [' for n in range(3000)) + "]}" * 3000
    comments, problems, _ = loaded(written(tmp_path, deep), "id=id,text=t,children=below[]")
    assert [comment.parent for comment in comments] == [None, *map(str, range(2999))]
    assert problems == []


LOST: dict[str, tuple[str, str, list[str], int, str]] = {
    "no id": (
        '[{"id": 1, "t": "a"},\n{"t": "b"}, {"id": 3, "t": "c"}]',
        "id=id,text=t",
        ["1", "3"],
        2,
        'expected "id" to be a string, but there is none',
    ),
    "a list as text": (
        '[{"id": 1, "t": "a"},\n{"id": 2, "t": []}, {"id": 3, "t": "c"}]',
        "id=id,text=t",
        ["1", "3"],
        2,
        'expected "text" to be a string, got []',
    ),
    "blank": (
        '[{"id": 1, "t": "a"},\n{"id": 2, "t": " "}, {"id": 3, "t": "c"}]',
        "id=id,text=t",
        ["1", "3"],
        2,
        'expected "text=t" that is not empty',
    ),
    "no record": (
        '[{"id": 1, "t": "a"},\n8, {"id": 3, "t": "c"}]',
        "id=id,text=t",
        ["1", "3"],
        2,
        "expected a record (an object), got 8",
    ),
    "a fraction as id": (
        '[{"id": 1, "t": "a"},\n{"id": 2.5, "t": "b"}]',
        "id=id,text=t",
        ["1"],
        2,
        "to be a string, got 2.5",
    ),
    "replies in words": ('[{"id": 1, "t": "a", "n": "few"}]', "id=id,text=t,replies=n", ["1"], 1, "got 'few'"),
    "an author of parts": ('[{"id": 1, "t": "a", "w": [1]}]', "id=id,text=t,author=w", ["1"], 1, "to be a string"),
    "minus replies": (
        '[{"id": 1, "t": "a", "n": -1}]',
        "id=id,text=t,replies=n",
        ["1"],
        1,
        "to be a whole number from 0",
    ),
    "year 300000": ('[{"id": 1, "t": "a", "d": 9e15}]', "id=id,text=t,created=d", ["1"], 1, "seconds since 1970"),
    "broken off": (
        '[{"id": 1, "t": "a"},\n{"id": 2, "t": "b',
        "id=id,text=t",
        ["1"],
        2,
        "expected the string that begins here to end with a double quote",
    ),
    "no comma": (
        '[{"id": 1, "t": "a"}\n{"id": 2, "t": "b"}]',
        "id=id,text=t",
        ["1"],
        2,
        'expected "," or "]" after an element',
    ),
    "half a line": (
        '{"id": 1, "t": "a"}\n{"id": 2, "t\n{"id": 3, "t": "c"}',
        "id=id,text=t",
        ["1", "3"],
        2,
        "expected the string that begins here to end with a double quote",
    ),
    "a field too many": ('id,t\n1,a\n2,"b\nb",x\n3,c\n', "id=id,text=t", ["1", "3"], 3, "expected 2 fields, got 3"),
    "an open quote": ('id,t\n1,a\n2,"b\n3,c\n', "id=id,text=t", ["1", "2", "3"], 0, ""),
    "half an element": (
        '<f><c id="1"><t>a</t></c>\n<c id="2"><t>b</f>',
        "id=@id,text=t,records=c",
        ["1"],
        2,
        "expected well-formed XML",
    ),
    "an entity": (
        '<!DOCTYPE f [<!ENTITY a "b">]>\n<f><c id="1"><t>a</t></c></f>',
        "id=@id,text=t,records=c",
        [],
        1,
        "expected XML without a DOCTYPE",
    ),
}


@pytest.mark.parametrize(("content", "map_", "ids", "line", "message"), LOST.values(), ids=LOST)
def test_what_is_no_comment_is_lost_alone(
    tmp_path: Path, content: str, map_: str, ids: list[str], line: int, message: str
) -> None:
    comments, problems, _ = loaded(written(tmp_path, content), map_)
    assert [comment.id for comment in comments] == ids
    if line:
        assert [(problem.line, problem.lost) for problem in problems] == [(line, True)]
        assert message in problems[0].message


MISFITS: dict[str, tuple[str, str, bool, str]] = {
    "id of no record": (
        '[{"a": 1, "t": "x"}, {"a": 2, "t": "x"}]',
        "id=key,text=t",
        True,
        "expected the map's id=key in the records; the first record holds a, t",
    ),
    "text of no record": (
        "a,b\n1,x\n2,y\n",
        "id=a,text=words",
        True,
        "expected the map's text=words in the records; the first record holds a, b",
    ),
    "both": (
        "<f><c n='1'/></f>",
        "id=@id,text=t.b,records=c",
        True,
        "expected the map's id=@id, text=t.b in the records; the first record holds @n",
    ),
    "an author of no record": (
        '[{"a": 1, "t": "x"}]',
        "id=a,text=t,author=who.name",
        False,
        "expected the map's author=who.name in the records; no record has it; the first holds a, t",
    ),
    "no such list": (
        '{"data": {"rows": []}}',
        "id=a,text=t,records=data.items[]",
        True,
        "expected a key 'items' at data, which holds rows",
    ),
    "no list": (
        '{"data": {"rows": 5}}',
        "id=a,text=t,records=data.rows[]",
        True,
        "expected an array at data.rows, got '5'",
    ),
    "no object": ("[[1]]", "id=a,text=t,records=data.rows[]", True, "expected an object, got '['"),
    "an empty list": ('{"rows": []}', "id=a,text=t,records=rows[]", True, "expected records at rows[], got none"),
    "no such element": ("<f><c/></f>", "id=@a,text=t,records=row", True, "expected records at row, got none"),
    "no element named": (
        "<f><c/></f>",
        "id=@a,text=t",
        True,
        "expected records=NAME in the map, the element of one comment, got ''",
    ),
    "no rows": ("a,b\n", "id=a,text=b", True, "expected records, got only a first line, which names the columns a, b"),
}


@pytest.mark.parametrize(("content", "map_", "lost", "message"), MISFITS.values(), ids=MISFITS)
def test_a_map_that_does_not_fit_says_which_field_and_what_there_is(
    tmp_path: Path, content: str, map_: str, lost: bool, message: str
) -> None:
    _, problems, _ = loaded(written(tmp_path, content), map_)
    assert [(problem.message, problem.lost) for problem in problems] == [(message, lost)]


def test_a_map_that_does_not_fit_is_answered_with_one_that_may(tmp_path: Path) -> None:
    path = written(tmp_path, "Nr;Wer;Was\n1;Mia;Es regnet durch.\n2;Mia;Immer noch.\n")
    _, (problem,), _ = loaded(path, "id=id,text=text")
    assert problem.proposal == "id=Nr,author=Wer,text=Was"
    assert len(loaded(path, problem.proposal)[0]) == 2


def test_a_field_that_only_the_first_records_lack_is_no_misfit(tmp_path: Path) -> None:
    records = [{"id": n} for n in range(50)] + [{"id": n, "t": "a", "by": None} for n in range(50, 60)]
    comments, problems, _ = loaded(written(tmp_path, json.dumps(records)), "id=id,text=t,author=by")
    assert (len(comments), len(problems)) == (10, 50)


def test_a_map_that_fits_no_record_is_said_once(tmp_path: Path) -> None:
    path = written(tmp_path, "".join(f'{{"nr": {n}}}\n' for n in range(20_000)))
    _, problems, _ = loaded(path, "id=id,text=t")
    assert [problem.line for problem in problems] == [1]


WRONG_MAPS = {
    "autor=x": "there is no field 'autor' (did you mean 'author'?); the fields are id, text, thread, parent",
    "id=key": "expected text as well, for example text=key",
    "": "expected id and text as well, for example id=key",
    "key": "expected a field map such as id=key,parent=reply_to,text=body, or a TOML file of such fields, got 'key'",
    "id=a,text=b,id=c": "expected 'id' once",
    "id=a,text=b,markup=rtf": "expected markup out of plain, html, markdown, got 'rtf'",
    "id=a[],text=b": "id: expected one value, so [0] or [-1] instead of [], got 'a[]'",
    "missing.toml": "cannot read missing.toml",
}


@pytest.mark.parametrize(("map_", "message"), WRONG_MAPS.items(), ids=map(repr, WRONG_MAPS))
def test_a_wrong_map_is_an_error_that_names_the_field(map_: str, message: str) -> None:
    with pytest.raises(BadParameter) as error:
        field_map(map_)
    assert str(error.value).startswith(f"--map: {message}")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id = 5.5\ntext = 't'\n", "expected id to be a path in quotes, got 5.5"),
        ("id = \n", "expected TOML such as"),
        ("id = 'a'\n", "expected text as well"),
        ("id = 'a'\ntext = 't'\nwho = 'c'\n", "there is no field 'who'"),
    ],
)
def test_a_wrong_file_of_a_map_is_an_error_that_names_it(tmp_path: Path, content: str, message: str) -> None:
    path = written(tmp_path, content, "fields.toml")
    with pytest.raises(BadParameter) as error:
        field_map(str(path))
    assert str(path) in str(error.value)
    assert message in str(error.value)


def test_a_map_is_the_same_on_the_command_line_and_in_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, "id = 'a.b'\ntext = 't'\nsite = '\"club, the\"'\ntop = 0\n", "fields.toml")
    assert field_map(str(path)) == field_map('id=a.b, text=t, site="club, the", top=0')
    assert field_map(str(path)) == FieldMap(id="a.b", text="t", site='"club, the"', top="0")


@given(st.lists(st.text(st.characters(exclude_characters="\0\r\n"), min_size=1), min_size=2, max_size=4, unique=True))
def test_any_key_can_be_named(keys: list[str]) -> None:
    value: object = "here"
    for key in reversed(keys):
        value = {key: value}
    path = ".".join("".join(f"\\{one}" if one in "\\.[]|=,\"'$" else one for one in key) for key in keys)
    assert path_steps(path) == tuple(keys)
    assert list(every_value(value, path)) == ["here"]


def test_a_constant_needs_no_record() -> None:
    assert (pick({}, '"a, b"'), pick({}, "'it''s'"), pick({"'a'": 1}, "'a'")) == ("a, b", "it''s", 1)


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), min_size=3, max_size=3),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(DELIMITERS),
)
def test_rows_keep_their_values_and_lines(values: list[list[str]], delimiter: str) -> None:
    import csv
    import io
    import tempfile

    out = io.StringIO()
    rows = [[f"{n}", *row[1:]] for n, row in enumerate(values)]
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["id", "who", "words"])
    writer.writerows([name, who, f"x\n{words}"] for name, who, words in rows)
    with tempfile.TemporaryDirectory() as folder:
        everything = list(read([written(Path(folder), out.getvalue())], by=field_map("id=id,author=who,text=words")))
    found = [one for one in everything if isinstance(one, Found)]
    assert [one.line for one in found] == [2 + 2 * n for n in range(len(values))]
    comments = [one.record for one in found if isinstance(one.record, Comment)]
    assert [(comment.id, comment.text) for comment in comments] == [(name, f"x\n{words}") for name, _, words in rows]


def test_a_field_of_a_megabyte_is_kept(tmp_path: Path) -> None:
    words = "rain, wind " * 100_000
    comments, problems, _ = loaded(written(tmp_path, f'id,t\n1,"{words}"\n'), "id=id,text=t")
    assert (comments[0].text, problems) == (words, [])


STREAM = """
import sys
from rejoinder.loaders import read
from rejoinder.loaders.mapping.maps import field_map
from tests.memory import peak
before = peak()
count = sum(1 for _ in read([sys.argv[1]], by=field_map(sys.argv[2])))
print(count, peak() - before)
"""


@pytest.mark.parametrize("kind", ["json", "xml", "csv"])
def test_a_large_file_takes_little_memory(tmp_path: Path, kind: str) -> None:
    words = "The shed leaks where the gutter ends. " * 25
    count = 18_000
    path = tmp_path / "large"
    form, map_ = {
        "json": ('{{"id": {n}, "t": "{words}"}},\n', "id=id,text=t,records=rows[]"),
        "xml": ('<c id="{n}"><t>{words}</t></c>\n', "id=@id,text=t,records=c"),
        "csv": ("{n},{words}\n", "id=id,text=t"),
    }[kind]
    first, last = {
        "json": ('{"a": 1, "rows": [', '{"id": "z", "t": "b"}]}'),
        "xml": ("<f>", "</f>"),
        "csv": ("id,t\n", ""),
    }[kind]
    with path.open("w", encoding="utf-8") as file:
        file.write(first)
        file.writelines(form.format(n=n, words=words) for n in range(count))
        file.write(last)
    assert path.stat().st_size > 16_500_000
    command = [sys.executable, "-c", STREAM, str(path), map_]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    found, kilobytes = map(int, done.stdout.split())
    assert found == count + (kind == "json")
    assert kilobytes < 15_000, "less than the file"


GUESSES = {
    '[{"id": 1, "body": "x", "user": {"login": "a"}}]': "id=id,author=user.login,text=body",
    '{"n": {"m": 1, "rows": [{"_id": "a", "html": "b"}]}}': "records=n.rows[],id=_id,text=html,markup=html",
    '[{"id": 1, "text": "x", "replies": [{"id": 2, "text": "y"}]}]': "id=id,text=text,children=replies[]",
    '{"id": 1, "message": "x"}\n{"id": 2, "message": "y"}\n': "id=id,text=message",
    "Comment ID;Parent ID;Text\n1;;x\n": "id=Comment ID,parent=Parent ID,text=Text",
    "sep=;\nid;text\n1;a, b, c\n": "id=id,text=text",
    '<f><c id="1"><user>a</user><body>b</body></c></f>': "records=c,id=@id,author=user,text=body",
    '{"kind": "x", "rows": []}': None,
    "a,b\n1,2\n": None,
    "item\tprice\tqty\nbread\t2.50\t3\nmilk\t1.20\t2\n": None,
    "date,temp,wind\n2026-01-01,3.2,12\n2026-01-02,4.1,8\n": None,
    "name,city,email\nAnn Lee,York,a@post.example\nBob Ray,Hull,b@post.example\n": None,
    "page,hits\nhttps://beds.example/a/long/address/of/one,9\nhttps://beds.example/b,7\n": None,
    "temp,wind,seen\n3.2,12,It snows.\n4.1,8,It does not.\n2.7,9,Again.\n": "id=#,text=seen",
    "code,who,said\nk7x,Mia,It leaks.\nb2m,Tom,It does.\n": "id=code,author=who,text=said",
    "Nr;Thema;Antwort auf;Verfasser;Text;Datum\n1;Dach;;Mia;Es regnet.;1.9.26\n2;Dach;1;Tom;Nein.;2.9.26\n": (
        "id=Nr,parent=Antwort auf,author=Verfasser,created=Datum,text=Text"
    ),
    "Numéro;Sujet;Réponse à;Auteur;Texte;Date\n1;Toit;;Mia;Il pleut.;1.9.26\n": (
        "id=Numéro,parent=Réponse à,author=Auteur,created=Date,text=Texte"
    ),
    "Nº;Asunto;Usuario;Comentario;Fecha\n1;Techo;Mia;Llueve.;1.9.26\n": (
        "id=Nº,author=Usuario,created=Fecha,text=Comentario"
    ),
    "Wann,Wer,Was\n2026-09-01,Mia,It leaks again.\n2026-09-02,Mia,It does.\n": "id=#,author=Wer,created=Wann,text=Was",
    "Zeitstempel,Name,Was meinst du?\n13/9/2026 14:05,Mia,Es ist nass.\n13/9/2026 14:06,Tom,Nein.\n": (
        "id=#,author=Name,created=Zeitstempel,text=Was meinst du?"
    ),
    "#,Wer,Was\n7,Mia,It leaks.\n8,Mia,It does.\n": "id=#,author=Wer,text=Was",
    "id,title,wer,text\n1,Roofs,Mia,It leaks.\n2,Roofs,Tom,No.\n": "id=id,author=wer,text=text",
    "One id, one text.\nAnd more.\n": None,
}


@pytest.mark.parametrize(("head", "map_"), GUESSES.items(), ids=map(repr, GUESSES))
def test_a_first_map_is_made_of_the_names_in_the_file(head: str, map_: str | None) -> None:
    assert guess(head) == map_
    assert map_ is None or field_map(map_)


XML_GROWTH: dict[str, Callable[[int], str]] = {
    "elements of one name": lambda size: '<c id="1"><t>The shed leaks.</t>' + "<x/>" * size + "</c>",
    "replies below many elements": lambda size: (
        '<c id="1"><t>The shed leaks.</t>' + "<x/>" * size + '<c id="2"><t>No.</t></c>' * (size // 10) + "</c>"
    ),
}


@pytest.mark.parametrize("content", XML_GROWTH.values(), ids=XML_GROWTH)
def test_elements_of_xml_are_read_in_linear_time(tmp_path: Path, content: Callable[[int], str]) -> None:
    def made(size: int) -> Path:
        return written(tmp_path, f"<r>{content(size)}</r>", f"{size}.xml")

    assert_in_proportion(made, lambda path: loaded(path, "id=@id,text=t,records=c,children=c"), small=3_000)


def test_characters_that_xml_has_no_place_for_are_told(tmp_path: Path) -> None:
    content = '<r><c id="1"><t>The shed &#1; leaks.</t></c></r>'
    comments, problems, _ = loaded(written(tmp_path, content), "id=@id,text=t,records=c")
    assert [comment.text for comment in comments] == ["The shed \ufffd leaks."]
    assert [problem.message.partition(";")[0] for problem in problems] == [
        "expected UTF-8 text without control characters"
    ]


@pytest.mark.parametrize("unit", ["<!--", "<![CDATA[", "<a></b>", "</b>", "<a b='c' "])
def test_a_guess_takes_linear_time(unit: str) -> None:
    assert_in_proportion(lambda size: "<r>" + "<a>" * (size // 6) + unit * (size // len(unit)), guess, small=20_000)


@pytest.mark.parametrize(
    ("head", "records"),
    [
        ("<r><a x='1'><b/></c></a><d/></r>", {"r": ["a", "d"], "a": ["@x", "b"], "b": [], "d": []}),
        ("<r><a><b></a><d/></r>", {"r": ["a", "d"], "a": ["b"], "b": [], "d": []}),
        ("<r><a/><!-- <b/>", {"r": ["a"], "a": []}),
    ],
    ids=["an end without a beginning", "a beginning without an end", "a comment that is cut off"],
)
def test_elements_stand_where_the_open_one_around_them_tells(head: str, records: dict[str, list[str]]) -> None:
    assert xml_records(head) == records


@pytest.mark.parametrize(
    "head", [one for one, map_ in GUESSES.items() if map_ and one[:2] not in ("Co", "a,")], ids=repr
)
def test_the_map_that_an_error_proposes_reads_the_file(tmp_path: Path, head: str) -> None:
    path = written(tmp_path, head, "shed.json" if head[0] in "[{<" else "shed.csv")
    (problem,) = [one for one in read([path]) if isinstance(one, Problem)]
    comments, problems, _ = loaded(path, problem.proposal)
    assert comments
    assert problems == []


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["load", *words])
    return result.exit_code, result.output


def test_a_map_on_the_command_line_reads_the_files(tmp_path: Path) -> None:
    path = written(tmp_path, "id,words\n1,The shed leaks.\n")
    code, output = run("--store", str(tmp_path / "s"), "--map", "id=id,text=words", str(path))
    assert (code, output.startswith("1 thread, 1 comment")) == (0, True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--format", "mapped"], "--format mapped: expected a field map: --map id=key,text=body"),
        (["--format", "text", "--map", "id=id,text=t"], "--map: expected no --format beside it, got 'text'"),
        (["--map", "id=id"], "--map: expected text as well"),
    ],
)
def test_a_map_that_is_missing_or_too_much_is_an_error(tmp_path: Path, options: list[str], message: str) -> None:
    path = written(tmp_path, "id,words\n1,The shed leaks.\n")
    code, output = run("--store", str(tmp_path / "s"), *options, str(path))
    assert code == 1
    assert message in output


def test_two_files_of_one_name_are_no_one_thread_unless_the_map_names_it(tmp_path: Path) -> None:
    paths = []
    for folder in ("may", "june"):
        (tmp_path / folder).mkdir()
        paths.append(written(tmp_path / folder, f"id,t,words\n1,{folder},The shed leaks.\n"))
    problems = [one for one in read(paths, by=field_map("id=id,text=words,link=t")) if isinstance(one, Problem)]
    assert ["named the same" in problem.message for problem in problems] == [True]
    assert not [one for one in read(paths, by=field_map("id=id,text=words,thread=t")) if isinstance(one, Problem)]


@pytest.mark.parametrize(
    ("content", "proposal"),
    [
        ("Nummer;Aussage\n1;Es regnet durch.\n", "id=Nummer,text=Aussage"),
        (
            "Nr;Wer;Worauf;Wann;Was, bitte?\n1;Jo;;1.3.2024;Es regnet.\n2;Mo;1;2.3.2024;Nein, es regnet nicht.\n",
            "id=Nr,parent=Worauf,author=Wer,created=Wann,text=Was\\, bitte?",
        ),
        ("it's;a\n1;The shed leaks.\n", "id=it\\'s,text=a"),
        ("One column\nIt leaks.\n", ""),
        ("item,price\nbread,2.50\nmilk,1.20\n", ""),
        ("name,said\nMia,It leaks.\nMia,It does.\n", "id=#,author=name,text=said"),
    ],
)
def test_a_file_of_columns_is_no_prose_whatever_they_are_called(tmp_path: Path, content: str, proposal: str) -> None:
    (problem,) = read([written(tmp_path, content, "shed.csv")])
    assert isinstance(problem, Problem)
    assert problem.message.startswith("this is CSV that no format recognises")
    assert problem.proposal == proposal


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("shop.csv", "item,price\nbread,2.50\n", "this is CSV that no format"),
        ("shop.tsv", "item\tprice\nbread\t2.50\n", "this is TSV that no format"),
        ("shop.csv", "item\tprice\nbread\t2.50\n", "this is TSV that no format"),
        ("shop.tsv", "item\nbread\n", "this is TSV that no format"),
        ("shop.csv", "a,b\n1,2\n", "; no column holds what looks like the words of comments; the columns are a, b"),
        ("shop.csv", "a,b\n1,It is wet.\n2\n", "; if it holds comments, say with --map which column is what"),
        ("shop.csv", "a,b\nx\nx,It is wet.\n", "; no column names each comment: add an id"),
    ],
)
def test_columns_that_no_format_recognises_are_called_what_they_are(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    (problem,) = read([written(tmp_path, content, name)])
    assert isinstance(problem, Problem)
    assert said in problem.message


@pytest.mark.parametrize(("name", "kind"), [("notes.txt", "note"), ("notes.log", "warning")])
def test_prose_is_read_as_plain_text_and_that_is_said(tmp_path: Path, name: str, kind: str) -> None:
    path = written(tmp_path, "The shed leaks.\nIt does not.\n", name)
    everything = list(read([path]))
    assert [str(one) for one in everything if isinstance(one, Problem)] == [
        f"{path}: {kind}: read as plain text, a comment a paragraph, for no other format fits"
    ]
    assert len(everything) == 4
    assert not [one for one in read([path], format="text") if isinstance(one, Problem)]


def block(page: str, language: str) -> str:
    """The only block of that language on a page."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.M | re.S)
    return str(found)


def test_the_documented_map_is_that_of_the_example(tmp_path: Path) -> None:
    documented = written(tmp_path, block("docs/formats.md", "toml"), "documented.toml")
    assert field_map(str(documented)) == field_map(str(ROOT / "examples" / "reading-room.toml"))


def test_every_field_of_a_map_is_documented() -> None:
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    section = text.partition("| field | what stands there |")[2].partition("\n\n")[0]
    first = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    assert sorted(re.findall(r"`(\w+)`", " ".join(first))) == sorted(NAMES)


def test_the_format_of_twenty_lines_is_a_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, block("CONTRIBUTING.md", "py"), "noticeboard.py")
    spec = importlib.util.spec_from_file_location("noticeboard", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(LOADERS, module.NAME, module)
    notes = '[{"note": 1, "pinned_by": "Ivo", "words": "A <i>ladder</i>?"}, {"note": 2, "under": 1, "words": "I."}]'
    everything = list(read([written(tmp_path, notes, "board.json")]))
    comments = [one.record for one in everything if isinstance(one, Found) and isinstance(one.record, Comment)]
    assert [
        (comment.thread.site, comment.id, comment.parent, comment.author, comment.text) for comment in comments
    ] == [
        ("noticeboard", "1", None, "Ivo", "A ladder?"),
        ("noticeboard", "2", "1", None, "I."),
    ]
    assert len(everything) == 2

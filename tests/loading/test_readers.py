"""What all loaders read with: the structure a file begins with, JSON and XML within bounds, bodies as plain text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import MOST_READ, Body, Dialect, from_html, from_markdown, markdown_parser, plain_body
from rejoinder.loaders.bodies.writing import resolve_url
from rejoinder.loaders.containers import arrays, documents, xml
from rejoinder.loaders.containers.arrays import array_elements
from rejoinder.loaders.containers.documents import json_document, json_documents, json_lines
from rejoinder.loaders.containers.peek import json_paths, xml_root
from rejoinder.loaders.containers.xml import FoundElement, child_words, elements
from rejoinder.loaders.formats import jsonl
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.values.scrub import Scrubber
from tests.timing import assert_in_proportion


def source(folder: Path, content: str | bytes) -> Source:
    path = folder / "file"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return Source(path)


@pytest.mark.parametrize(
    ("head", "paths"),
    [
        ("{}", set()),
        ('{"a": 1}', {"a"}),
        (' \n[{"a": {"b": null}}]', {"[].a", "[].a.b"}),
        ('{"a": [[{"b": 1}]], "c": 2}', {"a", "a[][].b", "c"}),
        ('{"a": "x, \\"b\\": {", "c": [1, 2]}', {"a", "c"}),
        ('{"a": 1}\n{"b": 2}', {"a", "b", "(lines)"}),
        ('{"a": 1}\n', {"a"}),
        ('[{"a": 1}, {"b": 2}]', {"[].a", "[].b"}),
        ('{"a\\u0062": 1}', {"ab"}),
        ('{"a": {"b": 1}, "cut o', {"a", "a.b"}),
        ('{"a": "cut o', {"a"}),
        ('{"a": tru', {"a"}),
        ("}{]", set()),
        ("{]}", {"(lines)"}),
        ('"a": 1', set()),
        ("prose", set()),
        ("", set()),
        ("[" * 500 + '{"a": 1}', set()),
    ],
)
def test_key_paths_of_json_that_may_be_cut_off(head: str, paths: set[str]) -> None:
    assert json_paths(head) == paths


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab.[]", max_size=3), inner, max_size=3),
    max_leaves=10,
)


def paths_of(value: object, path: str = "") -> set[str]:
    if isinstance(value, list):
        return {one for item in value for one in paths_of(item, path + "[]")}
    if isinstance(value, dict):
        below = {f"{path}.{key}" if path else key: item for key, item in value.items()}
        return {*below} | {one for key, item in below.items() for one in paths_of(item, key)}
    return set()


@given(values, st.integers(0, 200))
def test_key_paths_are_those_of_the_value_and_a_cut_only_loses_some(value: object, cut: int) -> None:
    text = json.dumps(value)
    whole = json_paths(text)
    if isinstance(value, list | dict):
        assert whole == paths_of(value)
    assert json_paths(text[:cut]) <= whole


@given(st.text('{}[]",:\\ a1<>!-?\n'))
def test_a_beginning_of_any_kind_raises_nothing(head: str) -> None:
    assert isinstance(json_paths(head), frozenset)
    assert xml_root(head) is None or isinstance(xml_root(head), str)


@pytest.mark.parametrize(
    ("head", "root"),
    [
        ("<a>", "a"),
        ("<a/>", "a"),
        ("<a", "a"),
        ('<?xml version="1.0"?>\n<!-- one --><!-- two - -->\n<a b="1">', "a"),
        ('<a xmlns="urn:x">', "{urn:x}a"),
        ("<p:a xmlns:p='urn:x' xmlns='urn:y'>", "{urn:x}a"),
        ('<a xmlns:p="urn:x">', "a"),
        ("<p:a>", "a"),
        ('<?xml-stylesheet href="a.css"?><a>', "a"),
        ("<!DOCTYPE a><a>", None),
        ("<!-- unclosed <a>", None),
        ("text <a>", None),
        ("</a>", None),
        ("", None),
    ],
)
def test_the_root_of_xml(head: str, root: str | None) -> None:
    assert xml_root(head) == root


@pytest.mark.parametrize(
    "piece", ['"', "[", "{", '{"a":', "\\", '"a",', "<!-- ", "<!---->", "<?a?>", "<a ", "xmlns=", " "]
)
def test_a_beginning_costs_time_in_proportion(piece: str) -> None:
    def act(head: str) -> None:
        json_paths("[" + head)
        xml_root("<" + head)
        xml_root(head)

    assert_in_proportion(lambda size: piece * (size // len(piece)), act, small=50_000)


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        (b'\xef\xbb\xbf {"a": 1}\n', {"a": 1}),
        ('"a\tb\x01"', "a\tb\x01"),
        (b'"\xff"', "\ufffd"),
        ('"\\ud800"', "\ud800"),
        ("[" * 5000 + "]" * 5000, None),
    ],
    ids=["object", "mark", "control", "no utf-8", "surrogate", "deep"],
)
def test_a_json_document(tmp_path: Path, content: str | bytes, value: object) -> None:
    found = json_document(source(tmp_path, content)).value
    if value is None:
        depth = 0
        while found:
            found, depth = found[0], depth + 1
        assert depth == 4999
    else:
        assert found == value


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"a": 1,\n]', "file:2:1: expected a key in double quotes, got ']'"),
        ("", "file:1:1: expected a value, but here it ends"),
        ('{"a": 1} {"b": 2}', "file:1:10: expected nothing after the value"),
        ("[" * 20_000 + "]" * 20_000, "nested at most 10000 deep"),
        ("[" * 5000, "expected JSON"),
        ("1" * 5000, "digits"),
        ("[" * 3000 + "1" * 5000, "expected JSON"),
    ],
    ids=["broken", "empty", "two", "too deep", "deep and broken", "a long number", "deep with a long number"],
)
def test_what_is_no_json_document(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(LoadError) as caught:
        json_document(source(tmp_path, content))
    assert said in str(caught.value)


def test_a_document_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "DOCUMENT_BYTES", 10)
    with pytest.raises(LoadError, match="at most 10 bytes"):
        json_document(source(tmp_path, '"0123456789"'))


@pytest.mark.parametrize(
    ("content", "values", "said"),
    [
        ('{"a": 1}\n{"b": 2}', [{"a": 1}, {"b": 2}], None),
        ("1 2\t[3]", [1, 2, [3]], None),
        (" \n", [], None),
        ('{"a": 1}\n{"b"', [{"a": 1}], "file:2"),
        ("1 " + "2" * 5000, [1], "digits"),
        ('{"a": 1} ' + "[" * 3000 + "]" * 3000, [{"a": 1}, ...], None),
    ],
    ids=["lines", "spaces", "blank", "broken", "long number", "deep"],
)
def test_several_documents(tmp_path: Path, content: str, values: list[object], said: str | None) -> None:
    found: list[object] = []
    problem = drained((one.value for one in json_documents(source(tmp_path, content))), found)
    assert (problem is None) == (said is None)
    assert (said or "") in str(problem)
    assert [wanted if wanted is not ... else one for one, wanted in zip(found, values, strict=True)] == found


def drained(stream: Iterable[object], into: list[object]) -> LoadError | None:
    """Takes all there is, and the error that ends it."""
    try:
        into.extend(stream)
    except LoadError as error:
        return error
    return None


def test_lines_of_json(tmp_path: Path) -> None:
    content = b'{"a": 1}\n\n[1]\nnonsense\n{"b": "\xff"}\n' + b"[" * 5000 + b'\n{"c": 3}\r\n'
    scrubber = Scrubber()
    found = list(json_lines(source(tmp_path, content), scrubber))
    assert [one for one in found if not isinstance(one, Problem)] == [
        (1, {"a": 1}),
        (5, {"b": "\ufffd"}),
        (7, {"c": 3}),
    ]
    assert [one.line for one in found if isinstance(one, Problem)] == [3, 4, 6]
    assert scrubber.count == 1


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        (["a1", "b2", "c3"], [1, 2, 4]),
        (["b2", "a1"], [2, 2]),
        ([7, 17, 70], [2, 3, 4]),
        (["é"], [5]),
        (["nowhere", "c3"], [1, 4]),
        ([None], [5]),
    ],
)
def test_the_line_of_an_id(tmp_path: Path, asked: list[object], lines: list[int]) -> None:
    rows_of = [
        '[{"id": "a1", "n": 1.7},',
        '{"id": "b2", "n": 7},',
        '{"n": 17},',
        '{"id": "c3", "n": 70},',
        '"\\u00e9", null]',
    ]
    content = "\n".join(rows_of)
    document = json_document(source(tmp_path, content))
    assert [document.line(one) for one in asked] == lines


TWICE = 'expected the key "body" once in an object, got it before with another value; only that is left out'
BELOW = '{"id": "b", "in": {"body": "body\\"}"},\n"body": 7,\n"on": [{}, "body"], "body": "No."}'
REPEATED: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "once": ('{"body": "No."}', []),
    "with the same value": ('{"body": "No.", "body": "No."}', []),
    "with another": ('{"body": "No.", "body": "Yes."}', [(1, TWICE)]),
    "with a list": ('{"body": [],\n"body": []}', [(2, TWICE)]),
    "with another kind of number": ('{"body": 1, "body": true}', [(1, TWICE)]),
    "in the second object": (f'{{"a": [{{"body": "{{"}},\n{BELOW}]}}', [(4, TWICE)]),
    "in several": ('{"a": [{"body": 1, "body": 2},\n{"body": 1, "body": 2}]}', [(1, f"{TWICE}, here and 1 more time")]),
    "written with escapes": (
        '{"\\u00e9": 1,\n"\\u00e9": 2}',
        [(2, TWICE.replace("body", "é"))],
    ),
    "written with escapes and without": ('{"\\u0062ody": 1,\n"\\u0062ody": 2}', [(1, TWICE)]),
}


@pytest.mark.parametrize(("content", "told"), REPEATED.values(), ids=REPEATED)
def test_a_key_that_stands_twice_is_told(tmp_path: Path, content: str, told: list[tuple[int, str]]) -> None:
    file = source(tmp_path, content)
    value = json_document(file).value
    assert value == json.loads(content)
    assert [(problem.line, problem.message) for problem in file.problems_met] == told
    json_document(file)
    assert len(file.problems_met) == len(told), "once, however often the file is read"


def test_a_key_that_stands_twice_in_what_nests_deep_is_told(tmp_path: Path) -> None:
    file = source(tmp_path, f'{{"a": {"[" * 3000}{{}}{"]" * 3000},\n{BELOW[1:]}')
    assert json_document(file).value["body"] == "No."
    assert [(problem.line, problem.message) for problem in file.problems_met] == [(4, TWICE)]


def test_a_key_that_stands_twice_in_one_of_several_documents_is_told_with_its_line(tmp_path: Path) -> None:
    file = source(tmp_path, '{"body": 1}\n\n{"a": {}}\n{"body": 1,\n"body": 2}\n{"body": 1, "body": 2}')
    assert len(list(json_documents(file))) == 4
    assert [(problem.line, problem.message) for problem in file.problems_met] == [(5, f"{TWICE}, here and 1 more time")]


def test_a_key_that_stands_twice_on_a_line_is_told(tmp_path: Path) -> None:
    scrubber = Scrubber()
    file = source(tmp_path, '{"a": 1}\n{"body": 1, "body": 2, "b"\n{"body": 1, "body": 2}\n{"a": 1}')
    assert len(list(json_lines(file, scrubber))) == 4
    assert [
        (left_out_problem.line, left_out_problem.message) for left_out_problem in scrubber.left_out_problems("file")
    ] == [(3, TWICE)]


def test_a_key_that_stands_twice_in_an_element_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "CHUNK", 8)
    scrubber = Scrubber()
    file = source(tmp_path, '{"comments": [\n{"a": 1},\n' + BELOW + ',\n{"a": 2}]}')
    assert len(list(array_elements(file, ["comments"], scrubber))) == 3
    assert [
        (left_out_problem.line, left_out_problem.message) for left_out_problem in scrubber.left_out_problems("file")
    ] == [(5, TWICE)]


PAIR = '{"\\u0062ody": 1, "body": 2}\n'
MANY: dict[str, Callable[[int], str]] = {
    "in one document": lambda size: "[" + ",".join([PAIR] * (size // len(PAIR))) + "]",
    "in many": lambda size: PAIR * (size // len(PAIR)),
    "in one object": lambda size: "{" + ",".join(['"body": 1, "b": 2'] * (size // 18)) + ', "body": 3, "b": 4}',
}


@pytest.mark.parametrize("text", MANY.values(), ids=MANY)
def test_many_keys_that_stand_twice_take_time_in_proportion(tmp_path: Path, text: Callable[[int], str]) -> None:
    def act(content: str) -> None:
        file = source(tmp_path, content)
        assert len(list(json_documents(file))) > 0
        assert len(file.problems_met) == 1

    assert_in_proportion(text, act, small=100_000)


def test_a_file_of_a_format_tells_its_repeated_keys_after_its_comments(tmp_path: Path) -> None:
    line = '{"id": "a", "thread": "t", "text": "No.", "text": "Yes."}'
    (problem,) = loaded_lines(tmp_path, line)
    assert (problem.line, problem.message) == (1, TWICE.replace("body", "text"))


def loaded_lines(folder: Path, content: str) -> list[Problem]:
    return [one for one in jsonl.load(source(folder, content)) if isinstance(one, Problem)]


def test_lines_are_found_in_proportion_to_the_document(tmp_path: Path) -> None:
    def made(size: int) -> str:
        return json.dumps([{"id": n, "text": "7" * 20} for n in range(size // 40)])

    def act(text: str) -> None:
        document = json_document(source(tmp_path, text))
        for n in range(text.count("id")):
            document.line(n)

    assert_in_proportion(made, act, small=50_000)


def rows(folder: Path, content: str | bytes, scrubber: Scrubber | None = None) -> list[FoundElement | Problem]:
    return list(elements(source(folder, content), lambda tag, depth: tag.endswith("row"), scrubber))


def texts(found: list[FoundElement | Problem]) -> list[str]:
    return ["".join(one.element.itertext()) for one in found if isinstance(one, FoundElement)]


def test_wanted_elements_come_with_their_lines_and_what_is_around_them(tmp_path: Path) -> None:
    found = rows(tmp_path, "<all>\n<row a='1'>x<b>y</b>z</row>\n<row><t>Title</t><row>inner</row>\n</row></all>")
    assert [(one.line, "".join(one.element.itertext()).strip()) for one in found if isinstance(one, FoundElement)] == [
        (2, "xyz"),
        (3, "inner"),
        (3, "Title"),
    ]
    inner = found[1]
    assert isinstance(inner, FoundElement)
    assert [child_words(element, "t") for element in inner.elements_around] == ["Title"]


@pytest.mark.parametrize(
    ("inside", "tag", "said"),
    [
        ("<t> a </t>", "t", "a"),
        ("<t/><t>b</t>", "t", "b"),
        ('<p:t xmlns:p="urn:x">c</p:t>', "t", "c"),
        ("<t><![CDATA[<d>]]></t>", "t", "<d>"),
        ("", "t", ""),
    ],
)
def test_the_words_of_a_child(tmp_path: Path, inside: str, tag: str, said: str) -> None:
    (row,) = rows(tmp_path, f"<all><row>{inside}</row></all>")
    assert isinstance(row, FoundElement)
    assert child_words(row.element, tag) == said


def test_nothing_has_no_words() -> None:
    assert child_words(None, "t") == ""
    assert child_words(Element("row"), "t") == ""


@pytest.mark.parametrize(
    ("content", "text", "count"),
    [
        (b"<all><row>a\x0bb\x00</row></all>", "a\ufffdb\ufffd", 2),
        (b"<all><row>a&#11;&#x1F;&#xD83D;&#0;</row></all>", "a\ufffd\ufffd\ufffd\ufffd", 4),
        (b"<all><row>&#10;&#x41;&amp;&#x1F600;</row></all>", "\nA&\U0001f600", 0),
        (b"<all><row>caf\xe9</row></all>", "caf\ufffd", 1),
        ("<all><row>\ufffd</row></all>".encode(), "\ufffd", 0),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><all><row>caf\xe9</row></all>', "café", 0),
        (b'<?xml version="1.0" encoding="windows-1252"?><all><row>\x80</row></all>', "€", 0),
        (b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?><all><row>\xc3\xa9</row></all>', "é", 0),
        ('<?xml version="1.0" encoding="utf-16"?><all><row>é</row></all>'.encode("utf-16"), "é", 0),
    ],
)
def test_characters_that_xml_has_no_place_for(tmp_path: Path, content: bytes, text: str, count: int) -> None:
    scrubber = Scrubber()
    assert (texts(rows(tmp_path, content, scrubber)), scrubber.count) == ([text], count)


def test_a_replacement_character_across_two_pieces_is_no_fault(tmp_path: Path) -> None:
    scrubber = Scrubber()
    for size in range(1, 4):
        start = "<all><row>"
        content = start.encode() + b"a" * (xml.CHUNK - len(start) - size) + "\ufffd".encode() + b"</row></all>"
        rows(tmp_path, content, scrubber)
        content = b'["' + b"a" * (arrays.CHUNK - 2 - size) + "\ufffd".encode() + b'"]'
        list(array_elements(source(tmp_path, content), [], scrubber))
        assert scrubber.count == 0


@settings(max_examples=50)
@given(st.integers(1, 40), st.integers(0, 12))
def test_references_and_characters_may_lie_across_pieces(size: int, shift: int) -> None:
    import tempfile

    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(xml, "CHUNK", size)
        found = rows(Path(folder), "<all>" + " " * shift + "<row>é&#11;&amp;&#x1F600;\u20ac</row></all>")
    assert texts(found) == ["é\ufffd&\U0001f600\u20ac"]


@pytest.mark.parametrize(
    ("content", "kept", "said"),
    [
        ("<all><row>a</row><row>b", ["a"], ":1:24: error: expected well-formed XML, the rest is lost: the file ends"),
        (
            "<all><row>a</row></wrong>",
            ["a"],
            ":1:20: error: expected well-formed XML, the rest is lost: this tag closes",
        ),
        (
            "<all><row>a</row>&nbsp;</all>",
            ["a"],
            ":1:18: error: expected well-formed XML, the rest is lost: XML knows",
        ),
        ("<all><row>a</row><row>b & c</row></all>", ["a"], "a < or & stands where &lt; or &amp; should"),
        ("", [], "well-formed"),
    ],
)
def test_where_xml_breaks_off_the_rest_is_lost_and_said(
    tmp_path: Path, content: str, kept: list[str], said: str
) -> None:
    found = rows(tmp_path, content)
    assert texts(found) == kept
    assert [(one.lost, said in str(one)) for one in found if isinstance(one, Problem)] == [(True, True)]


ENTITY = '<!DOCTYPE all [<!ENTITY a "ha">]>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (ENTITY + "<all><row>&a;</row></all>", "DOCTYPE"),
        ('<!DOCTYPE all SYSTEM "file:///etc/hosts"><all/>', "DOCTYPE"),
        ("<all>" * 300, "nested at most 200 deep"),
        ("<all><row>" + "x" * 3000 + "</row></all>", "at most 2000 characters"),
        ("<all><row>" + "<a/>" * 100 + "</row></all>", "at most 2000 characters"),
        ("<all><row a='" + "x" * 3000 + "'/></all>", "at most 2000 characters"),
        ("<all><!--" + "x" * 400_000 + "--></all>", "tags of at most 150000 bytes"),
    ],
    ids=["entity", "external", "deep", "text", "elements", "attribute", "comment"],
)
def test_what_xml_may_not_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, said: str) -> None:
    monkeypatch.setattr(xml, "LARGEST", 2_000)
    monkeypatch.setattr(xml, "LONGEST_TAG", 150_000)
    problem = drained(elements(source(tmp_path, content), lambda tag, depth: tag == "row"), [])
    assert said in str(problem)


def test_what_is_too_large_does_not_lose_what_came_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "LARGEST", 2_000)
    found: list[object] = []
    content = "<all><row>a</row><row>" + "x" * 3000
    assert drained(elements(source(tmp_path, content), lambda tag, depth: tag == "row"), found) is not None
    assert [one.element.text for one in found if isinstance(one, FoundElement)] == ["a"]


@pytest.mark.parametrize(
    "piece", ["<!--", "<row>a</row>", "<row a='", "<row/>", "&#0;", "&#", "<![CDATA[", "]]>", "\x01", "é"]
)
def test_xml_costs_time_in_proportion(tmp_path: Path, piece: str) -> None:
    def act(text: str) -> None:
        for _ in elements(source(tmp_path, "<all>" + text), lambda tag, depth: tag == "row"):
            pass

    assert_in_proportion(lambda size: piece * (size // len(piece)), act, small=50_000)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("a <b>b</b>  c\nd", "a b c d"),
        ("<p>a</p>b<div>c</div>", "a\n\nb\n\nc"),
        ("a<br>b<br/><br>c", "a\nb\n\nc"),
        ("<p>a<br></p><p> </p><p>b", "a\n\nb"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>d", "- a\n  - b\n- c\n\nd"),
        ('<ol start="3"><li>a<li>b</ol>', "3. a\n4. b"),
        ('<ol start="x"><li>a</ol>', "1. a"),
        ("<ul><li>a<br></li><li>b</li></ul>", "- a\n- b"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>c", "> a\n\n> > b\n\nc"),
        ("<blockquote><ul><li>a<li>b</ul></blockquote>", "> - a\n> - b"),
        ("<pre><code>a\n  b\n</code></pre>c", "```\na\n  b\n```\n\nc"),
        ("<pre>a<br>b</pre>", "```\na\nb\n```"),
        ("<pre>```\nb</pre>", "```\n    ```\nb\n```"),
        ("<ul><li><pre>a</pre></li><li>b</li></ul>", "```\na\n```\n- b"),
        ("<blockquote><pre>a</pre></blockquote>", "> ```\n> a\n> ```"),
        ("see <code>x &lt; y</code>.", "see `x < y`."),
        ("It is <del>bad</del> good.", "It is ~~bad~~ good."),
        ("<s>All of it.</s> <strike> Not. </strike>", "~~All of it.~~ ~~Not.~~"),
        ("<del></del><del>a <s>b</s></del>", "~~a b~~"),
        ("<del>~a</del>", "~~ ~a~~"),
        ("<del><a href='https://x.example/'>a</a>", "~~a~~"),
        ("<del><p>a</p><p>b<br>c</p></del>d", "~~a~~\n\n~~b~~\n~~c~~\n\nd"),
        ("<s><ul><li>a<li>b</ul></s>c", "- ~~a~~\n- ~~b~~\n\nc"),
        ("<blockquote><del>a<p>b</del></blockquote>", "> ~~a~~\n\n> ~~b~~"),
        ("<del><pre>a\n\nb</pre></del>c", "```\na\n\nb\n```\n\nc"),
        ("<del>a<pre>b</pre>c</del> d", "~~a~~\n\n```\nb\n```\n\n~~c~~ d"),
        ("<table><tr><th>a<th>b<tr><td>c<td>d</table>", "a | b\nc | d"),
        ("<table><tr><td> <p>a</p> </td><td><p>b</p></td></tr><tr><td>c<p>d</p></td></tr></table>", "a | b\nc\n\nd"),
        (
            "<p>Yes<sup><a href='#fn1'>[1]</a></sup></p><ol><li><a class='x footnote-backref' href='#'>↩</a>No.",
            "Yes[1]\n\n1. No.",
        ),
        (
            "<li><span class='footnote-back-link'><sup><a href='#r'>^</a></sup></span><div><p>No.</p></div></li>",
            "- No.",
        ),
        ("<p>So <span class='mjx-math' aria-label='x^2'><span>x</span><span>2</span></span>.</p>", "So x^2."),
        ("<script>x</script><style>y</style><!-- z -->a", "a"),
        ("<img alt='A newt'> swims", "A newt swims"),
        ("<details><summary>s</summary>t</details>", "s\nt"),
        ("<dl><dt>a<dd>b</dl>", "a\nb"),
        ("a<hr>b", "a\n\nb"),
        ("a&nbsp;&amp;&lt;b&gt; &bogus; &#x1F600;", "a &<b> &bogus; 😀"),
        ("a < b and <3", "a < b and <3"),
        ("</b></p></div>a<b", "a"),
        ("\x00a\x0cb", "a b"),
    ],
)
def test_html_as_plain_text(markup: str, text: str) -> None:
    assert from_html(markup).text == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a\nb\n\nc", "a\nb\n\nc"),
        ("> a\n> b\n\nc", "> a\n> b\n\nc"),
        ("> > a\n>\n> b", "> > a\n\n> b"),
        ("- a\n- b\n  - c", "- a\n- b\n  - c"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("```py\nx = 1\n```", "```\nx = 1\n```"),
        ("`a` **b** _c_ ~~d~~", "`a` b c ~~d~~"),
        ("say ``x ` y`` *now*", "say ``x ` y`` now"),
        ("``a``", "`a`"),
        ("`` ` ``", "`` ` ``"),
        ("`` `a` ``", "`` `a` ``"),
        ("`a``b`", "`a``b`"),
        ("``` a`b``c ```", "`a`b``c`"),
        ("| a | b |\n|---|---|\n| c | d |", "a | b\nc | d"),
        ("# T\ntext", "T\n\ntext"),
        ("\\*a\\* &amp; snake_case", "*a* & snake_case"),
        ("![A newt](n.png) swims", "A newt swims"),
        ("<b>a</b>", "a"),
        ("1986\\. A year", "1986. A year"),
    ],
)
def test_markdown_as_plain_text(markup: str, text: str) -> None:
    assert from_markdown(markup).text == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("> " * 30 + "a *b*\n\nc", "> > > > > a b\n\nc"),
        ("- " * 30 + "a\n\nb", "        - a\n\nb"),
        ("- > " * 30 + "a\n\nb", "> > > >       - a\n\nb"),
        (
            "".join("  " * depth + "- a\n" for depth in range(18)),
            "\n".join("  " * min(depth, 4) + "- a" for depth in range(18)),
        ),
        ("> " * 100 + "a\n" + "b\n" * 10_000, "> > > > > a" + "\n> > > > > b" * 10_000),
    ],
    ids=["quotations", "items", "both", "a list of many levels", "lines that go on a quotation"],
)
def test_what_nests_too_deep_keeps_its_words(markup: str, text: str) -> None:
    assert from_markdown(markup).text == text


def test_where_tags_are_literal_they_stay() -> None:
    assert from_markdown("a List<T> *b* `c<d>` <e>", literal=True).text == "a List<T> b `c<d>` <e>"


def linked(body: Body) -> list[tuple[str, str]]:
    return [(body.text[link.start : link.end], link.url) for link in body.links]


@pytest.mark.parametrize(
    ("markup", "links"),
    [
        ('<a href="https://a.example">see <b>this</b></a>', [("see this", "https://a.example")]),
        ("<a href=' https://a.example '>\n a </a>b", [("a", "https://a.example")]),
        ("<a href='https://a.example'></a>b", []),
        ("<a href='/x'>a</a>", [("a", "https://home.example/x")]),
        ("<a href='javascript:x'>a</a><a href='mailto:a@b'>c</a><a>d</a>", []),
        ("<a href='https://[bad'>a</a>", []),
        (
            "<a href='https://a.example'>a<a href='https://b.example'>b",
            [("a", "https://a.example"), ("b", "https://b.example")],
        ),
        (
            "https://a.example/x_(y), (https://b.example/z).",
            [(one, one) for one in ("https://a.example/x_(y)", "https://b.example/z")],
        ),
        ("<a href='https://a.example'>https://b.example</a>", [("https://b.example", "https://a.example")]),
        ("<blockquote>a <a href='https://a.example'>b<br>c</a></blockquote>", [("b\n> c", "https://a.example")]),
        ("<a href='https://a.example'><p>a</p><p>b</p></a>", [("a\n\nb", "https://a.example")]),
        ("<pre>https://a.example</pre>", [("https://a.example", "https://a.example")]),
    ],
)
def test_links_stand_at_their_words(markup: str, links: list[tuple[str, str]]) -> None:
    assert linked(from_html(markup, Dialect(base="https://home.example/t/1"))) == links


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("https://a.example/b?c=d&e=f#g, and", ["https://a.example/b?c=d&e=f#g"]),
        ("[x](https://a.example/b) <https://c.example>", ["https://a.example/b", "https://c.example"]),
        ("https:// http://\nhttps://a", ["https://a"]),
        ("no link", []),
    ],
)
def test_links_in_plain_text(text: str, urls: list[str]) -> None:
    assert linked(plain_body(text)) == [(url, url) for url in urls]


QUOTING = Dialect(
    origin=lambda tag, attributes: attributes.get("data-of") if tag == "aside" else None,
    silent=lambda tag, attributes: attributes.get("class") == "head",
)


def test_quotations_stand_where_their_origin_is_named() -> None:
    body = from_html(
        "a<aside data-of='p7'><div class='head'>Kim:</div><blockquote>b<br>c</blockquote></aside>d", QUOTING
    )
    assert body.text == "a\n\n> b\n> c\n\nd"
    assert [(body.text[quote.start : quote.end], quote.origin) for quote in body.quotes] == [("b\n> c", "p7")]


@pytest.mark.parametrize(
    ("url", "base", "whole"),
    [
        ("https://a.example/b", None, "https://a.example/b"),
        ("HTTPS://a.example", None, "HTTPS://a.example"),
        ("//a.example/b", "https://c.example", "https://a.example/b"),
        ("../b", "https://c.example/d/e/f", "https://c.example/d/b"),
        ("/b", None, None),
        ("https://", None, None),
        ("data:text/html,x", "https://c.example", None),
        ("http://[x", "https://c.example", None),
        (None, None, None),
        ("", "https://c.example", None),
    ],
)
def test_where_a_link_leads(url: str | None, base: str | None, whole: str | None) -> None:
    assert resolve_url(url, base) == whole


TAGS = [
    "p",
    "br",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "a href='https://a.example'",
    "aside data-of='x'",
    "td",
    "b",
]
pieces = st.sampled_from(["<" + tag + ">" for tag in TAGS] + ["</" + tag.split()[0] + ">" for tag in TAGS])
markup = st.lists(pieces | st.text("ab \n\t&<>`-*[]()_#|\u00a0\u2028é", max_size=8), max_size=25).map("".join)


def sound(body: Body) -> None:
    """What holds of every body."""
    for start, end in [(link.start, link.end) for link in body.links] + [
        (quote.start, quote.end) for quote in body.quotes
    ]:
        assert 0 <= start < end <= len(body.text)
    assert list(body.links) == sorted(body.links)
    assert body.text == body.text.strip("\n")
    assert all(line == line.rstrip(" \t") for line in body.text.split("\n"))
    assert "\n\n\n" not in body.text.replace("```", "") or "```" in body.text


@settings(max_examples=400)
@given(markup)
def test_a_body_in_html_is_sound_whatever_the_markup(text: str) -> None:
    sound(from_html(text, QUOTING))


@settings(max_examples=400)
@given(markup)
def test_a_body_in_markdown_is_sound_whatever_the_markup(text: str) -> None:
    sound(from_markdown(text))


@settings(max_examples=400)
@given(
    st.lists(st.sampled_from(["[", "]", "![", "](b)", "[a]: /u\n", "`", "[[" * 30]) | pieces, max_size=25).map("".join)
)
def test_brackets_that_do_not_close_are_passed_over_without_a_difference(text: str) -> None:
    plainly = MarkdownIt("commonmark", markdown_parser(literal=False).options).enable("table")
    assert markdown_parser(literal=False).render(text) == plainly.render(text)


@given(st.text())
def test_any_text_is_a_body(text: str) -> None:
    sound(from_html(text))
    sound(from_markdown(text))
    assert plain_body(text).text == text


def test_of_what_is_too_long_the_words_stay() -> None:
    body = from_html("<p>a</p>" * (MOST_READ // 8) + "\n<p>the <b>end</b></p>")
    assert body.text.endswith("the  end")
    assert from_markdown("*a*\n\n" * (MOST_READ // 5) + "*end*").text.endswith("*end*")


HTML = [
    *("<ul><li>", "<table><tr><td>", "<p>", "<b>", "<a href=https://x.example>", "<blockquote>", "<", "&amp;", "<!--"),
    *("</p>", "<code>", "<del>", "</del>", "~", "<pre>a<br>", "<b><p>", "https://x.example ", "a\n", "<td>", "<br>"),
]


@pytest.mark.parametrize("piece", HTML)
def test_html_costs_time_in_proportion(piece: str) -> None:
    assert_in_proportion(lambda size: piece * (size // len(piece)), from_html, small=MOST_READ // 10)


@pytest.mark.parametrize("piece", HTML)
def test_html_of_which_the_rest_is_not_parsed_costs_time_in_proportion(piece: str) -> None:
    assert_in_proportion(lambda size: piece * (size // len(piece)), from_html, small=3 * MOST_READ, times=4)


MARKDOWN = [
    *(
        "**a",
        "[",
        "![",
        "*a\n",
        "1. ",
        "[a](b",
        "`",
        "`a",
        "* a\n ",
        "_a ",
        "|a\n|-\n",
        "> ",
        "[a]: b\n",
        "<a",
        "&",
        "- - ",
    ),
]


@pytest.mark.parametrize("piece", MARKDOWN)
def test_markdown_costs_time_in_proportion(piece: str) -> None:
    assert_in_proportion(lambda size: piece * (size // len(piece)), from_markdown, small=10_000)

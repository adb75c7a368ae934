"""Hostile input to every registered format: bombs, depth, entities, endless bodies, injection, mutilated files.

The formats come from LOADERS and their well-formed files from tests/golden/, so a new format is attacked without a
line here. Whatever comes, a load ends, raises nothing, and says file, line and what was expected.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.errors import Problem
from rejoinder.graph.exports.whole_store import dump_store
from rejoinder.graph.stores.publish import open_current
from rejoinder.load import load
from rejoinder.loaders import LOADERS, read
from rejoinder.loaders.bodies import MOST_READ
from rejoinder.loaders.mapping.maps import field_map
from rejoinder.loaders.values.scrub import UNWELCOME_CHARACTERS
from rejoinder.records import Comment, Found
from rejoinder.settings import Settings
from tests.formats.test_golden import SOURCES, files_of, format_of, map_of
from tests.timing import assert_in_proportion

DEPTH = 100_000
JSON = [
    source
    for source in SOURCES
    if Path(files_of(source)[0]).read_bytes().lstrip(b"\xef\xbb\xbf \r\n").startswith((b"{", b"["))
]
XML = [
    source for source in SOURCES if Path(files_of(source)[0]).read_bytes().lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<")
]
JSON_NAMES = sorted({format_of(path) for path in JSON})

sources = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
json_sources = pytest.mark.parametrize("source", JSON, ids=lambda path: path.name)
xml_sources = pytest.mark.parametrize("source", XML, ids=lambda path: path.name)
formats = pytest.mark.parametrize("name", LOADERS)


def loaded(source: Path, paths: list[Path]) -> tuple[list[Found], list[Problem]]:
    """What the files give, read as the format and by the map of a golden source; every string in it is clean."""
    by = map_of(source)
    everything = list(read(paths, by=by) if by else read(paths, format=format_of(source)))
    found = [one for one in everything if isinstance(one, Found)]
    for one in found:
        assert not [text for text in strings(one.record) if UNWELCOME_CHARACTERS.search(text)]
    return found, [one for one in everything if isinstance(one, Problem)]


def strings(value: object) -> Iterator[str]:
    """Every string in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from strings(getattr(value, field.name))


def copied(source: Path, folder: Path, change: Callable[[bytes], bytes], suffix: str = "") -> list[Path]:
    """Copies of the source's files, changed; a folder of files keeps its name."""
    made = []
    for name in files_of(source):
        path = (folder / source.name if source.is_dir() else folder) / (Path(name).name + suffix)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(change(Path(name).read_bytes()))
        made.append(path)
    return made


def records(found: list[Found]) -> list[object]:
    return [one.record for one in found]


@sources
@pytest.mark.parametrize(
    ("suffix", "packed"),
    [(".gz", gzip.compress), (".zst", zstandard.ZstdCompressor().compress), ("", gzip.compress)],
    ids=["gzip", "zstd", "gzip without saying so"],
)
def test_a_compressed_file_gives_what_it_holds(
    source: Path, tmp_path: Path, suffix: str, packed: Callable[[bytes], bytes]
) -> None:
    plain, _ = loaded(source, [Path(name) for name in files_of(source)])
    if source.is_dir():
        suffix = ""  # files that belong together find each other by their names
    found, problems = loaded(source, copied(source, tmp_path, packed, suffix))
    assert records(found) == records(plain)
    assert not [problem for problem in problems if problem.lost]


CUTS: dict[str, Callable[[bytes], bytes]] = {
    "the first third": lambda raw: raw[: len(raw) // 3],
    "two thirds": lambda raw: raw[: len(raw) * 2 // 3],
    "all but the end": lambda raw: raw.rstrip()[:-1],
    "without its middle": lambda raw: raw[: len(raw) // 2 - 40] + raw[len(raw) // 2 + 40 :],
    "without its beginning": lambda raw: raw[len(raw) // 5 :],
    "with bytes that are no UTF-8": lambda raw: raw.replace(b"e", b"\xe9\xff", 40),
    "with NUL for every seventh byte": lambda raw: bytes(0 if n % 7 == 6 else one for n, one in enumerate(raw)),
    "with its lines the other way round": lambda raw: b"\n".join(reversed(raw.split(b"\n"))),
    "twice": lambda raw: raw + b"\n" + raw,
    "with old line ends": lambda raw: raw.replace(b"\n", b"\r"),
    "with line ends of DOS": lambda raw: raw.replace(b"\n", b"\r\n"),
    "with a byte order mark": lambda raw: b"\xef\xbb\xbf" + raw,
}


@sources
@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
def test_a_mutilated_file_raises_nothing(source: Path, tmp_path: Path, cut: Callable[[bytes], bytes]) -> None:
    paths = copied(source, tmp_path, cut)
    _, problems = loaded(source, paths)
    assert {problem.file for problem in problems} <= set(map(str, paths))
    list(read(paths))


@sources
def test_a_byte_order_mark_and_line_ends_of_dos_change_nothing(source: Path, tmp_path: Path) -> None:
    plain, _ = loaded(source, [Path(name) for name in files_of(source)])
    found, _ = loaded(source, copied(source, tmp_path, lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n")))
    ids = [one.record.id for one in plain if isinstance(one.record, Comment)]
    assert [one.record.id for one in found if isinstance(one.record, Comment)] == ids


NOT_THAT: dict[str, bytes | None] = {
    "empty": b"",
    "blank": b" \n\t\r\n",
    "missing": None,
    "an empty object": b"{}",
    "an empty list": b"[]",
    "null": b"null",
    "a number": b"17",
    "an empty element": b"<a/>",
    "one word": b"Hello",
    "one bracket": b"{",
    "noise": bytes(range(256)) * 300,
    "a line of 5 MB": b"x" * 5_000_000,
}


@pytest.mark.parametrize("content", NOT_THAT.values(), ids=NOT_THAT)
def test_what_is_no_file_of_any_format_raises_nothing(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "given"
    if content is not None:
        path.write_bytes(content)
    good = tmp_path / "good.jsonl"
    good.write_text('{"id": "good", "thread": "t", "text": "The pump is dry."}', encoding="utf-8")
    for name in LOADERS:
        assert list(read([path], format=name)), f"{name} says nothing"
    assert len(list(read([path, good], format="jsonl" if content is None else None))) > 1


@formats
def test_a_folder_is_no_file(tmp_path: Path, name: str) -> None:
    (problem,) = read([tmp_path], format=name)
    assert isinstance(problem, Problem)
    assert problem.lost


OTHERS: dict[str, object] = {"a list": [[]], "an object": {"@id": []}, "a number": 1e17, "half a character": "\ud800"}


def values_of(raw: bytes) -> list[object]:
    """The JSON of a file, which may be several values one after another."""
    text, found = raw.decode("utf-8-sig").strip(), list[object]()
    while text:
        value, end = json.JSONDecoder().raw_decode(text)
        found.append(value)
        text = text[end:].lstrip()
    return found


def keys_in(value: object) -> set[str]:
    """All keys of the objects within a value."""
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(value if isinstance(value, dict) else (), *map(keys_in, below))


def with_other(value: object, key: str, other: object) -> object:
    """The value in which another one stands under this key of every object."""
    if isinstance(value, dict):
        return {name: other if name == key else with_other(one, key, other) for name, one in value.items()}
    return [with_other(one, key, other) for one in value] if isinstance(value, list) else value


@json_sources
@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_a_value_of_another_kind_is_no_fault_of_the_loader(source: Path, tmp_path: Path, other: object) -> None:
    by = map_of(source)
    for key in sorted(set().union(*(keys_in(values_of(Path(name).read_bytes())) for name in files_of(source)))):

        def changed(raw: bytes, key: str = key) -> bytes:
            return "\n".join(json.dumps(with_other(one, key, other)) for one in values_of(raw)).encode()

        paths = copied(source, tmp_path, changed)
        list(read(paths, by=by, strict=True) if by else read(paths, format=format_of(source), strict=True))


DEEP = {
    "lists": "[" * DEPTH + "]" * DEPTH,
    "objects": '{"a":' * DEPTH + "1" + "}" * DEPTH,
    "both": '[{"a":' * DEPTH + "1" + "}]" * DEPTH,
    "never closed": "[" * DEPTH,
}


@pytest.mark.parametrize("name", JSON_NAMES)
@pytest.mark.parametrize("content", DEEP.values(), ids=DEEP)
def test_json_nested_100000_deep_is_an_error(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / "deep.json"
    path.write_text(content, encoding="utf-8")
    by = field_map("id=id,text=text,records=a[],children=a[]") if name == "mapped" else None
    everything = list(read([path], by=by) if by else read([path], format=name))
    assert [one.lost for one in everything if isinstance(one, Problem)] != []
    assert not [one for one in everything if isinstance(one, Found)]


@json_sources
@pytest.mark.parametrize("content", DEEP.values(), ids=DEEP)
def test_depth_within_a_good_file_raises_nothing(source: Path, tmp_path: Path, content: str) -> None:
    def planted(raw: bytes) -> bytes:
        before, brace, after = raw.partition(b"{")
        return before + brace + b'"zzz": ' + content.encode() + b", " + after

    loaded(source, copied(source, tmp_path, planted))


SECRET = "the secret of the shed"
DOCTYPES = {
    "entity bomb": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>",
    "external entity": '<!DOCTYPE x [<!ENTITY j SYSTEM "{secret}">]>',
    "external DTD": '<!DOCTYPE x SYSTEM "{secret}">',
    "quadratic blowup": f'<!DOCTYPE x [<!ENTITY j "{"a" * 50_000}">]>',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "{secret}"> %p; <!ENTITY j "x">]>',
}


@xml_sources
@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES)
def test_a_doctype_is_refused(source: Path, tmp_path: Path, doctype: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")

    def planted(raw: bytes) -> bytes:
        declaration, end, rest = raw.rpartition(b"?>") if raw.startswith(b"<?xml") else (b"", b"", raw)
        if end:
            declaration, end, rest = raw.partition(b"?>")
        rest = rest.replace(word_in(source).encode(), b"&j;&j;&j;&j;")
        return declaration + end + doctype.replace("{secret}", secret.as_uri()).encode() + rest

    found, problems = loaded(source, copied(source, tmp_path, planted))
    assert not any(SECRET in text for one in found for text in strings(one.record))
    if any(b"<!DOCTYPE" in Path(name).read_bytes() for name in files_of(source)):
        return  # a format that has its own, with names in it that are short for IRIs
    assert not [one for one in found if isinstance(one.record, Comment)]
    assert ["DOCTYPE" in problem.message for problem in problems if problem.lost] == [True] * len(files_of(source))


@xml_sources
def test_xml_nested_100000_deep_raises_nothing(source: Path, tmp_path: Path) -> None:
    def planted(raw: bytes) -> bytes:
        return raw.replace(word_in(source).encode(), b"<a>" * DEPTH + b"</a>" * DEPTH, 1)

    loaded(source, copied(source, tmp_path, planted))


def places(value: object, here: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to each value within a value, and to itself; of the elements of a list only to those of the first."""
    yield here
    inner = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    for step, one in inner:
        yield from places(one, (*here, step))


def put(value: Any, place: tuple[str | int, ...], instead: object) -> Any:
    """The value with something else at a place."""
    if not place:
        return instead
    made = value.copy()
    made[place[0]] = put(value[place[0]], place[1:], instead)
    return made


@json_sources
def test_a_value_that_nests_deep_is_no_fault_wherever_it_stands(source: Path, tmp_path: Path) -> None:
    first, end = json.JSONDecoder().raw_decode(text := Path(files_of(source)[0]).read_text("utf-8").lstrip("\ufeff"))
    for number, place in enumerate(places(first)):
        deep = json.dumps(put(first, place, "DEEP")).replace('"DEEP"', '{"a":' * 2000 + "1" + "}" * 2000) + text[end:]
        folder = tmp_path / str(number)
        folder.mkdir()
        names = iter([deep.encode()])
        paths = copied(source, folder, partial(next, names))
        _, problems = loaded(source, paths)
        assert not [str(problem) for problem in problems if "fault of Rejoinder" in problem.message], place


@cache
def word_in(source: Path) -> str:
    """The longest plain word of a comment's text that stands as it is in the source's files, and there only once."""
    raw = b"".join(Path(name).read_bytes() for name in files_of(source))
    found, _ = loaded(source, [Path(name) for name in files_of(source)])
    texts = [one.record.text for one in found if isinstance(one.record, Comment)]
    words = {word for text in texts for word in text.split() if word.isascii() and word.isalpha()}
    return max((word for word in words if raw.count(word.encode()) == 1), key=lambda word: (len(word), word))


def written_in(source: Path, text: str) -> str:
    """The text as it is written within the source's container."""
    if source in JSON:
        return json.dumps(text)[1:-1]
    if source in XML:
        return text.replace("&", "&amp;").replace("<", "&lt;")
    return text


PROMISED = (">", '"', " ", "a", "<", "[", "&", "*")
MORE = ("_", "`", "(", "!", "<b>", "> ", "\n> ", "[a](", "&#", "- ", "<a href=", "]]", "\\", "|", "[/quote", "```\n")
FIRST = {format_of(source): source for source in reversed(SOURCES)}
# One format for each markup that bodies are written in, and those that have one of their own.
BY_MARKUP = (
    *("jsonl", "github", "reddit", "stackexchange_xml", "discourse", "jira", "mediawiki", "mbox", "feed", "schema_org"),
    *("argdown", "chat", "text", "table", "docx", "odt", "slack", "telegram", "zulip", "matrix", "discord", "kialo"),
)
# Of a body that is longer than MOST_READ the rest is read otherwise: what is compared stands on one side of that.
PARSED = [(unit, name) for unit in PROMISED for name in FIRST] + [(unit, name) for unit in MORE for name in BY_MARKUP]
BEYOND = [(unit, name) for unit in PROMISED for name in BY_MARKUP]


def assert_linear(folder: Path, unit: str, name: str, *, small: int, times: int, slack: float) -> None:
    source = FIRST[name]
    word = word_in(source).encode()

    def made(size: int) -> list[Path]:
        (home := folder / str(size)).mkdir()
        text = written_in(source, unit * (size // len(unit))).encode()
        return copied(source, home, lambda raw: raw.replace(word, text, 1))

    assert_in_proportion(made, lambda paths: loaded(source, paths), small=small, times=times, slack=slack, floor=0.1)


@pytest.mark.parametrize(("unit", "name"), PARSED, ids=[f"{unit!r}-{name}" for unit, name in PARSED])
def test_a_body_of_one_thing_is_read_in_linear_time(tmp_path: Path, unit: str, name: str) -> None:
    assert_linear(tmp_path, unit, name, small=MOST_READ // 32, times=10, slack=1.5)


@pytest.mark.parametrize(("unit", "name"), BEYOND, ids=[f"{unit!r}-{name}" for unit, name in BEYOND])
def test_a_body_too_long_to_parse_is_read_in_linear_time(tmp_path: Path, unit: str, name: str) -> None:
    assert_linear(tmp_path, unit, name, small=MOST_READ * 3 // 2, times=4, slack=2.0)


CHARACTERS = {
    "NUL": "\0",
    "escape": "\x1b[31m",
    "right-to-left override": "\u202e",
    "isolates": "\u2067\u2069",
    "no character": "\ufffe",
    "outside the basic plane": "\U0001f600",
}


@sources
@pytest.mark.parametrize("character", CHARACTERS.values(), ids=CHARACTERS)
def test_odd_characters_in_a_body_are_kept_or_replaced(source: Path, tmp_path: Path, character: str) -> None:
    word = word_in(source)
    text = f"{word[:3]}{character}{word[3:]}"
    paths = copied(source, tmp_path, lambda raw: raw.replace(word.encode(), written_in(source, text).encode(), 1))
    found, problems = loaded(source, paths)
    if b"charset=" in b"".join(path.read_bytes() for path in paths):
        return  # what the bytes of a character mean is then another matter
    if not UNWELCOME_CHARACTERS.search(character):
        assert any(character in one.record.text for one in found if isinstance(one.record, Comment))
    elif source not in XML:  # no XML can hold them
        assert any("\ufffd" in one.record.text for one in found if isinstance(one.record, Comment))
        assert any(not problem.lost and "replaced" in problem.message for problem in problems)


@json_sources
@pytest.mark.parametrize("escape", ["\\ud800", "\\udc00\\ud800", "\\u0000", "\\uffff"])
def test_escapes_of_what_is_no_character_are_replaced(source: Path, tmp_path: Path, escape: str) -> None:
    word = word_in(source).encode()
    paths = copied(source, tmp_path, lambda raw: raw.replace(word, word[:3] + escape.encode() + word[3:], 1))
    found, problems = loaded(source, paths)
    assert any("\ufffd" in one.record.text for one in found if isinstance(one.record, Comment))
    assert any(not problem.lost and "replaced" in problem.message for problem in problems)


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(lambda one: one.strip() != "")
NASTY = st.sampled_from(
    ["> <urn:x> <urn:y> .", 'a" .', "\\u003e", "a\nb", "../..", "%2e%2e", "#char=0,1", "http://x/<>", "{}|^`"]
)
TEXTS = st.one_of(NAMES, NASTY)


@settings(max_examples=25, deadline=None)
@given(comment=TEXTS, thread=TEXTS, site=TEXTS, author=TEXTS, link=TEXTS, parent=TEXTS, mapped=st.booleans())
def test_no_name_breaks_out_of_its_iri(
    comment: str, thread: str, site: str, author: str, link: str, parent: str, mapped: bool
) -> None:
    keys = ("id", "thread", "site", "author", "url", "parent")
    line = dict(zip(keys, (comment, thread, site, author, link, parent), strict=True))
    map_ = "id=id,thread=thread,site=site,author=author,link=url,parent=parent,text=text" if mapped else None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.jsonl"
        path.write_text(json.dumps({**line, "text": "No, the pump is dry."}) + "\n", encoding="utf-8")
        by = field_map(map_) if map_ else None
        tally = load(Path(folder) / "store", [str(path)], Settings(), report=lambda _: None, by=by)
        assert tally.comments == 1
        store = open_current(Path(folder) / "store").store
        written = b"".join(dump_store(store, "nquads"))
        again = list(ox.parse(written, format=ox.RdfFormat.N_QUADS))
        assert len(again) == len(store)
        assert set(again) == set(store)
        shutil.rmtree(Path(folder) / "store")

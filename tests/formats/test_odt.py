"""Comments in OpenDocument texts: what they are anchored to, whom they answer, and documents that are broken."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from rejoinder.loaders.opening.packed import WORD_PROCESSOR_ADVICE
from rejoinder.records import State, ThreadKey
from tests.reading import Reading, known_as
from tests.timing import assert_in_proportion

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("meta", "meta"),
    )
)
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
SPACES += ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
TEXT = "application/vnd.oasis.opendocument.text"
META = "<dc:title>Gates</dc:title><meta:initial-creator>Ann</meta:initial-creator>"
META += "<meta:creation-date>2026-01-01T00:00:00</meta:creation-date>"


def comment(name: str = "a", words: str = "No.", *, author: str = "Bo", more: str = "") -> str:
    named = f' office:name="{name}"' if name else ""
    said = "".join(f"<text:p>{one}</text:p>" for one in words.split("|"))
    facts = f"<dc:creator>{author}</dc:creator><dc:date>2026-05-01T09:00:00.123456789</dc:date>"
    initials = "<meta:creator-initials>B</meta:creator-initials>"
    return f"<office:annotation{named}{more}>{facts}{initials}{said}</office:annotation>"


def end(name: str = "a") -> str:
    return f'<office:annotation-end office:name="{name}"/>'


def body(words: str) -> str:
    return f"<office:body><office:text>{words}</office:text></office:body>"


def document(path: Path, words: str, **more: str | bytes | None) -> Path:
    """A document of these words."""
    content = f'<?xml version="1.0"?><office:document-content {SPACES}>{body(words)}</office:document-content>'
    parts: dict[str, str | bytes | None] = {
        "content.xml": content,
        "meta.xml": f"<office:document-meta {SPACES}><office:meta>{META}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": "<manifest/>",
        **more,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as held:
        held.writestr("mimetype", TEXT, zipfile.ZIP_STORED)
        for name, part in parts.items():
            if part is not None:
                held.writestr(name, part)
    return path


def of(folder: Path, words: str, **more: str | bytes | None) -> Reading:
    return Reading(document(folder / "plan.odt", words, **more))


REPLY = comment("b", "Why?", author="Ann", more=' loext:parent-name="a" loext:resolved="true"')
PAIR = f"<text:p>{comment()}The gate is shut.{end()}{REPLY} So it is.</text:p>"


@pytest.mark.parametrize("form", ["named", "in a folder", "flat"])
def test_a_document_is_the_post_that_its_comments_answer(tmp_path: Path, form: str) -> None:
    if form == "flat":
        path = tmp_path / "plan.fodt"
        flat = f'<office:document {SPACES} office:mimetype="{TEXT}"><office:meta>{META}</office:meta>{body(PAIR)}'
        path.write_text(f"<?xml version='1.0'?>{flat}</office:document>", encoding="utf-8")
        assert known_as(path) == "odt"
    else:
        path = document(tmp_path / "plan.odt", PAIR)
    reading = Reading(path.parent if form == "in a folder" else path)
    assert [(one.id, one.parent, one.author, one.created, one.text) for one in reading.comments] == [
        ("document", None, "Ann", "2026-01-01T00:00:00", "The gate is shut. So it is."),
        ("a", "document", "Bo", "2026-05-01T09:00:00.123456", "> The gate is shut.\n\nNo."),
        ("b", "a", "Ann", "2026-05-01T09:00:00.123456", "Why?"),
    ]
    assert [(one.key, one.title) for one in reading.threads] == [(ThreadKey("odt", "plan"), "Gates")]
    assert {one.id for one in reading.comments if State.RESOLVED in one.states} == {"b"}
    assert reading.quoted == [("a", "document", "The gate is shut.")]
    assert {one.file for one in reading.found} == {str(path)}
    assert reading.problems == []


BODIES: dict[str, tuple[str, str, str]] = {
    "across paragraphs": (
        f"<text:h>{comment()}a</text:h><text:p>b{end()}c</text:p>",
        "a\n\nbc",
        "> a\n>\n> b\n\nNo.",
    ),
    "at a point": (f"<text:p>a{comment()}b</text:p>", "ab", "No."),
    "without a name": (f"<text:p>a{comment('')}b</text:p>", "ab", "No."),
    "never ended": (f"<text:p>{comment()}a</text:p>", "a", "No."),
    "ended before it begins": (f"<text:p>{end()}a{comment()}b</text:p>", "ab", "No."),
    "several paragraphs": (f"<text:p>a{comment(words='No.|It is dry.')}</text:p>", "a", "No.\n\nIt is dry."),
    "within spans": (
        f"<text:p>a <text:span>b{comment()}<text:span>c</text:span></text:span> d{end()}.</text:p>",
        "a bc d.",
        "> c d\n\nNo.",
    ),
    "in a table": (
        f"<table:table><table:table-row><table:table-cell><text:p>{comment()}a{end()}</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>",
        "a\n\nb",
        "> a\n\nNo.",
    ),
    "an item of a list": (
        f"<text:list><text:list-item><text:p>{comment()}a{end()}</text:p></text:list-item>"
        "<text:list-item><text:p>b</text:p></text:list-item></text:list><text:p>c</text:p>",
        "- a\n- b\n\nc",
        "> a\n\nNo.",
    ),
    "what was deleted, and notes": (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>x</text:p></text:deletion>"
        f"</text:changed-region></text:tracked-changes><text:p>{comment()}a<text:note><text:note-citation>1"
        f"</text:note-citation><text:note-body><text:p>y</text:p></text:note-body></text:note>b{end()}</text:p>",
        "ab",
        "> ab\n\nNo.",
    ),
    "a box": (
        f"<text:p>a<draw:frame><draw:text-box><text:p>{comment()}b{end()}</text:p></draw:text-box></draw:frame>c</text:p>",
        "a\n\nb\n\nc",
        "> b\n\nNo.",
    ),
    "spaces, tabs and breaks": (
        f'<text:p>\n a  b<text:s text:c="2"/>c<text:tab/>d<text:line-break/>e\n{comment()}</text:p>\n',
        "a b  c\td\ne",
        "No.",
    ),
}


@pytest.mark.parametrize(("words", "text", "said"), BODIES.values(), ids=BODIES)
def test_a_comment_quotes_the_words_that_it_is_anchored_to(tmp_path: Path, words: str, text: str, said: str) -> None:
    assert [one.text.rstrip() for one in of(tmp_path, words).comments] == [text, said]


def test_comments_without_words_are_counted_and_those_without_a_name_are_numbered(tmp_path: Path) -> None:
    reading = of(tmp_path, f"<text:p>a{comment('')}{comment('', '')}{comment('', 'Yes.')}</text:p>")
    assert reading.parents == {"document": None, "comment-1": "document", "comment-3": "document"}
    assert reading.messages == ["left out comments without words: 1, the first on this line"]


def test_a_document_without_comments_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (problem,) = of(tmp_path, "<text:p>a</text:p>").problems
    assert (problem.lost, "save it as plain text" in problem.message) == (True, True)


BROKEN: dict[str, tuple[dict[str, str | bytes | None], str]] = {
    "half of it": ({"content.xml": f"<office:document-content {SPACES}><office:body>"}, "expected well-formed XML"),
    "entities": ({"content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "expected"),
    "noise": ({"content.xml": bytes(range(256)) * 9}, "expected"),
    "deep": ({"content.xml": "<a>" * 1_000 + "</a>" * 1_000}, "expected XML nested at most 200 deep"),
    "no content": ({"content.xml": None}, "expected a document without a password"),
    "a password": ({"META-INF/manifest.xml": "<m><m:encryption-data/></m>"}, "expected a document without a password"),
}


@pytest.mark.parametrize(("more", "message"), BROKEN.values(), ids=BROKEN)
def test_a_document_that_is_broken_is_one_error(
    tmp_path: Path, more: dict[str, str | bytes | None], message: str
) -> None:
    (problem,) = of(tmp_path, PAIR, **more).problems
    assert (problem.lost, problem.message.startswith(message)) == (True, True)
    assert problem.file == str(tmp_path / "plan.odt")


CUT = {
    "behind a paragraph": (f"{PAIR}\n<text:p>And<", ["document", "a", "b"], "And"),
    "within a paragraph": (f"{PAIR}\n<text:p>And then", ["document", "a", "b"], "And then"),
    "within a comment": (f"{PAIR}\n<text:p>And{comment('c')[:-30]}", ["document", "a", "b"], "And"),
    "a tag that closes another": (f"{PAIR}\n</text:span>", ["document", "a", "b"], "So it is."),
    "before the end of what is meant": (f"<text:p>{comment()}The gate", ["document", "a"], "The gate"),
}


@pytest.mark.parametrize("flat", [False, True], ids=["package", "flat"])
@pytest.mark.parametrize(("words", "ids", "end"), CUT.values(), ids=CUT)
def test_where_the_content_breaks_off_what_comes_before_is_read(
    tmp_path: Path, words: str, ids: list[str], end: str, flat: bool
) -> None:
    content = f'<?xml version="1.0"?>\n<office:document-content {SPACES}><office:body><office:text>{words}'
    if flat:
        facts = f'office:mimetype="{TEXT}"><office:meta>{META}</office:meta>'
        path = tmp_path / "plan.fodt"
        path.write_text(content.replace("-content", "", 1).replace(">", f" {facts}", 2).replace(f" {facts}", ">", 1))
        reading = Reading(path)
    else:
        reading = of(tmp_path, "", **{"content.xml": content})
    assert [one.id for one in reading.comments] == ids
    assert reading.comments[0].text.endswith(end)
    assert (reading.threads[0].title, reading.comments[0].author) == ("Gates", "Ann")
    error = next(problem for problem in reading.problems if problem.lost)
    assert error.message.startswith("expected well-formed XML, the rest is lost: ")
    assert (error.line, error.column > 1) == (content.count("\n") + 1, True)
    told = ["left out comments within which the document breaks off: 1, the first on this line"]
    assert [problem.message for problem in reading.problems if not problem.lost] == (
        told if 'name="c"' in words else []
    )


@pytest.mark.parametrize("meta", ["<broken", None], ids=["broken", "not there"])
def test_what_is_said_of_a_document_may_be_missing(tmp_path: Path, meta: str | None) -> None:
    reading = of(tmp_path, PAIR, **{"meta.xml": meta})
    assert sorted(reading.parents) == ["a", "b", "document"]
    assert [problem.lost for problem in reading.problems] == ([] if meta is None else [True])


def test_parts_in_utf_16_are_read(tmp_path: Path) -> None:
    content = f'<?xml version="1.0" encoding="UTF-16"?><office:document-content {SPACES}>{body(PAIR)}'
    reading = of(tmp_path, "", **{"content.xml": f"{content}</office:document-content>".encode("utf-16")})
    assert (sorted(reading.parents), reading.problems) == (["a", "b", "document"], [])


def test_a_document_that_is_cut_off_or_a_bomb_is_an_error(tmp_path: Path) -> None:
    (problem,) = of(tmp_path, PAIR, **{"more.xml": "\0" * 100_000_000}).problems
    assert (problem.lost, "unpacked no further" in problem.message) == (True, True)
    whole = document(tmp_path / "cut.odt", PAIR).read_bytes()
    (tmp_path / "cut.odt").write_bytes(whole[: len(whole) * 2 // 3])
    (problem,) = Reading(tmp_path / "cut.odt").problems
    assert (problem.lost, "cannot" in problem.message) == (True, True)


def test_a_spreadsheet_is_none(tmp_path: Path) -> None:
    path = tmp_path / "plan.fods"
    sheet = TEXT.replace("text", "spreadsheet")
    path.write_text(
        f'<office:document {SPACES} office:mimetype="{sheet}">{body(PAIR)}</office:document>', encoding="utf-8"
    )
    assert "no format recognises" in Reading(path).messages[0]
    assert WORD_PROCESSOR_ADVICE not in Reading(path).messages


@pytest.mark.parametrize("paragraphs", [True, False], ids=["paragraphs", "one paragraph"])
def test_many_comments_on_all_of_a_long_document_are_read_in_linear_time(tmp_path: Path, paragraphs: bool) -> None:
    def made(size: int) -> Path:
        starts, ends = ("".join(mark(f"n{number}") for number in range(size)) for mark in (comment, end))
        long = "<text:p>word word word</text:p>" * (size * 5) if paragraphs else ""
        run = "" if paragraphs else "<text:span>word </text:span>" * (size * 5)
        words = f"<text:p>The gate{starts}{run}</text:p>{long}<text:p>{ends}</text:p>"
        return document(tmp_path / f"{size}.odt", words)

    assert_in_proportion(made, Reading, small=150, floor=0.1)

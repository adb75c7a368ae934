"""Comments in Word documents: what they are anchored to, whom they answer, and documents that are broken or bombs."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from rejoinder.loaders import LOADERS
from rejoinder.loaders.opening.packed import WORD_PROCESSOR_ADVICE
from rejoinder.records import State, ThreadKey
from tests.reading import Reading
from tests.timing import assert_in_proportion

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{WORD}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
START, END = '<w:commentRangeStart w:id="{}"/>', '<w:commentRangeEnd w:id="{}"/>'


def run(words: str) -> str:
    return f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*inside: str, form: str = "") -> str:
    return f"<w:p>{form}{''.join(inside)}</w:p>"


def anchored(number: object, words: str = "The gate is shut.") -> str:
    return START.format(number) + run(words) + END.format(number)


def comment(number: object, words: str = "No.", *, author: str = "Bo") -> str:
    said = "".join(f'<w:p w14:paraId="P{number}">{run(one)}</w:p>' for one in words.split("|"))
    return f'<w:comment w:id="{number}" w:author="{author}" w:date="2026-05-01T09:00:00Z">{said}</w:comment>'


def related(number: object, above: object = None, done: int = 0) -> str:
    parent = "" if above is None else f' w15:paraIdParent="P{above}"'
    return f'<w15:commentEx w15:paraId="P{number}"{parent} w15:done="{done}"/>'


def document(path: Path, body: str, comments: str | None, extended: str | None = None, **more: str | bytes) -> Path:
    """A document of these parts."""
    parts: dict[str, str | bytes | None] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<?xml version="1.0"?><w:document {SPACES}><w:body>{body}</w:body></w:document>',
        "word/comments.xml": None if comments is None else f"<w:comments {SPACES}>{comments}</w:comments>",
        "word/commentsExtended.xml": None if extended is None else f"<w15:a {SPACES}>{extended}</w15:a>",
        **more,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in parts.items():
            if content is not None:
                held.writestr(name, content)
    return path


def of(folder: Path, body: str, comments: str, extended: str | None = None, /, **more: str | bytes) -> Reading:
    return Reading(document(folder / "plan.docx", body, comments, extended, **more))


PAIR = paragraph(anchored(0), run(" So it is."))


@pytest.mark.parametrize("named", [True, False], ids=["named", "in a folder"])
def test_a_document_is_the_post_that_its_comments_answer(tmp_path: Path, named: bool) -> None:
    path = document(tmp_path / "plan.docx", PAIR, comment(0) + comment(1, "Why?"), related(0) + related(1, 0, 1))
    reading = Reading(path if named else tmp_path)
    assert [(one.id, one.parent, one.author, one.text) for one in reading.comments] == [
        ("document", None, None, "The gate is shut. So it is."),
        ("0", "document", "Bo", "> The gate is shut.\n\nNo."),
        ("1", "0", "Bo", "Why?"),
    ]
    assert {one.thread for one in reading.comments} == {ThreadKey("docx", "plan")}
    assert {one.id for one in reading.comments if State.RESOLVED in one.states} == {"1"}
    assert reading.quoted == [("0", "document", "The gate is shut.")]
    assert {one.file for one in reading.found} == {str(path)}
    assert reading.problems == []


BODIES: dict[str, tuple[str, str, str]] = {
    "across paragraphs": (
        paragraph(START.format(0), run("a")) + paragraph(run("b"), END.format(0), run("c")),
        "a\n\nbc",
        "> a\n>\n> b\n\nNo.",
    ),
    "around paragraphs": (
        START.format(0) + paragraph(run("a")) + END.format(0) + paragraph(run("b")),
        "a\n\nb",
        "> a\n\nNo.",
    ),
    "at a point": (paragraph(run("a"), START.format(0), END.format(0)), "a", "No."),
    "nowhere": (paragraph(run("a")), "a", "No."),
    "never ended": (paragraph(START.format(0), run("a")), "a", "No."),
    "ended before it begins": (paragraph(END.format(0), run("a"), START.format(0)), "a", "No."),
    "in a table": (f"<w:tbl><w:tr><w:tc>{paragraph(anchored(0, 'a'))}</w:tc></w:tr></w:tbl>", "a", "> a\n\nNo."),
    "an item of a list": (
        paragraph(anchored(0, "a"), form='<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>')
        + paragraph(run("b"), form='<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'),
        "- a\n- b",
        "> a\n\nNo.",
    ),
    "in what was inserted or deleted": (
        paragraph(START.format(0), f"<w:ins>{run('a')}</w:ins><w:del>{run('b')}</w:del>", END.format(0)),
        "a",
        "> a\n\nNo.",
    ),
    "in a box that stands twice": (
        paragraph(
            f"<mc:AlternateContent><mc:Choice>{paragraph(anchored(0, 'a'))}</mc:Choice>"
            f"<mc:Fallback>{paragraph(run('a'))}</mc:Fallback></mc:AlternateContent>",
            run("b"),
        ),
        "a\n\nb",
        "> a\n\nNo.",
    ),
    "tabs, breaks and fields": (
        paragraph("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:instrText>PAGE</w:instrText></w:r>", run("c")),
        "a\tb\nc",
        "No.",
    ),
}


@pytest.mark.parametrize(("body", "text", "said"), BODIES.values(), ids=BODIES)
def test_a_comment_quotes_the_words_that_it_is_anchored_to(tmp_path: Path, body: str, text: str, said: str) -> None:
    assert [one.text for one in of(tmp_path, body, comment(0)).comments] == [text, said]


def test_a_long_passage_is_quoted_as_far_as_a_reader_would(tmp_path: Path) -> None:
    body = START.format(0) + 3 * paragraph(run("word " * 300)) + END.format(0)
    text = of(tmp_path, body, comment(0)).by_id["0"].text
    assert (len(text) < 2_100, text.endswith("word\n\nNo.")) == (True, True)


def test_a_document_without_relations_leaves_the_document_as_parent(tmp_path: Path) -> None:
    reading = of(tmp_path, PAIR, comment(0, "One.|Two.") + comment(1))
    assert reading.parents == {"document": None, "0": "document", "1": "document"}
    assert reading.by_id["0"].text == "> The gate is shut.\n\nOne.\n\nTwo."


def test_a_wrong_parent_loses_no_comment_and_what_has_no_words_or_id_is_said(tmp_path: Path) -> None:
    comments = comment(0) + comment(1) + comment(2, "") + comment("", "Who?")
    reading = of(tmp_path, PAIR, comments, related(0, 9) + related(1, 1) + related("X", 0))
    assert {**reading.parents, "1": None} == {"document": None, "0": "document", "1": None}
    assert sorted((problem.message, problem.lost) for problem in reading.problems) == [
        ('expected "w:id" of the comment, but there is none', True),
        ("left out comments without words: 1, the first on this line", False),
    ]


def test_the_facts_of_a_document_are_those_of_its_thread(tmp_path: Path) -> None:
    facts = (
        '<c:coreProperties xmlns:c="urn:c" xmlns:d="urn:d"><d:title>Gates</d:title><d:creator>Ann</d:creator>'
        "<d:created>2026-01-01T00:00:00Z</d:created></c:coreProperties>"
    )
    reading = of(tmp_path, PAIR, comment(0), **{"docProps/core.xml": facts.encode("utf-16")})
    assert [one.title for one in reading.threads] == ["Gates"]
    assert [(one.author, one.created) for one in reading.comments[:1]] == [("Ann", "2026-01-01T00:00:00Z")]


@pytest.mark.parametrize("comments", [None, ""], ids=["no part", "an empty part"])
def test_a_document_without_comments_is_an_error_that_says_what_to_do(tmp_path: Path, comments: str | None) -> None:
    (problem,) = Reading(document(tmp_path / "plan.docx", PAIR, comments)).problems
    assert (problem.lost, "save it as plain text" in problem.message) == (True, True)
    assert comments is not None or problem.message == WORD_PROCESSOR_ADVICE


BROKEN: dict[str, tuple[dict[str, str | bytes], str]] = {
    "half a part": ({"word/document.xml": f"<w:document {SPACES}><w:body>"}, "expected well-formed XML"),
    "entities": ({"word/comments.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "expected"),
    "noise": ({"word/comments.xml": bytes(range(256)) * 9}, "expected"),
    "deep": ({"word/document.xml": "<a>" * 1_000 + "</a>" * 1_000}, "expected XML nested at most 200 deep"),
}


@pytest.mark.parametrize(("more", "message"), BROKEN.values(), ids=BROKEN)
def test_a_document_that_is_broken_is_an_error(tmp_path: Path, more: dict[str, str | bytes], message: str) -> None:
    reading = of(tmp_path, PAIR, comment(0), **more)
    assert [problem.message for problem in reading.problems if problem.lost and problem.message.startswith(message)]
    assert {problem.file for problem in reading.problems} == {str(tmp_path / "plan.docx")}


@pytest.mark.parametrize("part", ["docProps/core.xml", "word/commentsExtended.xml", "word/document.xml"])
def test_a_part_that_is_broken_loses_no_comment(tmp_path: Path, part: str) -> None:
    reading = of(tmp_path, PAIR, comment(0), **{part: "<broken"})
    assert reading.by_id["0"].text.endswith("No.")
    assert [problem.lost for problem in reading.problems] == [True]


def test_a_part_that_declares_an_unknown_encoding_at_length_loses_no_comment(tmp_path: Path) -> None:
    declared = f'<?xml version="1.0" encoding="unheard-of"{" " * 200}?><core/>'
    reading = of(tmp_path, PAIR, comment(0), **{"docProps/core.xml": declared})
    assert reading.by_id["0"].text.endswith("No.")
    assert [problem.lost for problem in reading.problems] == [True]


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "a mark"])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ['<?xml version="1.0" encoding="UTF-16"?>', ""], ids=["declared", "undeclared"])
def test_parts_in_utf_16_are_read(tmp_path: Path, codec: str, mark: str, declared: str) -> None:
    part = f"{mark}{declared}<w:comments {SPACES}>{comment(0, 'Nein, früher.')}{comment(1)}</w:comments>".encode(codec)
    reading = of(tmp_path, PAIR, "", related(0) + related(1, 0), **{"word/comments.xml": part})
    assert reading.parents == {"document": None, "0": "document", "1": "0"}
    assert reading.by_id["0"].text == "> The gate is shut.\n\nNein, früher."
    assert reading.problems == []


def test_comments_that_break_off_lose_only_themselves(tmp_path: Path) -> None:
    part = f"<w:comments {SPACES}>{comment(0)}{comment(1)}{comment(2)[:-20]}"
    facts = '<c:coreProperties xmlns:c="urn:c" xmlns:d="urn:d"><d:title>Gates</d:title></c:coreProperties>'
    more = {"word/comments.xml": part, "docProps/core.xml": facts}
    reading = of(tmp_path, PAIR, "", related(0) + related(1, 0, 1), **more)
    assert reading.parents == {"document": None, "0": "document", "1": "0"}
    assert reading.by_id["0"].text == "> The gate is shut.\n\nNo."
    assert State.RESOLVED in reading.by_id["1"].states
    assert [one.title for one in reading.threads] == ["Gates"]
    (problem,) = reading.problems
    assert (problem.lost, problem.message.startswith("expected well-formed XML, the rest is lost")) == (True, True)


def test_a_document_that_is_cut_off_or_a_bomb_is_an_error(tmp_path: Path) -> None:
    path = document(tmp_path / "plan.docx", PAIR, comment(0), **{"word/more.xml": "\0" * 100_000_000})
    (problem,) = Reading(path).problems
    assert (problem.lost, "unpacked no further" in problem.message) == (True, True)
    whole = document(tmp_path / "cut.docx", PAIR, comment(0)).read_bytes()
    (tmp_path / "cut.docx").write_bytes(whole[: len(whole) * 2 // 3])
    (problem,) = Reading(tmp_path / "cut.docx").problems
    assert (problem.lost, "cut off" in problem.message) == (True, True)


def test_documents_in_an_archive_are_read_and_of_two_of_one_name_the_second_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as held:
        for name in ("a/plan", "b/plan", "c/list"):
            held.write(document(tmp_path / "plan.docx", PAIR, comment(0)), f"{name}.docx")
    reading = Reading(tmp_path / "all.zip")
    assert {one.thread.id for one in reading.comments} == {"plan", "list"}
    (message,) = reading.messages
    assert "another file of this load is named the same" in message


def test_the_xml_that_word_saves_is_the_same_document(tmp_path: Path) -> None:
    golden = Path(__file__).parents[1] / "golden" / "docx.xml"
    assert LOADERS["docx"].recognises(golden, golden.read_text(encoding="utf-8"))
    reading = Reading(golden)
    assert [one.parent for one in reading.comments] == [None, "document", "0"]


@pytest.mark.parametrize("words", [run("word " * 9), "<w:br/>" * 9], ids=["words", "breaks"])
@pytest.mark.parametrize("paragraphs", [True, False], ids=["paragraphs", "one paragraph"])
def test_many_comments_on_all_of_a_long_document_are_read_in_linear_time(
    tmp_path: Path, words: str, paragraphs: bool
) -> None:
    def made(size: int) -> Path:
        starts, ends = ("".join(map(mark.format, range(size))) for mark in (START, END))
        text = paragraph(words) * (size * 5) if paragraphs else paragraph(words * (size * 5))
        body = run("The gate is shut.") + starts + text + ends
        return document(tmp_path / f"{size}.docx", body, "".join(map(comment, range(size))))

    assert_in_proportion(made, Reading, small=150, floor=0.1)

"""Annotations of web pages from Hypothes.is: what is quoted, who replies to whom, what is hidden."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.errors import Problem
from rejoinder.loaders import LOADERS, read
from rejoinder.loaders.gathering.merge import merge
from rejoinder.records import Kind, State
from tests.reading import reading_of, written

PAGE = "https://paths.example/canal"
NOTE: dict[str, Any] = {
    "id": "n1",
    "created": "2024-07-01T10:00:00.000000+00:00",
    "user": "acct:ana@hypothes.is",
    "uri": PAGE,
    "text": "Cyclists need *light* there.",
    "target": [{"source": PAGE, "selector": [{"type": "TextQuoteSelector", "exact": "The path is closed at night."}]}],
    "document": {"title": ["The canal path"]},
    "links": {"html": "https://hypothes.is/a/n1"},
}
REPLY = {**NOTE, "id": "n2", "text": "So do walkers.", "references": ["n1"], "target": [{"source": PAGE}]}


def test_the_page_is_the_thread_and_replies_nest(tmp_path: Path) -> None:
    deeper = {**REPLY, "id": "n3", "references": ["n1", "n2"]}
    reading = reading_of(tmp_path, {"total": 3, "rows": [NOTE, REPLY, deeper]})
    assert [(one.key.site, one.key.id, one.title, one.url) for one in reading.threads] == [
        ("hypothes.is", PAGE, "The canal path", PAGE)
    ]
    assert reading.parents == {"n1": PAGE, "n2": "n1", "n3": "n2"}
    assert (reading.by_id["n1"].author, reading.by_id["n1"].url) == ("ana", "https://hypothes.is/a/n1")
    assert not reading.problems


def test_the_annotated_words_are_a_quotation_of_the_page(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, {"rows": [NOTE]})
    assert reading.by_id["n1"].text == "> The path is closed at night.\n\nCyclists need light there."
    assert reading.quoted == [("n1", PAGE, "The path is closed at night.")]
    assert [platform_move.kind for platform_move in reading.moves] == [Kind.QUOTATION]


@pytest.mark.parametrize(
    ("selectors", "quoted"),
    [
        pytest.param([{"type": "TextQuoteSelector", "exact": "a\n   b"}], "> a b", id="lines of the page are no lines"),
        pytest.param([{"type": "TextQuoteSelector", "exact": "a\n\n b"}], "> a\n> b", id="paragraphs are"),
        pytest.param(
            [{"type": "RangeSelector"}, {"type": "TextQuoteSelector", "exact": "a"}], "> a", id="among others"
        ),
        pytest.param([{"type": "TextPositionSelector", "start": 1, "end": 9}], "", id="only a position"),
        pytest.param([{"type": "TextQuoteSelector", "exact": " "}], "", id="blank"),
        pytest.param(None, "", id="a note on the page"),
    ],
)
def test_selectors(selectors: object, quoted: str, tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [{**NOTE, "target": [{"source": PAGE, "selector": selectors}]}])
    assert reading.by_id["n1"].text == (quoted + "\n\n" if quoted else "") + "Cyclists need light there."
    assert len(reading.moves) == bool(quoted)


def test_links_stand_below_the_quotation(tmp_path: Path) -> None:
    comment = reading_of(tmp_path, [{**NOTE, "text": "See [this](light.html)."}]).by_id["n1"]
    assert [(comment.text[link.start : link.end], link.url) for link in comment.links] == [
        ("this", "https://paths.example/light.html")
    ]


@pytest.mark.parametrize(
    ("value", "names"),
    [
        pytest.param({"rows": [NOTE], "replies": [REPLY]}, ["n1", "n2"], id="replies apart"),
        pytest.param(
            {"export_date": "2024-07-02", "annotations": [NOTE, REPLY]}, ["n1", "n2"], id="the client's export"
        ),
        pytest.param([NOTE, REPLY], ["n1", "n2"], id="a bare list"),
        pytest.param(NOTE, ["n1"], id="one annotation"),
        pytest.param({"rows": [NOTE, NOTE]}, ["n1"], id="twice the same"),
    ],
)
def test_containers(value: object, names: list[str], tmp_path: Path) -> None:
    reading = reading_of(tmp_path, value)
    assert (list(reading.by_id), reading.problems) == (names, [])


def test_an_annotation_that_stands_twice_with_other_words_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, {"rows": [NOTE, REPLY, {**NOTE, "text": "They do not."}]}, "notes.json")
    problems = [one for one in merge(read([path]), lambda _: None) if isinstance(one, Problem)]
    assert [problem.message for problem in problems if problem.lost] == [
        f"comment 'n1' also stands, with other content, at {path}:1; kept this, the later one"
    ]


@pytest.mark.parametrize(
    ("fields", "states"),
    [
        ({"hidden": True, "text": ""}, (State.DELETED,)),
        ({"moderation_status": "SPAM"}, (State.DELETED,)),
        ({"moderation_status": "APPROVED", "hidden": False}, ()),
        ({"moderation_status": {"is": "SPAM"}, "hidden": [True]}, ()),
    ],
    ids=repr,
)
def test_states(fields: dict[str, object], states: tuple[State, ...], tmp_path: Path) -> None:
    assert reading_of(tmp_path, [{**NOTE, **fields}]).by_id["n1"].states == states


def test_a_highlight_is_kept_only_where_somebody_replies(tmp_path: Path) -> None:
    mark = {**NOTE, "text": ""}
    assert list(reading_of(tmp_path, [mark, {**mark, "id": "n9"}, REPLY]).by_id) == ["n1", "n2"]


@pytest.mark.parametrize(
    ("user", "author"),
    [("acct:ana@hypothes.is", "ana"), ("acct:bo@school.example", "bo@school.example"), (None, None)],
)
def test_authors(user: str | None, author: str | None, tmp_path: Path) -> None:
    assert reading_of(tmp_path, [{**NOTE, "user": user}]).by_id["n1"].author == author


def test_a_fragment_names_no_other_page(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [{**NOTE, "uri": PAGE + "#lamps"}, {**REPLY, "uri": PAGE + "?utm=1"}])
    assert {comment.thread.id for comment in reading.comments} == {PAGE}


def test_several_pages_are_several_threads(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path, [NOTE, {**NOTE, "id": "m1", "uri": "urn:x-pdf:0af3", "document": {"title": "A plan"}}]
    )
    assert [(one.key.id, one.title, one.url) for one in reading.threads] == [
        (PAGE, "The canal path", PAGE),
        ("urn:x-pdf:0af3", "A plan", None),
    ]


@pytest.mark.parametrize(
    "fields", [{"links": {"html": 5}}, {"document": {"title": 5}}, {"references": [{}]}, {"created": []}], ids=repr
)
def test_a_wrong_side_value_is_lost_alone(fields: dict[str, object], tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [{**NOTE, **fields}])
    assert [(comment.id, comment.text.rpartition("\n")[2]) for comment in reading.comments] == [
        ("n1", "Cyclists need light there.")
    ]
    assert [problem.lost for problem in reading.problems] == [True]


def test_ids_may_be_numbers(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [{**NOTE, "id": 1}, {**REPLY, "id": 2, "references": [1]}])
    assert (reading.parents, reading.messages) == ({"1": PAGE, "2": "1"}, [])


@pytest.mark.parametrize("fields", [{"uri": 5}, {"text": []}, {"target": "x"}], ids=repr)
def test_one_broken_annotation_is_lost_alone(fields: dict[str, object], tmp_path: Path) -> None:
    reading = reading_of(tmp_path, [{**NOTE, "id": "bad", **fields}, NOTE])
    assert (list(reading.by_id), [problem.lost for problem in reading.problems]) == (["n1"], [True])


@pytest.mark.parametrize(
    "text",
    [
        '{"id": "c1", "thread": "t1", "text": "No."}',
        '{"uri": "at://x", "target": {"id": 1}}',
        '{"rows": [], "total": 0}',
        "plain words",
    ],
)
def test_other_files_are_not_recognised(text: str) -> None:
    assert not LOADERS["hypothesis"].recognises(Path("x"), text)

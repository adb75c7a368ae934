"""A folder in place of files: all that can be loaded below it, in order, and what is said of the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rejoinder import loaders
from rejoinder.progress import Bars
from tests.formats.test_golden import SOURCES, files_of
from tests.reading import Reading

LINE = '{{"id": "{0}", "thread": "{0}", "text": "The well of {0} is dry."}}\n'


def put(folder: Path, **files: str) -> Path:
    """Files in a folder; two underscores in a name stand for a folder's end, a single one for a point."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def ids(reading: Reading) -> list[str]:
    return [comment.id for comment in reading.comments]


def test_files_are_read_in_the_order_of_their_names_those_of_a_folder_first(tmp_path: Path) -> None:
    files = {"b_jsonl": "b", "a_jsonl": "a", "aa__c_jsonl": "c", "z__y__d_jsonl": "d"}
    reading = Reading(put(tmp_path, **{name: LINE.format(one) for name, one in files.items()}))
    assert (ids(reading), reading.messages) == (["a", "b", "c", "d"], [])


LEFT: dict[str, tuple[str, str]] = {
    "a style sheet": ("style_css", "p { color: red }"),
    "settings": ("package_json", '{"name": "well", "version": 3}'),
    "what tells of the others": ("README_md", "These are the minutes."),
    "an empty file": ("notes_txt", " \n"),
    "a file without an ending": ("Makefile", "all: well\n"),
    "a table of something else": ("wells_csv", "depth,place\n3,yard\n"),
}


@pytest.mark.parametrize(("name", "content"), LEFT.values(), ids=LEFT)
def test_what_is_no_discussion_is_left_out_and_noted(tmp_path: Path, name: str, content: str) -> None:
    reading = Reading(put(tmp_path, a_jsonl=LINE.format("a"), **{name: content}))
    shown = name.replace("_", ".")
    told = f"left out 1 file ({shown}) in which no format was recognised (name one to see why); read 1 of 2"
    assert (ids(reading), [(problem.message, problem.note) for problem in reading.problems]) == (["a"], [(told, True)])


def test_what_is_hidden_is_left_out_and_noted(tmp_path: Path) -> None:
    files = {"a_jsonl": "a", "_b_jsonl": "b", "_git__c_jsonl": "c"}
    reading = Reading(put(tmp_path, **{name: LINE.format(one) for name, one in files.items()}))
    assert ids(reading) == ["a"]
    assert reading.messages == ["left out 2 files (.git/, .b.jsonl) hidden; read 1 of 2"]


def test_prose_is_read_and_said_once(tmp_path: Path) -> None:
    reading = Reading(put(tmp_path, a_txt="The well is dry.\n", b_md="It is not.\n"))
    assert [comment.text for comment in reading.comments] == ["The well is dry.", "It is not."]
    told = "read as plain text, a comment a paragraph, for no other format fits: 2 files (a.txt, b.md)"
    assert [(problem.message, problem.note) for problem in reading.problems] == [(told, True)]


NONE: dict[str, tuple[dict[str, str], str]] = {
    "an empty folder": ({}, "expected a folder with files in it, got an empty one"),
    "pictures": (
        {"a_css": "p { color: red }"},
        "expected a folder with discussions in it, got 1 file (a.css) in which no format was recognised "
        "(name one to see why)",
    ),
    "what is hidden": (
        {"_a_jsonl": LINE.format("a")},
        "expected a folder with discussions in it, got 1 file (.a.jsonl) hidden",
    ),
}


@pytest.mark.parametrize(("files", "message"), NONE.values(), ids=NONE)
def test_a_folder_with_nothing_to_load_is_an_error(tmp_path: Path, files: dict[str, str], message: str) -> None:
    (problem,) = Reading(put(tmp_path, **files)).problems
    assert (problem.file, problem.message, problem.lost) == (str(tmp_path), message, True)


def test_broken_json_in_a_folder_is_an_error_and_the_rest_is_read(tmp_path: Path) -> None:
    reading = Reading(put(tmp_path, a_json='[{"id": 1, "text": "Dry.",}]', b_jsonl=LINE.format("b")))
    assert ids(reading) == ["b"]
    (problem,) = reading.problems
    assert (problem.file, problem.line, problem.lost) == (str(tmp_path / "a.json"), 1, True)


def test_records_that_need_a_field_map_are_a_warning_that_proposes_one(tmp_path: Path) -> None:
    table = "Nr;Antwort auf;Name;Kommentar\n1;;Ana;It is dry.\n2;1;Bo;It is not.\n"
    reading = Reading(put(tmp_path, a_csv=table, b_jsonl=LINE.format("b")))
    assert ids(reading) == ["b"]
    (problem,) = reading.problems
    assert (problem.lost, problem.note) == (False, False)
    assert problem.message.startswith("left out: this is CSV that no format recognises")
    assert problem.proposal == "id=Nr,parent=Antwort auf,author=Name,text=Kommentar"


def test_links_are_followed_once_and_circles_end(tmp_path: Path) -> None:
    put(tmp_path, well__a_jsonl=LINE.format("a"), elsewhere__b_jsonl=LINE.format("b"))
    (tmp_path / "well" / "around").symlink_to(tmp_path / "well")
    (tmp_path / "well" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "well" / "twice").symlink_to(tmp_path / "elsewhere")
    reading = Reading(tmp_path / "well")
    assert (ids(reading), reading.messages) == (["a", "b"], [])


def test_a_link_that_leads_nowhere_and_a_pipe_stop_nothing(tmp_path: Path) -> None:
    put(tmp_path, a_jsonl=LINE.format("a"))
    (tmp_path / "b.jsonl").symlink_to(tmp_path / "gone.jsonl")
    os.mkfifo(tmp_path / "c.jsonl")
    reading = Reading(tmp_path)
    assert ids(reading) == ["a"]
    assert [(Path(problem.file).name, problem.lost) for problem in reading.problems] == [
        ("b.jsonl", True),
        (tmp_path.name, False),
    ]


@pytest.mark.parametrize("source", [one for one in SOURCES if one.is_dir()], ids=lambda path: path.name)
def test_files_that_belong_together_are_read_as_when_they_are_named(source: Path) -> None:
    assert Reading(source).records == Reading(*files_of(source)).records


def test_the_other_files_of_a_known_export_are_left_out(tmp_path: Path) -> None:
    posts = '<posts><row Id="1" PostTypeId="1" Title="Dry?" Body="Is it dry?"/></posts>'
    reading = Reading(put(tmp_path, Posts_xml=posts, Users_xml='<users><row Id="1"/></users>', Tags_xml="<tags/>"))
    assert (ids(reading), [problem.note for problem in reading.problems]) == (["1"], [True]), reading.messages


def test_a_format_that_is_named_holds_for_all_files_but_pictures(tmp_path: Path) -> None:
    put(tmp_path, a_data=LINE.format("a"), b=LINE.format("b"))
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert ids(Reading(tmp_path, format="jsonl")) == ["a", "b"]


def test_progress_counts_the_bytes_of_all_files_read_or_not(tmp_path: Path) -> None:
    put(tmp_path, a_jsonl=LINE.format("a"), b_css="p { color: red }", c__d_txt="Dry.\n")
    counts: list[int] = []
    list(loaders.read([tmp_path], progress=counts.append))
    with Bars([str(tmp_path)]) as bars:
        assert bars.reading.total == sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
        assert sum(counts) >= bars.reading.total

"""Names, parents and words are the same in each form of Unicode; texts and ids stay as the source has them."""

from __future__ import annotations

import json
import unicodedata

import pytest

from rejoinder.errors import Problem
from rejoinder.graph.queries.authors import authors_of_name, similar_names
from rejoinder.graph.queries.threads import threads_of_name
from rejoinder.graph.queries.values import parse_words
from rejoinder.graph.queries.views import find_view, view_rows
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.load import load
from rejoinder.loaders.gathering.gate import admit_record
from rejoinder.name_lookup import iri_of_name
from rejoinder.records import Comment, Found, Judgement, Kind, PlatformMove, Record, ThreadKey, Verdict
from rejoinder.settings import Settings

FORMS = ("NFC", "NFD")


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


KEY = ThreadKey("local", nfd("café"))
NAMED: list[tuple[Record, str]] = [
    (Comment(KEY, nfd("é1"), nfd("Le café."), parent=nfd("é0"), author=nfd("josé")), "author"),
    (Comment(KEY, "1", nfd("Le café."), addressed=False, to=nfd("josé")), "to"),
    (PlatformMove(KEY, "p", Kind.REBUTTAL, "1", "voted", author=nfd("josé")), "author"),
    (Judgement(KEY, "1", Kind.REBUTTAL, Verdict.RIGHT, by=nfd("josé")), "by"),
]


@pytest.mark.parametrize(("record", "name"), NAMED, ids=[type(one).__name__ + name for one, name in NAMED])
def test_names_of_people_are_composed_and_nothing_else(record: Record, name: str) -> None:
    found = admit_record(Found(record, "in.jsonl", 1))
    assert isinstance(found, Found)
    fields = type(record).__dataclass_fields__
    changed = {field for field in fields if getattr(found.record, field) != getattr(record, field)}
    assert (changed, getattr(found.record, name)) == ({name}, nfc("josé"))


LINES: list[dict[str, object]] = [
    {"id": nfc("né-1"), "author": nfc("josé"), "text": nfd("The café should open at seven.")},
    {"id": "2", "parent": nfd("né-1"), "author": nfd("josé"), "text": "But nobody needs tea at seven in the morning."},
    {"id": "3", "parent": nfc("né-1"), "author": "Mia", "text": nfc("The café should open at nine.")},
]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, list[Problem]]:
    folder, problems = tmp_path_factory.mktemp("forms"), list[Problem]()
    file = folder / "cafe.jsonl"
    file.write_text("\n".join(json.dumps({"thread": nfd("café"), **line}) for line in LINES), encoding="utf-8")
    load(folder / "s", [str(file)], Settings(), report=problems.append)
    return open_current(folder / "s"), problems


def test_one_author_in_two_forms_is_one(loaded: tuple[Snapshot, list[Problem]]) -> None:
    snapshot, _ = loaded
    found = view_rows(snapshot.store, find_view("comments"), {}).rows
    assert {row["author"] for row in found} == {nfc("josé"), "Mia"}
    assert len(authors_of_name(snapshot, nfd("josé"))) == len(authors_of_name(snapshot, nfc("josé"))) == 1
    assert similar_names(snapshot, nfd("JOSÉ")) == [nfc("josé")]


def test_a_parent_in_another_form_is_recognised_and_ids_and_texts_stay(loaded: tuple[Snapshot, list[Problem]]) -> None:
    snapshot, problems = loaded
    found = {row["comment"]: row for row in view_rows(snapshot.store, find_view("comments"), {}).rows}
    assert set(found) == {line["id"] for line in LINES}
    assert {row["text"] for row in found.values()} == {line["text"] for line in LINES}
    assert {found[one]["parent"] for one in ("2", "3")} == {found[nfc("né-1")]["place"]}
    assert [(problem.line, problem.note) for problem in problems if "recognised" in problem.message] == [(2, True)]


@pytest.mark.parametrize("form", FORMS)
def test_a_thread_is_found_by_its_name_in_either_form(loaded: tuple[Snapshot, list[Problem]], form: str) -> None:
    snapshot, _ = loaded
    for name in ("café", "local/café", "caf", "local/café"):
        named = threads_of_name(snapshot, unicodedata.normalize(form, name))  # type: ignore[arg-type]
        assert [thread.id for thread in named] == [nfd("café")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_words_are_found_in_either_form(loaded: tuple[Snapshot, list[Problem]], form: str, case: type[str]) -> None:
    snapshot, _ = loaded
    text = case(unicodedata.normalize(form, "café open"))  # type: ignore[arg-type]
    found = view_rows(snapshot.store, find_view("claims"), {"words": parse_words(text)}).rows
    assert {row["text"] for row in found} == {LINES[0]["text"], LINES[2]["text"]}
    assert iri_of_name(snapshot, [text, "seven"]) == next(
        row["claim"] for row in found if row["text"] == LINES[0]["text"]
    )

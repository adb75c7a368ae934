"""Quotations from other threads: where they are from, when that is not told, and what later loads change in it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.errors import StoreError
from rejoinder.graph.exports.whole_store import dump_store
from rejoinder.graph.queries import views
from rejoinder.graph.quotations.marks import MOST_HOLDERS
from rejoinder.graph.quotations.stretches import SearchedText, Words
from rejoinder.graph.shapes.check import check_store, conforms
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.graph.triples.terms import RJ
from rejoinder.load import load
from rejoinder.settings import Settings

Line = dict[str, Any]

BELLS = "The bells are rung at noon by two old men whom nobody pays."
ROPE = "A new rope costs forty crowns, and the chest under the stairs is empty."
TOWER = "Until the tower is mended nobody should climb above the second landing."
OWLS = "Owls nest behind the louvres every spring and leave before the harvest fair."

DUMP = "thread/text/library-fees"
OWN = range(26, 30)  # lines of the last comment of its author

FOUND = """
PREFIX rj: <https://w3id.org/rejoinder/ns#>
PREFIX sioc: <http://rdfs.org/sioc/ns#>
SELECT ?quoted ?comment ?exact ?confidence ?cue WHERE {
  ?quotation rj:origin ?span ; rj:originConfidence ?confidence ; rj:originCue ?cue ; rj:source/rj:exact ?quoted .
  ?span rj:inComment/sioc:id ?comment ; rj:exact ?exact .
}
"""


def said(thread: str, id: str, text: str, **more: Any) -> Line:  # noqa: A002 - the field's name
    return {"site": "parish", "thread": thread, "id": id, "text": text, "author": f"author of {id}", **more}


def quoting(text: str, thread: str = "inn", id: str = "q", **more: Any) -> Line:  # noqa: A002
    """A comment that quotes a comment which is not there."""
    return said(thread, id, f"> {text}\n\nI doubt that very much.", parent="unseen", **more)


def loaded(folder: Path, *files: Sequence[Line], replace: bool = False) -> Path:
    """The store in `folder` after one load for each of these files."""
    for lines in files:
        file = folder.with_suffix(".jsonl")
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        tally = load(folder, [str(file)], Settings(), report=print, replace=replace)
        assert not tally.lost
    return folder


def found(folder: Path) -> list[tuple[str, str, str]]:
    """What is quoted, the comment it is from, and the words there."""
    rows = open_current(folder).store.query(FOUND, use_default_graph_as_union=True)
    return sorted(tuple(row[name].value for name in ("quoted", "comment", "exact")) for row in rows)  # type: ignore[union-attr]


def exported(folder: Path) -> bytes:
    return b"".join(sorted(b"".join(dump_store(open_current(folder).store, "nquads")).splitlines(keepends=True)))


CASES: dict[str, tuple[list[Line], str, str | None]] = {
    "word for word": ([said("tower", "a", f"Well. {BELLS} Sadly.")], BELLS, BELLS),
    "case, marks and spaces aside": ([said("tower", "a", BELLS)], f"“{BELLS.upper()[:-1]}  !”", BELLS[:-1]),
    "part of a sentence": ([said("tower", "a", ROPE)], "the chest under the stairs is empty and forty", None),
    "most of a sentence": ([said("tower", "a", ROPE)], ROPE[:53], ROPE[:50]),
    "over two sentences": ([said("tower", "a", f"{BELLS} {ROPE}")], f"{BELLS} {ROPE}", f"{BELLS} {ROPE}"),
    "a word changed": ([said("tower", "a", ROPE)], ROPE.replace("forty", "fifty"), ROPE[:-1]),
    "something left out": (
        [said("tower", "a", f"{BELLS} So it goes. {ROPE}")],
        f"{BELLS} […] {ROPE}",
        f"{BELLS} So it goes. {ROPE}"[:-1],
    ),
    "half of it is elsewhere": ([said("tower", "a", BELLS)], f"{BELLS} {TOWER}", None),
    "too few words": ([said("tower", "a", "The bells are rung at noon.")], "The bells are rung at noon.", None),
    "no telling words": (
        [said("tower", "a", "It is what it is and so it will be for all of us.")],
        "It is what it is and so it will be for all of us.",
        None,
    ),
    "only quoted there": ([said("tower", "a", f"> {BELLS}\n\nWho says so?", parent="gone")], BELLS, None),
    "only in itself": ([said("inn", "x", "Good ale.")], BELLS, None),
    "elsewhere in its own thread": ([said("inn", "x", f"So {BELLS[4:]}")], BELLS, None),
    "a later comment": ([said("tower", "a", BELLS, created="2024-05-03T08:00:00Z")], BELLS, None),
    "the same moment": ([said("tower", "a", BELLS, created="2024-05-02T10:00:00+02:00")], BELLS, BELLS),
    "no date there": ([said("tower", "a", BELLS)], BELLS, BELLS),
    "beyond the basic plane": ([said("tower", "a", f"🔔🔔 {BELLS}")], BELLS, BELLS),
    "a script without spaces": (
        [said("tower", "a", "我们每天中午敲钟两次。")],
        "我们每天中午敲钟两次",
        "我们每天中午敲钟两次",
    ),
    "accents in two parts": (
        [said("tower", "a", BELLS.replace("two old men", "two de\u0301le\u0301gue\u0301s"))],
        BELLS.replace("two old men", "two délégués"),
        BELLS.replace("two old men", "two de\u0301le\u0301gue\u0301s"),
    ),
}


@pytest.mark.parametrize(("elsewhere", "quoted", "exact"), CASES.values(), ids=CASES)
def test_where_a_quotation_is_from(tmp_path: Path, elsewhere: list[Line], quoted: str, exact: str | None) -> None:
    folder = loaded(tmp_path / "store", [*elsewhere, quoting(quoted, created="2024-05-02T08:00:00Z")])
    stripped = [(one, words.rstrip(".")) for _, one, words in found(folder)]
    assert stripped == ([] if exact is None else [("a", exact.rstrip("."))])
    assert conforms(check_store(open_current(folder).store))


LONG = f"{BELLS} {ROPE}"
SEVERAL: dict[str, tuple[str, list[Line], str | None]] = {
    "the earliest": (
        LONG,
        [
            said("b", "late", LONG, created="2024-03-01T00:00:00Z"),
            said("a", "early", LONG, created="2024-02-01T00:00:00Z"),
        ],
        "early",
    ),
    "one without a date": (LONG, [said("b", "late", LONG, created="2024-03-01T00:00:00Z"), said("a", "x", LONG)], None),
    "two at the same moment": (
        LONG,
        [said(name, name, LONG, created="2024-03-01T00:00:00Z") for name in ("a", "b")],
        None,
    ),
    "too short to tell them apart": (
        BELLS,
        [said(name, name, BELLS, created=f"2024-0{number}-01T00:00:00Z") for number, name in enumerate("ab", 1)],
        None,
    ),
    "several of one thread, without a date": (
        LONG,
        [said("a", name, LONG, parent="gone") for name in ("x2", "x1")],
        None,
    ),
    "one that the other of a flat page repeats": (LONG, [said("a", "x2", LONG), said("a", "x1", LONG)], "x1"),
    "several of one thread, in their order": (
        LONG,
        [said("a", name, LONG, created=f"2024-03-0{3 - number}T00:00:00Z") for number, name in enumerate("xy")],
        "y",
    ),
    "one that holds more": (LONG, [said("a", "part", LONG[:-20]), said("b", "whole", LONG)], "whole"),
    "everybody's words": (
        LONG,
        [
            said(f"t{one}", f"c{one}", LONG, created=f"2024-01-{one + 1:02}T00:00:00Z")
            for one in range(MOST_HOLDERS + 1)
        ],
        None,
    ),
    "almost everybody's words": (
        LONG,
        [said(f"t{one}", f"c{one}", LONG, created=f"2024-01-{one + 1:02}T00:00:00Z") for one in range(MOST_HOLDERS)],
        "c0",
    ),
}


@pytest.mark.parametrize(("words", "elsewhere", "comment"), SEVERAL.values(), ids=SEVERAL)
def test_of_several_comments_with_the_same_words(
    tmp_path: Path, words: str, elsewhere: list[Line], comment: str | None
) -> None:
    folder = loaded(tmp_path / "store", [*elsewhere, quoting(words, created="2024-05-02T08:00:00Z")])
    assert [one for _, one, _ in found(folder)] == ([] if comment is None else [comment])


def test_a_flattened_dump_is_where_nothing_is_from(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(f"{BELLS}\n\n{ROPE}\n", encoding="utf-8")
    folder = loaded(tmp_path / "store", [quoting(BELLS)])
    load(folder, [str(tmp_path / "dump.txt")], Settings(), report=print)
    assert found(folder) == []


def test_the_dump_of_the_example_is_traced_to_its_thread(example_store: Path) -> None:
    assert {(comment, exact) for _, comment, exact in found(example_store)} >= {
        ("v7mf3", "If nobody pays for sitting on a new title, the queue will crawl."),
        (
            "m4rz8",
            "We worried about this as well, so we measured it. The middle wait for a reserved book was 19 days in the"
            " last year with fees and 18 in the second year without. Queues didn't crawl.",
        ),
        ("w4jp7", "in the first of your two years it was shut for six weeks for the new roof."),
    }


def test_each_paragraph_of_a_dump_is_traced_to_who_said_it(example: Snapshot) -> None:
    rows = views.view_rows(
        example.store, views.find_view("comments"), {"thread": ox.NamedNode(f"{example.base}{DUMP}")}
    ).rows
    said_by = {int(row["position"] or 0) + 1: row["originAuthor"] for row in rows}
    assert {line for line, author in said_by.items() if author == "desk_ghost"} >= {2, 5, 8, 9, 11, 17, 18, *OWN}
    assert {line: said_by[line] for line in (1, 4, 10, 16, 21)} == {
        1: "ledgerline",
        4: "ledgerline",
        10: "ruthless_ruth",
        16: "ruthless_ruth",
        21: "bexley7",
    }
    assert {said_by[line] for line in (3, 6, 7, 19, 25)} == {None}, "too short to prove anything"


def test_a_dump_that_is_loaded_first_is_traced_later(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(f"{BELLS}\n{ROPE}\n", encoding="utf-8")
    load(tmp_path / "one", [str(tmp_path / "dump.txt")], Settings(), report=print)
    path = loaded(tmp_path / "one", THREAD)
    two = loaded(tmp_path / "two", THREAD)
    load(two, [str(tmp_path / "dump.txt")], Settings(), report=print)
    assert exported(path) == exported(two)
    origins = open_current(path).store.quads_for_pattern(None, ox.NamedNode(RJ + "origin"), None)
    assert len(list(origins)) == 2
    assert conforms(check_store(open_current(path).store))


THREAD, QUOTE = [said("tower", "a", BELLS), said("tower", "b", ROPE)], [quoting(BELLS)]
STEPS: dict[str, tuple[list[list[Line]], list[str]]] = {
    "the thread after the quotation": ([QUOTE, THREAD], ["a"]),
    "the quotation after the thread": ([THREAD, QUOTE], ["a"]),
    "the words go": ([THREAD, QUOTE, [said("tower", "a", "Never mind.")]], []),
    "the words come into another comment": (
        [THREAD, QUOTE, [said("tower", "a", "Never mind."), said("tower", "b", BELLS)]],
        ["b"],
    ),
    "the words get a date that is too late": (
        [THREAD, [quoting(BELLS, created="2024-01-01T00:00:00Z")], [{**THREAD[0], "created": "2024-02-01T00:00:00Z"}]],
        [],
    ),
    "an earlier comment comes": (
        [
            [said("tower", "a", LONG, created="2024-01-02T00:00:00Z")],
            [quoting(LONG)],
            [said("mill", "m", LONG, created="2024-01-01T00:00:00Z")],
        ],
        ["m"],
    ),
    "one of two goes": (
        [[said("tower", "a", BELLS)], [said("mill", "m", BELLS)], QUOTE, [said("mill", "m", "Never mind.")]],
        ["a"],
    ),
    "another comes": ([[said("tower", "a", BELLS)], QUOTE, [said("mill", "m", BELLS)]], []),
    "the quotation goes": ([THREAD, QUOTE, [said("inn", "q", "Good ale.")]], []),
    "its own parent comes": ([THREAD, QUOTE, [said("inn", "unseen", BELLS)]], []),
    "two quotations of the same words": ([QUOTE, THREAD, [quoting(BELLS, "mill", "m")]], ["a", "a"]),
    "one of two quotations goes": ([QUOTE, THREAD, [quoting(BELLS, "mill", "m")], [said("inn", "q", "Ale.")]], ["a"]),
}


@pytest.mark.parametrize(("files", "comments"), STEPS.values(), ids=STEPS)
def test_what_a_later_load_changes(tmp_path: Path, files: list[list[Line]], comments: list[str]) -> None:
    folder = loaded(tmp_path / "steps", *files, replace=True)
    assert [comment for _, comment, _ in found(folder)] == comments
    last: dict[str, list[Line]] = {line["thread"]: [] for lines in files for line in lines}
    for lines in files:
        last.update(
            {
                thread: [line for line in lines if line["thread"] == thread]
                for thread in {line["thread"] for line in lines}
            }
        )
    assert exported(folder) == exported(loaded(tmp_path / "once", [line for lines in last.values() for line in lines]))
    assert exported(loaded(folder, files[-1], replace=True)) == exported(tmp_path / "once"), "nothing new"


PIECES = [BELLS, ROPE, TOWER, OWLS, f"{BELLS} {ROPE}", f"{TOWER} {OWLS}", ROPE.replace("forty", "fifty")]
TIMES = st.one_of(st.none(), st.integers(1, 9).map(lambda day: f"2024-05-0{day}T08:00:00Z"))


@st.composite
def corpora(draw: st.DrawFn) -> list[list[Line]]:
    """A few threads of comments that say or quote the same few sentences."""
    threads = []
    for number in range(draw(st.integers(2, 5))):
        lines, site = [], draw(st.sampled_from(["parish", "parish", "text"]))
        for place, (quoted, own, time) in enumerate(
            draw(
                st.lists(
                    st.tuples(st.sampled_from(["", *PIECES]), st.sampled_from(PIECES), TIMES), min_size=1, max_size=4
                )
            )
        ):
            text = f"> {quoted}\n\n{own}" if quoted else own
            lines.append(said(f"t{number}", f"c{number}.{place}", text, parent="unseen", created=time, site=site))
        threads.append(lines)
    return threads


@settings(max_examples=25)
@given(corpora(), st.data())
def test_the_order_and_the_parts_of_a_load_are_no_matter(
    tmp_path_factory: pytest.TempPathFactory, threads: list[list[Line]], data: st.DataObject
) -> None:
    whole = loaded(tmp_path_factory.mktemp("whole") / "store", list(chain(*threads)))
    order = data.draw(st.permutations(threads))
    cut = data.draw(st.integers(0, len(order)))
    parts = [part for part in ([*chain(*order[:cut])], *order[cut:]) if part]
    other = loaded(tmp_path_factory.mktemp("parts") / "store", *parts)
    assert exported(whole) == exported(other)
    assert open_current(whole).id == open_current(other).id
    once = Counter((quad.subject, quad.predicate, quad.object) for quad in open_current(other).store)
    assert [triple for triple, number in once.items() if number > 1] == []
    assert conforms(check_store(open_current(other).store))


@pytest.mark.parametrize("lost", ["marks-*", "total"])
def test_a_load_that_was_stopped_is_made_good_by_the_next(tmp_path: Path, lost: str) -> None:
    folder = loaded(tmp_path / "store", QUOTE, THREAD)
    before = exported(folder)
    for file in folder.glob(lost):
        file.unlink()
    assert exported(loaded(folder, [said("mill", "m", "Flour.")], [said("mill", "m", "Flour.")])) != before
    assert [comment for _, comment, _ in found(folder)] == ["a"]
    assert len(list(folder.glob("marks-*"))) == 1


def test_what_is_no_index_is_made_anew(tmp_path: Path) -> None:
    folder = loaded(tmp_path / "store", THREAD)
    next(folder.glob("marks-*")).write_bytes(b"no index")
    assert [comment for _, comment, _ in found(loaded(folder, QUOTE))] == ["a"]


def test_an_index_that_cannot_be_read_is_said_so_and_made_anew(tmp_path: Path) -> None:
    folder = loaded(tmp_path / "store", THREAD)
    with closing(sqlite3.connect(next(folder.glob("marks-*")))) as index:
        index.execute("DROP TABLE comment")
    with pytest.raises(StoreError, match=r"the index of quotations .* run this again"):
        loaded(folder, QUOTE)
    assert [comment for _, comment, _ in found(loaded(folder, QUOTE))] == ["a"]


def test_words_that_stand_often_before_do_not_move_the_beginning_of_a_passage() -> None:
    passage = "the old ferry leaves the western quay at dawn with forty crates of eels and one goat"
    text = "the old ferry was late. " * 9 + f"And {passage}, they say."
    match = SearchedText(text).match(Words.of(passage))
    assert match is not None
    assert (text[match.start : match.end], match.is_whole) == (passage, True)

"""How often moves are right: the error of calibration, annotated threads, dumps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import annotated, inprocess, reliability
from benchmarks import dumps as dump_scores
from benchmarks.reliability import MadeMove
from rejoinder.loaders.extract.labelled_dumps import read_dump
from tests.benchmark_runs import SCORER

DOC = {
    "doc": "crumbs",
    "title": "Bread without kneading",
    "comments": [
        {"id": "1", "author": "nan", "text": "Nobody needs to knead. Time does the work."},
        {"id": "2", "author": "kit", "text": "No, that is wrong, rye needs your hands."},
        {"id": "3", "author": "nan", "text": "I agree, rye is the exception."},
    ],
    "propositions": [
        {"id": "p0", "comment": "title", "text": "Bread without kneading"},
        {"id": "p1", "comment": "1", "text": "Nobody needs to knead."},
        {"id": "p2", "comment": "2", "text": "No, that is wrong, rye needs your hands."},
        {"id": "p3", "comment": "3", "text": "I agree, rye is the exception."},
    ],
    "relations": [
        {"source": "p2", "target": "p1", "rel": "attack"},
        {"source": "p3", "target": "p2", "rel": "support"},
        {"source": "p1", "target": "p0", "rel": "support"},
    ],
}
SOME = [MadeMove("attack", 0.35, True), MadeMove("attack", 0.31, False), MadeMove("attack", 0.8, True)]


@pytest.mark.parametrize(
    ("found", "expected"),
    [([], 0.0), (SOME[:2], 0.17), (SOME[2:], 0.2), (SOME, (0.34 + 0.2) / 3)],
    ids=["none", "one bin", "too shy", "two bins"],
)
def test_the_calibration_error_is_the_mean_gap(found: Sequence[MadeMove], expected: float) -> None:
    assert reliability.error(found) == pytest.approx(expected)


def test_moves_of_annotated_threads_are_held_against_sentence_and_pair(tmp_path: Path) -> None:
    file = tmp_path / "cmv_threads.jsonl"
    file.write_text(json.dumps(DOC) + "\n", encoding="utf-8")
    judged_moves = list(annotated.moves(file, inprocess.scorer_at(SCORER)))
    assert [
        (judged_move.kind, judged_move.sentence, judged_move.comment)
        for judged_move in sorted(judged_moves, key=lambda one: one.kind)
    ] == [
        ("attack", True, True),
        ("support", True, True),
    ]
    assert reliability.of_annotated(tmp_path / "nowhere", SCORER) is None
    assert (reliability.of_annotated(tmp_path, SCORER) or "").startswith("| confidence")


def test_a_dump_is_scored_paragraph_by_paragraph(tmp_path: Path) -> None:
    (tmp_path / "weir.dump").write_text(
        "# owner: a miller\n# register: forum\n# split: test\n"
        "quote | > The weir leaks, and the mill stands still.\n"
        "objection -> 1 | I disagree, your weir is as tight as a drum.\n"
        "question -> post | Who owns the mill?\n"
        "claim | Rye wants cold nights and a dry June.\n",
        encoding="utf-8",
    )
    dump = read_dump(tmp_path / "weir.dump")
    found = dump_scores.count_deeds(dump, list(dump_scores.deeds_of(dump, dump_scores.models_from([]))))
    assert {name: (found[name, "said"], found[name, "right"], found[name, "wanted"], found[name, "found"])
            for name in dump_scores.FAMILIES} == {
        "quote": (1, 1, 1, 1), "objection": (1, 1, 1, 1), "question": (1, 1, 1, 1), "support": (0, 0, 0, 0),
        "reply": (0, 0, 0, 0),
    }  # fmt: skip
    assert (found["target", "found"], found["target", "wanted"]) == (1, 1)

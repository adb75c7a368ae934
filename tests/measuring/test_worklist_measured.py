"""The worklist, judged by the labels of its threads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks import judging, worklist
from benchmarks.labelled_threads import discussion
from rejoinder.errors import BadParameter
from rejoinder.loaders.extract import RULES
from rejoinder.loaders.extract.labelled import LabelledThread, read_thread
from rejoinder.records import Kind, Verdict
from tests.benchmark_runs import cells, run

THREAD = """\
# title: Should the ferry stop at the reed bank?
# register: village forum
# split: test

@ 1 by Odile
claim | The ferry should stop at the reed bank.
premise -> 1.1 | Forty people asked for it.

@ 2 by Marek to 1
rebuttal -> 1.1 | No, the water there is too shallow for it.
undermine -> 1.2 | That's wrong, half of the forty live elsewhere.

@ 3 by Odile to 2
rebuttal -> 2.1 | It is not too shallow, the old ferry went there.
{more}
"""


def labelled(folder: Path, more: str) -> LabelledThread:
    """The thread with more lines at its end."""
    (folder / "casual-ferry.thread").write_text(THREAD.format(more=more), encoding="utf-8")
    return read_thread(folder / "casual-ferry.thread")


@pytest.mark.parametrize(
    ("more", "left"),
    [
        pytest.param("", {("2", 2), ("3", 1)}, id="nobody else spoke"),
        pytest.param("concession -> 2.2 | True.", {("3", 1)}, id="conceded"),
        pytest.param("question -> 2.2 | Who?", {("2", 2), ("3", 1)}, id="asked back"),
        pytest.param("@ 4 by Marek to 2\nanswer -> 2.2 | I counted.", {("2", 2), ("3", 1)}, id="by its own author"),
        pytest.param("@ 4 by Ilse to 3\nclarification -> 3.1, 2.2 | Both.", set(), id="two at once"),
        pytest.param("@ 4 by Ilse to 2\ndismissal -> 2 | Boring.", {("3", 1), ("4", 1)}, id="as a whole"),
        pytest.param("@ 4 by Ilse to 2\nsupport -> 2.2 | So I heard.", {("2", 2), ("3", 1)}, id="agreed with"),
    ],
)
def test_an_objection_is_open_by_its_labels(more: str, left: set[tuple[str, int]], tmp_path: Path) -> None:
    truth = worklist.truth_by_place(labelled(tmp_path, more))
    assert {place for place, told in truth.items() if told == worklist.OPEN} == left


def test_rows_of_the_worklist_are_judged_by_the_labels(tmp_path: Path) -> None:
    found = worklist.worklist(labelled(tmp_path, ""), RULES)
    listed = {row.place: row.truth for row in found.rows if row.is_listed}
    assert listed == {("3", 1): "open"}  # what answers 2.1 briefly is taken to answer 2.2 as well
    assert cells(worklist.table_text({"here": [found]}), "here") == ["1", "1", "0", "0", "0", "1.00", "2", ".50", ".50"]


def test_the_worklist_of_one_thread_that_is_held_back_can_be_asked_for() -> None:
    (found,) = worklist.held_back_worklists(only=["help-disk-filling"])["help-disk-filling"]
    assert found.thread.name == "help-disk-filling"
    with pytest.raises(BadParameter, match="got 'help-disc-filling'"):
        worklist.held_back_worklists(only=["help-disc-filling"])


def test_a_reader_judges_rows_by_the_labels(tmp_path: Path) -> None:
    thread = labelled(tmp_path, "")
    listed = judging.rows(thread, discussion(thread))
    (judgement,) = judging.judgements_of_rows(thread, listed)
    assert (judgement.comment, judgement.kind, judgement.verdict) == ("3", Kind.OBJECTION, Verdict.RIGHT)
    counts = [(dict(told), many) for told, many in judging.rounds(thread)]
    assert counts == [({"open": 1}, 0), *[({"open": 1}, 1)] * judging.ROUNDS]


@pytest.mark.parametrize(
    ("truths", "missing", "expected"),
    [
        pytest.param("o", 0, 1.0, id="one"),
        pytest.param("no", 0, 0.5, id="second"),
        pytest.param("on", 1, 0.5, id="one of two"),
        pytest.param("oano", 0, (1 + 2 / 3) / 2, id="what is said again does not count"),
        pytest.param("", 1, 0.0, id="nothing"),
        pytest.param("", 0, 0.0, id="nothing to find"),
    ],
)
def test_average_precision_is_the_mean_over_open_objections(
    truths: str, missing: int, expected: float, tmp_path: Path
) -> None:
    told = {"o": worklist.OPEN, "n": worklist.NONE, "a": worklist.AGAIN}
    rows = [worklist.Row(1 - at / 10, True, told[truth], ("1", at), "") for at, truth in enumerate(truths)]
    places = frozenset(("2", at) for at in range(truths.count("o") + missing))
    found = worklist.Worklist(labelled(tmp_path, ""), tuple(rows), places)
    assert worklist.precision([found]) == pytest.approx(expected)


def test_the_worklist_of_a_folder_is_printed_row_by_row(tmp_path: Path) -> None:
    labelled(tmp_path, "")
    done = run("worklist", "--threads", str(tmp_path), "--each")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^\d\.\d{3} open +3\.1 It is not", done.stdout, re.MULTILINE)

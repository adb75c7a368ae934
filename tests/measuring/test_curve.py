"""What is learned from few threads and from all, measured in one process."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import curve, inprocess
from benchmarks.baselines.trivial import Trivial
from benchmarks.labelled_threads import register
from rejoinder.loaders.extract import RULES
from tests.benchmark_runs import SCORER, small_corpora


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    return small_corpora(tmp_path)


def test_the_curve_grows_from_few_threads_to_all(corpora: Path) -> None:
    threads = [
        arguing_thread for arguing_thread in curve.arguing_threads() if register(arguing_thread) in ("help", "debate")
    ]
    pairs = list(inprocess.pair_tasks(corpora))
    assert [(task.name, len(found)) for task, found in pairs] == [("disapere", 5)]
    found = list(curve.curve(threads, 1, pairs, SCORER))
    assert [part for part, _, _ in found] == list(curve.SHARES)
    sizes = [size for _, size, _ in found]
    assert sizes == sorted(sizes)
    assert sizes[-1] == sum(one.split == "train" for one in threads)
    assert all(0 <= value <= 1 for _, _, draws in found for one in draws for value in one.values())
    assert len(list(curve.curve_rows(found))) == len(curve.SHARES)


def test_the_ceiling_is_learned_from_the_pairs(corpora: Path) -> None:
    ((task, found),) = inprocess.pair_tasks(corpora)
    many = [{**one, "thread": f"{number}"} for number in range(6) for one in found]
    assert curve.ceiling(task, many) == 1.0


def test_pairs_in_process_are_scored_as_through_the_command_line(corpora: Path) -> None:
    ((task, found),) = inprocess.pair_tasks(corpora)
    score = inprocess.macro_f1(inprocess.scorer_at(SCORER), task, found, Trivial())
    assert score == 1.0
    assert 0 < inprocess.macro_f1(inprocess.scorer_at(SCORER), task, found, RULES) < 1

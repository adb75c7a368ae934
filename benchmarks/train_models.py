"""Trains all models but those of how sure a move is, each from the threads or dumps that it learns from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from benchmarks import train_addressees, train_dumps
from benchmarks.labelled_threads import APART, BARE, argues, discussion, register
from benchmarks.train_fits import FIRST, Difference
from benchmarks.train_points import examples, fitting, replies, second_points
from benchmarks.train_weights import (
    STRENGTH,
    Example,
    Fitted,
    Table,
    fit_labels,
    grouped_example,
    model_of,
    models,
    weighted,
)
from rejoinder.loaders.extract.labelled import AS_IN_LIFE, LabelledThread
from rejoinder.loaders.extract.labelled_dumps import REACTING, LabelledDump
from rejoinder.loaders.extract.model.linear import BIAS, NO, YES, Models

UNLEARNED = ("objects", "agrees", "asks", "sure_attack", "sure_unseen", "sure_support")  # when points are learned


def train_table(threads: Sequence[LabelledThread], dumped: Table | None = None) -> Table:
    """All models but those of sureness, from those of the threads that are composed.

    `dumped` are those of dumps, which without it find nothing.
    """
    threads = [thread for thread in threads if thread.split != AS_IN_LIFE]
    addressed = of_addressees(threads)
    threads = [thread for thread in threads if argues(thread)]
    nothing: Table = {name: ([NO, YES], {}) for name in UNLEARNED}
    fits = of_fits(threads)
    learned = of_points(list(examples(threads, model_of(fits["fits"])))) | of_reasons(threads)
    points = nothing | of_dumps(()) | (dumped or {}) | fits | addressed | learned
    return points | of_replies(threads, models(points))


def of_fits(threads: Iterable[LabelledThread]) -> Table:
    """The model of which claim fits best where no words say what a point is about."""
    differences = [difference for thread in threads if register(thread) not in APART for difference in fitting(thread)]
    first = {name: [*row] for name, row in FIRST.weights.items()}
    return {"fits": _ranking(differences, STRENGTH["fits"]) if differences else ([NO, YES], first)}


def of_addressees(threads: Iterable[LabelledThread]) -> Table:
    """The model of which comment another answers on a flat page."""
    differences = [
        difference for thread in threads if register(thread) not in APART for difference in addressing(thread)
    ]
    return {"addressee": _ranking(differences, STRENGTH["addressee"]) if differences else ([NO, YES], {})}


def _ranking(differences: Sequence[Difference], strength: float) -> Fitted:
    """A model that ranks: learned from differences of two candidates, neither of which is likelier to begin with."""
    rows = [grouped_example(difference.features, difference.label) for difference in differences]
    return weighted(rows, [difference.counts for difference in differences], strength, start=False)


@cache
def addressing(thread: LabelledThread) -> tuple[Difference, ...]:
    """What a thread tells of whom its comments answer, without any model's say."""
    return tuple(train_addressees.differences(discussion(thread)))


def of_points(points: Sequence[Example]) -> Table:
    """The models of single points."""
    talk = [example for example in points if example.register not in APART]
    bare = [example for example in points if example.register == BARE and example.group in ("attack", "support")]
    attacks = [grouped_example(example.features, example.label) for example in points if example.group == "attack"]
    by_model = {"reply": talk, "proposition": bare, "kinds": attacks}
    return {name: fit_labels(examples, STRENGTH[name]) for name, examples in by_model.items()}


def of_reasons(threads: Iterable[LabelledThread]) -> Table:
    """The model of points that are a reason for the one before them."""
    reasons = [
        second_point for thread in threads if register(thread) not in APART for second_point in second_points(thread)
    ]
    return {"premise": fit_labels(reasons, STRENGTH["premise"])}


def of_replies(threads: Iterable[LabelledThread], points: Models) -> Table:
    """The models of whole replies, on top of those of points."""
    seen_replies = [reply for thread in threads if register(thread) not in APART for reply in replies(thread, points)]
    return {
        name: fit_labels(
            [grouped_example(features, YES if group in groups else NO) for features, groups in seen_replies],
            STRENGTH[name],
        )
        for name, group in (("objects", "attack"), ("agrees", "support"), ("asks", "ask"))
    }


def of_dumps(labelled_dumps: Iterable[LabelledDump]) -> Table:
    """The models of dumps; from none, models that find nothing."""
    table: Table = {
        "quoted": ([NO, YES], {BIAS: [0.0, -1.0]}),
        "reaction": (["none", "aside", *sorted(REACTING)], {BIAS: [1.0, *[0.0] * (1 + len(REACTING))]}),
    }
    for name, rows in train_dumps.rows(labelled_dumps).items():
        if rows:
            table[name] = fit_labels([grouped_example(features, label) for features, label in rows], STRENGTH[name])
    return table

"""Trains all models but those of how sure a move is, each from the threads or dumps that it learns from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from benchmarks import train_addressees, train_dumps
from benchmarks.labelled_threads import APART, BARE, argues, discussion, register
from benchmarks.train_fits import FIRST, Difference
from benchmarks.train_points import examples, fitting, replies, second_points
from benchmarks.train_weights import STRENGTH, Example, Fitted, Table, fitted, model_of, models, named, weighted
from rejoinder.loaders.extract.labelled import AS_IN_LIFE, LabelledThread
from rejoinder.loaders.extract.labelled_dumps import REACTING, LabelledDump
from rejoinder.loaders.extract.model.linear import BIAS, NO, YES, Models

UNLEARNED = ("objects", "agrees", "asks", "sure_attack", "sure_unseen", "sure_support")  # when points are learned


def trained(threads: Sequence[LabelledThread], dumped: Table | None = None) -> Table:
    """All models but those of sureness, from those of the threads that are composed.

    `dumped` are those of dumps, which without it find nothing.
    """
    threads = [one for one in threads if one.split != AS_IN_LIFE]
    addressed = of_addressees(threads)
    threads = [one for one in threads if argues(one)]
    nothing: Table = {name: ([NO, YES], {}) for name in UNLEARNED}
    fits = of_fits(threads)
    learned = of_points(list(examples(threads, model_of(fits["fits"])))) | of_reasons(threads)
    points = nothing | of_dumps(()) | (dumped or {}) | fits | addressed | learned
    return points | of_replies(threads, models(points))


def of_fits(threads: Iterable[LabelledThread]) -> Table:
    """The model of which claim fits best where no words say what a point is about."""
    found = [each for one in threads if register(one) not in APART for each in fitting(one)]
    first = {name: [*row] for name, row in FIRST.weights.items()}
    return {"fits": _ranking(found, STRENGTH["fits"]) if found else ([NO, YES], first)}


def of_addressees(threads: Iterable[LabelledThread]) -> Table:
    """The model of which comment another answers on a flat page."""
    found = [each for one in threads if register(one) not in APART for each in addressing(one)]
    return {"addressee": _ranking(found, STRENGTH["addressee"]) if found else ([NO, YES], {})}


def _ranking(found: Sequence[Difference], strength: float) -> Fitted:
    """A model that ranks: learned from differences of two candidates, neither of which is likelier to begin with."""
    rows = [named(one.features, one.label) for one in found]
    return weighted(rows, [one.counts for one in found], strength, start=False)


@cache
def addressing(thread: LabelledThread) -> tuple[Difference, ...]:
    """What a thread tells of whom its comments answer, without any model's say."""
    return tuple(train_addressees.differences(discussion(thread)))


def of_points(found: Sequence[Example]) -> Table:
    """The models of single points."""
    talk = [one for one in found if one.register not in APART]
    bare = [one for one in found if one.register == BARE and one.group in ("attack", "support")]
    attacks = [named(one.features, one.label) for one in found if one.group == "attack"]
    made = {"reply": talk, "proposition": bare, "kinds": attacks}
    return {name: fitted(examples, STRENGTH[name]) for name, examples in made.items()}


def of_reasons(threads: Iterable[LabelledThread]) -> Table:
    """The model of points that are a reason for the one before them."""
    found = [one for thread in threads if register(thread) not in APART for one in second_points(thread)]
    return {"premise": fitted(found, STRENGTH["premise"])}


def of_replies(threads: Iterable[LabelledThread], points: Models) -> Table:
    """The models of whole replies, on top of those of points."""
    seen_replies = [one for thread in threads if register(thread) not in APART for one in replies(thread, points)]
    return {
        name: fitted(
            [named(found, YES if group in groups else NO) for found, groups in seen_replies],
            STRENGTH[name],
        )
        for name, group in (("objects", "attack"), ("agrees", "support"), ("asks", "ask"))
    }


def of_dumps(found: Iterable[LabelledDump]) -> Table:
    """The models of dumps; from none, models that find nothing."""
    made: Table = {
        "quoted": ([NO, YES], {BIAS: [0.0, -1.0]}),
        "reaction": (["none", "aside", *sorted(REACTING)], {BIAS: [1.0, *[0.0] * (1 + len(REACTING))]}),
    }
    for name, rows in train_dumps.rows(found).items():
        if rows:
            made[name] = fitted([named(features, label) for features, label in rows], STRENGTH[name])
    return made

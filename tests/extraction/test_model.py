"""The shipped weights: small, finite, read once; the laws of linear models."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tomllib
from dataclasses import fields
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import train
from rejoinder.loaders.extract.labelled_dumps import REACTING
from rejoinder.loaders.extract.model.linear import BIAS, NO, YES, Model, Models, models_from_toml, shipped_models
from rejoinder.loaders.extract.weighing.verdicts import Deed
from tests.timing import seconds

TEXT = train.WEIGHTS.read_text(encoding="utf-8")
TABLE = tomllib.loads(TEXT)
NAMES = [field.name for field in fields(Models)]
LABELS = {
    "reply": {*map(str, Deed)},
    "proposition": {Deed.ATTACK, Deed.SUPPORT},
    "kinds": {"rebuttal", "undermine", "undercut", "objection", "dismissal"},
    "reaction": REACTING | {"aside", "none"},
}
LARGEST = 60_000  # bytes


def model(name: str) -> Model:
    found: Model = next(getattr(shipped_models(), one) for one in NAMES if one == name)
    return found


def test_the_file_is_small_and_holds_the_models_and_no_others() -> None:
    assert len(TEXT.encode()) < LARGEST
    assert set(TABLE) == {*NAMES}
    assert max(map(len, TEXT.splitlines())) <= 500


@pytest.mark.parametrize("name", NAMES)
def test_a_model_is_a_table_of_finite_numbers(name: str) -> None:
    assert {*model(name).labels} == LABELS.get(name, {NO, YES})
    assert {len(row) for row in model(name).weights.values()} == {len(model(name).labels)}
    assert all(math.isfinite(one) for row in model(name).weights.values() for one in row)
    assert all(any(row) for row in model(name).weights.values()), "a row of noughts says nothing"
    if len(model(name).labels) == 2:
        assert {row[0] for row in model(name).weights.values()} == {0.0}, "the first of two is the zero point"


def test_loading_costs_little_more_than_parsing_the_file() -> None:
    parsing = min(seconds(tomllib.loads, TEXT) for _ in range(5))
    loading = min(seconds(models_from_toml, TEXT) for _ in range(5))
    assert loading <= 3 * max(parsing, 0.001)


def test_the_weights_are_read_once() -> None:
    assert shipped_models() is shipped_models()


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Model, dict[str, float]]:
    """A shipped model and some of its features, among others that it does not know."""
    one = model(draw(st.sampled_from(NAMES)))
    names = st.sampled_from(sorted({*one.weights} - {BIAS})) | st.text(max_size=3)
    return one, draw(st.dictionaries(names, st.floats(-2, 2, allow_subnormal=False), max_size=30))


@given(drawn())
def test_probabilities_sum_to_one(given: tuple[Model, dict[str, float]]) -> None:
    one, features = given
    found = one.probabilities(features)
    assert set(found) == set(one.labels)
    assert all(0 <= chance <= 1 for chance in found.values())
    assert math.fsum(found.values()) == pytest.approx(1)


@given(drawn())
def test_reasons_add_up_to_the_difference_of_the_log_odds(given: tuple[Model, dict[str, float]]) -> None:
    one, features = given
    for label, other in pairwise(one.labels):
        first, second = (one.labels.index(name) for name in (label, other))
        always = one.weights.get(BIAS, (0.0,) * len(one.labels))
        reasons = math.fsum(one.reasons(features, label, other).values())
        scores, chances = one.scores(features), one.probabilities(features)
        assert reasons + always[first] - always[second] == pytest.approx(scores[first] - scores[second], abs=1e-9)
        assert math.log(chances[label] / chances[other]) == pytest.approx(scores[first] - scores[second], abs=1e-6)


@given(drawn())
def test_reasons_are_sorted_by_size_then_name(given: tuple[Model, dict[str, float]]) -> None:
    one, features = given
    found = list(one.reasons(features, one.labels[0], one.labels[1]).items())
    assert found == sorted(found, key=lambda item: (-abs(item[1]), item[0]))
    assert {name for name, _ in found} <= features.keys()


@given(drawn(), st.randoms(use_true_random=False))
def test_the_order_of_features_does_not_matter(given: tuple[Model, dict[str, float]], order: Random) -> None:
    one, features = given
    items = list(features.items())
    order.shuffle(items)
    assert one.scores(dict(items)) == pytest.approx(one.scores(features), abs=1e-9)


@given(drawn(), st.text(min_size=1))
def test_a_feature_without_a_weight_says_nothing(given: tuple[Model, dict[str, float]], name: str) -> None:
    one, features = given
    if name not in one.weights:
        assert one.scores(features | {name: 2.0}) == pytest.approx(one.scores({**features, name: 0.0}))


PROGRAM = """
from rejoinder.loaders.extract.labelled import threads_to_learn
from rejoinder.loaders.extract.model.linear import shipped_models
from rejoinder.loaders.extract.moves.replies import acting_points
from rejoinder.loaders.extract.weighing.fitting import Fitting
from rejoinder.loaders.extract.weighing.targets import Basis, targets_of
from rejoinder.loaders.extract.threads import hear_comments
from rejoinder.loaders.extract.weighing.verdicts import verdicts_of_points
from rejoinder.loaders.extract.weighing.reply_stance import features_of_whole
from rejoinder.records import Comment, Discussion, Thread, ThreadKey

for thread in list(threads_to_learn())[::12]:
    key = ThreadKey("corpus", thread.name)
    comments = tuple(Comment(key, one.id, one.text, one.parent, one.author) for one in thread.comments)
    for heard, weight in hear_comments(Discussion(Thread(key), comments), {}):
        if heard.is_reply:
            acting = acting_points(heard.reply, range(len(heard.points)))
            choices = targets_of(acting, heard.reply, heard.others, Basis(weight, Fitting(shipped_models().fits)))
            found = verdicts_of_points(heard.reply, choices, weight, shipped_models())
            print([(number, one.features, one.chances) for number, one in found.items()])
            print(features_of_whole(heard.reply, found))
"""


def test_scores_are_the_same_to_the_last_digit_under_any_hash_seed() -> None:
    answers = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(answers) == 1
    assert len(*answers) > 10_000

"""What the labelled corpus teaches: the shipped weights, and what the documentation says that they are worth."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import (
    judging,
    reliability,
    tables,
    train,
    train_addressees,
    train_dumps,
    train_points,
    train_sureness,
    worklist,
)
from benchmarks.labelled_threads import argues, discussion
from benchmarks.reliability import MadeMove
from rejoinder.graph.maps.wording import CONFIDENCE_BANDS
from rejoinder.loaders.extract.labelled import AS_IN_LIFE, LabelledThread, threads_to_learn
from rejoinder.loaders.extract.labelled_dumps import labelled_dumps
from rejoinder.loaders.extract.model.linear import BIAS, Model, models_from_toml, shipped_models
from rejoinder.records import ArgumentMap
from tests.benchmark_runs import NEAR, numbers
from tests.conftest import ROOT
from tests.extraction.test_model import NAMES, model

# Another machine rounds sums in another order, and a weight that lies on the edge falls to the other side.
ROUNDED = 0.02
SIDES = ("attack", "unseen", "support")


@pytest.fixture(scope="module")
def produced() -> dict[str, set[str]]:
    """The features that each model can see in the threads that it learns from."""
    threads = tuple(threads_to_learn())
    composed = [one for one in threads if one.split != AS_IN_LIFE]
    arguing = [one for one in composed if argues(one)]
    points = {name for one in train_points.examples(arguing, shipped_models().fits) for name in one.features}
    reasons = {
        name
        for thread in arguing
        for second_point in train_points.second_points(thread)
        for name in second_point.features
    }
    whole = {
        name for thread in arguing for found, _ in train_points.replies(thread, shipped_models()) for name in found
    }
    dumped = {
        name: {one for found, _ in rows for one in found} for name, rows in train_dumps.rows(labelled_dumps()).items()
    }
    said = train_sureness.outcomes(threads)
    sides = {
        f"sure_{side}": {name for outcome in said if outcome.kind == side for name in outcome.features}
        for side in SIDES
    }
    talk = {"reply": points, "proposition": points, "kinds": points, "premise": reasons}
    fits = {
        "fits": {
            name for thread in arguing for difference in train_points.fitting(thread) for name in difference.features
        }
    }
    pages = [train_addressees.flat(discussion(one)) for one in composed]
    able = [
        candidate
        for one in pages
        for _, candidates in train_addressees.comments_to_learn(one)
        for candidate in candidates
    ]
    fits |= {"addressee": {name for candidate in able for name in candidate.features}}
    return talk | fits | dict.fromkeys(("objects", "agrees", "asks"), whole) | dumped | sides


@pytest.mark.parametrize("name", NAMES)
def test_every_weight_is_of_a_feature_that_occurs(name: str, produced: dict[str, set[str]]) -> None:
    assert set(model(name).weights) - {BIAS} <= produced[name]


@pytest.mark.parametrize("name", NAMES)
def test_of_most_features_that_occur_there_is_a_weight(name: str, produced: dict[str, set[str]]) -> None:
    """What is missing weighs so little that it was rounded to nothing, or does not occur in that model's registers."""
    known = produced[name] & set(model(name).weights)
    assert len(known) >= (0.4 if name == "proposition" else 0.8) * len(produced[name])


def test_one_command_makes_the_weights_anew(tmp_path: Path) -> None:
    """In this process, for what is read of the corpus is then read once for all of these tests."""
    output = tmp_path / "weights.toml"
    done = CliRunner().invoke(train.main, ["--output", str(output)], catch_exceptions=False)
    assert done.output == f"{len(list(threads_to_learn()))} threads: {output}\n"
    models = models_from_toml(output.read_text(encoding="utf-8"))
    far = [difference for name in NAMES for difference in differences(name, getattr(models, name))]
    assert far == [], "run `python -m benchmarks.train`"


def differences(name: str, made: Model) -> list[tuple[str, str]]:
    """The features whose weights differ by more than rounding; one that has none weighs nothing."""
    ours, nothing = model(name), (0.0,) * len(made.labels)
    assert made.labels == ours.labels
    return [
        (name, feature)
        for feature in sorted({*made.weights, *ours.weights})
        for one, other in zip(made.weights.get(feature, nothing), ours.weights.get(feature, nothing), strict=True)
        if abs(one - other) > ROUNDED + 1e-9
    ]


@pytest.fixture(scope="module")
def others() -> list[tuple[LabelledThread, ArgumentMap]]:
    """The threads of the labelled corpus, each with what models of other threads find in it."""
    return list(reliability.read_by_others(list(threads_to_learn())))


@pytest.fixture(scope="module")
def measured(others: list[tuple[LabelledThread, ArgumentMap]]) -> list[MadeMove]:
    """The moves of the labelled corpus, as said by models of other threads."""
    return [made_move for thread, argument in others for made_move in reliability.said_in(thread, argument)]


def test_the_documentation_says_how_reliable_moves_are(measured: list[MadeMove]) -> None:
    page = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    said, found = numbers(tables.text_between_markers(page, "reliability")), numbers(reliability.of_labelled(measured))
    assert said.keys() == found.keys(), "run `python -m benchmarks.reliability --write`"
    for name, row in found.items():
        assert said[name][1::2] == pytest.approx(row[1::2], abs=NEAR), f"{name}: run benchmarks.reliability --write"


def test_explanations_say_how_reliable_moves_are(measured: list[MadeMove]) -> None:
    assert {word: tenths for _, word, tenths in CONFIDENCE_BANDS} == reliability.in_ten(measured)


def test_the_documentation_says_what_the_worklist_is_worth(others: list[tuple[LabelledThread, ArgumentMap]]) -> None:
    page = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    said, found = (
        numbers(tables.text_between_markers(page, "worklist")),
        numbers(worklist.table_text(worklist.by_talk(others) | worklist.held_back_worklists())),
    )
    assert said.keys() == found.keys(), "run `python -m benchmarks.worklist --write`"
    for name, row in found.items():
        assert said[name][5::2] == pytest.approx(row[5::2], abs=NEAR), f"{name}: run benchmarks.worklist --write"


def test_the_documentation_says_what_judging_is_worth() -> None:
    page = (ROOT / "docs" / "judgements.md").read_text(encoding="utf-8")
    said, found = numbers(tables.text_between_markers(page, "judging")), numbers(judging.judging_table())
    assert said.keys() == found.keys(), "run `python -m benchmarks.judging --write`"
    for name, row in found.items():
        assert said[name][-1] == pytest.approx(row[-1], abs=NEAR), f"{name}: run `python -m benchmarks.judging --write`"

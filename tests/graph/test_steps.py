"""The steps of a move lead to its confidence: each number is worked out again here from what is shown before it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

import pyoxigraph as ox
import pytest

from benchmarks import train_dumps
from benchmarks.labelled_threads import discussion
from rejoinder.graph.explanations.explain import move_whys
from rejoinder.graph.explanations.steps import (
    MEASURED,
    ONLY_STEP_WORDS,
    STEP_KINDS,
    Step,
    StepRule,
    read_steps,
)
from rejoinder.graph.explanations.whys import MoveWhy
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.graph.triples.terms import RJ
from rejoinder.load import load
from rejoinder.loaders.extract import RULES, extract
from rejoinder.loaders.extract.labelled import threads_to_learn
from rejoinder.loaders.extract.labelled_dumps import labelled_dumps
from rejoinder.loaders.extract.model.linear import Models, shipped_models
from rejoinder.loaders.extract.model.sureness import StepKind, Sureness, sureness_by_rule, sureness_from
from rejoinder.records import Discussion, Method, Thread, ThreadKey
from rejoinder.settings import Settings
from tests import garden
from tests.formats.test_golden import SOURCES, files_of, map_of
from tests.plain_models import plain_rules

HALF = 0.00051  # of the last digit of a step
HALF_OF_CHANCE = 0.0051  # of that of an alternative or a weight


class Within(NamedTuple):
    """What a rounded number can have been."""

    low: float
    high: float

    def through(self, work: Callable[[float], float]) -> Within:
        """The same of what a rising function makes of it."""
        return Within(work(self.low), work(self.high))

    def holds(self, shown: float) -> bool:
        """True if that can be shown rounded."""
        return self.low - HALF <= shown <= self.high + HALF


def about(shown: float, half: float = HALF) -> Within:
    return Within(shown - half, shown + half)


def share(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def again(step: Step, before: float, move: MoveWhy) -> Within:
    """What the step must come to, by its rule, from the number shown before it and the value shown beside it."""
    how, value = STEP_KINDS[step.by][0], step.value or 0.0
    last, other = about(before), about(value)
    match how:
        case StepRule.ODDS:
            return other.through(share)
        case StepRule.TIMES:
            return last.through(lambda one: one * value)
        case StepRule.PLUS:
            return last.through(lambda one: one + value)
        case StepRule.LEAST:
            assert step.sure >= before
            return about(step.sure)
        case StepRule.MOST:
            assert step.sure <= before
            return about(step.sure)
    return beginning(step, move)


def beginning(step: Step, move: MoveWhy) -> Within:
    """What a first step must come to, by the alternatives that are shown; what no model knows is none of them."""
    if step.by == "chance":
        chosen = (
            [alternative.probability for alternative in move.reasons.alternatives if alternative.chosen]
            if move.reasons
            else []
        )
        assert len(chosen) <= 1
        return about(sum(chosen), HALF_OF_CHANCE)
    return about(step.sure)


def faults(move: MoveWhy) -> Iterator[str]:
    """What does not add up."""
    if not move.steps or move.confidence is None:
        yield "no steps"
        return
    if STEP_KINDS.get(move.steps[0].by, (StepRule.BEGINS,))[0] not in (StepRule.BEGINS, StepRule.ODDS):
        yield f"begins with {move.steps[0].by}"
    before = 0.0
    for step in move.steps:
        if step.by in STEP_KINDS and not again(step, before, move).holds(step.sure):
            yield f"{step.by}: {before} -> {step.sure}"
        if step.by == MEASURED and not adds_up(move, step.value or 0.0):
            yield f"what is shown does not come to {step.value}"
        before = step.sure
    if round(abs(before - move.confidence), 3) > 0.001:
        yield f"ends at {before}, not at {move.confidence}"


def adds_up(move: MoveWhy, log_odds: float) -> bool:
    """True if what tells how sure the move is comes to these log odds."""
    shown = None if move.reasons is None else move.reasons.shown
    if shown is None or shown.total is None:
        return False
    return abs(shown.total - log_odds) <= HALF_OF_CHANCE * (len(shown.weighed) + 1)


def explained(snapshot: Snapshot) -> list[MoveWhy]:
    """All moves of a store."""
    rows = snapshot.store.query(f"SELECT ?move WHERE {{ GRAPH ?g {{ ?move <{RJ}confidence> ?sure }} }} ORDER BY ?move")
    assert isinstance(rows, ox.QuerySolutions)
    return list(move_whys(snapshot, [row["move"].value for row in rows]).values())


@pytest.fixture(scope="module", params=["shipped", "plain"])
def golden(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[MoveWhy], Models]:
    """The moves of all golden sources, by either set of weights."""
    rules = RULES if request.param == "shipped" else plain_rules()
    folder = tmp_path_factory.mktemp(request.param) / "s"
    files = [file for source in SOURCES if map_of(source) is None for file in files_of(source)]
    load(folder, files, Settings(), report=lambda _: None, extractor=rules)
    return explained(open_current(folder)), rules.models or shipped_models()


def drawn() -> list[Discussion]:
    """Some labelled threads, the same without anybody's parent, and some labelled dumps."""
    threads = [discussion(one) for one in list(threads_to_learn())[::20]]
    return [*threads, *map(without_parents, threads), *map(train_dumps.discussion, list(labelled_dumps())[::6])]


def without_parents(found: Discussion) -> Discussion:
    """The thread as a flat page has it, where whom a comment answers is found out."""
    key = ThreadKey("flat.example", found.thread.key.id)
    flat = tuple(replace(comment, thread=key, parent=None, addressed=False) for comment in found.comments)
    return Discussion(Thread(key), flat)


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> list[MoveWhy]:
    """The moves of these."""
    made = [(one, extract(one)) for one in drawn()]
    return explained(open_current(garden.store(tmp_path_factory.mktemp("labelled") / "s", *made)))


def test_the_steps_of_every_move_of_the_golden_sources_lead_to_its_confidence(
    golden: tuple[list[MoveWhy], Models],
) -> None:
    moves, _ = golden
    assert len(moves) > 100
    assert {move_why.method for move_why in moves} == {str(method) for method in Method}
    assert {move_why.iri: found for move_why in moves if (found := list(faults(move_why)))} == {}


def test_so_do_those_of_labelled_threads_and_dumps(labelled: list[MoveWhy]) -> None:
    assert len(labelled) > 400
    assert {move_why.iri: found for move_why in labelled if (found := list(faults(move_why)))} == {}


def test_what_was_weighed_sums_up_to_the_odds_between_the_two_alternatives(labelled: list[MoveWhy]) -> None:
    weighing = [
        move_why.reasons
        for move_why in labelled
        if move_why.reasons is not None and move_why.reasons.between is not None
    ]
    assert len(weighing) > 400
    for reasons in weighing:
        shown = {alternative.kind: alternative.probability for alternative in reasons.alternatives}
        chosen, other = ((shown[one] - HALF_OF_CHANCE, shown[one] + HALF_OF_CHANCE) for one in reasons.between or ())
        least, most = odds_of(chosen[0], other[1]), odds_of(chosen[1], other[0])
        slack = HALF_OF_CHANCE * (len(reasons.weighed) + 1)
        assert reasons.total is not None
        assert least - slack <= reasons.total <= most + slack


def odds_of(one: float, other: float) -> float:
    return math.log(max(1e-9, one) / max(1e-9, other))


def test_every_step_that_is_noted_down_has_words() -> None:
    assert {str(step_kind) for step_kind in StepKind} == STEP_KINDS.keys()
    assert ONLY_STEP_WORDS.keys() & STEP_KINDS.keys() == {"rule"}
    assert MEASURED == StepKind.SHOWN


RARE = {"among", "lowest", "surest"}  # hardly any reply comes so near the edge


@pytest.mark.parametrize(
    ("sure", "written"),
    [
        (
            sureness_from(StepKind.REPLY_ASKS, 0.678).at_most(StepKind.AMONG, 0.49),
            [["reply asks", 0.678], ["among", 0.49]],
        ),
        (sureness_from(StepKind.REPLY_ASKS, 0.31).at_most(StepKind.AMONG, 0.49), [["reply asks", 0.31]]),
        (
            sureness_from(StepKind.SHOWN, 0.5123, 0.0492).at_least(StepKind.WORDS, 0.55),
            [["shown", 0.512, 0.049], ["words", 0.55]],
        ),
        (sureness_by_rule(0.04).bounded(), [["rule", 0.04], ["lowest", 0.05]]),
        (sureness_by_rule(0.5).times(StepKind.ADDRESSEE, 0.7), [["rule", 0.5], ["addressee", 0.35, 0.7]]),
    ],
    ids=["held down", "low enough", "held up", "the least", "a guess"],
)
def test_a_step_is_noted_where_it_changes_something(sure: Sureness, written: list[list[object]]) -> None:
    assert json.loads(json.dumps(sure.steps_as_dict())) == {"steps": written}
    assert [step.sure for step in read_steps(written, sure.value)] == [one[1] for one in written]


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        ([["rule", 0.5], ["addressee", 0.4, 0.8]], "expected the last to be the confidence, 0.6"),
        ([["rule", 1.2]], "expected lists of a name, a number from -1 to 1, and perhaps another"),
        ([["rule"]], "expected lists of a name, a number from -1 to 1, and perhaps another"),
        ([["rule", math.nan]], "expected lists of a name, a number from -1 to 1, and perhaps another"),
        ([[7, 0.6]], "expected lists of a name, a number from -1 to 1, and perhaps another"),
        ({"rule": 0.6}, "expected lists of a name, a number from -1 to 1, and perhaps another"),
    ],
)
def test_steps_that_lead_nowhere_are_refused(found: object, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        read_steps(found, 0.6)


def test_a_step_of_another_extractor_goes_by_its_own_name() -> None:
    (step,) = read_steps([["a coin was thrown", 0.5]], 0.5)
    assert (step.words, step.how) == ("a coin was thrown", "")


def test_nearly_all_steps_are_seen_here(golden: tuple[list[MoveWhy], Models], labelled: list[MoveWhy]) -> None:
    seen = {step.by for move in (*golden[0], *labelled) for step in move.steps}
    assert STEP_KINDS.keys() - seen <= RARE

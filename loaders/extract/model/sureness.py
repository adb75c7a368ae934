"""How sure a move is, and the steps that led to that number, so that whoever doubts it can do the sum again."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

LOWEST, HIGHEST = 0.05, 0.95  # no move that is found is less or more sure
DIGITS = 3  # of a confidence, as records.make_move rounds it


class StepKind(StrEnum):
    """What a step is; docs/explain.md says how each number follows from the one before."""

    SHOWN = "shown"
    SUREST = "surest"
    CHANCE = "chance"
    PHRASE = "phrase"
    RULE = "rule"
    REPLY_ASKS = "reply asks"
    ASKS_ITSELF = "asks itself"
    WORDS = "words"
    UNSPOKEN = "unspoken"
    PARTLY = "partly"
    RATHER = "rather"
    AMONG = "among"
    CLEARER = "clearer"
    FAINTER = "fainter"
    HELD = "held"
    QUOTED = "quoted"
    ADDRESSEE = "addressee"
    LOWEST = "lowest"
    HIGHEST = "highest"


class Step(NamedTuple):
    """How sure it is after the step, and the number that the step brought in, if it is another."""

    by: StepKind
    sure: float
    value: float | None = None


class Sureness(NamedTuple):
    """A confidence, 0..1, as the last of its steps.

    >>> sure = sureness_from(StepKind.CHANCE, 0.9).times(StepKind.ADDRESSEE, 0.8).at_most(StepKind.HELD, 0.49)
    >>> sure.value, [one.by.value for one in sure.steps]
    (0.49, ['chance', 'addressee', 'held'])
    """

    steps: tuple[Step, ...]

    @property
    def value(self) -> float:
        """How sure it is in the end."""
        return self.steps[-1].sure

    def with_step(self, by: StepKind, sure: float, value: float | None = None) -> Sureness:
        """One step further."""
        return Sureness((*self.steps, Step(by, sure, value)))

    def times(self, by: StepKind, factor: float) -> Sureness:
        """So much of it is left."""
        return self.with_step(by, self.value * factor, factor)

    def plus(self, by: StepKind, more: float) -> Sureness:
        """So much more, or less."""
        return self.with_step(by, self.value + more, more)

    def at_least(self, by: StepKind, least: float) -> Sureness:
        """No less than that; no step where it is that much already."""
        return self if self.value >= least else self.with_step(by, least)

    def at_most(self, by: StepKind, most: float) -> Sureness:
        """No more than that; no step where it is no more already."""
        return self if self.value <= most else self.with_step(by, most)

    def bounded(self) -> Sureness:
        """As sure as a move may be."""
        return self.at_least(StepKind.LOWEST, LOWEST).at_most(StepKind.HIGHEST, HIGHEST)

    def steps_as_dict(self) -> dict[str, object]:
        """The steps, as rj:explanation holds them."""
        return {
            "steps": [
                (by, round(sure, DIGITS)) if value is None else (by, round(sure, DIGITS), round(value, DIGITS))
                for by, sure, value in self.steps
            ]
        }


def sureness_from(by: StepKind, sure: float, value: float | None = None) -> Sureness:
    """A confidence of one step."""
    return Sureness((Step(by, sure, value),))


def sureness_by_rule(sure: float) -> Sureness:
    """What a rule has: a number set by hand."""
    return sureness_from(StepKind.RULE, sure)


def sureness_by_chance(chances: Mapping[str, float], label: str) -> Sureness:
    """How likely the model holds one of the alternatives."""
    return sureness_from(StepKind.CHANCE, chances[label])

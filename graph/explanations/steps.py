"""The steps that led to a confidence, each with its number, how that follows from the one before, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rejoinder.graph.explanations.reasons import writable_text
from rejoinder.graph.maps.wording import short_decimal

MOST_STEPS = 30  # steps of one move
LARGEST_VALUE = 1_000  # of the number that a step brings in
ROUNDING_ERROR = 0.0011  # by how much the last step may miss the confidence: both are rounded to three digits


class StepRule(StrEnum):
    """How the number of a step follows from the one before, in terms of the value that the step brings in."""

    BEGINS = ""
    ODDS = "log odds of {value}"
    TIMES = "{before} × {value}"
    PLUS = "{before} {sign} {size}"
    LEAST = "at least {sure}"
    MOST = "at most {sure}"


STEP_KINDS = {
    "shown": (StepRule.ODDS, "how often moves that showed the same were right, in labelled threads"),
    "surest": (StepRule.MOST, "no more than texts by one hand can show"),
    "chance": (StepRule.BEGINS, "the model's probability for this, of all that it could be"),
    "phrase": (StepRule.BEGINS, "the number that its phrase has in the table of phrases, set by hand"),
    "rule": (StepRule.BEGINS, "the fixed number of its rule, set by hand"),
    "reply asks": (StepRule.BEGINS, "the reply as a whole asks somewhere, as a model reads it"),
    "asks itself": (StepRule.LEAST, "the sentence by itself is that likely to ask"),
    "words": (StepRule.LEAST, "it opens with clear words that say so"),
    "unspoken": (StepRule.MOST, "agreement that no word shows stays below a half"),
    "partly": (StepRule.MOST, "it grants a part and turns against the rest, so that it stays below a half"),
    "rather": (StepRule.MOST, "it rather does nothing or asks, so it stays below a half"),
    "among": (StepRule.MOST, "a question among other sentences stays below a half"),
    "clearer": (StepRule.PLUS, "in a flattened dump, words that object count a little more"),
    "fainter": (StepRule.PLUS, "in a flattened dump, words that agree count a little less"),
    "held": (StepRule.MOST, "for so weak a sign the rule allows no more"),
    "quoted": (StepRule.MOST, "no more than 0.2 above how sure it is that the words it reacts to are somebody else's"),
    "addressee": (
        StepRule.TIMES,
        "whom it answers was not stated, but found by a rule that is right so often, or by a model",
    ),
    "lowest": (StepRule.LEAST, "no move is called less sure"),
    "highest": (StepRule.MOST, "no move is called surer"),
}
MEASURED, WORDS = "shown", "words"
# What is said where no steps were noted down.
STATED, RECORDED, RULE, GIVEN = "stated", "recorded", "rule", "given"
ONLY_STEP_WORDS = {
    STATED: "taken at the word of who stated it",
    RECORDED: "what a platform records counts so much, for what it means is still a reading",
    RULE: STEP_KINDS["rule"][1],
    GIVEN: "as its extractor gave it; no steps to it were noted down",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, what it means, how `sure` follows from the step before and `value`, if it brings one in."""

    by: str
    words: str
    how: str
    value: float | None
    sure: float


def only_step(by: str, sure: float | None) -> tuple[Step, ...]:
    """The only step of a move of which no others were noted down."""
    return () if sure is None else (Step(by, ONLY_STEP_WORDS[by], "", None, sure),)


def read_steps(steps: object, sure: float | None) -> tuple[Step, ...]:
    """The steps of a move as its extractor noted them; ValueError if they do not lead to how sure it is.

    >>> [(one.how, one.sure) for one in read_steps([["rule", 0.9], ["addressee", 0.72, 0.8]], 0.72)]
    [('', 0.9), ('0.9 × 0.8', 0.72)]
    """
    if not isinstance(steps, list) or not all(map(_is_step, steps)):
        raise ValueError("expected lists of a name, a number from -1 to 1, and perhaps another")
    if steps and (sure is None or abs(steps[-1][1] - sure) > ROUNDING_ERROR):
        raise ValueError(f"expected the last to be the confidence, {sure}")
    before = [0.0, *(float(step[1]) for step in steps)]
    return tuple(_step(*step, before=last) for step, last in zip(steps[:MOST_STEPS], before, strict=False))


def _is_step(step: object) -> bool:
    if not isinstance(step, list) or len(step) not in (2, 3) or not isinstance(step[0], str):
        return False
    numbers = all(isinstance(number, int | float) and not isinstance(number, bool) for number in step[1:])
    return numbers and -1 <= step[1] <= 1 and all(-LARGEST_VALUE <= number <= LARGEST_VALUE for number in step[2:])


def _step(by: str, sure: float, value: float | None = None, *, before: float) -> Step:
    how, words = STEP_KINDS.get(by, (StepRule.BEGINS, ""))
    values = {
        "before": short_decimal(before),
        "sure": short_decimal(sure),
        "value": short_decimal(value or 0),
        "sign": "-" if value and value < 0 else "+",
        "size": short_decimal(abs(value or 0)),
    }
    return Step(writable_text(by), words or writable_text(by), how.format(**values), value, float(sure))

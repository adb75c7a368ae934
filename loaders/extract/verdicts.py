"""What a point of a reply does, and how likely: the model's word, weighed by the situation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rejoinder.loaders.extract.linear import model
from rejoinder.loaders.extract.situation import Reply, features_of
from rejoinder.loaders.extract.targets import Choice


class Deed(StrEnum):
    """What a point does."""

    ATTACK = "attack"
    SUPPORT = "support"
    ANSWER = "answer"
    ASK = "ask"
    NOTHING = "none"


AGREES = 0.5  # share of agreement from which a point agrees rather than attacks
AGREES_BARE = 0.45  # the same between bare propositions, which seldom conflict
WILLING = 0.5  # how much of an answer counts as agreement where nothing was asked


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a point does, how likely it is that and nothing else (0..1), all that was weighed, and the reasons.

    `agreeing` is the share of agreement against attack (0..1). `reasons` are contributions to the log odds of the deed
    against the next likely one, the largest first.
    """

    deed: Deed
    sure: float
    agreeing: float
    chances: Mapping[str, float]
    reasons: Mapping[str, float]


def judge(number: int, reply: Reply, choice: Choice, weight: Mapping[str, float]) -> Verdict:
    """What the point does, by its number in the reply, to what it is about."""
    found = features_of(number, reply, choice.chosen, weight)
    weighing = model("proposition" if reply.bare else "reply")
    chances = weighing.probabilities(found)
    answers = chances.get(Deed.ANSWER, 0.0) * (1.0 if "other asks" in found else WILLING)
    agreement = chances[Deed.SUPPORT] + answers
    attack = chances[Deed.ATTACK] + chances.get(Deed.ASK, 0.0) / 2
    agreeing = agreement / (agreement + attack)
    deed = decided(chances, agreeing, AGREES_BARE if reply.bare else AGREES, reply.points[number].first.asks)
    sure = {Deed.ASK: chances.get(Deed.ASK, 0.0), Deed.ATTACK: attack}.get(deed, agreement)
    rival = max((one for one in chances if one != deed), key=lambda one: (chances[one], one))
    return Verdict(deed, sure, agreeing, chances, weighing.reasons(found, deed, rival))


def decided(chances: Mapping[str, float], agreeing: float, enough: float, asks: bool) -> Deed:
    """The deed: a question asks unless it rather attacks; what does not ask agrees, answers or attacks."""
    if asks:
        return Deed.ASK if chances.get(Deed.ASK, 0.0) >= chances[Deed.ATTACK] else Deed.ATTACK
    if agreeing < enough:
        return Deed.ATTACK
    return Deed.ANSWER if chances.get(Deed.ANSWER, 0.0) > chances[Deed.SUPPORT] else Deed.SUPPORT

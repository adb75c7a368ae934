"""What a point of a reply does, and how likely: the model's word, weighed by the situation."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from rejoinder.loaders.extract.model.linear import Models, Weighing
from rejoinder.loaders.extract.points.purposes import challenges_nobody, is_rhetorical, wants_facts
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.weighing.situation import Asking, Reply, features_of
from rejoinder.loaders.extract.weighing.targets import Choice


class Deed(StrEnum):
    """What a point does."""

    ATTACK = "attack"
    SUPPORT = "support"
    ANSWER = "answer"
    ASK = "ask"
    NOTHING = "none"


AGREES = 0.5  # share of agreement from which a point agrees rather than attacks
AGREES_LONG = 0.85  # the same in a reply of several points, which seldom only agrees
AGREES_BARE = 0.6  # the same between bare propositions, which seldom conflict
CURT = 2  # words of a question that cannot say what is wrong: "Source?", "How so?"
ASKS_ONLY = 0.5  # how many times likelier than an attack a question must be where nothing else is said
ASKS = 2.0  # how many times likelier than an attack a question must be, for many object
PULL = 0.3  # how far a point is pulled towards the rest of its reply
WILLING = 0.3  # how much of an answer counts as agreement where nothing was asked
ASKED = frozenset({"other asks", "other wishes", "other cue request"})  # the features of a passage that wants something


class Verdict(NamedTuple):
    """What a point does, the share of agreement against attack (0..1), how likely each deed is, what was weighed."""

    deed: Deed
    agreeing: float
    weighing: Weighing

    @property
    def chances(self) -> Mapping[str, float]:
        """How likely each deed is."""
        return self.weighing.probabilities

    @property
    def features(self) -> Mapping[str, float]:
        """What was weighed."""
        return self.weighing.features


def verdicts_of_points(
    reply: Reply, choices: Mapping[int, Choice], weight: Mapping[str, float], models: Models
) -> dict[int, Verdict]:
    """What each point does, by its number in the reply, to what it is about.

    Who objects in one sentence seldom agrees in the next: each point is pulled towards what the whole reply does.
    """
    model = models.proposition if reply.is_bare_pair else models.reply
    weighings = {n: Weighing(model, features_of(n, reply, choice.chosen, weight)) for n, choice in choices.items()}
    leanings = {
        n: agreement_odds(weighed.probabilities, not ASKED.isdisjoint(weighed.features))
        for n, weighed in weighings.items()
    }
    around = sum(leanings.values()) / max(1, len(leanings))
    verdicts = {}
    for number, weighing in weighings.items():
        agreeing = share_of_odds((1 - PULL) * leanings[number] + PULL * around)
        deed = deed_of(
            weighing.probabilities, agreeing, agreement_needed(reply), reply.points[number].first_sentence, reply.asking
        )
        verdicts[number] = Verdict(deed, agreeing, weighing)
    return verdicts


def share_of_odds(odds: float) -> float:
    """The share, 0..1, of these log odds."""
    return 1 / (1 + math.exp(-odds))


def agreement_needed(reply: Reply) -> float:
    """The share of agreement from which a point of the reply agrees."""
    if reply.is_bare_pair:
        return AGREES_BARE
    return AGREES if len(reply.points) <= 2 else AGREES_LONG


def agreement_odds(chances: Mapping[str, float], asked: bool) -> float:
    """The log odds of agreement against attack; an answer agrees wholly where something was asked."""
    agreement = chances[Deed.SUPPORT] + chances.get(Deed.ANSWER, 0.0) * (1.0 if asked else WILLING)
    return math.log(agreement / (chances[Deed.ATTACK] + chances.get(Deed.ASK, 0.0) / 2))


def deed_of(chances: Mapping[str, float], agreeing: float, enough: float, first: Sentence, asking: Asking) -> Deed:
    """The deed: a question asks unless it rather attacks; what does not ask agrees, answers or attacks."""
    if is_rhetorical(first):
        return Deed.ATTACK
    if first.asks:
        return Deed.ASK if wants_answer(chances, first, asking) else Deed.ATTACK
    if agreeing < enough:
        return Deed.ATTACK
    return Deed.ANSWER if chances.get(Deed.ANSWER, 0.0) > chances[Deed.SUPPORT] else Deed.SUPPORT


def wants_answer(chances: Mapping[str, float], first: Sentence, asking: Asking) -> bool:
    """True if the question wants an answer."""
    if plainly_asks(first, asking) or (asking == Asking.ONLY and len(first.words) <= CURT):
        return True
    return chances.get(Deed.ASK, 0.0) >= (ASKS_ONLY if asking == Asking.ONLY else ASKS) * chances[Deed.ATTACK]


def plainly_asks(first: Sentence, asking: Asking) -> bool:
    """True for a question whose form, or the words beside it, say that it wants an answer."""
    if asking == Asking.MEANT:
        return True
    return wants_facts(first) and (asking == Asking.ONLY or challenges_nobody(first))

"""What a reply does as a whole: whether it objects, agrees or asks anywhere in it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from rejoinder.loaders.extract.model.linear import YES, Models
from rejoinder.loaders.extract.points import acts, asides, features
from rejoinder.loaders.extract.weighing.situation import Reply
from rejoinder.loaders.extract.weighing.verdicts import Deed, Verdict

BRIEF, SHORT = 12, 30  # words
ACTS_IN_REPLY = (
    "agree", "concede", "done", "thanks", "disagree", "wrong", "no", "contrast", "rhetorical", "undermine", "undercut",
    "dismiss", "propose", "request", "clarify", "answer", "hedge", "absolute",
)  # fmt: skip
ACTS_FIRST = ("agree", "thanks", "done", "no", "disagree", "wrong", "contrast")
FEATURES_IN_REPLY = (
    "words you", "words i", "words we", "words third", "words negative", "words positive", "words arguing",
    "words obliging", "words changing", "words evidence", "words contrasting", "opens you", "opens i", "opens we",
    "opens but", "opens no", "opens yes", "opens thanks", "opens please", "asks", "exclaims",
)  # fmt: skip
OBJECTS = 0.5  # how likely a reply objects from which its points may
AGREES = 0.65  # the same for agreeing
GRANTED = 0.65  # how likely it must object where it begins with agreement and no word of it turns against that
TURNING = asides.TURNED | {"no", "rhetorical"}


class ReplyStance(NamedTuple):
    """How likely a reply objects, agrees and asks, somewhere in it (0..1); it may do several.

    `enough` is how likely it must object for its points to be believed to.
    """

    objects: float
    agrees: float
    asks: float
    single: bool = False
    enough: float = OBJECTS

    @property
    def may_object(self) -> bool:
        """True if its points are believed to object; a single point stands for itself."""
        return self.single or self.objects >= self.enough

    @property
    def may_agree(self) -> bool:
        """True if its points are believed to agree."""
        return self.single or self.agrees >= AGREES


def stance_of_reply(reply: Reply, verdicts: Mapping[int, Verdict], models: Models) -> ReplyStance:
    """What the reply does as a whole; one of a single point does what the point does."""
    if reply.is_bare_pair or len(reply.points) == 1:
        return stance_of_one_point(next(iter(verdicts.values()), None))
    values = features_of_whole(reply, verdicts)
    objects, agrees, asks = (model.probabilities(values)[YES] for model in (models.objects, models.agrees, models.asks))
    return ReplyStance(objects, agrees, asks, enough=GRANTED if only_grants(reply) else OBJECTS)


def only_grants(reply: Reply) -> bool:
    """True if its first sentence agrees or concedes, and no word of it denies, asks or turns."""
    sentences = reply.reading.sentences
    if not sentences or {"agree", "concede"}.isdisjoint(sentences[0].acts):
        return False
    reading = reply.reading
    return (
        TURNING.isdisjoint(reading.acts)
        and not acts.negations(reading.words)
        and not any(sentence.asks for sentence in sentences)
    )


def stance_of_one_point(verdict: Verdict | None) -> ReplyStance:
    """What a reply of one point does; one without any does nothing."""
    if verdict is None:
        return ReplyStance(0.0, 0.0, 0.0)
    return ReplyStance(1 - verdict.agreeing, verdict.agreeing, verdict.chances.get(Deed.ASK, 0.0), single=True)


def features_of_whole(reply: Reply, verdicts: Mapping[int, Verdict]) -> dict[str, float]:
    """What the reply shows as a whole, by its words, its place and what its points do."""
    sentences = reply.reading.sentences
    passage_features = features.passage_features(sentences)
    values = {name: passage_features[name] for name in FEATURES_IN_REPLY if name in passage_features}
    values |= {f"has {act}": 1.0 for act in ACTS_IN_REPLY if act in reply.reading.acts}
    if sentences:
        values |= {f"begins with {act}": 1.0 for act in ACTS_FIRST if act in sentences[0].acts}
    values |= size_features(reply, len(verdicts))
    values |= situation_features(reply)
    return values | points_features(verdicts)


def size_features(reply: Reply, points: int) -> dict[str, float]:
    """How long it is, and whether anything is negated."""
    count = len(reply.reading.words)
    values = {"length": math.log(1 + count) / 3, "points": math.log(1 + points)}
    flags = {"brief": count <= BRIEF, "short": count <= SHORT, "no negation": not acts.negations(reply.reading.words)}
    return values | {name: 1.0 for name, holds in flags.items() if holds}


def situation_features(reply: Reply) -> dict[str, float]:
    """Who replies to whom, and whether it quotes, asks or was asked."""
    asking = [sentence.asks for sentence in reply.reading.sentences]
    flags = {
        "quotes": any(quote.marked for quote in reply.quotes),
        "by the starter": reply.by_starter,
        "to the starter": reply.to_starter,
        "was asked": any(sentence.asks for sentence in reply.parent.sentences),
        "only asks": bool(asking) and all(asking),
        "asks somewhere": any(asking),
    }
    return {name: 1.0 for name, holds in flags.items() if holds}


def points_features(verdicts: Mapping[int, Verdict]) -> dict[str, float]:
    """What its points do, taken together: log odds of agreement, and how likely they do nothing or ask."""
    if not verdicts:
        return {"no points": 1.0}
    leaning = [math.log(verdict.agreeing / (1 - verdict.agreeing)) for verdict in verdicts.values()]
    chances = [verdict.chances for verdict in verdicts.values()]
    return {
        "least agreeing": min(leaning),
        "mean agreeing": math.fsum(leaning) / len(leaning),
        "first agreeing": leaning[0],
        "nothing": math.fsum(chance.get(Deed.NOTHING, 0.0) for chance in chances) / len(chances),
        "asking": max(chance.get(Deed.ASK, 0.0) for chance in chances),
        "attacking": max(chance[Deed.ATTACK] for chance in chances),
    }

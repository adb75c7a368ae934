"""How sure a move is: how often moves that showed the same were right in the labelled corpus.

What a point most likely does is one thing, how often such a guess is right another: a clear word, the number of
points beside it, how its target was found tell of the second. Models learn it from moves that others said of threads
they did not know (`python -m benchmarks.train`); a model of its own from those said without the opening comment.
"""

from __future__ import annotations

import math

from rejoinder.loaders.extract.model.linear import YES, Model, Weighing
from rejoinder.loaders.extract.model.sureness import StepKind, Sureness, sureness_from
from rejoinder.loaders.extract.moves.reply_points import ReplyPoint
from rejoinder.loaders.extract.points import acts, purposes
from rejoinder.loaders.extract.points.features import first_word_features
from rejoinder.loaders.extract.text.questions import question_form
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.text.sentences import END_MARKS
from rejoinder.loaders.extract.weighing.verdicts import Deed
from rejoinder.records import ChosenBy

# What is named by number or topic, or answered by "yes", is as sure as what is quoted.
AIMED: dict[str, str] = dict.fromkeys((ChosenBy.NUMBER, ChosenBy.TOPIC, ChosenBy.ASKED), ChosenBy.QUOTE)
SUREST = 0.9  # none is surer than texts by one hand can show
LEAST = 1e-4  # a chance below it counts as this
SAYING = (
    "agree", "concede", "done", "thanks", "disagree", "no", "wrong", "undermine", "undercut", "rhetorical", "dismiss",
    "contrast", "hedge", "reason", "clarify", "answer", "request",
)  # fmt: skip
SPEAKING = ("you", "i", "not")
CURT, TERSE = 6, 12  # words
PARTS = 3  # commas of a sentence, from which more make no difference
LATE = 6  # points since the beginning or the last quotation, from which it makes no difference
PLENTY = 0.5  # share of words, from which more make no difference


def sureness_weighing(side: Deed, reply_point: ReplyPoint) -> Weighing:
    """What tells whether a move is right that says the point attacks, or supports, as a model weighs it."""
    around = reply_point.reply.climate if side == Deed.ATTACK else {}
    return Weighing(
        sureness_model(side, reply_point),
        weighed_features(side, reply_point) | word_features(reply_point) | place_features(reply_point) | around,
    )


def sureness_model(side: Deed, reply_point: ReplyPoint) -> Model:
    """The model that tells how sure such a move is; one against a post that is not loaded has a model of its own."""
    if side != Deed.ATTACK:
        return reply_point.models.sure_support
    return reply_point.models.sure_unseen if reply_point.reply.unseen else reply_point.models.sure_attack


def sureness(weighing: Weighing) -> Sureness:
    """How sure a move is that shows this."""
    chances = weighing.probabilities
    return sureness_from(StepKind.SHOWN, chances[YES], log_odds(chances[YES])).at_most(StepKind.SUREST, SUREST)


def weighed_features(side: Deed, reply_point: ReplyPoint) -> dict[str, float]:
    """What the model before this one made of the point."""
    against, chances = side == Deed.ATTACK, reply_point.verdict.chances
    leans = log_odds(1 - reply_point.verdict.agreeing if against else reply_point.verdict.agreeing)
    chance = chances[Deed.ATTACK] if against else chances[Deed.SUPPORT] + chances.get(Deed.ANSWER, 0.0)
    features = {"its chance": math.log(max(LEAST, chance))}
    features |= {
        f"chance {deed}": math.log(max(LEAST, probability)) for deed, probability in chances.items() if deed != side
    }
    if reply_point.stance.single:
        return features | {"alone": 1.0, "its lean alone": leans}
    reply_chance = reply_point.stance.objects if against else reply_point.stance.agrees
    return features | {"its lean among others": leans, "its reply": log_odds(reply_chance)}


def word_features(reply_point: ReplyPoint) -> dict[str, float]:
    """What its words show."""
    first, count = reply_point.sentence, len(reply_point.sentence.words)
    features = {f"cue {act}": 1.0 for act in SAYING if act in first.acts}
    features |= {f"words {kind}": 1.0 for kind in SPEAKING if kind in first.kinds}
    flags = {"asks": first.asks, "exclaims": first.exact.endswith("!"), "few words": count <= CURT}
    flags["negates"] = acts.negations(first.words) > 0
    if purposes.is_question(first):
        flags[f"asks {question_form(first.words)}"] = True
    features |= {name: 1.0 for name, holds in flags.items() if holds} | {"length": math.log(1 + count) / 3}
    return features | style_features(first)


def style_features(first: Sentence) -> dict[str, float]:
    """How a sentence is written: how it opens and ends, and its marks; who argues writes otherwise than who chats."""
    exact = first.exact
    flags = {"no end mark": exact[-1] not in END_MARKS, "starts small": exact[0].islower(), "colon": ":" in exact}
    features = {name: 1.0 for name, holds in flags.items() if holds} | {"commas": min(PARTS, exact.count(",")) / PARTS}
    return features | dict(first_word_features(first.words[:2]))


def place_features(reply_point: ReplyPoint) -> dict[str, float]:
    """Where it stands: in its reply, towards what it is about, in the thread."""
    reply = reply_point.reply
    features = {
        "points": math.log(len(reply.points)),
        "comment length": math.log(1 + len(reply.reading.words)) / 3,
        "place": min(reply_point.point.place, LATE) / LATE,
        "share": min(reply_point.choice.share, PLENTY) / PLENTY,
        f"aimed by {AIMED.get(reply_point.choice.chosen_by, reply_point.choice.chosen_by)}": 1.0,
    }
    flags = {
        "later": reply_point.point.place > 0,
        "answers an objection": reply_point.objection is not None,
        "quotes": any(quote.marked for quote in reply.quotes),
        "by the starter": reply.by_starter,
        "to the starter": reply.to_starter,
        "was asked": any(sentence.asks for sentence in reply.parent.sentences),
        "to few words": not reply.unseen and len(reply.parent.words) <= TERSE,
        "bare": reply.is_bare_pair,
    }
    return features | {name: 1.0 for name, holds in flags.items() if holds}


def log_odds(chance: float) -> float:
    """The log odds of a chance, 0..1, within bounds."""
    bounded = min(1 - LEAST, max(LEAST, chance))
    return math.log(bounded / (1 - bounded))

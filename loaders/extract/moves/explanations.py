"""What an explanation of a move holds: what was weighed, how its target was chosen, the steps to its confidence."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from itertools import islice

from rejoinder.loaders.extract.addressing.addressees import AddresseeOdds
from rejoinder.loaders.extract.model.linear import NO, YES, Weighing
from rejoinder.loaders.extract.model.sureness import StepKind, Sureness, sureness_from
from rejoinder.loaders.extract.moves.naming import readable_feature
from rejoinder.loaders.extract.moves.reply_points import ReplyPoint
from rejoinder.loaders.extract.weighing.targets import shared_words
from rejoinder.loaders.extract.weighing.verdicts import Deed
from rejoinder.records import Kind, with_wider_kinds

FEATURES = 6
SHOWN = 80  # characters of a claim that was not chosen
ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)
NAMES = {
    "attack": "Objection",
    "support": "Support",
    "answer": "Answer",
    "ask": "Question",
    "none": "none",
    "aside": "aside",
    "objection": "Objection",
    "question": "Question",
    "concession": "Concession",
    "reply": "Clarification",
}


def reply_explanation(
    kind: Kind,
    reply_point: ReplyPoint,
    sure: Sureness,
    weighing: Weighing | None,
    rule: str | None = None,
    about: str | None = None,
) -> str:
    """A JSON object as rj:explanation holds it, with the rule if one decided; see docs/explain.md.

    `weighing` is what tells how often such moves are right, `about` are the words that the point is about, where the
    move is aimed at something else.
    """
    explanation = reply_weighing(reply_point.verdict.weighing, kind)
    if weighing is not None:
        explanation["shown"] = feature_summary(weighing, YES, NO)
    explanation |= sure.steps_as_dict()
    explanation["target"] = aim_as_dict(reply_point, about)
    if rule:
        explanation["rule"] = rule
    return as_json(explanation)


def reply_weighing(weighing: Weighing, kind: Kind) -> dict[str, object]:
    """The alternatives of a reply, and the features for what the move does; none for what its model does not know."""
    weighed = [deed for deed in deeds_of_kind(kind) if deed in weighing.probabilities]
    if not weighed:
        return alternative_chances(weighing, NAMES)
    return weighing_as_dict(weighing, max(weighed, key=weighing.probabilities.__getitem__))


@cache
def deeds_of_kind(kind: Kind) -> tuple[Deed, ...]:
    """What a point may do that makes such a move."""
    if kind == Kind.DISMISSAL or Kind.OBJECTION in with_wider_kinds(kind):
        return (Deed.ATTACK,)
    return (Deed.ASK,) if kind == Kind.QUESTION else (Deed.SUPPORT, Deed.ANSWER)


def reason_explanation(weighing: Weighing, sure: Sureness) -> str:
    """The same for a Support within a comment, which the model of premises found."""
    return as_json(weighing_as_dict(weighing, YES, {YES: "Support", NO: "none"}) | sure.steps_as_dict())


def addressee_explanation(addressee_odds: AddresseeOdds, *, likeliest: bool) -> str:
    """The same for whom a comment answers: what speaks for that comment against the one that comes nearest to it."""
    this, other = str(Kind.REPLY), "Reply to the next likeliest" if likeliest else "Reply to the likeliest"
    chances = {
        this: addressee_odds.probability,
        other: addressee_odds.rival_probability,
        "Reply to another": 1 - addressee_odds.probability - addressee_odds.rival_probability,
    }
    shown_chances = {
        name: round_to_hundredths(chance) for name, chance in chances.items() if round_to_hundredths(chance) > 0
    }
    weighed = (
        {"between": (this, other)} | feature_summary(addressee_odds.weighing, YES, NO) if other in shown_chances else {}
    )
    return as_json(
        {"alternatives": shown_chances}
        | weighed
        | sureness_from(StepKind.CHANCE, addressee_odds.probability).steps_as_dict()
    )


def weighing_as_dict(weighing: Weighing, label: str, names: Mapping[str, str] = NAMES) -> dict[str, object]:
    """What a model weighed for a label against the likeliest other one; `names` are those of its labels to readers.

    The start, the features and the rest sum up to the log odds between the two.
    """
    rival = weighing.likeliest_other(label)
    return (
        alternative_chances(weighing, names)
        | {"between": (names[label], names[rival])}
        | feature_summary(weighing, label, rival)
    )


def feature_summary(weighing: Weighing, label: str, rival: str) -> dict[str, object]:
    """The features that count most, what is left of them, and the start: the log odds of a label against another."""
    reasons = weighing.model.reasons(weighing.features, label, rival)
    largest = largest_reasons(reasons)
    summary: dict[str, object] = {
        "features": largest,
        "start": round_to_hundredths(weighing.model.log_odds_at_start(label, rival)),
    }
    others = len(reasons) - list(reasons.values()).count(0.0) - len(largest)
    if others > 0:
        rest = math.fsum(reasons.values()) - math.fsum(largest.values())
        summary["rest"] = {"count": others, "weight": round_to_hundredths(rest)}
    return summary


def alternative_chances(weighing: Weighing, names: Mapping[str, str]) -> dict[str, object]:
    """How likely the model holds each thing that the words could do."""
    return {
        "alternatives": {names[name]: round_to_hundredths(chance) for name, chance in weighing.probabilities.items()}
    }


def aim_as_dict(reply_point: ReplyPoint, about: str | None) -> dict[str, object]:
    """How the target was chosen: the words shared with it, and the next best claims with the reason why they lost."""
    choice = reply_point.choice
    aim: dict[str, object] = {"by": choice.chosen_by, "share": round_to_hundredths(choice.closeness)}
    words = () if choice.chosen is None else shared_words(reply_point.point, choice.chosen)
    if words:
        aim["words"] = words
    if about is not None:
        aim["text"] = about[:SHOWN]
    if choice.compared is not None:
        aim["of"] = len(choice.compared.candidates)
    rivals = [rival_as_dict(rival.point.span.exact, rival.share, rival.why) for rival in choice.rivals]
    return aim | ({"others": rivals} if rivals else {})


def rival_as_dict(text: str, share: float, why: str) -> dict[str, object]:
    """What was not chosen, how close it is, and why it lost."""
    return {"share": round_to_hundredths(share), "text": text[:SHOWN], "why": why}


def largest_reasons(reasons: Mapping[str, float]) -> dict[str, float]:
    """The reasons that count most, by names that a reader understands."""
    first = islice(reasons.items(), FEATURES)
    return {readable_feature(name): rounded for name, value in first if (rounded := round_to_hundredths(value))}


def round_to_hundredths(value: float) -> float:
    """A number to two digits; round() takes three times as long, and each move has dozens of them."""
    return math.floor(value * 100 + 0.5) / 100


def as_json(fields: Mapping[str, object]) -> str:
    """As JSON, compact and in a fixed order."""
    return ENCODER.encode(fields)

"""What a point of an own paragraph in a dump does, by its words, its place, and the model where both are silent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rejoinder.loaders.extract.dumps import openers
from rejoinder.loaders.extract.model.linear import Weighing
from rejoinder.loaders.extract.model.sureness import (
    StepKind,
    Sureness,
    sureness_by_chance,
    sureness_by_rule,
    sureness_from,
)
from rejoinder.loaders.extract.points import acts, asides, purposes
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.points.leaning import point_supports
from rejoinder.loaders.extract.text.cues import Cue
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.weighing.verdicts import Verdict
from rejoinder.records import ClaimRef, Kind

OBJECTING_ACTS = ("disagree", "wrong", "undermine", "undercut", "point", "no", "dismiss")
WEAKLY_OBJECTING_ACTS = ("contrast", "negative")
ADDRESSED_WORDS = frozenset(["post", "paper", "section", "essay", "article", "report", "authors"])
SOFTENING_ACTS = frozenset({"hedge", "positive"})
AGREEMENT_FROM = 0.6
UNSURE_CONFIDENCE = 0.4  # confidence where no cue tells, or an agreeing one stands elsewhere than at the beginning
CLEAR_OBJECTION = 0.7  # confidence of a cue that objects to somebody even where nobody is named
LIKELY_ATTACK = 0.5  # chance of an attack from which the model counts as a second sign
DENIED_BELOW = 0.05  # chance below which the model denies what a weak rule says
LIKELY_DEED = 0.6  # chance from which it leaves little room for anything else
RULE_AND_MODEL_SURE = 0.55  # confidence where a weak rule and the model say the same
WEAK_CUE = 0.5  # confidence of a cue up to which it needs somebody who is spoken to
VERDICT_WORDS = 12
# What the model's deeds are as moves.
VERDICT_KINDS = {"attack": Kind.OBJECTION, "support": Kind.SUPPORT, "answer": Kind.CLARIFICATION}
REACTION_KINDS = {
    "objection": Kind.OBJECTION,
    "question": Kind.QUESTION,
    "support": Kind.SUPPORT,
    "concession": Kind.CONCESSION,
    "reply": Kind.CLARIFICATION,
}
LEAST_PROBABILITY = 0.45  # chance from which a deed of the model's counts where no word tells
BY_REPEATED_WORDS = "the quotation whose words it repeats"  # how a goal is chosen
TIMES_LIKELIER = 2.0  # how many times likelier than the next it must be


class Mood(StrEnum):
    """What the paragraphs since the last quotation have done."""

    NEUTRAL = "neutral"
    OBJECTING = "objecting"
    AGREEING = "agreeing"


@dataclass(frozen=True, slots=True)
class Goal:
    """A claim to aim at, and the comment it stands in; how it was chosen, the share of common words, the next best.

    `sure` is how sure it is that somebody else said it.
    """

    target: ClaimRef
    comment: str
    chosen_by: str = "the quotation above"
    share: float = 0.0
    rivals: tuple[tuple[str, float], ...] = ()
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the paragraph stands: the quotation it reacts to, what it clarifies, and what those before it did.

    `near` tells that nothing stands between it and the quotation, `verdict` what it does as a reply to that, and
    `reaction` what it does as a paragraph of a dump, as the models weigh it.
    """

    goal: Goal | None
    clarified: Goal | None
    mood: Mood
    is_right_below: bool = False
    verdict: Verdict | None = None
    reaction: Weighing | None = None


@dataclass(frozen=True, slots=True)
class ParagraphAct:
    """What a point does, how sure that is, the words that told, the rule in plain words, what a model weighed."""

    kind: Kind
    sure: Sureness
    cue: str
    rule: str
    verdict: Verdict | None = None
    weighing: Weighing | None = None


def deed_of_point(number: int, own: tuple[Point, ...], to_other: bool, place: Place) -> ParagraphAct | None:
    """What the point of that number does; None where it does nothing. `to_other` as in `opposing_deed`."""
    point = own[number]
    first = point.first_sentence
    if purposes.is_rhetorical(first):
        cue = first.cue("rhetorical", "wrong", "disagree")
        return ParagraphAct(
            Kind.REBUTTAL,
            sureness_by_rule(0.65),
            cue.phrase if cue else "rhetorical question",
            "a question that objects",
        )
    if purposes.is_question(first):
        return asking_deed(number, own, place)
    replied = explaining_deed(first, place) if number == 0 else None
    return replied or opposing_deed(point, number, to_other, place) or deed_by_verdict(number, place)


def explaining_deed(first: Sentence, place: Place) -> ParagraphAct | None:
    """A paragraph that explains the owner's own words, answers the quotation above, or brings evidence on it."""
    cue = first.cue("clarify")
    if cue is not None:
        sure = sureness_of_cue(cue)
        sure = sure if place.clarified else sure.at_most(StepKind.HELD, 0.49)
        return ParagraphAct(Kind.CLARIFICATION, sure, cue.phrase, "explains what its writer said")
    if adds := openers.ADDS.match(first.exact):
        return ParagraphAct(Kind.SUPPORT, sureness_by_rule(UNSURE_CONFIDENCE), adds[0], "adds to what was said")
    if place.goal is None:
        return None
    if confirms := openers.CONFIRMS.match(first.exact):
        return ParagraphAct(
            Kind.SUPPORT, sureness_by_rule(0.55), confirms[0], "brings evidence that it says speaks for it"
        )
    if contradicts := openers.CONTRADICTS.match(first.exact):
        return ParagraphAct(
            Kind.REBUTTAL, sureness_by_rule(0.55), contradicts[0], "brings evidence that it says speaks against it"
        )
    cue = first.cue("answer")
    if cue is not None:
        return ParagraphAct(Kind.CLARIFICATION, sureness_of_cue(cue), cue.phrase, "opens as an answer does")
    if place.is_right_below and openers.EXPLAINS.search(first.exact):
        return ParagraphAct(
            Kind.CLARIFICATION, sureness_by_rule(UNSURE_CONFIDENCE), "offers a reason", "says what it may be due to"
        )
    return None


def asking_deed(number: int, own: tuple[Point, ...], place: Place) -> ParagraphAct:
    """A Question, or an objection in the form of one."""
    first = own[number].first_sentence
    if number + 1 < len(own) and is_verdict(own[number + 1].first_sentence):
        rule = "a question whose answer is given as a verdict"
        return ParagraphAct(Kind.OBJECTION, sureness_by_rule(0.49), "question, then a verdict", rule)
    among = place.mood == Mood.OBJECTING and first.words[:1] != ("is",)
    if among and is_likely_deed("objection", place) and not is_likely_deed("question", place, LIKELY_DEED):
        rule = "a question after objections to the same"
        return ParagraphAct(Kind.OBJECTION, sureness_by_rule(0.45), "question among objections", rule)
    cue = first.cue("ask", "request")
    return ParagraphAct(Kind.QUESTION, sureness_by_rule(0.6), cue.phrase if cue else "?", "a question")


def is_likely_deed(name: str, place: Place, least: float = DENIED_BELOW) -> bool:
    """True if the model does not deny that the paragraph does this; where it was not asked, nothing is denied."""
    return place.reaction is None or place.reaction.probabilities[name] >= least


def is_verdict(sentence: Sentence) -> bool:
    """A few words that judge what was just asked, and not well: "that seems wrong", "sounds like trouble"."""
    if sentence.asks or len(sentence.words) > VERDICT_WORDS or openers.VERDICT.match(sentence.exact) is None:
        return False
    return sentence.judges < 0 or sentence.cue(*OBJECTING_ACTS, "negative") is not None


def opposing_deed(point: Point, number: int, to_other: bool, place: Place) -> ParagraphAct | None:
    """An objection, if words say so and somebody is meant: `to_other` if the paragraph speaks to the other side."""
    first = point.first_sentence
    cue = first.cue(*OBJECTING_ACTS)
    has_target = place.goal is not None or to_other
    has_target = has_target or (
        number == 0 and cue is not None and cue.act == "disagree" and cue.confidence >= CLEAR_OBJECTION
    )
    if cue is not None and has_target and point_supports(point) < AGREEMENT_FROM:
        return deed_by_words(first, cue)
    if (
        place.goal is not None
        and place.mood != Mood.AGREEING
        and point_supports(point) < 0.5
        and is_likely_deed("objection", place)
    ):
        return weak_objection(point, number, place.mood, place.verdict)
    return None if place.goal is not None else wishing_deed(first, number, to_other)


def sureness_of_cue(cue: Cue) -> Sureness:
    """What a phrase has in the table of cues."""
    return sureness_from(StepKind.PHRASE, cue.confidence)


def deed_by_words(first: Sentence, cue: Cue) -> ParagraphAct:
    """An objection by its words; unsure where they are weak and nobody is spoken to, or where they are on its own."""
    own_view = first.words[:1] == ("my",)
    kind = Kind.UNDERMINE if cue.act == "undermine" and not own_view else Kind.REBUTTAL
    if own_view or (cue.confidence <= WEAK_CUE and not speaks_to_other(first)):
        return ParagraphAct(
            Kind.OBJECTION if own_view else kind, sureness_by_rule(0.45), cue.phrase, "words that may object"
        )
    return ParagraphAct(
        kind,
        sureness_of_cue(cue).plus(StepKind.CLEARER, 0.05).at_most(StepKind.HELD, 0.75),
        cue.phrase,
        "words that object",
    )


def weak_objection(point: Point, number: int, mood: Mood, verdict: Verdict | None) -> ParagraphAct | None:
    """An unsure objection to the quotation above: by a weak cue, or because the paragraph speaks to the other side."""
    first = point.first_sentence
    if not speaks_to_other(first) and mood != Mood.OBJECTING:
        return None
    cue = first.cue(*WEAKLY_OBJECTING_ACTS)
    if cue is not None:
        softened = cue.phrase == "though" and SOFTENING_ACTS & first.acts
        return (
            None
            if softened
            else ParagraphAct(Kind.OBJECTION, sureness_by_rule(0.45), cue.phrase, "words that turn against something")
        )
    if number > 0 or first.cue("request") is not None:
        return None
    rule = "speaks to the other side, or goes on objecting"
    if not acts.restates(first) and verdict is not None and verdict.chances["attack"] >= LIKELY_ATTACK:  # two signs
        return ParagraphAct(
            Kind.OBJECTION,
            sureness_by_rule(RULE_AND_MODEL_SURE),
            "reaction to a quotation",
            rule + "; reads as an objection",
            verdict,
        )
    praises = first.judges > 0 and "not" not in first.kinds
    return (
        None
        if praises
        else ParagraphAct(Kind.OBJECTION, sureness_by_rule(UNSURE_CONFIDENCE), "reaction to a quotation", rule)
    )


def wishing_deed(first: Sentence, number: int, to_other: bool) -> ParagraphAct | None:
    """What is asked of the unseen post: something that it lacks, an explanation of a doubt, or just to be told."""
    if wish := openers.WISHES.search(first.exact):
        return ParagraphAct(Kind.OBJECTION, sureness_by_rule(0.45), wish[0], "wishes for something that is missing")
    lack = openers.LACKS.search(first.exact)
    if lack and to_other:
        return ParagraphAct(Kind.OBJECTION, sureness_by_rule(0.45), lack[0], "says that something is missing")
    doubt = openers.DOUBTS.search(first.exact)
    if doubt and (to_other or openers.THIS_WORK.search(first.exact)):
        return ParagraphAct(Kind.OBJECTION, sureness_by_rule(UNSURE_CONFIDENCE), doubt[0], "doubts how something fits")
    request = first.cue("request")
    return (
        ParagraphAct(Kind.QUESTION, sureness_by_rule(0.45), request.phrase, "asks to be told")
        if request and number == 0
        else None
    )


def deed_by_verdict(number: int, place: Place) -> ParagraphAct | None:
    """What the model of replies says of the first point below a quotation; never sure."""
    verdict = place.verdict if number == 0 and place.is_right_below else None
    if verdict is None:
        return None
    (chance, name), (second, _) = sorted(((chance, name) for name, chance in verdict.chances.items()), reverse=True)[:2]
    if name not in VERDICT_KINDS or chance < max(LEAST_PROBABILITY, TIMES_LIKELIER * second):
        return None
    sure = sureness_by_chance(verdict.chances, name).at_most(StepKind.HELD, UNSURE_CONFIDENCE)
    return ParagraphAct(VERDICT_KINDS[name], sure, "reads as a reaction", "no cue; weighed as a reply to it", verdict)


def likeliest_deed(own: tuple[Point, ...], weighing: Weighing) -> list[tuple[Point, ParagraphAct]]:
    """What a paragraph does of which no rule says anything, with the point that does it; empty if that is nothing.

    It asks with its first question, and does anything else with the first point that claims.
    """
    name = weighing.likeliest
    if name not in REACTION_KINDS:
        return []
    points = [own_point for own_point in own if not asides.is_aside(own_point.first_sentence)]
    asking = [own_point for own_point in points if own_point.first_sentence.asks]
    claiming = [own_point for own_point in points if own_point.claims and not own_point.first_sentence.asks]
    fit = (asking or points) if REACTION_KINDS[name] == Kind.QUESTION else (claiming or points)
    cue = "reads as " + ("an " if name[0] in "aeiou" else "a ") + name
    sure = sureness_by_chance(weighing.probabilities, name)
    done = ParagraphAct(REACTION_KINDS[name], sure, cue, "no rule; weighed as a whole", weighing=weighing)
    return [(point, done) for point in fit[:1]]


def speaks_to_other(sentence: Sentence) -> bool:
    """True if it addresses "you" or names the post, the paper and the like."""
    return acts.addresses_reader(sentence) or bool(ADDRESSED_WORDS & {*sentence.words})

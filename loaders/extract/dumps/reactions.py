"""What an own paragraph of a dump does: to the quotation above it, or to the post that nobody loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rejoinder.loaders.extract.dumps.paragraph_acts import (
    AGREEMENT_FROM,
    BY_REPEATED_WORDS,
    OBJECTING_ACTS,
    UNSURE_CONFIDENCE,
    Goal,
    Mood,
    ParagraphAct,
    Place,
    deed_of_point,
    likeliest_deed,
    speaks_to_other,
    sureness_of_cue,
)
from rejoinder.loaders.extract.model.sureness import StepKind, Sureness
from rejoinder.loaders.extract.moves.explanations import as_json, reply_weighing, rival_as_dict, weighing_as_dict
from rejoinder.loaders.extract.moves.ledger import SUPPORTING_KINDS, Grounds, Ledger
from rejoinder.loaders.extract.points import acts, asides, purposes
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.text.cues import opening_reach
from rejoinder.loaders.extract.text.reading import Reading, Sentence
from rejoinder.loaders.extract.text.words import words
from rejoinder.records import Kind, Method, Target, ThreadRef

AGREEING_ACTS = ("agree", "concede")
SURER_THAN_QUOTATION = 0.2  # how much surer a reaction may be than that its quotation is one


def add_paragraph_moves(
    reading: Reading, own: tuple[Point, ...], place: Place, ledger: Ledger, to_other: bool | None = None
) -> Mood:
    """Adds the paragraph's moves; tells what it did on the whole.

    `to_other` tells that the reading speaks to the other side; who reads one part by part says so, to look only once.
    """
    author = reading.comment.author
    conceded = add_concession(reading, own, place, ledger)
    to_other = any(speaks_to_other(sentence) for sentence in reading.sentences) if to_other is None else to_other
    done = [(point, deed) for point, deed in deeds_by_rules(own, to_other, place) if point is not conceded]
    if not done and conceded is None and place.reaction is not None:
        done = likeliest_deed(own, place.reaction)
    for point, act in done:
        counters = conceded is not None and act.kind in (Kind.REBUTTAL, Kind.OBJECTION) and place.goal is None
        add_deed(replace(act, kind=Kind.COUNTER) if counters else act, point, place, ledger, author)
    if any(deed.kind not in (Kind.QUESTION, Kind.CLARIFICATION, *SUPPORTING_KINDS) for _, deed in done):
        return Mood.OBJECTING
    return Mood.AGREEING if conceded is not None or place.mood == Mood.AGREEING else Mood.NEUTRAL


def deeds_by_rules(own: tuple[Point, ...], to_other: bool, place: Place) -> Iterator[tuple[Point, ParagraphAct]]:
    """What the rules say that each point does, asides aside."""
    for number, point in enumerate(own):
        done = None if asides.is_aside(point.first_sentence) else deed_of_point(number, own, to_other, place)
        if done is not None:
            yield point, done


def add_concession(reading: Reading, own: tuple[Point, ...], place: Place, ledger: Ledger) -> Point | None:
    """Adds the agreement that opens the paragraph: a Concession where an objection to the post or a "but" follows."""
    if not own or own[0].first_sentence.asks:
        return None
    first = own[0].first_sentence
    cue = first.cue(*AGREEING_ACTS)
    if cue is None or (cue.confidence < AGREEMENT_FROM and len(own) < 2):
        return None
    turns = any(is_objecting(point.first_sentence) or {"point"} & point.first_sentence.acts for point in own[1:3])
    if not turns and "contrast" in first.acts:
        return None
    kind = Kind.CONCESSION if place.goal is None and (turns or acts.addresses_reader(first)) else Kind.SUPPORT
    sure = (
        sureness_of_cue(cue)
        if opens_with_act(first, AGREEING_ACTS)
        else sureness_of_cue(cue).at_most(StepKind.HELD, UNSURE_CONFIDENCE)
    )
    done = ParagraphAct(kind, sure.plus(StepKind.FAINTER, -0.1), cue.phrase, "words that agree")
    add_deed(done, own[0], place, ledger, reading.comment.author)
    return own[0]


def opens_with_act(sentence: Sentence, acts_of: tuple[str, ...]) -> bool:
    """True if the words of a cue for one of these acts open the sentence, perhaps after "well" and the like."""
    phrases = [words(cue.phrase) for cue in sentence.cues if cue.act in acts_of]
    places = range(opening_reach(sentence.words) + 1)
    return any(sentence.words[place : place + len(phrase)] == phrase for phrase in phrases for place in places)


def is_objecting(sentence: Sentence) -> bool:
    """True if words of the sentence object."""
    return sentence.cue(*OBJECTING_ACTS, "contrast") is not None or purposes.is_rhetorical(sentence)


def add_deed(done: ParagraphAct, point: Point, place: Place, ledger: Ledger, author: str | None) -> None:
    """Adds the move; without a quotation above it, it aims at the unseen post.

    What is quoted need not have objected to anything, so that whoever grants it supports it.
    """
    clarifies = done.kind == Kind.CLARIFICATION and place.clarified is not None
    goal = place.clarified if clarifies else place.goal
    target: Target = goal.target if goal is not None else ThreadRef()
    sure = (
        done.sure if goal is None else done.sure.at_most(StepKind.QUOTED, goal.sure + SURER_THAN_QUOTATION)
    ).bounded()
    ledger.move(
        Kind.SUPPORT if done.kind == Kind.CONCESSION and goal is not None else done.kind,
        ledger.claim(point.span, author),
        target,
        goal.comment if goal is not None else None,
        Grounds(
            evidence=point.span,
            author=author,
            confidence=sure.value,
            method=Method.RULE if done.verdict is None and done.weighing is None else Method.MODEL,
            cue=done.cue,
            explanation=deed_explanation(done, sure, goal),
        ),
    )


def deed_explanation(done: ParagraphAct, sure: Sureness, goal: Goal | None) -> str:
    """What a reader saw, as rj:explanation holds it: the words, what stands above, and what else it could be about."""
    explanation = sure.steps_as_dict()
    if done.verdict is not None:
        explanation |= reply_weighing(done.verdict.weighing, done.kind)
    if done.weighing is not None:
        explanation |= weighing_as_dict(done.weighing, done.weighing.likeliest)
    where = "about the post, which was not loaded" if goal is None else f"about {goal.chosen_by}"
    explanation["rule"] = f"{done.rule} (“{done.cue}”), {where}"
    if goal is not None:
        explanation["target"] = {"by": goal.chosen_by, "share": round(goal.share, 2)} | rival_quotations(goal)
    return as_json(explanation)


def rival_quotations(goal: Goal) -> dict[str, object]:
    """The quotations that were not chosen."""
    lost = "not repeated" if goal.chosen_by == BY_REPEATED_WORDS else "shares less"
    rivals = [rival_as_dict(text, share, lost) for text, share in goal.rivals]
    return {"others": rivals} if rivals else {}

"""What an own paragraph of a dump does: to the quotation above it, or to the post that nobody loaded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rejoinder.loaders.extract import acts
from rejoinder.loaders.extract.claims import Point
from rejoinder.loaders.extract.cues import opening
from rejoinder.loaders.extract.leaning import of_point
from rejoinder.loaders.extract.moves import Ledger
from rejoinder.loaders.extract.reading import Reading, Sentence
from rejoinder.loaders.extract.words import words
from rejoinder.records import ClaimRef, Kind, Method, Target, ThreadRef

AGAINST = ("disagree", "wrong", "undermine", "undercut", "point", "no", "dismiss")
AGREEING = ("agree", "concede")
WEAKLY_AGAINST = ("contrast", "negative")
ADDRESSED = frozenset(["post", "paper", "section", "essay", "article", "report", "authors"])
SOFTENING = frozenset({"hedge", "positive"})
AGREED = 0.6
UNSURE = 0.4  # confidence where no cue tells, or an agreeing one stands elsewhere than at the beginning
CLEARLY_AGAINST = 0.7  # confidence of a cue that objects to somebody even where nobody is named


class Mood(StrEnum):
    """What the paragraphs since the last quotation have done."""

    NEUTRAL = "neutral"
    OBJECTING = "objecting"
    AGREEING = "agreeing"


@dataclass(frozen=True, slots=True)
class Goal:
    """A claim to aim at, and the comment it stands in."""

    target: ClaimRef
    comment: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the paragraph stands: the quotation it reacts to, what it clarifies, and what those before it did."""

    goal: Goal | None
    clarified: Goal | None
    mood: Mood


def paragraph_moves(reading: Reading, own: tuple[Point, ...], place: Place, ledger: Ledger) -> Mood:
    """Adds the paragraph's moves; tells what it did on the whole."""
    conceded = concession(reading, own, place, ledger)
    objected, to_other = False, any(speaks_to_other(one) for one in reading.sentences)
    for number, point in enumerate(own):
        if acts.is_aside(point.first) or point is conceded:
            continue
        kind, sure, cue = deed(point, number, to_other, place)
        if kind is None:
            continue
        if conceded is not None and kind in (Kind.REBUTTAL, Kind.OBJECTION) and place.goal is None:
            kind = Kind.COUNTER
        add(kind, point, sure, cue, place, ledger, reading.comment.author)
        objected |= kind not in (Kind.QUESTION, Kind.CLARIFICATION, Kind.SUPPORT)
    if objected:
        return Mood.OBJECTING
    return Mood.AGREEING if conceded is not None or place.mood == Mood.AGREEING else Mood.NEUTRAL


def concession(reading: Reading, own: tuple[Point, ...], place: Place, ledger: Ledger) -> Point | None:
    """Adds the agreement that opens the paragraph: a Concession where an objection to the post or a "but" follows."""
    if not own or own[0].first.asks:
        return None
    first = own[0].first
    cue = first.cue(*AGREEING)
    if cue is None or (cue.confidence < AGREED and len(own) < 2):
        return None
    turns = any(against(one.first) or {"point"} & one.first.acts for one in own[1:3])
    if not turns and "contrast" in first.acts:
        return None
    kind = Kind.CONCESSION if place.goal is None and (turns or acts.addresses(first)) else Kind.SUPPORT
    sure = cue.confidence if opens_with(first, AGREEING) else min(UNSURE, cue.confidence)
    add(kind, own[0], sure - 0.1, cue.phrase, place, ledger, reading.comment.author)
    return own[0]


def opens_with(one: Sentence, acts_of: tuple[str, ...]) -> bool:
    """True if the words of a cue for one of these acts open the sentence, perhaps after "well" and the like."""
    phrases = [words(cue.phrase) for cue in one.cues if cue.act in acts_of]
    places = range(opening(one.said) + 1)
    return any(one.said[place : place + len(phrase)] == phrase for phrase in phrases for place in places)


def deed(point: Point, number: int, to_other: bool, place: Place) -> tuple[Kind | None, float, str]:
    """What the point does, how sure that is and the cue; no kind where it does nothing. `to_other` as in `opposing`."""
    first = point.first
    if acts.is_rhetorical(first):
        cue = first.cue("rhetorical", "wrong", "disagree")
        return Kind.REBUTTAL, 0.65, cue.phrase if cue else "rhetorical question"
    found = first.cue("clarify") if number == 0 else None
    if found is not None:
        return Kind.CLARIFICATION, found.confidence if place.clarified else min(0.49, found.confidence), found.phrase
    found = first.cue("answer") if number == 0 and place.goal is not None else None
    if found is not None:
        return Kind.CLARIFICATION, found.confidence, found.phrase
    if acts.is_question(first):
        return asking(point, place)
    return opposing(point, number, to_other, place)


def asking(point: Point, place: Place) -> tuple[Kind | None, float, str]:
    """A Question, or an objection in the form of one."""
    cue = point.first.cue("ask", "request")
    if place.mood == Mood.OBJECTING and point.first.said[:1] != ("is",):
        return Kind.OBJECTION, 0.45, "question among objections"
    return Kind.QUESTION, 0.6, cue.phrase if cue else "?"


def opposing(point: Point, number: int, to_other: bool, place: Place) -> tuple[Kind | None, float, str]:
    """An objection, if words say so and somebody is meant: `to_other` if the paragraph speaks to the other side."""
    first = point.first
    cue = first.cue(*AGAINST)
    meant = place.goal is not None or to_other
    meant = meant or (number == 0 and cue is not None and cue.act == "disagree" and cue.confidence >= CLEARLY_AGAINST)
    if cue is not None and meant and of_point(point) < AGREED:
        kind = Kind.UNDERMINE if cue.act == "undermine" else Kind.REBUTTAL
        return kind, min(0.75, cue.confidence + 0.05), cue.phrase
    if place.goal is not None and place.mood != Mood.AGREEING and of_point(point) < 0.5:
        return weakly(point, number, place.mood)
    request = first.cue("request")
    if request is not None and number == 0 and place.goal is None:
        return Kind.QUESTION, 0.45, request.phrase
    return None, 0.0, ""


def weakly(point: Point, number: int, mood: Mood) -> tuple[Kind | None, float, str]:
    """An unsure objection to the quotation above: by a weak cue, or because the paragraph speaks to the other side."""
    first = point.first
    if not speaks_to_other(first) and mood != Mood.OBJECTING:
        return None, 0.0, ""
    cue = first.cue(*WEAKLY_AGAINST)
    if cue is not None:
        softened = cue.phrase == "though" and SOFTENING & first.acts
        return (None, 0.0, "") if softened else (Kind.OBJECTION, 0.45, cue.phrase)
    return (Kind.OBJECTION, UNSURE, "reaction to a quotation") if number == 0 else (None, 0.0, "")


def against(one: Sentence) -> bool:
    """True if words of the sentence object."""
    return one.cue(*AGAINST, "contrast") is not None or acts.is_rhetorical(one)


def speaks_to_other(one: Sentence) -> bool:
    """True if it addresses "you" or names the post, the paper and the like."""
    return acts.addresses(one) or bool(ADDRESSED & {*one.said})


def add(kind: Kind, point: Point, sure: float, cue: str, place: Place, ledger: Ledger, author: str | None) -> None:
    """Adds the move; without a quotation above it, it aims at the unseen post."""
    goal = place.clarified if kind == Kind.CLARIFICATION and place.clarified is not None else place.goal
    target: Target = goal.target if goal is not None else ThreadRef()
    ledger.move(
        kind,
        ledger.claim(point.span, author),
        target,
        goal.comment if goal is not None else None,
        evidence=point.span,
        author=author,
        confidence=sure,
        method=Method.RULE,
        cue=cue,
    )

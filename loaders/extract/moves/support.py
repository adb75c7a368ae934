"""Support within a comment: because, for example, therefore, list items under a head, and what reads as a reason."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from rejoinder.loaders.extract.model.linear import YES, Models, Weighing
from rejoinder.loaders.extract.model.sureness import sureness_by_chance
from rejoinder.loaders.extract.moves.explanations import reason_explanation
from rejoinder.loaders.extract.moves.ledger import Grounds, Ledger
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.points.heads import announces_objections
from rejoinder.loaders.extract.points.premises import features_of_premise
from rejoinder.loaders.extract.text.blocks import Shape
from rejoinder.loaders.extract.text.cues import Cue
from rejoinder.loaders.extract.text.reading import Reading, Sentence
from rejoinder.loaders.extract.text.words import words
from rejoinder.records import Kind, Method

LEADING = 3  # places at which a phrase still leads its sentence
POINTS = 300  # points of one comment that are looked at
REASON = 0.3  # how likely a point is a reason from which it is said to be one


class OwnPoints(NamedTuple):
    """A comment's own points, whether it opens the thread, and what is known about the words of the thread."""

    reading: Reading
    points: tuple[Point, ...]
    opening: bool
    weight: Mapping[str, float]


def add_reasons(own: OwnPoints, models: Models, ledger: Ledger) -> None:
    """Adds the Supports of points that read as a reason for the one before, without a word that says so."""
    for number in range(1, min(len(own.points), POINTS)):
        point, before = own.points[number], own.points[number - 1]
        if not (point.claims and before.claims) or point.first_sentence.shape == Shape.ITEM:
            continue
        features = features_of_premise(number, own.points, own.opening, own.weight)
        weighing = Weighing(models.premise, features)
        if weighing.probabilities[YES] >= REASON:
            sure = sureness_by_chance(weighing.probabilities, YES).bounded()
            why = reason_explanation(weighing, sure)
            add_support(point, before, "reads as a reason", sure.value, own.reading.comment.author, ledger, why)


def add_support_moves(reading: Reading, points: tuple[Point, ...], ledger: Ledger) -> None:
    """Adds the Supports between the comment's own claims that cue words or a list show."""
    claims = tuple(point for point in points if point.claims)
    for before, after in pairwise(claims):
        if after.first_sentence.block != before.first_sentence.block and after.first_sentence.shape == Shape.ITEM:
            continue
        back = after.first_sentence.cue("reason", "example")
        onward = after.first_sentence.cue("follow")
        if back is not None and (back.opens or (back.act == "example" and cue_leads(back, after.first_sentence))):
            add_support(after, before, back.phrase, back.confidence, reading.comment.author, ledger)
        elif onward is not None:
            add_support(before, after, onward.phrase, onward.confidence, reading.comment.author, ledger)
    add_list_supports(reading, claims, ledger)


def cue_leads(cue: Cue, first: Sentence) -> bool:
    """True if the words of the cue stand among the first of the sentence."""
    phrase = words(cue.phrase)
    return any(first.words[at : at + len(phrase)] == phrase for at in range(LEADING))


def add_list_supports(reading: Reading, claims: tuple[Point, ...], ledger: Ledger) -> None:
    """Items of a list support the claim that stands above it, over a head or without one."""
    head: Point | None = None
    blocks_seen: set[int] = set()
    for claim in claims:
        if claim.first_sentence.shape != Shape.ITEM:
            head = None if announces_objections(claim.sentences[-1]) else claim
        elif head is not None and claim.first_sentence.block not in blocks_seen:
            blocks_seen.add(claim.first_sentence.block)
            add_support(claim, head, "list", 0.45, reading.comment.author, ledger)


def add_support(
    point: Point,
    other: Point,
    cue: str,
    sure: float,
    author: str | None,
    ledger: Ledger,
    explanation: str | None = None,
) -> None:
    """Adds one Support between two claims of a comment."""
    ledger.move(
        Kind.SUPPORT,
        ledger.claim(point.span, author),
        ledger.claim(other.span, author),
        other.span.comment,
        Grounds(
            evidence=point.span,
            author=author,
            confidence=sure,
            method=Method.MODEL if explanation else Method.RULE,
            cue=cue,
            explanation=explanation,
        ),
    )

"""What each paragraph of a dump is: somebody's quoted words, an aside, a head, a cited block, or the owner's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rejoinder.loaders.extract.dumps import signs
from rejoinder.loaders.extract.dumps.quoting import ParagraphFeatures, quotation_features
from rejoinder.loaders.extract.dumps.reaction_features import reaction_features
from rejoinder.loaders.extract.dumps.roles import cited_paragraphs, role_by_looks
from rejoinder.loaders.extract.dumps.signs import REACTION_FOLLOWS, Role
from rejoinder.loaders.extract.model.linear import YES, Models, Weighing
from rejoinder.loaders.extract.text.reading import READINGS_KEPT, Reading, Sentence

LOWER_CASE_SHARE = 0.15  # share of paragraphs
QUOTED_FROM = 0.5  # how likely a paragraph is somebody else's from which it counts as quoted
QUOTED_DENIED_BELOW = 0.1  # the same, below which the sign that a reaction follows is not believed
ASIDE_FROM = 0.7  # how likely a paragraph does nothing in an argument from which it counts as an aside
CLEAR_AGREEMENT = 0.75  # confidence of words of agreement that are believed
MODEL_SIGN = "reads as somebody else's words"


@dataclass(frozen=True, slots=True)
class ParagraphRole:
    """The role of a paragraph, how sure that is, and the sign that told.

    `quoted_weighing` is what the model of quotations weighed, `reaction` that of what an own paragraph does; None where
    a sign or its looks decided.
    """

    role: Role
    sure: float = 1.0
    sign: str = ""
    quoted_weighing: Weighing | None = None
    reaction: Weighing | None = None


def paragraph_roles(
    readings: Sequence[Reading], looks: Sequence[ParagraphFeatures], weight: Mapping[str, float], models: Models
) -> list[ParagraphRole]:
    """What each paragraph is, in order: by signs first, then as the models weigh it."""
    casual = writes_lower_case(readings)
    roles = roles_by_signs(readings, weight, casual)
    last: int | None = None
    for number, paragraph_role in enumerate(roles):
        if number >= READINGS_KEPT:
            readings[number - READINGS_KEPT].drop_cached()
        if is_open(paragraph_role):
            features = quotation_features(number, readings, looks, weight, casual)
            roles[number] = role_if_quoted(
                paragraph_role, Weighing(models.quoted, features), is_surely_own(number, readings, roles)
            )
        if roles[number].role == Role.QUOTE:
            last = number
        elif roles[number].role == Role.OWN:
            features = reaction_features(number, readings, looks, last, weight)
            roles[number] = role_if_own(Weighing(models.reaction, features))
    return roles


def is_open(paragraph_role: ParagraphRole) -> bool:
    """True where neither looks nor a clear sign decide whose words they are."""
    return paragraph_role.role == Role.OWN or paragraph_role.sign == REACTION_FOLLOWS


def is_surely_own(number: int, readings: Sequence[Reading], roles: Sequence[ParagraphRole]) -> bool:
    """True for who explains their words or agrees clearly, reacts to the quotation right above, or goes on from a head.

    A bare "I'm confused." is such a head; one that introduces somebody else's words is none.
    """
    reading = readings[number]
    if reading.sentences and is_own_opening(reading.sentences[0]):
        return True
    if number == 0:
        return False
    above, role = readings[number - 1], roles[number - 1].role
    return (
        (role == Role.QUOTE and signs.reacts(reading))
        or (role == Role.ASIDE and "disagree" in above.acts)
        or (role == Role.HEAD and not signs.introduces(above))
    )


def is_own_opening(first: Sentence) -> bool:
    """True for a sentence that explains its writer's words, or agrees in clear words."""
    agrees = first.cue("agree", "concede")
    return first.cue("clarify") is not None or (agrees is not None and agrees.confidence >= CLEAR_AGREEMENT)


def role_if_quoted(paragraph_role: ParagraphRole, weighing: Weighing, surely_own: bool) -> ParagraphRole:
    """Quoted or not: by its sign, unless the model denies it, or by the model, unless it is surely the owner's."""
    sure = weighing.probabilities[YES]
    if paragraph_role.role == Role.QUOTE and sure >= QUOTED_DENIED_BELOW:
        return paragraph_role
    return (
        ParagraphRole(Role.QUOTE, sure, MODEL_SIGN, weighing)
        if sure >= QUOTED_FROM and not surely_own
        else ParagraphRole(Role.OWN)
    )


def role_if_own(weighing: Weighing) -> ParagraphRole:
    """The owner's, or an aside where the model is clear about it."""
    sure = weighing.probabilities["aside"]
    return ParagraphRole(Role.ASIDE, sure) if sure >= ASIDE_FROM else ParagraphRole(Role.OWN, reaction=weighing)


def roles_by_signs(readings: Sequence[Reading], weight: Mapping[str, float], casual: bool) -> list[ParagraphRole]:
    """What each paragraph is by its looks and by signs that are clear."""
    roles: list[Role | None] = [None] * len(readings)
    for number in cited_paragraphs(readings):
        roles[number] = Role.CITED
    for number, reading in enumerate(readings):
        roles[number] = roles[number] or role_by_looks(reading)
    decided = [ParagraphRole(clear_role or Role.OWN) for clear_role in roles]
    for number, role in enumerate(roles):
        if role == Role.QUOTE:
            decided[number] = ParagraphRole(Role.QUOTE, 0.9, "marked as quoted")
        elif role is None:
            decided[number] = role_by_surest_sign(number, readings, roles, weight, casual)
            roles[number] = decided[number].role if decided[number].role == Role.QUOTE else None
    return decided


def role_by_surest_sign(
    number: int, readings: Sequence[Reading], roles: Sequence[Role | None], weight: Mapping[str, float], casual: bool
) -> ParagraphRole:
    """Somebody else's words by the surest sign that tells so, else the owner's own."""
    for sure, sign, holds in signs.quotation_signs(number, readings, roles, weight, casual):
        if holds:
            return ParagraphRole(Role.QUOTE, sure, sign)
    return ParagraphRole(Role.OWN)


def writes_lower_case(readings: Sequence[Reading]) -> bool:
    """True if the owner often begins in lower case, so that this is no sign of a quotation."""
    lower = sum(reading.comment.text.lstrip()[:1].islower() for reading in readings)
    return lower > LOWER_CASE_SHARE * len(readings)

"""What each paragraph of a dump is: somebody's quoted words, an aside, a head, a cited block, or the owner's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rejoinder.loaders.extract.dumps import signs
from rejoinder.loaders.extract.dumps.quoting import ParagraphFeatures, quotation_features
from rejoinder.loaders.extract.dumps.reacting import reaction_features
from rejoinder.loaders.extract.dumps.roles import cited_paragraphs, role_by_looks
from rejoinder.loaders.extract.dumps.signs import REACTION_FOLLOWS, Role
from rejoinder.loaders.extract.model.linear import YES, Models, Weighing
from rejoinder.loaders.extract.text.reading import FAR, Reading, Sentence

LOWER_CASE_SHARE = 0.15  # share of paragraphs
QUOTED_FROM = 0.5  # how likely a paragraph is somebody else's from which it counts as quoted
QUOTED_DENIED_BELOW = 0.1  # the same, below which the sign that a reaction follows is not believed
ASIDE_FROM = 0.7  # how likely a paragraph does nothing in an argument from which it counts as an aside
CLEAR_AGREEMENT = 0.75  # confidence of words of agreement that are believed
MODEL_SIGN = "reads as somebody else's words"


@dataclass(frozen=True, slots=True)
class ParagraphRole:
    """The role of a paragraph, how sure that is, and the sign that told.

    `quoted` is what the model of quotations weighed, `reaction` that of what an own paragraph does; None where a sign
    or its looks decided.
    """

    role: Role
    sure: float = 1.0
    sign: str = ""
    quoted: Weighing | None = None
    reaction: Weighing | None = None


def paragraph_roles(
    found: Sequence[Reading], looks: Sequence[ParagraphFeatures], weight: Mapping[str, float], models: Models
) -> list[ParagraphRole]:
    """What each paragraph is, in order: by signs first, then as the models weigh it."""
    casual = writes_lower_case(found)
    told = roles_by_signs(found, weight, casual)
    last: int | None = None
    for number, one in enumerate(told):
        if number >= FAR:
            found[number - FAR].pass_by()
        if is_open(one):
            features = quotation_features(number, found, looks, weight, casual)
            told[number] = role_if_quoted(one, Weighing(models.quoted, features), is_surely_own(number, found, told))
        if told[number].role == Role.QUOTE:
            last = number
        elif told[number].role == Role.OWN:
            features = reaction_features(number, found, looks, last, weight)
            told[number] = role_if_own(Weighing(models.reaction, features))
    return told


def is_open(one: ParagraphRole) -> bool:
    """True where neither looks nor a clear sign decide whose words they are."""
    return one.role == Role.OWN or one.sign == REACTION_FOLLOWS


def is_surely_own(number: int, found: Sequence[Reading], told: Sequence[ParagraphRole]) -> bool:
    """True for who explains their words or agrees clearly, reacts to the quotation right above, or goes on from a head.

    A bare "I'm confused." is such a head; one that introduces somebody else's words is none.
    """
    one = found[number]
    if one.sentences and is_own_opening(one.sentences[0]):
        return True
    if number == 0:
        return False
    above, role = found[number - 1], told[number - 1].role
    return (
        (role == Role.QUOTE and signs.reacts(one))
        or (role == Role.ASIDE and "disagree" in above.acts)
        or (role == Role.HEAD and not signs.introduces(above))
    )


def is_own_opening(first: Sentence) -> bool:
    """True for a sentence that explains its writer's words, or agrees in clear words."""
    agrees = first.cue("agree", "concede")
    return first.cue("clarify") is not None or (agrees is not None and agrees.confidence >= CLEAR_AGREEMENT)


def role_if_quoted(one: ParagraphRole, weighing: Weighing, surely_own: bool) -> ParagraphRole:
    """Quoted or not: by its sign, unless the model denies it, or by the model, unless it is surely the owner's."""
    sure = weighing.probabilities[YES]
    if one.role == Role.QUOTE and sure >= QUOTED_DENIED_BELOW:
        return one
    return (
        ParagraphRole(Role.QUOTE, sure, MODEL_SIGN, weighing)
        if sure >= QUOTED_FROM and not surely_own
        else ParagraphRole(Role.OWN)
    )


def role_if_own(weighing: Weighing) -> ParagraphRole:
    """The owner's, or an aside where the model is clear about it."""
    sure = weighing.probabilities["aside"]
    return ParagraphRole(Role.ASIDE, sure) if sure >= ASIDE_FROM else ParagraphRole(Role.OWN, reaction=weighing)


def roles_by_signs(found: Sequence[Reading], weight: Mapping[str, float], casual: bool) -> list[ParagraphRole]:
    """What each paragraph is by its looks and by signs that are clear."""
    given: list[Role | None] = [None] * len(found)
    for number in cited_paragraphs(found):
        given[number] = Role.CITED
    for number, one in enumerate(found):
        given[number] = given[number] or role_by_looks(one)
    told = [ParagraphRole(one or Role.OWN) for one in given]
    for number, role in enumerate(given):
        if role == Role.QUOTE:
            told[number] = ParagraphRole(Role.QUOTE, 0.9, "marked as quoted")
        elif role is None:
            told[number] = role_by_surest_sign(number, found, given, weight, casual)
            given[number] = told[number].role if told[number].role == Role.QUOTE else None
    return told


def role_by_surest_sign(
    number: int, found: Sequence[Reading], given: Sequence[Role | None], weight: Mapping[str, float], casual: bool
) -> ParagraphRole:
    """Somebody else's words by the surest sign that tells so, else the owner's own."""
    for sure, sign, holds in signs.quotation_signs(number, found, given, weight, casual):
        if holds:
            return ParagraphRole(Role.QUOTE, sure, sign)
    return ParagraphRole(Role.OWN)


def writes_lower_case(found: Sequence[Reading]) -> bool:
    """True if the owner often begins in lower case, so that this is no sign of a quotation."""
    lower = sum(one.comment.text.lstrip()[:1].islower() for one in found)
    return lower > LOWER_CASE_SHARE * len(found)

"""Which quotation an own paragraph of a dump is about, or which paragraph below it explains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rejoinder.loaders.extract.dumps.paragraph_acts import BY_REPEATED_WORDS, Goal, Mood
from rejoinder.loaders.extract.model.linear import Models
from rejoinder.loaders.extract.moves.ledger import Grounds, Ledger
from rejoinder.loaders.extract.points.claims import Point, points_of_comment
from rejoinder.loaders.extract.points.quotes import INLINE
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.text.words import weighted_overlap
from rejoinder.loaders.extract.weighing.situation import Reply
from rejoinder.loaders.extract.weighing.targets import RIVALS, Choice
from rejoinder.loaders.extract.weighing.verdicts import Verdict, verdicts_of_points
from rejoinder.loaders.gathering.stated_checks import LONGEST_CLAIM
from rejoinder.records import Method, Span

FAR = 3  # own paragraphs after a quotation; later ones must share words with it
LEAST_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class DumpModels:
    """What is known before reading: how much each word of the dump weighs, and the models."""

    weight: Mapping[str, float]
    models: Models


@dataclass(frozen=True, slots=True)
class Context:
    """What an own paragraph may react to or stand under, as reading goes down the page."""

    quotes: tuple[tuple[Reading, Goal], ...] = ()
    paragraphs_since: int = 0
    mood: Mood = Mood.NEUTRAL
    last_claim: Goal | None = None
    head_claim: Goal | None = None
    paragraph_before: Reading | None = None


def paragraph_span(reading: Reading) -> Span:
    """The paragraph without its quotation mark, at most as long as a claim may be."""
    start, text = reading.blocks[0].start, reading.comment.text
    end = min(reading.blocks[-1].end, start + LONGEST_CLAIM)
    return Span(reading.comment.id, start, end, text[start:end])


def reaction_goal(reading: Reading, context: Context, weight: Mapping[str, float]) -> Goal | None:
    """The quoted claim that the paragraph reacts to: what it repeats, what it shares words with, else the last."""
    if not context.quotes:
        return None
    shares = [weighted_overlap(reading.stems, quote.stems, weight) for quote, _ in context.quotes]
    for match in INLINE.finditer(reading.comment.text):
        for number, (quote, _) in enumerate(context.quotes):
            if match[1].rstrip(".,") in quote.comment.text:
                return goal_of_quotation(number, shares, context, BY_REPEATED_WORDS)
    best = max(range(len(shares)), key=lambda number: (shares[number], number))
    if context.paragraphs_since >= FAR and shares[best] < LEAST_SHARE and context.mood != Mood.OBJECTING:
        return None
    if 0 < context.paragraphs_since < FAR and shares[best] == 0 and not goes_on_from_above(reading, context, weight):
        return None
    how = "the quotation above that shares most words with it" if shares[best] else "the quotation above"
    return goal_of_quotation(best, shares, context, how)


def goal_of_quotation(number: int, shares: list[float], context: Context, how: str) -> Goal:
    """The claim of the quotation with that number, with the next best of its run."""
    order = sorted(range(len(shares)), key=lambda index: (-shares[index], index))
    rivals = [
        (paragraph_span(context.quotes[index][0]).exact, shares[index])
        for index in order
        if index != number and shares[index]
    ]
    return replace(context.quotes[number][1], chosen_by=how, share=shares[number], rivals=tuple(rivals[:RIVALS]))


def verdict_as_reply(
    reading: Reading, own: tuple[Point, ...], goal: Goal | None, context: Context, dump_models: DumpModels
) -> Verdict | None:
    """What the first point does, weighed as a reply to the quotation; None where nothing can be weighed."""
    quoted = next((quote for quote, aim in context.quotes if goal is not None and aim.target == goal.target), None)
    if quoted is None or not quoted.sentences or not own:
        return None
    reply = Reply(reading, own, (), quoted, by_starter=False, to_starter=False)
    return verdicts_of_points(
        reply, {0: Choice(quoted.comment, None, 0.0, "comment")}, dump_models.weight, dump_models.models
    )[0]


def goes_on_from_above(reading: Reading, context: Context, weight: Mapping[str, float]) -> bool:
    """True if the paragraph goes on from the one before it."""
    if context.paragraph_before is None or not reading.sentences:
        return False
    if weighted_overlap(reading.stems, context.paragraph_before.stems, weight) >= LEAST_SHARE:
        return True
    return bool({"this", "that", "it", "these", "those"} & {*reading.sentences[0].words[:5]})


def clarified_goal(reading: Reading, follows: Reading | None, ledger: Ledger) -> Goal | None:
    """What a "for clarity" explains: the paragraph below, whose words it repeats, for newer comments stand above."""
    if follows is None or not reading.sentences or reading.sentences[0].cue("clarify") is None:
        return None
    for match in INLINE.finditer(reading.comment.text):
        at = follows.comment.text.find(match[1])
        if at >= 0:
            source = Span(reading.comment.id, match.start(1), match.end(1), match[1])
            target = Span(follows.comment.id, at, at + len(match[1]), match[1])
            own = reading.comment.author
            ledger.quotation(target, Grounds(source, own, 0.95, Method.STRUCTURAL, "quotation marks"))
            return goal_at(follows, target, ledger)
    return None


def goal_at(reading: Reading, span: Span, ledger: Ledger) -> Goal | None:
    """The claim of the paragraph that holds the span."""
    for point in points_of_comment(reading):
        if point.claims and point.span.start <= span.start < point.span.end:
            target = ledger.claim(point.span, reading.comment.author)
            return Goal(target, reading.comment.id, chosen_by="the paragraph below whose words it repeats")
    return None


def first_claim_as_goal(own: tuple[Point, ...], reading: Reading, ledger: Ledger) -> Goal | None:
    """The claim that a list below the paragraph would support: its first."""
    for point in own:
        if point.claims:
            return Goal(ledger.claim(point.span, reading.comment.author), reading.comment.id)
    return None

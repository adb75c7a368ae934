"""Extraction from flattened dumps, where what stands next to what is the only structure there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rejoinder.loaders.extract import acts
from rejoinder.loaders.extract.blocks import Shape
from rejoinder.loaders.extract.claims import Point, points
from rejoinder.loaders.extract.duplicates import first_of
from rejoinder.loaders.extract.moves import Ledger
from rejoinder.loaders.extract.paragraphs import Role, Standing, breaks_off, standings
from rejoinder.loaders.extract.quotes import INLINE
from rejoinder.loaders.extract.reactions import Goal, Mood, Place, paragraph_moves
from rejoinder.loaders.extract.reading import Reading, read_comment
from rejoinder.loaders.extract.support import support_moves
from rejoinder.loaders.extract.words import overlap, weights
from rejoinder.loaders.stated import LONGEST_CLAIM
from rejoinder.records import Comment, Discussion, Kind, Method, Span, ThreadRef

RUN = 20  # quotations in a row, the last ones, that a reaction may be about
FAR = 3  # own paragraphs after a quotation; later ones must share words with it
LEAST_SHARE = 0.05
ITEMS_SURE = 0.6


@dataclass(frozen=True, slots=True)
class Context:
    """What an own paragraph may react to or stand under, as reading goes down the page."""

    quotes: tuple[tuple[Reading, Goal], ...] = ()
    since: int = 0
    mood: Mood = Mood.NEUTRAL
    last_claim: Goal | None = None
    headed: Goal | None = None
    before: Reading | None = None


def dump_moves(discussion: Discussion, ledger: Ledger) -> None:
    """Adds the claims and moves of a dump; a repeated paragraph only adds its place to the claims of the first."""
    first = first_of(discussion.comments)
    found = [read_comment(one) for one in discussion.comments if first[one.id] == one.id]
    weight = weights(sentence.stems for one in found for sentence in one.sentences)
    given = standings(found, weight)
    context = Context()
    for number, (reading, standing) in enumerate(zip(found, given, strict=True)):
        follows = found[number + 1] if number + 1 < len(found) and given[number + 1].role == Role.OWN else None
        context = step(reading, standing, context, follows, weight, ledger)
    repeat_places(discussion.comments, first, ledger)


def step(
    reading: Reading,
    standing: Standing,
    context: Context,
    follows: Reading | None,
    weight: Mapping[str, float],
    ledger: Ledger,
) -> Context:
    """Adds what one paragraph says, and tells the context of the next."""
    match standing.role:
        case Role.QUOTE:
            return after_quote(reading, standing, context, ledger)
        case Role.HEAD:
            return replace(context, headed=context.last_claim, before=reading)
        case Role.ASIDE:
            # "I'm confused." says nothing by itself, but belongs to the reaction that follows.
            return context if "disagree" in reading.acts else Context(before=reading)
        case Role.CITED:
            for one in points(reading):
                if one.claims:
                    ledger.claim(one.span, reading.comment.author)
            return Context(before=reading)
        case Role.OWN:
            return after_own(reading, context, follows, weight, ledger)


def after_quote(reading: Reading, standing: Standing, context: Context, ledger: Ledger) -> Context:
    """Notes somebody else's words: a claim of nobody known, quoted from the unseen post."""
    span = whole(reading)
    claim = ledger.claim(span, None)
    ledger.move(
        Kind.QUOTATION,
        span,
        ThreadRef(),
        None,
        evidence=span,
        author=reading.comment.author,
        confidence=standing.sure,
        method=Method.RULE,
        cue="quoted paragraph: " + standing.sign,
    )
    run = context.quotes if context.since == 0 else ()
    if breaks_off(reading):
        return replace(context, quotes=run, since=0, before=reading)
    return Context(quotes=(*run[1 - RUN :], (reading, Goal(claim, span.comment))), before=reading)


def whole(reading: Reading) -> Span:
    """The paragraph without its quotation mark, at most as long as a claim may be."""
    start, text = reading.blocks[0].start, reading.comment.text
    end = min(reading.blocks[-1].end, start + LONGEST_CLAIM)
    return Span(reading.comment.id, start, end, text[start:end])


def after_own(
    reading: Reading, context: Context, follows: Reading | None, weight: Mapping[str, float], ledger: Ledger
) -> Context:
    """Adds the claims and moves of the owner's own paragraph."""
    own = points(reading)
    if not reading.sentences or reading.sentences[0].cue("clarify") is not None:
        context = Context(before=context.before)  # whoever explains their own words begins another comment
    goal = reaction_goal(reading, context, weight)
    for one in own:
        if one.claims:
            ledger.claim(one.span, reading.comment.author)
    mood = context.mood if goal is not None else Mood.NEUTRAL
    place = Place(goal, clarified(reading, follows, ledger), mood)
    mood = paragraph_moves(reading, own, place, ledger)
    support_moves(reading, own, ledger)
    item = reading.blocks[0].shape == Shape.ITEM
    if item and context.headed is not None:
        support_head(own, context.headed, reading, ledger)
    if goal is None and context.quotes:
        context = Context(headed=context.headed)
    last = context.last_claim if item else last_claim(own, reading, ledger)
    headed = context.headed if item else None
    return replace(context, since=context.since + 1, mood=mood, last_claim=last, headed=headed, before=reading)


def reaction_goal(reading: Reading, context: Context, weight: Mapping[str, float]) -> Goal | None:
    """The quoted claim that the paragraph reacts to: what it repeats, what it shares words with, else the last."""
    if not context.quotes:
        return None
    for match in INLINE.finditer(reading.comment.text):
        for quote, goal in context.quotes:
            if match[1].rstrip(".,") in quote.comment.text:
                return goal
    shares = [overlap(reading.stems, quote.stems, weight) for quote, _ in context.quotes]
    best = max(range(len(shares)), key=lambda number: (shares[number], number))
    if context.since >= FAR and shares[best] < LEAST_SHARE and context.mood != Mood.OBJECTING:
        return None
    if 0 < context.since < FAR and shares[best] == 0 and not linked(reading, context, weight):
        return None
    return context.quotes[best][1]


def linked(reading: Reading, context: Context, weight: Mapping[str, float]) -> bool:
    """True if the paragraph goes on from the one before it."""
    if context.before is None or not reading.sentences:
        return False
    if overlap(reading.stems, context.before.stems, weight) >= LEAST_SHARE:
        return True
    return bool({"this", "that", "it", "these", "those"} & {*reading.sentences[0].said[:5]})


def clarified(reading: Reading, follows: Reading | None, ledger: Ledger) -> Goal | None:
    """What a "for clarity" explains: the paragraph below, whose words it repeats, for newer comments stand above."""
    if follows is None or not reading.sentences or reading.sentences[0].cue("clarify") is None:
        return None
    for match in INLINE.finditer(reading.comment.text):
        at = follows.comment.text.find(match[1])
        if at >= 0:
            source = Span(reading.comment.id, match.start(1), match.end(1), match[1])
            target = Span(follows.comment.id, at, at + len(match[1]), match[1])
            own = reading.comment.author
            ledger.quotation(source, target, own, confidence=0.95, method=Method.STRUCTURAL, cue="quotation marks")
            return goal_at(follows, target, ledger)
    return None


def goal_at(reading: Reading, span: Span, ledger: Ledger) -> Goal | None:
    """The claim of the paragraph that holds the span."""
    for one in points(reading):
        if one.claims and one.span.start <= span.start < one.span.end:
            return Goal(ledger.claim(one.span, reading.comment.author), reading.comment.id)
    return None


def last_claim(own: tuple[Point, ...], reading: Reading, ledger: Ledger) -> Goal | None:
    """The claim that a list below the paragraph would support: its first."""
    for one in own:
        if one.claims:
            return Goal(ledger.claim(one.span, reading.comment.author), reading.comment.id)
    return None


def support_head(own: tuple[Point, ...], headed: Goal, reading: Reading, ledger: Ledger) -> None:
    """Adds the support that a list item gives to what stands above the head of its list."""
    for one in own:
        if one.claims and not acts.is_aside(one.first):
            ledger.move(
                Kind.SUPPORT,
                ledger.claim(one.span, reading.comment.author),
                headed.target,
                headed.comment,
                evidence=one.span,
                author=reading.comment.author,
                confidence=ITEMS_SURE,
                method=Method.RULE,
                cue="list under a head",
            )
            return


def repeat_places(comments: tuple[Comment, ...], first: Mapping[str, str], ledger: Ledger) -> None:
    """Adds the places of repeated paragraphs to the claims of their first occurrence."""
    texts = {one.id: one.text for one in comments}
    copies: dict[str, list[str]] = {}
    for one in comments:
        if first[one.id] != one.id and one.text == texts[first[one.id]]:
            copies.setdefault(first[one.id], []).append(one.id)
    for key in sorted(ledger.claims):
        for span in sorted(ledger.spans[key]):
            for copy in copies.get(span.comment, ()):
                ledger.also_at(key, replace(span, comment=copy))

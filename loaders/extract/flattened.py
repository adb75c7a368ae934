"""Extraction from flattened dumps, where what stands next to what is the only structure there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rejoinder.loaders.extract.dumps import openers
from rejoinder.loaders.extract.dumps.deeds import Goal, Mood, Place, of_phrase
from rejoinder.loaders.extract.dumps.duplicates import first_of
from rejoinder.loaders.extract.dumps.goals import Context, Known, as_reply, clarified, last_claim, reaction_goal, whole
from rejoinder.loaders.extract.dumps.looks import of_paragraph
from rejoinder.loaders.extract.dumps.paragraphs import Standing, standings
from rejoinder.loaders.extract.dumps.reactions import add_paragraph_moves
from rejoinder.loaders.extract.dumps.signs import Role
from rejoinder.loaders.extract.model.linear import NO, YES, Models
from rejoinder.loaders.extract.model.sureness import StepKind, Sureness, sureness_by_chance, sureness_by_rule
from rejoinder.loaders.extract.moves.explanations import as_json, weighing_as_dict
from rejoinder.loaders.extract.moves.ledger import Grounds, Ledger
from rejoinder.loaders.extract.moves.support import add_support_moves
from rejoinder.loaders.extract.points import asides
from rejoinder.loaders.extract.points.claims import Point, points
from rejoinder.loaders.extract.text.blocks import Shape
from rejoinder.loaders.extract.text.lexicon import NEGATIONS
from rejoinder.loaders.extract.text.reading import FAR, Reading, Sentence, read_comment
from rejoinder.loaders.extract.text.words import weights, words
from rejoinder.records import Comment, Discussion, Kind, Method, ThreadRef

RUN = 20  # quotations in a row, the last ones, that a reaction may be about
ITEMS_SURE = 0.6
UNDER_A_HEAD = "an item of a list under a head, for the claim above that"
ON_SURE = 0.45  # most of a Support from one paragraph to the one above it
APPROVING_SURE = 0.35
QUOTED_OR_OWN = {YES: "Quotation", NO: "none"}
BELOW = 60  # characters of the next paragraph that an explanation shows


@dataclass(frozen=True, slots=True)
class Here:
    """A paragraph, what it was taken for, and the one right below where that is its owner's."""

    reading: Reading
    standing: Standing
    follows: Reading | None


def add_dump_moves(discussion: Discussion, ledger: Ledger, models: Models) -> None:
    """Adds the claims and moves of a dump; a repeated paragraph only adds its place to the claims of the first."""
    first = first_of(discussion.comments)
    found = [read_comment(one) for one in discussion.comments if first[one.id] == one.id]
    weight = weights(sentence.stems for one in found for sentence in one.sentences)
    given = standings(found, [of_paragraph(one) for one in found], weight, models)
    known = Known(weight, models)
    context = Context()
    for number, (reading, standing) in enumerate(zip(found, given, strict=True)):
        follows = found[number + 1] if number + 1 < len(found) and given[number + 1].role == Role.OWN else None
        if number >= FAR:
            found[number - FAR].pass_by()
        context = step(Here(reading, standing, follows), context, known, ledger)
    repeat_places(discussion.comments, first, ledger)


def step(here: Here, context: Context, known: Known, ledger: Ledger) -> Context:
    """Adds what one paragraph says, and tells the context of the next."""
    reading = here.reading
    match here.standing.role:
        case Role.QUOTE:
            return after_quote(here, context, ledger)
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
            return after_own(here, context, known, ledger)


def after_quote(here: Here, context: Context, ledger: Ledger) -> Context:
    """Notes somebody else's words: a claim of nobody known, quoted from the unseen post."""
    reading, standing = here.reading, here.standing
    span = whole(reading)
    sure = (
        sureness_by_rule(standing.sure)
        if standing.quoted is None
        else sureness_by_chance(standing.quoted.probabilities, YES)
    ).bounded()
    claim = ledger.claim(span, None)
    ledger.move(
        Kind.QUOTATION,
        span,
        ThreadRef(),
        None,
        Grounds(
            evidence=span,
            author=reading.comment.author,
            confidence=sure.value,
            method=Method.RULE if standing.quoted is None else Method.MODEL,
            cue="quoted paragraph: " + standing.sign,
            explanation=as_json(quoted_why(here) | sure.steps_as_dict()),
        ),
    )
    run = context.quotes if context.since == 0 else ()
    return Context(quotes=(*run[1 - RUN :], (reading, Goal(claim, span.comment, sure=standing.sure))), before=reading)


def quoted_why(here: Here) -> dict[str, object]:
    """Why a paragraph was taken for somebody else's words, with the beginning of what stands below."""
    standing, follows = here.standing, here.follows
    below = "" if follows is None else f" (below stands: “{follows.comment.text.strip()[:BELOW]}…”)"
    if standing.quoted is not None:
        return weighing_as_dict(standing.quoted, YES, QUOTED_OR_OWN) | {"rule": f"{standing.sign}, as weighed{below}"}
    return {"rule": f"somebody else's words by this sign: {standing.sign}{below}"}


def after_own(here: Here, context: Context, known: Known, ledger: Ledger) -> Context:
    """Adds the claims and moves of the owner's own paragraph."""
    reading = here.reading
    own = points(reading)
    if not reading.sentences or reading.sentences[0].cue("clarify") is not None:
        context = Context(before=context.before)  # whoever explains their own words begins another comment
    goal = reaction_goal(reading, context, known.weight)
    for one in own:
        if one.claims:
            ledger.claim(one.span, reading.comment.author)
    mood = context.mood if goal is not None else Mood.NEUTRAL
    near = goal is not None and context.since == 0
    verdict = as_reply(reading, own, goal, context, known)
    place = Place(goal, clarified(reading, here.follows, ledger), mood, near, verdict, here.standing.reaction)
    mood = add_paragraph_moves(reading, own, place, ledger)
    add_support_moves(reading, own, ledger)
    goes_on(own, context, reading, ledger)
    item = reading.blocks[0].shape == Shape.ITEM
    if item and context.headed is not None:
        support_head(own, context.headed, reading, ledger)
    if goal is None and context.quotes:
        context = Context(headed=context.headed)
    last = context.last_claim if item else last_claim(own, reading, ledger)
    last = None if place.clarified else last  # what is explained stands below, in another comment
    headed = context.headed if item else None
    return replace(context, since=context.since + 1, mood=mood, last_claim=last, headed=headed, before=reading)


def goes_on(own: tuple[Point, ...], context: Context, reading: Reading, ledger: Ledger) -> None:
    """Adds the Support between the first claim and that of the paragraph right above, where cue words show one."""
    above = context.last_claim
    if above is None or not own or not own[0].claims or reading.blocks[0].shape == Shape.ITEM:
        return
    mine = ledger.claim(own[0].span, reading.comment.author)
    found = way_on(own[0].first)
    if found is None:
        return
    upward, sure, cue = found
    sure = sure.at_most(StepKind.HELD, ON_SURE).bounded()
    ledger.move(
        Kind.SUPPORT,
        *((mine, above.target, above.comment) if upward else (above.target, mine, reading.comment.id)),
        Grounds(
            evidence=own[0].span,
            author=reading.comment.author,
            confidence=sure.value,
            method=Method.RULE,
            cue=cue,
            explanation=as_json(sure.steps_as_dict() | {"rule": f"goes on from the paragraph above with “{cue}”"}),
        ),
    )


def way_on(first: Sentence) -> tuple[bool, Sureness, str] | None:
    """Whether a sentence supports what stands above it or follows from it, how sure that is, and the cue."""
    example, onward = first.cue("example"), first.cue("follow")
    if example is not None and first.said[: len(words(example.phrase))] == words(example.phrase):
        return True, of_phrase(example), example.phrase
    if onward is not None and onward.opens:
        return False, of_phrase(onward), onward.phrase
    approves = openers.APPROVES.match(first.exact)
    if approves and not NEGATIONS & {*first.said}:
        return True, sureness_by_rule(APPROVING_SURE), " ".join(approves[0].split()[-3:])
    return None


def support_head(own: tuple[Point, ...], headed: Goal, reading: Reading, ledger: Ledger) -> None:
    """Adds the support that a list item gives to what stands above the head of its list."""
    for one in own:
        if one.claims and not asides.is_aside(one.first):
            ledger.move(
                Kind.SUPPORT,
                ledger.claim(one.span, reading.comment.author),
                headed.target,
                headed.comment,
                Grounds(
                    evidence=one.span,
                    author=reading.comment.author,
                    confidence=ITEMS_SURE,
                    method=Method.RULE,
                    cue="list under a head",
                    explanation=as_json(sureness_by_rule(ITEMS_SURE).steps_as_dict() | {"rule": UNDER_A_HEAD}),
                ),
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

"""Extraction from flattened dumps, where what stands next to what is the only structure there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rejoinder.loaders.extract.dumps import openers
from rejoinder.loaders.extract.dumps.duplicates import first_occurrences
from rejoinder.loaders.extract.dumps.goals import (
    Context,
    DumpModels,
    clarified_goal,
    first_claim_as_goal,
    paragraph_span,
    reaction_goal,
    verdict_as_reply,
)
from rejoinder.loaders.extract.dumps.paragraph_acts import Goal, Mood, Place, sureness_of_cue
from rejoinder.loaders.extract.dumps.paragraph_features import paragraph_features
from rejoinder.loaders.extract.dumps.paragraphs import ParagraphRole, paragraph_roles
from rejoinder.loaders.extract.dumps.reactions import add_paragraph_moves
from rejoinder.loaders.extract.dumps.signs import Role
from rejoinder.loaders.extract.model.linear import NO, YES, Models
from rejoinder.loaders.extract.model.sureness import StepKind, Sureness, sureness_by_chance, sureness_by_rule
from rejoinder.loaders.extract.moves.explanations import as_json, weighing_as_dict
from rejoinder.loaders.extract.moves.ledger import Grounds, Ledger
from rejoinder.loaders.extract.moves.support import add_support_moves
from rejoinder.loaders.extract.points import asides
from rejoinder.loaders.extract.points.claims import Point, points_of_comment
from rejoinder.loaders.extract.text.blocks import Shape
from rejoinder.loaders.extract.text.lexicon import NEGATIONS
from rejoinder.loaders.extract.text.reading import READINGS_KEPT, Reading, Sentence, read_comment
from rejoinder.loaders.extract.text.words import stem_weights, words
from rejoinder.records import Comment, Discussion, Kind, Method, ThreadRef

LONGEST_RUN = 20  # quotations in a row, the last ones, that a reaction may be about
ITEMS_SURE = 0.6
LIST_ITEM_RULE = "an item of a list under a head, for the claim above that"
GOES_ON_SURE = 0.45  # most of a Support from one paragraph to the one above it
APPROVING_SURE = 0.35
QUOTED_OR_OWN = {YES: "Quotation", NO: "none"}
SHOWN_BELOW = 60  # characters of the next paragraph that an explanation shows


@dataclass(frozen=True, slots=True)
class DumpParagraph:
    """A paragraph, what it was taken for, and the one right below where that is its owner's."""

    reading: Reading
    role: ParagraphRole
    own_below: Reading | None


def add_dump_moves(discussion: Discussion, ledger: Ledger, models: Models) -> None:
    """Adds the claims and moves of a dump; a repeated paragraph only adds its place to the claims of the first."""
    first = first_occurrences(discussion.comments)
    readings = [read_comment(comment) for comment in discussion.comments if first[comment.id] == comment.id]
    weight = stem_weights(sentence.stems for paragraph in readings for sentence in paragraph.sentences)
    roles = paragraph_roles(readings, [paragraph_features(paragraph) for paragraph in readings], weight, models)
    dump_models = DumpModels(weight, models)
    context = Context()
    for number, (reading, standing) in enumerate(zip(readings, roles, strict=True)):
        follows = readings[number + 1] if number + 1 < len(readings) and roles[number + 1].role == Role.OWN else None
        if number >= READINGS_KEPT:
            readings[number - READINGS_KEPT].drop_cached()
        context = add_paragraph(DumpParagraph(reading, standing, follows), context, dump_models, ledger)
    note_repeated_places(discussion.comments, first, ledger)


def add_paragraph(paragraph: DumpParagraph, context: Context, dump_models: DumpModels, ledger: Ledger) -> Context:
    """Adds what one paragraph says, and tells the context of the next."""
    reading = paragraph.reading
    match paragraph.role.role:
        case Role.QUOTE:
            return add_quoted_paragraph(paragraph, context, ledger)
        case Role.HEAD:
            return replace(context, head_claim=context.last_claim, paragraph_before=reading)
        case Role.ASIDE:
            # "I'm confused." says nothing by itself, but belongs to the reaction that follows.
            return context if "disagree" in reading.acts else Context(paragraph_before=reading)
        case Role.CITED:
            for point in points_of_comment(reading):
                if point.claims:
                    ledger.claim(point.span, reading.comment.author)
            return Context(paragraph_before=reading)
        case Role.OWN:
            return add_own_paragraph(paragraph, context, dump_models, ledger)


def add_quoted_paragraph(paragraph: DumpParagraph, context: Context, ledger: Ledger) -> Context:
    """Notes somebody else's words: a claim of nobody known, quoted from the unseen post."""
    reading, standing = paragraph.reading, paragraph.role
    span = paragraph_span(reading)
    sure = (
        sureness_by_rule(standing.sure)
        if standing.quoted_weighing is None
        else sureness_by_chance(standing.quoted_weighing.probabilities, YES)
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
            method=Method.RULE if standing.quoted_weighing is None else Method.MODEL,
            cue="quoted paragraph: " + standing.sign,
            explanation=as_json(quotation_explanation(paragraph) | sure.steps_as_dict()),
        ),
    )
    run = context.quotes if context.paragraphs_since == 0 else ()
    return Context(
        quotes=(*run[1 - LONGEST_RUN :], (reading, Goal(claim, span.comment, sure=standing.sure))),
        paragraph_before=reading,
    )


def quotation_explanation(paragraph: DumpParagraph) -> dict[str, object]:
    """Why a paragraph was taken for somebody else's words, with the beginning of what stands below."""
    standing, follows = paragraph.role, paragraph.own_below
    below = "" if follows is None else f" (below stands: “{follows.comment.text.strip()[:SHOWN_BELOW]}…”)"
    if standing.quoted_weighing is not None:
        return weighing_as_dict(standing.quoted_weighing, YES, QUOTED_OR_OWN) | {
            "rule": f"{standing.sign}, as weighed{below}"
        }
    return {"rule": f"somebody else's words by this sign: {standing.sign}{below}"}


def add_own_paragraph(paragraph: DumpParagraph, context: Context, dump_models: DumpModels, ledger: Ledger) -> Context:
    """Adds the claims and moves of the owner's own paragraph."""
    reading = paragraph.reading
    own = points_of_comment(reading)
    if not reading.sentences or reading.sentences[0].cue("clarify") is not None:
        context = Context(
            paragraph_before=context.paragraph_before
        )  # whoever explains their own words begins another comment
    goal = reaction_goal(reading, context, dump_models.weight)
    for point in own:
        if point.claims:
            ledger.claim(point.span, reading.comment.author)
    mood = context.mood if goal is not None else Mood.NEUTRAL
    near = goal is not None and context.paragraphs_since == 0
    verdict = verdict_as_reply(reading, own, goal, context, dump_models)
    place = Place(
        goal, clarified_goal(reading, paragraph.own_below, ledger), mood, near, verdict, paragraph.role.reaction
    )
    mood = add_paragraph_moves(reading, own, place, ledger)
    add_support_moves(reading, own, ledger)
    add_support_to_above(own, context, reading, ledger)
    item = reading.blocks[0].shape == Shape.ITEM
    if item and context.head_claim is not None:
        add_support_of_head(own, context.head_claim, reading, ledger)
    if goal is None and context.quotes:
        context = Context(head_claim=context.head_claim)
    last = context.last_claim if item else first_claim_as_goal(own, reading, ledger)
    last = None if place.clarified else last  # what is explained stands below, in another comment
    headed = context.head_claim if item else None
    return replace(
        context,
        paragraphs_since=context.paragraphs_since + 1,
        mood=mood,
        last_claim=last,
        head_claim=headed,
        paragraph_before=reading,
    )


def add_support_to_above(own: tuple[Point, ...], context: Context, reading: Reading, ledger: Ledger) -> None:
    """Adds the Support between the first claim and that of the paragraph right above, where cue words show one."""
    above = context.last_claim
    if above is None or not own or not own[0].claims or reading.blocks[0].shape == Shape.ITEM:
        return
    mine = ledger.claim(own[0].span, reading.comment.author)
    support = support_shown(own[0].first_sentence)
    if support is None:
        return
    upward, sure, cue = support
    sure = sure.at_most(StepKind.HELD, GOES_ON_SURE).bounded()
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


def support_shown(first: Sentence) -> tuple[bool, Sureness, str] | None:
    """Whether a sentence supports what stands above it or follows from it, how sure that is, and the cue."""
    example, onward = first.cue("example"), first.cue("follow")
    if example is not None and first.words[: len(words(example.phrase))] == words(example.phrase):
        return True, sureness_of_cue(example), example.phrase
    if onward is not None and onward.opens:
        return False, sureness_of_cue(onward), onward.phrase
    approves = openers.APPROVES.match(first.exact)
    if approves and not NEGATIONS & {*first.words}:
        return True, sureness_by_rule(APPROVING_SURE), " ".join(approves[0].split()[-3:])
    return None


def add_support_of_head(own: tuple[Point, ...], headed: Goal, reading: Reading, ledger: Ledger) -> None:
    """Adds the support that a list item gives to what stands above the head of its list."""
    for point in own:
        if point.claims and not asides.is_aside(point.first_sentence):
            ledger.move(
                Kind.SUPPORT,
                ledger.claim(point.span, reading.comment.author),
                headed.target,
                headed.comment,
                Grounds(
                    evidence=point.span,
                    author=reading.comment.author,
                    confidence=ITEMS_SURE,
                    method=Method.RULE,
                    cue="list under a head",
                    explanation=as_json(sureness_by_rule(ITEMS_SURE).steps_as_dict() | {"rule": LIST_ITEM_RULE}),
                ),
            )
            return


def note_repeated_places(comments: tuple[Comment, ...], first: Mapping[str, str], ledger: Ledger) -> None:
    """Adds the places of repeated paragraphs to the claims of their first occurrence."""
    texts = {comment.id: comment.text for comment in comments}
    copies: dict[str, list[str]] = {}
    for paragraph in comments:
        if first[paragraph.id] != paragraph.id and paragraph.text == texts[first[paragraph.id]]:
            copies.setdefault(first[paragraph.id], []).append(paragraph.id)
    for key in sorted(ledger.claims):
        for span in sorted(ledger.spans[key]):
            for copy in copies.get(span.comment, ()):
                ledger.add_claim_span(key, replace(span, comment=copy))

"""What a reply does to the comment it replies to: objects, counters, concedes, supports, asks, clarifies, dismisses."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rejoinder.loaders.extract import acts
from rejoinder.loaders.extract.claims import Point
from rejoinder.loaders.extract.explanations import explanation
from rejoinder.loaders.extract.features import OPENERS
from rejoinder.loaders.extract.linear import Models
from rejoinder.loaders.extract.moves import Ledger
from rejoinder.loaders.extract.quotes import parroted
from rejoinder.loaders.extract.reading import Sentence
from rejoinder.loaders.extract.situation import Reply
from rejoinder.loaders.extract.targets import Choice, Other, target_of
from rejoinder.loaders.extract.verdicts import Deed, Verdict, judged
from rejoinder.loaders.extract.whole import Whole, whole
from rejoinder.loaders.extract.words import words
from rejoinder.records import CommentRef, Kind, Method, MoveRef, Target, kinds

GIVING_IN = frozenset(
    (
        "fair enough",
        "point taken",
        "i stand corrected",
        "i was wrong",
        "my mistake",
        "i concede",
        "fair point",
        "sorry",
        "good point",
        "i see your point",
        "changed my mind",
        "changed my view",
        "i admit",
        "agreed",
        "granted",
        "i apologize",
        "my bad",
        "i missed",
        "i had not considered",
        "i hadn't considered",
    )
)
TURNS = frozenset(["but", "however", "still", "yet", "nevertheless", "though"])
CLEARLY = 0.75  # confidence of words of agreement that are believed where they open a sentence
POINTS = 300  # points of one comment that may make moves
STRONG_AGREEMENT = 0.5
UNSURE = 0.49  # confidence at most of agreement that no word shows
UNSAID = 0.8  # what is left of the confidence of a move that no word shows and that does not come first
GIVES_IN = 0.6  # share of agreement from which an addressee concedes without saying so
DENIED = 0.3  # share of agreement below which words of agreement are not believed
DENIES = 0.3  # share of words, where one is negated and the other is not, from which one denies the other
CLEAR = 0.4  # how likely a kind of attack must be to be said
INTERJECTION = 3  # words at most of a remark that argues nothing
OPENING = 2  # points of a reply that begin it
CONCEDING_WORDS = 45
GENTLE_WORDS = 60
YES_OR_NO = OPENERS["yes"] | OPENERS["no"]  # who begins so says it in their own name, whatever words follow
ANSWERS = (Kind.COUNTER, Kind.CONCESSION, Kind.CLARIFICATION, Kind.DISMISSAL)
STANCES = frozenset({"agree", "concede", "done", "disagree", "wrong", "no"})
AGAINST = ("disagree", "wrong", "undermine", "undercut", "no", "dismiss", "contrast")


@dataclass(frozen=True, slots=True)
class Said:
    """A point of a reply: what it is about, what it does, and the objection or support that its target makes."""

    point: Point
    reply: Reply
    choice: Choice
    verdict: Verdict
    whole: Whole
    models: Models
    objection: MoveRef | None
    support: MoveRef | None

    @property
    def first(self) -> Sentence:
        """The sentence that says what it does."""
        return self.point.first

    @property
    def author(self) -> str | None:
        """Who says it."""
        return self.reply.reading.comment.author


def reply_moves(
    reply: Reply, others: Sequence[Other], weight: Mapping[str, float], models: Models, ledger: Ledger
) -> None:
    """Adds the moves of a reply; `others` are the comment replied to and those above it that it quotes."""
    acting = [number for number in range(len(reply.points[:POINTS])) if not repeats(number, reply, ledger)]
    acting = acting_points(reply, acting)
    choices = {number: target_of(number, reply, others, weight) for number in acting}
    verdicts = judged(reply, choices, weight, models)
    on_the_whole = whole(reply, verdicts, models)
    made = [said(number, reply, choices[number], verdicts[number], on_the_whole, models, ledger) for number in acting]
    done = [point_moves(one, ledger) for one in made]
    at_least(made, done, on_the_whole, ledger)


def acting_points(reply: Reply, numbers: Sequence[int]) -> list[int]:
    """The points that belong to the argument."""
    return [number for number in numbers if not is_aside(reply.points[number].first, reply)]


def at_least(made: Sequence[Said], done: Sequence[Deed], on_the_whole: Whole, ledger: Ledger) -> None:
    """Where the reply as a whole objects, or agrees, and none of its points did, the likeliest of them does."""
    free = [one for one, deed in zip(made, done, strict=True) if deed == Deed.NOTHING and not one.first.asks]
    if free and on_the_whole.may_object and Deed.ATTACK not in done:
        objection(min(free, key=lambda one: one.verdict.agreeing), ledger)
        return
    if free and on_the_whole.may_agree and Deed.SUPPORT not in done:
        consent(max(free, key=lambda one: one.verdict.agreeing), ledger)


def repeats(number: int, reply: Reply, ledger: Ledger) -> bool:
    """Adds a Quotation where the point only repeats what the other said; tells whether it does."""
    first = reply.points[number].first
    own = first.said[:1] and first.said[0] in YES_OR_NO
    repeated = None if reply.bare or own else parroted(first, reply.parent)
    if repeated is not None:
        author = reply.reading.comment.author
        ledger.quotation(first.span, repeated, author, confidence=0.6, method=Method.RULE, cue="repeated wording")
    return repeated is not None


def is_aside(first: Sentence, reply: Reply) -> bool:
    """True for what belongs to no argument; between bare propositions nothing is an aside."""
    return acts.is_aside(first) and not STANCES & first.acts and not reply.bare


def said(
    number: int, reply: Reply, choice: Choice, verdict: Verdict, on_the_whole: Whole, models: Models, ledger: Ledger
) -> Said:
    """The point with all that decides what it does."""
    span = choice.span
    objection = None if span is None else ledger.objection_near(span)
    support = None if span is None else ledger.supports.get(span)
    return Said(reply.points[number], reply, choice, verdict, on_the_whole, models, objection, support)


def point_moves(one: Said, ledger: Ledger) -> Deed:
    """Adds what the point does, as far as the reply as a whole does such a thing; tells what it was."""
    if one.first.asks and one.verdict.deed == Deed.ASK:
        return Deed.ASK if question(one, ledger) else Deed.NOTHING
    agreement = None if one.first.asks else agreeing(one.first, one.reply.by_starter)
    if agreement is not None and (says_so(one.first) or (one.whole.may_agree and one.verdict.agreeing >= DENIED)):
        return Deed.SUPPORT if agree(one, agreement, ledger) else Deed.NOTHING
    if turns(one):
        return Deed.ATTACK if objects(one, ledger) else Deed.NOTHING
    if one.verdict.deed == Deed.ATTACK or (owes(one, ledger) and one.verdict.agreeing < GIVES_IN):
        return Deed.ATTACK if one.whole.may_object and objects(one, ledger) else Deed.NOTHING
    return Deed.SUPPORT if one.whole.may_agree and willing(one, ledger) else Deed.NOTHING


def says_so(first: Sentence) -> bool:
    """True if clear words of agreement open the sentence, and nothing in it turns against them."""
    if {"contrast", "disagree", "wrong"} & first.acts or "not" in first.kinds:
        return False
    opening = [words(cue.phrase) for cue in first.cues if cue.act in ("agree", "concede") and cue.confidence >= CLEARLY]
    return any(first.said[: len(phrase)] == phrase for phrase in opening)


def turns(one: Said) -> bool:
    """True if the point begins with "but" and the like, right after one that grants something."""
    number = one.reply.points.index(one.point)
    if not number or one.first.asks or not one.first.said or one.first.said[0] not in TURNS:
        return False
    return bool({"agree", "concede"} & one.reply.points[number - 1].first.acts)


def objects(one: Said, ledger: Ledger) -> bool:
    """Adds an objection, unless the point is a fragment or hardly a word."""
    against = one.first.cue(*AGAINST) is not None or acts.negations(one.first.said) > 0
    if not against and len(one.first.said) <= INTERJECTION and not one.reply.bare:
        return False
    claims = one.point.claims or acts.is_rhetorical(one.first) or one.point.place == 0
    return claims and objection(one, ledger)


def agreeing(one: Sentence, by_starter: bool) -> str | None:
    """The words with which the sentence agrees or concedes; a stranger's agreement must be a strong one."""
    cue = one.cue("agree", "concede", "done")
    if cue is None or one.asks or (not by_starter and cue.confidence < STRONG_AGREEMENT):
        return None
    return cue.phrase


def agree(one: Said, cue: str, ledger: Ledger) -> bool:
    """Adds a Concession by whom the objection is addressed to, or to a comment whose objection is not loaded.

    Anybody else who agrees supports: a bystander's "fair enough" answers nothing.
    """
    sure = math.sqrt(one.whole.agrees * one.verdict.agreeing)
    if one.objection is not None:
        return add(Kind.CONCESSION if owes(one, ledger) else Kind.SUPPORT, one, sure, Method.RULE, cue, ledger)
    opens = one.point in one.reply.points[:OPENING] and len(one.reply.reading.said) <= CONCEDING_WORDS
    if cue in GIVING_IN or (opens and acts.addresses(one.first) and "contrast" not in one.first.acts):
        return add(Kind.CONCESSION, one, sure, Method.RULE, cue, ledger, whole=True)
    return add(Kind.SUPPORT, one, sure, Method.RULE, cue, ledger)


def owes(one: Said, ledger: Ledger) -> bool:
    """True if the point is about an objection, and its author is whom that is addressed to, as far as is known."""
    return one.objection is not None and ledger.owner(one.objection) in (None, one.author)


def willing(one: Said, ledger: Ledger) -> bool:
    """Adds an Answer to who only asked, a Clarification, else an unsure consent, if it opens a passage."""
    cue = one.first.cue("clarify", "answer")
    if cue is not None and one.objection is not None:
        return add(Kind.CLARIFICATION, one, one.verdict.agreeing, Method.RULE, cue.phrase, ledger)
    if one.point.place > 0:
        return False
    if ledger.question_of(one.choice.comment.id) is not None:
        return add(Kind.ANSWER, one, max(0.55, one.verdict.agreeing), Method.STRUCTURAL, "reply to a question", ledger)
    return consent(one, ledger)


def consent(one: Said, ledger: Ledger) -> bool:
    """Adds an unsure Support, or Concession by the addressee, of what agrees without saying so."""
    kind = Kind.CONCESSION if owes(one, ledger) else Kind.SUPPORT
    sure = UNSAID * math.sqrt(one.whole.agrees * one.verdict.agreeing)
    return add(kind, one, sure, Method.MODEL, "no objection", ledger, most=UNSURE)


def question(one: Said, ledger: Ledger) -> bool:
    """Adds a Question; it is sure only where the comment does nothing but ask."""
    sentences = one.reply.reading.sentences
    only = all(sentence.asks or acts.is_aside(sentence) for sentence in sentences)
    only = only and len(one.reply.reading.said) <= GENTLE_WORDS
    if not only and not (acts.addresses(one.first) and one.first.cue("ask", "request")):
        return False
    cue = one.first.cue("ask", "request")
    sure = (
        max(one.whole.asks, one.verdict.chances.get(Deed.ASK, 0.0))
        if only or one.whole.asks > one.whole.objects
        else min(0.49, one.whole.asks)
    )
    return add(Kind.QUESTION, one, sure, Method.MODEL, cue.phrase if cue else "?", ledger)


def objection(one: Said, ledger: Ledger) -> bool:
    """Adds a Counter to an objection, else an objection of the kind that the cues tell."""
    cue = one.first.cue("disagree", "wrong", "undermine", "undercut", "rhetorical", "no", "dismiss", "contrast")
    sure = math.sqrt(one.whole.objects * (1 - one.verdict.agreeing))
    if cue is None and one.point.place > 0 and not acts.negations(one.first.said):
        sure *= UNSAID
    said_so = cue.phrase if cue else one.choice.how
    return add(objection_kind(one), one, sure, Method.MODEL, said_so, ledger)


def objection_kind(one: Said) -> Kind:
    """A Counter or a Dismissal of an objection; an Undercut of a support whose step is doubted; else a plain kind."""
    likely = one.models.kinds.probabilities(one.verdict.features)
    if one.objection is not None:
        return Kind.DISMISSAL if "dismiss" in one.first.acts else Kind.COUNTER
    if one.support is not None and ("undercut" in one.first.acts or likely["undercut"] >= CLEAR):
        return Kind.UNDERCUT
    return plain_kind(one, likely)


def plain_kind(one: Said, likely: Mapping[str, float]) -> Kind:
    """The kind of objection to a claim that objects to nothing itself; just Objection where that is unclear."""
    if "undermine" in one.first.acts or likely["undermine"] >= CLEAR:
        return Kind.UNDERMINE
    said_so = {"disagree", "wrong", "no", "rhetorical"} & one.first.acts
    denied = one.verdict.features.get("negation differs, shared", 0.0) >= DENIES
    return Kind.REBUTTAL if said_so or denied or likely["rebuttal"] >= CLEAR else Kind.OBJECTION


def add(
    kind: Kind,
    one: Said,
    sure: float,
    method: Method,
    cue: str,
    ledger: Ledger,
    *,
    whole: bool = False,
    most: float = 1.0,
) -> bool:
    """Adds the move with its source claim; an answer aims at the objection itself, `whole` at the whole comment; `most`: confidence."""
    source = ledger.claim(one.point.span, one.author)
    ledger.move(
        kind,
        source,
        CommentRef(one.choice.comment.id) if whole else target(kind, one, ledger),
        one.choice.comment.id,
        evidence=one.point.span,
        author=one.author,
        confidence=min(most, one.models.sure(group(kind), sure)),
        method=method,
        cue=cue,
        explanation=explanation(one.verdict, one.choice),
    )
    return True


def group(kind: Kind) -> str:
    """The group of kinds whose confidence is calibrated together."""
    if kind == Kind.QUESTION:
        return Deed.ASK
    return Deed.ATTACK if Kind.OBJECTION in kinds(kind) else Deed.SUPPORT


def target(kind: Kind, one: Said, ledger: Ledger) -> Target:
    """What the move is aimed at: a question, an objection or a support itself, the claim, or the whole comment."""
    asked = ledger.question_of(one.choice.comment.id)
    if kind == Kind.ANSWER and asked is not None:
        return asked
    if kind in ANSWERS and one.objection is not None:
        return one.objection
    if kind == Kind.UNDERCUT and one.support is not None:
        return one.support
    if one.choice.span is not None:
        return ledger.claim(one.choice.span, one.choice.comment.author)
    return CommentRef(one.choice.comment.id)

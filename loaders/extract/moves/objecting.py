"""The objections of a reply: whether a point may object, and of which kind its objection is."""

from __future__ import annotations

from collections.abc import Mapping

from rejoinder.loaders.extract.model.sureness import StepKind
from rejoinder.loaders.extract.moves.contradicting import contradicts
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.making import REPLY_SURE, UNSURE_AT_MOST, UpperBound, add_point_move
from rejoinder.loaders.extract.moves.said import ReplyPoint, opening_confidence, owes_answer
from rejoinder.loaders.extract.points import acts, purposes
from rejoinder.loaders.extract.text.once import kept_with_thing
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.weighing.verdicts import Deed
from rejoinder.records import Kind, Method

DENIAL_SHARE = 0.3  # share of words, where one is negated and the other is not, from which one denies the other
TOGETHER_CUE = "its words taken together"  # the cue of an objection that no phrase gives away
LISTED_CUE = "a list of objections"  # the cue of one whose head says so
LISTED_SURE = 0.6  # how sure such an objection is at least
CONTRADICTION_SURE = 0.6  # how sure a plain contradiction is at least
DISBELIEF_SURE = 0.5  # how sure a question is at least that objects by its words ("Do you really think ...?")
TELLING_CONFIDENCE = 0.6  # confidence of such words
QUESTION_OBJECTS_FACTOR = 4.0  # how many times likelier than to ask a question must be to object, to do so surely
CLEAR_KIND = 0.4  # how likely a kind of attack must be to be said
INTERJECTION_WORDS = 3  # words at most of a remark that argues nothing
DENYING_ACTS = ("disagree", "no", "wrong", "dismiss")
RIVAL_DEEDS = (Deed.NOTHING, Deed.ASK)  # what an objection may rather be than one, where it is unsure
OBJECTING_ACTS = ("disagree", "wrong", "undermine", "undercut", "no", "dismiss", "contrast")


def add_objection_unless_fragment(one: ReplyPoint, ledger: Ledger) -> bool:
    """Adds an objection, unless the point is a fragment or hardly a word."""
    against = one.first.cue(*OBJECTING_ACTS) is not None or acts.negations(one.first.said) > 0
    if not (against or contradicts_target(one)) and len(one.first.said) <= INTERJECTION_WORDS and not one.reply.bare:
        return False
    claims = one.point.claims or one.first.asks or one.point.place == 0
    return claims and add_objection(one, ledger)


def add_listed_objection(one: ReplyPoint, ledger: Ledger) -> bool:
    """Adds the objection of an item whose head says that it is one."""
    return add_point_move(objection_kind(one), one, Method.RULE, LISTED_CUE, ledger, least=LISTED_SURE)


def add_objection(one: ReplyPoint, ledger: Ledger) -> bool:
    """Adds a Counter to an objection, else an objection of the kind that the cues tell."""
    cue = one.first.cue(*OBJECTING_ACTS, "rhetorical")
    said_so = cue.phrase if cue else TOGETHER_CUE
    kind = objection_kind(one)
    least = (
        REPLY_SURE if owes_answer(one, ledger) else 0.0
    )  # whatever it does, it replies to what its writer owes an answer to
    if plain := objecting_words_confidence(one):
        return add_point_move(kind, one, Method.MODEL, said_so, ledger, least=max(plain, least))
    most = None if clearly_objects(one) else UpperBound(StepKind.RATHER, UNSURE_AT_MOST)
    return add_point_move(kind, one, Method.MODEL, said_so, ledger, least=least, most=most)


def objecting_words_confidence(one: ReplyPoint) -> float:
    """How sure it is by its words alone that the point objects, 0 where they leave it open."""
    return (
        opening_confidence(one.first, *DENYING_ACTS)
        or disbelief_confidence(one.first)
        or (CONTRADICTION_SURE if contradicts_target(one) else 0.0)
    )


def disbelief_confidence(one: Sentence) -> float:
    """How sure a question of several telling words objects, 0 for any other: "Do you really think that ...?"."""
    cue = one.cue("rhetorical")
    return (
        DISBELIEF_SURE
        if one.asks and cue is not None and " " in cue.phrase and cue.confidence >= TELLING_CONFIDENCE
        else 0.0
    )


def clearly_objects(one: ReplyPoint) -> bool:
    """True if the point objects rather than asks or does nothing; a question of no form that objects must, by far."""
    if purposes.is_rhetorical(one.first):
        return True
    rather = max(one.verdict.chances.get(deed, 0.0) for deed in RIVAL_DEEDS)
    return rather * (QUESTION_OBJECTS_FACTOR if one.first.asks else 1.0) <= one.verdict.chances[Deed.ATTACK]


@kept_with_thing
def contradicts_target(one: ReplyPoint) -> bool:
    """True if the point plainly contradicts what it is about."""
    return one.choice.chosen is not None and contradicts(one.first, one.choice.chosen.first)


def objection_kind(one: ReplyPoint) -> Kind:
    """A Counter or a Dismissal of an objection; an Undercut of a support whose step is doubted; else a plain kind."""
    if one.objection is not None:
        return Kind.DISMISSAL if "dismiss" in one.first.acts else Kind.COUNTER
    likely = one.models.kinds.probabilities(one.verdict.features)
    if one.support is not None and ("undercut" in one.first.acts or likely["undercut"] >= CLEAR_KIND):
        return Kind.UNDERCUT
    return plain_kind(one, likely)


def plain_kind(one: ReplyPoint, likely: Mapping[str, float]) -> Kind:
    """The kind of objection to a claim that objects to nothing itself; just Objection where that is unclear."""
    if "undermine" in one.first.acts or likely["undermine"] >= CLEAR_KIND:
        return Kind.UNDERMINE
    said_so = {"disagree", "wrong", "no", "rhetorical"} & one.first.acts
    denied = one.verdict.features.get("negation differs, shared", 0.0) >= DENIAL_SHARE
    return Kind.REBUTTAL if said_so or denied or likely["rebuttal"] >= CLEAR_KIND else Kind.OBJECTION

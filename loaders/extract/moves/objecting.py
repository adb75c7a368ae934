"""The objections of a reply: whether a point may object, and of which kind its objection is."""

from __future__ import annotations

from collections.abc import Mapping

from rejoinder.loaders.extract.model.sureness import StepKind
from rejoinder.loaders.extract.moves.contradicting import contradicts
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.making import REPLY_SURE, UNSURE_AT_MOST, UpperBound, add_point_move
from rejoinder.loaders.extract.moves.reply_points import ReplyPoint, opening_confidence, owes_answer
from rejoinder.loaders.extract.points import acts, purposes
from rejoinder.loaders.extract.text.caching import cached_on_argument
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


def add_objection_unless_fragment(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """Adds an objection, unless the point is a fragment or hardly a word."""
    against = reply_point.sentence.cue(*OBJECTING_ACTS) is not None or acts.negations(reply_point.sentence.words) > 0
    if (
        not (against or contradicts_target(reply_point))
        and len(reply_point.sentence.words) <= INTERJECTION_WORDS
        and not reply_point.reply.is_bare_pair
    ):
        return False
    claims = reply_point.point.claims or reply_point.sentence.asks or reply_point.point.place == 0
    return claims and add_objection(reply_point, ledger)


def add_listed_objection(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """Adds the objection of an item whose head says that it is one."""
    return add_point_move(objection_kind(reply_point), reply_point, Method.RULE, LISTED_CUE, ledger, least=LISTED_SURE)


def add_objection(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """Adds a Counter to an objection, else an objection of the kind that the cues tell."""
    cue = reply_point.sentence.cue(*OBJECTING_ACTS, "rhetorical")
    said_so = cue.phrase if cue else TOGETHER_CUE
    kind = objection_kind(reply_point)
    least = (
        REPLY_SURE if owes_answer(reply_point, ledger) else 0.0
    )  # whatever it does, it replies to what its writer owes an answer to
    if plain := objecting_words_confidence(reply_point):
        return add_point_move(kind, reply_point, Method.MODEL, said_so, ledger, least=max(plain, least))
    most = None if clearly_objects(reply_point) else UpperBound(StepKind.RATHER, UNSURE_AT_MOST)
    return add_point_move(kind, reply_point, Method.MODEL, said_so, ledger, least=least, most=most)


def objecting_words_confidence(reply_point: ReplyPoint) -> float:
    """How sure it is by its words alone that the point objects, 0 where they leave it open."""
    return (
        opening_confidence(reply_point.sentence, *DENYING_ACTS)
        or disbelief_confidence(reply_point.sentence)
        or (CONTRADICTION_SURE if contradicts_target(reply_point) else 0.0)
    )


def disbelief_confidence(sentence: Sentence) -> float:
    """How sure a question of several telling words objects, 0 for any other: "Do you really think that ...?"."""
    cue = sentence.cue("rhetorical")
    return (
        DISBELIEF_SURE
        if sentence.asks and cue is not None and " " in cue.phrase and cue.confidence >= TELLING_CONFIDENCE
        else 0.0
    )


def clearly_objects(reply_point: ReplyPoint) -> bool:
    """True if the point objects rather than asks or does nothing; a question of no form that objects must, by far."""
    if purposes.is_rhetorical(reply_point.sentence):
        return True
    rather = max(reply_point.verdict.chances.get(deed, 0.0) for deed in RIVAL_DEEDS)
    return (
        rather * (QUESTION_OBJECTS_FACTOR if reply_point.sentence.asks else 1.0)
        <= reply_point.verdict.chances[Deed.ATTACK]
    )


@cached_on_argument
def contradicts_target(reply_point: ReplyPoint) -> bool:
    """True if the point plainly contradicts what it is about."""
    return reply_point.choice.chosen is not None and contradicts(
        reply_point.sentence, reply_point.choice.chosen.first_sentence
    )


def objection_kind(reply_point: ReplyPoint) -> Kind:
    """A Counter or a Dismissal of an objection; an Undercut of a support whose step is doubted; else a plain kind."""
    if reply_point.objection is not None:
        return Kind.DISMISSAL if "dismiss" in reply_point.sentence.acts else Kind.COUNTER
    likely = reply_point.models.kinds.probabilities(reply_point.verdict.features)
    if reply_point.support is not None and (
        "undercut" in reply_point.sentence.acts or likely["undercut"] >= CLEAR_KIND
    ):
        return Kind.UNDERCUT
    return plain_kind(reply_point, likely)


def plain_kind(reply_point: ReplyPoint, likely: Mapping[str, float]) -> Kind:
    """The kind of objection to a claim that objects to nothing itself; just Objection where that is unclear."""
    if "undermine" in reply_point.sentence.acts or likely["undermine"] >= CLEAR_KIND:
        return Kind.UNDERMINE
    said_so = {"disagree", "wrong", "no", "rhetorical"} & reply_point.sentence.acts
    denied = reply_point.verdict.features.get("negation differs, shared", 0.0) >= DENIAL_SHARE
    return Kind.REBUTTAL if said_so or denied or likely["rebuttal"] >= CLEAR_KIND else Kind.OBJECTION

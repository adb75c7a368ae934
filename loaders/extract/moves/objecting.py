"""The objections of a reply: whether a point may object, and of which kind its objection is."""

from __future__ import annotations

from collections.abc import Mapping

from rejoinder.loaders.extract.model.sureness import By
from rejoinder.loaders.extract.moves.contradicting import contradicts
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.making import REPLIED, UNSURE, Most, add
from rejoinder.loaders.extract.moves.said import Said, owes, plainly
from rejoinder.loaders.extract.points import acts, purposes
from rejoinder.loaders.extract.text.once import kept
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.weighing.verdicts import Deed
from rejoinder.records import Kind, Method

DENIES = 0.3  # share of words, where one is negated and the other is not, from which one denies the other
TOGETHER = "its words taken together"  # the cue of an objection that no phrase gives away
LISTED = "a list of objections"  # the cue of one whose head says so
AS_SAID = 0.6  # how sure such an objection is at least
CONTRADICTED = 0.6  # how sure a plain contradiction is at least
DISBELIEVED = 0.5  # how sure a question is at least that objects by its words ("Do you really think ...?")
TELLING = 0.6  # confidence of such words
BY_FAR = 4.0  # how many times likelier than to ask a question must be to object, to do so surely
CLEAR = 0.4  # how likely a kind of attack must be to be said
INTERJECTION = 3  # words at most of a remark that argues nothing
DENYING = ("disagree", "no", "wrong", "dismiss")
RATHER = (Deed.NOTHING, Deed.ASK)  # what an objection may rather be than one, where it is unsure
AGAINST = ("disagree", "wrong", "undermine", "undercut", "no", "dismiss", "contrast")


def objects(one: Said, ledger: Ledger) -> bool:
    """Adds an objection, unless the point is a fragment or hardly a word."""
    against = one.first.cue(*AGAINST) is not None or acts.negations(one.first.said) > 0
    if not (against or contradicting(one)) and len(one.first.said) <= INTERJECTION and not one.reply.bare:
        return False
    claims = one.point.claims or one.first.asks or one.point.place == 0
    return claims and objection(one, ledger)


def listed(one: Said, ledger: Ledger) -> bool:
    """Adds the objection of an item whose head says that it is one."""
    return add(objection_kind(one), one, Method.RULE, LISTED, ledger, least=AS_SAID)


def objection(one: Said, ledger: Ledger) -> bool:
    """Adds a Counter to an objection, else an objection of the kind that the cues tell."""
    cue = one.first.cue(*AGAINST, "rhetorical")
    said_so = cue.phrase if cue else TOGETHER
    kind = objection_kind(one)
    least = REPLIED if owes(one, ledger) else 0.0  # whatever it does, it replies to what its writer owes an answer to
    if plain := plain_words(one):
        return add(kind, one, Method.MODEL, said_so, ledger, least=max(plain, least))
    most = None if clearly(one) else Most(By.RATHER, UNSURE)
    return add(kind, one, Method.MODEL, said_so, ledger, least=least, most=most)


def plain_words(one: Said) -> float:
    """How sure it is by its words alone that the point objects, 0 where they leave it open."""
    return plainly(one.first, *DENYING) or disbelieving(one.first) or (CONTRADICTED if contradicting(one) else 0.0)


def disbelieving(one: Sentence) -> float:
    """How sure a question of several telling words objects, 0 for any other: "Do you really think that ...?"."""
    cue = one.cue("rhetorical")
    return DISBELIEVED if one.asks and cue is not None and " " in cue.phrase and cue.confidence >= TELLING else 0.0


def clearly(one: Said) -> bool:
    """True if the point objects rather than asks or does nothing; a question of no form that objects must, by far."""
    if purposes.is_rhetorical(one.first):
        return True
    rather = max(one.verdict.chances.get(deed, 0.0) for deed in RATHER)
    return rather * (BY_FAR if one.first.asks else 1.0) <= one.verdict.chances[Deed.ATTACK]


@kept
def contradicting(one: Said) -> bool:
    """True if the point plainly contradicts what it is about."""
    return one.choice.chosen is not None and contradicts(one.first, one.choice.chosen.first)


def objection_kind(one: Said) -> Kind:
    """A Counter or a Dismissal of an objection; an Undercut of a support whose step is doubted; else a plain kind."""
    if one.objection is not None:
        return Kind.DISMISSAL if "dismiss" in one.first.acts else Kind.COUNTER
    likely = one.models.kinds.probabilities(one.verdict.features)
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

"""Objections that their own writer takes back: in a later comment, or in words added below them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rejoinder.loaders.extract.moves.ledger import Grounds, Ledger
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.text.cues import Cue
from rejoinder.loaders.extract.text.outright import OWNED
from rejoinder.loaders.extract.text.reading import Reading, Sentence
from rejoinder.loaders.extract.text.words import content_stems, words
from rejoinder.records import Comment, Kind, Method, MoveRef

AGAINST = frozenset({"contrast", "disagree"})
WHOLE = frozenset({"comment", "comments", "post", "reply", "message", "remark", "remarks", "objection", "objections"})
PROPOSED = frozenset({"proposal", "rfc", "idea", "suggestion", "motion", "plan", "patch", "pr"})
PART = frozenset({"about", "on", "to"})  # "my remark on the weir" is not all that was said
QUOTES = frozenset('"“”„«»')


def withdrawal_cue(sentence: Sentence) -> Cue | None:
    """The words with which a sentence takes something back; None where it quotes, asks or turns against them."""
    cue = sentence.cue("withdraw") if "withdraw" in sentence.acts else None
    if cue is None or sentence.asks or not AGAINST.isdisjoint(sentence.acts) or not QUOTES.isdisjoint(sentence.exact):
        return None
    return cue


def add_withdrawals(
    point: Point, reading: Reading, above: Sequence[Reading], opening: Comment | None, ledger: Ledger
) -> bool:
    """Adds a Concession of each objection that a point makes void; tells whether there was any that it could.

    Those are its writer's own, before the point in its comment, else in the nearest comment `above` that objects. Who
    takes back the proposal of the `opening` comment concedes what was objected to it.
    """
    cue, author = withdrawal_cue(point.first_sentence), reading.comment.author
    if cue is None:
        return False
    own = own_objections(point, reading, above, ledger)
    void = objections_to_proposal(point, cue, author, opening, ledger) or objections_meant(
        point, cue, own, above, ledger
    )
    give_up_objections(void, point, author, cue.confidence, cue.phrase, ledger)
    return bool(own or void)


def give_up_objections(
    objections: Iterable[MoveRef], point: Point, author: str | None, sure: float, cue: str, ledger: Ledger
) -> None:
    """Adds a Concession of each of these objections, which from then on are taken back."""
    for objection in objections:
        ledger.move(
            Kind.CONCESSION,
            ledger.claim(point.span, author),
            objection,
            ledger.moves[objection.id].comment,
            Grounds(
                evidence=point.span,
                author=author,
                confidence=sure,
                method=Method.RULE,
                cue=cue,
            ),
        )
        ledger.taken_back.add(objection.id)


def objections_to_proposal(
    point: Point, cue: Cue, author: str | None, opening: Comment | None, ledger: Ledger
) -> list[MoveRef]:
    """What was objected to the opening comment, where its writer takes that back: "I withdraw the proposal"."""
    if opening is None or author is None or opening.author != author or not takes_back_proposal(cue, point):
        return []
    move_refs = ledger.objections_by_target.pop(opening.id, [])  # once, so that many such words cost no more
    return [
        move_ref
        for move_ref in move_refs
        if move_ref.id not in ledger.taken_back and not ledger.is_move_by(move_ref, author)
    ]


def takes_back_proposal(cue: Cue, point: Point) -> bool:
    """True if what is taken back is a proposal: the word itself ends the phrase, or stands right behind it."""
    phrase, tokens = words(cue.phrase), point.first_sentence.words
    if phrase[-1] in PROPOSED:
        return True
    following = (
        tokens[at + len(phrase)] for at in range(len(tokens) - len(phrase)) if tokens[at : at + len(phrase)] == phrase
    )
    return phrase[-1] in OWNED and not PROPOSED.isdisjoint(following)


def own_objections(point: Point, reading: Reading, above: Sequence[Reading], ledger: Ledger) -> list[MoveRef]:
    """What the writer of a point last objected to before it."""
    author = reading.comment.author
    before = [
        move_ref
        for move_ref in ledger.objections_in(reading.comment.id)
        if objection_start(move_ref, ledger) < point.span.start
    ]
    if before or author is None:
        return before
    by_them = (ancestor.comment.id for ancestor in above if ancestor.comment.author == author)
    return next((objections for comment_id in by_them if (objections := ledger.objections_in(comment_id))), [])


def objection_start(objection: MoveRef, ledger: Ledger) -> int:
    """Where an objection begins in its comment."""
    return ledger.moves[objection.id].evidence[0].start


def objections_meant(
    point: Point, cue: Cue, objections: Sequence[MoveRef], above: Sequence[Reading], ledger: Ledger
) -> Sequence[MoveRef]:
    """All of them, or where the words say of what ("the point about the weir"): those that share a word with it.

    Where none does, those that the comment above answered. None is taken back twice.
    """
    objections = [move_ref for move_ref in objections if move_ref.id not in ledger.taken_back]
    tokens = point.first_sentence.words
    if words(cue.phrase)[-1] not in OWNED or (not WHOLE.isdisjoint(tokens) and PART.isdisjoint(tokens)):
        return objections
    stems = point.stems - content_stems(words(cue.phrase))
    named = [
        move_ref for move_ref in objections if stems & content_stems(words(ledger.moves[move_ref.id].evidence[0].exact))
    ]
    answered = ledger.target_moves_by_comment.get(above[0].comment.id, frozenset()) if above else frozenset[str]()
    return named or [move_ref for move_ref in objections if move_ref.id in answered]

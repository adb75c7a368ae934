"""Objections that their own writer takes back: in a later comment, or in words added below them."""

from __future__ import annotations

from collections.abc import Sequence

from rejoinder.loaders.extract.claims import Point
from rejoinder.loaders.extract.cues import Cue
from rejoinder.loaders.extract.moves import Ledger
from rejoinder.loaders.extract.reading import Reading, Sentence
from rejoinder.loaders.extract.words import content, words
from rejoinder.records import Kind, Method, MoveRef

AGAINST = frozenset({"contrast", "disagree"})
WHOLE = frozenset({"comment", "comments", "post", "reply", "message", "remark", "remarks", "objection", "objections"})
PART = frozenset({"about", "on", "to", "that"})  # "my remark on the weir" is not all that was said


def takes_back(one: Sentence) -> Cue | None:
    """The words with which a sentence takes something back, if nothing in it turns against them."""
    return None if one.asks or not AGAINST.isdisjoint(one.acts) else one.cue("withdraw")


def withdraw(point: Point, reading: Reading, above: Sequence[Reading], ledger: Ledger) -> bool:
    """Adds a Concession of each objection of its writer that a point takes back; tells whether they had any.

    They stand before the point in its own comment, else in the writer's nearest comment `above` that objects.
    """
    cue, author = takes_back(point.first), reading.comment.author
    if cue is None:
        return False
    own = own_objections(point, reading, above, ledger)
    for one in meant(point, cue, own, above, ledger):
        ledger.move(
            Kind.CONCESSION,
            ledger.claim(point.span, author),
            one,
            ledger.moves[one.id].comment,
            evidence=point.span,
            author=author,
            confidence=cue.confidence,
            method=Method.RULE,
            cue=cue.phrase,
        )
        ledger.taken_back.add(one.id)
    return bool(own)


def own_objections(point: Point, reading: Reading, above: Sequence[Reading], ledger: Ledger) -> list[MoveRef]:
    """What the writer of a point last objected to before it."""
    author = reading.comment.author
    before = [one for one in ledger.objections_in(reading.comment.id) if place(one, ledger) < point.span.start]
    if before or author is None:
        return before
    by_them = (one.comment.id for one in above if one.comment.author == author)
    return next((found for one in by_them if (found := ledger.objections_in(one))), [])


def place(objection: MoveRef, ledger: Ledger) -> int:
    """Where an objection begins in its comment."""
    return ledger.moves[objection.id].evidence[0].start


def meant(
    point: Point, cue: Cue, able: Sequence[MoveRef], above: Sequence[Reading], ledger: Ledger
) -> Sequence[MoveRef]:
    """Those that the point shares a word with; else those that the comment above answered; else all. None twice.

    Who takes back "my comment", and not what it says on something, names none by other words.
    """
    able = [one for one in able if one.id not in ledger.taken_back]
    all_of_it = not WHOLE.isdisjoint(point.said) and PART.isdisjoint(point.said)
    stems = frozenset[str]() if all_of_it else point.stems - content(words(cue.phrase))
    named = [one for one in able if stems & content(words(ledger.moves[one.id].evidence[0].exact))]
    answered = ledger.aims.get(above[0].comment.id, frozenset()) if above else frozenset[str]()
    return named or [one for one in able if one.id in answered] or able

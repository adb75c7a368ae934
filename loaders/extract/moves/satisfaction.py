"""Objectors who say that an answer satisfies them: "That answers it, thanks", "With that explained I'm fine"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.withdrawing import QUOTES, give_up_objections
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.text.caching import cached_on_argument
from rejoinder.loaders.extract.text.lexicon import NEGATIONS
from rejoinder.loaders.extract.text.outright import SUPPOSING
from rejoinder.loaders.extract.text.reading import Reading, Sentence
from rejoinder.records import MoveRef

SURE = 0.75
LONGEST = 16  # words of such a sentence
WORRY = r"(?:questions?|concerns?|objections?|worry|worries|doubts?|points?|issues?)"
FINE = r"(?:i['’]m|i am|we['’]re|we are)\s+(?:now\s+)?"
SAID = re.compile(
    r"(?:\W*\b(?:ok|okay|ah|oh|great|thanks|thank you|yes|right|good|perfect|cool|alright|all right|fair enough|got it"
    r"|makes sense|in that case|then|and|so)\b\W*){0,4}"
    r"(?:(?:that|this|which|it)\s+(?:fully\s+|completely\s+|indeed\s+)?"
    r"(?:answers|answered|settles|resolves|resolved|addresses|clears up)\s+"
    rf"(?:it|that|this|everything|(?:all )?my {WORRY})\b"
    rf"|my {WORRY}\s+(?:is|are|has been|have been)\s+(?:now\s+)?(?:answered|addressed|resolved|settled|gone)\b"
    rf"|{FINE}(?:satisfied|convinced)\b"
    rf"|{FINE}(?:fine|ok|okay|happy|content|good)(?:\s+with\s+(?:it|that|this|the \w+))?\s+(?:now|then)\b"
    r"|with\s+(?:that|this|it|all that)\s+(?:\w+\s+){0,2}(?:explained|cleared up|settled|added|fixed|in place)\W+"
    rf"{FINE}(?:fine|ok|okay|happy|content|good|satisfied)\b"
    rf"|(?:i have\s+)?no (?:further|more) {WORRY}(?:\s+from me)?\W*\Z)",
    re.IGNORECASE,
)
HALF = frozenset(["partly", "partially", "mostly", "almost", "half", "one", "first", "some", "part"])
AGAINST = frozenset({"contrast", "disagree", "wrong"})


@cached_on_argument
def is_satisfied(sentence: Sentence) -> bool:
    """True if a sentence says, on no condition and of all of it, that an answer will do."""
    if (
        sentence.asks
        or len(sentence.words) > LONGEST
        or not AGAINST.isdisjoint(sentence.acts)
        or not SAID.match(sentence.exact)
    ):
        return False
    if not QUOTES.isdisjoint(sentence.exact) or not (SUPPOSING | HALF).isdisjoint(sentence.words):
        return False
    return (NEGATIONS - {"no"}).isdisjoint(sentence.words)


def add_satisfaction(point: Point, reading: Reading, above: Sequence[Reading], ledger: Ledger) -> bool:
    """Adds a Concession, by its own writer, of each objection that was answered to their liking; tells whether any was.

    Those are of the nearest comment above in which they objected, and answered since; where nothing was found to answer
    it, the only one there.
    """
    if reading.comment.author is None or not above or not is_satisfied(point.first_sentence):
        return False
    done = answered_objections(reading.comment.author, above, ledger)
    give_up_objections(done, point, reading.comment.author, SURE, "is satisfied", ledger)
    return bool(done)


def answered_objections(author: str, above: Sequence[Reading], ledger: Ledger) -> list[MoveRef]:
    """What this author last objected to and was answered, if it was not taken back already."""
    aims = set[str]()
    for reading in above:
        own = reading.comment.author == author
        if own and (
            move_refs := [
                move_ref
                for move_ref in ledger.objections_in(reading.comment.id)
                if move_ref.id not in ledger.taken_back
            ]
        ):
            return [move_ref for move_ref in move_refs if move_ref.id in aims] or (
                move_refs if len(move_refs) == 1 else []
            )
        aims |= frozenset() if own else ledger.target_moves_by_comment.get(reading.comment.id, frozenset())
    return []

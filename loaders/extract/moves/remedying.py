"""Reports on what was objected to, item by item: "Done for 1 and 3, still thinking about 2", "docs: added"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rejoinder.loaders.extract.moves.consenting import add_concession
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.reply_points import ReplyPoint, objections_owed, owes_answer
from rejoinder.loaders.extract.moves.settling import objection_stems, text_stems
from rejoinder.loaders.extract.points.answered_questions import YES_OR_NO
from rejoinder.loaders.extract.points.numbering import Mark, mark_at
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.records import MoveRef

DONE = re.compile(
    r"(?<!not )(?<!n't )(?<!n’t )(?<!be )(?<!to )\b(?:done|fixed|added|addressed|changed|updated|removed|corrected"
    r"|on it|implemented|resolved|merged|rewritten|will (?:do|fix|add|change|update|remove|correct))\b",
    re.IGNORECASE,
)
# What leaves an item open, in a clause that may report another done.
WAITS = re.compile(
    r"\b(?:still|yet|thinking about|(?:has|have) to wait|(?:must|can) wait|tbd|to ?do|pending|undecided)\b",
    re.IGNORECASE,
)
# A sentence that only says so, perhaps below a label or a number: "Still thinking about 2.", "undo: not yet".
WAITING = re.compile(
    r"\W*+(?:[\w'’ -]{2,40}?:\s+|(?:for |on |re )?#?\d{1,2}\W{0,3}\s*)?"
    r"(?:(?:i['’]m|we['’]re|i am|we are|is|are)\s+)?"
    r"(?:still (?:thinking|looking|undecided|pending|open|to do)\b.*|not yet|tbd|to ?do|pending|undecided"
    r"|no (?:idea|fix|solution) yet|(?:has|have|will have) to wait)\W*",
    re.IGNORECASE,
)
NUMBERS = re.compile(
    r"(?<!in )(?<!version )(?<![\w.#/])#?\d{1,2}(?:\s*(?:,|,? and|&|\+|/)\s*#?\d{1,2})*(?![\w./%])", re.IGNORECASE
)
EACH = re.compile(r"\d{1,2}")
# Clauses: at commas, but those between numbers.
PARTS = re.compile(r"[;!]|\.(?=\s|\Z)|,(?!(?<=\d,)\s*(?:and\s+)?#?\d)|\bbut\b|\bwhile\b")
# "Added a page on that.", but not "Added sugar is bad".
OPENING = re.compile(
    r"\W*+(?:done|fixed|added|addressed|changed|updated|removed|corrected|implemented|resolved|rewritten|will do)"
    r"(?=\W*\Z|\s*[,;:.!]|\s+(?:an?|the|that|this|it|them|one|some|in|for|to|as|both|all|now|those|these|your|here)\b)",
    re.IGNORECASE,
)
LABELLED = re.compile(r"\W*([\w'’ -]{2,40}?)\W?:\s+(\S.*)", re.DOTALL)
LONGEST = 16  # words of a report


def leaves_open(sentence: Sentence, asked: bool) -> bool:
    """True if a sentence only says that something is left open; "Not yet." answers, where something was asked."""
    if len(sentence.words) > LONGEST or sentence.asks or (asked and YES_OR_NO.match(sentence.exact)):
        return False
    return WAITING.fullmatch(sentence.exact) is not None and DONE.search(sentence.exact) is None


def add_remedies(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """Adds a Concession of each item that the point reports done; tells whether its writer does so and owed them."""
    if reply_point.sentence.asks or len(reply_point.sentence.words) > LONGEST or not owes_answer(reply_point, ledger):
        return False
    owed = objections_owed(reply_point, ledger)
    cue = DONE.search(reply_point.sentence.exact)
    done = (
        []
        if cue is None
        else [*objections_by_number(reply_point, owed, ledger), *objections_by_label(reply_point, owed, ledger)]
    )
    if cue is None or not (done or opens_with_done(reply_point)):
        return False
    for move_ref in dict.fromkeys(done) or [reply_point.objection]:
        add_concession(replace(reply_point, objection=move_ref), cue[0].casefold(), ledger)
    return True


def opens_with_done(reply_point: ReplyPoint) -> bool:
    """True if the point begins with what was done: "Added a page on that."."""
    return OPENING.match(reply_point.sentence.exact) is not None and WAITS.search(reply_point.sentence.exact) is None


def objections_by_number(reply_point: ReplyPoint, owed: Sequence[MoveRef], ledger: Ledger) -> Iterator[MoveRef]:
    """The objections whose numbers the point says are done."""
    numbers = set(done_numbers(reply_point.sentence.exact))
    marks = reply_point.reply.parent_numbers if numbers else ()
    for move_ref in owed:
        if objection_number(move_ref, marks, ledger) in numbers:
            yield move_ref


def done_numbers(text: str) -> Iterator[str]:
    """The numbers beside which a sentence says that something is done, clause by clause."""
    for part in PARTS.split(text):
        if DONE.search(part) and not WAITS.search(part):
            for match in NUMBERS.finditer(part):
                yield from EACH.findall(match[0])


def objection_number(objection: MoveRef, marks: Sequence[Mark], ledger: Ledger) -> str | None:
    """The number that an objection bears in its comment."""
    mark = mark_at(marks, ledger.moves[objection.id].evidence[0].start)
    return None if mark is None else mark.number


def objections_by_label(reply_point: ReplyPoint, owed: Sequence[MoveRef], ledger: Ledger) -> list[MoveRef]:
    """The objection that the words before a colon name: "docs: added"; none where several do."""
    match = LABELLED.fullmatch(reply_point.sentence.exact)
    if match is None or DONE.match(match[2]) is None or WAITS.search(match[2]):
        return []
    label = text_stems(match[1])
    objections = [move_ref for move_ref in owed if label & objection_stems(move_ref, ledger)]
    return objections if len(objections) == 1 else []

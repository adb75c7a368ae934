"""Which objections the words of a concession settle, and whether they grant all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.reply_points import GRANTING_ACTS, ReplyPoint, objections_owed, turns_against
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.text.words import content_stems, words
from rejoinder.loaders.extract.weighing.targets import VAGUELY_CHOSEN
from rejoinder.records import MoveRef

BRIEF_WORDS = 15  # words at most of a reply that concedes all that was said
OPPOSING_ACTS = frozenset({"contrast", "disagree", "no", "rhetorical", "undermine", "undercut", "dismiss"})
ALL_GRANTING_PHRASES = frozenset({"good points", "great points", "fair points", "valid points", "points taken"})
# Words that grant one point, and leave open which, unless it is named.
ONE_WORDS = ("good point", "great point", "fair point", "valid point", "point taken", "good catch", "nice catch")
ONE_GRANTING_PHRASES = frozenset(ONE_WORDS)
# Words after which nothing of the objection is left: what elaborates it is settled, too.
SETTLING_WORDS = frozenset({"delta", "δ", "∆", "convinced", "convinces", "sold", "catch", "taken"})
MIND_WORDS = frozenset({"mind", "view"})  # "you've changed my mind"
NEW_POINT_WORDS = frozenset(["second", "secondly", "third", "thirdly", "another", "finally", "lastly", "separately"])
HALF_PHRASES = (
    ("in", "part"),
    ("in", "theory"),
    ("in", "principle"),
    ("up", "to", "a", "point"),
    ("to", "some", "extent"),
)
HALF_WORDS = frozenset({"partly", "partially"})


def conceded_points(reply_point: ReplyPoint, ledger: Ledger) -> list[ReplyPoint]:
    """The point, for each objection that it concedes.

    Where a brief reply names none, that is what the rest of it grants by name; else all of the comment if it gives in
    to several points, and the surest if it grants one. A longer reply goes from one to the next.
    """
    if (
        reply_point.objection is None
        or reply_point.choice.chosen_by not in VAGUELY_CHOSEN
        or not is_brief(reply_point)
        or grants_partly(reply_point, ledger)
    ):
        move_refs = [reply_point.objection]
    else:
        move_refs = list(unnamed_objections(reply_point, ledger))
    if settles_wholly(reply_point.sentence):
        further = elaborations(reply_point, ledger, {*move_refs})
        move_refs += [objection for objection in further if objection not in move_refs]
    return [replace(reply_point, objection=move_ref) for move_ref in move_refs]


def unnamed_objections(reply_point: ReplyPoint, ledger: Ledger) -> Sequence[MoveRef | None]:
    """The objections that words concede which name none."""
    owed = objections_owed(reply_point, ledger)
    granted = {cue.phrase for cue in reply_point.sentence.cues if cue.act in GRANTING_ACTS}
    if not owed or not ALL_GRANTING_PHRASES.isdisjoint(granted):
        return owed or [reply_point.objection]
    names = granted_stems(reply_point.reply.points)
    if named := [move_ref for move_ref in owed if names & objection_stems(move_ref, ledger)]:
        return named
    reading = reply_point.reply.reading
    gives_in = {cue.phrase for sentence in reading.sentences for cue in sentence.cues if cue.act in GRANTING_ACTS}
    if not gives_in <= ONE_GRANTING_PHRASES:
        return owed
    return [max(owed, key=lambda move_ref: ledger.moves[move_ref.id].confidence)]


def is_brief(reply_point: ReplyPoint) -> bool:
    """True if the reply says little, and nothing against what it replies to."""
    reading = reply_point.reply.reading
    return len(reading.words) <= BRIEF_WORDS and OPPOSING_ACTS.isdisjoint(reading.acts)


def granted_stems(points: Sequence[Point]) -> frozenset[str]:
    """Stems of what the points that grant something are about."""
    granting = (point.first_sentence for point in points if not GRANTING_ACTS.isdisjoint(point.first_sentence.acts))
    return frozenset().union(*(stems_beside_grant(sentence) for sentence in granting))


def stems_beside_grant(sentence: Sentence) -> frozenset[str]:
    """Stems of a sentence, but those of its phrases that grant."""
    return sentence.stems - content_stems(
        word for cue in sentence.cues if cue.act in GRANTING_ACTS for word in words(cue.phrase)
    )


def objection_stems(objection: MoveRef, ledger: Ledger) -> frozenset[str]:
    """Stems of an objection's words."""
    return text_stems(ledger.moves[objection.id].evidence[0].exact)


@lru_cache(maxsize=1_000)
def text_stems(text: str) -> frozenset[str]:
    """Stems of a text's words."""
    return content_stems(words(text))


def settles_wholly(sentence: Sentence) -> bool:
    """True if its words leave nothing of the objection: "!delta", "point taken", "you've changed my mind"."""
    phrases = (frozenset(words(cue.phrase)) for cue in sentence.cues if cue.act in GRANTING_ACTS)
    return any(not SETTLING_WORDS.isdisjoint(phrase) or not MIND_WORDS.isdisjoint(phrase) for phrase in phrases)


def elaborations(reply_point: ReplyPoint, ledger: Ledger, conceded_to: set[MoveRef | None]) -> Iterator[MoveRef]:
    """The objections of the same run of sentences as one that is conceded: its paragraph, up to "Also, ..."."""
    for run in objection_runs(reply_point, ledger):
        if not conceded_to.isdisjoint(run):
            yield from run


def objection_runs(reply_point: ReplyPoint, ledger: Ledger) -> list[list[MoveRef]]:
    """The objections of the comment that the point is about, sentence after sentence of one point together."""
    points = reply_point.choice.compared.candidates if reply_point.choice.compared is not None else ()
    firsts = {point.span: point.first_sentence for point in points}
    runs: list[list[MoveRef]] = []
    block = None
    for move_ref in ledger.objections_in(reply_point.choice.comment.id):
        first = firsts.get(ledger.moves[move_ref.id].evidence[0])
        if first is None or first.block != block or begins_new_point(first):
            runs.append([])
        runs[-1].append(move_ref)
        block = None if first is None else first.block
    return runs


def begins_new_point(sentence: Sentence) -> bool:
    """True if a sentence begins another point: "Also, ...", "Second, ..."."""
    return "same" in sentence.acts or (bool(sentence.words) and sentence.words[0] in NEW_POINT_WORDS)


def grants_partly(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """True if the point grants only a part, or what follows turns against the rest of the same objection."""
    tokens = reply_point.sentence.words
    if not HALF_WORDS.isdisjoint(tokens) or any(
        half == tokens[at : at + len(half)] for half in HALF_PHRASES for at in range(len(tokens))
    ):
        return True
    after = next_point(reply_point)
    if (
        after is None
        or after.place == 0
        or not (turns_against(reply_point.sentence, after.first_sentence) or makes_point(after.first_sentence))
    ):
        return False
    others = (
        move_ref
        for move_ref in ledger.objections_in(reply_point.choice.comment.id)
        if move_ref != reply_point.objection
    )
    own = frozenset() if reply_point.objection is None else objection_stems(reply_point.objection, ledger)
    return bool(after.stems & own) or not any(after.stems & objection_stems(other, ledger) for other in others)


def next_point(reply_point: ReplyPoint) -> Point | None:
    """The point that follows."""
    points = reply_point.reply.points
    place = points.index(reply_point.point) + 1
    return points[place] if place < len(points) else None


def makes_point(sentence: Sentence) -> bool:
    """True for "The point is ...", which after a grant goes against the rest."""
    return "point" in sentence.acts and GRANTING_ACTS.isdisjoint(sentence.acts)

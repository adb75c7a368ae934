"""Which objections the words of a concession settle, and whether they grant all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.said import GRANTING_ACTS, ReplyPoint, objections_owed, turns_against
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


def conceded_points(one: ReplyPoint, ledger: Ledger) -> list[ReplyPoint]:
    """The point, for each objection that it concedes.

    Where a brief reply names none, that is what the rest of it grants by name; else all of the comment if it gives in
    to several points, and the surest if it grants one. A longer reply goes from one to the next.
    """
    if one.objection is None or one.choice.how not in VAGUELY_CHOSEN or not is_brief(one) or grants_partly(one, ledger):
        found = [one.objection]
    else:
        found = list(unnamed_objections(one, ledger))
    if settles_wholly(one.first):
        found += [each for each in elaborations(one, ledger, {*found}) if each not in found]
    return [replace(one, objection=each) for each in found]


def unnamed_objections(one: ReplyPoint, ledger: Ledger) -> Sequence[MoveRef | None]:
    """The objections that words concede which name none."""
    able = objections_owed(one, ledger)
    granted = {cue.phrase for cue in one.first.cues if cue.act in GRANTING_ACTS}
    if not able or not ALL_GRANTING_PHRASES.isdisjoint(granted):
        return able or [one.objection]
    names = granted_stems(one.reply.points)
    if named := [each for each in able if names & objection_stems(each, ledger)]:
        return named
    whole = one.reply.reading
    gives_in = {cue.phrase for sentence in whole.sentences for cue in sentence.cues if cue.act in GRANTING_ACTS}
    if not gives_in <= ONE_GRANTING_PHRASES:
        return able
    return [max(able, key=lambda each: ledger.moves[each.id].confidence)]


def is_brief(one: ReplyPoint) -> bool:
    """True if the reply says little, and nothing against what it replies to."""
    whole = one.reply.reading
    return len(whole.said) <= BRIEF_WORDS and OPPOSING_ACTS.isdisjoint(whole.acts)


def granted_stems(points: Sequence[Point]) -> frozenset[str]:
    """Stems of what the points that grant something are about."""
    granting = (one.first for one in points if not GRANTING_ACTS.isdisjoint(one.first.acts))
    return frozenset().union(*(stems_beside_grant(one) for one in granting))


def stems_beside_grant(one: Sentence) -> frozenset[str]:
    """Stems of a sentence, but those of its phrases that grant."""
    return one.stems - content_stems(word for cue in one.cues if cue.act in GRANTING_ACTS for word in words(cue.phrase))


def objection_stems(objection: MoveRef, ledger: Ledger) -> frozenset[str]:
    """Stems of an objection's words."""
    return text_stems(ledger.moves[objection.id].evidence[0].exact)


@lru_cache(maxsize=1_000)
def text_stems(text: str) -> frozenset[str]:
    """Stems of a text's words."""
    return content_stems(words(text))


def settles_wholly(one: Sentence) -> bool:
    """True if its words leave nothing of the objection: "!delta", "point taken", "you've changed my mind"."""
    said = (frozenset(words(cue.phrase)) for cue in one.cues if cue.act in GRANTING_ACTS)
    return any(not SETTLING_WORDS.isdisjoint(each) or not MIND_WORDS.isdisjoint(each) for each in said)


def elaborations(one: ReplyPoint, ledger: Ledger, conceded_to: set[MoveRef | None]) -> Iterator[MoveRef]:
    """The objections of the same run of sentences as one that is conceded: its paragraph, up to "Also, ..."."""
    for run in objection_runs(one, ledger):
        if not conceded_to.isdisjoint(run):
            yield from run


def objection_runs(one: ReplyPoint, ledger: Ledger) -> list[list[MoveRef]]:
    """The objections of the comment that the point is about, sentence after sentence of one point together."""
    told = one.choice.compared.candidates if one.choice.compared is not None else ()
    firsts = {each.span: each.first for each in told}
    found: list[list[MoveRef]] = []
    block = None
    for each in ledger.objections_in(one.choice.comment.id):
        first = firsts.get(ledger.moves[each.id].evidence[0])
        if first is None or first.block != block or begins_new_point(first):
            found.append([])
        found[-1].append(each)
        block = None if first is None else first.block
    return found


def begins_new_point(one: Sentence) -> bool:
    """True if a sentence begins another point: "Also, ...", "Second, ..."."""
    return "same" in one.acts or (bool(one.said) and one.said[0] in NEW_POINT_WORDS)


def grants_partly(one: ReplyPoint, ledger: Ledger) -> bool:
    """True if the point grants only a part, or what follows turns against the rest of the same objection."""
    said = one.first.said
    if not HALF_WORDS.isdisjoint(said) or any(
        half == said[at : at + len(half)] for half in HALF_PHRASES for at in range(len(said))
    ):
        return True
    after = next_point(one)
    if after is None or after.place == 0 or not (turns_against(one.first, after.first) or makes_point(after.first)):
        return False
    others = (each for each in ledger.objections_in(one.choice.comment.id) if each != one.objection)
    own = frozenset() if one.objection is None else objection_stems(one.objection, ledger)
    return bool(after.stems & own) or not any(after.stems & objection_stems(each, ledger) for each in others)


def next_point(one: ReplyPoint) -> Point | None:
    """The point that follows."""
    points = one.reply.points
    place = points.index(one.point) + 1
    return points[place] if place < len(points) else None


def makes_point(one: Sentence) -> bool:
    """True for "The point is ...", which after a grant goes against the rest."""
    return "point" in one.acts and GRANTING_ACTS.isdisjoint(one.acts)

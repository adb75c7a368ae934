"""Which objections the words of a concession settle, and whether they grant all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.said import GRANTING, Said, owed, turns_against
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.text.words import content, words
from rejoinder.loaders.extract.weighing.targets import VAGUE
from rejoinder.records import MoveRef

BRIEF = 15  # words at most of a reply that concedes all that was said
STANDS_BY = frozenset({"contrast", "disagree", "no", "rhetorical", "undermine", "undercut", "dismiss"})
ALL = frozenset({"good points", "great points", "fair points", "valid points", "points taken"})
# Words that grant one point, and leave open which, unless it is named.
ONE_WORDS = ("good point", "great point", "fair point", "valid point", "point taken", "good catch", "nice catch")
ONE = frozenset(ONE_WORDS)
# Words after which nothing of the objection is left: what elaborates it is settled, too.
SETTLING = frozenset({"delta", "δ", "∆", "convinced", "convinces", "sold", "catch", "taken"})
MINDS = frozenset({"mind", "view"})  # "you've changed my mind"
NEW_POINT = frozenset(["second", "secondly", "third", "thirdly", "another", "finally", "lastly", "separately"])
HALF = (("in", "part"), ("in", "theory"), ("in", "principle"), ("up", "to", "a", "point"), ("to", "some", "extent"))
HALVES = frozenset({"partly", "partially"})


def conceded(one: Said, ledger: Ledger) -> list[Said]:
    """The point, for each objection that it concedes.

    Where a brief reply names none, that is what the rest of it grants by name; else all of the comment if it gives in
    to several points, and the surest if it grants one. A longer reply goes from one to the next.
    """
    if one.objection is None or one.choice.how not in VAGUE or not brief(one) or partly(one, ledger):
        found = [one.objection]
    else:
        found = list(unnamed(one, ledger))
    if settles(one.first):
        found += [each for each in elaborations(one, ledger, {*found}) if each not in found]
    return [replace(one, objection=each) for each in found]


def unnamed(one: Said, ledger: Ledger) -> Sequence[MoveRef | None]:
    """The objections that words concede which name none."""
    able = owed(one, ledger)
    granted = {cue.phrase for cue in one.first.cues if cue.act in GRANTING}
    if not able or not ALL.isdisjoint(granted):
        return able or [one.objection]
    names = named_by(one.reply.points)
    if named := [each for each in able if names & stems_of(each, ledger)]:
        return named
    whole = one.reply.reading
    gives_in = {cue.phrase for sentence in whole.sentences for cue in sentence.cues if cue.act in GRANTING}
    if not gives_in <= ONE:
        return able
    return [max(able, key=lambda each: ledger.moves[each.id].confidence)]


def brief(one: Said) -> bool:
    """True if the reply says little, and nothing against what it replies to."""
    whole = one.reply.reading
    return len(whole.said) <= BRIEF and STANDS_BY.isdisjoint(whole.acts)


def named_by(points: Sequence[Point]) -> frozenset[str]:
    """Stems of what the points that grant something are about."""
    granting = (one.first for one in points if not GRANTING.isdisjoint(one.first.acts))
    return frozenset().union(*(said_of(one) for one in granting))


def said_of(one: Sentence) -> frozenset[str]:
    """Stems of a sentence, but those of its phrases that grant."""
    return one.stems - content(word for cue in one.cues if cue.act in GRANTING for word in words(cue.phrase))


def stems_of(objection: MoveRef, ledger: Ledger) -> frozenset[str]:
    """Stems of an objection's words."""
    return stems(ledger.moves[objection.id].evidence[0].exact)


@lru_cache(maxsize=1_000)
def stems(text: str) -> frozenset[str]:
    """Stems of a text's words."""
    return content(words(text))


def settles(one: Sentence) -> bool:
    """True if its words leave nothing of the objection: "!delta", "point taken", "you've changed my mind"."""
    said = (frozenset(words(cue.phrase)) for cue in one.cues if cue.act in GRANTING)
    return any(not SETTLING.isdisjoint(each) or not MINDS.isdisjoint(each) for each in said)


def elaborations(one: Said, ledger: Ledger, conceded_to: set[MoveRef | None]) -> Iterator[MoveRef]:
    """The objections of the same run of sentences as one that is conceded: its paragraph, up to "Also, ..."."""
    for run in runs(one, ledger):
        if not conceded_to.isdisjoint(run):
            yield from run


def runs(one: Said, ledger: Ledger) -> list[list[MoveRef]]:
    """The objections of the comment that the point is about, sentence after sentence of one point together."""
    told = one.choice.compared.candidates if one.choice.compared is not None else ()
    firsts = {each.span: each.first for each in told}
    found: list[list[MoveRef]] = []
    block = None
    for each in ledger.objections_in(one.choice.comment.id):
        first = firsts.get(ledger.moves[each.id].evidence[0])
        if first is None or first.block != block or is_new(first):
            found.append([])
        found[-1].append(each)
        block = None if first is None else first.block
    return found


def is_new(one: Sentence) -> bool:
    """True if a sentence begins another point: "Also, ...", "Second, ..."."""
    return "same" in one.acts or (bool(one.said) and one.said[0] in NEW_POINT)


def partly(one: Said, ledger: Ledger) -> bool:
    """True if the point grants only a part, or what follows turns against the rest of the same objection."""
    said = one.first.said
    if not HALVES.isdisjoint(said) or any(
        half == said[at : at + len(half)] for half in HALF for at in range(len(said))
    ):
        return True
    after = next_point(one)
    if after is None or after.place == 0 or not (turns_against(one.first, after.first) or makes_point(after.first)):
        return False
    others = (each for each in ledger.objections_in(one.choice.comment.id) if each != one.objection)
    own = frozenset() if one.objection is None else stems_of(one.objection, ledger)
    return bool(after.stems & own) or not any(after.stems & stems_of(each, ledger) for each in others)


def next_point(one: Said) -> Point | None:
    """The point that follows."""
    points = one.reply.points
    place = points.index(one.point) + 1
    return points[place] if place < len(points) else None


def makes_point(one: Sentence) -> bool:
    """True for "The point is ...", which after a grant goes against the rest."""
    return "point" in one.acts and GRANTING.isdisjoint(one.acts)

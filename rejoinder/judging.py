"""What somebody judges on the command line, as a judgement: of a claim or a move that is in the store."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from rejoinder.errors import BadParameter
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples import build, read
from rejoinder.graph.triples.read_map import KINDS
from rejoinder.graph.triples.terms import IS_A, RJ, Names, rj
from rejoinder.records import Judgement, Kind, ThreadKey, Verdict, kinds, normalised

SIDES = (Kind.OBJECTION, Kind.SUPPORT, Kind.REPLY)
Words = tuple[ThreadKey, str, str]  # the thread, the comment's id and the words


def judgement(
    snapshot: Snapshot, verdict: Verdict, iri: str, kind: Kind | None, aim: str | None, by: str | None, note: str | None
) -> Judgement:
    """The judgement of a claim or move, aimed at another, by their IRIs; what it does is `kind`, else what was found.

    Raises BadParameter where that is nothing.
    """
    key, comment, words = words_of(snapshot, iri)
    if verdict is Verdict.WITHDRAWN:
        return withdrawn(snapshot, (key, comment, words), kind)
    if verdict is Verdict.RIGHT and kind in (Kind.MOVE, Kind.QUOTATION):
        raise BadParameter(f"--kind: a {kind} cannot be judged right, only wrong")
    if verdict is Verdict.RIGHT and kind is Kind.SIMILARITY and aim is None:
        raise BadParameter("--to: expected the claim that says the same")
    found = kind or kind_of(snapshot, iri, verdict)
    target = None if aim is None else words_of(snapshot, aim)
    if target is not None and target[0] != key:
        raise BadParameter("--to: expected a claim or move of the same thread")
    _, aim_comment, aim_words = target or (key, None, None)
    return Judgement(key, comment, found, verdict, words, aim_comment, aim_words, by, note)


def words_of(snapshot: Snapshot, iri: str) -> Words:
    """Where a claim or a move is made: the first of its spans."""
    node = ox.NamedNode(iri)
    spans = sorted(one for name in ("statedIn", "evidence") for one in values(snapshot, node, name))
    if not spans:
        raise BadParameter(f"{iri}: expected a claim or move with words, got a reaction without")
    span = ox.NamedNode(spans[0])
    comment = ox.NamedNode(snapshot.value(span, RJ + "inComment") or "")
    key = Names(snapshot.base).key_of(snapshot.value(comment, build.CONTAINER) or "")
    return key, snapshot.value(comment, build.SIOC_ID) or "", snapshot.value(span, RJ + "exact") or ""


def values(snapshot: Snapshot, node: ox.NamedNode, name: str) -> Iterator[str]:
    """The values of a property of ours."""
    yield from (quad.object.value for quad in snapshot.store.quads_for_pattern(node, rj(name), None))  # type: ignore[union-attr]


def kind_of(snapshot: Snapshot, iri: str, verdict: Verdict) -> Kind:
    """What a move is, or what a claim was found to do: that it objects, else the surest; of what is wrong the side."""
    node = ox.NamedNode(iri)
    made = [node] if "/move/" in iri else list(made_by(snapshot, node))
    kind = max(((weight(snapshot, one), narrowest(snapshot, one)) for one in made), default=(None, None))[1]
    if kind is None:
        raise BadParameter("--kind: expected a kind of move, for these words were not found to do anything")
    if verdict is not Verdict.WRONG:
        return kind
    return next((side for side in SIDES if side in kinds(kind)), kind)


def made_by(snapshot: Snapshot, claim: ox.NamedNode) -> Iterator[ox.NamedNode]:
    """The moves of a claim that take a side, answer or ask."""
    for quad in snapshot.store.quads_for_pattern(None, rj("source"), claim):
        move = quad.subject
        if isinstance(move, ox.NamedNode) and not set(SIDES).isdisjoint(kinds(narrowest(snapshot, move))):
            yield move


def weight(snapshot: Snapshot, move: ox.NamedNode) -> tuple[bool, float, str]:
    """What puts a move before others of its claim: that it objects, and then how sure it is."""
    sure = float(snapshot.value(move, RJ + "confidence") or 0)
    return Kind.OBJECTION in kinds(narrowest(snapshot, move)), sure, move.value


def narrowest(snapshot: Snapshot, move: ox.NamedNode) -> Kind:
    """The kind of a move that has no narrower one beside it."""
    types = snapshot.store.quads_for_pattern(move, ox.NamedNode(IS_A), None)
    return KINDS[frozenset(quad.object.value for quad in types)]  # type: ignore[union-attr]


def withdrawn(snapshot: Snapshot, said: Words, kind: Kind | None) -> Judgement:
    """The withdrawal of the one judgement of these words; raises BadParameter where there is none, or several."""
    key, comment, words = said
    names = Names(snapshot.base)
    quads = snapshot.store.quads_for_pattern(None, None, None, ox.NamedNode(names.curation(key)))
    made = [one for one in read.judgements(quads, key) if one.comment == comment and kind in (None, one.kind)]
    made = [one for one in made if one.words is None or normalised(one.words) == normalised(words)]
    if len(made) == 1:
        one = made[0]
        return Judgement(key, comment, one.kind, Verdict.WITHDRAWN, one.words, one.target, one.target_words)
    several = f"several judgements: of {', '.join(sorted(one.kind for one in made))}" if made else "no judgement"
    raise BadParameter(f"expected one judgement of these words{f' as {kind}' if kind else ''}, got {several}")

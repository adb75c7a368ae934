"""What somebody judges on the command line, as a judgement: of a claim or a move that is in the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyoxigraph as ox

from rejoinder.errors import BadParameter, NotFound
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples import build, read
from rejoinder.graph.triples.read_map import KINDS
from rejoinder.graph.triples.terms import IS_A, RJ, Names, rj
from rejoinder.loaders.judgements import alike
from rejoinder.named import named
from rejoinder.records import Judgement, Kind, ThreadKey, Verdict, kinds

SIDES = (Kind.OBJECTION, Kind.SUPPORT, Kind.REPLY)
Words = tuple[ThreadKey, str, str | None]  # the thread, the comment's id and the words; None for all of it


def judgeable(snapshot: Snapshot, words: Sequence[str]) -> str:
    """The IRI of the claim or move that is named as for `explain`, else of the comment of that id.

    Raises NotFound, with what comes near, where there is none, or several comments have that id.
    """
    try:
        return named(snapshot, words)
    except NotFound:
        is_called = snapshot.store.quads_for_pattern(None, ox.NamedNode(build.SIOC_ID), ox.Literal(" ".join(words)))
        found = [quad.subject for quad in is_called if is_a(snapshot, quad.subject, "Comment")]
        if len(found) != 1 or not isinstance(found[0], ox.NamedNode):
            raise
        return found[0].value


def is_a(snapshot: Snapshot, node: object, name: str) -> bool:
    """Whether a node is of this class of ours."""
    found = isinstance(node, ox.NamedNode) and snapshot.store.quads_for_pattern(node, ox.NamedNode(IS_A), rj(name))
    return bool(found and next(found, None))


def judgements(
    snapshot: Snapshot, verdict: Verdict, iri: str, kind: Kind | None, aim: str | None, by: str | None, note: str | None
) -> list[Judgement]:
    """The judgement of a claim, move or comment, aimed at another, by their IRIs; it does `kind`, else what was found.

    Of a claim that makes moves in several comments it is one in each. Raises BadParameter where it does nothing.
    """
    places = places_of(snapshot, iri)
    if verdict is Verdict.WITHDRAWN:
        return withdrawn(snapshot, places, kind)
    if verdict is Verdict.RIGHT and kind in (Kind.MOVE, Kind.QUOTATION):
        raise BadParameter(f"--kind: a {kind} cannot be judged right, only wrong")
    if verdict is Verdict.RIGHT and kind is Kind.SIMILARITY and aim is None:
        raise BadParameter("--to: expected the claim that says the same")
    if kind is None and places[0][2] is None:
        raise BadParameter("--kind: expected what the comment does, or does not")
    found = kind or kind_of(snapshot, iri, verdict)
    target = None if aim is None else places_of(snapshot, aim)[0]
    if target is not None and target[0] != places[0][0]:
        raise BadParameter("--to: expected a claim or move of the same thread")
    _, to, aim_words = target or (None, None, None)
    made = makers(snapshot, iri)
    chosen = [one for one in places if one[1] in made] or places[:1]
    return [Judgement(key, comment, found, verdict, words, to, aim_words, by, note) for key, comment, words in chosen]


def places_of(snapshot: Snapshot, iri: str) -> list[Words]:
    """Where a claim or a move is made: the first of its spans in each comment; a comment is all of itself."""
    node = ox.NamedNode(iri)
    if is_a(snapshot, node, "Comment"):
        key = Names(snapshot.base).key_of(snapshot.value(node, build.CONTAINER) or "")
        return [(key, snapshot.value(node, build.SIOC_ID) or "", None)]
    spans = sorted(one for name in ("statedIn", "evidence") for one in values(snapshot, node, name))
    if not spans:
        raise BadParameter(f"{iri}: expected a claim or move with words, got a reaction without")
    found: dict[str, Words] = {}
    for span in map(ox.NamedNode, spans):
        comment = ox.NamedNode(snapshot.value(span, RJ + "inComment") or "")
        key = Names(snapshot.base).key_of(snapshot.value(comment, build.CONTAINER) or "")
        name, words = snapshot.value(comment, build.SIOC_ID) or "", snapshot.value(span, RJ + "exact") or ""
        found.setdefault(name, (key, name, words))
    return list(found.values())


def moves_of(snapshot: Snapshot, iri: str) -> list[ox.NamedNode]:
    """The move itself, or those that a claim makes."""
    node = ox.NamedNode(iri)
    if "/move/" in iri:
        return [node]
    made = [quad.subject for quad in snapshot.store.quads_for_pattern(None, rj("source"), node)]
    return [one for one in made if isinstance(one, ox.NamedNode)]


def makers(snapshot: Snapshot, iri: str) -> set[str]:
    """The ids of the comments in which the move, or those of the claim, are shown."""
    spans = {ox.NamedNode(span) for move in moves_of(snapshot, iri) for span in values(snapshot, move, "evidence")}
    comments = {ox.NamedNode(snapshot.value(span, RJ + "inComment") or "") for span in spans}
    return {snapshot.value(comment, build.SIOC_ID) or "" for comment in comments}


def values(snapshot: Snapshot, node: ox.NamedNode, name: str) -> Iterator[str]:
    """The values of a property of ours."""
    yield from (quad.object.value for quad in snapshot.store.quads_for_pattern(node, rj(name), None))  # type: ignore[union-attr]


def kind_of(snapshot: Snapshot, iri: str, verdict: Verdict) -> Kind:
    """What a move is, or what a claim was found to do: that it objects, else the surest; of what is wrong the side."""
    made = [one for one in moves_of(snapshot, iri) if "/move/" in iri or takes_part(snapshot, one)]
    kind = max(((weight(snapshot, one), narrowest(snapshot, one)) for one in made), default=(None, None))[1]
    if kind is None:
        raise BadParameter("--kind: expected a kind of move, for these words were not found to do anything")
    if verdict is not Verdict.WRONG:
        return kind
    return next((side for side in SIDES if side in kinds(kind)), kind)


def takes_part(snapshot: Snapshot, move: ox.NamedNode) -> bool:
    """Whether a move takes a side, answers or asks."""
    return not set(SIDES).isdisjoint(kinds(narrowest(snapshot, move)))


def weight(snapshot: Snapshot, move: ox.NamedNode) -> tuple[bool, float, str]:
    """What puts a move before others of its claim: that it objects, and then how sure it is."""
    sure = float(snapshot.value(move, RJ + "confidence") or 0)
    return Kind.OBJECTION in kinds(narrowest(snapshot, move)), sure, move.value


def narrowest(snapshot: Snapshot, move: ox.NamedNode) -> Kind:
    """The kind of a move that has no narrower one beside it."""
    types = snapshot.store.quads_for_pattern(move, ox.NamedNode(IS_A), None)
    return KINDS[frozenset(quad.object.value for quad in types)]  # type: ignore[union-attr]


def withdrawn(snapshot: Snapshot, places: list[Words], kind: Kind | None) -> list[Judgement]:
    """The withdrawal of the one judgement of these words, in each comment where they stand.

    Raises BadParameter where there is none, or there are several.
    """
    key, said = places[0][0], {comment: alike(words or "") for _, comment, words in places}
    quads = snapshot.store.quads_for_pattern(None, None, None, ox.NamedNode(Names(snapshot.base).curation(key)))
    made = [one for one in read.judgements(quads, key) if one.comment in said and kind in (None, one.kind)]
    made = [one for one in made if one.words is None or alike(one.words) == said[one.comment]]
    if made and len({(one.kind, one.target, one.target_words) for one in made}) == 1:
        return [replace(one, verdict=Verdict.WITHDRAWN, by=None, note=None) for one in made]
    several = f"several judgements: of {', '.join(sorted(one.kind for one in made))}" if made else "no judgement"
    raise BadParameter(f"expected one judgement of these words{f' as {kind}' if kind else ''}, got {several}")

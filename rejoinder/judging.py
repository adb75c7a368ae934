"""What somebody judges on the command line, as judgements: of a claim, a move or a comment that is in the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyoxigraph as ox

from rejoinder.errors import BadParameter, NotFound
from rejoinder.graph.maps.neighbourhood import Reader
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples import build, read
from rejoinder.graph.triples.terms import RJ, rj
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
        reader = Reader(snapshot)
        found = [quad.subject.value for quad in is_called if reader.kind(quad.subject.value) == "Comment"]  # type: ignore[union-attr]
        if len(found) != 1:
            raise
        return found[0]


def judgements(
    snapshot: Snapshot, verdict: Verdict, iri: str, kind: Kind | None, aim: str | None, by: str | None, note: str | None
) -> list[Judgement]:
    """The judgement of a claim, move or comment, aimed at another, by their IRIs; it does `kind`, else what was found.

    Of a claim that makes moves in several comments it is one in each. Raises BadParameter where it does nothing.
    """
    reader = Reader(snapshot)
    places = places_of(reader, iri)
    if verdict is Verdict.WITHDRAWN:
        return withdrawn(reader, places, kind)
    if verdict is Verdict.RIGHT and kind in (Kind.MOVE, Kind.QUOTATION):
        raise BadParameter(f"--kind: a {kind} cannot be judged right, only wrong")
    if verdict is Verdict.RIGHT and kind is Kind.SIMILARITY and aim is None:
        raise BadParameter("--to: expected the claim that says the same")
    if kind is None and places[0][2] is None:
        raise BadParameter("--kind: expected what the comment does, or does not")
    found = kind or kind_of(reader, iri, verdict)
    target = None if aim is None else places_of(reader, aim)[0]
    if target is not None and target[0] != places[0][0]:
        raise BadParameter("--to: expected a claim or move of the same thread")
    _, to, aim_words = target or (None, None, None)
    made = makers(reader, iri)
    chosen = [one for one in places if one[1] in made] or places[:1]
    return [Judgement(key, comment, found, verdict, words, to, aim_words, by, note) for key, comment, words in chosen]


def places_of(reader: Reader, iri: str) -> list[Words]:
    """Where a claim or a move is made: the first of its spans in each comment; a comment is all of itself."""
    found: dict[str, Words] = {}
    places = [reader.whole(iri)] if reader.kind(iri) == "Comment" else map(reader.place, spans_of(reader, iri))
    for place in places:
        found.setdefault(place.id, (reader.names.key_of(place.thread), place.id, place.exact))
    if not found:
        raise BadParameter(f"{iri}: expected a claim or move with words, got a reaction without")
    return list(found.values())


def spans_of(reader: Reader, iri: str) -> list[str]:
    """The spans at which a claim is stated, or that show a move."""
    values = reader.values(iri)
    return sorted([*values.get(RJ + "statedIn", ()), *values.get(RJ + "evidence", ())])


def moves_of(reader: Reader, iri: str) -> list[str]:
    """The move itself, or those that a claim makes; their IRIs."""
    return [iri] if reader.kind(iri) in set(Kind) else reader.subjects(rj("source"), iri)


def makers(reader: Reader, iri: str) -> set[str]:
    """The ids of the comments in which the move, or those of the claim, are shown."""
    return {reader.place(span).id for move in moves_of(reader, iri) for span in spans_of(reader, move)}


def kind_of(reader: Reader, iri: str, verdict: Verdict) -> Kind:
    """What a move is, or what a claim was found to do: that it objects, else the surest; of what is wrong the side."""
    made = [Kind(reader.kind(move)) for move in moves_of(reader, iri)]  # the surest first
    taking = [one for one in made if not set(SIDES).isdisjoint(kinds(one))]
    found = next((one for one in taking if Kind.OBJECTION in kinds(one)), next(iter(taking or made), None))
    if found is None:
        raise BadParameter("--kind: expected a kind of move, for these words were not found to do anything")
    if verdict is not Verdict.WRONG:
        return found
    return next((side for side in SIDES if side in kinds(found)), found)


def withdrawn(reader: Reader, places: list[Words], kind: Kind | None) -> list[Judgement]:
    """The withdrawal of the one judgement of these words, in each comment where they stand.

    Raises BadParameter where there is none, or there are several.
    """
    key, said = places[0][0], {comment: alike(words or "") for _, comment, words in places}
    quads = reader.store.quads_for_pattern(None, None, None, ox.NamedNode(reader.names.curation(key)))
    made = [one for one in read.judgements(quads, key) if one.comment in said and kind in (None, one.kind)]
    made = [one for one in made if one.words is None or alike(one.words) == said[one.comment]]
    if made and len({(one.kind, one.target, one.target_words) for one in made}) == 1:
        return [replace(one, verdict=Verdict.WITHDRAWN, by=None, note=None) for one in made]
    several = f"several judgements: of {', '.join(sorted(one.kind for one in made))}" if made else "no judgement"
    raise BadParameter(f"expected one judgement of these words{f' as {kind}' if kind else ''}, got {several}")

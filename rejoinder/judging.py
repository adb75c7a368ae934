"""What somebody judges on the command line, as judgements: of a claim, a move or a comment that is in the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from rejoinder import loaders
from rejoinder.errors import BadParameter, NotFound, Problem
from rejoinder.graph.maps.nodes import Place
from rejoinder.graph.maps.reader import Reader
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples import read
from rejoinder.graph.triples.lookup import subjects
from rejoinder.graph.triples.predicates import CONTENT, SIOC_ID
from rejoinder.graph.triples.terms import RJ, rj
from rejoinder.loaders.formats import jsonl
from rejoinder.loaders.gathering.judgements import plain_words
from rejoinder.name_lookup import iri_of_name
from rejoinder.records import Found, Judgement, Kind, ThreadKey, Verdict, occurrence_of, with_wider_kinds

SIDES = (Kind.OBJECTION, Kind.SUPPORT, Kind.REPLY)


@dataclass(frozen=True, slots=True)
class JudgedWords:
    """Words of a comment, by its id, None for all of it; where they stand several times, `occurrence` tells which."""

    thread: ThreadKey
    comment: str
    words: str | None
    occurrence: int | None
    start: int | None


def judgeable_iri(snapshot: Snapshot, words: Sequence[str]) -> str:
    """The IRI of the claim or move that is named as for `explain`, else of the comment of that id.

    Raises NotFound, with what comes near, where there is none, or several comments have that id.
    """
    try:
        return iri_of_name(snapshot, words)
    except NotFound:
        called, reader = subjects(snapshot.store, SIOC_ID, ox.Literal(" ".join(words))), Reader(snapshot)
        comments = [iri for iri in called if reader.kind(iri) == "Comment"]
        if len(comments) != 1:
            raise
        return comments[0]


def make_judgements(
    snapshot: Snapshot,
    verdict: Verdict,
    iri: str,
    *,
    kind: Kind | None,
    aim: str | None,
    by: str | None,
    note: str | None,
    occurrence: int | None,
    aim_occurrence: int | None,
) -> list[Judgement]:
    """The judgement of a claim, move or comment, aimed at another, by their IRIs; it does `kind`, else what was found.

    Of a claim that makes moves in several places it is one in each. Where its words stand several times in a comment,
    `occurrence` says which of them is meant, and `aim_occurrence` does so of the target. Raises BadParameter where it
    does nothing.
    """
    reader = Reader(snapshot)
    places = chosen_places(places_of(reader, iri), occurrence, "--occurrence")
    if verdict is Verdict.WITHDRAWN:
        return make_withdrawals(reader, places, kind)
    if verdict is Verdict.RIGHT and kind in (Kind.MOVE, Kind.QUOTATION):
        raise BadParameter(f"--kind: a {kind} cannot be judged right, only wrong")
    if verdict is Verdict.RIGHT and kind is Kind.SIMILARITY and aim is None:
        raise BadParameter("--to: expected the claim that says the same")
    if kind is None and places[0].words is None:
        raise BadParameter("--kind: expected what the comment does, or does not")
    as_kind = kind or kind_of(reader, iri, verdict)
    to = None if aim is None else chosen_places(places_of(reader, aim), aim_occurrence, "--to-occurrence")[0]
    if to is not None and to.thread != places[0].thread:
        raise BadParameter("--to: expected a claim or move of the same thread")
    shown_places = places_shown(reader, iri)
    chosen = [place for place in places if (place.comment, place.start) in shown_places] or places[:1]
    return [make_judgement(spot, as_kind, verdict, to, by, note) for spot in (chosen if occurrence is None else places)]


def make_judgement(
    judged: JudgedWords, kind: Kind, verdict: Verdict, to: JudgedWords | None, by: str | None, note: str | None
) -> Judgement:
    """The judgement of these words, aimed at those."""
    target, target_words, target_occurrence = (to.comment, to.words, to.occurrence) if to else (None, None, None)
    return Judgement(
        judged.thread,
        judged.comment,
        kind,
        verdict,
        judged.words,
        target,
        target_words,
        by,
        note,
        judged.occurrence,
        target_occurrence,
    )


def read_judgements(files: Sequence[str]) -> tuple[list[Found], list[Problem]]:
    """The judgements in these files, and what is wrong with the other lines."""
    judgements: list[Found] = []
    wrong: list[Problem] = []
    for item in loaders.read(files, format=jsonl.NAME):
        if isinstance(item, Problem):
            wrong.append(item)
        elif isinstance(item.record, Judgement):
            judgements.append(item)
        else:
            message = "expected a judgement; `rejoinder load` takes all other lines"
            wrong.append(Problem(item.file, item.line, message, lost=True))
    return judgements, wrong


def places_of(reader: Reader, iri: str) -> list[JudgedWords]:
    """Where a claim is said, and a move made, by the first of its spans in each comment; a comment is all of itself."""
    places = (
        [reader.whole_comment(iri)] if reader.kind(iri) == "Comment" else list(map(reader.place, spans_of(reader, iri)))
    )
    if not places:
        raise BadParameter(f"{iri}: expected a claim or move with words, got a reaction without")
    places.sort(key=lambda place: (place.comment, place.start or 0))
    if reader.kind(iri) != "Claim":
        places = list({place.comment: place for place in reversed(places)}.values())[::-1]
    return [words_at(reader, place) for place in places]


def words_at(reader: Reader, place: Place) -> JudgedWords:
    """The words at a place, and which of the same words there they are."""
    text, words = reader.one_value(place.comment, CONTENT) or "", place.exact
    occurrence = None if words is None else occurrence_of(words.strip(), text, place.start or 0)
    return JudgedWords(reader.names.key_of(place.thread), place.id, words, occurrence, place.start)


def chosen_places(places: list[JudgedWords], occurrence: int | None, option: str) -> list[JudgedWords]:
    """The places that are meant: all, or those of that number; raises BadParameter where there is none such."""
    chosen = [place for place in places if occurrence in (None, place.occurrence or 1)]
    if not chosen:
        most = max(place.occurrence or 1 for place in places)
        raise BadParameter(f"{option}: expected a number up to {most}, so often these words stand in a comment")
    return chosen


def spans_of(reader: Reader, iri: str) -> list[str]:
    """The spans at which a claim is stated, or that show a move."""
    values = reader.values(iri)
    return sorted([*values.get(RJ + "statedIn", ()), *values.get(RJ + "evidence", ())])


def moves_of(reader: Reader, iri: str) -> list[str]:
    """The move itself, or those that a claim makes; their IRIs."""
    return [iri] if reader.kind(iri) in set(Kind) else reader.subjects(rj("source"), iri)


def places_shown(reader: Reader, iri: str) -> set[tuple[str, int | None]]:
    """The places, by comment and start, at which the move, or those of the claim, are shown."""
    places = [reader.place(span) for move in moves_of(reader, iri) for span in spans_of(reader, move)]
    return {(place.id, place.start) for place in places}


def kind_of(reader: Reader, iri: str, verdict: Verdict) -> Kind:
    """What a move is, or what a claim was found to do: that it objects, else the surest; of what is wrong the side."""
    kinds = [Kind(reader.kind(move)) for move in moves_of(reader, iri)]  # the surest first
    taking = [kind for kind in kinds if not set(SIDES).isdisjoint(with_wider_kinds(kind))]
    main_kind = next(
        (kind for kind in taking if Kind.OBJECTION in with_wider_kinds(kind)), next(iter(taking or kinds), None)
    )
    if main_kind is None:
        raise BadParameter("--kind: expected a kind of move, for these words were not found to do anything")
    if verdict is not Verdict.WRONG:
        return main_kind
    return next((side for side in SIDES if side in with_wider_kinds(main_kind)), main_kind)


def make_withdrawals(reader: Reader, places: list[JudgedWords], kind: Kind | None) -> list[Judgement]:
    """The withdrawal of the one judgement of these words, in each comment where they stand.

    Raises BadParameter where there is none, or there are several.
    """
    key, comments = places[0].thread, {place.comment for place in places}
    wanted = {(place.comment, plain_words(place.words or ""), place.occurrence) for place in places}
    quads = reader.store.quads_for_pattern(None, None, None, ox.NamedNode(reader.names.curation(key)))
    judgements = [
        judgement
        for judgement in read.judgements_among(quads, key)
        if judgement.comment in comments
        and kind in (None, judgement.kind)
        and (
            judgement.words is None or (judgement.comment, plain_words(judgement.words), judgement.occurrence) in wanted
        )
    ]
    if len({(judgement.kind, judgement.target, judgement.target_words) for judgement in judgements}) == 1:
        return [replace(judgement, verdict=Verdict.WITHDRAWN, by=None, note=None) for judgement in judgements]
    kinds = ", ".join(sorted(judgement.kind for judgement in judgements))
    several = f"several judgements: of {kinds}" if judgements else "no judgement"
    raise BadParameter(f"expected one judgement of these words{f' as {kind}' if kind else ''}, got {several}")

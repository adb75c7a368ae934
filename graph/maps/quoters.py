"""Who quotes a claim: sought from its words back to the quotations that target them or have their origin in them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from rejoinder.graph.maps.nodes import Place
from rejoinder.graph.maps.reader import Reader
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.terms import RJ, rj


@dataclass(frozen=True, slots=True)
class Quoter:
    """A comment that quotes a claim: the place of the quoted words in it, how sure that is and why.

    `quotation` is the Quotation (IRI), None for a paragraph of a dump that was not seen to be quoted.
    """

    quotation: str | None
    place: Place
    confidence: float
    cue: str


def quoters_of_claim(snapshot: Snapshot, claim: str) -> tuple[Quoter, ...]:
    """Who quotes a claim (IRI), each comment once: those of its own thread first, then by thread and comment."""
    reader = Reader(snapshot)
    best: dict[str, Quoter] = {}
    own = {reader.place(span).thread for span in reader.values(claim).get(RJ + "statedIn", ())}
    for words in _overlapping_spans(reader, claim):
        for subject in (*reader.subjects(rj("target"), words), *reader.subjects(rj("origin"), words)):
            quoter = _quoter(reader, subject)
            earlier = best.get(quoter.place.comment) if quoter else None
            if quoter and (earlier is None or (quoter.quotation and not earlier.quotation)):
                best[quoter.place.comment] = quoter
    return tuple(sorted(best.values(), key=lambda who: (who.place.thread not in own, who.place.thread, who.place.id)))


def _overlapping_spans(reader: Reader, claim: str) -> Iterator[str]:
    """The spans that share characters with one in which a claim is stated."""
    stated = defaultdict[str, list[tuple[int, int]]](list)
    for span in reader.values(claim).get(RJ + "statedIn", ()):
        stated[reader.one_value(span, RJ + "inComment") or ""].append(_span_range(reader, span))
    for comment, places in stated.items():  # each comment once: it may say the same thousands of times
        starts, ends = zip(*sorted(places), strict=True)
        reach = list(accumulate(ends, max))  # how far those go that begin no later
        for words in reader.subjects(rj("inComment"), comment):
            first, last = _span_range(reader, words)
            before = bisect_left(starts, last)
            if before and first < reach[before - 1]:
                yield words


def _span_range(reader: Reader, span: str) -> tuple[int, int]:
    """The characters of a span; none of anything else."""
    return int(reader.one_value(span, RJ + "start") or 0), int(reader.one_value(span, RJ + "end") or 0)


def _quoter(reader: Reader, iri: str) -> Quoter | None:
    """What a Quotation, or a paragraph of a dump, says of the words that it quotes."""
    kind, values = reader.kind(iri), reader.values(iri)
    if kind not in ("Quotation", "Comment"):
        return None
    traced = "originConfidence" if RJ + "originConfidence" in values else "confidence"
    cue = reader.one_value(iri, RJ + ("originCue" if traced == "originConfidence" else "cue")) or ""
    place = reader.place(values[RJ + "source"][0]) if kind == "Quotation" else reader.whole_comment(iri)
    return Quoter(iri if kind == "Quotation" else None, place, float(reader.one_value(iri, RJ + traced) or 0), cue)

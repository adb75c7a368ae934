"""What was found, as predicates and values: claims and moves, the spans they point at, and who found them."""

from __future__ import annotations

from functools import cache

from rejoinder.graph.triples.ntriples import Pairs, Term, decimal, integer, iri, rj, string
from rejoinder.graph.triples.predicates import ATTRIBUTED, GENERATED, IDENTIFIER, NAME, VERSION
from rejoinder.graph.triples.terms import IS_A, RJ, Names
from rejoinder.records import ArgumentMap, Claim, Extraction, Kind, Move, Span, ThreadKey, with_wider_kinds


def span_pairs(key: ThreadKey, span: Span, names: Names) -> Pairs:
    """Characters of a comment."""
    yield IS_A, rj("Span")
    yield RJ + "inComment", iri(names.comment(key, span.comment))
    yield RJ + "start", integer(span.start)
    yield RJ + "end", integer(span.end)
    yield RJ + "exact", string(span.exact)


def claim_pairs(key: ThreadKey, claim: Claim, names: Names) -> Pairs:
    """A claim, and where it is stated."""
    yield IS_A, rj("Claim")
    yield RJ + "text", string(claim.text)
    yield from ((RJ + "statedIn", iri(names.span(key, span))) for span in claim.spans)
    if claim.author is not None:
        yield ATTRIBUTED, iri(names.author(key.site, claim.author))
    if claim.name is not None:
        yield IDENTIFIER, string(claim.name)


def move_pairs(key: ThreadKey, move: Move, extraction: Term, names: Names) -> Pairs:
    """A move, with its ends, how it was found and how sure that is."""
    yield from ((IS_A, node) for node in _types(move.kind))
    yield from ((RJ + "source", iri(names.end(key, end))) for end in move.sources)
    yield RJ + "target", iri(names.end(key, move.target))
    yield RJ + "confidence", decimal(move.confidence)
    yield RJ + "method", rj(move.method)
    yield RJ + "cue", string(move.cue)
    yield GENERATED, extraction
    yield from ((RJ + "evidence", iri(names.span(key, span))) for span in move.evidence)
    if move.comment is not None:
        yield RJ + "inComment", iri(names.comment(key, move.comment))
    if move.target_comment is not None:
        yield RJ + "targetComment", iri(names.comment(key, move.target_comment))
    if move.author is not None:
        yield ATTRIBUTED, iri(names.author(key.site, move.author))
    if move.explanation is not None:
        yield RJ + "explanation", string(move.explanation)
    if move.name is not None:
        yield IDENTIFIER, string(move.name)
    if move.judgement is not None:
        yield RJ + "judgement", iri(names.judgement(move.judgement))


@cache
def _types(kind: Kind) -> tuple[Term, ...]:
    return tuple(rj(wider_kind) for wider_kind in with_wider_kinds(kind))


def extraction_pairs(extraction: Extraction) -> Pairs:
    """Who found the moves: an extractor, its version and its parameters."""
    yield IS_A, rj("Extraction")
    yield NAME, string(extraction.name)
    yield VERSION, string(extraction.version)
    yield RJ + "parameters", string(extraction.parameters)


def spans_pointed_at(argument: ArgumentMap) -> set[Span]:
    """Every span that a claim or move points at, once."""
    spans = {span for claim in argument.claims for span in claim.spans}
    for move in argument.moves:
        spans.update(move.evidence)
        spans.update(end for end in (*move.sources, move.target) if isinstance(end, Span))
    return spans

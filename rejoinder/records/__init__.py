"""The records that loaders yield and the graph is built from: frozen, plain, and named in the ontology's words.

A loader yields `Found` records (with file and line); `loaders.gathering` gathers them into one `Discussion` a thread;
`loaders.extract` turns a Discussion into an `ArgumentMap`; `graph.triples.build` turns both into quads.
All offsets are 0-based Unicode code points into `Comment.text`, end exclusive.
"""

from rejoinder.records.aif import AifEdge, AifGraph, AifLocution, AifNode, AifPerson, make_aif_graph
from rejoinder.records.argued import (
    ArgumentMap,
    AuthorRef,
    Claim,
    ClaimRef,
    CommentRef,
    Extraction,
    Move,
    MoveRef,
    Source,
    Span,
    Target,
    ThreadRef,
)
from rejoinder.records.choices import ChosenBy, Coverage, Method, State, Verdict
from rejoinder.records.gathered import Discussion, Found, Record
from rejoinder.records.identity import digest, identity_text, natural_key, occurrence_of, without_quote_marks
from rejoinder.records.judgement import Judgement
from rejoinder.records.kind import KIND_PARENTS, KINDS_ELSEWHERE, Kind, with_wider_kinds
from rejoinder.records.making import end_name, make_claim, make_move, move_id, with_target
from rejoinder.records.written import Comment, Link, PlatformMove, StatedClaim, StatedMove, Thread, ThreadKey

__all__ = [
    "KINDS_ELSEWHERE",
    "KIND_PARENTS",
    "AifEdge",
    "AifGraph",
    "AifLocution",
    "AifNode",
    "AifPerson",
    "ArgumentMap",
    "AuthorRef",
    "ChosenBy",
    "Claim",
    "ClaimRef",
    "Comment",
    "CommentRef",
    "Coverage",
    "Discussion",
    "Extraction",
    "Found",
    "Judgement",
    "Kind",
    "Link",
    "Method",
    "Move",
    "MoveRef",
    "PlatformMove",
    "Record",
    "Source",
    "Span",
    "State",
    "StatedClaim",
    "StatedMove",
    "Target",
    "Thread",
    "ThreadKey",
    "ThreadRef",
    "Verdict",
    "digest",
    "end_name",
    "identity_text",
    "make_aif_graph",
    "make_claim",
    "make_move",
    "move_id",
    "natural_key",
    "occurrence_of",
    "with_target",
    "with_wider_kinds",
    "without_quote_marks",
]

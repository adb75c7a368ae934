"""What an AIF graph says, as our records: comments of its locutions, claims of I-nodes, moves of RA, CA and MA-nodes.

Inference Anchoring Theory (Budzynska and Reed 2011) has a person utter an L-node, which a YA-node anchors in the
I-node that it asserts; TA-nodes lead from one locution to the next. What has no counterpart here stays in the graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.aif.locution_comments import comments_of_locutions
from rejoinder.loaders.aif.node_claims import claim_of
from rejoinder.loaders.aif.scheme_moves import moves_of, questions_of
from rejoinder.loaders.aif.view import STEP_KINDS, AifView
from rejoinder.loaders.gathering.stated_checks import drop_faulty_moves
from rejoinder.loaders.opening.source import STDIN, Source
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import AifGraph, Comment, Found, StatedClaim, StatedMove, Thread, ThreadKey

SITE = "aif"


@dataclass(frozen=True, slots=True)
class AifRecords:
    """The records made of one graph, and the ids of the scheme nodes that make no move here."""

    comments: dict[str, Comment]
    claims: dict[str, StatedClaim]
    moves: dict[str, StatedMove]
    schemes_left: tuple[str, ...]


def records_of_graph(
    graph: AifGraph, thread: Thread, source: Source, lines: Mapping[str, int]
) -> Iterator[Found | Problem]:
    """The thread, its graph, and what is made of it; one problem tells of the scheme nodes that make no move.

    `lines` says where each node stands. Raises LoadError where nothing is said or claimed.
    """
    aif_records = map_graph(graph)
    if not aif_records.comments:
        raise LoadError(source.name, 1, "expected I-nodes or locutions with words in them, got none")
    yield Found(thread, source.name, 1)
    yield Found(graph, source.name, 1)
    for part in (aif_records.comments, aif_records.claims, aif_records.moves):
        for name, record in part.items():
            yield Found(record, source.name, lines.get(name, 0))
    if left := aif_records.schemes_left:
        names = f"{len(left)} scheme nodes make no move here (they lack an end, or join equals), the first "
        message = f"{names}{left[0]!r}; they are kept for an export to AIF"
        yield Problem(source.name, lines.get(left[0], 0), message, lost=False)


def thread_of(source: Source, scrubber: Scrubber, url: str | None = None) -> Thread:
    """The thread, named by the file alone, for AIF gives a graph no name; standard input by its content."""
    name = scrubber.text(source.thread_name(), 0)
    return Thread(ThreadKey(SITE, name), "standard input" if source.name == STDIN else name, url)


def map_graph(graph: AifGraph) -> AifRecords:
    """The comments, claims and moves of the graph, each named by the id of its node."""
    view = AifView(graph)
    comments, claims = comments_of_locutions(view), dict[str, StatedClaim]()
    for node in graph.nodes:
        if view.type(node) == "I" and node.text.strip():
            claims[node.id], own = claim_of(node, view, comments)
            comments |= {own.id: own} if own else {}
    node_by_move: dict[str, str] = {}
    moves: dict[str, StatedMove] = {}
    for node in graph.nodes:
        for move in chain(moves_of(node, view, claims, comments), questions_of(node, view, claims, comments)):
            moves[move.name], node_by_move[move.name] = move, node.id
    for _ in drop_faulty_moves(moves, claims, comments, {}):
        pass  # what can be no move here is no fault of the file, and stays in the graph
    used = {node_by_move[name] for name in moves}
    unused_ids = tuple(step.id for step in graph.nodes if view.type(step) in STEP_KINDS and step.id not in used)
    return AifRecords(comments, claims, moves, unused_ids)

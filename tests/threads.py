"""Threads with any comments, claims and moves for the laws of reading and writing, and the ThreadMap of a thread."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
from hypothesis import strategies as st

from rejoinder.graph.derived.derive import derive
from rejoinder.graph.exports.thread_map import ThreadMap, thread_map
from rejoinder.graph.triples.build import BuiltThread, build_thread
from rejoinder.graph.triples.ntriples import quads
from rejoinder.graph.triples.terms import Names
from rejoinder.records import (
    ArgumentMap,
    AuthorRef,
    Claim,
    ClaimRef,
    CommentRef,
    Discussion,
    Extraction,
    Kind,
    Method,
    Move,
    MoveRef,
    Source,
    Span,
    Target,
    ThreadRef,
    make_claim,
    make_move,
)
from rejoinder.settings import Settings
from tests.graph.test_read import discussions, words

NAMES = Names("https://example.org/")
EXTRACTIONS = (Extraction("test", "1"), Extraction("other", "2.0", '{"a": 1}'))


def stored(discussion: Discussion, argument: ArgumentMap, names: Names = NAMES) -> ox.Store:
    """A store of this thread and what follows from it."""
    store, built = ox.Store(), build_thread(discussion, argument, names)
    store.extend(all_quads(built, names))
    return store


def all_quads(built: BuiltThread, names: Names = NAMES) -> list[ox.Quad]:
    """The quads of this thread, of what it shares with others, and of what follows from it."""
    follows = derive(built.thread, Settings())
    parts = {names.graph(built.key): built.thread, names.shared(): built.shared, names.derived(built.key): follows}
    parts[names.curation(built.key)] = built.curation
    return [quad for graph, triples in parts.items() for quad in quads(triples, graph)]


def mapped(discussion: Discussion, argument: ArgumentMap, names: Names = NAMES) -> ThreadMap:
    """The thread as a writer gets it."""
    return thread_map(stored(discussion, argument, names), discussion.thread.key, names)


@st.composite
def threads(draw: st.DrawFn) -> tuple[Discussion, ArgumentMap]:
    """A discussion with claims in any of its characters, and moves of every kind between ends of every sort."""
    discussion = draw(discussions())
    claims = {one.id: one for one in draw(st.lists(_claims(discussion), max_size=6))}
    moves: dict[str, Move] = {}
    for _ in range(draw(st.integers(0, 8))):
        move = draw(_moves(discussion, tuple(claims), tuple(moves)))
        moves.setdefault(move.id, move)
    argument = ArgumentMap(
        draw(st.sampled_from(EXTRACTIONS)),
        tuple(sorted(claims.values(), key=lambda one: one.id)),
        tuple(sorted(moves.values(), key=lambda one: one.id)),
    )
    return discussion, argument


@st.composite
def _spans(draw: st.DrawFn, discussion: Discussion) -> Span:
    comment = draw(st.sampled_from(discussion.comments))
    start = draw(st.integers(0, len(comment.text) - 1))
    end = draw(st.integers(start + 1, len(comment.text)))
    return Span(comment.id, start, end, comment.text[start:end])


@st.composite
def _claims(draw: st.DrawFn, discussion: Discussion) -> Claim:
    span = draw(_spans(discussion))
    made = make_claim(discussion.thread.key, [span], draw(st.none() | words), draw(st.none() | words))
    return replace(made, spans=tuple(sorted({span, draw(_spans(discussion))})))


@st.composite
def _moves(draw: st.DrawFn, discussion: Discussion, claims: tuple[str, ...], moves: tuple[str, ...]) -> Move:
    ids = st.sampled_from([comment.id for comment in discussion.comments])
    sources: list[st.SearchStrategy[Source]] = [_spans(discussion), words.map(AuthorRef)]
    targets: list[st.SearchStrategy[Target]] = [_spans(discussion), ids.map(CommentRef), st.just(ThreadRef())]
    if claims:
        sources += [st.sampled_from(claims).map(ClaimRef)] * 3
        targets += [st.sampled_from(claims).map(ClaimRef)] * 3
    if moves:
        targets += [st.sampled_from(moves).map(MoveRef)] * 3
    return make_move(
        discussion.thread.key,
        draw(st.sampled_from(Kind)),
        draw(st.lists(st.one_of(sources), min_size=1, max_size=3)),
        draw(st.one_of(targets)),
        comment=draw(st.none() | ids),
        target_comment=draw(st.none() | ids),
        evidence=draw(st.lists(_spans(discussion), max_size=2)),
        author=draw(st.none() | words),
        confidence=draw(st.sampled_from([0.0, 0.125, 0.2, 0.7, 1.0])),
        method=draw(st.sampled_from(Method)),
        cue=draw(words),
        explanation=draw(st.sampled_from([None, '{"also": ["Support"]}'])),
        name=draw(st.none() | words),
    )

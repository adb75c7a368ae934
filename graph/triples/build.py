"""A discussion and its argument map as triples: what was written and what was found, one named graph a thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rejoinder.graph.triples import aif_layer
from rejoinder.graph.triples.argument_pairs import (
    claim_pairs,
    extraction_pairs,
    move_pairs,
    span_pairs,
    spans_pointed_at,
)
from rejoinder.graph.triples.comment_pairs import comment_pairs, judgement_pairs, link_term, thread_pairs
from rejoinder.graph.triples.ntriples import Pairs, Term, Triple, iri, rj, string
from rejoinder.graph.triples.predicates import LINKS_TO, SIOC_NAME
from rejoinder.graph.triples.terms import IS_A, Names
from rejoinder.records import ArgumentMap, AuthorRef, Comment, Discussion, Link, Span, ThreadKey


@dataclass(frozen=True, slots=True)
class BuiltThread:
    """The triples of one thread's graph, those of the shared graph that it needs, and those of its judgements.

    `derived` are those that follow from its graph, where they are known.
    """

    key: ThreadKey
    thread: tuple[Triple, ...]
    shared: tuple[Triple, ...]
    curation: tuple[Triple, ...] = ()
    derived: tuple[Triple, ...] | None = None


def build_thread(discussion: Discussion, argument: ArgumentMap, names: Names) -> BuiltThread:
    """All triples of a discussion and its map; equal records give equal triples."""
    thread = _triples(_nodes(discussion, argument, names))
    return BuiltThread(
        discussion.thread.key,
        thread if discussion.aif is None else tuple(dict.fromkeys(thread)),  # its edges may say one thing several times
        tuple(_shared_triples(discussion, argument, names)),
        _triples(
            (iri(names.judgement(judgement.name)), judgement_pairs(judgement, names))
            for judgement in discussion.judgements
        ),
    )


def _triples(nodes: Iterable[tuple[Term, Pairs]]) -> tuple[Triple, ...]:
    """The triples of nodes, each once, as long as no two nodes of one name say the same."""
    return tuple([(subject, predicate, value) for subject, pairs in nodes for predicate, value in dict.fromkeys(pairs)])


def _nodes(discussion: Discussion, argument: ArgumentMap, names: Names) -> Iterator[tuple[Term, Pairs]]:
    key = discussion.thread.key
    yield iri(names.thread(key)), thread_pairs(discussion)
    present = {post.id for post in discussion.comments}
    for comment in discussion.comments:
        yield iri(names.comment(key, comment.id)), comment_pairs(comment, present, names)
    links = [(_link_span(post, link), link) for post in discussion.comments for link in post.links]
    for span in sorted(spans_pointed_at(argument) | {span for span, _ in links}):
        yield iri(names.span(key, span)), span_pairs(key, span, names)
    for span, link in dict.fromkeys(links):
        yield iri(names.span(key, span)), [(LINKS_TO, link_term(link.url))]
    for claim in argument.claims:
        yield iri(names.claim(claim.id)), claim_pairs(key, claim, names)
    extraction = iri(names.extraction(argument.extraction))
    for move in argument.moves:
        yield iri(names.move(move.id)), move_pairs(key, move, extraction, names)
    if discussion.aif is not None:
        yield from aif_layer.describe_parts(discussion.aif, names)
        yield from aif_layer.derivations(discussion, argument, names)


def _shared_triples(discussion: Discussion, argument: ArgumentMap, names: Names) -> Iterator[Triple]:
    site = discussion.thread.key.site
    authors = {item.author for part in (discussion.comments, argument.claims, argument.moves) for item in part}
    authors |= {comment.to for comment in discussion.comments}
    authors |= {end.name for move in argument.moves for end in move.sources if isinstance(end, AuthorRef)}
    for author in sorted(name for name in authors if name is not None):
        node = iri(names.author(site, author))
        yield node, IS_A, rj("Author")
        yield node, SIOC_NAME, string(author)
    if argument.moves:
        node = iri(names.extraction(argument.extraction))
        yield from ((node, predicate, value) for predicate, value in extraction_pairs(argument.extraction))


def _link_span(comment: Comment, link: Link) -> Span:
    return Span(comment.id, link.start, link.end, comment.text[link.start : link.end])

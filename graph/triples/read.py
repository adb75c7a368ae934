"""A thread's graph back as the Discussion it was built from, so that a later load can add to it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pyoxigraph as ox

from rejoinder.graph.triples import predicates
from rejoinder.graph.triples.nodes import Node, id_value, integer_value, is_a, nodes_by_iri, text_value
from rejoinder.graph.triples.read_aif import read_aif_graph
from rejoinder.graph.triples.terms import RJ, Names
from rejoinder.records import (
    Comment,
    Discussion,
    Judgement,
    Kind,
    Link,
    PlatformMove,
    State,
    StatedClaim,
    StatedMove,
    Thread,
    ThreadKey,
    Verdict,
)

Quads = Callable[[ox.NamedNode], "set[ox.Quad]"]


def read_discussion(quads: Quads, key: ThreadKey, names: Names) -> Discussion | None:
    """What is stored of a thread, without what an extractor found; None where it was never loaded.

    `quads` gives the quads of a named graph. build(read(x)) is x: a property test holds it so.
    """
    written = discussion_of_nodes(nodes_by_iri(quads(ox.NamedNode(names.graph(key)))), key, names)
    return None if written is None else replace(written, judgements=read_judgements(quads, key, names))


def read_judgements(quads: Quads, key: ThreadKey, names: Names) -> tuple[Judgement, ...]:
    """What people judged in a thread, whatever else is stored of it."""
    return judgements_among(quads(ox.NamedNode(names.curation(key))), key)


def judgements_among(quads: Iterable[ox.Quad], key: ThreadKey) -> tuple[Judgement, ...]:
    """The judgements of a thread among the quads of its curation graph, by name."""
    judgements = [_judgement(key, node) for node in nodes_by_iri(quads).values() if is_a(node, "Judgement")]
    return tuple(sorted(judgements, key=lambda judgement: judgement.name))


def discussion_of_nodes(nodes: Mapping[str, Node], key: ThreadKey, names: Names) -> Discussion | None:
    """The discussion among these nodes; None where its thread is not among them."""
    thread = nodes.get(names.thread(key))
    if thread is None:
        return None
    links = _links(nodes.values())
    comments = [_comment(key, node, links[iri]) for iri, node in list(nodes.items()) if is_a(node, "Comment")]
    stated = [_stated_record(key, line.value) for line in thread.get(RJ + "stated", ())]
    claims = [statement for statement in stated if isinstance(statement, StatedClaim)]
    moves = [statement for statement in stated if isinstance(statement, StatedMove)]
    recorded = [statement for statement in stated if isinstance(statement, PlatformMove)]
    return Discussion(
        thread=Thread(
            key=key,
            title=text_value(thread, predicates.TITLE),
            url=text_value(thread, predicates.LINK),
            declared_comments=integer_value(thread, RJ + "declaredComments"),
        ),
        comments=tuple(sorted(comments, key=lambda comment: (comment.position or 0, comment.id))),
        stated_claims=tuple(sorted(claims, key=lambda stated_claim: stated_claim.name)),
        stated_moves=tuple(sorted(moves, key=lambda move: move.name)),
        platform_moves=tuple(sorted(recorded, key=lambda platform_move: platform_move.name)),
        aif=read_aif_graph(nodes, key, names),
    )


def _links(nodes: Iterable[Node]) -> dict[str, tuple[Link, ...]]:
    """The links of each comment, by its IRI, in order."""
    links_by_comment: dict[str, list[Link]] = defaultdict(list)
    for node in nodes:
        for url in node.get(predicates.LINKS_TO, ()):
            start, end = integer_value(node, RJ + "start") or 0, integer_value(node, RJ + "end") or 0
            links_by_comment[text_value(node, RJ + "inComment") or ""].append(Link(start, end, url.value))
    return defaultdict(tuple, {iri: tuple(sorted(links)) for iri, links in links_by_comment.items()})


def _comment(key: ThreadKey, node: Node, links: tuple[Link, ...]) -> Comment:
    return Comment(
        thread=key,
        id=text_value(node, predicates.SIOC_ID) or "",
        text=text_value(node, predicates.CONTENT) or "",
        parent=id_value(node, predicates.REPLY_OF) or text_value(node, RJ + "missingParent"),
        author=id_value(node, predicates.CREATOR),
        created=text_value(node, predicates.CREATED) or text_value(node, RJ + "createdText"),
        url=text_value(node, predicates.LINK),
        declared_replies=integer_value(node, RJ + "declaredReplies"),
        states=tuple(sorted(State(state.value.removeprefix(RJ)) for state in node.get(RJ + "state", ()))),
        position=integer_value(node, predicates.POSITION),
        links=links,
        addressed=text_value(node, RJ + "addressed") != "false",
        to=id_value(node, predicates.ADDRESSED_TO),
    )


def _stated_record(key: ThreadKey, stated: str) -> StatedClaim | StatedMove | PlatformMove:
    """What lines.line or lines.platform_line made a line of."""
    fields = json.loads(stated)
    if "platform" in fields:
        name, kind = fields.pop("platform"), Kind(fields.pop("kind"))
        return PlatformMove(key, name, kind, **fields)
    if "claim" in fields:
        return StatedClaim(key, fields["claim"], fields["comment"], fields["start"], fields["end"])
    return StatedMove(
        thread=key,
        name=fields["move"],
        kind=Kind(fields["kind"]),
        sources=tuple(fields["source"]),
        target=fields["target"],
        comment=fields["comment"],
        confidence=fields["confidence"],
    )


def _judgement(key: ThreadKey, node: Node) -> Judgement:
    return Judgement(
        key,
        id_value(node, RJ + "judgedComment") or "",
        Kind((text_value(node, RJ + "judgedKind") or "").removeprefix(RJ)),
        Verdict((text_value(node, RJ + "verdict") or "").removeprefix(RJ)),
        text_value(node, RJ + "judgedWords"),
        id_value(node, RJ + "judgedTarget"),
        text_value(node, RJ + "judgedTargetWords"),
        text_value(node, RJ + "judge"),
        text_value(node, RJ + "because"),
        integer_value(node, RJ + "judgedOccurrence"),
        integer_value(node, RJ + "judgedTargetOccurrence"),
    )

"""The AIF graph that a thread came with, as triples: beside the claims and moves that were made of it.

Classes and properties are those of the AIF ontology as AIFdb writes them (Rahwan, Zablith and Reed 2007; Bex and
others 2013). It has no words for an edge, a participant or the moment of an utterance: those are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple

from rejoinder.graph.triples import ntriples
from rejoinder.graph.triples.ntriples import Pairs, integer, iri, rj, string
from rejoinder.graph.triples.terms import AIF, DCT, IS_A, PROV, RJ, SCHEMA, Names
from rejoinder.records import (
    AifEdge,
    AifGraph,
    AifLocution,
    AifNode,
    AifPerson,
    ArgumentMap,
    Discussion,
    ThreadKey,
    digest,
)

PART_OF = DCT + "isPartOf"
IDENTIFIER = DCT + "identifier"
SOURCE = DCT + "source"
START = SCHEMA + "startTime"
END = SCHEMA + "endTime"
FIRST_NAME = SCHEMA + "givenName"
LAST_NAME = SCHEMA + "familyName"
DERIVED = PROV + "wasDerivedFrom"
TEXT = AIF + "claimText"
CREATED = AIF + "creationDate"

CLASSES = {name: f"{AIF}{name}-node" for name in ("I", "L", "RA", "CA", "MA", "PA", "TA", "YA")}
STEP_TYPES = {"RA", "CA", "MA", "PA"}  # nodes that join claims, or attack one another
EDGE, LOCUTION, PERSON = "edge", "locution", "participant"
NUMBERED = re.compile(r"(.+) \(\d+\)", re.DOTALL)


def describe_parts(graph: AifGraph, names: Names) -> Iterator[tuple[ntriples.Term, Pairs]]:
    """Every part of the graph with its properties."""
    key = graph.thread
    if graph.text is not None:
        yield iri(names.thread(key)), [(RJ + "analysedText", string(graph.text))]
    for node in graph.nodes:
        yield iri(names.aif(key, node.id)), _node(node, graph, names)
    types = {node.id: node.type for node in graph.nodes}
    for edge in graph.edges:
        yield edge_iri(edge, key, names), _edge(edge, graph, names)
        yield from _role_triple(edge, types, key, names)
    for locution in graph.locutions:
        yield locution_iri(locution, key, names), _locution(locution, graph, names)
    for person in graph.persons:
        yield iri(names.aif(key, PERSON, person.id)), _person(person, graph)


def edge_iri(edge: AifEdge, key: ThreadKey, names: Names) -> ntriples.Term:
    """The edge's IRI, with its ends in it: in real files two edges may have one id."""
    return iri(names.aif(key, EDGE, edge.id, edge.source, edge.target))


def locution_iri(locution: AifLocution, key: ThreadKey, names: Names) -> ntriples.Term:
    """The locution's IRI: of its node and of all that is said of it, for a node may have several."""
    return iri(names.aif(key, LOCUTION, locution.node, digest(*(value or "" for value in astuple(locution)))))


def derivations(discussion: Discussion, argument: ArgumentMap, names: Names) -> Iterator[tuple[ntriples.Term, Pairs]]:
    """Which node each claim, move and comment was made of."""
    key = discussion.thread.key
    nodes_by_subject: dict[ntriples.Term, set[str]] = {}
    for kind, name, node in origin_nodes(discussion, argument):
        subject = names.comment(key, name) if kind == "comment" else getattr(names, kind)(name)
        nodes_by_subject.setdefault(iri(subject), set()).add(node)
    for subject, nodes in nodes_by_subject.items():
        yield subject, [(DERIVED, iri(names.aif(key, node))) for node in sorted(nodes)]


def origin_nodes(discussion: Discussion, argument: ArgumentMap) -> Iterator[tuple[str, str, str]]:
    """Each comment, claim and move that was made of an AIF node: ("claim", its id, the id of the node).

    The names that `loaders/aif/arguments.py` gives to claims and moves are those of their nodes.
    """
    nodes = {aif_node.id for aif_node in discussion.aif.nodes} if discussion.aif else set()
    yield from (("comment", comment.id, comment.id) for comment in discussion.comments if comment.id in nodes)
    at = {(span.comment, span.start, span.end): claim.id for claim in argument.claims for span in claim.spans}
    for stated in discussion.stated_claims:
        claim = at.get((stated.comment, stated.start, stated.end))
        if claim is not None and stated.name in nodes:
            yield "claim", claim, stated.name
    for move in argument.moves:
        node = origin_of_move(move.name, nodes)
        if node is not None:
            yield "move", move.id, node


def origin_of_move(name: str | None, nodes: set[str]) -> str | None:
    """The node that a move of this name was made of: a node that makes several has the others numbered, "7 (2)"."""
    if name is None or name in nodes:
        return name
    match = NUMBERED.fullmatch(name)
    return match[1] if match and match[1] in nodes else None


def _identity(kind: str, name: str, graph: AifGraph) -> Pairs:
    yield IS_A, rj(kind)
    yield IDENTIFIER, integer(int(name)) if graph.numbers else string(name)


def _known_pairs(pairs: Iterable[tuple[str, str | None]]) -> Pairs:
    return ((predicate, string(value)) for predicate, value in pairs if value is not None)


def _node(node: AifNode, graph: AifGraph, names: Names) -> Pairs:
    yield from _identity("AifNode", node.id, graph)
    yield PART_OF, iri(names.thread(graph.thread))
    has_class = node.type in CLASSES
    yield (IS_A, iri(CLASSES[node.type])) if has_class else (RJ + "nodeType", string(node.type))
    yield TEXT, string(node.text)
    facts = [(CREATED, node.timestamp), (RJ + "scheme", node.scheme), (RJ + "schemeId", node.scheme_id)]
    yield from _known_pairs(facts)


def _edge(edge: AifEdge, graph: AifGraph, names: Names) -> Pairs:
    yield from _identity("AifEdge", edge.id, graph)
    yield RJ + "edgeFrom", iri(names.aif(graph.thread, edge.source))
    yield RJ + "edgeTo", iri(names.aif(graph.thread, edge.target))
    yield from _known_pairs([(RJ + "formEdge", edge.form)])


def _locution(locution: AifLocution, graph: AifGraph, names: Names) -> Pairs:
    yield IS_A, rj("AifLocution")
    yield RJ + "utters", iri(names.aif(graph.thread, locution.node))
    if locution.person is not None:
        yield RJ + "utteredBy", iri(names.aif(graph.thread, PERSON, locution.person))
    yield from _known_pairs(
        [(CREATED, locution.timestamp), (START, locution.start), (END, locution.end), (SOURCE, locution.source)]
    )


def _person(person: AifPerson, graph: AifGraph) -> Pairs:
    yield from _identity("AifParticipant", person.id, graph)
    yield FIRST_NAME, string(person.first_name)
    yield LAST_NAME, string(person.last_name)


def _role_triple(
    edge: AifEdge, types: Mapping[str, str], key: ThreadKey, names: Names
) -> Iterator[tuple[ntriples.Term, Pairs]]:
    """The edge as one triple in the words of the AIF ontology, whose subject is the scheme node."""
    role = role_of_edge(types.get(edge.source, ""), types.get(edge.target, ""))
    if role is not None:
        word, outward = role
        subject, value = (edge.source, edge.target) if outward else (edge.target, edge.source)
        yield iri(names.aif(key, subject)), [(AIF + word, iri(names.aif(key, value)))]


def role_of_edge(source: str, target: str) -> tuple[str, bool] | None:
    """What an edge between nodes of these types is, and whether it leads away from the node whose role it is.

    >>> role_of_edge("I", "RA"), role_of_edge("CA", "RA"), role_of_edge("TA", "YA"), role_of_edge("I", "I")
    (('Premise', False), ('Conclusion', True), ('Anchor', False), None)
    """
    words = {("L", "TA"): "StartLocution", ("L", "YA"): "Locution", ("TA", "YA"): "Anchor"}
    if source == "YA":
        return "IllocutionaryContent", True
    if (source, target) == ("TA", "L"):
        return "EndLocution", True
    if (source, target) in words:
        return words[source, target], False
    if source in STEP_TYPES - {"PA"}:
        return "Conclusion", True
    return ("Premise", False) if target in STEP_TYPES - {"PA"} else None

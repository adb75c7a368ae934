"""The AIF graph that a thread came with, as triples: beside the claims and moves that were made of it, and read back.

Classes and properties are those of the AIF ontology as AIFdb writes them (Rahwan, Zablith and Reed 2007; Bex and
others 2013). It has no words for an edge, a participant or the moment of an utterance: those are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from urllib.parse import unquote

import pyoxigraph as ox

from rejoinder.graph.terms import AIF, DCT, PROV, RJ, SCHEMA, TYPE, XSD, Names, integer, rj, string
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
    make_aif_graph,
)

Term = ox.NamedNode | ox.Literal
Pairs = Iterable[tuple[ox.NamedNode, Term]]
Node = Mapping[str, list[Term]]

PART_OF = ox.NamedNode(DCT + "isPartOf")
IDENTIFIER = ox.NamedNode(DCT + "identifier")
SOURCE = ox.NamedNode(DCT + "source")
START = ox.NamedNode(SCHEMA + "startTime")
END = ox.NamedNode(SCHEMA + "endTime")
FIRST_NAME = ox.NamedNode(SCHEMA + "givenName")
LAST_NAME = ox.NamedNode(SCHEMA + "familyName")
DERIVED = ox.NamedNode(PROV + "wasDerivedFrom")
TEXT = ox.NamedNode(AIF + "claimText")
CREATED = ox.NamedNode(AIF + "creationDate")
INTEGER = ox.NamedNode(XSD + "integer")

CLASSES = {name: ox.NamedNode(f"{AIF}{name}-node") for name in ("I", "L", "RA", "CA", "MA", "PA", "TA", "YA")}
TYPES = {node.value: name for name, node in CLASSES.items()}
STEPS = {"RA", "CA", "MA", "PA"}  # nodes that join claims, or attack one another
EDGE, LOCUTION, PERSON = "edge", "locution", "participant"
NUMBERED = re.compile(r"(.+) \(\d+\)", re.DOTALL)


def described(graph: AifGraph, names: Names) -> Iterator[tuple[ox.NamedNode, Pairs]]:
    """Every part of the graph with its properties."""
    key = graph.thread
    if graph.text is not None:
        yield names.thread(key), [(rj("analysedText"), string(graph.text))]
    for node in graph.nodes:
        yield names.aif(key, node.id), _node(node, graph, names)
    types = {node.id: node.type for node in graph.nodes}
    for edge in graph.edges:
        yield edge_iri(edge, key, names), _edge(edge, graph, names)
        yield from _role(edge, types, key, names)
    for one in graph.locutions:
        yield locution_iri(one, key, names), _locution(one, graph, names)
    for person in graph.persons:
        yield names.aif(key, PERSON, person.id), _person(person, graph)


def edge_iri(edge: AifEdge, key: ThreadKey, names: Names) -> ox.NamedNode:
    """The edge's IRI, with its ends in it: in real files two edges may have one id."""
    return names.aif(key, EDGE, edge.id, edge.source, edge.target)


def locution_iri(one: AifLocution, key: ThreadKey, names: Names) -> ox.NamedNode:
    """The locution's IRI: of its node and of all that is said of it, for a node may have several."""
    return names.aif(key, LOCUTION, one.node, digest(*(value or "" for value in astuple(one))))


def derivations(discussion: Discussion, argument: ArgumentMap, names: Names) -> Iterator[tuple[ox.NamedNode, Pairs]]:
    """Which node each claim, move and comment was made of."""
    key = discussion.thread.key
    made: dict[ox.NamedNode, set[str]] = {}
    for kind, name, node in origins(discussion, argument):
        iri = names.comment(key, name) if kind == "comment" else getattr(names, kind)(name)
        made.setdefault(iri, set()).add(node)
    for iri, nodes in made.items():
        yield iri, [(DERIVED, names.aif(key, node)) for node in sorted(nodes)]


def origins(discussion: Discussion, argument: ArgumentMap) -> Iterator[tuple[str, str, str]]:
    """Each comment, claim and move that was made of an AIF node: ("claim", its id, the id of the node).

    The names that `loaders/aif/arguments.py` gives to claims and moves are those of their nodes.
    """
    nodes = {one.id for one in discussion.aif.nodes} if discussion.aif else set()
    yield from (("comment", one.id, one.id) for one in discussion.comments if one.id in nodes)
    at = {(span.comment, span.start, span.end): claim.id for claim in argument.claims for span in claim.spans}
    for stated in discussion.stated_claims:
        claim = at.get((stated.comment, stated.start, stated.end))
        if claim is not None and stated.name in nodes:
            yield "claim", claim, stated.name
    for move in argument.moves:
        node = node_of(move.name, nodes)
        if node is not None:
            yield "move", move.id, node


def node_of(name: str | None, nodes: set[str]) -> str | None:
    """The node that a move of this name was made of: a node that makes several has the others numbered, "7 (2)"."""
    if name is None or name in nodes:
        return name
    match = NUMBERED.fullmatch(name)
    return match[1] if match and match[1] in nodes else None


def _identity(kind: str, name: str, graph: AifGraph) -> Pairs:
    yield TYPE, rj(kind)
    yield IDENTIFIER, integer(int(name)) if graph.numbers else string(name)


def _some(pairs: Iterable[tuple[ox.NamedNode, str | None]]) -> Pairs:
    return ((predicate, string(value)) for predicate, value in pairs if value is not None)


def _node(node: AifNode, graph: AifGraph, names: Names) -> Pairs:
    yield from _identity("AifNode", node.id, graph)
    yield PART_OF, names.thread(graph.thread)
    known = node.type in CLASSES
    yield (TYPE, CLASSES[node.type]) if known else (rj("nodeType"), string(node.type))
    yield TEXT, string(node.text)
    facts = [(CREATED, node.timestamp), (rj("scheme"), node.scheme), (rj("schemeId"), node.scheme_id)]
    yield from _some(facts)


def _edge(edge: AifEdge, graph: AifGraph, names: Names) -> Pairs:
    yield from _identity("AifEdge", edge.id, graph)
    yield rj("edgeFrom"), names.aif(graph.thread, edge.source)
    yield rj("edgeTo"), names.aif(graph.thread, edge.target)
    yield from _some([(rj("formEdge"), edge.form)])


def _locution(one: AifLocution, graph: AifGraph, names: Names) -> Pairs:
    yield TYPE, rj("AifLocution")
    yield rj("utters"), names.aif(graph.thread, one.node)
    if one.person is not None:
        yield rj("utteredBy"), names.aif(graph.thread, PERSON, one.person)
    yield from _some([(CREATED, one.timestamp), (START, one.start), (END, one.end), (SOURCE, one.source)])


def _person(person: AifPerson, graph: AifGraph) -> Pairs:
    yield from _identity("AifParticipant", person.id, graph)
    yield FIRST_NAME, string(person.first_name)
    yield LAST_NAME, string(person.last_name)


def _role(
    edge: AifEdge, types: Mapping[str, str], key: ThreadKey, names: Names
) -> Iterator[tuple[ox.NamedNode, Pairs]]:
    """The edge as one triple in the words of the AIF ontology, whose subject is the scheme node."""
    found = role(types.get(edge.source, ""), types.get(edge.target, ""))
    if found is not None:
        word, outward = found
        subject, value = (edge.source, edge.target) if outward else (edge.target, edge.source)
        yield names.aif(key, subject), [(ox.NamedNode(AIF + word), names.aif(key, value))]


def role(source: str, target: str) -> tuple[str, bool] | None:
    """What an edge between nodes of these types is, and whether it leads away from the node whose role it is.

    >>> role("I", "RA"), role("CA", "RA"), role("TA", "YA"), role("I", "I")
    (('Premise', False), ('Conclusion', True), ('Anchor', False), None)
    """
    words = {("L", "TA"): "StartLocution", ("L", "YA"): "Locution", ("TA", "YA"): "Anchor"}
    if source == "YA":
        return "IllocutionaryContent", True
    if (source, target) == ("TA", "L"):
        return "EndLocution", True
    if (source, target) in words:
        return words[source, target], False
    if source in STEPS - {"PA"}:
        return "Conclusion", True
    return ("Premise", False) if target in STEPS - {"PA"} else None


def read(nodes: Mapping[str, Node], key: ThreadKey, names: Names) -> AifGraph | None:
    """The AIF graph among the nodes of a thread's graph, None where there is none."""
    parts: dict[str, list[tuple[str, Node]]] = {}
    for iri, node in nodes.items():
        for kind in node.get(TYPE.value, ()):
            parts.setdefault(kind.value.removeprefix(RJ), []).append((iri, node))
    if "AifNode" not in parts:
        return None
    described = [node for kind in ("AifNode", "AifEdge", "AifParticipant") for _, node in parts.get(kind, ())]
    return make_aif_graph(
        key,
        [_read_node(node) for _, node in parts["AifNode"]],
        [_read_edge(node) for _, node in parts.get("AifEdge", ())],
        [_read_locution(node) for _, node in parts.get("AifLocution", ())],
        [_read_person(node) for _, node in parts.get("AifParticipant", ())],
        numbers=all(_is_number(node) for node in described),
        text=_text(nodes.get(names.thread(key).value, {}), rj("analysedText")),
    )


def _read_node(node: Node) -> AifNode:
    known = [TYPES[kind.value] for kind in node[TYPE.value] if kind.value in TYPES]
    return AifNode(
        _text(node, IDENTIFIER) or "",
        known[0] if known else _text(node, rj("nodeType")) or "",
        _text(node, TEXT) or "",
        _text(node, CREATED),
        _text(node, rj("scheme")),
        _text(node, rj("schemeId")),
    )


def _read_edge(node: Node) -> AifEdge:
    ends = _last(node, rj("edgeFrom")) or "", _last(node, rj("edgeTo")) or ""
    return AifEdge(_text(node, IDENTIFIER) or "", *ends, _text(node, rj("formEdge")))


def _read_locution(node: Node) -> AifLocution:
    times = _text(node, CREATED), _text(node, START), _text(node, END)
    return AifLocution(_last(node, rj("utters")) or "", _last(node, rj("utteredBy")), *times, _text(node, SOURCE))


def _read_person(node: Node) -> AifPerson:
    return AifPerson(_text(node, IDENTIFIER) or "", _text(node, FIRST_NAME) or "", _text(node, LAST_NAME) or "")


def _is_number(node: Node) -> bool:
    return any(isinstance(one, ox.Literal) and one.datatype == INTEGER for one in node.get(IDENTIFIER.value, ()))


def _text(node: Node, predicate: ox.NamedNode) -> str | None:
    values = node.get(predicate.value)
    return values[0].value if values else None


def _last(node: Node, predicate: ox.NamedNode) -> str | None:
    """The id at the end of the IRI."""
    iri = _text(node, predicate)
    return None if iri is None else unquote(iri.rsplit("/", 1)[-1])

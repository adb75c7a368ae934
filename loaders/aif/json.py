"""AIF as JSON, in the forms that AIFdb, OVA and the tools of AMF write, as one AifGraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.documents import Document
from rejoinder.loaders.values.fields import value_as_shown
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import AifEdge, AifGraph, AifLocution, AifNode, AifPerson, ThreadKey, make_aif_graph

LARGEST = 2**63
SPEECH_TYPES = {"YA", "TA", "L", ""}  # neither premise nor conclusion; "" is arguebuf's scheme node of no known sort
STEP_TYPES = {"RA", "CA", "MA", "PA"}
PREMISE, CONCLUSION = "premise", "conclusion"
HINTS = {
    "premise": PREMISE,
    "conflicting": PREMISE,
    "conflictingelement": PREMISE,
    "conclusion": CONCLUSION,
    "conflicted": CONCLUSION,
    "conflictedelement": CONCLUSION,
}


@dataclass(slots=True)
class AifJsonReader:
    """Reads the lists of one document; what cannot be read becomes a problem, and the rest is kept."""

    document: Document
    scrubber: Scrubber
    problems: list[Problem] = field(default_factory=list)
    numbers: bool = True  # as long as every id is a whole number
    lines: dict[str, int] = field(default_factory=dict)  # of the nodes

    def graph(
        self,
        key: ThreadKey,
        aif: Mapping[str, Any],
        *,
        text: str | None = None,
        layout: Mapping[str, Any] = MappingProxyType({}),
    ) -> AifGraph:
        """The graph of these lists; raises LoadError where there is not one node.

        OVA keeps the timestamps of nodes in its `layout`.
        """
        nodes = self.nodes(aif, layout)
        if not nodes:
            raise LoadError(self.document.name, 1, 'expected "nodes" that have a "nodeID" each, got none')
        edges = self.edges(aif, nodes)
        locutions, persons = self.locutions(aif, nodes), self.persons(aif)
        return make_aif_graph(key, nodes.values(), edges, locutions, persons, numbers=self.numbers, text=text)

    def nodes(self, aif: Mapping[str, Any], layout: Mapping[str, Any]) -> dict[str, AifNode]:
        """The nodes by id, each with the scheme that it fulfils."""
        schemes = self.by_node(aif, "schemefulfillments", "schemeID")
        times = self.by_node(layout, "nodes", "timestamp")
        node_by_id: dict[str, AifNode] = {}
        for item in self.objects(aif, "nodes"):
            name = self.id(first_value(item, "nodeID", "id"))
            if name is None:
                self.note_loss(item, f'node {self.shown(item)}: expected a "nodeID" that is a string or a whole number')
                continue
            node = AifNode(
                name,
                self.text(item.get("type")) or "",
                self.text(item.get("text")) or "",
                self.text(item.get("timestamp")) or times.get(name),
                self.text(item.get("scheme")),
                self.text(item.get("schemeID")) or schemes.get(name),
            )
            if node_by_id.get(name, node) != node:
                self.note_loss(item, f"node {name!r} occurs twice, with different content; kept the later one")
            node_by_id[name], self.lines[name] = node, self.document.line(first_value(item, "nodeID", "id"))
        return node_by_id

    def edges(self, aif: Mapping[str, Any], nodes: Mapping[str, AifNode]) -> list[AifEdge]:
        """The edges, each once, leading from premise to scheme node to conclusion."""
        hinted_edges: list[tuple[AifEdge, str | None]] = []
        for item in self.objects(aif, "edges"):
            source, target = self.end(item, "fromID", "from", "source"), self.end(item, "toID", "to", "target")
            name = self.id(first_value(item, "edgeID", "id")) or ""
            missing = [repr(end) for end in (source, target) if end is None or end not in nodes]
            if missing or source is None or target is None:
                detail = f"from {source!r} to {target!r}: expected ends that are nodes, got {' and '.join(missing)}"
                self.note_loss(item, f"edge {name!r} {detail}")
                continue
            form, hint = self.form(item)
            hinted_edges.append((AifEdge(name, source, target, form), hint))
        straight = list(self.straighten_edges(hinted_edges, nodes))
        unique = {(edge.id, edge.source, edge.target): edge for edge in straight}
        return with_edge_ids(list(unique.values()), self.numbers)

    def form(self, edge: Mapping[str, Any]) -> tuple[str | None, str | None]:
        """The edge's formEdgeID, and whether it says that the edge is that of a premise or of a conclusion."""
        for key in ("formEdgeID", "role", "type", "label"):
            value = self.text(edge.get(key))
            hint = HINTS.get(value.rpartition(":")[2].casefold()) if value else None
            if hint:
                return None, hint
        return self.text(edge.get("formEdgeID")), None

    def straighten_edges(
        self, edges: Sequence[tuple[AifEdge, str | None]], nodes: Mapping[str, AifNode]
    ) -> Iterator[AifEdge]:
        """The edges with those turned round that lead from a scheme node to its premise, or to it from its conclusion.

        An edge that says what it is decides. Otherwise all edges of a scheme node lead away from it where it has
        been written so: then the one that is named last leads to the conclusion. What lies between two scheme nodes
        stays as it is.
        """
        away = steps_led_away(edges, nodes)
        if away:
            note = f"the edges of {len(away)} scheme nodes, the first {next(iter(away))!r}, all lead away from them"
            self.note_message(f"{note}; took all but the last of each for premises")
        for place, (edge, hint) in enumerate(edges):
            outward = is_step(nodes[edge.source]) and is_content(nodes[edge.target])
            inward = is_content(nodes[edge.source]) and is_step(nodes[edge.target])
            wrong = (hint == PREMISE and outward) or (hint == CONCLUSION and inward)
            if hint is None and outward and edge.source in away:
                wrong = place != away[edge.source]
            yield replace(edge, source=edge.target, target=edge.source) if wrong else edge

    def locutions(self, aif: Mapping[str, Any], nodes: Mapping[str, AifNode]) -> list[AifLocution]:
        """Who uttered what, and when, each once; AIFdb may list a node with several times."""
        utterances: list[AifLocution] = []
        absent = []
        for item in self.objects(aif, "locutions"):
            node, person = self.id(item.get("nodeID")), self.id(item.get("personID"))
            if node is None:
                self.note_loss(
                    item, f'locution {self.shown(item)}: expected a "nodeID" that is a string or a whole number'
                )
                continue
            if node not in nodes:
                absent.append(node)
            times = [self.text(item.get(key)) for key in ("timestamp", "start", "end", "source")]
            utterances.append(AifLocution(node, person, *times))
        if absent:
            self.note_message(
                f"locutions of {len(absent)} nodes that are not there, the first {absent[0]!r}; they are kept"
            )
        return list(dict.fromkeys(utterances))

    def persons(self, aif: Mapping[str, Any]) -> list[AifPerson]:
        """The participants, each once."""
        person_by_id: dict[str, AifPerson] = {}
        for item in self.objects(aif, "participants"):
            name = self.id(first_value(item, "participantID", "personID", "id"))
            if name is None:
                self.note_loss(item, f'participant {self.shown(item)}: expected a "participantID"')
                continue
            person = AifPerson(name, self.text(item.get("firstname")) or "", self.text(item.get("surname")) or "")
            if person_by_id.get(name, person) != person:
                self.note_loss(item, f"participant {name!r} occurs twice, with different content; kept the later one")
            person_by_id[name] = person
        return list(person_by_id.values())

    def objects(self, aif: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
        """The objects of a list; null and what is no list are an empty one."""
        values = aif.get(name)
        self.document = document_from(self.document, name)
        for value in values if isinstance(values, list) else ():
            if isinstance(value, dict):
                yield value
            else:
                self.note_loss({}, f'"{name}": expected a list of objects, got {value_as_shown(value):.40} in it')

    def by_node(self, lists: Mapping[str, Any], name: str, key: str) -> dict[str, str]:
        """What a list beside the nodes says of each under this key."""
        values = lists.get(name)
        objects = [item for item in values if isinstance(item, dict)] if isinstance(values, list) else []
        pairs = [(self.id(item.get("nodeID")), self.text(item.get(key))) for item in objects]
        return {name: value for name, value in pairs if name and value}

    def id(self, value: object) -> str | None:
        """A string or a whole number, as a string; None for what is neither."""
        if isinstance(value, int) and not isinstance(value, bool) and -LARGEST <= value < LARGEST:
            return str(value)
        if isinstance(value, str) and value.strip():
            self.numbers = False
            return self.scrubber.text(value, 0)
        return None

    def end(self, edge: Mapping[str, Any], *names: str) -> str | None:
        """The id of an end of an edge; older files of OVA hold the whole node in its place."""
        value = first_value(edge, *names)
        return self.id(first_value(value, "nodeID", "id") if isinstance(value, dict) else value)

    def text(self, value: object) -> str | None:
        """A string, or a number as one; None for null and what is neither."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        return self.scrubber.text(value, 0) if isinstance(value, str) and value else None

    def shown(self, value: object) -> str:
        """The beginning of what could not be read."""
        return repr(self.scrubber.text(str(value), 0)[:60])

    def note_loss(self, item: Mapping[str, Any], message: str) -> None:
        """Notes that something of the file could not be kept."""
        value = first_value(item, "nodeID", "edgeID", "participantID", "fromID", "id")
        line = self.document.line(value) if isinstance(value, str | int) else 0
        self.problems.append(Problem(self.document.name, line, message, lost=True))

    def note_message(self, message: str) -> None:
        """Notes what a user may want to know, where nothing is lost."""
        self.problems.append(Problem(self.document.name, 0, message, lost=False))


def first_value(item: Mapping[str, Any], *names: str) -> Any:
    """The first of these keys that has a value."""
    return next((item[name] for name in names if item.get(name) is not None), None)


def document_from(document: Document, section: str) -> Document:
    """The document, to be asked for lines from where a section begins: sections stand in any order."""
    start = max(0, document.text.find(f'"{section}"'))
    return Document(document.name, document.value, document.text, start)


def is_step(node: AifNode) -> bool:
    """Whether it joins claims."""
    return node.type.upper() in STEP_TYPES


def is_content(node: AifNode) -> bool:
    """Whether it is a claim, or may be one: neither a step nor what says that something is said."""
    return not is_step(node) and node.type.upper() not in SPEECH_TYPES


def steps_led_away(edges: Sequence[tuple[AifEdge, str | None]], nodes: Mapping[str, AifNode]) -> dict[str, int]:
    """The scheme nodes that nothing leads to, but two edges or more away from: the place of the last edge of each."""
    fed = {edge.target for edge, _ in edges if feeds_premise(nodes[edge.source])} | {
        link.source for link, hint in edges if hint
    }
    outward = [(link.source, place) for place, (link, _) in enumerate(edges) if is_content(nodes[link.target])]
    count = Counter(name for name, _ in outward if is_step(nodes[name]) and name not in fed)
    return {name: place for name, place in outward if count[name] > 1}


def feeds_premise(node: AifNode) -> bool:
    """Whether an edge from it brings a premise to a scheme node; a CA-node that leads to another undercuts it."""
    return is_content(node) or node.type.upper() in {"RA", "MA"}


def with_edge_ids(edges: Sequence[AifEdge], numbers: bool) -> list[AifEdge]:
    """The edges, of which those without an id get one: the next whole number, or else one made of their ends."""
    if not numbers:
        return [edge if edge.id else replace(edge, id=f"{edge.source}-{edge.target}") for edge in edges]
    following = max((int(edge.id) for edge in edges if edge.id), default=0) + 1
    bare = sorted((edge for edge in edges if not edge.id), key=lambda edge: (int(edge.source), int(edge.target)))
    fresh = [replace(edge, id=str(following + place)) for place, edge in enumerate(bare)]
    return [*(edge for edge in edges if edge.id), *fresh]

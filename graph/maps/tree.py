"""A neighbourhood as people read it: what is said to the claim, as an indented tree, and what it answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rejoinder.graph.maps.looks import look_of_kind
from rejoinder.graph.maps.nodes import Neighbourhood, Node, urgency

DEEPEST_INDENT = 6  # indents beyond this are drawn like this one


@dataclass(frozen=True, slots=True)
class TreeStep:
    """One move in the tree: how deep it stands (from 0), what it comes from and what it aims at, where shown."""

    depth: int
    move: Node
    sources: tuple[Node, ...]
    target: Node | None

    @property
    def indent(self) -> int:
        """The depth as it is drawn."""
        return min(self.depth, DEEPEST_INDENT)

    @property
    def shown_nodes(self) -> tuple[Node, ...]:
        """Whose words to show: the claims or passages the move comes from, or else the move's own evidence."""
        return tuple(source for source in self.sources if source.text and source.kind != "Author") or (self.move,)


@dataclass(frozen=True, slots=True)
class EdgesByEnd:
    """The edges of a neighbourhood by either end, in its order."""

    nodes: Mapping[str, Node]
    moves_at: Mapping[str, Sequence[str]]
    sources: Mapping[str, Sequence[str]]
    target: Mapping[str, str]
    moves_from: Mapping[str, Sequence[str]]


def edges_by_end(around: Neighbourhood) -> EdgesByEnd:
    """Who aims at what and comes from where."""
    at, sources, out = (defaultdict[str, list[str]](list) for _ in range(3))
    target: dict[str, str] = {}
    for edge in around.edges:
        if edge.relation == "target":
            at[edge.end].append(edge.start)
            target[edge.start] = edge.end
        else:
            sources[edge.end].append(edge.start)
            out[edge.start].append(edge.end)
    return EdgesByEnd({node.iri: node for node in around.nodes}, at, sources, target, out)


def response_steps(around: Neighbourhood) -> tuple[TreeStep, ...]:
    """What is said to the centre, its open objections first, and to what is said: depth first, each move once."""
    edges = edges_by_end(around)
    roots = sorted(edges.moves_at.get(around.centre, ()), key=lambda iri: urgency(edges.nodes[iri]))
    return tuple(_walk(edges, roots, {around.centre}))


def grouped_by_look(steps: Iterable[TreeStep]) -> dict[str, list[list[TreeStep]]]:
    """The tree by the look of its first moves ("objection", "reply", "support", "link"), a list for each first move."""
    by_look: dict[str, list[list[TreeStep]]] = {"objection": [], "reply": [], "support": [], "link": []}
    present: list[TreeStep] = []
    for step in steps:
        if step.depth == 0:
            present = []
            by_look.setdefault(look_of_kind(step.move.kind), []).append(present)
        present.append(step)
    return by_look


def outgoing_steps(around: Neighbourhood) -> tuple[TreeStep, ...]:
    """The moves that the centre makes; where the centre is a move, that move."""
    edges = edges_by_end(around)
    moves = [around.centre] if around.centre in edges.target else edges.moves_from.get(around.centre, ())
    return tuple(_step(edges, 0, iri) for iri in moves if iri in edges.nodes)


def _walk(edges: EdgesByEnd, roots: Sequence[str], seen: set[str]) -> Iterator[TreeStep]:
    waiting = [(0, iri) for iri in reversed(roots)]
    while waiting:
        depth, iri = waiting.pop()
        if iri in seen or iri not in edges.nodes:
            continue
        seen.add(iri)
        yield _step(edges, depth, iri)
        below = [move for end in (iri, *edges.sources.get(iri, ())) for move in edges.moves_at.get(end, ())]
        waiting.extend((depth + 1, move) for move in reversed(below))


def _step(edges: EdgesByEnd, depth: int, iri: str) -> TreeStep:
    sources = tuple(edges.nodes[source] for source in edges.sources.get(iri, ()) if source in edges.nodes)
    return TreeStep(depth, edges.nodes[iri], sources, edges.nodes.get(edges.target.get(iri, "")))

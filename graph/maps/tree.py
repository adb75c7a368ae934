"""A neighbourhood as people read it: what is said to the claim, as an indented tree, and what it answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rejoinder.graph.maps.looks import look
from rejoinder.graph.maps.nodes import Neighbourhood, Node, pressing

DEEPEST = 6  # indents beyond this are drawn like this one


@dataclass(frozen=True, slots=True)
class Step:
    """One move in the tree: how deep it stands (from 0), what it comes from and what it aims at, where shown."""

    depth: int
    move: Node
    sources: tuple[Node, ...]
    target: Node | None

    @property
    def indent(self) -> int:
        """The depth as it is drawn."""
        return min(self.depth, DEEPEST)

    @property
    def said(self) -> tuple[Node, ...]:
        """Whose words to show: the claims or passages the move comes from, or else the move's own evidence."""
        return tuple(one for one in self.sources if one.text and one.kind != "Author") or (self.move,)


@dataclass(frozen=True, slots=True)
class Links:
    """The edges of a neighbourhood by either end, in its order."""

    nodes: Mapping[str, Node]
    at: Mapping[str, Sequence[str]]
    sources: Mapping[str, Sequence[str]]
    target: Mapping[str, str]
    out: Mapping[str, Sequence[str]]


def links(around: Neighbourhood) -> Links:
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
    return Links({node.iri: node for node in around.nodes}, at, sources, target, out)


def responses(around: Neighbourhood) -> tuple[Step, ...]:
    """What is said to the centre, its open objections first, and to what is said: depth first, each move once."""
    found = links(around)
    roots = sorted(found.at.get(around.centre, ()), key=lambda iri: pressing(found.nodes[iri]))
    return tuple(_walk(found, roots, {around.centre}))


def grouped(steps: Iterable[Step]) -> dict[str, list[list[Step]]]:
    """The tree by the look of its first moves ("objection", "reply", "support", "link"), a list for each first move."""
    found: dict[str, list[list[Step]]] = {"objection": [], "reply": [], "support": [], "link": []}
    present: list[Step] = []
    for step in steps:
        if step.depth == 0:
            present = []
            found.setdefault(look(step.move.kind), []).append(present)
        present.append(step)
    return found


def outgoing(around: Neighbourhood) -> tuple[Step, ...]:
    """The moves that the centre makes; where the centre is a move, that move."""
    found = links(around)
    moves = [around.centre] if around.centre in found.target else found.out.get(around.centre, ())
    return tuple(_step(found, 0, iri) for iri in moves if iri in found.nodes)


def _walk(found: Links, roots: Sequence[str], seen: set[str]) -> Iterator[Step]:
    waiting = [(0, iri) for iri in reversed(roots)]
    while waiting:
        depth, iri = waiting.pop()
        if iri in seen or iri not in found.nodes:
            continue
        seen.add(iri)
        yield _step(found, depth, iri)
        below = [move for one in (iri, *found.sources.get(iri, ())) for move in found.at.get(one, ())]
        waiting.extend((depth + 1, move) for move in reversed(below))


def _step(found: Links, depth: int, iri: str) -> Step:
    sources = tuple(found.nodes[one] for one in found.sources.get(iri, ()) if one in found.nodes)
    return Step(depth, found.nodes[iri], sources, found.nodes.get(found.target.get(iri, "")))

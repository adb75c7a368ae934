"""The map of a neighbourhood: who stands where, and what each box shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rejoinder.api import words
from rejoinder.api.tree import Links, links
from rejoinder.graph.drawing import Arrow, Box, Map, drawn, face, tree, ways
from rejoinder.graph.neighbourhood import Neighbourhood, Node


def draw(around: Neighbourhood, *, whole: bool = True) -> Map:
    """The map of a neighbourhood, or where it need not be `whole`, of what is said to its centre.

    The same neighbourhood always gives the same map.
    """
    found = links(around)
    owner = {iri: _owner(found, iri) for iri in found.nodes}
    moves = tuple(_moves(found, owner))
    arrows = tuple(arrow for arrow, _ in moves)
    first = {arrow.start: move for arrow, move in reversed(moves)}
    root = _top(owner[around.centre], arrows) if whole else owner[around.centre]
    children = tree(root, ways(arrows), both=whole)
    shown = [root, *(child for some in children.values() for child in some)]
    faces = {iri: _face(found.nodes[iri], first.get(iri), owner[around.centre]) for iri in shown}
    return drawn(root, children, faces, arrows)


def _owner(found: Links, iri: str) -> str:
    """The box that stands for a node: a move is drawn in the box of its first source."""
    sources = [one for one in found.sources.get(iri, ()) if one in found.nodes]
    return sources[0] if iri in found.target and sources else iri


def _moves(found: Links, owner: Mapping[str, str]) -> Iterator[tuple[Arrow, Node]]:
    for iri, target in found.target.items():
        move = found.nodes[iri]
        look, label = words.group(move.kind), words.kind(move.kind)
        for source in found.sources.get(iri, ()):
            if target in owner and source in owner and owner[source] != owner[target]:
                yield Arrow(owner[source], owner[target], look, label), move


def _top(centre: str, arrows: Sequence[Arrow]) -> str:
    """Upward from the centre, by the first arrow of each box, as far as it goes."""
    up: dict[str, str] = {}
    for arrow in arrows:
        up.setdefault(arrow.start, arrow.end)
    seen, here = {centre}, centre
    while here in up and up[here] not in seen:
        here = up[here]
        seen.add(here)
    return here


def _face(node: Node, move: Node | None, centre: str) -> Box:
    """A box; `move` is the first that it makes."""
    return face(
        node.iri,
        head=_head(node, move),
        text=node.text or words.kind(node.kind),
        author=node.author,
        look=words.group(move.kind) if move else "claim",
        standing=words.standing(move.status) if move and move.status else "",
        centre=node.iri == centre,
        more=node.hidden,
    )


def _head(node: Node, move: Node | None) -> str:
    parts = [words.kind(move.kind if move else node.kind)]
    if move and move.status:
        parts.append(move.status)
    return " · ".join(parts)

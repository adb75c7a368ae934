"""The map of a neighbourhood: who stands where, and what each box shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from rejoinder.api.showing import words
from rejoinder.graph.maps.drawing import Arrow, ArrowEnds, Box, Map, arrow_ends, box_of, children_by_box, draw_tree
from rejoinder.graph.maps.looks import look_of_kind
from rejoinder.graph.maps.nodes import Neighbourhood, Node
from rejoinder.graph.maps.tree import EdgesByEnd, edges_by_end


def draw(around: Neighbourhood, least: float, *, whole: bool = True) -> Map:
    """The map of a neighbourhood, or where it need not be `whole`, of what its centre speaks to and what is said to it.

    Objections of less confidence than `least` do not count: they are faint, and called unsure. The same neighbourhood
    always gives the same map.
    """
    edges = edges_by_end(around)
    owner = {iri: _owner(edges, iri) for iri in edges.nodes}
    moves = tuple(_moves(edges, owner, least))
    arrows = tuple(arrow for arrow, _ in moves)
    first = {arrow.start: move for arrow, move in reversed(moves)}
    centre = owner[around.centre]
    root, children = _whole_tree(centre, arrows) if whole else _near_tree(centre, arrow_ends(arrows))
    boxes = dict.fromkeys([root, *(child for siblings in children.values() for child in siblings)])
    more = _hidden_counts(edges, owner, moves, boxes)
    faces = {iri: _face(edges.nodes[iri], first.get(iri), least, centre=iri == centre, more=more[iri]) for iri in boxes}
    return draw_tree(root, children, faces, arrows)


def _owner(edges: EdgesByEnd, iri: str) -> str:
    """The box that stands for a node: a move is drawn in the box of its first source."""
    sources = [source for source in edges.sources.get(iri, ()) if source in edges.nodes]
    return sources[0] if iri in edges.target and sources else iri


def _moves(edges: EdgesByEnd, owner: Mapping[str, str], least: float) -> Iterator[tuple[Arrow, Node]]:
    for iri, target in edges.target.items():
        move = edges.nodes[iri]
        name, label = look_of_kind(move.kind), words.kind_noun(move.kind)
        for source in edges.sources.get(iri, ()):
            if target in owner and source in owner and owner[source] != owner[target]:
                yield Arrow(owner[source], owner[target], name, label, _is_unsure(move, least)), move


def _whole_tree(centre: str, arrows: Sequence[Arrow]) -> tuple[str, dict[str, list[str]]]:
    """The root and the children of a tree of all boxes."""
    root = _topmost_box(centre, arrows)
    return root, children_by_box(root, arrow_ends(arrows), both=True)


def _near_tree(centre: str, by: ArrowEnds) -> tuple[str, dict[str, list[str]]]:
    """The root and the children of a tree of what the centre speaks to, the surest as root, and what is said to it."""
    children = children_by_box(centre, by, both=False)
    seen = {centre, *(child for siblings in children.values() for child in siblings)}
    aims = [box for box in dict.fromkeys(by.boxes_above.get(centre, ())) if box not in seen]
    if not aims:
        return centre, children
    children[centre].extend(aims[1:])
    return aims[0], {aims[0]: [centre], **children}


def _hidden_counts(
    edges: EdgesByEnd, owner: Mapping[str, str], moves: Iterable[tuple[Arrow, Node]], shown_boxes: Container[str]
) -> Counter[str]:
    """How many moves at or from each box are not drawn: those out of reach, and those whose other end is not shown."""
    more = Counter[str]()
    for iri, node in edges.nodes.items():
        more[owner[iri]] += node.hidden
    beyond = {(box, move.iri) for arrow, move in moves for box, other in _end_pairs(arrow) if other not in shown_boxes}
    return more + Counter(box for box, _ in beyond)


def _end_pairs(arrow: Arrow) -> tuple[tuple[str, str], tuple[str, str]]:
    """Either end with the other."""
    return (arrow.start, arrow.end), (arrow.end, arrow.start)


def _topmost_box(centre: str, arrows: Sequence[Arrow]) -> str:
    """Upward from the centre, by the first arrow of each box, as far as it goes."""
    up: dict[str, str] = {}
    for arrow in arrows:
        up.setdefault(arrow.start, arrow.end)
    seen, box = {centre}, centre
    while box in up and up[box] not in seen:
        box = up[box]
        seen.add(box)
    return box


def _face(node: Node, move: Node | None, least: float, *, centre: bool, more: int) -> Box:
    """A box; `move` is the first that it makes."""
    faint = move is not None and _is_unsure(move, least)
    return box_of(
        node.iri,
        head=_head(node, move, least),
        text=node.words,
        author=node.author or (node.elsewhere.author if node.elsewhere else None),
        look=look_of_kind(move.kind) if move else "claim",
        standing=words.standing_of_status(move.status) if move and move.status and not faint else "",
        centre=centre,
        faint=faint,
        more=more,
    )


def _head(node: Node, move: Node | None, least: float) -> str:
    noun = words.kind_noun(move.kind if move else node.kind)
    if move is None or move.status is None:
        return noun
    return f"{noun}, unsure" if _is_unsure(move, least) else f"{noun} · {move.status.replace('-', ' ')}"


def _is_unsure(move: Node, least: float) -> bool:
    """True of an objection that does not count: only those have a status."""
    return move.status is not None and move.confidence is not None and move.confidence < least

"""Which of found pairs lie on a circle of a predicate, in time that grows with its edges; no query is as fast."""

from __future__ import annotations

import pyoxigraph as ox


def pairs_on_circles(
    store: ox.Store, predicate: str, pairs: list[tuple[object, object]]
) -> list[tuple[object, object]]:
    """The pairs that are an edge of some circle of a predicate, in time that grows with the number of its edges."""
    after: dict[object, list[object]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
        after.setdefault(quad.subject, []).append(quad.object)
    knot = knot_by_node(after)
    return [(focus, value) for focus, value in pairs if knot[focus] == knot[value]]


def knot_by_node(after: dict[object, list[object]]) -> dict[object, object]:
    """For each node one that stands for all nodes it leads to and that lead back to it (Kosaraju's two walks).

    >>> found = knot_by_node({1: [2], 2: [3], 3: [2]})
    >>> found[1] == found[2], found[2] == found[3]
    (False, True)
    """
    before: dict[object, list[object]] = {}
    for start, ends in after.items():
        for end in ends:
            before.setdefault(end, []).append(start)
    root_by_node: dict[object, object] = {}
    for root in reversed(nodes_by_finish(after)):
        waiting = [root] if root not in root_by_node else []
        while waiting:
            node = waiting.pop()
            if node not in root_by_node:
                root_by_node[node] = root
                waiting.extend(before.get(node, ()))
    return root_by_node


def nodes_by_finish(after: dict[object, list[object]]) -> list[object]:
    """All nodes, each after whatever a walk in depth from it comes to first."""
    seen: set[object] = set()
    order: list[object] = []
    waiting = [(node, False) for node in after]
    while waiting:
        node, finished = waiting.pop()
        if finished:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            waiting.append((node, True))
            waiting.extend((end, False) for end in after.get(node, ()))
    return order

"""The map that a page shows at a glance: of all that its objections are aimed at, around what most was said to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rejoinder.api.showing.layout import draw
from rejoinder.graph.maps.drawing import Map
from rejoinder.graph.maps.neighbourhood import neighbourhood
from rejoinder.graph.maps.nodes import Node
from rejoinder.graph.queries.views import Row
from rejoinder.graph.stores.publish import Snapshot

DEPTH, LIMIT = 3, 40  # moves away from the centre, and nodes: what can be taken in without scrolling far
LOOKED_AT = 8  # targets among which the centre is chosen


@dataclass(frozen=True, slots=True)
class Glance:
    """A claim or move in the middle of its map."""

    centre: Node
    map: Map


def glance_at(snapshot: Snapshot, objections: Iterable[Row], least: float) -> Glance | None:
    """Around that target of these rows which has the most nodes around it, of equals the first; None without any.

    Objections count from the confidence `least` on.
    """
    homes = tuple(f"{snapshot.base}{kind}/" for kind in ("claim", "move"))
    targets = dict.fromkeys(str(row["target"]) for row in objections)
    aimed = [target for target in targets if target.startswith(homes)][:LOOKED_AT]
    if not aimed:
        return None
    around = max(
        (neighbourhood(snapshot, iri, depth=DEPTH, limit=LIMIT) for iri in aimed), key=lambda area: len(area.nodes)
    )
    return Glance(around.nodes[0], draw(around, least, whole=False))

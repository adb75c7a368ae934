"""What surrounds a claim: the moves at it and from it, what they come from and aim at, to a depth and a budget."""

from __future__ import annotations

from collections import deque

from rejoinder.errors import Missing, NotFound
from rejoinder.graph.maps.nodes import Neighbourhood
from rejoinder.graph.maps.reader import Reader
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.records import Kind

MOST_NODES = 1000


def neighbourhood(snapshot: Snapshot, claim: str, *, depth: int = 2, limit: int = 100) -> Neighbourhood:
    """Everything within `depth` moves of a claim or move (IRI), at most `limit` nodes (up to 1,000).

    Breadth first: what the claim itself speaks to, then what is at it; of other nodes, what is at them before what they
    are at. The surest move comes first, then it goes by IRI; so a smaller budget gives the beginning of what a larger
    one gives. Raises NotFound where there is no such claim.
    """
    reader = Reader(snapshot)
    if reader.kind(claim) not in {"Claim", *map(str, Kind)}:
        raise NotFound(f"no claim {claim}", missing=Missing.CLAIM)
    distances, truncated = _walk(reader, claim, depth, min(limit, MOST_NODES))
    nodes = tuple(reader.node(iri, distance, distances) for iri, distance in distances.items())
    edges = tuple(
        edge for iri in distances for edge in reader.edges(iri) if edge.start in distances and edge.end in distances
    )
    return Neighbourhood(claim, depth, nodes, edges, truncated, snapshot.id)


def _walk(reader: Reader, centre: str, depth: int, limit: int) -> tuple[dict[str, int], bool]:
    """Distances of the nodes reached, in the order they are reached, and whether the budget ended the walk.

    A move and the things at its two ends are one step; a move never stands without its ends.
    """
    distances, waiting = {centre: 0}, deque([centre])
    while waiting:
        node_iri = waiting.popleft()
        if distances[node_iri] >= depth:
            continue
        for move in reader.moves(node_iri, outward=node_iri == centre):
            fresh = [iri for iri in (move, *reader.ends(move)) if iri not in distances]
            if len(distances) + len(fresh) > limit:
                return distances, True
            distances.update((iri, distances[node_iri] + 1) for iri in fresh)
            waiting.extend(fresh)
    return distances, False

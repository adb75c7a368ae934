"""AIF in JSON, as AIFdb gives it out: nodes, edges, locutions and participants, side by side."""

from __future__ import annotations

from typing import Any

from rejoinder.graph.exports.aif_graph import reverse_premises, whole_graph
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.queries.written import as_json
from rejoinder.records import AifGraph, AifNode

NAME = "aif"
SUMMARY = "Argument Interchange Format (JSON), for AIFdb and the tools that read it"
MEDIA_TYPE = "application/json"
EXTENSION = "json"


def write(thread_map: ThreadMap, options: Options) -> str:
    """The thread as an AIF graph; ids are strings, unless it came with whole numbers."""
    graph = whole_graph(thread_map)
    numbers = graph.numbers and thread_map.discussion.aif is not None
    return as_json(aif_lists(graph if options.premises_outward else reverse_premises(graph), numbers=numbers))


def aif_lists(graph: AifGraph, *, numbers: bool) -> dict[str, list[dict[str, Any]]]:
    """The graph as the lists of AIF."""

    def name(text: str | None) -> str | int | None:
        return int(text) if numbers and text is not None else text

    return {
        "nodes": [{"nodeID": name(node.id), **node_fields(node)} for node in graph.nodes],
        "edges": [
            {"edgeID": name(edge.id), "fromID": name(edge.source), "toID": name(edge.target), "formEdgeID": edge.form}
            for edge in graph.edges
        ],
        "locutions": [
            {
                "nodeID": name(locution.node),
                "personID": name(locution.person),
                "timestamp": locution.timestamp,
                "start": locution.start,
                "end": locution.end,
                "source": locution.source,
            }
            for locution in graph.locutions
        ],
        "participants": [
            {"participantID": name(person.id), "firstname": person.first_name, "surname": person.last_name}
            for person in graph.persons
        ],
    }


def node_fields(node: AifNode) -> dict[str, str]:
    """What a node says besides its id; what is not known of it is left out."""
    optional = {"timestamp": node.timestamp, "scheme": node.scheme, "schemeID": node.scheme_id}
    return {"text": node.text, "type": node.type} | {key: value for key, value in optional.items() if value is not None}

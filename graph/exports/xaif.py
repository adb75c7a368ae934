"""xAIF: AIF in JSON with the scheme of each node, a layout for OVA and the text that was analysed."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import Any

from rejoinder.graph.exports.aif import aif_lists
from rejoinder.graph.exports.aif_graph import reverse_premises, whole_graph
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.queries.written import as_json
from rejoinder.records import AifGraph

NAME = "xaif"
SUMMARY = "extended AIF (JSON), for OVA and the tools of AMF"
MEDIA_TYPE = "application/json"
EXTENSION = "json"

COLUMNS = {"I": 0, "": 1, "RA": 1, "CA": 1, "MA": 1, "PA": 1, "YA": 2, "TA": 4}  # all else, as an L-node, stands in 3
WIDTH, HEIGHT = 300, 90  # of a place in the layout, in the pixels of OVA
OPTIONAL_KEYS = ("formEdgeID", "timestamp", "start", "end", "source")  # keys that are left out where nothing is known


def write(thread_map: ThreadMap, options: Options) -> str:
    """The thread as an xAIF document; ids are whole numbers, unless it came with others."""
    graph = whole_graph(thread_map)
    parts = aif_lists(graph if options.premises_outward else reverse_premises(graph), numbers=graph.numbers)
    aif: dict[str, Any] = {name: [without_unknown(record) for record in part] for name, part in parts.items()}
    schemes = [(node["nodeID"], node.pop("schemeID")) for node in aif["nodes"] if "schemeID" in node]
    aif["schemefulfillments"] = [{"nodeID": name, "schemeID": scheme} for name, scheme in schemes]
    aif |= {"descriptorfulfillments": [], "cqdescriptorfulfillments": []}
    text = graph.text if thread_map.discussion.aif else spoken_text(graph)
    layout = {"firstname": "", "surname": "", "url": thread_map.discussion.thread.url or "", **node_positions(aif)}
    dialog = any(node.type == "L" for node in graph.nodes)
    return as_json({"AIF": aif, "OVA": layout, "text": {"txt": text or ""}, "dialog": dialog})


def without_unknown(values: dict[str, Any]) -> dict[str, Any]:
    """The values without those that are not known and that xAIF need not have."""
    return {key: value for key, value in values.items() if value is not None or key not in OPTIONAL_KEYS}


def node_positions(aif: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Where OVA draws each node: claims on the left, what is said on the right, in the order of ids."""
    rows: dict[int, int] = defaultdict(int)
    nodes = []
    for node in aif["nodes"]:
        column = COLUMNS.get(node["type"], 3)
        place = {"nodeID": node["nodeID"], "visible": True, "x": WIDTH * column, "y": HEIGHT * rows[column]}
        nodes.append(place | {"timestamp": node.get("timestamp", "")})
        rows[column] += 1
    edges = [{"fromID": edge["fromID"], "toID": edge["toID"], "visible": True} for edge in aif["edges"]]
    return {"nodes": nodes, "edges": edges}


def spoken_text(graph: AifGraph) -> str:
    """All that is said, as the text that OVA shows: each locution a span that is named by its node."""
    names = {person.id: person.name for person in graph.persons}
    by = {locution.node: names.get(locution.person or "", "") for locution in graph.locutions}
    return "".join(
        f'{escape(by.get(node.id, ""))} <span class="highlighted" id="{node.id}">{escape(node.text)}</span>.<br><br>'
        for node in graph.nodes
        if node.type == "L"
    )

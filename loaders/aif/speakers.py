"""Who speaks in an AIF graph."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rejoinder.records import AifGraph, AifNode

SPEAKER = re.compile(r"\s*+([^:\n]{1,60}?) : ")  # as OVA writes a locution: "Ann Lee : We should wait."


def speakers(graph: AifGraph, nodes: Mapping[str, AifNode]) -> dict[str, str]:
    """Who uttered each L-node: the participant, or else whom the text names, or else the person's id.

    AIF JSON lists no participants, but the texts of one person's locutions all begin with the name. The name of a
    participant before the words is enough where there is no locution.
    """
    names = {participant.id: participant.name for participant in graph.persons}
    full, signed = set(names.values()), dict[str, set[str | None]]()
    for locution in graph.locutions:
        if locution.person is not None and locution.node in nodes:
            signed.setdefault(locution.person, set()).add(signature(nodes[locution.node]))
    known = {person: only_element(signatures) or person for person, signatures in signed.items()} | {
        person: name for person, name in names.items() if name
    }
    named = {node.id: name for node in graph.nodes if (name := signature(node)) and name in full}
    return named | {item.node: known.get(item.person, item.person) for item in reversed(graph.locutions) if item.person}


def signature(node: AifNode) -> str | None:
    """The name that stands before the words of a locution."""
    match = SPEAKER.match(node.text)
    return match[1] if match else None


def only_element(elements: set[str | None]) -> str | None:
    """The only element of a set."""
    return next(iter(elements)) if len(elements) == 1 else None

"""What is said in an AIF graph: a comment for each locution, with its author and time, and what it replies to."""

from __future__ import annotations

import re

from rejoinder.loaders.aif.view import AifView
from rejoinder.loaders.gathering.cycles import cycle_cuts
from rejoinder.loaders.values.fields import iso_of_seconds
from rejoinder.records import AifLocution, AifNode, Comment

TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)")
SECONDS = re.compile(r"\d{9,11}")
UNSET = "0000-00-00"


def comments_of_locutions(view: AifView) -> dict[str, Comment]:
    """A comment for each locution; it replies to the locution that a transition leads from, first come."""
    parents: dict[str, str | None] = {}
    for node in filter(view.is_said, view.graph.nodes):
        earlier = (locution for act in view.predecessors(node, "TA") for locution in view.predecessors(act, "L"))
        parents[node.id] = next((other.id for other in earlier if other.id != node.id and view.is_said(other)), None)
    for name, _ in cycle_cuts(parents):
        parents[name] = None
    return {name: comment_of_locution(view.nodes[name], view, parent) for name, parent in parents.items()}


def comment_of_locution(node: AifNode, view: AifView, parent: str | None) -> Comment:
    """The comment that a locution is."""
    uttered = view.locutions.get(node.id, AifLocution(node.id))
    times = [iso_time(stamp) for stamp in (uttered.start, node.timestamp, uttered.timestamp)]
    created = next((time for time in times if time), None)
    return Comment(view.graph.thread, node.id, node.text, parent, view.names.get(node.id), created)


def iso_time(text: str | None) -> str | None:
    """A time of AIF in ISO 8601, without zone, for AIF has none; seconds since 1970 in UTC; else as it is.

    >>> iso_time("2020-05-21 23:00:09"), iso_time("0000-00-00 00:00:00")
    ('2020-05-21T23:00:09', None)
    """
    if not text or text.startswith(UNSET):
        return None
    if SECONDS.fullmatch(text):
        return iso_of_seconds(int(text))
    match = TIME.fullmatch(text)
    return f"{match[1]}T{match[2]}" if match else text

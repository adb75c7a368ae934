"""A graph in the Argument Interchange Format, as its source has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from rejoinder.records.identity import natural_key
from rejoinder.records.written import ThreadKey


@dataclass(frozen=True, slots=True)
class AifNode:
    """A node of an AIF graph; `type` is I, L, RA, CA, MA, PA, TA, YA, or what else its source says, even nothing."""

    id: str
    type: str
    text: str = ""
    timestamp: str | None = None
    scheme: str | None = None
    scheme_id: str | None = None


@dataclass(frozen=True, slots=True)
class AifEdge:
    """An edge between two nodes of an AIF graph, by their ids; ids of edges need not differ, as long as ends do."""

    id: str
    source: str
    target: str
    form: str | None = None


@dataclass(frozen=True, slots=True)
class AifLocution:
    """Who uttered an L-node, and when; neither the node nor the person need be described anywhere.

    `timestamp` is when that was noted, `start` and `end` when it was said; a node may have several.
    """

    node: str
    person: str | None = None
    timestamp: str | None = None
    start: str | None = None
    end: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class AifPerson:
    """A participant of a dialogue."""

    id: str
    first_name: str = ""
    last_name: str = ""

    @property
    def name(self) -> str:
        """The name as it is shown; tools of AMF write `None` for a part that they do not know."""
        return " ".join(part for part in (self.first_name, self.last_name) if part not in ("", "None")).strip()


@dataclass(frozen=True, slots=True)
class AifGraph:
    """A thread's graph in the Argument Interchange Format, as its source has it; each part in `natural` order.

    Edges lead from a premise to its scheme node, and from that to the conclusion. `numbers`: every id of the source
    is a whole number, and is written as one. `text` is the text that was analysed.
    """

    thread: ThreadKey
    nodes: tuple[AifNode, ...]
    edges: tuple[AifEdge, ...] = ()
    locutions: tuple[AifLocution, ...] = ()
    persons: tuple[AifPerson, ...] = ()
    numbers: bool = False
    text: str | None = None


def make_aif_graph(
    thread: ThreadKey,
    nodes: Iterable[AifNode],
    edges: Iterable[AifEdge] = (),
    locutions: Iterable[AifLocution] = (),
    persons: Iterable[AifPerson] = (),
    *,
    numbers: bool = False,
    text: str | None = None,
) -> AifGraph:
    """The AIF graph of these parts, each in natural order of its ids."""
    return AifGraph(
        thread,
        tuple(sorted(nodes, key=lambda node: natural_key(node.id))),
        tuple(
            sorted(edges, key=lambda edge: (natural_key(edge.id), natural_key(edge.source), natural_key(edge.target)))
        ),
        tuple(
            sorted(
                locutions,
                key=lambda locution: (natural_key(locution.node), [value or "" for value in astuple(locution)]),
            )
        ),
        tuple(sorted(persons, key=lambda person: natural_key(person.id))),
        numbers,
        text,
    )

"""An AIF graph to look around in: its nodes by id, what leads to each and from it, and who speaks."""

from __future__ import annotations

from rejoinder.loaders.aif.speakers import speakers
from rejoinder.records import AifGraph, AifLocution, AifNode, Kind, natural_key

STEP_KINDS = {"RA": Kind.SUPPORT, "CA": Kind.REBUTTAL, "MA": Kind.SIMILARITY}
STEP_TYPES = {*STEP_KINDS, "PA"}
SPEECH_TYPES = {"L", "YA", "TA"}
UNSORTED = ""  # arguebuf's scheme node whose sort is not known


class AifView:
    """The graph with its nodes by id, the neighbours of each in the order of edges, and who speaks."""

    def __init__(self, graph: AifGraph) -> None:
        self.graph = graph
        self.nodes = {node.id: node for node in graph.nodes}
        self.before: dict[str, list[AifNode]] = {name: [] for name in self.nodes}
        self.after: dict[str, list[AifNode]] = {name: [] for name in self.nodes}
        for edge in graph.edges:
            self.before[edge.target].append(self.nodes[edge.source])
            self.after[edge.source].append(self.nodes[edge.target])
        self.locutions: dict[str, AifLocution] = {}
        for locution in graph.locutions:
            self.locutions.setdefault(locution.node, locution)
        self.names = speakers(graph, self.nodes)

    def type(self, node: AifNode) -> str:
        """The node's type, in capitals."""
        return node.type.upper()

    def predecessors(self, node: AifNode, *types: str) -> list[AifNode]:
        """The nodes of these types with an edge to it."""
        return [neighbour for neighbour in self.before[node.id] if self.type(neighbour) in types]

    def successors(self, node: AifNode, *types: str) -> list[AifNode]:
        """The nodes of these types with an edge from it."""
        return [neighbour for neighbour in self.after[node.id] if self.type(neighbour) in types]

    def forces(self, node: AifNode, *words: str) -> list[AifNode]:
        """The YA-nodes that anchor it and whose illocutionary force has one of these words in it."""
        return [act for act in self.predecessors(node, "YA") if any(word in illocutionary_force(act) for word in words)]

    def is_said(self, node: AifNode) -> bool:
        """Whether an L-node is part of the dialogue: uttered, or joined to it; an analyst's is neither."""
        if self.type(node) != "L" or not node.text.strip():
            return False
        acts = [act for act in self.successors(node, "YA", "TA") if not illocutionary_force(act).startswith("analys")]
        return node.id in self.locutions or bool(acts or self.predecessors(node, "TA"))

    def places(self, node: AifNode) -> list[AifNode]:
        """The L-nodes in which a node is anchored: those that assert it first, those that agree or object last."""
        ranked: list[tuple[bool, bool, AifNode]] = []
        for act in self.predecessors(node, "YA"):
            later = "agree" in illocutionary_force(act)
            ranked += ((later, False, locution) for locution in self.predecessors(act, "L"))
            ranked += (
                (later, True, end) for step in self.predecessors(act, "TA") for end in self.successors(step, "L")
            )
        return [locution for _, _, locution in sorted(ranked, key=lambda entry: (*entry[:2], natural_key(entry[2].id)))]

    def premises(self, step: AifNode) -> list[AifNode]:
        """What a scheme node starts from."""
        return [node for node in self.before[step.id] if self.is_content(node) or self.is_argument(node)]

    def conclusions(self, step: AifNode) -> list[AifNode]:
        """What a scheme node is for or against; another scheme node only where it has no claim of its own to end in."""
        steps = [] if self.is_argument(step) else self.successors(step, *STEP_TYPES)
        return [node for node in self.after[step.id] if self.is_content(node)] + steps

    def is_content(self, node: AifNode) -> bool:
        """Whether it is something that is held: neither a scheme node nor what says that something is said."""
        return self.type(node) not in STEP_TYPES | SPEECH_TYPES | {UNSORTED}

    def is_argument(self, node: AifNode) -> bool:
        """Whether a scheme node that leads to another stands for a whole argument, not for a step against or for it."""
        return self.type(node) in {"RA", "MA"} and any(self.is_content(neighbour) for neighbour in self.after[node.id])


def illocutionary_force(act: AifNode) -> str:
    """The illocutionary force of a YA-node, as "pure questioning"."""
    return f"{act.text} {act.scheme or ''}".casefold()

"""A thread as an AIF graph: the one it came with, and nodes for whatever that does not hold.

Comments are anchored as in Inference Anchoring Theory (Budzynska and Reed 2011): a locution (L) by a participant has
the force (YA) of asserting a claim (I); a transition (TA) leads from it to its reply, and has the force of arguing
(RA), disagreeing (CA) or restating (MA). Schemes and their numbers are those of AIFdb.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from rejoinder.graph.exports.ends import Ends
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.triples.aif_layer import STEP_TYPES, origin_nodes
from rejoinder.graph.triples.date_times import iso_date_time
from rejoinder.records import (
    AifEdge,
    AifGraph,
    AifLocution,
    AifNode,
    AifPerson,
    AuthorRef,
    Claim,
    ClaimRef,
    Comment,
    Kind,
    Move,
    MoveRef,
    Span,
    Target,
    make_aif_graph,
    with_wider_kinds,
)

SCHEMES = {  # of AIFdb, by name
    "Default Inference": "72",
    "Default Conflict": "71",
    "Default Rephrase": "144",
    "Default Transition": "82",
    "Default Illocuting": "168",
    "Asserting": "74",
    "Arguing": "80",
}
ASKING, AGREEING = "Pure Questioning", "Agreeing"
SPEECH_TYPES = {"L", "YA", "TA", ""}  # neither premise nor conclusion, as nodes of no known sort


def whole_graph(thread_map: ThreadMap) -> AifGraph:
    """The AIF graph of a thread; new nodes have whole numbers above those that are there, in the order of reading.

    Not in it are quotations and reactions without words, for which AIF has no word.
    """
    graph = thread_map.discussion.aif
    growing = AifBuilder(graph or make_aif_graph(thread_map.key, []))
    drawing = ThreadAifWriter(thread_map, growing)
    drawing.add_all()
    return growing.finished_graph(numbers=graph is None or graph.numbers)


def reverse_premises(graph: AifGraph) -> AifGraph:
    """The graph with every edge of a premise leading the other way; each edge of a step says what it is."""
    types = {node.id: node.type.upper() for node in graph.nodes}
    return replace(
        graph, edges=tuple(reverse_premise(edge, types[edge.source], types[edge.target]) for edge in graph.edges)
    )


def reverse_premise(edge: AifEdge, source: str, target: str) -> AifEdge:
    """The edge, turned round if it is that of a premise; between two steps it stays as it is."""
    if target in STEP_TYPES and source not in STEP_TYPES | SPEECH_TYPES:
        return replace(edge, source=edge.target, target=edge.source, form="Premise")
    if source in STEP_TYPES and target not in STEP_TYPES | SPEECH_TYPES:
        return replace(edge, form="Conclusion")
    return edge


class AifBuilder:
    """An AIF graph to which nodes and edges are added."""

    def __init__(self, graph: AifGraph) -> None:
        self.graph = graph
        self.nodes, self.edges = list(graph.nodes), list(graph.edges)
        self.locutions, self.persons = list(graph.locutions), list(graph.persons)
        self.next_node = 1 + max((whole_number(node.id) for node in graph.nodes), default=0)
        self.next_edge = 1 + max((whole_number(edge.id) for edge in graph.edges), default=0)
        self.next_person = 1 + max((whole_number(person.id) for person in graph.persons), default=0)
        self.id_by_person_name = {person.name: person.id for person in graph.persons}

    def add_node(self, kind: str, text: str, time: str | None, *, scheme: bool = False) -> str:
        """Adds a node; its text may be the scheme that it fulfils."""
        name, self.next_node = str(self.next_node), self.next_node + 1
        self.nodes.append(AifNode(name, kind, text, time, text if scheme else None, SCHEMES.get(text)))
        return name

    def add_edge(self, source: str, target: str) -> None:
        """Adds an edge."""
        self.edges.append(AifEdge(str(self.next_edge), source, target))
        self.next_edge += 1

    def add_locution(self, comment: Comment) -> str:
        """Adds the L-node of a comment, and who uttered it."""
        time = aif_time(comment.created)
        node = self.add_node("L", comment.text, time)
        if comment.author is not None:
            self.locutions.append(AifLocution(node, self.person_id(comment.author), time, time))
        return node

    def person_id(self, name: str) -> str:
        """The id of a participant, who is added where new."""
        if name not in self.id_by_person_name:
            first, _, last = name.partition(" ")
            parts = (first, last) if first and last.strip() else (name, "")
            self.id_by_person_name[name], self.next_person = str(self.next_person), self.next_person + 1
            self.persons.append(AifPerson(self.id_by_person_name[name], *parts))
        return self.id_by_person_name[name]

    def finished_graph(self, *, numbers: bool) -> AifGraph:
        """The graph with all that was added."""
        parts = self.nodes, self.edges, self.locutions, self.persons
        return make_aif_graph(self.graph.thread, *parts, numbers=numbers, text=self.graph.text)


class ThreadAifWriter:
    """Draws the comments, claims and moves of a thread that no node of its graph stands for."""

    def __init__(self, thread_map: ThreadMap, growing: AifBuilder) -> None:
        self.builder, self.ends = growing, Ends(thread_map)
        self.comments, self.moves = thread_map.comments(), thread_map.moves()
        self.order = thread_map.comments_in_order()
        types = {node.id: node.type.upper() for node in growing.nodes}
        origins = list(origin_nodes(thread_map.discussion, thread_map.argument))
        self.node_by_claim = {name: node for kind, name, node in origins if kind == "claim"}  # the I-node of each claim
        self.steps = {name: node for kind, name, node in origins if kind == "move"}  # the scheme node of each move
        self.original_comments = {name for kind, name, _ in origins if kind == "comment"}
        self.locution_by_comment = {
            name: name for name in self.original_comments if types[name] == "L"
        }  # the L-node of each comment
        self.passages: dict[Target, str] = {}  # the I-node of what is targeted and is no claim
        self.transitions: dict[tuple[str, str], str] = {}  # the TA-node from one comment to another
        self.asking_claims = {end for move in self.moves.values() if move.kind == Kind.QUESTION for end in move.sources}

    def add_all(self) -> None:
        """Draws it all, in the order of reading: what is uttered, what is claimed, what is argued."""
        new = [post for post in self.order if post.id not in self.original_comments and post.text.strip()]
        self.locution_by_comment |= {post.id: self.builder.add_locution(post) for post in new}
        for comment in new:
            self.add_transition(comment)
        for claim in self.ends.claims():
            if claim.id not in self.node_by_claim:
                self.add_claim(claim)
        steps = [(move, drawn) for move in self.ends.moves() if move.id not in self.steps and (drawn := aif_step(move))]
        for move, (kind, scheme, _) in steps:
            if kind != "YA":
                self.steps[move.id] = self.builder.add_node(
                    kind, scheme, self.time_of_comment(move.comment), scheme=True
                )
        for move, (kind, _, force) in steps:
            self.add_move_edges(move, kind, force)

    def add_transition(self, comment: Comment) -> None:
        """The TA-node that leads from the locution of its parent to that of a comment."""
        if comment.parent not in self.locution_by_comment:
            return
        step = self.builder.add_node("TA", "Default Transition", aif_time(comment.created), scheme=True)
        self.transitions[comment.parent, comment.id] = step
        self.builder.add_edge(self.locution_by_comment[comment.parent], step)
        self.builder.add_edge(step, self.locution_by_comment[comment.id])

    def add_claim(self, claim: Claim) -> None:
        """The I-node of a claim, anchored wherever its own author states it."""
        node = self.node_by_claim[claim.id] = self.builder.add_node(
            "I", claim.text, self.time_of_comment(claim.spans[0].comment)
        )
        force = ASKING if ClaimRef(claim.id) in self.asking_claims else "Asserting"
        for place in dict.fromkeys(span.comment for span in claim.spans):
            if self.comments[place].author == claim.author:
                self.add_anchor(self.locution_by_comment.get(place), force, node, place)

    def add_move_edges(self, move: Move, kind: str, force: str) -> None:
        """The edges of a move, and the force that is anchored where it is made."""
        if kind == "YA":
            self.add_anchor(self.anchor_place(move), force, self.conceded_node(move.target), move.comment)
            return
        node = self.steps[move.id]
        for name in dict.fromkeys(end.id for end in move.sources if isinstance(end, ClaimRef)):
            self.builder.add_edge(self.node_by_claim[name], node)
        self.builder.add_edge(node, self.target_node(move.target))
        self.add_anchor(self.anchor_place(move), force, node, move.comment)

    def target_node(self, end: Target) -> str:
        """The node that an edge leads to: of a claim, of a step, or an I-node made of the words that are meant."""
        if isinstance(end, MoveRef):
            return self.steps.get(end.id) or self.conceded_node(end)
        node = self.node_by_claim.get(end.id) if isinstance(end, ClaimRef) else None
        return node or self.passage_node(end)

    def conceded_node(self, end: Target) -> str:
        """The I-node of what an objection, or a question, says."""
        if not isinstance(end, MoveRef):
            return self.target_node(end)
        sources = self.moves[end.id].sources if end.id in self.moves else ()
        claims = [
            self.node_by_claim[source.id]
            for source in sources
            if isinstance(source, ClaimRef) and source.id in self.node_by_claim
        ]
        return claims[0] if claims else self.passage_node(end)

    def passage_node(self, end: Target) -> str:
        """An I-node of the words of a comment, a span or the title of the thread, made once."""
        if end not in self.passages:
            passage = self.ends.end_of(end)
            place = passage.comment.id if passage.comment else None
            node = self.passages[end] = self.builder.add_node("I", passage.text, self.time_of_comment(place))
            self.add_anchor(self.locution_by_comment.get(place or ""), "Asserting", node, place)
        return self.passages[end]

    def anchor_place(self, move: Move) -> str | None:
        """Where a move is anchored: in the transition from what it is aimed at, or else in its own locution."""
        comment = move.comment or ""
        return self.transitions.get((move.target_comment or "", comment)) or self.locution_by_comment.get(comment)

    def add_anchor(self, place: str | None, force: str, node: str, comment: str | None) -> None:
        """A YA-node between a locution or transition and what it brings about."""
        if place is not None:
            act = self.builder.add_node("YA", force, self.time_of_comment(comment), scheme=True)
            self.builder.add_edge(place, act)
            self.builder.add_edge(act, node)

    def time_of_comment(self, comment: str | None) -> str | None:
        """When a comment was written, as AIF writes it."""
        return aif_time(self.comments[comment].created) if comment in self.comments else None


def aif_step(move: Move) -> tuple[str, str, str] | None:
    """Node type, scheme and illocutionary force of a move; None for what AIF has no word for.

    A question is the force of asserting nothing, and a concession that of agreeing. That an MA-node leads from an
    answer to what was asked is the usage of QT30 (Hautli-Janisz and others 2022).
    """
    if any(isinstance(end, AuthorRef | Span) for end in move.sources):
        return None
    if Kind.OBJECTION in with_wider_kinds(move.kind):
        return "CA", "Default Conflict", "Disagreeing"
    return {
        Kind.SUPPORT: ("RA", "Default Inference", "Arguing"),
        Kind.SIMILARITY: ("MA", "Default Rephrase", "Restating"),
        Kind.CLARIFICATION: ("MA", "Default Rephrase", "Restating"),
        Kind.ANSWER: ("MA", "Default Rephrase", "Default Illocuting"),
        Kind.CONCESSION: ("YA", "", AGREEING),
    }.get(move.kind)


def aif_time(created: str | None) -> str | None:
    """A time as AIF writes it, which knows no zones: that of UTC; None for what is no ISO 8601.

    >>> aif_time("2024-05-01T10:00:00+02:00"), aif_time("yesterday")
    ('2024-05-01 08:00:00', None)
    """
    if created is None or iso_date_time(created) is None:
        return None
    when = datetime.fromisoformat(created)
    if when.tzinfo is not None:
        try:
            when = when.astimezone(UTC)
        except OverflowError:
            return None
    return f"{when:%Y-%m-%d %H:%M:%S}" if when.year > 999 else None


def whole_number(name: str) -> int:
    """The whole number that an id is, 0 where it is none."""
    return int(name) if name.isascii() and name.isdigit() and len(name) < 18 else 0

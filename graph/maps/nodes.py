"""What a neighbourhood is made of: nodes with the places where they stand, and the edges among them."""

from __future__ import annotations

from dataclasses import dataclass

from rejoinder.graph.maps.wording import standing_of_status, wordless_noun

STANDINGS = ("open", "between", "settled")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said: the comment, its author, time and permalink, and the characters in it."""

    comment: str
    id: str
    author: str | None
    created: str | None
    link: str | None
    start: int | None
    end: int | None
    exact: str | None
    thread: str
    thread_title: str | None


@dataclass(frozen=True, slots=True)
class QuotedFrom:
    """Where quoted words stand in another thread, as far as is known: the Quotation (IRI), the place, how sure, why."""

    quotation: str
    place: Place
    confidence: float
    cue: str


@dataclass(frozen=True, slots=True)
class Node:
    """One claim, move, comment, span or thread of a neighbourhood; what does not apply is None or empty.

    `kind` is the narrowest class of the ontology ("Claim", "Rebuttal", "Counter", "Comment", ...). `distance` counts
    moves from the centre. `hidden` is how many neighbours were left out by depth or budget. `judgement` is the IRI of
    that which says that a move is right, `judge` who judged and `because` why, where that is said. `reason` is what
    its writer says beside an objection that does not say by itself what is wrong, and `reason_from` how that was
    found.
    """

    iri: str
    kind: str
    text: str
    author: str | None
    places: tuple[Place, ...]
    distance: int
    hidden: int = 0
    label: str | None = None
    strength: float | None = None
    objections: int | None = None
    open_objections: int | None = None
    status: str | None = None
    levels: tuple[str, ...] = ()
    rank: float | None = None
    confidence: float | None = None
    method: str | None = None
    cue: str | None = None
    explanation: str | None = None
    answered_beside: int | None = None
    quoted_from: QuotedFrom | None = None
    judgement: str | None = None
    judge: str | None = None
    because: str | None = None
    reason: str | None = None
    reason_from: str | None = None

    @property
    def words(self) -> str:
        """Its text, or what stands for it where it holds none."""
        return self.text or wordless_noun(self.kind, self.author)

    @property
    def elsewhere(self) -> Place | None:
        """Where its words stand in another thread, if their author is known only from there."""
        place = self.quoted_from.place if self.quoted_from and not self.author else None
        return place if place and place.author else None


@dataclass(frozen=True, slots=True)
class Edge:
    """From a source to its move (`relation` "source"), or from a move to its target ("target")."""

    start: str
    end: str
    relation: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The nodes around `centre`, nearest first, and the edges among them; `truncated` where the budget cut it."""

    centre: str
    depth: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    truncated: bool
    snapshot: str

    @property
    def is_alone(self) -> bool:
        """True if the centre makes no move and met none, not even one out of reach."""
        return not (self.edges or self.truncated or self.nodes[0].hidden)


def urgency(move: Node) -> tuple[int, float]:
    """A key that puts open objections first and settled ones below, each by rank, and all other moves last."""
    if not move.status:
        return len(STANDINGS), 0
    return STANDINGS.index(standing_of_status(move.status)), -(move.rank or 0)

"""What surrounds a claim: the moves at it and from it, what they come from and aim at, to a depth and a budget."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pyoxigraph as ox

from rejoinder.errors import NotFound
from rejoinder.graph.maps.wording import standing, wordless
from rejoinder.graph.queries.brief import Reasons
from rejoinder.graph.queries.values import iri_of
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples import build
from rejoinder.graph.triples.lookup import holds
from rejoinder.graph.triples.terms import RJ, TYPE, Names, rj
from rejoinder.records import Kind, kinds

MOST_NODES = 1000
LISTED = 10  # of the claims and moves that the beginning of an id may mean
STANDINGS = ("open", "between", "settled")
CROSSROADS = {"Thread", "Author"}  # where everything meets: shown, but no way onward leads through them

_NARROW = {frozenset(str(one) for one in kinds(kind)): str(kind) for kind in Kind}


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
        return self.text or wordless(self.kind, self.author)

    @property
    def elsewhere(self) -> Place | None:
        """Where its words stand in another thread, if their author is known only from there."""
        found = self.quoted_from.place if self.quoted_from and not self.author else None
        return found if found and found.author else None


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
    def alone(self) -> bool:
        """True if the centre makes no move and met none, not even one out of reach."""
        return not (self.edges or self.truncated or self.nodes[0].hidden)


def neighbourhood(snapshot: Snapshot, claim: str, *, depth: int = 2, limit: int = 100) -> Neighbourhood:
    """Everything within `depth` moves of a claim or move (IRI), at most `limit` nodes (up to 1,000).

    Breadth first: what the claim itself speaks to, then what is at it; of other nodes, what is at them before what they
    are at. The surest move comes first, then it goes by IRI; so a smaller budget gives the beginning of what a larger
    one gives. Raises NotFound where there is no such claim.
    """
    reader = Reader(snapshot)
    if reader.kind(claim) not in {"Claim", *map(str, Kind)}:
        raise NotFound(f"no claim {claim}")
    distances, truncated = _walk(reader, claim, depth, min(limit, MOST_NODES))
    nodes = tuple(reader.node(iri, distance, distances) for iri, distance in distances.items())
    edges = tuple(
        edge for iri in distances for edge in reader.edges(iri) if edge.start in distances and edge.end in distances
    )
    return Neighbourhood(claim, depth, nodes, edges, truncated, snapshot.id)


def pressing(move: Node) -> tuple[int, float]:
    """A key that puts open objections first and settled ones below, each by rank, and all other moves last."""
    if not move.status:
        return len(STANDINGS), 0
    return STANDINGS.index(standing(move.status)), -(move.rank or 0)


def origins(snapshot: Snapshot, iris: Iterable[str]) -> dict[str, Place]:
    """Where the words of claims (IRIs) that belong to nobody known stand in other threads, as far as is known."""
    reader = Reader(snapshot)
    found = {iri: reader.node(iri, 0, {}).elsewhere for iri in dict.fromkeys(iris)}
    return {iri: place for iri, place in found.items() if place}


def claim_iri(snapshot: Snapshot, name: str) -> str:
    """The IRI of the claim or move that `name` means: an IRI, an id, or the beginning of an id (8 digits or more).

    Raises NotFound where none or several match, and lists the several.
    """
    if "/" in name:
        return iri_of("claim", name).value
    found = [f"{snapshot.base}{kind}/{name}" for kind in ("claim", "move")] if name.isalnum() else []
    known = [iri for iri in found if holds(snapshot.store, ox.NamedNode(iri), TYPE, None)]
    if found and not known and len(name) >= 8:
        known = _beginning(snapshot, name)
    if not known:
        raise NotFound(f"no claim {name!r}, and no move")
    if len(known) > 1:
        raise NotFound(f"{len(known)} claims and moves begin with {name!r}: {_listed(snapshot.base, known)}")
    return known[0]


def _listed(base: str, found: list[str]) -> str:
    named = [iri.removeprefix(base).replace("/", " ") for iri in found[:LISTED]]
    return ", ".join(named) + (f" and {len(found) - LISTED} more" if len(found) > LISTED else "")


def _beginning(snapshot: Snapshot, name: str) -> list[str]:
    starts = tuple(f"{snapshot.base}{kind}/{name}" for kind in ("claim", "move"))
    found = {
        quad.subject.value  # type: ignore[union-attr]
        for class_ in ("Claim", "Move")
        for quad in snapshot.store.quads_for_pattern(None, TYPE, rj(class_))
    }
    return sorted(iri for iri in found if iri.startswith(starts))


def _walk(reader: Reader, centre: str, depth: int, limit: int) -> tuple[dict[str, int], bool]:
    """Distances of the nodes reached, in the order they are reached, and whether the budget ended the walk.

    A move and the things at its two ends are one step; a move never stands without its ends.
    """
    distances, waiting = {centre: 0}, deque([centre])
    while waiting:
        one = waiting.popleft()
        if distances[one] >= depth:
            continue
        for move in reader.moves(one, outward=one == centre):
            fresh = [iri for iri in (move, *reader.ends(move)) if iri not in distances]
            if len(distances) + len(fresh) > limit:
                return distances, True
            distances.update((iri, distances[one] + 1) for iri in fresh)
            waiting.extend(fresh)
    return distances, False


class Reader:
    """Look-ups in a snapshot; what a resource holds is looked up once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.store, self.names = snapshot.store, Names(snapshot.base)
        self.known: dict[str, dict[str, list[str]]] = {}
        self.reasons = Reasons(snapshot.store)

    def values(self, iri: str) -> dict[str, list[str]]:
        """All values of a resource by property IRI, sorted."""
        if iri not in self.known:
            found: dict[str, list[str]] = {}
            for quad in self.store.quads_for_pattern(ox.NamedNode(iri), None, None):
                found.setdefault(quad.predicate.value, []).append(quad.object.value)  # type: ignore[union-attr]
            self.known[iri] = {name: sorted(values) for name, values in found.items()}
        return self.known[iri]

    def one(self, iri: str, name: str) -> str | None:
        """The value of a property of which there is at most one."""
        values = self.values(iri).get(name)
        return values[0] if values else None

    def kind(self, iri: str) -> str:
        """The narrowest class."""
        types = frozenset(one.removeprefix(RJ) for one in self.values(iri).get(TYPE.value, ()))
        return _NARROW.get(types) or next(iter(sorted(types)), "")

    def moves(self, iri: str, *, outward: bool = False) -> list[str]:
        """The moves at a node and those from it, `outward` ones first or last; the surest first.

        A move also leads to itself: its own ends.
        """
        if self.kind(iri) in CROSSROADS:
            return []
        at = self.subjects(rj("target"), iri)
        out = self.subjects(rj("source"), iri)
        own = [iri] if RJ + "target" in self.values(iri) else []
        return list(dict.fromkeys([*own, *out, *at] if outward else [*own, *at, *out]))

    def ends(self, move: str) -> list[str]:
        """The sources and the target of a move."""
        values = self.values(move)
        return list(dict.fromkeys([*values.get(RJ + "source", ()), *values.get(RJ + "target", ())]))

    def edges(self, iri: str) -> list[Edge]:
        """The edges of a move."""
        values = self.values(iri)
        into = [Edge(source, iri, "source") for source in values.get(RJ + "source", ())]
        return into + [Edge(iri, target, "target") for target in values.get(RJ + "target", ())]

    def node(self, iri: str, distance: int, shown: dict[str, int]) -> Node:
        """All that a view shows of one resource."""
        hidden = [move for move in self.moves(iri) if move not in shown]
        judgement = self.one(iri, RJ + "judgement")
        status = self.one(iri, RJ + "status")
        reason = self.reasons.of(iri) if status else None
        return Node(
            iri=iri,
            kind=self.kind(iri),
            text=self.text(iri),
            author=self.author(iri),
            places=self._places(iri),
            distance=distance,
            hidden=len(hidden),
            label=self._local(iri, "label"),
            strength=self._number(iri, "strength"),
            objections=self._count(iri, "objections"),
            open_objections=self._count(iri, "openObjections"),
            status=status,
            levels=tuple(one.removeprefix(RJ) for one in self.values(iri).get(RJ + "unansweredAt", ())),
            rank=self._number(iri, "rank"),
            confidence=self._number(iri, "confidence"),
            method=self._local(iri, "method"),
            cue=self.one(iri, RJ + "cue"),
            explanation=self.one(iri, RJ + "explanation"),
            answered_beside=self._count(iri, "answeredBeside"),
            quoted_from=self.quoted_from(iri),
            judgement=judgement,
            judge=self.one(judgement, RJ + "judge") if judgement else None,
            because=self.one(judgement, RJ + "because") if judgement else None,
            reason=reason.text if reason else None,
            reason_from=reason.found if reason else None,
        )

    def quoted_from(self, iri: str) -> QuotedFrom | None:
        """Where the words of a Quotation, or of a claim that only quotes, stand in another thread."""
        spans = self.values(iri).get(RJ + "statedIn", ())
        quotations = [iri, *(move for span in spans for move in self.subjects(rj("source"), span))]
        for one in quotations:
            if (span := self.one(one, RJ + "origin")) is not None:
                sure, cue = self._number(one, "originConfidence") or 0, self.one(one, RJ + "originCue") or ""
                return QuotedFrom(one, self.place(span), sure, cue)
        return None

    def subjects(self, predicate: ox.NamedNode, iri: str) -> list[str]:
        """What says this of a resource, the surest first."""
        quads = self.store.quads_for_pattern(None, predicate, ox.NamedNode(iri))
        found = {quad.subject.value for quad in quads}  # type: ignore[union-attr]
        return sorted(found, key=lambda one: (-float(self.one(one, RJ + "confidence") or 0), one))

    def text(self, iri: str) -> str:
        """A claim's text, a span's words, a comment's content, a thread's title, a move's evidence, or its cue."""
        for name in (RJ + "text", RJ + "exact", build.CONTENT, build.TITLE, build.SIOC_NAME):
            if (found := self.one(iri, name)) is not None:
                return found
        spans = self.values(iri).get(RJ + "evidence", ())
        return " … ".join(self.one(span, RJ + "exact") or "" for span in spans) or self.one(iri, RJ + "cue") or ""

    def author(self, iri: str) -> str | None:
        """The name of whoever says it, where that is known."""
        who = self.one(iri, build.ATTRIBUTED) or self.one(iri, build.CREATOR)
        return self.one(who, build.SIOC_NAME) if who else None

    def _places(self, iri: str) -> tuple[Place, ...]:
        values = self.values(iri)
        spans = values.get(RJ + "statedIn") or values.get(RJ + "evidence") or ()
        if spans:
            return tuple(sorted((self.place(span) for span in spans), key=lambda one: (one.comment, one.start or 0)))
        if RJ + "exact" in values:
            return (self.place(iri),)
        return (self.whole(iri),) if build.CONTENT in values else ()

    def place(self, span: str) -> Place:
        """The characters of a span in their comment."""
        whole = self.whole(self.one(span, RJ + "inComment") or "")
        start, end = self._count(span, "start"), self._count(span, "end")
        return replace(whole, start=start, end=end, exact=self.one(span, RJ + "exact"))

    def whole(self, comment: str) -> Place:
        """All of a comment as a place."""
        thread = self.one(comment, build.CONTAINER) or ""
        return Place(
            comment=comment,
            id=self.one(comment, build.SIOC_ID) or "",
            author=self.author(comment),
            created=self.one(comment, build.CREATED) or self.one(comment, RJ + "createdText"),
            link=self.one(comment, build.LINK),
            start=None,
            end=None,
            exact=None,
            thread=thread,
            thread_title=self.one(thread, build.TITLE),
        )

    def _local(self, iri: str, name: str) -> str | None:
        found = self.one(iri, RJ + name)
        return found.removeprefix(RJ) if found else None

    def _number(self, iri: str, name: str) -> float | None:
        found = self.one(iri, RJ + name)
        return float(found) if found is not None else None

    def _count(self, iri: str, name: str) -> int | None:
        found = self.one(iri, RJ + name)
        return int(found) if found is not None else None

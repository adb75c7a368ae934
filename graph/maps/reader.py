"""Resources of a snapshot read as nodes: their words, authors and places, and the moves at them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from rejoinder.graph.maps.nodes import Edge, Node, Place, QuotedFrom
from rejoinder.graph.queries.brief import ReasonFinder
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples import predicates
from rejoinder.graph.triples.terms import RJ, TYPE, Names, rj
from rejoinder.records import Kind, with_wider_kinds

CROSSROADS = {"Thread", "Author"}  # where everything meets: shown, but no way onward leads through them

_NARROW = {frozenset(str(wider_kind) for wider_kind in with_wider_kinds(kind)): str(kind) for kind in Kind}


def places_of_origin(snapshot: Snapshot, iris: Iterable[str]) -> dict[str, Place]:
    """Where the words of claims (IRIs) that belong to nobody known stand in other threads, as far as is known."""
    reader = Reader(snapshot)
    place_by_iri = {iri: reader.node(iri, 0, {}).elsewhere for iri in dict.fromkeys(iris)}
    return {iri: place for iri, place in place_by_iri.items() if place}


class Reader:
    """Look-ups in a snapshot; what a resource holds is looked up once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.store, self.names = snapshot.store, Names(snapshot.base)
        self.values_by_iri: dict[str, dict[str, list[str]]] = {}
        self.reasons = ReasonFinder(snapshot.store)

    def values(self, iri: str) -> dict[str, list[str]]:
        """All values of a resource by property IRI, sorted."""
        if iri not in self.values_by_iri:
            by_property: dict[str, list[str]] = {}
            for quad in self.store.quads_for_pattern(ox.NamedNode(iri), None, None):
                by_property.setdefault(quad.predicate.value, []).append(quad.object.value)  # type: ignore[union-attr]
            self.values_by_iri[iri] = {name: sorted(values) for name, values in by_property.items()}
        return self.values_by_iri[iri]

    def one_value(self, iri: str, name: str) -> str | None:
        """The value of a property of which there is at most one."""
        values = self.values(iri).get(name)
        return values[0] if values else None

    def kind(self, iri: str) -> str:
        """The narrowest class."""
        types = frozenset(class_iri.removeprefix(RJ) for class_iri in self.values(iri).get(TYPE.value, ()))
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
        judgement = self.one_value(iri, RJ + "judgement")
        status = self.one_value(iri, RJ + "status")
        reason = self.reasons.reason_for(iri) if status else None
        return Node(
            iri=iri,
            kind=self.kind(iri),
            text=self.text(iri),
            author=self.author(iri),
            places=self._places(iri),
            distance=distance,
            hidden=len(hidden),
            label=self._local_name(iri, "label"),
            strength=self._number(iri, "strength"),
            objections=self._count(iri, "objections"),
            open_objections=self._count(iri, "openObjections"),
            status=status,
            levels=tuple(level.removeprefix(RJ) for level in self.values(iri).get(RJ + "unansweredAt", ())),
            rank=self._number(iri, "rank"),
            confidence=self._number(iri, "confidence"),
            method=self._local_name(iri, "method"),
            cue=self.one_value(iri, RJ + "cue"),
            explanation=self.one_value(iri, RJ + "explanation"),
            answered_beside=self._count(iri, "answeredBeside"),
            quoted_from=self.quoted_from(iri),
            judgement=judgement,
            judge=self.one_value(judgement, RJ + "judge") if judgement else None,
            because=self.one_value(judgement, RJ + "because") if judgement else None,
            reason=reason.text if reason else None,
            reason_from=reason.evidence if reason else None,
        )

    def quoted_from(self, iri: str) -> QuotedFrom | None:
        """Where the words of a Quotation, or of a claim that only quotes, stand in another thread."""
        spans = self.values(iri).get(RJ + "statedIn", ())
        quotations = [iri, *(move for span in spans for move in self.subjects(rj("source"), span))]
        for quotation in quotations:
            if (span := self.one_value(quotation, RJ + "origin")) is not None:
                sure, cue = (
                    self._number(quotation, "originConfidence") or 0,
                    self.one_value(quotation, RJ + "originCue") or "",
                )
                return QuotedFrom(quotation, self.place(span), sure, cue)
        return None

    def subjects(self, predicate: ox.NamedNode, iri: str) -> list[str]:
        """What says this of a resource, the surest first."""
        quads = self.store.quads_for_pattern(None, predicate, ox.NamedNode(iri))
        iris = {quad.subject.value for quad in quads}  # type: ignore[union-attr]
        return sorted(iris, key=lambda subject: (-float(self.one_value(subject, RJ + "confidence") or 0), subject))

    def text(self, iri: str) -> str:
        """A claim's text, a span's words, a comment's content, a thread's title, a move's evidence, or its cue."""
        for name in (RJ + "text", RJ + "exact", predicates.CONTENT, predicates.TITLE, predicates.SIOC_NAME):
            if (words := self.one_value(iri, name)) is not None:
                return words
        spans = self.values(iri).get(RJ + "evidence", ())
        return (
            " … ".join(self.one_value(span, RJ + "exact") or "" for span in spans)
            or self.one_value(iri, RJ + "cue")
            or ""
        )

    def author(self, iri: str) -> str | None:
        """The name of whoever says it, where that is known."""
        who = self.one_value(iri, predicates.ATTRIBUTED) or self.one_value(iri, predicates.CREATOR)
        return self.one_value(who, predicates.SIOC_NAME) if who else None

    def _places(self, iri: str) -> tuple[Place, ...]:
        values = self.values(iri)
        spans = values.get(RJ + "statedIn") or values.get(RJ + "evidence") or ()
        if spans:
            return tuple(
                sorted((self.place(span) for span in spans), key=lambda place: (place.comment, place.start or 0))
            )
        if RJ + "exact" in values:
            return (self.place(iri),)
        return (self.whole_comment(iri),) if predicates.CONTENT in values else ()

    def place(self, span: str) -> Place:
        """The characters of a span in their comment."""
        comment_place = self.whole_comment(self.one_value(span, RJ + "inComment") or "")
        start, end = self._count(span, "start"), self._count(span, "end")
        return replace(comment_place, start=start, end=end, exact=self.one_value(span, RJ + "exact"))

    def whole_comment(self, comment: str) -> Place:
        """All of a comment as a place."""
        thread = self.one_value(comment, predicates.CONTAINER) or ""
        return Place(
            comment=comment,
            id=self.one_value(comment, predicates.SIOC_ID) or "",
            author=self.author(comment),
            created=self.one_value(comment, predicates.CREATED) or self.one_value(comment, RJ + "createdText"),
            link=self.one_value(comment, predicates.LINK),
            start=None,
            end=None,
            exact=None,
            thread=thread,
            thread_title=self.one_value(thread, predicates.TITLE),
        )

    def _local_name(self, iri: str, name: str) -> str | None:
        value = self.one_value(iri, RJ + name)
        return value.removeprefix(RJ) if value else None

    def _number(self, iri: str, name: str) -> float | None:
        value = self.one_value(iri, RJ + name)
        return float(value) if value is not None else None

    def _count(self, iri: str, name: str) -> int | None:
        value = self.one_value(iri, RJ + name)
        return int(value) if value is not None else None

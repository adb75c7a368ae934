"""What the comments of a store say in words of their own, and the passages they quote from comments unseen."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pyoxigraph as ox

from rejoinder.graph.quotations.stretches import Range, quoted_lines
from rejoinder.graph.triples import lookup, predicates
from rejoinder.graph.triples.terms import TYPE, rj

Node = ox.NamedNode
_QUOTATION, _THREAD = rj("Quotation"), rj("Thread")
_SOURCE, _TARGET, _IN_COMMENT = rj("source"), rj("target"), rj("inComment")
CONTENT, CREATED, POSITION = map(ox.NamedNode, (predicates.CONTENT, predicates.CREATED, predicates.POSITION))
_START, _END, _EXACT = rj("start"), rj("end"), rj("exact")


@dataclass(frozen=True, slots=True)
class CommentWords:
    """A comment: its text with the ranges of it that are quoted, when it was written, and its place in the thread."""

    comment: str
    thread: str
    text: str
    quoted_ranges: tuple[Range, ...]
    created: str
    position: int

    @property
    def written_at(self) -> datetime | None:
        """When it was written; where no zone is given, it is taken for UTC."""
        return parse_instant(self.created)

    @property
    def note(self) -> str:
        """All but the comment's IRI and text, for `recall_comment`."""
        return json.dumps([self.thread, self.quoted_ranges, self.created, self.position])


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """Words whose origin is unseen, a Quotation's or a whole comment's (`iri`), and when their comment was written."""

    iri: str
    text: str
    created: str


def parse_instant(created: str) -> datetime | None:
    """A time as the store holds it; None where there is none."""
    try:
        instant = datetime.fromisoformat(created)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def comments_in(store: ox.Store, graph: Node, thread: str) -> Iterator[CommentWords]:
    """The comments of a thread, by its graph and its IRI."""
    quoted: dict[str, list[Range]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, TYPE, _QUOTATION, graph):
        for comment, place in _quoted_range(store, quad.subject):  # type: ignore[arg-type]
            quoted[comment].append(place)
    created, positions = (_values_by_subject(store, name, graph) for name in (CREATED, POSITION))
    for iri, text in _values_by_subject(store, CONTENT, graph).items():
        position = int(positions.get(iri, 0))
        yield CommentWords(iri, thread, text, _ranges(text, quoted.get(iri, ())), created.get(iri, ""), position)


def recall_comment(store: ox.Store, comment: str, note: str) -> CommentWords:
    """A comment of which all but the text was noted down."""
    thread, quoted, created, position = json.loads(note)
    ranges = tuple((start, end) for start, end in quoted)
    return CommentWords(comment, thread, _value(store, Node(comment), CONTENT), ranges, created, position)


def passages_in(store: ox.Store, graph: Node, *, copied: bool = False) -> Iterator[QuotedPassage]:
    """The passages of a thread that are quoted from comments unseen, by its graph.

    In a thread that is `copied` from elsewhere each comment is such a passage, too.
    """
    for quad in store.quads_for_pattern(None, TYPE, _QUOTATION, graph):
        quoted_passage = passage_of(store, quad.subject.value)  # type: ignore[union-attr]
        if quoted_passage is not None:
            yield quoted_passage
    if copied:
        created = _values_by_subject(store, CREATED, graph)
        for iri, text in _values_by_subject(store, CONTENT, graph).items():
            yield QuotedPassage(iri, text, created.get(iri, ""))


def passage_of(store: ox.Store, iri: str) -> QuotedPassage | None:
    """The words of a Quotation or of a comment; None where its origin is seen, or it is no more."""
    node = Node(iri)
    if text := _value(store, node, CONTENT):
        return QuotedPassage(iri, text, _value(store, node, CREATED))
    targets = list(store.quads_for_pattern(node, _TARGET, None))
    if not targets or not lookup.holds_quad(store, targets[0].object, TYPE, _THREAD):
        return None
    place = _place(store, node)
    if place is None:
        return None
    span, comment = place
    return QuotedPassage(iri, _value(store, span, _EXACT), _value(store, comment, CREATED))


def _place(store: ox.Store, quotation: Node) -> tuple[Node, Node] | None:
    """Where a Quotation stands in the quoting comment: the span and the comment."""
    span = lookup.node(store, quotation, _SOURCE)
    comment = None if span is None else lookup.node(store, span, _IN_COMMENT)
    return None if span is None or comment is None else (span, comment)


def _quoted_range(store: ox.Store, quotation: Node) -> Iterator[tuple[str, Range]]:
    """The comment and the characters of what a Quotation quotes, where it stands in the quoting comment."""
    if (place := _place(store, quotation)) is not None:
        span, comment = place
        yield comment.value, (int(_value(store, span, _START)), int(_value(store, span, _END)))


def _ranges(text: str, quoted: Sequence[Range]) -> tuple[Range, ...]:
    if not quoted and ">" not in text:
        return ()
    return tuple(sorted({*quoted, *quoted_lines(text)}))


def _values_by_subject(store: ox.Store, predicate: Node, graph: Node) -> dict[str, str]:
    quads = store.quads_for_pattern(None, predicate, None, graph)
    return {quad.subject.value: quad.object.value for quad in quads}  # type: ignore[union-attr]


def _value(store: ox.Store, subject: Node, predicate: Node) -> str:
    """The value of a property, or no characters."""
    return lookup.value(store, subject, predicate) or ""

"""A thread's graph read back as the ArgumentMap it was built from: the inverse of build.py for claims and moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from rejoinder.graph.triples import predicates
from rejoinder.graph.triples.nodes import Node, id_value, integer_value, is_a, last_segment, text_value
from rejoinder.graph.triples.terms import IS_A, RJ, Names
from rejoinder.records import (
    ArgumentMap,
    AuthorRef,
    Claim,
    ClaimRef,
    CommentRef,
    Extraction,
    Kind,
    Method,
    Move,
    MoveRef,
    Source,
    Span,
    Target,
    ThreadRef,
    end_name,
    with_wider_kinds,
)

NO_EXTRACTION = Extraction("none", "0")  # of a map without moves: the graph names none

KINDS = {frozenset(RJ + wider_kind for wider_kind in with_wider_kinds(kind)): kind for kind in Kind}
_REFERENCES: dict[str, Callable[[str], ClaimRef | MoveRef | CommentRef | AuthorRef]] = {
    "claim": ClaimRef,
    "move": MoveRef,
    "comment": CommentRef,
    "author": AuthorRef,
}


def read_argument_map(nodes: Mapping[str, Node], names: Names) -> ArgumentMap:
    """The claims and moves among the nodes of a thread's graph and of what the shared graph says of its extraction.

    build(discussion, argument_map(x)) is x: a property test holds it so.
    """
    reader = _Reader(nodes, names)
    claims = [reader.claim(iri, node) for iri, node in nodes.items() if is_a(node, "Claim")]
    moves = [reader.move(iri, node) for iri, node in nodes.items() if is_a(node, "Move")]
    return ArgumentMap(
        read_extraction(nodes.values()) or NO_EXTRACTION,
        tuple(sorted(claims, key=lambda claim: claim.id)),
        tuple(sorted(moves, key=lambda move: move.id)),
    )


def read_extraction(nodes: Iterable[Node]) -> Extraction | None:
    """The extraction among these nodes, None where there is none."""
    node = next((node for node in nodes if is_a(node, "Extraction")), None)
    return None if node is None else _extraction(node)


def _extraction(node: Node) -> Extraction:
    name, version = text_value(node, predicates.NAME) or "", text_value(node, predicates.VERSION) or ""
    return Extraction(name, version, text_value(node, RJ + "parameters") or "{}")


class _Reader:
    """Claims and moves out of the nodes of one thread."""

    def __init__(self, nodes: Mapping[str, Node], names: Names) -> None:
        self.nodes, self.names = nodes, names

    def claim(self, iri: str, node: Node) -> Claim:
        """The claim that a node describes."""
        return Claim(
            id=last_segment(iri),
            text=text_value(node, RJ + "text") or "",
            spans=self.spans(node, "statedIn"),
            author=id_value(node, predicates.ATTRIBUTED),
            name=text_value(node, predicates.IDENTIFIER),
        )

    def move(self, iri: str, node: Node) -> Move:
        """The move that a node describes."""
        sources: list[Source] = [self.end(value) for value in _values(node, "source")]  # type: ignore[misc]
        return Move(
            id=last_segment(iri),
            kind=KINDS[frozenset(class_iri.value for class_iri in node[IS_A])],
            sources=tuple(sorted(sources, key=end_name)),
            target=self.end(text_value(node, RJ + "target") or ""),  # type: ignore[arg-type]
            comment=id_value(node, RJ + "inComment"),
            target_comment=id_value(node, RJ + "targetComment"),
            evidence=self.spans(node, "evidence"),
            author=id_value(node, predicates.ATTRIBUTED),
            confidence=float(text_value(node, RJ + "confidence") or 0),
            method=Method((text_value(node, RJ + "method") or "").removeprefix(RJ)),
            cue=text_value(node, RJ + "cue") or "",
            explanation=text_value(node, RJ + "explanation"),
            name=text_value(node, predicates.IDENTIFIER),
            judgement=id_value(node, RJ + "judgement"),
        )

    def end(self, iri: str) -> Source | Target:
        """What an end of a move points at, told by the form of its IRI."""
        if "#" in iri:
            return self.span(iri)
        kind = iri.removeprefix(self.names.base).partition("/")[0]
        return ThreadRef() if kind == "thread" else _REFERENCES[kind](last_segment(iri))

    def spans(self, node: Node, name: str) -> tuple[Span, ...]:
        """The spans that a property of a node names."""
        return tuple(sorted(self.span(iri) for iri in _values(node, name)))

    def span(self, iri: str) -> Span:
        """The span of this IRI."""
        node = self.nodes[iri]
        start, end = integer_value(node, RJ + "start") or 0, integer_value(node, RJ + "end") or 0
        return Span(id_value(node, RJ + "inComment") or "", start, end, text_value(node, RJ + "exact") or "")


def _values(node: Node, name: str) -> Iterator[str]:
    yield from (term.value for term in node.get(RJ + name, ()))

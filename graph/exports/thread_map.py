"""A thread read back from the store as records with what follows from them: what every writer writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from rejoinder.errors import Missing, NotFound
from rejoinder.graph.queries.views import select_rows
from rejoinder.graph.triples import predicates, read
from rejoinder.graph.triples.nodes import last_segment, nodes_by_iri
from rejoinder.graph.triples.read_map import read_argument_map
from rejoinder.graph.triples.terms import RJ, Names, rj
from rejoinder.records import ArgumentMap, Claim, Comment, Discussion, Move, ThreadKey


@dataclass(frozen=True, slots=True)
class ThreadMap:
    """One thread: what was written, what is argued in it, and what follows.

    `labels` ("in", "out", "undecided") are by id of a claim or an objection, `strengths` (0..1) by id of a claim,
    `statuses` by id of an objection; what has none is not in them. `quads` is all that the store holds of the thread:
    its graph, its derived graph, its judgements, and its authors and extraction out of the shared graph.
    """

    discussion: Discussion
    argument: ArgumentMap
    labels: Mapping[str, str]
    strengths: Mapping[str, float]
    statuses: Mapping[str, str]
    base: str
    quads: tuple[ox.Quad, ...] = field(repr=False)

    @property
    def key(self) -> ThreadKey:
        """The site and id of the thread."""
        return self.discussion.thread.key

    @property
    def names(self) -> Names:
        """Mints the IRIs of everything in it."""
        return Names(self.base)

    @property
    def title(self) -> str:
        """Its title, or `site/id` where it has none."""
        return self.discussion.thread.title or f"{self.key.site}/{self.key.id}"

    def comments(self) -> dict[str, Comment]:
        """Its comments by id."""
        return {comment.id: comment for comment in self.discussion.comments}

    def comments_in_order(self) -> list[Comment]:
        """Its comments in the order of reading: by place in a dump, else the oldest first."""
        return sorted(
            self.discussion.comments, key=lambda comment: (comment.position or 0, comment.created or "", comment.id)
        )

    def claims(self) -> dict[str, Claim]:
        """Its claims by id."""
        return {claim.id: claim for claim in self.argument.claims}

    def moves(self) -> dict[str, Move]:
        """Its moves by id."""
        return {move.id: move for move in self.argument.moves}


def count_quads(store: ox.Store, key: ThreadKey, names: Names, most: int) -> int:
    """How many quads the thread has in its own graphs, counted no further than `most`; reading them takes longer."""
    graphs = " ".join(str(ox.NamedNode(iri)) for iri in (names.graph(key), names.derived(key), names.curation(key)))
    subquery = f"SELECT ?s {{ VALUES ?graph {{ {graphs} }} GRAPH ?graph {{ ?s ?p ?o }} }} LIMIT {most}"
    (row,) = select_rows(store, f"SELECT (COUNT(*) AS ?many) {{ {{ {subquery} }} }}").rows
    return int(row["many"] or 0)


def thread_map(store: ox.Store, key: ThreadKey, names: Names) -> ThreadMap:
    """The thread as it is stored; raises NotFound where it was never loaded."""
    written = _quads_of_graph(store, ox.NamedNode(names.graph(key)))
    derived = _quads_of_graph(store, ox.NamedNode(names.derived(key)))
    shared = tuple(_shared_quads(store, written, ox.NamedNode(names.shared())))
    curation = _quads_of_graph(store, ox.NamedNode(names.curation(key)))
    nodes = nodes_by_iri((*written, *shared))
    discussion = read.discussion_of_nodes(nodes, key, names)
    if discussion is None:
        raise NotFound(f"no thread {key.site}/{key.id}", missing=Missing.THREAD)
    return ThreadMap(
        discussion=replace(discussion, judgements=read.judgements_among(curation, key)),
        argument=read_argument_map(nodes, names),
        labels={name: value.removeprefix(RJ) for name, value in _values(derived, "label")},
        strengths={name: float(value) for name, value in _values(derived, "strength")},
        statuses=dict(_values(derived, "status")),
        base=names.base,
        quads=(*written, *derived, *curation, *shared),
    )


def _quads_of_graph(store: ox.Store, name: ox.NamedNode) -> tuple[ox.Quad, ...]:
    return tuple(store.quads_for_pattern(None, None, None, name))


def _shared_quads(store: ox.Store, written: Iterable[ox.Quad], graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """What the shared graph says of the authors and the extraction that the thread's graph names."""
    naming = {predicates.CREATOR, predicates.ATTRIBUTED, predicates.GENERATED, RJ + "source"}
    for node in sorted({quad.object for quad in written if quad.predicate.value in naming}, key=str):
        yield from store.quads_for_pattern(node, None, None, graph)  # type: ignore[arg-type]


def _values(derived: Iterable[ox.Quad], name: str) -> Iterator[tuple[str, str]]:
    """The value of this property by the id at the end of the claim's or move's IRI."""
    predicate = rj(name)
    for quad in derived:
        if quad.predicate == predicate:
            yield last_segment(quad.subject.value), quad.object.value  # type: ignore[union-attr]

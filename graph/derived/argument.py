"""A thread's graph read as moves and claims: the plain view that derivation reasons over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rejoinder.graph.triples.ntriples import Triple
from rejoinder.graph.triples.terms import IS_A, PROV, RJ, SIOC

# Of all properties those that decide what follows, by their IRIs: two thirds of a graph's quads are of none.
_PROPERTIES_READ = {
    IS_A: IS_A,
    PROV + "wasAttributedTo": "prov:wasAttributedTo",
    SIOC + "has_creator": "sioc:has_creator",
    SIOC + "reply_of": "sioc:reply_of",
    **{
        RJ + name: f"rj:{name}"
        for name in ("confidence", "evidence", "inComment", "method", "source", "state", "target", "targetComment")
    },
}
_OUR_PREFIX = f"<{RJ}"  # how the names of our classes begin


@dataclass(frozen=True, slots=True)
class Node:
    """One resource of the graph: values of the properties that are read, sorted; all terms as N-Triples writes them."""

    iri: str
    values: dict[str, tuple[str, ...]]

    def all_values(self, name: str) -> tuple[str, ...]:
        """Every value of a property."""
        return self.values.get(name, ())

    def one_value(self, name: str) -> str | None:
        """The value of a property that has at most one."""
        values = self.values.get(name)
        return values[0] if values else None

    @property
    def confidence(self) -> float:
        """A move's confidence, 0..1."""
        return float((self.one_value("rj:confidence") or '"0"').split('"')[1])

    def is_instance_of(self, name: str) -> bool:
        """Whether it is an instance of a class of ours, by local name."""
        return f"{_OUR_PREFIX}{name}>" in self.values.get(IS_A, ())

    @property
    def has_words(self) -> bool:
        """False for a reaction: it gives no reason, so it is a vote, no attack, and an answer only by the addressee."""
        return "rj:inComment" in self.values


@dataclass(frozen=True, slots=True)
class Argument:
    """All resources of one thread, its moves by class and by target, who answered which comment; sorted by IRI."""

    nodes: dict[str, Node]
    by_class: dict[str, tuple[Node, ...]]
    by_target: dict[str, tuple[Node, ...]]
    repliers: dict[str, set[str | None]]

    def instances_of(self, name: str) -> tuple[Node, ...]:
        """The instances of a class, by local name."""
        return self.by_class.get(name, ())

    def moves_at(self, target: str) -> tuple[Node, ...]:
        """The moves at a target."""
        return self.by_target.get(target, ())

    def owner_of(self, iri: str) -> str | None:
        """The author of a claim or move, from prov:wasAttributedTo alone; None where it has none or several."""
        node = self.nodes.get(iri)
        authors = node.all_values("prov:wasAttributedTo") if node else ()
        return authors[0] if len(authors) == 1 else None

    def is_by(self, move: Node, author: str | None) -> bool:
        """Whether a move is known to be this author's; nobody unknown is taken for anybody else who is."""
        return author is not None and self.owner_of(move.iri) == author


def read_argument(triples: Iterable[Triple]) -> Argument:
    """The argument in these triples."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    classes: dict[str, list[str]] = defaultdict(list)
    for subject, predicate, value in triples:
        if (name := _PROPERTIES_READ.get(predicate)) is not None:
            values[subject][name].append(value)
    nodes = {
        iri: Node(iri, {name: _sorted_values(texts) for name, texts in values[iri].items()}) for iri in sorted(values)
    }
    for iri, node in nodes.items():
        for name in node.all_values(IS_A):
            classes[_local_name(name)].append(iri)
    by_target: dict[str, list[Node]] = defaultdict(list)
    for iri in classes["Move"]:
        for target in nodes[iri].all_values("rj:target"):
            by_target[target].append(nodes[iri])
    return Argument(
        nodes=nodes,
        by_class={name: tuple(nodes[iri] for iri in iris) for name, iris in classes.items()},
        by_target={target: tuple(moves) for target, moves in by_target.items()},
        repliers=_repliers_by_comment(nodes, classes),
    )


def _sorted_values(values: list[str]) -> tuple[str, ...]:
    """Most properties have one value."""
    return tuple(values) if len(values) == 1 else tuple(sorted(values))


@lru_cache(maxsize=256)
def _local_name(name: str) -> str:
    """The local name of a class of ours."""
    return name.removeprefix(_OUR_PREFIX).rstrip(">")


def _repliers_by_comment(nodes: Mapping[str, Node], classes: Mapping[str, Sequence[str]]) -> dict[str, set[str | None]]:
    """The authors of what answers each comment: by the source, or by a plain Reply; None stands for an unknown author.

    A plain Reply says that a comment is addressed to another where the source does not say which it answers.
    """
    repliers: dict[str, set[str | None]] = defaultdict(set)
    for node in (nodes[iri] for iri in classes.get("Comment", ())):
        for parent in node.all_values("sioc:reply_of"):
            repliers[parent].add(node.one_value("sioc:has_creator"))
    narrower = {*classes.get("Question", ()), *classes.get("Answer", ())}
    for move in (nodes[iri] for iri in classes.get("Reply", ()) if iri not in narrower):
        if move.one_value("rj:inComment") is not None:
            for comment in move.all_values("rj:targetComment"):
                repliers[comment].add(move.one_value("prov:wasAttributedTo"))
    return dict(repliers)

"""What others object to a claim that objections rest on: read once, however many objections rest on it.

An objection rests on its claim, and on those that a person says are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from rejoinder.graph.derived.argument import Argument, Node
from rejoinder.graph.derived.duplicates import Duplicates
from rejoinder.graph.derived.semantics import Label, grounded_labels

MOST_ANSWERS = 100  # objections to one claim that stand as answers to each objection that rests on it

# A claim, and what is left out of the objections to it: those of an author, for they are their own, or one, for it is
# itself what rests on the claim.
GroundKey: TypeAlias = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Ground:
    """Objections to a claim: how sure the surest is, and of those that count their labels, places and authors.

    `listed_objections` are the MOST_ANSWERS that decide most: those that stand first, and the surest;
    `objection_by_author` has each author's first.
    """

    surest_confidence: float
    labels: frozenset[Label]
    places: frozenset[str]
    listed_objections: tuple[Node, ...]
    objection_by_author: Mapping[str, Node]

    def answers(self, owner: str | None) -> tuple[Node, ...]:
        """Those that are listed, and one by `owner` if there is any."""
        own = self.objection_by_author.get(owner) if owner is not None else None
        return (
            self.listed_objections if own is None or own in self.listed_objections else (*self.listed_objections, own)
        )


class Grounds:
    """The objections to each claim that objections rest on."""

    def __init__(self, argument: Argument, raised: Iterable[Node], duplicates: Duplicates, threshold: float) -> None:
        self.argument, self.duplicates, self.threshold = argument, duplicates, threshold
        self.attackers: dict[str, tuple[Node, ...]] = {}
        self.authors_by_claim: dict[str, frozenset[str | None]] = {}
        for claim in dict.fromkeys(chain.from_iterable(map(duplicates.claims_of, raised))):
            if nodes := tuple(
                node for node in argument.moves_at(claim) if node.is_instance_of("Objection") and node.has_words
            ):
                self.attackers[claim] = nodes
                self.authors_by_claim[claim] = frozenset(argument.owner_of(node.iri) for node in nodes)
        self.keys_by_objection = {node.iri: tuple(self._keys(node)) for node in raised}
        self.moves = {key: self._moves(key) for key in chain.from_iterable(self.keys_by_objection.values())}

    def _keys(self, objection: Node) -> Iterator[GroundKey]:
        author = self.argument.owner_of(objection.iri)
        for claim in self.duplicates.claims_of(objection):
            if claim in self.attackers:
                itself = objection.iri if objection.one_value("rj:target") == claim else None
                yield claim, author if author is not None and author in self.authors_by_claim[claim] else itself

    def _moves(self, key: GroundKey) -> tuple[Node, ...]:
        claim, out = key
        return tuple(
            attacker
            for attacker in self.attackers[claim]
            if attacker.iri != out and not self.argument.is_by(attacker, out)
        )

    def counting_objections(self, key: GroundKey) -> Iterator[Node]:
        """The objections to a claim that are sure enough."""
        return (move for move in self.moves[key] if move.confidence >= self.threshold)

    def ground_by_key(self, labels: Mapping[str, Label]) -> dict[GroundKey, Ground]:
        """What is known of each once objections are labelled."""
        return {key: self._ground(key, labels) for key, moves in self.moves.items() if moves}

    def _ground(self, key: GroundKey, labels: Mapping[str, Label]) -> Ground:
        nodes = sorted(
            self.counting_objections(key), key=lambda node: (labels[node.iri] != "in", -node.confidence, node.iri)
        )
        by_author: dict[str, Node] = {}
        for objection in nodes:
            if (author := self.argument.owner_of(objection.iri)) is not None:
                by_author.setdefault(author, objection)
        return Ground(
            surest_confidence=max(move.confidence for move in self.moves[key]),
            labels=frozenset(labels[node.iri] for node in nodes),
            places=frozenset(place for node in nodes for place in (node.iri, node.one_value("rj:inComment")) if place),
            listed_objections=tuple(nodes[:MOST_ANSWERS]),
            objection_by_author=by_author,
        )


def label_objections(direct: Mapping[str, Iterable[Node]], grounds: Grounds) -> dict[str, Label]:
    """The grounded labels of objections, from those that are aimed at each itself and those to what it rests on.

    A claim stands between the objections to it and those that rest on it, so that there are as many attacks as moves:
    it falls with any objection to it that stands, and what rests on it is attacked by its fall.
    """
    names = {key: (f"holds {key}", f"falls {key}") for key in grounds.moves}
    attacks = [(by.iri, objection) for objection, moves in direct.items() for by in moves]
    attacks += [(by.iri, names[key][0]) for key in names for by in grounds.counting_objections(key)]
    attacks += names.values()
    attacks += [(names[key][1], objection) for objection, keys in grounds.keys_by_objection.items() for key in keys]
    labels = grounded_labels([*direct, *chain.from_iterable(names.values())], attacks)
    return {objection: labels[objection] for objection in direct}

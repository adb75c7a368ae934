"""Objections that say the same: those whose claims a person says are the same, and the same words in one comment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rejoinder.graph.derived.argument import Argument, Node
from rejoinder.graph.triples.ntriples import rj

HUMAN = rj("human")
WORDING_PROPERTIES = ("rj:inComment", "rj:source", "rj:evidence")  # by which words an objection is raised, and where
MOST_SURER = 8  # surer ones of the same words that are named; the others would show no more


class Duplicates:
    """The claims of a thread between which a Similarity of method human stands, and of those the next, and so on."""

    def __init__(self, argument: Argument) -> None:
        neighbours: dict[str, set[str]] = defaultdict(set)
        for node in argument.instances_of("Similarity"):
            if node.one_value("rj:method") == HUMAN:
                for source in node.all_values("rj:source"):
                    for target in node.all_values("rj:target"):
                        neighbours[source].add(target)
                        neighbours[target].add(source)
        self.groups = dict(_groups(neighbours))
        self.surer_by_objection = dict(_surer_by_objection(argument))
        self.objections_by_claim: dict[str, list[Node]] = defaultdict(list)
        for objection in argument.instances_of("Objection") if self.groups else ():
            for claim in objection.all_values("rj:source"):
                if claim in self.groups and objection.has_words:
                    self.objections_by_claim[claim].append(objection)

    def claims_of(self, objection: Node) -> tuple[str, ...]:
        """The claims that raise it, and then those that say the same, sorted."""
        own = objection.all_values("rj:source")
        return own if not self.groups else (*own, *sorted(self._other_claims(own)))

    def same_objections(self, objection: Node) -> tuple[Node, ...]:
        """The other objections that say the same, sorted by IRI."""
        if not self.groups:
            return ()
        by_iri = {
            node.iri: node for claim in self.claims_of(objection) for node in self.objections_by_claim.get(claim, ())
        }
        return tuple(by_iri[iri] for iri in sorted(by_iri) if iri != objection.iri)

    def representatives(self, objection: Node) -> tuple[Node, ...]:
        """Those that stand for this one in lists, as far as they are listed, sorted by IRI.

        Of those that a person says are the same, it is the surest. The same words of a comment against several things
        share no answers, so it is any surer one, of which some may be answered.
        """
        first = min((objection, *self.same_objections(objection)), key=_sureness_order)
        by_iri = {
            other.iri: other
            for other in (first, *self.surer_by_objection.get(objection.iri, ()))
            if other is not objection
        }
        return tuple(by_iri[iri] for iri in sorted(by_iri))

    def _other_claims(self, claims: Iterable[str]) -> set[str]:
        own = set(claims)
        return {other for claim in own for other in self.groups.get(claim, ())} - own


def _sureness_order(node: Node) -> tuple[float, str, str]:
    return -node.confidence, node.one_value("rj:inComment") or "", node.iri


def _surer_by_objection(argument: Argument) -> Iterator[tuple[str, list[Node]]]:
    """Each objection (IRI) with the surest that the same words of its comment raise, as far as they are surer."""
    by_wording: dict[tuple[tuple[str, ...], ...], list[Node]] = defaultdict(list)
    for node in argument.instances_of("Objection"):
        if node.has_words:
            by_wording[tuple(map(node.all_values, WORDING_PROPERTIES))].append(node)
    for nodes in by_wording.values():
        order = sorted(nodes, key=_sureness_order)
        yield from ((objection.iri, order[: min(place, MOST_SURER)]) for place, objection in enumerate(order) if place)


def _groups(neighbours: dict[str, set[str]]) -> Iterator[tuple[str, frozenset[str]]]:
    """Each claim with all that are reached from it, and itself."""
    seen: set[str] = set()
    for start in sorted(neighbours):
        if start in seen:
            continue
        group, waiting = {start}, [start]
        while waiting:
            for other in neighbours[waiting.pop()] - group:
                group.add(other)
                waiting.append(other)
        seen |= group
        yield from ((claim, frozenset(group)) for claim in group)

"""Claims that a person says are the same: the objections that they raise share their answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rejoinder.graph.derived.argument import Argument, Node
from rejoinder.graph.triples.ntriples import rj

HUMAN = rj("human")


class Duplicates:
    """The claims of a thread between which a Similarity of method human stands, and of those the next, and so on."""

    def __init__(self, argument: Argument) -> None:
        beside: dict[str, set[str]] = defaultdict(set)
        for one in argument.a("Similarity"):
            if one.one("rj:method") == HUMAN:
                for source in one.all("rj:source"):
                    for target in one.all("rj:target"):
                        beside[source].add(target)
                        beside[target].add(source)
        self.groups = dict(_groups(beside))
        self.raised: dict[str, list[Node]] = defaultdict(list)
        for objection in argument.a("Objection") if self.groups else ():
            for claim in objection.all("rj:source"):
                if claim in self.groups and objection.has_words:
                    self.raised[claim].append(objection)

    def claims(self, objection: Node) -> tuple[str, ...]:
        """The claims that raise it, and then those that say the same, sorted."""
        own = objection.all("rj:source")
        return own if not self.groups else (*own, *sorted(self._others(own)))

    def objections(self, objection: Node) -> tuple[Node, ...]:
        """The other objections that say the same, sorted by IRI."""
        if not self.groups:
            return ()
        found = {one.iri: one for claim in self.claims(objection) for one in self.raised.get(claim, ())}
        return tuple(found[iri] for iri in sorted(found) if iri != objection.iri)

    def first(self, objection: Node) -> Node | None:
        """The one that stands for all that say the same, the surest; None where it is this one, or the only one."""
        others = self.objections(objection)
        found = min((objection, *others), key=lambda one: (-one.confidence, one.one("rj:inComment") or "", one.iri))
        return found if found is not objection else None

    def _others(self, claims: Iterable[str]) -> set[str]:
        own = set(claims)
        return {other for claim in own for other in self.groups.get(claim, ())} - own


def _groups(beside: dict[str, set[str]]) -> Iterator[tuple[str, frozenset[str]]]:
    """Each claim with all that are reached from it, and itself."""
    seen: set[str] = set()
    for start in sorted(beside):
        if start in seen:
            continue
        group, waiting = {start}, [start]
        while waiting:
            for other in beside[waiting.pop()] - group:
                group.add(other)
                waiting.append(other)
        seen |= group
        yield from ((claim, frozenset(group)) for claim in group)

"""Concessions with which an objector takes an objection back, by conceding to what was said against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rejoinder.graph.derived.argument import Argument, Node
from rejoinder.graph.derived.grounds import Ground, GroundKey

MOST_CONCESSIONS = 100  # concessions that are listed for each objection


class Retractions:
    """The concessions of each author that are sure enough, by what they concede: a move or a whole comment."""

    def __init__(self, argument: Argument, threshold: float) -> None:
        self.argument = argument
        self.concessions_by_author: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for node in argument.instances_of("Concession"):
            author = argument.owner_of(node.iri)
            if author is not None and node.confidence >= threshold:
                for target in node.all_values("rj:target"):
                    self.concessions_by_author[author][target].append(node)
        self.places_cache: dict[tuple[GroundKey, str], tuple[str, ...]] = {}

    def concessions_of(
        self, author: str | None, answers: Iterable[Node], grounds: Iterable[tuple[GroundKey, Ground]]
    ) -> tuple[Node, ...]:
        """Those by which `author` takes back what got these answers by others and rests on these grounds."""
        if author is None or author not in self.concessions_by_author:
            return ()
        moves = self.concessions_by_author[author]
        places = [place for answer in answers for place in _places(answer) if place in moves]
        places += [place for key, ground in grounds for place in self._conceded_places(key, ground, author)]
        return tuple(
            {node.iri: node for place in places[:MOST_CONCESSIONS] for node in moves[place][:MOST_CONCESSIONS]}.values()
        )[:MOST_CONCESSIONS]

    def _conceded_places(self, key: GroundKey, ground: Ground, author: str) -> tuple[str, ...]:
        """Looked up once for all objections by one author that rest on one claim."""
        if (key, author) not in self.places_cache:
            self.places_cache[key, author] = tuple(
                sorted(ground.places & self.concessions_by_author[author].keys())[:MOST_CONCESSIONS]
            )
        return self.places_cache[key, author]


def _places(answer: Node) -> Iterator[str]:
    """The move itself and the comment that makes it."""
    yield answer.iri
    if (comment := answer.one_value("rj:inComment")) is not None:
        yield comment

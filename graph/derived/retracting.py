"""Concessions with which an objector takes an objection back, by conceding to what was said against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rejoinder.graph.derived.argument import Argument, Node
from rejoinder.graph.derived.grounds import Ground, Key

MOST = 100  # concessions that are listed for each objection


class Retractions:
    """The concessions of each author that are sure enough, by what they concede: a move or a whole comment."""

    def __init__(self, argument: Argument, threshold: float) -> None:
        self.argument = argument
        self.conceded: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for one in argument.a("Concession"):
            author = argument.owner(one.iri)
            if author is not None and one.confidence >= threshold:
                for target in one.all("rj:target"):
                    self.conceded[author][target].append(one)
        self.found: dict[tuple[Key, str], tuple[str, ...]] = {}

    def of(
        self, author: str | None, answers: Iterable[Node], grounds: Iterable[tuple[Key, Ground]]
    ) -> tuple[Node, ...]:
        """Those by which `author` takes back what got these answers by others and rests on these grounds."""
        if author is None or author not in self.conceded:
            return ()
        given = self.conceded[author]
        places = [place for one in answers for place in _places(one) if place in given]
        places += [place for key, ground in grounds for place in self._shared(key, ground, author)]
        return tuple({one.iri: one for place in places[:MOST] for one in given[place][:MOST]}.values())[:MOST]

    def _shared(self, key: Key, ground: Ground, author: str) -> tuple[str, ...]:
        """Looked up once for all objections by one author that rest on one claim."""
        if (key, author) not in self.found:
            self.found[key, author] = tuple(sorted(ground.places & self.conceded[author].keys())[:MOST])
        return self.found[key, author]


def _places(answer: Node) -> Iterator[str]:
    """The move itself and the comment that makes it."""
    yield answer.iri
    if (comment := answer.one("rj:inComment")) is not None:
        yield comment

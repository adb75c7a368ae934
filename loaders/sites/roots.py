"""Which comment a chain of replies goes back to, for sources that name the parent and not the thread."""

from __future__ import annotations

from collections.abc import Mapping


class Roots:
    """The root of each comment: what stands at the upper end of its replies, loaded or not. Linear over all of them."""

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        self.parents = parents
        self.known: dict[str, str] = {}

    def root_of(self, name: str) -> str:
        """The root; of a circle of replies the smallest id.

        >>> roots = Roots({"c": "b", "b": "a", "x": "y", "y": "x"})
        >>> roots.root_of("c"), roots.root_of("b"), roots.root_of("y")
        ('a', 'a', 'x')
        """
        path: dict[str, None] = {}
        at = name
        while at not in self.known and at not in path:
            path[at] = None
            above = self.parents.get(at)
            if above is None:
                break
            at = above
        if at in self.known:
            root = self.known[at]
        else:
            circle = list(path)[list(path).index(at) :]
            root = min(circle) if self.parents.get(at) is not None else at
        self.known.update(dict.fromkeys(path, root))
        return root

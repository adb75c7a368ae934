"""Which variable of SELECT stands neither in GROUP BY nor within an aggregate, in the outermost part of a query."""

from __future__ import annotations

from contextlib import suppress

from rejoinder.graph.sparql.lexer import TOKEN
from rejoinder.graph.sparql.mistakes.query import Query
from rejoinder.graph.sparql.mistakes.tokens import BeyondUs, Mistake


class Grouping(Query):
    """Reads a query and keeps what its first SELECT selects as it stands, and what its last GROUP BY names."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.selected: dict[str, int] | None = None
        self.by = set[str]()

    def select(self) -> None:
        """SELECT and what it selects; the outermost comes first."""
        start = self.next.at
        super().select()
        if self.selected is None:
            self.selected = bare(self.text, start, self.next.at)

    def modifiers(self) -> None:
        """What stands behind a group; behind the outermost it comes last."""
        self.by = set()
        super().modifiers()

    def sorted(self, word: str) -> None:
        """What GROUP BY, ORDER BY and HAVING go by."""
        start = self.next.at
        super().sorted(word)
        if word == "GROUP":
            found = TOKEN.finditer(self.text, start, self.next.at)
            self.by |= {one[0][1:] for one in found if one.lastgroup == "variable"}


def ungrouped(query: str) -> tuple[str, int] | None:
    """The first such variable as it is written, and its offset; None where none is seen.

    >>> ungrouped("SELECT ?a ?b (COUNT(?c) AS ?n) { ?a ?b ?c } GROUP BY ?a")
    ('?b', 10)
    """
    read = Grouping(query)
    with suppress(Mistake, BeyondUs, RecursionError):
        read.query()
        left = ((name, at) for name, at in (read.selected or {}).items() if name[1:] not in read.by)
        return next(left, None)
    return None


def bare(text: str, start: int, end: int) -> dict[str, int]:
    """The variables outside brackets with their offsets."""
    found, depth = dict[str, int](), 0
    for one in TOKEN.finditer(text, start, end):
        depth += (one[0] == "(") - (one[0] == ")")
        if one.lastgroup == "variable" and not depth:
            found.setdefault(one[0], one.start())
    return found

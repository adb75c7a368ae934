"""Which variable of SELECT stands neither in GROUP BY nor within an aggregate, in the outermost part of a query."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from rejoinder.graph.sparql.lexer import TOKEN
from rejoinder.graph.sparql.mistakes.query import Query
from rejoinder.graph.sparql.mistakes.tokens import Mistake, NotReadHere

AGGREGATES = ("AVG", "COUNT", "GROUP_CONCAT", "MAX", "MIN", "SAMPLE", "SUM")


class Grouping(Query):
    """Reads a query and keeps what its first SELECT selects as it stands, and what its last GROUP BY goes by."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.selected: list[Variable] | None = None
        self.grouped_by = set[str]()

    def select(self) -> set[str]:
        """SELECT and what it selects; the outermost comes first."""
        start = self.next.at
        passed = super().select()
        if self.selected is None:
            self.selected = variables_of_clause(self.text, start, self.next.at)
        return passed

    def modifiers(self) -> None:
        """What stands behind a group; behind the outermost it comes last."""
        self.grouped_by = set()
        super().modifiers()

    def sort_conditions(self, word: str) -> None:
        """What GROUP BY, ORDER BY and HAVING go by."""
        start = self.next.at
        super().sort_conditions(word)
        if word == "GROUP":
            self.grouped_by |= {
                variable.name[1:]
                for variable in variables_of_clause(self.text, start, self.next.at)
                if variable.is_alone or variable.is_made
            }


class Variable(NamedTuple):
    """A variable in a clause: whether it is alone, made by AS, or within an aggregate."""

    name: str
    at: int
    is_alone: bool
    is_made: bool
    is_aggregated: bool


def ungrouped_variable(query: str) -> Variable | None:
    """The first such variable; None where none is seen.

    >>> ungrouped_variable("SELECT ?a ?b (COUNT(?c) AS ?n) { ?a ?b ?c } GROUP BY ?a")
    Variable(name='?b', at=10, is_alone=True, is_made=False, is_aggregated=False)
    """
    read = Grouping(query)
    with suppress(Mistake, NotReadHere, RecursionError):
        read.query()
        valid = {variable.name[1:] for variable in read.selected or () if variable.is_made} | read.grouped_by
        bad = (
            variable
            for variable in read.selected or ()
            if not variable.is_aggregated and variable.name[1:] not in valid
        )
        return next(bad, None)
    return None


def variables_of_clause(text: str, start: int, end: int) -> list[Variable]:
    """The variables of a clause, in their order."""
    variables, within, before = list[Variable](), list[bool](), ""
    for match in TOKEN.finditer(text, start, end):
        if match.lastgroup == "variable":
            variables.append(Variable(match[0], match.start(), not within, before == "AS", any(within)))
        elif match[0] == "(":
            within.append(before in AGGREGATES)
        elif match[0] == ")" and within:
            within.pop()
        if match.lastgroup != "space":
            before = match[0].upper()
    return variables

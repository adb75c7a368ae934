"""The grammar of the clauses around a group: what SELECT selects, how its rows are grouped, sorted, cut, given."""

from __future__ import annotations

from rejoinder.graph.sparql.mistakes.expressions import VARIABLE, Expressions

CLAUSE_ORDER = {"GROUP": 1, "HAVING": 2, "ORDER": 3, "LIMIT": 4, "OFFSET": 4, "VALUES": 5}  # in which they stand
CLAUSE_NAMES = {"GROUP": "GROUP BY", "ORDER": "ORDER BY"}


class Clauses(Expressions):
    """Reads the clauses around a group."""

    def select(self) -> set[str]:
        """SELECT and what it selects: the names of the variables that it only passes on, of * none."""
        self.take()
        self.accept("DISTINCT", "REDUCED")
        passed: set[str] = set()
        if self.accept("*"):
            return passed
        expected = "a variable, * or (... AS ?x)"
        if self.next.kind != "variable" and not self.next_is("("):
            raise self.mistake_here(expected)
        while self.next.kind == "variable" or self.next_is("("):
            if self.next_is("("):
                self.named_expression()
            else:
                passed.add(self.take().text[1:])
        if not self.next_is("FROM", "WHERE", "{"):
            raise self.mistake_here(f"{expected}, or WHERE")
        return passed

    def modifiers(self) -> None:
        """What stands behind the group."""
        last = ""
        while self.next_is(*CLAUSE_ORDER):
            if last and CLAUSE_ORDER[self.next.word] < CLAUSE_ORDER[last]:
                raise self.mistake_here(
                    f"{CLAUSE_NAMES.get(self.next.word, self.next.word)} to stand before {CLAUSE_NAMES.get(last, last)}"
                )
            word = last = self.take().word
            if word == "VALUES":
                self.values()
            elif word in ("LIMIT", "OFFSET"):
                self.expect("a whole number", "number")
            else:
                self.sort_conditions(word)

    def sort_conditions(self, word: str) -> None:
        """What GROUP BY, ORDER BY and HAVING go by."""
        if word != "HAVING":
            self.require("BY")
        count = 0
        while self.next.kind == "variable" or self.is_constraint() or self.next_is("ASC", "DESC"):
            self.accept("ASC", "DESC")
            if self.next_is("(") and word == "GROUP":
                self.group_condition()
            else:
                self.operand()
            count += 1
        if not count:
            raise self.mistake_here("a variable, or an expression in brackets")

    def group_condition(self) -> None:
        """(...) or (... AS ?x)"""
        opener = self.take()
        self.expression()
        if self.accept("AS"):
            self.note(self.expect(VARIABLE, "variable"))
        self.close(opener, ")", 'an operator or ")"')

    def values(self) -> None:
        """The variables and rows of VALUES; what stands in the rows is not looked at."""
        if self.next_is("("):
            opener = self.take()
            while self.next.kind == "variable":
                self.note(self.take())
            self.close(opener, ")", f'{VARIABLE}, or ")"')
        else:
            self.note(self.expect(f"{VARIABLE}, or variables in brackets", "variable"))
        opener = self.next
        self.require("{")
        while not self.next_is("}") and self.next.kind != "end":
            self.take()
        self.close(opener, "}", '"}"')

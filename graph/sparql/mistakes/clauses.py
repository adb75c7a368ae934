"""The grammar of the clauses around a group: what SELECT selects, how its rows are grouped, sorted, cut, given."""

from __future__ import annotations

from rejoinder.graph.sparql.mistakes.expressions import VARIABLE, Expressions

ORDER = {"GROUP": 1, "HAVING": 2, "ORDER": 3, "LIMIT": 4, "OFFSET": 4, "VALUES": 5}  # in which they stand
NAMED = {"GROUP": "GROUP BY", "ORDER": "ORDER BY"}


class Clauses(Expressions):
    """Reads the clauses around a group."""

    def select(self) -> set[str]:
        """SELECT and what it selects: the names of the variables that it only passes on, of * none."""
        self.take()
        self.accept("DISTINCT", "REDUCED")
        passed: set[str] = set()
        if self.accept("*"):
            return passed
        wanted = "a variable, * or (... AS ?x)"
        if self.next.kind != "variable" and not self.sees("("):
            raise self.fail(wanted)
        while self.next.kind == "variable" or self.sees("("):
            if self.sees("("):
                self.named()
            else:
                passed.add(self.take().text[1:])
        if not self.sees("FROM", "WHERE", "{"):
            raise self.fail(f"{wanted}, or WHERE")
        return passed

    def modifiers(self) -> None:
        """What stands behind the group."""
        last = ""
        while self.sees(*ORDER):
            if last and ORDER[self.next.word] < ORDER[last]:
                raise self.fail(f"{NAMED.get(self.next.word, self.next.word)} to stand before {NAMED.get(last, last)}")
            word = last = self.take().word
            if word == "VALUES":
                self.values()
            elif word in ("LIMIT", "OFFSET"):
                self.expect("a whole number", "number")
            else:
                self.sorted(word)

    def sorted(self, word: str) -> None:
        """What GROUP BY, ORDER BY and HAVING go by."""
        if word != "HAVING":
            self.require("BY")
        count = 0
        while self.next.kind == "variable" or self.is_constraint() or self.sees("ASC", "DESC"):
            self.accept("ASC", "DESC")
            if self.sees("(") and word == "GROUP":
                self.grouped()
            else:
                self.operand()
            count += 1
        if not count:
            raise self.fail("a variable, or an expression in brackets")

    def grouped(self) -> None:
        """(...) or (... AS ?x)"""
        opener = self.take()
        self.expression()
        if self.accept("AS"):
            self.note(self.expect(VARIABLE, "variable"))
        self.close(opener, ")", 'an operator or ")"')

    def values(self) -> None:
        """The variables and rows of VALUES; what stands in the rows is not looked at."""
        if self.sees("("):
            opener = self.take()
            while self.next.kind == "variable":
                self.note(self.take())
            self.close(opener, ")", f'{VARIABLE}, or ")"')
        else:
            self.note(self.expect(f"{VARIABLE}, or variables in brackets", "variable"))
        opener = self.next
        self.require("{")
        while not self.sees("}") and self.next.kind != "end":
            self.take()
        self.close(opener, "}", '"}"')

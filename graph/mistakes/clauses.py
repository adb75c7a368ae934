"""The grammar of the clauses around a group: what SELECT selects, how its rows are grouped, sorted, cut, given."""

from __future__ import annotations

from rejoinder.graph.mistakes.expressions import VARIABLE, Expressions


class Clauses(Expressions):
    """Reads the clauses around a group."""

    def select(self) -> None:
        """SELECT and what it selects."""
        self.take()
        if self.is_("DISTINCT", "REDUCED"):
            self.take()
        if self.is_("*"):
            self.take()
            return
        wanted = "a variable, * or (... AS ?x)"
        if self.next.kind != "variable" and not self.is_("("):
            raise self.fail(wanted)
        while self.next.kind == "variable" or self.is_("("):
            self.named() if self.is_("(") else self.take()
        if not self.is_("FROM", "WHERE", "{"):
            raise self.fail(f"{wanted}, or WHERE")

    def modifiers(self) -> None:
        """What stands behind the group."""
        while self.is_("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"):
            word = self.take().word
            if word == "VALUES":
                self.values()
            elif word in ("LIMIT", "OFFSET"):
                self.of("a whole number", "number")
            else:
                self.sorted(word)

    def sorted(self, word: str) -> None:
        """What GROUP BY, ORDER BY and HAVING go by."""
        if word != "HAVING":
            self.skip("BY")
        count = 0
        while self.next.kind == "variable" or self.is_constraint() or self.is_("ASC", "DESC"):
            if self.is_("ASC", "DESC"):
                self.take()
            if self.is_("(") and word == "GROUP":
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
        if self.is_("AS"):
            self.take()
            self.of(VARIABLE, "variable")
        self.close(opener, ")", 'an operator or ")"')

    def values(self) -> None:
        """The variables and rows of VALUES; what stands in the rows is not looked at."""
        if self.is_("("):
            opener = self.take()
            while self.next.kind == "variable":
                self.take()
            self.close(opener, ")", f'{VARIABLE}, or ")"')
        else:
            self.of(f"{VARIABLE}, or variables in brackets", "variable")
        opener = self.next
        self.skip("{")
        while not self.is_("}") and self.next.kind != "end":
            self.take()
        self.close(opener, "}", '"}"')

"""The grammar of expressions: operands with operators between them, calls, (... AS ?x)."""

from __future__ import annotations

import re

from rejoinder.graph.sparql.mistakes.tokens import BeyondUs
from rejoinder.graph.sparql.mistakes.triples import KEYWORDS, VALUE, Triples

VARIABLE = "a variable, such as ?x"
ELSEWHERE = {  # what other languages call it
    "AND": '"&&"',
    "OR": '"||"',
    "LIKE": "CONTAINS(?x, 'words') or REGEX(?x, 'pattern') in place of LIKE",
    "IS": "BOUND(?x) or !BOUND(?x) in place of IS",
    "BETWEEN": "?x >= 1 && ?x <= 2 in place of BETWEEN",
}
SIGNS = {"==": f'{VALUE}, for "=" is what compares', "<>": f'{VALUE}, for "!=" is what differs'}
OPERATORS = re.compile(r"\|\||&&|!=|<=|>=|[=<>+\-*/]")


class Expressions(Triples):
    """Reads expressions, and what stands in them."""

    def named(self) -> None:
        """(... AS ?x)"""
        opener = self.take()
        self.expression()
        self.require("AS", "an operator, or AS and a variable")
        self.expect(VARIABLE, "variable")
        self.close(opener, ")", '")"')

    def expression(self) -> None:
        """Operands with operators between them."""
        self.operand()
        while self.operates() or (self.lists() and self.operates()):
            self.operand()
        if self.next.word in ELSEWHERE:
            raise self.fail(ELSEWHERE[self.next.word])

    def lists(self) -> bool:
        """Goes over IN or NOT IN and its list, if they stand here."""
        if not self.sees("IN", "NOT"):
            return False
        if self.take().word == "NOT":
            self.require("IN", "IN")
        if not self.sees("("):
            raise self.fail('"(" and a list of values')
        self.arguments()
        return True

    def operates(self) -> bool:
        """Goes over an operator, if one stands here; `<` is less-than here, also where it looks like an IRI."""
        less = self.next.text.startswith("<") and self.next.kind in ("iri", "mark")
        operator = OPERATORS.match(self.text, self.next.at) if less or self.next.kind == "mark" else None
        if operator is None:
            return False
        self.at = self.end = operator.end()
        self.next = self.read()
        return True

    def operand(self) -> None:
        """One value of an expression."""
        while self.sees("!", "+", "-"):
            self.take()
        if self.sees("("):
            opener = self.take()
            self.expression()
            self.close(opener, ")", 'an operator or ")"')
        elif self.next.kind == "string":
            self.literal()
        elif self.next.kind in ("variable", "number") or self.sees("TRUE", "FALSE"):
            self.take()
        elif self.next.kind in ("iri", "name", "word") and not self.sees("AS", *KEYWORDS):
            self.call()
        elif self.sees("<<", "<<("):
            raise BeyondUs
        else:
            raise self.fail(SIGNS.get(self.text[self.next.at - 1 : self.next.at + 1], VALUE))

    def call(self) -> None:
        """A function with its arguments, or an IRI."""
        called = self.take()
        if self.sees("("):
            self.arguments()
        elif called.kind == "word":
            raise self.fail(f'"(" behind {called.text}')
        else:
            self.note(called)

    def arguments(self) -> None:
        """The values of a call, or of a list."""
        opener = self.take()
        self.accept("DISTINCT")
        self.accept("*")
        while not self.sees(")") and self.next.kind != "end":
            self.expression()
            if self.accept(";"):
                self.require("SEPARATOR", "SEPARATOR")
                self.require("=")
                self.expect("a string", "string")
            elif self.accept(","):
                if self.sees(")"):
                    raise self.fail(VALUE)
            elif not self.sees(")") and self.next.kind != "end":
                raise self.fail('an operator, "," or ")"')
        self.close(opener, ")", '")"')

    def is_constraint(self) -> bool:
        """True where an expression in brackets or a call begins."""
        ends = ("LIMIT", "OFFSET", "VALUES", "ORDER", "HAVING", "GROUP", "ASC", "DESC")
        return (
            self.sees("(") or self.next.kind in ("iri", "name") or (self.next.kind == "word" and not self.sees(*ends))
        )

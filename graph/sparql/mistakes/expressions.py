"""The grammar of expressions: operands with operators between them, calls, (... AS ?x)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from rejoinder.graph.sparql.lexer import WORDS
from rejoinder.graph.sparql.mistakes.tokens import NotReadHere, Token
from rejoinder.graph.sparql.mistakes.triples import KEYWORDS, VALUE, Triples

VARIABLE = "a variable, such as ?x"
FOREIGN_OPERATORS = {  # what other languages call it
    "AND": '"&&"',
    "OR": '"||"',
    "LIKE": "CONTAINS(?x, 'words') or REGEX(?x, 'pattern') in place of LIKE",
    "IS": "BOUND(?x) or !BOUND(?x) in place of IS",
    "BETWEEN": "?x >= 1 && ?x <= 2 in place of BETWEEN",
}
FOREIGN_SIGNS = {"==": f'{VALUE}, for "=" is what compares', "<>": f'{VALUE}, for "!=" is what differs'}
WHOLE_COMPARISON_ENDS = {"", "&&", "||"}  # what stands beside a comparison
OPERATORS = re.compile(r"\|\||&&|!=|<=|>=|[=<>+\-*/]")


class Side(NamedTuple):
    """What stands behind an operator, "" for none: the variables and plain strings that stand there alone."""

    operator: str
    lone_tokens: Sequence[Token | None]


class Expressions(Triples):
    """Reads expressions, and what stands in them."""

    def named_expression(self) -> None:
        """(... AS ?x)"""
        opener = self.take()
        self.expression()
        self.require("AS", "an operator, or AS and a variable")
        self.note(self.expect(VARIABLE, "variable"))
        self.close(opener, ")", '")"')

    def expression(self) -> Token | None:
        """Operands with operators between them; gives a variable or a plain string that stands alone."""
        sides = [Side("", [self.operand()])]
        while (listed := self.in_list()) or (operator := self.operator()):
            sides.append(listed or Side(operator, [self.operand()]))
        if self.next.word in FOREIGN_OPERATORS:
            raise self.mistake_here(FOREIGN_OPERATORS[self.next.word])
        self.note_comparisons(sides)
        return sides[0].lone_tokens[0] if len(sides) == 1 else None

    def note_comparisons(self, sides: Sequence[Side]) -> None:
        """Remembers each variable that is to equal a plain string, or one of several."""
        following = [*sides[2:], Side("", [])]
        for (before, tokens), (operator, right), (behind, _) in zip(sides, sides[1:], following, strict=False):
            if operator in ("=", "IN") and {before, behind} <= WHOLE_COMPARISON_ENDS:
                pairs = (*product(tokens, right), *product(right, tokens))
                self.compared_pairs += [
                    (a, b) for a, b in pairs if a and b and (a.kind, b.kind) == ("variable", "string")
                ]

    def in_list(self) -> Side | None:
        """Goes over IN or NOT IN and its list, if they stand here."""
        if not self.next_is("IN", "NOT"):
            return None
        word = self.take().word
        if word == "NOT":
            self.require("IN", "IN")
        if not self.next_is("("):
            raise self.mistake_here('"(" and a list of values')
        return Side(word, self.arguments())

    def operator(self) -> str:
        """Goes over an operator, if one stands here; `<` is less-than here, also where it looks like an IRI."""
        less = self.next.text.startswith("<") and self.next.kind in ("iri", "mark")
        operator = OPERATORS.match(self.text, self.next.at) if less or self.next.kind == "mark" else None
        if operator is None:
            return ""
        self.at = self.end = operator.end()
        self.next = self.read()
        return operator[0]

    def operand(self) -> Token | None:
        """One value of an expression; gives a variable or a plain string without a sign."""
        if self.accept("!", "+", "-"):
            count_before = len(self.compared_pairs)
            self.operand()
            del self.compared_pairs[count_before:]  # a value that is ruled out need not be there
            return None
        if self.next_is("("):
            opener = self.take()
            self.expression()
            self.close(opener, ")", 'an operator or ")"')
        elif self.next.kind == "string":
            return self.literal()
        elif self.next.kind in ("variable", "number") or self.next_is("TRUE", "FALSE"):
            return self.take()
        elif self.next.kind in ("iri", "name", "word") and not self.next_is("AS", *KEYWORDS):
            self.call()
        elif self.next_is("<<", "<<("):
            raise NotReadHere
        else:
            raise self.mistake_here(FOREIGN_SIGNS.get(self.text[self.next.at - 1 : self.next.at + 1], VALUE))
        return None

    def call(self) -> None:
        """A function with its arguments, or an IRI."""
        called = self.take()
        if self.next_is("("):
            self.arguments()
        elif called.kind == "word":
            hint = "" if called.word in WORDS else f", or ?{called.text} if that is a variable"
            raise self.mistake_here(f'"(" behind {called.text}{hint}')
        else:
            self.note(called)

    def arguments(self) -> list[Token | None]:
        """The values of a call, or of a list; gives the variables and plain strings that stand there alone."""
        opener, tokens = self.take(), list[Token | None]()
        self.accept("DISTINCT")
        self.accept("*")
        while not self.next_is(")") and self.next.kind != "end":
            tokens.append(self.expression())
            if self.accept(";"):
                self.require("SEPARATOR", "SEPARATOR")
                self.require("=")
                self.expect("a string", "string")
            elif self.accept(","):
                if self.next_is(")"):
                    raise self.mistake_here(VALUE)
            elif not self.next_is(")") and self.next.kind != "end":
                raise self.mistake_here('an operator, "," or ")"')
        self.close(opener, ")", '")"')
        return tokens

    def is_constraint(self) -> bool:
        """True where an expression in brackets or a call begins."""
        ends = ("LIMIT", "OFFSET", "VALUES", "ORDER", "HAVING", "GROUP", "ASC", "DESC")
        return (
            self.next_is("(")
            or self.next.kind in ("iri", "name")
            or (self.next.kind == "word" and not self.next_is(*ends))
        )

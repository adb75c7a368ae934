"""A query as tokens, gone over one by one up to the first that is not expected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rejoinder.graph.sparql.lexer import TOKEN
from rejoinder.graph.sparql.mistakes.places import line_and_column
from rejoinder.graph.triples.terms import DCT, IS_A, PREFIXES

KNOWN_PREFIXES = PREFIXES | {  # what our data needs, and what people are used to
    "dcterms": DCT,
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": IS_A.removesuffix("type"),
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}

_ESCAPED = re.compile(r"\\(.)")


Role = Literal["predicate", "graph", ""]


class Mistake(Exception):
    """What was expected at an offset of the query."""

    def __init__(self, at: int, expected: str) -> None:
        super().__init__(expected)
        self.at, self.expected = at, expected


class NotReadHere(Exception):
    """A part of the language that is not read here."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, name, bracket or mark of a query; at its end one of the kind `end`."""

    kind: str
    text: str
    at: int

    @property
    def word(self) -> str:
        """The keyword that it is, if it is one."""
        return self.text.upper() if self.kind == "word" else ""


@dataclass(frozen=True, slots=True)
class AskedTerm:
    """A term that the query asks for: as it is written, its IRI, and whether it is a predicate or names a graph."""

    text: str
    iri: str
    role: Role = ""


@dataclass(frozen=True, slots=True)
class GivenString:
    """A plain string that the query gives as the value of a property: as it is written, the string, the property."""

    text: str
    value: str
    predicate: AskedTerm


class Tokens:
    """The tokens of a query, the next one ahead."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.end = 0  # of what has been gone over
        self.prefixes = {"_": ""}  # with what each stands for
        self.asked_terms: list[AskedTerm] = []
        self.given_strings: list[GivenString] = []
        self.compared_pairs: list[tuple[Token, Token]] = []  # a variable, and a plain string that it is to equal
        self.properties_by_variable: dict[
            str, set[AskedTerm | None]
        ] = {}  # by variable, the properties it is a value of; None for all else
        self.first_uses: dict[str, Token] = {}  # each variable, wherever it stands first
        self.graph_variables: tuple[str, ...] = ()  # the variable of the GRAPH that is read, and
        self.group_parts: frozenset[str] = (
            frozenset()
        )  # what the group of this GRAPH holds: its keywords, "" for all others,
        self.lost_variables: tuple[str, ...] = ()  # those that a SELECT within their GRAPH does not pass on,
        self.unasked_variables: tuple[str, ...] = ()  # those whose GRAPH holds nothing that looks into it
        self.next = self.read()

    def read(self) -> Token:
        """The token that begins here, or behind white space and comments."""
        while match := TOKEN.match(self.text, self.at):
            if match.lastgroup != "space":
                return Token(match.lastgroup or "", match[0], self.at)
            self.at = match.end()
        if self.at < len(self.text):
            raise self.unreadable_mistake()
        return Token("end", "", self.end)

    def unreadable_mistake(self) -> Mistake:
        """The mistake where no token begins."""
        char = self.text[self.at]
        if char in "\"'":
            return Mistake(self.at, "the string that begins here to end with the same mark, on the same line")
        if char == "<":
            return Mistake(self.at, "an IRI in angle brackets without spaces, such as <https://example.org/a>")
        return Mistake(self.at, "a keyword, name, variable, string, number or bracket")

    def take(self) -> Token:
        """Goes over a token."""
        token = self.next
        if token.kind == "name" and (prefix := token.text.partition(":")[0]) not in self.prefixes:
            line = f"PREFIX {prefix}: <{KNOWN_PREFIXES.get(prefix, '...')}>"
            raise Mistake(token.at, f"a prefix that is declared, so {line} above")
        if token.kind == "variable":
            self.first_uses.setdefault(token.text[1:], token)
        self.at = self.end = token.at + len(token.text)
        self.next = self.read()
        return token

    def note(self, token: Token, *, role: Role = "", of: AskedTerm | None = None) -> AskedTerm | None:
        """Remembers a name or an IRI of what is asked for, or a variable with the property that leads to it.

        An IRI that is relative has no meaning here.
        """
        prefix, _, rest = token.text.partition(":")
        if token.kind == "name" and prefix != "_":
            self.asked_terms.append(AskedTerm(token.text, self.prefixes[prefix] + _ESCAPED.sub(r"\1", rest), role))
        elif token.kind == "iri":
            self.asked_terms.append(AskedTerm(token.text, token.text[1:-1], role))
        else:
            if token.kind == "variable":
                self.properties_by_variable.setdefault(token.text[1:], set()).add(of)
            return None
        return self.asked_terms[-1]

    def mistake_here(self, expected: str) -> Mistake:
        """The mistake at the next token."""
        return Mistake(self.next.at, expected)

    def next_is(self, *texts: str) -> bool:
        """True if the next token is one of these keywords or marks."""
        return self.next.kind not in ("string", "iri") and (self.next.word or self.next.text) in texts

    def accept(self, *texts: str) -> bool:
        """Goes over one of these keywords or marks if it comes next; True if it did."""
        accepted = self.next_is(*texts)
        if accepted:
            self.take()
        return accepted

    def require(self, text: str, expected: str = "") -> None:
        """Goes over this keyword or mark."""
        if not self.next_is(text):
            raise self.mistake_here(expected or f'"{text}"')
        self.take()

    def expect(self, expected: str, *kinds: str) -> Token:
        """Goes over a token of one of the kinds."""
        if self.next.kind not in kinds:
            raise self.mistake_here(expected)
        return self.take()

    def close(self, opener: Token, closer: str, expected: str) -> None:
        """Goes over the bracket that closes another."""
        if self.next.kind == "end":
            raise self.mistake_here(
                f'"{closer}", which closes the "{opener.text}" of {line_and_column(self.text, opener.at)}'
            )
        self.require(closer, expected)

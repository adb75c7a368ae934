"""Where a SPARQL query stops being one: line, column, what was expected there and what was found, in words.

The engine refuses a query with a place that may lie far behind the mistake, and with its parser's own names. So a query
that it has refused is read again here, by the grammar of SPARQL 1.1 as far as people write it; where nothing is seen to
be wrong, the engine's place is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rejoinder.errors import QueryError
from rejoinder.graph.guard import TOKEN, Form, Unreadable, check
from rejoinder.graph.terms import DCT, PROV, RJ, SCHEMA, SIOC
from rejoinder.settings import Settings

SHOWN = 30  # characters of what was found
WIDEST = 100  # characters of the line that is shown
NO_TOKEN = re.compile(r"\s|\S+")  # white space that SPARQL does not know, such as a no-break space, or a word
ENGINE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
REASONS = {  # what the engine says besides the names of its grammar
    "variable that is unbound": "each variable of SELECT is to stand in GROUP BY or within an aggregate such as COUNT",
    "IRI parsing failed": "an IRI in angle brackets is to be a whole one, such as <https://example.org/a>",
}
FORMS = "SELECT, ASK, CONSTRUCT or DESCRIBE"
PATTERN = "a triple, FILTER, OPTIONAL, UNION, BIND, VALUES or the like"
AFTER = "GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET, VALUES or the end of the query"
PREDICATE = "a predicate, such as ?p or <https://example.org/p>"
VALUE = "a value, such as ?x, 5 or 'words'"
VARIABLE = "a variable, such as ?x"
OPERATORS = re.compile(r"\|\||&&|!=|<=|>=|[=<>+\-*/]")
OURS = {"rj": RJ, "sioc": SIOC, "dct": DCT, "prov": PROV, "schema": SCHEMA}  # the prefixes that our data needs
KEYWORDS = ("FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "BIND", "VALUES", "LATERAL")


class Mistake(Exception):
    """What was expected at an offset of the query."""

    def __init__(self, at: int, expected: str) -> None:
        super().__init__(expected)
        self.at, self.expected = at, expected


class BeyondUs(Exception):
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


def checked(query: str, settings: Settings) -> Form:
    """What the guard says of a query; of one that is no SPARQL, where and why. Raises QueryError and QueryRefused."""
    try:
        return check(query, settings)
    except Unreadable as error:
        query = unix(query)
        found = mistake(query)
        raise QueryError(str(error) if found is None else shown(query, found)) from None


def explained(query: str, said: str) -> str:
    """What is wrong with a query that the engine refused with these words, and its line with a mark below.

    >>> print(explained("SELECT ?s { ?s ?p }", "error at 1:20: expected [_]"))
    line 1, column 19: expected an object, such as ?x, 5 or 'words', found '}'
      SELECT ?s { ?s ?p }
                        ^
    """
    query = unix(query)
    found = mistake(query)
    return by_engine(query, said) if found is None else shown(query, found)


def unix(query: str) -> str:
    """The query with line feeds alone."""
    return query.replace("\r\n", "\n").replace("\r", "\n")


def shown(query: str, one: Mistake) -> str:
    """A mistake with its place, and its line with a mark below."""
    return f"{place(query, one.at)}: expected {one.expected}, found {found_at(query, one.at)}\n{mark(query, one.at)}"


def mistake(query: str) -> Mistake | None:
    """The first mistake in a query, None if none is seen."""
    try:
        Reader(query).query()
    except Mistake as found:
        return found
    except (BeyondUs, RecursionError):
        return None
    return None


def by_engine(query: str, said: str) -> str:
    """The engine's place, and its reason where that is said in words."""
    reason = next((words for name, words in REASONS.items() if name in said), None)
    match = ENGINE.fullmatch(said)
    if match is None:
        return reason or said
    lines = query.split("\n")
    line = min(int(match[1]), len(lines))
    at = sum(len(one) + 1 for one in lines[: line - 1]) + min(int(match[2]) - 1, len(lines[line - 1]))
    why = reason or f"expected SPARQL, and the mistake is here or before; found {found_at(query, at)}"
    return f"{place(query, at)}: {why}\n{mark(query, at)}"


def place(query: str, at: int) -> str:
    """Line and column (from 1) of an offset."""
    return f"line {query.count(chr(10), 0, at) + 1}, column {at - query.rfind(chr(10), 0, at)}"


def mark(query: str, at: int) -> str:
    """The line around an offset, and a mark below it."""
    start = query.rfind("\n", 0, at) + 1
    end = query.find("\n", at)
    start = max(start, at - WIDEST // 2)
    line = query[start : len(query) if end < 0 else end][:WIDEST].replace("\t", " ")
    return f"  {line}\n  {' ' * (at - start)}^"


def found_at(query: str, at: int) -> str:
    """What stands at an offset, or behind white space and comments there, for a message."""
    match = TOKEN.match(query, at)
    while match and match.lastgroup == "space":
        at = match.end()
        match = TOKEN.match(query, at)
    if at >= len(query):
        return "the end of the query"
    match = match or NO_TOKEN.match(query, at)
    text = match[0] if match else ""
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}...")


class Reader:
    """Reads a query from its beginning to the first mistake."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.end = 0  # of what has been gone over
        self.prefixes = {"_"}
        self.next = self.read()

    # -------------------------------------------------------------- tokens

    def read(self) -> Token:
        """The token that begins here, or behind white space and comments."""
        while match := TOKEN.match(self.text, self.at):
            if match.lastgroup != "space":
                return Token(match.lastgroup or "", match[0], self.at)
            self.at = match.end()
        if self.at < len(self.text):
            raise self.unreadable()
        return Token("end", "", self.end)

    def unreadable(self) -> Mistake:
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
            line = f"PREFIX {prefix}: <{OURS.get(prefix, '...')}>"
            raise Mistake(token.at, f"a prefix that is declared, so {line} above")
        self.at = self.end = token.at + len(token.text)
        self.next = self.read()
        return token

    def fail(self, expected: str) -> Mistake:
        """The mistake at the next token."""
        return Mistake(self.next.at, expected)

    def is_(self, *texts: str) -> bool:
        """True if the next token is one of these keywords or marks."""
        return self.next.kind not in ("string", "iri") and (self.next.word or self.next.text) in texts

    def skip(self, text: str, expected: str = "") -> None:
        """Goes over this keyword or mark."""
        if not self.is_(text):
            raise self.fail(expected or f'"{text}"')
        self.take()

    def of(self, expected: str, *kinds: str) -> Token:
        """Goes over a token of one of the kinds."""
        if self.next.kind not in kinds:
            raise self.fail(expected)
        return self.take()

    def close(self, opener: Token, closer: str, expected: str) -> None:
        """Goes over the bracket that closes another."""
        if self.next.kind == "end":
            raise self.fail(f'"{closer}", which closes the "{opener.text}" of {place(self.text, opener.at)}')
        self.skip(closer, expected)

    # -------------------------------------------------------------- the query

    def query(self) -> None:
        """A whole query."""
        self.prologue()
        read = {"SELECT": self.select, "ASK": self.take, "CONSTRUCT": self.construct, "DESCRIBE": self.describe}
        form = self.next.word
        if form not in read:
            raise self.fail(FORMS if self.at else f"PREFIX, {FORMS}")
        read[form]()
        while self.is_("FROM"):
            self.take()
            if self.is_("NAMED"):
                self.take()
            self.of("the IRI of a graph", "iri", "name")
        if form != "DESCRIBE" or self.is_("WHERE", "{"):
            self.where()
        self.modifiers()
        if self.next.kind != "end":
            raise self.fail(AFTER)

    def construct(self) -> None:
        """CONSTRUCT and its template, if it has one."""
        self.take()
        if self.is_("{"):
            self.group()

    def describe(self) -> None:
        """DESCRIBE and what it describes."""
        self.take()
        if self.is_("*"):
            self.take()
            return
        self.of("an IRI, a variable or *", "iri", "name", "variable")
        while self.next.kind in ("iri", "name", "variable"):
            self.take()

    def prologue(self) -> None:
        """Prefixes and the base."""
        while self.is_("PREFIX", "BASE", "VERSION"):
            if self.take().word == "PREFIX":
                if self.next.kind != "name" or not self.next.text.endswith(":"):
                    raise self.fail("a prefix with its colon, such as ex:")
                self.prefixes.add(self.next.text[:-1])
                self.take()
            self.of("an IRI in angle brackets", "iri", "string")

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

    def named(self) -> None:
        """(... AS ?x)"""
        opener = self.take()
        self.expression()
        self.skip("AS", "an operator, or AS and a variable")
        self.of(VARIABLE, "variable")
        self.close(opener, ")", '")"')

    def where(self) -> None:
        """WHERE and its group."""
        if self.is_("WHERE"):
            self.take()
        self.group()

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

    def is_constraint(self) -> bool:
        """True where an expression in brackets or a call begins."""
        ends = ("LIMIT", "OFFSET", "VALUES", "ORDER", "HAVING", "GROUP", "ASC", "DESC")
        return self.is_("(") or self.next.kind in ("iri", "name") or (self.next.kind == "word" and not self.is_(*ends))

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

    # -------------------------------------------------------------- groups

    def group(self) -> None:
        """A group in braces."""
        opener = self.next
        self.skip("{", '"{"')
        if self.is_("SELECT"):
            self.select()
            self.where()
            self.modifiers()
        while not self.is_("}") and self.next.kind != "end":
            self.pattern()
        self.close(opener, "}", '"}"')

    def pattern(self) -> None:
        """One part of a group."""
        read = {"FILTER": self.filter, "BIND": self.bind, "VALUES": self.values}
        word = self.next.word
        if self.is_("."):
            self.take()
        elif self.is_("{"):
            self.group()
        elif word in read:
            self.take()
            read[word]()
        elif word in KEYWORDS:
            self.take()
            if word == "GRAPH":
                self.of("the IRI of a graph, or a variable", "iri", "name", "variable")
            self.group()
        else:
            self.triples()

    def filter(self) -> None:
        """The condition behind FILTER."""
        if not self.is_constraint():
            raise self.fail("an expression in brackets, or a call such as REGEX(...)")
        self.operand()

    def bind(self) -> None:
        """The value behind BIND, and its variable."""
        if not self.is_("("):
            raise self.fail('"(", as in BIND(... AS ?x)')
        self.named()

    def triples(self) -> None:
        """A subject with its predicates and objects, up to a full stop or what needs none."""
        alone = self.is_("[")
        self.term(f'{PATTERN}, or "}}"')
        if not alone or not self.is_(".", "}"):
            self.properties()
        if not self.is_(".", "}", "{", *KEYWORDS) and self.next.kind != "end":
            raise self.fail('".", ";" or "," behind the object')

    def properties(self) -> None:
        """Predicates with their objects."""
        while True:
            self.path()
            self.term(f"an object, {VALUE.partition(', ')[2]}")
            while self.is_(","):
                self.take()
                self.term(f"an object, {VALUE.partition(', ')[2]}")
            if not self.is_(";"):
                return
            while self.is_(";"):
                self.take()
            if self.is_(".", "}", "]"):
                return

    def path(self) -> None:
        """A predicate, or a path of them."""
        while True:
            while self.is_("^", "!"):
                self.take()
            if self.is_("("):
                opener = self.take()
                if not self.is_(")"):
                    self.path()
                self.close(opener, ")", '"/", "|" or ")"')
            elif self.is_("A"):
                self.take()
            else:
                self.of(PREDICATE, "iri", "name", "variable")
            while self.is_("*", "+", "?"):
                self.take()
            if not self.is_("/", "|"):
                return
            self.take()

    def term(self, expected: str) -> None:
        """A subject or an object."""
        if self.is_("[", "(", "<<", "<<("):
            self.several()
        elif self.next.kind == "string":
            self.literal()
        else:
            if self.is_("+", "-"):
                self.take()
            if self.next.kind not in ("iri", "name", "variable", "number") and not self.is_("TRUE", "FALSE"):
                raise self.fail(expected)
            self.take()

    def several(self) -> None:
        """A node with its properties in brackets, or a list."""
        opener = self.take()
        if opener.text == "[":
            if not self.is_("]"):
                self.properties()
            self.close(opener, "]", '";" or "]"')
        elif opener.text == "(":
            while not self.is_(")") and self.next.kind != "end":
                self.term(f'{VALUE}, or ")"')
            self.close(opener, ")", '")"')
        else:
            raise BeyondUs

    def literal(self) -> None:
        """A string with its language or datatype."""
        self.take()
        if self.next.kind == "tag":
            self.take()
        elif self.is_("^^"):
            self.take()
            self.of("the IRI of a datatype, such as xsd:integer", "iri", "name")

    # -------------------------------------------------------------- expressions

    def expression(self) -> None:
        """Operands with operators between them."""
        while True:
            self.operand()
            if self.operates():
                continue
            if self.is_("IN", "NOT"):
                if self.take().word == "NOT":
                    self.skip("IN", "IN")
                if not self.is_("("):
                    raise self.fail('"(" and a list of values')
                self.arguments()
                if not self.operates():
                    return
            else:
                return

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
        while self.is_("!", "+", "-"):
            self.take()
        if self.is_("("):
            opener = self.take()
            self.expression()
            self.close(opener, ")", 'an operator or ")"')
        elif self.next.kind == "string":
            self.literal()
        elif self.next.kind in ("variable", "number") or self.is_("TRUE", "FALSE"):
            self.take()
        elif self.next.kind in ("iri", "name", "word") and not self.is_("AS", *KEYWORDS):
            self.call()
        elif self.is_("<<", "<<("):
            raise BeyondUs
        else:
            raise self.fail(VALUE)

    def call(self) -> None:
        """A function with its arguments, an IRI, or EXISTS with its group."""
        called = self.take()
        if called.word == "NOT":
            self.skip("EXISTS", "EXISTS")
        if called.word in ("EXISTS", "NOT"):
            self.group()
        elif self.is_("("):
            self.arguments()
        elif called.kind == "word":
            raise self.fail(f'"(" behind {called.text}')

    def arguments(self) -> None:
        """The values of a call, or of a list."""
        opener = self.take()
        if self.is_("DISTINCT"):
            self.take()
        if self.is_("*"):
            self.take()
        while not self.is_(")") and self.next.kind != "end":
            self.expression()
            if self.is_(";"):
                self.take()
                self.skip("SEPARATOR", "SEPARATOR")
                self.skip("=")
                self.of("a string", "string")
            elif self.is_(","):
                self.take()
                if self.is_(")"):
                    raise self.fail(VALUE)
            elif not self.is_(")") and self.next.kind != "end":
                raise self.fail('an operator, "," or ")"')
        self.close(opener, ")", '")"')

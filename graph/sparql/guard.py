"""The guard before the query engine: one linear pass that refuses what is too large, too deep or reaches outside."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from rejoinder.errors import QueryError, QueryRefused
from rejoinder.graph.queries.near import did_you_mean
from rejoinder.graph.sparql.lexer import TOKEN, WORDS
from rejoinder.settings import Settings

Kind = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

# Operators in expressions nest in the engine's tree as brackets do; 20,000 in a row overflow its stack.
MOST_OPERATORS = 1_000
# FILTERs, BINDs, projected, grouping and ordering expressions: 1,000 take the planner 8 seconds, 128 take 0.02.
MOST_EXPRESSIONS = 128

LONGEST_WORD = max(map(len, WORDS)) * 2  # of which others that it may be are sought

REFUSED_KEYWORDS = {
    "SERVICE": "SERVICE would make this server call another one",
    "LOAD": "LOAD would make this server read a remote file",
} | dict.fromkeys(
    ("INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH", "USING", "INTO"),
    "this endpoint only reads, and this word belongs to an update",
)
CHANGING_FUNCTIONS = {"NOW", "RAND", "UUID", "STRUUID", "BNODE"}  # functions that give something else each time
FORMS: dict[str, Kind] = {"SELECT": "SELECT", "ASK": "ASK", "CONSTRUCT": "CONSTRUCT", "DESCRIBE": "DESCRIBE"}

_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PAIRS = {"{": "}", "(": ")", "[": "]", "<<(": ")"}
_OPERANDS = {"string", "iri", "variable", "name", "tag", "number"}
_GLUED = re.compile("FILTER|HAVING|ORDERBY|GROUPBY", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Form:
    """What kind of answer a query asks for, if it names its own dataset with FROM, and if it calls one of CHANGING."""

    kind: Kind
    names_dataset: bool
    is_changing: bool


def check_query(query: str, settings: Settings) -> Form:
    """Look a query over before it reaches the engine; raises QueryRefused with the reason, or QueryError.

    Words inside strings, IRIs, comments, variables and prefixed names are no keywords. Takes time linear in the query.
    Oxigraph resolves `\\uXXXX` only in strings and IRIs, the standard (SPARQL 1.1, section 19.2) everywhere and first:
    a query must pass in both readings.
    """
    _check_size(query, settings.query_bytes)
    if "\\u" in query or "\\U" in query:
        with suppress(Unreadable):
            _Walk(_resolved_escapes(query), settings).form()
    return _Walk(query, settings).form()


class Unreadable(QueryError):
    """Text that is no SPARQL, seen before the engine saw it."""


def _check_size(query: str, limit: int) -> None:
    try:
        size = len(query.encode())
    except UnicodeEncodeError as error:
        raise QueryError(f"the query is not Unicode text: a lone surrogate at character {error.start + 1}") from None
    if size > limit:
        raise QueryRefused(f"the query has {size} bytes; this server accepts {limit}")


def _resolved_escapes(query: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise QueryError(f"{match[0]} is not a character")
        return chr(code)

    return _CODEPOINT.sub(character, query)


@dataclass(slots=True)
class _Bracket:
    """An open bracket: what may stand in it, whether a new triple starts, whether an expression is due."""

    closer: str
    kind: Literal["group", "blank", "list", "data", "expression"]
    fresh: bool = True
    due: Literal["", "once", "rest", "describe"] = ""


@dataclass
class _Walk:
    """One pass over the tokens of a query: the open brackets, the counts, and what the query is."""

    text: str
    settings: Settings
    at: int = 0
    kind: Kind | None = None
    names_dataset: bool = False
    is_changing: bool = False
    prefixes: set[str] = field(default_factory=set)  # that are declared
    brackets: list[_Bracket] = field(default_factory=lambda: [_Bracket("", "group", fresh=False)])
    last_kind: str = ""  # kind of the token before, and its text
    last_word: str = ""
    last_at: int = -1  # where the token before is, and
    subject_at: int = -2  # the last one that surely begins a triple
    patterns: int = 0
    expressions: int = 0
    operators: int = 0
    reified: int = 0
    signs: int = 0  # unary operators in a row
    in_values: bool = False  # after VALUES, before its block

    def form(self) -> Form:
        """Read the whole text; raises as `check_query` does."""
        while self.at < len(self.text):
            self._step()
        if self.kind is None:
            raise Unreadable("a query has SELECT, ASK, CONSTRUCT or DESCRIBE; this one has none of them")
        return Form(self.kind, self.names_dataset, self.is_changing)

    def _step(self) -> None:
        match = TOKEN.match(self.text, self.at)
        if match is None:
            raise self._unreadable_error(f"unexpected {self.text[self.at]!r}")
        kind, token = match.lastgroup or "", match[0]
        if kind == "iri" and self._compares():
            kind, token = "mark", "<"
        end = self.at + len(token)
        if kind != "space":
            _TOKEN_READERS.get(kind, _Walk._term)(self, token)
            self.signs = self.signs if kind == "mark" else 0
            self.last_at = self.at
            self.last_kind, self.last_word = kind, token.upper() if kind in ("word", "name", "close", "mark") else ""
        self.at = end

    def _compares(self) -> bool:
        """Whether `<` is less-than here: nothing but an operator may follow an operand inside an expression."""
        operand = self.last_kind in _OPERANDS or self.last_word in (")", "TRUE", "FALSE")
        return self.brackets[-1].kind == "expression" and operand

    def _word(self, token: str) -> None:
        word = token.upper()
        if word in REFUSED_KEYWORDS or "SERVICE" in word:
            raise self._refusal(REFUSED_KEYWORDS.get(word, REFUSED_KEYWORDS["SERVICE"]))
        if word not in WORDS or (self.last_word in ("ORDER", "GROUP") and word != "BY"):
            near = did_you_mean(token, WORDS) if word not in WORDS and len(token) <= LONGEST_WORD else ""
            raise self._unreadable_error(f"unexpected word {token[:40]!r}{near}")
        if word in FORMS and len(self.brackets) == 1 and self.kind is None:
            self.kind = FORMS[word]
        self.names_dataset |= word == "FROM"
        self.is_changing |= word in CHANGING_FUNCTIONS and self._character_after(self.at + len(token)) == "("
        if word in ("A", "TRUE", "FALSE"):
            self._term(token)
        else:
            self._keyword(word)

    def _keyword(self, word: str) -> None:
        bracket = self.brackets[-1]
        if word == "VALUES":
            self.in_values = True
            self._count(1)
        elif word == "GRAPH":
            bracket.fresh = False
        elif bracket.kind == "group":
            bracket.due = _DUE.get(word, bracket.due)

    def _name(self, token: str) -> None:
        """A prefixed name. Oxigraph reads `SERVICEex:a {` as SERVICE and `FILTERex:a(` as FILTER: neither passes."""
        prefix = token.partition(":")[0]
        if self.last_word == "PREFIX":
            self.prefixes.add(prefix)
        elif self.kind is None and prefix.upper().startswith("PREFIX"):
            self.prefixes.add(prefix[len("PREFIX") :])
        following = self._character_after(self.at + len(token))
        if following == "{" and "SERVICE" in prefix.upper() and len(self.brackets) > 1 and self.last_word != "GRAPH":
            raise self._refusal(REFUSED_KEYWORDS["SERVICE"])
        if following == "(" and (self._runs_in(prefix) or self.last_word in ("ORDER", "GROUP")):
            raise self._unreadable_error(f"a keyword runs into the name {token[:40]!r}")
        self._term(token)

    def _runs_in(self, prefix: str) -> bool:
        """Whether a keyword may end within a prefix before `(`, so that what is declared is only the rest of it.

        Where both are declared the engine takes the whole one, if a call or the predicate of a triple is due there.
        """
        if self.brackets[-1].kind != "group" or not self._has_glued_prefix(prefix):
            return False
        return prefix not in self.prefixes or not (self.brackets[-1].due or self.subject_at == self.last_at)

    def _has_glued_prefix(self, prefix: str) -> bool:
        return any(prefix[match.end() :] in self.prefixes for match in _GLUED.finditer(prefix))

    def _character_after(self, at: int) -> str:
        while (match := TOKEN.match(self.text, at)) and match.lastgroup == "space":
            at = match.end()
        return self.text[at : at + 1]

    def _term(self, token: str) -> None:
        bracket = self.brackets[-1]
        if bracket.kind == "list" or bracket.due == "describe":
            self._count(1)
        elif bracket.kind in ("group", "blank") and bracket.fresh and not bracket.due:
            bracket.fresh = False
            if bracket.kind == "group" and (self.last_kind == "open" or self.last_word in (".", "}")):
                self.subject_at = self.at
            self._count(1)

    def _open(self, token: str) -> None:
        bracket = self.brackets[-1]
        closer = _PAIRS[token]
        if token == "{":
            self._open_group(bracket)
        elif self.in_values or bracket.kind == "data":
            self.brackets.append(_Bracket(closer, "data"))
        elif token == "(" and (bracket.kind == "expression" or (bracket.kind == "group" and bracket.due)):
            self._count_expression(bracket.kind == "group")
            self.brackets.append(_Bracket(closer, "expression"))
        else:
            self._count(token != "[")
            self.brackets.append(_Bracket(closer, "blank" if token == "[" else "list"))
        self._check_depth()

    def _open_group(self, bracket: _Bracket) -> None:
        if bracket.due in ("once", "describe"):  # FILTER EXISTS { and DESCRIBE ?x {
            bracket.due = ""
        self._count(not self.in_values)
        self.brackets.append(_Bracket("}", "data" if self.in_values else "group"))
        self.in_values = False

    def _close(self, token: str) -> None:
        if self.brackets[-1].closer != token:
            expected = self.brackets[-1].closer
            raise self._unreadable_error(f"unexpected {token!r}" + (f", expected {expected!r}" if expected else ""))
        gone, outer = self.brackets.pop(), self.brackets[-1]
        if token == "}" and outer.kind == "group" and len(self.brackets) > 1:
            outer.fresh = True
        if gone.kind == "expression" and outer.due == "once":
            outer.due, outer.fresh = "", True

    def _mark(self, token: str) -> None:
        bracket = self.brackets[-1]
        self._count_signs(token)
        if token == "<<":
            self.reified += 1
            self._check_depth()
        elif bracket.kind == "expression":
            self._count_operator(token)
        elif token in (".", ";", ","):
            bracket.fresh = len(self.brackets) > 1
        elif bracket.kind != "data":
            self._count(token in ("/", "|", "^", "*", "+", "?", "!") and len(self.brackets) > 1)

    def _count(self, more: int) -> None:
        self.patterns += more
        limit = self.settings.query_patterns
        if self.patterns > limit:
            raise self._refusal(
                f"more than {limit} patterns: triple patterns, groups such as OPTIONAL, and path steps together"
            )

    def _count_expression(self, more: int) -> None:
        self.expressions += more
        if self.expressions > MOST_EXPRESSIONS:
            raise self._refusal(f"more than {MOST_EXPRESSIONS} filters, bindings and other expressions")

    def _count_operator(self, token: str) -> None:
        signed = token in "+-" and self.last_kind in ("mark", "open") and self.text[self.at + 1 : self.at + 2].isdigit()
        if token not in (",", ";") and not signed:
            self.operators += 1
        if self.operators > MOST_OPERATORS:
            raise self._refusal(f"more than {MOST_OPERATORS} operators in expressions; IN takes a list of any length")

    def _count_signs(self, token: str) -> None:
        self.signs = self.signs + 1 if token in ("!", "+", "-", "^") else 0
        self._check_depth()

    def _check_depth(self) -> None:
        limit = self.settings.query_depth
        if len(self.brackets) - 1 + self.signs > limit or self.reified > limit:
            raise self._refusal(f"brackets or unary operators nested more than {limit} deep")

    def _place(self) -> str:
        before = self.text[: self.at].replace("\r\n", "\n").replace("\r", "\n")
        return f"line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"

    def _refusal(self, reason: str) -> QueryRefused:
        return QueryRefused(f"{self._place()}: {reason}")

    def _unreadable_error(self, reason: str) -> QueryError:
        return Unreadable(f"{self._place()}: {reason}")


_DUE: dict[str, Literal["once", "rest", "describe"]] = {
    "FILTER": "once",
    "BIND": "once",
    "SELECT": "rest",
    "HAVING": "rest",
    "BY": "rest",
    "DESCRIBE": "describe",
}
_TOKEN_READERS: dict[str, Callable[[_Walk, str], None]] = {
    "word": _Walk._word,
    "name": _Walk._name,
    "open": _Walk._open,
    "close": _Walk._close,
    "mark": _Walk._mark,
    "tag": lambda walk, token: None,
}

"""The grammar of triples: subjects, paths, objects, lists, literals."""

from __future__ import annotations

from rejoinder.graph.sparql.mistakes.tokens import AskedTerm, GivenString, NotReadHere, Token, Tokens

PATTERN = "a triple, FILTER, OPTIONAL, UNION, BIND, VALUES or the like"
PREDICATE = "a predicate, such as ?p or <https://example.org/p>"
VALUE = "a value, such as ?x, 5 or 'words'"
OBJECT = VALUE.replace("a value", "an object")
CLAUSES_BEHIND = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET")  # what stands behind a group
KEYWORDS = ("FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "BIND", "VALUES", "LATERAL")


class Triples(Tokens):
    """Reads triples, as the tokens come."""

    def triples(self) -> None:
        """A subject with its predicates and objects, up to a full stop or what needs none."""
        alone = self.next_is("[")
        self.term(f'{PATTERN}, or "}}"')
        if not alone or not self.next_is(".", "}"):
            self.properties()
        if self.next_is(*CLAUSES_BEHIND):
            raise self.mistake_here(f'"}}", which closes the group, before {self.next.word}')
        if not self.next_is(".", "}", "{", *KEYWORDS) and self.next.kind != "end":
            raise self.mistake_here('".", ";" or "," behind the object')

    def properties(self) -> None:
        """Predicates with their objects."""
        while True:
            of = self.path()
            self.term(OBJECT, of)
            while self.accept(","):
                self.term(OBJECT, of)
            if not self.next_is(";"):
                return
            while self.next_is(";"):
                self.take()
            if self.next_is(".", "}", "]"):
                return

    def path(self) -> AskedTerm | None:
        """A predicate, or a path of them; gives the property that leads to the object, where that is one alone."""
        last, choice = self.step(), False
        while self.next_is("/", "|"):
            choice |= self.take().text == "|"
            last = self.step()
        return None if choice else last

    def step(self) -> AskedTerm | None:
        """One step of a path, with its signs; gives the property that it is, where it is no more."""
        start, predicate = self.next, None
        while self.next_is("^", "!"):
            self.take()
        if self.next_is("("):
            opener = self.take()
            if not self.next_is(")"):
                self.path()
            self.close(opener, ")", '"/", "|" or ")"')
        elif not self.accept("A"):
            predicate = self.note(self.expect(PREDICATE, "iri", "name", "variable"), role="predicate")
        if self.next_is("*", "+", "?"):
            predicate = None
        while self.next_is("*", "+", "?"):
            self.take()
        return predicate if start.text not in ("^", "!") else None

    def term(self, expected: str, of: AskedTerm | None = None) -> None:
        """A subject or an object, of the property that leads to it."""
        if self.next_is("[", "(", "<<", "<<("):
            self.compound_term()
        elif self.next.kind == "string":
            plain = self.literal()
            if of is not None and plain is not None:
                self.given_strings.append(GivenString(plain.text, plain.text[1:-1], of))
        else:
            self.accept("+", "-")
            if self.next.kind not in ("iri", "name", "variable", "number") and not self.next_is("TRUE", "FALSE"):
                raise self.mistake_here(expected)
            self.note(self.take(), of=of)

    def compound_term(self) -> None:
        """A node with its properties in brackets, or a list."""
        opener = self.take()
        if opener.text == "[":
            if not self.next_is("]"):
                self.properties()
            self.close(opener, "]", '";" or "]"')
        elif opener.text == "(":
            while not self.next_is(")") and self.next.kind != "end":
                self.term(f'{VALUE}, or ")"')
            self.close(opener, ")", '")"')
        else:
            raise NotReadHere

    def literal(self) -> Token | None:
        """A string with its language or datatype; gives it where it has neither, and stands on one line as it is."""
        string = self.take()
        if self.next.kind == "tag":
            self.take()
            return None
        if self.accept("^^"):
            self.expect("the IRI of a datatype, such as xsd:integer", "iri", "name")
            return None
        return None if "\\" in string.text or string.text.startswith(("'''", '"""')) else string

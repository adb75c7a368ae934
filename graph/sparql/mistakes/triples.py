"""The grammar of triples: subjects, paths, objects, lists, literals."""

from __future__ import annotations

from rejoinder.graph.sparql.mistakes.tokens import BeyondUs, Tokens

PATTERN = "a triple, FILTER, OPTIONAL, UNION, BIND, VALUES or the like"
PREDICATE = "a predicate, such as ?p or <https://example.org/p>"
VALUE = "a value, such as ?x, 5 or 'words'"
KEYWORDS = ("FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "BIND", "VALUES", "LATERAL")


class Triples(Tokens):
    """Reads triples, as the tokens come."""

    def triples(self) -> None:
        """A subject with its predicates and objects, up to a full stop or what needs none."""
        alone = self.sees("[")
        self.term(f'{PATTERN}, or "}}"')
        if not alone or not self.sees(".", "}"):
            self.properties()
        if not self.sees(".", "}", "{", *KEYWORDS) and self.next.kind != "end":
            raise self.fail('".", ";" or "," behind the object')

    def properties(self) -> None:
        """Predicates with their objects."""
        while True:
            self.path()
            self.term(f"an object, {VALUE.partition(', ')[2]}")
            while self.accept(","):
                self.term(f"an object, {VALUE.partition(', ')[2]}")
            if not self.sees(";"):
                return
            while self.sees(";"):
                self.take()
            if self.sees(".", "}", "]"):
                return

    def path(self) -> None:
        """A predicate, or a path of them."""
        self.step()
        while self.accept("/", "|"):
            self.step()

    def step(self) -> None:
        """One step of a path, with its signs."""
        while self.sees("^", "!"):
            self.take()
        if self.sees("("):
            opener = self.take()
            if not self.sees(")"):
                self.path()
            self.close(opener, ")", '"/", "|" or ")"')
        elif not self.accept("A"):
            self.note(self.expect(PREDICATE, "iri", "name", "variable"), role="predicate")
        while self.sees("*", "+", "?"):
            self.take()

    def term(self, expected: str) -> None:
        """A subject or an object."""
        if self.sees("[", "(", "<<", "<<("):
            self.several()
        elif self.next.kind == "string":
            self.literal()
        else:
            self.accept("+", "-")
            if self.next.kind not in ("iri", "name", "variable", "number") and not self.sees("TRUE", "FALSE"):
                raise self.fail(expected)
            self.note(self.take())

    def several(self) -> None:
        """A node with its properties in brackets, or a list."""
        opener = self.take()
        if opener.text == "[":
            if not self.sees("]"):
                self.properties()
            self.close(opener, "]", '";" or "]"')
        elif opener.text == "(":
            while not self.sees(")") and self.next.kind != "end":
                self.term(f'{VALUE}, or ")"')
            self.close(opener, ")", '")"')
        else:
            raise BeyondUs

    def literal(self) -> None:
        """A string with its language or datatype."""
        self.take()
        if self.next.kind == "tag":
            self.take()
        elif self.accept("^^"):
            self.expect("the IRI of a datatype, such as xsd:integer", "iri", "name")

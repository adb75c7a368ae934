"""The grammar of a whole query, from its prefixes to its end."""

from __future__ import annotations

from rejoinder.graph.sparql.mistakes.groups import Groups

FORMS = "SELECT, ASK, CONSTRUCT or DESCRIBE"
IRI = "an IRI in angle brackets"
AFTER_GROUP = "GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET, VALUES or the end of the query"


class Query(Groups):
    """Reads a query from its beginning to the first mistake."""

    def query(self) -> None:
        """A whole query."""
        self.prologue()
        read = {"SELECT": self.select, "ASK": self.take, "CONSTRUCT": self.construct, "DESCRIBE": self.describe}
        form = self.next.word
        if form not in read:
            raise self.mistake_here(FORMS if self.at else f"PREFIX, {FORMS}")
        read[form]()
        while self.accept("FROM"):
            self.accept("NAMED")
            self.note(self.expect("the IRI of a graph", "iri", "name"), role="graph")
        if form != "DESCRIBE" or self.next_is("WHERE", "{"):
            self.where()
        self.modifiers()
        if self.next.kind != "end":
            raise self.mistake_here(AFTER_GROUP)

    def prologue(self) -> None:
        """Prefixes and the base."""
        while self.next_is("PREFIX", "BASE", "VERSION"):
            if self.take().word == "PREFIX":
                if self.next.kind != "name" or not self.next.text.endswith(":"):
                    raise self.mistake_here("a prefix with its colon, such as ex:")
                prefix = self.next.text[:-1]
                self.prefixes[prefix] = ""
                self.take()
                self.prefixes[prefix] = self.expect(IRI, "iri").text[1:-1]
            else:
                self.expect(IRI, "iri", "string")

    def construct(self) -> None:
        """CONSTRUCT and its template, if it has one; what that makes is not asked for."""
        self.take()
        if self.next_is("{"):
            self.group()
            self.asked_terms.clear()
            self.given_strings.clear()
            self.properties_by_variable.clear()

    def describe(self) -> None:
        """DESCRIBE and what it describes."""
        self.take()
        if self.accept("*"):
            return
        self.note(self.expect("an IRI, a variable or *", "iri", "name", "variable"))
        while self.next.kind in ("iri", "name", "variable"):
            self.note(self.take())

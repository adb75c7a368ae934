"""The grammar of groups in braces, with the parts of each."""

from __future__ import annotations

from rejoinder.graph.sparql.mistakes.clauses import Clauses
from rejoinder.graph.sparql.mistakes.triples import KEYWORDS

WITHOUT_GRAPH = frozenset({"GRAPH", "UNION", "VALUES"})  # parts of a group that do not look into the graph around it


class Groups(Clauses):
    """Reads groups."""

    def where(self) -> None:
        """WHERE and its group."""
        self.accept("WHERE")
        self.group()

    def group(self) -> None:
        """A group in braces."""
        opener = self.next
        self.require("{", '"{"')
        if self.next_is("SELECT"):
            if self.select().isdisjoint(self.graph_variables):
                self.lost_variables += self.graph_variables
            self.where()
            self.modifiers()
        while not self.next_is("}") and self.next.kind != "end":
            self.pattern()
        self.close(opener, "}", '"}"')

    def pattern(self) -> None:
        """One part of a group."""
        read = {"FILTER": self.filter, "BIND": self.bind, "VALUES": self.values}
        word = self.next.word
        if not self.next_is(".", "{"):
            self.group_parts |= {word if word in WITHOUT_GRAPH else ""}
        if self.next_is("."):
            self.take()
        elif self.next_is("{"):
            self.group()
        elif word in read:
            self.take()
            read[word]()
        elif word in KEYWORDS:
            self.take()
            self.graph() if word == "GRAPH" else self.group()
        else:
            self.triples()

    def graph(self) -> None:
        """The graph behind GRAPH, and its group."""
        name = self.expect("the IRI of a graph, or a variable", "iri", "name", "variable")
        self.note(name, role="graph")
        variables = (name.text[1:],) if name.kind == "variable" else ()
        outside, self.graph_variables, self.group_parts = (
            (self.graph_variables, self.group_parts),
            variables,
            frozenset(),
        )
        self.group()
        if self.group_parts and self.group_parts <= WITHOUT_GRAPH:
            self.unasked_variables += variables
        self.graph_variables, self.group_parts = outside

    def filter(self) -> None:
        """The condition behind FILTER."""
        if not self.is_constraint():
            raise self.mistake_here("an expression in brackets, or a call such as REGEX(...)")
        self.operand()

    def bind(self) -> None:
        """The value behind BIND, and its variable."""
        if not self.next_is("("):
            raise self.mistake_here('"(", as in BIND(... AS ?x)')
        self.named_expression()

    def call(self) -> None:
        """EXISTS with its group, or any other call."""
        if not self.next_is("EXISTS", "NOT"):
            super().call()
            return
        if self.take().word == "NOT":
            self.require("EXISTS", "EXISTS")
        self.group()

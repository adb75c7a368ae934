"""Where a SPARQL query stops being one: line, column, what was expected there and what was found, in words.

The engine refuses a query with a place that may lie far behind the mistake, and with its parser's own names. So a query
that it has refused is read again here, by the grammar of SPARQL 1.1 as far as people write it; where nothing is seen to
be wrong, the engine's place is given. `query.py` reads a query from its beginning, each clause by the module below it.
"""

from __future__ import annotations

from contextlib import suppress

from rejoinder.errors import QueryError
from rejoinder.graph.sparql.guard import Form, Unreadable, check_query
from rejoinder.graph.sparql.mistakes.engine import engine_message
from rejoinder.graph.sparql.mistakes.places import line_and_column, marked_line, text_found_at
from rejoinder.graph.sparql.mistakes.query import Query
from rejoinder.graph.sparql.mistakes.tokens import AskedTerm, GivenString, Mistake, NotReadHere
from rejoinder.settings import Settings


def check_and_explain(query: str, settings: Settings) -> Form:
    """What the guard says of a query; of one that is no SPARQL, where and why. Raises QueryError and QueryRefused."""
    try:
        return check_query(query, settings)
    except Unreadable as error:
        query = with_line_feeds(query)
        mistake = first_mistake(query)
        raise QueryError(str(error) if mistake is None else mistake_text(query, mistake)) from None


def explain_refusal(query: str, message: str) -> str:
    """What is wrong with a query that the engine refused with these words, and its line with a mark below.

    >>> print(explain_refusal("SELECT ?s { ?s ?p }", "error at 1:20: expected [_]"))
    line 1, column 19: expected an object, such as ?x, 5 or 'words', found '}'
      SELECT ?s { ?s ?p }
                        ^
    """
    query = with_line_feeds(query)
    mistake = first_mistake(query)
    return engine_message(query, message) if mistake is None else mistake_text(query, mistake)


def with_line_feeds(query: str) -> str:
    """The query with line feeds alone."""
    return query.replace("\r\n", "\n").replace("\r", "\n")


def mistake_text(query: str, mistake: Mistake) -> str:
    """A mistake with its place, and its line with a mark below."""
    wrong = f"expected {mistake.expected}, found {text_found_at(query, mistake.at)}"
    return f"{line_and_column(query, mistake.at)}: {wrong}\n{marked_line(query, mistake.at)}"


def first_mistake(query: str) -> Mistake | None:
    """The first mistake in a query, None if none is seen."""
    try:
        Query(query).query()
    except Mistake as found:
        return found
    except (NotReadHere, RecursionError):
        return None
    return None


def terms_asked_for(query: str) -> tuple[AskedTerm, ...]:
    """The names and IRIs that the patterns and conditions of a query ask for, each once, as far as it is read here.

    >>> terms_asked_for("PREFIX a: <urn:a:> SELECT ?s { ?s a:b/<urn:c> ?o FILTER(a:call(?o) = a:d) }")[0]
    AskedTerm(text='a:b', iri='urn:a:b', role='predicate')
    """
    return tuple(dict.fromkeys(_read(query).asked_terms))


def strings_given(query: str) -> tuple[GivenString, ...]:
    """The plain strings that a query gives as values of a property, by a pattern, "=" or IN, each once.

    Of "=" and IN those with a variable that is a value of this property wherever it gets one.

    >>> by_path = strings_given("SELECT ?s { ?s <urn:a>/<urn:b> 'c' ; <urn:d>|<urn:e> 'f' }")
    >>> [(one.value, one.predicate.text) for one in by_path]
    [('c', '<urn:b>')]
    >>> by_filter = strings_given("SELECT ?s { ?s <urn:a> ?v ; ?p ?w FILTER(?v = 'b' || ?w = 'c') }")
    >>> [(one.value, one.predicate.text) for one in by_filter]
    [('b', '<urn:a>')]
    """
    read = _read(query)
    properties = {
        name: led for name, of in read.properties_by_variable.items() if len(of) == 1 and (led := next(iter(of)))
    }
    equal = ((string.text, properties.get(variable.text[1:])) for variable, string in read.compared_pairs)
    return tuple(dict.fromkeys([*read.given_strings, *(GivenString(text, text[1:-1], of) for text, of in equal if of)]))


def unbound_variables(query: str) -> dict[str, tuple[str, ...]]:
    """The variables that nothing in a query gives a value, as they are written, with the names of all that have one.

    None where the query is not read to its end.

    >>> unbound_variables("SELECT ?txt { ?s <urn:text> ?text BIND(?s AS ?t) FILTER(?text > ?low) }")
    {'?txt': ('s', 'text', 't'), '?low': ('s', 'text', 't')}
    """
    read = Query(with_line_feeds(query))
    try:
        read.query()
    except (Mistake, NotReadHere, RecursionError):
        return {}
    return {
        token.text: tuple(read.properties_by_variable)
        for name, token in read.first_uses.items()
        if name not in read.properties_by_variable
    }


def lost_graph_variables(query: str) -> tuple[str, ...]:
    """The variables of GRAPH that a SELECT within it does not pass on, each once, as far as a query is read here.

    >>> lost_graph_variables("SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }")
    ('g',)
    """
    return tuple(dict.fromkeys(_read(query).lost_variables))


def unasked_graph_variables(query: str) -> tuple[str, ...]:
    """The variables of GRAPH within which stands nothing but another GRAPH, or VALUES, each once.

    >>> unasked_graph_variables("SELECT ?g ?s { GRAPH ?g { GRAPH <urn:a> { ?s ?p ?o } } }")
    ('g',)
    """
    return tuple(dict.fromkeys(_read(query).unasked_variables))


def _read(query: str) -> Query:
    read = Query(with_line_feeds(query))
    with suppress(Mistake, NotReadHere, RecursionError):
        read.query()
    return read

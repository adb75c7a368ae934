"""The terms, values and variables of a query that nothing has or gives, misspelt most likely, and which are near."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from heapq import nlargest
from itertools import chain, islice

import pyoxigraph as ox

from rejoinder.graph.queries.views import VIEWS, find_view
from rejoinder.graph.sparql.mistakes import (
    lost_graph_variables,
    strings_given,
    terms_asked_for,
    unasked_graph_variables,
    unbound_variables,
)
from rejoinder.graph.sparql.mistakes.tokens import AskedTerm, GivenString
from rejoinder.graph.triples.lookup import holds_quad
from rejoinder.graph.triples.terms import IS_A, RJ, XSD

MOST, MOST_NEAR = 10, 3
LONGEST_QUERY = 250_000
LONGEST_TERM = 100  # characters of a term
MOST_GRAPHS = 1_000
LEAST_ALIKE = 0.7  # of 1, from which on two spellings count as one
LIKE_A_NAME = 0.6  # the same of variables, of which a query has few, and short ones
RDF = IS_A.removesuffix("type")
_SHORT = re.compile(r'"(\w+):(\w+)"')
MOST_SAMPLED = 2_000  # values of a property
FEW_VALUES = 12  # values of a property, all of which can be named
OPEN_LEVEL = f"{RJ}U5"  # in no graph, for it changes with all that is loaded
LANGUAGE_NAMESPACES = (XSD, RDF)  # types and the like, which no triple need hold


def unknown_terms(store: ox.Store, query: str) -> tuple[str, ...]:
    """A sentence for each of the first MOST terms and values that a query asks for and that are not there.

    So is a variable to which nothing in the query gives a value, or whose value the engine loses.

    None is said of a query of more than LONGEST_QUERY characters, of the template of a CONSTRUCT, of functions, of data
    in VALUES and of datatypes.
    """
    if len(query) > LONGEST_QUERY:
        return ()
    terms = (_sentence(store, term) for term in _missing_terms(store, query))
    sentences = chain(
        terms,
        _valueless_sentences(store, query),
        _unbound_sentences(query),
        _lost_variable_sentences(query),
        _unasked_sentences(query),
    )
    return tuple(islice(sentences, MOST))


def _missing_terms(store: ox.Store, query: str) -> Iterator[AskedTerm]:
    for term in terms_asked_for(query):
        if not _is_in_store(store, term) and not _is_known(term):
            yield term


def _is_known(term: AskedTerm) -> bool:
    """True of what need not be in the store to be asked for."""
    listed = term.iri.startswith(LANGUAGE_NAMESPACES) or (term.iri in _vocabulary() and term.iri != OPEN_LEVEL)
    return listed and term.role != "graph"


def _is_in_store(store: ox.Store, term: AskedTerm) -> bool:
    """True where the store has the term anywhere, or the graph it names; and of an IRI that is relative.

    What that stands for is not known here.
    """
    try:
        node = ox.NamedNode(term.iri)
    except ValueError:
        return True
    if term.role == "graph":
        return store.contains_named_graph(node)
    places = ((None, node, None), (None, None, node), (node, None, None), (None, None, None, node))
    return any(next(iter(store.quads_for_pattern(*place)), None) is not None for place in places)


def _sentence(store: ox.Store, term: AskedTerm) -> str:
    if term.iri == OPEN_LEVEL:
        return f"{term.text}: this level is in no graph, as it depends on all that is loaded; the worklist asks for it"
    where = "graph is in the store" if term.role == "graph" else "term is in the ontology or in the store"
    near = ", ".join(_near_graphs(store, term.iri) if term.role == "graph" else _near_terms(term))
    return f"{_shown_text(term.text)}: no such {where}{f'; near: {near}' if near else ''}"


def _shown_text(text: str) -> str:
    return text if len(text) <= LONGEST_TERM else f"{text[:LONGEST_TERM]}..."


def _valueless_sentences(store: ox.Store, query: str) -> Iterator[str]:
    """A sentence for each string that the property it is asked of has nowhere, while it has others."""
    for given_string in strings_given(query):
        try:
            of = ox.NamedNode(given_string.predicate.iri)
        except ValueError:
            continue
        if not holds_quad(store, None, of, ox.Literal(given_string.value)):
            values = {quad.object for quad in islice(store.quads_for_pattern(None, of, None), MOST_SAMPLED)}
            if values:
                yield _valueless_sentence(given_string, values)


def _unbound_sentences(query: str) -> Iterator[str]:
    """A sentence for each variable that is selected, compared or sorted by, and that no pattern has."""
    for variable, names in unbound_variables(query).items():
        near = ", ".join(
            f"?{name}" for name in get_close_matches(variable[1:LONGEST_TERM], names, MOST_NEAR, LIKE_A_NAME)
        )
        hint = f"; near: {near}" if near else ""
        yield f"{_shown_text(variable)}: nothing in the query gives this variable a value{hint}"


def _lost_variable_sentences(query: str) -> Iterator[str]:
    """A sentence for each variable of GRAPH that a SELECT within it does not pass on: the engine asks all graphs."""
    for name in lost_graph_variables(query):
        var = _shown_text(f"?{name}")
        instead = f"{{ SELECT {var} ... {{ GRAPH {var} {{ ... }} }} GROUP BY {var} }}"
        why = f"the engine loses this variable in SELECT within GRAPH {var}, and goes through all graphs at once"
        yield f"{var}: {why}; have the GRAPH within the SELECT, as in {instead}"


def _unasked_sentences(query: str) -> Iterator[str]:
    """A sentence for each variable of GRAPH to which the engine gives no value, as nothing looks into its graph."""
    for name in unasked_graph_variables(query):
        var = _shown_text(f"?{name}")
        why = f"the engine gives this variable no value where GRAPH {var} holds only GRAPH or VALUES"
        yield f"{var}: {why}; put another GRAPH beside it, and a pattern of the graph itself into it: {{ ?s ?p ?o }}"


def _valueless_sentence(given_string: GivenString, values: Collection[object]) -> str:
    near = _near_values(given_string.value, values)
    hint = f"; there are {', '.join(near)}" if near else ""
    return f"{_shown_text(given_string.text)}: no {given_string.predicate.text} in the store is this string{hint}"


def _near_values(value: str, values: Collection[object]) -> list[str]:
    """Of what a property has, what this string most likely means: an IRI, a string like it, else what there is."""
    names = {_local_name(term.value): term.value for term in values if isinstance(term, ox.NamedNode)}
    if names:
        iri = names.get(value) or names.get(value.upper()) or min(names.values())
        return [f"IRIs, such as {_vocabulary().get(iri, f'<{iri}>')}"]
    literals = [term for term in values if isinstance(term, ox.Literal)]
    types = sorted({literal.datatype.value for literal in literals})
    if f"{XSD}string" not in types:
        return [f"values of the type <{datatype}>" for datatype in types[:MOST_NEAR]]
    strings = sorted(literal.value for literal in literals if len(literal.value) <= LONGEST_TERM)
    near = get_close_matches(value, strings, MOST_NEAR, LEAST_ALIKE) if len(value) <= LONGEST_TERM else []
    return [repr(text) for text in near or (strings if len(values) <= FEW_VALUES else [])]


def _near_graphs(store: ox.Store, iri: str) -> list[str]:
    """The graphs named most like this one, of the first MOST_GRAPHS."""
    names = [
        named_graph.value
        for named_graph in islice(store.named_graphs(), MOST_GRAPHS)
        if isinstance(named_graph, ox.NamedNode)
    ]
    return [f"<{name}>" for name in get_close_matches(iri, names, MOST_NEAR, LEAST_ALIKE)]


def _near_terms(term: AskedTerm) -> list[str]:
    """The terms spelt most like this one, those of its own vocabulary first; of a predicate only properties."""
    name, space = _local_name(term.iri).lower(), term.iri.removesuffix(_local_name(term.iri))
    prefix = term.text.partition(":")[0]

    def alike(term: str) -> tuple[float, bool]:
        spelt = SequenceMatcher(None, name, _local_name(term).lower())
        near = spelt.real_quick_ratio() >= LEAST_ALIKE  # or a long name would take seconds
        return spelt.ratio() if near else 0.0, term.startswith(space)

    def named(term: str) -> str:
        short = _vocabulary()[term]
        other = short.partition(":")[0] == prefix and not term.startswith(space)  # declared otherwise
        return f"<{term}>" if other else short

    fit = [iri for iri in _vocabulary() if term.role != "predicate" or _local_name(iri)[:1].islower()]
    return [named(term) for term in nlargest(MOST_NEAR, fit, key=alike) if alike(term)[0] >= LEAST_ALIKE]


def _local_name(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


@cache
def _vocabulary() -> dict[str, str]:
    """The terms of the ontology, its shapes and its context and of the views, IRI to short name."""
    from rejoinder.ontology import PREFIXES, context, ontology, shapes  # slow to read, and needed for mistakes alone

    terms = {str(term) for graph in (ontology(), shapes()) for triple in graph for term in triple}
    terms |= {met.iri for name in VIEWS for met in terms_asked_for(find_view(name).sparql({}))}
    spaces = {prefix: str(space) for prefix, space in PREFIXES.items()}
    written = _SHORT.findall(json.dumps(context()))
    short = {spaces[prefix] + name: f"{prefix}:{name}" for prefix, name in written if prefix in spaces}
    for prefix, space in spaces.items():
        short |= {term: f"{prefix}:{rest}" for term in terms if term.startswith(space) and (rest := term[len(space) :])}
    return dict(sorted(short.items()))

"""The SPARQL 1.1 Service Description of the query endpoint, with its dataset in VoID."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from rejoinder.graph.sparql.answers import TRIPLES
from rejoinder.graph.triples.terms import PREFIXES, TYPE, XSD

VOID = "http://rdfs.org/ns/void#"
VOCABULARIES = tuple(ox.NamedNode(prefix) for prefix in PREFIXES.values() if prefix != XSD)
SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
ROWS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
RESULT_FORMATS = (*ROWS, "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "N-Quads", "TriG")
MEDIA_TYPES = ("text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples")


def service_description(endpoint: str, media_type: str, base: str | None = None) -> bytes:
    """The description of the service at the URL `endpoint`, in one of MEDIA_TYPES; raises ValueError for a bad URL.

    `base` is that of the IRIs of the store, if there is one.
    """
    service, dataset = (ox.NamedNode(endpoint + name) for name in ("#service", "#dataset"))
    statements = [*_service(service, dataset, endpoint), *_dataset(dataset, endpoint, base)]
    prefixes = {"sd": SD, "formats": FORMATS, "void": VOID}
    return ox.serialize(statements, format=TRIPLES[media_type], prefixes=prefixes) or b""


def _service(service: ox.NamedNode, dataset: ox.NamedNode, endpoint: str) -> Iterator[ox.Triple]:
    yield ox.Triple(service, TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), ox.NamedNode(endpoint))
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in RESULT_FORMATS:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(FORMATS + name))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)


def _dataset(dataset: ox.NamedNode, endpoint: str, base: str | None) -> Iterator[ox.Triple]:
    graph = ox.NamedNode(f"{endpoint}#default-graph")
    yield ox.Triple(dataset, TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), graph)
    yield ox.Triple(graph, TYPE, _sd("Graph"))
    yield ox.Triple(dataset, TYPE, _void("Dataset"))
    yield ox.Triple(dataset, _void("sparqlEndpoint"), ox.NamedNode(endpoint))
    for vocabulary in VOCABULARIES:
        yield ox.Triple(dataset, _void("vocabulary"), vocabulary)
    if base:
        yield ox.Triple(dataset, _void("uriSpace"), ox.Literal(base))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(VOID + name)

"""The SPARQL 1.1 Service Description of the query endpoint: what it speaks and where it stands."""

from __future__ import annotations

import pyoxigraph as ox

from rejoinder.graph.sparql.answers import TRIPLES
from rejoinder.graph.triples.terms import TYPE

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
ROWS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
RESULT_FORMATS = (*ROWS, "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "N-Quads", "TriG")
MEDIA_TYPES = ("text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples")


def service_description(endpoint: str, media_type: str) -> bytes:
    """The description of the service at the URL `endpoint`, in one of MEDIA_TYPES; raises ValueError for a bad URL."""
    service, dataset, graph = (ox.NamedNode(endpoint + name) for name in ("#service", "#dataset", "#default-graph"))
    statements = [
        (service, TYPE, _sd("Service")),
        (service, _sd("endpoint"), ox.NamedNode(endpoint)),
        (service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        (service, _sd("feature"), _sd("UnionDefaultGraph")),
        *((service, _sd("resultFormat"), ox.NamedNode(FORMATS + name)) for name in RESULT_FORMATS),
        (service, _sd("defaultDataset"), dataset),
        (dataset, TYPE, _sd("Dataset")),
        (dataset, _sd("defaultGraph"), graph),
        (graph, TYPE, _sd("Graph")),
    ]
    prefixes = {"sd": SD, "formats": FORMATS}
    body = ox.serialize((ox.Triple(*one) for one in statements), format=TRIPLES[media_type], prefixes=prefixes)
    return body or b""


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)

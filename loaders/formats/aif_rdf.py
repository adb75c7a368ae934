"""AIF in RDF: N-Triples, Turtle, RDF/XML or JSON-LD in the words of the AIF ontology."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.aif.arguments import records_of_graph, thread_of
from rejoinder.loaders.aif.jsonld import Triple, triples_of_document
from rejoinder.loaders.aif.triples import NAMESPACE, graph_of_triples
from rejoinder.loaders.containers.documents import document_text, json_document
from rejoinder.loaders.containers.peek import LINES_PATH, json_paths
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found

NAME = "aif_rdf"
SUMMARY = "AIF in RDF: N-Triples, Turtle, RDF/XML as AIFdb writes it, or JSON-LD"
READS = Reads(
    recognised="RDF that uses properties of the AIF ontology (`claimText`, `Premise`, `Locution` ...)",
    id="the end of the node's IRI, or all of it where two end alike; the thread is the file",
    parent="the L-node of `StartLocution`",
    author="`source` of the L-node, or the name before the words",
    created="`creationDate`",
    body="`claimText`, or else `rdfs:label`",
    moves="RA (Support), CA (Rebuttal, or Undercut of a step), MA (Similarity, or Answer to a question)",
    ignored="all other vocabularies; contexts of JSON-LD that would have to be fetched",
)

PREFIXES = {"aif": "http://www.arg.dundee.ac.uk/aif#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
AIF_TERMS = (
    r"(?:claimText|[Pp]remise|[Cc]onclusion|Conflict(?:ing|ed)\w*|Locution|IllocutionaryContent|StartLocution)\b"
)
AIF_USE = re.compile(rf"(?:aif[#/]|\b\w*:){AIF_TERMS}|\"{AIF_TERMS}\"")
COMMENT = r"<!--(?:[^-]|-(?!->))*+-->"
DOCTYPE = re.compile(rf"<!DOCTYPE\s+[\w:]+\s*\[((?:\s|{COMMENT}|<!ENTITY[^<>]*+>)*+)\]\s*>")
ENTITY = re.compile(r"<!ENTITY\s+(\w+)\s+(?:\"([^\"&%]{0,200})\"|'([^'&%]{0,200})')\s*>")
REFERENCE = re.compile(r"&(\w+);")
BEFORE_XML = re.compile(rf"(?:\s|<\?[^>]*+>|{COMMENT}|<!DOCTYPE[^\[>]*+(?:\[[^\]]*+\]\s*+)?>)*+")
RDF_XML = re.compile(r"<(?:\w+:)?RDF[\s>]")
TURTLE = re.compile(
    r"(?:\s|#[^\n]*\n)*+(?:@prefix|@base|PREFIX\s|BASE\s|<[^<>\"\s]*>\s|_:\w|\w*:[\w-]+\s+a\s)", re.IGNORECASE
)
JSON = re.compile(r"\s*[\[{]")


def recognises(path: Path, head: str) -> bool:
    """True for RDF in which a property of the AIF ontology stands."""
    if not NAMESPACE.search(head) or not AIF_USE.search(head):
        return False
    if JSON.match(head):
        return '"@' in head and LINES_PATH not in json_paths(head)
    before = BEFORE_XML.match(head)
    return bool(RDF_XML.match(head, before.end() if before else 0) or TURTLE.match(head))


def load(source: Source) -> Iterator[Found | Problem]:
    """The file's graph, and what it says; raises LoadError where it is no RDF, or describes no node of AIF."""
    scrubber = Scrubber()
    thread = thread_of(source, scrubber)
    graph, loose = graph_of_triples(thread.key, scrubbed_triples(rdf_triples(source), scrubber))
    if graph is None:
        raise LoadError(source.name, 1, "expected RDF that describes nodes of AIF, such as an aif:I-node")
    for edge in loose:
        yield Problem(source.name, 0, f"edge {edge}: expected ends that are nodes of AIF", lost=True)
    yield from records_of_graph(graph, thread, source, {})
    yield from scrubber.problems(source.name)


def scrubbed_triples(read: Iterator[Triple], scrubber: Scrubber) -> Iterator[Triple]:
    """The triples with their characters cleaned."""
    for triple in read:
        yield triple._replace(subject=scrubber.text(triple.subject, 0), object=scrubber.text(triple.object, 0))


def rdf_triples(source: Source) -> Iterator[Triple]:
    """The file's triples, whatever its syntax; raises LoadError where it has none of them."""
    from rejoinder.loaders.aif.rdf import parse_rdf  # here, for no other format waits for its library

    text = document_text(source)
    if JSON.match(text) and "@" in text:
        return triples_of_document(json_document(source).value, PREFIXES)
    if text.lstrip().startswith(("<?", "<!", "<rdf", "<RDF")):
        return parse_rdf(without_doctype(text, source.name), "xml", source.name)
    return parse_rdf(text.replace("\r\n", "\n").replace("\r", "\n"), "turtle", source.name)


def without_doctype(text: str, name: str) -> str:
    """RDF/XML whose entities, which AIFdb uses for namespaces, are put in, and whose DOCTYPE is taken out.

    An entity is plain text of at most 200 characters without another entity in it, so nothing can grow without end.
    Raises LoadError for any other DOCTYPE.
    """
    match = DOCTYPE.search(text)
    if match is None:
        if "<!DOCTYPE" in text:
            raise LoadError(name, 1, "expected a DOCTYPE that holds nothing but short entities")
        return text
    entities = {entity[1]: entity[2] if entity[2] is not None else entity[3] for entity in ENTITY.finditer(match[1])}
    if len(entities) < match[1].count("<!ENTITY"):
        raise LoadError(name, 1, "expected a DOCTYPE that holds nothing but short entities")
    rest = text[: match.start()] + text[match.end() :]
    return REFERENCE.sub(lambda reference: entities.get(reference[1], reference[0]), rest)

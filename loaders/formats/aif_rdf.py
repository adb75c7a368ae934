"""AIF in RDF: N-Triples, Turtle, RDF/XML or JSON-LD in the words of the AIF ontology."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax import SAXException

from rdflib import BNode, Graph, Literal
from rdflib.exceptions import ParserError
from rdflib.parser import create_input_source
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.plugins.parsers.rdfxml import RDFXMLHandler, create_parser

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.aif.arguments import found, thread_of
from rejoinder.loaders.aif.jsonld import Triple, triples
from rejoinder.loaders.aif.triples import NAMESPACE, aif_graph
from rejoinder.loaders.containers.documents import document_text, json_document
from rejoinder.loaders.containers.peek import LINES, json_paths
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

BASE = "http://aif.invalid/"  # of relative IRIs; only their ends are kept
PREFIXES = {"aif": "http://www.arg.dundee.ac.uk/aif#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
WORDS = r"(?:claimText|[Pp]remise|[Cc]onclusion|Conflict(?:ing|ed)\w*|Locution|IllocutionaryContent|StartLocution)\b"
USE = re.compile(rf"(?:aif[#/]|\b\w*:){WORDS}|\"{WORDS}\"")
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
BAD_SYNTAX = re.compile(r"Bad syntax \((.*?)\) at \^ in:", re.DOTALL)  # behind it stands the text
LINE = re.compile(r"line (\d+)")


def recognises(path: Path, head: str) -> bool:
    """True for RDF in which a property of the AIF ontology stands."""
    if not NAMESPACE.search(head) or not USE.search(head):
        return False
    if JSON.match(head):
        return '"@' in head and LINES not in json_paths(head)
    before = BEFORE_XML.match(head)
    return bool(RDF_XML.match(head, before.end() if before else 0) or TURTLE.match(head))


def load(source: Source) -> Iterator[Found | Problem]:
    """The file's graph, and what it says; raises LoadError where it is no RDF, or describes no node of AIF."""
    scrubber = Scrubber()
    thread = thread_of(source, scrubber)
    graph, loose = aif_graph(thread.key, scrubbed(read(source), scrubber))
    if graph is None:
        raise LoadError(source.name, 1, "expected RDF that describes nodes of AIF, such as an aif:I-node")
    for one in loose:
        yield Problem(source.name, 0, f"edge {one}: expected ends that are nodes of AIF", lost=True)
    yield from found(graph, thread, source, {})
    yield from scrubber.problems(source.name)


def scrubbed(read: Iterator[Triple], scrubber: Scrubber) -> Iterator[Triple]:
    """The triples with their characters cleaned."""
    for one in read:
        yield one._replace(subject=scrubber.text(one.subject, 0), object=scrubber.text(one.object, 0))


def read(source: Source) -> Iterator[Triple]:
    """The file's triples, whatever its syntax; raises LoadError where it has none of them."""
    text = document_text(source)
    if JSON.match(text) and "@" in text:
        return triples(json_document(source).value, PREFIXES)
    if text.lstrip().startswith(("<?", "<!", "<rdf", "<RDF")):
        return parsed(without_doctype(text, source.name), "xml", source.name)
    return parsed(text.replace("\r\n", "\n").replace("\r", "\n"), "turtle", source.name)


def parsed(text: str, syntax: str, name: str) -> Iterator[Triple]:
    """The triples of Turtle (N-Triples are Turtle, too) or RDF/XML; nothing is fetched."""
    graph = Graph()
    try:
        if syntax == "xml":
            parse_xml(text, graph)
        else:
            graph.parse(data=text, format=syntax, publicID=BASE)
    except (AttributeError, TypeError):  # what rdflib's reader of N3 runs into where Turtle has no such thing
        raise LoadError(name, 1, f"expected {syntax} RDF: no variables, rules or other signs of N3") from None
    except (BadSyntax, ParserError, SAXException, ValueError, AssertionError, LookupError) as error:
        where = LINE.search(str(error)) or re.search(r":(\d+):", str(error))
        bad = BAD_SYNTAX.search(str(error))
        reason = " ".join((bad[1] if bad else str(error)).split())[:200]
        raise LoadError(name, int(where[1]) if where else 1, f"expected {syntax} RDF: {reason}") from None
    except RecursionError:
        raise LoadError(name, 1, "expected RDF that nests less deep") from None
    for one, predicate, other in graph:
        yield Triple(shown(one), str(predicate), shown(other), isinstance(other, Literal))


def parse_xml(text: str, graph: Graph) -> None:
    """Adds the triples of RDF/XML; raises as rdflib does."""
    source, handler = create_input_source(data=text, publicID=BASE), WholeTexts(graph)
    handler.setDocumentLocator(source)  # type: ignore[arg-type]  # as rdflib itself does: it is asked for the base
    parser = create_parser(source, graph)
    parser.setContentHandler(handler)
    parser.parse(source)


class WholeTexts(RDFXMLHandler):
    """rdflib's reader, given each text at once: in pieces, it copies all that came before at every reference."""

    def __init__(self, store: Graph) -> None:
        self.parts: list[str] = []
        super().__init__(store)

    def characters(self, content: str) -> None:
        """A piece of text."""
        self.parts.append(content)

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:  # noqa: N802
        """An element begins, so the text before it is whole."""
        self.flush()
        super().startElementNS(name, qname, attrs)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802
        """An element ends, so the text in it is whole."""
        self.flush()
        super().endElementNS(name, qname)

    def flush(self) -> None:
        """Hands over the text so far."""
        if self.parts:
            super().characters("".join(self.parts))
            self.parts.clear()


def shown(term: object) -> str:
    """A term as a string."""
    return f"_:{term}" if isinstance(term, BNode) else str(term)


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
    entities = {one[1]: one[2] if one[2] is not None else one[3] for one in ENTITY.finditer(match[1])}
    if len(entities) < match[1].count("<!ENTITY"):
        raise LoadError(name, 1, "expected a DOCTYPE that holds nothing but short entities")
    rest = text[: match.start()] + text[match.end() :]
    return REFERENCE.sub(lambda one: entities.get(one[1], one[0]), rest)

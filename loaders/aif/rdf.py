"""Turtle and RDF/XML as triples, read by rdflib."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXException

from rdflib import BNode, Graph, Literal
from rdflib.exceptions import ParserError
from rdflib.parser import create_input_source
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.plugins.parsers.rdfxml import RDFXMLHandler, create_parser

from rejoinder.errors import LoadError
from rejoinder.loaders.aif.jsonld import Triple

BASE = "http://aif.invalid/"  # of relative IRIs; only their ends are kept
BAD_SYNTAX = re.compile(r"Bad syntax \((.*?)\) at \^ in:", re.DOTALL)  # behind it stands the text
LINE = re.compile(r"line (\d+)")


def parse_rdf(text: str, syntax: str, name: str) -> Iterator[Triple]:
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
        raise LoadError(name, 1, "expected RDF that is nested less deeply") from None
    for subject, predicate, other in graph:
        yield Triple(term_as_string(subject), str(predicate), term_as_string(other), isinstance(other, Literal))


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


def term_as_string(term: object) -> str:
    """A term as a string."""
    return f"_:{term}" if isinstance(term, BNode) else str(term)

"""The terms of the graph: vocabulary constants, the IRIs of everything that gets one, literals in stored form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

import pyoxigraph as ox

from rejoinder.records import (
    AuthorRef,
    ClaimRef,
    CommentRef,
    Extraction,
    MoveRef,
    Source,
    Span,
    Target,
    ThreadKey,
    ThreadRef,
    digest,
)

RJ = "https://w3id.org/rejoinder/ns#"
SIOC = "http://rdfs.org/sioc/ns#"
DCT = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
AIF = "http://www.arg.dundee.ac.uk/aif#"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {"aif": AIF, "rj": RJ, "sioc": SIOC, "dct": DCT, "prov": PROV, "schema": SCHEMA, "xsd": XSD}

IS_A = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"  # rdflib would take most of the time to start a query worker
TYPE = ox.NamedNode(IS_A)
_DECIMAL, _DATE_TIME = (ox.NamedNode(XSD + name) for name in ("decimal", "dateTime"))

_ZEROS = re.compile(r"(?:\.0+|(\.\d*[1-9])0+)(?=[Z+-]|$)")  # at the end of a second's fraction
_UTC = re.compile(r"[+-]00:00$")


@lru_cache(maxsize=2**9)
def rj(name: str) -> ox.NamedNode:
    """A term of the Rejoinder vocabulary."""
    return ox.NamedNode(RJ + name)


@lru_cache(maxsize=2**12)
def decimal(value: float) -> ox.Literal:
    """An xsd:decimal of at most six places, in the canonical form that Oxigraph stores.

    >>> decimal(0.50).value, decimal(1.0).value
    ('0.5', '1')
    """
    return ox.Literal(decimal_text(value), datatype=_DECIMAL)


def decimal_text(value: float) -> str:
    """The characters of that decimal."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def date_time(text: str) -> ox.Literal:
    """An xsd:dateTime of an ISO 8601 string, in the canonical form that Oxigraph stores.

    >>> date_time("2024-02-29T10:00:00.50+00:00").value
    '2024-02-29T10:00:00.5Z'
    """
    return ox.Literal(date_time_text(text), datatype=_DATE_TIME)


def date_time_text(text: str) -> str:
    """The characters of that dateTime."""
    return _UTC.sub("Z", _ZEROS.sub(r"\1", text))


@lru_cache(maxsize=2**14)  # the ids of a thread come back many times, close together
def url_path(*parts: str) -> str:
    """Ids as path segments; `.` and `..` are escaped too, since a client would resolve them away."""
    return "/".join(
        quote(part, safe="").replace(".", "%2E") if part in {".", ".."} else quote(part, safe="") for part in parts
    )


@dataclass(frozen=True, slots=True)
class Names:
    """Mints IRIs under a base; the same record always gets the same IRI."""

    base: str

    def thread(self, key: ThreadKey) -> str:
        """`thread/<site>/<id>`."""
        return f"{self.base}thread/{url_path(key.site, key.id)}"

    def graph(self, key: ThreadKey) -> str:
        """The named graph of what was written and found in a thread."""
        return f"{self.base}graph/{url_path(key.site, key.id)}"

    def derived(self, key: ThreadKey) -> str:
        """The named graph of what follows from a thread's graph."""
        return f"{self.base}derived/{url_path(key.site, key.id)}"

    def curation(self, key: ThreadKey) -> str:
        """The named graph of what people judged in a thread."""
        return f"{self.base}curation/{url_path(key.site, key.id)}"

    def shared(self) -> str:
        """The named graph of authors and extractions."""
        return f"{self.base}shared"

    def origins(self) -> str:
        """The named graph of where quoted words are from that stand in another thread."""
        return f"{self.base}origins"

    def comment(self, key: ThreadKey, name: str) -> str:
        """`comment/<site>/<thread>/<id>`."""
        return f"{self.base}comment/{url_path(key.site, key.id, name)}"

    def author(self, site: str, name: str) -> str:
        """`author/<site>/<name>`."""
        return f"{self.base}author/{url_path(site, name)}"

    def span(self, key: ThreadKey, span: Span) -> str:
        """A comment's IRI with an RFC 5147 character range as its fragment."""
        return f"{self.comment(key, span.comment)}#char={span.start},{span.end}"

    def aif(self, key: ThreadKey, *parts: str) -> str:
        """`aif/<site>/<thread>/<id>` of a node of an AIF graph; a word before the ids for what is no node."""
        return f"{self.base}aif/{url_path(key.site, key.id, *parts)}"

    def claim(self, name: str) -> str:
        """`claim/<32 hexadecimal digits>`."""
        return f"{self.base}claim/{name}"

    def move(self, name: str) -> str:
        """`move/<32 hexadecimal digits>`."""
        return f"{self.base}move/{name}"

    def judgement(self, name: str) -> str:
        """`judgement/<32 hexadecimal digits>`."""
        return f"{self.base}judgement/{name}"

    def extraction(self, extractor: Extraction) -> str:
        """`extraction/<32 hexadecimal digits>` of name, version and parameters: no time in it."""
        return f"{self.base}extraction/{digest(extractor.name, extractor.version, extractor.parameters)}"

    def end(self, key: ThreadKey, end: Source | Target) -> str:
        """The IRI of either end of a move."""
        match end:
            case ClaimRef(id=name):
                return self.claim(name)
            case MoveRef(id=name):
                return self.move(name)
            case CommentRef(id=name):
                return self.comment(key, name)
            case AuthorRef(name=name):
                return self.author(key.site, name)
            case Span():
                return self.span(key, end)
            case ThreadRef():
                return self.thread(key)

    def key_of(self, iri: str) -> ThreadKey:
        """The site and id inside the IRI of a thread, its graph or its derived graph."""
        _, site, name = iri.removeprefix(self.base).split("/")
        return ThreadKey(unquote(site), unquote(name))

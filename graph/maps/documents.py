"""A neighbourhood as a document: plain JSON, Turtle, JSON-LD with Web Annotations; always in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pyoxigraph as ox
from rdflib import Graph

from rejoinder.graph.maps.nodes import Neighbourhood, Place
from rejoinder.graph.triples import lookup
from rejoinder.graph.triples.terms import PREFIXES, SIOC, TYPE, XSD
from rejoinder.ontology import context
from rejoinder.records import digest

CONTEXT_LENGTH = 32  # code points of context in a text quote selector, before and after


def triples_around(store: ox.Store, around: Neighbourhood) -> list[ox.Triple]:
    """The triples about the nodes of a neighbourhood, the places they stand in and those they quote, sorted."""
    subjects = {node.iri for node in around.nodes}
    subjects |= {place.comment for node in around.nodes for place in node.places}
    subjects |= {_span(place).value for node in around.nodes for place in node.places}
    traced = [node.quoted_from for node in around.nodes if node.quoted_from]
    subjects |= {
        iri
        for quoted_from in traced
        for iri in (quoted_from.quotation, quoted_from.place.comment, _span(quoted_from.place).value)
    }
    triples = (quad.triple for iri in subjects for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None))
    return sorted(triples, key=str)


def as_turtle(store: ox.Store, around: Neighbourhood) -> bytes:
    """A neighbourhood as Turtle."""
    return ox.serialize(triples_around(store, around), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def as_document(around: Neighbourhood) -> dict[str, Any]:
    """A neighbourhood as plain JSON: the one shape that the command line, HTTP and embeds share (docs/http.md).

    Keys are those of the dataclasses in neighbourhood.py; keys may be added, never removed.
    """
    return asdict(around)


def as_json_ld(store: ox.Store, around: Neighbourhood) -> dict[str, Any]:
    """A neighbourhood as JSON-LD under our context, with its places as Web Annotations (W3C, 2017).

    The context stands in the document, so nobody has to fetch it.
    """
    triples = [*triples_around(store, around), *_annotations(store, around)]
    graph = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    text = graph.serialize(format="json-ld", context=context()["@context"], auto_compact=True)
    compact: dict[str, Any] = _in_order(json.loads(text))
    return compact


def _annotations(store: ox.Store, around: Neighbourhood) -> Iterator[ox.Triple]:
    """Each place where a node is said: its comment, and the span as a position and a quote selector."""
    for node in around.nodes:
        for place in node.places:
            if place.exact is not None:
                if node.kind != "Span":  # which is its own place
                    yield from _annotation(node.iri, place)
                yield from _selector(store, place)


def _annotation(body: str, place: Place) -> Iterator[ox.Triple]:
    annotation = ox.NamedNode(f"{body}#said-in-{digest(_span(place).value)[:12]}")
    target = ox.NamedNode(f"{annotation.value}-target")
    yield ox.Triple(annotation, TYPE, _oa("Annotation"))
    yield ox.Triple(annotation, _oa("hasBody"), ox.NamedNode(body))
    yield ox.Triple(annotation, _oa("hasTarget"), target)
    yield ox.Triple(target, TYPE, _oa("SpecificResource"))
    yield ox.Triple(target, _oa("hasSource"), ox.NamedNode(place.comment))
    yield ox.Triple(target, _oa("hasSelector"), _span(place))


def _selector(store: ox.Store, place: Place) -> Iterator[ox.Triple]:
    content = lookup.value(store, ox.NamedNode(place.comment), ox.NamedNode(SIOC + "content")) or ""
    start, end = place.start or 0, place.end or 0
    span = _span(place)
    yield from (ox.Triple(span, TYPE, _oa(name)) for name in ("TextPositionSelector", "TextQuoteSelector"))
    for name, offset in (("start", start), ("end", end)):
        yield ox.Triple(span, _oa(name), ox.Literal(str(offset), datatype=ox.NamedNode(XSD + "nonNegativeInteger")))
    around = content[max(0, start - CONTEXT_LENGTH) : start], place.exact or "", content[end : end + CONTEXT_LENGTH]
    for name, text in zip(("prefix", "exact", "suffix"), around, strict=True):
        yield ox.Triple(span, _oa(name), ox.Literal(text))


def _in_order(value: Any) -> Any:
    """JSON in one order: keys, and the members of every list, all of which are sets here."""
    if isinstance(value, dict):
        return {name: value[name] if name == "@context" else _in_order(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return sorted((_in_order(member) for member in value), key=lambda member: json.dumps(member, sort_keys=True))
    return value


def _span(place: Place) -> ox.NamedNode:
    return ox.NamedNode(f"{place.comment}#char={place.start},{place.end}")


def _oa(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"http://www.w3.org/ns/oa#{name}")

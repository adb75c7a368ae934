"""What leaves the store: the whole of it, or a neighbourhood, in the formats of RDF; always in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from rejoinder.errors import BadParameter
from rejoinder.graph.neighbourhood import Neighbourhood, Node, Place
from rejoinder.graph.terms import DCT, PROV, RJ, SCHEMA, SIOC, XSD
from rejoinder.ontology import context

PREFIXES = {"rj": RJ, "sioc": SIOC, "dct": DCT, "prov": PROV, "schema": SCHEMA, "xsd": XSD}
FORMATS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
}
AROUND = 32  # code points of context in a text quote selector, before and after


def dump(store: ox.Store, to: str) -> Iterator[bytes]:
    """The whole store in one of FORMATS, sorted graph by graph; Turtle has no graphs, so it is their union.

    Raises BadParameter for another format. N-Quads come a graph at a time, so memory holds the largest one.
    """
    if to not in FORMATS:
        raise BadParameter(f"cannot export to {to!r}: expected one of {', '.join(FORMATS)}")
    if to == "nquads":
        return ("".join(f"{quad} .\n" for quad in graph).encode() for graph in _graphs(store))
    quads = (quad for graph in _graphs(store) for quad in graph)
    items: Iterable[ox.Quad | ox.Triple] = quads if to == "jsonld" else (quad.triple for quad in quads)
    return iter([ox.serialize(items, format=FORMATS[to], prefixes=PREFIXES) or b""])


def _graphs(store: ox.Store) -> Iterator[list[ox.Quad]]:
    for name in sorted(store.named_graphs(), key=str):
        yield sorted(store.quads_for_pattern(None, None, None, name), key=str)


def triples(store: ox.Store, around: Neighbourhood) -> list[ox.Triple]:
    """The triples about the nodes of a neighbourhood and the places they stand in, sorted."""
    subjects = {node.iri for node in around.nodes}
    subjects |= {place.comment for node in around.nodes for place in node.places}
    subjects |= {f"{place.comment}#char={place.start},{place.end}" for node in around.nodes for place in node.places}
    found = (quad.triple for iri in subjects for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None))
    return sorted(found, key=str)


def turtle(store: ox.Store, around: Neighbourhood) -> bytes:
    """A neighbourhood as Turtle."""
    return ox.serialize(triples(store, around), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def json_ld(store: ox.Store, around: Neighbourhood) -> dict[str, Any]:
    """A neighbourhood as JSON-LD under our context, its places as Web Annotation targets (W3C, 2017).

    The context stands in the document, so nobody has to fetch it.
    """
    flat = json.loads(ox.serialize(triples(store, around), format=ox.RdfFormat.JSON_LD) or b"[]")
    annotations = [_annotation(store, node, place) for node in around.nodes for place in node.places if place.exact]
    return {"@context": context()["@context"], "@graph": [*flat, *annotations]}


def _annotation(store: ox.Store, node: Node, place: Place) -> dict[str, Any]:
    """One place where a node is said: its comment, with a position and a quote selector."""
    content = _content(store, place.comment)
    start, end = place.start or 0, place.end or 0
    quote = {
        "exact": place.exact,
        "prefix": content[max(0, start - AROUND) : start],
        "suffix": content[end : end + AROUND],
    }
    return {
        "id": f"{node.iri}#{place.comment.rsplit('/', 1)[-1]},{start},{end}",
        "type": "oa:Annotation",
        "oa:hasBody": {"id": node.iri},
        "oa:hasTarget": {
            "type": "oa:SpecificResource",
            "oa:hasSource": {"id": place.comment},
            "oa:hasSelector": [
                {"type": "oa:TextPositionSelector", "oa:start": start, "oa:end": end},
                {"type": "oa:TextQuoteSelector", **{f"oa:{name}": text for name, text in quote.items()}},
            ],
        },
    }


def _content(store: ox.Store, comment: str) -> str:
    quads = store.quads_for_pattern(ox.NamedNode(comment), ox.NamedNode(SIOC + "content"), None)
    return next((quad.object.value for quad in quads), "")  # type: ignore[union-attr]

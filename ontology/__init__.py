"""The vocabulary: namespaces, the ontology, the shapes and the JSON-LD context, each read from its own file."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from rdflib import Graph, Namespace

RJ = Namespace("https://w3id.org/rejoinder/ns#")
SIOC = Namespace("http://rdfs.org/sioc/ns#")
OA = Namespace("http://www.w3.org/ns/oa#")
PROV = Namespace("http://www.w3.org/ns/prov#")
DCT = Namespace("http://purl.org/dc/terms/")
SCHEMA = Namespace("https://schema.org/")
AIF = Namespace("http://www.arg.dundee.ac.uk/aif#")

PREFIXES: dict[str, Namespace] = {
    "aif": AIF,
    "dct": DCT,
    "oa": OA,
    "prov": PROV,
    "rj": RJ,
    "schema": SCHEMA,
    "sioc": SIOC,
}

ONTOLOGY = files(__name__) / "rejoinder.ttl"
SHAPES = files(__name__) / "shapes.ttl"
CONTEXT = files(__name__) / "context.jsonld"


@cache
def ontology() -> Graph:
    """The ontology, parsed once: every class, property and individual of the `rj:` namespace. Not to be changed."""
    return Graph().parse(data=ONTOLOGY.read_text(encoding="utf-8"), format="turtle")


@cache
def shapes() -> Graph:
    """The SHACL shapes, parsed once. Not to be changed."""
    return Graph().parse(data=SHAPES.read_text(encoding="utf-8"), format="turtle")


def context() -> dict[str, object]:
    """The JSON-LD 1.1 context of claim views, as a document with the one key `@context`."""
    document: dict[str, object] = json.loads(CONTEXT.read_text(encoding="utf-8"))
    return document

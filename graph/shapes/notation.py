"""Terms of the shapes file as SPARQL writes them, and the refusal of what has no counterpart there."""

from __future__ import annotations

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node


class NotCompiled(Exception):
    """A shape, or a part of one, has no exact whole-store query; the message names it and says why."""


def iri_notation(node: Node) -> str:
    """An IRI as SPARQL writes it."""
    return f"<{node}>"


def term_notation(node: Node) -> str:
    """A constant of the shapes file as SPARQL writes it."""
    if isinstance(node, BNode):
        raise NotCompiled("a blank node as a value")
    return node.n3() if isinstance(node, (URIRef, Literal)) else iri_notation(node)

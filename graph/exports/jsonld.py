"""All that the store holds of a thread as JSON-LD under our context, which stands in the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.queries.written import as_json
from rejoinder.graph.triples.nodes import Node, nodes_by_iri
from rejoinder.graph.triples.terms import RJ, TYPE, XSD
from rejoinder.ontology import context

NAME = "jsonld"
SUMMARY = "JSON-LD 1.1: all that the store holds of the thread, under Rejoinder's context, which is in it"
MEDIA_TYPE = "application/ld+json"
EXTENSION = "jsonld"


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of the context: its name, what it makes of a string ("@id", "@vocab", a datatype or None), and its set."""

    name: str
    type: str | None
    is_list: bool


def write(thread_map: ThreadMap, options: Options) -> str:
    """One object a resource, sorted by IRI: the thread's own triples, those derived from it, and its authors'.

    Written without rdflib, whose compaction takes minutes for a thread of 10,000 comments; a test holds that a JSON-LD
    reader finds in it exactly the triples of the Turtle.
    """
    names: dict[str, Any] = context()["@context"]  # type: ignore[assignment]
    compact = _Compactor(names)
    nodes = nodes_by_iri(sorted(thread_map.quads, key=str))
    graph = [compact.node(iri, nodes[iri]) for iri in sorted(nodes)]
    return as_json({"@context": names, "@graph": graph})


class _Compactor:
    """IRIs and values in the words of a context."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.prefixes = {term: iri for term, iri in names.items() if isinstance(iri, str) and iri.endswith(("#", "/"))}
        self.terms: dict[str, _Term] = {}
        self.classes: dict[str, str] = {}
        for name, value in names.items():
            self._add_term(name, value)

    def node(self, iri: str, values: Node) -> dict[str, Any]:
        """A resource with all its values."""
        types = sorted(self.classes.get(value.value, value.value) for value in values.get(TYPE.value, ()))
        members: dict[str, Any] = {"id": iri, **({"type": types} if types else {})}
        for predicate in sorted(set(values) - {TYPE.value}):
            term = self.terms.get(predicate) or _Term(self._short_name(predicate), None, is_list=False)
            json_values = [_value(value, term) for value in values[predicate]]
            members[term.name] = json_values if term.is_list or len(json_values) > 1 else json_values[0]
        return members

    def _add_term(self, name: str, value: Any) -> None:
        if isinstance(value, str) and not value.startswith("@"):
            self.terms[self._full_iri(value)] = _Term(name, None, is_list=False)
            self.classes[self._full_iri(value)] = name
        elif isinstance(value, dict) and not value.get("@id", "@").startswith("@"):
            type_ = value.get("@type")
            many = value.get("@container") == "@set"
            self.terms[self._full_iri(value["@id"])] = _Term(name, self._full_iri(type_) if type_ else None, many)

    def _full_iri(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self.prefixes[prefix] + local if prefix in self.prefixes else name

    def _short_name(self, iri: str) -> str:
        return next((f"{term}:{iri[len(long) :]}" for term, long in self.prefixes.items() if iri.startswith(long)), iri)


def _value(value: ox.NamedNode | ox.Literal, term: _Term) -> Any:
    """A value as the term of its property takes it; spelled out where it is of another type than the term expects."""
    if isinstance(value, ox.NamedNode):
        if term.type == "@vocab":
            return value.value.removeprefix(RJ)
        return value.value if term.type == "@id" else {"id": value.value}
    datatype = value.datatype.value
    if term.type == datatype or (term.type is None and datatype == XSD + "string"):
        return int(value.value) if datatype == XSD + "integer" else value.value
    return {"@value": value.value} if datatype == XSD + "string" else {"@value": value.value, "@type": datatype}

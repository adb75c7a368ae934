"""JSON-LD as triples, as far as a walk over its objects goes: no context is ever fetched.

W3C's full algorithm (JSON-LD 1.1 API) needs remote contexts; here a context is only a table of prefixes and terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Triple(NamedTuple):
    """Subject, predicate and object as strings; blank nodes begin with "_:", `literal` tells texts from IRIs."""

    subject: str
    predicate: str
    object: str
    literal: bool = False


class Terms:
    """What the keys and values of a document stand for."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.terms: dict[str, str] = dict(prefixes)
        self.references: set[str] = set()
        self.vocabulary = ""

    def learn(self, context: object) -> None:
        """Takes in a context, or a list of them; one that would have to be fetched says nothing."""
        for entry in context if isinstance(context, list) else [context]:
            for name, meaning in entry.items() if isinstance(entry, dict) else ():
                self.define(name, meaning)

    def define(self, name: str, meaning: object) -> None:
        """One entry of a context."""
        if isinstance(meaning, dict):
            if meaning.get("@type") in ("@id", "@vocab"):
                self.references.add(name)
            meaning = meaning.get("@id")
        if not isinstance(meaning, str):
            return
        if name == "@vocab":
            self.vocabulary = meaning
        elif not name.startswith("@"):
            self.terms[name] = meaning

    def iri(self, name: str) -> str:
        """The IRI that a key or a compact IRI stands for; of a term of a term, too."""
        for _ in range(3):
            prefix, colon, rest = name.partition(":")
            if name in self.terms:
                name = self.terms[name]
            elif colon and prefix in self.terms and not rest.startswith("//"):
                name = self.terms[prefix] + rest
        return name if ":" in name else self.vocabulary + name


def triples_of_document(document: object, prefixes: Mapping[str, str]) -> Iterator[Triple]:
    """The triples of a document, whose objects may nest; `prefixes` hold even where no context says so."""
    terms, count = Terms(prefixes), 0
    waiting: list[tuple[object, str, str]] = [(document, "", "")]  # a value, and whose property it is
    while waiting:
        value, subject, predicate = waiting.pop()
        if isinstance(value, list):
            waiting.extend((item, subject, predicate) for item in reversed(value))
        elif isinstance(value, dict) and "@value" not in value:
            terms.learn(value.get("@context"))
            count += 1
            name = identity(value, terms, f"_:{count}")
            if predicate:
                yield Triple(subject, predicate, name)
            yield from (Triple(name, TYPE, terms.iri(text)) for text in texts(value.get("@type", value.get("type"))))
            waiting.extend(reversed(list(properties(value, name, subject, predicate, terms))))
        elif predicate:
            yield from scalar(value, subject, predicate, terms)


def identity(node: Mapping[str, Any], terms: Terms, blank: str) -> str:
    """The IRI of an object, or a blank node."""
    name = node.get("@id", node.get("id"))
    return terms.iri(name) if isinstance(name, str) and name else blank


def properties(
    node: Mapping[str, Any], name: str, subject: str, predicate: str, terms: Terms
) -> Iterator[tuple[object, str, str]]:
    """The values of an object with what they are of it; a container stands for what is in it."""
    for key, value in node.items():
        if key in ("@graph", "@included", "nodes"):
            yield value, "", ""
        elif key in ("@list", "@set"):
            yield value, subject, predicate
        elif not key.startswith("@") and key not in ("id", "type"):
            reference = isinstance(value, str) and key in terms.references
            yield ({"@id": value} if reference else value), name, terms.iri(key)


def scalar(value: object, subject: str, predicate: str, terms: Terms) -> Iterator[Triple]:
    """A text or number; null says nothing."""
    if isinstance(value, dict):
        value = value["@value"]
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        yield Triple(subject, predicate, str(value), literal=True)


def texts(value: object) -> list[str]:
    """The strings of a string or a list."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]

"""Which authors a name means, and whose names are like one that nobody bears."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from itertools import islice

import pyoxigraph as ox

from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.predicates import SIOC_NAME

MOST_LIKE = 5
MOST_SOUGHT = 20_000  # names, looked through for those like one that is not there


def authors_of_name(snapshot: Snapshot, name: str, *, site_of: ox.NamedNode | None = None) -> list[str]:
    """The IRIs of the authors who bear a name, in order; where a thread is given and some are of its site, those."""
    called = ox.Literal(unicodedata.normalize("NFC", name))  # as loads keep names
    quads = snapshot.store.quads_for_pattern(None, ox.NamedNode(SIOC_NAME), called)
    authors = sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)})
    site = site_of and _site(snapshot, site_of.value)
    return [author for author in authors if _site(snapshot, author) == site] or authors


def similar_names(snapshot: Snapshot, text: str) -> list[str]:
    """Names that hold this text, in any case, or else are spelt like it; at most MOST_LIKE."""
    names, text = _names(snapshot), unicodedata.normalize("NFC", text)
    holding = [name for name in names if text.casefold() in name.casefold()]
    return holding[:MOST_LIKE] or get_close_matches(text, names, MOST_LIKE)


def names_beginning(snapshot: Snapshot, text: str) -> list[str]:
    """Names that begin with this text, in any case, those that are no longer than it first; at most MOST_LIKE."""
    start = unicodedata.normalize("NFC", text).casefold()
    names = [name for name in _names(snapshot) if name.casefold().startswith(start)]
    return sorted(names, key=lambda author_name: author_name.casefold() != start)[:MOST_LIKE]


def _names(snapshot: Snapshot) -> list[str]:
    """The first MOST_SOUGHT names of authors, in order."""
    quads = islice(snapshot.store.quads_for_pattern(None, ox.NamedNode(SIOC_NAME), None), MOST_SOUGHT)
    return sorted({quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)})


def _site(snapshot: Snapshot, iri: str) -> str:
    """The site of an author or a thread: the second part of the IRI below the base."""
    return iri.removeprefix(snapshot.base).split("/")[1]

"""What a list is narrowed by, for people: names where the address may have IRIs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from flask import request

from rejoinder.api.showing.templating import short
from rejoinder.graph.queries.authors import authors_of_name
from rejoinder.graph.queries.views import Value
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.predicates import SIOC_NAME, TITLE

LONGEST = 60  # characters of a title or a name


@dataclass(frozen=True, slots=True)
class AuthorFilter:
    """An author as a page names them, and what stands in the field of its form: the IRI where others bear that name."""

    name: str
    field: str


def author_filter(snapshot: Snapshot, values: Mapping[str, Value], filter_: str) -> AuthorFilter | None:
    """The author that a list is narrowed by, None where it is by none."""
    iri, thread = values.get(filter_), values.get("thread")
    if not isinstance(iri, ox.NamedNode):
        return None
    name = snapshot.value(iri, SIOC_NAME)
    if not name:
        return AuthorFilter(iri.value, iri.value)
    authors = authors_of_name(snapshot, name, site_of=thread if isinstance(thread, ox.NamedNode) else None)
    leads_here = authors == [iri.value] and " ".join(name.split()) == name and not name.startswith(snapshot.base)
    return AuthorFilter(name, name if leads_here else iri.value)


def filters_in_words(snapshot: Snapshot, values: Mapping[str, Value]) -> Iterator[str]:
    """By whom, owed by whom, in which thread and since when a list is narrowed, as its title says it."""
    for filter_, by in (("author", "by"), ("owed", "owed by")):
        if author := author_filter(snapshot, values, filter_):
            yield f"{by} {_short_words(author.name)}"
    if isinstance(thread := values.get("thread"), ox.NamedNode):
        yield f"in {_short_words(snapshot.value(thread, TITLE) or thread.value)}"
    for filter_, by in (("apart", "in comments"), ("stated", "in argument maps")):
        if filter_ in values:
            yield by
    if since := request.args.get("since"):
        yield f"since {since[:10]}"


def _short_words(text: str) -> str:
    return short(" ".join(text.split()), LONGEST)

"""`/claims`: lists of claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import unquote

import pyoxigraph as ox
from flask import Blueprint, Response

from rejoinder.api.answering import answers
from rejoinder.api.answering.listings import listing
from rejoinder.api.requests import query_parameters
from rejoinder.api.routes.threads import thread_choices
from rejoinder.api.routes.unanswered import DEFAULT
from rejoinder.api.service.snapshots import served_snapshot, service
from rejoinder.api.showing.filters import author_filter, filters_in_words
from rejoinder.graph.maps.reader import places_of_origin
from rejoinder.graph.queries.authors import authors_of_name, names_beginning, similar_names
from rejoinder.graph.queries.counts import count_rows
from rejoinder.graph.queries.near import nearest_texts
from rejoinder.graph.queries.unanswered import count_unanswered, unanswered_values
from rejoinder.graph.queries.values import parse_words
from rejoinder.graph.queries.views import Cell, Value, find_view, view_rows
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.predicates import SIOC_NAME

MOST_NEAR = 5  # claims that are shown where none holds the words that are sought, and people they may name
SHORTEST = 2  # characters of a name that is sought
LOOKED_AT = 2_000  # claims among which those are sought; more would take long

blueprint = Blueprint("claims", __name__)


@dataclass(frozen=True, slots=True)
class Person:
    """An author (IRI) with how many unaddressed objections wait for an answer of theirs, and how many they raised.

    Both are None where they were not counted, which takes long for many people.
    """

    iri: str
    name: str
    owed: int | None = None
    raised: int | None = None

    @property
    def site(self) -> str:
        """The site on which they bear that name."""
        return unquote(self.iri.rsplit("/", 2)[-2])


@blueprint.get("/claims", strict_slashes=False)
def claims() -> Response:
    """Claims by words, thread and author, those with the most open objections first."""
    snapshot, to = served_snapshot(), answers.negotiated_format()
    at, sought = query_parameters.page_parameter(to), parse_words(query_parameters.text_parameter("q"))
    thread = query_parameters.thread_parameter("thread", snapshot)
    author = query_parameters.author_parameter("author", snapshot, thread)
    listed = listing(snapshot, "claims", {"words": sought or None, "thread": thread, "author": author}, at)
    if to != "html":
        return listed.data(to)
    near = () if listed.found_rows.rows else _near_claims(snapshot, listed.values)
    # Of words, to count takes as long as to list them.
    many = None if sought else count_rows(snapshot.store, "claims", listed.values)
    rows = (*listed.found_rows.rows, *near)
    context = {
        "near": near,
        "people": ()
        if author
        else _people(snapshot, " ".join(literal.value for literal in sought), thread, has_claims=bool(rows)),
        "many": many,
        "person": None if author is None else _person(snapshot, author.value, thread),
        "threads": thread_choices(snapshot),
        "thread": thread,
        "author": author_filter(snapshot, listed.values, "author"),
        "narrowed": list(filters_in_words(snapshot, listed.values)),
        "sought": [literal.value for literal in sought],
        "elsewhere": places_of_origin(snapshot, [str(row["claim"]) for row in rows if not row["author"]]),
    }
    return listed.page("claims.html", many, context)


def _person(snapshot: Snapshot, iri: str, thread: ox.NamedNode | None) -> Person:
    """An author with what waits for them, in one thread or in all."""
    author = ox.NamedNode(iri)
    name = snapshot.value(author, SIOC_NAME) or iri
    values = unanswered_values(snapshot.store, DEFAULT, service().settings) | ({"thread": thread} if thread else {})
    owed, raised = (count_unanswered(snapshot.store, {**values, name: author}).listed for name in ("owed", "author"))
    return Person(iri, name, owed, raised)


def _people(snapshot: Snapshot, text: str, thread: ox.NamedNode | None, *, has_claims: bool) -> tuple[Person, ...]:
    """Whom the words sought may name: who is called so; where no claim was found, also who is spelt like it."""
    if len(text) < SHORTEST:
        return ()
    names = names_beginning(snapshot, text) or ([] if has_claims else similar_names(snapshot, text))
    borne = [(iri, name) for name in names for iri in authors_of_name(snapshot, name, site_of=thread)][:MOST_NEAR]
    if len(borne) == 1:
        return (_person(snapshot, borne[0][0], thread),)
    return tuple(Person(iri, name) for iri, name in borne)


def _near_claims(snapshot: Snapshot, values: Mapping[str, Value]) -> list[Mapping[str, Cell]]:
    """The claims that come near to words that none holds, of the first LOOKED_AT; none where no words are sought."""
    sought = cast("tuple[ox.Literal, ...]", values.get("words", ()))
    if not sought:
        return []
    others = {name: value for name, value in values.items() if name != "words"}
    candidates = view_rows(snapshot.store, find_view("claims"), others, most=LOOKED_AT).rows
    positions = nearest_texts(
        [str(row["text"]) for row in candidates], " ".join(literal.value for literal in sought), most=MOST_NEAR
    )
    return [candidates[at] for at in positions]

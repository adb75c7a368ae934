"""`/claims`, `/claims/<id>` and its neighbourhood: lists of claims, and one claim with all that bears on it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyoxigraph as ox
from flask import Blueprint, Response, render_template

from rejoinder.api import pages, tree
from rejoinder.api.layout import draw
from rejoinder.api.snapshots import served
from rejoinder.errors import NotFound
from rejoinder.graph import export
from rejoinder.graph.build import CONTENT
from rejoinder.graph.drawing import Map
from rejoinder.graph.neighbourhood import MOST_NODES, Neighbourhood, Node, Place, claim_iri, neighbourhood
from rejoinder.graph.publish import Snapshot
from rejoinder.graph.views import Cell, Value, rows, view

DEPTH, LIMIT, DEEPEST = 2, 100, 6
PAGE_DEPTH = 3  # a page shows a claim, the objections to it, their answers, and the answers to those
UPWARD = 4  # breadcrumbs
AROUND = 420  # characters of a long comment shown before and after the quoted words

blueprint = Blueprint("claims", __name__)


@dataclass(frozen=True, slots=True)
class Context:
    """A place where a claim is stated, with the words around it; `cut_before` and `cut_after` where there are more."""

    place: Place
    before: str
    quote: str
    after: str
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """All that the page of a claim shows."""

    id: str
    centre: Node
    contexts: tuple[Context, ...]
    crumbs: tuple[dict[str, Cell], ...]
    outgoing: tuple[tree.Step, ...]
    groups: dict[str, list[list[tree.Step]]]
    map: Map
    around: Neighbourhood
    sparql: str


@blueprint.get("/claims")
def claims() -> Response:
    """Claims by words, thread and author, the most attacked first."""
    snapshot, to = served(), pages.chosen("html", "json", "csv")
    at = pages.page(to)
    query = view("claims")
    filters: dict[str, Value | None] = {
        "words": pages.words_of("q") or None,
        "thread": pages.thread_named("thread", snapshot),
        "author": pages.author_named("author", snapshot),
    }
    values = {name: value for name, value in filters.items() if value is not None}
    found = rows(snapshot.store, query, {**values, "offset": at.offset}, most=at.size)
    if to != "html":
        return pages.listing(found, to, at, snapshot)
    threads = rows(snapshot.store, view("threads"), {}, most=pages.CHOICES).rows
    html = render_template(
        "claims.html", found=found, at=at, threads=threads, snapshot=snapshot, sparql=query.sparql(values)
    )
    return pages.answer(html, to, snapshot)


@blueprint.get("/claims/<name>")
def claim(name: str) -> Response:
    """One claim (or move) and all that bears on it."""
    snapshot, to = served(), pages.chosen("html", "json", "jsonld", "turtle", "svg")
    around = surroundings(snapshot, name, depth=PAGE_DEPTH if to in {"html", "svg"} else DEPTH)
    if to != "html":
        return _data(snapshot, around, to)
    shown = claim_page(snapshot, around)
    return pages.answer(render_template("claim.html", shown=shown, snapshot=snapshot), to, snapshot)


@blueprint.get("/claims/<name>/neighbourhood")
def claim_neighbourhood(name: str) -> Response:
    """The nodes and edges around a claim; for people, as a map and a list."""
    snapshot, to = served(), pages.chosen("html", "json", "jsonld", "turtle", "svg")
    around = surroundings(snapshot, name, depth=DEPTH)
    if to != "html":
        return _data(snapshot, around, to)
    html = render_template(
        "neighbourhood.html", around=around, centre=around.nodes[0], map=draw(around), id=_id(around), snapshot=snapshot
    )
    return pages.answer(html, to, snapshot)


def surroundings(snapshot: Snapshot, name: str, *, depth: int) -> Neighbourhood:
    """The neighbourhood of a claim by its id, or the beginning of one, to the depth and limit that are asked for.

    Raises NotFound where no claim or move has that id, BadParameter for a depth or limit out of bounds.
    """
    if not re.fullmatch(r"[0-9a-f]{8,32}", name):
        raise NotFound(f"no claim {name[:60]!r}: expected an id of 32 hexadecimal digits, or at least the first 8")
    deep = pages.integer("depth", depth, least=0, most=DEEPEST)
    limit = pages.integer("limit", LIMIT, least=1, most=MOST_NODES)
    return neighbourhood(snapshot, claim_iri(snapshot, name), depth=deep, limit=limit)


def claim_page(snapshot: Snapshot, around: Neighbourhood) -> ClaimPage:
    """What the page of the centre of `around` shows."""
    centre = around.nodes[0]
    return ClaimPage(
        id=_id(around),
        centre=centre,
        contexts=tuple(_context(snapshot.store, place) for place in centre.places),
        crumbs=_crumbs(snapshot.store, around.centre),
        outgoing=tree.outgoing(around),
        groups=tree.grouped(tree.responses(around)),
        map=draw(around, whole=False),
        around=around,
        sparql=view("responses").sparql({"claim": ox.NamedNode(around.centre)}),
    )


def _data(snapshot: Snapshot, around: Neighbourhood, to: str) -> Response:
    if to == "svg":
        body = render_template("map_alone.html", map=draw(around), centre=around.nodes[0])
        return pages.answer(body, to, snapshot)
    if to == "turtle":
        return pages.answer(export.turtle(snapshot.store, around), to, snapshot)
    document = export.document(around) if to == "json" else export.json_ld(snapshot.store, around)
    return pages.answer(pages.as_json(document), to, snapshot)


def _id(around: Neighbourhood) -> str:
    return around.centre.rsplit("/", 1)[-1]


def _crumbs(store: ox.Store, iri: str) -> tuple[dict[str, Cell], ...]:
    """What the claim answers, what that answers, and so on, the outermost first: always by the surest move."""
    found: list[dict[str, Cell]] = []
    here, seen = iri, {iri}
    while len(found) < UPWARD:
        above = rows(store, view("aims"), {"source": ox.NamedNode(here)}, most=1).rows
        if not above or not above[0]["text"] or str(above[0]["claim"]) in seen:
            break
        found.append(above[0])
        here = str(above[0]["claim"])
        seen.add(here)
    return tuple(reversed(found))


def _context(store: ox.Store, place: Place) -> Context:
    content = pages.value(store, ox.NamedNode(place.comment), CONTENT) or ""
    start, end = place.start or 0, place.end if place.end is not None else len(content)
    first, last = _space(content, start - AROUND), _space(content, end + AROUND)
    after = content[end:last].rstrip() if last < len(content) else content[end:]
    return Context(place, content[first:start], content[start:end], after, first > 0, last < len(content))


def _space(text: str, near: int) -> int:
    """The end of the word at a position, so that a cut falls between words; clamped to the text."""
    if near <= 0 or near >= len(text):
        return min(max(near, 0), len(text))
    found = text.find(" ", near, near + 40)
    return found + 1 if found >= 0 else near

"""`/claims`, `/claims/<id>` and its neighbourhood: lists of claims, and one claim with all that bears on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import pyoxigraph as ox
from flask import Blueprint, Response, render_template

from rejoinder.api import answers, asked, tree, words
from rejoinder.api.body import Part, excerpt
from rejoinder.api.layout import draw
from rejoinder.api.listings import listing
from rejoinder.api.marks import Mark
from rejoinder.api.snapshots import served, service
from rejoinder.api.threads import choices
from rejoinder.api.unanswered import DEFAULT
from rejoinder.errors import NotFound
from rejoinder.graph.explanations.explain import document, explain, whys
from rejoinder.graph.maps import documents
from rejoinder.graph.maps.drawing import Map
from rejoinder.graph.maps.looks import look
from rejoinder.graph.maps.neighbourhood import MOST_NODES, neighbourhood
from rejoinder.graph.maps.nodes import Neighbourhood, Node, Place
from rejoinder.graph.maps.passages import passage
from rejoinder.graph.maps.quoters import Quoter, quoters
from rejoinder.graph.maps.reader import origins
from rejoinder.graph.queries.claims import claim_iri
from rejoinder.graph.queries.counts import counted
from rejoinder.graph.queries.near import nearest
from rejoinder.graph.queries.unanswered import parameters, tally
from rejoinder.graph.queries.values import words_of
from rejoinder.graph.queries.views import Cell, Value, rows, view
from rejoinder.graph.queries.written import as_json
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.predicates import CONTENT, SIOC_NAME

DEPTH, LIMIT, DEEPEST = 2, 100, 6
MOST_NEAR = 5  # claims that are shown where none holds the words that are sought
LOOKED_AT = 2_000  # claims among which those are sought; more would take long
PAGE_DEPTH = 3  # a page shows a claim, the objections to it, their answers, and the answers to those
UPWARD = 4  # breadcrumbs
# Pixels of a frame: around the words of a claim, around those of each move, each line of words, and the most; and how
# many characters a line has.
FRAME, FRAME_MOVE, FRAME_LINE, HIGHEST_FRAME, LINE = 160, 84, 24, 600, 50
AROUND = 420  # characters of a long comment shown before and after the quoted words
NEUTRAL, ROUNDING = 0.5, 0.005  # the strength of a claim that nobody spoke to

blueprint = Blueprint("claims", __name__)


@dataclass(frozen=True, slots=True)
class Context:
    """A place with the parts of its comment around it, and whether more stands before and after them."""

    place: Place
    parts: tuple[Part, ...]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Person:
    """An author (IRI) with how many unaddressed objections wait for an answer of theirs, and how many they raised."""

    iri: str
    name: str
    owed: int
    raised: int


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """All that the page of a claim shows."""

    id: str
    centre: Node
    contexts: tuple[Context, ...]
    crumbs: tuple[dict[str, Cell], ...]
    outgoing: tuple[tree.Step, ...]
    groups: dict[str, list[list[tree.Step]]]
    quoters: tuple[Quoter, ...]
    map: Map
    around: Neighbourhood
    sparql: str

    def raised(self, least: float) -> tuple[int, int, int]:
        """How many objections are shown that are at least so sure, that are less sure, and that are without words."""
        moves = [steps[0].move for steps in self.groups["objection"]]
        sure = [(move.confidence or 0) >= least for move in moves if move.status]
        return sum(sure), len(sure) - sum(sure), len(moves) - len(sure)

    @property
    def balance(self) -> str:
        """Its strength as a word; nothing where nobody spoke for or against it, or only unsure objections."""
        centre = self.centre
        unsure = centre.label == "out" and centre.objections == 0
        untouched = centre.strength is None or abs(centre.strength - NEUTRAL) < ROUNDING
        return "" if unsure or untouched else words.strength(centre.strength or 0)

    @property
    def against(self) -> tree.Step | None:
        """The surest objection that it makes, None where it makes none with a target that is shown."""
        made = (step for step in self.outgoing if step.target and look(step.move.kind) == "objection")
        return next(made, None)

    @property
    def embed_height(self) -> int:
        """How high a frame for its embed may well be, in pixels; what does not fit in there scrolls."""
        moves = [step for some in self.groups.values() for each in some for step in each if step.depth < DEPTH]
        said = [self.centre, *(node for step in moves for node in step.said)]
        lines = sum(1 + len(node.text) // LINE for node in said) + 2 * (self.against is not None)
        return min(FRAME + FRAME_MOVE * len(moves) + FRAME_LINE * lines, HIGHEST_FRAME)


@blueprint.get("/claims", strict_slashes=False)
def claims() -> Response:
    """Claims by words, thread and author, those with the most open objections first."""
    snapshot, to = served(), answers.chosen("html", "json", "csv")
    at, sought = asked.page(to), words_of(asked.words_of("q"))
    thread, author = asked.thread_named("thread", snapshot), asked.author_named("author", snapshot)
    listed = listing(snapshot, "claims", {"words": sought or None, "thread": thread, "author": author}, at)
    if to != "html":
        return listed.data(to)
    near = () if listed.found.rows else _near(snapshot, listed.values)
    # Of words, to count takes as long as to list them.
    many = None if sought else counted(snapshot.store, "claims", listed.values)
    shown = (*listed.found.rows, *near)
    beside = {
        "near": near,
        "many": many,
        "person": None if author is None else _person(snapshot, author),
        "threads": choices(snapshot),
        "thread": thread,
        "sought": [one.value for one in sought],
        "elsewhere": origins(snapshot, [str(row["claim"]) for row in shown if not row["author"]]),
    }
    return listed.page("claims.html", many, beside)


def _person(snapshot: Snapshot, author: ox.NamedNode) -> Person:
    """The author whose claims are listed."""
    values = parameters(snapshot.store, DEFAULT, service().settings)
    owed, raised = (tally(snapshot.store, {**values, name: author}).listed for name in ("owed", "author"))
    return Person(author.value, snapshot.value(author, SIOC_NAME) or author.value, owed, raised)


def _near(snapshot: Snapshot, values: Mapping[str, Value]) -> list[Mapping[str, Cell]]:
    """The claims that come near to words that none holds, of the first LOOKED_AT; none where no words are sought."""
    sought = cast("tuple[ox.Literal, ...]", values.get("words", ()))
    if not sought:
        return []
    others = {name: value for name, value in values.items() if name != "words"}
    known = rows(snapshot.store, view("claims"), others, most=LOOKED_AT).rows
    found = nearest([str(row["text"]) for row in known], " ".join(one.value for one in sought), most=MOST_NEAR)
    return [known[at] for at in found]


@blueprint.get("/claims/<name>", strict_slashes=False)
def claim(name: str) -> Response:
    """One claim (or move) and all that bears on it."""
    snapshot, to = served(), answers.chosen("html", "json", "jsonld", "turtle", "svg")
    around = surroundings(snapshot, name, depth=PAGE_DEPTH if to in {"html", "svg"} else DEPTH)
    if to != "html":
        return _data(snapshot, around, to)
    moves = whys(snapshot, [node.iri for node in around.nodes if node.method])
    html = render_template("claim.html", shown=claim_page(snapshot, around), whys=moves, snapshot=snapshot)
    return answers.answer(html, to, snapshot)


@blueprint.get("/claims/<name>/explanation")
def explanation(name: str) -> Response:
    """Why a claim or a move is in the map, and why it stands as it does."""
    snapshot, to = served(), answers.chosen("html", "json")
    found = explain(snapshot, named(snapshot, name))
    if to == "json":
        return answers.answer(as_json(document(found, snapshot)), to, snapshot)
    return answers.answer(render_template("explanation.html", found=found, snapshot=snapshot), to, snapshot)


@blueprint.get("/claims/<name>/neighbourhood")
def claim_neighbourhood(name: str) -> Response:
    """The nodes and edges around a claim; for people, as a map and a list."""
    snapshot, to = served(), answers.chosen("html", "json", "jsonld", "turtle", "svg")
    around = surroundings(snapshot, name, depth=DEPTH)
    if to != "html":
        return _data(snapshot, around, to)
    html = render_template(
        "neighbourhood.html", around=around, centre=around.nodes[0], map=draw(around), id=_id(around), snapshot=snapshot
    )
    return answers.answer(html, to, snapshot)


def surroundings(snapshot: Snapshot, name: str, *, depth: int) -> Neighbourhood:
    """The neighbourhood of a claim by its id, or the beginning of one, to the depth and limit that are asked for.

    Raises NotFound where no claim or move has that id, BadParameter for a depth or limit out of bounds.
    """
    centre = named(snapshot, name)
    deep = asked.integer("depth", depth, least=0, most=DEEPEST)
    limit = asked.integer("limit", LIMIT, least=1, most=MOST_NODES)
    return neighbourhood(snapshot, centre, depth=deep, limit=limit)


def named(snapshot: Snapshot, name: str) -> str:
    """The IRI of the claim or move of this id, or of this beginning of one; raises NotFound."""
    if not re.fullmatch(r"[0-9a-f]{8,32}", name):
        raise NotFound(f"no claim {name[:60]!r}: expected an id of 32 hexadecimal digits, or at least the first 8")
    return claim_iri(snapshot, name)


def claim_page(snapshot: Snapshot, around: Neighbourhood) -> ClaimPage:
    """What the page of the centre of `around` shows."""
    centre = around.nodes[0]
    return ClaimPage(
        id=_id(around),
        centre=centre,
        contexts=tuple(_context(snapshot, place) for place in centre.places),
        crumbs=_distinct(centre, _crumbs(snapshot.store, centre)),
        outgoing=tree.outgoing(around),
        groups=tree.grouped(tree.responses(around)),
        quoters=quoters(snapshot, centre.iri),
        map=draw(around, whole=False),
        around=around,
        sparql=view("responses").sparql({"claim": ox.NamedNode(around.centre)}),
    )


def _data(snapshot: Snapshot, around: Neighbourhood, to: str) -> Response:
    if to == "svg":
        body = render_template("map_alone.html", map=draw(around), centre=around.nodes[0])
        return answers.answer(body, to, snapshot)
    if to == "turtle":
        return answers.answer(documents.turtle(snapshot.store, around), to, snapshot)
    document = documents.document(around) if to == "json" else documents.json_ld(snapshot.store, around)
    return answers.answer(as_json(document), to, snapshot)


def _id(around: Neighbourhood) -> str:
    return around.centre.rsplit("/", 1)[-1]


def _crumbs(store: ox.Store, centre: Node) -> tuple[dict[str, Cell], ...]:
    """What the claim answers, what that answers, and so on, the outermost first: always by the surest move.

    Of a move it is what that move is aimed at, and so on.
    """
    found: list[dict[str, Cell]] = []
    here, seen = {"source" if centre.kind == "Claim" else "move": ox.NamedNode(centre.iri)}, {centre.iri}
    while len(found) < UPWARD:
        above = rows(store, view("aims"), here, most=1).rows
        if not above or not above[0]["text"] or str(above[0]["claim"]) in seen:
            break
        found.append(above[0])
        claim = str(above[0]["claim"])
        here = {"source": ox.NamedNode(claim)}
        seen.add(claim)
    return tuple(reversed(found))


def _distinct(centre: Node, crumbs: Sequence[dict[str, Cell]]) -> tuple[dict[str, Cell], ...]:
    """The crumbs without those that read like the title of the thread, like the claim itself or like one before."""
    seen = {_plain(centre.text), _plain(centre.places[0].thread_title or "" if centre.places else "")}
    kept = []
    for crumb in crumbs:
        if (said := _plain(str(crumb["text"]))) not in seen:
            seen.add(said)
            kept.append(crumb)
    return tuple(kept)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!?")


def _context(snapshot: Snapshot, place: Place) -> Context:
    content = snapshot.value(ox.NamedNode(place.comment), CONTENT) or ""
    around = passage(content, place, around=AROUND)
    first = (place.start or 0) - len(around.before)
    last = first + len(around.before + around.exact + around.after)
    mark = Mark(first + len(around.before), last - len(around.after), "", around.exact)
    return Context(place, excerpt(content, mark, first, last), around.cut_before, around.cut_after)

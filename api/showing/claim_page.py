"""What the page of one claim shows: the claim in its comment, what it answers, and what is said to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from rejoinder.api.showing import words
from rejoinder.api.showing.body import Part, excerpt_parts
from rejoinder.api.showing.layout import draw
from rejoinder.api.showing.marks import Mark
from rejoinder.graph.maps import tree
from rejoinder.graph.maps.drawing import Map
from rejoinder.graph.maps.looks import look_of_kind
from rejoinder.graph.maps.nodes import Neighbourhood, Node, Place
from rejoinder.graph.maps.passages import passage_around
from rejoinder.graph.maps.quoters import Quoter, quoters_of_claim
from rejoinder.graph.queries.views import Cell, find_view, view_rows
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.predicates import CONTENT

EMBEDDED_DEPTH = 2  # moves away that an embed shows
MOST_CRUMBS = 4  # breadcrumbs
MOST_PLACES = 12  # of a claim that are shown in their comments, each of which has to be read
# Pixels of a frame: around the words of a claim, around those of each move, each line of words, what names the folded
# ones, and the most; and how many characters a line has.
FRAME, FRAME_MOVE, FRAME_LINE, FOLD, HIGHEST_FRAME, LINE = 160, 84, 24, 40, 600, 50
CONTEXT_LENGTH = 420  # characters of a long comment shown before and after the quoted words
NEUTRAL, ROUNDING = 0.5, 0.005  # the strength of a claim that nobody spoke to


@dataclass(frozen=True, slots=True)
class Context:
    """A place with the parts of its comment around it, and whether more stands before and after them."""

    place: Place
    parts: tuple[Part, ...]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """All that the page of a claim shows; objections count from the confidence `least` on."""

    id: str
    centre: Node
    contexts: tuple[Context, ...]
    crumbs: tuple[dict[str, Cell], ...]
    outgoing: tuple[tree.TreeStep, ...]
    groups: dict[str, list[list[tree.TreeStep]]]
    quoters: tuple[Quoter, ...]
    map: Map
    around: Neighbourhood
    sparql: str
    least: float

    @property
    def unsure(self) -> list[list[tree.TreeStep]]:
        """The objections that do not count, each with what was said to it."""
        return [steps for steps in self.groups["objection"] if self._is_unsure(steps[0].move)]

    def shown(self, group: str) -> list[list[tree.TreeStep]]:
        """The moves of a group that are not folded away: all, of objections those that count or are without words."""
        return [steps for steps in self.groups[group] if group != "objection" or not self._is_unsure(steps[0].move)]

    def _is_unsure(self, move: Node) -> bool:
        return move.status is not None and (move.confidence or 0) < self.least

    @property
    def raised(self) -> tuple[int, int, int]:
        """How many objections are there that count, that are less sure, and that are without words."""
        wordless = sum(steps[0].move.status is None for steps in self.groups["objection"])
        return len(self.shown("objection")) - wordless, len(self.unsure), wordless

    @property
    def places_left(self) -> int:
        """In how many more places it is said than are shown."""
        return len(self.centre.places) - len(self.contexts)

    @property
    def balance(self) -> str:
        """Its strength as a word; nothing where nobody spoke for or against it, or only unsure objections."""
        centre = self.centre
        unsure = centre.label == "out" and centre.objections == 0
        untouched = centre.strength is None or abs(centre.strength - NEUTRAL) < ROUNDING
        return "" if unsure or untouched else words.strength(centre.strength or 0)

    @property
    def against(self) -> tree.TreeStep | None:
        """The surest objection that it makes, None where it makes none with a target that is shown."""
        objections = (step for step in self.outgoing if step.target and look_of_kind(step.move.kind) == "objection")
        return next(objections, None)

    def embed_height(self, depth: int = EMBEDDED_DEPTH) -> int:
        """How high a frame for its embed may well be that goes so deep, in pixels; what does not fit there scrolls."""
        step_lists = [tree_steps for group in self.groups for tree_steps in self.shown(group)]
        step_lists += [] if self.shown("objection") else self.unsure
        moves = [step for tree_steps in step_lists for step in tree_steps if step.depth < depth]
        nodes = [self.centre, *(node for step in moves for node in step.shown_nodes)]
        lines = sum(1 + len(node.text) // LINE for node in nodes) + 2 * (self.against is not None)
        folds = FOLD * bool(self.unsure)
        return min(FRAME + folds + FRAME_MOVE * len(moves) + FRAME_LINE * lines, HIGHEST_FRAME)


def claim_page(snapshot: Snapshot, around: Neighbourhood, least: float) -> ClaimPage:
    """What the page of the centre of `around` shows; objections count from the confidence `least` on."""
    centre = around.nodes[0]
    return ClaimPage(
        id=id_of(around),
        centre=centre,
        contexts=tuple(_context(snapshot, place) for place in centre.places[:MOST_PLACES]),
        crumbs=_distinct_crumbs(centre, _crumbs(snapshot.store, centre)),
        outgoing=tree.outgoing_steps(around),
        groups=tree.grouped_by_look(tree.response_steps(around)),
        quoters=quoters_of_claim(snapshot, centre.iri),
        map=draw(around, least, whole=False),
        around=around,
        sparql=find_view("responses").sparql({"claim": ox.NamedNode(around.centre)}),
        least=least,
    )


def id_of(around: Neighbourhood) -> str:
    """The id of the claim or move in the centre."""
    return around.centre.rsplit("/", 1)[-1]


def _crumbs(store: ox.Store, centre: Node) -> tuple[dict[str, Cell], ...]:
    """What the claim answers, what that answers, and so on, the outermost first: always by the surest move.

    Of a move it is what that move is aimed at, and so on.
    """
    crumbs: list[dict[str, Cell]] = []
    values, seen = {"source" if centre.kind == "Claim" else "move": ox.NamedNode(centre.iri)}, {centre.iri}
    while len(crumbs) < MOST_CRUMBS:
        above = view_rows(store, find_view("aims"), values, most=1).rows
        if not above or not above[0]["text"] or str(above[0]["claim"]) in seen:
            break
        crumbs.append(above[0])
        claim = str(above[0]["claim"])
        values = {"source": ox.NamedNode(claim)}
        seen.add(claim)
    return tuple(reversed(crumbs))


def _distinct_crumbs(centre: Node, crumbs: Sequence[dict[str, Cell]]) -> tuple[dict[str, Cell], ...]:
    """The crumbs without those that read like the title of the thread, like the claim itself or like one before."""
    seen = {_plain_words(centre.text), _plain_words(centre.places[0].thread_title or "" if centre.places else "")}
    distinct = []
    for crumb in crumbs:
        if (plain := _plain_words(str(crumb["text"]))) not in seen:
            seen.add(plain)
            distinct.append(crumb)
    return tuple(distinct)


def _plain_words(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!?")


def _context(snapshot: Snapshot, place: Place) -> Context:
    content = snapshot.value(ox.NamedNode(place.comment), CONTENT) or ""
    around = passage_around(content, place, around=CONTEXT_LENGTH)
    first = (place.start or 0) - len(around.before)
    last = first + len(around.before + around.exact + around.after)
    mark = Mark(first + len(around.before), last - len(around.after), "", around.exact)
    return Context(place, excerpt_parts(content, mark, first, last), around.cut_before, around.cut_after)

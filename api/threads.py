"""`/threads` and `/threads/<site>/<id>`: the threads, and one thread as nested comments with its argument marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from urllib.parse import quote, unquote

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from rejoinder.api import exports, pages
from rejoinder.api.marks import Mark, Piece, pieces
from rejoinder.api.snapshots import served
from rejoinder.errors import NotFound
from rejoinder.graph.build import LINK, TITLE
from rejoinder.graph.exports import EXPORTS
from rejoinder.graph.publish import Snapshot
from rejoinder.graph.terms import RJ, path_of
from rejoinder.graph.views import Cell, Value, rows, view

COMMENTS = 200  # on one page of a thread
DEEPEST = 8  # replies nested deeper are drawn at this indent, with their depth in words
SEGMENTS = 24  # most in a path that names something: the work of searching it grows with their cube

_NUMBERS = ("start", "end", "objections", "openObjections")

Row = Mapping[str, Cell]

blueprint = Blueprint("threads", __name__)


@dataclass(frozen=True, slots=True)
class Made:
    """A move made in a comment, each once; `words` and `aim` are its evidence and the text it is aimed at."""

    row: Row
    words: tuple[str, ...]
    aim: str
    status: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment on the page of its thread: its place in the tree, its text in pieces, what it makes and what it met.

    `quoted` are its quotations from other threads.
    """

    row: Row
    depth: int
    parent: Row | None
    pieces: tuple[Piece, ...]
    claims: tuple[Mark, ...]
    moves: tuple[Made, ...] = field(default=())
    reactions: tuple[Row, ...] = field(default=())
    links: tuple[Row, ...] = field(default=())
    quoted: tuple[Row, ...] = field(default=())

    @property
    def indent(self) -> int:
        """The depth as it is drawn."""
        return min(self.depth, DEEPEST)


@blueprint.get("/threads")
def threads() -> Response:
    """All threads, those with most open objections first."""
    snapshot, to = served(), pages.chosen("html", "json", "csv")
    at, query = pages.page(to), view("threads")
    found = rows(snapshot.store, query, {"offset": at.offset}, most=at.size)
    if to != "html":
        return pages.listing(found, to, at, snapshot)
    html = render_template("threads.html", found=found, at=at, snapshot=snapshot, sparql=query.sparql({}))
    return pages.continued(pages.answer(html, to, snapshot), at, found.truncated)


@blueprint.get("/threads/<path:name>")
def thread(name: str) -> Response:
    """One thread: its comments with claims and moves, or a file of it."""
    snapshot, to = served(), pages.chosen("html", "json", *exports.NEGOTIATED, named=exports.NAMED)
    iri = existing(snapshot, "thread", name, 2)
    at = pages.Page(pages.integer("page", 1, least=1, most=pages.PAGES), COMMENTS)
    if to not in {"html", "json"}:
        return exports.exported(snapshot, iri, to)
    ordered = nested(_rows(snapshot, "comments", iri))
    about = _about(snapshot.store, iri, len(ordered))
    if to == "json":
        comments = [{**row, "depth": depth} for row, depth in ordered]
        document = {"thread": about, "comments": comments, "snapshot": snapshot.id}
        return pages.answer(pages.as_json(document), to, snapshot)
    html = render_template(
        "thread.html",
        about=about,
        at=at,
        more=len(ordered) > at.offset + at.size,
        entries=_entries(snapshot, iri, ordered, ordered[at.offset : at.offset + at.size]),
        waiting=_rows(snapshot, "unanswered", iri),
        owed=_rows(snapshot, "owed", iri),
        sparql=view("moves").sparql({"thread": iri}),
        exports=EXPORTS,
        snapshot=snapshot,
    )
    return pages.answer(html, to, snapshot)


@blueprint.get("/comment/<path:name>")
def comment(name: str) -> AnyResponse:
    """From the IRI of a comment to its place on the page of its thread."""
    snapshot = served()
    iri = existing(snapshot, "comment", name, 3).value
    home = ox.NamedNode(f"{snapshot.base}thread/{iri.removeprefix(snapshot.base).split('/', 1)[1].rsplit('/', 1)[0]}")
    order = [str(row["place"]) for row, _ in nested(_rows(snapshot, "comments", home))]
    number = order.index(iri) // COMMENTS + 1 if iri in order else 1
    which = f"?page={number}" if number > 1 else ""
    return redirect(f"{pages.page_of(home.value)}{which}#c-{iri.rsplit('/', 1)[-1]}", 303)


@blueprint.get("/thread/<path:name>")
def thread_iri(name: str) -> AnyResponse:
    """From the IRI of a thread to its page."""
    return redirect(pages.page_of(existing(served(), "thread", name, 2).value), 303)


@blueprint.get("/author/<path:name>")
def author_iri(name: str) -> AnyResponse:
    """From the IRI of an author to the list of what they claim."""
    iri = existing(served(), "author", name, 2)
    return redirect(f"{request.script_root}/claims?author={quote(iri.value, safe='')}", 303)


@blueprint.get("/claim/<name>", defaults={"kind": "claim"})
@blueprint.get("/move/<name>", defaults={"kind": "move"})
def claim_iri(name: str, kind: str) -> AnyResponse:
    """From the IRI of a claim or a move to its page."""
    iri = existing(served(), kind, name, 1)
    return redirect(f"{request.script_root}/claims/{iri.value.rsplit('/', 1)[-1]}", 303)


def existing(snapshot: Snapshot, kind: str, name: str, parts: int) -> ox.NamedNode:
    """The IRI of this kind whose decoded path is `name`: a server sees `%2F` as `/`, so every way to cut it is tried.

    Raises NotFound where none exists, and for a path of more than SEGMENTS segments.
    """
    words = name.split("/")
    for cuts in _cuts(len(words), parts):
        cut = ["/".join(words[a:b]) for a, b in zip((0, *cuts), (*cuts, len(words)), strict=True)]
        iri = ox.NamedNode(f"{snapshot.base}{kind}/{path_of(*cut)}")
        if next(iter(snapshot.store.quads_for_pattern(iri, None, None)), None) is not None:
            return iri
    raise NotFound(f"no {kind} {unquote(name)[:80]!r}")


def nested(found: Sequence[Row]) -> list[tuple[Row, int]]:
    """Comments in reading order with their depth: each below its parent, without recursion, none lost.

    The comments come oldest first; replies to one comment stay in that order.
    """
    below, known = defaultdict[Cell, list[Row]](list), {row["place"] for row in found}
    for row in found:
        below[row["parent"] if row["parent"] in known else None].append(row)
    ordered: list[tuple[Row, int]] = []
    waiting = [(row, 0) for row in reversed(below[None])]
    while waiting:
        row, depth = waiting.pop()
        ordered.append((row, depth))
        waiting.extend((child, depth + 1) for child in reversed(below.get(row["place"], ())))
    return ordered


def _cuts(words: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Where to cut a list of words into parts, none empty; at most a few hundred ways."""
    return combinations(range(1, words) if words <= SEGMENTS else (), parts - 1)


def _about(store: ox.Store, iri: ox.NamedNode, loaded: int) -> Row:
    """A thread's title, permalink and coverage, under the names of the view `threads`."""
    declared = pages.value(store, iri, RJ + "declaredComments")
    return {
        "thread": iri.value,
        "title": pages.value(store, iri, TITLE),
        "link": pages.value(store, iri, LINK),
        "comments": loaded,
        "declared": int(declared) if declared is not None else None,
        "coverage": (pages.value(store, iri, RJ + "coverage") or "unknown").removeprefix(RJ),
    }


def _rows(snapshot: Snapshot, name: str, iri: ox.NamedNode) -> tuple[dict[str, Cell], ...]:
    values: dict[str, Value] = {"thread": iri}
    return rows(snapshot.store, view(name), values).rows


# ---------------------------------------------------------------------- comments with what they argue


def _entries(
    snapshot: Snapshot, iri: ox.NamedNode, ordered: Iterable[tuple[Row, int]], shown: Iterable[tuple[Row, int]]
) -> list[Entry]:
    parents = {row["place"]: row for row, _ in ordered}
    marks = _marks(_rows(snapshot, "statements", iri))
    moves = _moves(_rows(snapshot, "moves", iri), snapshot.store, marks)
    reactions, links, quoted = (
        _by_comment(_rows(snapshot, name, iri)) for name in ("reactions", "links", "quotations")
    )
    return [
        Entry(
            row=row,
            depth=depth,
            parent=parents.get(row["parent"]),
            pieces=pieces(str(row["text"]), marks.get(row["comment"], ())),
            claims=tuple(marks.get(row["comment"], ())),
            moves=tuple(moves.get(row["comment"], ())),
            reactions=tuple(reactions.get(row["comment"], ())),
            links=tuple(links.get(row["comment"], ())),
            quoted=tuple(one for one in quoted.get(row["comment"], ()) if one["originThread"]),
        )
        for row, depth in shown
    ]


def _by_comment(found: Iterable[Row]) -> dict[Cell, list[Row]]:
    by_comment = defaultdict[Cell, list[Row]](list)
    for row in found:
        by_comment[row["comment"]].append(row)
    return by_comment


def _marks(found: Iterable[Row]) -> dict[Cell, list[Mark]]:
    marks = defaultdict[Cell, list[Mark]](list)
    for row in found:
        start, end, objections, waiting = (int(row[name] or 0) for name in _NUMBERS)
        mark = Mark(start, end, str(row["claim"]), str(row["text"]), objections, waiting)
        marks[row["comment"]].append(mark)
    return marks


def _moves(found: Iterable[Row], store: ox.Store, marks: Mapping[Cell, Sequence[Mark]]) -> dict[Cell, list[Made]]:
    """The moves by comment; a move with several evidence spans has a row for each."""
    by_move = defaultdict[Cell, list[Row]](list)
    for row in found:
        by_move[row["move"]].append(row)
    texts = {mark.claim: mark.text for some in marks.values() for mark in some}
    texts.update((str(move), str(some[0]["words"] or "")) for move, some in by_move.items())
    made = defaultdict[Cell, list[Made]](list)
    for move, some in by_move.items():
        evidence = tuple(dict.fromkeys(str(row["words"]) for row in some if row["words"]))
        aim = texts.get(str(some[0]["target"]), "")
        status = pages.value(store, ox.NamedNode(str(move)), RJ + "status") or ""
        made[some[0]["comment"]].append(Made(some[0], evidence, aim, status))
    return made

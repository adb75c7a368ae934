"""`/threads` and `/threads/<site>/<id>`: the threads, and one thread as nested comments with its argument marked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import unquote

import pyoxigraph as ox
from flask import Blueprint, Response, render_template

from rejoinder.api.answering import answers
from rejoinder.api.answering.listings import Listing, listing
from rejoinder.api.requests import query_parameters
from rejoinder.api.routes import exports
from rejoinder.api.routes.judging import objections_of
from rejoinder.api.service.snapshots import served_snapshot, service
from rejoinder.api.showing import templating
from rejoinder.api.showing.body import ANCHOR
from rejoinder.api.showing.entries import Highlight, entries, rows_of
from rejoinder.api.showing.glance import Glance, glance_at
from rejoinder.api.showing.pages import pages_around
from rejoinder.errors import BadParameter, Choices, Misfit, Missing, NotFound
from rejoinder.graph.exports import EXPORTS
from rejoinder.graph.queries.counts import count_rows
from rejoinder.graph.queries.threads import threads_of_name
from rejoinder.graph.queries.unanswered import Tally, count_unanswered, likeliest_entries, unanswered_rows
from rejoinder.graph.queries.views import Cell, Row, Value, find_view, view_rows
from rejoinder.graph.queries.written import as_json
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.lookup import holds_quad
from rejoinder.graph.triples.predicates import LINK, TITLE
from rejoinder.graph.triples.terms import RJ, url_path

COMMENTS_PER_PAGE = 200  # on one page of a thread
MOST_CHOICES = 200  # threads offered in a filter
MOST_UNSURE = 200  # moves that do not count on one page; where there are more, each comment leads to its own
SPAN = re.compile(r"[0-9]{1,9}-[0-9]{1,9}")
MOST_WAITING = 7  # open objections and debtors named beside them
LONGEST_NAME = 200  # characters of a name for which threads near to it are sought
MOST_SEGMENTS = 24  # most in a path that names something: the work of searching it grows with their cube

blueprint = Blueprint("threads", __name__)


@blueprint.get("/threads", strict_slashes=False)
def threads() -> Response:
    """All threads, those with most open objections first."""
    snapshot, to = served_snapshot(), answers.negotiated_format()
    listed = _thread_listing(snapshot, query_parameters.page_parameter(to))
    return listed.data(to) if to != "html" else listed.page("threads.html", count_rows(snapshot.store, "threads", {}))


def _thread_listing(snapshot: Snapshot, at: query_parameters.Page) -> Listing:
    """A page of the threads: kept, as what is in all of them has to be counted to find the first."""
    values: dict[str, Value] = {"confidence": service().settings.objection_threshold}
    rows = service().make_once(
        snapshot, "threads", lambda: listing(snapshot, "threads", values, at).found_rows, of=repr(at)
    )
    return Listing(find_view("threads"), values, rows, at, snapshot)


@blueprint.get("/threads/<path:name>")
def thread(name: str) -> Response:
    """One thread: its comments with claims and moves, or a file of it."""
    snapshot, to = served_snapshot(), answers.negotiated_format()
    iri = existing_iri(snapshot, "thread", name, 2)
    at = query_parameters.Page(
        query_parameters.integer_parameter("page", 1, least=1, most=query_parameters.LAST_PAGE), COMMENTS_PER_PAGE
    )
    if to not in {"html", "json"}:
        return exports.thread_file(snapshot, iri, to)
    ordered = _comments_with_depth(snapshot, iri)
    if to == "html":
        return answers.answer(_thread_page(snapshot, iri, ordered, at), to, snapshot)
    comments = [{**row, "depth": depth} for row, depth in ordered]
    about = _thread_row(snapshot, iri, len(ordered))
    order = {row["comment"]: number for number, (row, _) in enumerate(ordered)}
    objections = sorted(
        objections_of(snapshot, iri),
        key=lambda objection: (order.get(objection["comment"], 0), str(objection["words"])),
    )
    document = {"thread": about, "comments": comments, "objections": objections, "snapshot": snapshot.id}
    return answers.answer(as_json(document), to, snapshot)


@dataclass(frozen=True, slots=True)
class BesideThread:
    """What stands beside the comments of a thread, the same on all of its pages.

    `raised` is asked only where nothing is open: the most pressing of the objections that were raised and count.
    """

    open: Tally
    waiting: tuple[Row, ...]
    likely: tuple[Row, ...]
    raised: tuple[Row, ...]
    glance: Glance | None
    owed: tuple[Row, ...]


def _thread_page(
    snapshot: Snapshot, iri: ox.NamedNode, ordered: Sequence[tuple[Row, int]], at: query_parameters.Page
) -> str:
    alone = query_parameters.text_parameter("comment", 2000)
    numbers = range(at.offset, min(at.offset + at.size, len(ordered)))
    if alone:
        numbers = _range_of_comment(ordered, alone)
    page_rows = [ordered[number] for number in numbers]
    return render_template(
        "thread.html",
        about=_thread_row(snapshot, iri, len(ordered)),
        at=at,
        pages=pages_around(at, len(ordered) > at.offset + at.size, len(ordered)),
        entries=entries(snapshot, iri, ordered, page_rows, _highlight()),
        alone=alone,
        numbers=numbers,
        most_unsure=MOST_UNSURE,
        beside=service().make_once(snapshot, "beside", lambda: _beside_thread(snapshot, iri), of=iri.value),
        sparql=find_view("moves").sparql({"thread": iri}),
        exports=EXPORTS,
        snapshot=snapshot,
    )


def _range_of_comment(ordered: Sequence[tuple[Row, int]], comment: str) -> range:
    """The place in the thread of the comment of that id; raises NotFound."""
    for number, (row, _) in enumerate(ordered):
        if row["comment"] == comment:
            return range(number, number + 1)
    raise NotFound(f"comment: no comment {comment[:80]!r} is in this thread", parameter="comment")


def _beside_thread(snapshot: Snapshot, iri: ox.NamedNode) -> BesideThread:
    values: dict[str, Value] = {"thread": iri, "confidence": service().settings.objection_threshold}
    unaddressed = count_unanswered(snapshot.store, values)
    waiting = unanswered_rows(snapshot.store, values, most=MOST_WAITING).rows
    likely = tuple(row for entry in likeliest_entries(snapshot.store, values, unaddressed) for row in entry.objections)
    raised = () if waiting else view_rows(snapshot.store, find_view("objections"), values, most=MOST_WAITING).rows
    return BesideThread(
        open=unaddressed,
        waiting=waiting,
        likely=likely,
        raised=raised,
        glance=glance_at(snapshot, waiting or raised or likely, service().settings.objection_threshold),
        owed=view_rows(snapshot.store, find_view("owed"), values, most=MOST_WAITING).rows,
    )


def _comments_with_depth(snapshot: Snapshot, iri: ox.NamedNode) -> list[tuple[Row, int]]:
    """The comments of a thread in reading order with their depth; whoever reads a thread asks for page after page."""
    return service().make_once(
        snapshot, "comments", lambda: in_reading_order(rows_of(snapshot, "comments", iri)), of=iri.value
    )


def place_of(snapshot: Snapshot, iri: str, span: str = "") -> str:
    """The address of a comment's place on the page of its thread, or of the words at START-END in it."""
    home = ox.NamedNode(f"{snapshot.base}thread/{iri.removeprefix(snapshot.base).split('/', 1)[1].rsplit('/', 1)[0]}")
    order = [str(row["place"]) for row, _ in _comments_with_depth(snapshot, home)]
    number = order.index(iri) // COMMENTS_PER_PAGE + 1 if iri in order else 1
    id_ = iri.rsplit("/", 1)[-1]
    asks = ([f"page={number}"] if number > 1 else []) + ([f"highlight={id_}:{span}"] if SPAN.fullmatch(span) else [])
    query, place = f"?{'&'.join(asks)}" if asks else "", ANCHOR if SPAN.fullmatch(span) else f"c-{id_}"
    return f"{templating.page_of(home.value)}{query}#{place}"


def _highlight() -> Highlight | None:
    """The words that a link leads to; raises BadParameter for anything but ID:START-END."""
    text = query_parameters.text_parameter("highlight", 2000)
    if not text:
        return None
    id_, _, span = text.rpartition(":")
    if not id_ or not SPAN.fullmatch(span):
        raise BadParameter(Misfit("highlight", "the id of a comment and characters in it, as c2:0-14", text[:40]))
    start, _, end = span.partition("-")
    return Highlight(id_, int(start), int(end))


def thread_choices(snapshot: Snapshot) -> tuple[Row, ...]:
    """The threads that a filter offers: the same on all pages, and slow to find where there are thousands."""
    return service().make_once(
        snapshot, "choices", lambda: view_rows(snapshot.store, find_view("threads"), {}, most=MOST_CHOICES).rows
    )


def existing_iri(snapshot: Snapshot, kind: str, name: str, parts: int) -> ox.NamedNode:
    """The IRI of this kind whose decoded path is `name`: a server sees `%2F` as `/`, so every way to cut it is tried.

    Raises NotFound where none exists, and for a path of more than MOST_SEGMENTS segments.
    """
    words = name.split("/")
    for cuts in _cuts(len(words), parts):
        cut = ["/".join(words[a:b]) for a, b in zip((0, *cuts), (*cuts, len(words)), strict=True)]
        iri = ox.NamedNode(f"{snapshot.base}{kind}/{url_path(*cut)}")
        if holds_quad(snapshot.store, iri, None, None):
            return iri
    message = f"no {kind} {unquote(name)[:80]!r}"
    if kind == Missing.THREAD:
        raise _no_thread(snapshot, unquote(name), message)
    raise NotFound(message, missing=Missing(kind) if kind in set(Missing) else None)


def _no_thread(snapshot: Snapshot, name: str, message: str) -> NotFound:
    """With the threads that a parameter `thread` would mean by this name, where a path wants SITE/ID."""
    known_threads = threads_of_name(snapshot, name)[: query_parameters.MOST_LISTED] if len(name) <= LONGEST_NAME else ()
    if not known_threads:
        return NotFound(f"{message}; expected SITE/ID, as /threads has it", missing=Missing.THREAD)
    near = tuple(
        (templating.page_of(known_thread.iri), known_thread.title or known_thread.whole)
        for known_thread in known_threads
    )
    several = "No thread is loaded under this name"
    return NotFound(
        f"{message}; near, by SITE/ID: {', '.join(known_thread.whole for known_thread in known_threads)}",
        missing=Missing.THREAD,
        choices=Choices("", several, near),
    )


def in_reading_order(comments: Sequence[Row]) -> list[tuple[Row, int]]:
    """Comments in reading order with their depth: each below its parent, without recursion, none lost.

    The comments come oldest first; replies to one comment stay in that order.
    """
    below, places = defaultdict[Cell, list[Row]](list), {row["place"] for row in comments}
    for row in comments:
        below[row["parent"] if row["parent"] in places else None].append(row)
    ordered: list[tuple[Row, int]] = []
    waiting = [(row, 0) for row in reversed(below[None])]
    while waiting:
        row, depth = waiting.pop()
        ordered.append((row, depth))
        waiting.extend((child, depth + 1) for child in reversed(below.get(row["place"], ())))
    return ordered


def _cuts(words: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Where to cut a list of words into parts, none empty; at most a few hundred ways."""
    return combinations(range(1, words) if words <= MOST_SEGMENTS else (), parts - 1)


def _thread_row(snapshot: Snapshot, iri: ox.NamedNode, loaded: int) -> Row:
    """A thread's title, permalink and coverage, under the names of the view `threads`."""
    declared = snapshot.value(iri, RJ + "declaredComments")
    return {
        "thread": iri.value,
        "title": snapshot.value(iri, TITLE),
        "link": snapshot.value(iri, LINK),
        "comments": loaded,
        "declared": int(declared) if declared is not None else None,
        "coverage": (snapshot.value(iri, RJ + "coverage") or "unknown").removeprefix(RJ),
    }

"""`/`, the home page: what the store holds, and what in it waits most for an answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from rejoinder.api.answering import answers
from rejoinder.api.routes.unanswered import places_elsewhere
from rejoinder.api.service.snapshots import served_snapshot, service
from rejoinder.api.showing.glance import Glance, glance_at
from rejoinder.errors import StoreError
from rejoinder.graph.queries.unanswered import (
    LEVELS,
    STATED,
    Entry,
    EntryPage,
    Tally,
    count_unanswered,
    likeliest_entries,
    states_moves,
    unanswered_entries,
    unanswered_values,
)
from rejoinder.graph.queries.views import Rows, Value, find_view, view_rows
from rejoinder.graph.stores.publish import Snapshot, current_id
from rejoinder.settings import Settings

PRESSING, DEBTORS, THREADS = 6, 7, 8

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> Response:
    """What the store holds, and what in it waits most for an answer; an empty store says how to load one."""
    try:
        snapshot = served_snapshot()
    except StoreError:
        if current_id(service().folder) is not None:
            raise
        return _empty_page()
    if snapshot.is_empty:
        return _empty_page()
    answers.settle_format("html")
    home_page = service().make_once(snapshot, "home", lambda: _home_page(snapshot, service().settings))
    html = render_template(
        "home.html",
        counts=home_page.counts,
        open=home_page.open,
        levels=LEVELS,
        pressing=home_page.pressing,
        in_maps=home_page.in_maps,
        likely=home_page.likely,
        elsewhere=places_elsewhere(snapshot, (*home_page.pressing.entries, *home_page.likely)),
        glance=home_page.glance,
        owed=home_page.owed,
        threads=home_page.threads,
        snapshot=snapshot,
    )
    return answers.answer(html, "html", snapshot)


def _empty_page() -> Response:
    return Response(render_template("empty.html"), 200, headers={"Cache-Control": "no-store"})


@blueprint.app_template_global("loading_command")
def loading_command() -> str:
    """The command that loads into the store that is served, told as the one that judges in it is."""
    return service().judging.replace(" judge --store ", " load --store ", 1)


@blueprint.get("/favicon.ico")
def favicon() -> AnyResponse:
    """Browsers ask for it where a drawing is shown without a page."""
    return redirect(f"{request.script_root}/static/icon.svg", 303)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a class there are, and how many of them are sure enough to count."""

    all: int = 0
    sure: int = 0


@dataclass(frozen=True, slots=True)
class HomePage:
    """What stands on the page: counts by class, the open objections counted, the most pressing ones with a map, who
    owes answers, and threads.
    """

    counts: dict[str, Count]
    open: Tally
    pressing: EntryPage
    in_maps: int
    likely: tuple[Entry, ...]
    glance: Glance | None
    owed: Rows
    threads: Rows


def _home_page(snapshot: Snapshot, settings: Settings) -> HomePage:
    values = unanswered_values(snapshot.store, "U2", settings)
    sure: dict[str, Value] = {"confidence": settings.objection_threshold}
    counted = count_unanswered(snapshot.store, values)
    pressing, in_maps = _pressing_entries(snapshot, values)
    likely = likeliest_entries(snapshot.store, values, counted)
    listed = [row for entry in (*pressing.entries, *likely) for row in entry.objections]
    return HomePage(
        counts=_counts(snapshot),
        open=counted,
        pressing=pressing,
        in_maps=in_maps,
        likely=likely,
        glance=glance_at(snapshot, listed, settings.objection_threshold),
        owed=view_rows(snapshot.store, find_view("owed"), sure, most=DEBTORS),
        threads=view_rows(snapshot.store, find_view("threads"), sure, most=THREADS),
    )


def _pressing_entries(snapshot: Snapshot, values: dict[str, Value]) -> tuple[EntryPage, int]:
    """The most pressing objections of comments, and how many more argument maps state; where only these do, theirs.

    What a map states is sure, and so would stand before all that was found.
    """
    if states_moves(snapshot.store):
        entry_page = unanswered_entries(snapshot.store, {**values, "apart": STATED}, most=PRESSING)
        if entry_page.entries:
            return entry_page, count_unanswered(snapshot.store, {**values, "stated": STATED}).listed
    return unanswered_entries(snapshot.store, values, most=PRESSING), 0


def _counts(snapshot: Snapshot) -> dict[str, Count]:
    """How many of each class there are; none of one that is not there."""
    values: dict[str, Value] = {"confidence": service().settings.objection_threshold}
    rows = view_rows(snapshot.store, find_view("stats"), values).rows
    counts = {str(row["class"]): Count(int(row["count"] or 0), int(row["sure"] or 0)) for row in rows}
    return defaultdict(Count, counts)

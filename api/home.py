"""`/`, the home page: what the store holds, and what in it waits most for an answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from rejoinder.api import answers
from rejoinder.api.snapshots import served, service
from rejoinder.api.unanswered import elsewhere
from rejoinder.errors import StoreError
from rejoinder.graph.queries.unanswered import LEVELS, entries, likeliest, parameters, tally
from rejoinder.graph.queries.views import Value, rows, view
from rejoinder.graph.stores.publish import Snapshot, current

PRESSING, THREADS = 6, 8

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> Response:
    """What the store holds, and what in it waits most for an answer; an empty store says how to load one."""
    try:
        snapshot = served()
    except StoreError:
        if current(service().folder) is not None:
            raise
        return _empty()
    if snapshot.empty:
        return _empty()
    answers.settled("html")
    values = parameters(snapshot.store, "U2", service().settings)
    pressing, counted = entries(snapshot.store, values, most=PRESSING), tally(snapshot.store, values)
    likely = likeliest(snapshot.store, values, counted)
    html = render_template(
        "home.html",
        counts=_counts(snapshot),
        open=counted,
        levels=LEVELS,
        pressing=pressing,
        likely=likely,
        elsewhere=elsewhere(snapshot, (*pressing.entries, *likely)),
        threads=rows(snapshot.store, view("threads"), {"confidence": values["confidence"]}, most=THREADS),
        snapshot=snapshot,
    )
    return answers.answer(html, "html", snapshot)


def _empty() -> Response:
    return Response(render_template("empty.html"), 200, headers={"Cache-Control": "no-store"})


@blueprint.get("/favicon.ico")
def favicon() -> AnyResponse:
    """Browsers ask for it where a drawing is shown without a page."""
    return redirect(f"{request.script_root}/static/icon.svg", 303)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a class there are, and how many of them are sure enough to count."""

    all: int = 0
    sure: int = 0


def _counts(snapshot: Snapshot) -> dict[str, Count]:
    """How many of each class there are; none of one that is not there."""
    values: dict[str, Value] = {"confidence": service().settings.objection_threshold}
    found = rows(snapshot.store, view("stats"), values).rows
    counts = {str(row["class"]): Count(int(row["count"] or 0), int(row["sure"] or 0)) for row in found}
    return defaultdict(Count, counts)

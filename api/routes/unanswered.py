"""`/unanswered`: the objections that still wait for an answer: by comment as a page or Markdown, or as rows."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response

from rejoinder.api.answering import answers
from rejoinder.api.answering.listings import as_data, as_page, with_next_link
from rejoinder.api.requests import query_parameters
from rejoinder.api.routes.feed import as_atom
from rejoinder.api.routes.threads import thread_choices
from rejoinder.api.service.snapshots import served_snapshot, service
from rejoinder.api.showing.filters import author_filter, filters_in_words
from rejoinder.graph.maps.checklist import checklist, doubtful_checklist
from rejoinder.graph.maps.nodes import Place
from rejoinder.graph.maps.reader import places_of_origin
from rejoinder.graph.maps.wording import NONE_OPEN, NONE_SURE
from rejoinder.graph.queries.unanswered import (
    LEVELS,
    SOURCES,
    Entry,
    Tally,
    count_unanswered,
    likeliest_entries,
    source_values,
    states_moves,
    unanswered_entries,
    unanswered_rows,
    unanswered_values,
)
from rejoinder.graph.queries.values import parse_time
from rejoinder.graph.queries.views import Rows, Value, find_view
from rejoinder.graph.stores.publish import Snapshot

DEFAULT = "U2"

blueprint = Blueprint("unanswered", __name__)


@blueprint.get("/unanswered", strict_slashes=False)
def unanswered() -> Response:
    """Unanswered objections, the most pressing first."""
    snapshot, to = served_snapshot(), answers.negotiated_format()
    at = query_parameters.page_parameter(to)
    level = query_parameters.choice_parameter("level", tuple(LEVELS), DEFAULT)
    values = _values(snapshot, level)
    counted = _tally(snapshot, values)
    if to == "html":
        response = _page(snapshot, level, at, values, counted)
    elif to == "markdown":
        response = _checklist(snapshot, at, values, counted)
    else:
        rows = unanswered_rows(snapshot.store, {**values, "offset": at.offset}, most=at.size)
        response = (
            _feed(rows, level, at, snapshot, values) if to == "atom" else _data(rows, to, at, snapshot, values, counted)
        )
    response.headers["X-Rejoinder-Less-Sure"] = str(counted.less_sure)
    return response


def _checklist(snapshot: Snapshot, at: query_parameters.Page, values: dict[str, Value], counted: Tally) -> Response:
    """The list to be posted or sent, by comment as on the page."""
    waiting = unanswered_entries(snapshot.store, values, most=at.size, offset=at.offset)
    likely = likeliest_entries(snapshot.store, values, counted)
    none = NONE_SURE if counted.less_sure else NONE_OPEN
    text = checklist(waiting.entries) if waiting.entries else f"{none}\n"
    text += f"\n{doubtful_checklist(likely)}" if likely else ""
    return with_next_link(answers.answer(text, "markdown", snapshot), at, waiting.truncated)


def _feed(rows: Rows, level: str, at: query_parameters.Page, snapshot: Snapshot, values: dict[str, Value]) -> Response:
    stands = f"{level} {LEVELS[level].partition(':')[0]}"
    title = ", ".join(("Unanswered objections", stands, *filters_in_words(snapshot, values)))
    return with_next_link(answers.answer(as_atom(rows, title, at), "atom", snapshot), at, rows.truncated)


def _data(
    rows: Rows, to: str, at: query_parameters.Page, snapshot: Snapshot, values: dict[str, Value], counted: Tally
) -> Response:
    less_sure = [row for entry in likeliest_entries(snapshot.store, values, counted) for row in entry.objections]
    return as_data(rows, to, at, snapshot, beside={"lessSure": counted.less_sure, "likeliest": less_sure})


def _page(
    snapshot: Snapshot, level: str, at: query_parameters.Page, values: dict[str, Value], counted: Tally
) -> Response:
    waiting = unanswered_entries(snapshot.store, values, most=at.size, offset=at.offset)
    likely = likeliest_entries(snapshot.store, values, counted)
    context = {
        "waiting": waiting,
        "counted": counted,
        "likely": likely,
        "elsewhere": places_elsewhere(snapshot, (*waiting.entries, *likely)),
        "level": level,
        "levels": LEVELS,
        "confidence": values["confidence"],
        "thread": values.get("thread"),
        "author": author_filter(snapshot, values, "author"),
        "owed": author_filter(snapshot, values, "owed"),
        "narrowed": list(filters_in_words(snapshot, values)),
        "threads": thread_choices(snapshot),
        "sparql": find_view("unanswered").sparql(values),
        "source": query_parameters.choice_parameter("source", tuple(SOURCES)),
        "mixed": service().make_once(snapshot, "mixed", lambda: states_moves(snapshot.store)),
        "open_days": service().settings.open_days,
    }
    return as_page("unanswered.html", context, at, snapshot, truncated=waiting.truncated, many=counted.comments)


def places_elsewhere(snapshot: Snapshot, waiting: Iterable[Entry]) -> dict[str, Place]:
    """Where the words that are objected to stand in other threads, for those of nobody known in their own."""
    rows = (row for entry in waiting for row in entry.objections if not row["targetAuthor"])
    return places_of_origin(snapshot, [str(row["target"]) for row in rows])


def _tally(snapshot: Snapshot, values: dict[str, Value]) -> Tally:
    """The tally of a list, which is the same on all of its pages and takes as long as the list itself."""
    return service().make_once(
        snapshot, "tally", lambda: count_unanswered(snapshot.store, values), of=find_view("tally").sparql(values)
    )


def _level_values(snapshot: Snapshot, level: str) -> dict[str, Value]:
    """What a level asks for; U5 asks all comments for the newest of them."""
    return service().make_once(
        snapshot, "level", lambda: unanswered_values(snapshot.store, level, service().settings), of=level
    )


def _since_value() -> dict[str, Value]:
    """The time from which on objections are asked for, where one is."""
    text = query_parameters.text_parameter("since", 40)
    return {"since": parse_time("since", text)} if text else {}


def _values(snapshot: Snapshot, level: str) -> dict[str, Value]:
    """The view's parameters out of the query string."""
    settings = service().settings
    values = {**_level_values(snapshot, level), **_since_value()}
    values["confidence"] = query_parameters.fraction_parameter("confidence", settings.objection_threshold)
    values |= source_values(query_parameters.choice_parameter("source", tuple(SOURCES)))
    thread = query_parameters.thread_parameter("thread", snapshot)
    filters = {
        "thread": thread,
        "author": query_parameters.author_parameter("author", snapshot, thread),
        "owed": query_parameters.author_parameter("owed", snapshot, thread),
    }
    return values | {name: value for name, value in filters.items() if value is not None}

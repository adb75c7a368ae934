"""The headline question: which objections nobody has answered, at which level, under which settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pyoxigraph as ox

from rejoinder.errors import BadParameter, Misfit
from rejoinder.graph.queries.alike import Repetitions, find_repetitions, objection_kind
from rejoinder.graph.queries.brief import ReasonFinder
from rejoinder.graph.queries.views import Cell, Row, Rows, Value, find_view, select_rows, view_rows
from rejoinder.graph.triples.lookup import holds_quad
from rejoinder.graph.triples.predicates import IDENTIFIER
from rejoinder.graph.triples.terms import XSD, date_time, rj
from rejoinder.records import Method
from rejoinder.settings import Settings

LEVELS = {
    "U1": "silent: no reply, no quotation, no answer",
    "U2": "unaddressed: no answer at all",
    "U3": "not answered by its addressee",
    "U4": "standing: nothing that stands defeats it",
    "U5": "open: standing, not settled, in a complete thread, and older than the window",
}

STATED = rj(Method.HUMAN)  # how a move was found that its source itself states; it has an id there, too
SOURCES = {"any": "", "comments": "apart", "maps": "stated"}  # and the parameter of the views that asks for it

# Columns that a list has and the view has not.
ADDED_COLUMNS = ("kind", "saidAgain", "reason", "reasonFrom", "alsoTargets", "alsoTargetTexts")

LIKELY_CONFIDENCE = (
    0.3  # least confidence of a less sure objection that is shown where none is listed: about every third is one
)
MOST_LIKELIEST = 5  # most of them


NEWEST = """PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rj: <https://w3id.org/rejoinder/ns#>
SELECT (MAX(?created) AS ?newest) WHERE { ?comment a rj:Comment ; dct:created ?created }"""


def unanswered_values(store: ox.Store, level: str, settings: Settings) -> dict[str, Value]:
    """The values of the view `unanswered` for a level U1..U5; raises BadParameter for another.

    U5 is U4 with a time before which the objection must stand: the newest comment in the store less the window. Where
    no comment has a time, nothing can be that old, and U5 is empty.
    """
    if level not in LEVELS:
        raise BadParameter(Misfit("level", f"one of {', '.join(LEVELS)}", level))
    values: dict[str, Value] = {"level": rj(level), "confidence": settings.objection_threshold}
    if level == "U5":
        values.update(level=rj("U4"), before=_days_before(store, settings.open_days))
    return values


def source_values(source: str) -> dict[str, Value]:
    """The values of the views for one of SOURCES: where the objections are from that are asked for."""
    return {SOURCES[source]: STATED} if SOURCES[source] else {}


def unanswered_rows(store: ox.Store, values: Mapping[str, Value], *, most: int | None = None) -> Rows:
    """The rows of the view `unanswered`, at most `most`, each with its `kind` and, where it is too brief, a `reason`.

    `reasonFrom` tells how that was found, `saidAgain` how many others repeat it as people say. `alsoTargets` are what
    else the same words object to (IRIs, with spaces between), `alsoTargetTexts` their texts, each on a line.
    """
    return _rows_with_repetitions(store, values, most)[0]


def _rows_with_repetitions(
    store: ox.Store, values: Mapping[str, Value], most: int | None
) -> tuple[Rows, dict[Cell, Repetitions]]:
    """What `unanswered_rows` says, and by the IRI of each objection what it stands for."""
    rows, reasons = view_rows(store, find_view("unanswered"), values, most=most), ReasonFinder(store)
    same = {row["objection"]: find_repetitions(store, str(row["objection"]), values) for row in rows.rows}
    extended = tuple(
        {**row, **_added_cells(store, row["objection"], same[row["objection"]], reasons)} for row in rows.rows
    )
    return Rows((*rows.columns, *ADDED_COLUMNS), extended, rows.truncated), same


def _added_cells(store: ox.Store, objection: Cell, same: Repetitions, reasons: ReasonFinder) -> dict[str, Cell]:
    """What stands in ADDED_COLUMNS, beside those of the view."""
    kind, reason = objection_kind(store, str(objection)), reasons.reason_for(str(objection))
    reason_cells = (reason.text, reason.evidence) if reason else (None, None)
    return dict(zip(ADDED_COLUMNS, (kind, same.said_again, *reason_cells, *_packed_cells(same)), strict=True))


def _packed_cells(same: Repetitions) -> tuple[Cell, Cell]:
    """What else the same words object to, as a row holds it: IRIs, and texts in the same order."""
    targets = " ".join(str(row["target"]) for row in same.other_rows)
    texts = "\n".join(" ".join(str(row["targetText"] or "").split()) for row in same.other_rows)
    return (targets, texts) if same.other_rows else (None, None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment with unanswered objections: its row of the view `waiting`, theirs of `unanswered`, the best first.

    `also` are, by the IRI of an objection, the rows of what else its words object to (see `Repetitions`).
    """

    comment: Row
    objections: tuple[Row, ...]
    also: Mapping[Cell, tuple[Row, ...]] = field(default_factory=dict)

    def reason(self, row: Row) -> Cell:
        """What stands beside one of its objections for people: nothing where that is listed below as another."""
        return row["reason"] if all(row["reason"] != objection["text"] for objection in self.objections) else None

    def others(self, row: Row) -> tuple[Row, ...]:
        """What else the words of one of its objections object to."""
        return self.also.get(row.get("objection"), ())


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Comments in the order of their best objections, and whether more of them were left."""

    entries: tuple[Entry, ...]
    truncated: bool


def unanswered_entries(
    store: ox.Store, values: Mapping[str, Value], *, most: int | None = None, offset: int = 0
) -> EntryPage:
    """The unanswered objections by comment, at most `most` comments after the first `offset`; no comment is parted.

    `values` are those of the view `unanswered`, without rows, offset or comments.
    """
    rows = view_rows(store, find_view("waiting"), {**values, "offset": offset}, most=most)
    places = tuple(ox.NamedNode(str(row["place"])) for row in rows.rows)
    many = sum(int(row["open"] or 0) for row in rows.rows)  # with a bound the engine reads these rows and no others
    raised = defaultdict[tuple[Cell, Cell], list[Row]](list)
    objections, same = _rows_with_repetitions(store, {**values, "comments": places}, many)
    for row in objections.rows:
        raised[row["thread"], row["comment"]].append(row)
    entries = (_entry(row, raised[row["thread"], row["comment"]], same) for row in rows.rows)
    return EntryPage(tuple(entries), rows.truncated)


def _entry(comment: Row, raised: Sequence[Row], same: Mapping[Cell, Repetitions]) -> Entry:
    objections = [row["objection"] for row in raised if row["alsoTargets"]]
    return Entry(comment, tuple(raised), {objection: same[objection].other_rows for objection in objections})


@dataclass(frozen=True, slots=True)
class Tally:
    """How many unanswered objections there are: `listed` ones, and those that are less sure than a list asks for.

    `comments` are those that the listed ones stand in.
    """

    listed: int
    less_sure: int
    comments: int


def count_unanswered(store: ox.Store, values: Mapping[str, Value]) -> Tally:
    """The unanswered objections counted, over all pages; `values` are as for `unanswered_entries`."""
    (row,) = view_rows(store, find_view("tally"), values).rows
    return Tally(int(row["listed"] or 0), int(row["lessSure"] or 0), int(row["comments"] or 0))


def states_moves(store: ox.Store) -> bool:
    """Whether there is a source that states its moves itself, as argument maps do."""
    by_people = (quad.subject for quad in store.quads_for_pattern(None, rj("method"), STATED))
    return any(
        isinstance(move, ox.NamedNode) and holds_quad(store, move, ox.NamedNode(IDENTIFIER), None) for move in by_people
    )


def likeliest_entries(store: ox.Store, values: Mapping[str, Value], counted: Tally) -> tuple[Entry, ...]:
    """Where nothing is listed, the most pressing of the less sure objections, by comment; where something is, none.

    They are MOST_LIKELIEST objections at most, each with a confidence of LIKELY_CONFIDENCE or more; `values` are as
    for `unanswered_entries`, and `counted` is their tally.
    """
    if counted.listed or not counted.less_sure:
        return ()
    remaining, entries = MOST_LIKELIEST, list[Entry]()
    for entry in unanswered_entries(store, {**values, "confidence": LIKELY_CONFIDENCE}, most=MOST_LIKELIEST).entries:
        entries += [replace(entry, objections=entry.objections[:remaining])] if remaining else []
        remaining -= min(remaining, len(entry.objections))
    return tuple(entries)


def _days_before(store: ox.Store, days: int) -> ox.Literal:
    newest = select_rows(store, NEWEST).rows[0]["newest"]
    if newest is None:
        return date_time("0001-01-01T00:00:00Z")
    try:
        moment = datetime.fromisoformat(str(newest)) - timedelta(days=days)
    except (ValueError, OverflowError):  # a year that Python has not
        return date_time("0001-01-01T00:00:00Z")
    return ox.Literal(moment.isoformat(), datatype=ox.NamedNode(XSD + "dateTime"))

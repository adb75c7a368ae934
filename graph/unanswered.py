"""The headline question: which objections nobody has answered, at which level, under which settings."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyoxigraph as ox

from rejoinder.errors import BadParameter
from rejoinder.graph.terms import XSD, date_time, rj
from rejoinder.graph.views import Value, select
from rejoinder.settings import Settings

LEVELS = {
    "U1": "silent: no reply, no quotation, no answer",
    "U2": "unaddressed: no answer at all",
    "U3": "not answered by its addressee",
    "U4": "standing: nothing that stands defeats it",
    "U5": "open: standing, not settled, in a complete thread, and older than the window",
}

NEWEST = """PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rj: <https://w3id.org/rejoinder/ns#>
SELECT (MAX(?created) AS ?newest) WHERE { ?comment a rj:Comment ; dct:created ?created }"""


def parameters(store: ox.Store, level: str, settings: Settings) -> dict[str, Value]:
    """The values of the view `unanswered` for a level U1..U5; raises BadParameter for another.

    U5 is U4 with a time before which the objection must stand: the newest comment in the store less the window. Where
    no comment has a time, nothing can be that old, and U5 is empty.
    """
    if level not in LEVELS:
        raise BadParameter(f"level: expected one of {', '.join(LEVELS)}, got {level!r}")
    found: dict[str, Value] = {"level": rj(level), "confidence": settings.objection_threshold}
    if level == "U5":
        found.update(level=rj("U4"), before=_before(store, settings.open_days))
    return found


def _before(store: ox.Store, days: int) -> ox.Literal:
    newest = select(store, NEWEST).rows[0]["newest"]
    if newest is None:
        return date_time("0001-01-01T00:00:00Z")
    try:
        moment = datetime.fromisoformat(str(newest)) - timedelta(days=days)
    except (ValueError, OverflowError):  # a year that Python has not
        return date_time("0001-01-01T00:00:00Z")
    return ox.Literal(moment.isoformat(), datatype=ox.NamedNode(XSD + "dateTime"))

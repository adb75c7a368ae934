"""The derived graph of a thread: all that follows from its graph; rebuilt, never edited."""

from __future__ import annotations

from collections.abc import Iterable

from rejoinder.graph.derived import argument as arguments
from rejoinder.graph.derived.cases import objection_cases
from rejoinder.graph.derived.claim_standings import claim_facts, claim_shortcuts
from rejoinder.graph.derived.standings import objection_facts
from rejoinder.graph.triples.ntriples import Triple
from rejoinder.graph.triples.terms import RJ
from rejoinder.settings import Settings


def derive(triples: Iterable[Triple], settings: Settings) -> tuple[Triple, ...]:
    """The triples of the derived graph of a thread, from those of its graph; `settings` holds the two thresholds."""
    argument = arguments.read_argument(triples)
    raised = objection_cases(argument, settings)
    facts = [*claim_shortcuts(argument), *objection_facts(raised, settings), *claim_facts(argument, raised, settings)]
    return tuple(dict.fromkeys((subject, RJ + name, value) for subject, name, value in facts))

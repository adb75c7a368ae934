"""The named views ask first for what narrows them most: the engine begins with what is written first."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from rejoinder.graph.queries.unanswered import listed, tally
from rejoinder.graph.queries.views import VIEWS, Value, read, rows
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.terms import rj

NARROWING = re.compile(r"\$(thread|author|owed|comments)\b")
ALL = (*VIEWS, "claims_counted", "judgements_counted")


@pytest.mark.parametrize("name", ALL)
def test_what_a_view_is_narrowed_to_stands_first_in_its_group(name: str) -> None:
    """Of two patterns that look alike to the engine it takes the first, and then goes through all of the store.

    What an objection repeats is one other or none, which is asked for before anything else.
    """
    unmarked = re.sub(r" +# \[rows without .*", "", read(name).text)
    lines = [one.strip() for one in unmarked.splitlines() if one.strip() and not one.strip().startswith("#")]
    for before, line in pairwise(lines):
        if NARROWING.search(line) and not line.startswith(("FILTER", "OPTIONAL", "{ SELECT")):
            first = before.endswith(("{", "[words]")) or "rj:repeats" in before
            narrowed = first or NARROWING.search(before) or "LCASE($words)" in before
            assert narrowed, f"expected this line first in its group, or after another that narrows: {line}"


LOOSE = ("claims", "links", "moves", "objections", "quotations", "supports", "unanswered", "waiting")


@pytest.mark.parametrize("name", LOOSE)
def test_what_else_is_known_is_looked_up_a_pattern_at_a_time(name: str) -> None:
    """The engine works out an OPTIONAL of two joined patterns, such as a path, for the whole store."""
    assert not re.findall(r"OPTIONAL \{ \?\w+ [\w:]+/[\w:]+ \?\w+ \}", read(name).text)


SURE = "rj:confidence ?sure ; "
EARLY = {  # where the confidence is asked for now, and what it once stood behind
    "unanswered": ("rj:unansweredAt $level ; ", "rj:raisedIn ?place ; "),
    "waiting": ("rj:unansweredAt $level ; ", "rj:raisedIn ?place ; "),
    "threads": ("rj:unansweredAt rj:U2 ; ", "rj:raisedIn/sioc:has_container ?thread ; "),
    "owed": ("rj:unansweredAt rj:U2 ; ", "rj:owedBy ?author ; rj:rank ?rank ; "),
}


@pytest.mark.parametrize("name", EARLY)
@pytest.mark.parametrize("confidence", [0.0, 0.5, 0.9])
def test_the_confidence_narrows_first_and_changes_no_answer(example: Snapshot, name: str, confidence: float) -> None:
    """Most objections are less sure than a list asks for: what else is known of those is not to be looked up."""
    now, (asked, behind) = read(name), EARLY[name]
    assert asked + SURE in now.text
    before = replace(now, text=now.text.replace(asked + SURE + behind, asked + behind + SURE))
    assert before.text != now.text
    levels = [dict[str, Value](level=rj(f"U{number}")) for number in (1, 2, 3, 4)] if "$level" in now.text else [{}]
    for values in ({**level, "confidence": confidence} for level in levels):
        assert rows(example.store, now, values) == rows(example.store, before, values)


@pytest.mark.parametrize("level", ["U1", "U2", "U3", "U4"])
@pytest.mark.parametrize("confidence", [0.0, 0.5, 0.9])
def test_a_list_bound_by_the_count_of_its_rows_is_whole(example: Snapshot, level: str, confidence: float) -> None:
    """With a bound the engine looks up these rows and no others; `rejoinder unanswered` gives it where it has none."""
    values: dict[str, Value] = {"level": rj(level), "confidence": confidence}
    many = max(tally(example.store, values).listed, 1)
    assert listed(example.store, {**values, "rows": many}) == listed(example.store, values)

"""The named views ask first for what narrows them most: the engine begins with what is written first."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pyoxigraph as ox
import pytest

from rejoinder.graph.queries.unanswered import count_unanswered, unanswered_rows
from rejoinder.graph.queries.views import VIEWS, Value, find_view, read_query, select_rows, view_rows
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.terms import rj

NARROWING = re.compile(r"\$(thread|author|owed|comments)\b")
ALL = (*VIEWS, "claims_counted", "judgements_counted")


@pytest.mark.parametrize("name", ALL)
def test_what_a_view_is_narrowed_to_stands_first_in_its_group(name: str) -> None:
    """Of two patterns that look alike to the engine it takes the first, and then goes through all of the store.

    What an objection repeats is one other or none, which is asked for before anything else.
    """
    unmarked = re.sub(r" +# \[.*(without| or ).*", "", read_query(name).text)
    lines = [line.strip() for line in unmarked.splitlines() if line.strip() and not line.strip().startswith("#")]
    for before, line in pairwise(lines):
        if NARROWING.search(line) and not line.startswith(("FILTER", "OPTIONAL", "{ SELECT")):
            first = before.endswith(("{", "[words]")) or "rj:repeats" in before
            narrowed = first or NARROWING.search(before) or "LCASE($words)" in before
            assert narrowed, f"expected this line first in its group, or after another that narrows: {line}"


LOOSE = ("claims", "links", "moves", "objections", "quotations", "supports", "unanswered", "waiting")


@pytest.mark.parametrize("name", LOOSE)
def test_what_else_is_known_is_looked_up_a_pattern_at_a_time(name: str) -> None:
    """The engine works out an OPTIONAL of two joined patterns, such as a path, for the whole store."""
    assert not re.findall(r"OPTIONAL \{ \?\w+ [\w:]+/[\w:]+ \?\w+ \}", read_query(name).text)


SURE = "rj:confidence ?sure ; "
EARLY = {  # where the confidence is asked for now, and what it once stood behind
    "unanswered": ("rj:unansweredAt $level ; ", "rj:raisedIn ?place ; "),
    "waiting": ("rj:unansweredAt $level ; ", "rj:raisedIn ?place ; "),
    "owed": ("rj:unansweredAt rj:U2 ; ", "rj:owedBy ?author ; rj:rank ?rank ; "),
}


@pytest.mark.parametrize("name", EARLY)
@pytest.mark.parametrize("confidence", [0.0, 0.5, 0.9])
def test_the_confidence_narrows_first_and_changes_no_answer(example: Snapshot, name: str, confidence: float) -> None:
    """Most objections are less sure than a list asks for: what else is known of those is not to be looked up."""
    now, (asked, behind) = read_query(name), EARLY[name]
    assert asked + SURE in now.text
    before = replace(now, text=now.text.replace(asked + SURE + behind, asked + behind + SURE))
    assert before.text != now.text
    for values in ({**level, "confidence": confidence} for level in levels(name)):
        assert view_rows(example.store, now, values) == view_rows(example.store, before, values)


def levels(name: str) -> list[dict[str, Value]]:
    """Each level that a view can be asked for."""
    return [{"level": rj(f"U{number}")} for number in (1, 2, 3, 4)] if "$level" in read_query(name).text else [{}]


GROUP = re.compile(r"\{ SELECT (?:\?\w+ )+WHERE \{ ([^{}]*?) ?\.? \} \}")


@pytest.mark.parametrize("name", ["objections", "tally", "threads", "waiting"])
@pytest.mark.parametrize("confidence", [0.0, 0.5, 0.9])
def test_what_groups_of_their_own_find_is_what_is_found_without_them(
    example: Snapshot, name: str, confidence: float
) -> None:
    for values in ({**level, "confidence": confidence, "rows": 1000} for level in levels(name)):
        whole = find_view(name).sparql(values)
        assert len(GROUP.findall(whole)) >= 5
        assert select_rows(example.store, GROUP.sub(r"\1 .", whole)) == select_rows(example.store, whole)


@pytest.mark.parametrize("name", ["tally", "waiting"])
def test_what_is_not_narrowed_is_what_is_found_in_all_threads(example: Snapshot, name: str) -> None:
    """The queries differ, as the engine is quicker at the one with all, and at the other with a few."""
    threads = sorted({str(row["thread"]) for row in view_rows(example.store, find_view("threads"), {}).rows})
    for values in levels(name):
        each = [
            view_rows(example.store, find_view(name), {**values, "thread": ox.NamedNode(one)}).rows for one in threads
        ]
        whole = view_rows(example.store, find_view(name), values).rows
        if name == "tally":
            assert dict(whole[0]) == {key: sum(int(row[key] or 0) for (row,) in each) for key in whole[0]}
        else:
            assert sorted(map(str, whole)) == sorted(str(row) for some in each for row in some)
        assert whole


@pytest.mark.parametrize("level", ["U1", "U2", "U3", "U4"])
@pytest.mark.parametrize("confidence", [0.0, 0.5, 0.9])
def test_a_list_bound_by_the_count_of_its_rows_is_whole(example: Snapshot, level: str, confidence: float) -> None:
    """With a bound the engine looks up these rows and no others; `rejoinder unanswered` gives it where it has none."""
    values: dict[str, Value] = {"level": rj(level), "confidence": confidence}
    many = max(count_unanswered(example.store, values).listed, 1)
    assert unanswered_rows(example.store, {**values, "rows": many}) == unanswered_rows(example.store, values)

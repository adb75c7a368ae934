"""The named views ask first for what narrows them most: the engine begins with what is written first."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from rejoinder.graph.queries.views import VIEWS, read

NARROWING = re.compile(r"\$(thread|author|owed|comments)\b")
ALL = (*VIEWS, "claims_counted", "judgements_counted")


@pytest.mark.parametrize("name", ALL)
def test_what_a_view_is_narrowed_to_stands_first_in_its_group(name: str) -> None:
    """Of two patterns that look alike to the engine it takes the first, and then goes through all of the store.

    What an objection repeats is one other or none, which is asked for before anything else.
    """
    lines = [one.strip() for one in read(name).text.splitlines() if one.strip() and not one.strip().startswith("#")]
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

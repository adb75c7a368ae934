"""A page of a view holds the rows that stand there in the whole list, though less is looked through for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox
import pytest

from rejoinder.graph.queries.values import STATUSES
from rejoinder.graph.queries.views import Parameter, Value, View, find_view, view_rows
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.terms import TYPE, rj

PAGED = ("comments", "moves", "objections", "statements")  # views of which the first rows are found first


def nodes(store: ox.Store, class_: str) -> list[ox.NamedNode]:
    found = {quad.subject for quad in store.quads_for_pattern(None, TYPE, rj(class_))}
    return sorted((one for one in found if isinstance(one, ox.NamedNode)), key=str)


def narrowed(store: ox.Store, name: str) -> Iterator[dict[str, Value]]:
    """Each way to narrow a view: not at all, by confidence, status, thread and comments."""
    known = {parameter.name for parameter in find_view(name).parameters}
    ways: list[dict[str, Value]] = [{}]
    ways += [{"confidence": sure} for sure in (0.5, 0.85, 1.0)]
    ways += [{"status": status} for status in STATUSES]
    ways += [{"thread": thread} for thread in (*nodes(store, "Thread"), ox.NamedNode("urn:none"))]
    ways += [{"thread": nodes(store, "Thread")[0], "confidence": 0.5}]
    ways += [{"comments": tuple(nodes(store, "Comment")[::5])}]
    yield from (one for one in ways if set(one) <= known)


def paged(store: ox.Store, view: View, values: Mapping[str, Value], size: int) -> list[object]:
    """All rows, asked for page by page."""
    found: list[object] = []
    while page := view_rows(store, view, {**values, "rows": size, "offset": len(found)}).rows:
        found += page
    return found


@pytest.mark.parametrize("name", PAGED)
@pytest.mark.parametrize("size", [7, 60])
def test_pages_one_after_the_other_are_the_whole_list(example: Snapshot, name: str, size: int) -> None:
    seen = 0
    for values in narrowed(example.store, name):
        whole = list(view_rows(example.store, find_view(name), values).rows)
        assert paged(example.store, find_view(name), values, size) == whole, values
        seen += len(whole)
    assert seen > 100


@pytest.mark.parametrize("name", PAGED)
def test_only_a_page_asks_for_its_rows_first(name: str) -> None:
    """Whoever asks for everything is shown a query without that."""
    whole, page = find_view(name).sparql({}), find_view(name).sparql({"rows": 20, "offset": 40})
    assert [part in whole for part in ("so many", "LIMIT", "# [", "$")] == [False] * 4
    assert "so many" in page
    assert page.count("LIMIT 60\n") == {"moves": 2, "statements": 2}.get(name, 1)
    assert (page.count("LIMIT 20\n"), page.count("OFFSET 40\n")) == (1, 1)


NARROWING = {
    "unanswered": ("thread", "author", "owed", "comments"),
    "waiting": ("thread", "author", "owed"),
    "objections": ("thread",),
    "claims": ("thread", "author"),
    "moves": ("thread", "comments"),
}


@pytest.mark.parametrize(("name", "by"), [(name, by) for name, ways in NARROWING.items() for by in ways])
def test_what_is_narrowed_is_found_before_it_is_told_of(example: Snapshot, name: str, by: str) -> None:
    """A sub-select that has no LIMIT is taken for very long, and then all of the store is gone through beside it."""
    kind = {"thread": "Thread", "comments": "Comment"}.get(by, "Author")
    iris = nodes(example.store, kind)
    seen = 0
    for value in [tuple(iris)] if by == "comments" else iris:
        query = find_view(name).sparql({by: value})
        assert query.count("LIMIT 1000000\n") == {"claims": 2}.get(name, 1)
        found = view_rows(example.store, find_view(name), {by: value}).rows
        assert found == view_rows(example.store, find_view(name), {by: value, "rows": 10_000}).rows
        seen += len(found)
    assert seen > 20


TEXT = """# What it answers.
1
{ 2 # [rows]
  { 3 { # [rows without thread, comments]
      4
    }
    LIMIT $last
  }
  5 $thread
}
6 # [comments without thread]
LIMIT $rows
"""
NAMES = ("rows", "offset", "thread", "comments")
ONE = View("one", "", tuple(Parameter(name, "integer", None, "") for name in NAMES), TEXT)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], "1"),
        (["rows"], "1 { 2 { 3 { 4 } LIMIT 9 } } LIMIT 9"),
        (["rows", "offset"], "1 { 2 { 3 { 4 } LIMIT 18 } } LIMIT 9"),
        (["rows", "thread"], "1 { 2 5 9 } LIMIT 9"),
        (["rows", "comments"], "1 { 2 } 6 LIMIT 9"),
        (["thread", "comments"], "1"),
    ],
)
def test_a_mark_leaves_out_its_line_and_the_group_that_it_opens(given: list[str], expected: str) -> None:
    text = ONE.sparql(dict.fromkeys(given, 9)).removeprefix("# What it answers.\n")
    assert " ".join(text.split()) == expected

"""The named views run unchanged on another engine, as their documentation says: rdflib finds as many rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import rdflib

from rejoinder.graph.exports.whole_store import dump_store
from rejoinder.graph.queries.views import VIEWS, Value, find_view, view_rows
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.records import Judgement, Kind, Verdict
from tests import garden


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("elsewhere") / "s"
    hedge, argument = garden.garden()
    comment, *_ = (one for one in hedge.comments if one.parent is not None)
    judged = Judgement(hedge.thread.key, comment.id, Kind.SUPPORT, Verdict.WRONG, comment.text, comment.parent)
    return open_current(garden.store(folder, (replace(hedge, judgements=(judged,)), argument), garden.pond()))


@pytest.fixture(scope="module")
def elsewhere(snapshot: Snapshot) -> rdflib.Graph:
    """All triples in one graph, as a default graph that is the union of all would have them."""
    return rdflib.Graph().parse(data=b"".join(dump_store(snapshot.store, "turtle")), format="turtle")


@pytest.mark.parametrize("name", VIEWS)
def test_another_engine_finds_as_many_rows(snapshot: Snapshot, elsewhere: rdflib.Graph, name: str) -> None:
    ours = view_rows(snapshot.store, find_view(name), {}).rows
    theirs = list(elsewhere.query(find_view(name).sparql({})))
    assert len(theirs) == len(ours)
    assert ours or name in {"links", "reactions"}


@pytest.mark.parametrize("name", ["comments", "moves", "objections", "statements"])
def test_another_engine_finds_the_same_page(snapshot: Snapshot, elsewhere: rdflib.Graph, name: str) -> None:
    asked: dict[str, Value] = {"rows": 2, "offset": 1}
    ours = view_rows(snapshot.store, find_view(name), asked)
    theirs = [[str(one) for one in row if one is not None] for row in elsewhere.query(find_view(name).sparql(asked))]  # type: ignore[union-attr]
    assert len(ours.rows) == 2
    assert [[one for one in row if one.startswith("http")] for row in theirs] == [
        [str(one) for one in row.values() if str(one).startswith("http")] for row in ours.rows
    ]

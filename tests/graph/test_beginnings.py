"""The beginnings of ids: what they mean, and that no one who asks for them has all of a store searched each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
import pytest

from rejoinder.api.app import create_app
from rejoinder.errors import NotFound
from rejoinder.graph.queries.claims import ClaimIds, claim_iri
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.graph.triples.terms import TYPE, rj
from rejoinder.settings import Settings
from tests import live

GRAPH = ox.NamedNode(f"{live.BASE}graph/x/y")
NAMES = {
    "claim": ("00000000" + "0" * 24, "abcdef01" + "0" * 24, "abcdef02" + "f" * 24, "f" * 32),
    "move": ("abcdef01" + "1" * 24, "abcdef0a" + "9" * 24, "abcdef0a" + "8" * 24),
}
CLASSES = {"claim": rj("Claim"), "move": rj("Move")}


@dataclass
class Watched:
    """A store that notes what it was asked for without a subject."""

    store: ox.Store
    searched: list[object] = field(default_factory=list)

    def quads_for_pattern(self, subject: Any, predicate: Any, found: Any) -> Iterator[ox.Quad]:
        if subject is None:
            self.searched.append(found)
        return self.store.quads_for_pattern(subject, predicate, found)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    named = [(kind, name) for kind, names in NAMES.items() for name in names]
    quads = [ox.Quad(ox.NamedNode(f"{live.BASE}{kind}/{name}"), TYPE, CLASSES[kind], GRAPH) for kind, name in named]
    folder = tmp_path_factory.mktemp("beginnings") / "s"
    live.store_of(folder, [*quads, ox.Quad(ox.NamedNode(f"{live.BASE}comment/abcdef02"), TYPE, rj("Claim"), GRAPH)])
    return folder


def watched(snapshot: Snapshot) -> tuple[Snapshot, list[object]]:
    store = Watched(snapshot.store)
    return replace(snapshot, store=cast(ox.Store, store)), store.searched


def told(snapshot: Snapshot, name: str, ids: Callable[[], ClaimIds] | None = None) -> str:
    """What the name means, without the base; or why it means nothing."""
    try:
        return claim_iri(snapshot, name, ids).removeprefix(snapshot.base)
    except NotFound as error:
        return str(error)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("00000000", "claim/00000000" + "0" * 24),
        ("abcdef02", "claim/abcdef02" + "f" * 24),
        ("ffffffff", "claim/" + "f" * 32),
        ("f" * 31, "claim/" + "f" * 32),
        ("f" * 32, "claim/" + "f" * 32),
        ("abcdef011", "move/abcdef01" + "1" * 24),
        ("abcdef0a9", "move/abcdef0a" + "9" * 24),
        ("abcdef0", "no claim 'abcdef0', and no move"),
        ("abcdef03", "no claim 'abcdef03', and no move"),
        ("e" * 32, f"no claim '{'e' * 32}', and no move"),
        ("hedgehogs", "no claim 'hedgehogs', and no move"),
        (
            "abcdef01",
            "2 claims and moves begin with 'abcdef01': claim abcdef01" + "0" * 24 + ", move abcdef01" + "1" * 24,
        ),
        (
            "abcdef0a",
            "2 claims and moves begin with 'abcdef0a': move abcdef0a" + "8" * 24 + ", move abcdef0a" + "9" * 24,
        ),
    ],
)
def test_a_beginning_means_what_it_begins(folder: Path, name: str, meant: str) -> None:
    snapshot = open_current(folder)
    kept = ClaimIds.of_snapshot(snapshot)
    assert told(snapshot, name) == told(snapshot, name, lambda: kept) == meant


@pytest.mark.parametrize("name", ["e" * 32, "f" * 32, "e" * 40, "hedgehogs", "abcdef0"])
def test_what_is_no_beginning_is_not_searched_for(folder: Path, name: str) -> None:
    snapshot, searched = watched(open_current(folder))
    assert told(snapshot, name).startswith("no claim") == (name != "f" * 32)
    assert searched == []


def test_a_server_searches_a_snapshot_once(folder: Path) -> None:
    app = create_app(folder, Settings(workers=1))
    service = app.extensions["rejoinder"]
    service._snapshot, searched = watched(service.snapshot())
    client = app.test_client()
    for name in ("abcdef03", "abcdef04", "eeeeeeee", "e" * 32):
        for path in (f"/claims/{name}?format=json", f"/claims/{name}/explanation", f"/embed/claims/{name}"):
            assert client.get(path).status_code == 404
        assert client.get("/oembed", query_string={"url": f"http://localhost/claims/{name}"}).status_code == 404
    service.close()
    assert searched == [rj("Claim"), rj("Move")]

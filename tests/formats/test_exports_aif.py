"""Real AIF files: how many nodes, comments, claims, moves and speakers each has, and that all of it comes back."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from rejoinder import loaders
from rejoinder.errors import Problem
from rejoinder.graph.exports import EXPORTS
from rejoinder.graph.exports.writer import Options
from rejoinder.load import load
from rejoinder.loaders.gathering.merge import merge
from rejoinder.records import Discussion, StatedMove
from rejoinder.settings import Settings
from tests.formats.test_aif import map_in, parts, thread_in

FILES = {
    "arguebuf-6064-original.json": {
        "format": "aif",
        "nodes": {"I": 9, "L": 16, "YA": 14, "TA": 8, "RA": 5},
        "edges": 54,
        "locutions": 13,
        "comments": 10,
        "replies": 9,
        "claims": 9,
        "moves": {"Support": 5},
        "speakers": {"CL": 8, "NL": 2},
        "dated": 10,
    },
    "nodeset17919.json": {
        "format": "aif",
        "nodes": {"I": 16, "L": 33, "YA": 25, "TA": 14, "RA": 5, "MA": 4},
        "edges": 96,
        "locutions": 16,
        "comments": 23,
        "replies": 19,
        "claims": 16,
        "moves": {"Support": 5, "Similarity": 3, "Answer": 1},
        "speakers": {"Chris Philp": 21, "Fiona Bruce": 2},
        "dated": 23,
    },
    "knoxa-aif-ntriples.nt": {
        "format": "aif_rdf",
        "nodes": {"I": 4, "RA": 1, "CA": 1},
        "edges": 5,
        "locutions": 0,
        "comments": 4,
        "replies": 0,
        "claims": 4,
        "moves": {"Support": 1, "Rebuttal": 1},
        "speakers": {None: 4},
        "dated": 0,
    },
}
JSON = [name for name in FILES if name.endswith(".json")]


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_is_read_whole(shared: Path, name: str) -> None:
    path = shared / "data" / "exports" / "aif" / name
    found = list(loaders.read([path]))
    assert not [one for one in found if isinstance(one, Problem)]
    (discussion,) = merge(iter(found), lambda key: None)
    assert isinstance(discussion, Discussion)
    assert discussion.aif is not None
    head = path.read_bytes()[:65_536].decode()
    assert {
        "format": loaders.choose(path, head).NAME,
        "nodes": Counter(node.type for node in discussion.aif.nodes),
        "edges": len(discussion.aif.edges),
        "locutions": len(discussion.aif.locutions),
        "comments": len(discussion.comments),
        "replies": sum(comment.parent is not None for comment in discussion.comments),
        "claims": len(discussion.stated_claims),
        "moves": kinds_of(discussion.stated_moves),
        "speakers": Counter(comment.author for comment in discussion.comments),
        "dated": sum(comment.created is not None for comment in discussion.comments),
    } == FILES[name]


def kinds_of(moves: tuple[StatedMove, ...]) -> Counter[str]:
    return Counter(str(move.kind) for move in moves)


@pytest.mark.parametrize("name", FILES)
def test_loading_it_again_changes_nothing(shared: Path, tmp_path: Path, name: str) -> None:
    path = str(shared / "data" / "exports" / "aif" / name)
    first, second = (load(tmp_path, [path], Settings(), report=print) for _ in range(2))
    assert (first.lost, first.warnings, second.changed) == (0, 0, 0)
    assert first.changed > 0


@pytest.mark.parametrize("to", ["aif", "xaif"])
@pytest.mark.parametrize("name", JSON)
def test_it_comes_back_whole(shared: Path, name: str, to: str) -> None:
    text = (shared / "data" / "exports" / "aif" / name).read_text(encoding="utf-8")
    written = EXPORTS[to].write(thread_in(text), Options())
    original = json.loads(text) | {"participants": []}
    assert parts(json.loads(written)) == parts(original)


@pytest.mark.parametrize("to", ["aif", "xaif"])
@pytest.mark.parametrize("name", JSON)
def test_it_is_the_same_map_with_its_premises_the_other_way(shared: Path, name: str, to: str) -> None:
    text = (shared / "data" / "exports" / "aif" / name).read_text(encoding="utf-8")
    written = EXPORTS[to].write(thread_in(text), Options(premises_outward=False))
    assert parts(json.loads(written))["edges"] != parts(json.loads(text) | {"participants": []})["edges"]
    assert map_in(written)[1] == map_in(text)[1]

"""Each source in tests/golden/ gives, byte for byte, the Turtle beside it; `--rewrite-golden` makes that anew."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from rejoinder.errors import Problem
from rejoinder.graph.publish import open_current
from rejoinder.load import load
from rejoinder.settings import Settings

FOLDER = Path(__file__).parent / "golden"
SOURCES = sorted(path for path in FOLDER.iterdir() if path.suffix in {".jsonl", ".txt"})


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_a_source_gives_its_golden_graph(source: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    problems: list[Problem] = []
    load(tmp_path / "store", [str(source)], Settings(base="https://golden.example/"), report=problems.append)
    assert not [one for one in problems if one.lost]
    found = as_turtle(tmp_path / "store")
    golden = source.with_name(source.name + ".ttl")
    if request.config.getoption("--rewrite-golden"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def as_turtle(folder: Path) -> str:
    """The union of all graphs as a reviewer wants to read it: one property a line, in a fixed order."""
    graph = rdflib.Graph()
    graph.bind("rj", "https://w3id.org/rejoinder/ns#")
    graph.bind("sioc", "http://rdfs.org/sioc/ns#")
    graph.bind("dct", "http://purl.org/dc/terms/")
    triples = {str(quad.triple) for quad in open_current(folder).store}
    graph.parse(data="".join(f"{triple} .\n" for triple in sorted(triples)), format="nt")
    return graph.serialize(format="longturtle")

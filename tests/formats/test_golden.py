"""Each source in tests/golden/ gives, byte for byte, the Turtle beside it; `--rewrite-golden` makes that anew.

Replies are read with weights that no training changes (tests/plain_models.py).

A source is named FORMAT.ending or FORMAT-what-it-shows.ending; a folder FORMAT or FORMAT-what-it-shows holds files
that belong together and are loaded at once. A source of the format `mapped` has its field map beside it, in a .toml.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from rejoinder import loaders
from rejoinder.errors import Problem
from rejoinder.graph.stores.publish import open_current
from rejoinder.load import load
from rejoinder.loaders import LOADERS
from rejoinder.loaders.mapping import FieldMap
from rejoinder.loaders.mapping.maps import field_map
from rejoinder.loaders.recognising.format import Reads
from rejoinder.records import Comment, Found, PlatformMove, Record, StatedMove, Thread
from rejoinder.settings import Settings
from tests.plain_models import plain_rules

FOLDER = Path(__file__).parents[1] / "golden"
SOURCES = sorted(path for path in FOLDER.iterdir() if path.suffix not in {".ttl", ".toml"})


def files_of(source: Path) -> list[str]:
    """The files to load at once."""
    return [str(one) for one in sorted(source.iterdir())] if source.is_dir() else [str(source)]


def format_of(source: Path) -> str:
    """The format that a source is named after."""
    return source.name.split(".")[0].split("-")[0]


def map_of(source: Path) -> FieldMap | None:
    """The field map that lies beside a source, if there is one."""
    path = source.with_name(source.name + ".toml")
    return field_map(str(path)) if path.exists() else None


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_a_source_gives_its_golden_graph(source: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    problems: list[Problem] = []
    settings = Settings(base="https://golden.example/")
    folder = tmp_path / "store"
    load(folder, files_of(source), settings, report=problems.append, by=map_of(source), extractor=plain_rules())
    assert not [str(problem) for problem in problems if problem.lost]
    found = as_turtle(tmp_path / "store")
    golden = source.with_name(source.name + ".ttl")
    if request.config.getoption("--rewrite-golden"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("source", [one for one in SOURCES if not map_of(one)], ids=lambda path: path.name)
def test_a_source_is_recognised_as_what_it_is_named_after(source: Path) -> None:
    for name in files_of(source):
        head = loaders.open_source(name, "", lambda _: None).head().decode("utf-8", errors="replace")
        assert format_of(source) == loaders.choose(Path(name), head).NAME


def test_every_format_has_a_source_here() -> None:
    assert {format_of(source) for source in SOURCES} == set(LOADERS)


SHOWN = {
    "parent": lambda one: isinstance(one, Comment) and one.parent is not None,
    "author": lambda one: isinstance(one, Comment) and one.author is not None,
    "created": lambda one: isinstance(one, Comment) and one.created is not None,
    "link": lambda one: isinstance(one, Comment) and one.url is not None,
    "counts": lambda one: (
        (isinstance(one, Comment) and one.declared_replies is not None)
        or (isinstance(one, Thread) and one.declared_comments is not None)
    ),
    "states": lambda one: isinstance(one, Comment) and bool(one.states),
    "moves": lambda one: isinstance(one, PlatformMove | StatedMove),
}


@pytest.mark.parametrize("name", LOADERS)
def test_what_a_format_says_it_reads_is_what_its_sources_show(name: str) -> None:
    records = [record for source in SOURCES if format_of(source) == name for record in records_of(source)]
    said = {field: bool(getattr(LOADERS[name].READS, field)) for field in SHOWN}
    assert {field: any(map(shows, records)) for field, shows in SHOWN.items()} == said
    assert {"recognised", "id", "body"} <= {field for field in Reads.__slots__ if getattr(LOADERS[name].READS, field)}


def records_of(source: Path) -> list[Record]:
    return [one.record for one in loaders.read(files_of(source), by=map_of(source)) if isinstance(one, Found)]


def as_turtle(folder: Path) -> str:
    """The union of all graphs as a reviewer wants to read it: one property a line, in a fixed order."""
    graph = rdflib.Graph()
    graph.bind("rj", "https://w3id.org/rejoinder/ns#")
    graph.bind("sioc", "http://rdfs.org/sioc/ns#")
    graph.bind("dct", "http://purl.org/dc/terms/")
    graph.bind("aif", "http://www.arg.dundee.ac.uk/aif#")
    triples = {str(quad.triple) for quad in open_current(folder).store}
    graph.parse(data="".join(f"{triple} .\n" for triple in sorted(triples)), format="nt")
    return graph.serialize(format="longturtle")

"""Imports point one way through the house: loaders -> records -> graph -> api, joined only in rejoinder/."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STDLIB_ONLY = ("records", "errors", "settings")
PARSERS = {"defusedxml", "ijson", "markdown_it", "selectolax", "yaml", "zstandard"}
EMBEDDINGS = {"numpy", "onnxruntime", "tokenizers"}  # the libraries of an extra

# layer: parts of Rejoinder that it may import beside itself, third-party packages that it may import
LAYERS: dict[str, tuple[set[str], set[str]]] = {
    "ontology": (set(), {"rdflib"}),
    "loaders": ({"records", "errors"}, PARSERS),
    "graph": ({"records", "errors", "settings", "ontology"}, {"rdflib", "pyshacl", "pyoxigraph"}),
    "api": (
        {"graph", "ontology", "records", "errors", "settings"},
        {"flask", "jinja2", "werkzeug", "prometheus_client", "pyoxigraph"},
    ),
}

# What reads RDF for the loaders, and so may import its library; and what only the extras bring.
ALSO = {
    "loaders/aif/rdf.py": {"rdflib"},
    **{f"loaders/llm/{name}.py": {"httpx"} for name in ("client", "endpoint", "troubles")},
    **{f"loaders/embeddings/{name}.py": EMBEDDINGS for name in ("claiming", "model", "similar", "vectors")},
}


# The folders inside some places, in order: each may import those before it. What joins them lies beside them.
ORDERS: dict[str, tuple[str, ...]] = {
    "loaders": (
        "values",
        "opening",
        "containers",
        "bodies",
        "gathering",
        "unpacking",
        "mapping",
        "recognising",
        "jsonl",
        "sites",
        "aif",
        "argdown",
        "formats",
        "extract",
        "embeddings",
        "llm",
    ),
    "api": ("service", "requests", "showing", "answering", "describing", "routes"),
    "loaders/extract": ("text", "people", "points", "model", "addressing", "weighing", "moves", "dumps"),
    "graph": (
        "triples",
        "shapes",
        "derived",
        "stores",
        "quotations",
        "queries",
        "sparql",
        "maps",
        "explanations",
        "exports",
    ),
}
# Where a table shows that order.
TOLD = {
    "loaders": "CONTRIBUTING.md",
    "loaders/extract": "docs/extraction.md",
    "graph": "CONTRIBUTING.md",
    "api": "CONTRIBUTING.md",
}


def imports(source: str) -> set[str]:
    """The modules that a source text imports, names of the package `rejoinder` included; none may be relative."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "rejoinder":
            found.update(f"rejoinder.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


def forbidden(layer: str, path: str, source: str) -> set[str]:
    """What a file of the layer imports though it may not."""
    parts, foreign = LAYERS[layer]
    ours = {f"rejoinder.{one}" for one in {layer, *parts, "__version__"}}
    return {one for one in imports(source) if not allowed(one, ours, foreign | ALSO.get(path, set()))}


def allowed(module: str, ours: set[str], foreign: set[str]) -> bool:
    """True for a module of the standard library, of those parts of Rejoinder, or of those packages."""
    top = module.partition(".")[0]
    if top == "rejoinder":
        return ".".join(module.split(".")[:2]) in ours
    return top in foreign or top in sys.stdlib_module_names


def files() -> list[tuple[str, str]]:
    return [(layer, str(path.relative_to(ROOT))) for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]


@pytest.mark.parametrize(("layer", "path"), [pytest.param(*file, id=file[1]) for file in files()])
def test_a_layer_imports_only_what_lies_before_it(layer: str, path: str) -> None:
    assert forbidden(layer, path, (ROOT / path).read_text(encoding="utf-8")) == set()


def out_of_order(place: str, folder: str, source: str) -> set[str]:
    """What a module in that folder of a place imports of the place though it may not."""
    inside, order = f"rejoinder.{place.replace('/', '.')}", ORDERS[place]
    before = {f"{inside}.{one}" for one in order[: order.index(folder) + 1]}
    found = {one for one in imports(source) if one == inside or one.startswith(f"{inside}.")}
    return {one for one in found if ".".join(one.split(".")[: inside.count(".") + 2]) not in before}


def ordered() -> list[tuple[str, str, str]]:
    return [
        (place, folder, str(path.relative_to(ROOT)))
        for place, order in ORDERS.items()
        for folder in order
        for path in sorted((ROOT / place / folder).rglob("*.py"))
    ]


@pytest.mark.parametrize(("place", "folder", "path"), [pytest.param(*one, id=one[2]) for one in ordered()])
def test_a_folder_imports_only_those_before_it(place: str, folder: str, path: str) -> None:
    assert out_of_order(place, folder, (ROOT / path).read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("place", ORDERS)
def test_every_folder_has_its_place_and_is_told_in_that_order(place: str) -> None:
    there = {path.parent.name for path in (ROOT / place).glob("*/__init__.py")}
    assert there == set(ORDERS[place])
    rows = re.findall(r"^\| `(\w+)/` \|", (ROOT / TOLD[place]).read_text(encoding="utf-8"), re.MULTILINE)
    assert [row for row in rows if row in there] == list(ORDERS[place])


@pytest.mark.parametrize(
    ("place", "folder", "source", "caught"),
    [
        ("loaders/extract", "moves", "from rejoinder.loaders.extract.moves import making", set()),
        ("loaders/extract", "text", "import rejoinder.loaders.extract.moves", {"rejoinder.loaders.extract.moves"}),
        ("loaders/extract", "moves", "from rejoinder.loaders.extract import extract", {"rejoinder.loaders.extract"}),
        ("graph", "sparql", "from rejoinder.graph.sparql.mistakes.places import told", set()),
        ("loaders", "formats", "from rejoinder.loaders.values.scrub import Scrubber", set()),
        ("loaders", "mapping", "import rejoinder.loaders.formats.mapped", {"rejoinder.loaders.formats.mapped"}),
        ("loaders", "sites", "from rejoinder.loaders.registry import choose", {"rejoinder.loaders.registry"}),
        ("graph", "sparql", "from rejoinder.graph.queries import views", set()),
        ("graph", "queries", "from rejoinder.graph.sparql.guard import check", {"rejoinder.graph.sparql.guard"}),
        ("graph", "exports", "from rejoinder.graph import stores", {"rejoinder.graph"}),
    ],
)
def test_a_folder_that_looks_ahead_is_caught(place: str, folder: str, source: str, caught: set[str]) -> None:
    assert out_of_order(place, folder, source) == caught


@pytest.mark.parametrize(
    ("path", "source", "caught"),
    [
        ("loaders/gathering/merge.py", "from rejoinder.graph import read", {"rejoinder.graph"}),
        ("loaders/gathering/merge.py", "from rejoinder import graph, records", {"rejoinder.graph"}),
        ("loaders/gathering/merge.py", "import rejoinder.graph.triples.read as r", {"rejoinder.graph.triples.read"}),
        ("loaders/gathering/merge.py", "import rejoinder", {"rejoinder"}),
        ("loaders/gathering/merge.py", "from rejoinder.settings import Settings", {"rejoinder.settings"}),
        ("loaders/gathering/merge.py", "def f():\n    import requests", {"requests"}),
        ("loaders/gathering/merge.py", "from rdflib import Graph", {"rdflib"}),
        ("loaders/gathering/merge.py", "from .spill import Spill", {".spill"}),
        ("loaders/aif/rdf.py", "from rdflib import Graph\nimport flask", {"flask"}),
        ("loaders/gathering/merge.py", "from rejoinder.loaders.gathering.spill import Spill\nimport json, yaml", set()),
        ("graph/triples/read.py", "from rejoinder.api import pages\nimport flask", {"rejoinder.api", "flask"}),
        (
            "graph/triples/read.py",
            "from rejoinder.loaders.gathering.merge import merge",
            {"rejoinder.loaders.gathering.merge"},
        ),
        ("ontology/__init__.py", "from rejoinder.records import Kind", {"rejoinder.records"}),
        ("api/answering/answers.py", "from rejoinder.cli import main\nimport click", {"rejoinder.cli", "click"}),
    ],
)
def test_what_a_layer_may_not_import_is_caught(path: str, source: str, caught: set[str]) -> None:
    assert forbidden(path.partition("/")[0], path, source) == caught


def plain_files() -> list[str]:
    """The files of the parts that need only the standard library, each a module or a package."""
    home = ROOT / "rejoinder"
    paths = [path for name in STDLIB_ONLY for path in sorted([*home.glob(f"{name}.py"), *home.glob(f"{name}/*.py")])]
    return [path.relative_to(ROOT).as_posix() for path in paths]


def test_records_errors_and_settings_are_all_there() -> None:
    assert {Path(path).parts[1].removesuffix(".py") for path in plain_files()} == set(STDLIB_ONLY)


@pytest.mark.parametrize("path", plain_files())
def test_records_errors_and_settings_need_only_the_standard_library_and_each_other(path: str) -> None:
    ours = {f"rejoinder.{one}" for one in STDLIB_ONLY}
    assert [one for one in imports((ROOT / path).read_text("utf-8")) if not allowed(one, ours, set())] == []


@pytest.mark.parametrize("layer", LAYERS)
def test_the_house_in_contributing_is_the_one_held_here(layer: str) -> None:
    row = re.search(rf"^\| `{layer}/` \|[^|]*\|([^|]*)\|$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE)
    assert row is not None
    parts, foreign = LAYERS[layer]
    assert sorted(re.findall(r"\w+", row[1])) == sorted(parts | foreign)


def test_every_file_that_may_import_more_is_there_and_does() -> None:
    assert [path for path, more in ALSO.items() if not more & tops((ROOT / path).read_text(encoding="utf-8"))] == []


def tops(source: str) -> set[str]:
    """The packages that a source text imports from."""
    return {one.partition(".")[0] for one in imports(source)}


@pytest.mark.parametrize("path", [path for _, path in files()])
def test_a_file_says_in_its_first_line_what_it_holds(path: str) -> None:
    doc = ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    assert doc, f"{path}: no docstring"
    assert doc.splitlines()[0].endswith((".", ";", ":")), doc.splitlines()[0]

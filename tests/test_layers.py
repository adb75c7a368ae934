"""Imports point one way through the house: loaders -> records -> graph -> api, joined only in rejoinder/."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STDLIB_ONLY = ("records", "errors", "settings")
PARSERS = {"defusedxml", "ijson", "markdown_it", "selectolax", "yaml", "zstandard"}
EMBEDDINGS = {"numpy", "onnxruntime", "tokenizers"}  # the libraries of an extra

# layer: parts of Rejoinder that it may import beside itself, third-party packages that it may import
LAYERS: dict[str, tuple[set[str], set[str]]] = {
    "ontology": (set(), {"rdflib"}),
    "loaders": ({"records", "errors"}, PARSERS),
    "graph": ({"records", "errors", "settings", "ontology"}, {"rdflib", "pyshacl", "pyoxigraph"}),
    "api": ({"graph", "ontology", "records", "errors", "settings"}, {"flask", "werkzeug", "pyoxigraph"}),
}

# The one loader that reads RDF, and so may import its library; and what only the extras bring.
ALSO = {
    "loaders/formats/aif_rdf.py": {"rdflib"},
    "loaders/llm/client.py": {"httpx"},
    **{f"loaders/embeddings/{name}.py": EMBEDDINGS for name in ("claiming", "model", "similar", "vectors")},
}


# Extraction, step by step: each of its packages may import those before it. What joins them lies beside them.
STEPS = ("text", "people", "points", "model", "addressing", "weighing", "moves", "dumps")


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


@pytest.mark.parametrize(("layer", "path"), [pytest.param(*one, id=one[1]) for one in files()])
def test_a_layer_imports_only_what_lies_before_it(layer: str, path: str) -> None:
    assert forbidden(layer, path, (ROOT / path).read_text(encoding="utf-8")) == set()


def out_of_step(step: str, source: str) -> set[str]:
    """What a module of that step imports of extraction though it may not."""
    inside = "rejoinder.loaders.extract"
    before = {f"{inside}.{one}" for one in STEPS[: STEPS.index(step) + 1]}
    found = {one for one in imports(source) if one == inside or one.startswith(f"{inside}.")}
    return {one for one in found if ".".join(one.split(".")[:4]) not in before}


def steps() -> list[tuple[str, str]]:
    folder = ROOT / "loaders" / "extract"
    return [(step, str(path.relative_to(ROOT))) for step in STEPS for path in sorted((folder / step).glob("*.py"))]


@pytest.mark.parametrize(("step", "path"), [pytest.param(*one, id=one[1]) for one in steps()])
def test_a_step_of_extraction_imports_only_steps_before_it(step: str, path: str) -> None:
    assert out_of_step(step, (ROOT / path).read_text(encoding="utf-8")) == set()


def test_a_step_that_looks_ahead_is_caught() -> None:
    source = "from rejoinder.loaders.extract.moves import making\nfrom rejoinder.loaders.extract import extract\n"
    assert out_of_step("moves", source) == {"rejoinder.loaders.extract"}
    assert out_of_step("text", source) == {"rejoinder.loaders.extract", "rejoinder.loaders.extract.moves"}


@pytest.mark.parametrize(
    ("path", "source", "caught"),
    [
        ("loaders/merge.py", "from rejoinder.graph import read", {"rejoinder.graph"}),
        ("loaders/merge.py", "from rejoinder import graph, records", {"rejoinder.graph"}),
        ("loaders/merge.py", "import rejoinder.graph.triples.read as r", {"rejoinder.graph.triples.read"}),
        ("loaders/merge.py", "import rejoinder", {"rejoinder"}),
        ("loaders/merge.py", "from rejoinder.settings import Settings", {"rejoinder.settings"}),
        ("loaders/merge.py", "def f():\n    import requests", {"requests"}),
        ("loaders/merge.py", "from rdflib import Graph", {"rdflib"}),
        ("loaders/merge.py", "from .spill import Spill", {".spill"}),
        ("loaders/formats/aif_rdf.py", "from rdflib import Graph\nimport flask", {"flask"}),
        ("loaders/merge.py", "from rejoinder.loaders.spill import Spill\nimport json, yaml", set()),
        ("graph/triples/read.py", "from rejoinder.api import pages\nimport flask", {"rejoinder.api", "flask"}),
        ("graph/triples/read.py", "from rejoinder.loaders.merge import merge", {"rejoinder.loaders.merge"}),
        ("ontology/__init__.py", "from rejoinder.records import Kind", {"rejoinder.records"}),
        ("api/answers.py", "from rejoinder.cli import main\nimport click", {"rejoinder.cli", "click"}),
    ],
)
def test_what_a_layer_may_not_import_is_caught(path: str, source: str, caught: set[str]) -> None:
    assert forbidden(path.partition("/")[0], path, source) == caught


@pytest.mark.parametrize("name", STDLIB_ONLY)
def test_records_errors_and_settings_need_only_the_standard_library_and_each_other(name: str) -> None:
    ours = {f"rejoinder.{one}" for one in STDLIB_ONLY}
    source = (ROOT / "rejoinder" / f"{name}.py").read_text(encoding="utf-8")
    assert [one for one in imports(source) if not allowed(one, ours, set())] == []


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

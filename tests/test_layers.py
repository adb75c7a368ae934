"""Imports point one way through the house: loaders -> records -> graph -> api, joined only in rejoinder/."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STDLIB_ONLY = {"records.py", "errors.py", "settings.py"}
PARSERS = {"defusedxml", "ijson", "markdown_it", "selectolax", "yaml", "zstandard"}
EMBEDDINGS = {"numpy", "onnxruntime", "tokenizers"}  # the libraries of an extra
FOREIGN = {"rdflib", "pyshacl", "pyoxigraph", "flask", "waitress", "click", "tqdm", "platformdirs"}
FOREIGN |= {"httpx"} | PARSERS | EMBEDDINGS
CORE = {"rejoinder", "rejoinder.records", "rejoinder.errors", "rejoinder.settings"}

# The one loader that reads RDF, and so may import its library; and what only the extra brings.
ALLOWED = {
    "loaders/formats/aif_rdf.py": {"rdflib"},
    "loaders/llm/client.py": {"httpx"},
    **{f"loaders/embeddings/{name}.py": EMBEDDINGS for name in ("claiming", "model", "similar", "vectors")},
}

# layer: (parts of Rejoinder it may import, third-party packages it may import)
LAYERS = {
    "ontology": ({"rejoinder.ontology"}, {"rdflib"}),
    "loaders": ({"rejoinder.loaders"}, PARSERS),
    "graph": ({"rejoinder.graph", "rejoinder.ontology"}, {"rdflib", "pyshacl", "pyoxigraph", "numpy"}),
    "api": ({"rejoinder.api", "rejoinder.graph", "rejoinder.ontology"}, {"flask", "pyoxigraph", "rdflib"}),
}


def imports(path: Path) -> set[str]:
    """The modules that a file imports, relative imports made absolute, names of our packages included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            found.update(f"{module}.{alias.name}" for alias in node.names) if module == "rejoinder" else found.add(
                module
            )
    return found


def files() -> list[tuple[str, Path]]:
    return [(layer, path) for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]


@pytest.mark.parametrize(("layer", "path"), [pytest.param(*one, id=str(one[1].relative_to(ROOT))) for one in files()])
def test_a_layer_imports_only_what_lies_before_it(layer: str, path: Path) -> None:
    ours, foreign = LAYERS[layer]
    for name in imports(path):
        top = name.split(".")[0]
        if top == "rejoinder":
            part = ".".join(name.split(".")[:2])
            assert part in CORE | ours | {"rejoinder.__version__"}, f"{path.relative_to(ROOT)} imports {name}"
        elif top in FOREIGN:
            here = str(path.relative_to(ROOT))
            assert top in foreign | ALLOWED.get(here, set()), f"{here} imports {name}"


@pytest.mark.parametrize("name", sorted(STDLIB_ONLY))
def test_records_errors_and_settings_need_only_the_standard_library(name: str) -> None:
    import sys

    for module in imports(ROOT / "rejoinder" / name):
        top = module.split(".")[0]
        assert top in sys.stdlib_module_names or ".".join(module.split(".")[:2]) in CORE, module


@pytest.mark.parametrize("path", [one for _, one in files()], ids=lambda one: str(one.relative_to(ROOT)))
def test_a_file_says_in_its_first_line_what_it_holds(path: Path) -> None:
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert doc, f"{path}: no docstring"
    assert doc.splitlines()[0].endswith((".", ";", ":")), doc.splitlines()[0]

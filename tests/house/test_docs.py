"""The documentation is true: generated tables are current, documented commands and code run as they stand."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pyoxigraph as ox
import pytest

from docs.generate import PAGES, page
from rejoinder.graph.queries.unanswered import LEVELS, unanswered_rows, unanswered_values
from rejoinder.graph.queries.values import STATUSES
from rejoinder.graph.queries.views import select_rows
from rejoinder.graph.stores.publish import open_current
from rejoinder.records import Kind
from rejoinder.settings import Settings
from tests import garden
from tests.conftest import EXAMPLES, ROOT
from tests.live import serving
from tests.maps import Line, discussion_of, lines_of

PROSE = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\((?!https?:|<)([^)#\s]+)?(?:#([\w-]+))?\)")


CODE_WITH_EXAMPLES = [
    path.relative_to(ROOT)
    for folder in ("api", "graph", "loaders", "ontology", "rejoinder")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if ">>>" in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("path", CODE_WITH_EXAMPLES, ids=str)
def test_the_examples_in_the_code_hold(path: Path) -> None:
    name = ".".join(path.with_suffix("").parts)
    tried = doctest.testmod(import_module(name if name.startswith("rejoinder") else f"rejoinder.{name}"))
    assert (tried.failed, tried.attempted > 0) == (0, True)


def blocks(language: str) -> list[object]:
    """Every block of that language in the documentation, named by its page."""
    return [
        pytest.param(text, id=f"{path.relative_to(ROOT)}-{number}")
        for path in PROSE
        for number, (found, text) in enumerate(BLOCK.findall(path.read_text(encoding="utf-8")))
        if found == language
    ]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_generated_tables_are_current(name: str) -> None:
    assert page(name) == (ROOT / "docs" / name).read_text(encoding="utf-8"), "run `python docs/generate.py`"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where documented commands run: a folder with the examples in it, as in a clone."""
    made = tmp_path_factory.mktemp("docs")
    (made / "examples").symlink_to(EXAMPLES)
    return made


@pytest.mark.parametrize("text", blocks("console"))
def test_documented_commands_print_what_is_documented(text: str, folder: Path) -> None:
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}
    for command, expected in steps(text):
        done = subprocess.run(shlex.split(command), cwd=folder, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert re.fullmatch(as_pattern(expected), done.stdout), f"{command}\n{done.stdout}"


def steps(text: str) -> Iterator[tuple[str, str]]:
    """Each `$ command` of a block with the lines under it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected


def as_pattern(expected: str) -> str:
    """`...` stands for anything, on one line or on several."""
    return "(?s)" + ".*".join(map(re.escape, expected.strip("\n").split("..."))) + r"\s*"


@pytest.mark.parametrize("text", blocks("python"))
def test_documented_python_runs_against_a_server(text: str, example_store: Path, tmp_path: Path) -> None:
    with serving(example_store, Settings()) as server:
        script = tmp_path / "documented.py"
        script.write_text(text.replace("http://127.0.0.1:8000", server.url), encoding="utf-8")
        done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_notebook_of_questions_runs_from_top_to_bottom(example_store: Path, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    cells = [cell for language, cell in BLOCK.findall(text) if language == "py"]
    with serving(example_store, Settings()) as server:
        script = tmp_path / "notebook.py"
        script.write_text("\n".join(cells).replace("http://127.0.0.1:8000", server.url), encoding="utf-8")
        done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Empty DataFrame" not in done.stdout
    assert "X-Rejoinder" not in done.stdout
    assert len(cells) > 8


@pytest.mark.parametrize("page", ["README.md", "docs/questions.md", "api/routes/sparql_form.py"])
def test_who_asks_for_open_objections_in_sparql_gets_those_of_the_list(page: str, tmp_path: Path) -> None:
    lines = lines_of("a bob Rebuttal root / c cy Rebuttal root / d dan Rebuttal root / met ann Counter d")
    again = Line("a2", Kind.OBJECTION, "bob", "c.claim", 0.7, beside="a", words_of="a")
    snapshot = open_current(garden.store(tmp_path / "s", discussion_of([*lines, again])))
    text = (ROOT / page).read_text(encoding="utf-8")
    query = next(one for one in re.findall(r'"""\n?(.*?)"""', text, re.DOTALL) if "rj:unansweredAt rj:U2" in one)
    prefixes = "PREFIX rj: <https://w3id.org/rejoinder/ns#> PREFIX sioc: <http://rdfs.org/sioc/ns#> "
    prefixes += "PREFIX dct: <http://purl.org/dc/terms/> "
    found = select_rows(snapshot.store, prefixes + query.replace("$least", "0.5"))
    listing = unanswered_rows(snapshot.store, unanswered_values(snapshot.store, "U2", Settings())).rows
    assert [bool(row["alsoTargets"]) for row in listing] == [True, False]  # so without rj:repeats there would be three
    assert [row["rank"] for row in found.rows] == [row["rank"] for row in listing]


def test_no_answer_is_said_to_have_come_before_its_objection() -> None:
    """Sites give dates of their own making: D-BAS's example data draws them by lot."""
    store = ox.Store()
    store.update("""
        PREFIX rj: <https://w3id.org/rejoinder/ns#> PREFIX dct: <http://purl.org/dc/terms/>
        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> BASE <urn:x:>
        INSERT DATA { GRAPH <g> {
            <o> rj:raisedIn <b> ; rj:answeredBy <early>, <late> . <early> rj:inComment <a> . <late> rj:inComment <c> .
            <p> rj:raisedIn <c> ; rj:answeredBy <before> . <before> rj:inComment <b> .
            <a> dct:created "2025-03-01T08:00:00Z"^^xsd:dateTime .
            <b> dct:created "2025-03-02T08:00:00Z"^^xsd:dateTime .
            <c> dct:created "2025-03-05T08:00:00Z"^^xsd:dateTime .
        } }
    """)
    text = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8").partition("## How long answers took")[2]
    (query,) = re.findall(r'ask\("""\n(.*?)"""', text.partition("\n## ")[0], re.DOTALL)
    prefixes = "PREFIX rj: <https://w3id.org/rejoinder/ns#> PREFIX dct: <http://purl.org/dc/terms/> "
    times = {(row["raised"], row["first"]) for row in select_rows(store, prefixes + query).rows}
    assert times == {("2025-03-02T08:00:00Z", "2025-03-05T08:00:00Z")}


@pytest.mark.parametrize("path", PROSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for file, heading in LINK.findall(CODE.sub("", path.read_text(encoding="utf-8"))):
        target = (path.parent / file) if file else path
        assert target.exists(), f"{path.name}: {file}"
        if heading:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}


def test_files_that_contributing_names_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:api|benchmarks|docs|graph|loaders|ontology|rejoinder|tests)/[\w./]*)`", text))
    assert len(named) > 40
    assert sorted(one for one in named - {"loaders/formats/noticeboard.py"} if not (ROOT / one).exists()) == []


def test_every_level_and_status_is_documented() -> None:
    text = (ROOT / "docs" / "unanswered.md").read_text(encoding="utf-8")
    source = (ROOT / "graph" / "derived" / "standings.py").read_text(encoding="utf-8")
    statuses = [*re.findall(r'^        \("([a-z-]+)", ', source, re.MULTILINE), "unaddressed"]
    assert len(statuses) == 11
    section = text.partition("## Status")[2].partition("## ")[0]
    assert re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE) == statuses == list(STATUSES)
    assert re.findall(r"^\| (U\d) \|", text, re.MULTILINE) == list(LEVELS)


def test_every_step_of_extraction_is_documented() -> None:
    """All modules but those that hold no step: the memory of properties, and how the labelled corpus is read."""
    others = {"__init__.py", "caching.py", "labelled.py", "labelled_dumps.py"}
    folder = ROOT / "loaders" / "extract"
    modules = {one.relative_to(folder).as_posix() for one in folder.rglob("*.py") if one.name not in others}
    text = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    assert {module for module in modules if f"`{module}`" not in text} == set()

"""The wheel holds everything that the package reads at run time, and nothing at a top level of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

DATA = {
    "rejoinder/graph/queries": ("graph/queries", "*.rq"),
    "rejoinder/ontology": ("ontology", "*.ttl"),
    "rejoinder/api/web/templates": ("api/web/templates", "*.html"),
    "rejoinder/api/web/static": ("api/web/static", "*"),
    "rejoinder/loaders/extract/model": ("loaders/extract/model", "*.toml"),
    "rejoinder/loaders/extract/text": ("loaders/extract/text", "*.toml"),
    "rejoinder/loaders/extract/text/cues": ("loaders/extract/text/cues", "*.toml"),
    "rejoinder/loaders/extract/corpus": ("loaders/extract/corpus", "*"),
    "rejoinder/loaders/extract/corpus/dumps": ("loaders/extract/corpus/dumps", "*"),
}
EXTRACTION = """
from pathlib import Path
import rejoinder.loaders.extract as extraction
from rejoinder.loaders.extract.labelled import labelled_threads
from rejoinder.records import Comment, Discussion, Thread, ThreadKey

key = ThreadKey("local", "t")
comments = Comment(key, "1", "The kiln is hot.", author="Ana"), Comment(key, "2", "No, it is cold.", "1", author="Bo")
moves = extraction.extract(Discussion(Thread(key), comments)).moves
print(Path(extraction.__file__).parent, len(list(labelled_threads())), *(one.kind for one in moves), sep="|")
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel holds, as an installation lays it out."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def names(installed: Path) -> set[str]:
    return {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}


def test_everything_lies_under_one_package(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names} == {"rejoinder", "rejoinder-0.1.0.dist-info"}


@pytest.mark.parametrize("place", sorted(DATA))
def test_the_data_files_are_in(names: set[str], place: str) -> None:
    folder, pattern = DATA[place]
    wanted = {f"{place}/{path.name}" for path in (ROOT / folder).glob(pattern) if path.is_file()}
    assert wanted
    assert wanted <= names


def test_every_module_is_in(names: set[str]) -> None:
    folders = {"rejoinder": "rejoinder", **{one: f"rejoinder/{one}" for one in ("api", "graph", "loaders", "ontology")}}
    wanted = {
        f"{target}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, target in folders.items()
        for path in Path(ROOT / folder).rglob("*.py")
    }
    assert wanted <= names


def test_extraction_works_from_what_is_installed(installed: Path, tmp_path: Path) -> None:
    command, env = [sys.executable, "-c", EXTRACTION], {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True, text=True)
    place, threads, *kinds = done.stdout.strip().split("|")
    assert Path(place) == installed / "rejoinder" / "loaders" / "extract"
    assert int(threads) >= len(list((ROOT / "loaders" / "extract" / "corpus").glob("*.thread")))
    assert kinds == ["Rebuttal"]

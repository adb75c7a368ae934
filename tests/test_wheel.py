"""The wheel holds everything that the package reads at run time, and nothing at a top level of its own."""

from __future__ import annotations

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
    "rejoinder/loaders/extract": ("loaders/extract", "*.toml"),
}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


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

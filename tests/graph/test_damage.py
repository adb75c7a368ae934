"""A store that is damaged: every reader names its folder and says what to do, and loading anew mends what it can."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from rejoinder.api.app import create_app
from rejoinder.cli import main
from rejoinder.graph.stores.damage import damage_error
from rejoinder.graph.stores.publish import current_id
from rejoinder.settings import Settings

COUNT = "/sparql?query=SELECT(COUNT(*)AS%20%3Fn)%7B%3Fs%20%3Fp%20%3Fo%7D"
LINE = '{"id": "a", "thread": "more", "text": "Plant early."}\n'


def snapshot(store: Path) -> Path:
    return store / "snapshots" / (current_id(store) or "none")


def emptied(path: Path) -> None:
    """A folder with nothing in it."""
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.mkdir()


def replaced(path: Path) -> None:
    """A file where a folder should be."""
    shutil.rmtree(path)
    path.write_text("x", encoding="utf-8")


def changed(files: list[Path], change: Callable[[bytes], bytes]) -> None:
    for file in files:
        content = file.read_bytes()
        file.unlink()  # hard links of it stay as they are
        file.write_bytes(change(content))


def halved(content: bytes) -> bytes:
    return content[: len(content) // 2]


def flipped(content: bytes) -> bytes:
    """All bytes of the front half changed: a table's index stands at its end."""
    middle = len(content) // 2
    return bytes(255 - one for one in content[:middle]) + content[middle:]


# how the store is damaged, what is said of it, and whether a load mends it
DAMAGE: dict[str, tuple[Callable[[Path], object], str, bool]] = {
    "current is no text": (lambda store: (store / "current").write_bytes(b"\xff\x00"), "is damaged", True),
    "current names no snapshot": (lambda store: (store / "current").write_text("../x"), "current names no", True),
    "current is a folder": (lambda store: emptied(store / "current"), "Is a directory", True),
    "no snapshot": (lambda store: shutil.rmtree(snapshot(store)), "No such file or directory", True),
    "a snapshot without files": (lambda store: emptied(snapshot(store)), "No such file or directory", True),
    "a file for a snapshot": (lambda store: replaced(snapshot(store)), "Not a directory", True),
    "tables cut off": (lambda store: changed([*snapshot(store).glob("*.sst")], halved), "Corruption", True),
    "tables with other bytes": (lambda store: changed([*snapshot(store).glob("*.sst")], flipped), "Corruption", True),
    "base is no text": (lambda store: (store / "base").write_bytes(b"\xff\xfe"), "base names no IRI", False),
    "base is no IRI": (lambda store: (store / "base").write_text("a b"), "base names no IRI", False),
    "no base": (lambda store: (store / "base").unlink(), "base names no IRI", True),
}
UNWRITABLE: dict[str, Callable[[Path], object]] = {
    # Cut between two of its records it is read as one that ends there.
    "manifest cut off": lambda store: changed([*(store / "store").glob("MANIFEST*")], lambda held: held[:10]),
    "no CURRENT": lambda store: (store / "store" / "CURRENT").unlink(),
    "a file for the store": lambda store: replaced(store / "store"),
    "a file for the snapshots": lambda store: replaced(store / "snapshots"),
    "a folder for the sum": lambda store: emptied(store / "total"),
}
INDEX: dict[str, Callable[[Path], object]] = {
    "no index": lambda store: changed([*store.glob("marks-*")], lambda content: b"no index" * 1000),
    "a folder for the index": lambda store: list(map(emptied, store.glob("marks-*"))),
    "a folder for its draft": lambda store: (store / "marks.draft").mkdir(),
}


@pytest.fixture
def store(example_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(example_store, tmp_path / "store"))


def load(store: Path) -> int:
    return CliRunner().invoke(main, ["load", "--store", str(store), "-"], input=LINE).exit_code


@pytest.mark.parametrize("name", DAMAGE)
def test_the_command_line_names_the_folder_and_loading_anew_mends_it(store: Path, name: str) -> None:
    damage, says, mended = DAMAGE[name]
    damage(store)
    result = CliRunner().invoke(main, ["export", "--store", str(store)])
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1), result.output
    assert result.stderr.startswith(f"Error: {store} is damaged (")
    assert says in result.stderr
    assert "load your files again" in result.stderr
    assert load(store) == (0 if mended else 1)
    assert CliRunner().invoke(main, ["export", "--store", str(store)]).exit_code == (0 if mended else 1)


@pytest.mark.parametrize("name", DAMAGE)
def test_the_server_says_so_and_when_to_come_back(store: Path, name: str) -> None:
    damage, says, _ = DAMAGE[name]
    damage(store)
    app = create_app(store, Settings(workers=1))
    for path, accept in (("/claims", ""), ("/claims", "text/html"), ("/", "text/html"), (COUNT, "")):
        response = app.test_client().get(path, headers={"Accept": accept} if accept else {})
        assert (response.status_code, response.headers["Retry-After"]) == (503, "30"), (path, response.text)
        assert says in response.text
        assert "load your files again" in response.text
        assert response.mimetype == (accept or "application/problem+json")
    app.extensions["rejoinder"].close()


@pytest.mark.parametrize("name", UNWRITABLE)
def test_a_load_that_cannot_write_names_the_folder(store: Path, name: str) -> None:
    UNWRITABLE[name](store)
    result = CliRunner().invoke(main, ["load", "--store", str(store), "-"], input=LINE)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1), result.output
    assert f"Error: {store} is damaged (" in result.stderr
    assert "remove the folder first" in result.stderr


@pytest.mark.parametrize("name", INDEX)
def test_an_index_of_quotations_that_is_damaged_is_made_anew(store: Path, name: str) -> None:
    INDEX[name](store)
    assert load(store) == 0


@pytest.mark.parametrize(
    ("error", "says"),
    [
        pytest.param(
            PermissionError(13, "Permission denied", "/s/base"), "permission denied for /s/base: give", id="rights"
        ),
        pytest.param(
            RuntimeError("The RocksDB database is using the too recent version 9"), "by a newer version", id="newer"
        ),
    ],
)
def test_what_is_no_damage_is_not_called_so(error: Exception, says: str) -> None:
    assert says in str(damage_error(Path("/s"), error))


@pytest.mark.parametrize(
    "name", ["snapshots/seeds.txt", "marks-2026/exam.csv", "current", "base", "store/bulbs.txt", "total"]
)
def test_a_folder_of_somebody_elses_keeps_what_a_store_would_write_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("not ours", encoding="utf-8")
    result = CliRunner().invoke(main, ["load", "--store", str(tmp_path), "-"], input=LINE)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1), result.output
    assert f"Error: {tmp_path}" in result.stderr
    assert re.search("not a store|no store", result.stderr)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / name]


def test_where_no_store_can_be_made_nobody_is_told_to_remove_the_folder(tmp_path: Path) -> None:
    (tmp_path / "seeds.txt").write_text("beans", encoding="utf-8")
    store = tmp_path / "seeds.txt" / "store"
    result = CliRunner().invoke(main, ["load", "--store", str(store), "-"], input=LINE)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {store}: no store can be made there (")
    assert "remove" not in result.stderr


def test_a_first_load_that_was_stopped_is_taken_up_again(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    assert load(tmp_path) == 0
    (tmp_path / "base").unlink()
    assert load(tmp_path) == 0


def test_a_server_without_a_store_says_when_to_come_back(tmp_path: Path) -> None:
    response = create_app(tmp_path, Settings()).test_client().get("/healthz")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")

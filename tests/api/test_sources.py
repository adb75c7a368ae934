"""A store of discussions and of argument maps: what maps state does not crowd out what was found in comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from rejoinder.cli import main
from rejoinder.load import load
from rejoinder.settings import Settings
from tests.api.test_pages import client_of
from tests.conftest import EXAMPLES

MAP = """Discussion Title: Should the library lend out seeds?

1. The library should lend out seeds.
1.1. Con: Seeds that are lent out do not come back.
1.2. Con: Cheap seeds often do not grow at all.
1.2.1. Con: Those of the last three years did grow.
1.3. Pro: Gardeners would come in more often.
"""
IN_MAP = "/unanswered?source=maps"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kialo = tmp_path_factory.mktemp("maps") / "seeds.txt"
    kialo.write_text(MAP, encoding="utf-8")
    return {"maps": str(kialo), "comments": str(EXAMPLES / "library-fees.jsonl")}


@pytest.fixture(scope="module")
def mixed_folder(tmp_path_factory: pytest.TempPathFactory, files: dict[str, str]) -> Path:
    folder = tmp_path_factory.mktemp("mixed") / "s"
    load(folder, list(files.values()), Settings(), report=print)
    return folder


@pytest.fixture(scope="module")
def mixed(mixed_folder: Path) -> Iterator[FlaskClient]:
    yield from client_of(mixed_folder)


@pytest.mark.parametrize("source", ["any", "comments", "maps"])
def test_the_command_lists_what_the_view_does(
    mixed: FlaskClient, mixed_folder: Path, runner: CliRunner, source: str
) -> None:
    words = ["unanswered", "--store", str(mixed_folder), "--format", "json", "--source", source]
    listed = json.loads(runner.invoke(main, words, catch_exceptions=False).stdout)["rows"]
    assert [row["objection"] for row in listed] == rows(mixed, source) != []


def rows(client: FlaskClient, source: str) -> list[str]:
    found = client.get(f"/unanswered?source={source}&format=json").get_json()["rows"]
    return [str(row["objection"]) for row in found]


def test_each_objection_was_found_or_is_stated_and_none_is_lost(mixed: FlaskClient) -> None:
    every, found, stated = (rows(mixed, source) for source in ("any", "comments", "maps"))
    assert sorted(every) == sorted([*found, *stated])
    assert len(stated) == 2
    assert len(found) > 20
    assert rows(mixed, "") == every
    assert [row["confidence"] for row in mixed.get(f"{IN_MAP}&format=json").get_json()["rows"]] == [1, 1]


def test_the_first_page_shows_what_was_found_and_says_how_much_is_stated(mixed: FlaskClient) -> None:
    page = mixed.get("/").text
    assert "Seeds that are lent out" not in page
    assert f'<a href="{IN_MAP}">2 others</a> are stated by argument maps.' in page
    listed = mixed.get(IN_MAP).text
    assert "Seeds that are lent out" in listed
    assert "in argument maps" in listed
    assert "in argument maps" in mixed.get(f"{IN_MAP}&format=atom").text


def test_the_form_offers_the_choice_where_there_is_one(mixed: FlaskClient, example_store: Path) -> None:
    field = '<select name="source">'
    assert field in mixed.get("/unanswered").text
    assert re.search('value="maps" selected', mixed.get(IN_MAP).text)
    for client in client_of(example_store):
        assert field not in client.get("/unanswered").text
        assert "argument maps" not in client.get("/").text
        assert client.get("/unanswered?source=books").status_code == 400


def test_where_there_are_only_maps_they_stand_on_the_first_page(tmp_path: Path, files: dict[str, str]) -> None:
    load(tmp_path / "s", [files["maps"]], Settings(), report=print)
    for client in client_of(tmp_path / "s"):
        page = client.get("/").text
        assert "Seeds that are lent out" in page
        assert "are stated by argument maps" not in page

"""What is kept of a snapshot: made once however many ask, and never more of it than is said."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from rejoinder.api.service.snapshot_cache import MOST_KEPT, KeptResults
from tests import garden
from tests.api.test_pages import client_of

BEDS = "/threads/beds.example/hedge%2F2024"


def test_a_thing_is_made_once_however_many_ask_at_once() -> None:
    kept_results, made, asked = KeptResults(), list[int](), threading.Barrier(5)

    def make() -> int:
        made.append(1)
        return len(made)

    def ask(_: int) -> int:
        asked.wait()
        return kept_results.make_once("page", "a", make)

    with ThreadPoolExecutor(5) as crew:
        assert list(crew.map(ask, range(5))) == [1] * 5
    assert kept_results.make_once("list", "a", make) == 2


def test_only_the_last_ones_of_a_kind_are_kept() -> None:
    kept_results, made = KeptResults(), list[int]()

    def ask(key: int) -> None:
        kept_results.make_once("page", key, lambda: made.append(key))

    for key in [*range(MOST_KEPT), 0, MOST_KEPT, 0, 1]:  # 0 was asked for again, so 1 makes room
        ask(key)
    assert made == [*range(MOST_KEPT), MOST_KEPT, 1]


def test_what_cannot_be_made_is_tried_again() -> None:
    kept_results = KeptResults()
    with pytest.raises(ZeroDivisionError):
        kept_results.make_once("page", "a", lambda: 1 // 0)
    assert kept_results.make_once("page", "a", lambda: 1) == 1


def test_pages_of_a_thread_read_its_comments_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    once = KeptResults.make_once

    def told(kept: KeptResults, kind: str, key: object, make: object) -> object:
        def noted() -> object:
            made.append(kind)
            return make()  # type: ignore[operator]

        return once(kept, kind, key, noted)

    monkeypatch.setattr(KeptResults, "make_once", told)
    for client in client_of(garden.store(tmp_path / "s", garden.garden())):
        pages = [texts(client) for _ in range(3)]
        assert pages[0] == pages[1] == pages[2]
        assert sorted(made) == ["beside", "comments"]


def texts(client: FlaskClient) -> str:
    response = client.get(BEDS)
    assert response.status_code == 200
    return response.text

"""Pages that go through all of a store are paid for where they take long, and all others never."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from rejoinder.api.app import create_app
from rejoinder.api.service import charging
from rejoinder.settings import Settings
from tests import garden

LONG = ["/unanswered", "/claims?format=csv", "/threads", "/threads/beds.example/hedge%2F2024", "/judgements"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return garden.store(tmp_path_factory.mktemp("charging") / "s", garden.garden())


def app_of(folder: Path) -> Flask:
    app = create_app(folder, Settings(workers=1, client_seconds=0.001))
    app.extensions["rejoinder"].budget.clock = lambda: 0.0
    return app


@pytest.mark.parametrize("path", LONG)
def test_a_long_page_is_paid_for_and_refused_to_whoever_cannot(
    folder: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charging, "FREE_SECONDS", 0)
    app = app_of(folder)
    first, second = (app.test_client().get(path) for _ in range(2))
    short = [app.test_client().get(one).status_code for one in ("/", "/views", "/healthz")]
    app.extensions["rejoinder"].close()
    assert (first.status_code, second.status_code, short) == (200, 429, [200] * 3)
    assert int(second.headers["Retry-After"]) > 0


@pytest.mark.parametrize("path", LONG)
def test_a_page_that_is_made_at_once_costs_nothing(folder: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charging, "FREE_SECONDS", 60)
    app = app_of(folder)
    codes = [app.test_client().get(path).status_code for _ in range(2)]
    app.extensions["rejoinder"].close()
    assert codes == [200, 200]


def test_what_is_charged_for_exists(folder: Path) -> None:
    app = app_of(folder)
    assert set(app.view_functions) >= charging.LONG_ENDPOINTS
    app.extensions["rejoinder"].close()

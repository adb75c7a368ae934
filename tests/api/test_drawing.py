"""The drawing of a claim that the README shows is what the server draws of the bundled example."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.test_pages import client_of
from tests.conftest import ROOT

DRAWN = ROOT / "docs" / "claim.svg"
WORDS = "After that year we look at the figures and decide."


def test_the_drawn_claim_is_what_the_server_draws(example_store: Path, request: pytest.FixtureRequest) -> None:
    for client in client_of(example_store):
        rows = client.get("/claims", query_string={"q": WORDS, "format": "json"}).get_json()["rows"]
        place = next(one["claim"].rsplit("/", 1)[1] for one in rows if one["text"] == WORDS)
        drawn = client.get(f"/claims/{place}?format=svg&depth=2").text
        if request.config.getoption("--rewrite-golden"):
            DRAWN.write_text(drawn, encoding="utf-8")
        assert drawn == DRAWN.read_text(encoding="utf-8"), "look at it, then run pytest with --rewrite-golden"

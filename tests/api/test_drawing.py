"""The drawing of a claim: what its boxes have room for, and that the README shows what the server draws."""

from __future__ import annotations

from pathlib import Path

import pytest

from rejoinder.api.showing import words
from rejoinder.graph.maps.drawing import HEAD_ROOM, LINE, box_of
from rejoinder.graph.maps.lettering import FONT_SIZE, text_width
from rejoinder.records import Kind, with_wider_kinds
from tests.api.test_pages import client_of
from tests.conftest import ROOT

DRAWN = ROOT / "docs" / "claim.svg"
WORDS = "After that year we look at the figures and decide."


LONGEST = "Objection · unanswered by its addressee or anybody else"


def test_a_status_is_never_cut_off() -> None:
    """Every kind of objection with every status stands in its box in full, and within it."""
    names = [words.kind_noun(str(kind)) for kind in Kind if Kind.OBJECTION in with_wider_kinds(kind)]
    for head in [*(f"{name} · {status.replace('-', ' ')}" for name in names for status in words.STATUS_WORDS), LONGEST]:
        box = box_of("", head=head, text="Let us cut the hedge.", author="ines", look="objection")
        assert box.head == head
        assert all(text_width(line, FONT_SIZE - 2) <= HEAD_ROOM for line in box.heads)
        assert box.first + LINE * len(box.lines) < box.height


def test_the_drawn_claim_is_what_the_server_draws(example_store: Path, request: pytest.FixtureRequest) -> None:
    for client in client_of(example_store):
        rows = client.get("/claims", query_string={"q": WORDS, "format": "json"}).get_json()["rows"]
        place = next(row["claim"].rsplit("/", 1)[1] for row in rows if row["text"] == WORDS)
        drawn = client.get(f"/claims/{place}?format=svg&depth=2").text
        if request.config.getoption("--rewrite-golden"):
            DRAWN.write_text(drawn, encoding="utf-8")
        assert drawn == DRAWN.read_text(encoding="utf-8"), "look at it, then run pytest with --rewrite-golden"

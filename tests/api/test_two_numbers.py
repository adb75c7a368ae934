"""An explanation on its page: how likely each kind is, and how sure the move, are told apart."""

from __future__ import annotations

import re
from pathlib import Path

from tests.api.test_pages import client_of


def test_how_likely_each_kind_is_and_how_sure_the_move_are_told_apart(example_store: Path) -> None:
    for client in client_of(example_store):
        rows = client.get("/unanswered?format=json").get_json()["rows"]
        row = next(one for one in rows if one["method"] == "model")
        page = client.get(f"/claims/{row['objection'].rsplit('/', 1)[1]}/explanation").text
        could_be = page.partition("What it could be")[2].partition("</dd>")[0]
        said = " ".join(re.sub(r"<[^>]*>", "", could_be).split())
        assert f"its answer, {int(row['confidence'] * 100)}%, is what counts" in said


def test_where_one_number_is_all_there_is_nothing_is_said_of_another(example_store: Path) -> None:
    for client in client_of(example_store):
        rows = client.get("/unanswered?format=json&confidence=0").get_json()["rows"]
        rules = [one for one in rows if one["method"] == "rule"]
        assert rules
        for row in rules[:3]:
            page = client.get(f"/claims/{row['objection'].rsplit('/', 1)[1]}/explanation").text
            assert ("What tells how sure" in page) == ("is what counts: see next" in page)

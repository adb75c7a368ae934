"""Names of nothing but invisible characters show as something, on pages, in drawings and on the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from rejoinder.cli import main
from rejoinder.graph.maps.lettering import visible_text
from rejoinder.records import Kind
from tests import garden
from tests.api.test_pages import claim_id, client_of
from tests.maps import Line, discussion_of

NOTHING = ["\u200b", "\u200d\u2060", "\ufeff", "\u3164", "\u2800 \u2800", "\u00ad", "\u202e", "\U000e0041", "\ufe0f"]
SHOWN = ["Ann", "\u200bAnn", "\u0e01\u0e34", "\u05d0", "\u2764\ufe0f", "\U0001f469\u200d\U0001f680", ".", "", " "]


@pytest.mark.parametrize("name", NOTHING, ids=ascii)
def test_a_name_without_ink_is_told_by_its_characters(name: str) -> None:
    assert re.fullmatch(r"\(U\+[0-9A-F]{4,}( U\+[0-9A-F]{4,})*\)", visible_text(name))


@pytest.mark.parametrize("name", SHOWN, ids=ascii)
def test_other_names_are_as_they_are(name: str) -> None:
    assert visible_text(name) == name


def test_nobody_stands_there_without_a_name(tmp_path: Path, runner: CliRunner) -> None:
    folder = garden.store(tmp_path / "s", discussion_of([Line("no", Kind.REBUTTAL, "\u200b", "root")]))
    for client in client_of(folder):
        claim = claim_id(client, "root")
        thread = client.get("/threads?format=json").get_json()["rows"][0]["thread"]
        for path in ("/", "/unanswered", "/claims", f"/claims/{claim}", f"/thread/{thread.split('/thread/')[1]}"):
            assert "(U+200B)" in client.get(path, follow_redirects=True).text, path
        assert "(U+200B)" in client.get(f"/claims/{claim}?format=svg").text
    for words in (["unanswered"], ["unanswered", "--format", "table"], ["show", "root"], ["explain", "no"]):
        found = runner.invoke(main, [*words, "--store", str(folder)])
        assert (found.exit_code, "(U+200B)" in found.stdout) == (0, True), found.output

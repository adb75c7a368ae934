"""What stands for a target that holds no words."""

from __future__ import annotations

from pathlib import Path

import pytest

from rejoinder.api.showing.layout import draw
from rejoinder.cards import cards
from rejoinder.graph.explanations.explain import explain
from rejoinder.graph.exports.svg import write
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.maps.neighbourhood import neighbourhood
from rejoinder.graph.queries.unanswered import unanswered_entries
from rejoinder.graph.stores.publish import open_current
from rejoinder.outline import outline
from rejoinder.why import explanation_text
from tests import garden
from tests.api.test_pages import client_of
from tests.threads import mapped

CASES = [
    pytest.param("The gate was never locked.", "a deleted comment by ines", id="deleted"),
    pytest.param("Nobody has the key.", "a deleted comment", id="deleted, by nobody known"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return garden.store(tmp_path_factory.mktemp("wordless") / "s", garden.deserted())


def claim_of(text: str) -> str:
    _, argument = garden.deserted()
    return next(claim.id for claim in argument.claims if claim.text == text)


@pytest.mark.parametrize(("text", "words"), CASES)
def test_a_map_and_an_outline_say_what_the_target_is(folder: Path, text: str, words: str) -> None:
    snapshot = open_current(folder)
    around = neighbourhood(snapshot, f"{snapshot.base}claim/{claim_of(text)}")
    assert f"to: {words}" in outline(around)
    (drawn,) = (box.whole for box in draw(around, 0.5, whole=False).boxes if not box.centre)
    assert drawn == words


@pytest.mark.parametrize(("text", "words"), CASES)
def test_an_explanation_says_what_the_target_is(folder: Path, text: str, words: str) -> None:
    snapshot = open_current(folder)
    assert words in explanation_text(explain(snapshot, f"{snapshot.base}claim/{claim_of(text)}"))


@pytest.mark.parametrize("path", ["/claims/ID", "/claims/ID/explanation", "/claims/ID/neighbourhood"])
@pytest.mark.parametrize(("text", "words"), CASES)
def test_each_page_says_what_the_target_is(folder: Path, path: str, text: str, words: str) -> None:
    for client in client_of(folder):
        assert words in client.get(path.replace("ID", claim_of(text))).text


def test_the_worklist_says_what_the_target_is(folder: Path) -> None:
    text = cards(unanswered_entries(open_current(folder).store, {}).entries)
    assert (text.count("→ a deleted comment\n"), text.count("→ a deleted comment by ines\n")) == (1, 1)
    assert text.count("→ the post, which was not loaded\n") == 1
    for client in client_of(folder):
        page = client.get("/unanswered").text
        assert (page.count(">a deleted comment<"), page.count(">a deleted comment by ines<")) == (1, 1)
        assert page.count("the post, which was not loaded") == 1


def test_the_drawing_of_a_thread_says_what_the_target_is() -> None:
    drawing = write(mapped(*garden.deserted()), Options())
    assert "Comment: a deleted comment by ines" in drawing
    assert drawing.count("Comment: a deleted comment<") == 1

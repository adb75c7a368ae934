"""The map beside a claim: what is said to it, what it speaks to itself, and how much more there is."""

from __future__ import annotations

import pytest

from rejoinder.api.showing.layout import draw
from rejoinder.graph.maps.neighbourhood import neighbourhood
from rejoinder.graph.maps.nodes import Neighbourhood
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.records import Kind
from tests import garden
from tests.maps import Line, discussion_of

R, C = Kind.REBUTTAL, Kind.COUNTER
LEAST = 0.5

LINES = [
    Line("o", R, "bob", "root"),
    Line("other", R, "cy", "root"),
    Line("a", C, "ann", "o"),
    Line("b", C, "bob", "a"),
    Line("s", Kind.SUPPORT, "dan", "o.claim"),
    *(Line(f"x{number}", R, "eve", "other.claim") for number in range(5)),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_current(garden.store(tmp_path_factory.mktemp("map") / "s", discussion_of(LINES)))


def around(snapshot: Snapshot, text: str, *, depth: int = 3, limit: int = 100) -> Neighbourhood:
    """The neighbourhood of the claim of this text."""
    _, argument = discussion_of(LINES)
    (name,) = (claim.id for claim in argument.claims if claim.text == text)
    return neighbourhood(snapshot, f"{snapshot.base}claim/{name}", depth=depth, limit=limit)


@pytest.mark.parametrize(
    ("text", "boxes", "edges"),
    [
        ("root", "root o other a s x0 x1 x2 x3 x4 b", 10),
        ("o", "root o a s b", 4),
        ("a", "o a b", 2),
        ("b", "a b", 1),
        ("x3", "other x3", 1),
    ],
)
def test_the_map_beside_a_claim_shows_what_it_speaks_to(snapshot: Snapshot, text: str, boxes: str, edges: int) -> None:
    found = around(snapshot, text)
    shown = draw(found, LEAST, whole=False)
    assert sorted(box.whole for box in shown.boxes) == sorted(boxes.split())
    assert [box.whole for box in shown.boxes if box.centre] == [text]
    assert len(shown.links) == edges
    whole = draw(found, LEAST)
    assert {box.iri for box in shown.boxes} <= {box.iri for box in whole.boxes} <= {node.iri for node in found.nodes}


def test_a_target_stands_left_of_the_claim_that_speaks_to_it(snapshot: Snapshot) -> None:
    boxes = {box.whole: box for box in draw(around(snapshot, "o"), LEAST, whole=False).boxes}
    assert boxes["root"].x < boxes["o"].x < boxes["a"].x


@pytest.mark.parametrize("limit", [3, 4, 5, 7, 100])
def test_a_small_budget_keeps_what_the_claim_speaks_to(snapshot: Snapshot, limit: int) -> None:
    found = around(snapshot, "other", limit=limit)
    assert "root" in {node.text for node in found.nodes if node.kind == "Claim"}
    assert found.truncated == (limit < 100)
    assert len(found.nodes) <= limit


@pytest.mark.parametrize(
    ("text", "depth", "more"),
    [
        ("root", 1, {"root": 0, "o": 2, "other": 5}),
        ("o", 1, {"root": 1, "o": 1, "s": 0}),
        ("o", 3, {"root": 1, "o": 0, "a": 0, "s": 0, "b": 0}),
    ],
)
def test_a_box_says_how_many_moves_are_not_drawn(
    snapshot: Snapshot, text: str, depth: int, more: dict[str, int]
) -> None:
    boxes = draw(around(snapshot, text, depth=depth), LEAST, whole=False).boxes
    assert {box.whole: box.more for box in boxes} == more


@pytest.mark.parametrize(
    ("least", "heads"),
    [
        (0.5, {"root": "Claim", "o": "Rebuttal · reinstated", "other": "Rebuttal · countered"}),
        (0.9, {"root": "Claim", "o": "Rebuttal, unsure", "other": "Rebuttal, unsure"}),
    ],
)
def test_an_objection_that_does_not_count_is_faint(snapshot: Snapshot, least: float, heads: dict[str, str]) -> None:
    found = around(snapshot, "root", depth=1)
    shown = draw(found, least, whole=False)
    assert {box.whole: box.head for box in shown.boxes} == heads
    unsure = least > 0.8
    assert {box.whole for box in shown.boxes if box.faint} == ({"o", "other"} if unsure else set())
    assert {link.faint for link in shown.links} == {unsure}
    assert shown.faint is unsure
    assert not [box for box in shown.boxes if box.faint and box.standing]

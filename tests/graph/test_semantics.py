"""Grounded labels and strengths, held against their definitions."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.graph.derived.semantics import energy_strengths, grounded_labels

NAMES = "abcdefgh"
attacks = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=20)


def least_fixpoint(arguments: str, edges: list[tuple[str, str]]) -> dict[str, str]:
    """Grounded semantics as Dung (1995) defines it: the least fixpoint of the characteristic function."""
    accepted: set[str] = set()
    while True:
        defeated = {target for attacker, target in edges if attacker in accepted}
        fresh = {
            argument for argument in arguments if all(by in defeated for by, target in edges if target == argument)
        }
        if fresh == accepted:
            return {
                argument: "in" if argument in accepted else "out" if argument in defeated else "undecided"
                for argument in arguments
            }
        accepted = fresh


@given(attacks)
def test_grounded_labels_are_the_least_fixpoint(edges: list[tuple[str, str]]) -> None:
    assert grounded_labels(NAMES, edges) == least_fixpoint(NAMES, edges)


def test_a_chain_of_a_hundred_thousand_attacks_is_labelled_without_recursion() -> None:
    names = [str(number) for number in range(100_000)]
    labels = grounded_labels(names, pairwise(names))
    assert [labels["0"], labels["1"], labels["99999"]] == ["in", "out", "out"]


@pytest.mark.parametrize(
    ("attackers", "supporters", "expected"),
    [
        pytest.param(0, 0, 0.5, id="nobody said anything"),
        pytest.param(1, 1, 0.5, id="one against one"),
        pytest.param(20, 3, 0.0068, id="twenty against three"),
        pytest.param(3, 20, 0.9932, id="three against twenty"),
    ],
)
def test_strength_under_quadratic_energy(attackers: int, supporters: int, expected: float) -> None:
    against = [(f"a{n}", "claim") for n in range(attackers)]
    behind = [(f"s{n}", "claim") for n in range(supporters)]
    base = {"claim": 0.5, **{source: 0.5 for source, _ in against + behind}}
    assert energy_strengths(base, against, behind)["claim"] == pytest.approx(expected, abs=5e-5)


@given(attacks, attacks)
def test_a_strength_lies_between_0_and_1_or_is_none(
    against: list[tuple[str, str]], behind: list[tuple[str, str]]
) -> None:
    for value in energy_strengths(dict.fromkeys(NAMES, 0.5), against, behind).values():
        assert value is None or 0 <= value <= 1


@given(attacks)
def test_an_attacker_more_never_strengthens(edges: list[tuple[str, str]]) -> None:
    acyclic = [(a, b) for a, b in edges if a < b]
    before = energy_strengths(dict.fromkeys(NAMES, 0.5), acyclic, [])["h"]
    after = energy_strengths({**dict.fromkeys(NAMES, 0.5), "z": 0.5}, [*acyclic, ("z", "h")], [])["h"]
    assert before is not None
    assert after is not None
    assert after < before


def test_mutual_attackers_settle_at_one_strength() -> None:
    found = energy_strengths({"a": 0.5, "b": 0.5}, [("a", "b"), ("b", "a")], [])
    assert found["a"] == pytest.approx(found["b"])

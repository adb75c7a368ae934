"""Objections that a person says are the same share their answers, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.records import Kind
from tests.maps import Line, derived, lines_of

TWICE = "o bob Rebuttal root / p cy Rebuttal root"
LEVELS = ("U1", "U2", "U3", "U4")


def levels(found: dict[str, dict[str, set[str]]], name: str) -> str:
    return " ".join(sorted(found[name].get("unansweredAt", ())))


@pytest.mark.parametrize(
    ("lines", "apart", "together", "status"),
    [
        (f"{TWICE} / a ann Counter o", "U1 U2 U3 U4", "", "countered"),
        (f"{TWICE} / a dot Counter o", "U1 U2 U3 U4", "U3", "countered"),
        (f"{TWICE} / a ann Concession o", "U1 U2 U3 U4", "U4", "conceded"),
        (f"{TWICE} / a ann Clarification o", "U1 U2 U3 U4", "U4", "clarified"),
        (f"{TWICE} / a ann Rebuttal o.claim", "U1 U2 U3 U4", "", "countered"),
        (f"{TWICE} / a ann Counter o .2", "U1 U2 U3 U4", "U2 U3 U4", "unaddressed"),
        (f"{TWICE} / a ann Counter o / b bob Counter a", "U1 U2 U3 U4", "U4", "reinstated"),
        (f"{TWICE} / w bob Concession o", "U1 U2 U3 U4", "U1 U2 U3 U4", "silent"),
        (f"{TWICE} / c cy Counter o", "U1 U2 U3 U4", "U1 U2 U3 U4", "silent"),
        (f"{TWICE} / s dot Support o.claim", "U1 U2 U3 U4", "U1 U2 U3 U4", "silent"),
    ],
)
def test_an_objection_that_is_said_again_shares_the_answers(lines: str, apart: str, together: str, status: str) -> None:
    alone = derived(lines_of(lines))
    shared = derived(lines_of(lines), same=[("p", "o")])
    assert (levels(alone, "p"), levels(shared, "p")) == (apart, together)
    assert shared["p"]["status"] == {status}
    assert {name: one for name, one in alone.items() if name == "o"} == {"o": shared["o"]}, "o has its own answers"
    assert shared == derived(lines_of(lines), same=[("o", "p")]), "either way"


def test_the_surest_of_those_that_say_the_same_stands_for_all() -> None:
    found = derived(lines_of(f"{TWICE} .9 / q dot Rebuttal root"), same=[("q", "p"), ("p", "o")])
    assert [found[name].get("repeats") for name in "opq"] == [{"p"}, None, {"p"}]


def test_what_is_the_same_as_the_same_is_the_same() -> None:
    lines = lines_of(f"{TWICE} / q dot Rebuttal root / a ann Counter o")
    found = derived(lines, same=[("q", "p"), ("p", "o")])
    assert found["q"]["answeredBy"] == found["o"]["answeredBy"] == {"a"}
    assert levels(derived(lines, same=[("p", "o")]), "q") == "U1 U2 U3 U4"


lines_drawn = st.lists(
    st.tuples(
        st.sampled_from([Kind.REBUTTAL, Kind.COUNTER, Kind.CONCESSION, Kind.CLARIFICATION, Kind.DISMISSAL]),
        st.sampled_from(["ann", "bob", "cy", None]),
        st.sampled_from([0.2, 0.4, 0.8]),
        st.integers(0, 9),
    ),
    max_size=6,
)


@settings(deadline=None)
@given(lines_drawn, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3))
def test_levels_stay_nested_and_more_answers_never_open_u2(
    drawn: list[tuple[Kind, str | None, float, int]], pairs: list[tuple[int, int]]
) -> None:
    lines = [Line("o", Kind.REBUTTAL, "bob", "root"), Line("p", Kind.REBUTTAL, "cy", "root")]
    for number, (kind, author, sure, at) in enumerate(drawn):
        lines.append(Line(f"m{number}", kind, author, lines[at % len(lines)].name, sure))
    names = [line.name for line in lines]
    same = [(names[one % len(names)], names[other % len(names)]) for one, other in pairs]
    same = [(one, other) for one, other in same if one != other]
    before, after = derived(lines), derived(lines, same=same)
    for name, found in after.items():
        held = {level for level in LEVELS if level in found.get("unansweredAt", ())}
        assert "U1" not in held or "U2" in held
        assert "U2" not in held or {"U3", "U4"} <= held
        if "status" in found:
            assert "U2" not in held or "U2" in before[name].get("unansweredAt", ())

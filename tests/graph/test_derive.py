"""Levels, statuses, ranks and labels of "unanswered", by table and as laws."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.graph.derived.derive import derive
from rejoinder.graph.derived.semantics import grounded_labels
from rejoinder.graph.triples.build import build_thread
from rejoinder.graph.triples.ntriples import Triple
from rejoinder.records import Kind, State, ThreadKey
from rejoinder.settings import Settings
from tests.maps import NAMES, Line, derived, discussion_of

R, C, Q = Kind.REBUTTAL, Kind.COUNTER, Kind.QUESTION
OBJECTION = Line("o", R, "bob", "root")

STATUSES = [
    pytest.param([OBJECTION], "silent", "U1 U2 U3 U4", id="nobody replied"),
    pytest.param(
        [OBJECTION, Line("s", Kind.SUPPORT, "cy", "o.claim")],
        "unaddressed",
        "U2 U3 U4",
        id="replied to, but not answered",
    ),
    pytest.param([OBJECTION, Line("a", C, "ann", "o")], "countered", "", id="countered by its addressee"),
    pytest.param([OBJECTION, Line("a", C, "cy", "o")], "countered", "U3", id="countered by somebody else"),
    pytest.param(
        [OBJECTION, Line("a", R, "ann", "o.claim")], "countered", "", id="an objection to its claim counters it"
    ),
    pytest.param(
        [OBJECTION, Line("a", Kind.UNDERCUT, "ann", "o")], "countered", "", id="an undercut of it counters it"
    ),
    pytest.param(
        [OBJECTION, Line("a", C, "ann", "o"), Line("b", C, "bob", "a")],
        "reinstated",
        "U4",
        id="its counter is countered",
    ),
    pytest.param(
        [OBJECTION, Line("a", C, "ann", "o"), Line("b", Kind.CONCESSION, "bob", "a")],
        "withdrawn",
        "",
        id="its author concedes to the counter",
    ),
    pytest.param(
        [OBJECTION, Line("w", Kind.CONCESSION, "bob", "o")], "withdrawn", "U3 U4", id="taken back by its author"
    ),
    pytest.param(
        [OBJECTION, Line("a", Kind.CONCESSION, "ann", "o"), Line("w", Kind.CONCESSION, "bob", "o")],
        "withdrawn",
        "U4",
        id="conceded, then taken back",
    ),
    pytest.param(
        [Line("o", R, "bob", "root", states=(State.RETRACTED,))],
        "withdrawn",
        "U1 U2 U3 U4",
        id="its comment is retracted",
    ),
    pytest.param([OBJECTION, Line("a", Kind.CONCESSION, "ann", "o")], "conceded", "U4", id="conceded"),
    pytest.param(
        [OBJECTION, Line("a", Kind.CLARIFICATION, "ann", "o"), Line("b", Kind.CONCESSION, "bob", "a.comment")],
        "withdrawn",
        "U4",
        id="its author concedes to the comment of an answer",
    ),
    pytest.param(
        [OBJECTION, Line("a", Kind.CONCESSION, "ann", "o", 0.45)], "clarified", "U4", id="conceded, but not surely"
    ),
    pytest.param(
        [OBJECTION, Line("a", C, "ann", "o"), Line("b", Kind.CONCESSION, "bob", "a", 0.45)],
        "countered",
        "",
        id="its author perhaps concedes to the counter",
    ),
    pytest.param([OBJECTION, Line("a", Kind.DISMISSAL, "ann", "o")], "dismissed", "U4", id="dismissed"),
    pytest.param([OBJECTION, Line("a", Kind.CLARIFICATION, "ann", "o")], "clarified", "U4", id="clarified"),
    pytest.param(
        [OBJECTION, Line("a", Kind.CLARIFICATION, "cy", "o")],
        "third-party-only",
        "U3 U4",
        id="clarified by somebody else",
    ),
    pytest.param([OBJECTION, Line("q", Q, "ann", "o")], "awaiting-objector", "U2 U3 U4", id="asked back"),
    pytest.param(
        [OBJECTION, Line("q", Q, "ann", "o"), Line("r", Kind.CLARIFICATION, "bob", "q")],
        "unaddressed",
        "U2 U3 U4",
        id="asked back, and the objector came back",
    ),
    pytest.param(
        [OBJECTION, Line("a", C, "ann", "o", 0.2)], "unaddressed", "U2 U3 U4", id="an answer too unsure to count"
    ),
    pytest.param(
        [OBJECTION, Line("q", Q, "bob", "o"), Line("p", Q, "ann", "o")],
        "awaiting-objector",
        "U2 U3 U4",
        id="asked back by the addressee, whatever the objector asks",
    ),
    pytest.param(
        [OBJECTION, Line("a", C, "ann", "o", 0.2, replies=False)],
        "unaddressed",
        "U2 U3 U4",
        id="an unsure answer breaks silence",
    ),
    pytest.param([Line("o", R, "ann", "root")], "silent", "", id="an objection to oneself is never listed"),
    pytest.param(
        [OBJECTION, Line("a", Kind.DISMISSAL, "cy", "o", words=False)],
        "silent",
        "U1 U2 U3 U4",
        id="a bystander's reaction answers nothing",
    ),
    pytest.param(
        [OBJECTION, Line("a", Kind.DISMISSAL, "ann", "o", words=False)],
        "dismissed",
        "U4",
        id="the addressee declines by a reaction",
    ),
    pytest.param(
        [OBJECTION, Line("a", Kind.CONCESSION, "ann", "o.comment", words=False)],
        "conceded",
        "U4",
        id="the addressee concedes by a reaction to the whole comment",
    ),
    pytest.param(
        [OBJECTION, Line("q", Q, "cy", "o.claim", words=False)],
        "silent",
        "U1 U2 U3 U4",
        id="a bystander's reaction asks nothing back",
    ),
    pytest.param(
        [OBJECTION, Line("q", Q, "ann", "o.claim", words=False)],
        "awaiting-objector",
        "U1 U2 U3 U4",
        id="the addressee asks back by a reaction",
    ),
    pytest.param(
        [OBJECTION, Line("a", R, "cy", "o.claim", words=False)],
        "silent",
        "U1 U2 U3 U4",
        id="disagreeing without a reason refutes nothing",
    ),
]


@pytest.mark.parametrize(("lines", "status", "levels"), STATUSES)
def test_the_status_and_levels_of_an_objection(lines: list[Line], status: str, levels: str) -> None:
    found = derived(lines)["o"]
    assert found["status"] == {status}
    assert found.get("unansweredAt", set()) == set(levels.split())


def test_without_a_known_addressee_anybodys_answer_counts() -> None:
    found = derived([OBJECTION, Line("a", C, "cy", "o")], owner=None)["o"]
    assert "unansweredAt" not in found
    assert found["status"] == {"countered"}


def test_an_objection_without_words_is_a_vote_and_has_no_status() -> None:
    assert derived([Line("o", R, "bob", "root", words=False)]) == {}


def test_who_raised_it_where_and_who_owes_an_answer() -> None:
    found = derived([OBJECTION, Line("a", C, "cy", "o")])["o"]
    assert [found[name] for name in ("raisedBy", "raisedIn", "owedBy", "answeredBy", "answererIs")] == [
        {"bob"},
        {"o"},
        {"ann"},
        {"a"},
        {"cy"},
    ]


@pytest.mark.parametrize(
    ("states", "rank"),
    [
        ((), "0.8"),
        ((State.DELETED,), "0"),
        ((State.RETRACTED,), "0"),
        ((State.NOTICE, State.RESOLVED), "0"),
    ],
    ids=lambda one: "+".join(one) if isinstance(one, tuple) else None,
)
def test_nobody_waits_for_an_answer_to_what_was_taken_back_or_marked_as_resolved(
    states: tuple[State, ...], rank: str
) -> None:
    assert derived([Line("o", R, "bob", "root", 0.8, states=states)])["o"]["rank"] == {rank}


def test_rank_is_lowered_by_the_surest_answer_even_one_too_unsure_to_count() -> None:
    found = derived([Line("o", R, "bob", "root", 0.8), Line("a", C, "ann", "o", 0.25)])["o"]
    assert found["rank"] == {"0.6"}


TWO = [OBJECTION, Line("n", R, "bob", "root", beside="o")]
BESIDE = [
    pytest.param(TWO, "0 0", id="nothing is answered"),
    pytest.param([*TWO, Line("a", C, "ann", "n")], "1 0", id="the other one is"),
    pytest.param([*TWO, Line("a", C, "ann", "n", 0.2)], "0 0", id="by an answer too unsure to count"),
    pytest.param([*TWO, Line("q", Q, "ann", "n")], "0 0", id="a question back is no answer"),
    pytest.param([*TWO, Line("a", C, "ann", "n"), Line("b", Kind.CONCESSION, "cy", "n")], "1 0", id="answered twice"),
    pytest.param([*TWO, Line("a", C, "ann", "n"), Line("b", C, "ann", "o")], "1 1", id="both are answered"),
    pytest.param(
        [*TWO, Line("m", R, "bob", "root", 0.1, beside="o"), Line("a", C, "ann", "n"), Line("b", C, "cy", "m")],
        "2 1",
        id="two others are, one of them unsure to be an objection",
    ),
    pytest.param(
        [OBJECTION, Line("n", R, "bob", "root"), Line("a", C, "ann", "n")], "0 0", id="one in another comment is"
    ),
]


@pytest.mark.parametrize(("lines", "counts"), BESIDE)
def test_how_many_others_of_its_comment_have_an_answer(lines: list[Line], counts: str) -> None:
    found = derived(lines)
    assert [found[name]["answeredBeside"] for name in ("o", "n")] == [{one} for one in counts.split()]


lines = st.lists(
    st.tuples(
        st.sampled_from([R, C, Q, Kind.UNDERCUT, Kind.CONCESSION, Kind.CLARIFICATION, Kind.DISMISSAL, Kind.SUPPORT]),
        st.sampled_from(["ann", "bob", "cy", None]),
        st.integers(0, 12),
        st.sampled_from([0.1, 0.29, 0.3, 0.9]),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


def as_lines(drawn: list[tuple[Kind, str | None, int, float, bool]]) -> list[Line]:
    """Each move aims at an earlier line's move or claim, or at the root."""
    made: list[Line] = []
    for number, (kind, author, at, confidence, claim) in enumerate(drawn):
        aim = "root" if at >= number else f"m{at}" + (".claim" if claim else "")
        made.append(Line(f"m{number}", kind, author, aim, confidence))
    return made


@settings(max_examples=200, deadline=None)
@given(lines)
def test_the_levels_are_nested_as_defined(drawn: list[tuple[Kind, str | None, int, float, bool]]) -> None:
    for found in derived(as_lines(drawn)).values():
        levels = found.get("unansweredAt", set())
        assert ("U1" not in levels) or ("U2" in levels)
        assert ("U2" not in levels) or ({"U3", "U4"} <= levels)


@settings(max_examples=200, deadline=None)
@given(lines)
def test_labels_are_grounded_over_the_attacks_that_count(
    drawn: list[tuple[Kind, str | None, int, float, bool]],
) -> None:
    found = derived(as_lines(drawn))
    objections = {line.name: line for line in as_lines(drawn) if line.name in found}
    attacks = [
        (line.name, aim.name)
        for line in objections.values()
        if line.confidence >= 0.3 and (aim := objections.get(line.target.removesuffix(".claim")))
        if line.author is None or line.author != aim.author
    ]
    assert {name: found[name]["label"] for name in objections} == {
        name: {label} for name, label in grounded_labels(objections, attacks).items()
    }


Drawn = list[tuple[Kind, str | None, int, float, bool]]


def triples_of(drawn: Drawn, thread: str = "t") -> tuple[Triple, ...]:
    return build_thread(*discussion_of(as_lines(drawn), key=ThreadKey("test", thread)), NAMES).thread


@settings(max_examples=100, deadline=None)
@given(lines, lines)
def test_what_is_said_in_another_thread_changes_nothing(drawn: Drawn, others: Drawn) -> None:
    here, there = triples_of(drawn), triples_of(others, "u")
    apart = {*derive(here, Settings()), *derive(there, Settings())}
    assert set(derive((*here, *there), Settings())) == apart


@settings(max_examples=100, deadline=None)
@given(lines, st.randoms(use_true_random=False))
def test_the_order_of_quads_changes_nothing(drawn: Drawn, chance: Random) -> None:
    shuffled = list(triples_of(drawn))
    chance.shuffle(shuffled)
    assert derive(shuffled, Settings()) == derive(triples_of(drawn), Settings())


@settings(max_examples=200, deadline=None)
@given(
    lines,
    st.sampled_from([C, Kind.CONCESSION, Kind.CLARIFICATION, Kind.DISMISSAL]),
    st.sampled_from(["ann", "bob", "cy", None]),
    st.integers(0, 11),
    st.sampled_from([0.29, 0.3, 0.9]),
)
def test_an_answer_opens_nothing_but_what_the_answers_that_it_objects_to_had_defeated(
    drawn: Drawn, kind: Kind, author: str | None, at: int, sure: float
) -> None:
    said = as_lines(drawn)
    target = said[at % len(said)].name
    before, after = derived(said), derived([*said, Line("new", kind, author, target, sure)])
    for name, found in before.items():
        opened = after[name].get("unansweredAt", set()) - found.get("unansweredAt", set())
        assert opened <= ({"U4"} if kind == C and name != target else set())
        assert found.get("answeredBy", set()) <= after[name].get("answeredBy", set())


@settings(max_examples=200, deadline=None)
@given(lines)
def test_what_decides_is_said_wherever_somebody_spoke_and_own_words_only_take_back(drawn: Drawn) -> None:
    authors = {line.name: line.author for line in as_lines(drawn)}
    for name, found in derived(as_lines(drawn)).items():
        (status,) = found["status"]
        assert (status in {"silent", "unaddressed"}) == ("decidedBy" not in found)
        own = {
            one for one in found.get("answeredBy", ()) if authors[name] is not None and authors[one] == authors[name]
        }
        assert not own or status == "withdrawn"

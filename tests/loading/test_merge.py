"""Merging: one Discussion a thread, whatever the files, their order, their cycles and their contradictions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import Problem
from rejoinder.loaders.gathering.cycles import cycle_cuts
from rejoinder.loaders.gathering.merge import merge
from rejoinder.records import (
    Comment,
    Discussion,
    Found,
    Kind,
    Record,
    State,
    StatedClaim,
    StatedMove,
    Thread,
    ThreadKey,
)

KEY = ThreadKey("local", "t")


def comment(name: str, parent: str | None = None, text: str = "Rain is wet.", key: ThreadKey = KEY) -> Comment:
    return Comment(key, name, text, parent=parent)


def merged(
    records: Iterable[Record], held: Discussion | None = None, file: str = "f"
) -> tuple[list[Discussion], list[Problem]]:
    stream = [Found(record, file, number) for number, record in enumerate(records, 1)]
    everything = list(merge(stream, lambda key: held if held and held.thread.key == key else None))
    discussions = [one for one in everything if isinstance(one, Discussion)]
    return discussions, [one for one in everything if isinstance(one, Problem)]


def test_threads_come_out_sorted_and_comments_by_id() -> None:
    other = ThreadKey("local", "a")
    discussions, problems = merged([comment("2"), comment("1"), comment("9", key=other)])
    assert [discussion.thread.key.id for discussion in discussions] == ["a", "t"]
    assert [one.id for one in discussions[1].comments] == ["1", "2"]
    assert problems == []


def test_problems_of_the_stream_pass_through() -> None:
    problem = Problem("f", 3, "odd", lost=True)
    assert list(merge([problem], lambda key: None)) == [problem]


def test_the_loaded_comment_beats_the_known_one_silently() -> None:
    discussion = Discussion(Thread(KEY, title="old", url="u"), (comment("1", text="old"), comment("2")))
    (one,), problems = merged([Thread(KEY, title="new"), comment("1", text="new")], discussion)
    assert [(c.id, c.text) for c in one.comments] == [("1", "new"), ("2", "Rain is wet.")]
    assert (one.thread.title, one.thread.url) == ("new", "u")
    assert problems == []


@pytest.mark.parametrize(
    ("now", "declared", "said"),
    [
        (
            ["1", "3"],
            2,
            "a comment that is not here, though all 2 are here that the source declares; if it was removed",
        ),
        (
            ["1"],
            1,
            "2 comments that are not here, though all 1 are here that the source declares; if they were removed",
        ),
        (["1"], 2, None),
        (["1"], None, None),
        (["1", "2", "3", "4"], 4, None),
        ([], 2, None),
    ],
    ids=["one gone", "several gone", "a part", "nothing declared", "more", "none here"],
)
def test_what_the_source_has_no_more_is_said(now: list[str], declared: int | None, said: str | None) -> None:
    discussion = Discussion(Thread(KEY), (comment("1"), comment("2", "1"), comment("3", "1")))
    comments = [comment(name, None if name == "1" else "1") for name in now]
    (one,), problems = merged([Thread(KEY, declared_comments=declared), *comments], discussion)
    assert len(one.comments) == max(3, len(now))
    assert [str(said) in problem.message and not problem.lost for problem in problems] == ([True] if said else [])


def test_what_the_source_has_deleted_is_no_more_of_it() -> None:
    discussion = Discussion(Thread(KEY), (comment("1"), replace(comment("2", "1", ""), states=(State.DELETED,))))
    assert merged([Thread(KEY, declared_comments=1), comment("1")], discussion)[1] == []


def spoken(name: str, author: str | None, text: str, position: int | None = None) -> Comment:
    return Comment(KEY, name, text, author=author, position=position)


TRAMS = (spoken("1", "Ada", "Trams are quiet."), spoken("2", "Ben", "They squeal."))
PARAGRAPHS = (spoken("p1", "Cleo", "The weir is too high.", 0), spoken("p2", "Cleo", "Eels cannot pass it.", 1))


@pytest.mark.parametrize(
    ("held", "now", "warned"),
    [
        (
            TRAMS,
            [spoken("1", "Dan", "Cats are loud."), spoken("3", "Eve", "Mine is not.")],
            "which are lost",
        ),
        (TRAMS, [spoken("1", "Ada", "Trams are silent.")], ""),
        (TRAMS, [spoken("1", None, "[deleted]")], ""),
        (TRAMS, [spoken("1", "Dan", "Cats are loud."), spoken("2", "Ben", "They squeal.")], ""),
        (TRAMS, [spoken("3", "Dan", "Buses are loud.")], ""),
        (
            (*TRAMS, spoken("3", "Ada", "Oil them.")),
            [spoken(name, "Ada", f"Buses {name}.") for name in "123"],
            "which are lost",
        ),
        (PARAGRAPHS, [spoken("p3", "Cleo", "A choir needs altos.", 0)], "which stay beside"),
        (PARAGRAPHS, [spoken("p2", "Cleo", "Eels cannot pass it.", 0)], ""),
    ],
    ids=["another", "edited", "deleted", "one of two", "new", "other words throughout", "another dump", "a later dump"],
)
def test_a_file_of_another_thread_of_that_name_is_warned_about(
    held: tuple[Comment, ...], now: list[Comment], warned: str
) -> None:
    _, problems = merged(now, Discussion(Thread(KEY), held))
    assert [(problem.line, problem.lost) for problem in problems] == ([(1, False)] if warned else [])
    assert all(warned in problem.message for problem in problems)


def test_other_content_for_one_id_within_a_load_is_reported_with_both_places() -> None:
    (discussion,), problems = merged(
        [comment("1", text="first"), comment("1", text="second"), comment("1", text="second")]
    )
    assert [c.text for c in discussion.comments] == ["second"]
    assert [(p.file, p.line, p.lost) for p in problems] == [("f", 2, True)]
    assert "f:1" in problems[0].message


@pytest.mark.parametrize(
    ("parents", "cut", "line"),
    [
        ({"a": "a"}, "a", 1),
        ({"b": "c", "c": "b"}, "b", 1),
        ({"z": "y", "y": "x", "x": "z", "w": "z"}, "x", 3),
    ],
    ids=["reply to itself", "two", "three and one more"],
)
def test_a_cycle_is_cut_at_its_smallest_id(parents: dict[str, str], cut: str, line: int) -> None:
    (discussion,), problems = merged([comment(name, parent) for name, parent in parents.items()])
    assert {c.id: c.parent for c in discussion.comments} == {**parents, cut: None}
    assert [(p.line, p.lost) for p in problems] == [(line, True)]


def test_a_cycle_of_200_000_replies_is_found_in_one_pass() -> None:
    names = {str(number): str((number + 1) % 200_000) for number in range(200_000)}
    assert cycle_cuts(names) == [("0", 200_000)]


def test_absent_parents_are_one_counted_warning_a_file_and_stay_named() -> None:
    (discussion,), problems = merged([comment("1", "gone"), comment("2", "lost"), comment("3", "1")])
    assert {c.id: c.parent for c in discussion.comments} == {"1": "gone", "2": "lost", "3": "1"}
    assert [(p.line, p.lost) for p in problems] == [(1, False)]
    assert "2 comments" in problems[0].message


@pytest.mark.parametrize("post", [KEY.id, f"post-{KEY.id}"], ids=["named as its thread", "apart from its comments"])
def test_a_post_that_is_not_loaded_is_a_warning_of_its_own(post: str) -> None:
    (discussion,), problems = merged([comment("1", post), comment("2", post), comment("3", "1"), comment("4", "gone")])
    assert {c.id: c.parent for c in discussion.comments} == {"1": post, "2": post, "3": "1", "4": "gone"}
    assert [(p.line, p.lost) for p in problems] == [(4, False), (1, False)]
    assert "the post that 2 comments answer is not loaded" in problems[1].message


def test_a_parent_in_the_store_is_not_absent() -> None:
    _, problems = merged([comment("2", "1")], Discussion(Thread(KEY), (comment("1"),)))
    assert problems == []


CLAIM = StatedClaim(KEY, "k", "1", 0, 4)
MOVE = StatedMove(KEY, "m", Kind.REBUTTAL, ("k",), "2", "1")
STATED = {
    "claim of an absent comment": ([StatedClaim(KEY, "k", "9", 0, 4)], "expected a loaded comment, got '9'"),
    "claim beyond the text": ([StatedClaim(KEY, "k", "1", 3, 99)], "within the comment's 12 characters, got 3 to 99"),
    "claim on white space": ([StatedClaim(KEY, "k", "1", 4, 5)], "that are not white space, got 0"),
    "move from an unknown claim": ([MOVE], "expected names of loaded claims"),
    "move to something unknown": ([CLAIM, StatedMove(KEY, "m", Kind.REBUTTAL, ("k",), "x", "1")], "got 'k', 'x'"),
    "move in an absent comment": ([CLAIM, StatedMove(KEY, "m", Kind.REBUTTAL, ("k",), "2", "9")], "got '9'"),
    "move against itself": ([CLAIM, StatedMove(KEY, "m", Kind.REBUTTAL, ("k",), "k", "1")], "other than its source"),
    "undercut of a claim": (
        [CLAIM, StatedClaim(KEY, "l", "2", 0, 4), StatedMove(KEY, "m", Kind.UNDERCUT, ("k",), "l", "1")],
        "expected an Undercut to target a Support or an Objection",
    ),
    "counter to a support": (
        [
            CLAIM,
            StatedMove(KEY, "a", Kind.SUPPORT, ("k",), "2", "1"),
            StatedMove(KEY, "m", Kind.COUNTER, ("2",), "a", "2"),
        ],
        "expected a Counter to target an Objection, got a Support",
    ),
}


@pytest.mark.parametrize(("stated", "message"), STATED.values(), ids=STATED)
def test_what_is_stated_must_fit(stated: list[StatedClaim | StatedMove], message: str) -> None:
    (discussion,), problems = merged([comment("1"), comment("2"), *stated])
    assert [(p.line, p.lost) for p in problems] == [(2 + len(stated), True)]
    assert message in problems[0].message
    assert len(discussion.stated_claims) + len(discussion.stated_moves) == len(stated) - 1


def test_moves_that_name_each_other_in_a_circle_are_reported() -> None:
    moves = [StatedMove(KEY, a, Kind.REBUTTAL, ("1",), b, "1") for a, b in (("a", "b"), ("b", "a"))]
    (discussion,), problems = merged([comment("1"), *moves])
    assert discussion.stated_moves == ()
    assert len(problems) == 2


def test_claims_may_stand_after_the_moves_that_name_them() -> None:
    (discussion,), problems = merged([MOVE, CLAIM, comment("1"), comment("2")])
    assert (len(discussion.stated_moves), problems) == (1, [])


NAMES = st.sampled_from(["a", "b", "c", "d", "e"])
FORESTS = st.dictionaries(NAMES, st.none() | NAMES, max_size=5)


@given(FORESTS, st.sets(NAMES), st.none() | st.text(max_size=3), st.booleans())
def test_one_load_or_two_give_the_same_thread(
    parents: dict[str, str | None], early: set[str], title: str | None, swap: bool
) -> None:
    records = [comment(name, parent) for name, parent in sorted(parents.items())]
    first: list[Record] = [record for record in records if record.id in early]
    second: list[Record] = [record for record in records if record.id not in early]
    if second:
        second.insert(0, Thread(KEY, title=title))
    if swap:
        first, second = second, first
    together, _ = merged([*first, *second])
    discussions, _ = merged(first)
    two, _ = merged(second, discussions[0] if discussions else None)
    assert (two or discussions) == together

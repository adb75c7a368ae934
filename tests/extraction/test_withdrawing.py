"""Objections that their own writer takes back: in an answer, in a comment of their own, in words added below."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.moves.withdrawing import withdrawal_cue
from rejoinder.records import Comment, Discussion, Kind, MoveRef, Thread, ThreadKey, with_wider_kinds
from tests.extraction.test_extract import KEY, only, thread
from tests.timing import assert_in_proportion

PLAN = "The council should close the old bridge to cars."
CLINIC = "That would cut off the clinic on the other side."
SHOPS = "The bakers in Mill Lane would lose their customers."
BOTH = f"{CLINIC} {SHOPS}"
APART = f"{CLINIC}\n\n{SHOPS}"
EXEMPT = "The clinic gets an entrance of its own from the ring road."


def taken_back(discussion: Discussion) -> list[str]:
    """What was objected to somebody and conceded by its own writer, or answered by words that they conceded to."""
    moves = {move.id: move for move in extract(discussion).moves}
    gone = set()
    for one in moves.values():
        if one.kind != Kind.CONCESSION or one.confidence < 0.5 or not isinstance(one.target, MoveRef):
            continue
        aim = moves[one.target.id]
        own = aim if aim.author == one.author else moves[aim.target.id] if isinstance(aim.target, MoveRef) else None
        if own is not None and own.author == one.author and Kind.OBJECTION in with_wider_kinds(own.kind):
            gone.add(own.evidence[0].exact)
    return sorted(gone)


TAKEN = {
    "after an answer": ([PLAN, CLINIC, EXEMPT, "OK, I take that back."], "ABAB", [CLINIC]),
    "all of a comment": (
        [PLAN, BOTH, EXEMPT, "I take that back then, if they are fine with it."],
        "ABAB",
        [SHOPS, CLINIC],
    ),
    "the whole objection": (
        [PLAN, BOTH, EXEMPT, "Then I withdraw my objection."],
        "ABAB",
        [SHOPS, CLINIC],
    ),
    "what was answered": ([PLAN, APART, EXEMPT, "Then I withdraw my point on that."], "ABAB", [CLINIC]),
    "not what nobody can tell": ([PLAN, BOTH, "Hm.", "Then I withdraw my point on that."], "ABAB", []),
    "one of two, by name": ([PLAN, BOTH, "Hm.", "I take back what I said about the bakers."], "ABAB", [SHOPS]),
    "all, to somebody who answered nothing": ([PLAN, BOTH, "Hm.", "Never mind."], "ABAB", [SHOPS, CLINIC]),
    "below one's own comment": ([PLAN, BOTH, "Scratch that."], "ABB", [SHOPS, CLINIC]),
    "below it, one by name": ([PLAN, BOTH, "I take back the point about the clinic."], "ABB", [CLINIC]),
    "below it, as a whole": (
        [PLAN, BOTH, "Please ignore my comment, I meant the clinic road."],
        "ABB",
        [SHOPS, CLINIC],
    ),
    "in words added below": ([PLAN, f"{BOTH}\n\nEDIT: never mind, I misread the plan."], "AB", [SHOPS, CLINIC]),
    "in words added below, by nobody known": ([PLAN, f"{BOTH}\n\nEdit: scratch that."], "A?", [SHOPS, CLINIC]),
    "not below somebody else's": ([PLAN, BOTH, "Scratch that."], "ABC", []),
    "not what stands by it": ([PLAN, CLINIC, EXEMPT, "I won't take that back."], "ABAB", []),
    "not what only sounds like it": ([PLAN, CLINIC, EXEMPT, "Never mind the ring road, it floods."], "ABAB", []),
    "not in nothing": ([PLAN, CLINIC, EXEMPT, "I take back nothing."], "ABAB", []),
    "not within quotation marks": ([PLAN, CLINIC, EXEMPT, "“I take that back” is what the mayor said."], "ABAB", []),
    "not what they were asked to": ([PLAN, CLINIC, EXEMPT, "You want me to say I take that back."], "ABAB", []),
    "not on a condition": ([PLAN, CLINIC, EXEMPT, "I take that back if you can show me a plan."], "ABAB", []),
    "not before one": ([PLAN, CLINIC, EXEMPT, "If I withdraw my objection, the clinic closes."], "ABAB", []),
    "not for ever": ([PLAN, CLINIC, EXEMPT, "Only when hell freezes do I take that back."], "ABAB", []),
    "not what only looks the same": ([PLAN, CLINIC, EXEMPT, "I drop my kids at the clinic."], "ABAB", []),
    "not money": ([PLAN, CLINIC, EXEMPT, "I withdraw the cash near the bridge."], "ABAB", []),
    "not a way": ([PLAN, CLINIC, EXEMPT, "I take back roads to work."], "ABAB", []),
    "not what is ignored otherwise": ([PLAN, f"{CLINIC}\n\nPlease ignore the typos, I am on my phone."], "AB", []),
    "not what was misread at first": ([PLAN, CLINIC, EXEMPT, "I misread that at first, it is even worse."], "ABAB", []),
    "not with a turn": ([PLAN, CLINIC, EXEMPT, "I take that back, but no."], "ABAB", []),
    "not by asking": ([PLAN, CLINIC, EXEMPT, "Should I take that back?"], "ABAB", []),
}


@pytest.mark.parametrize(("texts", "authors", "gone"), TAKEN.values(), ids=TAKEN)
def test_what_is_taken_back(texts: list[str], authors: str, gone: list[str]) -> None:
    assert taken_back(thread(*texts, authors=authors)) == sorted(gone)


def test_whom_the_objection_is_addressed_to_concedes_it_with_the_same_words() -> None:
    moves = extract(thread(PLAN, CLINIC, "I take that back.")).moves
    (conceded,) = (move for move in moves if move.kind == Kind.CONCESSION)
    assert (conceded.author, conceded.cue) == ("A", "i take that back")


def test_who_has_said_nothing_yet_takes_nothing_back() -> None:
    assert [
        move for move in extract(thread(PLAN, "EDIT: ignore this, wrong bridge.")).moves if move.comment == "1"
    ] == []


@pytest.mark.parametrize(
    ("text", "conceded"),
    [
        ("OK, convinced. I'm withdrawing the proposal.", True),
        ("I withdraw the idea.", True),
        ("I'm withdrawing the money for it.", False),
        ("Scratch that, the plan has it on page three.", False),
        ("That answers my question on the plan.", False),
    ],
)
def test_who_takes_back_what_they_proposed_concedes_all_that_was_objected_to_it(text: str, conceded: bool) -> None:
    talk = (PLAN, CLINIC, "It has a ring road.", SHOPS, text)
    found = {move.id: move for move in extract(thread(*talk, authors="ABACA")).moves}
    given = (move.target for move in found.values() if move.comment == "4" and move.kind == Kind.CONCESSION)
    assert ("1" in {found[aim.id].comment for aim in given if isinstance(aim, MoveRef)}) == conceded


@pytest.mark.parametrize(
    ("opener", "conceded"), [("A", ["1"]), ("Z", [])], ids=["who opened the thread", "somebody else"]
)
@pytest.mark.parametrize("between", [1, 18, 40])
def test_a_proposal_is_taken_back_however_far_below_it(opener: str, conceded: list[str], between: int) -> None:
    authors = f"{opener}B{'A' * between}A"
    talk = (PLAN, CLINIC, *["It has a ring road."] * between, "OK, I withdraw the proposal.")
    found = {move.id: move for move in extract(thread(*talk, authors=authors)).moves}
    last = (move for move in found.values() if move.comment == str(between + 2) and move.kind == Kind.CONCESSION)
    assert [found[move.target.id].comment for move in last if isinstance(move.target, MoveRef)] == conceded


def test_who_takes_back_an_objection_concedes_its_counter_too() -> None:
    """Else that would be listed as an objection that nobody answered."""
    found = {move.id: move for move in extract(thread(PLAN, CLINIC, EXEMPT, "OK, I take that back.")).moves}
    conceded = [
        found[move.target.id] for move in found.values() if move.comment == "3" and isinstance(move.target, MoveRef)
    ]
    assert sorted(move.comment or "" for move in conceded) == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("OK, then I withdraw my objection.", "i withdraw my"),
        ("EDIT: scratch that.", "scratch that"),
        ("Never mind.", "never mind"),
        ("Never mind the goats.", None),
        ("They told me to scratch that wall.", None),
        ("I never withdraw anything.", None),
        ("Do I withdraw it?", None),
    ],
)
def test_which_words_take_something_back(text: str, cue: str | None) -> None:
    found = withdrawal_cue(only(text))
    assert (found and found.phrase) == cue


OUTRIGHT = [
    "I withdraw my objection.",
    "I take that back.",
    "I take that back now.",
    "OK, I retract that.",
    "I retract that statement.",
    "EDIT: I retract this",
    "Edit: nvm, I was wrong",
    "Ignore my comment above.",
    "Please disregard my earlier point.",
    "Objection withdrawn.",
    "I no longer object",
    "I hereby withdraw my opposition.",
    "You've talked me out of it, I withdraw",
    "Thanks for the table, and with that I withdraw my objection.",
    "When I wrote that the gate was shut, so I withdraw my objection.",
    "Since the railing was added I no longer object.",
    "In that case I'll take it back.",
    "Consider my objection withdrawn.",
    "I take back what I said when I was tired.",
    "I withdraw my point about what happens when it rains.",
    "Never mind, I misread the table.",
    "After reading the table I no longer object.",
    "I take that back after reading the table.",
    "OK, withdrawing my objection.",
    "I'm retracting my objection.",
    "Okay, I take it all back.",
    "Retracted.",
    "Then I have no objection anymore.",
    "Forget what I said.",
]
DEPENDENT = [
    "Before I withdraw this I'd want numbers.",
    "Once you show the data I'll withdraw my objection.",
    "I'll take it back provided that it is tested.",
    "I'll take it back, when it is tested.",
    "I withdraw it on one condition.",
    "I withdraw my objection to the gate as soon as it is tested.",
    "Whether I withdraw it depends on the price.",
    "He demands that I withdraw my objection.",
    "They asked me to write that I withdraw my objection.",
    "Assuming the data holds, I take it back.",
    "In case it is tested, I withdraw my objection.",
    "The moment it is tested, I withdraw my objection.",
    "Should it be tested and paid for, I withdraw my objection.",
    "Suppose I withdrew it.",
    "Suppose I withdraw it.",
    "Imagine I withdraw my objection.",
    "I'd rather see the objection withdrawn.",
    "I hope that addresses my worry.",
    "After a test, perhaps, I withdraw my objection.",
    "Don't forget what I said.",
    "I take that back road home.",
    "Scratch that wall.",
    "I'll take it back to the shop.",
    "I won't withdraw.",
    "Should I withdraw my objection?",
    "I withdraw cash.",
    "I withdrew cash.",
    "I withdraw my support.",
]


@pytest.mark.parametrize("text", OUTRIGHT)
def test_who_takes_something_back_outright_takes_it_back(text: str) -> None:
    assert taken_back(thread(PLAN, CLINIC, EXEMPT, text)) == [CLINIC]


@pytest.mark.parametrize("text", DEPENDENT)
def test_who_only_might_takes_nothing_back(text: str) -> None:
    assert taken_back(thread(PLAN, CLINIC, EXEMPT, text)) == []


def test_nothing_is_taken_back_twice_so_that_many_withdrawals_cost_little() -> None:
    def many(count: int) -> Discussion:
        said = " ".join(f"The clinic would lose road {number}." for number in range(count))
        gone = " ".join(f"Scratch that, number {number}." for number in range(count))
        comments = (Comment(KEY, "0", PLAN, author="A"), Comment(KEY, "1", f"{said} {gone}", parent="0", author="B"))
        return Discussion(Thread(ThreadKey("local", "t")), comments)

    argument_map = extract(many(60))
    targets = [move.target for move in argument_map.moves if move.kind == Kind.CONCESSION]
    assert targets
    assert len(targets) == len(set(map(str, targets)))
    assert_in_proportion(many, extract, small=30, times=4)

"""Deriving takes time and room in proportion to the thread, however its moves crowd on one claim or one comment."""

from __future__ import annotations

import pytest

from rejoinder.graph.derived.derive import derive
from rejoinder.graph.derived.grounds import MOST_ANSWERS
from rejoinder.graph.triples.ntriples import Triple, decimal, iri, rj
from rejoinder.graph.triples.terms import IS_A, PROV, RJ
from rejoinder.records import Kind, with_wider_kinds
from rejoinder.settings import Settings
from tests.timing import assert_in_proportion

# A row a move, all of it n times, with the number in place of "#": name, author, kind, source, target and comment
# ("-": a reaction without words). A row without "#" stands there once.
CROWDS = {
    "objections to a claim, each with an answer": ("o# b# Rebuttal c# root k#", "a# ann Counter d# o# l#"),
    "answers to one objection": ("o bob Rebuttal c root k", "a# ann Counter d# o l#"),
    "objections that rest on one claim, and objections to it": ("o# bob Rebuttal c r# k#", "a# e# Rebuttal d# c l#"),
    "objections by all that rest on one claim, and objections to it": (
        "o# b# Rebuttal c r# k#",
        "a# e# Rebuttal d# c l#",
    ),
    "objections that rest on one claim, and questions about it": ("o# bob Rebuttal c r# k#", "q# e# Question d# c l#"),
    "objections that rest on one claim, conceded to each objection to it": (
        "o# bob Rebuttal c r# k#",
        "a# e# Rebuttal d# c l#",
        "w# bob Concession f# a# m#",
    ),
    "objections of one comment, and reactions to it": ("o# bob Rebuttal c# root k", "a# e# Dismissal - k -"),
    "answers in one comment, and answers to it": (
        "o# bob Rebuttal c# root k",
        "a# ann Counter d# o# l",
        "w# bob Concession f# l m#",
    ),
    "words about one question": (
        "o# bob Rebuttal c r# k#",
        "q ann Question x c l",
        "s# e# Support d# q m#",
    ),
}


def crowd(rows: tuple[str, ...], count: int) -> list[Triple]:
    """The triples of these moves and their claims."""
    made: dict[Triple, None] = {}
    for row in rows:
        for number in range(count if "#" in row else 1):
            made.update(dict.fromkeys(move(row.replace("#", str(number)))))
    return list(made)


def move(row: str) -> list[Triple]:
    """The triples of one move and of the claim it is made of."""
    name, author, kind, source, target, comment = (iri(f"x:{part}") for part in row.split())
    words = comment != iri("x:-")
    found = [(name, IS_A, rj(wider_kind)) for wider_kind in with_wider_kinds(Kind(kind[3:-1]))]
    found += [(source, IS_A, rj("Claim")), (source, PROV + "wasAttributedTo", author)] if words else []
    found += [(name, RJ + "inComment", comment)] if words else []
    found += [(name, RJ + "source", source if words else author), (name, RJ + "target", target)]
    return [*found, (name, PROV + "wasAttributedTo", author), (name, RJ + "confidence", decimal(0.8))]


@pytest.mark.parametrize("rows", CROWDS.values(), ids=CROWDS)
def test_deriving_takes_time_in_proportion(rows: tuple[str, ...]) -> None:
    assert_in_proportion(
        lambda count: crowd(rows, count), lambda made: derive(made, Settings()), small=2 * MOST_ANSWERS, times=5
    )


@pytest.mark.parametrize("rows", CROWDS.values(), ids=CROWDS)
def test_what_is_derived_grows_in_proportion(rows: tuple[str, ...]) -> None:
    small, large = (len(derive(crowd(rows, count), Settings())) for count in (2 * MOST_ANSWERS, 4 * MOST_ANSWERS))
    assert large <= 2 * small


def test_of_many_objections_to_a_claim_those_that_stand_and_one_by_the_addressee_are_its_answers() -> None:
    rows = (
        "o bob Rebuttal c root k",
        "p ann Support root root2 k0",
        "a# e# Rebuttal d# c l#",
        "b# f# Counter g# a# m#",
        "z ann Rebuttal y c n",
        "y eve Rebuttal h c i",
        "x eve Counter j z q",
    )
    found = derive(crowd(rows, 2 * MOST_ANSWERS), Settings())
    answers = {value for subject, name, value in found if (subject, name) == (iri("x:o"), RJ + "answeredBy")}
    assert len(answers) == MOST_ANSWERS + 1
    assert {iri("x:z"), iri("x:y")} <= answers
    levels = {value for subject, name, value in found if (subject, name) == (iri("x:o"), RJ + "unansweredAt")}
    assert levels == set()

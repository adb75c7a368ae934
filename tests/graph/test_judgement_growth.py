"""Judgements take time in proportion to their number, whatever they are of."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import pytest

from rejoinder.loaders.extract import RULES
from rejoinder.loaders.extract.judged_map import apply_judgements
from rejoinder.loaders.gathering.merge import merge
from rejoinder.loaders.gathering.passages import find_passage
from rejoinder.records import ArgumentMap, Comment, Discussion, Found, Judgement, Kind, Record, ThreadKey, Verdict
from tests.timing import assert_in_proportion

KEY = ThreadKey("ponds.example", "clay")
KINDS = (Kind.OBJECTION, Kind.COUNTER, Kind.CLARIFICATION, Kind.UNDERCUT, Kind.SIMILARITY)


def said(comment: int, number: int, target: int, aim: int) -> Judgement:
    """One judgement of the words of a comment, aimed at those of another; two of three are right."""
    verdict = Verdict.RIGHT if number % 3 else Verdict.WRONG
    words, aims = f"Clay number {number} cracks.", f"Clay number {aim} cracks."
    return Judgement(KEY, f"c{comment}", KINDS[number % 5], verdict, words, f"c{target}", aims)


def reply(number: int, to: int, text: str) -> Comment:
    return Comment(KEY, f"c{number}", text, f"c{to}" if number else None, f"a{number % 9}")


def many_comments(count: int) -> list[Record]:
    """One judgement of each comment of a wide thread."""
    made: list[Record] = [reply(one, one // 2, f"No. Clay number {one} cracks.") for one in range(count)]
    return [*made, *(said(one, one, one // 2, one // 2) for one in range(1, count))]


def one_comment(count: int) -> list[Record]:
    """One judgement of each sentence of a long comment."""
    text = " ".join(f"Clay number {one} cracks." for one in range(count))
    made: list[Record] = [reply(0, 0, "We use clay."), reply(1, 0, text), reply(2, 1, text)]
    return [*made, *(said(2, one, 1, one) for one in range(count))]


def one_claim(count: int) -> list[Record]:
    """All of the same words: half aimed at different words, half at any."""
    text = " ".join(f"Clay number {one} cracks." for one in range(count))
    made: list[Record] = [reply(0, 0, "Clay number 0 cracks."), reply(1, 0, "No."), reply(2, 1, text)]
    for one in range(count):
        aim = f"Clay number {one} cracks." if one < count // 2 else None
        kind = Kind.OBJECTION if aim else KINDS[one % 5 - 1]
        made.append(Judgement(KEY, "c1", kind, Verdict.WRONG, "No.", "c2" if aim else None, aim))
    return made


def gathered(records: list[Record]) -> Discussion:
    (thread,) = (one for one in merge([Found(record, "f", 1) for record in records], lambda key: None))
    assert isinstance(thread, Discussion)
    return thread


def found(records: list[Record]) -> tuple[ArgumentMap, Discussion]:
    return RULES.map(gathered(records)), gathered(records)


@pytest.mark.parametrize("made", [many_comments, one_comment, one_claim])
def test_judgements_are_gathered_and_carried_out_in_proportion(made: Callable[[int], list[Record]]) -> None:
    assert_in_proportion(made, gathered, small=200)
    assert_in_proportion(lambda count: found(made(count)), lambda both: apply_judgements(*both), small=200)


def test_what_many_judge_anew_is_compared_in_proportion() -> None:
    def again(count: int) -> list[Record]:
        return [*one_claim(count), *deque(one_claim(count), count // 2)]

    assert_in_proportion(again, gathered, small=400)


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        (lambda count: "a " * 39 + "b", lambda count: "a " * count),
        (lambda count: "a b", lambda count: "a" + " >" * count),
        (lambda count: ".* " * count + "x", lambda count: ".*  " * count),
        (lambda count: "(a+)+ $" * count, lambda count: "a" * count),
        (lambda count: "\0 x", lambda count: "\0" * count),
    ],
    ids=["words again", "marks", "patterns", "repeats", "nothing"],
)
def test_a_passage_is_sought_in_proportion(passage: Callable[[int], str], text: Callable[[int], str]) -> None:
    assert_in_proportion(lambda count: (passage(count), text(count)), lambda both: find_passage(*both), small=20_000)

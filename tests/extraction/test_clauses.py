"""Which sentences are split into clauses: those that grant a point and then turn against it, and no others."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.loaders.extract.text.clauses import LEAST_TURN, TURNS, clauses
from rejoinder.loaders.extract.text.reading import read_comment
from rejoinder.records import Comment, ThreadKey
from tests.timing import assert_in_proportion

SPLIT = {
    "granted with a comma": ("I agree about the oven, but the dough was cold.", "I agree about the oven"),
    "granted with a semicolon": (
        "Good point about the yeast; however, nobody weighed it.",
        "Good point about the yeast",
    ),
    "granted with a dash": ("Fair enough – but the loaf is still flat.", "Fair enough"),
    "granted with two dashes": ("Fair enough -- but the loaf is still flat.", "Fair enough"),
    "no mark at all": ("You're right about the crust but the crumb is dense.", "You're right about the crust"),
    "conceded": ("I admit the tray was greasy, yet the bottom never burned.", "I admit the tray was greasy"),
    "thanked": ("Thanks for the recipe, though it forgets the salt.", "Thanks for the recipe"),
    "done": ("We have added the oven's name, but the times stay as they were.", "We have added the oven's name"),
    "another word for but": ("True, although rye behaves in another way.", "True"),
    "that said": ("Fair point, that said, rye needs no kneading.", "Fair point"),
    "upper case": ("AGREED, BUT the scale was broken.", "AGREED"),
    "an exception": ("I agree, except that spelt tears at once.", "I agree"),
}
WHOLE = {
    "nothing is granted": "The oven was hot, but the dough was cold.",
    "the agreement is denied": "I don't agree about the oven, but the dough was cold.",
    "the grant stands after": "The dough was cold, but I agree about the oven.",
    "nothing turns": "I agree about the oven and about the dough.",
    "too little turns": "I agree about the oven, but why?",
    "but within a word": "I agree about the butter and the buttermilk in it.",
    "but without a grant before": "But I agree about the oven and the dough.",
    "only a turn": "but",
    "nothing": "",
}


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in clauses(text, 0, len(text))]


@pytest.mark.parametrize(("text", "granted"), SPLIT.values(), ids=SPLIT)
def test_a_grant_and_its_turn_are_two_clauses(text: str, granted: str) -> None:
    first, second = parts(text)
    assert first == granted
    assert text.endswith(second)
    assert text.removeprefix(first).removesuffix(second).strip(",;:–—- ") == ""


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_other_sentences_stay_whole(text: str) -> None:
    assert parts(text) == [text]


def test_a_sentence_is_split_once() -> None:
    assert len(parts("I agree about the oven, but you are right about the dough, but not about the salt in it.")) == 2


def test_a_turn_far_into_a_sentence_is_not_looked_for() -> None:
    late = "The oven is hot but slow " * TURNS + "and I agree about the dough, but not about the salt."
    assert parts(late) == [late]


def test_clauses_stand_where_they_should_within_a_text() -> None:
    text = "Hello. I agree about the oven, but the dough was cold. Bye."
    assert [text[a:b] for a, b in clauses(text, 7, 54)] == ["I agree about the oven", "but the dough was cold."]


def test_each_clause_is_read_as_a_sentence_with_its_own_cues() -> None:
    text = "The tray is new. I agree about the oven, but the dough was cold."
    read = read_comment(Comment(ThreadKey("local", "t"), "c", text)).sentences
    assert [sentence.exact for sentence in read] == [
        "The tray is new.",
        "I agree about the oven",
        "but the dough was cold.",
    ]
    assert ["agree" in sentence.acts for sentence in read] == [False, True, False]
    assert ["contrast" in sentence.acts for sentence in read] == [False, False, True]


PIECES = st.sampled_from(
    ["I agree", "thanks", "but", "though", "yet", ", ", "; ", " ", " – ", "the dough", "rose", ".", "not", "\n", "é"]
)


@given(st.lists(PIECES, max_size=30).map("".join), st.integers(0, 5), st.integers(0, 5))
def test_clauses_cover_the_sentence_in_order_and_lose_no_word(text: str, before: int, after: int) -> None:
    start, end = min(before, len(text)), max(min(before, len(text)), len(text) - after)
    found = list(clauses(text, start, end))
    assert 1 <= len(found) <= 2
    assert (found[0][0], found[-1][1]) == (start, end)
    for (_, one), (other, _) in pairwise(found):
        assert start < one < other < end
        assert text[one:other].strip(",;:–—- \n") == ""
        assert len(text[other:end].split()) >= LEAST_TURN - 2  # words may be joined by marks


@pytest.mark.parametrize("unit", ["but ", ", but ", "I agree but ", "though yet ", "; a ", " ", " ,"])
def test_time_is_linear_in_the_turns_of_a_sentence(unit: str) -> None:
    assert_in_proportion(
        lambda count: f"x{unit * count}x", lambda text: list(clauses(text, 0, len(text))), small=10_000
    )

"""Kialo in and out: both layouts as they are read, and that numbers, words, stances and places come back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck

from rejoinder.errors import LoadError, Problem
from rejoinder.graph.exports import kialo as writer
from rejoinder.graph.exports.writer import Options
from rejoinder.loaders.formats import kialo
from rejoinder.records import Comment, Found, Link, StatedMove, Thread, ThreadKey
from tests.thread_maps import loaded, maps_of, records, said_in
from tests.timing import assert_in_proportion

SLOWLY = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
HEAD = "Discussion Title: Do we need a tram?\n\n1. We need a tram.\n"


def stated(folder: Path, text: str) -> list[Any]:
    return records(loaded(kialo, folder / "tram.txt", text))


def moves_in(made: list[Any]) -> list[tuple[str | None, ...]]:
    return [(one.name, str(one.kind), *one.sources, one.target) for one in made if isinstance(one, StatedMove)]


MOVES = {
    "pro and con": (
        "1.1. Pro: It is quick.\n1.1.1. Con: It is not.\n",
        [("1.1.", "Support", "1.1.", "1."), ("1.1.1.", "Rebuttal", "1.1.1.", "1.1.")],
    ),
    "the same claim elsewhere": (
        "1.1. Pro: It is quick.\n1.2. Con: It is loud.\n1.2.1. Con: -> See 1.1.\n",
        [("1.1.", "Support", "1.1.", "1."), ("1.2.", "Rebuttal", "1.2.", "1."), ("1.2.1.", "Rebuttal", "1.1.", "1.2.")],
    ),
    "elsewhere further down": (
        "1.1. Pro: -> See 1.2.\n1.2. Con: It is loud.\n",
        [("1.1.", "Support", "1.2.", "1."), ("1.2.", "Rebuttal", "1.2.", "1.")],
    ),
    "below a claim that stands elsewhere": (
        "1.1. Pro: It is quick.\n1.2. Con: -> See 1.1.\n1.2.1. Con: It is not.\n",
        [
            ("1.1.", "Support", "1.1.", "1."),
            ("1.2.", "Rebuttal", "1.1.", "1."),
            ("1.2.1.", "Rebuttal", "1.2.1.", "1.1."),
        ],
    ),
    "numbers in running text": (
        "1.1. Pro: Two things:\n1. speed\n2. price\n1.1.1. is no number of ours\n1.1.1. Con: No.\n",
        [("1.1.", "Support", "1.1.", "1."), ("1.1.1.", "Rebuttal", "1.1.1.", "1.1.")],
    ),
    "what stands above is not there": ("1.3.1. Pro: Yes.\n", [("1.3.1.", "Support", "1.3.1.", None)]),
}


@pytest.mark.parametrize(("text", "expected"), MOVES.values(), ids=list(MOVES))
def test_pros_and_cons_become_moves(text: str, expected: list[tuple[str | None, ...]], tmp_path: Path) -> None:
    assert moves_in(stated(tmp_path, HEAD + text)) == expected


WORDS = {
    "escapes": (r"\[Some\] people \(two\) \\ said so\.", r"[Some] people (two) \ said so."),
    "a link": ("see [the plan](https://tram.example/p_\\(1\\)), page 2", "see the plan, page 2"),
    "a passage quoted from its source": (
        r"see [the plan](https://tram.example/p)(quoted \n \(here\)) there",
        "see the plan there",
    ),
    "brackets that are no link": ("a [b] (c) [d](e f) [", "a [b] (c) [d](e f) ["),
    "several lines": ("one\n\n  two\nthree\n", "one\n\ntwo\nthree"),
}


@pytest.mark.parametrize(("text", "expected"), WORDS.values(), ids=list(WORDS))
def test_words_become_plain_text(text: str, expected: str, tmp_path: Path) -> None:
    assert said_in(stated(tmp_path, f"{HEAD}1.1. Pro: {text}\n"))["1.1."] == expected


def test_links_stand_where_their_words_do(tmp_path: Path) -> None:
    made = stated(tmp_path, HEAD + "1.1. Pro: \\[See\\] [the\\_plan](https://tram.example/p_\\(1\\)) and [it](u).\n")
    comment = next(one for one in made if isinstance(one, Comment) and one.id == "1.1.")
    assert comment.text == "[See] the_plan and it."
    assert comment.links == (Link(6, 14, "https://tram.example/p_(1)"), Link(19, 21, "u"))


def test_numbered_sources_become_links(tmp_path: Path) -> None:
    sources = '[1] https://tram.example/a\n"So."\n[2] x\n'
    text = f"Discussion Name:\nTrams\n\n1. Thesis:\nQuick [1], cheap [3].\n\nSources:\n{sources}"
    made = stated(tmp_path, text)
    assert made[0] == Thread(ThreadKey("www.kialo.com", "Trams"), "Trams")
    assert [(one.text, one.links) for one in made if isinstance(one, Comment)] == [
        ("Quick [1], cheap [3].", (Link(6, 9, "https://tram.example/a"),))
    ]


def test_a_question_is_no_claim(tmp_path: Path) -> None:
    made = stated(
        tmp_path,
        "Discussion Title: T\n\n1. What now?\n1.1. This.\n1.1.1. Pro: Yes.\n1.2. That.\n1.2.1. Con: -> See 1.1.\n",
    )
    assert set(said_in(made)) == {"1.1.", "1.1.1.", "1.2."}
    assert [(one.id, one.parent) for one in made if isinstance(one, Comment)] == [
        ("1.", None),
        ("1.1.", "1."),
        ("1.1.1.", "1.1."),
        ("1.2.", "1."),
    ]
    assert moves_in(made) == [("1.1.1.", "Support", "1.1.1.", "1.1."), ("1.2.1.", "Rebuttal", "1.1.", "1.2.")]


SLUG = "do-we-need-a-tram-1234"
NAMED = {
    f"{SLUG}.txt": Thread(ThreadKey("www.kialo.com", SLUG), "Do we need a tram?", f"https://www.kialo.com/{SLUG}"),
    "export-2.txt": Thread(ThreadKey("www.kialo.com", "Do we need a tram?"), "Do we need a tram?"),
}


@pytest.mark.parametrize(("name", "expected"), NAMED.items(), ids=list(NAMED))
def test_a_thread_is_named_by_kialo_or_by_its_title(name: str, expected: Thread, tmp_path: Path) -> None:
    assert records(loaded(kialo, tmp_path / name, HEAD))[0] == expected


FAULTS = {
    "a place of nothing": ("1.1. Pro: -> See 1.9.\n", "expected the number of another claim, got 1.9."),
    "places in a circle": ("1.1. Pro: -> See 1.2.\n1.2. Pro: -> See 1.1.\n", "expected the number of another claim"),
    "no words": ("1.1. Pro:\n", "expected words behind 1.1., got none"),
    "a number twice": ("1.1. Pro: a\n1.1. Con: b\n", "number 1.1. also stands at line 4"),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=list(FAULTS))
def test_what_cannot_be_read_is_named_and_the_rest_is_kept(text: str, expected: str, tmp_path: Path) -> None:
    found = loaded(kialo, tmp_path / "tram.txt", HEAD + text)
    problems = [one for one in found if isinstance(one, Problem)]
    assert expected in problems[0].message
    assert all(problem.lost and problem.file.endswith("tram.txt") and problem.line > 3 for problem in problems)
    assert "1." in said_in(one.record for one in found if isinstance(one, Found))


def test_a_text_without_numbers_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"expected a line such as '1\. Thesis'"):
        loaded(kialo, tmp_path / "tram.txt", "Discussion Title: T\n\nnothing\n")


@pytest.mark.parametrize("piece", [">", "[", "(", "*", " ", "[a](", "\\", "1.", "[a](b)(", "\n1.1. Pro: -> See 1.1."])
def test_time_grows_with_the_length_of_the_text(piece: str, tmp_path: Path) -> None:
    def made(size: int) -> str:
        return HEAD + "1.1. Pro: " + piece * (size // len(piece)) + "](\n"

    assert_in_proportion(made, lambda text: loaded(kialo, tmp_path / "tram.txt", text), small=100_000)


def test_two_thousand_levels(tmp_path: Path) -> None:
    paths = ["1." * level for level in range(2, 2_002)]
    made = stated(tmp_path, HEAD + "".join(f"{path} Pro: at {len(path)}\n" for path in paths))
    (thread_map,) = maps_of(Found(record, "tram.txt", 1) for record in made)
    assert writer.write(thread_map, Options()).splitlines()[2:] == [
        "1. We need a tram.",
        *(f"{path} Pro: at {len(path)}" for path in paths),
    ]

"""Argdown in: its notation as it is read, and what becomes of what cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.argdown.data import front_matter
from rejoinder.loaders.formats import argdown
from rejoinder.records import Comment, Found, StatedClaim, StatedMove, Thread, ThreadKey
from tests.thread_maps import loaded, records, said_in
from tests.timing import assert_in_proportion


def lines(folder: Path, text: str) -> list[Found | Problem]:
    return loaded(argdown, folder / "plots.argdown", text)


def stated(folder: Path, text: str) -> list[Any]:
    return records(lines(folder, text))


def moves_in(made: list[Any]) -> list[str]:
    return sorted(f"{one.name}: {one.kind}" for one in made if isinstance(one, StatedMove))


MOVES = {
    "support": ("[A]: a\n  + [B]: b", ["[B] +> [A]: Support"]),
    "support, long form": ("[A]: a\n  <+ [B]: b", ["[B] +> [A]: Support"]),
    "support outwards": ("[A]: a\n  +> [B]: b", ["[A] +> [B]: Support"]),
    "attack": ("[A]: a\n  - <B>: b", ["<B> -> [A]: Rebuttal"]),
    "attack outwards": ("[A]: a\n  -> [B]: b", ["[A] -> [B]: Rebuttal"]),
    "contradiction": ("[A]: a\n  >< [B]: b", ["[A] >< [B]: Rebuttal", "[B] >< [A]: Rebuttal"]),
    "undercut": ("[A]: a\n  + <B>: b\n    <_ <C>: c", ["<B> +> [A]: Support", "<C> _> <B>: Undercut"]),
    "undercut, short form": ("[A]: a\n  + <B>: b\n    _ <C>: c", ["<B> +> [A]: Support", "<C> _> <B>: Undercut"]),
    "undercut outwards": (
        "[A]: a\n  + <B>: b\n\n<C>: c\n  _> <B>",
        ["<B> +> [A]: Support", "<C> _> <B>: Undercut"],
    ),
    "undercut of both steps of an argument": (
        "[A]: a\n  + <B>: b\n    -> [D]: d\n    <_ <C>: c",
        ["<B> +> [A]: Support", "<B> -> [D]: Rebuttal", "<C> _> <B> 2: Undercut", "<C> _> <B>: Undercut"],
    ),
    "undercut of an argument that takes no step": ("<B>: b\n  <_ <C>: c", ["<C> _> <B>: Objection"]),
    "undercut of an undercut": (
        "[A]: a\n  + <B>: b\n    <_ <C>: c\n      <_ <D>: d",
        ["<B> +> [A]: Support", "<C> _> <B>: Undercut", "<D> _> <C>: Undercut"],
    ),
    "siblings and levels": (
        "[A]: a\n  + [B]: b\n    - [C]: c\n  - [D]: d",
        ["[B] +> [A]: Support", "[C] -> [B]: Rebuttal", "[D] -> [A]: Rebuttal"],
    ),
    "twice the same": ("[A]: a\n  + [B]: b\n\n[B]\n  +> [A]", ["[B] +> [A]: Support"]),
    "without titles": (
        "one\n  + two\n  - three",
        ["[Untitled 2] +> [Untitled 1]: Support", "[Untitled 3] -> [Untitled 1]: Rebuttal"],
    ),
    "under items of a list": ("* [A]: a\n  + [B]: b\n* [C]: c", ["[B] +> [A]: Support"]),
    "premises and a conclusion": (
        "<A>: gist\n\n(1) [P]: p\n(2) q\n----\n(3) [C]: c\n    -> [X]: x",
        ["<A>: Support", "[C] -> [X]: Rebuttal"],
    ),
    "two inferences": (
        "<A>\n\n(1) [P]: p\n-- rule, another {uses: [1]} --\n(2) [Q]: q\n(3) [R]: r\n--\nrule\n--\n(4) [C]: c",
        ["<A> (2): Support", "<A>: Support"],
    ),
    "an argument with steps stands for its conclusion": (
        "[X]: x\n  + <A>: gist\n\n<A>\n\n(1) [P]: p\n----\n(2) [C]: c",
        ["<A>: Support", "[C] +> [X]: Support"],
    ),
    "an argument with steps under its own conclusion": (
        "[X]: x\n  + <A>: gist\n\n<A>\n\n(1) [P]: p\n----\n(2) [X]",
        ["<A>: Support"],
    ),
    "what is aimed at an argument with steps": (
        "<A>\n  - [X]: x\n  + [Y]: y\n  <_ [Z]: z\n\n(1) [P]: p\n----\n(2) [C]: c",
        ["<A>: Support", "[X] -> <A>: Undermine", "[Y] +> <A>: Support", "[Z] _> <A>: Undercut"],
    ),
    "an inference is undercut": (
        "<A>\n\n(1) [P]: p\n----\n    <_ [Z]: z\n(2) [Q]: q\n----\n(3) [C]: c",
        ["<A> (2): Support", "<A>: Support", "[Z] _> <A> (2): Undercut"],
    ),
    "steps of no argument": ("(1) [P]: p\n----\n(2) [C]: c", ["<Untitled 1>: Support"]),
    "a comment within": ("[A]: a // one\n  /* two\n  three */\n  + [B]: b <!-- four -->\n", ["[B] +> [A]: Support"]),
    "a line of a comment above": ("// one\n// two\n[A]: a\n  + [B]: b", ["[B] +> [A]: Support"]),
}


@pytest.mark.parametrize(("text", "expected"), MOVES.values(), ids=list(MOVES))
def test_relations_become_moves(text: str, expected: list[str], tmp_path: Path) -> None:
    assert moves_in(stated(tmp_path, text)) == expected


WORDS = {
    "wrapped lines": ("[A]: one\n  two\nthree", "one two three"),
    "emphasis": ("[A]: **one** __two__ *three* _four_ **_five_**", "one two three four five"),
    "signs that are no emphasis": ("[A]: 2 * 3, 2*3 and snake_case_name", "2 * 3, 2*3 and snake_case_name"),
    "a link": ("[A]: see [here](https://plots.example/a_b), please", "see here, please"),
    "mentions": ("[A]: unlike @[B] and @<C>, it holds", "unlike @[B] and @<C>, it holds"),
    "tags at the end are no part of the claim": ("[A]: one #two words #(three four) {a: 1}", "one #two words"),
    "escapes": (r"[A]: \[one\] \#two 3\_4 \\ five", "[one] #two 3_4 \\ five"),
    "data": ("[A]: one {source: 'x', list: [1, 2]}", "one"),
    "braces that close nothing": ("[A]: one { two", "one { two"),
    "brackets within": ("[A]: he said [sic] it", "he said [sic] it"),
    "a comment to the end of the line": ("[A]: one // two\nthree", "one three"),
    "a comment that is never closed": ("[A]: one /* two", "one /* two"),
    "a shortcode": ("[A]: one :heart: .A. two", "one :heart: .A. two"),
    "the last of several wordings": ("[A]: one\n\n[A]: two\n\n[A]", "two"),
    "the canonical of several wordings": ("[A]: one {isCanonical: true}\n\n[A]: two", "one"),
    "a definition right below": ("[A]: one\n[B]: two", "one"),
    "colons in a title": ("[A: the first]: one", "one"),
    "a title alone": ("[A]\n  + [B]: two", "A"),
    "carriage returns": ("[A]: one\r\ntwo\r\n", "one two"),
}


@pytest.mark.parametrize(("text", "expected"), WORDS.values(), ids=list(WORDS))
def test_words_become_plain_text(text: str, expected: str, tmp_path: Path) -> None:
    assert next(words for name, words in said_in(stated(tmp_path, text)).items() if name.startswith("[A")) == expected


def test_links_stand_where_their_words_do(tmp_path: Path) -> None:
    made = stated(
        tmp_path, "[A]: **see**\n[the list](https://plots.example/l) and [the map](m.png)\n\n[A]: or [not](n)"
    )
    comment = next(one for one in made if isinstance(one, Comment))
    assert comment.text == "see the list and the map\n\nor not"
    places = [(comment.text[link.start : link.end], link.url) for link in comment.links]
    assert places == [("the list", "https://plots.example/l"), ("the map", "m.png"), ("not", "n")]


def test_who_says_it_is_the_author(tmp_path: Path) -> None:
    made = stated(tmp_path, "[A]: a\n  + <B>: b {proponent: Ann Lee}\n\n<C>: c {\n  proponent: 'Bo'\n}\n")
    assert {one.id: one.author for one in made if isinstance(one, Comment)} == {
        "[A]": None,
        "<B>": "Ann Lee",
        "<C>": "Bo",
    }


TITLES = {
    "front matter": ("===\ntitle: A, or\n  B\n===\n\n# Other\n\na", "A, or B"),
    "a number": ("===\ntitle: 12\n===\n\na", "12"),
    "the first heading": ("# **One** {isGroup: false}\n\na\n\n# Two\n\nb", "One"),
    "nothing": ("a", None),
}


@pytest.mark.parametrize(("text", "expected"), TITLES.values(), ids=list(TITLES))
def test_a_thread_has_its_title(text: str, expected: str | None, tmp_path: Path) -> None:
    made = stated(tmp_path, text)
    assert made[0] == Thread(ThreadKey("argdown", "plots"), expected)


FAULTS = {
    "aliases": ("===\na: &a [1]\ntitle: *a\n===\n\nx", "aliases are not read"),
    "no mapping": ("===\n- one\n===\n\nx", "a YAML mapping"),
    "too many brackets": ("===\ntitle: " + "[" * 60 + "]" * 60 + "\n===\n\nx", "50 brackets"),
    "no YAML in data": ("[A]: a {proponent: [}\n", "expected YAML"),
    "a tag that is no value's": ("[A]: a {isCanonical: !!bool perhaps}\n", "whose tags fit their values"),
    "a tag of nothing": ("[A]: a {proponent: !!int ''}\n", "whose tags fit their values"),
    "a tag of a date": ("[A]: a {proponent: !!timestamp ann}\n", "whose tags fit their values"),
    "steps twice": (
        "<A>\n\n(1) p\n----\n(2) c\n\n<A>\n\n(1) q\n----\n(2) d",
        "expected one premise-conclusion structure",
    ),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=list(FAULTS))
def test_what_cannot_be_read_is_named_and_the_rest_is_kept(text: str, expected: str, tmp_path: Path) -> None:
    found = lines(tmp_path, text)
    problems = [one for one in found if isinstance(one, Problem)]
    assert [problem.lost for problem in problems] == [True]
    assert expected in problems[0].message
    assert any(isinstance(one, Found) and isinstance(one.record, StatedClaim) for one in found)


def test_a_text_that_states_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="expected statements"):
        lines(tmp_path, "# Only a heading\n")


@pytest.mark.parametrize(
    "piece", [">", "[", "(", "*", "_", " ", "#(", "{", "}", "<", "[a](", "@[", "/*", "<!--", "--\n", "[#(x)", "\\"]
)
def test_time_grows_with_the_length_of_the_text(piece: str, tmp_path: Path) -> None:
    def made(size: int) -> str:
        return "[A]: a\n  + [B]: b\n\n(1) x\n" + piece * (size // len(piece)) + "]("

    assert_in_proportion(made, lambda text: loaded(argdown, tmp_path / "plots.argdown", text), small=30_000)


def test_many_steps_of_one_argument_take_time_in_proportion(tmp_path: Path) -> None:
    def made(size: int) -> str:
        return "<A>\n\n(1) p\n" + "".join(f"-- {{uses: [1]}} --\n({step}) c{step}\n" for step in range(2, size))

    assert_in_proportion(made, lambda text: loaded(argdown, tmp_path / "plots.argdown", text), small=800)


def test_the_last_step_takes_what_no_step_above_it_uses(tmp_path: Path) -> None:
    steps = "(1) [P]: p\n(2) [Q]: q\n-- {uses: [2]} --\n(3) [R]: r\n(4) [S]: s\n-- {uses: [3]} --\n(5) c\n(6) [T]: t"
    moves = [one for one in stated(tmp_path, f"<A>\n\n{steps}") if isinstance(one, StatedMove)]
    assert {move.name: move.sources for move in moves} == {"<A> (3)": ("[Q]",), "<A>": ("[R]", "[P]", "[S]")}


def test_ten_thousand_levels_of_indentation(tmp_path: Path) -> None:
    text = "[S0]: s\n" + "".join(f"{' ' * level}+ [S{level}]: s{level}\n" for level in range(1, 10_001))
    made = stated(tmp_path, text)
    assert len(moves_in(made)) == 10_000
    assert "[S10000] +> [S9999]" in {one.name for one in made if isinstance(one, StatedMove)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("===\na: 1\n===\n\nx", ("\na: 1\n", 13)),
        ("====\na: 1\n=====  \nx", ("\na: 1\n", 18)),
        ("===\na: b === c\n===", ("\na: b === c\n", 18)),
        ("=" * 60_000 + "x", ("", 0)),
        ("===\n" + "=" * 60_000 + "x", ("", 0)),
        ("===\n" + "=== x\n" * 10_000, ("", 0)),
        ("\n" * 60_000 + "x", ("", 0)),
    ],
    ids=["usual", "longer rules", "a rule within", "one rule", "a rule and text", "many rules", "blank lines"],
)
def test_front_matter_stands_between_two_rules(text: str, found: tuple[str, int]) -> None:
    assert front_matter(text) == found

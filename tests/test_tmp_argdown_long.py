"""Argdown in and out: the notation as it is read, and that what is written is read again, by us and by its parser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.errors import LoadError, Problem
from rejoinder.graph.exports import argdown as writer
from rejoinder.graph.exports.argdown_plan import Plan, Planner
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.loaders.formats import argdown
from rejoinder.loaders.source import Source
from rejoinder.records import ClaimRef, Comment, Found, Kind, MoveRef, StatedClaim, StatedMove, Thread, ThreadKey

from .argdown_parser import Parser, running
from .thread_maps import maps_of

GOLDEN = Path(__file__).parent / "golden"


def loaded(folder: Path, text: str) -> list[Found | Problem]:
    path = folder / "plots.argdown"
    path.write_text(text, encoding="utf-8")
    return list(argdown.load(Source(path)))


def records(folder: Path, text: str) -> list[Any]:
    found = loaded(folder, text)
    assert not [str(one) for one in found if isinstance(one, Problem)]
    return [one.record for one in found if isinstance(one, Found)]


def moves_in(made: list[Any]) -> list[str]:
    return sorted(f"{one.name}: {one.kind}" for one in made if isinstance(one, StatedMove))


def said_in(made: list[Any]) -> dict[str, str]:
    texts = {one.id: one.text for one in made if isinstance(one, Comment)}
    return {one.name: texts[one.comment][one.start : one.end] for one in made if isinstance(one, StatedClaim)}


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
    assert moves_in(records(tmp_path, text)) == expected


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
    assert next(words for name, words in said_in(records(tmp_path, text)).items() if name.startswith("[A")) == expected


def test_links_stand_where_their_words_do(tmp_path: Path) -> None:
    made = records(
        tmp_path, "[A]: **see**\n[the list](https://plots.example/l) and [the map](m.png)\n\n[A]: or [not](n)"
    )
    comment = next(one for one in made if isinstance(one, Comment))
    assert comment.text == "see the list and the map\n\nor not"
    places = [(comment.text[one.start : one.end], one.url) for one in comment.links]
    assert places == [("the list", "https://plots.example/l"), ("the map", "m.png"), ("not", "n")]


def test_who_says_it_is_the_author(tmp_path: Path) -> None:
    made = records(tmp_path, "[A]: a\n  + <B>: b {proponent: Ann Lee}\n\n<C>: c {\n  proponent: 'Bo'\n}\n")
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
    made = records(tmp_path, text)
    assert made[0] == Thread(ThreadKey("argdown", "plots"), expected)


FAULTS = {
    "aliases": ("===\na: &a [1]\ntitle: *a\n===\n\nx", "aliases are not read"),
    "no mapping": ("===\n- one\n===\n\nx", "a YAML mapping"),
    "too many brackets": ("===\ntitle: " + "[" * 60 + "]" * 60 + "\n===\n\nx", "50 brackets"),
    "no YAML in data": ("[A]: a {proponent: [}\n", "expected YAML"),
    "steps twice": (
        "<A>\n\n(1) p\n----\n(2) c\n\n<A>\n\n(1) q\n----\n(2) d",
        "expected one premise-conclusion structure",
    ),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=list(FAULTS))
def test_what_cannot_be_read_is_named_and_the_rest_is_kept(text: str, expected: str, tmp_path: Path) -> None:
    found = loaded(tmp_path, text)
    problems = [one for one in found if isinstance(one, Problem)]
    assert [one.lost for one in problems] == [True]
    assert expected in problems[0].message
    assert any(isinstance(one, Found) and isinstance(one.record, StatedClaim) for one in found)


def test_a_text_that_states_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="expected statements"):
        loaded(tmp_path, "# Only a heading\n")


@pytest.mark.parametrize(
    "piece", [">", "[", "(", "*", "_", " ", "#(", "{", "}", "<", "[a](", "@[", "/*", "<!--", "--\n", "[#(x)", "\\"]
)
def test_time_grows_with_the_length_of_the_text(piece: str, tmp_path: Path) -> None:
    def seconds(size: int) -> float:
        path = tmp_path / "plots.argdown"
        path.write_text("[A]: a\n  + [B]: b\n\n(1) x\n" + piece * (size // len(piece)) + "](", encoding="utf-8")
        start = time.process_time()
        list(argdown.load(Source(path)))
        return time.process_time() - start

    small = min(seconds(100_000) for _ in range(2))
    assert seconds(1_000_000) <= 15 * small + 0.5


def test_ten_thousand_levels_of_indentation(tmp_path: Path) -> None:
    text = "[S0]: s\n" + "".join(f"{' ' * level}+ [S{level}]: s{level}\n" for level in range(1, 10_001))
    made = records(tmp_path, text)
    assert len(moves_in(made)) == 10_000
    assert "[S10000] +> [S9999]" in {one.name for one in made if isinstance(one, StatedMove)}


# ------------------------------------------------------------------ written again

PIECES = (
    "[", "]", "(1)", "2.", "*", "**", "_", "__", "#tag", "#(a b)", "{", "}", "{a: 1}", "//", "/*", "*/", "<!--", "-->",
    "===", "--", "-", "+", "<a>", "<", ">", "><", "@[x]", "@<y>", "[l](u)", ".A.", ":heart:", "U.S.A.", "\\", ",", ";",
    "https://plots.example/a_(b)", "\n", "\t", "é", "\N{GRINNING FACE}", "\u2028", "word", "Two words", "?", "constructor",
)  # fmt: skip
TEXTS = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=5),
    min_size=1,
    max_size=8,
).map(lambda parts: " ".join(parts))
KEY = ThreadKey("made.example", "up")
KINDS = [kind for kind in Kind if kind is not Kind.MOVE]


@st.composite
def discussions(draw: st.DrawFn) -> list[Found]:
    """Comments that each say one thing, and moves of all kinds between what they say, their moves and themselves."""
    count = draw(st.integers(1, 7))
    texts = draw(st.lists(TEXTS.filter(lambda one: one.strip() != ""), min_size=count, max_size=count))
    authors = draw(
        st.lists(
            st.none() | st.sampled_from(["Ann", "B. {o}", "[C]: =="]) | TEXTS.filter(lambda one: one.strip() != ""),
            min_size=count,
            max_size=count,
        )
    )
    made: list[Any] = [Thread(KEY, draw(st.none() | TEXTS))]
    for place, (text, author) in enumerate(zip(texts, authors, strict=True)):
        made.append(Comment(KEY, f"c{place}", text, author=author))
        made.append(
            StatedClaim(
                KEY,
                draw(st.just(f"s{place}") | TEXTS.map(lambda one, place=place: f"{one} {place}")),
                f"c{place}",
                0,
                len(text),
            )
        )
    claims = [one.name for one in made if isinstance(one, StatedClaim)]
    moves: list[str] = []
    for place in range(draw(st.integers(0, 9))):
        kind = draw(st.sampled_from(KINDS))
        several = draw(
            st.lists(st.sampled_from(claims), min_size=1, max_size=3 if kind is Kind.SUPPORT else 1, unique=True)
        )
        target = draw(st.none() | st.sampled_from([*claims, *moves, *(f"c{one}" for one in range(count))]))
        made.append(StatedMove(KEY, f"m{place}", kind, tuple(several), target, f"c{claims.index(several[0])}"))
        moves.append(f"m{place}")
    return [Found(one, "made", 1) for one in made]


def sensible(found: list[Found]) -> list[Found]:
    """Without the moves that a load would refuse."""
    from rejoinder.loaders.merge import merge

    kept = [one for one in merge(found, lambda key: None) if not isinstance(one, Problem)]
    names = {move.name for one in kept for move in one.stated_moves}
    return [one for one in found if not isinstance(one.record, StatedMove) or one.record.name in names]


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with running() as found:
        yield found


def flat(text: str) -> str:
    return " ".join(text.split())


TYPES = {"+>": "support", "->": "attack", "><": "contradictory", "_>": "undercut"}


def planned(plan: Plan) -> set[tuple[str, str, str]]:
    """The relations between members that a plan holds, as the parser names them."""
    named = {member: f"<{member.title}>" if member.argument else f"[{member.title}]" for member in plan.members}
    pairs = [(one, one.target) for one in plan.edges if not isinstance(one.target, str)]
    return {(named[one.source], TYPES[one.symbol], named[target]) for one, target in pairs}


@settings(max_examples=2500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(found=discussions())
def test_the_parser_of_argdown_reads_what_is_written_of_any_thread(found: list[Found], parser: Parser) -> None:
    for one in maps_of(sensible(found)):
        text = writer.write(one, Options())
        seen = parser.read(text)
        assert seen["errors"] == [], text
        assert flat(seen["title"]) == flat(one.title)
        said = {flat(claim.text) for claim in one.argument.claims}
        wordings = {flat(words[-1]) for _, words, _ in seen["statements"] + seen["arguments"] if words}
        assert said <= wordings, text
        relations = {tuple(relation) for relation in seen["relations"]}
        back = {(target, kind, source) for source, kind, target in relations if kind == "contradictory"}
        assert planned(Planner(one).plan()) <= relations | back, text


@settings(
    max_examples=2500, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(found=discussions())
def test_what_is_written_of_any_thread_is_read_again(found: list[Found], tmp_path: Path) -> None:
    for one in maps_of(sensible(found)):
        again = said_in(records(tmp_path, writer.write(one, Options())))
        assert {flat(claim.text) for claim in one.argument.claims} <= {flat(words) for words in again.values()}


SYMBOLS = ("+", "-", "<+", "<-", "<_", "+>", "->", "_>", "><")


@st.composite
def sources(draw: st.DrawFn) -> str:
    """A text of Argdown: trees of statements and arguments, some of them taken apart, each worded once or never."""
    numbers = iter(range(1000))
    worded: set[str] = set()
    taken_apart: set[str] = set()

    def member(only_statement: bool = False) -> str:
        shape = draw(st.sampled_from("[[[<<." if not only_statement else "[[."))
        if shape == ".":
            return f"words {next(numbers)}"
        letter = draw(st.sampled_from("ABCDEFG"))
        title = f"[{letter}]" if shape == "[" else f"<the {letter}>"
        if title in worded or draw(st.integers(0, 3)) == 0:
            return title
        worded.add(title)
        return f"{title}: words {next(numbers)}{draw(st.sampled_from(['', ' #tag', ' {proponent: Ann}']))}"

    def tree(indent: int, head: str) -> list[str]:
        lines = [head]
        for _ in range(draw(st.integers(0, 3 if indent < 8 else 0))):
            symbol = draw(st.sampled_from(SYMBOLS))
            body = member(only_statement=symbol == "><")
            lines += tree(indent + 2, f"{' ' * (indent + 2)}{symbol} {body}")
        return lines

    def steps() -> list[str]:
        free = sorted(set("ABCDEFG") - taken_apart)
        lines = list[str]()
        if free and draw(st.booleans()):
            title = draw(st.sampled_from(free))
            taken_apart.add(title)
            lines = [f"<the {title}>", ""]
        lines += ["(1) " + member(True), "(2) " + member(True)]
        for number in range(3, draw(st.integers(4, 5))):
            uses = draw(st.sampled_from(["----", "-- {uses: [1]} --", "--\nrule {uses: [1, 2]}\n--"]))
            cut = ["    <_ " + member()] if draw(st.booleans()) else []
            lines += [uses, *cut, *tree(4, f"({number}) {member(True)}")]
        return lines

    blocks = [draw(st.sampled_from([tree, steps])) for _ in range(draw(st.integers(1, 5)))]
    made = [tree(0, member()) if one is tree else steps() for one in blocks]
    return "\n\n".join("\n".join(one) for one in made) + "\n"


def argued(one: ThreadMap) -> tuple[set[tuple[str, str | None]], set[str]]:
    """All that a map says but for made-up titles: its claims and authors, and each move in the words of its ends."""
    claims, moves = one.claims(), one.moves()

    def told(end: object) -> str:
        if isinstance(end, MoveRef):
            move = moves[end.id]
            return f"({move.kind} {sorted(map(told, move.sources))} {told(move.target)})"
        return claims[end.id].text if isinstance(end, ClaimRef) else str(end)

    return {(claim.text, claim.author) for claim in claims.values()}, {told(MoveRef(name)) for name in moves}


@settings(max_examples=2500, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(text=sources())
def test_argdown_to_map_to_argdown_keeps_statements_and_relations(text: str, tmp_path: Path) -> None:
    found = [one for one in loaded(tmp_path, text) if isinstance(one, Found)]
    (first,) = maps_of(sensible(found))
    written = writer.write(first, Options())
    (second,) = maps_of(loaded(tmp_path, written))
    assert argued(second) == argued(first), written
    named = {claim.name for claim in first.argument.claims if not (claim.name or "").startswith("[Untitled")}
    assert named <= {claim.name for claim in second.argument.claims}

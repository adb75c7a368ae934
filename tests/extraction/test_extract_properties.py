"""What holds of every extraction, on any text: exact spans, one map a thread, the ontology's rules, linear time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.loaders import read
from rejoinder.loaders.extract import extract
from rejoinder.loaders.gathering.merge import merge
from rejoinder.records import (
    ArgumentMap,
    ClaimRef,
    Comment,
    CommentRef,
    Discussion,
    Kind,
    Method,
    Move,
    MoveRef,
    Source,
    Span,
    Target,
    Thread,
    ThreadKey,
    ThreadRef,
    with_wider_kinds,
)
from tests.timing import assert_in_proportion

HERE = Path(__file__).parents[1] / "sources"
KEY = ThreadKey("local", "t")
PHRASES = st.sampled_from(
    [
        "The weir holds.",
        "I agree that the weir holds water.",
        "The weir does not hold water, because it is cracked.",
        "> The weir holds.\n",
        "You're right, but the point is the crack.",
        "Doesn't the weir leak every spring? Not great.",
        "Thanks!",
        "- the bank is soft\n",
        "For clarity: I meant “the weir holds water” and no more.",
        "I don't know.",
        "We measured the weir twice.",
        "That is irrelevant, it doesn't follow.",
        "“”″",
        "says",
        "A few reasons:",
    ]
)
TEXTS = st.lists(PHRASES | st.text(max_size=30), min_size=1, max_size=5).map(" ".join)
AUTHORS = st.none() | st.sampled_from(["Ana", "Ben"])
COMMENTS = st.lists(st.tuples(TEXTS, AUTHORS, st.integers(0, 9)), min_size=1, max_size=7)


def discussion(drawn: list[tuple[str, str | None, int]], dump: bool) -> Discussion:
    """Comments that reply to an earlier one each, or paragraphs of a dump."""
    comments = tuple(
        Comment(
            KEY,
            str(number),
            text,
            parent=None if dump or not number else str(parent % number),
            author=author,
            position=number if dump else None,
        )
        for number, (text, author, parent) in enumerate(drawn)
    )
    return Discussion(Thread(KEY), comments)


def faults(found: Discussion, argument: ArgumentMap) -> list[str]:
    """What of the map breaks a rule."""
    texts = {comment.id: comment.text for comment in found.comments}
    claims, moves = {one.id: one for one in argument.claims}, {move.id: move for move in argument.moves}
    wrong = [
        f"claim {one.id}: {rule}"
        for one in argument.claims
        for rule, holds in {
            "has words": 1 <= len(one.text) <= 10_000,
            "has places": bool(one.spans),
            "spans are exact": all(texts[s.comment][s.start : s.end] == s.exact != "" for s in one.spans),
        }.items()
        if not holds
    ]
    for one in argument.moves:
        for rule, holds in rules(one, texts, moves).items():
            if not holds:
                wrong.append(f"{one.kind} {one.id}: {rule}")
        refs = [end.id for end in (*one.sources, one.target) if isinstance(end, ClaimRef)]
        wrong.extend(f"{one.id}: no claim {ref}" for ref in refs if ref not in claims)
    signs = {
        (move.sources[0], move.target, Kind.OBJECTION in with_wider_kinds(move.kind))
        for move in argument.moves
        if signed(move)
    }
    wrong.extend(f"for and against: {s}" for s, t, sign in signs if sign and (s, t, False) in signs)
    return wrong


def signed(move: Move) -> bool:
    return Kind.OBJECTION in with_wider_kinds(move.kind) or move.kind in (Kind.SUPPORT, Kind.CONCESSION)


def rules(move: Move, texts: dict[str, str], moves: dict[str, Move]) -> dict[str, bool]:
    """Each rule of the ontology's shapes for a move, and whether it holds."""
    target = moves.get(move.target.id) if isinstance(move.target, MoveRef) else None
    ends = [*move.sources, *([move.target] if isinstance(move.target, Span) else [])]
    return {
        "confidence": 0 < move.confidence <= 1,
        "cue": bool(move.cue),
        "evidence in its comment": bool(move.evidence) and all(s.comment == move.comment for s in move.evidence),
        "evidence exact": all(texts[s.comment][s.start : s.end] == s.exact for s in move.evidence),
        "spans exact": all(texts[s.comment][s.start : s.end] == s.exact for s in ends if isinstance(s, Span)),
        "target comment": (move.target_comment is None) == isinstance(move.target, ThreadRef),
        "target comment is loaded": move.target_comment is None or move.target_comment in texts,
        "target move is there": not isinstance(move.target, MoveRef) or target is not None,
        "not against itself": move.target not in move.sources
        and not (target is not None and set(move.sources) & set(target.sources)),
        "answers objections": move.kind not in (Kind.COUNTER, Kind.CONCESSION, Kind.DISMISSAL)
        or isinstance(move.target, CommentRef | ThreadRef | Span | ClaimRef)
        or (target is not None and Kind.OBJECTION in with_wider_kinds(target.kind)),
        "undercuts steps": move.kind != Kind.UNDERCUT or not isinstance(move.target, ClaimRef),
        "quotes spans": move.kind != Kind.QUOTATION or all(isinstance(s, Span) for s in move.sources),
        "structural quotation is verbatim": move.kind != Kind.QUOTATION
        or move.method != Method.STRUCTURAL
        or (isinstance(move.target, Span) and move.target.exact == move.evidence[0].exact),
    }


@settings(max_examples=300, deadline=None)
@given(COMMENTS, st.booleans())
def test_every_map_keeps_the_rules(drawn: list[tuple[str, str | None, int]], dump: bool) -> None:
    found = discussion(drawn, dump)
    assert faults(found, extract(found)) == []


@settings(max_examples=50, deadline=None)
@given(COMMENTS, st.booleans())
def test_a_second_extraction_gives_the_same_map(drawn: list[tuple[str, str | None, int]], dump: bool) -> None:
    found = discussion(drawn, dump)
    assert extract(found) == extract(found)


def dated(drawn: list[tuple[str, str | None, int]], names: Sequence[str]) -> Discussion:
    """Replies that are a minute apart, under these names, and in the order of those as merging leaves them."""
    comments = [
        replace(
            comment,
            id=names[number],
            parent=comment.parent and names[int(comment.parent)],
            created=f"2025-03-01T10:{number:02}:00Z",
        )
        for number, comment in enumerate(discussion(drawn, dump=False).comments)
    ]
    return Discussion(Thread(KEY), tuple(sorted(comments, key=lambda comment: comment.id)))


def by_place(argument: ArgumentMap, names: Sequence[str]) -> list[tuple[object, ...]]:
    """What each move says, with the numbers of comments for their names."""
    number = {name: place for place, name in enumerate(names)}
    claims, moves = {one.id: one for one in argument.claims}, {move.id: move for move in argument.moves}

    def at(spans: Iterable[Span]) -> list[tuple[int, int, int]]:
        return sorted((number[span.comment], span.start, span.end) for span in spans)

    def end(one: Source | Target) -> object:
        match one:
            case ClaimRef(id=key):
                return at(claims[key].spans)
            case MoveRef(id=key):
                return moves[key].kind, at(moves[key].evidence)
            case CommentRef(id=key):
                return number[key]
            case Span():
                return at([one])
        return str(one)

    return sorted(
        (
            (move.kind, at(move.evidence), [end(source) for source in move.sources], end(move.target), move.confidence)
            for move in argument.moves
        ),
        key=repr,
    )


@settings(max_examples=200, deadline=None)
@given(COMMENTS, st.permutations(["2", "9", "10", "99", "aa", "B", "zz"]))
def test_what_comments_are_called_changes_nothing_where_their_dates_are_known(
    drawn: list[tuple[str, str | None, int]], names: list[str]
) -> None:
    usual = [str(number) for number in range(len(names))]
    assert by_place(extract(dated(drawn, names)), names) == by_place(extract(dated(drawn, usual)), usual)


@pytest.mark.parametrize("names", [("1", "2", "3"), ("1", "9", "10"), ("1", "zz", "aa")])
def test_a_quotation_finds_the_sibling_before_it_whatever_that_is_called(names: tuple[str, str, str]) -> None:
    said = (
        ("Should the weir be kept?", "Ana", 0),
        ("The weir keeps the cellars of the lower village dry in every spring.", "Ben", 0),
        (
            "> The weir keeps the cellars of the lower village dry in every spring.\n\nIt does not: mine was wet.",
            "Ida",
            0,
        ),
    )
    (quoted,) = [move for move in extract(dated(list(said), names)).moves if move.kind == Kind.QUOTATION]
    assert quoted.target_comment == names[1]


@pytest.mark.parametrize("name", ["allotment.txt", "threads.jsonl"])
def test_the_same_file_gives_the_same_map_under_any_hash_seed(name: str) -> None:
    program = (
        "import sys; from rejoinder.loaders import read; from rejoinder.loaders.gathering.merge import merge;"
        "from rejoinder.loaders.extract import extract;"
        "from rejoinder.records import Discussion;"
        "found = merge(read(sys.argv[1:]), lambda key: None);"
        "print([repr(extract(one)) for one in found if isinstance(one, Discussion)])"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program, str(HERE / name)],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(answers) == 1


@pytest.mark.parametrize("name", ["allotment.txt", "threads.jsonl", "stated.jsonl"])
def test_the_examples_keep_the_rules(name: str) -> None:
    (found,) = (one for one in merge(read([HERE / name]), lambda key: None) if isinstance(one, Discussion))
    assert faults(found, extract(found)) == []


UGLY = [
    "> ab\nNo x.\n",
    ">",
    '"',
    " ",
    "a",
    ".",
    "“",
    "(",
    "`",
    "http://",
    "> a\n",
    "- ",
    ".)",
    "Why? ",
    "I agree. But no. ",
]


@pytest.mark.parametrize(
    ("dump", "length"),
    [(False, 6_000), (True, 6_000), (False, 100_000)],
    ids=["replies", "dump", "replies analysed in part"],
)
@pytest.mark.parametrize("unit", UGLY)
def test_time_is_linear_in_the_length_of_a_comment(unit: str, dump: bool, length: int) -> None:
    def made(size: int) -> Discussion:
        text = (unit * size)[:size]
        return discussion([(text + "x", "Ana", 0), (text + "y", "Ben", 0)], dump)

    assert_in_proportion(made, extract, small=length)


# what the first half of a dump repeats, and what its second half repeats
QUOTING, DOUBTING = "> The ferry {} leaves at noon.", "I doubt that the ferry {} leaves at noon."
HALVES = {
    "quotations": ([QUOTING], [QUOTING]),
    "own": ([DOUBTING], [DOUBTING]),
    "quotations, then own": ([QUOTING], [DOUBTING]),
    "quotations and own by turns": ([QUOTING, DOUBTING], [QUOTING, DOUBTING]),
    "quotations that break off": ([QUOTING, "The captain of ferry {} says"], [DOUBTING]),
    "quotations, then quotation marks": ([QUOTING], ["For clarity: I meant “ferry {} leaves” and no more."]),
    "repeated": (["The ferry leaves at noon, because the tide is high."], ["Not in May, I think."]),
    "a list": (["A few reasons:", "- Ferry {} is slow."], ["- Ferry {} leaks."]),
}


def page(first: list[str], second: list[str], count: int) -> Discussion:
    """A dump of so many paragraphs, numbered within their text."""
    half = count // 2
    units = [first] * half + [second] * (count - half)
    texts = [unit[place % len(unit)] for place, unit in enumerate(units)]
    numbered = (text.format(place) for place, text in enumerate(texts))
    comments = (Comment(KEY, f"{place:06}", text, position=place) for place, text in enumerate(numbered))
    return Discussion(Thread(KEY), tuple(comments))


@pytest.mark.parametrize(("first", "second"), HALVES.values(), ids=HALVES)
def test_time_is_linear_in_the_paragraphs_of_a_dump(first: list[str], second: list[str]) -> None:
    assert_in_proportion(lambda count: page(first, second, count), extract, small=400)


def test_a_chain_three_times_as_long_as_the_stack_may_be_deep_needs_none(tmp_path: Path) -> None:
    length, path = 3 * sys.getrecursionlimit(), tmp_path / "chain.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for number in range(length):
            text = f"No, the tram to stop {number} is never late because of snow."
            line = {"id": f"{number:05}", "thread": "t", "author": "AB"[number % 2], "text": text}
            out.write(json.dumps(line | ({"parent": f"{number - 1:05}"} if number else {})) + "\n")
    (found,) = merge(read([path]), lambda key: None)
    assert isinstance(found, Discussion)
    argument = extract(found)
    assert sum(Kind.OBJECTION in with_wider_kinds(move.kind) for move in argument.moves) == length - 1

"""How a comment's text is set on its page: paragraphs, quoted lines and code, with claims, links and quotations."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.api.showing.body import Body, Part, blocks, excerpt_parts, set_body
from rejoinder.api.showing.marks import Link, Mark, cut_in_pieces
from rejoinder.graph.queries.views import Row
from rejoinder.loaders.extract.text.blocks import Shape
from rejoinder.loaders.extract.text.blocks import blocks_of_text as read_blocks

FENCED = "Before.\n```python\nif a > b:\n\n    > no quotation\n```\nAfter."


def quotation(text: str, words: str) -> dict[str, str | int | float | None]:
    start = text.index(words)
    return {"quotation": f"q{start}", "start": start, "end": start + len(words)}


def mark(text: str, words: str) -> Mark:
    start = text.index(words)
    return Mark(start, start + len(words), words, words)


def told(body: Body) -> list[tuple[int, bool, str]]:
    return [(part.depth, part.code, "".join(piece.text for piece in part.pieces)) for part in body.parts]


WRAPPED = (
    "This is what we have been waiting for since the last of the meetings in\nMay, when the board had no time\nleft."
)
FULL = "This is what we have been waiting for since the last of the meetings in May,\nwhen the board had no time left."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (FULL, FULL.replace("\n", " ")),
        (WRAPPED, WRAPPED),
        (FULL.replace("\n", "\n- "), FULL.replace("\n", "\n- ")),
        (f"> {FULL}".replace("\n", "\n> "), FULL.replace("\n", " ")),
        ("Roses are red,\nviolets are blue.", "Roses are red,\nviolets are blue."),
    ],
)
def test_lines_that_a_program_broke_are_set_anew(text: str, shown: str) -> None:
    body = set_body(text, [mark(text, text[2:9])], [], [])
    assert ["".join(piece.text for piece in part.pieces) for part in body.parts] == [shown]
    assert all(
        text[piece.start] == piece.text[0] for part in body.parts for piece in part.pieces if piece.text[0] != " "
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("One.\n\n\nTwo\nlines.", [(0, False, "One."), (0, False, "Two\nlines.")]),
        ("> a\n> b\nc", [(1, False, "a\nb"), (0, False, "c")]),
        (">a\n>\n>  b", [(1, False, "a\n\n b")]),
        ("> > older\n> old\nnew", [(2, False, "older"), (1, False, "old"), (0, False, "new")]),
        ("&gt; a", [(1, False, "a")]),
        (">>>>>>>>> a", [(4, False, "a")]),
        ("a > b", [(0, False, "a > b")]),
        ("    > code of old", [(0, False, "    > code of old")]),
        (">", []),
        (FENCED, [(0, False, "Before."), (0, True, "if a > b:\n\n    > no quotation"), (0, False, "After.")]),
        ("```\nnever closed", [(0, True, "never closed")]),
        ("```\n```", []),
        ("- one\n- two", [(0, False, "- one\n- two")]),
    ],
)
def test_lines_are_set_as_what_they_are(text: str, parts: list[tuple[int, bool, str]]) -> None:
    assert told(set_body(text, [], [], [])) == parts


@pytest.mark.parametrize(
    ("text", "words", "depths", "within"),
    [
        ("> The ice breaks it.\nNo.", "The ice breaks it.", [1, 0], 0),
        ("The ice breaks it.\n\nNo.", "The ice breaks it.", [1, 0], 0),
        ("“The ice breaks it.”\n\nNo.", "The ice breaks it.", [1, 0], 0),
        ("You say “The ice breaks it.” but no.", "The ice breaks it.", [0], 1),
        ("```\nThe ice breaks it.\n```", "The ice breaks it.", [0], 1),
        ("One.\n\nTwo.\n\nThree.", "One.\n\nTwo.", [1, 1, 0], 0),
    ],
)
def test_a_paragraph_that_is_all_quoted_is_set_apart_and_words_within_one_are_not(
    text: str, words: str, depths: list[int], within: int
) -> None:
    body = set_body(text, [], [], [quotation(text, words)])
    assert [part.depth for part in body.parts] == depths
    assert [bool(part.quoted) for part in body.parts] == [depth > 0 for depth in depths]
    assert len(body.within) == within


def test_a_quotation_is_of_the_parts_that_it_shares_characters_with_whatever_longer_one_is_around_it() -> None:
    text = "> Ice breaks it.\n\nNo.\n\n> Paint costs more."
    around, within = quotation(text, text[2:]), quotation(text, "breaks")
    body = set_body(text, [], [], [around, within])
    assert [[row["quotation"] for row in part.quoted] for part in body.parts] == [["q2", "q6"], ["q2"], ["q2"]]


def test_the_words_of_claims_and_links_stay_what_they_are() -> None:
    text = "> old words\n\nSee https://a.example/ on this, because\nit is so."
    link = Link(text.index("https"), text.index(" on"), "https://a.example/")
    claims = [mark(text, "old words"), mark(text, "See https://a.example/ on this, because\nit is so.")]
    pieces = [piece for part in set_body(text, claims, [link], []).parts for piece in part.pieces]
    assert [("".join(one.text for one in pieces if mark in one.marks)) for mark in claims] == [
        one.text for one in claims
    ]
    assert [one.text for one in pieces if one.address] == ["https://a.example/"]
    assert all(text.startswith(one.text, one.start) for one in pieces)


LINES = st.lists(
    st.sampled_from(["> ", ">> ", "&gt; ", "```", "~~~ ", "\n", "\n\n", " ", "a", "b.", "- "]), max_size=40
)


@given(LINES.map("".join), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_nothing_is_shown_twice_or_out_of_order_and_only_marks_are_left_out(
    text: str, ends: list[tuple[int, int]]
) -> None:
    spans = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in ends]
    marks = [Mark(a, b, f"{a},{b}", text[a:b]) for a, b in spans if a < b]
    rows: list[Row] = [{"quotation": f"{a},{b}", "start": a, "end": b} for a, b in spans if a < b]
    assert "".join(piece.text for piece in cut_in_pieces(text, marks)) == text
    body = set_body(text, marks, [], rows)
    shown = [(piece.start, piece.text) for part in body.parts for piece in part.pieces]
    assert shown == sorted(shown)
    assert all(text.startswith(words, at) for at, words in shown)
    letters = [at for at, letter in enumerate(text) if letter in "ab."]
    seen = {at + n for at, words in shown for n in range(len(words))}
    assert all(
        at in seen for at in letters if not text[: at + 1].rsplit("\n", 1)[-1].lstrip(" \t").startswith(("```", "~~~"))
    )


@given(LINES.map("".join))
def test_pages_set_apart_what_extraction_reads_as_quoted_or_as_code(text: str) -> None:
    read = {shape: set[int]() for shape in (Shape.QUOTE, Shape.CODE)}
    for one in read_blocks(text):
        if one.shape in read:
            read[one.shape].update(at for at in range(one.start, one.end) if text[at] in "ab.")
    shown = {Shape.QUOTE: set[int](), Shape.CODE: set[int]()}
    for block in blocks(text):
        if block.code or block.depth:
            letters = (at for start, end in block.runs for at in range(start, end) if text[at] in "ab.")
            shown[Shape.CODE if block.code else Shape.QUOTE].update(letters)
    assert shown[Shape.QUOTE] == read[Shape.QUOTE]
    assert shown[Shape.CODE] <= read[Shape.CODE]


@given(
    LINES.map("".join),
    st.tuples(st.integers(0, 60), st.integers(0, 60)),
    st.tuples(st.integers(0, 60), st.integers(0, 60)),
)
def test_an_excerpt_is_what_the_whole_shows_there(text: str, ends: tuple[int, int], window: tuple[int, int]) -> None:
    start, end, first, last = (min(at, len(text)) for at in (*sorted(ends), *sorted(window)))
    claim = Mark(start, end, "c", text[start:end])
    whole, cut = (
        letters(parts) for parts in (set_body(text, [claim], [], []).parts, excerpt_parts(text, claim, first, last))
    )
    assert cut == [one for one in whole if first <= one[0] < last]


def letters(parts: Sequence[Part]) -> list[tuple[int, str, bool]]:
    """Each character that is shown, where it stands, and whether it is marked."""
    shown = (piece for part in parts for piece in part.pieces)
    return [(piece.start + n, letter, bool(piece.marks)) for piece in shown for n, letter in enumerate(piece.text)]

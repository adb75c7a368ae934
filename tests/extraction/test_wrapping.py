"""Lines that were wrapped at a width are read as the paragraphs they are, and quotations found in whatever lines."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.text.blocks import ANALYSED, blocks_of_text
from rejoinder.loaders.extract.text.reading import read_comment
from rejoinder.records import Comment, Discussion, Kind, Span, Thread, ThreadKey
from tests.timing import assert_in_proportion

KEY = ThreadKey("local", "t")

FERRY = (
    "The ferry to Orsk Island should stay free for everybody who lives there. Most of the crossings are made by the "
    "same forty people, among them Mrs Halloran, who brings the post. If they had to pay they would move to the "
    "mainland, and the school would lose its last pupils. Nobody has shown that a fare pays for more than the tickets."
)
REPLY = (
    "That is not what the council found in March: half of the passengers in July come from Brenton or from further "
    "away. They would pay without a word."
)
STRANGE = "The harbour master has been asleep since March, and so has anybody who could wake him up."
VERSE = """\
Upon the pier the gulls complain,
They want no ferry and no rain,
The captain counts his coins once more
And leaves his lantern on the shore."""
ADDRESS = """\
Harbour Office of the Island Council
4 Lower Quay Street, second floor
Brenton"""
LIST = """\
- the ferry leaves at seven in the morning and comes back late at
  night with the milk
- the bus leaves at nine"""
LINES = """\
Everybody who lives on the island wants the ferry to be free.
Nobody who lives on the mainland would ever want to pay for it.
The council has never once asked the people who work on it.
The captain thinks that he will be out of work by the spring."""
TITLES = """\
Best Crossing of the Year by Anybody on This Island or Any Other
Worst Cup of Coffee That Was Ever Served on a Boat in This Bay
Longest Delay That Was Blamed on a Bird and Not on the Captain"""
TABLE = """\
boat      leaves at six from the upper quay      fare of two crowns
post      leaves at ten from the lower quay      no fare for anyone
night     leaves when it is full of people       fare of ten crowns"""
CODE = """\
fare = sum(one.price for one in tickets if one.is_valid(at=today));
left = max(0, seats - len(tickets) - len(reserved_by_the_council));
if (left < 0) { throw new TooManyPassengers(tickets, left, today);"""


def wrapped(text: str, width: int = 72, mark: str = "") -> str:
    return textwrap.fill(text, width, initial_indent=mark, subsequent_indent=mark, break_on_hyphens=False)


def said(text: str) -> list[str]:
    return [" ".join(sentence.exact.split()) for sentence in read_comment(Comment(KEY, "c", text)).sentences]


@pytest.mark.parametrize("width", [50, 60, 72, 80, 100])
@pytest.mark.parametrize("text", [FERRY, f"{FERRY} {REPLY}"], ids=["one", "longer"])
def test_a_wrapped_paragraph_says_what_it_says_in_one_line(text: str, width: int) -> None:
    assert said(wrapped(text, width)) == said(text)
    assert len(blocks_of_text(wrapped(text, width))) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(f"Hello all,\n\n{wrapped(FERRY)}\n\n{wrapped(REPLY)}", 3, id="several paragraphs"),
        pytest.param(f"{wrapped(REPLY)}\n\n{wrapped(FERRY)}", 2, id="a short one has the width of a longer"),
        pytest.param(
            "The council met in Brenton on Tuesday and nobody from the islands was\nInvited; Mrs Halloran wrote so.\n\n"
            "The minutes say that the fare was only put off until the spring and\nthat it will come.\n\n"
            "The people of the island were told of none of this by anybody from\nthe council.",
            3,
            id="short ones tell it together",
        ),
        pytest.param(f"{wrapped(FERRY)}\n\nYours,\n{ADDRESS}", 5, id="an address below"),
        pytest.param(f"{wrapped(FERRY)}\n--\n{ADDRESS}", 5, id="a signature below"),
        pytest.param(f"{wrapped(FERRY)}\n\n{VERSE}", 5, id="a verse below"),
        pytest.param(VERSE, 4, id="verse"),
        pytest.param(ADDRESS, 3, id="an address"),
        pytest.param(LIST, 2, id="a list with a wrapped item"),
        pytest.param(f"{wrapped(FERRY)}\n{LIST}", 3, id="a list right below"),
        pytest.param(LINES, 4, id="a sentence a line"),
        pytest.param(TITLES, 3, id="a title a line"),
        pytest.param(TABLE, 3, id="columns"),
        pytest.param(CODE, 3, id="code"),
        pytest.param(f"```\n{wrapped(FERRY)}\n```", len(wrapped(FERRY).splitlines()) + 2, id="fenced"),
        pytest.param(f"{wrapped(FERRY)}\n{'=' * 40}\n{wrapped(REPLY)}", 3, id="ruled off"),
        pytest.param(f"{wrapped(FERRY, mark='> ')}\n{wrapped(REPLY)}", 2, id="a reply right below what it quotes"),
        pytest.param(f"{wrapped(REPLY, mark='> > ')}\n{wrapped(FERRY, mark='> ')}", 2, id="quoted twice, and once"),
        pytest.param("> The ferry is free.\n> The bus is not.", 2, id="quoted lines that end"),
        pytest.param("> The ferry to the island should always stay as\n> it is.", 1, id="a quoted line that goes on"),
        pytest.param(
            "> The ferry to the island should always stay as it was in the\n> days before\n> the bridge, and free.",
            1,
            id="quoted lines that were wrapped twice",
        ),
    ],
)
def test_other_lines_stay_lines(text: str, count: int) -> None:
    assert [text[block.start : block.end] for block in blocks_of_text(text)][count:] == []
    assert len(blocks_of_text(text)) == count


WORDS = st.text(st.sampled_from("abcdefghij ABC.,;:()1\n>-|`"), max_size=400)


@given(WORDS)
@example("A) ")
def test_blocks_lie_one_after_the_other_and_leave_out_no_word(text: str) -> None:
    blocks = blocks_of_text(text)
    places = [at for block in blocks for at in (block.start, block.end)]
    assert places == sorted(places)
    within = {at for block in blocks for at in range(block.start, block.end)}
    assert all(at in within for at, letter in enumerate(text) if letter.isalpha())


@pytest.mark.parametrize("line", ["a " * 35 + "\n", "> " * 3 + "a " * 30 + "\n", "> \n", "a\n", "| " * 30 + "\n"])
def test_lines_take_time_in_proportion(line: str) -> None:
    assert_in_proportion(lambda count: (line * count)[:ANALYSED], blocks_of_text, small=90)


def quotations(parent: str, reply: str) -> list[tuple[str, str | None]]:
    """The quoted words of a reply, and the words of its parent that they were found to be."""
    comments = (Comment(KEY, "a", parent, author="Ann"), Comment(KEY, "b", reply, parent="a", author="Bo"))
    moves = extract(Discussion(Thread(KEY), comments)).moves
    found = sorted((move for move in moves if move.kind == Kind.QUOTATION), key=lambda move: move.evidence)
    for span in (end for move in found for end in (*move.evidence, move.target) if isinstance(end, Span)):
        assert span.exact == (parent if span.comment == "a" else reply)[span.start : span.end]
    return [(plain(move.evidence[0]), plain(move.target) if isinstance(move.target, Span) else None) for move in found]


def plain(span: Span) -> str:
    return " ".join(re.sub(r"\n[> ]*", " ", span.exact).split())


FIRST, SECOND, THIRD, FOURTH = said(FERRY)
NO = "\n\nNo, the fare pays for the fuel."


@pytest.mark.parametrize("parent", [FERRY, wrapped(FERRY), wrapped(FERRY, 55)], ids=["flowed", "72", "55"])
@pytest.mark.parametrize("width", [45, 70, 74])
def test_a_quotation_is_found_whatever_lines_it_stands_in(parent: str, width: int) -> None:
    assert quotations(parent, wrapped(FERRY, width, "> ") + NO) == [(FERRY, FERRY)]
    assert quotations(parent, wrapped(f"{SECOND} {THIRD}", width, ">") + NO) == [(f"{SECOND} {THIRD}",) * 2]


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        pytest.param(
            wrapped(f"{FIRST} {THIRD}", 60, "> ") + NO, [(FIRST, FIRST), (THIRD, THIRD)], id="a sentence left out"
        ),
        pytest.param(f"> {FIRST[:41]}\n> {FIRST[42:]}{NO}", [(FIRST, FIRST)], id="two lines"),
        pytest.param(
            wrapped(f"You say that “{FOURTH}” but that is not what the minutes of the council say.", 60),
            [(FOURTH, FOURTH)],
            id="in quotation marks",
        ),
        pytest.param(wrapped(STRANGE, 50, "> ") + NO, [(STRANGE, None)], id="from elsewhere"),
    ],
)
def test_what_a_wrapped_quotation_quotes(reply: str, found: list[tuple[str, str | None]]) -> None:
    assert quotations(wrapped(FERRY), reply) == found


def test_a_claim_made_of_quoted_lines_has_no_marks_in_it() -> None:
    reply = Comment(
        KEY, "b", wrapped(FERRY, 60, "> ") + "\n\nThat is wrong, the fare pays for the fuel.", parent="gone"
    )
    claims = extract(Discussion(Thread(KEY), (reply,))).claims
    assert {one.text for one in claims} == {FOURTH, "That is wrong, the fare pays for the fuel."}

"""Bodies that hold no markup are read without a parser, and come out as the parser would give them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.loaders.bodies import STANDARD, Body, from_html, from_markdown, parsed_html, parsed_markdown
from rejoinder.loaders.bodies.quick import HAS_HTML, HAS_MARKDOWN

PIECES = [
    *"ab1 .\n-+=#~>_*<&:)('\"!^|;/]\\`\t\r\x00\x0c\x1f\x7f\x85\u00a0\u200b\u2003\u3000\ufeffé😀",
    *(
        "https://tea.example/a_b",
        "[a](https://b.example)",
        "\n\n> ",
        "\n> ",
        "*a*",
        "\r\n",
        "[a]: b",
        "***",
        "http:// x",
        "\n\n",
        "  ",
        "\n ",
        "1. ",
        "1)",
        "---",
        "\n:-",
        "<3",
        "a_b_c",
        " > ",
    ),
    *(
        "&gt;",
        "&am",
        "&lt;p&gt;",
        "&#x27;",
        "&#x2F;",
        "&quot;",
        "&nbsp;",
        "<p>",
        "<P>",
        "<p >",
        "</p>",
        "<b",
        "&amp;lt;",
    ),
]
markup = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=30)


@settings(max_examples=1000)
@given(markup, st.booleans())
def test_markdown_is_read_as_its_parser_reads_it(text: str, literal: bool) -> None:
    assert from_markdown(text, literal=literal) == parsed_markdown(text, STANDARD, literal)


@settings(max_examples=1000)
@given(markup)
def test_html_is_read_as_its_parser_reads_it(text: str) -> None:
    assert from_html(text) == parsed_html(text, STANDARD, "")


@pytest.mark.parametrize(
    "text",
    [
        "The kettle boils at 96 degrees up here.",
        "It does not (see above).\n\nOr does it?  I measured - twice!",
        "snake_case_names and https://tea.example/a_b?c=1 are words & 3 < 4",
    ],
)
def test_prose_needs_no_markdown_parser(text: str) -> None:
    assert HAS_MARKDOWN.search(text) is None


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("> quoted", ">"),
        ("so *loud*", "*"),
        ("# Tea", "#"),
        ("3. Pour", "3."),
        ("Tea\n===", "="),
        ("    code", "    c"),
        ("a&nbsp;b", "&n"),
        ("_so_", "_"),
        ("<i>so</i>", "<i"),
        ("[so](https://tea.example)", "["),
        ("a | b", "|"),
    ],
)
def test_whatever_could_be_a_mark_goes_to_the_parser(text: str, mark: str) -> None:
    match = HAS_MARKDOWN.search(text)
    assert match is not None
    assert match[0] == mark


def test_html_of_paragraphs_and_plain_characters_needs_no_parser() -> None:
    text = "It&#x27;s &gt; 3 &amp; rising.<p>See https:&#x2F;&#x2F;tea.example&#x2F;log"
    assert HAS_HTML.search(text) is None
    assert from_html(text) == Body(
        "It's > 3 & rising.\n\nSee https://tea.example/log", parsed_html(text, STANDARD, "").links
    )

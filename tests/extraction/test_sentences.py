"""What is no sentence, claim or move by itself: abbreviations, wrapped lines, headings, mail headers, echoes."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract.points import asides
from rejoinder.loaders.extract.points.quotes import quoted_lines, repeated_words
from rejoinder.loaders.extract.text.blocks import blocks_of_text
from rejoinder.loaders.extract.text.reading import read_comment
from rejoinder.loaders.extract.text.sentences import sentences
from rejoinder.records import Comment, ThreadKey

KEY = ThreadKey("local", "t")


def comment(text: str, name: str = "1") -> Comment:
    return Comment(KEY, name, text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("We open on Sept. 5 at noon.", ["We open on Sept. 5 at noon."], id="before a day"),
        pytest.param("Since Jan. 2019 it leaks. Badly.", ["Since Jan. 2019 it leaks.", "Badly."], id="before a year"),
        pytest.param("It closed in Nov. The pump froze.", ["It closed in Nov.", "The pump froze."], id="at the end"),
        pytest.param("I paid in Dec. 40 others did not.", ["I paid in Dec. 40 others did not."], id="cannot be told"),
        pytest.param("She ate a fig. 3 were left.", ["She ate a fig. 3 were left."], id="as other abbreviations"),
        pytest.param("It can mar. 3 did.", ["It can mar.", "3 did."], id="a word that looks like one"),
    ],
)
def test_the_dot_of_a_month(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == parts


@pytest.mark.parametrize(
    "text",
    [
        "The oven is described on pp. 12 to 19 of the manual.",
        "See p. 4, and ch. IV of the same.",
        "Compare the rye (cf. Table 2 of the booklet).",
        "It takes approx. Twice as long as spelt.",
        "The whole crew, incl. Marta, was late.",
        "Rye vs. Spelt is an old quarrel.",
        "Oven No. 3 is cold, nos. 4 and 5 are not.",
        "The bakery in St. Anne's Lane is shut.",
        "It was built ca. 1890 by a miller.",
        "The crust is thinner in Fig. 3b than in fig. A.",
        "Rolls, buns etc. are sold at the back.",
        "Ilves et al. (2014) weighed the loaves.",
        "Ilves et al. Weighed the loaves, as it says there.",
        "Buy from Crumb & Co. Limited, not from us.",
        "The U.S. Army eats white bread.",
        "It opens at 6 a.m. on Sundays.",
        "They moved, i.e. Marta moved, in Sec. 2(b).",
        "Sift it thrice, esp. Rye.",
        "Lt. Moss and Gov. Pike came.",
        "Use v. 2 of the recipe, not ver. 1.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("I asked and she said no.", "Then she left."),
        ("We sell rolls, buns etc.", "The rest is stale."),
        ("It opens at 6 a.m.", "But nobody comes."),
        ("That is so in the U.S.", "It is not so here."),
        ("She lives in Anne St.", "We do not."),
        ("It belongs to Crumb Ltd.", "They sold it."),
        ("She ate a fig.", "Nobody saw it."),
        ("The word is art.", "Baking is one."),
        ("It took ten min.", "We waited."),
        ("Use no more than the max.", "More is wasted."),
        ("That was in ch.", "Nobody reads that."),
        ("This was found by Ilves et al.", "However, it is wrong."),
    ],
)
def test_a_word_that_could_be_short_for_something_ends_a_sentence(first: str, second: str) -> None:
    text = f"{first} {second}"
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == [first, second]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("When the shutters close at six,\nthe baker sweeps.", 1, id="a comma, then lower case"),
        pytest.param("When the shutters close at six,\nI sweep the floor.", 1, id='a comma, then "I"'),
        pytest.param("Dear Marta,\nthank you for the loaf.", 2, id="an address"),
        pytest.param("Rye, spelt, oats,\nWheat after Easter.", 2, id="a comma, then a capital"),
        pytest.param("The shutters close at six.\nthe baker sweeps.", 2, id="a full stop"),
        pytest.param("When the shutters close at six,\n\nthe baker sweeps.", 2, id="a blank line"),
        pytest.param("When the shutters close at six,\n- the baker sweeps.", 2, id="an item"),
    ],
)
def test_a_line_that_ends_in_a_comma_goes_on_below(text: str, count: int) -> None:
    assert len(blocks_of_text(text)) == count


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        pytest.param("Q2: The choice of flour.", True, id="question number"),
        pytest.param("[R1] Size of the loaves.", True, id="label in brackets"),
        pytest.param("W1. Novelty of the crust.", True, id="weakness number"),
        pytest.param("Q2: Why is the flour sifted twice?", False, id="a labelled question"),
        pytest.param("Q2: The flour was sifted twice.", False, id="a labelled answer"),
        pytest.param("R2 is the better recipe.", False, id="a name that looks like a label"),
        pytest.param("We answer the remarks on the crust below:", True, id="introduces an answer"),
        pytest.param("Regarding the question of who may use the oven on Sundays and holidays:", True, id="regarding"),
        pytest.param("On a cold morning the dough needs the following:", True, id="following"),
        pytest.param("There is one reason why nobody buys the second loaf at that price:", False, id="says something"),
        pytest.param("The rye was late, as the question shows.", False, id="no colon"),
    ],
)
def test_what_only_names_or_introduces_is_a_heading(text: str, heading: bool) -> None:
    (sentence, *rest) = read_comment(comment(text)).sentences
    assert (asides.is_heading(sentence), rest) == (heading, [])


@pytest.mark.parametrize(
    ("text", "attribution"),
    [
        ("From: Marta Ilves", True),
        ("Sent: Monday, 3 May 2021 08:15", True),
        ("Subject: RE: the oven", True),
        ("From the oven comes smoke.", False),
        ("Sent home early, the baker slept.", False),
    ],
)
def test_a_line_of_a_mail_header_is_an_attribution(text: str, attribution: bool) -> None:
    (sentence,) = read_comment(comment(text)).sentences
    assert asides.is_attribution(sentence) is attribution


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param(
            "Yes.\n-----Original Message-----\n> From: Marta\n> Sent: Monday\n>\n> Is the oven free?",
            ["Is the oven free?"],
            id="below the mark",
        ),
        pytest.param("> From: the oven, no less.\n\nFunny.", ["From: the oven, no less."], id="elsewhere"),
        pytest.param("> Is the oven free?\n\nYes.", ["Is the oven free?"], id="no header"),
    ],
)
def test_mail_headers_are_not_quoted(text: str, quoted: list[str]) -> None:
    assert [quoted_line.exact for quoted_line in quoted_lines(read_comment(comment(text)))] == quoted


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        pytest.param("“Rye needs more water.”", "Rye needs more water.", id="a whole sentence in quotation marks"),
        pytest.param('"rye needs more water"', None, id="not word for word"),
        pytest.param("“More water.”", None, id="too few words"),
        pytest.param("“Rye needs more water” is what my aunt says.", None, id="part of a sentence"),
        pytest.param("Rye needs more water.", None, id="without quotation marks and too short to tell"),
    ],
)
def test_a_sentence_in_quotation_marks_that_stands_above_is_a_quotation(text: str, repeated: str | None) -> None:
    parent = read_comment(comment("I bake on Fridays. Rye needs more water. So does spelt.", "0"))
    (sentence,) = read_comment(comment(text)).sentences
    span = repeated_words(sentence, parent)
    assert (None if span is None else span.exact) == repeated

"""What a point of a reply is about: what it quotes, else what it shares words with, else the first claim."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.model.linear import shipped_models
from rejoinder.loaders.extract.threads import hear_comments
from rejoinder.loaders.extract.weighing.fitting import Fitting
from rejoinder.loaders.extract.weighing.targets import (
    COMPARED,
    LEAST_OVERLAP,
    RIVALS,
    Basis,
    Choice,
    shared_words,
    targets_of,
)
from rejoinder.records import ClaimRef, CommentRef, Kind
from tests.extraction.test_extract import made, thread
from tests.timing import assert_in_proportion

PLAN = "The tower needs a new roof. The bell is cracked. Visitors pay too little for the stairs."
ROOF, BELL, STAIRS = "The tower needs a new roof.", "The bell is cracked.", "Visitors pay too little for the stairs."


def choices(*texts: str, authors: str = "ABABAB") -> list[Choice]:
    """What each point of the last comment of a chain is about."""
    heard_comment, weight = list(hear_comments(thread(*texts, authors=authors), {}))[-1]
    return [
        *targets_of(
            range(len(heard_comment.points)),
            heard_comment.reply,
            heard_comment.others,
            Basis(weight, Fitting(shipped_models().fits)),
        ).values()
    ]


def chosen(choice: Choice) -> str | None:
    return None if choice.span is None else choice.span.exact


TABLE = {
    "shared words, not the first": ("A bell can be mended, cracked or not.", BELL, "shared words"),
    "other endings of the words": ("The visitor already paying for them is out of breath.", STAIRS, "shared words"),
    "nothing shared": ("Money does not grow on trees here.", ROOF, "first claim"),
    "a quotation": ("> The bell is cracked.\n\nMoney does not grow on trees here.", BELL, "quote"),
    "a quotation against shared words": ("> The bell is cracked.\n\nA roof costs more.", BELL, "quote"),
    "part of a sentence quoted": ("> is cracked.\n\nSo they said in my youth.", BELL, "quote"),
    "words in quotation marks": ("I would not call it “pay too little for the stairs”.", STAIRS, "quote"),
    "quoted, not quite word for word": ("> the bell has been cracked\n\nSo they said in my youth.", BELL, "quote"),
    "quoted from nowhere": ("> The clock is late.\n\nA bell can be mended.", BELL, "shared words"),
}


@pytest.mark.parametrize(("reply", "claim", "how"), TABLE.values(), ids=TABLE)
def test_what_a_point_is_about(reply: str, claim: str, how: str) -> None:
    (choice,) = choices(PLAN, reply)
    assert (chosen(choice), choice.chosen_by) == (claim, how)


LISTED = "1. The tower needs a new roof.\n2. The bell is cracked.\n3. Visitors pay too little for the stairs."
BULLETS = LISTED.replace("1.", "-").replace("2.", "-").replace("3.", "-")
LETTERED = LISTED.replace("1.", "A.").replace("2.", "B.").replace("3.", "C.")
BRACKETED = LISTED.replace("1.", "(a)").replace("2.", "(b)").replace("3.", "(c)")
COUNTED = (
    "First, the tower needs a new roof. Second, the bell is cracked. Thirdly, visitors pay too little for the stairs."
)
LATE = "Q2: The clock is late."
NUMBERED = {
    "re": (LISTED, "Re 2: the roof comes first.", BELL, "number"),
    "re, within brackets": (LISTED, "re: (3), the roof comes first.", STAIRS, "number"),
    "ad": (LISTED, "Ad 3) the roof comes first.", STAIRS, "number"),
    "a hash": (LISTED, "The roof comes before #3, surely.", STAIRS, "number"),
    "a point and its number": (LISTED, "I'd put point 2 last, the roof comes first.", BELL, "number"),
    "an ordinal": (LISTED, "Your third point is news to me, the roof comes first.", STAIRS, "number"),
    "an ordinal, of bullets": (BULLETS, "Your third point is news to me, the roof comes first.", STAIRS, "number"),
    "an ordinal, of a list in words": (
        COUNTED,
        "Your second argument is news to me.",
        "Second, the bell is cracked.",
        "number",
    ),
    "a number on its own line": (LISTED, "Re 2:\n\nThe roof comes first.", BELL, "number"),
    "a list like the one above": (LISTED, "2. The roof comes first.", BELL, "number"),
    "a label": (
        "Q1: " + PLAN + "\nQ2: The clock is late.",
        "Q2: The roof comes first.",
        "Q2: The clock is late.",
        "number",
    ),
    "a quotation against a number": (LISTED, "> The bell is cracked.\n\nThe roof comes first.", BELL, "quote"),
    "several": (LISTED, "Points 2 and 3 are news to me, the roof comes first.", BELL, "number"),
    "a point of a referee": (LISTED, "R1.2: The roof comes first.", BELL, "number"),
    "a point of a referee, otherwise": (LISTED, "[R2-C3] The roof comes first.", STAIRS, "number"),
    "a letter": (LETTERED, "On B, the roof comes first.", "B. The bell is cracked.", "number"),
    "a letter and a colon": (LETTERED, "Re C: the roof comes first.", f"C. {STAIRS}", "number"),
    "letters like those above": (LETTERED, "B. The roof comes first.", "B. The bell is cracked.", "number"),
    "a point and its letter": (LETTERED, "I'd put point C last, the roof comes first.", f"C. {STAIRS}", "number"),
    "letters within brackets": (BRACKETED, "(b) The roof comes first.", BELL, "number"),
    "a letter within brackets": (BRACKETED, "As to (c), the roof comes first.", STAIRS, "number"),
    "a letter that nothing bears": (
        LETTERED,
        "On D, the roof comes first.",
        "A. The tower needs a new roof.",
        "shared words",
    ),
    "an article": (LETTERED, "A roof comes first, to any mason.", "A. The tower needs a new roof.", "shared words"),
    "in bold": (LISTED, "**Re 2:** the roof comes first.", BELL, "number"),
    "only the number, in bold": (LISTED, "**2.** The roof comes first.", BELL, "number"),
    "a label on its own line": (f"Q1: {PLAN}\n{LATE}", "Q2:\n\nThe roof comes first.", LATE, "number"),
    "a number as subject": (LISTED, "#3 is news to me, the roof comes first.", STAIRS, "number"),
    "a list with a number of its own": (LISTED, "4. Ask them.\n2. The roof comes first.", ROOF, "shared words"),
    "a number in code": (LISTED, "Re 2:\n\n```\nrun 2\n```\n\nThe roof comes first.", ROOF, "shared words"),
    "at this point": (LISTED, "At this point 3 roofs in town would be hurt.", ROOF, "shared words"),
    "a span of weeks": (LISTED, "2 - 3 weeks for a roof are too long.", ROOF, "shared words"),
    "a size of paper": (f"Q4: {LISTED}", "A4 paper is what you would need for the roof.", ROOF, "shared words"),
    "a day": (LISTED, "On 3. May the roof was new.", ROOF, "shared words"),
    "in brackets": (LISTED, "It was (2) years ago that the roof was new.", ROOF, "shared words"),
    "first on a list of one's own": (LISTED, "#3 on my list of worries is the roof.", ROOF, "shared words"),
    "somebody else's third point": (LISTED, "The third argument of the mayor was the roof.", ROOF, "shared words"),
    "a number that nothing bears": (LISTED, "Re 7: the roof comes first.", ROOF, "shared words"),
    "a list of another kind": (LISTED, "4. The roof comes first.", ROOF, "shared words"),
    "a list below bullets": (BULLETS, "3. The roof comes first.", ROOF, "shared words"),
    "no list above": (PLAN, "Re 2: the roof comes first.", ROOF, "shared words"),
    "an amount": (LISTED, "We paid 2 masons for the roof.", ROOF, "shared words"),
    "a date": (LISTED, "The roof was new on May 3.", ROOF, "shared words"),
}


@pytest.mark.parametrize(("plan", "reply", "claim", "how"), NUMBERED.values(), ids=NUMBERED)
def test_what_a_point_names_by_number(plan: str, reply: str, claim: str, how: str) -> None:
    choice = choices(plan, reply)[-1]
    assert (chosen(choice), choice.chosen_by) == (claim, how)


def test_a_number_holds_to_the_end_of_its_paragraph_or_below_its_line_to_the_next_number() -> None:
    paragraphs = "Re 3: ask them. They have coins.\n\nI rang it myself."
    assert [chosen(choice) for choice in choices(LISTED, paragraphs)] == [STAIRS, STAIRS, ROOF]
    lines = "Re 3:\n\nAsk them.\n\nThey have coins.\n\nRe 2:\n\nI rang it myself."
    assert [chosen(choice) for choice in choices(LISTED, lines)] == [STAIRS, STAIRS, STAIRS, BELL, BELL]


def test_a_question_is_chosen_where_it_is_quoted_or_clearly_shares_most() -> None:
    asking = "Who pays for the ladder? The bell is cracked."
    assert [chosen(choice) for choice in choices(asking, "The parish pays for the ladder.")] == [
        "Who pays for the ladder?"
    ]
    assert [chosen(choice) for choice in choices(asking, "> Who pays for the ladder?\n\nWe do.")] == [
        "Who pays for the ladder?"
    ]
    assert [chosen(choice) for choice in choices(asking, "Nobody does.")] == [BELL]


def test_a_greeting_is_passed_over_and_called_one() -> None:
    (choice,) = choices(f"Hello all, some of you have rung with me. {ROOF}", "Money does not grow on trees here.")
    assert (chosen(choice), choice.chosen_by) == (ROOF, "first claim")
    assert [rival.why for rival in choice.rivals] == ["only greets"]


def test_a_first_sentence_that_only_tells_of_its_writer_is_passed_over() -> None:
    (choice,) = choices(f"I have rung the bells for years. {ROOF} {STAIRS}", "Money does not grow on trees here.")
    assert (chosen(choice), choice.chosen_by) == (ROOF, "first claim")


def test_each_point_has_a_target_of_its_own() -> None:
    reply = "The roof was mended in May. Nobody has heard that the bell is bad. The stairs are free for children."
    assert [chosen(choice) for choice in choices(PLAN, reply)] == [ROOF, BELL, STAIRS]


def test_a_quotation_holds_for_what_follows_until_the_next_one() -> None:
    reply = (
        "> The bell is cracked.\n\nIt rings. It can be heard in the valley.\n\n> Visitors pay too little\n\nAsk them."
    )
    assert [chosen(choice) for choice in choices(PLAN, reply)] == [BELL, BELL, STAIRS]


def test_what_stands_before_a_quotation_is_not_about_it() -> None:
    reply = "The roof was mended in May.\n\n> The bell is cracked.\n\nIt rings."
    assert [chosen(choice) for choice in choices(PLAN, reply)] == [ROOF, BELL]


def test_a_quotation_of_an_earlier_comment_leads_there() -> None:
    (choice,) = choices(
        PLAN, "The mason is ill until the autumn.", "> The bell is cracked.\n\nSo they said in my youth."
    )
    assert (choice.comment.id, chosen(choice), choice.chosen_by) == ("0", BELL, "quote")


def test_a_comment_that_claims_nothing_is_aimed_at_as_a_whole() -> None:
    (choice,) = choices("Thanks!", "The tower has no roof.")
    assert (choice.chosen, choice.chosen_by, choice.share, choice.rivals) == (None, "comment", 0.0, ())


def test_the_next_best_claims_are_kept_as_rivals() -> None:
    (choice,) = choices(PLAN, "The bell in the tower is cracked, and the roof is whole.")
    assert chosen(choice) == BELL
    assert [(rival.point.span.exact, rival.why) for rival in choice.rivals] == [(ROOF, "shares less")]
    shares = [choice.share, *(rival.share for rival in choice.rivals)]
    assert shares == sorted(shares, reverse=True)
    assert min(shares) > 0


LOST = {
    "shares less": ("The bell in the tower is cracked, and the roof is whole.", PLAN, [(ROOF, "shares less")]),
    "shares nothing": ("The bell rings.", PLAN, []),
    "not quoted": ("> The bell is cracked.\n\nThe roof is whole.", PLAN, [(ROOF, "not quoted")]),
    "too little": (
        "Nobody who rang there in my youth, with the mason and the smith and the vicar, paid for a tower.",
        PLAN,
        [],
    ),
    "of its writer": (
        "Money does not grow on trees here.",
        f"I have rung the bells for years. {ROOF}",
        [("I have rung the bells for years.", "only tells of its writer")],
    ),
}


@pytest.mark.parametrize(("reply", "above", "rivals"), LOST.values(), ids=LOST)
def test_what_was_not_chosen_says_why(reply: str, above: str, rivals: list[tuple[str, str]]) -> None:
    (choice,) = choices(above, reply)
    assert [(rival.point.span.exact, rival.why) for rival in choice.rivals] == rivals


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("The bells ring, cracked or not, and a bell is a bell.", ("bells", "cracked")),
        ("It is so.", ()),
        ("A new roof needs slates, which the roof of the tower never had.", ("new", "roof", "needs", "tower")),
    ],
)
def test_the_words_that_both_share_are_named_as_the_reply_has_them(reply: str, words: tuple[str, ...]) -> None:
    (choice,) = choices(PLAN, reply)
    heard_comment, _ = list(hear_comments(thread(PLAN, reply), {}))[-1]
    assert choice.chosen is not None
    assert shared_words(heard_comment.points[0], choice.chosen) == words


def test_of_equals_the_earlier_is_chosen() -> None:
    (choice,) = choices("A cracked bell hangs there. There hangs a cracked bell.", "So it is cracked, that bell.")
    assert chosen(choice) == "A cracked bell hangs there."
    assert choice.rivals[0].share == pytest.approx(choice.share)
    assert choice.rivals[0].why == "comes later"


def test_a_move_is_aimed_at_the_claim_that_was_chosen() -> None:
    argument_map = extract(thread(PLAN, "No, the bell rings as it always did."))
    texts = {one.id: one.text for one in argument_map.claims}
    (move,) = made(argument_map, "1")
    assert isinstance(move.target, ClaimRef)
    assert (move.kind, texts[move.target.id]) == (Kind.REBUTTAL, BELL)


def test_a_move_against_a_comment_without_claims_is_aimed_at_the_comment() -> None:
    (move,) = made(extract(thread("Thanks!", "No, there is nothing to cheer about, the roof is gone.")), "1")
    assert move.target == CommentRef("0")


WORDS = ["bell", "roof", "stairs", "tower", "mason", "cracked", "new", "not", "the", "is"]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=3, max_size=6).map(lambda some: f"{' '.join(some).capitalize()}.")


@given(st.lists(SENTENCES, min_size=1, max_size=5), st.lists(SENTENCES, min_size=1, max_size=3))
def test_a_choice_is_one_of_the_claims_with_a_share_of_words(above: Sequence[str], reply: Sequence[str]) -> None:
    for choice in choices(" ".join(above), " ".join(reply)):
        shares = [rival.share for rival in choice.rivals]
        assert 0 <= choice.share <= 1
        assert (chosen(choice) or "") in " ".join(above)
        assert choice.chosen_by in ("quote", "shared words", "first claim", "best fit", "comment")
        assert (choice.chosen_by == "shared words") <= (choice.share >= LEAST_OVERLAP)
        assert len(shares) <= RIVALS
        assert shares == sorted(shares, reverse=True)
        assert chosen(choice) not in [rival.point.span.exact for rival in choice.rivals] or len(set(above)) < len(above)


def test_time_is_linear_in_the_points_of_a_reply_to_a_long_comment() -> None:
    above = " ".join(f"Bell number {number} in the tower is cracked." for number in range(2 * COMPARED))
    assert_in_proportion(
        lambda count: " ".join(f"No, bell {number} rings well." for number in range(count)),
        lambda reply: choices(above, reply),
        small=50,
        times=8,
    )

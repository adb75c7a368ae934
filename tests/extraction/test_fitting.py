"""Which claim fits where no telling words are shared: what each claim shows, and what that decides."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract.model.linear import NO, YES, Model, shipped_models
from rejoinder.loaders.extract.threads import hear_comments
from rejoinder.loaders.extract.weighing.fitting import Fitting, claim_features
from rejoinder.loaders.extract.weighing.targets import Basis, Choice, targets_of
from tests.extraction.test_extract import thread

ABOVE = "The lock sticks in wet weather. Could somebody oil it before the fair? Thanks to all who came."
LOCK, OIL, THANKS = (
    "The lock sticks in wet weather.",
    "Could somebody oil it before the fair?",
    "Thanks to all who came.",
)


def choices(reply: str, above: str = ABOVE, model: Model | None = None) -> list[Choice]:
    """What each point of a reply to a reply is about."""
    heard_comment, weight = list(hear_comments(thread("We meet on Sunday.", above, reply), {}))[-1]
    basis = Basis(weight, Fitting(model or shipped_models().fits))
    return [*targets_of(range(len(heard_comment.points)), heard_comment.reply, heard_comment.others, basis).values()]


def only(feature: str) -> Model:
    """A model that looks at one feature."""
    return Model((NO, YES), {feature: (0.0, 1.0)})


@pytest.mark.parametrize(
    ("feature", "claim"),
    [
        ("first", "The lock sticks in wet weather."),
        ("place", "Nobody has a second key."),
        ("length", "The lock sticks in wet weather."),
        ("words obliging", "It should be oiled."),
        ("words i", "I have one at home."),
    ],
)
def test_what_a_claim_shows_decides(feature: str, claim: str) -> None:
    above = "The lock sticks in wet weather. It should be oiled. I have one at home. Nobody has a second key."
    (choice,) = choices("Marta sang.", above, only(feature))
    assert choice.span is not None
    assert (choice.span.exact, choice.chosen_by) == (
        claim,
        "first claim" if feature in ("first", "length") else "best fit",
    )


def test_people_go_on_about_what_the_point_before_was_about() -> None:
    above = "The lock sticks in wet weather. The roof is whole. Nobody has a second key."
    first, second = choices("A roof is never whole. Marta sang.", above, only("as the one before"))
    assert (first.chosen_by, second.chosen_by) == ("shared words", "best fit")
    assert first.span == second.span


def test_people_keep_the_order_of_what_they_reply_to() -> None:
    above = "The lock sticks in wet weather. The roof is whole. Nobody has a second key."
    found = choices("Marta sang. Paul danced. Ida slept.", above, only("order"))
    assert [choice.compared.chosen for choice in found if choice.compared] == [0, 1, 2]


def test_of_equals_the_first_fits() -> None:
    heard_comment, _ = list(hear_comments(thread(ABOVE, "Marta sang."), {}))[-1]
    candidates = heard_comment.others[0].candidates
    assert Fitting(only("nothing")).best_fit(candidates, [0.0] * len(candidates), 0.0, None) == 0


def test_a_claim_that_shares_enough_words_is_chosen_whatever_fits() -> None:
    (choice,) = choices("A lock wants graphite.", ABOVE, only("place"))
    assert (choice.span and choice.span.exact, choice.chosen_by) == (LOCK, "shared words")


def test_where_a_claim_stands_is_told_from_the_one_before() -> None:
    heard_comment, _ = list(
        hear_comments(thread("The lock is stuck. The roof is whole. The key is lost. The door is red.", "So."), {})
    )[-1]
    shown = [*claim_features(heard_comment.others[0].candidates, [0.0] * 4, 0.0, 1)]
    told = [{name for name in each if name.endswith("the one before")} for each in shown]
    assert told == [{"above the one before"}, {"as the one before"}, {"next to the one before"}, set()]


def test_what_did_not_fit_is_told() -> None:
    above = "The lock sticks in wet weather. It should be oiled."
    (choice,) = choices("Marta sang.", above, only("place"))
    assert [(rival.point.span.exact, rival.why) for rival in choice.rivals] == [(LOCK, "fits less")]

"""What each feature means: a sentence that shows it, and one much like it that does not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.loaders.extract.model.linear import BIAS, shipped_models
from rejoinder.loaders.extract.moves.replies import acting_points
from rejoinder.loaders.extract.points import features
from rejoinder.loaders.extract.points.claims import points_of_comment
from rejoinder.loaders.extract.points.premises import BEFORE, features_of_premise
from rejoinder.loaders.extract.text import cues, lexicon
from rejoinder.loaders.extract.text.questions import FORMS
from rejoinder.loaders.extract.text.reading import Reading, read_comment
from rejoinder.loaders.extract.threads import HeardComment, hear_comments
from rejoinder.loaders.extract.weighing.fitting import Fitting
from rejoinder.loaders.extract.weighing.reply_stance import (
    ACTS_FIRST,
    ACTS_IN_REPLY,
    FEATURES_IN_REPLY,
    ReplyStance,
    features_of_whole,
    stance_of_reply,
)
from rejoinder.loaders.extract.weighing.situation import NEIGHBOUR_ACTS, Reply, features_of
from rejoinder.loaders.extract.weighing.targets import Basis, targets_of
from rejoinder.loaders.extract.weighing.verdicts import verdicts_of_points
from rejoinder.records import Comment, ThreadKey
from tests.extraction.test_extract import thread

KEY = ThreadKey("local", "t")


def read(text: str) -> Reading:
    return read_comment(Comment(KEY, "c", text))


PASSAGE = {
    "words positive": ("The stove is reliable.", "The stove is black."),
    "words negative": ("The stove is dangerous.", "The stove is black."),
    "words absolute": ("The stove always smokes.", "The stove smokes."),
    "words hedging": ("The stove possibly smokes.", "The stove smokes."),
    "words comparing": ("The stove is bigger.", "The stove is big."),
    "words obliging": ("The stove must go.", "The stove goes."),
    "words would": ("The stove would smoke.", "The stove will smoke."),
    "words arguing": ("This premise is new.", "This stove is new."),
    "words evidence": ("The survey is new.", "The stove is new."),
    "words adding": ("The stove smokes, too.", "The stove smokes."),
    "words causing": ("It smokes because of the wind.", "It smokes in the wind."),
    "words contrasting": ("It smokes despite the wind.", "It smokes in the wind."),
    "words changing": ("The flue was replaced.", "The flue was black."),
    "words some": ("Several flues are black.", "Flues are black."),
    "words people": ("The children light it.", "The matches light it."),
    "words thanking": ("I am grateful for the stove.", "I am fond of the stove."),
    "words i": ("My stove is black.", "The stove is black."),
    "words you": ("Your stove is black.", "The stove is black."),
    "words we": ("Our stove is black.", "The stove is black."),
    "words third": ("Their stove is black.", "The stove is black."),
    "words not": ("The stove isn't black.", "The stove is black."),
    "cue absolute": ("Nobody sweeps the flue.", "Anna sweeps the flue."),
    "cue agree": ("You're right about the flue.", "You're fond of the flue."),
    "cue answer": ("It depends on the flue.", "It hangs on the flue."),
    "cue ask": ("Where is the flue?", "Is there a flue?"),
    "cue clarify": ("I meant the flue.", "I mend the flue."),
    "cue concede": ("Granted, the flue is long.", "The flue is long."),
    "cue restate": ("You say the flue is long.", "The flue is long."),
    "cue withdraw": ("Scratch that, the flue is long.", "The flue is long."),
    "cue contrast": ("The flue, however, is long.", "The flue is long."),
    "cue disagree": ("I doubt that the flue is long.", "I hear that the flue is long."),
    "cue dismiss": ("The flue is beside the point.", "The flue is beside the stove."),
    "cue done": ("We have added a flue.", "We have a flue."),
    "cue example": ("Take the flue, for instance.", "Take the flue."),
    "cue follow": ("Hence the flue is long.", "The flue is long."),
    "cue hedge": ("Perhaps the flue is long.", "The flue is long."),
    "cue introduce": ("The sweep says the flue is long.", "The sweep measures the flue."),
    "cue meta": ("My view of the flue is short.", "A view of the flue is short."),
    "cue negative": ("A flue like that is unfair.", "A flue like that is long."),
    "cue no": ("No, the flue is long.", "The flue is long."),
    "cue point": ("The point is that the flue is long.", "The flue has a point."),
    "cue positive": ("A useful flue.", "A long flue."),
    "cue propose": ("I suggest a longer flue.", "I own a longer flue."),
    "cue reason": ("It draws because the flue is long.", "It draws and the flue is long."),
    "cue request": ("Please measure the flue.", "I measured the flue."),
    "cue rhetorical": ("Isn't the flue long?", "Is the flue long?"),
    "cue same": ("Moreover, the flue is long.", "The flue is long."),
    "cue thanks": ("Thanks for the flue.", "So much for the flue."),
    "cue undercut": ("A long flue doesn't mean a good draught.", "A long flue makes a good draught."),
    "cue undermine": ("There is no evidence of a draught.", "There is no trace of a draught."),
    "cue wrong": ("That figure is incorrect.", "That figure is round."),
    "opens yes": ("Yes, the kettle sings.", "The kettle says yes."),
    "opens no": ("Never has the kettle sung.", "The kettle has never sung."),
    "opens but": ("Still, the kettle sings.", "The kettle is still."),
    "opens and": ("Also, the kettle sings.", "The kettle also sings."),
    "opens so": ("Then the kettle sings.", "The kettle sings then."),
    "opens because": ("Since May, the kettle sings.", "The kettle sings since May."),
    "opens if": ("When it boils, the kettle sings.", "The kettle sings when it boils."),
    "opens you": ("You hear the kettle.", "The kettle hears you."),
    "opens i": ("I hear the kettle.", "The kettle and I sing."),
    "opens we": ("We hear the kettle.", "The kettle and we sing."),
    "opens pointing": ("That sings in the kettle.", "The kettle sings that."),
    "opens there": ("There sings the kettle.", "The kettle sings there."),
    "opens asking": ("Which kettle sings?", "The kettle that sings?"),
    "opens inverted": ("Does the kettle sing?", "The kettle does sing?"),
    "opens well": ("Hmm, the kettle sings.", "The kettle hums."),
    "opens please": ("Please mind the kettle.", "Mind the kettle, please."),
    "opens thanks": ("Cheers, the kettle sings.", "The kettle cheers."),
    "negates early": ("It has no lid at all.", "The kettle on the stove has no lid."),
    "density not": ("It has no lid at all.", "It has a lid."),
    "asks": ("Has it a lid?", "It has a lid."),
    "asks negated": ("Has it no lid?", "Has it a lid? It has no handle."),
    "exclaims": ("It has a lid!", "It has a lid."),
    "numbers": ("It holds 2 cups.", "It holds two cups."),
    "quotation marks": ("The “lid” is a plate.", "The lid is a plate."),
    "no person": ("The lid is a plate.", "My lid is a plate."),
    "few words": ("The lid is a plate.", "The lid of the kettle is a plate."),
    "bare": ("kettles with lids boil sooner", "Kettles with lids boil sooner."),
}
LISTED = {kind for words in lexicon.kinds_of_words() for kinds in words.values() for kind in kinds}
OWN = [f"words {kind}" for kind in {*lexicon.CLOSED, *LISTED}]
ACTS = [f"cue {act}" for act in {cue.act for cue in cues.cue_table()}]
SHAPE = ["negates early", "density not", "asks", "asks negated", "exclaims", "numbers", "quotation marks", "no person",
         "few words", "bare"]  # fmt: skip


def test_every_feature_of_a_passage_has_its_row() -> None:
    assert sorted(PASSAGE) == sorted({*OWN, *ACTS, *(f"opens {name}" for name in features.OPENERS), *SHAPE})


@pytest.mark.parametrize("name", PASSAGE)
def test_a_feature_of_a_passage(name: str) -> None:
    shows, does_not = (features.passage_features(read(text).sentences) for text in PASSAGE[name])
    assert shows.get(name, 0) > 0
    assert name not in does_not


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Lids, lids and never a lid that never fits, never.", "words not", 2.0),
        ("Is it here? It is.", "asks", 0.5),
        ("Well, we never had a lid.", "opens we", 0.7),
        ("Has anybody a lid?", "opens inverted", 1.0),
    ],
)
def test_how_much_a_feature_counts(text: str, name: str, value: float) -> None:
    assert features.passage_features(read(text).sentences)[name] == pytest.approx(value)


def test_no_words_show_nothing() -> None:
    assert features.passage_features(read("...").sentences) == {}


PAIR = {
    "share": ("The harbour freezes.", "Ships avoid the harbour.", "Ships avoid the ice."),
    "nothing shared": ("The harbour freezes.", "Ships avoid the ice.", "Ships avoid the harbour."),
    "negation differs": ("The harbour freezes.", "Harbours never freeze.", "Harbours often freeze."),
    "negation differs, shared": ("The harbour freezes.", "Harbours never freeze.", "Harbours often freeze."),
    "opposed words": ("The harbour is open.", "The harbour is closed.", "The harbour is white."),
    "repeats": ("The harbour is open.", "The harbour master left.", "A harbour has masters."),
    "tone alike": ("The harbour is safe.", "A fine view.", "A grim view, and dangerous."),
    "tone differs": ("The harbour is safe.", "A dangerous reef.", "A good reef."),
}


@pytest.mark.parametrize("name", PAIR)
def test_a_feature_of_a_pair(name: str) -> None:
    other, *texts = (read(text).sentences for text in PAIR[name])
    shows, does_not = (features.pair_features(sentences, other, {}) for sentences in texts)
    assert shows.get(name, 0) > 0
    assert name not in does_not


def test_negated_good_words_count_as_bad_ones() -> None:
    assert "tone differs" in features.pair_features(
        read("It is not safe.").sentences, read("It is safe.").sentences, {}
    )


OTHER = {
    "other asks": ("Who dug the pit?", "She dug the pit."),
    "other wishes": ("It would be nice to see the pit.", "It is nice to see the pit."),
    "other you": ("You dug the pit.", "She dug the pit."),
    "other i": ("I dug the pit.", "She dug the pit."),
    "other not": ("She did not dig the pit.", "She dug the pit."),
    "other obliging": ("She should dig a pit.", "She dug the pit."),
    "other negative": ("The pit is poisoned and dangerous.", "The pit is deep."),
    "other positive": ("The pit is lovely.", "The pit is deep."),
    "other absolute": ("The pit never dries.", "The pit dries."),
    "other hedging": ("The pit perhaps dries.", "The pit dries."),
    "other changing": ("The pit was fixed.", "The pit was deep."),
    "other cue request": ("Please cover the pit.", "They cover the pit."),
    "other cue propose": ("I suggest a cover for the pit.", "I own a cover for the pit."),
    "other cue wrong": ("The depth is incorrect.", "The depth is given."),
    "other cue disagree": ("I doubt the depth.", "I measured the depth."),
    "other cue agree": ("I agree about the depth.", "I asked about the depth."),
    "other cue thanks": ("Thanks for the depth.", "So much for the depth."),
    "other cue undermine": ("There is no evidence for the depth.", "There is a number for the depth."),
}


def test_every_feature_of_the_other_has_its_row() -> None:
    named = {f"other {one}" for one in features.OTHER_KINDS} | {f"other cue {one}" for one in features.OTHER_ACTS}
    assert set(OTHER) == named | {"other asks", "other wishes"}


@pytest.mark.parametrize("name", OTHER)
def test_a_feature_of_what_is_reacted_to(name: str) -> None:
    shows, does_not = (features.other_features(read(text).sentences) for text in OTHER[name])
    assert shows.get(name) == 1.0
    assert name not in does_not


FIRST = "The weir should be opened in spring. The eels cannot pass it."


def last(*texts: str, authors: str = "ABABAB") -> tuple[HeardComment, Mapping[str, float]]:
    """The last comment of a chain of replies, and the weights of the words."""
    return list(hear_comments(thread(*texts, authors=authors), {}))[-1]


def replying(*texts: str, authors: str = "ABABAB") -> Reply:
    return last(*texts, authors=authors)[0].reply


def of_point(reply: Reply, number: int) -> dict[str, float]:
    return features_of(number, reply, None, {})


AFTER = {
    "agree": "I agree with that.",
    "concede": "I admit that it is old.",
    "done": "We have added a ladder for them.",
    "thanks": "Thanks for the photographs of it.",
    "disagree": "I doubt that they come this far.",
    "wrong": "That is incorrect for this weir.",
    "no": "No, they pass it on the left.",
    "contrast": "The millers, however, want it shut.",
    "rhetorical": "Doesn't the mill need the water?",
}


@pytest.mark.parametrize("act", NEIGHBOUR_ACTS)
def test_what_stands_before_a_point(act: str) -> None:
    shows = replying(FIRST, f"{AFTER[act]} The mill was built for that head of water.")
    does_not = replying(FIRST, "The mill is old and made of stone. The mill was built for that head of water.")
    assert of_point(shows, len(shows.points) - 1)[f"after {act}"] == 1.0
    assert f"after {act}" not in of_point(does_not, 1)


@pytest.mark.parametrize(
    ("name", "shows", "does_not"),
    [
        ("before contrast", "The mill is old. But the wheel turns every day.", "The mill is old. It turns every day."),
        ("whole leans", "I agree about the eels and the mill.", ""),
        ("leans", "I agree about the eels and the mill.", ""),
    ],
)
def test_what_stands_around_a_point(name: str, shows: str, does_not: str) -> None:
    assert of_point(replying(FIRST, shows), 0)[name] > 0
    assert not does_not or name not in of_point(replying(FIRST, does_not), 0)


def test_the_point_after_a_question_knows_it() -> None:
    reply = replying(FIRST, "How high is the weir? The mill was built for a head of two metres.")
    assert "after a question" not in of_point(reply, 0)
    assert of_point(reply, 1)["after a question"] == 1.0


@pytest.mark.parametrize(("authors", "starts"), [("ABA", True), ("ABC", False), ("ABB", False)])
def test_who_opened_the_thread_is_known(authors: str, starts: bool) -> None:
    reply = replying(FIRST, "The mill is old.", "So are the eels.", authors=authors)
    assert ("by the starter" in of_point(reply, 0)) == starts
    assert not reply.to_starter


WHOLE = {
    "quotes": ("> The eels cannot pass it.\n\nThey use the ladder.", "They use the ladder."),
    "only asks": ("How high is it? Who owns it?", "How high is it? The mill owns it."),
    "asks somewhere": ("How high is it? The mill owns it.", "It is high. The mill owns it."),
    "brief": (
        "They use the ladder. It works.",
        "They use the ladder that was built beside the mill. It works on most days.",
    ),
    "short": (
        "They use the ladder. It works.",
        "They use the ladder. It works. " + "The eels and the trout go up. " * 5,
    ),
    "no negation": ("They use the ladder. It works.", "They use the ladder. It never works."),
    "no points": ("Thanks! Cheers!", "They use the ladder. It works."),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_feature_of_a_whole_reply(name: str) -> None:
    shows, does_not = (as_whole(FIRST, text) for text in WHOLE[name])
    assert shows.get(name, 0) > 0
    assert name not in does_not


def as_whole(*texts: str, authors: str = "ABABAB") -> dict[str, float]:
    heard_comment, weight = last(*texts, authors=authors)
    acting = acting_points(heard_comment.reply, range(len(heard_comment.points)))
    choices = targets_of(
        acting, heard_comment.reply, heard_comment.others, Basis(weight, Fitting(shipped_models().fits))
    )
    return features_of_whole(
        heard_comment.reply, verdicts_of_points(heard_comment.reply, choices, weight, shipped_models())
    )


@pytest.mark.parametrize("act", ACTS_IN_REPLY)
def test_what_a_reply_says_somewhere(act: str) -> None:
    shown = next(text for name, (text, _) in PASSAGE.items() if name == f"cue {act}")
    assert as_whole(FIRST, f"The ladder is made of oak. {shown}")[f"has {act}"] == 1.0
    assert f"has {act}" not in as_whole(FIRST, "The ladder is made of oak. Eels climb it.")


@pytest.mark.parametrize("act", ACTS_FIRST)
def test_what_a_reply_begins_with(act: str) -> None:
    shown = PASSAGE[f"cue {act}"][0]
    assert as_whole(FIRST, f"{shown} The ladder is made of oak.")[f"begins with {act}"] == 1.0
    assert f"begins with {act}" not in as_whole(FIRST, f"The ladder is made of oak. {shown}")


def test_whom_a_reply_is_to() -> None:
    assert "to the starter" in as_whole(FIRST, "The mill is old. It needs the water.")
    late = as_whole(FIRST, "Who owns the mill?", "My aunt owns it. She grinds rye.", authors="ABA")
    assert {"by the starter", "was asked"} <= late.keys()
    assert "to the starter" not in late


def test_a_longer_reply_is_longer() -> None:
    one, other = (as_whole(FIRST, "The ladder is made of oak. " * count) for count in (2, 6))
    assert (one["length"] < other["length"], one["points"] < other["points"]) == (True, True)


def test_a_single_point_stands_for_its_reply_and_silence_does_nothing() -> None:
    reply = replying(FIRST, "They use the ladder beside the mill.")
    assert stance_of_reply(reply, {}, shipped_models()) == ReplyStance(0.0, 0.0, 0.0)
    assert ReplyStance(0.0, 0.0, 0.0, single=True).may_object
    assert not ReplyStance(0.0, 0.0, 0.0).may_agree


def of_second(text: str, opening: bool = False, number: int = 1) -> dict[str, float]:
    reading = read(text)
    quote_ends = [block.end for block in reading.blocks if block.shape == "quote"]
    return features_of_premise(number, points_of_comment(reading, quote_ends), opening, {})


OLD = "The quay is old. Its stones are worn."
PREMISE = {
    "begins a paragraph": ("The quay is old.\n\nIts stones are worn.", OLD),
    "after a quotation": ("The quay is old.\n\n> So is the pier.\n\nIts stones are worn.", OLD),
    "item": ("The quay is old.\n- Its stones are worn.", "The quay is old.\nIts stones are worn."),
    "last": (OLD, "The quay is old. Its stones are worn. Nobody moors there."),
    "before words obliging": ("The quay must go. Its stones are worn.", OLD),
    "before words i": ("I know the quay. Its stones are worn.", OLD),
    "before words hedging": ("The quay seems old. Its stones are worn.", OLD),
    "before words not": ("The quay is not old. Its stones are worn.", OLD),
    "before words absolute": ("The quay never dries. Its stones are worn.", OLD),
    "before words causing": ("It is shut because of age. Its stones are worn.", OLD),
    "before cue agree": ("I agree about the quay. Its stones are worn.", OLD),
    "before cue disagree": ("I doubt that it holds. Its stones are worn.", OLD),
    "before asks": ("How old is the quay? Its stones are worn.", OLD),
}  # fmt: skip


def test_what_a_reason_stands_after_has_its_rows() -> None:
    assert {f"before {name}" for name in BEFORE} <= PREMISE.keys()


@pytest.mark.parametrize("name", PREMISE)
def test_a_feature_of_a_reason(name: str) -> None:
    shows, does_not = map(of_second, PREMISE[name])
    assert shows.get(name, 0) > 0
    assert name not in does_not


def test_the_place_of_a_reason_is_known() -> None:
    text = "The quay is old. Its stones are worn. The rings are rust. The steps are gone. The lamp is dark."
    assert ("second" in of_second(text), "second" in of_second(text, number=2)) == (True, False)
    assert ("late" in of_second(text, number=4), "late" in of_second(text, number=3)) == (True, False)
    assert ("opening post" in of_second(text, opening=True), "opening post" in of_second(text)) == (True, False)
    assert of_second(text)["length"] == pytest.approx(4 / 12)
    assert of_second("The quay " * 50 + ". It is old.")["before length"] == 3.0


def test_every_weight_is_of_a_feature_that_a_row_shows() -> None:
    alone, pair = {*PASSAGE, *PAIR}, {*OTHER, *(f"after {act}" for act in NEIGHBOUR_ACTS)}
    pair |= {"leans", "whole leans", "by the starter", "before contrast", "after a question"}
    pair |= {f"asks {one}" for one in {*FORMS.values(), "statement"}}  # tests/extraction/test_questions.py shows each
    reason = alone | PREMISE.keys() | {"length", "before length", "second", "late", "opening post"}
    said = {f"has {act}" for act in ACTS_IN_REPLY} | {f"begins with {act}" for act in ACTS_FIRST}
    deeds = {"least agreeing", "mean agreeing", "first agreeing", "nothing", "asking", "attacking"}
    of_whole = {
        *FEATURES_IN_REPLY,
        *said,
        *WHOLE,
        *deeds,
        "length",
        "points",
        "by the starter",
        "to the starter",
        "was asked",
    }
    models = shipped_models()
    for model in (models.reply, models.proposition, models.kinds):
        assert model.weights.keys() - {BIAS} <= alone | pair
    assert models.premise.weights.keys() - {BIAS} <= reason
    for model in (models.objects, models.agrees, models.asks):
        assert model.weights.keys() - {BIAS} <= of_whole


SAYINGS = st.lists(st.sampled_from([text for row in PASSAGE.values() for text in row]), min_size=1, max_size=4).map(
    " ".join
)


@given(SAYINGS, SAYINGS)
def test_features_stay_small(text: str, other: str) -> None:
    mine, theirs = read(text).sentences, read(other).sentences
    for found in (
        features.passage_features(mine),
        features.pair_features(mine, theirs, {}),
        features.other_features(theirs),
    ):
        assert all(-features.MOST <= value <= features.MOST for value in found.values())

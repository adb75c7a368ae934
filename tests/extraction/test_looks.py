"""What paragraphs of dumps show: each feature by a dump that has it and one that has not."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract.dumps import signs
from rejoinder.loaders.extract.dumps.paragraph_features import paragraph_features, paragraph_flags
from rejoinder.loaders.extract.dumps.paragraphs import writes_lower_case
from rejoinder.loaders.extract.dumps.quoting import quotation_features
from rejoinder.loaders.extract.dumps.reaction_features import NEAR_PARAGRAPHS, reaction_features
from rejoinder.loaders.extract.model.linear import BIAS, shipped_models
from rejoinder.loaders.extract.moves.naming import PLACES
from rejoinder.loaders.extract.text.reading import Reading, read_comment
from rejoinder.loaders.extract.text.words import stem_weights
from rejoinder.records import Comment, ThreadKey
from tests.extraction.test_features import OTHER, PAIR, PASSAGE

KEY = ThreadKey("local", "t")
PLAIN = "The weir below the mill is made of oak."
LOOKS = {
    "item": ("- The weir is made of oak.", PLAIN),
    "no end mark": ("The weir is made of oak", PLAIN),
    "starts small": ("the weir is made of oak.", PLAIN),
    "in brackets": ("(The weir is made of oak.)", PLAIN),
    "one sentence": (PLAIN, f"{PLAIN} It leaks in May."),
    "ends asking": (f"{PLAIN} Does it leak?", f"Does it leak? {PLAIN}"),
    "reacts": ("I disagree, it leaks.", PLAIN),
    "answers": ("It depends on the month.", PLAIN),
    "points back": ("This leaks in May.", PLAIN),
    "opens as others": ("Our weir leaks in May.", PLAIN),
    "introduces": ("The miller writes:", PLAIN),
    "of its writer": ("I mended the weir.", PLAIN),
    "to somebody": ("The weir is yours, and you mended it.", PLAIN),
    "clarifies": ("For clarity: the weir is meant, and no dam.", PLAIN),
    "title case": ("Five Weirs I Mended Last Year", PLAIN),
    "looks like: aside": ("Thanks for this!", PLAIN),
    "looks like: head": ("Two things:", PLAIN),
    "looks like: quote": (f"> {PLAIN}", PLAIN),
}  # fmt: skip


REACTIONS = (
    "You're right, and I was glib about it.",
    "You've read it correctly.",
    "Guilty.",
    "Granted, the dam is newer.",
    "Thank you for going there.",
    "This. I row there.",
    "Is that so. Nobody told us.",
    "No it can't.",
    "So will I now.",
    "I'm glad to be told so.",
    "That's a better question than mine.",
    "Can't argue. It leaks.",
)
GOING_ON = (
    "You should see it in May.",
    "So the weir leaks.",
    "Both weirs leak.",
    "No weir is dry.",
    "This weir leaks and the other does not.",
    "Nice weirs are rare.",
)


def readings(*texts: str) -> list[Reading]:
    return [read_comment(Comment(KEY, str(place), text, position=place)) for place, text in enumerate(texts)]


def looks(text: str) -> dict[str, float]:
    return paragraph_features(readings(text)[0])


def quoting(number: int, *texts: str) -> dict[str, float]:
    """The features of that paragraph (from 0) of a dump, from which it is told whose words it is."""
    found = readings(*texts)
    weight = stem_weights(sentence.stems for reading in found for sentence in reading.sentences)
    return quotation_features(number, found, [*map(paragraph_features, found)], weight, writes_lower_case(found))


def reacting(quoted: int | None, *texts: str) -> dict[str, float]:
    """The features of the last paragraph of a dump, from which it is told what it does."""
    found = readings(*texts)
    return reaction_features(len(texts) - 1, found, [*map(paragraph_features, found)], quoted, {})


def test_every_flag_has_its_row() -> None:
    assert paragraph_flags(readings(PLAIN)[0]).keys() <= LOOKS.keys()


@pytest.mark.parametrize("name", LOOKS)
def test_a_look(name: str) -> None:
    shows, does_not = map(looks, LOOKS[name])
    assert shows[name] == 1.0
    assert name not in does_not


def test_a_longer_paragraph_is_longer_and_clear_words_lean() -> None:
    assert looks(PLAIN)["length"] < looks(f"{PLAIN} {PLAIN}")["length"]
    assert looks("I agree, it leaks.")["leans"] > looks(PLAIN)["leans"] > looks("I disagree, it leaks.")["leans"]
    assert looks("")["length"] == 0.0


@pytest.mark.parametrize("name", PLACES)
def test_words_shared_with_a_neighbour(name: str) -> None:
    texts = ["Hens sleep early."] * 8
    texts[4], texts[4 + PLACES[name]] = PLAIN, "Oak holds a weir below a mill for a century."
    found = quoting(4, *texts)
    assert found[f"words shared {name}"] > 0
    assert {other for other in PLACES if f"words shared {other}" in found} == {name}


QUOTING = {
    "rather below": ((PLAIN, "The oak weir leaks."), ("Hens sleep.", "Sheep don't.")),
    "capital in a dump without": ((PLAIN, "it leaks.", "hens sleep.", "ok then."), (PLAIN, "It leaks.", "Hens sleep.")),
    "taken up below": ((PLAIN, "So “is made of oak” is news."), (PLAIN, "So it is made of oak.")),
    "a fragment": (("the mill has of oak, and of", "It leaks."), (PLAIN, "It leaks.")),
    "below: reacts": ((PLAIN, "I disagree."), (PLAIN, "Hens sleep early.")),
    "below, beside this: nothing shared": ((PLAIN, "Hens sleep early."), (PLAIN, "The oak weir leaks.")),
}  # fmt: skip


@pytest.mark.parametrize("name", QUOTING)
def test_what_tells_whose_words_it_is(name: str) -> None:
    shows, does_not = (quoting(0, *texts) for texts in QUOTING[name])
    assert shows[name] > 0
    assert name not in does_not


def test_what_stands_above_may_end_a_comment() -> None:
    above = quoting(1, "Thanks, this was great!", PLAIN)
    assert {"above: looks like: aside", "above: words thanking", "above: exclaims"} <= above.keys()
    assert not [name for name in quoting(0, PLAIN, "Thanks!") if name.startswith("above: ")]


def test_the_last_paragraph_has_nothing_below() -> None:
    assert not [name for name in quoting(1, "Hens sleep.", PLAIN) if name.startswith("below")]


@pytest.mark.parametrize("far", range(1, NEAR_PARAGRAPHS + 2))
def test_a_quotation_is_near_for_some_paragraphs(far: int) -> None:
    found = reacting(0, "Does the weir leak?", *["Hens sleep early."] * (far - 1), "Yes, the weir leaks.")
    near = far <= NEAR_PARAGRAPHS
    assert (f"{far} below a quotation" in found, "no quotation near" in found) == (near, not near)
    assert ("beside the quotation: share" in found, "other asks" in found) == (near, near)


def test_without_a_quotation_there_is_none_to_stand_beside() -> None:
    found = reacting(None, "The miller writes:", "Yes, the weir leaks.")
    assert {"no quotation near", "first: opens yes", "above: introduces"} <= found.keys()


def test_every_weight_is_of_a_feature_that_a_row_shows() -> None:
    alone = {*PASSAGE, *LOOKS, "length", "leans"}
    beside = {f"words shared {name}" for name in PLACES} | QUOTING.keys()
    quoted = alone | beside | {f"{place}: {name}" for place in ("below", "above") for name in alone}
    quoted |= {f"below, beside this: {name}" for name in PAIR}
    reaction = alone | {f"first: {name}" for name in PASSAGE} | {f"above: {name}" for name in alone} | {*OTHER}
    reaction |= {f"beside the quotation: {name}" for name in PAIR} | {"words shared above", "no quotation near"}
    reaction |= {f"{far} below a quotation" for far in range(1, NEAR_PARAGRAPHS + 1)}
    assert shipped_models().quoted.weights.keys() - {BIAS} <= quoted
    assert shipped_models().reaction.weights.keys() - {BIAS} <= reaction


@pytest.mark.parametrize("text", REACTIONS)
def test_what_opens_as_only_a_reaction_does(text: str) -> None:
    assert signs.opens_as_answer(readings(text)[0])


@pytest.mark.parametrize("text", GOING_ON)
def test_what_may_go_on_with_what_was_said(text: str) -> None:
    assert not signs.opens_as_answer(readings(text)[0])

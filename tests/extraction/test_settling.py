"""Which objections a concession settles, which words concede, and which only seem to or grant a part."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract import extract
from rejoinder.records import Kind, MoveRef, with_wider_kinds
from tests.extraction.test_extract import made, thread

PLAN = "The library should lend tools as well as books."
STOLEN = "Half of the drills would be stolen within a month."
POLICE = "The police follow up no theft below a thousand."
INSURED = "Also, nobody would insure a library against lost fingers."
TWO = f"{STOLEN}\n\n{INSURED.removeprefix('Also, ').capitalize()}"
INSURANCE = TWO.split("\n\n")[1]
GROUP = f"{STOLEN} {POLICE} {INSURED}"


def conceded(objecting: str, reply: str) -> list[str]:
    """The words of the objections that their addressee surely concedes by the reply."""
    argument_map = extract(thread(PLAN, objecting, reply))
    moves = {move.id: move for move in argument_map.moves}
    sure = (move.target for move in made(argument_map, "2") if move.kind == Kind.CONCESSION and move.confidence >= 0.5)
    return sorted({moves[one.id].evidence[0].exact for one in sure if isinstance(one, MoveRef)})


def surest(objecting: str) -> str:
    able = (
        move for move in made(extract(thread(PLAN, objecting)), "1") if Kind.OBJECTION in with_wider_kinds(move.kind)
    )
    return max(able, key=lambda move: move.confidence).evidence[0].exact


@pytest.mark.parametrize(
    "text",
    [
        "You're right about that.",
        "I'll grant you that.",
        "I'll grant that.",
        "OK, I'll give you that.",
        "Granted, I forgot the thieves.",
        "Fair on theft.",
        "Fair cop.",
        "Guilty as charged.",
        "Works for me.",
        "That convinces me.",
        "I'd happily change drills to hammers.",
        "My apologies, I mixed up drills and hammers.",
        "Hammers are fine then.",
        "I stand corrected.",
        "Mea culpa.",
        "My bad.",
        "Touché.",
        "Can't argue with that.",
        "OK you've sold me.",
        "I hadn't thought of that.",
        "Good point, I'll add that.",
        "Agreed, will update.",
        "True enough.",
        "Conceded.",
        "I was wrong about theft.",
        "You win.",
        "Happy to drop that.",
        "You've changed my mind.",
        "Hmm, you got me.",
        "All right, I was mistaken.",
        "That's a fair objection and I have no answer to it.",
        "I accept that.",
        "OK, convinced.",
        "I take your point.",
        "Well, I can't deny that.",
    ],
)
def test_words_that_concede(text: str) -> None:
    assert conceded(STOLEN, text) == [STOLEN]


@pytest.mark.parametrize(
    "text",
    [
        "You're right about that? Hardly.",
        "I'd grant that if you had numbers.",
        "I'll grant you that if you have numbers.",
        "I'd happily change drills to hammers if anybody had asked.",
        "I can't grant you that.",
        "Not a fair point.",
        "The old shed works for me and nothing was ever stolen.",
        "You win the prize for pessimism.",
        "I don't accept that.",
        "I'm not persuaded.",
        "If that is fine then so is theft.",
        "Happy to drop that once you show me one stolen drill.",
    ],
)
def test_words_that_only_seem_to_concede(text: str) -> None:
    assert conceded(STOLEN, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "True, but most of them come back.",
        "Fair point, however the books come back, too.",
        "Fair enough, but you still have not said who would steal them.",
        "Fair point. Still, the books come back, too.",
        "I agree on the drills; the saws still come back.",
        "Granted, yet the books come back, too.",
        "Granted; even so the books come back.",
        "I agree in part, but the books come back.",
    ],
)
def test_who_grants_a_part_and_turns_counters_the_rest(text: str) -> None:
    argument_map = extract(thread(PLAN, STOLEN, text))
    aimed = sorted(move.kind for move in made(argument_map, "2") if isinstance(move.target, MoveRef))
    assert (aimed, conceded(STOLEN, text)) == ([Kind.CONCESSION, Kind.COUNTER], [])


@pytest.mark.parametrize(
    ("objecting", "reply", "given"),
    [
        pytest.param(TWO, "Fair points.", [STOLEN, INSURANCE], id="several points"),
        pytest.param(TWO, "Fair enough.", [STOLEN, INSURANCE], id="all that was said"),
        pytest.param(TWO, "Fair point about insuring it.", [INSURANCE], id="by name"),
        pytest.param(TWO, "Good point. I had not thought of fingers.", [INSURANCE], id="by name in the next sentence"),
        pytest.param(
            TWO, "Fair point about fingers, but the drills come back.", [INSURANCE], id="not what it turns against"
        ),
        pytest.param(GROUP, "Point taken about the drills.", [STOLEN, POLICE], id="with what elaborates it"),
        pytest.param(GROUP, "Fair point about the drills.", [STOLEN], id="without what elaborates it"),
        pytest.param(GROUP, "!delta", [STOLEN, POLICE, INSURED], id="a delta for all"),
        pytest.param(GROUP, "You've changed my mind on the drills.", [STOLEN, POLICE], id="a change of mind"),
        pytest.param(GROUP, "Good catch about the insurance, fixed.", [INSURED], id="a catch"),
    ],
)
def test_what_is_conceded(objecting: str, reply: str, given: list[str]) -> None:
    assert conceded(objecting, reply) == sorted(given)


@pytest.mark.parametrize("text", ["Fair point.", "Good point, well seen."])
def test_who_grants_one_point_and_names_none_grants_the_surest(text: str) -> None:
    assert conceded(TWO, text) == [surest(TWO)]

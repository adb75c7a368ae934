"""How sure a move is: a share of 0 to 1 that what shows in it tells, as often as such moves were right."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import train_sureness
from benchmarks.labelled_threads import argues
from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.labelled import LabelledComment, LabelledThread, Segment
from rejoinder.loaders.extract.moves import move_sureness
from rejoinder.loaders.extract.moves.making import sureness_group
from rejoinder.loaders.extract.weighing.verdicts import Deed
from rejoinder.records import Comment, Discussion, Kind, Move, Thread, ThreadKey, with_wider_kinds

POST = (
    "The library should lend tools as well as books. A drill is used for a quarter of an hour in its whole life. "
    "The town would need no more than one shelf for it."
)
# One says it in plain words to the point, the other could be a remark of any kind.
PLAINER = [
    ("That is wrong: a drill is used for weeks in every house that I have lived in.", "My uncle had a drill once."),
    (
        "Lending tools is not the same as lending books, and the shelf would be empty.",
        "My neighbour reads there.",
    ),
    (
        "You assume that the shelf costs the town no more than the books do.",
        "I borrowed three books last week.",
    ),
]


def reply(text: str, post: str = POST) -> Discussion:
    key = ThreadKey("local", "sure")
    return Discussion(
        Thread(key),
        (Comment(key, "1", post, author="Ottla"), Comment(key, "2", text, parent="1", author="Ruprecht")),
    )


def against(text: str) -> list[Move]:
    return [move for move in extract(reply(text)).moves if Kind.OBJECTION in with_wider_kinds(move.kind)]


@pytest.mark.parametrize(("plain", "vague"), PLAINER)
def test_a_plain_objection_is_surer_than_a_remark(plain: str, vague: str) -> None:
    sure = max(move.confidence for move in against(plain))
    assert sure >= 0.5
    assert all(move.confidence < sure for move in against(vague))


def test_remarks_beside_an_objection_are_no_sure_objections() -> None:
    told = "The shelf would be empty by noon and nobody would bring anything back."
    beside = [f"The {thing} has been in the cellar for years." for thing in ("saw", "jack", "vice")]
    sure = {move.evidence[0].exact: move.confidence for move in against(" ".join([told, *beside]))}
    assert sure[told] >= 0.5
    assert all(sure.get(one, 0.0) < 0.5 for one in beside)


@pytest.mark.parametrize("text", ["Nope.", "-1", "Rubbish.", "That is wrong.", "Not convinced."])
def test_plain_words_alone_are_believed(text: str) -> None:
    assert [move.confidence >= 0.5 for move in against(text)] == [True]


def test_words_that_grant_no_more_than_a_fact_are_believed_less() -> None:
    told = "Of course it is used for a quarter of an hour, they rent it by the quarter of an hour!"
    (move,) = supporting(told)
    (plain,) = supporting(told.replace("Of course", "I agree,"))
    assert (move.kind, move.cue) == (Kind.SUPPORT, "of course")
    assert move.confidence < 0.65 < plain.confidence


def supporting(text: str) -> list[Move]:
    return [move for move in extract(reply(text)).moves if move.comment == "2"]


@pytest.mark.parametrize(
    ("kind", "side"),
    [(Kind.OBJECTION, Deed.ATTACK), (Kind.COUNTER, Deed.ATTACK), (Kind.UNDERCUT, Deed.ATTACK),
     (Kind.DISMISSAL, Deed.ATTACK), (Kind.CONCESSION, Deed.SUPPORT), (Kind.ANSWER, Deed.SUPPORT),
     (Kind.CLARIFICATION, Deed.SUPPORT), (Kind.QUESTION, Deed.ASK)],
)  # fmt: skip
def test_the_side_of_a_kind(kind: Kind, side: Deed) -> None:
    assert sureness_group(kind) == side


@given(st.floats(0, 1))
def test_log_odds_are_finite_and_turn_back_into_the_chance(chance: float) -> None:
    log_odds = move_sureness.log_odds(chance)
    assert math.isfinite(log_odds)
    assert 1 / (1 + math.exp(-log_odds)) == pytest.approx(chance, abs=1e-3)


def test_none_is_surer_than_texts_by_one_hand_can_show() -> None:
    texts = [plain for plain, _ in PLAINER] + ["I agree. Exactly.", "You're right, I was wrong about the shelf."]
    moves = [move for text in texts for move in extract(reply(text)).moves]
    assert moves
    assert all(0.05 <= move.confidence <= 0.95 for move in moves)
    weighed = [move for move in moves if move.kind != Kind.QUOTATION]
    assert all(move.confidence <= move_sureness.SUREST for move in weighed)


@pytest.mark.parametrize(
    ("labels", "argued"), [(("rebuttal", "support", "claim"), True), (("aside", "claim", "support"), False)]
)
def test_a_thread_argues_if_half_of_its_replies_do(labels: tuple[str, ...], argued: bool) -> None:
    assert argues(thread(labels)) is argued


def test_what_is_said_in_idle_threads_counts_less() -> None:
    """Twice the same outcome, once from idle talk: the model stays nearer to the threads that argue."""
    shown = {"asks": 1.0}
    unseen = [train_sureness.Outcome("unseen", shown, True, 1.0), train_sureness.Outcome("unseen", {}, False, 1.0)]
    argued = [
        train_sureness.Outcome("attack", shown, True, LOUD),
        train_sureness.Outcome("attack", {}, False, LOUD),
    ] * 50
    idle = [train_sureness.Outcome("attack", shown, False, IDLE)] * 50
    loud = [train_sureness.Outcome("attack", shown, False, LOUD)] * 50
    other = [train_sureness.Outcome("support", shown, True, 1.0), train_sureness.Outcome("support", {}, False, 1.0)]
    weights = [
        train_sureness.of_sureness([*argued, *more, *other, *unseen])["sure_attack"][1]["asks"][1]
        for more in (idle, loud)
    ]
    assert weights[0] > weights[1]


def test_what_is_said_in_threads_as_in_life_counts_most() -> None:
    lived = replace(thread(("aside", "claim", "support")), split="life")
    assert train_sureness.move_weight("attack", lived) > LOUD > IDLE > 0


def thread(labels: tuple[str, ...]) -> LabelledThread:
    """An opening post and a reply of each label."""
    said = [LabelledComment("1", "a", "", "Tea.", (Segment("claim", 0, 4, "Tea."),))]
    for number, label in enumerate(labels, 2):
        aim = "1" if label in ("rebuttal", "support") else None
        said.append(LabelledComment(str(number), "b", "1", "Milk.", (Segment(label, 0, 5, "Milk.", aim),)))
    return LabelledThread("casual-tea", "Tea", "kitchen", "train", tuple(said))


LOUD = train_sureness.move_weight(
    "attack", thread(("rebuttal",))
)  # what a move counts in a composed thread that argues
IDLE = train_sureness.move_weight("attack", thread(("aside", "claim", "support")))

"""Answers to questions: what replies to one answers it, and yes and no take sides only where something is proposed."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.moves.answering import is_proposal
from rejoinder.loaders.extract.text.words import words
from rejoinder.records import ClaimRef, Kind, MoveRef, with_wider_kinds
from tests.extraction.test_extract import made, thread

MOVED = "We moved the archive to the new shelves last week."
KEPT = "Did you keep the old boxes?"
ANSWERS = {
    "yes": "Yes, in the cellar.",
    "no": "No, we burned them in March.",
    "in a word": "Nope.",
    "facts": "They stand in the cellar.",
    "more than one sentence": "They stand in the cellar. Nobody has opened them since the fire.",
    "ignorance": "I don't know, ask Marta.",
}


@pytest.mark.parametrize("reply", ANSWERS.values(), ids=ANSWERS)
def test_what_replies_to_a_question_answers_it(reply: str) -> None:
    moves = extract(thread(MOVED, KEPT, reply))
    (question,) = made(moves, "1")
    (answer,) = made(moves, "2")
    assert (question.kind, answer.kind, answer.target) == (Kind.QUESTION, Kind.ANSWER, MoveRef(question.id))


def test_yes_and_no_to_an_opening_question_take_no_side() -> None:
    for reply in ("Yes, it was late both times.", "No, never."):
        (move,) = made(extract(thread("Has anybody tried the new ferry?", reply)), "1")
        assert move.kind == Kind.ANSWER


def test_yes_to_a_request_agrees() -> None:
    (move,) = made(extract(thread("Could you hang a lamp over the steps?", "Yes, tomorrow.")), "1")
    assert move.kind == Kind.SUPPORT


def test_yes_and_no_to_a_proposal_are_for_and_against_it() -> None:
    (yes,) = made(extract(thread("Should we close the bridge?", "Yes, nobody uses it.")), "1")
    (no,) = made(extract(thread("Should we close the bridge?", "No, the clinic is on the other side.")), "1")
    assert (yes.kind, no.kind) == (Kind.SUPPORT, Kind.REBUTTAL)


@pytest.mark.parametrize(
    ("reply", "refused"),
    [
        ("No.", True),
        ("No, red fades.", True),
        ("No we should not.", True),
        ("Nope! Red fades.", True),
        ("No doubt, red is the best colour for it.", False),
        ("No objection from me, red is lovely.", False),
        ("No reason why we shouldn't.", False),
        ("No one would mind, let's do it.", False),
        ("Not a bad idea at all, I like red.", False),
        ("Never had a better idea, let's do it!", False),
    ],
)
def test_which_words_refuse_what_is_proposed(reply: str, refused: bool) -> None:
    moves = made(extract(thread("Should we paint the shed red this summer?", reply)), "1")
    assert any(Kind.OBJECTION in with_wider_kinds(move.kind) and move.confidence >= 0.5 for move in moves) == refused


@pytest.mark.parametrize(
    ("question", "proposal"),
    [
        ("Should we close the bridge?", True),
        ("Shall I bring the ladder?", True),
        ("Why not close it?", True),
        ("How about Sundays?", True),
        ("How long is it?", False),
        ("Why is it closed?", False),
        ("Has it been closed?", False),
        ("?", False),
    ],
)
def test_which_questions_propose(question: str, proposal: bool) -> None:
    assert is_proposal(words(question)) == proposal


def test_who_answers_the_question_in_an_objecting_comment_answers_that() -> None:
    """The comment asks, which rather objects, and objects besides; the reply takes up the first."""
    plan = "The library should be open until midnight. Students need a quiet place in the evening."
    doubts = "Who would pay the night shift? And most students work at home anyway, so the hall would be empty."
    moves = extract(thread(plan, doubts, "The student union has offered to pay the shift for the first year."))
    move = next(one for one in made(moves, "1") if one.evidence[0].exact.startswith("Who"))
    (answer,) = made(moves, "2")
    assert answer.target == MoveRef(move.id)


def test_who_replies_to_a_bare_list_or_link_is_about_what_its_writer_said_before() -> None:
    """Nothing can be aimed at in "#212 and #230"; the objection they belong to stands two comments above."""
    doubt = "The table syntax confuses people, we had tickets about it in the sister project."
    talk = ("Use tables for the bells.", doubt, "Could you link those?", "#212, #230 and #251")
    argument_map = extract(thread(*talk, "That is not true of this project, for nobody writes tables here."))
    (objection,) = made(argument_map, "1")
    assert [(move.kind, move.target) for move in made(argument_map, "4")] == [(Kind.COUNTER, MoveRef(objection.id))]


def test_an_interjection_answers_nothing() -> None:
    argument_map = extract(thread("The bell is cracked.", "That is not true, it rang on Sunday.", "Hm."))
    assert made(argument_map, "2") == []


def test_below_each_number_of_an_objection_its_addressee_answers_that() -> None:
    """Whatever is said there: neither is left open though nothing in the reply objects."""
    doubts = "1. The bell has no clapper.\n2. The tower has no stairs.\n3. The rope is too short for the bell."
    reply = "Re 1: it hangs in the vestry.\n\nRe 3: there is another."
    argument_map = extract(thread("We should ring the old bell at noon.", doubts, reply))
    objections = {move.id: move.evidence[0].exact for move in made(argument_map, "1")}
    answered = [objections[move.target.id] for move in made(argument_map, "2") if isinstance(move.target, MoveRef)]
    assert answered == ["The bell has no clapper.", "The rope is too short for the bell."]


LOCK = "We should dig out the old lock and open the canal to boats."
ASKED = "Where would the spoil go?"
MUD = "The mud holds the tar of the gasworks."
BESIDE = f"{MUD} {ASKED} And the bridge at the mill is too low."


def aimed(*texts: str, authors: str = "ABAB") -> list[tuple[Kind, str]]:
    """The kind of each move of the last comment but quotations, and the words that it is aimed at."""
    argument_map = extract(thread(*texts, authors=authors))
    told = {one.id: one.spans[0].exact for one in argument_map.claims} | {
        move.id: move.evidence[0].exact for move in argument_map.moves
    }
    moves = (move for move in made(argument_map, str(len(texts) - 1)) if move.kind != Kind.QUOTATION)
    return [(move.kind, told[move.target.id]) for move in moves if isinstance(move.target, ClaimRef | MoveRef)]


QUOTED = {
    "a question between objections": (BESIDE, ASKED, "Into the old clay pit.", [(Kind.ANSWER, ASKED)]),
    "one of a word": (f"{MUD} Why?", "Why?", "The hauliers want it, all nine.", [(Kind.ANSWER, "Why?")]),
    "by who denies something": (BESIDE, ASKED, "Nowhere, the boats take it along.", [(Kind.ANSWER, ASKED)]),
    "the objection beside it": (BESIDE, MUD, "No, that was dredged in 1988.", [(Kind.COUNTER, MUD)]),
    "a question that objects": (
        f"{MUD} Isn't that how the eels died?",
        "Isn't that how the eels died?",
        "No, they died of the weir.",
        [(Kind.COUNTER, "Isn't that how the eels died?")],
    ),
    "another question": (BESIDE, ASKED, "Where does it go today?", [(Kind.QUESTION, ASKED)]),
}


@pytest.mark.parametrize(("doubts", "quoted", "reply", "does"), QUOTED.values(), ids=QUOTED)
def test_below_a_quoted_question_stands_its_answer(
    doubts: str, quoted: str, reply: str, does: list[tuple[Kind, str]]
) -> None:
    """It is the question that is answered, and not what stands beside it."""
    assert aimed(LOCK, doubts, f"> {quoted}\n\n{reply}") == does


LOW = "The bridge at the mill is too low."
OWNER = "Did the owner of the meadow agree?"
BOTH = f"{LOW} {OWNER}"
DIG = "Why do you want to dig at all?"
WHY = "Why was it closed in 1931?"
FIRST_WORDS = {
    "yes": (BOTH, "Yes, in April.", [(Kind.ANSWER, OWNER)]),
    "yep": (BOTH, "Yep.", [(Kind.ANSWER, OWNER)]),
    "correct": (f"{LOW} Do you mean the upper lock?", "Correct.", [(Kind.ANSWER, "Do you mean the upper lock?")]),
    "no": (BOTH, "Nope, nobody has seen him since.", [(Kind.ANSWER, OWNER)]),
    "not yet": (BOTH, "@bea Not yet.", [(Kind.ANSWER, OWNER)]),
    "of the first of two": (f"{OWNER} {LOW}", "No, he never writes back.", [(Kind.ANSWER, OWNER)]),
    "of the one that it shares words with": (
        f"{OWNER} {LOW} Is there any money?",
        "Yes, the owner did.",
        [(Kind.ANSWER, OWNER)],
    ),
    "no, to a question that objects": (
        f"{LOW} Wouldn't a thaw undo all of it?",
        "No, the banks are lined.",
        [(Kind.COUNTER, "Wouldn't a thaw undo all of it?")],
    ),
    "no, about what does not ask": (BOTH, "No, the bridge at the mill is not low.", [(Kind.COUNTER, LOW)]),
    "yes, with a concession": (BOTH, "Yes, good point about the bridge.", [(Kind.CONCESSION, LOW)]),
    "yes, where assent is asked": (f"{LOW} Do you see that?", "Yes, it is.", [(Kind.CONCESSION, LOW)]),
    "yes, where more is asked": (f"{LOW} Who owns it?", "Yes, by a foot.", [(Kind.CONCESSION, LOW)]),
    "because": (f"{LOW} {WHY}", "Because the road is full of lorries.", [(Kind.ANSWER, WHY)]),
    "because, by name": (f"{LOW} {WHY}", "@bea mostly because of the lorries.", [(Kind.ANSWER, WHY)]),
    "because, to a question that objects": (f"{LOW} {DIG}", "Because of the lorries.", [(Kind.CLARIFICATION, DIG)]),
}


@pytest.mark.parametrize(("doubts", "reply", "does"), FIRST_WORDS.values(), ids=FIRST_WORDS)
def test_the_first_words_of_a_reply_answer_the_question_that_they_can(
    doubts: str, reply: str, does: list[tuple[Kind, str]]
) -> None:
    """It is not the statement before the question that is answered."""
    assert sorted(aimed(LOCK, doubts, reply)) == sorted(does)


def test_yes_to_a_post_that_asks_at_its_end_answers_that() -> None:
    post = "The old lock is full of mud. I walked by on Sunday. Has anybody asked the mill?"
    assert aimed(post, "Yes, the miller does not mind.") == [(Kind.ANSWER, "Has anybody asked the mill?")]


def test_yes_to_a_proposal_at_the_end_of_a_post_is_for_it() -> None:
    post = "The old lock is full of mud. Should we dig it out?"
    assert aimed(post, "Yes, before the summer.") == [(Kind.SUPPORT, "Should we dig it out?")]

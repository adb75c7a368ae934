"""What the platform records beside the words, as moves: reactions, accepted answers, quotations with their origin."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract import extract
from rejoinder.records import (
    ArgumentMap,
    AuthorRef,
    ClaimRef,
    Comment,
    CommentRef,
    Discussion,
    Kind,
    Method,
    Move,
    MoveRef,
    PlatformMove,
    Span,
    Thread,
    ThreadKey,
)

KEY = ThreadKey("oven.example", "crust")
POST = Comment(KEY, "p", "Bread should cool on a rack. A wet crust is a sad crust.", None, "ana")
REPLY = Comment(
    KEY,
    "r",
    "> A wet crust is a sad crust.\n\nThat is wrong, because a soft crust suits rolls.\n\n- Rolls are eaten warm.\n"
    "- Run `bake --soft` first.",
    "p",
    "bo",
)


def mapped(*moves: PlatformMove) -> ArgumentMap:
    """What is found in the post, its reply and what the platform records."""
    return extract(Discussion(Thread(KEY), (POST, REPLY), (), (), tuple(moves)))


def reacted(kind: Kind, exact: str | None = None, target: str = "r") -> Move:
    """The move that a reaction of cy comes to."""
    argument_map = mapped(PlatformMove(KEY, "x", kind, target, "cue", author="cy", exact=exact))
    return next(move for move in argument_map.moves if move.cue == "cue")


def aim_of(kind: Kind, exact: str | None) -> str:
    """What a reaction is aimed at, in words."""
    argument_map = mapped(PlatformMove(KEY, "x", kind, "r", "cue", author="cy", exact=exact))
    target = next(move.target for move in argument_map.moves if move.cue == "cue")
    match target:
        case ClaimRef(id=key):
            return "claim: " + next(one.text for one in argument_map.claims if one.id == key)
        case MoveRef(id=key):
            return "move: " + next(move.kind for move in argument_map.moves if move.id == key)
        case Span(exact=words):
            return "words: " + words
        case CommentRef(id=key):
            return "comment: " + key
    raise AssertionError(target)


@pytest.mark.parametrize(
    ("kind", "exact", "aim"),
    [
        pytest.param(Kind.SUPPORT, None, "comment: r", id="no words: the comment"),
        pytest.param(
            Kind.REBUTTAL,
            "a soft crust suits rolls",
            "claim: That is wrong, because a soft crust suits rolls.",
            id="words within the claim of a sentence",
        ),
        pytest.param(Kind.QUESTION, "Rolls are eaten warm", "claim: Rolls are eaten warm.", id="words within a claim"),
        pytest.param(
            Kind.DISMISSAL, "That is wrong", "move: Rebuttal", id="a dismissal: the objection that the words make"
        ),
        pytest.param(Kind.UNDERCUT, "a soft crust suits rolls", "move: Rebuttal", id="an undercut: the step they make"),
        pytest.param(
            Kind.UNDERCUT, "A wet crust is", "words: A wet crust is", id="an undercut of words that make no step"
        ),
        pytest.param(
            Kind.SUPPORT, "A wet crust is a sad crust.", "words: A wet crust is a sad crust.", id="quoted words"
        ),
        pytest.param(Kind.SUPPORT, "words that were edited out", "comment: r", id="words that are not there"),
        pytest.param(Kind.SUPPORT, " \n ", "comment: r", id="blank words"),
        pytest.param(Kind.SUPPORT, "- > `", "comment: r", id="marks alone"),
        pytest.param(
            Kind.QUESTION,
            "suits rolls.\n\nRolls are eaten warm.\nRun bake",
            "claim: Rolls are eaten warm.",
            id="over paragraphs and marks",
        ),
    ],
)
def test_a_reaction_is_aimed_at_what_it_marks(kind: Kind, exact: str | None, aim: str) -> None:
    assert aim_of(kind, exact) == aim


def test_a_reaction_is_by_its_author_and_rests_on_no_words() -> None:
    move = reacted(Kind.REBUTTAL)
    assert move.sources == (AuthorRef("cy"),)
    assert (move.author, move.comment, move.evidence) == ("cy", None, ())
    assert (move.target_comment, move.method, move.name) == ("r", Method.STRUCTURAL, "x")


@pytest.mark.parametrize("kind", [Kind.MOVE, Kind.SUPPORT, Kind.UNDERMINE, Kind.CONCESSION, Kind.DISMISSAL])
def test_reactions_of_every_kind_keep_their_kind(kind: Kind) -> None:
    assert reacted(kind).kind == kind


def test_a_reaction_to_what_is_not_loaded_waits_for_it() -> None:
    argument_map = mapped(PlatformMove(KEY, "x", Kind.SUPPORT, "elsewhere", "cue", author="cy"))
    assert not [move for move in argument_map.moves if move.cue == "cue"]


def test_two_people_who_react_alike_make_two_moves() -> None:
    argument_map = mapped(*(PlatformMove(KEY, who, Kind.SUPPORT, "r", "cue", author=who) for who in ("cy", "di")))
    assert [
        move.author for move in sorted(argument_map.moves, key=lambda one: one.author or "") if move.cue == "cue"
    ] == [
        "cy",
        "di",
    ]


def test_an_accepted_answer_answers_the_question() -> None:
    argument_map = mapped(PlatformMove(KEY, "x", Kind.ANSWER, "p", "accepted answer", "r"))
    move = next(one for one in argument_map.moves if one.cue == "accepted answer")
    assert (move.kind, move.target, move.comment, move.author) == (Kind.ANSWER, CommentRef("p"), "r", "bo")


def test_a_quotation_whose_origin_is_named_leads_there_even_where_the_words_have_changed() -> None:
    edited = Comment(KEY, "p", "Bread should cool on a rack.", None, "ana")
    move = PlatformMove(KEY, "x", Kind.QUOTATION, "p", "quote", "r", 2, 29)
    argument_map = extract(Discussion(Thread(KEY), (edited, REPLY), (), (), (move,)))
    quotation = next(one for one in argument_map.moves if one.kind == Kind.QUOTATION)
    assert quotation.target_comment == "p"

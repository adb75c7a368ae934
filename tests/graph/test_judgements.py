"""What people judge of a map: carried out on it, kept in the store, and dropped where it does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.graph.shapes.check import check_store, conforms
from rejoinder.loaders.extract.judged_map import apply_judgements
from rejoinder.records import (
    ArgumentMap,
    Claim,
    ClaimRef,
    Comment,
    CommentRef,
    Discussion,
    Extraction,
    Judgement,
    Kind,
    Method,
    Move,
    MoveRef,
    Span,
    Target,
    Thread,
    ThreadKey,
    Verdict,
    make_claim,
    make_move,
)
from tests.threads import stored

POND = ThreadKey("ponds.example", "clay")
COMMENTS = {
    comment.id: comment
    for comment in (
        Comment(POND, "a", "The pond leaks. We should line it with clay.", None, "ana"),
        Comment(POND, "b", "Clay cracks in summer. It is cheap, though.", "a", "ben"),
        Comment(POND, "c", "We would keep it wet. And it swells again.", "b", "ana"),
        Comment(POND, "d", "Nobody wets a pond.", "c", "cy"),
        Comment(POND, "e", "Hm, puddling. > Clay cracks\n> in summer.", "a", "dot"),
    )
}
MOVES = (  # kind, words that make it, words they are aimed at: a claim's, or the number of a move above
    (Kind.OBJECTION, "Clay cracks in summer.", "We should line it with clay."),
    (Kind.SUPPORT, "It is cheap, though.", "We should line it with clay."),
    (Kind.COUNTER, "We would keep it wet.", 0),
    (Kind.COUNTER, "Nobody wets a pond.", 2),
)


def claims() -> dict[str, Claim]:
    """A claim for each sentence of the first four comments, by its words."""
    found = {}
    for comment in list(COMMENTS.values())[:4]:
        for words in comment.text.replace(". ", ".|").split("|"):
            start = comment.text.index(words)
            found[words] = make_claim(POND, [Span(comment.id, start, start + len(words), words)], comment.author)
    return found


def pond() -> ArgumentMap:
    """What was found in the thread."""
    known, moves = claims(), list[Move]()
    for kind, words, aim in MOVES:
        target: Target = MoveRef(moves[aim].id) if isinstance(aim, int) else ClaimRef(known[aim].id)
        span = known[words].spans[0]
        moves.append(
            make_move(
                POND,
                kind,
                [ClaimRef(known[words].id)],
                target,
                comment=span.comment,
                target_comment=COMMENTS[span.comment].parent,
                evidence=[span],
                author=COMMENTS[span.comment].author,
                confidence=0.6,
                method=Method.MODEL,
                cue="its words taken together",
                explanation="{}",
            )
        )
    found = sorted(moves, key=lambda move: move.id)
    return ArgumentMap(Extraction("test", "1"), tuple(sorted(known.values(), key=lambda one: one.id)), tuple(found))


def discussion(judgements: Sequence[Judgement]) -> Discussion:
    ordered = tuple(sorted(judgements, key=lambda judgement: judgement.name))
    return Discussion(Thread(POND), tuple(COMMENTS.values()), judgements=ordered)


def right(comment: str, words: str | None, kind: Kind, target: str | None = None, aim: str | None = None) -> Judgement:
    return Judgement(POND, comment, kind, Verdict.RIGHT, words, target, aim, "ida")


def wrong(comment: str, words: str | None, kind: Kind, target: str | None = None, aim: str | None = None) -> Judgement:
    return Judgement(POND, comment, kind, Verdict.WRONG, words, target, aim)


def listed(argument: ArgumentMap) -> set[str]:
    """Each move as a line: the words that make it, its kind, and what it is aimed at."""
    texts = {one.id: one.text for one in argument.claims}
    moves = {move.id: move for move in argument.moves}

    def words(move: Move) -> str:
        return " ".join(texts[end.id] for end in move.sources if isinstance(end, ClaimRef))

    def aim(target: Target) -> str:
        match target:
            case ClaimRef(id=name):
                return texts[name]
            case MoveRef(id=name):
                return f"the {moves[name].kind} {words(moves[name])}"
            case CommentRef(id=name):
                return f"comment {name}"
            case _:
                return "the post"

    return {f"{words(move)} {move.kind} of {aim(move.target)}" for move in argument.moves}


FOUND = {
    "Clay cracks in summer. Objection of We should line it with clay.",
    "It is cheap, though. Support of We should line it with clay.",
    "We would keep it wet. Counter of the Objection Clay cracks in summer.",
    "Nobody wets a pond. Counter of the Counter We would keep it wet.",
}

CASES: dict[str, tuple[list[Judgement], set[str], set[str]]] = {
    "an objection that is none: who countered it objects to the claim": (
        [wrong("b", "Clay cracks in summer.", Kind.OBJECTION)],
        {
            "Clay cracks in summer. Objection of We should line it with clay.",
            "We would keep it wet. Counter of the Objection Clay cracks in summer.",
            "Nobody wets a pond. Counter of the Counter We would keep it wet.",
        },
        {
            "We would keep it wet. Rebuttal of Clay cracks in summer.",
            "Nobody wets a pond. Counter of the Rebuttal We would keep it wet.",
        },
    ),
    "a counter is an objection, too; where it is none it still answers": (
        [wrong("d", None, Kind.OBJECTION)],
        {"Nobody wets a pond. Counter of the Counter We would keep it wet."},
        {"Nobody wets a pond. Clarification of the Counter We would keep it wet."},
    ),
    "and is countered no more": (
        [wrong("c", None, Kind.OBJECTION)],
        {
            "We would keep it wet. Counter of the Objection Clay cracks in summer.",
            "Nobody wets a pond. Counter of the Counter We would keep it wet.",
        },
        {
            "We would keep it wet. Clarification of the Objection Clay cracks in summer.",
            "Nobody wets a pond. Rebuttal of We would keep it wet.",
        },
    ),
    "neither of both": (
        [wrong("d", None, Kind.OBJECTION), wrong("d", None, Kind.ANSWER)],
        {"Nobody wets a pond. Counter of the Counter We would keep it wet."},
        set(),
    ),
    "no answer, and so no counter": (
        [wrong("d", None, Kind.ANSWER)],
        {"Nobody wets a pond. Counter of the Counter We would keep it wet."},
        set(),
    ),
    "an objection is no counter, and what is aimed elsewhere is not meant": (
        [
            wrong("b", "Clay cracks in summer.", Kind.COUNTER),
            wrong("b", "Clay cracks in summer.", Kind.OBJECTION, "a", "The pond leaks."),
            wrong("b", "Clay cracks in summer.", Kind.OBJECTION, "c"),
        ],
        set(),
        set(),
    ),
    "a whole comment does nothing": (
        [wrong("b", None, Kind.MOVE)],
        {
            "Clay cracks in summer. Objection of We should line it with clay.",
            "It is cheap, though. Support of We should line it with clay.",
            "We would keep it wet. Counter of the Objection Clay cracks in summer.",
            "Nobody wets a pond. Counter of the Counter We would keep it wet.",
        },
        {
            "We would keep it wet. Rebuttal of Clay cracks in summer.",
            "Nobody wets a pond. Counter of the Rebuttal We would keep it wet.",
        },
    ),
    "a kind said more closely: what is aimed at it follows": (
        [right("b", "Clay cracks in summer.", Kind.UNDERMINE)],
        {
            "Clay cracks in summer. Objection of We should line it with clay.",
            "We would keep it wet. Counter of the Objection Clay cracks in summer.",
        },
        {
            "Clay cracks in summer. Undermine of We should line it with clay.",
            "We would keep it wet. Counter of the Undermine Clay cracks in summer.",
        },
    ),
    "a counter is an objection: right as it is": (
        [
            right("c", "We would keep it wet.", Kind.OBJECTION),
            right("d", "Nobody wets a pond.", Kind.REPLY, "c", "We would keep it wet."),
        ],
        set(),
        set(),
    ),
    "the other side, at the same claim": (
        [right("b", "It is cheap,\nthough.", Kind.OBJECTION)],
        {"It is cheap, though. Support of We should line it with clay."},
        {"It is cheap, though. Objection of We should line it with clay."},
    ),
    "a counter that grants: of the same objection": (
        [right("c", "We would keep it wet.", Kind.CONCESSION)],
        {
            "We would keep it wet. Counter of the Objection Clay cracks in summer.",
            "Nobody wets a pond. Counter of the Counter We would keep it wet.",
        },
        {
            "We would keep it wet. Concession of the Objection Clay cracks in summer.",
            "Nobody wets a pond. Rebuttal of We would keep it wet.",
        },
    ),
    "words that nobody found to do anything": (
        [right("c", "And it swells again.", Kind.COUNTER, "b", "Clay cracks in summer.")],
        set(),
        {"And it swells again. Counter of the Objection Clay cracks in summer."},
    ),
    "a whole comment answers an objection, and still does what it did": (
        [right("d", None, Kind.CLARIFICATION, "b", "Clay cracks in summer.")],
        set(),
        {"Nobody wets a pond. Clarification of the Objection Clay cracks in summer."},
    ),
    "an answer to what objects to nothing is the plain kind": (
        [right("c", "And it swells again.", Kind.COUNTER, "a", "The pond leaks.")],
        set(),
        {"And it swells again. Rebuttal of The pond leaks."},
    ),
    "an answer to a comment is one to its surest objection, beside what else it answers": (
        [right("d", "Nobody wets a pond.", Kind.DISMISSAL, "b")],
        set(),
        {"Nobody wets a pond. Dismissal of the Objection Clay cracks in summer."},
    ),
    "what answers one thing, and not the other": (
        [
            right("d", "Nobody wets a pond.", Kind.DISMISSAL, "b"),
            wrong("d", "Nobody wets a pond.", Kind.ANSWER, "c"),
        ],
        {"Nobody wets a pond. Counter of the Counter We would keep it wet."},
        {"Nobody wets a pond. Dismissal of the Objection Clay cracks in summer."},
    ),
    "an undercut of a reason": (
        [right("c", "And it swells again.", Kind.UNDERCUT, "b", "It is cheap, though.")],
        set(),
        {"And it swells again. Undercut of the Support It is cheap, though."},
    ),
    "an answer to an objection that only people see": (
        [
            right("e", "Hm, puddling.", Kind.OBJECTION, "a", "The pond leaks."),
            right("c", "And it swells again.", Kind.COUNTER, "e", "Hm, puddling."),
        ],
        set(),
        {
            "Hm, puddling. Objection of The pond leaks.",
            "And it swells again. Counter of the Objection Hm, puddling.",
        },
    ),
    "without a target, the comment replied to": (
        [right("e", "Hm, puddling.", Kind.SUPPORT)],
        set(),
        {"Hm, puddling. Support of comment a"},
    ),
    "and without a parent the post": (
        [right("a", "The pond leaks.", Kind.OBJECTION)],
        set(),
        {"The pond leaks. Objection of the post"},
    ),
    "an objection to its own words is not meant": (
        [right("b", "Clay cracks in summer.", Kind.REBUTTAL, "b", "Clay cracks\nin summer.")],
        set(),
        set(),
    ),
    "an undercut of what is no step, at the comment that holds one": (
        [right("b", "Clay cracks in summer.", Kind.UNDERCUT)],
        {
            "Clay cracks in summer. Objection of We should line it with clay.",
            "We would keep it wet. Counter of the Objection Clay cracks in summer.",
        },
        {
            "Clay cracks in summer. Undercut of comment a",
            "We would keep it wet. Counter of the Undercut Clay cracks in summer.",
        },
    ),
    "a counter of an objection to a claim, at the comment that objects to nothing": (
        [right("b", "Clay cracks in summer.", Kind.COUNTER)],
        {
            "Clay cracks in summer. Objection of We should line it with clay.",
            "We would keep it wet. Counter of the Objection Clay cracks in summer.",
        },
        {
            "Clay cracks in summer. Rebuttal of We should line it with clay.",
            "We would keep it wet. Counter of the Rebuttal Clay cracks in summer.",
        },
    ),
    "neither a counter nor what that would be without its objection": (
        [wrong("b", "Clay cracks in summer.", Kind.OBJECTION), wrong("c", "We would keep it wet.", Kind.REBUTTAL)],
        {
            "Clay cracks in summer. Objection of We should line it with clay.",
            "We would keep it wet. Counter of the Objection Clay cracks in summer.",
            "Nobody wets a pond. Counter of the Counter We would keep it wet.",
        },
        {"Nobody wets a pond. Rebuttal of We would keep it wet."},
    ),
    "an answer to another objection of its own comment, not to itself": (
        [
            right("b", "It is cheap, though.", Kind.OBJECTION, "a"),
            right("b", "Clay cracks in summer.", Kind.COUNTER, "b"),
        ],
        {
            "Clay cracks in summer. Objection of We should line it with clay.",
            "It is cheap, though. Support of We should line it with clay.",
            "We would keep it wet. Counter of the Objection Clay cracks in summer.",
            "Nobody wets a pond. Counter of the Counter We would keep it wet.",
        },
        {
            "It is cheap, though. Objection of comment a",
            "Clay cracks in summer. Counter of the Objection It is cheap, though.",
            "We would keep it wet. Rebuttal of Clay cracks in summer.",
            "Nobody wets a pond. Counter of the Rebuttal We would keep it wet.",
        },
    ),
    "two claims that say the same, whatever else they do": (
        [right("d", "Nobody wets a pond.", Kind.SIMILARITY, "b", "Clay cracks in summer.")],
        set(),
        {"Nobody wets a pond. Similarity of Clay cracks in summer."},
    ),
    "what is said twice, once of each kind": (
        [
            right("c", "And it swells again.", Kind.SUPPORT, "c", "We would keep it wet."),
            right("c", "And it swells again.", Kind.COUNTER, "b", "Clay cracks in summer."),
        ],
        set(),
        {
            "And it swells again. Support of We would keep it wet.",
            "And it swells again. Counter of the Objection Clay cracks in summer.",
        },
    ),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case)
def test_judgements_are_carried_out(case: str) -> None:
    judgements, gone, new = CASES[case]
    before = pond()
    assert listed(before) == FOUND
    after = apply_judgements(before, discussion(judgements))
    assert (FOUND - listed(after), listed(after) - FOUND) == (gone, new)
    assert conforms(check_store(stored(discussion(judgements), after), derived=True))


def test_what_dismisses_a_claim_that_objects_no_more_objects_to_it() -> None:
    known = claims()
    cracks, dear = known["Clay cracks in summer."], known["The pond leaks."]
    dismissal = make_move(
        POND,
        Kind.DISMISSAL,
        [ClaimRef(dear.id)],
        ClaimRef(cracks.id),
        comment="a",
        target_comment="b",
        evidence=dear.spans,
        confidence=0.6,
        method=Method.HUMAN,
        cue="stated",
    )
    before = pond()
    before = replace(before, moves=tuple(sorted((*before.moves, dismissal), key=lambda move: move.id)))
    for said in ([wrong("b", "Clay cracks in summer.", Kind.OBJECTION)], [wrong("b", "Clay", Kind.SUPPORT)]):
        after = apply_judgements(before, discussion(said))
        kind = "Dismissal" if said[0].kind is Kind.SUPPORT else "Objection"
        assert f"The pond leaks. {kind} of Clay cracks in summer." in listed(after)
        assert conforms(check_store(stored(discussion(said), after), derived=True))


def test_what_people_call_right_is_theirs() -> None:
    judgement = right("b", "Clay cracks in summer.", Kind.OBJECTION)
    (move,) = (one for one in apply_judgements(pond(), discussion([judgement])).moves if one.judgement)
    assert (move.confidence, move.method, move.cue) == (1.0, Method.HUMAN, "judged by ida")
    assert (move.judgement, move.explanation, move.author) == (judgement.name, None, "ben")
    assert move.id in {one.id for one in pond().moves}, "a move that is only confirmed keeps its id"


def test_a_judgement_names_what_it_judges_and_not_what_it_says() -> None:
    judgement = right("b", "Clay cracks in summer.", Kind.OBJECTION, "a", "The pond leaks.")
    assert (
        judgement.name
        == replace(judgement, verdict=Verdict.WRONG, by="jo", note="no", words="clay cracks\n in summer.").name
    )
    others = [{"words": None}, {"kind": Kind.REBUTTAL}, {"target": None}, {"target_words": None}, {"comment": "c"}]
    assert len({judgement.name, *(replace(judgement, **other).name for other in others)}) == 1 + len(others)  # type: ignore[arg-type]


WORDS = {name: [None, *(words for words, one in claims().items() if one.spans[0].comment == name)] for name in COMMENTS}
KINDS = [kind for kind in Kind if kind not in (Kind.MOVE, Kind.QUOTATION)]


@st.composite
def any_judgement(draw: st.DrawFn) -> Judgement:
    comment, target = draw(st.sampled_from("abcde")), draw(st.sampled_from([None, *"abcde"]))
    words = draw(st.sampled_from(WORDS[comment]))
    aim = None if target is None else draw(st.sampled_from(WORDS[target]))
    verdict, kind = draw(st.sampled_from([Verdict.RIGHT, Verdict.WRONG])), draw(st.sampled_from(KINDS))
    if kind is Kind.SIMILARITY and aim is None:
        verdict = Verdict.WRONG
    return Judgement(POND, comment, kind, verdict, words, target, aim)


@given(st.lists(any_judgement(), max_size=6, unique_by=lambda one: one.name))
def test_whatever_people_judge_the_map_keeps_the_rules(judgements: list[Judgement]) -> None:
    after = apply_judgements(pond(), discussion(judgements))
    results = check_store(stored(discussion(judgements), after), derived=True)
    assert conforms(results), [str(result) for result in results]
    assert after == apply_judgements(pond(), discussion(judgements[::-1]))

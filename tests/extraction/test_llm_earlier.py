"""What a model is shown beside the comment replied to, where nobody knows that one, or more than it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rejoinder.loaders.llm.aims import Aim, kinds_and_targets
from rejoinder.loaders.llm.earlier import EarlierReason
from rejoinder.loaders.llm.found_moves import FoundMoves
from rejoinder.loaders.llm.hearing import ThreadReading
from rejoinder.loaders.llm.names import Names
from rejoinder.loaders.llm.offers import (
    CLAIMS_OF_ALL_EARLIER,
    CLAIMS_OF_EARLIER,
    CLAIMS_OF_PARENT,
    FIRST,
    Offer,
    earlier_shown,
)
from rejoinder.records import (
    ArgumentMap,
    ClaimRef,
    Comment,
    Discussion,
    Kind,
    Method,
    Move,
    MoveRef,
    Span,
    Thread,
    ThreadKey,
    make_move,
)
from tests.extraction.test_llm import asking
from tests.llm_server import model
from tests.timing import assert_in_proportion

THREAD = ThreadKey("street.example", "pump")
BEGUN = datetime(2024, 5, 1, tzinfo=UTC)
FLAT, TREE, BELOW_POST = "flat", "tree", "below a post"

POST = "The old pump in the yard should be painted blue before the summer feast, as it was in our youth."
Said = tuple[str, str, str | None, str]  # id, author, parent, words


def thread(said: Sequence[Said], page: str = TREE) -> Discussion:
    """A thread of these comments; below a post the source names that, and not who answers whom."""
    comments = [
        Comment(
            THREAD,
            name,
            text,
            parent,
            author,
            (BEGUN + timedelta(minutes=place)).isoformat(),
            addressed=page != BELOW_POST,
        )
        for place, (name, author, parent, text) in enumerate(said)
    ]
    return Discussion(Thread(THREAD, "The pump"), tuple(comments))


FLAT_PAGE: list[Said] = [
    ("a", "Ana", None, POST),
    ("b", "Ben", None, "Blue paint flakes off cast iron within a year."),
    ("c", "Cleo", None, "Not if the rust is brushed off first."),
    ("d", "Ben", None, "Who would brush it?"),
]
BRANCHES: list[Said] = [
    ("a", "Ana", None, POST),
    ("b", "Ben", "a", "Blue paint flakes off cast iron within a year."),
    ("c", "Cleo", "b", "Not if the rust is brushed off first."),
    ("d", "Dov", "c", "Brushes cost more than the paint."),
    ("e", "Eli", "d", "The school lends them."),
    ("f", "Fay", "a", "A handle that turns would please the children more."),
]


@pytest.mark.parametrize(
    ("said", "page", "of", "shown"),
    [
        pytest.param(FLAT_PAGE, FLAT, "a", {}, id="nothing stands above the first"),
        pytest.param(FLAT_PAGE, FLAT, "b", {"a": EarlierReason.FIRST}, id="on a flat page the first"),
        pytest.param(
            FLAT_PAGE, FLAT, "c", {"a": EarlierReason.FIRST, "b": EarlierReason.NEAR}, id="and those shortly above"
        ),
        pytest.param(
            FLAT_PAGE,
            FLAT,
            "d",
            {"a": EarlierReason.FIRST, "b": EarlierReason.OWN, "c": EarlierReason.NEAR},
            id="and one's own",
        ),
        pytest.param(
            [(name, who, "a" if name != "a" else None, text) for name, who, _, text in FLAT_PAGE],
            BELOW_POST,
            "c",
            {"a": EarlierReason.FIRST, "b": EarlierReason.NEAR},
            id="below a post, where all name that alone",
        ),
        pytest.param(
            [*FLAT_PAGE, ("e", "Eli", None, "@ana the feast is in June.")],
            FLAT,
            "e",
            {"a": EarlierReason.NAMED, "b": EarlierReason.NEAR, "c": EarlierReason.NEAR, "d": EarlierReason.NEAR},
            id="who is spoken to",
        ),
        pytest.param(BRANCHES, TREE, "b", {}, id="the parent is shown apart"),
        pytest.param(
            BRANCHES,
            TREE,
            "e",
            {"a": EarlierReason.FIRST, "b": EarlierReason.ABOVE, "c": EarlierReason.ABOVE},
            id="those above it",
        ),
        pytest.param(
            [*BRANCHES, ("g", "Ana", "f", "The handle can turn. The paint flakes within a year, granted.")],
            TREE,
            "g",
            {"a": EarlierReason.OWN, "b": EarlierReason.TO_WRITER},
            id="what was said to the writer elsewhere and is taken up",
        ),
        pytest.param(
            [*BRANCHES, ("g", "Ana", "f", "The handle can turn, and it squeaks.")],
            TREE,
            "g",
            {"a": EarlierReason.OWN},
            id="what was said to the writer elsewhere and is not",
        ),
        pytest.param(
            [*BRANCHES, ("g", "Gus", None, "Two sorts of paint stand in the shed.")],
            TREE,
            "g",
            {"a": EarlierReason.FIRST, **dict.fromkeys("bcdef", EarlierReason.NEAR)},
            id="a comment without a parent where others have one",
        ),
    ],
)
def test_what_a_comment_may_be_about_beside_its_parent(
    said: list[Said], page: str, of: str, shown: dict[str, EarlierReason]
) -> None:
    heard = ThreadReading(thread(said, page))
    assert {earlier_comment.comment.id: earlier_comment.reason for earlier_comment in heard.earlier[of]} == shown


def test_nothing_waits_for_what_stands_below_it() -> None:
    heard = ThreadReading(thread([*BRANCHES, ("g", "Ana", "f", "The paint flakes within a year, granted.")]))
    place = {comment.id: number for number, comment in enumerate(heard.order)}
    assert all(place[other] < place[home] for home, others in heard.comments_awaited().items() for other in others)


def asked_about(said: list[Said], folder: Path, page: str = TREE) -> tuple[dict[str, dict[str, object]], ArgumentMap]:
    """What a model that answers by simple rules is sent about each comment, by its words, and the map."""
    with model() as server, asking(server, folder) as asked:
        argument_map = asked.extractor.map(thread(said, page))
        assert asked.told == ""
        return {one["comment"]["text"]: one for one in server.data}, argument_map


def test_on_a_flat_page_earlier_comments_are_shown_with_their_claims(tmp_path: Path) -> None:
    sent, _ = asked_about(FLAT_PAGE, tmp_path, FLAT)
    third = sent[FLAT_PAGE[2][3]]
    assert (third["parent"], third["comment"]) == (None, {"by": "person 3", "names": {}, "text": FLAT_PAGE[2][3]})
    assert third["earlier"] == [
        {"number": 1, "by": "person 1", "why": "came first in the discussion", "text": POST},
        {"number": 2, "by": "person 2", "why": "stands shortly above", "text": FLAT_PAGE[1][3]},
    ]
    assert third["claims"] == [
        {"number": 1, "in": "earlier 1", "text": POST, "does": []},
        {"number": 2, "in": "earlier 2", "text": FLAT_PAGE[1][3], "does": []},
    ]


def test_of_those_above_the_parent_what_objects_or_asks_is_shown_or_shares_words(tmp_path: Path) -> None:
    objection, feast = "The old pump is not in the yard.", "The feast is in June this time."
    said: list[Said] = [
        ("a", "Ana", None, "Paint the old pump blue."),
        ("b", "Ben", "a", f"{objection} {feast} Ladders are dear."),
        ("c", "Cleo", "b", "It was carried there."),
        ("d", "Dov", "c", "In June, at this feast?"),
    ]
    sent, _ = asked_about(said, tmp_path)
    last = sent["In June, at this feast?"]
    assert last["earlier"] == [
        {"number": 1, "by": "person 2", "why": "stands above the parent", "text": said[1][3]},
    ]
    assert last["claims"] == [
        {"number": 1, "in": "parent", "text": "It was carried there.", "does": []},
        {"number": 2, "in": "earlier 1", "text": objection, "does": ["Rebuttal"]},
        {"number": 3, "in": "earlier 1", "text": feast, "does": []},
    ]


def test_an_objection_on_a_flat_page_is_answered(tmp_path: Path) -> None:
    objection = "The old pump should never be painted blue."
    said: list[Said] = [
        ("a", "Ana", None, POST),
        ("b", "Ben", None, objection),
        ("c", "Ana", None, "You are right, never painted blue."),
    ]
    _, argument_map = asked_about(said, tmp_path, FLAT)
    (raised,) = (move for move in argument_map.moves if move.kind == Kind.REBUTTAL)
    (conceded,) = (move for move in argument_map.moves if move.kind == Kind.CONCESSION)
    assert (raised.target_comment, conceded.target) == ("a", MoveRef(raised.id))


def test_an_objection_is_taken_back_by_whom_it_is_of(tmp_path: Path) -> None:
    objection = "The old pump should never be painted blue."
    said: list[Said] = [
        ("a", "Ana", None, POST),
        ("b", "Ben", "a", objection),
        ("c", "Ana", "b", "The paint was made for pumps."),
        ("d", "Ben", "c", "You are right, never painted blue."),
    ]
    sent, argument_map = asked_about(said, tmp_path)
    assert sent[said[3][3]]["earlier"] == [
        {"number": 1, "by": "person 1", "why": "came first in the discussion", "text": POST},
        {"number": 2, "by": "person 2", "why": "is the writer's own", "text": objection},
    ]
    (raised,) = (move for move in argument_map.moves if move.kind == Kind.REBUTTAL)
    (taken_back,) = (move for move in argument_map.moves if move.kind == Kind.CONCESSION)
    assert (taken_back.target, taken_back.author) == (MoveRef(raised.id), "Ben")


@pytest.mark.parametrize(
    ("words", "replies"),
    [
        pytest.param("Ben, the ladder stands in the shed.", [("b", Method.RULE)], id="words say whom"),
        pytest.param("The ladder stands in the shed.", [("b", Method.MODEL)], id="only its place says whom"),
        pytest.param("Cast iron never flakes within a year.", [], id="the model says whom"),
    ],
)
def test_whom_a_comment_is_addressed_to_is_kept_where_no_move_says_it(
    tmp_path: Path, words: str, replies: list[tuple[str, Method]]
) -> None:
    _, argument_map = asked_about([*FLAT_PAGE[:2], ("c", "Cleo", None, words)], tmp_path, FLAT)
    plain = [move for move in argument_map.moves if move.comment == "c" and move.kind == Kind.REPLY]
    assert [(move.target_comment, move.method) for move in plain if move.target_comment == "b"] == replies


@pytest.mark.parametrize(
    ("text", "called"),
    [
        pytest.param("Ana, the feast is in June.", {"Ana": 1}, id="a first name"),
        pytest.param("As GravelGrete and Grete said.", {"GravelGrete": 2, "Grete": 2}, id="a part of a nickname"),
        pytest.param("@may and @nobody know.", {"may": 3}, id="behind a sign"),
        pytest.param("May is warm, and will be.", {}, id="words that are names too"),
        pytest.param("Max and Max Weber agree.", {}, id="several who are called so"),
        pytest.param("So says Oda.", {}, id="the writer"),
        pytest.param("anatomy, and ana in small letters", {}, id="other words"),
        pytest.param(" ".join(f"Nr{n}x" for n in range(30)), {f"Nr{n}x": 10 + n for n in range(10)}, id="ten"),
    ],
)
def test_whom_a_text_calls_by_name(text: str, called: dict[str, int]) -> None:
    people = {"Ana Lee": 1, "GravelGrete": 2, "May": 3, "Max Weber": 4, "Max Frisch": 5, "Oda": 6}
    names = Names(people | {f"Nr{number}x": 10 + number for number in range(30)})
    assert names.numbers_named_in(text, "Oda") == called


@pytest.mark.parametrize("page", [FLAT, TREE])
def test_hearing_a_thread_takes_time_in_proportion_to_its_comments(page: str) -> None:
    words = "Lamp {0} of street {1} flickers when the tram passes, said {2}."

    def talk(size: int) -> Discussion:
        parents = (None if page == FLAT or not at else f"c{at - 1 - at % 3 * (at > 3)}" for at in range(size))
        return thread(
            [
                (f"c{at}", f"who{at % 30}", parent, words.format(at % 7, at % 90, at % 11))
                for at, parent in enumerate(parents)
            ],
            page,
        )

    assert_in_proportion(talk, ThreadReading, small=100)


def offering(sentences: int, comments: int) -> tuple[Offer, list[dict[str, object]]]:
    """What is offered of so many comments on a flat page, each of so many claims, to the one below them."""
    words = " ".join(f"Lamp {number} is lit." for number in range(sentences))
    said = [(f"c{at}", f"who{at}", None, f"Street {at}. {words}") for at in range(comments)]
    heard, found_moves = (
        ThreadReading(thread([*said, ("z", "Zoe", None, "Lamp 29 of street 0 is out.")], FLAT)),
        FoundMoves(THREAD),
    )
    for comment in heard.order[:-1]:
        for sentence in heard.readings[comment.id].sentences:
            found_moves.claim(sentence.span, comment.author)
    offer = Offer(found_moves, heard.weight, heard.readings["z"].stems)
    return offer, list(earlier_shown(heard.earlier["z"], offer, heard))


def test_of_a_long_first_comment_the_claims_that_share_words_are_offered() -> None:
    offer, (first,) = offering(CLAIMS_OF_PARENT + 20, 1)
    assert len(offer.shown) == CLAIMS_OF_PARENT
    assert {"Street 0.", "Lamp 29 is lit."} <= {one["text"] for one in offer.shown}
    assert str(first["text"])[FIRST:] in ("", " [...]")


def test_what_is_offered_of_many_comments_has_a_bound() -> None:
    offer, shown = offering(40, 12)
    assert len(offer.shown) == CLAIMS_OF_PARENT + CLAIMS_OF_ALL_EARLIER
    assert (
        max(sum(one["in"] == f"earlier {number}" for one in offer.shown) for number in range(2, 8)) <= CLAIMS_OF_EARLIER
    )
    assert [one["number"] for one in shown] == [*range(1, len(shown) + 1)]


@pytest.mark.parametrize(
    ("kind", "at", "met"),
    [
        pytest.param(Kind.CLARIFICATION, "reason", (Kind.CLARIFICATION, "objection"), id="explained"),
        pytest.param(Kind.UNDERMINE, "reason", (Kind.COUNTER, "objection"), id="attacked"),
        pytest.param(Kind.CONCESSION, "reason", (Kind.CONCESSION, "objection"), id="granted"),
        pytest.param(Kind.SUPPORT, "reason", (Kind.SUPPORT, "reason"), id="backed"),
        pytest.param(Kind.QUESTION, "reason", (Kind.QUESTION, "reason"), id="asked about"),
        pytest.param(Kind.CLARIFICATION, "beside", (Kind.CLARIFICATION, "objection"), id="held by the same words"),
    ],
)
def test_what_meets_a_part_of_an_objection_meets_the_objection(kind: Kind, at: str, met: tuple[Kind, str]) -> None:
    """Cleo objects by two claims in one sentence, and gives a reason for the first."""
    found_moves, text = FoundMoves(THREAD), "It flakes and rusts, for iron sweats."
    spans = {"objection": (0, 9), "beside": (14, 19), "reason": (21, 37)}
    made = {name: found_moves.claim(Span("c", *place, text[slice(*place)]), "Cleo") for name, place in spans.items()}
    above = found_moves.claim(Span("a", 0, 4, "Blue"), "Ana")
    objection = moved(Kind.OBJECTION, made["objection"], above, Span("c", 0, 19, text[:19]), "a")
    assert found_moves.add(objection, [made["beside"]])
    assert found_moves.add(moved(Kind.SUPPORT, made["reason"], made["objection"], Span("c", 21, 37, text[21:]), "c"))
    ends = {**made, "objection": MoveRef(objection.id)}
    assert [
        (kinds_and_target.kind, kinds_and_target.target)
        for kinds_and_target in kinds_and_targets(kind, Aim("c", made[at]), "Ana", found_moves)
    ] == [(met[0], ends[met[1]])]


def moved(kind: Kind, source: ClaimRef, target: ClaimRef, evidence: Span, home: str) -> Move:
    """A move of Cleo's."""
    return make_move(
        THREAD,
        kind,
        [source],
        target,
        comment="c",
        target_comment=home,
        evidence=[evidence],
        author="Cleo",
        confidence=0.9,
        method=Method.MODEL,
        cue="llm",
        explanation=None,
    )


@pytest.mark.parametrize(
    ("kind", "met"),
    [
        pytest.param(Kind.CONCESSION, True, id="takes it back"),
        pytest.param(Kind.CLARIFICATION, False, id="explains the claim"),
        pytest.param(Kind.REBUTTAL, False, id="argues with the claim"),
    ],
)
def test_what_somebody_says_to_their_own_objection(kind: Kind, met: bool) -> None:
    found_moves, evidence = FoundMoves(THREAD), Span("c", 0, 3, "Red")
    source, above = found_moves.claim(evidence, "Cleo"), found_moves.claim(Span("a", 0, 4, "Blue"), "Ana")
    objection = moved(Kind.OBJECTION, source, above, evidence, "a")
    assert found_moves.add(objection)
    (kind_and_target,) = kinds_and_targets(kind, Aim("c", source), "Cleo", found_moves)
    assert kind_and_target.target == (MoveRef(objection.id) if met else source)


@pytest.mark.parametrize(
    ("kind", "met"),
    [
        pytest.param(Kind.CLARIFICATION, [(Kind.CLARIFICATION, 0), (Kind.CLARIFICATION, 1)], id="is met in each"),
        pytest.param(Kind.CONCESSION, [(Kind.CONCESSION, 0)], id="is conceded by whom each is against"),
        pytest.param(Kind.COUNTER, [(Kind.REBUTTAL, None)], id="is countered once, as the claim that it rests on"),
        pytest.param(Kind.UNDERCUT, [(Kind.UNDERCUT, 0), (Kind.UNDERCUT, 1)], id="is undercut in each step"),
        pytest.param(Kind.QUESTION, [(Kind.QUESTION, None)], id="is asked about as a claim"),
    ],
)
def test_a_claim_that_objects_to_several_things(kind: Kind, met: list[tuple[Kind, int | None]]) -> None:
    found_moves = FoundMoves(THREAD)
    targets = [found_moves.claim(Span(name, 0, 4, "Blue"), who) for name, who in (("a", "Ana"), ("b", "Ben"))]
    evidence = Span("c", 0, 3, "Red")
    source = found_moves.claim(evidence, "Cleo")
    objections = [
        moved(Kind.OBJECTION, source, claim_ref, evidence, home) for claim_ref, home in zip(targets, "ab", strict=True)
    ]
    assert all(found_moves.add(objection) for objection in objections)
    ends: list[ClaimRef | MoveRef] = [MoveRef(objection.id) for objection in objections]
    found = [
        (kinds_and_target.kind, kinds_and_target.target)
        for kinds_and_target in kinds_and_targets(kind, Aim("c", source), "Ana", found_moves)
    ]
    assert found == [(name, source if place is None else ends[place]) for name, place in met]

"""Laws of judgements on threads of all sorts: replies, dumps, reactions, arguments that a source states."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeGuard

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rejoinder.errors import Problem
from rejoinder.graph.shapes.check import check_store, conforms
from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.places import Place
from rejoinder.loaders.gathering.merge import merge
from rejoinder.loaders.gathering.passages import find_passage
from rejoinder.records import (
    ArgumentMap,
    Comment,
    Discussion,
    Found,
    Judgement,
    Kind,
    PlatformMove,
    Record,
    Span,
    StatedClaim,
    StatedMove,
    ThreadKey,
    Verdict,
    with_wider_kinds,
)
from tests.threads import stored

POND = ThreadKey("ponds.example", "clay")
SENTENCES = (
    "We should line it with clay.",
    "No, clay cracks in summer.",
    "That is wrong, ours never leaked.",
    "Fair enough, you are right.",
    "Why would it crack?",
    "I disagree, the clay stays wet.",
    "I meant moist, not wet.",
    "Clay is cheap, and so is rubber.",
    "No.",
    "We have been over this already.",
    "Good point, but who pays?",
)
AUTHORS = (None, "ana", "ben", "cy", "dot")
STATED = [kind for kind in Kind if kind is not Kind.MOVE]
RIGHT = [kind for kind in STATED if kind is not Kind.QUOTATION]
REACTIONS = (Kind.OBJECTION, Kind.SUPPORT, Kind.CONCESSION, Kind.DISMISSAL)
sentences = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join)
law = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def comments(draw: st.DrawFn) -> list[Comment]:
    """A dump, or comments that reply to each other and quote what was said above, or what nobody said."""
    made: list[Comment] = []
    dump = draw(st.booleans())
    for number in range(draw(st.integers(2, 9))):
        above = draw(st.sampled_from(made)) if made and draw(st.integers(0, 9)) > 0 else None
        quoted = draw(st.sampled_from([None, None, *SENTENCES, above.text.rsplit("\n")[-1] if above else None]))
        text = "".join(f"> {one}\n" for one in [quoted] if one) + draw(sentences)
        parent, position = (None, number) if dump else (above.id if above else None, None)
        made.append(Comment(POND, f"c{number}", text, parent, draw(st.sampled_from(AUTHORS)), position=position))
    return made


@st.composite
def stated(draw: st.DrawFn, said: list[Comment]) -> list[Record]:
    """Claims and moves that a source states, also of several premises, and against what does not object."""
    claims: list[Record] = []
    for number in range(draw(st.integers(1, 6))):
        comment = draw(st.sampled_from(said))
        start, end = draw(st.sampled_from([match.span() for match in re.finditer(r"[^.?\n]+[.?]", comment.text)]))
        claims.append(StatedClaim(POND, f"n{number}", comment.id, start, end))
    names, moves = [one.name for one in claims if isinstance(one, StatedClaim)], list[str]()
    for number in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(STATED))
        sources = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3 if kind is Kind.SUPPORT else 1))
        target = draw(st.sampled_from([None, *names, *moves, *moves, said[0].id]))
        home, sure = draw(st.sampled_from(said)).id, draw(st.sampled_from([0.4, 1.0]))
        claims.append(StatedMove(POND, f"m{number}", kind, tuple(dict.fromkeys(sources)), target, home, sure))
        moves.append(f"m{number}")
    return claims


@st.composite
def reactions(draw: st.DrawFn, said: list[Comment]) -> list[Record]:
    """What the platform records without words."""
    return [
        PlatformMove(
            POND,
            f"p{number}",
            draw(st.sampled_from(REACTIONS)),
            draw(st.sampled_from(said)).id,
            "reaction",
            author=draw(st.sampled_from(AUTHORS[1:])),
        )
        for number in range(draw(st.integers(0, 3)))
    ]


@st.composite
def judged_words(draw: st.DrawFn, one: Comment, argument: ArgumentMap) -> str | None:
    """Nothing, words that were found to say or do something, or any others."""
    spans = [span for claim in argument.claims for span in claim.spans]
    spans += [span for move in argument.moves for span in move.evidence]
    found = [span.exact for span in spans if span.comment == one.id]
    start = draw(st.integers(0, len(one.text) - 1))
    chosen = draw(st.sampled_from([None, *found, *found, one.text[start : start + draw(st.integers(1, 60))]]))
    return chosen if chosen and chosen.strip(" \n>`-") else None


@st.composite
def judgements(draw: st.DrawFn, said: list[Comment], argument: ArgumentMap) -> Judgement:
    """What somebody may say of such a thread, sensible or not."""
    comment, target = draw(st.sampled_from(said)), draw(st.sampled_from([None, *said]))
    verdict = draw(st.sampled_from([Verdict.RIGHT, Verdict.WRONG]))
    kind = draw(st.sampled_from(RIGHT if verdict is Verdict.RIGHT else list(Kind)))
    aim = draw(judged_words(target, argument)) if target else None
    verdict = Verdict.WRONG if kind is Kind.SIMILARITY and aim is None else verdict
    words = draw(judged_words(comment, argument))
    return Judgement(POND, comment.id, kind, verdict, words, target.id if target else None, aim)


def gathered(records: list[Record]) -> Discussion:
    """The thread of these records."""
    (discussion,) = (
        one for one in merge([Found(record, "f", 1) for record in records], lambda key: None) if is_thread(one)
    )
    return discussion


def is_thread(one: Discussion | Problem) -> TypeGuard[Discussion]:
    return isinstance(one, Discussion)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Record], list[Judgement]]:
    """A thread whose map keeps the rules, and what people say of it."""
    said = draw(comments())
    more = draw(st.one_of(st.just(list[Record]()), stated(said), reactions(said)))
    argument = extract(gathered([*said, *more]))
    assume(not more or conforms(check_store(stored(gathered([*said, *more]), argument), derived=True)))
    return [*said, *more], draw(st.lists(judgements(said, argument), min_size=1, max_size=6))


@law
@given(cases(), st.randoms(use_true_random=False))
def test_whatever_people_judge_the_map_keeps_the_rules(case: tuple[list[Record], list[Judgement]], by: object) -> None:
    records, said = case
    discussion = gathered([*records, *said])
    argument = extract(discussion)
    results = check_store(stored(discussion, argument), derived=True)
    assert conforms(results), [str(result) for result in results]
    shuffled = sorted(discussion.judgements, key=lambda judgement: hash((by.random(), judgement.name)))  # type: ignore[attr-defined]
    assert gathered([*shuffled, *records]) == discussion, "what does not contradict comes in any order"
    assert gathered([*records, *said, *said[-1:]]) == discussion
    withdrawn = [replace(judgement, verdict=Verdict.WITHDRAWN) for judgement in discussion.judgements]
    assert gathered([*records, *said, *withdrawn]) == gathered(records)


@law
@given(cases())
def test_nothing_that_is_judged_wrong_is_in_the_map(case: tuple[list[Record], list[Judgement]]) -> None:
    records, said = case
    discussion = gathered([*records, *said])
    texts = {comment.id: comment.text for comment in discussion.comments}
    argument = extract(discussion)
    names = {one.judgement for one in argument.moves} - {None}
    assert names <= {judgement.name for judgement in discussion.judgements if judgement.verdict is Verdict.RIGHT}
    for one in discussion.judgements:
        if one.verdict is Verdict.WRONG and one.target is None:
            at = place(one, texts[one.comment])
            made = [move for move in argument.moves if any(at.meets(Place(w.comment, w)) for w in move.evidence)]
            assert not [move for move in made if one.kind in with_wider_kinds(move.kind) and not move.judgement]


def place(judgement: Judgement, text: str) -> Place:
    """Where the words of a judgement stand."""
    found = None if judgement.words is None else find_passage(judgement.words, text)
    return Place(judgement.comment, None if found is None else Span(judgement.comment, *found, text[slice(*found)]))

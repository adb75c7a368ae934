"""A thread's graph read back is the discussion it was built from."""

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.graph.triples.build import build_thread
from rejoinder.graph.triples.ntriples import quads
from rejoinder.graph.triples.read import read_discussion
from rejoinder.graph.triples.terms import Names
from rejoinder.records import (
    ArgumentMap,
    Comment,
    Discussion,
    Extraction,
    Judgement,
    Kind,
    State,
    StatedClaim,
    StatedMove,
    Thread,
    ThreadKey,
    Verdict,
)

NAMES = Names("https://example.org/")
EMPTY = ArgumentMap(Extraction("none", "1"))

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1
)
times = st.sampled_from(
    [None, "2024-05-01T10:00:00Z", "2024-05-01T10:00:00.25+02:00", "yesterday", "2024-13-01T00:00:00Z"]
)


@st.composite
def discussions(draw: st.DrawFn) -> Discussion:
    """Discussions with any ids, parents absent or present, states, counts, and dates of every sort."""
    key = ThreadKey(draw(words), draw(words))
    ids = draw(st.lists(words, min_size=1, max_size=6, unique=True))
    flattened = draw(st.booleans())
    comments = [
        Comment(
            thread=key,
            id=one,
            text=draw(words),
            parent=None if flattened else draw(st.sampled_from([None, "absent/ü", *ids[:place]])),
            author=draw(st.none() | words),
            created=draw(times),
            url=draw(st.sampled_from([None, "https://forum.example/a?b=c#d", "javascript:alert(1)", "https://x/<y>"])),
            declared_replies=draw(st.none() | st.integers(0, 9)),
            states=tuple(draw(st.lists(st.sampled_from(sorted(State)), unique=True).map(sorted))),
            position=place if flattened else None,
            addressed=draw(st.booleans()),
            to=draw(st.none() | words),
        )
        for place, one in enumerate(ids)
    ]
    thread = Thread(
        key,
        draw(st.none() | words),
        draw(st.sampled_from([None, "https://forum.example/t"])),
        draw(st.none() | st.integers(0, 9)),
    )
    return Discussion(
        thread,
        tuple(sorted(comments, key=lambda comment: (comment.position or 0, comment.id))),
        tuple(
            sorted(
                draw(st.lists(claims(key), max_size=3, unique_by=lambda stated_claim: stated_claim.name)),
                key=lambda stated_claim: stated_claim.name,
            )
        ),
        tuple(
            sorted(draw(st.lists(moves(key), max_size=3, unique_by=lambda move: move.name)), key=lambda move: move.name)
        ),
        judgements=tuple(
            sorted(
                draw(st.lists(judged(key), max_size=3, unique_by=lambda judgement: judgement.name)),
                key=lambda judgement: judgement.name,
            )
        ),
    )


def claims(key: ThreadKey) -> st.SearchStrategy[StatedClaim]:
    return st.builds(StatedClaim, st.just(key), words, words, st.integers(0, 99), st.integers(0, 99))


def moves(key: ThreadKey) -> st.SearchStrategy[StatedMove]:
    sources = st.lists(words, min_size=1, max_size=3).map(tuple)
    sure = st.sampled_from([0.0, 0.25, 0.9, 1.0])
    return st.builds(StatedMove, st.just(key), words, st.sampled_from(Kind), sources, st.none() | words, words, sure)


def judged(key: ThreadKey) -> st.SearchStrategy[Judgement]:
    verdicts, maybe = st.sampled_from([Verdict.RIGHT, Verdict.WRONG]), st.none() | words
    return st.builds(Judgement, st.just(key), words, st.sampled_from(Kind), verdicts, *[maybe] * 5)


@settings(max_examples=150, deadline=None)
@given(discussions())
def test_read_undoes_build(written: Discussion) -> None:
    store, again = ox.Store(), ox.Store()
    fill(store, written)
    back = read_discussion(lambda name: set(store.quads_for_pattern(None, None, None, name)), written.thread.key, NAMES)
    assert back is not None
    fill(again, back)
    assert set(again) == set(store)
    assert (back.comments, back.stated_claims, back.stated_moves, back.judgements) == (
        written.comments,
        written.stated_claims,
        written.stated_moves,
        written.judgements,
    )


def fill(store: ox.Store, written: Discussion) -> None:
    built = build_thread(written, EMPTY, NAMES)
    for part, graph in ((built.thread, NAMES.graph(built.key)), (built.curation, NAMES.curation(built.key))):
        store.extend(quads(part, graph))


def test_a_thread_never_loaded_reads_as_none() -> None:
    assert read_discussion(lambda name: set(), ThreadKey("a", "b"), NAMES) is None

"""A thread's graph read back is the map it was built from, with what follows from it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings

from rejoinder.errors import NotFound
from rejoinder.graph.exports.thread_map import thread_map
from rejoinder.graph.triples.build import build_thread
from rejoinder.records import ArgumentMap, Discussion, ThreadKey
from tests.garden import garden
from tests.threads import NAMES, mapped, threads


@settings(max_examples=60, deadline=None)
@given(threads())
def test_reading_a_thread_undoes_building_it(written: tuple[Discussion, ArgumentMap]) -> None:
    back = mapped(*written)
    again, first = build_thread(back.discussion, back.argument, NAMES), build_thread(*written, NAMES)
    assert set(again.thread) == set(first.thread)
    assert set(again.shared) == set(first.shared)
    assert back.discussion == written[0]
    assert back.argument.claims == written[1].claims
    assert back.argument.moves == written[1].moves
    assert back.argument.extraction == written[1].extraction or not written[1].moves


def test_what_follows_is_told_by_the_id_of_the_claim_or_objection() -> None:
    one = mapped(*garden())
    texts = {claim.id: claim.text for claim in one.argument.claims}
    cues = {move.id: move.cue for move in one.argument.moves}
    assert {texts[name]: label for name, label in one.labels.items() if name in texts} == {
        "Let us cut the hedge.": "in",
        "It shades the beans.": "out",
        "But wrens nest in it until July.": "in",
        "the nest is empty.": "in",
        "They left last week; the nest": "in",
        "Beans like some shade anyway.": "in",
    }
    assert {cues[name]: status for name, status in one.statuses.items()} == {
        "but": "countered",
        "left": "silent",
        "anyway": "silent",
    }
    assert set(one.strengths) == set(texts)


def test_it_holds_every_quad_of_the_thread_and_no_other() -> None:
    from tests.threads import stored

    store = stored(*garden())
    alone = set(store)
    stranger, shared = ox.NamedNode(NAMES.author("beds.example", "nobody here")), ox.NamedNode(NAMES.shared())
    store.add(ox.Quad(stranger, shared, ox.Literal("x"), shared))
    assert set(thread_map(store, garden()[0].thread.key, NAMES).quads) == alone


def test_a_thread_never_loaded_is_not_found() -> None:
    with pytest.raises(NotFound, match=r"no thread beds\.example/none"):
        thread_map(ox.Store(), ThreadKey("beds.example", "none"), NAMES)

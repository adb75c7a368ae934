"""The store: all or nothing, one writer, nothing written twice, snapshots named by what they hold."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.errors import StoreError
from rejoinder.graph.stores import embedded
from rejoinder.graph.stores.content import SCHEME, content_of
from rejoinder.graph.stores.embedded import BULK_SIZES, Writer, base_of_store
from rejoinder.graph.stores.publish import current_id, open_current, publish
from rejoinder.graph.triples import ntriples
from rejoinder.graph.triples.build import build_thread
from rejoinder.graph.triples.ntriples import Triple, string
from rejoinder.graph.triples.terms import Names, date_time
from rejoinder.records import ArgumentMap, Discussion
from rejoinder.settings import Settings
from tests.threads import NAMES, all_quads, threads

BASE = Settings().base
GRAPHS = [ox.NamedNode(f"urn:graph:{number}") for number in range(3)]
SHARED_GRAPH = ox.NamedNode(Names(BASE).shared())


def quads(graph: ox.NamedNode, numbers: range) -> set[ox.Quad]:
    subject, predicate = ox.NamedNode("urn:s"), ox.NamedNode("urn:p")
    return {ox.Quad(subject, predicate, ox.Literal(f'{number} "quoted"\n\\ü'), graph) for number in numbers}


def triple(quad: ox.Quad) -> Triple:
    return str(quad.subject), quad.predicate.value, str(quad.object)


def replace(writer: Writer, graphs: Sequence[ox.NamedNode], found: set[ox.Quad], shared: set[ox.Quad]) -> int:
    parts = {graph.value: [triple(quad) for quad in found if quad.graph_name == graph] for graph in graphs}
    return writer.replace(parts, map(triple, shared))


@pytest.mark.parametrize("size", [3, BULK_SIZES.start], ids=["transaction", "bulk"])
def test_replace_makes_a_graph_exactly_what_it_should_be(tmp_path: Path, size: int) -> None:
    with Writer(tmp_path, BASE) as writer:
        assert replace(writer, GRAPHS[:1], quads(GRAPHS[0], range(size)), quads(SHARED_GRAPH, range(2))) == size + 2
        assert replace(writer, GRAPHS[:1], quads(GRAPHS[0], range(1, size + 1)), quads(SHARED_GRAPH, range(1))) == 2
        assert writer.quads_of_graph(GRAPHS[0]) == quads(GRAPHS[0], range(1, size + 1))
        assert writer.quads_of_graph(SHARED_GRAPH) == quads(SHARED_GRAPH, range(2))
        assert replace(writer, GRAPHS[:1], quads(GRAPHS[0], range(1, size + 1)), set()) == 0


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written in several steps is a hundred thousandth of what it is in life."""
    monkeypatch.setattr(embedded, "WHOLE", 3)
    monkeypatch.setattr(embedded, "STEP", 2)
    monkeypatch.setattr(embedded, "TRIPLES_TOGETHER", 1)


@pytest.mark.usefixtures("small_steps")
def test_many_quads_are_written_in_steps_as_if_at_once(tmp_path: Path) -> None:
    with Writer(tmp_path, BASE) as writer:
        both = quads(GRAPHS[0], range(7)) | quads(GRAPHS[1], range(4))
        assert replace(writer, GRAPHS[:2], both, quads(SHARED_GRAPH, range(2))) == 13
        assert set(writer.store) == both | quads(SHARED_GRAPH, range(2))
        assert writer.total == content_of(writer.store)
        assert not (tmp_path / "unfinished").exists()


class Ending(list[Triple]):
    """Triples in the middle of which whoever writes them is stopped."""

    def __iter__(self) -> Iterator[Triple]:
        """All but the last."""
        yield from self[:-1]
        raise KeyboardInterrupt


@pytest.mark.usefixtures("small_steps")
def test_whatever_was_written_before_a_stop_is_taken_back(tmp_path: Path) -> None:
    """Also what the shared graph says of nodes that only those quads name."""
    author = ox.NamedNode("urn:ann")
    about = ox.Quad(author, ox.NamedNode("urn:name"), ox.Literal("ann"), SHARED_GRAPH)
    with Writer(tmp_path, BASE) as writer:
        replace(writer, GRAPHS[:1], quads(GRAPHS[0], range(5)), quads(SHARED_GRAPH, range(2)))
        before = set(writer.store)
        said = [("<urn:s>", "urn:by", str(author)), *map(triple, quads(GRAPHS[1], range(8)))]
        with pytest.raises(KeyboardInterrupt):
            writer.replace({GRAPHS[1].value: Ending(said)}, [triple(about)])
        assert writer.quads_of_graph(GRAPHS[1])
        writer.change((), [about])  # it comes last, and the stop may come after
    with Writer(tmp_path, BASE) as writer:
        assert set(writer.store) == before
        assert GRAPHS[1] not in writer.store.named_graphs()
        assert writer.total == content_of(writer.store)
        assert not (tmp_path / "unfinished").exists()


def test_a_note_that_names_no_graphs_is_damage(tmp_path: Path) -> None:
    Writer(tmp_path, BASE).close()
    (tmp_path / "unfinished").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match="the file unfinished names no graphs"):
        Writer(tmp_path, BASE)


def test_what_nothing_names_any_more_goes_from_the_shared_graph(tmp_path: Path) -> None:
    name, author = ox.NamedNode("urn:name"), ox.NamedNode("urn:ann")
    said = {ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:by"), author, GRAPHS[0])}
    about = {ox.Quad(author, name, ox.Literal("ann"), SHARED_GRAPH)}
    with Writer(tmp_path, BASE) as writer:
        replace(writer, GRAPHS[:1], said, about)
        replace(writer, GRAPHS[1:2], {ox.Quad(q.subject, q.predicate, q.object, GRAPHS[1]) for q in said}, about)
        assert replace(writer, GRAPHS[:1], set(), set()) == 1, "another thread still names the author"
        assert replace(writer, GRAPHS[1:2], set(), set()) == 2
        assert len(writer.store) == 0


def test_a_base_file_left_empty_by_a_crash_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "base").write_text("", encoding="utf-8")
    Writer(tmp_path, BASE).close()
    assert (tmp_path / "base").read_text(encoding="utf-8").strip() == BASE


def test_a_second_writer_is_refused_with_advice(tmp_path: Path) -> None:
    with Writer(tmp_path, BASE), pytest.raises(StoreError, match="being written by another load: wait"):
        Writer(tmp_path, BASE)


def test_a_store_under_a_base_with_a_fragment_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "base").write_text("https://maps.example/data#\n", encoding="utf-8")
    for opened in (partial(Writer, tmp_path, BASE), partial(base_of_store, tmp_path)):
        with pytest.raises(StoreError, match=r"base https://maps\.example/data#.* into another folder, under a base"):
            opened()


def test_a_store_keeps_its_base(tmp_path: Path) -> None:
    Writer(tmp_path, BASE).close()
    with pytest.raises(StoreError, match=r"made with base https://rejoinder\.example/, not https://other\.example/"):
        Writer(tmp_path, "https://other.example/")


def test_a_snapshot_is_named_by_its_content_not_by_how_it_came_about(tmp_path: Path) -> None:
    names = set()
    for folder, order in (("one", GRAPHS), ("two", list(reversed(GRAPHS)))):
        with Writer(tmp_path / folder, BASE) as writer:
            for graph in order:
                replace(writer, [graph], quads(graph, range(50)), set())
            names.add(publish(writer.store, tmp_path / folder))
    assert len(names) == 1


STEPS: dict[str, list[tuple[int, range]]] = {
    "new": [(0, range(5))],
    "changed": [(0, range(5)), (0, range(3, 9))],
    "taken away": [(0, range(5)), (1, range(2)), (0, range(0))],
    "in bulk": [(0, range(BULK_SIZES.start)), (1, range(7)), (0, range(1, BULK_SIZES.start))],
}


@pytest.mark.parametrize("end", ["closed", "killed"])
@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_the_sum_that_is_kept_is_the_one_that_counting_gives(
    tmp_path: Path, steps: list[tuple[int, range]], end: str
) -> None:
    for graph, numbers in steps:
        with Writer(tmp_path, BASE) as writer:
            assert not (tmp_path / "total").exists(), "who is killed while writing must not leave one"
            replace(writer, [GRAPHS[graph]], quads(GRAPHS[graph], numbers), quads(SHARED_GRAPH, range(2)))
            assert writer.total == content_of(writer.store)
            name = publish(writer.store, tmp_path, writer.total)
            assert name == publish(writer.store, tmp_path)
        if end == "killed":
            (tmp_path / "total").unlink()
    with Writer(tmp_path, BASE) as writer:
        assert publish(writer.store, tmp_path, writer.total) == name


@pytest.mark.parametrize("kept", ["", "no number", f"{SCHEME} {'f' * 80}"], ids=["empty", "text", "too large"])
def test_a_damaged_sum_does_not_stop_the_writer(tmp_path: Path, kept: str) -> None:
    with Writer(tmp_path, BASE) as writer:
        replace(writer, GRAPHS[:1], quads(GRAPHS[0], range(5)), set())
    (tmp_path / "total").write_text(kept, encoding="utf-8")
    with Writer(tmp_path, BASE) as writer:
        assert current_id(tmp_path) is None
        assert publish(writer.store, tmp_path, writer.total) == current_id(tmp_path)


@pytest.mark.parametrize("kept", ["1", "pyoxigraph-0.0.1 1"], ids=["no version", "another version"])
def test_a_sum_of_other_hashes_is_counted_anew(tmp_path: Path, kept: str) -> None:
    with Writer(tmp_path, BASE) as writer:
        replace(writer, GRAPHS[:1], quads(GRAPHS[0], range(5)), set())
    (tmp_path / "total").write_text(kept, encoding="utf-8")
    with Writer(tmp_path, BASE) as writer:
        assert writer.total == content_of(writer.store)


@settings(max_examples=500)
@given(st.text() | st.text(st.characters(max_codepoint=0x9F)))
def test_a_literal_is_written_as_the_parser_reads_it(text: str) -> None:
    assert [quad.object for quad in ntriples.quads([("<urn:s>", "urn:p", string(text))], "urn:g")] == [ox.Literal(text)]


@settings(max_examples=100, deadline=None)
@given(threads())
def test_quads_are_built_as_the_store_will_hold_them(thread: tuple[Discussion, ArgumentMap]) -> None:
    built = build_thread(*thread, NAMES)
    for part in (built.thread, built.shared, built.curation):
        assert len(set(part)) == len(part)
    found = all_quads(built)
    store = ox.Store()
    store.extend(found)
    assert set(store) == set(found)


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(),
    st.sampled_from(["", ".0", ".000", ".5", ".50", ".07", ".120300", ".123456789"]),
    st.sampled_from(["", "Z", "+00:00", "-00:00", "+05:30", "-10:00", "+14:00"]),
)
def test_times_are_written_as_the_store_will_hold_them(moment: datetime, fraction: str, zone: str) -> None:
    literal = date_time(f"{moment.replace(microsecond=0).isoformat()}{fraction}{zone}")
    quad = ox.Quad(GRAPHS[0], GRAPHS[1], literal)
    store = ox.Store()
    store.add(quad)
    assert list(store) == [quad]


def test_readers_keep_their_snapshot_while_the_next_is_published(tmp_path: Path) -> None:
    with Writer(tmp_path, BASE) as writer:
        replace(writer, GRAPHS[:1], quads(GRAPHS[0], range(5)), set())
        first = publish(writer.store, tmp_path)
        reader = open_current(tmp_path)
        replace(writer, GRAPHS[1:2], quads(GRAPHS[1], range(5)), set())
        second = publish(writer.store, tmp_path)
        assert current_id(tmp_path) == second != first
        assert len(reader.store) == 5
        assert len(open_current(tmp_path).store) == 10


def test_a_snapshot_goes_some_time_after_it_was_current(tmp_path: Path) -> None:
    folder = tmp_path / "snapshots"
    with Writer(tmp_path, BASE) as writer:

        def publish_of(size: int) -> str:
            replace(writer, GRAPHS[:1], quads(GRAPHS[0], range(size)), set())
            return publish(writer.store, tmp_path)

        names = [publish_of(size) for size in range(1, 5)]
        assert {path.name for path in folder.iterdir()} == set(names), "a reader may be opening any of them"
        for path in folder.iterdir():
            os.utime(path, (0, 0))
        last = publish_of(5)
    assert {path.name for path in folder.iterdir()} == {names[-1], last}


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run `rejoinder load --store"):
        open_current(tmp_path)

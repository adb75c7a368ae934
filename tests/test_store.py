"""The store: all or nothing, one writer, nothing written twice, snapshots named by what they hold."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.errors import StoreError
from rejoinder.graph.build import build
from rejoinder.graph.derive import derive
from rejoinder.graph.publish import current, open_current, publish
from rejoinder.graph.stores.content import content
from rejoinder.graph.stores.embedded import BULK, Writer
from rejoinder.graph.terms import date_time
from rejoinder.records import ArgumentMap, Discussion
from rejoinder.settings import Settings
from tests.threads import NAMES, threads

BASE = Settings().base
GRAPHS = [ox.NamedNode(f"urn:graph:{number}") for number in range(3)]
SHARED_GRAPH = ox.NamedNode("urn:shared")


def quads(graph: ox.NamedNode, numbers: range) -> set[ox.Quad]:
    subject, predicate = ox.NamedNode("urn:s"), ox.NamedNode("urn:p")
    return {ox.Quad(subject, predicate, ox.Literal(f'{number} "quoted"\n\\ü'), graph) for number in numbers}


@pytest.mark.parametrize("size", [3, BULK.start], ids=["transaction", "bulk"])
def test_replace_makes_a_graph_exactly_what_it_should_be(tmp_path: Path, size: int) -> None:
    with Writer(tmp_path, BASE) as writer:
        assert (
            writer.replace(GRAPHS[:1], quads(GRAPHS[0], range(size)), quads(SHARED_GRAPH, range(2)), SHARED_GRAPH)
            == size + 2
        )
        assert (
            writer.replace(
                GRAPHS[:1], quads(GRAPHS[0], range(1, size + 1)), quads(SHARED_GRAPH, range(1)), SHARED_GRAPH
            )
            == 2
        )
        assert writer.graph(GRAPHS[0]) == quads(GRAPHS[0], range(1, size + 1))
        assert writer.graph(SHARED_GRAPH) == quads(SHARED_GRAPH, range(2))
        assert writer.replace(GRAPHS[:1], quads(GRAPHS[0], range(1, size + 1)), set(), SHARED_GRAPH) == 0


def test_what_nothing_names_any_more_goes_from_the_shared_graph(tmp_path: Path) -> None:
    name, author = ox.NamedNode("urn:name"), ox.NamedNode("urn:ann")
    said = {ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:by"), author, GRAPHS[0])}
    about = {ox.Quad(author, name, ox.Literal("ann"), SHARED_GRAPH)}
    with Writer(tmp_path, BASE) as writer:
        writer.replace(GRAPHS[:1], said, about, SHARED_GRAPH)
        writer.replace(
            GRAPHS[1:2], {ox.Quad(q.subject, q.predicate, q.object, GRAPHS[1]) for q in said}, about, SHARED_GRAPH
        )
        assert writer.replace(GRAPHS[:1], set(), set(), SHARED_GRAPH) == 1, "another thread still names the author"
        assert writer.replace(GRAPHS[1:2], set(), set(), SHARED_GRAPH) == 2
        assert len(writer.store) == 0


def test_a_base_file_left_empty_by_a_crash_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "base").write_text("", encoding="utf-8")
    Writer(tmp_path, BASE).close()
    assert (tmp_path / "base").read_text(encoding="utf-8").strip() == BASE


def test_a_second_writer_is_refused_with_advice(tmp_path: Path) -> None:
    with Writer(tmp_path, BASE), pytest.raises(StoreError, match="being written by another load: wait"):
        Writer(tmp_path, BASE)


def test_a_store_keeps_its_base(tmp_path: Path) -> None:
    Writer(tmp_path, BASE).close()
    with pytest.raises(StoreError, match=r"made with base https://rejoinder\.example/, not https://other\.example/"):
        Writer(tmp_path, "https://other.example/")


def test_a_snapshot_is_named_by_its_content_not_by_how_it_came_about(tmp_path: Path) -> None:
    names = set()
    for folder, order in (("one", GRAPHS), ("two", list(reversed(GRAPHS)))):
        with Writer(tmp_path / folder, BASE) as writer:
            for graph in order:
                writer.replace([graph], quads(graph, range(50)), set(), SHARED_GRAPH)
            names.add(publish(writer.store, tmp_path / folder))
    assert len(names) == 1


STEPS: dict[str, list[tuple[int, range]]] = {
    "new": [(0, range(5))],
    "changed": [(0, range(5)), (0, range(3, 9))],
    "taken away": [(0, range(5)), (1, range(2)), (0, range(0))],
    "in bulk": [(0, range(BULK.start)), (1, range(7)), (0, range(1, BULK.start))],
}


@pytest.mark.parametrize("end", ["closed", "killed"])
@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_the_sum_that_is_kept_is_the_one_that_counting_gives(
    tmp_path: Path, steps: list[tuple[int, range]], end: str
) -> None:
    for graph, numbers in steps:
        with Writer(tmp_path, BASE) as writer:
            assert not (tmp_path / "total").exists(), "who is killed while writing must not leave one"
            writer.replace([GRAPHS[graph]], quads(GRAPHS[graph], numbers), quads(SHARED_GRAPH, range(2)), SHARED_GRAPH)
            assert writer.total == content(writer.store)
            name = publish(writer.store, tmp_path, writer.total)
            assert name == publish(writer.store, tmp_path)
        if end == "killed":
            (tmp_path / "total").unlink()
    with Writer(tmp_path, BASE) as writer:
        assert publish(writer.store, tmp_path, writer.total) == name


@pytest.mark.parametrize("kept", ["", "no number", "f" * 80], ids=["empty", "text", "too large"])
def test_a_damaged_sum_does_not_stop_the_writer(tmp_path: Path, kept: str) -> None:
    with Writer(tmp_path, BASE) as writer:
        writer.replace(GRAPHS[:1], quads(GRAPHS[0], range(5)), set(), SHARED_GRAPH)
    (tmp_path / "total").write_text(kept, encoding="utf-8")
    with Writer(tmp_path, BASE) as writer:
        assert current(tmp_path) is None
        assert publish(writer.store, tmp_path, writer.total) == current(tmp_path)


@settings(max_examples=100, deadline=None)
@given(threads())
def test_quads_are_built_as_the_store_will_hold_them(thread: tuple[Discussion, ArgumentMap]) -> None:
    built = build(*thread, NAMES)
    found = [*built.thread, *built.shared, *derive(built.thread, built.key, NAMES, Settings())]
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
        writer.replace(GRAPHS[:1], quads(GRAPHS[0], range(5)), set(), SHARED_GRAPH)
        first = publish(writer.store, tmp_path)
        reader = open_current(tmp_path)
        writer.replace(GRAPHS[1:2], quads(GRAPHS[1], range(5)), set(), SHARED_GRAPH)
        second = publish(writer.store, tmp_path)
        assert current(tmp_path) == second != first
        assert len(reader.store) == 5
        assert len(open_current(tmp_path).store) == 10


def test_only_two_snapshots_are_kept(tmp_path: Path) -> None:
    with Writer(tmp_path, BASE) as writer:
        for size in range(1, 6):
            writer.replace(GRAPHS[:1], quads(GRAPHS[0], range(size)), set(), SHARED_GRAPH)
            publish(writer.store, tmp_path)
    assert len(list((tmp_path / "snapshots").iterdir())) == 2


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run `rejoinder load --store"):
        open_current(tmp_path)


# ------------------------------------------------------------------ kill -9

THREADS, COMMENTS, ROUNDS = 60, 10, 20
# The command line with small batches, so that a short load has many moments to be killed between them.
SMALL_BATCHES = "from rejoinder import cli, load; load.BATCH_QUADS = 1_500; cli.main()"


@pytest.fixture(scope="module")
def forum(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of many threads, so that a load has many batches."""
    path = tmp_path_factory.mktemp("forum") / "forum.jsonl"
    pick = random.Random(7)
    with path.open("w", encoding="utf-8") as out:
        for thread in range(THREADS):
            for number in range(COMMENTS):
                text = (
                    f"I do not think that plan {number} works, because plot {pick.randrange(99)} floods every spring."
                )
                record = {"id": f"c{number}", "thread": f"t{thread}", "author": f"a{pick.randrange(9)}", "text": text}
                parent = {"parent": f"c{pick.randrange(number)}"} if number else {}
                out.write(json.dumps({**record, **parent}) + "\n")
    return path


def load_command(store: Path, file: Path) -> list[str]:
    return [sys.executable, "-c", SMALL_BATCHES, "load", "--store", str(store), str(file)]


def by_graph(store: ox.Store) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for quad in store:
        found.setdefault(str(quad.graph_name), set()).add(str(quad.triple))
    return {name: frozenset(graph) for name, graph in found.items()}


def test_kill_9_at_any_moment_leaves_each_thread_whole_or_absent(forum: Path, tmp_path: Path) -> None:
    began = time.monotonic()
    subprocess.run(load_command(tmp_path / "whole", forum), check=True, capture_output=True)
    took = time.monotonic() - began
    whole = by_graph(open_current(tmp_path / "whole").store)
    pick = random.Random(11)
    for number in range(ROUNDS):
        folder = tmp_path / f"round{number}"
        with subprocess.Popen(load_command(folder, forum), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            time.sleep(pick.uniform(0.3, 1.0) * took)
            process.send_signal(signal.SIGKILL)
        if (folder / "store").exists():
            left = by_graph(ox.Store(str(folder / "store")))
            shared = {f"<{BASE}shared>"}
            assert {name: graph for name, graph in left.items() if name not in shared}.items() <= whole.items()
            threads = {name.replace("/graph/", "/derived/") for name in left if "/graph/" in name}
            assert threads == {name for name in left if "/derived/" in name}, "a thread without what follows from it"
    subprocess.run(load_command(folder, forum), check=True, capture_output=True)
    assert by_graph(open_current(folder).store) == whole
    assert current(folder) == current(tmp_path / "whole"), "the sum was counted anew after the kill"

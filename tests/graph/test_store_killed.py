"""A load that is killed at any moment leaves a store that is whole."""

from __future__ import annotations

import dataclasses
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path
from subprocess import DEVNULL, PIPE

import pyoxigraph as ox
import pytest

from rejoinder.graph.stores.embedded import Writer
from rejoinder.graph.stores.intake import take_batch
from rejoinder.graph.stores.publish import current_id, open_current
from rejoinder.graph.triples import ntriples
from rejoinder.graph.triples.build import BuiltThread, build_thread
from rejoinder.graph.triples.terms import RJ, Names
from rejoinder.loaders.extract import extract
from rejoinder.records import Comment, Discussion, Thread, ThreadKey
from rejoinder.settings import Settings
from tests.graph.test_store import BASE

THREADS, COMMENTS, ROUNDS = 40, 10, 16
# The command line with small batches, so that a short load has many moments to be killed between them. Each line says
# after how many seconds a load is killed, null for never, and its words; what comes back is how the load has ended.
# Loads begin with all modules there, so that a kill falls into what a load does.
LOADS = """
import json, os, signal, sys, time
from rejoinder import cli, load
load.BATCH_QUADS = 1_500
for line in sys.stdin:
    seconds, words = json.loads(line)
    number = os.fork()
    if not number:
        sys.argv[1:], sys.stdout = words, open(os.devnull, "w")
        cli.main()
    if seconds is not None:
        time.sleep(seconds)
        os.kill(number, signal.SIGKILL)
    print(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]), flush=True)
"""


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


@contextmanager
def loads(file: Path) -> Iterator[Callable[[Path, float | None], int]]:
    """Loads the file into a store, in a process that is killed after so many seconds; how that ends."""
    with subprocess.Popen([sys.executable, "-c", LOADS], stdin=PIPE, stdout=PIPE, stderr=DEVNULL, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, told = process.stdin, process.stdout

        def load(store: Path, seconds: float | None) -> int:
            print(json.dumps([seconds, ["load", "--store", str(store), str(file)]]), file=asked, flush=True)
            return int(told.readline())

        yield load


def by_graph(store: ox.Store) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for quad in store:
        found.setdefault(str(quad.graph_name), set()).add(str(quad.triple))
    return {name: frozenset(graph) for name, graph in found.items()}


def test_kill_9_at_any_moment_leaves_each_thread_whole_or_absent(forum: Path, tmp_path: Path) -> None:
    with loads(forum) as load:
        took = inf
        for name in ("first", "whole"):
            began = time.monotonic()
            assert load(tmp_path / name, None) == 0
            took = min(took, time.monotonic() - began)
        whole = by_graph(open_current(tmp_path / "whole").store)
        pick = random.Random(11)
        for number in range(ROUNDS):
            folder = tmp_path / f"round{number}"
            assert load(folder, pick.uniform(0.05, 1.0) * took) in (-signal.SIGKILL, 0)
            if (folder / "store").exists():
                left = by_graph(ox.Store(str(folder / "store")))
                shared = {f"<{BASE}shared>"}
                assert {name: graph for name, graph in left.items() if name not in shared}.items() <= whole.items()
                threads = {name.replace("/graph/", "/derived/") for name in left if "/graph/" in name}
                derived = {name for name in left if "/derived/" in name}
                assert threads == derived, "a thread without what follows from it"
        assert load(folder, None) == 0
    assert by_graph(open_current(folder).store) == whole
    assert current_id(folder) == current_id(tmp_path / "whole"), "the sum was counted anew after the kill"


def test_a_thread_that_is_refused_takes_no_other_with_it(tmp_path: Path) -> None:
    """Nothing is derived for a refused thread: what then seems missing is no fault of its batch."""
    names = Names(Settings().base)
    one, other = (built_thread(name, names) for name in ("good", "bad"))
    sure = ntriples.decimal(7)
    spoilt = tuple((s, p, sure if p == RJ + "confidence" else o) for s, p, o in other.thread)
    with Writer(tmp_path, Settings().base) as writer:
        batch_outcome = take_batch(writer, [one, dataclasses.replace(other, thread=spoilt)], names, Settings())
        assert {key.id for key, _ in batch_outcome.refused} == {"bad"}
        assert writer.quads_of_graph(ox.NamedNode(names.graph(one.key)))
        assert not writer.quads_of_graph(ox.NamedNode(names.graph(other.key)))


def built_thread(name: str, names: Names) -> BuiltThread:
    """A thread in which somebody objects to a claim."""
    key = ThreadKey("local", name)
    comments = (
        Comment(key, "a", "The square is wide and dry.", author="ana"),
        Comment(key, "b", "No, the square floods every March.", parent="a", author="bo"),
    )
    discussion = Discussion(Thread(key), comments)
    return build_thread(discussion, extract(discussion), names)

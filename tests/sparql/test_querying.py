"""A query on the command line that takes too much: it ends in words and a status, whatever ends its process."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rejoinder.errors import QueryTooLarge
from rejoinder.querying import answer_parts
from tests.patience import eventually
from tests.processes import alive, child_of, needs_proc
from tests.sparql.test_workers import HUNGRY

MEMORY = 600_000_000  # bytes of address space: enough to start, and soon too little for HUNGRY
SLOW = b"SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c = ?d && ?f = ?g) }"


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def asked(store: Path, query: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rejoinder", "query", "--store", str(store), "-"]
    return subprocess.run(command, input=query, capture_output=True, text=True, check=False, preexec_fn=before)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to RLIMIT_AS")
def test_a_query_for_which_memory_does_not_suffice_is_told_so(example_store: Path) -> None:
    ended = asked(example_store, HUNGRY, limited)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("Error: the query needs more memory than there is: ask for less")
    assert ended.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to RLIMIT_AS")
def test_a_small_query_needs_little_memory(example_store: Path) -> None:
    assert asked(example_store, "ASK { ?s ?p ?o }", limited).stdout == "true\n"


@needs_proc
def test_of_a_process_that_is_killed_it_is_said_who_may_have_done_it(example_store: Path) -> None:
    watch = threading.Thread(target=kill_child, args=("rejoinder.query_worker",), daemon=True)
    watch.start()
    with pytest.raises(QueryTooLarge, match="was killed, most likely by the system, which had no memory left"):
        list(answer_parts(example_store, HUNGRY.encode(), "csv"))
    watch.join()


@needs_proc
def test_a_command_that_is_killed_leaves_no_process(example_store: Path) -> None:
    command = [sys.executable, "-m", "rejoinder", "query", "--store", str(example_store), "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stdin
        process.stdin.write(SLOW)
        process.stdin.close()
        assert eventually(lambda: child_of(process.pid, "rejoinder.query_worker") != 0)
        child = child_of(process.pid, "rejoinder.query_worker")
        process.kill()
    assert child
    assert eventually(lambda: not alive(child))


def kill_child(name: str) -> None:
    """Kills the process of that program that this one has started, once there is one."""
    while not (child := child_of(os.getpid(), name)):
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)

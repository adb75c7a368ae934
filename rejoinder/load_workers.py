"""Processes that help a load with what each thread takes by itself, while the load reads, checks and writes."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import Pipe
from typing import TypeAlias

from rejoinder.errors import Problem
from rejoinder.graph.sparql.sandbox import available_memory
from rejoinder.graph.triples.terms import Names
from rejoinder.records import Comment, Discussion
from rejoinder.settings import Settings
from rejoinder.stopping import PATIENCE_SECONDS
from rejoinder.work import ThreadWork

Merged: TypeAlias = Discussion | Problem
Made: TypeAlias = tuple[Merged, ThreadWork | None]

LOAD_FILE = "(load)"
MOST_WORKERS = 4
# Work is counted in characters of comments; each comment counts for some more, since even a single word takes its time.
COMMENT_CHARACTERS = 100
ENOUGH_CHARACTERS = 400_000  # characters from which on workers are worth the time in which they start
LOT_CHARACTERS = 40_000  # characters that are sent at once
CHARACTERS_AHEAD = (
    1_000_000  # characters sent and not yet taken back: while the load writes for seconds, no worker may run dry
)
BYTES_NEEDED = 200  # bytes of memory that a load takes for each character of a large thread
LITTLE_MEMORY = 100_000_000  # bytes of memory that are taken without asking whether they are free


@dataclass(slots=True)
class Lot:
    """Threads that are sent to a worker at once, and the problems that came between them, in their order.

    The last of `entries` may be the error that ended the input: it is raised when all before it has been taken.
    """

    entries: list[Merged | Exception] = field(default_factory=list)
    threads: list[Discussion] = field(default_factory=list)
    size: int = 0
    worker: Worker | None = None

    def add(self, one: Merged | Exception) -> None:
        """Takes the next thread, problem or error."""
        self.entries.append(one)
        if isinstance(one, Discussion):
            self.threads.append(one)
            self.size += sum(map(work_size, one.comments))
        else:
            self.size += COMMENT_CHARACTERS


def work_size(comment: Comment) -> int:
    """How much work a comment is, in characters."""
    return COMMENT_CHARACTERS + len(comment.text)


def memory_needed(thread: Discussion) -> int:
    """Bytes of memory that a thread takes while it is loaded, roughly."""
    return BYTES_NEEDED * sum(map(work_size, thread.comments))


def is_scarce(needed: int) -> bool:
    """True if so many bytes of memory may not be free."""
    return needed > LITTLE_MEMORY and needed > available_memory()


class Worker:
    """One process that helps, seen from the load; raises OSError where it cannot be started.

    `busy` is how many characters it was sent and has not given back.
    """

    def __init__(self) -> None:
        self.busy = 0
        self.line, other = Pipe()
        with other:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "rejoinder.load_worker", str(other.fileno())],
                pass_fds=[other.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                process_group=0,  # whoever presses Ctrl-C stops the load, which ends its workers
            )

    def send(self, message: object) -> None:
        """Sends names and settings first, then lists of threads; raises OSError where the process is gone."""
        self.line.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))

    def receive(self) -> list[ThreadWork | None]:
        """What was made of the threads that were sent first and not yet taken; raises EOFError or OSError likewise."""
        while not self.line.poll(PATIENCE_SECONDS):
            pass
        thread_works: list[ThreadWork | None] = pickle.loads(self.line.recv_bytes())
        return thread_works

    def end(self) -> None:
        """Kill the process, whatever it does, and reap it."""
        self.line.close()
        self.process.kill()
        self.process.wait()


def fitting_workers() -> int:
    """How many workers a load can use: one for each processor that it may run on, but at most FEW: more only wait."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MOST_WORKERS)
    return min(os.cpu_count() or 1, MOST_WORKERS)


class Workers:
    """Starts so many processes at `most`, and none before there is enough to do; a context manager that ends them.

    Whatever they cannot do is left to the load itself: a process that ends is noted, and no thread is lost by it.
    """

    def __init__(self, most: int, names: Names, settings: Settings) -> None:
        self.most, self.names, self.settings = most, names, settings
        self.seen = 0
        self.workers: list[Worker] = []
        self.notes = deque[Problem]()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all of them."""
        while self.workers:
            self.workers.pop().end()

    def expect(self, comment: Comment) -> None:
        """Counts what is to be done; starts the processes as soon as that is enough."""
        self.seen += work_size(comment)
        if self.most and self.seen >= ENOUGH_CHARACTERS:
            most, self.most = self.most, 0
            self._start(most)

    def results_in_order(self, merged: Iterable[Merged]) -> Iterator[Made]:
        """The threads and problems in their order, with what was made of a thread, if anything was."""
        sent, lot = deque[Lot](), Lot()
        for item in _with_final_error(merged):
            lot.add(item)
            if self.workers and lot.size < LOT_CHARACTERS and (sent or lot.threads):
                continue
            self._send(lot)
            sent.append(lot)
            lot = Lot()
            while sent and (sent[0].worker is None or sum(sent_lot.size for sent_lot in sent) > CHARACTERS_AHEAD):
                yield from self._take_lot(sent.popleft())
        self._send(lot)
        for last in (*sent, lot):
            yield from self._take_lot(last)
        self.close()

    def _start(self, most: int) -> None:
        try:
            for _ in range(most):
                self.workers.append(Worker())
        except OSError as error:
            self._note(f"could not be started ({error})")
        for worker in list(self.workers):
            self._tell_worker(worker, (self.names, self.settings))

    def _send(self, lot: Lot) -> None:
        """Gives the lot to whoever has least to do; it stays without a worker where there is none.

        So does one for which there would hardly be memory, for what goes to and fro is there twice.
        """
        if not self.workers or not lot.threads or is_scarce(2 * BYTES_NEEDED * lot.size):
            return
        worker = min(self.workers, key=lambda candidate: candidate.busy)
        if self._tell_worker(worker, lot.threads):
            lot.worker = worker
            worker.busy += lot.size

    def _tell_worker(self, worker: Worker, message: object) -> bool:
        """Sends a worker something; False, and the worker is lost, if it has ended."""
        try:
            worker.send(message)
        except OSError:
            self._lose(worker)
            return False
        return True

    def _take_lot(self, lot: Lot) -> Iterator[Made]:
        """What stands in a lot, with what its worker made of it."""
        thread_works = iter(self._works_of_lot(lot))
        while self.notes:
            yield self.notes.popleft(), None
        for item in lot.entries:
            if isinstance(item, Exception):
                raise item
            yield item, next(thread_works) if isinstance(item, Discussion) else None

    def _works_of_lot(self, lot: Lot) -> list[ThreadWork | None]:
        worker = lot.worker
        if worker is not None:
            try:
                worker.busy -= lot.size
                return worker.receive()
            except (EOFError, OSError):
                self._lose(worker)
        return [None] * len(lot.threads)

    def _lose(self, worker: Worker) -> None:
        if worker in self.workers:
            self.workers.remove(worker)
            worker.end()
            status = worker.process.returncode
            killed = f"was killed (status {status}), most likely by the system, which had no memory left"
            self._note(killed if status == -signal.SIGKILL else f"has ended (status {status})")

    def _note(self, failure: str) -> None:
        message = f"a process that was to help {failure}; what was left to it is done without it"
        self.notes.append(Problem(LOAD_FILE, 0, message, lost=False, note=True))


def _with_final_error(merged: Iterable[Merged]) -> Iterator[Merged | Exception]:
    """The same; an error that ends it comes last instead of being raised, so that what came before is still taken."""
    try:
        yield from merged
    except Exception as error:
        yield error

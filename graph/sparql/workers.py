"""A pool of read-only worker processes that answer queries and can be killed at their deadline."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from rejoinder import errors
from rejoinder.errors import Busy, QueryTimeout, QueryTooLarge, RejoinderError, StoreError
from rejoinder.graph.sparql.messages import Message
from rejoinder.graph.sparql.process import AnswerUnwanted, Worker, always_wanted
from rejoinder.graph.sparql.protocol import LESS_ADVICE, Answer, Query
from rejoinder.graph.stores.damage import damage_error
from rejoinder.settings import Settings

SPARE_WORKERS = 1  # started and idle beyond `settings.workers`, so that a kill costs the next query nothing
WAIT_SECONDS = 5.0  # that a query waits for a free worker at most
MOST_WAITING = 16  # queries that wait for a worker at most; each keeps a thread of the web server
RETRY_SECONDS = 1.0  # between two attempts to start a worker
LAST_SECONDS = 0.5  # in which what runs may still end once the pool is told to stop
RESTART_SECONDS = 0.5  # what a client pays for a worker that its query has cost: a new process is not free

UNWANTED_MESSAGE = "the query was stopped, as nobody waits for its answer"
STOPPING_MESSAGE = "the server is stopping"


class Pool:
    """Workers on one snapshot at a time; safe to use from many threads. Raises StoreError where none can start.

    Each worker is idle, busy with a query, or coming: opening the present snapshot, in a new process where the old one
    is of no use any more.
    """

    def __init__(self, path: Path, settings: Settings) -> None:
        self.settings = settings
        self._changed = threading.Condition()
        self._closed = False
        self._break_off_at = float("inf")  # when what runs is broken off
        self._busy = 0
        self._queue: deque[object] = deque()
        self._opening_threads: set[threading.Thread] = set()
        self._path = path
        self._idle, failed = self._open_all([None] * (settings.workers + SPARE_WORKERS), path)
        if failed:
            self.close()
            raise failed[0]

    @property
    def path(self) -> Path:
        """The snapshot that queries are answered from now."""
        return self._path

    @property
    def workers(self) -> int:
        """How many workers are alive, idle or busy."""
        with self._changed:
            return len(self._idle) + self._busy

    def answer(
        self,
        query: Query,
        media_type: str,
        charge: Callable[[float], None] = lambda _: None,
        wanted: Callable[[], bool] = always_wanted,
    ) -> Answer:
        """Run a query in a worker and write the answer in one of `worker.SOLUTIONS` or `worker.TRIPLES`.

        `charge` is told for how many seconds a worker was taken, whatever came of it; never of the wait for one. A
        worker that has to be replaced costs RESTART_SECONDS more, or killing one after another would be next to free.
        Where the answer is not `wanted` any more, its worker is killed and the next query gets another; where nobody
        wants it when its turn has come, it is not begun.
        Raises QueryTimeout (also for what is not wanted), QueryTooLarge (memory, bytes, or the worker died),
        QueryError, StoreError (also where the pool is stopped), and Busy where no worker is free in time.
        """
        message = {"query": asdict(query), "media_type": media_type, "bytes": self.settings.result_bytes}
        response, body, snapshot = self._ask_worker(message, query.seconds, charge, wanted)
        if response.get("error") == StoreError.__name__:
            raise damage_error(self._path.parents[1], response["message"])
        if "error" in response:
            kind: type[RejoinderError] = getattr(errors, response["error"])
            raise kind(response["message"])
        return Answer(body, response["truncated"], response["rows"], snapshot)

    def switch(self, path: Path) -> None:
        """Answer from another snapshot from now on; queries that run already end on the old one.

        The same processes open it, which takes milliseconds: queries that come meanwhile wait. Raises StoreError, and
        stays with the old one, where none of them can.
        """
        with self._changed:
            before, self._path = self._path, path
            idle, self._idle = self._idle, []
        opened, failed = self._open_all(idle, path)
        with self._changed:
            if failed and not opened:
                self._path = before
            for _ in failed:
                self._start_opening(None)
        for worker in opened:
            self._make_idle(worker)
        if failed and not opened:
            raise failed[0]

    def stop(self) -> None:
        """Begin no more queries: those that wait are told so at once, those that run in LAST_SECONDS."""
        with self._changed:
            self._closed = True
            self._break_off_at = min(self._break_off_at, time.monotonic() + LAST_SECONDS)
            self._changed.notify_all()

    def close(self) -> None:
        """Stop, and end all workers, those in the middle of a query when that has ended."""
        self.stop()
        with self._changed:
            old, self._idle = self._idle, []
        for worker in old:
            worker.end()
        for thread in list(self._opening_threads):
            thread.join()

    def _ask_worker(
        self, message: Message, seconds: float, charge: Callable[[float], None], wanted: Callable[[], bool]
    ) -> tuple[Message, bytes, str]:
        worker = self._next_worker(wanted)
        snapshot = worker.path.name  # which may be another one as soon as it is given back
        start, healthy = time.monotonic(), False
        try:
            response, body = worker.ask(message, seconds, lambda: self._goes_on() and wanted())
            healthy = not response["grown"]
        except TimeoutError:
            raise QueryTimeout(f"the query was stopped after {seconds:g} seconds; {LESS_ADVICE}") from None
        except AnswerUnwanted:
            raise QueryTimeout(UNWANTED_MESSAGE) from None
        except (EOFError, OSError):
            needed = "the query needed more memory, or a deeper stack, than this server gives it"
            raise QueryTooLarge(f"{needed}; {LESS_ADVICE}") from None
        finally:
            used = time.monotonic() - start
            self._give_back(worker, healthy)
            charge(used if healthy else used + RESTART_SECONDS)
        return response, body, snapshot

    def _goes_on(self) -> bool:
        """True, while the pool does; raises StoreError where it breaks off what runs."""
        if time.monotonic() >= self._break_off_at:
            raise StoreError(STOPPING_MESSAGE)
        return True

    def _next_worker(self, wanted: Callable[[], bool]) -> Worker:
        """The next free worker, for an answer that is still `wanted` when its turn has come.

        Raises Busy, QueryTimeout for what is not wanted any more, and StoreError where the pool is closed.
        """
        with self._changed:
            self._await_turn()
            if not wanted():
                raise QueryTimeout(UNWANTED_MESSAGE)
            self._busy += 1
            worker = self._idle.pop()
        if worker.process.poll() is None:
            return worker
        self._give_back(worker, healthy=False)  # it died while it was idle: not the fault of this query
        return self._next_worker(wanted)

    def _await_turn(self) -> None:
        """Wait until a worker is free, first come first served; whoever calls it holds the lock.

        Raises Busy where too many wait already or none is free in time, and StoreError where the pool is closed.
        """
        busy = f"all {self.settings.workers} query workers are busy; try again in a moment"
        if len(self._queue) >= MOST_WAITING:
            raise Busy(busy, retry_after=5)
        ticket = object()
        self._queue.append(ticket)
        in_time = self._changed.wait_for(lambda: self._closed or self._is_free_for(ticket), WAIT_SECONDS)
        self._queue.remove(ticket)
        self._changed.notify_all()
        if not in_time:
            raise Busy(busy, retry_after=5)
        if self._closed:
            raise StoreError(STOPPING_MESSAGE)

    def _is_free_for(self, ticket: object) -> bool:
        """True where a worker is free, and nobody has waited longer."""
        return bool(self._idle) and self._busy < self.settings.workers and self._queue[0] is ticket

    def _give_back(self, worker: Worker, healthy: bool) -> None:
        with self._changed:
            self._busy -= 1
            self._changed.notify_all()
            if healthy:
                self._make_idle(worker)
            else:
                self._start_opening(None)
        if not healthy:
            worker.end()

    def _open_all(self, workers: Sequence[Worker | None], path: Path) -> tuple[list[Worker], list[BaseException]]:
        """Those of the workers, None for a new one, that have opened a snapshot, all side by side; and what failed."""
        with ThreadPoolExecutor(max(len(workers), 1)) as threads:
            coming = [threads.submit(self._open, worker, path) for worker in workers]
        failed = [error for future in coming if (error := future.exception()) is not None]
        return [future.result() for future in coming if future.exception() is None], failed

    def _open(self, worker: Worker | None, path: Path) -> Worker:
        if worker is not None and worker.process.poll() is not None:  # it died while it was idle
            worker.end()
            worker = None
        return (worker or Worker(self.settings)).open(path)

    def _make_idle(self, worker: Worker) -> None:
        """Make a worker idle, once it has opened the present snapshot; end it where the pool is closed."""
        with self._changed:
            if self._closed:
                worker.end()
            elif worker.path == self._path:
                self._idle.append(worker)
                self._changed.notify_all()
            else:
                self._start_opening(worker)

    def _start_opening(self, worker: Worker | None) -> None:
        """Let a worker, None for a new one, open the present snapshot and become idle, in a thread of its own."""
        thread = threading.Thread(target=self._open_and_welcome, args=(worker,), daemon=True)
        self._opening_threads.add(thread)
        thread.start()

    def _open_and_welcome(self, worker: Worker | None) -> None:
        """Open the present snapshot, in a new process and trying again while that fails, until the pool is closed."""
        while not self._closed:
            try:
                worker = self._open(worker, self._path)
                break
            except StoreError:
                worker = None
                time.sleep(RETRY_SECONDS)
        if worker is not None:
            self._make_idle(worker)
        self._opening_threads.discard(threading.current_thread())

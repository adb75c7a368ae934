"""A pool of read-only worker processes that answer queries and can be killed at their deadline."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from rejoinder import errors
from rejoinder.errors import Busy, QueryError, QueryTimeout, QueryTooLarge, RejoinderError, StoreError
from rejoinder.graph.protocol import Answer, Query
from rejoinder.graph.stores.damage import damaged
from rejoinder.graph.worker import Message, receive, send
from rejoinder.settings import Settings

SPARES = 1  # started and idle beyond `settings.workers`, so that a kill costs the next query nothing
START_SECONDS = 30.0
WAIT_SECONDS = 5.0
RETRY_SECONDS = 1.0


class _Worker:
    """One worker process, seen from the web process."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path = path
        self.line, other = socket.socketpair()
        command = [sys.executable, "-P", "-m", "rejoinder.graph.worker", str(path)]
        try:
            self.process = subprocess.Popen(
                [*command, str(other.fileno()), str(settings.worker_bytes)],
                pass_fds=[other.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            self.line.close()
            raise StoreError(f"no query worker could be started: {error}") from error
        finally:
            other.close()

    def wait_until_ready(self) -> _Worker:
        """Wait for the first sign of life; raises StoreError."""
        try:
            said, _ = receive(self.line, self._until(START_SECONDS))
        except (EOFError, OSError) as error:
            said = {"ready": False, "message": str(error) or "it did not start in time"}
        if not said["ready"]:
            self.end()
            raise StoreError(f"a query worker could not open {self.path.name}: {said['message']}")
        return self

    def ask(self, message: Message, seconds: float) -> tuple[Message, bytes]:
        """Put one query and wait for its answer; raises TimeoutError, or EOFError/OSError where the worker died."""
        wait = self._until(seconds)
        wait()
        send(self.line, message)
        return receive(self.line, wait)

    def _until(self, seconds: float) -> Callable[[], None]:
        deadline = time.monotonic() + seconds

        def wait() -> None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self.line.settimeout(left)

        return wait

    def end(self) -> None:
        """Kill the process, whatever it does, and reap it."""
        self.line.close()
        self.process.kill()
        self.process.wait()


class Pool:
    """Workers on one snapshot at a time; safe to use from many threads. Raises StoreError where none can start."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.settings = settings
        self._changed = threading.Condition()
        self._closed = False
        self._busy = 0
        self._queue: deque[object] = deque()
        self._starting: set[threading.Thread] = set()
        self._path = path
        self._idle = self._started(path)

    @property
    def path(self) -> Path:
        """The snapshot that queries are answered from now."""
        return self._path

    @property
    def workers(self) -> int:
        """How many workers are alive, idle or busy."""
        with self._changed:
            return len(self._idle) + self._busy

    def answer(self, query: Query, media_type: str, charge: Callable[[float], None] = lambda _: None) -> Answer:
        """Run a query in a worker and write the answer in one of `worker.SOLUTIONS` or `worker.TRIPLES`.

        `charge` is told for how many seconds a worker was taken, whatever came of it; never of the wait for one.
        Raises QueryTimeout, QueryTooLarge (memory, bytes, or the worker died), QueryError, StoreError, and Busy where
        no worker is free in time.
        """
        message = {"query": asdict(query), "media_type": media_type, "bytes": self.settings.result_bytes}
        said, body, snapshot = self._asked(message, query.seconds, charge)
        if said.get("error") == StoreError.__name__:
            raise damaged(self._path.parents[1], said["message"])
        if "error" in said:
            kind: type[RejoinderError] = getattr(errors, said["error"])
            raise kind(said["message"])
        return Answer(body, said["truncated"], said["rows"], snapshot)

    def switch(self, path: Path) -> None:
        """Answer from another snapshot from now on; queries that run already end on the old one. Raises StoreError."""
        fresh = self._started(path)
        with self._changed:
            old, self._idle, self._path = self._idle, fresh, path
            if self._closed:
                old, self._idle = [*old, *fresh], []
            self._changed.notify_all()
        for worker in old:
            worker.end()

    def close(self) -> None:
        """End all workers, also those in the middle of a query once it is answered."""
        with self._changed:
            self._closed = True
            old, self._idle = self._idle, []
            self._changed.notify_all()
        for worker in old:
            worker.end()
        for thread in list(self._starting):
            thread.join()

    def _asked(self, message: Message, seconds: float, charge: Callable[[float], None]) -> tuple[Message, bytes, str]:
        worker = self._take()
        start, healthy = time.monotonic(), False
        try:
            said, body = worker.ask(message, seconds)
            healthy = not said["grown"]
        except TimeoutError:
            raise QueryTimeout(f"the query was stopped after {seconds:g} seconds") from None
        except (EOFError, OSError):
            raise QueryTooLarge("the query needed more memory, or a deeper stack, than this server gives it") from None
        except UnicodeEncodeError as error:
            raise QueryError(f"the query is not Unicode text: {error.reason}") from None
        finally:
            used = time.monotonic() - start
            self._give_back(worker, healthy)
            charge(used)
        return said, body, worker.path.name

    def _take(self) -> _Worker:
        """The next free worker, first come first served; raises Busy, or StoreError where the pool is closed."""
        ticket = object()

        def served() -> bool:
            free = bool(self._idle) and self._busy < self.settings.workers
            return self._closed or (free and self._queue[0] is ticket)

        with self._changed:
            self._queue.append(ticket)
            in_time = self._changed.wait_for(served, WAIT_SECONDS)
            self._queue.remove(ticket)
            self._changed.notify_all()
            if not in_time:
                raise Busy(f"all {self.settings.workers} query workers are busy; try again in a moment", retry_after=5)
            if self._closed:
                raise StoreError("the server is stopping")
            self._busy += 1
            worker = self._idle.pop()
        if worker.process.poll() is None:
            return worker
        self._give_back(worker, healthy=False)  # it died while it was idle: not the fault of this query
        return self._take()

    def _give_back(self, worker: _Worker, healthy: bool) -> None:
        with self._changed:
            self._busy -= 1
            current = worker.path == self._path and not self._closed
            if current and healthy:
                self._idle.append(worker)
            elif current:
                self._start_another(worker.path)
            self._changed.notify_all()
        if not (current and healthy):
            worker.end()

    def _started(self, path: Path) -> list[_Worker]:
        """A full set of workers on `path`, started side by side."""
        with ThreadPoolExecutor() as threads:
            count = self.settings.workers + SPARES
            coming = [threads.submit(self._start, path) for _ in range(count)]
        ready = [one.result() for one in coming if one.exception() is None]
        failed = [error for one in coming if (error := one.exception()) is not None]
        if failed:
            for worker in ready:
                worker.end()
            raise failed[0]
        return ready

    def _start(self, path: Path) -> _Worker:
        return _Worker(path, self.settings).wait_until_ready()

    def _start_another(self, path: Path) -> None:
        thread = threading.Thread(target=self._refill, args=(path,), daemon=True)
        self._starting.add(thread)
        thread.start()

    def _refill(self, path: Path) -> None:
        """Start one worker on `path`, trying again while it fails and is still wanted."""
        while path == self._path and not self._closed:
            with contextlib.suppress(StoreError):
                self._welcome(self._start(path))
                break
            time.sleep(RETRY_SECONDS)
        self._starting.discard(threading.current_thread())

    def _welcome(self, worker: _Worker) -> None:
        with self._changed:
            wanted = worker.path == self._path and not self._closed
            if wanted:
                self._idle.append(worker)
                self._changed.notify_all()
        if not wanted:
            worker.end()

"""One query worker, seen from the process that asks it: started, asked, killed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from rejoinder.errors import StoreError
from rejoinder.graph.sparql.messages import Message, receive, send
from rejoinder.settings import Settings

START_SECONDS = 30.0  # in which a worker has to have opened a snapshot
LOOK_SECONDS = 0.25  # between two looks whether the client is still there
# glibc reserves 64 MB for each thread that has to wait for another, by chance: of what a query may take, that is a lot.
ONE_HEAP = {"MALLOC_ARENA_MAX": "1"}


class AnswerUnwanted(Exception):
    """Nobody waits for the answer any more."""


def always_wanted() -> bool:
    """True: where nobody says otherwise, an answer stays wanted."""
    return True


class Worker:
    """One worker process, seen from the web process; raises StoreError where it cannot be started."""

    def __init__(self, settings: Settings) -> None:
        self.path = Path()  # none yet
        with ExitStack() as unless_started:
            try:
                self.line, other = socket.socketpair()
                unless_started.enter_context(self.line)
                with other:
                    self.process = _start_process(other.fileno(), settings.worker_bytes)
            except OSError as error:
                raise StoreError(f"no query worker could be started: {error}") from error
            unless_started.pop_all()

    def open(self, path: Path) -> Worker:
        """Answer from the snapshot at `path` from now on; where that cannot be, ends the process, raises StoreError."""
        try:
            response, _ = self.ask({"open": str(path)}, START_SECONDS)
        except (EOFError, OSError) as error:
            response = {"error": StoreError.__name__, "message": str(error) or "it did not start in time"}
        if "error" in response:
            self.end()
            raise StoreError(f"a query worker could not open {path.name}: {response['message']}")
        self.path = path
        return self

    def ask(
        self, message: Message, seconds: float, wanted: Callable[[], bool] = always_wanted
    ) -> tuple[Message, bytes]:
        """Put one message and wait for its answer; raises TimeoutError, or EOFError/OSError where the worker died.

        Raises Unwanted once its answer is not wanted any more, which is looked at every LOOK_SECONDS.
        """
        deadline = time.monotonic() + seconds
        self.line.settimeout(seconds)
        send(self.line, message)
        return receive(self.line, self._wait_until(deadline, wanted))

    def _wait_until(self, deadline: float, wanted: Callable[[], bool]) -> Callable[[], None]:
        def wait() -> None:
            seconds_left = deadline - time.monotonic()
            if seconds_left <= 0:
                raise TimeoutError
            if not wanted():
                raise AnswerUnwanted
            self.line.settimeout(min(seconds_left, LOOK_SECONDS))

        return wait

    def end(self) -> None:
        """Kill the process, whatever it does, and reap it."""
        self.line.close()
        self.process.kill()
        self.process.wait()


def _start_process(descriptor: int, more: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "rejoinder.graph.sparql.worker", str(descriptor), str(more)],
        pass_fds=[descriptor],
        env=os.environ | ONE_HEAP,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,  # whoever presses Ctrl-C stops the server, which ends it
    )

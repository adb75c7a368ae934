"""A command that is told to stop ends in order: what it has put into temporary folders goes."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Python acts on a signal that comes just before it begins to wait for something only when that wait is over: whoever
# may wait for long does so no longer than this at once.
PATIENCE_SECONDS = 1.0
STOP_SIGNALS = ("SIGTERM", "SIGHUP")  # by `kill`, by the system that shuts down, and by a terminal that is closed


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Within, a signal that would end the process at once raises SystemExit with the status that it stands for."""
    if threading.current_thread() is not threading.main_thread():  # nobody else may listen to signals
        yield
        return
    numbers = [getattr(signal, name) for name in STOP_SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    for signum, handler in before.items():
        if handler is signal.SIG_DFL:  # `nohup` has SIGHUP ignored, and so it stays
            signal.signal(signum, _stop)
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # once is enough: what follows is clearing up
    sys.exit(128 + number)

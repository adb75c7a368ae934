"""Waiting for what comes sooner or later, however slow or busy the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120.0  # seconds, for what takes some milliseconds on a machine that has nothing else to do


def eventually(true: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Waits until something holds, at most for so long; whether it does."""
    end = time.monotonic() + seconds
    while not (held := true()) and time.monotonic() < end:
        time.sleep(0.02)
    return held

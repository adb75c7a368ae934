"""Whether time grows in proportion to the input, measured so that a busy machine does not matter."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

SLACK = 2.5  # times what proportion asks for: ten times as much may take 25 times as long, where a square is 100
FLOOR = 0.01  # seconds; what is quicker counts as this
ROUNDS = 4  # so often is measured anew before what seems slow is called slow
SURE = 2  # what takes so many times less than it may is not measured again

Given = TypeVar("Given")


def seconds(act: Callable[[Given], object], given: Given) -> float:
    """The seconds of processor time that one call takes; no garbage of other tests is collected in them."""
    collects = gc.isenabled()
    gc.disable()
    try:
        start = time.process_time()
        act(given)
        return time.process_time() - start
    finally:
        if collects:
            gc.enable()


def assert_in_proportion(
    make: Callable[[int], Given],
    act: Callable[[Given], object],
    *,
    small: int,
    times: int = 10,
    slack: float = SLACK,
    floor: float = FLOOR,
) -> None:
    """Fails unless acting on `times` as much as `small` takes about `times` as long; making it does not count."""
    much, most = make(small * times), slack * times
    long = seconds(act, much)
    if long <= most * floor:
        return
    little = make(small)
    short = seconds(act, little)
    if SURE * long <= most * short:
        return
    for _ in range(ROUNDS):
        short = min(short, seconds(act, little))
        if long <= most * max(short, floor):
            return
        long = min(long, seconds(act, much))
    told = f"{times} times as much as {small} takes {long:.3f} s, where {small} takes {short:.3f} s"
    assert long <= most * max(short, floor), told

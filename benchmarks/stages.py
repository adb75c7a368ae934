"""A clock that runs in the stages of a load: how many seconds of processor time each of them takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rejoinder import load as pipeline
from rejoinder import loaders, work
from rejoinder.graph.quotations.origins import OriginsGraph
from rejoinder.graph.stores import intake
from rejoinder.graph.stores.embedded import Writer

# Where the clock runs in a load: the stage, and the function of it as its caller knows it. The time of a stage inside
# another counts for the inner one alone.
STAGES: dict[str, tuple[Any, str]] = {
    "reading": (loaders, "read"),
    "merging": (pipeline, "merge"),
    "extracting": (pipeline, "extract"),
    "building": (work, "build_thread"),
    "checking": (intake, "_check_batch"),
    "deriving": (intake, "derive"),
    "writing": (Writer, "replace"),
    "tracing quotations": (OriginsGraph, "renew"),
    "publishing": (pipeline, "publish"),
}
REST = "the rest"


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = dict.fromkeys([*STAGES, REST], 0.0)
        self.running = [REST]
        self.since = time.process_time()

    def turn(self) -> None:
        """Books the time since the last turn to the innermost stage that runs."""
        now = time.process_time()
        self.seconds[self.running[-1]] += now - self.since
        self.since = now

    @contextmanager
    def time_stage(self, stage: str) -> Iterator[None]:
        """A stage, from here to the end of the block."""
        self.turn()
        self.running.append(stage)
        try:
            yield
        finally:
            self.turn()
            self.running.pop()

    def timed_function(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function with the clock running; of an iterator also each step."""

        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.time_stage(stage):
                result = work(*args, **kwargs)
            return self.steps(stage, result) if isinstance(result, Iterator) else result

        return timed

    def steps(self, stage: str, values: Iterator[Any]) -> Iterator[Any]:
        """The same values, each waited for with the clock running."""
        end = object()
        while True:
            with self.time_stage(stage):
                value = next(values, end)
            if value is end:
                return
            yield value


@contextmanager
def timed() -> Iterator[Clock]:
    """A clock that runs while the block does, whatever is loaded in it."""
    clock, plain = Clock(), {stage: getattr(owner, name) for stage, (owner, name) in STAGES.items()}
    for stage, (owner, name) in STAGES.items():
        setattr(owner, name, clock.timed_function(stage, plain[stage]))
    try:
        yield clock
        clock.turn()
    finally:
        for stage, (owner, name) in STAGES.items():
            setattr(owner, name, plain[stage])

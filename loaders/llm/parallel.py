"""Does the same work for many things, so many at once, and gives what comes of it in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from rejoinder.loaders.opening.source import PATIENCE_SECONDS

Task = TypeVar("Task")
CrewResult = TypeVar("CrewResult")
Jobs = SimpleQueue[tuple["Future[CrewResult]", Task]]


@contextmanager
def results_in_order(
    work: Callable[[Task], CrewResult], things: Sequence[Task], most: int
) -> Iterator[Iterator[CrewResult]]:
    """What the work makes of each thing, in their order; what it raises is raised in its turn, and ends the rest.

    With one at once, each is made when it is wanted. Whoever leaves before the end begins nothing more; what is being
    made is waited for, but not by who interrupts it, or ends the program.
    """
    if most == 1 or len(things) < 2:
        yield map(work, things)
        return
    jobs: Jobs[CrewResult, Task] = SimpleQueue()
    futures: list[Future[CrewResult]] = [Future() for _ in things]
    for job in zip(futures, things, strict=True):
        jobs.put(job)
    crew = [Thread(target=_work_off, args=(work, jobs), daemon=True) for _ in range(min(most, len(things)))]
    for thread in crew:
        thread.start()
    try:
        yield map(_result_of, futures)
    except (KeyboardInterrupt, SystemExit):
        crew.clear()
        raise
    finally:
        for _ in _take_left(jobs):
            pass
        for thread in crew:
            thread.join()


def _result_of(future: Future[CrewResult]) -> CrewResult:
    """What comes of it; Python acts on a signal that comes just before it waits only when the wait is over."""
    while not wait([future], PATIENCE_SECONDS).done:
        pass
    return future.result()


def _work_off(work: Callable[[Task], CrewResult], jobs: Jobs[CrewResult, Task]) -> None:
    """Does one job after another, as long as any is left."""
    for future, thing in _take_left(jobs):
        try:
            future.set_result(work(thing))
        except BaseException as error:
            future.set_exception(error)


def _take_left(jobs: Jobs[CrewResult, Task]) -> Iterator[tuple[Future[CrewResult], Task]]:
    """Takes the jobs that nobody has begun."""
    while True:
        try:
            yield jobs.get_nowait()
        except Empty:
            return

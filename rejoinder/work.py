"""What is made of a thread by itself, whatever else is loaded: its claims and moves, and all of it as triples."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from rejoinder.graph.derived.derive import derive
from rejoinder.graph.triples.build import BuiltThread, build_thread
from rejoinder.graph.triples.terms import Names
from rejoinder.loaders.extract import RULES, extract
from rejoinder.records import ArgumentMap, Discussion
from rejoinder.settings import Settings


@dataclass(frozen=True, slots=True)
class ThreadWork:
    """One built thread, and how many comments, claims and moves are in it."""

    built: BuiltThread
    comments: int
    claims: int
    moves: int


def build_work(discussion: Discussion, argument: ArgumentMap, names: Names) -> ThreadWork:
    """A thread with the claims and moves that were found in it."""
    built = build_thread(discussion, argument, names)
    return ThreadWork(built, len(discussion.comments), len(argument.claims), len(argument.moves))


def build_ahead(discussion: Discussion, names: Names, settings: Settings) -> ThreadWork | None:
    """All that can be made of a thread before it is checked, by the default extractor; None where that fails.

    Why it fails is not told: whoever does the same again finds out, and has its place in the order of all messages.
    """
    try:
        thread_work = build_work(discussion, extract(discussion, RULES), names)
        return replace(
            thread_work, built=replace(thread_work.built, derived=derive(thread_work.built.thread, settings))
        )
    except Exception:
        return None


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Python looks for cycles among objects that wait for deletion a thousand times as rarely as it would.

    A batch is a million small objects without cycles that live until it is written: to search them again and again
    takes a tenth of a load.
    """
    usual = gc.get_threshold()
    gc.set_threshold(1000 * usual[0], *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)

"""The problems of a load in the order of files and lines, though many are only known when all has been read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rejoinder.errors import LoadError, Problem

MOST_HELD = 10_000  # problems that wait to be put in order; of what brings more, so many at a time
Other = TypeVar("Other")


def problems_in_order(items: Iterable[Other | Problem]) -> Iterator[Other | Problem]:
    """All else at once, and the problems at the end, also where that is a LoadError: by file, line and column."""
    problems: list[Problem] = []
    try:
        for item in items:
            if not isinstance(item, Problem):
                yield item
                continue
            problems.append(item)
            if len(problems) >= MOST_HELD:
                yield from sort_by_place(problems)
                problems = []
    except LoadError:
        yield from sort_by_place(problems)
        raise
    yield from sort_by_place(problems)


def sort_by_place(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by file, line and column; those of one place stay as they are.

    >>> two = [Problem("b", 1, "", lost=True), Problem("a", 7, "", lost=True), Problem("a", 0, "", lost=True)]
    >>> [(one.file, one.line) for one in sort_by_place(two)]
    [('a', 0), ('a', 7), ('b', 1)]
    """
    return sorted(problems, key=lambda problem: (problem.file, problem.line, problem.column))

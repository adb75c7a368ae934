"""Finds reply cycles in one pass, without recursion."""

from __future__ import annotations

from collections.abc import Mapping


def cycle_cuts(parents: Mapping[str, str | None]) -> list[tuple[str, int]]:
    """The smallest id of each cycle and how many replies the cycle has, sorted; linear in the number of comments.

    >>> cycle_cuts({"a": "c", "b": "a", "c": "b", "d": "d", "e": "d", "f": None})
    [('a', 3), ('d', 1)]
    """
    walked: dict[str, int] = {}
    cuts = []
    for walk, start in enumerate(parents):
        current: str | None = start
        while current is not None and current in parents and current not in walked:
            walked[current] = walk
            current = parents[current]
        if current is not None and walked.get(current) == walk:
            cuts.append(smallest_on_cycle(current, parents))
    return sorted(cuts)


def smallest_on_cycle(start: str, parents: Mapping[str, str | None]) -> tuple[str, int]:
    """The smallest id on the cycle through `start`, and the cycle's length."""
    least, length, current = start, 1, parents[start]
    while current is not None and current != start:
        least, length, current = min(least, current), length + 1, parents[current]
    return least, length

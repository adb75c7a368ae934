"""The objects within a JSON value, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator


def objects(value: object) -> Iterator[dict[str, object]]:
    """All objects within a JSON value, in document order; by a stack of its own, for they may nest deep.

    >>> [sorted(one) for one in objects([{"a": {"b": 1}}, 2, {"c": []}])]
    [['a'], ['b'], ['c']]
    """
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(reversed(one.values()))
        elif isinstance(one, list):
            waiting.extend(reversed(one))

"""The objects within a JSON value, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any


def all_objects(value: object) -> Iterator[dict[str, object]]:
    """All objects within a JSON value, in document order; by a stack of its own, for they may nest deep.

    >>> [sorted(one) for one in all_objects([{"a": {"b": 1}}, 2, {"c": []}])]
    [['a'], ['b'], ['c']]
    """
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting.extend(reversed(item.values()))
        elif isinstance(item, list):
            waiting.extend(reversed(item))


def objects_along(
    value: object, keys: Sequence[str], fits: Callable[[dict[str, Any]], bool]
) -> Iterator[dict[str, Any]]:
    """The outermost objects that fit, in the order of their keys: they are sought in lists and below these keys alone.

    >>> value = {"top": {"id": 1}, "rest": [{"id": 2}]}
    >>> [one["id"] for one in objects_along(value, ("rest", "top"), lambda one: "id" in one)]
    [2, 1]
    """
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, dict) and fits(item):
            yield item
        elif isinstance(item, dict):
            waiting.extend(item[key] for key in reversed(keys) if key in item)

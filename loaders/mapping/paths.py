"""Paths into records: their steps, and the values that they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

CONSTANT = re.compile(r"""("|')(.*)\1""", re.DOTALL)
STEP = re.compile(r"((?:[^\\.\[]|\\.)*+)((?:\[(?:-?\d+)?\])*+)(?:\.|$)", re.DOTALL)
INDEX = re.compile(r"\[(-?\d+)?\]")
ALTERNATIVE = re.compile(r"((?:[^\\|]|\\.)*+)(?:\||$)", re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
ALL = None  # the step `[]`

Step: TypeAlias = str | int | None


def pick(record: Mapping[str, object], path: str, document: object = None) -> object:
    """The value at a path, None where there is none.

    >>> pick({"user": {"names": ["Ana", "Bo"]}}, "user.names[-1]"), pick({"a.b": 1}, "a.b"), pick({}, "'club'")
    ('Bo', 1, 'club')
    >>> pick({"by": "Ana"}, "author|by"), pick({"user": None}, "user.name")
    ('Ana', None)
    """
    if path in record:
        return record[path]
    constant = CONSTANT.fullmatch(path)
    if constant is not None:
        return constant[2]
    for path_alternative in path_alternatives(path):
        value = (
            record[path_alternative] if path_alternative in record else follow_path(record, path_alternative, document)
        )
        if value is not None:
            return value
    return None


def follow_path(record: Mapping[str, object], path: str, document: object) -> object:
    """The first value along a path without alternatives."""
    start = document if path.startswith("$.") else record
    return next(walk_path(start, path_steps(path.removeprefix("$."))), None)


def every_value(value: object, path: str) -> Iterator[object]:
    """The values at a path with `[]`, in order; a list at the end of a path without `[]` counts as its elements.

    >>> list(every_value({"items": [{"replies": [1, 2]}, {}, {"replies": [3]}]}, "items[].replies"))
    [1, 2, 3]
    """
    for item in walk_path(value, path_steps(path)) if path else iter((value,)):
        if isinstance(item, list):
            yield from item
        elif item is not None:
            yield item


def walk_path(value: object, path: tuple[Step, ...]) -> Iterator[object]:
    """All values that the steps lead to."""
    if not path:
        yield value
        return
    step, rest = path[0], path[1:]
    if step is ALL:
        for item in value if isinstance(value, list) else ():
            yield from walk_path(item, rest)
    elif isinstance(step, int):
        if isinstance(value, list) and -len(value) <= step < len(value):
            yield from walk_path(value[step], rest)
    elif isinstance(value, Mapping) and step in value:
        yield from walk_path(value[step], rest)


@lru_cache(maxsize=1024)
def path_steps(path: str) -> tuple[Step, ...]:
    """The steps of a path; what cannot be one is a key, letter by letter.

    >>> path_steps("data.items[].user[0]"), path_steps("Sent [local time]")
    (('data', 'items', None, 'user', 0), ('Sent [local time]',))
    """
    steps: list[Step] = []
    place = 0
    while place < len(path):
        match = STEP.match(path, place)
        if match is None or not match[0].rstrip("."):
            return (path,)
        if match[1]:
            steps.append(ESCAPED.sub(r"\1", match[1]))
        steps.extend(int(index) if index else ALL for index in INDEX.findall(match[2]))
        place = match.end()
    return tuple(steps)


@lru_cache(maxsize=1024)
def path_alternatives(path: str) -> tuple[str, ...]:
    """The paths between bars.

    >>> path_alternatives("user.name|author")
    ('user.name', 'author')
    """
    return tuple(alternative for alternative in ALTERNATIVE.findall(path) if alternative)

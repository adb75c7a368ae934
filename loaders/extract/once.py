"""A property that is worked out when it is first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class once(Generic[Value]):  # noqa: N801 - a decorator, named as one
    """As functools.cached_property, which in Python 3.11 takes a lock each time; nothing here runs in two threads."""

    def __init__(self, work: Callable[[Any], Value]) -> None:
        self.work, self.__doc__ = work, work.__doc__

    def __get__(self, one: object, owner: type) -> Value:
        """The value; found here only once, for from then on the instance's own attribute stands before this."""
        value = one.__dict__[self.work.__name__] = self.work(one)
        return value

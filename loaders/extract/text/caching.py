"""What is worked out when it is first asked for, and kept: properties, and functions of one thing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")
Thing = TypeVar("Thing")


class once(Generic[Value]):  # noqa: N801 - a decorator, named as one
    """As functools.cached_property, which in Python 3.11 takes a lock each time; nothing here runs in two threads."""

    def __init__(self, work: Callable[[Any], Value]) -> None:
        self.work, self.name, self.__doc__ = work, work.__name__, work.__doc__

    def __get__(self, instance: object, owner: type) -> Value:
        """The value; found here only once, for from then on the instance's own attribute stands before this."""
        value = instance.__dict__[self.name] = self.work(instance)
        return value


def cached_on_argument(work: Callable[[Thing], Value]) -> Callable[[Thing], Value]:
    """The function; what it finds of a thing, which must have a `__dict__` and not change, stays with the thing."""
    name = f"{work.__module__}.{work.__name__}"

    @wraps(work)
    def found(thing: Thing) -> Value:
        attributes = thing.__dict__
        if name not in attributes:
            attributes[name] = work(thing)
        value: Value = attributes[name]
        return value

    return found


def forget_cached(thing: object, *names: str) -> None:
    """Let a thing no longer keep what was worked out under these names: who asks again has it worked out anew."""
    for name in names:
        thing.__dict__.pop(name, None)

"""What hears all records of a file on their way, and may have something to say of it at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from rejoinder.errors import Problem
from rejoinder.records import Found


class Listener(Protocol):
    """Hears each record of one file."""

    def hear(self, entry: Found) -> None:
        """Takes a record."""

    def notice(self) -> Problem | None:
        """What there is to say of the file, once all of it was heard."""


def with_listeners(items: Iterable[Found | Problem], *listeners: Listener) -> Iterator[Found | Problem]:
    """The same, heard by each of the listeners; their notices come last."""
    for item in items:
        if isinstance(item, Found):
            for listener in listeners:
                listener.hear(item)
        yield item
    yield from (notice for listener in listeners if (notice := listener.notice()) is not None)

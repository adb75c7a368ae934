"""What the items of a file give, found on their lines: one that cannot be read is a Problem, and it alone is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from rejoinder.errors import Problem
from rejoinder.loaders.values.fields import FieldError
from rejoinder.records import Found, Record

Item = TypeVar("Item")
TOO_DEEP = "expected values that are nested less deeply"


def read_items(
    items: Iterable[tuple[int, Item] | Problem], read: Callable[[Item, int], Iterable[Record]], file: str
) -> Iterator[Found | Problem]:
    """The records that `read` makes of each item, of which it is given the line, too; its FieldError is a Problem."""
    for entry in items:
        if isinstance(entry, Problem):
            yield entry
            continue
        line, item = entry
        try:
            for record in read(item, line):
                yield Found(record, file, line)
        except FieldError as error:
            yield Problem(file, line, str(error), lost=True, column=error.column)
        except RecursionError:
            yield Problem(file, line, TOO_DEEP, lost=True)


def read_item(records: Iterator[Record], line: int, file: str) -> Iterator[Found | Problem]:
    """The same of one item, whose records a generator makes: only as they are taken does it raise its FieldError."""
    return read_items([(line, records)], lambda item, _: item, file)

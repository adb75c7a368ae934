"""What a field map does not find in a file, what of the file it does not read, and dates that are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from rejoinder.errors import Problem
from rejoinder.loaders.mapping import STATES, FieldMap, path_alternatives, path_steps, pick, split_condition, walk_path
from rejoinder.loaders.values.dates import is_ordered
from rejoinder.loaders.values.shapes import is_iso_date
from rejoinder.records import Comment

SHOWN = 20  # keys that one message lists, and keys that have a message of their own
LONGEST = 40  # characters of a value that a message shows
DATE = "a date, such as 2024-03-01T10:00, or seconds since 1970"
ORDER_ADVICE = "say in a --map whether day, month or year comes first: dates=dmy, dates=mdy or dates=ymd"
MOST = 1_000  # keys that are looked at


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a file, the line where it begins, the id of the record around it, and the document if it is held."""

    line: int
    values: Mapping[str, object]
    parent: str | None = None
    document: object = None


class MapWatch:
    """Sees all records of a file and their comments, and tells what does not fit."""

    def __init__(self, by: FieldMap, file: str) -> None:
        self.by, self.file = by, file
        self.unseen = by.paths()
        self.first: Record | None = None
        self.count = self.dates = self.undated = 0
        self.date: Problem | None = None
        self.ordered = False
        self.judged = set(top_keys(by))
        self.unread: dict[str, Problem] = {}

    def see(self, record: Record) -> None:
        """Takes a record."""
        self.first, self.count = self.first or record, self.count + 1
        if self.unseen:
            self.unseen = {name: path for name, path in self.unseen.items() if not is_there(name, path, record)}
        if self.judged.issuperset(record.values):
            return
        for key in [field for field in record.values if field not in self.judged]:
            value = record.values[key]
            if len(self.judged) < MOST and value not in (None, "", [], {}) and str(value).strip():
                self.judged.add(key)
                message = f"nothing reads {key!r}, which holds {value_beginning(value)} here"
                self.unread[key] = Problem(self.file, record.line, message, lost=False)

    def hear(self, comment: Comment, line: int) -> None:
        """Takes the comment of a record."""
        if comment.created is None:
            return
        self.dates += 1
        if not is_iso_date(comment.created):
            self.undated += 1
            self.ordered |= is_ordered(comment.created)
            self.date = self.date or Problem(
                self.file, line, f"got {value_beginning(comment.created)} here", lost=False
            )

    def misfit(self, *fields: str) -> str:
        """The message for those of the map's fields, or for all, that no record has."""
        who = "the first record" if fields else "no record has it; the first"
        entries = ", ".join(f"{name}={path}" for name, path in self.unseen.items() if not fields or name in fields)
        keys = ", ".join(islice(map(str, self.first.values if self.first else ()), SHOWN)) or "nothing"
        return f"expected the map's {entries} in the records; {who} holds {keys}"

    def unmatched_field_problems(self) -> Iterator[Problem]:
        """A warning where fields of the map are in no record, and where dates are none."""
        if self.unseen and self.first is not None:
            yield Problem(self.file, self.first.line, self.misfit(), lost=False)
        if self.date is not None:
            expectation = f"expected created={self.by.created} to be {DATE}, {self.date.message}"
            kept = f"kept as it is, for {self.undated} of {self.dates} comments"
            how = f"; {ORDER_ADVICE}" if self.ordered else ""
            yield Problem(self.file, self.date.line, f"{expectation}; {kept}{how}", lost=False)

    def unread_problems(self) -> Iterator[Problem]:
        """A warning for each key that nothing reads; of very many, the last one names the rest."""
        yield from islice(self.unread.values(), SHOWN)
        rest = list(islice(self.unread, SHOWN, None))
        if rest:
            names = f"{', '.join(rest[:SHOWN])}{' ...' if len(rest) > SHOWN else ''}"
            yield Problem(self.file, self.unread[rest[0]].line, f"nothing reads {len(rest)} more: {names}", lost=False)


def value_beginning(value: object) -> str:
    """The beginning of a value."""
    text = repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def top_keys(by: FieldMap) -> Iterator[str]:
    """The keys of a record that the map reads, or reads something within."""
    for name, path in {**by.paths(), "children": by.children}.items():
        place = split_condition(path)[0] if name in STATES else path
        yield from (path, place)
        for path_alternative in path_alternatives(place):
            yield path_alternative
            yield from (
                step
                for step in path_steps(path_alternative)[:1]
                if isinstance(step, str) and not path_alternative.startswith("$.")
            )


def is_there(name: str, path: str, record: Record) -> bool:
    """True if a record says anything under the path, be it null or an empty list."""
    place = split_condition(path)[0] if name in STATES else path
    if place in record.values or pick(record.values, place, record.document) is not None:
        return True
    return any(is_named(path_alternative, record) for path_alternative in path_alternatives(place))


def is_named(path: str, record: Record) -> bool:
    """True if the path leads on until nothing is said any more."""
    value: object = record.document if path.startswith("$.") else record.values
    for step in path_steps(path.removeprefix("$.")):
        if isinstance(step, str) and not (isinstance(value, Mapping) and step in value):
            return not value and value is not record.values
        value = next(walk_path(value, (step,)), None)
    return True

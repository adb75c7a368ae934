"""Typed access to the fields of one JSON object; an error says which field, what was expected and what stood there."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from rejoinder.loaders.values.dates import full_iso
from rejoinder.loaders.values.scrub import Scrubber

LARGEST_INTEGER = 2**63 - 1  # stores keep whole numbers in 64 bits
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LEAST_MILLISECONDS = 1e11  # as seconds this is the year 5138
TOO_MANY_SECONDS = 1e15  # as milliseconds this is the year 33658

T = TypeVar("T")


class FieldError(ValueError):
    """A field that is missing or not as expected, or a line that is no JSON from `column` on: the record is lost.

    `kind` is the message without the value that stood there, by which equal mistakes of a file are counted.
    """

    def __init__(self, message: str, column: int = 0, kind: str = "") -> None:
        super().__init__(message)
        self.column, self.kind = column, kind


class Fields:
    """The fields of a JSON object that stands on a line; strings come out scrubbed, null counts as absent.

    What is not as expected raises FieldError, and the record is lost. A side value is one that a comment can do
    without, such as its date: where that is wrong it is None, and only that is lost.
    """

    wrong_values: frozenset[str] = frozenset()  # names of side values that were already reported as left out

    def __init__(self, values: dict[str, object], line: int, scrubber: Scrubber) -> None:
        self.values, self.line, self.scrubber = values, line, scrubber

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str) -> str:
        """A string, possibly empty."""
        value = self.values.get(name)
        if not isinstance(value, str):
            raise unexpected_error(name, "a string", value)
        return self.scrubber.text(value, self.line)

    def required(self, name: str) -> str:
        """A string that is not blank."""
        value = self.text(name)
        if not value.strip():
            raise unexpected_error(name, "a string that is not blank", value)
        return value

    def optional(self, name: str) -> str | None:
        """A string, or None where it is absent or blank."""
        if name not in self:
            return None
        value = self.text(name)
        return value if value.strip() else None

    def aside(self, read: Callable[[str], T | None], name: str) -> T | None:
        """A value that the comment can do without, as `read` reads it.

        Where that is a FieldError it is None, and the scrubber reports that it was left out.
        """
        try:
            return read(name)
        except FieldError as error:
            if name not in self.wrong_values:
                self.wrong_values |= {name}
                self.scrubber.left_out(self.line, str(error), error.kind)
            return None

    def side_text(self, name: str) -> str | None:
        """A string that a comment can do without, a side value."""
        return self.aside(self.optional, name)

    def parent_id(self, name: str) -> str | None:
        """The id of the comment above, a side value: it stays without one rather than be lost."""
        return self.aside(self._name, name)

    def _name(self, name: str) -> str | None:
        value = self.values.get(name)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is not None and not isinstance(value, str):
            raise unexpected_error(name, "the id of a comment", value)
        return self.optional(name)

    def declared_count(self, name: str) -> int | None:
        """A count that the source declares, a side value."""
        return self.aside(self.count, name)

    def count(self, name: str) -> int | None:
        """A whole number from 0 that fits into 64 bits, signed."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_INTEGER:
            raise unexpected_error(name, f"a whole number from 0 to {LARGEST_INTEGER}", value)
        return value

    def share(self, name: str, default: float) -> float:
        """A number from 0 to 1."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise unexpected_error(name, "a number from 0 to 1", value)
        return float(value)

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        value = self.values.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise unexpected_error(name, "true or false", value)
        return value

    def names(self, name: str) -> tuple[str, ...]:
        """A string or a list of strings, none of them blank, in order and without repeats."""
        value = self.values.get(name)
        several: list[object] = value if isinstance(value, list) else [] if value is None else [value]
        words = [item for item in several if isinstance(item, str) and item.strip()]
        if len(words) < len(several):
            raise unexpected_error(name, "a string or a list of strings", value)
        return tuple(dict.fromkeys(self.scrubber.text(word, self.line) for word in words))

    def objects(self, name: str) -> list[dict[str, object]]:
        """A list of JSON objects, empty where it is absent."""
        value = self.values.get(name)
        several: list[object] = value if isinstance(value, list) else [] if value is None else [value]
        items = [item for item in several if isinstance(item, dict)]
        if len(items) < len(several):
            raise unexpected_error(name, "a list of objects", value)
        return items

    def choices(self, name: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """A string or list of strings out of those allowed."""
        chosen = self.names(name)
        wrong = [choice for choice in chosen if choice not in allowed]
        if wrong:
            raise unexpected_error(name, f"one of {', '.join(allowed)}", wrong[0])
        return chosen

    def iso_moment(self, name: str) -> str | None:
        """A date in ISO 8601, a side value; a number is (milli)seconds since 1970, in UTC.

        A string that is no date which can be read stays as it is, and the scrubber reports that.
        """
        written = self.written_moment(name)
        moment = None if written is None else full_iso(written)
        if written is not None and moment is None:
            self.scrubber.undated(self.line, name, written)
        return moment or written

    def written_moment(self, name: str) -> str | None:
        """The same, but a string as the source wrote it, of which nothing is reported."""
        return self.aside(self._parsed_moment, name)

    def _parsed_moment(self, name: str) -> str | None:
        value = self.values.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return iso_of_seconds(as_seconds(value), name)
        if value is not None and not isinstance(value, str):
            raise unexpected_error(name, "a date or seconds since 1970", value)
        return self.optional(name)


def as_seconds(value: float) -> float:
    """Seconds since 1970, also of what can only be milliseconds."""
    return value / 1000 if LEAST_MILLISECONDS <= abs(value) < TOO_MANY_SECONDS else value


def iso_of_seconds(seconds: float, name: str = "created") -> str:
    """Seconds since 1970 in ISO 8601; raises FieldError outside the years 1 to 9999.

    >>> iso_of_seconds(0)
    '1970-01-01T00:00:00Z'
    """
    try:
        if not math.isfinite(seconds):
            raise OverflowError
        return (EPOCH + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")
    except OverflowError:
        raise unexpected_error(name, "seconds since 1970 within the years 1 to 9999", seconds) from None


def unexpected_error(name: str, expected: str, value: object) -> FieldError:
    """The error for a field that is not what was wanted."""
    kind = f'expected "{name}" to be {expected}'
    if value is None:
        return FieldError(f"{kind}, but there is none", kind=kind)
    words = value_as_shown(value)
    return FieldError(f"{kind}, got {words if len(words) <= 40 else words[:40] + '...'}", kind=kind)


def value_as_shown(value: object) -> str:
    """A value as an error shows it, also one that nests deeper than Python writes."""
    try:
        return repr(value)
    except RecursionError:
        return "what nests too deep to show"

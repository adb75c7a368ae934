"""Values of any type, read leniently: as a string or a count, else as None, of which nobody is told."""

from __future__ import annotations

from collections.abc import Iterable


def lenient_string(value: object) -> str | None:
    """A string that is not blank, None for all else.

    >>> lenient_string("Mia "), lenient_string("  "), lenient_string(7)
    ('Mia ', None, None)
    """
    return value if isinstance(value, str) and value.strip() else None


def first_string(values: Iterable[object]) -> str | None:
    """The first of them that is a string and not blank, None where none is."""
    return next(filter(None, map(lenient_string, values)), None)


def count_with_opening(count: object) -> int | None:
    """How many comments there are, where a source counts only those below the opening; None for what is no count.

    >>> count_with_opening(0), count_with_opening(-1), count_with_opening(True)
    (1, None, None)
    """
    return count + 1 if type(count) is int and count >= 0 else None

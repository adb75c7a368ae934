"""What the values of a field look like: ids, parents, dates, names of people."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b.*", re.DOTALL)
LONGEST_NAME = 40  # characters of an author's name
LONGEST_ID = 80


def is_id(values: Sequence[str]) -> bool:
    """True if all are there, are short and differ."""
    return bool(values) and all(values) and len(set(values)) == len(values) and max(map(len, values)) <= LONGEST_ID


def are_parents(values: Sequence[str], ids: set[str]) -> bool:
    """True if some are blank or 0, and all others are ids."""
    given = {one for one in values if one not in ("", "0")}
    return bool(given) and given <= ids and len([one for one in values if one in given]) < len(values)


def mostly(values: Sequence[str], fits: Callable[[str], bool]) -> bool:
    """True if there are values, and nine tenths of them fit."""
    given = [one for one in values if one]
    return bool(given) and 10 * sum(map(fits, given)) >= 9 * len(given)


def is_dated(value: str) -> bool:
    """True for what looks like a date, in whatever order."""
    return bool(DATE.fullmatch(value)) or is_iso_date(value)


def is_iso_date(value: str) -> bool:
    """True for a date, or a date and a time, in ISO 8601."""
    try:
        return datetime.fromisoformat(value.strip()) is not None
    except ValueError:
        return False


def is_name(value: str) -> bool:
    """True for a few words with letters."""
    return len(value) <= LONGEST_NAME and len(value.split()) <= 4 and any(map(str.isalpha, value)) and "/" not in value

"""What the values of a field look like: ids, parents, dates, names of people."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b.*", re.DOTALL)
LONGEST_NAME = 40  # characters of an author's name
LONGEST_ID = 80
AMOUNT = re.compile(r"\W*\d+[.,]\d+\W*")
ENDS = (".", "!", "?", "…", "。", "！", "？", "؟")


def is_id(values: Sequence[str]) -> bool:
    """True if all are there, are short and differ."""
    return bool(values) and all(values) and len(set(values)) == len(values) and max(map(len, values)) <= LONGEST_ID


def names_rows(values: Sequence[str]) -> bool:
    """True for ids that nobody calls ids: numbers that run on, or names with digits; no prices and no places.

    >>> names_rows(["1", "2", "5"]), names_rows(["k7x", "b2m"])
    (True, True)
    >>> names_rows(["7", "3", "5"]), names_rows(["2.50", "1.20"]), names_rows(["York", "Hull"])
    (False, False, False)
    """
    if not is_id(values) or not fits_mostly(values, is_code):
        return False
    numbers = [int(value) for value in values if value.isdecimal()]
    return len(numbers) < len(values) or numbers in (sorted(numbers), sorted(numbers, reverse=True))


def is_code(value: str) -> bool:
    """True for one word with digits that is no decimal."""
    return bool(re.search(r"\d", value)) and not re.search(r"\s", value) and not AMOUNT.fullmatch(value)


def is_sentence(value: str) -> bool:
    """True for words that are more than a name: a sentence to its end, or more than four of them.

    >>> [is_sentence(value) for value in ("It leaks.", "it leaks where the gutter ends", "Ann Lee", "9.")]
    [True, True, False, False]
    """
    return any(map(str.isalpha, value)) and (len(value.split()) > 4 or value.endswith(ENDS))


def are_parents(values: Sequence[str], ids: set[str]) -> bool:
    """True if some are blank or 0, and all others are ids."""
    parents = {value for value in values if value not in ("", "0")}
    return bool(parents) and parents <= ids and len([value for value in values if value in parents]) < len(values)


def fits_mostly(values: Sequence[str], fits: Callable[[str], bool]) -> bool:
    """True if there are values, and nine tenths of them fit."""
    filled = [value for value in values if value]
    return bool(filled) and 10 * sum(map(fits, filled)) >= 9 * len(filled)


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

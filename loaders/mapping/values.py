"""Values of records as fields want them: names, numbers, moments, and what says yes."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from rejoinder.loaders.mapping.paths import pick
from rejoinder.loaders.values.fields import as_seconds

CONDITION = re.compile(r"((?:[^\\=]|\\.)++)=(.*)", re.DOTALL)
MOMENT = re.compile(r"\d{9,14}(?:\.\d+)?")  # seconds or milliseconds since 1970; 20240301 is a date
NO_WORDS = frozenset({"", "0", "f", "false", "n", "no", "none", "null", "off"})


def as_scalar(value: object) -> object:
    """A whole number as the string that names it, an XML element as its words, NaN as nothing; all else as it is.

    >>> as_scalar(7), as_scalar(7.0), as_scalar(7.5), as_scalar(float("nan"))
    ('7', '7', 7.5, None)
    """
    if isinstance(value, dict):
        return value.get("#text", value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else None if math.isnan(value) else value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def as_number(value: object) -> object:
    """A whole number in a string as that number, blank as nothing; everything else as it is."""
    value = value if isinstance(value, int) else as_scalar(value)
    if not isinstance(value, str):
        return value
    short = value.strip()
    return int(short) if short.isdecimal() and len(short) < 20 else short or None


def as_moment(value: object) -> object:
    """Seconds since 1970 where they stand in a string or are milliseconds; everything else as it is.

    >>> as_moment("1709287200"), as_moment(1709287200000), as_moment("20240301")
    (1709287200, 1709287200.0, '20240301')
    >>> as_moment(10**400) == 10**400
    True
    """
    value = value if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)) else as_scalar(value)
    if isinstance(value, str) and MOMENT.fullmatch(value.strip()):
        value = float(value) if "." in value else int(value)
    return as_seconds(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def says_yes(record: Mapping[str, object], path: str, document: object = None) -> bool:
    """True where the value at the path says yes, or, of `path=value`, where it is that value.

    >>> [says_yes({"gone": one}, "gone") for one in (True, 1, "yes", "2024-03-01", False, 0, "no", None, [])]
    [True, True, True, True, False, False, False, False, False]
    >>> says_yes({"status": "trash"}, "status=trash")
    True
    """
    place, expected = (path, None) if path in record else split_condition(path)
    value = pick(record, place, document)
    if expected is not None:
        return (str(value).lower() if isinstance(value, bool) else as_scalar(value)) == expected
    value = value if isinstance(value, int) else as_scalar(value)
    return value.strip().casefold() not in NO_WORDS if isinstance(value, str) else bool(value)


def split_condition(path: str) -> tuple[str, str | None]:
    """The path and, of `path=value`, the value.

    >>> split_condition("status='in the bin'"), split_condition("gone")
    (('status', 'in the bin'), ('gone', None))
    """
    condition = CONDITION.fullmatch(path)
    return (path, None) if condition is None else (condition[1], condition[2].strip("\"'"))

"""Values of records as fields want them: names, numbers, moments, and what says yes."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from rejoinder.loaders.mapping.paths import pick
from rejoinder.loaders.values.fields import seconds

CONDITION = re.compile(r"((?:[^\\=]|\\.)++)=(.*)", re.DOTALL)
MOMENT = re.compile(r"\d{9,14}(?:\.\d+)?")  # seconds or milliseconds since 1970; 20240301 is a date
NO = frozenset({"", "0", "f", "false", "n", "no", "none", "null", "off"})


def scalar(value: object) -> object:
    """A whole number as the string that names it, an XML element as its words, NaN as nothing; all else as it is.

    >>> scalar(7), scalar(7.0), scalar(7.5), scalar(float("nan"))
    ('7', '7', 7.5, None)
    """
    if isinstance(value, dict):
        return value.get("#text", value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else None if math.isnan(value) else value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def number(value: object) -> object:
    """A whole number in a string as that number, blank as nothing; everything else as it is."""
    value = value if isinstance(value, int) else scalar(value)
    if not isinstance(value, str):
        return value
    short = value.strip()
    return int(short) if short.isdecimal() and len(short) < 20 else short or None


def moment(value: object) -> object:
    """Seconds since 1970 where they stand in a string or are milliseconds; everything else as it is.

    >>> moment("1709287200"), moment(1709287200000), moment("20240301")
    (1709287200, 1709287200.0, '20240301')
    >>> moment(10**400) == 10**400
    True
    """
    value = value if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)) else scalar(value)
    if isinstance(value, str) and MOMENT.fullmatch(value.strip()):
        value = float(value) if "." in value else int(value)
    return seconds(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def holds(record: Mapping[str, object], path: str, document: object = None) -> bool:
    """True where the value at the path says yes, or, of `path=value`, where it is that value.

    >>> [holds({"gone": one}, "gone") for one in (True, 1, "yes", "2024-03-01", False, 0, "no", None, [])]
    [True, True, True, True, False, False, False, False, False]
    >>> holds({"status": "trash"}, "status=trash")
    True
    """
    place, wanted = (path, None) if path in record else told(path)
    value = pick(record, place, document)
    if wanted is not None:
        return (str(value).lower() if isinstance(value, bool) else scalar(value)) == wanted
    value = value if isinstance(value, int) else scalar(value)
    return value.strip().casefold() not in NO if isinstance(value, str) else bool(value)


def told(path: str) -> tuple[str, str | None]:
    """The path and, of `path=value`, the value.

    >>> told("status='in the bin'"), told("gone")
    (('status', 'in the bin'), ('gone', None))
    """
    condition = CONDITION.fullmatch(path)
    return (path, None) if condition is None else (condition[1], condition[2].strip("\"'"))

"""Times as XML Schema has them."""

from __future__ import annotations

import re
from datetime import datetime

# The profile of ISO 8601 that is also an xsd:dateTime; dates alone are xsd:date and stay text.
# Oxigraph holds 18 digits of a second's fraction, the standard offsets up to 14 hours.
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)?")


def iso_date_time(text: str) -> str | None:
    """The string as an xsd:dateTime, or None where it is not one.

    >>> iso_date_time("2024-02-30T10:00:00Z"), iso_date_time("2024-02-29T10:00:00Z"), iso_date_time("yesterday")
    (None, '2024-02-29T10:00:00Z', None)
    """
    if not _DATE_TIME.fullmatch(text):
        return None
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return text


def time_or_day(text: str) -> str | None:
    """A time, or the beginning of a day (in UTC), as an xsd:dateTime; None for what is neither.

    >>> time_or_day("2025-03-01"), time_or_day("2025-03-01T10:00:00+01:00"), time_or_day("March")
    ('2025-03-01T00:00:00Z', '2025-03-01T10:00:00+01:00', None)
    """
    return iso_date_time(f"{text}T00:00:00Z" if len(text) == len("2025-03-01") else text)

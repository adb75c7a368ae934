"""Dates as people and spreadsheets write them, as ISO 8601: those that can be read in one way only."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

DAY_FIRST, MONTH_FIRST, SHORT_YEAR_FIRST = "dmy", "mdy", "ymd"
ORDERS = {
    DAY_FIRST: ("day", "month", "year"),
    MONTH_FIRST: ("month", "day", "year"),
    SHORT_YEAR_FIRST: ("year", "month", "day"),
}
ZONE = r"(?:UTC|GMT)?[+\u2212-]\d{1,2}(?::?\d\d)?(?!\d)|Z|UTC|GMT"  # +0530, +05:30, -3:30, +02, UTC+5:45
OFFSET = re.compile(r"([+\u2212-])(\d{1,2}?)(?::?(\d\d))?\Z")
TIME = (
    r"(?:(?:,?\s++(?:at\s++)?|T)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<part>\d{1,6})\d*+)?)?"
    rf"(?:\s?(?P<half>[ap])\.?m\.?)?(?:\s?(?P<zone>{ZONE})(?:\s?\([\w .+:-]*\))?)?)?"
)
FULL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?")
BASIC = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)T(?P<hour>\d\d)(?P<minute>\d\d)"
    rf"(?:(?P<second>\d\d)(?:[.,](?P<part>\d{{1,6}})\d*+)?)?(?P<half>(?!))?(?P<zone>{ZONE})?",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})([./-])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){TIME}", re.IGNORECASE)
YEAR_LAST = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<mark>[./-])\s?(?P<other>\d{{1,2}})(?P=mark)\s?(?P<year>\d{{4}}|\d\d){TIME}",
    re.IGNORECASE,
)
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s++)?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})"
WORDED = tuple(
    re.compile(rf"{WEEKDAY}{order}{TIME}", re.IGNORECASE)
    for order in (rf"{DAY}\.?[\s-]{MONTH},?[\s-]{YEAR}", rf"{MONTH}\s{DAY},?\s{YEAR}")
)
LONGEST = 60  # characters of a date
CENTURY_SPLIT = 69  # two digits from here on are 19.., as POSIX has it


def as_iso(text: str, order: str | None = None) -> str | None:
    """The date in ISO 8601, with its time and zone if it has them; None where it is no date that can be read.

    `order` says whether 3/4/26 begins with the day, the month or the year; without it only what can be meant in one way
    is read, such as 30/4/2026 or 4/30/26.

    >>> as_iso("01.09.2026"), as_iso("Sep 1, 2026"), as_iso("2026-09-01 14:05 UTC"), as_iso("1/9/26 2:05 pm", "dmy")
    ('2026-09-01', '2026-09-01', '2026-09-01T14:05:00Z', '2026-09-01T14:05:00')
    >>> as_iso("1/9/26"), as_iso("26-09-01"), as_iso("31.2.2026"), as_iso("yesterday")
    (None, None, None, None)
    """
    short = text.strip()
    if len(short) > LONGEST:
        return None
    match = next(filter(None, date_matches(short)), None)
    if match is None:
        return None
    try:
        return iso_of_match(match, order)
    except ValueError:  # no such day or time
        return None


def full_iso(text: str) -> str | None:
    """The text where it is a date and a time in ISO 8601 already, else what `as_iso` reads without an order.

    >>> full_iso("2026-09-01T14:05:00Z"), full_iso("20260901T140500Z"), full_iso("2026-02-31T14:05:00Z")
    ('2026-09-01T14:05:00Z', '2026-09-01T14:05:00Z', None)
    """
    if not FULL.fullmatch(text):
        return as_iso(text)
    try:
        datetime.fromisoformat(text)
    except ValueError:  # no such day or time
        return None
    return text


def date_matches(text: str) -> Iterable[re.Match[str] | None]:
    """The ways to read a date, of which one fits at most: by numbers, without marks, with the month as a word."""
    return (pattern.fullmatch(text) for pattern in (YEAR_FIRST, YEAR_LAST, BASIC, *WORDED))


def order_of_dates(texts: Iterable[str]) -> str | None:
    """What the dates of a column begin with, if all that exist can begin so and with nothing else.

    >>> (order_of_dates(["1/9/26", "13/9/26"]), order_of_dates(["1/9/26", "9/13/26"]), order_of_dates(["1/9/26"]),
    ...  order_of_dates(["26-09-01"]))
    ('dmy', 'mdy', None, None)
    """
    common = set(ORDERS)
    for match in filter(None, map(match_ordered, texts)):
        common &= orders_of(match) or common
    return common.pop() if len(common) == 1 else None


def is_ordered(text: str) -> bool:
    """True for a date of three numbers that does not say with which of them it begins."""
    return match_ordered(text) is not None


def match_ordered(text: str) -> re.Match[str] | None:
    """The numbers of such a date."""
    short = text.strip()
    match = YEAR_LAST.fullmatch(short) if len(short) <= LONGEST else None
    return match if match is not None and match["mark"] != "." else None


def orders_of(match: re.Match[str]) -> set[str]:
    """The orders in which the date exists; a first number could be a year if it is above 12 and the last a day."""
    first, other, last = (int(match[name]) for name in ("first", "other", "year"))
    year = year_of(match["year"])
    orders = {DAY_FIRST} if is_day(year, other, first) else set[str]()
    orders |= {MONTH_FIRST} if is_day(year, first, other) else set()
    return orders | ({SHORT_YEAR_FIRST} if first > 12 and 1 <= other <= 12 and 1 <= last <= 31 else set())


def is_day(year: int, month: int, day: int) -> bool:
    """True if there was or will be such a day."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def iso_of_match(match: re.Match[str], order: str | None) -> str | None:
    """The date that was matched; raises ValueError where there is no such day or time."""
    parts = match.groupdict()
    if "mark" in parts:
        orders = {DAY_FIRST} if parts["mark"] == "." else {order} if order else orders_of(match)
        if len(orders) != 1:
            return None
        parts |= zip(ORDERS[orders.pop()], match.group("first", "other", "year"), strict=True)
    name = parts["month"][:3].lower()
    month = MONTHS.index(name) + 1 if name in MONTHS else int(name)
    day = datetime(year_of(parts["year"]), month, int(parts["day"]))
    return day.date().isoformat() if parts["hour"] is None else with_time(day, parts).isoformat().replace("+00:00", "Z")


def with_time(day: datetime, parts: dict[str, str]) -> datetime:
    """The day with the time and the zone that stand behind it."""
    hour = int(parts["hour"])
    if parts["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("expected an hour from 1 to 12 before am or pm")
        hour = hour % 12 + (12 if parts["half"].lower() == "p" else 0)
    part = int((parts["part"] or "0").ljust(6, "0"))
    return day.replace(
        hour=hour,
        minute=int(parts["minute"]),
        second=int(parts["second"] or 0),
        microsecond=part,
        tzinfo=zone_of_parts(parts),
    )


def zone_of_parts(parts: dict[str, str]) -> timezone | None:
    """The zone that is named, None where none is; raises ValueError where there is no such zone."""
    return zone_of_offset(parts["zone"]) if parts["zone"] else None


def zone_of_offset(name: str) -> timezone:
    """The zone that is so far from UTC as the name says, which matches ZONE; raises ValueError where there is none.

    >>> [str(zone_of_offset(one)) for one in ("+0545", "-3:30", "UTC+05:30", "+02", "Z")]
    ['UTC+05:45', 'UTC-03:30', 'UTC+05:30', 'UTC+02:00', 'UTC']
    """
    match = OFFSET.search(name)
    if match is None:
        return UTC
    hours, minutes = int(match[2]), int(match[3] or 0)
    if minutes > 59:
        raise ValueError("expected a zone of at most 59 minutes beside its hours")
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(ahead if match[1] == "+" else -ahead) if ahead else UTC


def year_of(digits: str) -> int:
    """The year; of two digits the one that is meant nowadays.

    >>> year_of("26"), year_of("98"), year_of("1998")
    (2026, 1998, 1998)
    """
    return int(digits) + (0 if len(digits) == 4 else 2000 if int(digits) < CENTURY_SPLIT else 1900)

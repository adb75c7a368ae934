"""What a site answers, as JSON, where it gives no comments: that something is not found, forbidden or too much."""

from __future__ import annotations

from collections.abc import Mapping

WORDS = ("message", "error_message", "msg", "detail", "error", "errors", "reason")  # the most telling first
BESIDE = (
    "code data documentation_url errcode error_code error_id error_name error_type explanation ok request_id result "
    "retry_after status statusCode success title type url"
)
KNOWN = frozenset([*WORDS, *BESIDE.split()])
SHOWN = 120  # characters


def denial(answer: object) -> str | None:
    """The words of a site that gives nothing, None where the answer is anything else.

    >>> denial({"message": "Not Found", "status": "404"}), denial({"error": {"code": 403, "message": "No quota."}})
    ('Not Found', 'No quota.')
    >>> denial({"message": "I disagree.", "author": "ann"}) is None
    True
    """
    if not isinstance(answer, Mapping) or not answer.keys() <= KNOWN:
        return None
    if answer.keys().isdisjoint(("code", "errcode", "error", "errors", "error_id", "status")):
        return None
    return next(filter(None, (words_of(answer.get(name)) for name in WORDS)), None)


def words_of(value: object) -> str | None:
    """The words themselves, those of an object, or of the first thing in a list."""
    first = value[0] if isinstance(value, list) and value else value
    words = first.get("message") if isinstance(first, Mapping) else first
    return words.strip()[:SHOWN] or None if isinstance(words, str) else None

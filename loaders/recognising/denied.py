"""What a site answers, as JSON, where it gives no comments: that something is not found, forbidden or too much."""

from __future__ import annotations

from collections.abc import Mapping

WORD_KEYS = ("message", "error_message", "msg", "detail", "error", "errors", "reason")  # the most telling first
OTHER_KEYS = (
    "code data documentation_url errcode error_code error_id error_name error_type explanation ok request_id result "
    "retry_after status statusCode success title type url"
)
KNOWN = frozenset([*WORD_KEYS, *OTHER_KEYS.split()])
SHOWN = 120  # characters


def denial_words(answer: object) -> str | None:
    """The words of a site that gives nothing, None where the answer is anything else.

    >>> (denial_words({"message": "Not Found", "status": "404"}),
    ...  denial_words({"error": {"code": 403, "message": "No quota."}}))
    ('Not Found', 'No quota.')
    >>> denial_words({"message": "I disagree.", "author": "ann"}) is None
    True
    """
    if not isinstance(answer, Mapping) or not answer.keys() <= KNOWN:
        return None
    if answer.keys().isdisjoint(("code", "errcode", "error", "errors", "error_id", "status")):
        return None
    return next(filter(None, (words_of(answer.get(name)) for name in WORD_KEYS)), None)


def words_of(value: object) -> str | None:
    """The words themselves, those of an object, or of the first thing in a list."""
    first = value[0] if isinstance(value, list) and value else value
    words = first.get("message") if isinstance(first, Mapping) else first
    return words.strip()[:SHOWN] or None if isinstance(words, str) else None

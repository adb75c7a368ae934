"""What the pages call things: kinds, labels, statuses, levels, strengths, times and coverage in plain English."""

from __future__ import annotations

from datetime import datetime

from rejoinder.graph.maps.looks import look_of_kind as look_of_kind
from rejoinder.graph.maps.wording import KIND_VERBS as KIND_VERBS
from rejoinder.graph.maps.wording import LABEL_WORDS as LABEL_WORDS
from rejoinder.graph.maps.wording import LESS_SURE_NOTE as LESS_SURE_NOTE
from rejoinder.graph.maps.wording import METHOD_WORDS as METHOD_WORDS
from rejoinder.graph.maps.wording import NO_MOVES_NOTE as NO_MOVES_NOTE
from rejoinder.graph.maps.wording import REASON_WORDS as REASON_WORDS
from rejoinder.graph.maps.wording import SHORT_METHOD_WORDS as SHORT_METHOD_WORDS
from rejoinder.graph.maps.wording import STATUS_WORDS as STATUS_WORDS
from rejoinder.graph.maps.wording import TOGETHER_CUE as TOGETHER_CUE
from rejoinder.graph.maps.wording import UNKNOWN_AUTHOR as UNKNOWN_AUTHOR
from rejoinder.graph.maps.wording import aim_of_kind as aim_of_kind
from rejoinder.graph.maps.wording import alternative_words as alternative_words
from rejoinder.graph.maps.wording import answered_beside_note as answered_beside_note
from rejoinder.graph.maps.wording import kind_noun as kind_noun
from rejoinder.graph.maps.wording import label_and_meaning as label_and_meaning
from rejoinder.graph.maps.wording import percent as percent
from rejoinder.graph.maps.wording import short_decimal as short_decimal
from rejoinder.graph.maps.wording import signed_weight as signed_weight
from rejoinder.graph.maps.wording import standing_of_status as standing_of_status
from rejoinder.graph.maps.wording import wordless_noun as wordless_noun

LEVELS = {
    "U1": "Silent",
    "U2": "Unaddressed",
    "U3": "Unanswered by its addressee",
    "U4": "Standing",
    "U5": "Open",
}

STATES = {
    "deleted": "deleted",
    "retracted": "retracted by its author",
    "resolved": "marked as resolved",
    "notice": "notice of moderators",
}

_ABSENT = "an answer may exist that is not here."
_STRENGTHS = (
    (0.8, "strong"),
    (0.6, "fairly strong"),
    (0.4, "neither strong nor weak"),
    (0.2, "weak"),
    (0.0, "very weak"),
)
_MONTHS = "January February March April May June July August September October November December"


def strength(value: float) -> str:
    """A strength, 0..1, as a word.

    >>> strength(0.81), strength(0.5), strength(0)
    ('strong', 'neither strong nor weak', 'very weak')
    """
    return next(word for least, word in _STRENGTHS if value >= least)


def spoken(cue: str, text: str) -> bool:
    """True for a cue that is among the words said, so that it may be quoted; others name a rule.

    >>> spoken("doesn't", "No, it doesn’t."), spoken("quoted line", "They grease the bend.")
    (True, False)
    """
    return _straight_text(cue) in _straight_text(text)


def least(confidence: float) -> str:
    """A confidence, 0..1, as a lower bound.

    >>> least(0.5), least(0.35), least(0.4998)
    ('at least half sure', 'at least 35% sure', 'at least 49.98% sure')
    """
    return f"at least {'half' if confidence == 0.5 else f'{confidence * 100:.10g}%'} sure"


def day(created: str) -> str:
    """An ISO 8601 time as a day; what is no such time stays as it is.

    >>> day("2025-03-03T07:42:00Z"), day("yesterday")
    ('3 March 2025', 'yesterday')
    """
    moment = _moment(created)
    return f"{moment.day} {_MONTHS.split()[moment.month - 1]} {moment.year}" if moment else created


def clock(created: str) -> str:
    """An ISO 8601 time to the minute with its zone, a day where it is no more; what is no such time stays as it is.

    >>> clock("2025-03-03T07:42:00Z"), clock("2025-03-03T07:42:00+05:30"), clock("2025-03-03"), clock("yesterday")
    ('3 March 2025, 07:42 UTC', '3 March 2025, 07:42 UTC+05:30', '3 March 2025', 'yesterday')
    """
    moment = _moment(created)
    return f"{day(created)}, {moment:%H:%M} {moment:%Z}".rstrip() if moment and ":" in created else day(created)


def coverage(level: str, loaded: int, declared: int | None, noun: str = "comment") -> str:
    """How much of a thread is loaded, and what that means for the word "unanswered".

    >>> coverage("partial", 12, 17)
    'The source declares 17 comments, 12 are loaded: an answer may exist that is not here.'
    """
    if level == "complete":
        return f"All {plural(declared or loaded, noun)} that the source declares are loaded."
    if level == "unknown":
        return f"{_loaded_words(loaded, noun)} loaded. The source does not say how many there are: {_ABSENT}"
    if declared is not None and declared > loaded:
        return f"The source declares {plural(declared, noun)}, {_loaded_words(loaded, '')} loaded: {_ABSENT}"
    return f"{_loaded_words(loaded, noun)} loaded, but replies that the source mentions are missing: {_ABSENT}"


def plural(count: int, noun: str) -> str:
    """A count and its noun.

    >>> plural(1, "reply"), plural(2, "reply"), plural(7, "day"), plural(1200, "claim")
    ('1 reply', '2 replies', '7 days', '1,200 claims')
    """
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeo" else f"{count:,} {noun}s"


def _straight_text(text: str) -> str:
    """In lower case, with the apostrophes of a keyboard, on one line."""
    return " ".join(text.casefold().replace("’", "'").split())


def _loaded_words(loaded: int, noun: str) -> str:
    counted = plural(loaded, noun) if noun else f"{loaded:,}"
    return f"{counted} {'is' if loaded == 1 else 'are'}"


def _moment(created: str) -> datetime | None:
    try:
        return datetime.fromisoformat(created)
    except ValueError:
        return None

"""What a person writes for the parameter of a view, as its type asks for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pyoxigraph as ox

from rejoinder.errors import BadParameter, Misfit
from rejoinder.graph.queries.views import Parameter, Value
from rejoinder.graph.triples.date_times import time_or_day
from rejoinder.graph.triples.terms import date_time, rj
from rejoinder.records import Kind, Verdict

_WORDS = re.compile(r'["\u201c]([^"\u201d]+)["\u201d]|(\S+)')
_MARKS = '.,;:!?()"\u201c\u201d\u2026'  # around a word


def parameter_value(parameter: Parameter, text: str) -> Value:
    """What a person wrote for a parameter, as its type asks for it; raises BadParameter."""
    try:
        return _READERS[parameter.type](text)
    except ValueError:
        raise BadParameter(Misfit(parameter.name, _EXPECTED[parameter.type], text[:60])) from None


def parse_iri(what: str, text: str) -> ox.NamedNode:
    """What a person wrote as an IRI; raises BadParameter naming `what` it was for."""
    try:
        return _iri(text)
    except ValueError:
        raise BadParameter(Misfit(what, "an IRI", text[:80])) from None


def parse_time(what: str, text: str) -> ox.Literal:
    """What a person wrote as a time or a day; raises BadParameter naming `what` it was for."""
    try:
        return _time(text)
    except ValueError:
        raise BadParameter(Misfit(what, _EXPECTED["time"], text[:40])) from None


def parse_words(text: str) -> tuple[ox.Literal, ...]:
    """What is sought by these words: each of them, those in double quotes together, without marks around them, in NFC.

    >>> [one.value for one in parse_words('late, fees don\u2019t "go up"')]
    ['late', 'fees', "don't", 'go up']
    """
    plain = unicodedata.normalize("NFC", text).replace("\u2019", "'")
    phrases = (" ".join((quoted or word).split()) for quoted, word in _WORDS.findall(plain))
    return tuple(ox.Literal(phrase.strip(_MARKS) or phrase) for phrase in dict.fromkeys(phrases) if phrase)


def _words(text: str) -> tuple[ox.Literal, ...]:
    if not (literals := parse_words(text)):
        raise ValueError(text)
    return literals


def _iri(text: str) -> ox.NamedNode:
    if ":" not in text:
        raise ValueError(text)
    return ox.NamedNode(text)


def _iris(text: str) -> tuple[ox.NamedNode, ...]:
    return tuple(map(_iri, text.split()))


def _level(text: str) -> ox.NamedNode:
    if text not in {"U1", "U2", "U3", "U4"}:
        raise ValueError(text)
    return rj(text)


def _time(text: str) -> ox.Literal:
    if (instant := time_or_day(text)) is None:
        raise ValueError(text)
    return date_time(instant)


def _integer(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError(text)
    return int(text)


def _fraction(text: str) -> float:
    if not 0 <= (number := float(text)) <= 1:
        raise ValueError(text)
    return number


def _word_reader(*allowed: str) -> Callable[[str], str]:
    """Reads one of these words."""

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


STATUSES = (  # of objections, in the order of docs/unanswered.md
    *("withdrawn", "dismissed", "conceded", "countered", "undecided", "reinstated", "awaiting-objector", "clarified"),
    *("third-party-only", "silent", "unaddressed"),
)
VERDICTS = (str(Verdict.RIGHT), str(Verdict.WRONG))

_READERS: dict[str, Callable[[str], Value]] = {
    "iri": _iri,
    "iris": _iris,
    "thread": _iri,
    "level": _level,
    "time": _time,
    "decimal": _fraction,
    "integer": _integer,
    "kind": _word_reader(*Kind),
    "status": _word_reader(*STATUSES),
    "verdict": _word_reader(*VERDICTS),
    "words": _words,
}
_EXPECTED = {
    "iri": "an IRI",
    "iris": "IRIs with spaces between",
    "thread": "the IRI of a thread",
    "level": "U1, U2, U3 or U4",
    "time": "a day or time such as 2025-01-31 or 2025-01-31T09:30:00Z",
    "decimal": "a number from 0 to 1",
    "integer": "a whole number of at most 9 digits",
    "kind": f"one of {', '.join(Kind)}",
    "status": f"one of {', '.join(STATUSES)}",
    "verdict": f"one of {', '.join(VERDICTS)}",
    "words": "words",
}

"""The JSON object in rj:explanation, read without trust: what cannot be read is named, and costs nothing else."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass

from rejoinder.records import Kind, kinds

MOST = 50  # of each list; an extractor writes six features and a handful of the rest
LONGEST = 500  # characters of a text within
TOLD = 10  # complaints


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that spoke for (above 0) or against (below 0) the choice, with what it adds to its log odds."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """Something that the words could do, its probability (0..1), and whether it is what was chosen."""

    kind: str
    probability: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something said that the move could have been aimed at; `share` is the chance it was given, 0..1."""

    text: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Aim:
    """How the target was chosen, the chance it was given, and what was not chosen."""

    by: str | None
    share: float | None
    others: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """What an extractor noted down about a move; `unread` says what of it could not be read, and why.

    Features come with the weightiest first, alternatives and candidates with the likeliest first.
    """

    features: tuple[Feature, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    aim: Aim | None = None
    rule: str | None = None
    unread: tuple[str, ...] = ()


def reasons(text: str | None, kind: str) -> Reasons | None:
    """What the explanation of a move of this kind says (docs/explain.md); None where there is none. Raises nothing.

    >>> found = reasons('{"features": {"negation": 0.41}, "rule": 7}', "Rebuttal")
    >>> found.features, found.unread
    ((Feature(name='negation', weight=0.41),), ('rule: expected text',))
    """
    if text is None:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return Reasons(unread=("expected a JSON object, found something else",))
    if not isinstance(found, dict):
        return Reasons(unread=("expected a JSON object, found another kind of JSON",))
    unread: list[str] = []
    return Reasons(
        features=_features(found.get("features"), unread),
        alternatives=_alternatives(found.get("alternatives"), kind, unread),
        aim=_aim(found.get("target"), unread),
        rule=_text(found.get("rule"), "rule", unread),
        unread=tuple(dict.fromkeys(unread))[:TOLD],
    )


def _features(found: object, unread: list[str]) -> tuple[Feature, ...]:
    pairs = sorted(_numbers(found, "features", unread), key=lambda one: (-abs(one[1]), one[0]))
    return tuple(Feature(name, weight) for name, weight in pairs[:MOST])


def _alternatives(found: object, kind: str, unread: list[str]) -> tuple[Alternative, ...]:
    pairs = [(name, chance) for name, chance in _numbers(found, "alternatives", unread) if 0 <= chance <= 1]
    ordered = sorted(pairs, key=lambda one: (-one[1], one[0]))[:MOST]
    chosen = _chosen([name for name, _ in ordered], kind)
    return tuple(Alternative(name, chance, name == chosen) for name, chance in ordered)


def _chosen(names: list[str], kind: str) -> str | None:
    """The alternative that the kind is: itself, or else the likeliest of the kinds it is one of."""
    wider = {str(one) for one in kinds(Kind(kind))} if kind in set(Kind) else set()
    return kind if kind in names else next((name for name in names if name in wider), None)


def _aim(found: object, unread: list[str]) -> Aim | None:
    if found is None:
        return None
    if not isinstance(found, dict):
        unread.append("target: expected an object")
        return None
    others = found.get("others") or []
    if not isinstance(others, list):
        unread.append("target.others: expected a list")
        others = []
    read = [one for one in (_candidate(other, unread) for other in others[:MOST]) if one is not None]
    return Aim(
        by=_text(found.get("by"), "target.by", unread),
        share=_share(found.get("share"), "target.share", unread),
        others=tuple(sorted(read, key=lambda one: -(one.share or 0))),
    )


def _candidate(found: object, unread: list[str]) -> Candidate | None:
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        unread.append("target.others: expected objects with a text")
        return None
    return Candidate(_clean(found["text"]), _share(found.get("share"), "target.others", unread))


def _numbers(found: object, name: str, unread: list[str]) -> Iterator[tuple[str, float]]:
    """The members of an object of numbers, as far as they are numbers."""
    if not isinstance(found, dict):
        if found is not None:
            unread.append(f"{name}: expected an object of numbers")
        return
    for key, value in found.items():
        number = _number(value)
        if number is None:
            unread.append(f"{name}: expected a number for {_clean(key)[:40]!r}")
        else:
            yield _clean(key), number


def _share(found: object, name: str, unread: list[str]) -> float | None:
    number = _number(found)
    if found is not None and (number is None or not 0 <= number <= 1):
        unread.append(f"{name}: expected a share from 0 to 1")
        return None
    return number


def _number(found: object) -> float | None:
    """A finite number; JSON as Python reads it has infinities, and whole numbers that no float can hold."""
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    try:
        return float(found) if math.isfinite(found) else None
    except OverflowError:
        return None


def _text(found: object, name: str, unread: list[str]) -> str | None:
    if found is None:
        return None
    if not isinstance(found, str):
        unread.append(f"{name}: expected text")
        return None
    return _clean(found)


def _clean(text: str) -> str:
    """A text that can be written as UTF-8: JSON may spell half of a surrogate pair."""
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8")

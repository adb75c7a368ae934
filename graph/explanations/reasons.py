"""The JSON object in rj:explanation, read without trust: what cannot be read is named, and costs nothing else."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from rejoinder.graph.explanations.extraction_notes import (
    Aim,
    Alternative,
    Candidate,
    Feature,
    Reasons,
    Rest,
    Sum,
)
from rejoinder.records import Kind, with_wider_kinds

MOST_LISTED = 50  # of each list; an extractor writes six features and a handful of the rest
LONGEST_TEXT = 500  # characters of a text within
MOST_COMPLAINTS = 10  # complaints
LARGEST_COUNT = 1_000_000  # of a count


def explanation_member(text: str | None, name: str) -> object:
    """The member of that name of an explanation as it stands; None where there is none."""
    try:
        members = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    return members.get(name) if isinstance(members, dict) else None


def read_reasons(text: str | None, kind: str) -> Reasons | None:
    """What the explanation of a move of this kind says (docs/explain.md); None where there is none. Raises nothing.

    >>> found = read_reasons('{"features": {"negation": 0.41}, "rule": 7}', "Rebuttal")
    >>> found.features, found.unread
    ((Feature(name='negation', weight=0.41),), ('rule: expected text',))
    """
    if text is None:
        return None
    try:
        members = json.loads(text)
    except (ValueError, RecursionError):
        return Reasons(unread=("expected a JSON object, found something else",))
    if not isinstance(members, dict):
        return Reasons(unread=("expected a JSON object, found another kind of JSON",))
    unread: list[str] = []
    between = _named_pair(members.get("between"), unread)
    return Reasons(
        features=_features(members.get("features"), unread),
        rest=_rest(members.get("rest"), unread),
        start=_weight(members.get("start"), "start", unread),
        alternatives=_alternatives(members.get("alternatives"), between[0] if between else kind, unread),
        aim=_aim(members.get("target"), unread),
        rule=_text(members.get("rule"), "rule", unread),
        between=between,
        shown=_shown_sum(members.get("shown"), unread),
        unread=tuple(dict.fromkeys(unread))[:MOST_COMPLAINTS],
    )


def _named_pair(names: object, unread: list[str]) -> tuple[str, str] | None:
    if names is None:
        return None
    if not isinstance(names, list) or len(names) != 2 or not all(isinstance(name, str) for name in names):
        unread.append("between: expected a list of two names")
        return None
    return writable_text(names[0]), writable_text(names[1])


def _shown_sum(members: object, unread: list[str]) -> Sum | None:
    if members is None:
        return None
    if not isinstance(members, dict):
        unread.append("shown: expected an object")
        return None
    start = _weight(members.get("start"), "shown.start", unread)
    return Sum(_features(members.get("features"), unread), _rest(members.get("rest"), unread), start)


def _rest(value: object, unread: list[str]) -> Rest | None:
    if value is None:
        return None
    members = value if isinstance(value, dict) else {}
    count, weight = _number(members.get("count")), _number(members.get("weight"))
    if count is None or weight is None or not 0 < count < LARGEST_COUNT:
        unread.append("rest: expected an object with a count and a weight")
        return None
    return Rest(int(count), weight)


def _weight(value: object, name: str, unread: list[str]) -> float | None:
    number = _number(value)
    if value is not None and number is None:
        unread.append(f"{name}: expected a number")
    return number


def _features(members: object, unread: list[str]) -> tuple[Feature, ...]:
    pairs = sorted(_numbers(members, "features", unread), key=lambda pair: (-abs(pair[1]), pair[0]))
    return tuple(Feature(name, weight) for name, weight in pairs[:MOST_LISTED])


def _alternatives(members: object, kind: str, unread: list[str]) -> tuple[Alternative, ...]:
    pairs = [(name, chance) for name, chance in _numbers(members, "alternatives", unread) if 0 <= chance <= 1]
    ordered = sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:MOST_LISTED]
    chosen = _chosen_alternative([name for name, _ in ordered], kind)
    return tuple(Alternative(name, chance, name == chosen) for name, chance in ordered)


def _chosen_alternative(names: list[str], kind: str) -> str | None:
    """The alternative that the kind is: itself, or else the likeliest of the kinds it is one of."""
    wider = {str(wider_kind) for wider_kind in with_wider_kinds(Kind(kind))} if kind in set(Kind) else set()
    return kind if kind in names else next((name for name in names if name in wider), None)


def _aim(members: object, unread: list[str]) -> Aim | None:
    if members is None:
        return None
    if not isinstance(members, dict):
        unread.append("target: expected an object")
        return None
    others = members.get("others") or []
    if not isinstance(others, list):
        unread.append("target.others: expected a list")
        others = []
    read = [
        candidate
        for candidate in (_candidate(other, unread) for other in others[:MOST_LISTED])
        if candidate is not None
    ]
    words, of = members.get("words"), _number(members.get("of"))
    return Aim(
        by=_text(members.get("by"), "target.by", unread),
        share=_share(members.get("share"), "target.share", unread),
        others=tuple(sorted(read, key=lambda candidate: -(candidate.share or 0))),
        words=tuple(writable_text(word) for word in words[:MOST_LISTED] if isinstance(word, str))
        if isinstance(words, list)
        else (),
        of=int(of) if of is not None and 0 < of < LARGEST_COUNT else None,
        text=_text(members.get("text"), "target.text", unread),
    )


def _candidate(members: object, unread: list[str]) -> Candidate | None:
    if not isinstance(members, dict) or not isinstance(members.get("text"), str):
        unread.append("target.others: expected objects with a text")
        return None
    why = _text(members.get("why"), "target.others", unread)
    return Candidate(writable_text(members["text"]), _share(members.get("share"), "target.others", unread), why)


def _numbers(members: object, name: str, unread: list[str]) -> Iterator[tuple[str, float]]:
    """The members of an object of numbers, as far as they are numbers."""
    if not isinstance(members, dict):
        if members is not None:
            unread.append(f"{name}: expected an object of numbers")
        return
    for key, value in members.items():
        number = _number(value)
        if number is None:
            unread.append(f"{name}: expected a number for {writable_text(key)[:40]!r}")
        else:
            yield writable_text(key), number


def _share(value: object, name: str, unread: list[str]) -> float | None:
    number = _number(value)
    if value is not None and (number is None or not 0 <= number <= 1):
        unread.append(f"{name}: expected a share from 0 to 1")
        return None
    return number


def _number(value: object) -> float | None:
    """A finite number; JSON as Python reads it has infinities, and whole numbers that no float can hold."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None


def _text(value: object, name: str, unread: list[str]) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        unread.append(f"{name}: expected text")
        return None
    return writable_text(value)


def writable_text(text: str) -> str:
    """A text of bounded length that can be written as UTF-8: JSON may spell half of a surrogate pair."""
    return text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")

"""The JSON object in rj:explanation, read without trust: what cannot be read is named, and costs nothing else."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from rejoinder.graph.explanations.weighed import (
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
        found = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    return found.get(name) if isinstance(found, dict) else None


def read_reasons(text: str | None, kind: str) -> Reasons | None:
    """What the explanation of a move of this kind says (docs/explain.md); None where there is none. Raises nothing.

    >>> found = read_reasons('{"features": {"negation": 0.41}, "rule": 7}', "Rebuttal")
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
    between = _between(found.get("between"), unread)
    return Reasons(
        features=_features(found.get("features"), unread),
        rest=_rest(found.get("rest"), unread),
        start=_weight(found.get("start"), "start", unread),
        alternatives=_alternatives(found.get("alternatives"), between[0] if between else kind, unread),
        aim=_aim(found.get("target"), unread),
        rule=_text(found.get("rule"), "rule", unread),
        between=between,
        shown=_shown(found.get("shown"), unread),
        unread=tuple(dict.fromkeys(unread))[:MOST_COMPLAINTS],
    )


def _between(found: object, unread: list[str]) -> tuple[str, str] | None:
    if found is None:
        return None
    if not isinstance(found, list) or len(found) != 2 or not all(isinstance(one, str) for one in found):
        unread.append("between: expected a list of two names")
        return None
    return writable_text(found[0]), writable_text(found[1])


def _shown(found: object, unread: list[str]) -> Sum | None:
    if found is None:
        return None
    if not isinstance(found, dict):
        unread.append("shown: expected an object")
        return None
    start = _weight(found.get("start"), "shown.start", unread)
    return Sum(_features(found.get("features"), unread), _rest(found.get("rest"), unread), start)


def _rest(found: object, unread: list[str]) -> Rest | None:
    if found is None:
        return None
    members = found if isinstance(found, dict) else {}
    count, weight = _number(members.get("count")), _number(members.get("weight"))
    if count is None or weight is None or not 0 < count < LARGEST_COUNT:
        unread.append("rest: expected an object with a count and a weight")
        return None
    return Rest(int(count), weight)


def _weight(found: object, name: str, unread: list[str]) -> float | None:
    number = _number(found)
    if found is not None and number is None:
        unread.append(f"{name}: expected a number")
    return number


def _features(found: object, unread: list[str]) -> tuple[Feature, ...]:
    pairs = sorted(_numbers(found, "features", unread), key=lambda one: (-abs(one[1]), one[0]))
    return tuple(Feature(name, weight) for name, weight in pairs[:MOST_LISTED])


def _alternatives(found: object, kind: str, unread: list[str]) -> tuple[Alternative, ...]:
    pairs = [(name, chance) for name, chance in _numbers(found, "alternatives", unread) if 0 <= chance <= 1]
    ordered = sorted(pairs, key=lambda one: (-one[1], one[0]))[:MOST_LISTED]
    chosen = _chosen([name for name, _ in ordered], kind)
    return tuple(Alternative(name, chance, name == chosen) for name, chance in ordered)


def _chosen(names: list[str], kind: str) -> str | None:
    """The alternative that the kind is: itself, or else the likeliest of the kinds it is one of."""
    wider = {str(wider_kind) for wider_kind in with_wider_kinds(Kind(kind))} if kind in set(Kind) else set()
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
    read = [
        candidate
        for candidate in (_candidate(other, unread) for other in others[:MOST_LISTED])
        if candidate is not None
    ]
    words, of = found.get("words"), _number(found.get("of"))
    return Aim(
        by=_text(found.get("by"), "target.by", unread),
        share=_share(found.get("share"), "target.share", unread),
        others=tuple(sorted(read, key=lambda candidate: -(candidate.share or 0))),
        words=tuple(writable_text(word) for word in words[:MOST_LISTED] if isinstance(word, str))
        if isinstance(words, list)
        else (),
        of=int(of) if of is not None and 0 < of < LARGEST_COUNT else None,
        text=_text(found.get("text"), "target.text", unread),
    )


def _candidate(found: object, unread: list[str]) -> Candidate | None:
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        unread.append("target.others: expected objects with a text")
        return None
    why = _text(found.get("why"), "target.others", unread)
    return Candidate(writable_text(found["text"]), _share(found.get("share"), "target.others", unread), why)


def _numbers(found: object, name: str, unread: list[str]) -> Iterator[tuple[str, float]]:
    """The members of an object of numbers, as far as they are numbers."""
    if not isinstance(found, dict):
        if found is not None:
            unread.append(f"{name}: expected an object of numbers")
        return
    for key, value in found.items():
        number = _number(value)
        if number is None:
            unread.append(f"{name}: expected a number for {writable_text(key)[:40]!r}")
        else:
            yield writable_text(key), number


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
    return writable_text(found)


def writable_text(text: str) -> str:
    """A text of bounded length that can be written as UTF-8: JSON may spell half of a surrogate pair."""
    return text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")

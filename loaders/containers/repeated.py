"""JSON whose objects may hold a key twice: the last value counts, as everywhere, and that there was another is told."""

from __future__ import annotations

import json
import re
from typing import Any

from rejoinder.loaders.values.scrub import Scrubber

REPEATED_KEY = "a key that occurs twice in an object"
REPEATED_KEY_NOTE = "expected the key {:.60} once in an object, got it before with another value"
OBJECT = re.compile(r'(?:[^"}]++|"(?:[^"\\]++|\\.)*+")*+\}', re.DOTALL)  # up to its end, or to that of one within it
Pairs = list[tuple[str, Any]]


class Decoder:
    """A decoder of JSON; of the text that it was given last, `repeated` holds which objects repeat a key, and the key.

    Objects are counted as they end, for the parser does not tell where in the text it is. This makes the reading of
    documents two hundredths slower, and of lines none.
    """

    def __init__(self) -> None:
        self.objects = 0
        self.repeated: list[tuple[int, str]] = []
        self.json = json.JSONDecoder(strict=False, object_pairs_hook=self.object)

    def object(self, pairs: Pairs) -> dict[str, Any]:
        """An object of these keys and values."""
        self.objects += 1
        value_by_key = dict(pairs)
        if len(value_by_key) < len(pairs) and (key := differing_key(pairs, value_by_key)) is not None:
            self.repeated.append((self.objects, key))
        return value_by_key

    def fresh_decoder(self) -> json.JSONDecoder:
        """What decodes a text, once what was found in another is forgotten."""
        self.objects = 0
        if self.repeated:
            self.repeated = []
        return self.json

    def decode_whole(self, text: str) -> Any:
        """The one value of a text; raises ValueError and RecursionError as `json.loads` does."""
        return self.fresh_decoder().decode(text)

    def value(self, text: str, at: int) -> tuple[Any, int]:
        """The value that begins at a place, and where it ends; raises as `json.JSONDecoder.raw_decode` does."""
        return self.fresh_decoder().raw_decode(text, at)

    def tell(self, scrubber: Scrubber, line: int) -> None:
        """Tells the keys that are repeated in what stands on one line."""
        for _, key in self.repeated:
            scrubber.left_out(line, REPEATED_KEY_NOTE.format(json.dumps(key, ensure_ascii=False)), REPEATED_KEY)

    def tell_within(self, scrubber: Scrubber, text: str, at: int, line: int = 0) -> None:
        """Tells the keys that are repeated in the value at a place of a text, which is on that line, if it is known.

        Where the first stands is sought; of the others only their number is told.
        """
        if self.repeated and REPEATED_KEY not in scrubber.amiss:
            number, key = self.repeated[0]
            line = line or 1 + text.count("\n", 0, at)
            line += text.count("\n", at, last_place_of_key(text, key, at, end_of_object(text, at, number)))
        self.tell(scrubber, line)


def differing_key(pairs: Pairs, last: dict[str, Any]) -> str | None:
    """The first key of an object that stood before with another value than its last; None where all agree.

    >>> pairs = [("a", 1), ("b", []), ("a", 1), ("b", [])]
    >>> differing_key(pairs, dict(pairs)), differing_key([("a", 1), ("a", 1)], {"a": 1})
    ('b', None)
    """
    # Only plain values are compared: lists may nest deeper than Python compares.
    return next((key for key, value in pairs if value is not (now := last[key]) and not is_same(value, now)), None)


def is_same(value: object, other: object) -> bool:
    """True for two plain values that are equal."""
    return isinstance(value, str | int | float) and type(value) is type(other) and value == other


def last_place_of_key(text: str, key: str, at: int, end: int) -> int:
    """Where a key last stands before the end of an object, however it is written; at the latest where all begins."""
    return max(at, *(text.rfind(json.dumps(key, ensure_ascii=plain), at, end) for plain in (True, False)))


def end_of_object(text: str, at: int, number: int) -> int:
    """Where the object of this number ends, counted from 1 from a place in a text of JSON.

    >>> end_of_object('[{"a": "}"}, {"b": {}}]', 0, 2)
    21
    """
    for _ in range(number):
        match = OBJECT.match(text, at)
        at = match.end() if match else at
    return at

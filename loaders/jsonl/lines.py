"""One line of Rejoinder's own JSONL as a JSON object."""

from __future__ import annotations

import json
import re

from rejoinder.loaders.containers.broken import TOO_LONG, json_complaint
from rejoinder.loaders.containers.repeated import Decoder
from rejoinder.loaders.values.fields import FieldError, Fields
from rejoinder.loaders.values.scrub import Scrubber

MARKS = ("move", "claim", "platform", "judgement")  # the fields that tell a line from that of a comment
DEEPEST = 100  # levels of brackets in one another
NAMES = ("id", "thread", "comment", "target")  # a program may write them as numbers
BRACKET = re.compile(r"[\[\]{}]")
STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)  # one that is not closed goes on to the end


def parse_line(raw: bytes, line: int, scrubber: Scrubber, decoder: Decoder) -> Fields | None:
    """The line's object, with numbers as the names that they are; None for a blank line.

    Raises FieldError if it is no JSON object.
    """
    text = scrubber.decode_line(raw, line)
    if not text.strip():
        return None
    if is_too_deep(text):
        raise FieldError(f"expected JSON nested at most {DEEPEST} deep")
    try:
        value = decoder.decode_whole(text)
    except json.JSONDecodeError as error:
        if not text.lstrip().startswith("{"):
            raise FieldError(f"expected a JSON object, got {text[:40]!r}", error.pos + 1) from None
        raise FieldError(json_complaint(error), error.pos + 1) from None
    except ValueError:
        raise FieldError(TOO_LONG) from None
    if not isinstance(value, dict):
        raise FieldError(f"expected a JSON object, got {text[:40]!r}")
    decoder.tell(scrubber, line)
    numbers = {name: str(value[name]) for name in NAMES if type(value.get(name)) is int}
    return Fields({**value, **numbers} if numbers else value, line, scrubber)


def is_too_deep(text: str) -> bool:
    """True if brackets outside strings nest too deep; counted here, for a parser would run out of stack.

    >>> is_too_deep("[" * 101 + "]" * 101), is_too_deep('"' + "[" * 101 + '"')
    (True, False)
    """
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    level = 0
    for bracket in BRACKET.findall(STRING.sub("", text)):
        level += 1 if bracket in "[{" else -1
        if level > DEEPEST:
            return True
    return False

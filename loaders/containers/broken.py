"""What is wrong with JSON that cannot be read: the column, what was expected there and what stands there instead."""

from __future__ import annotations

import json
import re

from rejoinder.errors import LoadError

TOO_LONG = "expected JSON with numbers of at most 4300 digits"  # what Python reads
SHOWN = 20  # characters of what stands there
WORD = re.compile(r"[A-Za-z_$][\w$]*")
TRAILING = re.compile(r",\s*\Z")
SEARCHED_BEFORE = 200  # characters before the place in which a comma is looked for
FOREIGN_LITERALS = {"None": "null", "True": "true", "False": "false", "undefined": "null", "nan": "null", "inf": "null"}
EXPECTED_ENDS = {"Expecting value": "a value", "Expecting property name enclosed in double quotes": 'a key, or "}"'}
CLOSERS = {"key": "}", "value": "]"}
EXPECTED = {  # by what the parser of the standard library says
    "Expecting value": "a value (a string in double quotes, a number, true, false, null, a list or an object)",
    "Expecting property name enclosed in double quotes": "a key in double quotes",
    "Expecting ':' delimiter": "a colon after the key",
    "Expecting ',' delimiter": "a comma, or the end of the list or object",
    "Unterminated string starting at": "the string that begins here to end with a double quote",
    "Invalid control character at": "no line end, tab or other control character within a string (a line end is \\n)",
    "Invalid \\escape": 'an escape such as \\n, \\" or \\\\ after the backslash',
    "Invalid \\uXXXX escape": "four hexadecimal digits after \\u",
}


def column(text: str, place: int) -> int:
    """The column (from 1) of an offset.

    >>> column("a\\nbc", 3)
    2
    """
    return place - text.rfind("\n", 0, place)


def broken_json_error(name: str, error: json.JSONDecodeError, *, line: int | None = None, before: int = 0) -> LoadError:
    """The error of a file whose JSON breaks off; `line` where the text is not the whole file.

    `before` counts the characters of its first line that stand before the text.
    """
    place = column(error.doc, error.pos) + (before if "\n" not in error.doc[: error.pos] else 0)
    return LoadError(name, error.lineno if line is None else line, json_complaint(error), column=place)


def json_complaint(error: json.JSONDecodeError) -> str:
    """What was expected, and what stands there.

    >>> def of(text):
    ...     try:
    ...         json.loads(text)
    ...     except json.JSONDecodeError as error:
    ...         return json_complaint(error)
    >>> of('{"a": 1,}')
    'expected another key after the comma, got "}": take the comma out'
    >>> of("{'a': 1}")
    "expected a key in double quotes, got single quotes: 'a': 1}"
    """
    reason, text, place = error.msg.removesuffix(": "), error.doc, error.pos
    excerpt = text[place : place + SHOWN].split("\n")[0].rstrip()
    if reason.startswith("Unterminated"):
        return f"expected {EXPECTED[reason]}"
    if place >= len(text.rstrip()):
        return f"expected {EXPECTED_ENDS.get(reason, EXPECTED.get(reason, 'more'))}, but here it ends: is it complete?"
    if reason == "Extra data":
        mend = "take the comma out" if excerpt.startswith(",") else "write one value a line"
        return f"expected nothing after the value, got {excerpt!r}: {mend}, or put all values in one list"
    return common_slip(reason, text, place, excerpt) or f"expected {EXPECTED.get(reason, 'JSON')}, got {excerpt!r}"


def common_slip(reason: str, text: str, place: int, excerpt: str) -> str:
    """What is often written in place of JSON, and what mends it; nothing where it is none of that.

    >>> common_slip("Expecting value", '{"a": None}', 6, "None}")
    'expected null, which JSON has instead of None'
    """
    kind = "key" if "property" in reason else "value"
    if (
        reason in EXPECTED_ENDS
        and text[place] == CLOSERS[kind]
        and TRAILING.search(text, max(0, place - SEARCHED_BEFORE), place)
    ):
        return f'expected another {kind} after the comma, got "{text[place]}": take the comma out'
    if reason in EXPECTED_ENDS and text[place] == "'":
        return f"expected a {'string' if kind == 'value' else kind} in double quotes, got single quotes: {excerpt}"
    if text.startswith(("//", "/*"), place):
        return f"expected no comment, which JSON does not allow: remove it, got {excerpt!r}"
    word = WORD.match(text, place)
    if word and reason == "Expecting value" and word[0] in FOREIGN_LITERALS:
        return f"expected {FOREIGN_LITERALS[word[0]]}, which JSON has instead of {word[0]}"
    if reason == "Expecting value" and not text[:place].strip():
        return f"expected JSON, which begins with a bracket, got {excerpt!r}"
    return ""

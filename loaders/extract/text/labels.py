"""Numbers and letters at the head of a paragraph, by which it is named or names another: "Q2:", "B.", "Re 2:"."""

from __future__ import annotations

import re

ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7"}
ORDINAL = f"(?a:{'|'.join(ORDINALS)})"  # in ASCII: else a dotless i would be an i, which no table has
PART = "point|item|question|comment|argument|reason|objection|bullet|claim|concern|issue|remark|suggestion"
IGNORED = re.IGNORECASE
DIGIT = re.compile(r"\d")
LETTER = re.compile(r"(?<![\w.])(?:[A-Ha-h][):]|[B-H]\b|A[.,])")
# "Q2:", "[W1]", "B."; and "R1.3:", "R1-C3:", by which a reply to several referees names the third point of the first.
LABEL = re.compile(
    r"[*_]{0,2}[\[(]?(?:[A-Z]{1,2}\d{1,2}(?:[.-][CQP]?|[CQP])(\d{1,2})|([A-Z]{1,2}\d{1,2}|[A-H](?=[.:)])))"
    r"(?:[\])][.:]?|[.:)])[*_]{0,2}(?=\s|\Z)"
)
# What opens a passage about a number: "Re 2:", "Ad (3),", "On point 4:", "On B,", "#2:", "**3.**".
HEAD = re.compile(
    r"[*_]{0,2}(?:"
    r"(?:re|ad|as to|as for|regarding|concerning)\b[ :]{1,2}"
    r"(?:(?:your |the )?(?:PART|number|no\.) )?[#(\[]?(\d{1,2})[)\]]?"
    r"(?: ?[:.,)–—-]|\b)"
    r"|(?:(?:on|to|about) )?(?:your |the )?(?:PART|number|no\.) [#(\[]?(\d{1,2})[)\]]?(?: ?[:.,)–—-])"
    r"|(?:on|to) \(?(\d{1,2})\)?:"
    r"|(?:on|to|re|ad|as to|as for|regarding)(?: PART)?:? \(?([a-h])\)?[:.,)]"
    r"|\(?(\d{1,2})[.)]|[#(](\d{1,2})\)?:|(\d{1,2}):)"
    r"[*_]{0,2}(?=\s|\Z)".replace("PART", PART),
    IGNORED,
)
# Whom the words are for, before they begin: "@ana no", "@ana @ben: yes", "u/ana nope".
ADDRESS = re.compile(r"(?:(?:@|/?u/)[^\W_][\w.-]*[,:]?\s+)+(?=\S)")
LONGEST = 40  # characters in which such a head stands


def without_label(text: str) -> str:
    """The text without such a head, where more follows; as it is where it has none.

    >>> without_label("Re 2: agreed."), without_label("A. Agreed."), without_label("Agreed on 2.")
    ('agreed.', 'Agreed.', 'Agreed on 2.')
    """
    if not may_name_part(text[:LONGEST]):
        return text
    head = HEAD.match(text) or LABEL.match(text)
    if head is None or head[0].rstrip("*_")[-1].isalnum():  # "As to 2 of them, ..."
        return text
    return text[head.end() :].lstrip() or text


def without_addressees(text: str) -> str:
    """The text without the names with "@" or "u/" at its head, where more follows.

    >>> without_addressees("@ana-b, no"), without_addressees("@ana")
    ('no', '@ana')
    """
    match = ADDRESS.match(text)
    return text if match is None else text[match.end() :]


def may_name_part(text: str) -> bool:
    """False for a text without digit, ordinal and single letter, in which nothing is named by number or letter."""
    low = text.lower()
    return (
        DIGIT.search(text) is not None or any(ordinal in low for ordinal in ORDINALS) or LETTER.search(text) is not None
    )

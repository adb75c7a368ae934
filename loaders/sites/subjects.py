"""Subjects of mail: whether one answers, and what it is without what answering put before it."""

from __future__ import annotations

import re

REPLY_PREFIX = re.compile(
    r"((?:\[[^\[\]]{1,60}\]\s*)*)(?:re|fwd?|aw|wg|sv|vs|antw|tr|rv|odp|res)(?:\[\d{1,3}\])?\s*:\s*(?:\1)?",
    re.IGNORECASE,
)


def is_reply_subject(text: str) -> bool:
    """True for the subject of an answer.

    >>> is_reply_subject("Re: Slugs"), is_reply_subject("[garden] AW: Slugs"), is_reply_subject("Slugs, re: snails")
    (True, True, False)
    """
    return REPLY_PREFIX.match(text) is not None


def thread_subject(text: str) -> str:
    """The subject without what answering put before it; the mark of a list stays.

    >>> thread_subject("Re: [garden] AW: Re[2]: Slugs"), thread_subject("Response: none")
    ('[garden] Slugs', 'Response: none')
    """
    while match := REPLY_PREFIX.match(text):
        text = match[1] + text[match.end() :]
    return text.strip()

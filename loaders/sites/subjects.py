"""Subjects of mail: whether one answers, and what it is without what answering put before it."""

from __future__ import annotations

import re

AGAIN = re.compile(
    r"((?:\[[^\[\]]{1,60}\]\s*)*)(?:re|fwd?|aw|wg|sv|vs|antw|tr|rv|odp|res)(?:\[\d{1,3}\])?\s*:\s*(?:\1)?",
    re.IGNORECASE,
)


def answers(text: str) -> bool:
    """True for the subject of an answer.

    >>> answers("Re: Slugs"), answers("[garden] AW: Slugs"), answers("Slugs, re: snails")
    (True, True, False)
    """
    return AGAIN.match(text) is not None


def subject(text: str) -> str:
    """The subject without what answering put before it; the mark of a list stays.

    >>> subject("Re: [garden] AW: Re[2]: Slugs"), subject("Response: none")
    ('[garden] Slugs', 'Response: none')
    """
    while match := AGAIN.match(text):
        text = match[1] + text[match.end() :]
    return text.strip()

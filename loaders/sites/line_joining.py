"""Lines of a chat message in which the sentence of the line above goes on: they are put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

FEWEST_WORDS = 3  # words of a line that may break off; "Ok" and "Thanks Ann" are whole
UNFINISHED_END = re.compile(r"[\w,'’\")\]%]$")  # how a line ends whose sentence is not over
HANGING_WORD = re.compile(
    r"(?:,|\b(?:a|an|the|my|your|his|her|its|our|their|this|that|these|those|it|he|she|we|they|of|to|in|on|at|by|for"
    r"|from|with|without|and|or|but|because|if|when|while|than|as|is|are|was|were|be|been|has|have|had|do|does|did"
    r"|will|would|can|could|should|may|might|must|not|very|so))$",
    re.IGNORECASE,
)
OWN_LINE_START = re.compile(r"\s|[-*•>|#]\s?|```|https?:")  # an item, a quotation, code, or an address
FENCE = re.compile(r"```")


def join_broken_lines(lines: Sequence[str]) -> str:
    """The lines of a message, those that break off in the middle of a sentence with the next.

    >>> join_broken_lines(["I use the gate", "every Sunday.", "So does Bo"])
    'I use the gate every Sunday.\\nSo does Bo'
    >>> join_broken_lines(["i use the gate", "nobody else does"]), join_broken_lines(["i use the", "gate"])
    ('i use the gate\\nnobody else does', 'i use the gate')
    """
    capitals = any(line[:1].isupper() for line in lines[:1])
    groups, within = list[list[str]](), False
    for line in lines:
        # As many lines as tell how one ends that they make up: a long message is not gone over anew with each.
        if groups and not within and sentence_goes_on(" ".join(groups[-1][-FEWEST_WORDS:]), line, capitals):
            groups[-1].append(line)
        else:
            groups.append([line])
        within ^= len(FENCE.findall(line)) % 2 == 1
    return "\n".join(map(" ".join, groups))


def sentence_goes_on(above: str, line: str, capitals: bool) -> bool:
    """True if the sentence of the line above is not over; where no `capitals` begin sentences, only its end tells."""
    words = above.split()
    if (
        not UNFINISHED_END.search(above[-1:])
        or "://" in words[-1]
        or OWN_LINE_START.match(line)
        or not line[:1].islower()
    ):
        return False
    return HANGING_WORD.search(words[-1]) is not None or (capitals and len(words) >= FEWEST_WORDS)

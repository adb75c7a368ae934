"""Tells programs that post comments from people who argue."""

from __future__ import annotations

# Accounts that the platforms' own documentation or their profile calls automatic.
NAMES = frozenset(["automoderator", "deltabot", "remindmebot", "sneakpeekbot", "converter-bot", "discobot", "system"])
MARK = "[bot]"  # how GitHub ends the names of apps


def is_bot(author: str | None) -> bool:
    """True for an account that is known to be a program.

    >>> is_bot("AutoModerator"), is_bot("dependabot[bot]"), is_bot("Abbot")
    (True, True, False)
    """
    return author is not None and (author.casefold() in NAMES or author.casefold().endswith(MARK))

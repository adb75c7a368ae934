"""Tells programs that post comments, and moderators who keep order, from people who argue."""

from __future__ import annotations

from functools import lru_cache

from rejoinder.loaders.extract.people.notices import is_notice
from rejoinder.records import Comment, State

# Accounts that the platforms' own documentation or their profile calls automatic.
NAMES = frozenset(["automoderator", "deltabot", "remindmebot", "sneakpeekbot", "converter-bot", "discobot", "system"])
NAMES |= {"sinebot", "cluebot ng", "github-actions", "stale"}
NAMES |= {"bors", "codecov-commenter", "codecov-io", "coveralls", "k8s-ci-robot", "rustbot", "rust-timer"}
MARK = "[bot]"  # how GitHub ends the names of apps


def may_argue(comment: Comment) -> bool:
    """False where a program speaks, or the site's moderators about the discussion itself: nothing is read out of it."""
    return State.NOTICE not in comment.states and not is_bot(comment.author) and not is_notice(comment.text)


@lru_cache(maxsize=10_000)
def is_bot(author: str | None) -> bool:
    """True for an account that is known to be a program.

    >>> is_bot("AutoModerator"), is_bot("dependabot[bot]"), is_bot("Abbot")
    (True, True, False)
    """
    return author is not None and (author.casefold() in NAMES or author.casefold().endswith(MARK))

"""Finds paragraphs of a dump that repeat an earlier one."""

from __future__ import annotations

from collections.abc import Sequence

from rejoinder.records import Comment, identity_text


def first_occurrences(comments: Sequence[Comment]) -> dict[str, str]:
    """For each comment the id of the first one with the same text: its own id where it is the first.

    A few words alone ("Thanks!") are no repetition of anybody; but counting them once does no harm.
    """
    first_by_text: dict[str, str] = {}
    return {comment.id: first_by_text.setdefault(identity_text(comment.text), comment.id) for comment in comments}

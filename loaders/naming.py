"""What a thread without a title is called: the first words of the post that opens it."""

from __future__ import annotations

from collections.abc import Iterable

from rejoinder.records import Comment, natural

TITLE = 80  # code points of a title that is made of the first words


def opening_title(comments: Iterable[Comment]) -> str | None:
    """The first words of the earliest comment without a parent; None where none is loaded, or it has no words.

    What opens a dump comes first in it. Dates count as far as they are ISO 8601; among equals ids do, as numbers.
    """
    first = min((one for one in comments if one.parent is None), key=place, default=None)
    return None if first is None else opening_words(first.text)


def place(comment: Comment) -> tuple[int, str, tuple[tuple[int, str], ...]]:
    """A key that sorts comments as they were written, as far as that is known."""
    return (comment.position or 0, comment.created or "~", natural(comment.id))


def opening_words(text: str) -> str | None:
    """The first line that is no quotation, shortened: what stands for a title where a platform has none.

    >>> opening_words("> No.\\n\\nThe hedge is too high.\\nMuch.")
    'The hedge is too high.'
    """
    own = (line.strip() for line in text[:10_000].splitlines() if line.strip() and not line.startswith(">"))
    line = next(own, None)
    return line if line is None or len(line) <= TITLE else line[: TITLE - 1].rstrip() + "…"

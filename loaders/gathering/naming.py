"""What a thread without a title is called: the first words of the post that opens it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rejoinder.records import Comment, natural_key

LONGEST_TITLE = 80  # code points of a title that is made of the first words
LOOKED_AT = 400  # code points of a line
FENCE = re.compile(r"\s*(?:```|~~~)")
GONE = r"\[ ?(?:deleted|removed|flagged|dead|unavailable)(?: by \w+)? ?\]"
UNSAID_LINE = re.compile(rf"\s*(?:>|&gt;)|{GONE}$|(?:@\S++\s*+)++$", re.IGNORECASE)  # quoted, gone, only a name
BEGINNING = re.compile(r"^(?:#{1,6}|[-*+•])\s+")
# Emphasis, code and words struck out.
INLINE_MARKS = re.compile(r"(?<![\w*`~])(\*{1,3}+|_|`++|~~)(?![\s*_~])(.+?)(?<![\s*_~])\1(?![\w*`~])")
UNSEEN = " \t\u00a0\u200b\u200c\u200d\u2060\ufeff"


def opening_title(comments: Iterable[Comment]) -> str | None:
    """The first words of the earliest comment without a parent; None where none is loaded, or it has no words.

    What opens a dump comes first in it. Dates count as far as they are ISO 8601; among equals ids do, as numbers.
    """
    first = min((comment for comment in comments if comment.parent is None), key=writing_order, default=None)
    return None if first is None else opening_words(first.text)


def writing_order(comment: Comment) -> tuple[int, str, tuple[tuple[int, str], ...]]:
    """A key that sorts comments as they were written, as far as that is known."""
    return (comment.position or 0, comment.created or "~", natural_key(comment.id))


def opening_words(text: str) -> str | None:
    """The first line of prose, shortened and without marks: what stands for a title where a platform has none.

    >>> opening_words("> No.\\n\\n## The *hedge* is too high.\\nMuch.")
    'The hedge is too high.'
    """
    line = next(
        (bare for line in prose_lines(text[:10_000]) if any(map(str.isalnum, bare := without_markdown(line)))), None
    )
    return line if line is None or len(line) <= LONGEST_TITLE else shorten_line(line)


def shorten_line(line: str) -> str:
    """As many whole words of a line as a title holds, or as much of its first word.

    >>> shorten_line("far " * 30)[-9:], len(shorten_line("far" * 60))
    (' far far…', 80)
    """
    head = line[: LONGEST_TITLE - 1]
    words = head if line[LONGEST_TITLE - 1].isspace() else head.rpartition(" ")[0] or head
    return words.rstrip(" ,;:–—-") + "…"


def prose_lines(text: str) -> Iterator[str]:
    """The lines in which its writer says something: no quotation, no code."""
    fenced = False
    for line in text.splitlines():
        short = line.strip(UNSEEN)
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced and UNSAID_LINE.match(short) is None:
            yield short[:LOOKED_AT]


def without_markdown(line: str) -> str:
    """A line without the marks of a heading or an item, and of emphasis and code around words.

    >>> without_markdown("- `rm` is *not* a_good_idea"), without_markdown("5 * 3 or ~5")
    ('rm is not a_good_idea', '5 * 3 or ~5')
    """
    return INLINE_MARKS.sub(r"\2", BEGINNING.sub("", line)).strip(UNSEEN)

"""Where a passage stands in a comment that holds it: letter by letter, else in other lines or within marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

MARKS = ">`-"
BETWEEN = r"[\s>`-]+"  # what may stand between two words that follow each other on a page
MOST_SEARCHED = 40  # words of a passage that is not found letter by letter
QUOTES = str.maketrans("“”„‟«»″‘’‚‛′´", '"' * 7 + "'" * 6)  # each way to write them is one character


def find_passage(passage: str, text: str, occurrence: int | None = None) -> tuple[int, int] | None:
    """Start and end in code points of the first such passage, without the white space around it; None without any.

    With an `occurrence` it is the one of that number, from 1.

    Who copies it from a page has it without the marks of quotations, items and code, perhaps over several paragraphs;
    who types it has other quotation marks and apostrophes.

    >>> find_passage("it was", "So it\\n> was."), find_passage("it is", "So it was."), find_passage(" ", "So it was.")
    ((3, 11), None, None)
    >>> find_passage("isn't", "It isn’t"), find_passage("No.", "No. Yes. No.", 2), find_passage("No.", "No.", 2)
    ((3, 8), (9, 12), None)
    """
    stripped, number = passage.strip(), occurrence or 1
    if stripped and stripped in text:
        return next(islice(_literal_places(stripped, text), number - 1, None), None)
    words = words_without_marks(stripped)[:MOST_SEARCHED]
    matches = re.finditer(BETWEEN.join(map(re.escape, words)), text.translate(QUOTES)) if words else iter(())
    return next((match.span() for match in islice(matches, number - 1, None)), None)


def _literal_places(passage: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a passage stands letter by letter."""
    at = text.find(passage)
    while at >= 0:
        yield at, at + len(passage)
        at = text.find(passage, at + 1)


def words_without_marks(passage: str) -> list[str]:
    """Its words without the marks between them, with plain quotation marks: passages of the same words are the same.

    >>> words_without_marks("So “it”\\n> was.") == words_without_marks('So "it" was.')
    True
    """
    words = (word.strip(MARKS) for word in passage.translate(QUOTES).split())
    return [word for word in words if word]

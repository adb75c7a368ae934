"""Where a passage stands in a comment that holds it: letter by letter, else in other lines or within marks."""

from __future__ import annotations

import re

MARKS = ">`-"
BETWEEN = r"[\s>`-]+"  # what may stand between two words that follow each other on a page
SEARCHED = 40  # words of a passage that is not found letter by letter
QUOTES = str.maketrans("“”„‟«»″‘’‚‛′´", '"' * 7 + "'" * 6)  # each way to write them is one character


def place_of(passage: str, text: str) -> tuple[int, int] | None:
    """Start and end in code points of the first such passage, without the white space around it; None without any.

    Who copies it from a page has it without the marks of quotations, items and code, perhaps over several paragraphs;
    who types it has other quotation marks and apostrophes.

    >>> place_of("it was", "So it\\n> was."), place_of("it is", "So it was."), place_of(" ", "So it was.")
    ((3, 11), None, None)
    >>> place_of("isn't", "It isn’t")
    (3, 8)
    """
    wanted = passage.strip()
    at = text.find(wanted) if wanted else -1
    if at >= 0:
        return at, at + len(wanted)
    words = words_of(wanted)[:SEARCHED]
    found = re.search(BETWEEN.join(map(re.escape, words)), text.translate(QUOTES)) if words else None
    return None if found is None else found.span()


def words_of(passage: str) -> list[str]:
    """Its words without the marks between them, with plain quotation marks: passages of the same words are the same.

    >>> words_of("So “it”\\n> was.") == words_of('So "it" was.')
    True
    """
    words = (word.strip(MARKS) for word in passage.translate(QUOTES).split())
    return [word for word in words if word]

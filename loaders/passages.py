"""Where a passage stands in a comment that holds it: letter by letter, else in other lines or within marks."""

from __future__ import annotations

import re

MARKS = ">`-"
BETWEEN = r"[\s>`-]+"  # what may stand between two words that follow each other on a page
SEARCHED = 40  # words of a passage that is not found letter by letter


def place_of(passage: str, text: str) -> tuple[int, int] | None:
    """Start and end in code points of the first such passage, without the white space around it; None without any.

    Who copies it from a page has it without the marks of quotations, items and code, perhaps over several paragraphs.

    >>> place_of("it was", "So it\\n> was."), place_of("it is", "So it was."), place_of(" ", "So it was.")
    ((3, 11), None, None)
    """
    wanted = passage.strip()
    at = text.find(wanted) if wanted else -1
    if at >= 0:
        return at, at + len(wanted)
    words = [word.strip(MARKS) for word in wanted.split() if word.strip(MARKS)]
    found = re.search(BETWEEN.join(map(re.escape, words[:SEARCHED])), text) if words else None
    return None if found is None else found.span()

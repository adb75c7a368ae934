"""Quotation marks with a name or initials before them, as Emacs has long set them, read as bare ones."""

from __future__ import annotations

import re
from collections import Counter

NAMED = re.compile(r"[ \t]{0,8}(?:[A-Z][A-Za-z.]{0,11}>+[ \t]?)+(?=\S|$)")
SAYS = re.compile(r"\b(?:writes|wrote|said)\s?:\s*$|\bwrites:?$")
TAG = re.compile(r"[A-Z][A-Za-z.]{0,11}>")
FEWEST = 2  # lines of one name; a single one may be the prompt of a program


def without_names(lines: list[str]) -> list[str]:
    """The lines with bare marks, if somebody is said to write something, and a name marks several lines.

    >>> without_names(["Ann writes:", "    Ann> It leaks.", "    Ann> A lot.", "No."])
    ['Ann writes:', '> It leaks.', '> A lot.', 'No.']
    """
    marked = [match[0] for line in lines if (match := NAMED.match(line)) is not None]
    names = Counter(tag_match[0] for mark in marked if (tag_match := TAG.search(mark)) is not None)
    frequent = {name for name, count in names.items() if count >= FEWEST}
    if not frequent or not any(SAYS.search(line[-200:]) for line in lines):
        return lines
    return [with_bare_mark(line, frequent) for line in lines]


def with_bare_mark(line: str, names: set[str]) -> str:
    """The line with a mark without a name for each that one of these has."""
    match = NAMED.match(line)
    if match is None or not names.issuperset(TAG.findall(match[0])[:1]):
        return line
    return "> " * match[0].count(">") + line[match.end() :]

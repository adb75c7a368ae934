"""Patches that stand in a mail between its words: where they end, and the fences that show them as code."""

from __future__ import annotations

import re
from collections.abc import Iterator

BEGINS = re.compile(r"diff --git a/|diff -[a-zA-Z]|Index: \S")
OLD, NEW, HUNK = "--- ", "+++ ", re.compile(r"@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@")
GOES_ON = re.compile(
    r"[ +@\\]|-(?!-\s?$)|={20,}$|index [0-9a-f]+\.\.|diff |Index: |(?:new|deleted) file mode |(?:old|new) mode "
    r"|(?:similarity|dissimilarity) index |(?:rename|copy) (?:from|to) |Binary files |GIT binary patch"
)
STAT = re.compile(r" \S.{0,200} \|\s+(?:\d+\b|Bin )")  # which files a patch changes, above it
FENCE = "```"
INNER = re.compile(r" {0,3}(?=```|~~~)")


def patch_lines(lines: list[str], at: int) -> int:
    """How many lines from here on are a patch, 0 where none begins."""
    if not begins_patch(lines, at) or (at and lines[at - 1].startswith(FENCE)):
        return 0
    end = at + 1
    for place in range(at + 1, len(lines)):
        if GOES_ON.match(lines[place]):
            end = place + 1
        elif lines[place].strip() or place > end + 1:  # mailers take the space away with which a blank line begins
            break
    return end - at


def begins_patch(lines: list[str], at: int) -> bool:
    """True where a patch begins: with a line of the program that made it, or with the names of both files."""
    if BEGINS.match(lines[at]):
        return any(HUNK.match(line) or line.startswith("Binary files ") for line in lines[at : at + 12])
    if lines[at].rstrip() == "---" and at + 1 < len(lines) and STAT.match(lines[at + 1]):
        return True
    names_files = lines[at].startswith(OLD) and at + 2 < len(lines) and lines[at + 1].startswith(NEW)
    return names_files and HUNK.match(lines[at + 2]) is not None


def fenced_patch(lines: list[str], at: int, size: int) -> Iterator[tuple[int | None, str]]:
    """The lines of a patch between two fences; what would be a fence in it is moved in."""
    yield None, ""
    yield None, FENCE
    for place in range(at, at + size):
        yield place, INNER.sub("    ", lines[place].rstrip())
    yield None, FENCE
    yield None, ""

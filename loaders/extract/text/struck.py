"""Words that their writer has struck out, as people write it: `~~like this~~`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from rejoinder.loaders.extract.text.blocks import CODE, Block, Shape

MARK = re.compile(r"(?<!~)~~(?!~)")
WORDY = re.compile(r"[^\W_]")
READ = (Shape.PARAGRAPH, Shape.ITEM)


def struck_stretches(text: str, blocks: Sequence[Block]) -> tuple[tuple[int, int], ...]:
    """Start and end of each stretch that is struck out, with its marks, in order; each ends within its paragraph.

    A mark in code is none, nor is one that stands within a word.
    """
    stretches, opened, end = [], None, 0
    for block in blocks:
        if block.shape not in READ or text.count("\n", end, block.start) > 1:
            opened = None
        end = block.end
        for at in strike_marks(text, block) if block.shape in READ else ():
            if opened is None:
                opened = at if may_open(text, at) else None
            elif may_close(text, at):
                stretches.append((opened, at + 2))
                opened = None
    return tuple(stretches)


def strike_marks(text: str, block: Block) -> Iterator[int]:
    """Where the marks of a block stand, but for those in code."""
    masked = CODE.sub(lambda code: "x" * len(code[0]), text[block.start : block.end])
    return (block.start + match.start() for match in MARK.finditer(masked))


def may_open(text: str, at: int) -> bool:
    """True if what is struck out may begin at the mark."""
    return text[at + 2 : at + 3].strip() != "" and not WORDY.match(text[at - 1 : at] if at else "")


def may_close(text: str, at: int) -> bool:
    """True if it may end there."""
    return text[at - 1 : at].strip() != "" and not WORDY.match(text[at + 2 : at + 3])


def text_without_struck(text: str, start: int, end: int, stretches: Sequence[tuple[int, int]]) -> str:
    """The text from start to end, with a blank for each character that is struck out."""
    parts, position = [], start
    for a, b in stretches[bisect_right(stretches, start, key=lambda stretch: stretch[1]) :]:
        if a >= end:
            break
        parts += [text[position : max(position, a)], " " * (min(b, end) - max(a, position))]
        position = min(b, end)
    return "".join([*parts, text[position:end]])


def says_something(text: str) -> bool:
    """True if any word is left."""
    return WORDY.search(text) is not None

"""Splits a comment into blocks: paragraphs, quoted lines, list items and code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

ANALYSED = 65_536  # characters of a comment that are analysed; the rest is kept, unread

QUOTED = re.compile(r"[ \t]{0,3}(?:(?:>|&gt;)[ \t]?)+")
ITEM = re.compile(r"[ \t]{0,8}(?:[-*•+–]|\(?\d{1,3}[.)])[ \t]+")
FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~)")
SOFT_BREAK = 40  # a line at least this long that ends in mid sentence was wrapped by hand
GREETING = 3  # words at most of a line that ends in a comma and is an address: "Dear Marta,"
GOES_ON = re.compile(r"[a-z]|I(?:['’]\w+)?\s")


class Shape(StrEnum):
    """What a block looks like."""

    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    ITEM = "item"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """Characters start..end of a comment, without the marks of their shape."""

    start: int
    end: int
    shape: Shape


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of the first 64 kB in order; a quoted line is a block, wrapped lines of a paragraph are one."""
    found: list[Block] = []
    fenced = False
    for start, end in lines(text[:ANALYSED]):
        fence = FENCE.match(text, start, end)
        if fence:
            fenced = not fenced
        one = Block(start, end, Shape.CODE) if fence or fenced else shaped(text, start, end)
        if one is None:
            continue
        if found and continues(text, found[-1], one):
            found[-1] = Block(found[-1].start, one.end, found[-1].shape)
        else:
            found.append(one)
    return tuple(found)


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def shaped(text: str, start: int, end: int) -> Block | None:
    """The block that a line is, None for a blank one."""
    shape = Shape.PARAGRAPH
    for pattern, name in ((QUOTED, Shape.QUOTE), (ITEM, Shape.ITEM)):
        match = pattern.match(text, start, end)
        if match:
            start, shape = match.end(), name
            break
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Block(start, end, shape) if start < end else None


def continues(text: str, before: Block, one: Block) -> bool:
    """True if the line goes on in the middle of the block before it: the next line, wrapped by hand."""
    if one.shape != Shape.PARAGRAPH or before.shape not in (Shape.PARAGRAPH, Shape.ITEM):
        return False
    between = text[before.end : one.start]
    last = text[max(before.start, text.rfind("\n", 0, before.end) + 1) : before.end]
    if between.count("\n") == 1 and last[-1] == "," and len(last.split()) > GREETING:
        return GOES_ON.match(text, one.start) is not None
    if between.count("\n") != 1 or len(last) < SOFT_BREAK:
        return False
    return text[before.end - 1] not in ".!?:;" and text[one.start].islower()

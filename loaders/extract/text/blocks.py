"""Splits a comment into blocks: paragraphs, quoted lines, list items and code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from rejoinder.loaders.bodies.consoles import console_runs, has_console
from rejoinder.loaders.extract.text.wrapping import WIDEST, Row, is_prose, soft_breaks

ANALYSED = 65_536  # characters of a comment that are analysed; the rest is kept, unread

QUOTED = re.compile(r"[ \t]{0,3}(?:(?:>|&gt;)[ \t]?)+")
ITEM = re.compile(r"[ \t]{0,8}(?:[-*•+–]|\(?\d{1,3}[.)]|\(?[A-Ha-h]\)(?=[ \t]+\S))[ \t]+")
FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~)")
# Code within a line stands between two runs of backticks of one length (CommonMark 0.31, 6.1).
SPAN = r"(?<!`)(?P<ticks>`{1,3})(?!`)(?:[^`\n]++|(?!(?P=ticks)(?!`))`++)*+(?P=ticks)(?!`)"
CODE = re.compile(SPAN)
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


MARKED = ((QUOTED, Shape.QUOTE), (ITEM, Shape.ITEM))
Line = tuple[int, int, Block]  # its number, where it starts, and what it is by itself


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """The blocks of the first 64 kB in order: wrapped lines, of a paragraph or quoted, are one; others one each."""
    blocks: list[Block] = []
    rows = list(lines_with_blocks(text[:ANALYSED]))
    wrapped = soft_breaks([wrapping_look(text, *row) for row in maybe_wrapped(rows)])
    last = -1
    for number, _, block in rows:
        if blocks and number == last + 1 and (number in wrapped or continues(text, blocks[-1], block)):
            blocks[-1] = Block(blocks[-1].start, block.end, blocks[-1].shape)
        else:
            blocks.append(block)
        last = number
    return tuple(blocks)


def lines_with_blocks(text: str) -> Iterator[Line]:
    """Each line that is not blank, and the block that it is by itself."""
    fenced = False
    printed = printed_line_numbers(text)
    for number, (start, end) in enumerate(line_ranges(text)):
        fence = not text[start : start + 1].isalpha() and FENCE.match(text, start, end) is not None
        if fence:
            fenced = not fenced
        code = fence or fenced or number in printed
        block = Block(start, end, Shape.CODE) if code else block_of_line(text, start, end)
        if block is not None:
            yield number, start, block


def printed_line_numbers(text: str) -> set[int]:
    """The numbers of the lines that a program has printed, by how they look; a fence says it better."""
    if not has_console(text):
        return set()
    return {number for start, end in console_runs(text.split("\n")) for number in range(start, end)}


def maybe_wrapped(rows: Iterable[Line]) -> list[Line]:
    """Those that may have been wrapped: not too long, no code, and right above or below another."""
    fits = {number: (number, start, block) for number, start, block in rows if is_narrow(start, block)}
    return [row for number, row in fits.items() if number + 1 in fits or number - 1 in fits]


def is_narrow(start: int, block: Block) -> bool:
    """True for a line that is no code and not too long."""
    return block.end - start <= WIDEST and block.shape != Shape.CODE


def wrapping_look(text: str, number: int, start: int, block: Block) -> Row:
    """The line as it is looked at for whether it was wrapped."""
    return Row(
        number, depth_of(text, start, block.end), block.end - start, text[block.start : block.end], is_item(text, block)
    )


def is_item(text: str, block: Block) -> bool:
    """True for an item, also a quoted one."""
    return block.shape == Shape.ITEM or ITEM.match(text, block.start, block.end) is not None


def depth_of(text: str, start: int, end: int) -> int:
    """How often the line at start..end is quoted."""
    marks = QUOTED.match(text, start, end)
    return 0 if marks is None else marks[0].count(">") + marks[0].count("&gt;")


def line_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def block_of_line(text: str, start: int, end: int) -> Block | None:
    """The block that a line is, None for a blank one."""
    shape = Shape.PARAGRAPH
    for pattern, name in MARKED if may_be_marked(text, start) else ():
        match = pattern.match(text, start, end)
        if match:
            start, shape = match.end(), name
            break
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Block(start, end, shape) if start < end else None


def may_be_marked(text: str, start: int) -> bool:
    """False for most lines: no mark begins with a letter but "a)"."""
    return not text[start : start + 1].isalpha() or text[start + 1 : start + 2] == ")"


def continues(text: str, before: Block, block: Block) -> bool:
    """True if the line right below a block goes on in the middle of it, wrapped by hand."""
    if not is_one_paragraph(text, before, block):
        return False
    last = text[max(before.start, text.rfind("\n", 0, before.end) + 1) : before.end]
    if last[-1] == "," and len(last.split()) > GREETING:
        return GOES_ON.match(text, block.start) is not None
    if len(last) < SOFT_BREAK and (block.shape != Shape.QUOTE or text.find("\n", before.start, before.end) < 0):
        return False
    return text[before.end - 1] not in ".!?:;" and text[block.start].islower() and is_prose(last)


def is_one_paragraph(text: str, before: Block, block: Block) -> bool:
    """True for lines of one paragraph, of an item and below it, or that are quoted as often."""
    if block.shape == before.shape == Shape.QUOTE:
        last, start = (text.rfind("\n", 0, at) + 1 for at in (before.end, block.start))
        return depth_of(text, last, before.end) == depth_of(text, start, block.end)
    return block.shape == Shape.PARAGRAPH and before.shape in (Shape.PARAGRAPH, Shape.ITEM)

"""The blocks of an Argdown text: paragraphs, what is indented under them, numbered premises, inference lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import accumulate

from rejoinder.loaders.argdown.words import Inline, Words

MARKER = re.compile(
    r"(?P<indent>[ \t]*)"
    r"(?:(?P<inference>--+)|(?P<relation>\+>|->|><|_>|<[+_-]|[+-]|_(?=\s))"
    r"|\((?P<number>\d{1,9})\)|(?P<item>(?:\d{1,9}\.|\*)(?=\s)))"
    r"|(?P<heading>#+ )"
)
BLANK = re.compile(r"[ \t]*(?:\n|\Z)")
INDENT = re.compile(r"[ \t]*")
ALONE_ON_LINE = re.compile(r"[ \t]*(?:[#{\n]|\Z|//|/\*|<!--)")
DASHES = re.compile(r"--+")
TITLES = {"[": "]", "<": ">"}


class Role(Enum):
    """What a block is in the text."""

    TOP = "a paragraph, or an item of a list"
    RELATION = "indented under another"
    NUMBERED = "a premise or conclusion"
    INFERENCE = "a line of dashes, with or without rules"
    HEADING = "a heading"


@dataclass(slots=True, eq=False)
class Block:
    """A statement, an argument, an inference or a heading, as it stands.

    `symbol` is how it relates to its parent, `number` that of a premise or conclusion, which `is_fresh` where an empty
    line stands above; it is `defined` unless its title stands for its words.
    """

    role: Role
    line: int
    parent: Block | None = None
    symbol: str = ""
    number: int = 0
    is_fresh: bool = False
    title: str | None = None
    argument: bool = False
    defined: bool = True
    words: Words = field(default_factory=Words)


class Blocks:
    """Reads the blocks of a text in order, in one pass and without recursion."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.text = text
        self.inline = Inline(text)
        self.ends = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self.first_line, self.row = first_line, 0
        self.now: Block | None = None  # what the next line may go on with
        self.open: list[tuple[int, Block]] = []  # indents and blocks that an indented line may belong to
        self.in_steps = False  # within numbered premises

    def read(self) -> Iterator[Block]:
        """Every block, each complete when the next is asked for."""
        blank = True
        while self.inline.at < len(self.text):
            if self.empty():
                blank = True
            elif not self.leading_comment():
                block = self.block_begun(blank)
                blank = False
                if block is not None:
                    yield block

    def empty(self) -> bool:
        """Passes over an empty line."""
        match = BLANK.match(self.text, self.inline.at)
        if match is not None:
            self.inline.at = match.end()
        return match is not None

    def leading_comment(self) -> bool:
        """Passes over a comment that begins a line, and over the end of that line if nothing follows."""
        start = self.inline.at
        self.inline.at = self.indented(start)
        if not self.inline.comment():
            self.inline.at = start
            return False
        rest = BLANK.match(self.text, self.inline.at)
        self.inline.at = rest.end() if rest else self.inline.at
        return True

    def indented(self, start: int) -> int:
        """Where the words of a line begin."""
        match = INDENT.match(self.text, start)
        return match.end() if match else start

    def block_begun(self, blank: bool) -> Block | None:
        """Reads one line: the block it begins, or None where it goes on with the one before."""
        marker = MARKER.match(self.text, self.inline.at)
        block = self.marked(marker, blank) if marker else None
        if block is None:
            block = self.unmarked(blank)
        elif block.role is Role.INFERENCE:
            self.rules(block)
            return block
        if block is None and self.now is not None:
            self.now.words.add(" ")
            self.inline.line(self.now.words)
        elif block is not None:
            self.now = block
            if block.role is not Role.HEADING:
                self.entitle(block)
            self.inline.line(block.words)
        self.inline.at += 1
        return block

    def marked(self, marker: re.Match[str], blank: bool) -> Block | None:
        """The block of a line with a marker, None where the marker is but a character of running text."""
        indent = len(marker["indent"] or "")
        block: Block | None = None
        if marker["relation"] and (self.open if indent or not blank else None):
            block = self.relation(marker["relation"], indent)
        elif marker["heading"]:
            block, self.open, self.in_steps = Block(Role.HEADING, self.line()), [], False
        elif marker["number"] and (blank or self.in_steps):
            block = Block(Role.NUMBERED, self.line(), number=int(marker["number"]), is_fresh=blank)
            self.open, self.in_steps = [(-1, block)], True
        elif marker["inference"] and self.in_steps:
            block = Block(Role.INFERENCE, self.line())
            self.open = [(-1, block)]
        elif marker["item"] and (blank or (self.open and self.open[0][0] >= 0)):
            block = Block(Role.TOP, self.line())
            self.open = [(indent, block)]
        if block is not None:
            self.inline.at = marker.end()
        return block

    def relation(self, symbol: str, indent: int) -> Block:
        """The block of a line such as `  + words`: its parent is the nearest above that is indented less."""
        while len(self.open) > 1 and self.open[-1][0] >= indent:
            self.open.pop()
        block = Block(Role.RELATION, self.line(), self.open[-1][1], symbol)
        self.open.append((indent, block))
        return block

    def unmarked(self, blank: bool) -> Block | None:
        """The block of a line without a marker, None where it goes on with the one before."""
        if self.now is not None and not blank and self.goes_on(self.now):
            return None
        block = Block(Role.TOP, self.line())
        self.open, self.in_steps = [(-1, block)], False
        return block

    def goes_on(self, now: Block) -> bool:
        """False for words after a mere reference, and for a line that begins with the title of a definition."""
        if now.role is Role.HEADING:
            return True
        start = self.indented(self.inline.at)
        if not now.defined and self.text[start : start + 1] not in "#{":
            return False
        return not self.title_end(start, ":")

    def rules(self, block: Block) -> None:
        """Reads an inference: one line of dashes, or what stands between two of them."""
        start, self.now = self.inline.at, block
        dashes = self.text[self.text.rfind("\n", 0, start) + 1 : start].strip()
        close = DASHES.search(self.text, start)
        if close is not None and (dashes == "--" or not BLANK.match(self.text, start)):
            block.words.data = list(self.braces(start, close.start()))
            self.inline.at = close.end()
        self.inline.at = self.inline.end_of_line() + 1

    def braces(self, start: int, end: int) -> Iterator[str]:
        """The data that stand between two offsets."""
        at = self.text.find("{", start, end)
        while at >= 0:
            close = self.inline.closing.get(at, end)
            if close < end:
                yield self.text[at : close + 1]
            at = self.text.find("{", max(at, close) + 1, end)

    def entitle(self, block: Block) -> None:
        """Reads the title that stands before the words, or stands for them."""
        start = self.indented(self.inline.at)
        end = self.title_end(start, ":")
        block.defined = bool(end) or not (end := self.title_end(start, ""))
        if end:
            block.argument = self.text[start] == "<"
            block.title = " ".join(self.text[start + 1 : end].split())
            self.inline.at = end + (2 if block.defined else 1)

    def title_end(self, start: int, colon: str) -> int:
        """Where the bracket closes of a title that begins here and is followed by a colon (or stands alone), or 0."""
        close = TITLES.get(self.text[start : start + 1])
        if close is None or self.text[start + 1 : start + 2] in "-!":
            return 0
        end = self.inline.ahead.find(close + colon, start + 2, "title")
        if end >= self.inline.ahead.find("\n", start, "title") or self.text.startswith("](", end):
            return 0
        return end if colon or ALONE_ON_LINE.match(self.text, end + 1) else 0

    def line(self) -> int:
        """The number of the line that is being read."""
        while self.ends[self.row + 1] <= self.inline.at:
            self.row += 1
        return self.first_line + self.row

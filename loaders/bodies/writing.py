"""Plain text as it is written from markup: words, lines, quotation and list marks, and the offsets of links."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from rejoinder.records import Link

DEEPEST = 5  # quotation marks or list levels that are shown
SPACE = re.compile(r"[ \t\n\r\f\v\u00a0]+")
STRUCK = "~~"
TICKS = re.compile("`+")
FENCE = re.compile(r"^[ ]{0,3}(?=```|~~~)", re.MULTILINE)


class Writing:
    """Takes words and marks in order; `links` and `quotes` hold the offsets (code points) where they came to stand."""

    def __init__(self, base: str | None) -> None:
        self.base = base
        self.parts: list[str] = []
        self.length = 0
        self.links: list[Link] = []
        self.quotes: list[tuple[int, int, str]] = []
        self.gap = 0  # line ends that are due before the next words
        self.space = False  # a space that is due
        self.bullet = ""  # the mark of an item whose first words are to come
        self.depth = 0  # of quotation
        self.struck = 0  # elements around that strike words out
        self.marked = False  # whether the mark of struck words stands open; it ends with its line
        self.counters: list[int | None] = []  # the next number of each open list; None where it has none
        self.waiting: list[list[int]] = []  # one-element lists, each to be filled with where the next words begin
        self.open_links: list[tuple[str | None, list[int]]] = []
        self.open_quotes: list[list[int]] = []
        self.open_code: list[str] = []  # the marks with which code within a line will end
        self.cells = False

    @property
    def in_item(self) -> bool:
        """True within a list."""
        return bool(self.counters)

    def words(self, text: str) -> None:
        """Running text; white space in it is one space."""
        collapsed = SPACE.sub(" ", text)
        if collapsed.startswith(" "):
            self.space = True
        if collapsed.strip(" "):
            self._put(collapsed.strip(" "))
            self.space = collapsed.endswith(" ")

    def verbatim(self, text: str) -> None:
        """Text as it stands, with its lines."""
        for line in text.splitlines():
            if line.strip():
                self._put(line.rstrip())
            self.gap = min(2, self.gap + 1)

    def code_block(self, text: str) -> None:
        """Lines of code between two fences, kept as they are; a fence within is moved in, so that it is none.

        Code that is struck out stays code: a mark would hide the fence.
        """
        self.paragraph()
        if not text.strip():
            return
        self.bullet = ""  # a fence is one only where it begins its line
        for line in ("```", *FENCE.sub("    ", text.strip("\n")).split("\n"), "```"):
            self._put(line.rstrip(), code=True)
            self.line()
        self.paragraph()

    def code_begins(self, code: str) -> None:
        """Code within a line begins: between single backticks, or double ones where it holds single ones."""
        runs = {len(run) for run in TICKS.findall(code)}
        mark = "``" if 1 in runs and 2 not in runs else "`"
        begins, ends = (" " if len(mark) > 1 and "`" in end else "" for end in (code.strip()[:1], code.strip()[-1:]))
        self.open_code.append(ends + mark)
        self._put(mark + begins)
        self.space = False

    def code_ends(self) -> None:
        """Code within a line ends."""
        after, self.space = self.space, False
        self._put(self.open_code.pop() if self.open_code else "`")
        self.space = after

    def struck_begins(self) -> None:
        """Words that are struck out begin."""
        self.struck += 1

    def struck_ends(self) -> None:
        """They end; where there were none, nothing was struck out."""
        self.struck -= 1
        if self.struck == 0:
            self._close_mark()

    def _put(self, words: str, *, code: bool = False) -> None:
        """Writes words, after the line ends, marks or space that are due; lines of code may be blank."""
        if not words and not code:
            return
        if self.length == 0 or self.gap:
            self._close_mark()
            self._close_line()
            self._write("\n" * (self.gap if self.length else 0))
            mark = "> " * min(self.depth, DEEPEST) + self.bullet
            self._write(mark if words else mark.rstrip())
            self.bullet = ""
        elif self.space:
            self._write(" ")
        self.gap, self.space = 0, False
        if self.struck and not self.marked and not code:
            self.marked = True
            self._write(STRUCK + " " * words.startswith("~"))  # three in a row would begin code
        for span in self.waiting:
            span.append(self.length)
        self.waiting.clear()
        self._write(words)

    def _close_mark(self) -> None:
        """Ends the mark of struck words, if one stands open."""
        if self.marked:
            self._write(STRUCK)
        self.marked = False

    def _close_line(self) -> None:
        """Takes back the space after a mark of code whose first words are on the next line."""
        if self.parts and self.parts[-1] != (bare := self.parts[-1].rstrip(" ")):
            self.length -= len(self.parts[-1]) - len(bare)
            self.parts[-1] = bare

    def _write(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)

    def line(self) -> None:
        """What follows begins a line."""
        self.gap, self.space, self.cells = max(self.gap, 1), False, False

    def line_break(self) -> None:
        """The line ends; a second time, a paragraph does."""
        self.gap, self.space = min(2, self.gap + 1), False

    def paragraph(self) -> None:
        """What follows begins a paragraph, within a list a line."""
        self.gap, self.space, self.cells = max(self.gap, 1 if self.counters else 2), False, False

    def quote(self, step: int) -> None:
        """Quotation begins (1) or ends (-1)."""
        self.depth += step

    def list_begins(self, first: int | None) -> None:
        """A list begins; `first` is its first number, None where items have none."""
        self.counters.append(first)

    def list_ends(self) -> None:
        """The innermost list ends."""
        self.counters.pop()
        self.bullet = ""

    def item(self) -> None:
        """An item of the innermost list begins."""
        counter = self.counters[-1] if self.counters else None
        self.bullet = "  " * min(len(self.counters) - 1, DEEPEST - 1) + ("- " if counter is None else f"{counter}. ")
        if counter is not None:
            self.counters[-1] = counter + 1

    def cell(self) -> None:
        """A cell of a table row begins."""
        if self.cells:
            self.space = True
            self._put("|")
        self.space, self.cells = self.cells, True

    def link_begins(self, url: str | None) -> None:
        """Words that lead to a URL begin."""
        start: list[int] = []
        self.open_links.append((url, start))
        self.waiting.append(start)

    def link_ends(self) -> None:
        """The words of the innermost link end; a link without words, or not to the web, is none."""
        if not self.open_links:
            return
        url, start = self.open_links.pop()
        target = resolve_url(url, self.base)
        if start and target and start[0] < self.length:
            self.links.append(Link(start[0], self.length, target))

    def quotation_begins(self, origin: str | None) -> None:
        """Words whose origin the markup names begin."""
        if origin is not None:
            start: list[int] = []
            self.open_quotes.append(start)
            self.waiting.append(start)

    def quotation_ends(self, origin: str | None) -> None:
        """The innermost of them end."""
        if origin is not None and self.open_quotes:
            start = self.open_quotes.pop()
            if start and start[0] < self.length:
                self.quotes.append((start[0], self.length, origin))

    def finished_text(self) -> str:
        """The text."""
        return "".join(self.parts)


def resolve_url(url: str | None, base: str | None) -> str | None:
    """The absolute web address that a link means, None where it is none, or leads only to another place in the text.

    >>> resolve_url("/t/9", "https://forum.example/x"), resolve_url("javascript:alert(1)", None)
    ('https://forum.example/t/9', None)
    """
    if not url or url.lstrip().startswith("#"):
        return None
    try:
        absolute = urljoin(base, url.strip()) if base else url.strip()
    except ValueError:
        return None
    return absolute if re.match(r"https?://[^\s/]", absolute, re.IGNORECASE) else None

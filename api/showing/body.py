"""The text of a comment as a page sets it: paragraphs, quoted lines and code, without the marks that make them so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rejoinder.api.showing.marks import NO_RANGE, Link, Mark, Piece, cut_in_pieces
from rejoinder.graph.queries.views import Row

# As extraction reads them (loaders/extract/text/blocks.py); a test holds the two together.
QUOTED = re.compile(r"[ \t]{0,3}(?:(?:>|&gt;)[ \t]?)+")
FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~)")
FENCES = re.compile(r"^" + FENCE.pattern, re.MULTILINE)
DEEPEST_QUOTE = 4  # quotations within quotations are set in no further than this
QUOTE_MARKS = " \t\n\"'“”„‟‘’«»‹›"  # what may stand around quoted words without being any
MOST_AROUND = 12
ANCHOR = "words"  # of words that a link leads to
NARROWEST, WIDEST = 60, 100  # columns at which lines of mail and the like are broken
ITEM = re.compile(r"\s*(?:[-*+•–]|\d+[.)]|[|=#])\s|\s{2,}")  # of a list, a table or verse: its lines stay

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (depth 0), lines quoted `depth` times, or code: the characters that show, marks left out."""

    depth: int
    code: bool
    runs: tuple[Run, ...]

    @property
    def start(self) -> int:
        """Where its first character stands."""
        return self.runs[0][0]

    @property
    def end(self) -> int:
        """Where its last character ends."""
        return self.runs[-1][1]


@dataclass(frozen=True, slots=True)
class Part:
    """A block as it is shown: its pieces, and the quotations (rows of the view `quotations`) that it is."""

    depth: int
    code: bool
    pieces: tuple[Piece, ...]
    quoted: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A comment's text in parts; `within` are the quotations that stand in the middle of a paragraph."""

    parts: tuple[Part, ...]
    within: tuple[Row, ...]


def set_body(
    text: str, marks: Sequence[Mark], links: Sequence[Link], quotations: Sequence[Row], sought: Run = NO_RANGE
) -> Body:
    """The text set in parts; the words of claims and links stay marked as they were, and those that are `sought`."""
    parted = blocks(text)
    cuts = [at for block in parted for run in block.runs for at in run]
    cut = iter(cut_in_pieces(text, marks, links, cuts, sought))
    parts = [
        _part(text, block, rows, cut)
        for block, rows in zip(parted, _quotations_by_block(parted, quotations), strict=True)
    ]
    parts = _anchored_parts(parts)
    set_apart = {row["quotation"] for part in parts for row in part.quoted}
    within = tuple(row for row in quotations if row["quotation"] not in set_apart)
    return Body(tuple(part for part in parts if part.pieces), within)


def excerpt_parts(text: str, mark: Mark, first: int, last: int) -> tuple[Part, ...]:
    """The parts of a text, of which only what stands at the characters first..last is shown, with one claim in it.

    Only the lines there are read, whatever the length of the text.
    """
    start, end = text.rfind("\n", 0, first) + 1, text.find("\n", last)
    opening = "```\n" if sum(1 for _ in FENCES.finditer(text, 0, start)) % 2 else ""
    shift = start - len(opening)
    moved = replace(mark, start=max(mark.start - shift, 0), end=max(mark.end - shift, 0))
    parts = set_body(opening + text[start : end if end >= 0 else len(text)], [moved], [], []).parts
    placed = (replace(part, pieces=tuple(_placed_pieces(part.pieces, mark, shift, first, last))) for part in parts)
    return tuple(part for part in placed if part.pieces)


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in order; blank lines and the fences of code part them and are in none.

    >>> text = "> a\\n> b\\n\\nc\\nd"
    >>> [(one.depth, [text[start:end] for start, end in one.runs]) for one in blocks(text)]
    [(1, ['a\\n', 'b']), (0, ['c\\nd'])]
    """
    text_blocks = []
    for look, lines in groupby(_lines(text), key=lambda line: line[0]):
        if look is not None:
            depth, code = look
            text_blocks.append(Block(depth, code, _runs([run for _, run in lines])))
    return tuple(text_blocks)


def _placed_pieces(pieces: Iterable[Piece], mark: Mark, shift: int, first: int, last: int) -> Iterator[Piece]:
    """The pieces at the characters first..last, where they stand in the whole text."""
    for piece in pieces:
        at = piece.start + shift
        before, after = max(first - at, 0), max(last - at, 0)
        if words := piece.text[before:after]:
            yield Piece(at + before, words, (mark,) if piece.marks else ())


def _anchored_parts(parts: Sequence[Part]) -> list[Part]:
    """The parts, where the first words that are sought have the anchor to which links lead."""
    anchored_parts, waiting = [], True
    for part in parts:
        first = next((number for number, piece in enumerate(part.pieces) if piece.sought), None)
        if waiting and first is not None:
            anchored = replace(part.pieces[first], anchor=ANCHOR)
            part = replace(part, pieces=(*part.pieces[:first], anchored, *part.pieces[first + 1 :]))
            waiting = False
        anchored_parts.append(part)
    return anchored_parts


def _part(text: str, block: Block, rows: Iterable[Row], cut: Iterator[Piece]) -> Part:
    """A block with the quotations that it is; a paragraph is set as quoted where it is all of one."""
    quoted = () if block.code else tuple(row for row in rows if block.depth or _covers(text, block, row))
    inside = tuple(_pieces_inside(block, cut))
    if not block.code and is_wrapped("".join(piece.text for piece in inside).split("\n")):
        inside = tuple(replace(piece, text=piece.text.replace("\n", " ")) for piece in inside)
    return Part(block.depth or min(len(quoted), 1), block.code, inside, quoted)


def is_wrapped(lines: Sequence[str]) -> bool:
    """True if the lines of a paragraph end where a program broke them, as in mail, and so are to be set anew.

    Each but the last is so long that the first word of the next would not have fitted.

    >>> is_wrapped(["It is a complete redesign of everything that we had before this, starting", "from scratch."])
    True
    >>> is_wrapped(["Roses are red,", "violets are blue."])
    False
    """
    before = [line.rstrip() for line in lines[:-1]]
    width = max(map(len, before), default=0)
    if not NARROWEST <= width <= WIDEST or any(map(ITEM.match, lines)):
        return False
    if len(before) == 1 and not lines[1][:1].islower():
        return False
    return all(len(line) + 1 + len(_first_word(below)) > width for line, below in zip(before, lines[1:], strict=True))


def _first_word(line: str) -> str:
    return next(iter(line.split(maxsplit=1)), "")


def _lines(text: str) -> Iterator[tuple[tuple[int, bool] | None, Run]]:
    """Depth and whether it is code of each line, None of a blank one and a fence, and the characters it shows."""
    start, fenced = 0, False
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if FENCE.match(text, start, end):
            fenced = not fenced
            yield None, (start, end)
        elif fenced:
            yield (0, True), (start, end)
        elif mark := QUOTED.match(text, start, end):
            depth = mark[0].count(">") + mark[0].count("&gt;")
            yield (min(depth, DEEPEST_QUOTE), False), (mark.end(), end)
        else:
            yield (None if text[start:end].isspace() or start == end else (0, False)), (start, end)
        start = end + 1


def _runs(lines: Sequence[Run]) -> tuple[Run, ...]:
    """The lines with the line ends between them, in as few runs as they stand in."""
    runs: list[Run] = []
    for number, (start, end) in enumerate(lines):
        run_end = end + 1 if number + 1 < len(lines) else end
        if runs and runs[-1][1] == start:
            runs[-1] = (runs[-1][0], run_end)
        else:
            runs.append((start, run_end))
    return tuple(runs)


def _quotations_by_block(text_blocks: Sequence[Block], quotations: Iterable[Row]) -> Iterator[list[Row]]:
    """The quotations that share characters with each block."""
    waiting = sorted(((_span(row), row) for row in quotations), key=lambda pair: pair[0])
    first = 0
    for block in text_blocks:
        while first < len(waiting) and waiting[first][0][1] <= block.start:
            first += 1
        inside, at = [], first
        while at < len(waiting) and waiting[at][0][0] < block.end:
            if waiting[at][0][1] > block.start:
                inside.append(waiting[at][1])
            at += 1
        yield inside


def _covers(text: str, block: Block, row: Row) -> bool:
    """True if a quotation is all of a paragraph, but for marks of quotation around it."""
    start, end = _span(row)
    if start > block.start + MOST_AROUND or end < block.end - MOST_AROUND:
        return False
    return not (text[block.start : start] + text[end : block.end]).strip(QUOTE_MARKS)


def _span(row: Row) -> Run:
    return int(row["start"] or 0), int(row["end"] or 0)


def _pieces_inside(block: Block, cut: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces of a block, out of those that are left of its text; no piece lies across the border of a run."""
    for start, end in block.runs:
        while start < end:
            piece = next(cut)
            if piece.start >= start:
                yield piece
                start = piece.start + len(piece.text)

"""Numbers and letters by which a reply names what it is about: "Re 2:", "On B,", "Q4:", or a list like that above."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rejoinder.loaders.extract.text.blocks import ANALYSED, Block, Shape
from rejoinder.loaders.extract.text.labels import HEAD, IGNORED, LABEL, ORDINAL, ORDINALS, PART, may_name_part
from rejoinder.loaders.extract.text.reading import Reading, Sentence

PARTS = tuple(PART.split("|"))
ITEM = re.compile(r"\(?(\d{1,2}|[A-Ha-h](?=\)))[.)][ \t]+")
OPENING = re.compile(rf"({ORDINAL})(?:ly| of all)?\b", IGNORED)
# What names a number within a sentence: "your second point", "point 3", "item B", "#2 is", "on (2)".
WITHIN = re.compile(
    rf"\byour ({ORDINAL}) (?:{PART})\b|\b(?<!this )(?<!that )(?:{PART})s? #?\(?(\d{{1,2}})\b"
    r"|(?<!\S)#(\d{1,2})(?= (?:is|was|isn't|are|does|doesn't|seems|assumes|ignores)\b|[,;.)]|\s*\Z)"
    r"|\b(?:on|to|about|with|for) (?:#(\d{1,2})|\((\d{1,2}|[a-h])\))(?!\w)"
    rf"|\b(?:{PART})s? (?:(?-i:([A-H])\b)|\(([a-h])\))",
    IGNORED,
)


class Mark(NamedTuple):
    """From `start` to the next mark a comment is about a number, or states what bears it; None: about none.

    It is plain where the words say so, and not only a list says it.
    """

    start: int
    number: str | None
    plain: bool = True


class Numbers(NamedTuple):
    """The numbers that a reply names, and those that the comment above it bears, each in order.

    `nameable` are those it can name plainly, `listed` those that a list of its own can be about.
    """

    named_marks: Sequence[Mark]
    parent_marks: Sequence[Mark]
    nameable: frozenset[str]
    listed: frozenset[str]

    def number_at(self, start: int) -> str | None:
        """The number that the passage of the reply at `start` is about, if the comment above has it."""
        mark = mark_at(self.named_marks, start)
        if mark is None or mark.number is None:
            return None
        return mark.number if mark.number in (self.nameable if mark.plain else self.listed) else None

    def passage_bears(self, start: int, number: str) -> bool:
        """True if the passage at `start` of the comment above bears the number."""
        mark = mark_at(self.parent_marks, start)
        return mark is not None and mark.number == number


def numbers_named(reply: Reading, above: Reading) -> Numbers | None:
    """What the reply names by number in the comment above; None where it names nothing, or nothing bears a number.

    A list of its own is about the one above if it has no other number. Bullets are named by plain words alone.
    """
    if not may_name_part(reply.comment.text[:ANALYSED]):
        return None
    name_marks = tuple(marks_of_names(reply))
    if all(mark.number is None for mark in name_marks):
        return None
    borne = tuple(marks_of_parts(above))
    nameable = frozenset(mark.number for mark in borne if mark.number is not None)
    listed = frozenset(mark.number for mark in borne if mark.number is not None and mark.plain)
    own = {mark.number for mark in name_marks if mark.number is not None and not mark.plain}
    return Numbers(name_marks, borne, nameable, listed if own <= listed else frozenset()) if nameable else None


def mark_at(marks: Sequence[Mark], offset: int) -> Mark | None:
    """The last mark at or before the offset."""
    place = bisect_right(marks, offset, key=lambda mark: mark.start)
    return marks[place - 1] if place else None


def marks_of_parts(reading: Reading) -> Iterator[Mark]:
    """The numbers of a comment's own parts: of list items and bullets, of labels ("Q2:", "B."), of "First, ..."."""
    bullets = 0
    sentences = sentences_by_block_of(reading)
    for number, block in enumerate(reading.blocks):
        bullets = bullets + 1 if block.shape == Shape.ITEM else 0
        item, label = item_of(reading, block), LABEL.match(reading.comment.text, block.start, block.end)
        if block.shape == Shape.ITEM:
            yield Mark(block.start, item or str(bullets), item is not None)
        else:
            yield Mark(block.start, number_in(label) if label else None)
        for sentence in sentences.get(number, ()):
            if opening := OPENING.match(sentence.exact):
                yield Mark(sentence.start, ORDINALS[opening[1].casefold()])


def marks_of_names(reading: Reading) -> Iterator[Mark]:
    """The numbers that a comment names, each for the rest of its block; a number alone on its line goes on below it."""
    under_head = False
    sentences = sentences_by_block_of(reading)
    for number, block in enumerate(reading.blocks):
        text, item = reading.comment.text, item_of(reading, block)
        head = HEAD.match(text, block.start, block.end) or LABEL.match(text, block.start, block.end)
        if block.shape in (Shape.QUOTE, Shape.CODE) or head or item or not under_head:
            label = number_in(head) if head and block.shape != Shape.QUOTE else item
            yield Mark(block.start, label, head is not None)
            under_head = head is not None and head.end() == block.end
        for sentence in sentences.get(number, ()):
            if names_part(sentence.exact) and (within := WITHIN.search(sentence.exact)):
                ordinal = number_in(within)
                yield Mark(sentence.start, ORDINALS.get(ordinal, ordinal))


def names_part(text: str) -> bool:
    """False for a sentence in which nothing is named by a number: to search it takes twenty times as long.

    >>> names_part("On your second point, no."), names_part("See (2)."), names_part("It costs 2 euros.")
    (True, True, False)
    """
    if not may_name_part(text):
        return False
    low = text.lower()
    return "(" in text or "#" in text or any(part in low for part in PARTS) or not text.isascii()


def number_in(match: re.Match[str]) -> str:
    """The number that was found, in whichever of its places."""
    return next(group for group in match.groups() if group is not None).casefold()


def item_of(reading: Reading, block: Block) -> str | None:
    """The number of a list item, None where the block is none, or a bullet stands before it."""
    if block.shape != Shape.ITEM:
        return None
    text = reading.comment.text
    match = ITEM.match(text[text.rfind("\n", 0, block.start) + 1 : block.start].lstrip())
    return match[1].casefold() if match else None


def sentences_by_block_of(reading: Reading) -> dict[int, list[Sentence]]:
    """The sentences under the number of their block."""
    sentences_by_block: dict[int, list[Sentence]] = {}
    for sentence in reading.sentences:
        sentences_by_block.setdefault(sentence.block, []).append(sentence)
    return sentences_by_block

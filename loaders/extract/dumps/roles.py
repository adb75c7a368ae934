"""What a paragraph of a dump is by its looks alone: an aside, the head of a list, marked as quoted, or cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rejoinder.loaders.extract.dumps import openers
from rejoinder.loaders.extract.dumps.signs import Role, breaks_off, introduces
from rejoinder.loaders.extract.points import asides
from rejoinder.loaders.extract.text.blocks import Shape
from rejoinder.loaders.extract.text.reading import Reading, Sentence

ONLY_QUOTATION_MARKS = re.compile(r"[\"“”″‟'`´\s]{1,12}")
MOST_CITED = 12  # paragraphs between two lines of quotation marks
TITLE_WORDS = 14
BYLINE = re.compile(r"(?:[^\W\d_][\w'’.-]*\s+){1,3}[^\W\d_][\w'’.-]*")
OWN_BYLINE = re.compile(r"I (?:work|study|teach|volunteer) (?:at|for|with|in)\b|I am (?:a|an|the) \w+ (?:at|with)\b")
BYLINE_WORDS = 14
INTRODUCING_WORDS = 20


def cited_paragraphs(readings: Sequence[Reading]) -> set[int]:
    """The paragraphs between two that hold nothing but quotation marks, and those two."""
    numbers: set[int] = set()
    opened: int | None = None
    for number, reading in enumerate(readings):
        if ONLY_QUOTATION_MARKS.fullmatch(reading.comment.text) is None:
            continue
        if opened is not None and number - opened <= MOST_CITED:
            numbers.update(range(opened, number + 1))
            opened = None
        else:
            opened = number
    return numbers


def role_by_looks(reading: Reading) -> Role | None:
    """Quoted, aside or head by the paragraph's own looks, None if it must be weighed."""
    text = reading.comment.text.strip()
    if any(block.shape == Shape.QUOTE for block in reading.blocks):
        return Role.QUOTE
    if not reading.sentences or ONLY_QUOTATION_MARKS.fullmatch(text):
        return Role.ASIDE
    if text.endswith(":") and len(reading.words) <= asides.HEADING_WORDS:
        return Role.HEAD
    if introduces(reading) and len(reading.words) <= INTRODUCING_WORDS:
        return Role.HEAD
    if is_title(reading, text) or is_byline(reading, text) or is_note(text):
        return Role.ASIDE
    if all(says_too_little(sentence) for sentence in reading.sentences):
        return Role.ASIDE
    return None


def says_too_little(sentence: Sentence) -> bool:
    """An aside, or too few words to say anything."""
    return asides.is_aside(sentence) or len(sentence.words) <= 2


def is_title(reading: Reading, text: str) -> bool:
    """A line without end mark, too short for a paragraph and no list item, that begins like a title."""
    if reading.blocks[0].shape == Shape.ITEM or len(reading.words) > TITLE_WORDS or text[-1] in '.!?…:;,)"”':
        return False
    if openers.CONFIRMS.match(text) or openers.OPEN_END.search(text) or breaks_off(reading):
        return False
    return text[0].isupper() or text[0].isdigit()


def is_note(text: str) -> bool:
    """A remark in brackets, nothing else, on the text itself."""
    is_bracketed = text.endswith(")") and text.count("(") == text.count(")") and "?" not in text
    return is_bracketed and openers.NOTE.match(text) is not None


def is_byline(reading: Reading, text: str) -> bool:
    """A name by itself, or one short sentence on where the writer works."""
    if len(reading.sentences) == 1 and len(reading.words) <= BYLINE_WORDS and OWN_BYLINE.match(text):
        return True
    return BYLINE.fullmatch(text) is not None and all(word[0].isupper() for word in text.split())

"""Splits a block into sentences, each exactly where it stands in the comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rejoinder.loaders.extract.text.blocks import SPAN

MASKED = re.compile(rf"https?://\S+|www\.\S+|{SPAN}")
MASKING = ("://", "www.", "`")  # without any of these nothing is masked
# A run of end marks is tried only at its beginning, so that a million dots stay linear.
END = re.compile(r"[.!?…](?<![.!?…]{2})[.!?…]*+[\"'”’»)\]*_~]*+(?=\s)")
# Never at the end of a sentence: names and examples follow.
LEADING_WORDS = """
e.g i.e cf vs viz mr mrs ms dr prof mt approx ca incl excl resp esp sen gov rev hon capt lt sgt gen col
"""
LEADING = frozenset(LEADING_WORDS.split())
# At the end of a sentence only where the next word is one that begins sentences; so are "U.S." and "p.m.".
CLOSING_WORDS = """
etc al st jr sr inc ltd co corp dept est ed eds ave blvd ft
"""
CLOSING = frozenset(CLOSING_WORDS.split())
DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
# Abbreviations before numbers and labels, words of their own elsewhere: "fig. 3", but "she ate a fig."
NUMBERED_WORDS = """
no nos p pp fig figs eq eqs ref refs sec secs ch chap chaps vol vols art par para ver v min max
"""
NUMBERED = frozenset(NUMBERED_WORDS.split())
NUMBER = re.compile(r"[#§(\[]?[A-Z]?\d|(?:[ivx]{2,}|[IVXLC]{2,}|[B-HJ-Z])\b|A(?=[.,;:)]|$)")
OPENING_WORDS = """
a all also although an and any as at because but can did do does every everybody everyone few for from had has have
he her here his how however i if in is it its many maybe most my no nobody none not of on one only or our perhaps
please she since so some still that the their then there these they this those though thus to was we were what when
where which while who why will with without would yes yet you your
"""
OPENING = frozenset(OPENING_WORDS.split())
FIRST_WORD = re.compile(r"[\"'“‘(\[*_]*+([^\W_]+)")
MONTHS = frozenset(["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"])
LABEL = re.compile(r"\W?[A-Z]{1,2}\d{1,2}")  # "Q2", "W1"
ENDS = ".!?…"
END_MARKS = f'{ENDS})"”'  # what a sentence or a paragraph ends with in writing, not in a chat
LONGEST = 5_000  # characters; what runs longer is cut, so that any sentence can be a claim


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence within text[start:end], without white space around it."""
    masked = text[start:end]
    if any(mark in masked for mark in MASKING):
        masked = MASKED.sub(lambda match: "x" * len(match.group()), masked)
    begin = 0
    for match in END.finditer(masked):
        if ends_sentence(masked, match):
            yield from cut_pieces(text, start + begin, start + match.end())
            begin = match.end()
    yield from cut_pieces(text, start + begin, end)


def ends_sentence(masked: str, match: re.Match[str]) -> bool:
    """False for the dot of an abbreviation or an initial, and where the text goes on in lower case."""
    after = masked[match.end() : match.end() + 16].lstrip()
    if match.group() == ".":
        word = masked[max(0, match.start() - 12) : match.start()].rsplit(None, 1)[-1:]
        if word and (is_label(word[0], after, masked[: match.start()]) or abbreviates(word[0], after)):
            return False
    if not after or not after[0].islower():
        return True
    return match.group()[-1] in ENDS and (match.group() == "." or bool({"?", "!"} & {*match.group()}))


def abbreviates(word: str, after: str) -> bool:
    """True if the dot after a word belongs to it: an initial, or an abbreviation with what may stand after it.

    >>> abbreviates("etc", "and so"), abbreviates("etc", "The rye"), abbreviates("no", "5"), abbreviates("no", "Then")
    (True, False, True, False)
    """
    bare = word.lstrip("(\"'“‘[").casefold()
    if bare in NUMBERED and NUMBER.match(after):
        return True
    if bare in LEADING or (len(bare) == 1 and bare.isalpha() and bare != "i"):
        return True
    return (bare in CLOSING or DOTTED.fullmatch(bare) is not None) and after != "" and not begins_sentence(after)


def begins_sentence(after: str) -> bool:
    """True if the text begins with a capital and a word that often begins sentences."""
    first = FIRST_WORD.match(after)
    return first is not None and first[1][0].isupper() and first[1].casefold() in OPENING


def is_label(word: str, after: str, before: str) -> bool:
    """True for a month's short name before a number, and for a label such as "W1" at the very beginning."""
    if word.lstrip("(") in MONTHS:
        return after[:1].isdigit()
    return LABEL.fullmatch(word) is not None and before.strip() == word


def cut_pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without white space around it, cut where it is too long for one claim."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut + 1 if text[cut].isspace() else cut
    if start < end:
        yield start, end

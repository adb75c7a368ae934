"""Splits a block into sentences, each exactly where it stands in the comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

MASKED = re.compile(r"https?://\S+|www\.\S+|`[^`\n]*`")
# A run of end marks is tried only at its beginning, so that a million dots stay linear.
END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]*_~]*+(?=\s)")
ABBREVIATIONS_WORDS = """
e.g i.e etc cf vs al mr mrs ms dr prof st no fig eq ref sec ch vol approx ca resp jr sr inc ltd dept est
"""
ABBREVIATIONS = frozenset(ABBREVIATIONS_WORDS.split())
MONTHS = frozenset(["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"])
LABEL = re.compile(r"\W?[A-Z]{1,2}\d{1,2}")  # "Q2", "W1"
ENDS = ".!?…"
LONGEST = 5_000  # characters; what runs longer is cut, so that any sentence can be a claim


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence within text[start:end], without white space around it."""
    masked = MASKED.sub(lambda match: "x" * len(match.group()), text[start:end])
    begin = 0
    for match in END.finditer(masked):
        if ends_sentence(masked, match):
            yield from pieces(text, start + begin, start + match.end())
            begin = match.end()
    yield from pieces(text, start + begin, end)


def ends_sentence(masked: str, match: re.Match[str]) -> bool:
    """False for the dot of an abbreviation or an initial, and where the text goes on in lower case."""
    after = masked[match.end() : match.end() + 8].lstrip()
    if match.group() == ".":
        word = masked[max(0, match.start() - 12) : match.start()].rsplit(None, 1)[-1:]
        bare = word[0].lstrip("(\"'“‘[").casefold() if word else ""
        if word and is_label(word[0], after, masked[: match.start()]):
            return False
        if bare in ABBREVIATIONS or (len(bare) == 1 and bare.isalpha() and bare != "i"):
            return False
    if not after or not after[0].islower():
        return True
    return match.group()[-1] in ENDS and (match.group() == "." or bool({"?", "!"} & {*match.group()}))


def is_label(word: str, after: str, before: str) -> bool:
    """True for a month's short name before a number, and for a label such as "W1" at the very beginning."""
    if word.lstrip("(") in MONTHS:
        return after[:1].isdigit()
    return LABEL.fullmatch(word) is not None and before.strip() == word


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
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

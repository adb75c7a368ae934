"""Whom a comment is addressed to where its source does not say it: how that is found, and how sure it is.

Nothing that is found so becomes a reply of the source's own (`sioc:reply_of`): it becomes a move, which says how it was
found and how sure that is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rejoinder.loaders.extract.model.sureness import By, Sure
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.records import Comment, Span

MOST = 10  # people that one comment is addressed to
UNSURE = 0.49  # confidence at most of what is said to somebody who is only guessed
SHOWN = 300  # characters of a quotation that show whom it quotes


class Rule(StrEnum):
    """How it was found whom a comment is addressed to."""

    TOLD = "the source names the person"
    MISPLACED = "says that it stands in the wrong place"
    QUOTES = "quotes"
    SPEAKS_TO = "speaks to"
    TAKES_UP = "takes up"
    ELSEWHERE = "speaks to another than its place says"
    OWN_POST = "stands below a post of its own author"
    TURNS = "two take turns"
    CALLED = "was spoken to"
    POST = "stands below a post that stands out"
    OPENING = "the opening post"
    PERHAPS = "perhaps a comment before"


SURE = {  # measured by benchmarks/addressees.py and, on pages that are flat indeed, by hand: see docs/extraction.md
    Rule.TOLD: 0.95,  # not measured: the person is recorded, which of their comments is meant is not
    Rule.MISPLACED: 0.9,  # not measured, nor is the next but three: few comments do so
    Rule.QUOTES: 0.9,
    Rule.SPEAKS_TO: 0.9,
    Rule.TAKES_UP: 0.6,
    Rule.ELSEWHERE: 0.8,
    Rule.OWN_POST: 0.7,
    Rule.TURNS: 0.7,
    Rule.CALLED: 0.7,
    Rule.POST: 0.9,  # not measured
    Rule.OPENING: 0.6,
    Rule.PERHAPS: 0.3,
}
BELOW_POST = "the opening post, below which comments without a parent stand"
GUESSES = {  # each with the cue of its moves
    Rule.OWN_POST: "who spoke last, below a post of its own author",
    Rule.TURNS: "two people taking turns",
    Rule.CALLED: "who spoke to its author last",
    Rule.OPENING: "the opening post, as nothing points elsewhere",
    Rule.PERHAPS: "perhaps a comment before",
}


@dataclass(frozen=True, slots=True)
class Addressee:
    """The comment that another is addressed to from character `start` on, how it was found, the words that show it."""

    comment: str
    rule: Rule
    cue: str
    words: Span
    start: int = 0

    @property
    def aimed(self) -> bool:
        """True if what is said is aimed at it; else it is no more than possible that it is."""
        return self.rule != Rule.PERHAPS

    def of(self, sure: Sure) -> Sure:
        """What is left of the confidence of a move; less than a half where the addressee is only guessed."""
        left = sure.times(By.ADDRESSEE, SURE[self.rule])
        return left.at_most(By.GUESSED, UNSURE) if self.rule in GUESSES else left


def distinct(found: Iterable[Addressee]) -> tuple[Addressee, ...]:
    """Without those that only go on to the same comment."""
    kept: list[Addressee] = []
    for one in found:
        if not kept or kept[-1].comment != one.comment:
            kept.append(one)
    return tuple(kept[:MOST])


def words_at(comment: Comment, start: int, end: int) -> Span:
    """The characters start..end of a comment, or the first of them."""
    end = min(end, start + SHOWN)
    return Span(comment.id, start, end, comment.text[start:end])


def beginning(reading: Reading) -> Span:
    """The first sentence of a comment, or else its first block."""
    if reading.sentences:
        return reading.sentences[0].span
    return words_at(reading.comment, reading.blocks[0].start, reading.blocks[0].end)

"""Whom a comment is addressed to where its source does not say it: how that is found, and how sure it is.

Nothing that is found so becomes a reply of the source's own (`sioc:reply_of`): it becomes a move, which says how it was
found and how sure that is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rejoinder.loaders.extract.model.linear import Weighing
from rejoinder.loaders.extract.model.sureness import StepKind, Sureness
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.records import Comment, Span

MOST_ADDRESSEES = 10  # people that one comment is addressed to
SHOWN_CHARACTERS = 300  # characters of a quotation that show whom it quotes


class Rule(StrEnum):
    """How it was found whom a comment is addressed to."""

    TOLD = "the source names the person"
    MISPLACED = "says that it stands in the wrong place"
    QUOTES = "quotes"
    SPEAKS_TO = "speaks to"
    TAKES_UP = "takes up"
    ELSEWHERE = "speaks to another than its place says"
    POST = "stands below a post that stands out"
    LIKELIEST = "is the likeliest, by place and words"
    PERHAPS = "perhaps a comment before"


# Measured by benchmarks/addressees.py and, on pages that are flat indeed, by hand: see docs/extraction.md.
RULE_SURE = {
    Rule.TOLD: 0.95,  # not measured: the person is recorded, which of their comments is meant is not
    Rule.MISPLACED: 0.9,  # not measured, nor is the next but three: few comments do so
    Rule.QUOTES: 0.9,
    Rule.SPEAKS_TO: 0.9,
    Rule.TAKES_UP: 0.6,
    Rule.ELSEWHERE: 0.8,
    Rule.POST: 0.9,  # not measured
}


@dataclass(frozen=True, slots=True)
class AddresseeOdds:
    """How likely a comment is the one that is answered, 0..1, and how likely its nearest rival is.

    `weighing` is what speaks for the one more, or less, than for the rival, if there is any.
    """

    probability: float
    rival_probability: float
    weighing: Weighing


@dataclass(frozen=True, slots=True)
class Addressee:
    """The comment that another is addressed to from character `start` on, how it was found, the words that show it."""

    comment: str
    rule: Rule
    cue: str
    words: Span
    start: int = 0
    odds: AddresseeOdds | None = None  # what a model says of it, where no rule found it

    @property
    def is_aimed_at(self) -> bool:
        """True if what is said is aimed at it; else it is no more than possible that it is."""
        return self.rule != Rule.PERHAPS

    def remaining_sureness(self, sure: Sureness) -> Sureness:
        """What is left of the confidence of a move.

        Where a model found the addressee it is as sure as that the words do this to anybody; less where it is rather
        not them.
        """
        return sure.times(
            StepKind.ADDRESSEE, RULE_SURE[self.rule] if self.odds is None else min(1.0, 2 * self.odds.probability)
        )


def without_repetitions(addressees: Iterable[Addressee]) -> tuple[Addressee, ...]:
    """Without those that only go on to the same comment."""
    distinct: list[Addressee] = []
    for addressee in addressees:
        if not distinct or distinct[-1].comment != addressee.comment:
            distinct.append(addressee)
    return tuple(distinct[:MOST_ADDRESSEES])


def shown_words(comment: Comment, start: int, end: int) -> Span:
    """The characters start..end of a comment, or the first of them."""
    end = min(end, start + SHOWN_CHARACTERS)
    return Span(comment.id, start, end, comment.text[start:end])


def opening_words(reading: Reading) -> Span:
    """The first sentence of a comment, or else its first block."""
    if reading.sentences:
        return reading.sentences[0].span
    return shown_words(reading.comment, reading.blocks[0].start, reading.blocks[0].end)

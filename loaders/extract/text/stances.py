"""Bare stances at the head of a comment, as people vote: "Support", "Strong oppose – it floods", "Neutral"."""

from __future__ import annotations

import re
from functools import cache

from rejoinder.loaders.extract.text.cues import Cue
from rejoinder.loaders.extract.text.words import words

# What follows a vote: nothing, a mark, or whose reasons it takes over ("per nom", "as proposer").
ENDS = r"(?:[\W_]*$|[\W_]*?(?:[–—:.,;!(]|\s-+\s)|[\W_]*\s(?:per|as)\s)"
NEITHER = re.compile(rf"[\W_]*(?:neutral|abstain(?:ing)?|comment){ENDS}", re.IGNORECASE)


def vote_cues(cues: tuple[Cue, ...], text: str, *, head: bool) -> tuple[Cue, ...]:
    """The cues of a sentence, without votes where it holds none; `head` tells that it begins a comment."""
    if not any(cue.vote for cue in cues):
        return cues
    return tuple(cue for cue in cues if not cue.vote or (head and vote_pattern(cue.phrase).match(text)))


@cache
def vote_pattern(phrase: str) -> re.Pattern[str]:
    """Matches a text that begins with the phrase as a vote."""
    return re.compile(r"[\W_]*" + r"\W+".join(map(re.escape, words(phrase))) + ENDS, re.IGNORECASE)


def takes_no_side(text: str) -> bool:
    """True for a sentence labelled as no vote: "Neutral", "Comment: ...", "Abstain".

    >>> takes_no_side("**Comment**: see the minutes."), takes_no_side("Neutral paint fades.")
    (True, False)
    """
    return NEITHER.match(text) is not None

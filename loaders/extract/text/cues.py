"""The cue table: phrases that hint at what a sentence does, each with a confidence and an example that is tested.

`cues/` has a file for each act. All examples are written for this table. A cue never decides alone: `points/acts.py`
and `moves/` say what acts mean, `points/leaning.py` and `moves/replies.py` how they are weighed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypeAlias

from rejoinder.loaders.extract.text.lexicon import NEGATIONS
from rejoinder.loaders.extract.text.words import words

REVERSIBLE = frozenset({"agree", "concede", "withdraw", "thanks", "done"})
REACH = 3  # words before a phrase within which a negation reverses it
DENYING = frozenset({"disagree", "wrong"})
OPEN = frozenset({"whether", "if"})  # "whether the count is right" agrees with nobody
WHETHER = 6  # words before a phrase of agreement within which one of these leaves it open
NEAR = 2  # words before a phrase of denial within which a negation takes it back: "you're not wrong"
DENIALS = NEGATIONS - {"no", "nor", "neither", "without"}  # "No, wrong." denies all the more
FILLER_WORDS = """
well ok okay oh ah hmm hm lol haha yeah yes yep and so but then just thanks thank you thx ty please pls sorry folks
friend mate op though really edit update eta
"""
FILLERS = frozenset(FILLER_WORDS.split())
OPENING_WORDS = """
well and but so hmm hm ok okay oh then ah edit update eta ugh oof argh gah heh ha haha wow yikes damn eh uh um er
"""
OPENING = frozenset(OPENING_WORDS.split())


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase, the act it hints at, how sure that is (0 to 1), an example; the rest says where alone it counts.

    With `opens` it counts only at the beginning of a sentence; with `alone` only if nothing but fillers ("well", "lol",
    "thanks") stands beside it in its sentence; a `vote` only at the head of a comment, marked off from what follows
    (see `stances.py`). Right after the words `never_after` it means something else: "oh no", "it went wrong".
    """

    phrase: str
    act: str
    confidence: float
    example: str
    opens: bool = False
    alone: bool = False
    vote: bool = False
    never_after: Sequence[str] = ()

    def counts(self, tokens: tuple[str, ...], place: int, size: int) -> bool:
        """True if the phrase, of so many words, counts where it stands."""
        if (self.opens and place > opening_reach(tokens)) or (place and tokens[place - 1] in self.never_after):
            return False
        return not self.alone or FILLERS.issuperset(tokens[:place] + tokens[place + size :])


Listed: TypeAlias = tuple[tuple[tuple[str, ...], Cue], ...]


@cache
def cue_table() -> tuple[Cue, ...]:
    """All cues, act by act, as the files of `cues/` list them."""
    files = sorted(resources.files(__package__).joinpath("cues").iterdir(), key=lambda file: file.name)
    return tuple(
        Cue(act=file.name.removesuffix(".toml"), **row | {"never_after": tuple(row.get("never_after", ()))})
        for file in files
        for row in tomllib.loads(file.read_text(encoding="utf-8"))["cue"]
    )


@cache
def cues_by_first_words() -> Mapping[str, Mapping[str, Listed]]:
    """The cues under the first two words of their phrase, longest first, so that a sentence is looked up word by word.

    Those of one word stand under each second word, and under "" alone.
    """
    index: dict[str, dict[str, list[tuple[tuple[str, ...], Cue]]]] = {}
    for cue in cue_table():
        first, *rest = phrase = words(cue.phrase)
        index.setdefault(first, {"": []}).setdefault(rest[0] if rest else "", []).append((phrase, cue))
    return {
        first: {second: longest_first([*many, *(under[""] if second else ())]) for second, many in under.items()}
        for first, under in index.items()
    }


def longest_first(many: Sequence[tuple[tuple[str, ...], Cue]]) -> Listed:
    """Phrases with their cues, the longest first."""
    return tuple(sorted(many, key=lambda entry: -len(entry[0])))


def cues_in(tokens: tuple[str, ...]) -> tuple[Cue, ...]:
    """The cues in these words in order; a negated agreement, concession, thanks or denial does not count.

    Nor does a "no" that belongs to a longer phrase, such as "no worries", or a denial within one that grants something,
    such as "I was wrong".
    """
    index, cues, granted = cues_by_first_words(), list[Cue](), 0
    for place, word in enumerate(tokens):
        if word not in index:
            continue
        under, before = index[word], len(cues)
        for phrase, cue in under.get(tokens[place + 1] if place + 1 < len(tokens) else "") or under[""]:
            if tokens[place : place + len(phrase)] != phrase or not cue.counts(tokens, place, len(phrase)):
                continue
            if cue.act == "no" and len(cues) > before:
                continue
            if is_negated(cue, tokens, place) or (cue.act in DENYING and place < granted):
                continue
            cues.append(cue)
            if cue.act in REVERSIBLE:
                granted = place + len(phrase)
    return tuple(cues)


def is_negated(cue: Cue, tokens: tuple[str, ...], place: int) -> bool:
    """True if a negation before the phrase, which begins at `place`, reverses what it says."""
    if cue.act in REVERSIBLE and not NEGATIONS.isdisjoint(tokens[max(0, place - REACH) : place]):
        return True
    if cue.act == "agree" and not cue.opens and not OPEN.isdisjoint(tokens[max(0, place - WHETHER) : place]):
        return True
    return cue.act in DENYING and not DENIALS.isdisjoint(tokens[max(0, place - NEAR) : place])


def opening_reach(tokens: tuple[str, ...]) -> int:
    """The last place at which a phrase still opens the sentence: after "well", "and", "but" and the like."""
    place = 0
    while place < min(2, len(tokens)) and tokens[place] in OPENING:
        place += 1
    return place

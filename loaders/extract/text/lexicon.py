"""The lexicon: kinds of words that say something about what a passage does, looked up word by word."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import chain

FIRST_PERSON = frozenset(["i", "i'm", "i've", "i'd", "i'll", "me", "my", "mine", "myself"])
SECOND_PERSON = frozenset(["you", "your", "you're", "yours", "you've", "you'd", "you'll", "yourself"])
WE = frozenset(["we", "we've", "we'll", "we're", "our", "ours", "us"])
THIRD = frozenset(["he", "she", "they", "them", "their", "his", "her", "him", "it", "its"])
NEGATIONS_WORDS = """
not don't doesn't didn't isn't aren't wasn't can't cannot couldn't won't wouldn't never hardly no nor neither
shouldn't haven't hasn't without unable
"""
NEGATIONS = frozenset(NEGATIONS_WORDS.split())
CLOSED = {"i": FIRST_PERSON, "you": SECOND_PERSON, "we": WE, "third": THIRD, "not": NEGATIONS}
LONGEST = 16  # letters of the longest beginning that is listed, and more
TURNED = 3  # words after a negation that it turns


@cache
def kinds_of_words() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Kinds by whole word, and kinds by the beginning of a word, as `lexicon.toml` lists them."""
    text = resources.files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8")
    whole: dict[str, list[str]] = {}
    begun: dict[str, list[str]] = {}
    for kind, listed in tomllib.loads(text).items():
        for word in listed.split():
            (begun if word.endswith("*") else whole).setdefault(word.rstrip("*"), []).append(kind)
    return frozen_lexicon(whole), frozen_lexicon(begun)


def frozen_lexicon(kinds_by_word: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """The same with tuples."""
    return {word: tuple(kinds) for word, kinds in kinds_by_word.items()}


@lru_cache(maxsize=100_000)
def kinds_of(word: str) -> tuple[str, ...]:
    """The kinds that a case-folded word belongs to.

    >>> kinds_of("helpful"), kinds_of("failure")
    (('positive',), ('negative',))
    """
    whole, begun = kinds_of_words()
    kinds = set(whole.get(word, ()))
    kinds.update(kind for kind, listed in CLOSED.items() if word in listed)
    for size in range(2, min(len(word), LONGEST) + 1):
        kinds.update(begun.get(word[:size], ()))
    return tuple(sorted(kinds))


def count_kinds(words: Sequence[str]) -> dict[str, int]:
    """How many of the words are of each kind."""
    counts: dict[str, int] = {}
    for kind in chain.from_iterable(map(kinds_of, words)):
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def tone_of(words: Sequence[str]) -> int:
    """Good words less bad ones; a negated one counts the other way."""
    signs = list(map(sign_of, words))
    if None not in signs:
        return sum(filter(None, signs))
    total, turned = 0, 0
    for sign in signs:
        if sign is None:
            turned = TURNED
        elif turned:
            total -= sign
            turned -= 1
        else:
            total += sign
    return total


@lru_cache(maxsize=100_000)
def sign_of(word: str) -> int | None:
    """1 for a good word, -1 for a bad one, 0 for any other; None for a negation."""
    kinds = kinds_of(word)
    return None if "not" in kinds else ("positive" in kinds) - ("negative" in kinds)

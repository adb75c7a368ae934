"""The lexicon: kinds of words that say something about what a passage does, looked up word by word."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources


@cache
def kinds_of_words() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Kinds by whole word, and kinds by the beginning of a word, as `lexicon.toml` lists them."""
    text = resources.files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8")
    whole: dict[str, list[str]] = {}
    begun: dict[str, list[str]] = {}
    for kind, listed in tomllib.loads(text).items():
        for word in listed.split():
            (begun if word.endswith("*") else whole).setdefault(word.rstrip("*"), []).append(kind)
    return freeze(whole), freeze(begun)


def freeze(found: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """The same with tuples."""
    return {word: tuple(kinds) for word, kinds in found.items()}


@lru_cache(maxsize=100_000)
def kinds_of(word: str) -> tuple[str, ...]:
    """The kinds that a case-folded word belongs to.

    >>> kinds_of("helpful"), kinds_of("failure")
    (('positive',), ('negative',))
    """
    whole, begun = kinds_of_words()
    found = set(whole.get(word, ()))
    for size in range(2, len(word) + 1):
        found.update(begun.get(word[:size], ()))
    return tuple(sorted(found))

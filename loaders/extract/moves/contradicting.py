"""Plain contradictions: "It DOES work there" of what is said not to work, "It does *not*" of what is said to."""

from __future__ import annotations

import re
from itertools import pairwise

from rejoinder.loaders.extract.text.lexicon import NEGATIONS
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.text.words import content_stems, stem

AUXILIARY = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must"
DENIAL = rf"not|never|no|cannot|(?:{AUXILIARY}|ca|wo)n['’]t"
STRESSED = r"(?<![\w*_])([*_]{1,3})(?:WORDS)\1(?![\w*_])"  # between marks of emphasis
SHOUTED = re.compile(rf"\b(?:{AUXILIARY})\b".upper())
STRESSED_YES = re.compile(STRESSED.replace("WORDS", AUXILIARY), re.IGNORECASE)
STRESSED_NO = re.compile(STRESSED.replace("WORDS", DENIAL), re.IGNORECASE)
SHOUTED_NO = re.compile(r"\b(?:NOT|NEVER|CANNOT|[A-Z]{2,6}N['’]T)\b")
LOWER = re.compile(r"[a-z]{2}")  # without any, all is shouted and nothing stressed
ELLIPSIS = re.compile(
    rf"\W*(?:(?:but|well|no|oh|actually|in fact)[,\s]+){{0,2}}"
    rf"(?:it|they|he|she|we|you|there|that|this|those|these)\s+(?:actually\s+)?({AUXILIARY})"
    r"(?:\s+(?:so|now|too|already|actually|indeed|though)){0,2}\W*",
    re.IGNORECASE,
)
NONE = NEGATIONS | {"nobody", "nothing", "none", "nowhere"}
GRANTING = frozenset({"agree", "concede", "withdraw"})
GOVERNED = 6  # words after a negation that it may deny
# People who are counted, against "Nobody ...".
SOME = re.compile(
    r"\W*(?:well,?\s+|at least\s+|about\s+)?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|a (?:few|dozen|lot)"
    r"|several|some|many|most|all|both|half|dozens|hundreds|thousands)\s+"
    r"(?:of (?:us|them|my|our)|people|users|colleagues|readers)\b",
    re.IGNORECASE,
)
DOING = ("do", "does", "did")
HALF = {"can": ("can't", "cannot"), "will": ("won't",)}  # auxiliaries whose denial is not theirs and "n't"
TALK = frozenset(
    ["see", "agree", "think", "understand", "wonder", "know", "worry", "hope", "like", "appreciate", "get"]
)


def counts_nobody_else(sentence: Sentence, other: Sentence) -> bool:
    """True if a sentence begins with people where the other says that there are none: "Four of us", "Nobody"."""
    nobody = other.words[:1] in (("nobody",), ("none",)) or other.words[:2] == ("no", "one")
    return nobody and SOME.match(sentence.exact) is not None and NONE.isdisjoint(sentence.words)


def contradicts(sentence: Sentence, other: Sentence) -> bool:
    """True if a sentence says with stress what the other denies, or denies with stress what it says.

    Both must have a telling word in common; after "do" it is the verb. One that only says "It can." answers "It can't".
    """
    if sentence.asks or not GRANTING.isdisjoint(sentence.acts):
        return False
    if counts_nobody_else(sentence, other):
        return True
    gone = () if NONE.isdisjoint(other.words) else denied_words(other.words)
    if not NONE.isdisjoint(sentence.words):
        return not gone and has_stressed_word(sentence, STRESSED_NO, SHOUTED_NO) and bool(sentence.stems & other.stems)
    if not gone:
        return False
    if (match := ELLIPSIS.fullmatch(sentence.exact)) is not None:
        return denies_auxiliary(match[1].casefold(), other.words)
    return insists_on_verb(sentence.words, gone) or (
        bool(sentence.stems & content_stems(gone)) and has_stressed_word(sentence, STRESSED_YES, SHOUTED)
    )


def denied_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that a negation governs: some that follow it."""
    places = [place for place, word in enumerate(words) if word in NONE]
    return tuple(word for place in places for word in words[place + 1 : place + 1 + GOVERNED])


def has_stressed_word(sentence: Sentence, marked: re.Pattern[str], shouted: re.Pattern[str]) -> bool:
    """True if it has such a word between marks of emphasis, or in capitals among small letters."""
    if ("*" in sentence.exact or "_" in sentence.exact) and marked.search(sentence.exact):
        return True
    return (
        not sentence.exact.islower()
        and shouted.search(sentence.exact) is not None
        and LOWER.search(sentence.exact) is not None
    )


def denies_auxiliary(auxiliary: str, words: tuple[str, ...]) -> bool:
    """True if these words deny the auxiliary: "can't", "does not"."""
    negations = {*HALF.get(auxiliary, ()), f"{auxiliary}n't"}
    return not negations.isdisjoint(words) or (auxiliary, "not") in pairwise(words)


def insists_on_verb(words: tuple[str, ...], gone: tuple[str, ...]) -> bool:
    """True if "do" stands before a verb that was denied: "People do use it" of "Nobody uses it"."""
    stems = {stem(word) for word in gone}
    verbs = (after for word, after in pairwise(words) if word in DOING)
    return any(after not in TALK and stem(after) in stems for after in verbs)

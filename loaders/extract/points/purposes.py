"""What a question is asked for: to object, to learn a fact, or to be answered in whatever way."""

from __future__ import annotations

import re

from rejoinder.loaders.extract.text.cues import opening_reach
from rejoinder.loaders.extract.text.lexicon import NEGATIONS
from rejoinder.loaders.extract.text.reading import Sentence

# A negated question after words that lead to it, "One thing: don't you think that ...?"; but no tag as "isn't it?".
DISBELIEVING = re.compile(
    r"[,:;–—]\s*(?:then\s+|so\s+|but\s+)?"
    r"(?:is|are|was|were|do|does|did|would|could|should|has|have|wo|ca)n['’]t\s+\w+\s+\w[^?]{3,300}\?",
    re.IGNORECASE,
)
FACTS = frozenset(["who", "when", "where", "which", "whose"])
CHALLENGING = frozenset(["who", "whose", "how"])
SUPPOSING = frozenset(["would", "will", "should", "shall"])
AUXILIARIES = frozenset(["has", "have", "does", "do", "did", "is", "was", "can", "could"])
ANYBODY = frozenset(["anyone", "anybody", "somebody", "someone"])
KNOWN = frozenset([("do", "we", "know"), ("is", "it", "known"), ("is", "there", "a"), ("is", "there", "an")])
MEASURES_WORDS = """
many much long wide deep far old often big large high tall late early fast
"""
MEASURES = frozenset(MEASURES_WORDS.split())
ASIDE = re.compile(r"\b(?:btw|by the way|out of curiosity|out of interest)\b", re.IGNORECASE)
# What follows "what" where it asks after no thing: "what makes ...", "what about ...", "what more ...".
NO_THINGS_WORDS = """
is are was were be am isn't do does did don't doesn't didn't will would won't wouldn't should could can can't might has
have had a an the about if makes made make keeps stops gives good use more else kind sort exactly on then happens
happened reason right evidence proof basis difference point part
"""
NO_THINGS = frozenset(NO_THINGS_WORDS.split())
MEANT = 0.75  # confidence of words that say that a question is meant as one
FEW_WORDS = 3  # below which a question shows nothing


def is_question(sentence: Sentence) -> bool:
    """A question that wants an answer."""
    return sentence.asks and not is_rhetorical(sentence)


def is_rhetorical(sentence: Sentence) -> bool:
    """A question that objects: negated, disbelieving, or one that says that something is wrong."""
    if not sentence.asks:
        return False
    if {"rhetorical", "wrong", "disagree", "no"} & sentence.acts:
        return True
    doubts = bool(NEGATIONS & {*sentence.words[:3]}) or DISBELIEVING.search(sentence.exact) is not None
    return doubts and "ask" not in sentence.acts


def means_to_ask(sentence: Sentence) -> bool:
    """True if it says that a question is meant as one: "Genuinely asking."."""
    cue = sentence.cue("ask")
    return cue is not None and cue.confidence >= MEANT


def wants_facts(sentence: Sentence) -> bool:
    """True for a question after a plain fact, without a negation: who, when, which, what disks, how many, has anyone.

    So is any that is asked by the way ("..., btw?").
    """
    words = sentence.words[opening_reach(sentence.words) :]
    if not sentence.asks or len(words) < FEW_WORDS or "not" in sentence.kinds:
        return False
    if words[0] in FACTS and words[0] != "who" and "mean" in words:
        return True
    if (words[0] in AUXILIARIES and words[1] in ANYBODY) or words[:3] in KNOWN:
        return True
    if ASIDE.search(sentence.exact):
        return True
    measures, things = words[0] == "how" and words[1] in MEASURES, words[0] == "what" and words[1] not in NO_THINGS
    return "you" not in sentence.kinds and (words[0] in FACTS or measures or things)


def challenges_nobody(sentence: Sentence) -> bool:
    """True for a question after a fact, but not after who or how many, or what would be: "Where would they park?"."""
    return sentence.words[opening_reach(sentence.words) :][0] not in CHALLENGING and SUPPOSING.isdisjoint(
        sentence.words
    )

"""What a sentence does: whether it claims, tells of its writer, speaks to the other side, greets, restates."""

from __future__ import annotations

import re
from itertools import pairwise

from rejoinder.loaders.extract.points.asides import FEW_WORDS, SHORT, THANKS_WORDS, TURNED, VERB, is_aside
from rejoinder.loaders.extract.points.purposes import is_question
from rejoinder.loaders.extract.text.lexicon import FIRST_PERSON, NEGATIONS, SECOND_PERSON
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.text.words import words

NO_CLAIM_START = re.compile(
    r"[,;:)\]/|=#^]|~(?!\d)|https?://|<!--|[*_]{0,2}(?:EDIT|PS|P\.S|TL;?DR|Edit|edit:|Source|Sources|See)\b|\*+ "
)
QUOTE_MARKS = "\"“”‘’«»'"
DANGLING_WORDS = """
that but and because if is the a an of to or with for as so
"""
DANGLING = frozenset(DANGLING_WORDS.split())
JUDGING = frozenset({"obliging", "hedging", "arguing", "negative", "positive", "would"})
OPINION = frozenset(["think", "believe", "feel", "view", "opinion", "propose", "vote", "argue", "say", "claim"])
OPINING = frozenset([("i", "think"), ("i", "believe"), ("we", "should"), ("i", "feel"), ("i'd", "argue")])
WISHES = ("I'd like to", "I would like to", "I'd like us", "I want to", "I want us", "We want to", "We'd like to")
WANTING = tuple(map(words, WISHES))
WANT = frozenset(["like", "want"])
WANTED = 25  # words at the beginning of a sentence in which it says what its writer wants
GREETINGS = frozenset(["hi", "hello", "hey", "dear", "greetings", "morning", "evening"])
SIDES = frozenset({"agree", "concede", "disagree", "wrong", "no"})
SENTENCE_WORDS = 5  # a capital, a full stop and so many words are a sentence, even if its verb is not a common one


def restates(sentence: Sentence) -> bool:
    """True if it only repeats what the other side said: "You say the weir is old." """
    return "restate" in sentence.acts and not sentence.asks and TURNED.isdisjoint(sentence.acts)


def tells_of_self(sentence: Sentence) -> bool:
    """True for a sentence in which its writer speaks of themselves and judges and wants nothing: who they are."""
    if "i" not in sentence.kinds or not OPINION.isdisjoint(sentence.words):
        return False
    return JUDGING.isdisjoint(sentence.kinds) and "propose" not in sentence.acts and not says_wish(sentence)


def says_wish(sentence: Sentence) -> bool:
    """True if its writer says what they want: "I'd like to drop the meeting", "Hi all, we want to close the lane"."""
    tokens = sentence.words[:WANTED]
    if WANT.isdisjoint(tokens):
        return False
    return any(tokens[at : at + len(phrase)] == phrase for phrase in WANTING for at in range(len(tokens)))


def greets(sentence: Sentence) -> bool:
    """True for a sentence that begins with a greeting, and neither judges nor wants anything."""
    return (
        bool(sentence.words)
        and sentence.words[0] in GREETINGS
        and JUDGING.isdisjoint(sentence.kinds)
        and not says_wish(sentence)
    )


def has_opinion(sentence: Sentence) -> bool:
    """True if its writer says what they think, after words about the talk: "Let me be blunt: I think it failed"."""
    return any(pair in OPINING for pair in pairwise(sentence.words))


def is_claim(sentence: Sentence) -> bool:
    """True unless it is a fragment, talk about the talk, a question, a quotation or an aside."""
    if (
        len(sentence.words) < 2
        or is_aside(sentence)
        or is_question(sentence)
        or restates(sentence)
        or NO_CLAIM_START.match(sentence.exact)
    ):
        return False
    return not (breaks_off(sentence) or is_quoted(sentence) or speaks_of_the_talk(sentence)) and is_whole_sentence(
        sentence
    )


def breaks_off(sentence: Sentence) -> bool:
    """True if it ends in a word that wants another after it, and in no end mark."""
    return sentence.words[-1] in DANGLING and sentence.exact[-1].isalpha()


def is_quoted(sentence: Sentence) -> bool:
    """True if it stands in quotation marks as a whole."""
    return sentence.exact[0] in QUOTE_MARKS and sentence.exact[-1] in QUOTE_MARKS


def speaks_of_the_talk(sentence: Sentence) -> bool:
    """True for a sentence, not too long, about the conversation itself that neither judges nor gives a reason."""
    talks = "meta" in sentence.acts and {"reason", "wrong"}.isdisjoint(sentence.acts)
    return talks and len(sentence.words) <= THANKS_WORDS and not has_opinion(sentence)


def is_whole_sentence(sentence: Sentence) -> bool:
    """True for a sentence that is long, or looks like one; of a few words one that takes sides or has a verb."""
    if len(sentence.words) <= FEW_WORDS:
        return not SIDES.isdisjoint(sentence.acts) or VERB.search(sentence.exact) is not None
    begins = sentence.exact[0].isupper() or "contrast" in sentence.acts
    marked = len(sentence.words) >= SENTENCE_WORDS and sentence.exact.endswith(".") and begins
    return len(sentence.words) > SHORT or marked or VERB.search(sentence.exact) is not None


def addresses_reader(sentence: Sentence) -> bool:
    """True if it speaks to the other side."""
    return bool(SECOND_PERSON & {*sentence.words})


def is_of_self(sentence: Sentence) -> bool:
    """True if its writer speaks of themselves."""
    return bool(FIRST_PERSON & {*sentence.words})


def negations(tokens: tuple[str, ...]) -> int:
    """How many words negate."""
    return sum(map(NEGATIONS.__contains__, tokens))

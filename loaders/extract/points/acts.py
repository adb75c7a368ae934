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


def restates(one: Sentence) -> bool:
    """True if it only repeats what the other side said: "You say the weir is old." """
    return "restate" in one.acts and not one.asks and TURNED.isdisjoint(one.acts)


def tells_of_self(one: Sentence) -> bool:
    """True for a sentence in which its writer speaks of themselves and judges and wants nothing: who they are."""
    if "i" not in one.kinds or not OPINION.isdisjoint(one.said):
        return False
    return JUDGING.isdisjoint(one.kinds) and "propose" not in one.acts and not says_wish(one)


def says_wish(one: Sentence) -> bool:
    """True if its writer says what they want: "I'd like to drop the meeting", "Hi all, we want to close the lane"."""
    said = one.said[:WANTED]
    if WANT.isdisjoint(said):
        return False
    return any(said[at : at + len(each)] == each for each in WANTING for at in range(len(said)))


def greets(one: Sentence) -> bool:
    """True for a sentence that begins with a greeting, and neither judges nor wants anything."""
    return bool(one.said) and one.said[0] in GREETINGS and JUDGING.isdisjoint(one.kinds) and not says_wish(one)


def opines(one: Sentence) -> bool:
    """True if its writer says what they think, after words about the talk: "Let me be blunt: I think it failed"."""
    return any(pair in OPINING for pair in pairwise(one.said))


def is_claim(one: Sentence) -> bool:
    """True unless it is a fragment, talk about the talk, a question, a quotation or an aside."""
    if len(one.said) < 2 or is_aside(one) or is_question(one) or restates(one) or NO_CLAIM_START.match(one.exact):
        return False
    return not (breaks_off(one) or is_quoted(one) or speaks_of_the_talk(one)) and is_whole_sentence(one)


def breaks_off(one: Sentence) -> bool:
    """True if it ends in a word that wants another after it, and in no end mark."""
    return one.said[-1] in DANGLING and one.exact[-1].isalpha()


def is_quoted(one: Sentence) -> bool:
    """True if it stands in quotation marks as a whole."""
    return one.exact[0] in QUOTE_MARKS and one.exact[-1] in QUOTE_MARKS


def speaks_of_the_talk(one: Sentence) -> bool:
    """True for a sentence, not too long, about the conversation itself that neither judges nor gives a reason."""
    talks = "meta" in one.acts and {"reason", "wrong"}.isdisjoint(one.acts)
    return talks and len(one.said) <= THANKS_WORDS and not opines(one)


def is_whole_sentence(one: Sentence) -> bool:
    """True for a sentence that is long, or looks like one; of a few words one that takes sides or has a verb."""
    if len(one.said) <= FEW_WORDS:
        return not SIDES.isdisjoint(one.acts) or VERB.search(one.exact) is not None
    begins = one.exact[0].isupper() or "contrast" in one.acts
    marked = len(one.said) >= SENTENCE_WORDS and one.exact.endswith(".") and begins
    return len(one.said) > SHORT or marked or VERB.search(one.exact) is not None


def addresses_reader(one: Sentence) -> bool:
    """True if it speaks to the other side."""
    return bool(SECOND_PERSON & {*one.said})


def is_of_self(one: Sentence) -> bool:
    """True if its writer speaks of themselves."""
    return bool(FIRST_PERSON & {*one.said})


def negations(said: tuple[str, ...]) -> int:
    """How many words negate."""
    return sum(map(NEGATIONS.__contains__, said))

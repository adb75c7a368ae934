"""What a passage shows of what it does: its words, how it opens, and how it stands to the passage it reacts to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from rejoinder.loaders.extract.acts import FIRST_PERSON, SECOND_PERSON
from rejoinder.loaders.extract.cues import NEGATIONS
from rejoinder.loaders.extract.lexicon import kinds_of
from rejoinder.loaders.extract.reading import Sentence
from rejoinder.loaders.extract.words import overlap

LEAST_BARE = 3  # words
MOST = 2.0  # what a feature counts at most, so that no long passage is decided by its length
WE = frozenset(["we", "we've", "we'll", "we're", "our", "ours", "us"])
THIRD = frozenset(["he", "she", "they", "them", "their", "his", "her", "him", "it", "its"])
POINTING = frozenset(["this", "that", "these", "those", "it", "that's", "it's"])
ASKING = frozenset(["what", "why", "how", "when", "where", "who", "which", "whose"])
INVERTED_WORDS = """
is are was were do does did can could would should will has have isn't aren't wasn't don't doesn't didn't can't
couldn't wouldn't shouldn't won't hasn't haven't am may
"""
INVERTED = frozenset(INVERTED_WORDS.split())
OPENERS: Mapping[str, frozenset[str]] = {
    "yes": frozenset(["yes", "yeah", "yep", "yup", "agreed", "right", "true", "exactly", "absolutely", "indeed", "same"]),
    "no": frozenset(["no", "nope", "nah", "not", "never", "wrong"]),
    "but": frozenset(["but", "however", "except", "still", "yet", "nevertheless", "although", "though"]),
    "and": frozenset(["and", "also", "plus", "besides", "moreover", "furthermore", "another"]),
    "so": frozenset(["so", "then", "therefore", "thus", "hence"]),
    "because": frozenset(["because", "since", "as"]),
    "if": frozenset(["if", "when", "unless", "suppose", "imagine"]),
    "you": frozenset(["you", "your", "you're", "you've", "you'd"]),
    "i": frozenset(["i", "i'm", "i've", "i'd", "i'll", "my"]),
    "we": WE,
    "pointing": POINTING,
    "there": frozenset(["there", "there's", "here", "here's"]),
    "asking": ASKING,
    "inverted": INVERTED,
    "well": frozenset(["well", "hmm", "oh", "actually", "ok", "okay", "sure", "look", "honestly"]),
    "please": frozenset(["please", "could", "can"]),
    "thanks": frozenset(["thanks", "thank", "cheers", "ty"]),
}
OPPOSED_PAIRS = """
more less, more fewer, increase decrease, increases decreases, increase reduce, rise fall, rises falls, good bad,
better worse, best worst, always never, all none, everyone nobody, everybody nobody, everything nothing, cheap expensive,
cheaper dearer, easy hard, easy difficult, easier harder, help harm, helps harms, help hurt, helps hurts, safe dangerous,
safer dangerous, high low, higher lower, large small, larger smaller, bigger smaller, big small, fast slow, faster slower,
strong weak, stronger weaker, right wrong, true false, success failure, succeed fail, succeeds fails, win lose, gain lose,
gains losses, benefit cost, benefits costs, benefits harms, allow ban, allow forbid, allowed banned, keep remove,
keep drop, add remove, start stop, open closed, open close, include exclude, necessary unnecessary, useful useless,
possible impossible, likely unlikely, fair unfair, clear unclear, same different, public private, old new, early late,
before after, rich poor, many few, most few, love hate, agree disagree, support oppose, can't can, cannot can
"""
OPPOSED = frozenset(
    frozenset(pair.split()) for pair in OPPOSED_PAIRS.replace("\n", " ").split(",") if len(pair.split()) == 2
)
OPPOSABLE = frozenset(word for pair in OPPOSED for word in pair)


def of_passage(sentences: Sequence[Sentence]) -> dict[str, float]:
    """What the passage shows by itself; empty for no words."""
    said = [word for one in sentences for word in one.said]
    if not said:
        return {}
    found = counted(said)
    for one in sentences:
        for cue in one.cues:
            add(found, f"cue {cue.act}", cue.confidence if cue.opens else 0.7)
    opens(sentences[0], found)
    shape(sentences, said, found)
    return {name: min(MOST, value) for name, value in found.items()}


def counted(said: Sequence[str]) -> dict[str, float]:
    """How often each kind of word occurs."""
    found: dict[str, float] = {}
    for word in said:
        for kind in kinds_of(word):
            add(found, f"words {kind}")
    for name, words in (("you", SECOND_PERSON), ("i", FIRST_PERSON), ("we", WE), ("third", THIRD), ("not", NEGATIONS)):
        count = sum(word in words for word in said)
        if count:
            found[f"words {name}"] = count
    return found


def opens(first: Sentence, found: dict[str, float]) -> None:
    """How its first sentence begins."""
    start = [word for word in first.said[:3]]
    for name, words in OPENERS.items():
        if start and start[0] in words:
            found[f"opens {name}"] = 1.0
        elif len(start) > 1 and start[1] in words and start[0] in OPENERS["well"] | OPENERS["yes"] | OPENERS["but"]:
            found[f"opens {name}"] = 0.7
    if NEGATIONS & {*first.said[:4]}:
        found["negates early"] = 1.0


def shape(sentences: Sequence[Sentence], said: Sequence[str], found: dict[str, float]) -> None:
    """Questions, exclamations, numbers, quotation marks, how dense the negations are."""
    asking = sum(one.asks for one in sentences)
    if asking:
        found["asks"] = asking / len(sentences)
        if any(one.asks and NEGATIONS & {*one.said} for one in sentences):
            found["asks negated"] = 1.0
    if any(one.exact.endswith("!") for one in sentences):
        found["exclaims"] = 1.0
    if any(character.isdigit() for word in said for character in word):
        found["numbers"] = 1.0
    if any(mark in one.exact for one in sentences for mark in '"“”'):
        found["quotation marks"] = 1.0
    negated = sum(word in NEGATIONS for word in said)
    if negated:
        found["density not"] = min(MOST, 10 * negated / len(said))
    if not ({*said} & (SECOND_PERSON | FIRST_PERSON | WE)):
        found["no person"] = 1.0
    if len(said) <= 6:
        found["few words"] = 1.0
    if is_bare(sentences):
        found["bare"] = 1.0


def is_bare(sentences: Sequence[Sentence]) -> bool:
    """True for one proposition as an analyst of speech writes it: no end mark, and nobody says "I" or "you"."""
    one = sentences[0]
    if len(sentences) > 1 or len(one.said) < LEAST_BARE or not one.exact[-1].isalnum():
        return False
    return not {*one.said} & (FIRST_PERSON | SECOND_PERSON)


def of_pair(
    said: Sequence[str], stems: frozenset[str], others: Sequence[str], other_stems: frozenset[str],
    weight: Mapping[str, float],
) -> dict[str, float]:
    """How the passage stands to what it reacts to: shared words, opposed words, a negation more or less."""
    share = overlap(stems, other_stems, weight)
    found = {"share": min(1.0, 2 * share)} if share else {"nothing shared": 1.0}
    mine, theirs = {*said}, {*others}
    unlike = bool(mine & NEGATIONS) != bool(theirs & NEGATIONS)
    if unlike:
        found["negation differs"] = 1.0
        found["negation differs, shared"] = min(1.0, 2 * share)
    if opposed(mine, theirs):
        found["opposed words"] = 1.0
    repeated = set(pairwise(said)) & set(pairwise(others))
    if repeated:
        found["repeats"] = min(1.0, 3 * len(repeated) / max(1, len(said)))
    found.update(tone(said, others))
    return found


def opposed(mine: set[str], theirs: set[str]) -> bool:
    """True if a word of one is the opposite of a word of the other."""
    return any(
        frozenset((one, other)) in OPPOSED for one in mine & OPPOSABLE - theirs for other in theirs & OPPOSABLE - mine
    )


def tone(said: Iterable[str], others: Iterable[str]) -> dict[str, float]:
    """Whether the two judge alike, good or bad."""
    mine, theirs = judged(said), judged(others)
    if mine * theirs > 0:
        return {"tone alike": 1.0}
    return {"tone differs": 1.0} if mine * theirs < 0 else {}


def judged(said: Iterable[str]) -> int:
    """Good words less bad ones; a negated one counts the other way."""
    total, turned = 0, 0
    for word in said:
        if word in NEGATIONS:
            turned = 3
            continue
        kinds = kinds_of(word)
        sign = ("positive" in kinds) - ("negative" in kinds)
        total += -sign if turned else sign
        turned = max(0, turned - 1)
    return total


def of_other(others: Sequence[Sentence]) -> dict[str, float]:
    """What the passage reacted to shows: whether it asks, requests, doubts or complains."""
    said = {word for one in others for word in one.said}
    found = {f"other {name}": 1.0 for name, words in PERSONS if said & words}
    for kind in {kind for word in said for kind in kinds_of(word)} & OTHER_KINDS:
        found[f"other {kind}"] = 1.0
    for act in OTHER_ACTS:
        if any(act in one.acts for one in others):
            found[f"other cue {act}"] = 1.0
    if any(one.asks for one in others):
        found["other asks"] = 1.0
    if {"suggest", "recommend", "propose"} & said or any(WISHES & {*pairwise(one.said)} for one in others):
        found["other wishes"] = 1.0
    return found


PERSONS = (("you", SECOND_PERSON), ("i", FIRST_PERSON), ("not", NEGATIONS))
WISHES = frozenset(
    [("would", "like"), ("would", "be"), ("should", "be"), ("could", "be"), ("would", "help"), ("please", "add"),
     ("can", "you"), ("could", "you"), ("will", "you"), ("need", "to"), ("needs", "to"), ("i", "wish"), ("i", "wonder")]
)  # fmt: skip
OTHER_ACTS = ("request", "propose", "wrong", "disagree", "agree", "thanks", "undermine")
OTHER_KINDS = frozenset({"obliging", "negative", "positive", "absolute", "hedging", "changing"})


def add(found: dict[str, float], name: str, value: float = 1.0) -> None:
    """Adds to a feature."""
    found[name] = found.get(name, 0.0) + value

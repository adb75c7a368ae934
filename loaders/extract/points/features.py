"""What a passage shows of what it does: its words, how it opens, and how it stands to the passage it reacts to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain

from rejoinder.loaders.extract.text.caching import cached_on_argument
from rejoinder.loaders.extract.text.lexicon import FIRST_PERSON, NEGATIONS, SECOND_PERSON, WE
from rejoinder.loaders.extract.text.questions import INVERTED
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.text.words import weighted_overlap

MARKS = '"“”'
PERSONS = frozenset({"words you", "words i", "words we"})
FEW = 6  # words
LEAST_BARE = 3  # words
MOST = 2.0  # what a feature counts at most, so that no long passage is decided by its length
POINTING = frozenset(["this", "that", "these", "those", "it", "that's", "it's"])
ASKING = frozenset(["what", "why", "how", "when", "where", "who", "which", "whose"])
OPENERS: Mapping[str, frozenset[str]] = {
    "yes": frozenset(
        ["yes", "yeah", "yep", "yup", "agreed", "right", "true", "exactly", "absolutely", "indeed", "same"]
    ),
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
LEADING = OPENERS["well"] | OPENERS["yes"] | OPENERS["but"]
OPPOSED_PAIRS = """
more less, more fewer, increase decrease, increases decreases, increase reduce, rise fall, rises falls, good
bad, better worse, best worst, always never, all none, everyone nobody, everybody nobody, everything nothing,
cheap expensive, cheaper dearer, easy hard, easy difficult, easier harder, help harm, helps harms, help hurt,
helps hurts, safe dangerous, safer dangerous, high low, higher lower, large small, larger smaller, bigger
smaller, big small, fast slow, faster slower, strong weak, stronger weaker, right wrong, true false, success
failure, succeed fail, succeeds fails, win lose, gain lose, gains losses, benefit cost, benefits costs,
benefits harms, allow ban, allow forbid, allowed banned, keep remove, keep drop, add remove, start stop, open
closed, open close, include exclude, necessary unnecessary, useful useless, possible impossible, likely
unlikely, fair unfair, clear unclear, same different, public private, old new, early late, before after, rich
poor, many few, most few, love hate, agree disagree, support oppose, can't can, cannot can
"""
OPPOSED = frozenset(
    frozenset(pair.split()) for pair in OPPOSED_PAIRS.replace("\n", " ").split(",") if len(pair.split()) == 2
)
OPPOSABLE = frozenset(word for pair in OPPOSED for word in pair)


def passage_features(sentences: Sequence[Sentence]) -> dict[str, float]:
    """What the passage shows by itself; empty for no words."""
    words = [word for sentence in sentences for word in sentence.words]
    if not words:
        return {}
    features = count_features(sentences)
    for sentence in sentences:
        for cue in sentence.cues:
            add_to_feature(features, f"cue {cue.act}", cue.confidence if cue.opens else 0.7)
    opening_features(sentences[0], features)
    shape_features(sentences, words, features)
    return {name: value if value < MOST else MOST for name, value in features.items()}


def count_features(sentences: Sequence[Sentence]) -> dict[str, float]:
    """How often each kind of word occurs."""
    features: dict[str, float] = {}
    for sentence in sentences:
        for kind, count in sentence.kinds.items():
            add_to_feature(features, f"words {kind}", count)
    return features


def opening_features(first: Sentence, features: dict[str, float]) -> None:
    """How its first sentence begins."""
    features.update(first_word_features(first.words[:2]))
    if not NEGATIONS.isdisjoint(first.words[:4]):
        features["negates early"] = 1.0


@lru_cache(maxsize=50_000)
def first_word_features(start: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """What the first two words show; of the second only what it shows after "well", "yes" or "but"."""
    first, second = (*start, "", "")[:2]
    heard = [(f"opens {name}", 1.0 if first in words else 0.7 * (second in words)) for name, words in OPENERS.items()]
    return tuple((name, value) for name, value in heard if value == 1 or (value and first in LEADING))


def shape_features(sentences: Sequence[Sentence], words: Sequence[str], features: dict[str, float]) -> None:
    """Questions, exclamations, numbers, quotation marks, how dense the negations are."""
    asking, exact = [sentence for sentence in sentences if sentence.asks], [sentence.exact for sentence in sentences]
    joined = "".join(exact)
    if asking:
        features["asks"] = len(asking) / len(sentences)
    if "words not" in features:
        features["density not"] = min(MOST, 10 * features["words not"] / len(words))
    flags = {
        "asks negated": has_negation(asking),
        "exclaims": any(text.endswith("!") for text in exact),
        "numbers": any(sentence.has_digit for sentence in sentences),
        "quotation marks": any(mark in joined for mark in MARKS),
        "no person": PERSONS.isdisjoint(features),
        "few words": len(words) <= FEW,
        "bare": is_bare(sentences),
    }
    features |= {name: 1.0 for name, holds in flags.items() if holds}


def is_bare(sentences: Sequence[Sentence]) -> bool:
    """True for one proposition as an analyst of speech writes it: no end mark, and nobody says "I" or "you"."""
    sentence = sentences[0]
    if len(sentences) > 1 or len(sentence.words) < LEAST_BARE or not sentence.exact[-1].isalnum():
        return False
    return not {*sentence.words} & (FIRST_PERSON | SECOND_PERSON)


def pair_features(
    sentences: Sequence[Sentence], others: Sequence[Sentence], weight: Mapping[str, float]
) -> dict[str, float]:
    """How the passage stands to what it reacts to: shared words, opposed words, a negation more or less, its tone."""
    share = weighted_overlap(stems_of(sentences), stems_of(others), weight)
    features = {"share": min(1.0, 2 * share)} if share else {"nothing shared": 1.0}
    if has_negation(sentences) != has_negation(others):
        features["negation differs"] = 1.0
        features["negation differs, shared"] = min(1.0, 2 * share)
    mine = opposable_of_all(sentences)
    if mine and has_opposites(mine, opposable_of_all(others)):
        features["opposed words"] = 1.0
    repeated = pairs_of(sentences) & pairs_of(others)
    if repeated:
        features["repeats"] = min(1.0, 3 * len(repeated) / sum(len(sentence.words) for sentence in sentences))
    tone = sum([sentence.judges for sentence in sentences])
    if tone and (product := tone * sum([other.judges for other in others])):
        features["tone alike" if product > 0 else "tone differs"] = 1.0
    return features


def has_negation(sentences: Sequence[Sentence]) -> bool:
    """True if a word of them negates."""
    return (
        "not" in sentences[0].kinds if len(sentences) == 1 else any("not" in sentence.kinds for sentence in sentences)
    )


def stems_of(sentences: Sequence[Sentence]) -> frozenset[str]:
    """The stems of them all."""
    return sentences[0].stems if len(sentences) == 1 else frozenset().union(*(sentence.stems for sentence in sentences))


def opposable_of_all(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Those of their words that have an opposite."""
    if len(sentences) == 1:
        return opposable_words(sentences[0])
    return frozenset(chain.from_iterable(map(opposable_words, sentences)))


@cached_on_argument
def opposable_words(sentence: Sentence) -> frozenset[str]:
    """Its words that have an opposite."""
    return OPPOSABLE.intersection(sentence.words)


def pairs_of(sentences: Sequence[Sentence]) -> frozenset[tuple[str, str]]:
    """Their neighbouring words."""
    return sentences[0].pairs if len(sentences) == 1 else frozenset().union(*(sentence.pairs for sentence in sentences))


def has_opposites(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """True if a word of one is the opposite of a word of the other."""
    return any(frozenset((own_word, other)) in OPPOSED for own_word in mine - theirs for other in theirs - mine)


def other_features(others: Sequence[Sentence]) -> dict[str, float]:
    """What the passage reacted to shows: whether it asks, requests, doubts or complains."""
    kinds = frozenset[str]().union(*(other.kinds for other in others)) & OTHER_KINDS
    features = {f"other {kind}": 1.0 for kind in sorted(kinds)}
    done = frozenset[str]().union(*(other.acts for other in others)) & OTHER_ACTS
    features |= {f"other cue {act}": 1.0 for act in sorted(done)}
    if any(other.asks for other in others):
        features["other asks"] = 1.0
    if any(not WISHES.isdisjoint(other.pairs) or not WISHING.isdisjoint(other.words) for other in others):
        features["other wishes"] = 1.0
    return features


WISHING = frozenset(["suggest", "recommend", "propose"])
WISHES = frozenset(
    [("would", "like"), ("would", "be"), ("should", "be"), ("could", "be"), ("would", "help"), ("please", "add"),
     ("can", "you"), ("could", "you"), ("will", "you"), ("need", "to"), ("needs", "to"), ("i", "wish"), ("i", "wonder")]
)  # fmt: skip
OTHER_ACTS = frozenset({"request", "propose", "wrong", "disagree", "agree", "thanks", "undermine"})
OTHER_KINDS = frozenset({"you", "i", "not", "obliging", "negative", "positive", "absolute", "hedging", "changing"})


def add_to_feature(features: dict[str, float], name: str, value: float = 1.0) -> None:
    """Adds to a feature."""
    features[name] = features.get(name, 0.0) + value

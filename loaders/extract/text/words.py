"""Words, light stems and their weights: how much two passages speak of the same thing."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise, repeat

VOTES = "👍👎💯🎯∆"
# A vote that stands by itself is a word, too.
WORD = re.compile(rf"[^\W_]++(?:'[^\W_]++)*+|[{VOTES}]|[+-](?<!\S.)1(?=[\s,;:!]|\.(?!\d)|$)")
LONG_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ness", "edly", "ies", "ied")
ENDINGS = (*LONG_ENDINGS, "ers", "ed", "es", "ly", "er", "s")
SHORTEST_STEM = 3
STOP_WORDS = """
a about above after again agree all almost also although always am an and another any anyone anything are aren't as at
away be because been before being below between both but by can can't cannot could couldn't did didn't disagree do does
doesn't doing don't done down each either else even ever every everyone everything few first for from further
get gets getting go goes going good got had has have haven't having he he's her here hers him himself his how
however i i'd i'll i'm i've if in indeed instead into is isn't it it's its itself just kind know less let like
lot made make makes many may maybe me mean means might more most much must my myself need never no nor not
nothing now of off often on once one only or other others our ours out over own people perhaps person point
probably put quite rather really right said same say saying says see seem seems she should shouldn't since so
some someone something still such sure take than that that's the their theirs them themselves then there there's
these they they're thing things think this those though through thus to too under until up upon us use used
using very want was wasn't way we we're well were weren't what what's when where whether which while who whole
whom whose why will with within without won't would wouldn't yes yet you you'd you'll you're you've your yours
yourself
"""
STOP = frozenset(STOP_WORDS.split())


def words(text: str) -> tuple[str, ...]:
    """The words, case folded, with a straight apostrophe.

    >>> words("Isn’t it 5 o'clock?")
    ("isn't", 'it', '5', "o'clock")
    """
    return tuple(WORD.findall(text.replace("’", "'").casefold()))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without a common English ending, and the final e that comes and goes with it.

    >>> stem("requires") == stem("required") == stem("require")
    True
    """
    word = word.removesuffix("'s")
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    return word.removesuffix("e") if len(word) > SHORTEST_STEM else word


def content_stems(tokens: Iterable[str]) -> frozenset[str]:
    """Stems of the words that carry content."""
    return frozenset(filter(None, map(content_stem, tokens)))


@lru_cache(maxsize=50_000)
def content_stem(word: str) -> str | None:
    """The stem of a word that carries content, None of any other."""
    return None if word in STOP or len(word) < 2 else stem(word)


class Weights(dict[str, float]):
    """The weight of each stem of a thread; and what the passages weigh that were asked for, for each is many times."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__(weights)
        self.masses: dict[frozenset[str], float] = {}


def stem_weights(passages: Iterable[frozenset[str]]) -> Weights:
    """Squared inverse document frequency of each stem over the passages of a thread."""
    counts: Counter[str] = Counter()
    total = 0
    for passage in passages:
        counts.update(passage)
        total += 1
    squares = {count: math.log((total + 5) / (count + 0.5)) ** 2 for count in set(counts.values())}
    return Weights({term: squares[count] for term, count in counts.items()})


def weighted_overlap(stems: frozenset[str], other: frozenset[str], weight: Mapping[str, float]) -> float:
    """Weighted cosine of two sets of stems, 0..1."""
    shared = stems & other
    if not shared:
        return 0.0
    size = passage_mass(stems, weight) * passage_mass(other, weight)
    return min(1.0, sum_of_weights(shared, weight) / math.sqrt(size)) if size else 0.0


def passage_mass(stems: frozenset[str], weight: Mapping[str, float]) -> float:
    """What a passage weighs."""
    if not isinstance(weight, Weights):
        return sum_of_weights(stems, weight)
    if stems not in weight.masses:
        weight.masses[stems] = sum_of_weights(stems, weight)
    return weight.masses[stems]


def sum_of_weights(stems: frozenset[str], weight: Mapping[str, float]) -> float:
    """Summed weights; fsum rounds only once, so the order, which depends on hashing, makes no difference."""
    return math.fsum(map(weight.get, stems, repeat(1.0)))


def word_pairs(tokens: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Neighbouring words: what repeated wording shares and a common topic does not."""
    return frozenset(pairwise(tokens))

"""Which question of a comment the first words of a reply answer: a yes or no one that can be so, "because" a why."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.points.purposes import is_rhetorical
from rejoinder.loaders.extract.text.cues import opening_reach
from rejoinder.loaders.extract.text.questions import INVERTED
from rejoinder.loaders.extract.text.reading import Sentence

TELLING = 0.25  # share of words from which a reply is about what it shares them with
LEADING = r"\s*(?:@[\w.-]+[,:]?\s+)?(?:(?:well|oh|ah|ok|okay|so|and|um|hmm?)[,.…]?\s+)?"
END = r"(?=\s*[,.;:!–—-]|\s*\Z)"
# A yes or no that stands for itself, or before its sentence: "Yes.", "No, red fades", "Nope we don't", not "No doubt".
YES_OR_NO = re.compile(
    LEADING + rf"(?:(?:yes|yeah|yep|yup|aye|correct|indeed|affirmative|negative|certainly|of course){END}"
    rf"|(?:of course not|certainly not|not (?:yet|really|quite|at all|that i know of)){END}"
    rf"|(?:no|nope|nah)(?:{END}|\s+(?:we|you|they|i|it|he|she|this|that|there|not)\b))",
    re.IGNORECASE,
)
BECAUSE = re.compile(
    LEADING + r"(?:(?:mostly|mainly|partly|simply|just|only|probably)\s+)?['’]?(?:because|cause|cuz|coz)\b",
    re.IGNORECASE,
)
WORDS = frozenset(["yes", "yeah", "yep", "yup", "aye", "correct", "indeed", "certainly", "of course"])
GRANTING = frozenset({"agree", "concede", "withdraw", "done"})
LEAST = 2  # words of a question that can be answered by one
# Questions that ask for assent to what stands before them: yes to these is for that.
ASSENT = frozenset(["agree", "right", "wrong", "sense", "fair", "think", "true", "no", "see"])
ASSENT_WORDS = 6
CAUSES = (("why",), ("how", "come"), ("what", "makes"), ("for", "what", "reason"))


def question_answered(point: Point, candidates: Sequence[Point], shares: Sequence[float], opens: bool) -> int | None:
    """The number of the question that the first point of a reply answers by its first words; None if it does not so.

    That is the last one, or the one that shares most words; for yes and no none, where the point clearly shares more
    with what does not ask. `opens` tells that the comment replied to opened the thread: what objects there by asking
    is what the thread is about.
    """
    fits_question = kind_of_question_sought(point.first_sentence)
    if fits_question is None or len(candidates) < LEAST:
        return None
    numbers = [
        n
        for n, candidate in enumerate(candidates)
        if fits_question(candidate.first_sentence) and not (opens and is_rhetorical(candidate.first_sentence))
    ]
    if not numbers:
        return None
    best = max(numbers, key=lambda n: (shares[n], n))
    return best if fits_question is asks_why or shares[best] == max(shares) or max(shares) < TELLING else None


def kind_of_question_sought(first: Sentence) -> Callable[[Sentence], bool] | None:
    """What tells whether a question can be answered by a sentence that begins so; None where it answers none."""
    if first.asks:
        return None
    if BECAUSE.match(first.exact):
        return asks_why
    grants = any(cue.act in GRANTING and cue.phrase not in WORDS for cue in first.cues)
    return asks_whether if YES_OR_NO.match(first.exact) and not grants else None


def asks_whether(sentence: Sentence) -> bool:
    """True for a question that yes or no answers: "Did the council agree?", but not "Does that make sense?"."""
    words = sentence.words[opening_reach(sentence.words) :]
    if not sentence.asks or len(words) < LEAST or words[0] not in INVERTED:
        return False
    return len(words) > ASSENT_WORDS or ASSENT.isdisjoint(words)


def asks_why(sentence: Sentence) -> bool:
    """True for a question after a reason: "Why only in June?", "How come?"."""
    words = sentence.words[opening_reach(sentence.words) :]
    return sentence.asks and any(words[: len(cause)] == cause for cause in CAUSES)

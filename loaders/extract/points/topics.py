"""The topic that a point names before it speaks of it: "Commercial service: ...", "On the levy, ...", "Re bells:"."""

from __future__ import annotations

import re

from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.text.words import content_stems, words

MOST = 4  # words of a topic
TOPIC = re.compile(
    r"[*_]{0,2}(?:(?:on|as to|as for|regarding|concerning|about|re)\b:?\s+([\w'’ -]{3,40}?)\s*(?:[,:]|\s[–—-])"
    r"|([\w'’ -]{3,40}?)\s*:)[*_]{0,2}(?=\s+\S)",
    re.IGNORECASE,
)


def topic_stems(sentence: Sentence) -> frozenset[str]:
    """The stems of the topic that the sentence names at its head; none where it names none.

    "Note: ..." and "But here is the thing: ..." name one only if the comment above speaks of notes, or of things.
    """
    match = TOPIC.match(sentence.exact)
    if match is None:
        return frozenset()
    tokens = words(match[1] or match[2])
    return content_stems(tokens) if len(tokens) <= MOST else frozenset()

"""Joins sentences that make one point into claims, and leaves out what claims nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rejoinder.loaders.extract.points import features
from rejoinder.loaders.extract.points.acts import is_claim, is_of_self
from rejoinder.loaders.extract.points.purposes import is_rhetorical
from rejoinder.loaders.extract.text.caching import once
from rejoinder.loaders.extract.text.meaning import Meaning
from rejoinder.loaders.extract.text.reading import Reading, Sentence
from rejoinder.records import Span

CURT = 4  # words at most of an answer that means nothing without what follows
AFTERTHOUGHT = 7  # words at most of a remark that belongs to the question before it


@dataclass(frozen=True, eq=False)  # no two are alike, and to find one among its neighbours takes no comparing of words
class Point:
    """One or more sentences that stand together; `place` counts points since the comment's start or its last quote."""

    sentences: tuple[Sentence, ...]
    claims: bool
    place: int
    span: Span

    @once
    def stems(self) -> frozenset[str]:
        """Stems of all its sentences."""
        return frozenset().union(*(sentence.stems for sentence in self.sentences))

    @once
    def words(self) -> tuple[str, ...]:
        """All words of its sentences."""
        return tuple(word for sentence in self.sentences for word in sentence.words)

    @once
    def features(self) -> Mapping[str, float]:
        """What it shows of what it does, by itself."""
        return features.passage_features(self.sentences)

    @once
    def first_sentence(self) -> Sentence:
        """The sentence that says what it does."""
        return self.sentences[0]


def points_of_comment(
    reading: Reading, quote_ends: Iterable[int] = (), meaning: Meaning | None = None
) -> tuple[Point, ...]:
    """The comment's points in order; `quote_ends` are the offsets at which quotations end."""
    points: list[Point] = []
    ends, place = sorted(quote_ends), 0
    for group in sentence_groups(reading.sentences):
        while ends and group[0].start >= ends[0]:
            ends.pop(0)
            place = 0
        start, end = group[0].start, group[-1].end
        span = Span(reading.comment.id, start, end, reading.comment.text[start:end])
        claims = does_claim(group[0], meaning) or len(group) > 1
        points.append(Point(tuple(group), claims, place, span))
        place += 1
    return tuple(points)


def does_claim(sentence: Sentence, meaning: Meaning | None) -> bool:
    """True for a claim by the rules; by the sentence's meaning too, if that is known and the sentence does not ask."""
    return is_claim(sentence) and (meaning is None or sentence.asks or meaning.claims(sentence.exact))


def sentence_groups(sentences: tuple[Sentence, ...]) -> list[list[Sentence]]:
    """Sentences that make one point: a rhetorical question takes the short verdict after it along."""
    together: list[list[Sentence]] = []
    for sentence in sentences:
        before = together[-1] if together else []
        if before and is_afterthought(before[-1], sentence):
            before.append(sentence)
        else:
            together.append([sentence])
    return together


def is_afterthought(before: Sentence, sentence: Sentence) -> bool:
    """True for a few words after a rhetorical question, and for what follows a curt answer, in the same block."""
    if before.block != sentence.block or sentence.asks:
        return False
    if is_rhetorical(before):
        return len(sentence.words) <= AFTERTHOUGHT and not is_of_self(sentence)
    return len(before.words) <= CURT and before.cue("answer") is not None

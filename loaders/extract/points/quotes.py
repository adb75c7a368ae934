"""Finds what a comment quotes from the comments above it, word for word first, and then by alike wording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rejoinder.loaders.extract.points.acts import negations
from rejoinder.loaders.extract.points.asides import MAIL_HEADER
from rejoinder.loaders.extract.text.blocks import Shape
from rejoinder.loaders.extract.text.caching import once
from rejoinder.loaders.extract.text.reading import Reading, Sentence
from rejoinder.loaders.extract.text.sentences import sentences
from rejoinder.loaders.extract.text.words import content_stems, weighted_overlap, words
from rejoinder.records import Span, identity_text, without_quote_marks

ANCESTORS = 20  # comments up the chain that are searched word for word
SHORTEST = 12  # characters of a quotation that is worth a search
INLINE_WORDS = 4
ALIKE = 0.5  # overlap from which wording counts as quoted
PARROTED = 0.45  # share of neighbouring words that stand in the parent, too
PARROTED_WORDS = 6
INLINE = re.compile(r"[\"“]([^\"“”]{12,600})[\"”]")  # within a paragraph, whose lines were wrapped
INLINE_MOST = 50
WHOLLY_MARKED = re.compile(r"[\"“]([^\"“”]{12,600})[\"”]\W*")
ORIGINAL = re.compile(r"-{2,}\s*Original [Mm]essage\s*-{2,}")
SEARCHED = 200  # marked lines of one comment that are searched for word for word
COMPARED = 300  # sentences of one comment that a passage is compared with


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words in a comment, and where they stand in another; `target` is None where that was not found.

    `place` is the comment that the platform names as their origin, where the words do not stand there (any more).
    """

    source: Span
    target: Span | None
    exactly: bool
    marked: bool
    place: str | None = None

    @property
    def comment(self) -> str | None:
        """The comment that is quoted: where the words were found, or else where the platform says they are from."""
        return self.place if self.target is None else self.target.comment


@dataclass(frozen=True, slots=True)
class OriginNamed:
    """Characters start..end of a comment, which the platform says are quoted from the comment of that Reading."""

    start: int
    end: int
    origin: Reading


class Sayings:
    """Where each sentence of a thread was first said, to find the origin of quotations from anywhere in it."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.readings = tuple(readings)

    @once
    def span_by_sentence(self) -> dict[str, Span]:
        """Where each sentence was first said."""
        span_by_text: dict[str, Span] = {}
        for reading in self.readings:
            for sentence in reading.sentences:
                if len(sentence.exact) >= SHORTEST:
                    span_by_text.setdefault(identity_text(sentence.exact), sentence.span)
        return span_by_text

    @once
    def places(self) -> dict[str, int]:
        """The place of each comment."""
        return {reading.comment.id: place for place, reading in enumerate(self.readings)}

    def origin_before(self, text: str, home: str) -> Span | None:
        """The span of an earlier comment where this was said, whole; nobody quotes what is yet to be said."""
        span = self.span_by_sentence.get(identity_text(without_quote_marks(text)))
        return span if span is not None and self.places[span.comment] < self.places[home] else None


def quotes_of_comment(
    reading: Reading,
    above: Sequence[Reading],
    sayings: Sayings,
    weight: Mapping[str, float],
    named_origins: Sequence[OriginNamed] = (),
) -> tuple[Quote, ...]:
    """The comment's quotations in order: marked lines, then words in quotation marks that stand above verbatim.

    `named_origins` are the passages whose origin the platform itself names; it is believed.
    """
    marked = [
        quote_of_named_origin(span, named_origins, weight)
        or quote_of_line(reading, span, above if number < SEARCHED else (), sayings, weight)
        for number, span in enumerate(quoted_passages(reading, above, named_origins))
    ]
    inline = []
    for span in quoted_words(reading):
        target = verbatim_span(span.exact, above[:ANCESTORS])
        if target is not None:
            inline.append(Quote(span, target, exactly=True, marked=False))
    return tuple(sorted([*marked, *inline], key=lambda quote: quote.source))


def quoted_lines(reading: Reading) -> Iterator[Span]:
    """The words of each marked line; the headers of an original message below its mark are nobody's words."""
    heads = False
    for block in reading.blocks:
        words_of = reading.text_of(block)
        heads = ORIGINAL.fullmatch(words_of) is not None or (heads and MAIL_HEADER.match(words_of) is not None)
        if block.shape == Shape.QUOTE and not heads:
            yield Span(reading.comment.id, block.start, block.end, words_of)


def quoted_words(reading: Reading) -> Iterator[Span]:
    """Passages in quotation marks, within sentences."""
    count = 0
    if '"' not in reading.comment.text and "“" not in reading.comment.text:
        return
    for block in reading.blocks:
        if block.shape not in (Shape.PARAGRAPH, Shape.ITEM):
            continue
        for match in INLINE.finditer(reading.comment.text, block.start, block.end):
            count += 1
            if count > INLINE_MOST:
                return
            if len(match[1].split()) >= INLINE_WORDS:
                yield Span(reading.comment.id, match.start(1), match.end(1), match[1])


def quoted_passages(reading: Reading, above: Sequence[Reading], named_origins: Sequence[OriginNamed]) -> Iterator[Span]:
    """The marked lines; wrapped ones as a whole where they stand so above or in a named origin, else each sentence."""
    for number, span in enumerate(quoted_lines(reading)):
        near = [
            *(named.origin for named in named_origins if named.start <= span.start < named.end),
            *above[:ANCESTORS],
        ]
        if "\n" not in span.exact or (number < SEARCHED and verbatim_span(span.exact, near)):
            yield span
            continue
        text = without_quote_marks(span.exact)
        for start, end in sentences(text, 0, len(text)):
            yield Span(span.comment, span.start + start, span.start + end, span.exact[start:end])


def quote_of_named_origin(
    span: Span, named_origins: Sequence[OriginNamed], weight: Mapping[str, float]
) -> Quote | None:
    """The marked line where the platform names its origin, and where in that its words stand; None elsewhere."""
    for named in named_origins:
        if named.start <= span.start < named.end:
            origins = (named.origin,)
            target = verbatim_span(span.exact, origins)
            if target is not None:
                return Quote(span, target, exactly=True, marked=True)
            return Quote(span, similar_sentence(span.exact, origins, weight), False, True, named.origin.comment.id)
    return None


def quote_of_line(
    reading: Reading, span: Span, above: Sequence[Reading], sayings: Sayings, weight: Mapping[str, float]
) -> Quote:
    """The marked line and where its words come from."""
    near = above[:ANCESTORS]
    target = verbatim_span(span.exact, near) if len(span.exact) >= SHORTEST else whole_sentence_span(span.exact, near)
    if target is not None:
        return Quote(span, target, exactly=True, marked=True)
    target = sayings.origin_before(span.exact, reading.comment.id) or similar_sentence(span.exact, above[:2], weight)
    return Quote(span, target, exactly=False, marked=True)


def verbatim_span(text: str, above: Sequence[Reading]) -> Span | None:
    """Where the words stand, in whatever lines, nearest comment first; who quotes them only if nobody says them."""
    echo = None
    for reading in above:
        span = reading.find(text)
        if span is not None and not reading.quotes_at(span.start):
            return span
        echo = echo or span
    return echo


def whole_sentence_span(text: str, above: Sequence[Reading]) -> Span | None:
    """The sentence above that is said with these few words and no others, such as "Why?"; nearest comment first."""
    tokens = words(text)
    if not tokens:
        return None
    return next(
        (sentence.span for reading in above for sentence in reading.sentences[:COMPARED] if sentence.words == tokens),
        None,
    )


def similar_sentence(text: str, above: Sequence[Reading], weight: Mapping[str, float]) -> Span | None:
    """The sentence above whose words are most like these, if they are like enough."""
    stems = content_stems(words(text))
    best: tuple[float, Span | None] = (ALIKE, None)
    for reading in above:
        for sentence in reading.sentences[:COMPARED]:
            share = weighted_overlap(stems, sentence.stems, weight)
            if share > best[0]:
                best = (share, sentence.span)
    return best[1]


def repeated_words(sentence: Sentence, parent: Reading) -> Span | None:
    """What the sentence repeats of the parent: whole and word for word between quotation marks, or alike without."""
    marked = WHOLLY_MARKED.fullmatch(sentence.exact)
    if marked is not None and len(marked[1].split()) >= INLINE_WORDS and (span := verbatim_span(marked[1], [parent])):
        return span
    if len(sentence.words) < PARROTED_WORDS or len(sentence.pairs & parent.pairs) < PARROTED * len(sentence.pairs):
        return None
    best = max(parent.sentences[:COMPARED], key=lambda other: (len(sentence.pairs & other.pairs), -other.start))
    if len(sentence.pairs & best.pairs) < PARROTED * len(sentence.pairs):
        return None
    # The same words with a "not" more or less are no repetition but a contradiction.
    return best.span if negations(sentence.words) == negations(best.words) else None

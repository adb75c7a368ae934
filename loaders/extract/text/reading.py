"""What one comment says: its blocks and sentences, with the words and cues that the later steps look at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.loaders.extract.text.blocks import ANALYSED, Block, Shape, blocks_of_text
from rejoinder.loaders.extract.text.caching import forget_cached, once
from rejoinder.loaders.extract.text.clauses import clauses
from rejoinder.loaders.extract.text.collapsed import Collapsed
from rejoinder.loaders.extract.text.cues import Cue, cues_in
from rejoinder.loaders.extract.text.labels import DIGIT, without_addressees, without_label
from rejoinder.loaders.extract.text.lexicon import count_kinds, tone_of
from rejoinder.loaders.extract.text.outright import outright_cues
from rejoinder.loaders.extract.text.questions import asks_by_form, cues_as_asked
from rejoinder.loaders.extract.text.sentences import sentences
from rejoinder.loaders.extract.text.stances import vote_cues
from rejoinder.loaders.extract.text.struck import says_something, struck_stretches, text_without_struck
from rejoinder.loaders.extract.text.words import content_stems, word_pairs, words
from rejoinder.records import Comment, Span

READINGS_KEPT = 100  # comments, further than most look at another


@dataclass(frozen=True)
class Sentence:
    """A sentence at start..end of its comment; `block` is the number of its block, `shape` what that looks like."""

    comment: str
    start: int
    end: int
    exact: str
    block: int
    shape: Shape
    words: tuple[str, ...]
    cues: tuple[Cue, ...]

    @once
    def stems(self) -> frozenset[str]:
        """Stems of its content words."""
        return content_stems(self.words)

    @once
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Its neighbouring words."""
        return word_pairs(self.words)

    @once
    def acts(self) -> frozenset[str]:
        """The acts its cues hint at."""
        return frozenset(cue.act for cue in self.cues)

    @once
    def kinds(self) -> dict[str, int]:
        """How many of its words are of each kind."""
        return count_kinds(self.words)

    @once
    def judges(self) -> int:
        """Its good words less its bad ones."""
        return tone_of(self.words)

    @once
    def asks(self) -> bool:
        """True if it asks, with a mark or without."""
        return asks_by_form(self.exact, self.words)

    @once
    def has_digit(self) -> bool:
        """True if a digit stands in it."""
        return DIGIT.search(self.exact) is not None

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.comment, self.start, self.end, self.exact)

    def cue(self, *acts: str) -> Cue | None:
        """The surest cue for one of these acts."""
        cues = [candidate for candidate in self.cues if candidate.act in acts]
        return max(cues, key=lambda candidate: (candidate.confidence, candidate.phrase)) if cues else None


@dataclass(frozen=True)
class Reading:
    """A comment with its blocks and its sentences in order; quoted lines, code and what is struck out have none."""

    comment: Comment
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]

    @once
    def quoted_lines(self) -> tuple[Block, ...]:
        """Its quoted lines."""
        return tuple(block for block in self.blocks if block.shape == Shape.QUOTE)

    def quotes_at(self, offset: int) -> bool:
        """True if a quoted line stands at the offset."""
        place = bisect_right(self.quoted_lines, offset, key=lambda block: block.start) - 1
        return place >= 0 and offset < self.quoted_lines[place].end

    @once
    def collapsed(self) -> Collapsed:
        """What is analysed of its text, whatever lines it was wrapped in."""
        return Collapsed(self.comment.text[:ANALYSED])

    def find(self, words: str) -> Span | None:
        """Where words stand in it, first as they are, then in whatever lines."""
        at = self.comment.text.find(words, 0, ANALYSED)
        place = (at, at + len(words)) if at >= 0 else self.collapsed.find(words) if " " in words else None
        return None if place is None else Span(self.comment.id, *place, self.comment.text[slice(*place)])

    @once
    def stems(self) -> frozenset[str]:
        """Stems of all its sentences."""
        return frozenset().union(*(sentence.stems for sentence in self.sentences))

    @once
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbouring words of all its sentences."""
        return frozenset().union(*(sentence.pairs for sentence in self.sentences))

    @once
    def words(self) -> tuple[str, ...]:
        """All words of its sentences."""
        return tuple(word for sentence in self.sentences for word in sentence.words)

    @once
    def acts(self) -> frozenset[str]:
        """All acts its cues hint at."""
        return frozenset().union(*(sentence.acts for sentence in self.sentences))

    def drop_cached(self) -> None:
        """Let go what is large and soon made again, for others stand between this comment and the one that is read."""
        forget_cached(self, "pairs", "words")
        for sentence in self.sentences:
            forget_cached(sentence, "pairs")

    def text_of(self, block: Block) -> str:
        """The block's own text."""
        return self.comment.text[block.start : block.end]


def read_comment(comment: Comment) -> Reading:
    """The comment's Reading; linear in its length."""
    blocks = blocks_of_text(comment.text)
    gone = struck_stretches(comment.text, blocks) if "~~" in comment.text else ()
    all_sentences: list[Sentence] = []
    for number, block in enumerate(blocks):
        if block.shape in (Shape.PARAGRAPH, Shape.ITEM):
            all_sentences += sentences_of(comment, number, block, gone, heads=not all_sentences)
    return Reading(comment, blocks, tuple(all_sentences))


def sentences_of(
    comment: Comment, number: int, block: Block, gone: Sequence[tuple[int, int]] = (), *, heads: bool = False
) -> list[Sentence]:
    """The block's sentences; of what stands in the stretches that are `gone` nothing counts as said.

    `heads` tells that nothing of the comment stands above.
    """
    block_sentences: list[Sentence] = []
    for whole_start, whole_end in sentences(comment.text, block.start, block.end):
        for start, end in clauses(comment.text, whole_start, whole_end):
            exact = comment.text[start:end]
            text = text_without_struck(comment.text, start, end, gone) if gone else exact
            if not gone or says_something(text):
                text = without_addressees(text if block_sentences else without_label(text))
                tokens = words(text)
                shows = vote_cues(outright_cues(cues_in(tokens), text), text, head=heads and not block_sentences)
                shows = cues_as_asked(shows, exact, tokens)
                block_sentences.append(Sentence(comment.id, start, end, exact, number, block.shape, tokens, shows))
    return block_sentences

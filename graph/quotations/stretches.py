"""Words of texts, and the stretches that two texts share: where a passage stands in a comment, and how much of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

MOST_READ = 64_000  # characters of a text that are looked at
RUN_WORDS = 5  # words in a row, the first of them a telling one: what is looked for
LEAST_WORDS = 8  # of a passage, shared in runs, below which it proves nothing
LEAST_TELLING = 5  # different telling words among them
LEAST_SHARE = 0.6  # of the passage
SHORT_RUN_WORDS = 3  # words in a row that count beside such a run
MOST_PLACES = 8  # in a text at which a run is tried
CLOSING_SIGNS = frozenset(".!?…")  # at the end of a sentence
GAP = "\0"  # stands for what is left out of a text, so that no run reaches over it

# Characters of scripts that are written without spaces are words each.
_WORD = re.compile(r"[^\W_\u3040-\u30ff\u3400-\u9fff]++(?:[\u0300-\u036f]+[^\W_]*)*|[\u3040-\u30ff\u3400-\u9fff]|\0")
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_COMMON_WORD_LIST = """
about after again all also and any are because been before but can could did does don for from get had has have
her here him his how into its just like made make many may more most much not now off one only other our out
over own she should some such than that the their them then there these they this those through too two under
very was way well were what when where which while who why will with would you your
"""
_COMMON_WORDS = frozenset(_COMMON_WORD_LIST.split())

Range = tuple[int, int]
Run = tuple[int, int, int]  # where it begins in the passage and in the text, and how many words it has


@dataclass(frozen=True, slots=True)
class Match:
    """Characters start..end of a text that hold a passage.

    `shared_count` of the `word_count` words of the passage stand there in the same runs.

    It is `is_whole` where all of them stand there in one run.
    """

    start: int
    end: int
    shared_count: int
    word_count: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in one form, whatever their case, and the characters where each stands."""

    words: tuple[str, ...]
    places: tuple[Range, ...]

    @classmethod
    def of(cls, text: str, left_out: Iterable[Range] = ()) -> Words:
        """The words of a text without some ranges of it, each of which leaves a gap that no run crosses."""
        tokens = [(match[0], match.span()) for match in _WORD.finditer(_text_with_gaps(text, left_out))]
        return cls(tuple(_plain_words([word for word, _ in tokens])), tuple(place for _, place in tokens))


class SearchedText:
    """A text that passages are looked for in; what is the same for all of them is made once."""

    def __init__(self, text: str, left_out: Iterable[Range] = ()) -> None:
        self.text, self.text_words = text, Words.of(text, left_out)
        self.places_by_run: dict[tuple[str, ...], list[int]] = {}
        for at in range(len(self.text_words.words) - SHORT_RUN_WORDS + 1):
            places = self.places_by_run.setdefault(self.text_words.words[at : at + SHORT_RUN_WORDS], [])
            if len(places) < MOST_PLACES:
                places.append(at)

    def match(self, passage: Words) -> Match | None:
        """Where a passage stands: whole if it does, else most of it in runs that follow each other.

        None where so little is shared that it proves nothing.

        >>> said = SearchedText("Well. The bells are rung at noon by two old men, whom nobody pays.")
        >>> said.match(Words.of("“The bells are rung at noon by two old men!”"))
        Match(start=6, end=47, shared_count=10, word_count=10, is_whole=True)
        >>> said.match(Words.of("The bells are rung at noon.")) is None
        True
        """
        chain = self._chain(passage.words)
        shared = sum(length for _, _, length in chain)
        shared_words = (word for at, _, length in chain for word in passage.words[at : at + length])
        if not proves_origin(shared_words) or shared < LEAST_SHARE * len(passage.words):
            return None
        (_, first, _), (_, last, length) = chain[0], chain[-1]
        start, end = self.text_words.places[first][0], self.text_words.places[last + length - 1][1]
        while self.text[end : end + 1] in CLOSING_SIGNS:
            end += 1
        return Match(start, end, shared, len(passage.words), is_whole=chain[0][2] == len(passage.words))

    def _chain(self, passage: tuple[str, ...]) -> list[Run]:
        """The longest run that both have, and what is shared before and after it, no further off than the passage."""
        size, full_range = len(passage), (0, len(self.text_words.words))
        middle, at = (0, 0, 0), 0
        while at < size:
            run = self._longest_run(passage, (at, size), full_range)
            middle = max(middle, run, key=_length)
            at += max(1, run[2])
        at, start, length = self._extended_run(passage, middle)
        middle = at, start, length
        if length < RUN_WORDS:
            return []
        before = self._shared_runs(passage, (0, at), (max(0, start - size), start))
        return [
            *before,
            middle,
            *self._shared_runs(passage, (at + length, size), (start + length, start + length + size)),
        ]

    def _extended_run(self, passage: tuple[str, ...], run: Run) -> Run:
        """The run with what both have right before it: its first words may have been tried elsewhere."""
        at, start, length = run
        while length and at and start and passage[at - 1] == self.text_words.words[start - 1]:
            at, start, length = at - 1, start - 1, length + 1
        return at, start, length

    def _shared_runs(self, passage: tuple[str, ...], part: Range, window: Range) -> list[Run]:
        """The runs that a part of a passage shares with a window of the text, one after the other in both."""
        (at, end), (first, last) = part, window
        runs = list[Run]()
        while at < end:
            run = self._longest_run(passage, (at, end), (first, last))
            if run[2]:
                runs.append(run)
                first = run[1] + run[2]
            at += max(1, run[2])
        return runs

    def _longest_run(self, passage: tuple[str, ...], part: Range, window: Range) -> Run:
        """The longest run from where a part of the passage begins, in a window of the text; the first of several."""
        (at, end), (first, last), words = part, window, self.text_words.words
        best = (at, first, 0)
        for start in self.places_by_run.get(passage[at : min(at + SHORT_RUN_WORDS, end)], ()):
            most = min(end - at, last - start, len(words) - start)
            if first <= start and most >= SHORT_RUN_WORDS:
                same = (number for number in range(most) if passage[at + number] != words[start + number])
                best = max(best, (at, start, next(same, most)), key=_length)
        return best


def run_marks(text: str, left_out: Iterable[Range] = ()) -> frozenset[int]:
    """The numbers of the runs of a text: of each telling word with the words after it.

    Texts that share a stretch which `proves_origin` share a mark: of its telling words at most RUN_WORDS - 1 stand too
    near its end.
    """
    return _marks(_plain_words(_WORD.findall(_text_with_gaps(text, left_out))))


def quoted_lines(text: str) -> Iterator[Range]:
    """The lines that are marked as quoted."""
    return (match.span() for match in _QUOTED_LINE.finditer(text[:MOST_READ]))


def proves_origin(words: Iterable[str]) -> bool:
    """True for enough words, and enough telling ones among them, to prove anything."""
    word_list = list(words)
    return len(word_list) >= LEAST_WORDS and len(set(filter(_is_telling, word_list))) >= LEAST_TELLING


def _length(run: Run) -> int:
    return run[2]


def _marks(words: Sequence[str]) -> frozenset[int]:
    begins = [at for at, word in enumerate(words[: 1 - RUN_WORDS]) if word not in _COMMON_WORDS and _is_long(word)]
    if GAP in words:
        begins = [at for at in begins if GAP not in words[at : at + RUN_WORDS]]
    return frozenset([crc32(" ".join(words[at : at + RUN_WORDS]).encode()) for at in begins])


def _is_telling(word: str) -> bool:
    return word not in _COMMON_WORDS and _is_long(word)


def _is_long(word: str) -> bool:
    return len(word) > 2 or word >= "\u3040"


def _plain_words(words: list[str]) -> list[str]:
    """Words without the differences that a copy may bring; there is no space in any, before or after."""
    joined = " ".join(words).casefold()
    return (joined if joined.isascii() else unicodedata.normalize("NFC", joined)).split(" ") if words else []


def _text_with_gaps(text: str, left_out: Iterable[Range]) -> str:
    """The beginning of a text, as long as before, with a gap for each range that is left out."""
    parts, done = list[str](), 0
    for start, end in sorted(left_out):
        start, end = max(start, done), min(end, len(text), MOST_READ)
        if start < end:
            parts += [text[done:start], GAP, " " * (end - start - 1)]
            done = end
    return "".join(parts) + text[done:MOST_READ]

"""Chooses which claim of a comment a point is about: what it quotes, numbers or answers, shares words with, or fits.

Of an opening comment the first claim fits; a first sentence that only tells of its writer is passed over. Of a reply
the claim fits that a small model says (fitting.py). A question is chosen where it is quoted or shares most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rejoinder.loaders.extract.points.acts import greets, tells_of_self
from rejoinder.loaders.extract.points.answered_questions import question_answered
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.points.quotes import Quote
from rejoinder.loaders.extract.points.topics import topic_stems
from rejoinder.loaders.extract.text.meaning import Meaning
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.text.words import stem, weighted_overlap
from rejoinder.loaders.extract.weighing.fitting import Fitting
from rejoinder.loaders.extract.weighing.situation import Reply
from rejoinder.records import ChosenBy, Comment, Span

LEAST_OVERLAP = 0.08
LEAST_CLOSE = 0.15  # of shared words and likeness together
ASKING = 0.8  # what a word shared with a question counts, for one shared with a claim
# The ways in which a point itself says what it is about.
POINTED_AT = (ChosenBy.QUOTE, ChosenBy.NUMBER, ChosenBy.TOPIC, ChosenBy.ASKED)
UNNAMED: Mapping[str, str] = {
    ChosenBy.QUOTE: "not quoted",
    ChosenBy.NUMBER: "has another number",
    ChosenBy.TOPIC: "is about something else",
}
FEW = 2  # of the claims of a comment, one in so many at most can be what a topic names
VAGUELY_CHOSEN = (ChosenBy.FIRST, ChosenBy.FIT)  # those in which nothing in the point says it
COMPARED = 200  # claims of one comment that a point is compared with
RIVALS = 2  # claims not chosen that an explanation names
WORDS = 4  # shared words that it names


class TargetComment(NamedTuple):
    """The comment replied to, as it can be aimed at: its claims, or where it has none, what else it says."""

    reading: Reading
    candidates: tuple[Point, ...]
    meaning: Meaning | None = None


class Rival(NamedTuple):
    """A claim that was not chosen, how close it is (0..1), and why it lost."""

    point: Point
    share: float
    why: str


class Comparison(NamedTuple):
    """The claims that a point was compared with, how close each is, which one was chosen, and which were named."""

    candidates: Sequence[Point]
    shares: Sequence[float]
    chosen: int
    named_claims: frozenset[int] = frozenset()


class Choice(NamedTuple):
    """The claim that a point is about (None: the whole comment), how much they share (0..1) and the rule that chose."""

    comment: Comment
    chosen: Point | None
    share: float
    chosen_by: str
    compared: Comparison | None = None

    @property
    def span(self) -> Span | None:
        """Where the chosen claim stands."""
        return None if self.chosen is None else self.chosen.span

    @property
    def closeness(self) -> float:
        """How close it is: by shared words, and by meaning where that is known."""
        return 0.0 if self.compared is None else self.compared.shares[self.compared.chosen]

    @property
    def rivals(self) -> tuple[Rival, ...]:
        """The next best claims: quoted ones, then those that share most, then in the order of the comment.

        One that shares no word is none, unless the first was taken and this one stands before it.
        """
        if self.compared is None:
            return ()
        _, shares, chosen, pointed_at = self.compared
        passed = chosen if self.chosen_by in VAGUELY_CHOSEN else 0  # those before it
        ranked = [
            (number not in pointed_at, -share, number)
            for number, share in enumerate(shares)
            if (share or number < passed or number in pointed_at) and number != chosen
        ]
        return tuple(self._rival_at(number, self.compared) for _, _, number in sorted(ranked)[:RIVALS])

    def _rival_at(self, number: int, compared: Comparison) -> Rival:
        share, later = compared.shares[number], number > compared.chosen
        if compared.named_claims and number not in compared.named_claims:
            why = UNNAMED[self.chosen_by]
        elif self.chosen_by == ChosenBy.ASKED:
            why = "is not what it answers"
        elif self.chosen_by == ChosenBy.FIRST:
            why = "shares too little, and comes later" if later else why_passed_over(compared.candidates[number])
        elif self.chosen_by == ChosenBy.FIT:
            why = "fits less"
        else:
            why = "shares less" if share < self.closeness else "comes later" if share == self.closeness else "only asks"
        return Rival(compared.candidates[number], share, why)


class Basis(NamedTuple):
    """What targets are chosen by: the weights of the thread's words, and what says which claim fits."""

    weight: Mapping[str, float]
    fitting: Fitting


def targets_of(
    numbers: Iterable[int], reply: Reply, others: Sequence[TargetComment], basis: Basis
) -> dict[int, Choice]:
    """What each of these points is about, by its number; `others` are the comment replied to and those it quotes."""
    choices: dict[int, Choice] = {}
    before: Choice | None = None
    for number in numbers:
        before = choices[number] = target_of(number, reply, others, basis, before)
    return choices


def target_of(
    number: int, reply: Reply, others: Sequence[TargetComment], basis: Basis, before: Choice | None = None
) -> Choice:
    """What a point, by its number, is about; `before` is what the point before it is about.

    A quotation before the point or within it tells; else it is about the comment replied to.
    """
    point = reply.points[number]
    quoted = words_reacted_to(point, reply.quotes)
    other = others[0]
    if quoted is not None:
        other = next(
            (target_comment for target_comment in others if target_comment.reading.comment.id == quoted.comment), other
        )
    candidates = other.candidates[:COMPARED]
    if not candidates:
        return Choice(other.reading.comment, None, 0.0, ChosenBy.WHOLE)
    shares = closeness(point, candidates, basis.weight, other.meaning)
    how, pointed = candidates_pointed_at(point, quoted, reply, other)
    if pointed:
        best = max(pointed, key=lambda n: (shares[n], -n))
        compared = Comparison(candidates, shares, best, frozenset(pointed))
        return Choice(other.reading.comment, candidates[best], max(shares[best], LEAST_OVERLAP), how, compared)
    question = (
        question_answered(point, candidates, shares, other.reading.comment.parent is None) if before is None else None
    )
    if question is not None:
        compared = Comparison(candidates, shares, question)
        return Choice(other.reading.comment, candidates[question], shares[question], ChosenBy.ASKED, compared)
    return closest_by_words(point, other, shares, basis) or best_fitting(number, reply, other, shares, basis, before)


def candidates_pointed_at(
    point: Point, quoted: Span | None, reply: Reply, other: TargetComment
) -> tuple[str, list[int]]:
    """How the point names what it is about, by quotation, number or topic, and the candidates that it may mean."""
    if quoted is not None:
        return ChosenBy.QUOTE, [
            n for n, candidate in enumerate(other.candidates[:COMPARED]) if touches(candidate.span, quoted)
        ]
    number = None if reply.numbers is None else reply.numbers.number_at(point.span.start)
    if reply.numbers is None or number is None:
        return ChosenBy.TOPIC, candidates_of_topic(topic_stems(point.first_sentence), other.candidates[:COMPARED])
    bears = reply.numbers.passage_bears
    return ChosenBy.NUMBER, [
        n for n, candidate in enumerate(other.candidates[:COMPARED]) if bears(candidate.span.start, number)
    ]


def candidates_of_topic(topic: frozenset[str], candidates: Sequence[Point]) -> list[int]:
    """The numbers of those that hold all words of a topic, where they are few enough for it to tell them apart."""
    numbers = [n for n, candidate in enumerate(candidates) if topic <= candidate.stems] if topic else []
    return numbers if len(numbers) <= max(1, len(candidates) // FEW) else []


def words_reacted_to(point: Point, quotes: tuple[Quote, ...]) -> Span | None:
    """The words elsewhere that the point reacts to: those it quotes itself, else the last quoted line above it."""
    target = None
    for quote in quotes:
        if quote.source.start >= point.span.end:
            break
        if quote.marked or quote.source.start >= point.span.start:
            target = quote.target
    return target


def closest_by_words(point: Point, other: TargetComment, shares: Sequence[float], basis: Basis) -> Choice | None:
    """The claim that shares most words with the point, or is nearest in meaning; None where all share too little."""
    candidates = other.candidates[:COMPARED]
    best = closest_candidate(candidates, shares)
    if shares[best] < (LEAST_OVERLAP if other.meaning is None else LEAST_CLOSE):
        return None
    share = share_of_words(best, point, other, shares, basis)
    how = ChosenBy.SHARED if share >= LEAST_OVERLAP else ChosenBy.ALIKE
    return Choice(other.reading.comment, candidates[best], share, how, Comparison(candidates, shares, best))


def best_fitting(
    number: int, reply: Reply, other: TargetComment, shares: Sequence[float], basis: Basis, before: Choice | None
) -> Choice:
    """The claim that fits where none shares enough words: as a model says, or of an opening comment the first.

    There a point goes on about what the one before it in its paragraph was about, where that named it.
    """
    candidates, comment = other.candidates[:COMPARED], other.reading.comment
    best = fits = first_claim(candidates)
    above = number_before(before, comment)
    if comment.parent is None:
        fits = best if above is None or before is None or not goes_on_from_before(number, reply, before) else above
    elif len(candidates) > 1 and not reply.is_bare_pair:
        fits = basis.fitting.best_fit(candidates, shares, reply.progress(number), above)
    best, how = fits, ChosenBy.FIRST if fits == best else ChosenBy.FIT
    share = share_of_words(best, reply.points[number], other, shares, basis)
    return Choice(comment, candidates[best], share, how, Comparison(candidates, shares, best))


def why_passed_over(point: Point) -> str:
    """Why a claim was not taken for the first one."""
    return "only greets" if greets(point.first_sentence) else "only tells of its writer"


def goes_on_from_before(number: int, reply: Reply, before: Choice) -> bool:
    """True if the point stands in one paragraph with the one before it, and that names what it is about."""
    point, other = reply.points[number], reply.points[number - 1]
    return (
        number > 0
        and before.chosen_by not in VAGUELY_CHOSEN
        and point.first_sentence.block == other.first_sentence.block
    )


def first_claim(candidates: Sequence[Point]) -> int:
    """The number of the first claim that does not only greet, or tell of its writer, else of the first one."""
    claims = [n for n, candidate in enumerate(candidates) if candidate.claims] or range(len(candidates))
    telling = (
        n
        for n in claims
        if not tells_of_self(candidates[n].first_sentence) and not greets(candidates[n].first_sentence)
    )
    return next(telling, claims[0])


def number_before(before: Choice | None, comment: Comment) -> int | None:
    """The number of the claim that the point before is about, where that stands in the same comment."""
    if before is None or before.compared is None or before.comment.id != comment.id:
        return None
    return before.compared.chosen


def share_of_words(number: int, point: Point, other: TargetComment, shares: Sequence[float], basis: Basis) -> float:
    """The share of words alone, where `shares` also hold likeness."""
    return (
        shares[number]
        if other.meaning is None
        else weighted_overlap(point.stems, other.candidates[number].stems, basis.weight)
    )


def closest_candidate(candidates: Sequence[Point], shares: Sequence[float]) -> int:
    """The number of the candidate that shares most, the first of equals; a question must share clearly more."""
    weighed = [share if point.claims else share * ASKING for point, share in zip(candidates, shares, strict=True)]
    return weighed.index(max(weighed))


def shared_words(point: Point, other: Point) -> tuple[str, ...]:
    """The words of the point that the other has too, in any form, in the point's order; some at most."""
    common, shared = set(point.stems & other.stems), list[str]()
    for word in point.words if common else ():
        if (word_stem := stem(word)) in common:
            common.discard(word_stem)
            shared.append(word)
            if not common or len(shared) == WORDS:
                break
    return tuple(shared)


def closeness(
    point: Point, candidates: Sequence[Point], weight: Mapping[str, float], meaning: Meaning | None
) -> list[float]:
    """How close each candidate is, 0..1: the words they share; if their meaning is known, as much by that."""
    shared = [weighted_overlap(point.stems, candidate.stems, weight) for candidate in candidates]
    if meaning is None:
        return shared
    alike = meaning.likeness(point.span.exact, [candidate.span.exact for candidate in candidates])
    return [(share + like) / 2 for share, like in zip(shared, alike, strict=True)]


def touches(span: Span, other: Span) -> bool:
    """True if the two share characters of one comment."""
    return span.comment == other.comment and min(span.end, other.end) > max(span.start, other.start)

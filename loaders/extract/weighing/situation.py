"""What a point of a reply shows in its place: by itself, beside the rest of the reply, and against what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rejoinder.loaders.extract.addressing.addressees import Addressee
from rejoinder.loaders.extract.points import features
from rejoinder.loaders.extract.points.asides import is_aside
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.points.heads import heads_and_items
from rejoinder.loaders.extract.points.leaning import likelihood_of_support
from rejoinder.loaders.extract.points.numbering import Mark, Numbers, marks_of_parts, numbers_named
from rejoinder.loaders.extract.points.purposes import is_question, means_to_ask
from rejoinder.loaders.extract.points.quotes import Quote
from rejoinder.loaders.extract.text.caching import cached_on_argument, once
from rejoinder.loaders.extract.text.questions import question_form
from rejoinder.loaders.extract.text.reading import Reading, Sentence
from rejoinder.records import Comment

NEIGHBOUR_ACTS = ("agree", "concede", "done", "thanks", "disagree", "wrong", "no", "contrast", "rhetorical")
SHORT_PARENT = 4  # sentences of a comment that are read as one passage
FEW_QUESTIONS = 2  # points at most of a reply that only asks
MOST_BACK = 3  # points before this one that are looked at


class Asking(StrEnum):
    """How far a reply as a whole asks: it says that its questions are meant, it does nothing else, or it does more."""

    MEANT = "meant"
    ONLY = "only"
    AMONG = "among"


@dataclass(frozen=True)
class Reply:
    """A comment that replies to `parent`, with what the steps before have found in it.

    `by_starter` tells that who opened the thread replies, `to_starter` that the reply is to the opening comment.
    `addressee` says how it was found that it replies to `parent`, None where the source says so; `unseen` tells that
    `parent` is not loaded, and is without words here; `above` are the comments above it, nearest first; `climate` is
    what all replies of the thread show together; `opening` the comment that opened the thread.
    """

    reading: Reading
    points: tuple[Point, ...]
    quotes: tuple[Quote, ...]
    parent: Reading
    by_starter: bool
    to_starter: bool
    addressee: Addressee | None = None
    unseen: bool = False
    above: Sequence[Reading] = ()
    climate: dict[str, float] = field(default_factory=dict)
    opening: Comment | None = None

    @once
    def numbers(self) -> Numbers | None:
        """What it names by number in the comment it replies to."""
        return numbers_named(self.reading, self.parent)

    @once
    def parent_numbers(self) -> tuple[Mark, ...]:
        """The numbers that the parts of the comment it replies to bear."""
        return tuple(marks_of_parts(self.parent))

    @once
    def announced_numbers(self) -> tuple[frozenset[int], frozenset[int]]:
        """The numbers of heads that announce objections, and of the points that begin an item below one."""
        return heads_and_items(self.points)

    @once
    def is_bare_pair(self) -> bool:
        """True where two propositions stand against each other without any sign of a conversation."""
        both = (self.reading.sentences, self.parent.sentences)
        return not self.unseen and all(len(sentences) == 1 and features.is_bare(sentences) for sentences in both)

    @once
    def asking(self) -> Asking:
        """How far it asks as a whole."""
        if any(map(means_to_ask, self.reading.sentences)):
            return Asking.MEANT
        sentences = [point.first_sentence for point in self.points if not is_aside(point.first_sentence)]
        only = 0 < len(sentences) <= FEW_QUESTIONS and all(sentence.asks for sentence in sentences)
        return Asking.ONLY if only else Asking.AMONG

    def progress(self, number: int) -> float:
        """How far into the reply a point stands, by its number: 0..1."""
        return number / max(1, len(self.points) - 1)

    @once
    def leaning(self) -> float:
        """How far the whole reply leans towards agreement by its cues, -1..1."""
        return 2 * likelihood_of_support(self.reading.sentences) - 1


def features_of(number: int, reply: Reply, target: Point | None, weight: Mapping[str, float]) -> dict[str, float]:
    """The features of one point, by its number in the reply, about the target or else the whole parent."""
    point = reply.points[number]
    values = {**point.features}
    others = passage_reacted_to(reply.parent, target)
    values |= features.pair_features(point.sentences, others.sentences, weight)
    values |= others.as_other
    values["leans"] = 2 * likelihood_of_support(point.sentences) - 1
    values["whole leans"] = reply.leaning
    if reply.by_starter:
        values["by the starter"] = 1.0
    if is_question(point.first_sentence):
        values[f"asks {question_form(point.first_sentence.words)}"] = 1.0
    values |= neighbour_features(number, reply.points)
    return values


@dataclass(frozen=True)
class Passage:
    """What a point is held against; it is the same for several points of a reply, and for several replies."""

    sentences: tuple[Sentence, ...]

    @once
    def as_other(self) -> Mapping[str, float]:
        """What it shows of what points do that react to it."""
        return features.other_features(self.sentences)


def passage_reacted_to(parent: Reading, target: Point | None) -> Passage:
    """What the point is held against: a short parent as a whole, of a long one the target alone."""
    return first_sentences(parent) if target is None or len(parent.sentences) <= SHORT_PARENT else own_features(target)


@cached_on_argument
def first_sentences(parent: Reading) -> Passage:
    """The first sentences of a comment."""
    return Passage(parent.sentences[: 2 * SHORT_PARENT])


@cached_on_argument
def own_features(target: Point) -> Passage:
    """The sentences of a point."""
    return Passage(target.sentences)


def neighbour_features(number: int, points: Sequence[Point]) -> dict[str, float]:
    """What the points before this one did by their cues, and the one after it."""
    before = frozenset[str]().union(
        *[point.first_sentence.acts for point in points[max(0, number - MOST_BACK) : number]]
    )
    values = {f"after {act}": 1.0 for act in NEIGHBOUR_ACTS if act in before} if before else {}
    if number + 1 < len(points) and "contrast" in points[number + 1].first_sentence.acts:
        values["before contrast"] = 1.0
    if number > 0 and points[number - 1].first_sentence.asks:
        values["after a question"] = 1.0
    return values

"""Which comments above one it may be about, beside the one that it replies to, and why they are shown."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rejoinder.loaders.extract.addressing.addressees import Addressee, Rule
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.text.words import weighted_overlap
from rejoinder.loaders.extract.threads import has_other_author
from rejoinder.records import Comment

RECENT = 6  # comments of others right above one whose source names none
SEARCHED = 4 * RECENT  # comments among which they are sought
ABOVE = 3  # comments above the parent
OWN = 2  # of the writer's, the latest, whose objections may be taken back
REMEMBERED = 30  # comments that answered somebody, the latest, of which they may take up some
TAKEN_UP = 6  # of those, the ones that share most words
SHARE = 0.05  # of the words, from which on they are shown


class EarlierReason(StrEnum):
    """Why a comment may be meant, as a model is told."""

    FIRST = "came first in the discussion"
    NAMED = "is spoken to, quoted or named"
    NEAR = "stands shortly above"
    ABOVE = "stands above the parent"
    TO_WRITER = "answered the writer"
    OWN = "is the writer's own"


WHOLE_REASONS = frozenset({EarlierReason.NAMED, EarlierReason.NEAR})  # all that they claim is offered


@dataclass(frozen=True, slots=True)
class EarlierComment:
    """A comment that another may be about, and why."""

    comment: Comment
    reason: EarlierReason
    other_is_placeless: bool = False  # whether the other names no comment that it replies to

    @property
    def is_offered_whole(self) -> bool:
        """True if all that it claims is offered; else only what it objects or asks, or shares words with the other."""
        return self.reason in WHOLE_REASONS or (self.reason == EarlierReason.FIRST and self.other_is_placeless)


@dataclass(slots=True)
class CommentsSoFar:
    """What was said so far: everything in its order, and of each author the latest, and what answered them."""

    readings: Mapping[str, Reading]
    weight: Mapping[str, float]
    order: list[Comment] = field(default_factory=list)
    replies_to: dict[str | None, list[Comment]] = field(default_factory=lambda: defaultdict(list))
    latest_by: dict[str, deque[Comment]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=OWN)))
    latest_answers_to: dict[str, deque[Comment]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=REMEMBERED))
    )

    def add_comment(self, comment: Comment, addressees: Sequence[Addressee]) -> None:
        """Remembers the comment."""
        self.order.append(comment)
        self.replies_to[comment.parent].append(comment)
        if comment.author is not None:
            self.latest_by[comment.author].append(comment)
        aims = [addressee.comment for addressee in addressees if addressee.is_aimed_at] or [comment.parent or ""]
        for author in {self.readings[aim].comment.author for aim in aims if aim in self.readings}:
            if author is not None and author != comment.author:
                self.latest_answers_to[author].append(comment)

    def likely_targets(
        self, comment: Comment, addressees: Sequence[Addressee]
    ) -> Iterator[tuple[Comment, EarlierReason]]:
        """The comments that this one may be about, the likeliest first; some twice."""
        for addressee in addressees:
            if addressee.odds is None and addressee.rule != Rule.POST:
                yield self.readings[addressee.comment].comment, EarlierReason.NAMED
        yield from ((target, EarlierReason.FIRST) for target in self.order[:1])
        if is_placeless(comment):
            yield from ((target, EarlierReason.NEAR) for target in self._near_comments(comment, addressees))
        yield from ((target, EarlierReason.ABOVE) for target in self._comments_above(comment))
        yield from ((target, EarlierReason.TO_WRITER) for target in self._answers_sharing_words(comment))
        yield from ((target, EarlierReason.OWN) for target in self._own_comments(comment))

    def _near_comments(self, comment: Comment, addressees: Sequence[Addressee]) -> Iterator[Comment]:
        """The comment that its source names as its place, those that are likely meant, and the last ones by others."""
        place = self.readings.get(comment.parent or "")
        if place is not None:
            yield place.comment
        yield from (self.readings[addressee.comment].comment for addressee in addressees)
        siblings = (self.order if comment.parent is None else self.replies_to[comment.parent])[-SEARCHED:]
        yield from [sibling for sibling in reversed(siblings) if has_other_author(sibling, comment)][:RECENT]

    def _comments_above(self, comment: Comment) -> Iterator[Comment]:
        """Those above its parent, the nearest first."""
        parent = self.readings.get(comment.parent or "")
        for _ in range(ABOVE if comment.addressed else 0):
            parent = None if parent is None else self.readings.get(parent.comment.parent or "")
            if parent is not None:
                yield parent.comment

    def _own_comments(self, comment: Comment) -> Iterator[Comment]:
        """The latest of its author's: those above it, else any."""
        if comment.author is not None:
            above = (earlier for earlier in self._comments_above(comment) if earlier.author == comment.author)
            yield from dict.fromkeys((*above, *reversed(self.latest_by[comment.author])))

    def _answers_sharing_words(self, comment: Comment) -> Iterator[Comment]:
        """Those that answered its author before and share most words with it."""
        stems = self.readings[comment.id].stems
        shares = [
            (weighted_overlap(stems, self.readings[answer.id].stems, self.weight), number, answer)
            for number, answer in enumerate(self.latest_answers_to.get(comment.author or "", ()))
        ]
        best = sorted(shares, key=lambda entry: entry[:2], reverse=True)
        yield from (answer for share, _, answer in best[:TAKEN_UP] if share >= SHARE)


def is_placeless(comment: Comment) -> bool:
    """True for one that names no comment that it replies to, also among others that do."""
    return comment.parent is None or not comment.addressed


def earlier_comments(
    order: Sequence[Comment],
    addressees: Mapping[str, Sequence[Addressee]],
    readings: Mapping[str, Reading],
    weight: Mapping[str, float],
) -> dict[str, tuple[EarlierComment, ...]]:
    """For each comment those that it may be about, beside its parent, in their order; `order` has parents first."""
    heard, likely = CommentsSoFar(readings, weight), dict[str, tuple[EarlierComment, ...]]()
    rank = {comment.id: number for number, comment in enumerate(order)}
    for current in order:
        mine = addressees.get(current.id, ())
        shown = dict[str, EarlierComment]()
        for other, why in heard.likely_targets(current, mine):
            is_parent = current.addressed and other.id == current.parent
            if (
                not is_parent
                and (has_other_author(other, current) or why == EarlierReason.OWN)
                and rank[other.id] < rank[current.id]
            ):
                shown.setdefault(other.id, EarlierComment(other, why, other_is_placeless=is_placeless(current)))
        likely[current.id] = tuple(sorted(shown.values(), key=lambda earlier: rank[earlier.comment.id]))
        heard.add_comment(current, mine)
    return likely

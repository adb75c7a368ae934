"""Extraction from threads whose replies are known: every comment after the one it replies to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from rejoinder.loaders.extract.addressing.addressees import Addressee
from rejoinder.loaders.extract.addressing.conversation import find_addressees
from rejoinder.loaders.extract.addressing.post import without_addressee_if_flat
from rejoinder.loaders.extract.model.linear import Model, Models
from rejoinder.loaders.extract.moves.ledger import Grounds, Ledger
from rejoinder.loaders.extract.moves.replies import add_reply_moves
from rejoinder.loaders.extract.moves.support import OwnPoints, add_reasons, add_support_moves
from rejoinder.loaders.extract.moves.turns import comments_aimed_at, note_addressees, replies_by_addressee
from rejoinder.loaders.extract.moves.withdrawing import add_withdrawals
from rejoinder.loaders.extract.people.bots import may_argue
from rejoinder.loaders.extract.platform import add_platform_moves, named_quotations
from rejoinder.loaders.extract.points.asides import is_aside
from rejoinder.loaders.extract.points.claims import Point, points_of_comment
from rejoinder.loaders.extract.points.climate import climate_features
from rejoinder.loaders.extract.points.quotes import ANCESTORS, Quote, Sayings, quotes_of_comment
from rejoinder.loaders.extract.text.caching import once
from rejoinder.loaders.extract.text.meaning import Meaning
from rejoinder.loaders.extract.text.reading import READINGS_KEPT, Reading, read_comment
from rejoinder.loaders.extract.text.words import stem_weights
from rejoinder.loaders.extract.unseen import add_unseen_moves
from rejoinder.loaders.extract.weighing.situation import Reply
from rejoinder.loaders.extract.weighing.targets import TargetComment
from rejoinder.records import Comment, Discussion, Method


@dataclass(frozen=True)
class HeardComment:
    """A comment in its thread: what it quotes, its points, the comments above it, and those that it can be about.

    `opening` is the comment that opened the thread, however far above, None where that is not loaded. `addressees` are
    those that its words show, where its source does not say which comment it answers.
    """

    reading: Reading
    quotes: tuple[Quote, ...]
    points: tuple[Point, ...]
    above: Sequence[Reading]
    others: Sequence[TargetComment]
    opening: Comment | None
    addressees: tuple[Addressee, ...] = ()
    climate: dict[str, float] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        """True if it replies to somebody else's comment that is loaded."""
        return bool(self.above) and has_other_author(self.reading.comment, self.above[0].comment)

    @once
    def reply(self) -> Reply:
        """The comment as a reply."""
        comment = self.reading.comment
        opener = None if self.opening is None else self.opening.author
        return Reply(
            reading=self.reading,
            points=self.points,
            quotes=self.quotes,
            parent=self.above[0],
            by_starter=opener is not None and comment.author == opener,
            to_starter=len(self.above) == 1 and self.above[0].comment.parent is None,
            above=self.above,
            climate=self.climate,
            opening=self.opening,
        )


def add_thread_moves(discussion: Discussion, ledger: Ledger, models: Models, meaning: Meaning | None = None) -> None:
    """Adds the claims and moves of a thread with replies; comments are read parents first."""
    target_by_id: dict[str, TargetComment] = {}
    for heard, weight in hear_comments(discussion, target_by_id, meaning, models.addressee):
        if not may_argue(heard.reading.comment):
            continue
        note_content(heard, ledger)
        if heard.is_reply:
            for reply, others in replies_by_addressee(heard.reply, heard.addressees, heard.others, target_by_id):
                add_reply_moves(reply, others, weight, models, ledger)
        elif heard.reading.comment.parent is not None and not heard.above:
            for reply, others in replies_to_unseen(heard):
                add_reply_moves(reply, others, weight, models, ledger)
            add_unseen_moves(heard.reading, heard.points, heard.quotes, target_by_id, ledger)
        else:
            add_own_withdrawals(heard, ledger)
        add_support_moves(heard.reading, heard.points, ledger)
        add_reasons(OwnPoints(heard.reading, heard.points, not heard.is_reply, weight), models, ledger)
    add_platform_moves(discussion, target_by_id, ledger)


def replies_to_unseen(heard: HeardComment) -> Iterator[tuple[Reply, Sequence[TargetComment]]]:
    """What the comment says to a post that is not loaded, as a reply to one without words."""
    comment = heard.reading.comment
    start = min((quote.source.start for quote in heard.quotes if quote.marked), default=None)
    own = tuple(point for point in heard.points if start is None or point.span.start < start)
    if own:
        parent = read_comment(replace(comment, id=comment.parent or "", parent=None, author=None, text=""))
        yield (
            Reply(
                reading=heard.reading,
                points=own,
                quotes=heard.quotes,
                parent=parent,
                by_starter=False,
                to_starter=True,
                unseen=True,
                climate=heard.climate,
            ),
            (TargetComment(parent, ()),),
        )


def add_own_withdrawals(heard: HeardComment, ledger: Ledger) -> None:
    """Adds what takes objections back in a comment that goes on below one of its own writer."""
    for point in heard.points:
        add_withdrawals(point, heard.reading, heard.above, heard.opening, ledger)


def note_content(heard: HeardComment, ledger: Ledger) -> None:
    """Adds what the comment quotes, what it claims, and whom it is addressed to."""
    author = heard.reading.comment.author
    for quote in heard.quotes:
        note_quotation(quote, author, ledger)
    for point in heard.points:
        if point.claims:
            ledger.claim(point.span, author)
    note_addressees(heard.reading.comment, heard.addressees, ledger)


def hear_comments(
    discussion: Discussion,
    target_by_id: dict[str, TargetComment],
    meaning: Meaning | None = None,
    addressee: Model | None = None,
) -> Iterator[tuple[HeardComment, Mapping[str, float]]]:
    """Each comment, parents first, and the weights of the thread's words; `target_by_id` gains each in turn.

    `addressee` is the model that tells whom they likeliest answer where neither source nor words do.
    """
    comments = without_addressee_if_flat(discussion.comments)
    readings = {comment.id: read_comment(comment) for comment in comments}
    together = climate_features(list(readings.values()))
    weight = stem_weights(sentence.stems for reading in readings.values() for sentence in reading.sentences)
    if meaning is not None:
        meaning.learn(sentence.exact for reading in readings.values() for sentence in reading.sentences)
    named_origins = named_quotations(discussion, readings)
    talk = find_addressees(comments, readings, named_origins, weight, addressee)
    sayings = Sayings(readings[comment.id] for comment in talk.order)
    openings: dict[str, Comment | None] = {}
    for number, comment in enumerate(talk.order):
        if number >= READINGS_KEPT:
            readings[talk.order[number - READINGS_KEPT].id].drop_cached()
        parent = talk.parent_found.get(comment.id, comment.parent)
        openings[comment.id] = comment if parent is None else openings.get(parent)
        reading, above = readings[comment.id], comments_above(comment, readings, talk.parent_found)
        quoted = quotes_of_comment(reading, above, sayings, weight, talk.named_quotations.get(comment.id, ()))
        own = points_of_comment(reading, [quote.source.end for quote in quoted if quote.marked], meaning)
        others = comments_aimed_at(comment_answered(above, target_by_id), quoted, target_by_id) if above else ()
        addressees = talk.addressees.get(comment.id, ())
        yield HeardComment(reading, quoted, own, above, others, openings[comment.id], addressees, together), weight
        target_by_id[comment.id] = as_target(reading, own, meaning)


def comment_answered(above: Sequence[Reading], target_by_id: Mapping[str, TargetComment]) -> str:
    """The comment replied to; where nothing there can be aimed at, as in a link, the one its writer made before it."""
    parent = above[0].comment
    if target_by_id[parent.id].candidates or parent.author is None:
        return parent.id
    before = (reading.comment.id for reading in above[1:] if reading.comment.author == parent.author)
    return next((comment_id for comment_id in before if target_by_id[comment_id].candidates), parent.id)


def comments_above(
    comment: Comment, readings: Mapping[str, Reading], addressed: Mapping[str, str] = MappingProxyType({})
) -> list[Reading]:
    """The comments above this one, each once, nearest first, as far up as quotations are searched.

    `addressed` names the comment that one is addressed to, where that is not its parent.
    """
    ancestors: dict[str, Reading] = {}
    above_id = addressed.get(comment.id, comment.parent)
    while (
        above_id is not None
        and above_id in readings
        and above_id not in (comment.id, *ancestors)
        and len(ancestors) < ANCESTORS
    ):
        ancestors[above_id] = readings[above_id]
        above_id = addressed.get(above_id, readings[above_id].comment.parent)
    return list(ancestors.values())


def has_other_author(comment: Comment, other: Comment) -> bool:
    """True unless both are known to be by one author, who then goes on rather than replies."""
    return comment.author is None or comment.author != other.author


def as_target(reading: Reading, own: tuple[Point, ...], meaning: Meaning | None = None) -> TargetComment:
    """The comment as replies can aim at it."""
    claims = any(point.claims for point in own)
    candidates = (
        point
        for point in own
        if (point.claims or point.first_sentence.asks if claims else not is_aside(point.first_sentence))
    )
    return TargetComment(reading, tuple(candidates), meaning)


def note_quotation(quote: Quote, author: str | None, ledger: Ledger) -> None:
    """Adds the Quotation, surer where it is word for word."""
    ledger.quotation(
        quote.target,
        Grounds(
            evidence=quote.source,
            author=author,
            confidence=0.95 if quote.exactly else 0.7 if quote.comment else 0.6,
            method=Method.STRUCTURAL if quote.exactly else Method.RULE,
            cue="quoted line" if quote.marked else "quotation marks",
        ),
        quote.place,
    )

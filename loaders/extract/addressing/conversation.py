"""Goes through a thread in the order of time, and finds whom comments are addressed to beyond their source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import heapify, heappop, heappush

from rejoinder.loaders.extract.addressing.addressees import Addressee
from rejoinder.loaders.extract.addressing.guesses import guessed_addressees, post_as_addressee
from rejoinder.loaders.extract.addressing.likeliest import is_crowd
from rejoinder.loaders.extract.addressing.other_addressees import addressee_if_misplaced, addressees_beside_parent
from rejoinder.loaders.extract.addressing.post import opening_post
from rejoinder.loaders.extract.addressing.talk import Talk
from rejoinder.loaders.extract.model.linear import Model
from rejoinder.loaders.extract.people.bots import is_bot
from rejoinder.loaders.extract.points.quotes import OriginNamed
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.records import Comment, natural_key


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was found: the comments in their order, each after those that it answers, and whom each is addressed to.

    `parent_found` is the comment that stands for the parent of one whose addressee was found, `named_quotations` are
    those whose origin is known.
    """

    named_quotations: Mapping[str, Sequence[OriginNamed]]
    order: Sequence[Comment]
    addressees: Mapping[str, tuple[Addressee, ...]] = field(default_factory=dict)
    parent_found: Mapping[str, str] = field(default_factory=dict)


def find_addressees(
    comments: Sequence[Comment],
    readings: Mapping[str, Reading],
    named_origins: Mapping[str, Sequence[OriginNamed]],
    weight: Mapping[str, float],
    model: Model | None = None,
) -> Conversation:
    """Whom the comments are addressed to whose source does not say it, or says it wrongly; in linear time.

    `weight` is that of the thread's words. The `model` tells whom they likeliest answer where their words do not show
    it; without it only a post that stands out is left.
    """
    order, all_addressed = parents_first(comments), all(comment.addressed for comment in comments)
    post = opening_post(order, readings, weight)
    talk = Talk(named_origins=named_origins, weight=weight, all_addressed=all_addressed, post=post)
    model = None if is_crowd(comments) else model
    addressees_by_id: dict[str, tuple[Addressee, ...]] = {}
    for current in order:
        reading = readings[current.id]
        if not is_bot(current.author) and (mine := addressees_of(reading, talk, model)):
            addressees_by_id[current.id] = mine
        talk.add_comment(reading, addressees_by_id.get(current.id, ()))
    if all_addressed and not addressees_by_id and not any(talk.origins.values()):
        return Conversation(named_origins, order)
    above = {name: mine[0].comment for name, mine in addressees_by_id.items() if mine[0].is_aimed_at}
    return Conversation({**named_origins, **talk.origins}, order, addressees_by_id, above)


def addressees_of(reading: Reading, talk: Talk, model: Model | None) -> tuple[Addressee, ...]:
    """Whom a comment says that it was meant for, or speaks to; else who is likely meant, if its source does not say."""
    comment = reading.comment
    if mine := addressee_if_misplaced(reading, talk):
        return mine
    if not comment.addressed:
        addressees = talk.addressees_by_words(reading) or (
            () if model is None else guessed_addressees(reading, talk, model)
        )
        return addressees or post_as_addressee(reading, talk)
    if attributions := talk.attributed_quotations(reading):
        talk.origins[comment.id] = [*talk.named_origins.get(comment.id, ()), *attributions]
    return addressees_beside_parent(reading, talk) or post_as_addressee(reading, talk)


def parents_first(comments: Sequence[Comment]) -> list[Comment]:
    """The comments by date, by id where a date is missing; but each after its parent."""
    ranked = sorted_by_date(comments)
    rank = {comment.id: number for number, comment in enumerate(ranked)}
    below: dict[str, list[int]] = {}
    for child in ranked:
        if child.parent is not None:
            below.setdefault(child.parent, []).append(rank[child.id])
    ready = [rank[comment.id] for comment in comments if comment.parent not in rank]
    heapify(ready)
    ordered = []
    while ready:
        ordered.append(ranked[heappop(ready)])
        for number in below.get(ordered[-1].id, ()):
            heappush(ready, number)
    return ordered


def sorted_by_date(comments: Sequence[Comment]) -> list[Comment]:
    """The comments by date, those of one time by id; all by id where a date is missing."""
    moments = {comment.id: seconds_since_1970(comment.created) for comment in comments}
    dated = None not in moments.values()
    return sorted(
        comments, key=lambda comment: ((moments[comment.id] or 0.0) if dated else 0.0, natural_key(comment.id))
    )


def seconds_since_1970(created: str | None) -> float | None:
    """Seconds since 1970, None where that is no date; a time without a zone counts as UTC.

    >>> one, other = seconds_since_1970("2024-03-01T10:00:00+01:00"), seconds_since_1970("2024-03-01T09:00:00")
    >>> one == other, seconds_since_1970("in spring")
    (True, None)
    """
    if not created:
        return None
    try:
        moment = datetime.fromisoformat(created)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None

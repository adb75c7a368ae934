"""What the models of points, reasons, whole replies and fitting claims learn from, as extraction hears it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TypeAlias

from benchmarks.labelled_threads import BARE, GROUPS, discussion, nearest_segment, pair, register
from benchmarks.train_fits import Difference, differences
from benchmarks.train_weights import Example, grouped_example
from rejoinder.loaders.extract.labelled import LabelledThread
from rejoinder.loaders.extract.model.linear import NO, YES, Model, Models
from rejoinder.loaders.extract.moves.replies import acting_points
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.points.premises import features_of_premise
from rejoinder.loaders.extract.threads import HeardComment, hear_comments
from rejoinder.loaders.extract.weighing.fitting import Fitting
from rejoinder.loaders.extract.weighing.reply_stance import features_of_whole
from rejoinder.loaders.extract.weighing.situation import features_of
from rejoinder.loaders.extract.weighing.targets import Basis, targets_of
from rejoinder.loaders.extract.weighing.verdicts import Verdict, verdicts_of_points

Listened: TypeAlias = tuple[tuple[HeardComment, Mapping[str, float]], ...]


@cache
def listen_to_thread(thread: LabelledThread) -> Listened:
    """What extraction reads and hears of a thread; no model has a say in that, so that all of them learn from it."""
    return tuple(hear_comments(discussion(thread), {}))


@cache
def listened_pair(target: str, text: str) -> Listened:
    """The same of a comment and a reply to it."""
    return tuple(hear_comments(pair(target, text), {}))


def examples(threads: Iterable[LabelledThread], fits: Model) -> Iterator[Example]:
    """Both views of every labelled reply, whose targets are chosen with the model of what fits."""
    for thread in threads:
        yield from in_place(thread, fits)
        yield from segment_examples(thread, fits)


def in_place(thread: LabelledThread, fits: Model) -> Iterator[Example]:
    """The points of each reply as extraction finds them, each with the label of the segment it shares most with."""
    labelled = {comment.id: comment for comment in thread.comments}
    for name, point, features in point_features(listen_to_thread(thread), fits):
        yield example(features, nearest_segment(point, labelled[name]).label, thread)


def segment_examples(thread: LabelledThread, fits: Model) -> Iterator[Example]:
    """Each segment as a reply to what it is aimed at, or to the comment above where it reacts to nothing."""
    texts = {post.id: post.text for post in thread.comments}
    for comment in thread.comments:
        for segment in comment.segments:
            aim = segment.comment or comment.parent
            if segment.label == "quote" or aim is None:
                continue
            target = thread.segment(aim, segment.number).exact if segment.number else texts[aim]
            for _, _, features in list(point_features(listened_pair(target, segment.exact), fits))[:1]:
                # In a bare turn, a reason stands to its conclusion as the next speaker's does.
                bare_reason = segment.label == "premise" and register(thread) == BARE
                yield example(features, "support" if bare_reason else segment.label, thread)


def example(features: Mapping[str, float], label: str, thread: LabelledThread) -> Example:
    """The example, its register named by the file's name."""
    return Example(features, GROUPS.get(label, "none"), label, register(thread), thread.split)


def point_features(heard_comments: Listened, fits: Model) -> Iterator[tuple[str, Point, dict[str, float]]]:
    """The points of replies, with the id of the comment and the features that extraction sees."""
    for heard, weight in heard_comments:
        if heard.is_reply:
            choices = targets_of(range(len(heard.points)), heard.reply, heard.others, Basis(weight, Fitting(fits)))
            for number, choice in choices.items():
                features = features_of(number, heard.reply, choice.chosen, weight)
                yield heard.reading.comment.id, heard.points[number], features


@cache
def second_points(thread: LabelledThread) -> tuple[Example, ...]:
    """Each point but the first of each comment, and whether it is a premise, without any model's say."""
    return tuple(_second_points(thread))


def _second_points(thread: LabelledThread) -> Iterator[Example]:
    labelled = {comment.id: comment for comment in thread.comments}
    for heard, weight in listen_to_thread(thread):
        for number in range(1, len(heard.points)):
            features = features_of_premise(number, heard.points, not heard.is_reply, weight)
            label = nearest_segment(heard.points[number], labelled[heard.reading.comment.id]).label
            yield grouped_example(features, YES if label == "premise" else NO)


def replies(thread: LabelledThread, points: Models) -> Iterator[tuple[dict[str, float], set[str | None]]]:
    """The features of each reply of several points, and the groups of its labels."""
    labelled = {comment.id: comment for comment in thread.comments}
    for heard, weight in listen_to_thread(thread):
        if heard.is_reply and len(heard.points) > 1:
            groups = {GROUPS.get(segment.label) for segment in labelled[heard.reading.comment.id].segments}
            yield features_of_whole(heard.reply, verdicts_of(heard, weight, points)), groups


def verdicts_of(heard: HeardComment, weight: Mapping[str, float], models: Models) -> dict[int, Verdict]:
    """What the points of a reply do, as extraction sees them."""
    reply = heard.reply
    acting = acting_points(reply, range(len(reply.points)))
    return verdicts_of_points(
        reply, targets_of(acting, reply, heard.others, Basis(weight, Fitting(models.fits))), weight, models
    )


@cache
def fitting(thread: LabelledThread) -> tuple[Difference, ...]:
    """What the replies of a thread tell of which claim fits; no model that is learned has a say in that."""
    return tuple(_fitting(thread))


def _fitting(thread: LabelledThread) -> Iterator[Difference]:
    labelled = {post.id: post for post in thread.comments}
    for heard, weight in listen_to_thread(thread):
        if heard.is_reply:
            comment = labelled[heard.reading.comment.id]
            labels = {number: nearest_segment(point, comment) for number, point in enumerate(heard.points)}
            yield from differences(thread, heard, weight, labels)

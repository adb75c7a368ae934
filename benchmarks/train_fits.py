"""What the model of fitting targets learns from: for each labelled point whose target shares no telling words with it,
the claims of the comment replied to, with what each shows, two by two.

A model that ranks is learned from differences: what the claim that is meant shows less what another one shows
(Herbrich, Graepel and Obermayer, "Large margin rank boundaries for ordinal regression", 2000).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rejoinder.loaders.extract.labelled import LabelledThread, Segment
from rejoinder.loaders.extract.model.linear import NO, YES, Model, feature_difference
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.threads import HeardComment
from rejoinder.loaders.extract.weighing.fitting import Fitting, claim_features
from rejoinder.loaders.extract.weighing.situation import Reply
from rejoinder.loaders.extract.weighing.targets import VAGUELY_CHOSEN, Basis, Choice, number_before, targets_of

FIRST = Model((NO, YES), {"first": (0.0, 1.0)})  # what is chosen before anything was learned


class Difference(NamedTuple):
    """What one claim shows less what another shows, which of the two is meant, and what the pair counts."""

    features: Mapping[str, float]
    label: str
    counts: float


def differences(
    thread: LabelledThread, heard: HeardComment, weight: Mapping[str, float], labels: Mapping[int, Segment]
) -> Iterator[Difference]:
    """The pairs of claims that the points of a reply set against each other; `labels` are those of its points."""
    reply, before = heard.reply, None
    choices = targets_of(range(len(reply.points)), reply, heard.others, Basis(weight, Fitting(FIRST)))
    for number, choice in choices.items():
        label = labels[number]
        right_comment = label.comment == choice.comment.id and label.number is not None
        if (
            choice.chosen_by in VAGUELY_CHOSEN
            and right_comment
            and choice.compared is not None
            and len(choice.compared.candidates) > 1
        ):
            goal = thread.segment(choice.comment.id, label.number or 0)
            yield from pairs(number, reply, choice, before, goal)
        before = choice


def pairs(number: int, reply: Reply, choice: Choice, before: Choice | None, goal: Segment) -> Iterator[Difference]:
    """Each claim that touches the goal against each that does not, and the other way round; all together count 2."""
    if choice.compared is None:
        return
    candidates, shares = choice.compared.candidates, choice.compared.shares
    feature_rows = [*claim_features(candidates, shares, reply.progress(number), number_before(before, choice.comment))]
    right = [row for row, point in zip(feature_rows, candidates, strict=True) if touches(point, goal)]
    wrong = [row for row, point in zip(feature_rows, candidates, strict=True) if not touches(point, goal)]
    for right_row in right:
        for other in wrong:
            counts = 1 / (len(right) * len(wrong))
            yield Difference(feature_difference(right_row, other), YES, counts)
            yield Difference(feature_difference(other, right_row), NO, counts)


def touches(point: Point, goal: Segment) -> bool:
    """True if the two share characters of their comment."""
    return min(point.span.end, goal.end) > max(point.span.start, goal.start)

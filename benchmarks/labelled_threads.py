"""What training and measuring ask of a labelled thread: its register, whether it argues, which label a span has."""

from __future__ import annotations

from rejoinder.loaders.extract.labelled import (
    ASKS,
    ATTACKS,
    REPLIES,
    SUPPORTS,
    LabelledComment,
    LabelledThread,
    Segment,
)
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.records import Comment, Discussion, Span, Thread, ThreadKey

# What the labels of segments come to for a model; all others are "none".
GROUPS = {
    **dict.fromkeys(ATTACKS, "attack"),
    **dict.fromkeys(SUPPORTS, "support"),
    **dict.fromkeys(REPLIES, "answer"),
    **dict.fromkeys(ASKS, "ask"),
}
BARE = "debate"  # the register of bare propositions
APART = ("debate", "map")  # registers that are no conversations


def register(thread: LabelledThread) -> str:
    """The first word of the file's name."""
    return thread.name.split("-")[0]


def argues(thread: LabelledThread) -> bool:
    """True if at least half of its replies object or agree: what a move does is learned there.

    How sure it is that there is a move at all is learned from all threads.
    """
    replies = [
        {GROUPS.get(segment.label) for segment in comment.segments} for comment in thread.comments if comment.parent
    ]
    return 2 * sum(not {"attack", "support"}.isdisjoint(groups) for groups in replies) >= len(replies)


def discussion(thread: LabelledThread) -> Discussion:
    """The thread as a loader would give it."""
    key = ThreadKey("corpus", thread.name)
    comments = (
        Comment(key, comment.id, comment.text, parent=comment.parent, author=comment.author)
        for comment in thread.comments
    )
    return Discussion(Thread(key, thread.title), tuple(comments))


def pair(target: str, text: str) -> Discussion:
    """A comment and a reply to it."""
    key = ThreadKey("corpus", "pair")
    comments = (Comment(key, "a", target, author="first"), Comment(key, "b", text, parent="a", author="second"))
    return Discussion(Thread(key), comments)


def nearest_segment(point: Point, comment: LabelledComment) -> Segment:
    """The segment that shares most characters with the point."""
    return nearest_to(point.span, comment)


def nearest_to(span: Span, comment: LabelledComment) -> Segment:
    """The segment that shares most characters with the span."""
    start, end = span.start, span.end
    return max(comment.segments, key=lambda segment: min(segment.end, end) - max(segment.start, start))

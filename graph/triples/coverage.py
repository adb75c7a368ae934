"""How much of a thread is loaded."""

from __future__ import annotations

from rejoinder.records import Coverage, Discussion


def coverage_of(discussion: Discussion) -> Coverage:
    """How much of the thread is loaded: complete only where the source declares counts and all of it is here.

    A parent that is missing, or fewer comments or replies than declared, makes it partial; without any count, and
    nothing missing, it is unknown.
    """
    present = {comment.id for comment in discussion.comments}
    replies: dict[str, int] = {}
    for reply in discussion.comments:
        if reply.parent is not None:
            replies[reply.parent] = replies.get(reply.parent, 0) + 1
    declared = discussion.thread.declared_comments
    if any(comment.parent is not None and comment.parent not in present for comment in discussion.comments):
        return Coverage.PARTIAL
    if any((comment.declared_replies or 0) > replies.get(comment.id, 0) for comment in discussion.comments):
        return Coverage.PARTIAL
    if declared is None:
        return Coverage.UNKNOWN
    return Coverage.COMPLETE if len(discussion.comments) >= declared else Coverage.PARTIAL

"""What a platform itself records beside the words: accepted answers, and reactions."""

from __future__ import annotations

from rejoinder.loaders.extract.platform import add_platform_moves
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.weighing.targets import TargetComment
from rejoinder.loaders.llm.found_moves import FoundMoves
from rejoinder.records import Discussion


def note_platform_moves(discussion: Discussion, found_moves: FoundMoves) -> None:
    """Adds what the platform itself records: accepted answers, and reactions without words."""
    others = {}
    for comment in discussion.comments:
        claims = found_moves.claims_of(comment.id)
        points = tuple(Point((), True, place, span) for place, (span, _) in enumerate(claims))
        others[comment.id] = TargetComment(Reading(comment, (), ()), points)
    add_platform_moves(discussion, others, found_moves.ledger)

"""What the comments of a thread quote from each other: found without a model, as the default extractor finds it."""

from __future__ import annotations

from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.platform import named_quotations, platform_moves
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.points.quotes import Quote, Sayings, quotes
from rejoinder.loaders.extract.text.reading import Reading, read_comment
from rejoinder.loaders.extract.text.words import weights
from rejoinder.loaders.extract.threads import ancestors, note_quotation, parents_first
from rejoinder.loaders.extract.weighing.targets import Other
from rejoinder.loaders.llm.seen import Seen
from rejoinder.records import Comment, Discussion


class Quotations:
    """The quotations of a thread whose replies are known."""

    def __init__(self, discussion: Discussion) -> None:
        self.readings = {one.id: read_comment(one) for one in discussion.comments}
        self.weight = weights(one.stems for reading in self.readings.values() for one in reading.sentences)
        self.sayings = Sayings(self.readings[one.id] for one in parents_first(discussion.comments))
        self.named = named_quotations(discussion, self.readings)
        self.found = {one.id: self._of(one) for one in discussion.comments}

    def noted(self, comment: Comment, ledger: Ledger) -> tuple[Quote, ...]:
        """What the comment quotes, in order; the ledger has it then."""
        for one in self.found[comment.id]:
            note_quotation(one, comment.author, ledger)
        return self.found[comment.id]

    def sources(self) -> dict[str, list[str]]:
        """The comments that each quotes, by their ids."""
        return {home: [one.comment for one in found if one.comment is not None] for home, found in self.found.items()}

    def _of(self, comment: Comment) -> tuple[Quote, ...]:
        above, named = ancestors(comment, self.readings), self.named.get(comment.id, ())
        return quotes(self.readings[comment.id], above, self.sayings, self.weight, named)


def note_platform_moves(discussion: Discussion, seen: Seen) -> None:
    """Adds what the platform itself records: accepted answers, and reactions without words."""
    others = {}
    for one in discussion.comments:
        claims = seen.claims_of(one.id)
        points = tuple(Point((), True, place, span) for place, (span, _) in enumerate(claims))
        others[one.id] = Other(Reading(one, (), ()), points)
    platform_moves(discussion, others, seen.ledger)

"""A thread as it is heard without a model: in which order, what each comment quotes, and whom it may answer."""

from __future__ import annotations

from collections.abc import Sequence

from rejoinder.loaders.extract.addressing.addressees import Addressee
from rejoinder.loaders.extract.addressing.conversation import find_addressees
from rejoinder.loaders.extract.addressing.post import without_addressee_if_flat
from rejoinder.loaders.extract.model.linear import shipped_models
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.platform import named_quotations
from rejoinder.loaders.extract.points.quotes import Quote, Sayings, quotes_of_comment
from rejoinder.loaders.extract.text.reading import read_comment
from rejoinder.loaders.extract.text.words import stem_weights
from rejoinder.loaders.extract.threads import comments_above, note_quotation
from rejoinder.loaders.llm.earlier import EarlierComment, earlier_comments
from rejoinder.loaders.llm.names import Names
from rejoinder.records import Comment, Discussion


class ThreadReading:
    """The comments of a thread whose replies are known, or can be told, in their order.

    `earlier` are, by the id of a comment, those that it may be about beside the one that it replies to.
    """

    def __init__(self, discussion: Discussion) -> None:
        comments = without_addressee_if_flat(discussion.comments)
        self.readings = {comment.id: read_comment(comment) for comment in comments}
        self.weight = stem_weights(
            sentence.stems for reading in self.readings.values() for sentence in reading.sentences
        )
        self.named = named_quotations(discussion, self.readings)
        self.talk = find_addressees(comments, self.readings, self.named, self.weight, shipped_models().addressee)
        self.order = self.talk.order
        self.people = numbered_authors(self.order)
        self.names = Names(self.people)
        self.sayings = Sayings(self.readings[comment.id] for comment in self.order)
        self.quotes = {comment.id: self._quotes(comment) for comment in self.order}
        self.earlier: dict[str, tuple[EarlierComment, ...]] = earlier_comments(
            self.order, self.talk.addressees, self.readings, self.weight
        )

    def note_quotes(self, comment: Comment, ledger: Ledger) -> tuple[Quote, ...]:
        """What the comment quotes, in order; the ledger has it then."""
        for quote in self.quotes[comment.id]:
            note_quotation(quote, comment.author, ledger)
        return self.quotes[comment.id]

    def comments_awaited(self) -> dict[str, list[str]]:
        """The comments that each quotes or may be about, by their ids."""
        return {
            home: [
                *(quote.comment for quote in self.quotes[home] if quote.comment is not None),
                *(earlier.comment.id for earlier in self.earlier[home]),
            ]
            for home in self.quotes
        }

    def writer_number(self, comment: Comment) -> str | None:
        """Who wrote a comment, as a model is told: by number and not by name."""
        return None if comment.author is None else f"person {self.people[comment.author]}"

    def people_named(self, comment: Comment) -> dict[str, str]:
        """Whom a comment calls by name, as a model is told."""
        return {
            name: f"person {number}"
            for name, number in self.names.numbers_named_in(comment.text, comment.author).items()
        }

    def addressees(self, comment: Comment) -> tuple[Addressee, ...]:
        """Whom a comment is addressed to beyond what its source says."""
        return self.talk.addressees.get(comment.id, ())

    def _quotes(self, comment: Comment) -> tuple[Quote, ...]:
        above = comments_above(comment, self.readings, self.talk.parent_found)
        named_origins = self.talk.named_quotations.get(comment.id, ())
        return quotes_of_comment(self.readings[comment.id], above, self.sayings, self.weight, named_origins)


def numbered_authors(order: Sequence[Comment]) -> dict[str, int]:
    """The authors, numbered from 1 as they came in."""
    authors = dict.fromkeys(comment.author for comment in order if comment.author is not None)
    return {author: number for number, author in enumerate(authors, 1)}

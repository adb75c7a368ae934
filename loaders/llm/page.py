"""A flattened dump as it is read without a model: what rules take each paragraph for, and whose words they quote."""

from __future__ import annotations

from collections.abc import Iterator

from rejoinder.loaders.extract.dumps.duplicates import first_occurrences
from rejoinder.loaders.extract.dumps.goals import Context, paragraph_span
from rejoinder.loaders.extract.dumps.paragraph_features import paragraph_features
from rejoinder.loaders.extract.dumps.paragraphs import paragraph_roles
from rejoinder.loaders.extract.dumps.signs import Role
from rejoinder.loaders.extract.flattened import DumpParagraph, add_quoted_paragraph
from rejoinder.loaders.extract.model.linear import shipped_models
from rejoinder.loaders.extract.text.reading import Reading, read_comment
from rejoinder.loaders.extract.text.words import stem_weights
from rejoinder.loaders.llm.found_moves import FoundMoves
from rejoinder.loaders.llm.offers import shorten
from rejoinder.records import Comment, Discussion

BEFORE, AFTER = 6, 2  # paragraphs that are shown above and below
TAKEN_FOR = {Role.QUOTE: "quoted", Role.HEAD: "a heading", Role.ASIDE: "a title or an aside"}  # as a model is told
OWN = "own words"


class Page:
    """The paragraphs of a dump from its top, each of equal ones once."""

    def __init__(self, discussion: Discussion) -> None:
        self.first = first_occurrences(discussion.comments)
        self.order = [comment for comment in discussion.comments if self.first[comment.id] == comment.id]
        self.number_by_comment = {comment.id: number for number, comment in enumerate(self.order)}
        self.readings = [read_comment(comment) for comment in self.order]
        self.weight = stem_weights(sentence.stems for reading in self.readings for sentence in reading.sentences)
        looks = [paragraph_features(reading) for reading in self.readings]
        self.standings = paragraph_roles(self.readings, looks, self.weight, shipped_models())

    def reading(self, comment: Comment) -> Reading:
        """What the paragraph says."""
        return self.readings[self.number_by_comment[comment.id]]

    def is_asked_about(self, comment: Comment) -> bool:
        """True for what rules take for its owner's; a model may still see that it is quoted."""
        return self._role(self.number_by_comment[comment.id]) not in TAKEN_FOR

    def note_quotation(self, comment: Comment, found_moves: FoundMoves) -> None:
        """Adds what rules find: a quotation, of nobody known, and its claim."""
        number = self.number_by_comment[comment.id]
        if self._role(number) == Role.QUOTE:
            reading = self.readings[number]
            found_moves.quoted.add(found_moves.claim(paragraph_span(reading), None))
            below = self.readings[number + 1] if number + 1 < len(self.order) else None
            add_quoted_paragraph(DumpParagraph(reading, self.standings[number], below), Context(), found_moves.ledger)

    def paragraphs_above(self, comment: Comment) -> list[Comment]:
        """The paragraphs above, the nearest last."""
        number = self.number_by_comment[comment.id]
        return self.order[max(0, number - BEFORE) : number]

    def paragraphs_below(self, comment: Comment) -> list[Comment]:
        """The paragraphs below, the nearest first."""
        number = self.number_by_comment[comment.id]
        return self.order[number + 1 : number + 1 + AFTER]

    def as_shown(self, comments: list[Comment], most: int) -> Iterator[dict[str, object]]:
        """Paragraphs as a model is shown them, so many characters of each, with what rules take them for."""
        for comment in comments:
            taken_for = TAKEN_FOR.get(self._role(self.number_by_comment[comment.id]), OWN)
            yield {"is": taken_for, "text": shorten(comment.text, most)}

    def _role(self, number: int) -> Role:
        return self.standings[number].role

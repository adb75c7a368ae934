"""What an explanation holds: all that speaks for a claim or a move, and where it stands.

The keys of the JSON are those of the dataclasses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from rejoinder.graph.explanations.extraction_notes import Reasons
from rejoinder.graph.explanations.steps import GIVEN, Step
from rejoinder.graph.maps import wording
from rejoinder.graph.maps.nodes import Place, QuotedFrom
from rejoinder.graph.maps.passages import Passage
from rejoinder.records import Extraction


@dataclass(frozen=True, slots=True)
class End:
    """What stands at an end of a move; for a thread, which stands for the post, `loaded` is False."""

    iri: str
    kind: str
    text: str
    author: str | None
    loaded: bool

    @property
    def words(self) -> str:
        """Its text, or what stands for it where it holds none."""
        return self.text or wording.wordless_noun(self.kind, self.author)


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """What an objection got: the move, what kind it is, its words, who made it, where, and how sure that is.

    `made_in` is None for a reaction without words.
    """

    iri: str
    id: str
    kind: str
    text: str
    author: str | None
    confidence: float
    made_in: Place | None


@dataclass(frozen=True, slots=True)
class Addressed:
    """A comment that the one in which a move is made was found to speak to: by which Reply (`iri`), and how."""

    iri: str
    comment: str
    author: str | None
    confidence: float
    cue: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgement that says that a move is right: who judged, and why, where that is said."""

    iri: str
    by: str | None
    because: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Why an objection is open or answered; the words beside `label` and `status` say what they mean.

    `decided_by` are the moves that give it its status, the surest first; of a withdrawn one they are `taken_back`, too.
    `gone` is what became of its comment, "deleted" or "retracted", where that took it back.
    """

    label: str | None
    label_words: str | None
    status: str
    status_words: str
    levels: tuple[str, ...]
    rank: float | None
    answers: tuple[AnswerGiven, ...]
    answered_beside: int | None
    taken_back: tuple[AnswerGiven, ...]
    decided_by: tuple[AnswerGiven, ...]
    gone: str | None

    @property
    def decided_words(self) -> str:
        """What those that decide did; nothing where none does."""
        return wording.DECIDING_VERBS.get(self.status, "") if self.decided_by else ""

    @property
    def others(self) -> tuple[AnswerGiven, ...]:
        """The answers but for those that decide."""
        return tuple(answer for answer in self.answers if answer not in self.decided_by)


@dataclass(frozen=True, slots=True)
class MoveWhy:
    """All that speaks for one move. `also` are its wider kinds, `reason` the whole of it in one short line.

    `made_in` is None for a reaction without words, `reasons` where the extractor noted none, `standing` for a move that
    is no objection. `steps` lead to the confidence, one by one; `aim_words` say how the target was chosen,
    `said_to` whom its comment speaks to where that was found, `choice_words` why a kind that is not the likeliest was.
    """

    iri: str
    id: str
    kind: str
    also: tuple[str, ...]
    does: str
    reason: str
    origin: str
    origin_words: str
    author: str | None
    made_in: Place | None
    sources: tuple[End, ...]
    evidence: tuple[Passage, ...]
    target: End | None
    confidence: float | None
    confidence_words: str
    method: str | None
    method_words: str
    cue: str | None
    reasons: Reasons | None
    extraction: Extraction | None
    standing: Standing | None
    quoted_from: QuotedFrom | None
    steps: tuple[Step, ...]
    aim_words: str
    choice_words: str
    said_to: tuple[Addressed, ...]
    judgement: Judged | None

    @property
    def noted(self) -> bool:
        """False where an extractor decided without a word on what it rests on."""
        return self.reasons is not None or all(step.by != GIVEN for step in self.steps)


@dataclass(frozen=True, slots=True)
class ClaimWhy:
    """All that speaks for and against one claim; `truncated` where it makes or met more than MOST_MOVES moves."""

    iri: str
    id: str
    kind: str
    text: str
    author: str | None
    places: tuple[Passage, ...]
    label: str | None
    label_words: str | None
    strength: float | None
    objections: int | None
    open_objections: int | None
    makes: tuple[MoveWhy, ...]
    against: tuple[MoveWhy, ...]
    in_favour: tuple[MoveWhy, ...]
    about: tuple[MoveWhy, ...]
    truncated: bool
    quoted_from: QuotedFrom | None

    @property
    def is_alone(self) -> bool:
        """True if it makes no move and met none."""
        return not (self.makes or self.against or self.in_favour or self.about)


Explanation: TypeAlias = MoveWhy | ClaimWhy

"""How an objection stands: what answers it, what decided that, and what became of its comment."""

from __future__ import annotations

from rejoinder.graph.explanations.whys import AnswerGiven, Standing
from rejoinder.graph.maps import wording
from rejoinder.graph.maps.nodes import Node
from rejoinder.graph.maps.reader import Reader
from rejoinder.graph.triples.nodes import last_segment
from rejoinder.graph.triples.terms import RJ
from rejoinder.records import State

WITHDRAWN = "withdrawn"  # the status of an objection
TAKEN_BACK_STATES = (State.RETRACTED, State.DELETED)


class StandingFinder:
    """Tells the standing of objections; an answer that several share is looked up once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.answer_by_iri: dict[str, AnswerGiven] = {}

    def standing_of(self, node: Node) -> Standing | None:
        """How an objection stands, None for anything else."""
        if node.status is None:
            return None
        values = self.reader.values(node.iri)
        answers, decided = (
            tuple(map(self._answer_given, values.get(RJ + name, ()))) for name in ("answeredBy", "decidedBy")
        )
        decided = tuple(sorted(decided, key=lambda answer: (-answer.confidence, answer.iri)))
        withdrawn = node.status == WITHDRAWN
        return Standing(
            label=node.label,
            label_words=label_meaning(node),
            status=node.status,
            status_words=wording.STATUS_WORDS.get(node.status, node.status),
            levels=node.levels,
            rank=node.rank,
            answers=answers,
            answered_beside=node.answered_beside,
            taken_back=decided if withdrawn else (),
            decided_by=decided,
            gone=self._taken_back_state(node.iri) if withdrawn else None,
        )

    def _taken_back_state(self, move: str) -> str | None:
        """What became of the comment of a move, where that takes it back."""
        comment = self.reader.one_value(move, RJ + "inComment") or ""
        states = {state.removeprefix(RJ) for state in self.reader.values(comment).get(RJ + "state", ())}
        return next((state for state in TAKEN_BACK_STATES if state in states), None)

    def _answer_given(self, iri: str) -> AnswerGiven:
        if iri not in self.answer_by_iri:
            made_in = self.reader.one_value(iri, RJ + "inComment")
            self.answer_by_iri[iri] = AnswerGiven(
                iri=iri,
                id=last_segment(iri),
                kind=self.reader.kind(iri),
                text=self.reader.text(iri),
                author=self.reader.author(iri),
                confidence=float(self.reader.one_value(iri, RJ + "confidence") or 0),
                made_in=self.reader.whole_comment(made_in) if made_in else None,
            )
        return self.answer_by_iri[iri]


def label_meaning(node: Node) -> str | None:
    """What the label of a claim or an objection means."""
    word = wording.label_and_meaning(node.label, node.objections)
    return f"{word[0]}: {word[1]}" if word else None

"""What became of an objection that an earlier list of open ones had, and a new one has not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from rejoinder.graph.explanations.standing import StandingFinder
from rejoinder.graph.explanations.whys import AnswerGiven
from rejoinder.graph.maps.nodes import Node
from rejoinder.graph.maps.reader import Reader
from rejoinder.graph.maps.wording import OPEN_STATUSES, STATUS_WORDS, percent
from rejoinder.graph.queries.near import plain_form
from rejoinder.graph.queries.views import Cell, Row, Value, find_view, view_rows
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples import predicates
from rejoinder.graph.triples.lookup import subjects
from rejoinder.graph.triples.terms import RJ, rj
from rejoinder.records import Kind, with_wider_kinds

LEFT_OUT = "left out"
# What else may have become of it than that it has another status now.
CHANGE_WORDS = {
    "gone": "its comment is not loaded any more",
    "reworded": "its comment does not say these words any more",
    "judged": "judged to be no objection",
    "no objection": "not read as an objection any more",
    "less sure": "still open, but not sure enough any more to be listed",
    "same again": "another that says the same is listed in its place",
    LEFT_OUT: "still open, but the filters of this list leave it out",
}

# Of which kinds a judgement is that takes an objection out of the map: each that an objection may have.
_KINDS = {
    str(wider_kind)
    for kind in Kind
    if Kind.OBJECTION in with_wider_kinds(kind)
    for wider_kind in with_wider_kinds(kind)
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an objection: `change` is its status or a key of CHANGE_WORDS, `words` say what that means.

    `answers` are the moves that decided it, or where none did all that it got; the surest first.
    """

    change: str
    words: str
    answers: tuple[AnswerGiven, ...] = ()

    @property
    def as_line(self) -> str:
        """What became of it, in a line: the status stands before what it means, where that says more."""
        return self.words if self.change in (*CHANGE_WORDS, self.words) else f"{self.change}: {self.words}"


class OutcomeFinder:
    """Tells what became of objections, for a new list that asks with these values of the view `unanswered`."""

    def __init__(self, snapshot: Snapshot, values: Mapping[str, Value]) -> None:
        self.snapshot, self.values = snapshot, values
        self.reader = Reader(snapshot)
        self.standings = StandingFinder(self.reader)

    def outcome_of(self, row: Row) -> Outcome:
        """What became of a row of an earlier list: by its `claim`, and by what else of it is known."""
        claim = str(row["claim"])
        if self.reader.kind(claim) != "Claim":
            return _outcome_of_change("reworded" if self._is_loaded(row.get("thread"), row.get("comment")) else "gone")
        objections = [
            subject
            for subject in self.reader.subjects(rj("source"), claim)
            if self.reader.one_value(subject, RJ + "status")
        ]
        if not objections:
            by = next(self._judgement_words(row), None)
            return _outcome_of_change("no objection") if by is None else _outcome_of_change("judged", by)
        same = str(row.get("objection"))
        return self._present_outcome(self.reader.node(same if same in objections else objections[0], 0, {}))

    def _present_outcome(self, node: Node) -> Outcome:
        """What became of an objection that is in the map still."""
        status = str(node.status)
        if self._is_open(node):
            if (node.confidence or 0) < float(str(self.values["confidence"])):
                return _outcome_of_change("less sure", percent(node.confidence or 0))
            return _outcome_of_change("same again" if self.reader.values(node.iri).get(RJ + "repeats") else LEFT_OUT)
        standing = self.standings.standing_of(node)
        acts = standing.decided_by or standing.answers if standing else ()
        return Outcome(status, STATUS_WORDS.get(status, status), tuple(sorted(acts, key=lambda act: -act.confidence)))

    def _is_open(self, node: Node) -> bool:
        """True if it has the level that the list asks for; U5 is U4, and settled in no other way."""
        level = self.values["level"]
        has = isinstance(level, ox.NamedNode) and level.value.removeprefix(RJ) in node.levels
        return has and ("before" not in self.values or node.status in OPEN_STATUSES)

    def _is_loaded(self, thread: Cell, comment: Cell) -> bool:
        """True if the thread (IRI) holds a comment of that id."""
        called = subjects(self.snapshot.store, predicates.SIOC_ID, ox.Literal(str(comment or "")))
        return any(self.reader.one_value(subject, predicates.CONTAINER) == thread for subject in called)

    def _judgement_words(self, row: Row) -> Iterator[str]:
        """By whom, and why, the words of a row were judged wrong; nothing where they were not."""
        if not row.get("thread"):
            return
        parameters: dict[str, Value] = {"thread": ox.NamedNode(str(row["thread"])), "verdict": "wrong"}
        for judgement in view_rows(self.snapshot.store, find_view("judgements"), parameters).rows:
            same = judgement["comment"] == str(row.get("comment")) and _is_same_text(
                judgement["words"], row.get("text")
            )
            if same and judgement["kind"] in _KINDS:
                yield ": ".join(str(part) for part in (judgement["judge"] or "a person", judgement["because"]) if part)


def _is_same_text(words: Cell, text: Cell) -> bool:
    """True if a judgement of these words is one of that text; one without words is of the whole comment."""
    return words is None or plain_form(str(words)) == plain_form(str(text or ""))


def _outcome_of_change(change: str, more: str = "") -> Outcome:
    sentences = {"judged": f"{CHANGE_WORDS[change]} by {more}", "less sure": f"{CHANGE_WORDS[change]}: {more}"}
    return Outcome(change, sentences[change] if more else CHANGE_WORDS[change])

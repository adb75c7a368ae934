"""Where a move comes from: its source, the platform, a person, a judgement, or the extractor."""

from __future__ import annotations

import json

from rejoinder.graph.maps.reader import Reader
from rejoinder.graph.triples import predicates
from rejoinder.graph.triples.terms import RJ

SOURCE, PLATFORM, PERSON, JUDGEMENT, EXTRACTOR = "source", "platform", "person", "judgement", "extractor"
ORIGIN_WORDS = {
    SOURCE: "stated by the source itself",
    PLATFORM: "recorded by the platform beside the words",
    PERSON: "entered by a person",
    JUDGEMENT: "judged by a person",
    EXTRACTOR: "found by the extractor",
}


class MoveOrigins:
    """Tells the origins of moves; what the platform recorded of a thread is looked up once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.recorded_by_thread: dict[str, frozenset[tuple[str, str, str]]] = {}

    def origin_of(self, move: str) -> str:
        """The source names the moves that it states; a reaction without words is the platform's alone."""
        if self.reader.one_value(move, RJ + "judgement") is not None:
            return JUDGEMENT
        method = (self.reader.one_value(move, RJ + "method") or "").removeprefix(RJ)
        if method == "human":
            return SOURCE if self.reader.one_value(move, predicates.IDENTIFIER) is not None else PERSON
        if self.reader.one_value(move, RJ + "inComment") is None or (
            method == "structural" and self._is_recorded(move)
        ):
            return PLATFORM
        return EXTRACTOR

    def _is_recorded(self, move: str) -> bool:
        """Whether the platform recorded it: its thread then keeps a line with the same cue and comments."""
        comment, target = (self.reader.one_value(move, RJ + name) or "" for name in ("inComment", "targetComment"))
        thread = self.reader.one_value(comment, predicates.CONTAINER) or ""
        if thread not in self.recorded_by_thread:
            lines = self.reader.values(thread).get(RJ + "stated", ())
            self.recorded_by_thread[thread] = frozenset(
                _recorded_move(line) for line in lines if '"platform": ' in line
            )
        ids = (self.reader.one_value(iri, predicates.SIOC_ID) or "" for iri in (comment, target))
        return (self.reader.one_value(move, RJ + "cue") or "", *ids) in self.recorded_by_thread[thread]


def _recorded_move(line: str) -> tuple[str, str, str]:
    """The cue, comment and target of a platform move as graph/triples/lines.py writes it."""
    record = json.loads(line)
    return str(record.get("cue")), str(record.get("comment")), str(record.get("target"))

"""Why a claim or a move is in the map, and why it stands as it does: the facts, gathered for people to read.

Pages and commands only render what is found here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from rejoinder.errors import Missing, NotFound
from rejoinder.graph.explanations.aiming import aim_words
from rejoinder.graph.explanations.choosing import choice_words
from rejoinder.graph.explanations.extraction_notes import Reasons
from rejoinder.graph.explanations.origins import JUDGEMENT, ORIGIN_WORDS, SOURCE, MoveOrigins
from rejoinder.graph.explanations.standing import StandingFinder, label_meaning
from rejoinder.graph.explanations.steps import MEASURED, WORDS, Step
from rejoinder.graph.explanations.sureness import TESTED_EXTRACTOR, reasons_and_steps, short_reason
from rejoinder.graph.explanations.whys import (
    Addressed,
    ClaimWhy,
    End,
    Explanation,
    Judged,
    MoveWhy,
)
from rejoinder.graph.maps import wording
from rejoinder.graph.maps.nodes import Node, Place
from rejoinder.graph.maps.passages import Passage, passage_around
from rejoinder.graph.maps.reader import Reader
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples import predicates
from rejoinder.graph.triples.nodes import last_segment
from rejoinder.graph.triples.terms import RJ, TYPE, rj
from rejoinder.records import Extraction, Kind

CHARACTERS_AROUND = 160  # characters of a comment shown before and after the words in question
LONGEST_END = 1000  # characters shown of the words at either end of a move
MOST_MOVES = 100
TRUST_WORDS = {SOURCE: "taken at the source's word", JUDGEMENT: "taken at the word of whoever judged it"}


def explain(snapshot: Snapshot, iri: str) -> Explanation:
    """Why the claim or move of that IRI is in the map. Raises NotFound where there is none."""
    finder = _Finder(snapshot)
    kind = finder.reader.kind(iri)
    if kind == "Claim":
        return finder.claim(iri)
    if kind in set(Kind):
        return finder.move(iri)
    raise NotFound(f"no claim or move {iri[:200]}", missing=Missing.CLAIM)


def move_whys(snapshot: Snapshot, moves: Iterable[str]) -> dict[str, MoveWhy]:
    """The explanation of each of these moves (IRIs)."""
    finder = _Finder(snapshot)
    return {iri: finder.move(iri) for iri in moves}


def explanation_document(explanation: Explanation, snapshot: Snapshot) -> dict[str, Any]:
    """An explanation as plain JSON, the same from the command line and over HTTP (docs/explain.md)."""
    return {**asdict(explanation), "snapshot": snapshot.id}


class _Finder:
    """Gathers the parts of explanations from one snapshot; what several share is looked up once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.reader = Reader(snapshot)
        self.ends: dict[str, End] = {}
        self.origins, self.standings = MoveOrigins(self.reader), StandingFinder(self.reader)

    def claim(self, iri: str) -> ClaimWhy:
        """All about a claim."""
        node, out, at = self._node(iri), self._moves("source", iri), self._moves("target", iri)
        met = [self.move(move_iri) for move_iri in at[:MOST_MOVES]]
        sides = {move_why.iri: _side(move_why) for move_why in met}
        return ClaimWhy(
            iri=iri,
            id=last_segment(iri),
            kind=node.kind,
            text=node.text,
            author=node.author,
            places=self._passages(node.places),
            label=node.label,
            label_words=label_meaning(node),
            strength=node.strength,
            objections=node.objections,
            open_objections=node.open_objections,
            makes=tuple(self.move(move_iri) for move_iri in out[:MOST_MOVES]),
            against=tuple(move_why for move_why in met if sides[move_why.iri] == "Objection"),
            in_favour=tuple(move_why for move_why in met if sides[move_why.iri] == "Support"),
            about=tuple(move_why for move_why in met if sides[move_why.iri] is None),
            truncated=max(len(out), len(at)) > MOST_MOVES,
            quoted_from=node.quoted_from,
        )

    def move(self, iri: str) -> MoveWhy:
        """All about a move."""
        node, origin = self._node(iri), self.origins.origin_of(iri)
        sure = TRUST_WORDS.get(origin) or wording.sureness_words(node.confidence or 0)
        made_in = self.reader.one_value(iri, RJ + "inComment")
        extraction, target = self._extraction(iri), self._target(iri)
        reasons, chain = reasons_and_steps(node, origin, extraction)
        judged = Judged(node.judgement, node.judge, node.because) if node.judgement else None
        wider = {class_iri.removeprefix(RJ) for class_iri in self.reader.values(iri).get(TYPE.value, ())}
        return MoveWhy(
            iri=iri,
            id=last_segment(iri),
            kind=node.kind,
            also=tuple(sorted(wider - {node.kind, "Move"})),
            does=wording.KIND_VERBS.get(node.kind, ""),
            reason=short_reason(node, origin, sure, judged),
            origin=origin,
            origin_words=ORIGIN_WORDS[origin],
            author=node.author,
            made_in=self.reader.whole_comment(made_in) if made_in else None,
            sources=tuple(self._end(source) for source in self.reader.values(iri).get(RJ + "source", ())),
            evidence=self._passages(node.places),
            target=target,
            confidence=node.confidence,
            confidence_words="; ".join(part for part in (sure, self._tested_words(node, chain)) if part),
            method=node.method,
            method_words=wording.METHOD_WORDS.get(node.method or "", ""),
            cue=node.cue,
            reasons=reasons,
            extraction=extraction,
            standing=self.standings.standing_of(node),
            quoted_from=node.quoted_from,
            steps=chain,
            aim_words=_aim_words(reasons, target),
            choice_words=choice_words(reasons, ours=extraction is not None and extraction.name == TESTED_EXTRACTOR[0]),
            said_to=tuple(self._addressed_comments(made_in)) if made_in else (),
            judgement=judged,
        )

    def _node(self, iri: str) -> Node:
        return self.reader.node(iri, 0, {})

    def _moves(self, end: str, iri: str) -> list[str]:
        """The moves that have the claim at this end, the surest first."""
        return [move for move in self.reader.moves(iri) if iri in self.reader.values(move).get(RJ + end, ())]

    def _end(self, iri: str) -> End:
        if iri not in self.ends:
            text, kind = self.reader.text(iri), self.reader.kind(iri)
            cut = text if len(text) <= LONGEST_END else text[: LONGEST_END - 1].rstrip() + "…"
            self.ends[iri] = End(iri, kind, cut, self.reader.author(iri), loaded=kind not in {"Thread", ""})
        return self.ends[iri]

    def _target(self, move: str) -> End | None:
        """What it is aimed at; words quoted out of a comment are those of whoever wrote that."""
        end = next((self._end(target) for target in self.reader.values(move).get(RJ + "target", ())), None)
        if end is None or end.kind != "Span" or end.author is not None:
            return end
        comment = self.reader.one_value(end.iri, RJ + "inComment")
        return replace(end, author=self.reader.author(comment) if comment else None)

    def _addressed_comments(self, comment: str) -> Iterator[Addressed]:
        """Whom a comment was found to speak to, the surest first; not where its source says whom it answers."""
        values = self.reader.values(comment)
        if RJ + "addressed" not in values and predicates.REPLY_OF in values:
            return
        for move in self.reader.subjects(rj("inComment"), comment):
            target = self.reader.one_value(move, RJ + "target") or ""
            if self.reader.kind(move) == Kind.REPLY and self.reader.kind(target) == "Comment":
                sure = float(self.reader.one_value(move, RJ + "confidence") or 0)
                yield Addressed(
                    move, target, self.reader.author(target), sure, self.reader.one_value(move, RJ + "cue") or ""
                )

    def _passages(self, places: Iterable[Place]) -> tuple[Passage, ...]:
        return tuple(
            passage_around(
                self.reader.one_value(place.comment, predicates.CONTENT) or "", place, around=CHARACTERS_AROUND
            )
            for place in places
        )

    def _tested_words(self, node: Node, chain: Iterable[Step]) -> str:
        """What a test said of such moves: those from comment to comment that the tested extractor weighed."""
        comment, target = (self.reader.one_value(node.iri, RJ + name) for name in ("inComment", "targetComment"))
        extraction, step_names = self._extraction(node.iri), {step.by for step in chain}
        measured = MEASURED in step_names and WORDS not in step_names
        if extraction is None or (extraction.name, extraction.parameters) != TESTED_EXTRACTOR or not measured:
            return ""
        between = target is not None and target != comment and node.kind != Kind.QUESTION
        return wording.tested_words(node.confidence or 0) if between else ""

    def _extraction(self, move: str) -> Extraction | None:
        iri = self.reader.one_value(move, predicates.GENERATED)
        if iri is None:
            return None
        names = (predicates.NAME, predicates.VERSION, RJ + "parameters")
        return Extraction(*(self.reader.one_value(iri, name) or "" for name in names))


def _side(move: MoveWhy) -> str | None:
    """Whether a move speaks against ("Objection") or for ("Support") its target, or neither."""
    return next((name for name in ("Objection", "Support") if name in {move.kind, *move.also}), None)


def _aim_words(reasons: Reasons | None, target: End | None) -> str:
    """How its target was chosen, nothing where that is not said."""
    return "" if reasons is None or reasons.aim is None else aim_words(reasons.aim, target.kind if target else "")

"""From what a model says to claims and moves: each word is looked up in the comment, each name in a list."""

from __future__ import annotations

import json
from dataclasses import dataclass

from rejoinder.loaders.llm.aims import Aim, KindAndTarget, kinds_and_targets
from rejoinder.loaders.llm.evidence import Fault, Rejected, locate_words
from rejoinder.loaders.llm.found_moves import FoundMoves
from rejoinder.loaders.llm.passages import Passage
from rejoinder.loaders.llm.schema import OWN_CLAIM_NAME, Answer, AnswerClaim, AnswerMove
from rejoinder.records import ClaimRef, Comment, Kind, Method, Span, Target, ThreadRef, make_move

QUOTATION_SURE = 0.6  # confidence of a quotation that only the model sees
CUE_CHARACTERS = 80  # characters of the words that gave a kind away


@dataclass(frozen=True, slots=True)
class OwnClaim:
    """A claim that the passage states, or quotes from the span."""

    span: Span
    claim: ClaimRef
    quoted: bool


class AnswerTaker:
    """Takes the answer to one passage into what has been found in the thread; `faults` are of what was left out."""

    def __init__(self, passage: Passage, parent: Comment | None, found_moves: FoundMoves, model: str) -> None:
        self.passage, self.parent, self.found_moves, self.model = passage, parent, found_moves, model
        self.author = passage.comment.author
        self.own: list[OwnClaim | None] = []
        self.faults: list[Fault] = []
        self.aimed_at: set[str | None] = set()  # the comments of others at which a move is aimed

    def add_answer(self, answer: Answer) -> None:
        """Adds the claims, then the moves; what does not hold is left out, and counted."""
        for claim in answer.claims:
            self.own.append(self._claim(claim))
        for move in answer.moves:
            self._move(move)

    def _claim(self, claim: AnswerClaim | Fault) -> OwnClaim | None:
        """The claim, None where it does not hold: numbers of later ones stay as they are."""
        try:
            if isinstance(claim, Fault):
                raise Rejected(claim)
            return self._quoted_claim(claim.words) if claim.quoted else self._own_claim(self._span(claim.words))
        except Rejected as wrong:
            self.faults.append(wrong.fault)
            return None

    def _own_claim(self, span: Span) -> OwnClaim:
        return OwnClaim(span, self.found_moves.claim(span, self.author), quoted=False)

    def _quoted_claim(self, words: str) -> OwnClaim | None:
        """Somebody else's words: those of the parent, or of nobody known; marked lines have been noted before."""
        span = self._span(words, anywhere=True)
        start = span.start - self.passage.start
        if any(left <= start < right for left, right in self.passage.avoid):
            return None
        origin = self._span_in_parent(span.exact)
        place, author = (span, None) if origin is None else (origin, self.parent.author if self.parent else None)
        target: Target = ThreadRef() if origin is None else origin
        home = None if origin is None else origin.comment
        self._add_move(Kind.QUOTATION, span, KindAndTarget(Kind.QUOTATION, target), home, span, "", QUOTATION_SURE)
        claim = self.found_moves.claim_covering(place) or self.found_moves.claim(place, author)
        if origin is None:
            self.found_moves.quoted.add(claim)
        return OwnClaim(place, claim, quoted=True)

    def _span_in_parent(self, words: str) -> Span | None:
        if self.parent is None:
            return None
        try:
            start, end = locate_words(words, self.parent.text)
        except Rejected:
            return None
        return Span(self.parent.id, start, end, self.parent.text[start:end])

    def _move(self, move: AnswerMove | Fault) -> None:
        try:
            if isinstance(move, Fault):
                raise Rejected(move)
            evidence, aim = self._span(move.words), self._aim_of(move)
            source = self._source(evidence)
            added = [
                self._add_move(move.kind, source, end, aim.comment, evidence, move.cue, move.confidence)
                for end in kinds_and_targets(move.kind, aim, self.author, self.found_moves)
            ]
            if not any(added):
                raise Rejected(Fault.RULE)
            self.aimed_at |= {aim.comment} - {self.passage.comment.id}
        except Rejected as wrong:
            self.faults.append(wrong.fault)

    def _add_move(
        self,
        given_kind: Kind,
        source: Span | ClaimRef,
        end: KindAndTarget,
        target_comment: str | None,
        evidence: Span,
        cue: str,
        confidence: float,
    ) -> bool:
        """Adds the move, unless it would break a rule."""
        move = make_move(
            self.passage.comment.thread,
            end.kind,
            [source],
            end.target,
            comment=evidence.comment,
            target_comment=target_comment,
            evidence=[evidence],
            author=self.author,
            confidence=confidence,
            method=Method.MODEL,
            cue=self._cue(cue),
            explanation=self._explanation(given_kind, end.kind),
        )
        return self.found_moves.add(move, self._claims_in(evidence))

    def _claims_in(self, evidence: Span) -> list[ClaimRef]:
        """The claims of the passage of which the evidence holds most: whoever answers one of them answers the move."""
        mine = [own_claim for own_claim in self.own if own_claim is not None and not own_claim.quoted]
        return [
            own_claim.claim
            for own_claim in mine
            if 2 * own_claim.span.common(evidence) > own_claim.span.end - own_claim.span.start
        ]

    def _span(self, words: str, *, anywhere: bool = False) -> Span:
        """Where the words stand in the passage; raises Rejected."""
        start, end = locate_words(words, self.passage.text, () if anywhere else self.passage.avoid)
        offset = self.passage.start
        return Span(self.passage.comment.id, offset + start, offset + end, self.passage.text[start:end])

    def _source(self, evidence: Span) -> ClaimRef:
        """The claim of the passage that shares most with the evidence, else one that these words make."""
        mine = [own_claim for own_claim in self.own if own_claim is not None and not own_claim.quoted]
        best = max(mine, key=lambda own_claim: (own_claim.span.common(evidence), -own_claim.span.start), default=None)
        if best is not None and best.span.common(evidence) > 0:
            return best.claim
        return self._own_claim(evidence).claim

    def _aim_of(self, move: AnswerMove) -> Aim:
        """What the target's name was offered for; an own claim can only be supported, or taken back.

        Raises Rejected.
        """
        numbered = OWN_CLAIM_NAME.fullmatch(move.target)
        if numbered is None:
            aim = self.passage.aims.get(move.target)
            if aim is None or (aim.allowed_kinds is not None and move.kind not in aim.allowed_kinds):
                raise Rejected(Fault.TARGET)
            return aim
        number = int(numbered[1]) - 1
        own = self.own[number] if number < len(self.own) else None
        if own is None or not (own.quoted or move.kind == Kind.SUPPORT):
            raise Rejected(Fault.TARGET)
        return Aim(own.span.comment, own.claim)

    def _cue(self, words: str) -> str:
        """The words that gave the kind away, if they stand in the passage: nothing else that a model says is kept."""
        try:
            start, end = locate_words(words, self.passage.text)
        except Rejected:
            return "llm"
        return "llm: " + " ".join(self.passage.text[start:end].split())[:CUE_CHARACTERS]

    def _explanation(self, given_kind: Kind, kind: Kind) -> str:
        rule = f"read by the model {self.model}; its words stand in the comment"
        if given_kind != kind:
            rule += f"; it said {given_kind}, which is {kind} at this target"
        return json.dumps({"rule": rule}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

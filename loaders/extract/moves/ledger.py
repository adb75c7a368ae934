"""Collects claims and moves, and refuses what contradicts itself, so that every map keeps the ontology's rules."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TypeVar

from rejoinder.loaders.extract.model.sureness import HIGHEST, LOWEST
from rejoinder.loaders.gathering.stated_checks import LONGEST_CLAIM
from rejoinder.records import (
    ArgumentMap,
    Claim,
    ClaimRef,
    CommentRef,
    Extraction,
    Kind,
    Method,
    Move,
    MoveRef,
    Source,
    Span,
    Target,
    ThreadKey,
    ThreadRef,
    end_name,
    make_claim,
    make_move,
    with_wider_kinds,
)

Kept = TypeVar("Kept", Claim, Move)
SUPPORTING_KINDS = frozenset({Kind.SUPPORT, Kind.CONCESSION})


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a move rests on: the words that show it, whose they are, how sure it is (0..1), and how it was found."""

    evidence: Span
    author: str | None
    confidence: float
    method: Method
    cue: str
    explanation: str | None = None


class Ledger:
    """The claims and moves found so far in one thread; the first of two that contradict each other stays.

    `features_by_move` holds what the confidence of a move was weighed by, for those where a model weighed it;
    `target_moves_by_comment` the ids of the moves that each comment's moves are aimed at, `taken_back` those of
    objections that were withdrawn, and `objections_by_target` the objections to what each comment says.
    """

    def __init__(self, thread: ThreadKey) -> None:
        self.thread = thread
        self.claims: dict[str, Claim] = {}
        self.spans: dict[str, set[Span]] = {}
        self.stated: dict[tuple[Span, str | None], ClaimRef] = {}
        self.moves: dict[str, Move] = {}
        self.supports_by_ends: dict[tuple[str, str], bool] = {}
        self.objections: dict[Span, MoveRef] = {}
        self.objection_spans_by_comment: dict[str, list[Span]] = {}
        self.supports: dict[Span, MoveRef] = {}
        self.questions: dict[str, MoveRef] = {}
        self.asked: dict[Span, MoveRef] = {}
        self.features_by_move: dict[str, Mapping[str, float]] = {}
        self.target_moves_by_comment: dict[str, set[str]] = {}
        self.taken_back: set[str] = set()
        self.objections_by_target: dict[str, list[MoveRef]] = {}

    def claim(self, span: Span, author: str | None) -> ClaimRef:
        """The claim stated at the span, as much of it as a claim may hold; said again by its author it gains a span."""
        claim_ref = self.stated.get((span, author))
        if claim_ref is None:
            claim_ref = self.stated[span, author] = self._add_claim_ref(span, author)
        return claim_ref

    def _add_claim_ref(self, span: Span, author: str | None) -> ClaimRef:
        if len(span.exact) > LONGEST_CLAIM:
            exact = span.exact[:LONGEST_CLAIM].rstrip()
            span = Span(span.comment, span.start, span.start + len(exact), exact)
        claim = make_claim(self.thread, [span], author)
        self.claims.setdefault(claim.id, claim)
        self.spans.setdefault(claim.id, set()).add(span)
        return ClaimRef(claim.id)

    def objection_near(self, span: Span) -> MoveRef | None:
        """The objection that a passage belongs to: the last in its comment begun before its end, else the first."""
        raised = self.objection_spans_by_comment.get(span.comment, [])
        if not raised:
            return None
        before = bisect_left(raised, span.end, key=lambda raised_span: raised_span.start)
        return self.objections[raised[max(0, before - 1)]]

    def objections_in(self, comment: str) -> list[MoveRef]:
        """The objections that a comment makes, in their order."""
        return [self.objections[span] for span in self.objection_spans_by_comment.get(comment, ())]

    def is_move_by(self, move: MoveRef, author: str | None) -> bool:
        """True if the author is known and made the move."""
        return author is not None and self.moves[move.id].author == author

    def owner(self, objection: MoveRef) -> str | None:
        """The author of what an objection is against, None where unknown."""
        target = self.moves[objection.id].target
        if isinstance(target, ClaimRef):
            return self.claims[target.id].author
        return self.moves[target.id].author if isinstance(target, MoveRef) else None

    def question_of(self, comment: str) -> MoveRef | None:
        """The last question of a comment that asks and does not object."""
        return None if comment in self.objection_spans_by_comment else self.questions.get(comment)

    def add_claim_span(self, key: str, span: Span) -> None:
        """Adds a place to a claim."""
        self.spans[key].add(span)

    def move(
        self,
        kind: Kind,
        source: Source,
        target: Target,
        target_comment: str | None,
        grounds: Grounds,
    ) -> MoveRef | None:
        """Adds a move, made where its evidence stands; None if it would break a rule or is there already."""
        evidence = grounds.evidence
        new_move = make_move(
            self.thread,
            kind,
            [source],
            target,
            comment=evidence.comment,
            target_comment=target_comment,
            evidence=[evidence],
            author=grounds.author,
            confidence=min(HIGHEST, max(LOWEST, grounds.confidence)),
            method=grounds.method,
            cue=grounds.cue,
            explanation=grounds.explanation,
        )
        if new_move.id in self.moves or self._contradicts(new_move):
            return None
        self.moves[new_move.id] = new_move
        self._note(MoveRef(new_move.id), kind, evidence)
        if target_comment is not None and Kind.OBJECTION in with_wider_kinds(kind):
            self.objections_by_target.setdefault(target_comment, []).append(MoveRef(new_move.id))
        if isinstance(target, MoveRef):
            self.target_moves_by_comment.setdefault(evidence.comment, set()).add(target.id)
        return MoveRef(new_move.id)

    def _note(self, move_ref: MoveRef, kind: Kind, evidence: Span) -> None:
        """Remembers where an objection, a question or a support stands, for those that aim at it."""
        if Kind.OBJECTION in with_wider_kinds(kind):
            if evidence not in self.objections:
                insort(self.objection_spans_by_comment.setdefault(evidence.comment, []), evidence)
            self.objections.setdefault(evidence, move_ref)
        elif kind == Kind.QUESTION:
            self.questions[evidence.comment] = move_ref
            self.asked.setdefault(evidence, move_ref)
        elif kind == Kind.SUPPORT:
            self.supports.setdefault(evidence, move_ref)

    def quotation(self, target: Span | None, grounds: Grounds, place: str | None = None) -> None:
        """Adds the Quotation of these words; of what was not found (None) only the comment, `place`, may be known."""
        unfound = ThreadRef() if place is None else CommentRef(place)
        self.move(Kind.QUOTATION, grounds.evidence, target or unfound, target.comment if target else place, grounds)

    def add(self, move: Move) -> None:
        """Adds a move that was made elsewhere, unless it is there already or would break a rule."""
        if move.id not in self.moves and not self._contradicts(move):
            self.moves[move.id] = move

    def _contradicts(self, move: Move) -> bool:
        """True for a move against or for its own source, or both for and against one target."""
        source, target = move.sources[0], move.target
        aims = self.moves[target.id].sources if isinstance(target, MoveRef) else ()
        if source == target or source in aims:
            return True
        sign = (
            move.kind in SUPPORTING_KINDS
            if move.kind in SUPPORTING_KINDS or Kind.OBJECTION in with_wider_kinds(move.kind)
            else None
        )
        if sign is None:
            return False
        ends = [(end_name(source), end_name(aim)) for aim in (target, *aims)]
        if any(self.supports_by_ends.get(end, sign) != sign for end in ends):
            return True
        self.supports_by_ends.update(dict.fromkeys(ends, sign))
        return False

    def argument_map(self, extraction: Extraction) -> ArgumentMap:
        """The map, sorted by id."""
        several = {key: tuple(sorted(spans)) for key, spans in self.spans.items() if len(spans) > 1}
        claims = [replace(claim, spans=several[key]) if key in several else claim for key, claim in self.claims.items()]
        return ArgumentMap(extraction, sorted_by_id(claims), sorted_by_id(self.moves.values()))


def sorted_by_id(moves: Iterable[Kept]) -> tuple[Kept, ...]:
    """Sorted by id."""
    return tuple(sorted(moves, key=attrgetter("id")))

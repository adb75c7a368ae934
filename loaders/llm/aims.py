"""What a move can be aimed at, and the kind and target that the ontology's rules allow there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.loaders.llm.found_moves import FoundMoves
from rejoinder.records import KINDS_ELSEWHERE, ClaimRef, CommentRef, Kind, MoveRef, Target, ThreadRef

RETRACTING_KINDS = frozenset({Kind.CONCESSION})
OBJECTING_KINDS = frozenset({Kind.OBJECTION, Kind.REBUTTAL, Kind.UNDERMINE})


@dataclass(frozen=True, slots=True)
class Aim:
    """A claim, or where there is none a whole comment, or where that is not loaded the post.

    `allowed_kinds` are those that may be aimed there, where not all may: what the writer said before can be taken
    back.
    """

    comment: str | None
    claim: ClaimRef | None = None
    allowed_kinds: frozenset[Kind] | None = None

    @property
    def whole_target(self) -> Target:
        """What stands for all of it."""
        if self.claim is not None:
            return self.claim
        return ThreadRef() if self.comment is None else CommentRef(self.comment)


@dataclass(frozen=True, slots=True)
class KindAndTarget:
    """The kind that a move is, and its target."""

    kind: Kind
    target: Target


def kinds_and_targets(kind: Kind, aim: Aim, author: str | None, found_moves: FoundMoves) -> list[KindAndTarget]:
    """Kind and target of a move: an answer targets the objection, an undercut the step (shapes S06, S07, S10).

    A claim that objects to several things is met in each of them; by one objection to it, which answers them all. What
    meets a reason for an objection meets that objection.
    """
    if kind == Kind.UNDERCUT:
        return [KindAndTarget(kind, undercut_target) for undercut_target in undercut_targets(aim, found_moves)]
    if kind not in KINDS_ELSEWHERE and kind not in OBJECTING_KINDS:
        return [KindAndTarget(kind, aim.whole_target)]
    met = moves_answered(kind, aim, found_moves)
    if kind != Kind.CONCESSION:  # nobody answers themselves, but to take it back
        met = [move_ref for move_ref in met if not found_moves.ledger.is_move_by(move_ref, author)]
    if not met:
        # Of a comment not read as an objection, a model may know better; of a claim that makes none it cannot.
        return [KindAndTarget(KINDS_ELSEWHERE.get(kind, kind) if aim.claim is not None else kind, aim.whole_target)]
    if kind == Kind.CONCESSION:
        met = [
            move_ref
            for move_ref in met
            if found_moves.ledger.is_move_by(move_ref, author) or is_against_author(move_ref, author, found_moves)
        ]
        if not met:
            return [KindAndTarget(Kind.SUPPORT, aim.whole_target)]
    if kind in (Kind.COUNTER, *OBJECTING_KINDS):
        return [
            KindAndTarget(Kind.COUNTER, met[0])
            if len(met) == 1
            else KindAndTarget(KINDS_ELSEWHERE.get(kind, kind), claim_of_objections(met, found_moves))
        ]
    return [KindAndTarget(kind, move_ref) for move_ref in met]


def moves_answered(kind: Kind, aim: Aim, found_moves: FoundMoves) -> list[MoveRef]:
    """The objections, or for a plain Answer or a Clarification else the question, that the aim makes."""
    kinds = [Kind.OBJECTION]
    if kind in (Kind.ANSWER, Kind.CLARIFICATION):
        kinds = [Kind.QUESTION, Kind.OBJECTION]
    if aim.claim is not None:
        return found_moves.moves_to_meet(aim.claim, *kinds)
    if aim.comment is None or kind in OBJECTING_KINDS:
        return []
    return found_moves.first_moves_in(aim.comment, *kinds)


def claim_of_objections(met: Sequence[MoveRef], found_moves: FoundMoves) -> Target:
    """The claim that several objections rest on."""
    source = found_moves.ledger.moves[met[0].id].sources[0]
    return source if isinstance(source, ClaimRef) else met[0]


def undercut_targets(aim: Aim, found_moves: FoundMoves) -> Sequence[Target]:
    """The supports or objections that the aim makes, else the comment that holds the unknown step."""
    move_refs = [] if aim.claim is None else found_moves.moves_of(aim.claim, Kind.SUPPORT, Kind.OBJECTION)
    return move_refs or [Aim(aim.comment).whole_target]


def is_against_author(objection: MoveRef, author: str | None, found_moves: FoundMoves) -> bool:
    """True unless the objection is known to be against somebody else, who alone can concede it."""
    return found_moves.ledger.owner(objection) in (None, author)

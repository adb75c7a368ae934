"""What a move can be aimed at, and the kind and target that the ontology's rules allow there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.loaders.llm.seen import FoundMoves
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


def kinds_and_targets(kind: Kind, aim: Aim, author: str | None, seen: FoundMoves) -> list[KindAndTarget]:
    """Kind and target of a move: an answer targets the objection, an undercut the step (shapes S06, S07, S10).

    A claim that objects to several things is met in each of them; by one objection to it, which answers them all. What
    meets a reason for an objection meets that objection.
    """
    if kind == Kind.UNDERCUT:
        return [KindAndTarget(kind, one) for one in undercut_targets(aim, seen)]
    if kind not in KINDS_ELSEWHERE and kind not in OBJECTING_KINDS:
        return [KindAndTarget(kind, aim.whole_target)]
    met = moves_answered(kind, aim, seen)
    if kind != Kind.CONCESSION:
        met = [one for one in met if not seen.ledger.by(one, author)]  # nobody answers themselves, but to take it back
    if not met:
        # Of a comment not read as an objection, a model may know better; of a claim that makes none it cannot.
        return [KindAndTarget(KINDS_ELSEWHERE.get(kind, kind) if aim.claim is not None else kind, aim.whole_target)]
    if kind == Kind.CONCESSION:
        met = [one for one in met if seen.ledger.by(one, author) or is_against_author(one, author, seen)]
        if not met:
            return [KindAndTarget(Kind.SUPPORT, aim.whole_target)]
    if kind in (Kind.COUNTER, *OBJECTING_KINDS):
        return [
            KindAndTarget(Kind.COUNTER, met[0])
            if len(met) == 1
            else KindAndTarget(KINDS_ELSEWHERE.get(kind, kind), claim_of_objections(met, seen))
        ]
    return [KindAndTarget(kind, one) for one in met]


def moves_answered(kind: Kind, aim: Aim, seen: FoundMoves) -> list[MoveRef]:
    """The objections, or for a plain Answer or a Clarification else the question, that the aim makes."""
    wanted = [Kind.OBJECTION]
    if kind in (Kind.ANSWER, Kind.CLARIFICATION):
        wanted = [Kind.QUESTION, Kind.OBJECTION]
    if aim.claim is not None:
        return seen.moves_to_meet(aim.claim, *wanted)
    if aim.comment is None or kind in OBJECTING_KINDS:
        return []
    return seen.first_moves_in(aim.comment, *wanted)


def claim_of_objections(met: Sequence[MoveRef], seen: FoundMoves) -> Target:
    """The claim that several objections rest on."""
    source = seen.ledger.moves[met[0].id].sources[0]
    return source if isinstance(source, ClaimRef) else met[0]


def undercut_targets(aim: Aim, seen: FoundMoves) -> Sequence[Target]:
    """The supports or objections that the aim makes, else the comment that holds the unknown step."""
    made = [] if aim.claim is None else seen.moves_of(aim.claim, Kind.SUPPORT, Kind.OBJECTION)
    return made or [Aim(aim.comment).whole_target]


def is_against_author(objection: MoveRef, author: str | None, seen: FoundMoves) -> bool:
    """True unless the objection is known to be against somebody else, who alone can concede it."""
    return seen.ledger.owner(objection) in (None, author)

"""What a move can be aimed at, and the kind and target that the ontology's rules allow there."""

from __future__ import annotations

from dataclasses import dataclass

from rejoinder.loaders.llm.seen import Seen
from rejoinder.records import ELSEWHERE, ClaimRef, CommentRef, Kind, MoveRef, Target, ThreadRef

AGAINST_OBJECTIONS = frozenset({Kind.OBJECTION, Kind.REBUTTAL})


@dataclass(frozen=True, slots=True)
class Aim:
    """A claim, or where there is none a whole comment, or where that is not loaded the post."""

    comment: str | None
    claim: ClaimRef | None = None

    @property
    def whole(self) -> Target:
        """What stands for all of it."""
        if self.claim is not None:
            return self.claim
        return ThreadRef() if self.comment is None else CommentRef(self.comment)


@dataclass(frozen=True, slots=True)
class Aimed:
    """The kind that a move is, and its target."""

    kind: Kind
    target: Target


def aimed(kind: Kind, aim: Aim, author: str | None, seen: Seen) -> Aimed:
    """Kind and target of a move: an answer targets the objection, an undercut the step (shapes S06, S07, S10)."""
    if kind == Kind.UNDERCUT:
        return Aimed(kind, step(aim, seen))
    if kind not in ELSEWHERE and kind not in AGAINST_OBJECTIONS:
        return Aimed(kind, aim.whole)
    met = answered(kind, aim, seen)
    if met is not None and seen.ledger.by(met, author):
        met = None  # nobody answers themselves
    if met is None:
        # Of a comment not read as an objection, a model may know better; of a claim that makes none it cannot.
        return Aimed(ELSEWHERE.get(kind, kind) if aim.claim is not None else kind, aim.whole)
    if kind == Kind.CONCESSION and not owes(met, author, seen):
        return Aimed(Kind.SUPPORT, aim.whole)
    return Aimed(Kind.COUNTER if kind in AGAINST_OBJECTIONS else kind, met)


def answered(kind: Kind, aim: Aim, seen: Seen) -> MoveRef | None:
    """The objection, or for a plain Answer or a Clarification also the question, that the aim makes."""
    wanted = [Kind.OBJECTION]
    if kind in (Kind.ANSWER, Kind.CLARIFICATION):
        wanted = [Kind.QUESTION, Kind.OBJECTION]
    if aim.claim is not None:
        return seen.first(aim.claim, *wanted)
    if aim.comment is None or kind in AGAINST_OBJECTIONS:
        return None
    return seen.first_in(aim.comment, *wanted)


def step(aim: Aim, seen: Seen) -> Target:
    """The support or objection that the aim makes, else the comment that holds the unknown step."""
    if aim.claim is not None:
        made = seen.first(aim.claim, Kind.SUPPORT, Kind.OBJECTION)
        return made or Aim(aim.comment).whole
    return aim.whole


def owes(objection: MoveRef, author: str | None, seen: Seen) -> bool:
    """True unless the objection is known to be against somebody else, who alone can concede it."""
    return seen.ledger.owner(objection) in (None, author)

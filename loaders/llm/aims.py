"""What a move can be aimed at, and the kind and target that the ontology's rules allow there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.loaders.llm.seen import Seen
from rejoinder.records import KINDS_ELSEWHERE, ClaimRef, CommentRef, Kind, MoveRef, Target, ThreadRef

TAKING_BACK = frozenset({Kind.CONCESSION})
AGAINST_OBJECTIONS = frozenset({Kind.OBJECTION, Kind.REBUTTAL, Kind.UNDERMINE})


@dataclass(frozen=True, slots=True)
class Aim:
    """A claim, or where there is none a whole comment, or where that is not loaded the post.

    `only` are the kinds that may be aimed there, where not all may: what the writer said before can be taken back.
    """

    comment: str | None
    claim: ClaimRef | None = None
    only: frozenset[Kind] | None = None

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


def aimed(kind: Kind, aim: Aim, author: str | None, seen: Seen) -> list[Aimed]:
    """Kind and target of a move: an answer targets the objection, an undercut the step (shapes S06, S07, S10).

    A claim that objects to several things is met in each of them; by one objection to it, which answers them all. What
    meets a reason for an objection meets that objection.
    """
    if kind == Kind.UNDERCUT:
        return [Aimed(kind, one) for one in steps(aim, seen)]
    if kind not in KINDS_ELSEWHERE and kind not in AGAINST_OBJECTIONS:
        return [Aimed(kind, aim.whole)]
    met = answered(kind, aim, seen)
    if kind != Kind.CONCESSION:
        met = [one for one in met if not seen.ledger.by(one, author)]  # nobody answers themselves, but to take it back
    if not met:
        # Of a comment not read as an objection, a model may know better; of a claim that makes none it cannot.
        return [Aimed(KINDS_ELSEWHERE.get(kind, kind) if aim.claim is not None else kind, aim.whole)]
    if kind == Kind.CONCESSION:
        met = [one for one in met if seen.ledger.by(one, author) or owes(one, author, seen)]
        if not met:
            return [Aimed(Kind.SUPPORT, aim.whole)]
    if kind in (Kind.COUNTER, *AGAINST_OBJECTIONS):
        return [
            Aimed(Kind.COUNTER, met[0])
            if len(met) == 1
            else Aimed(KINDS_ELSEWHERE.get(kind, kind), source_of(met, seen))
        ]
    return [Aimed(kind, one) for one in met]


def answered(kind: Kind, aim: Aim, seen: Seen) -> list[MoveRef]:
    """The objections, or for a plain Answer or a Clarification else the question, that the aim makes."""
    wanted = [Kind.OBJECTION]
    if kind in (Kind.ANSWER, Kind.CLARIFICATION):
        wanted = [Kind.QUESTION, Kind.OBJECTION]
    if aim.claim is not None:
        return seen.met_in(aim.claim, *wanted)
    if aim.comment is None or kind in AGAINST_OBJECTIONS:
        return []
    return seen.first_in(aim.comment, *wanted)


def source_of(met: Sequence[MoveRef], seen: Seen) -> Target:
    """The claim that several objections rest on."""
    source = seen.ledger.moves[met[0].id].sources[0]
    return source if isinstance(source, ClaimRef) else met[0]


def steps(aim: Aim, seen: Seen) -> Sequence[Target]:
    """The supports or objections that the aim makes, else the comment that holds the unknown step."""
    made = [] if aim.claim is None else seen.made(aim.claim, Kind.SUPPORT, Kind.OBJECTION)
    return made or [Aim(aim.comment).whole]


def owes(objection: MoveRef, author: str | None, seen: Seen) -> bool:
    """True unless the objection is known to be against somebody else, who alone can concede it."""
    return seen.ledger.owner(objection) in (None, author)
